/** The desk's decision on the claim: the facts as the request gave them and as the desk knows them, what the rules make of them by article, the exception, the open points of the law. Used by the actions of a scan. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { functionRow, settings as describedSettings, type Setting, type SettingValues } from "#registers/functions/index.ts";
import { Choice, ErrorState, Field, Notice, Select, SendForm, Skeleton, TextArea, useLanguage, useMessages } from "#services/interface/index.ts";
import { decideEntitlement, deciderOf, weigh, type Weighed } from "#services/scanning/client/index.ts";
import type { Situation } from "#services/scanning/contract/index.ts";
import { decide, recordedSettings, withSettings } from "#services/scanning/entitlement/index.ts";
import { isDay } from "#services/scanning/screens/dutch-time.ts";
import { ConditionList } from "#services/scanning/screens/entitlement/conditions.tsx";
import { en as claimEn } from "#services/scanning/screens/entitlement/en.ts";
import { nl as claimNl, type Messages as ClaimMessages } from "#services/scanning/screens/entitlement/nl.ts";
import { conditionsOf, Ways } from "#services/scanning/screens/entitlement/outcome.tsx";
import { More } from "#services/scanning/screens/entries/said.tsx";
import type { FormProps } from "./forms.tsx";

/** Weighs what is known, then asks. */
export function EntitleForm(props: FormProps): JSX.Element {
  const [first, setFirst] = useState<{ readonly weighed: Weighed; readonly decider: string } | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    Promise.all([weigh(props.handle), deciderOf(props.handle)]).then(([weighed, decider]) => setFirst({ weighed, decider }), setError);
  }, [props.handle]);
  if (error !== null) return <ErrorState error={error} />;
  if (first === null) return <Skeleton lines={6} />;
  return <Decide {...props} {...first} />;
}

const dayOrNull = (text: string): string | null => (isDay(text) ? text : null);

function Decide({ handle, m, done, weighed: first, decider }: FormProps & { readonly weighed: Weighed; readonly decider: string }): JSX.Element {
  const w = m.entitle;
  const claim = useMessages<ClaimMessages>({ nl: claimNl, en: claimEn });
  const language = useLanguage();
  const [situation, setSituation] = useState<Situation>(first.situation);
  const [settings, setSettings] = useState<SettingValues>(first.settings);
  const asked = first.situation.exception;
  const [excepted, setExcepted] = useState(asked !== null);
  const [reason, setReason] = useState(asked?.reason ?? "");
  const [chosen, setChosen] = useState<"yes" | "no" | null>(null);
  const [words, setWords] = useState("");
  const [checked, setChecked] = useState(false);
  const certified = situation.certificate.state === "issued";
  const exception = excepted && !certified ? { by: decider, on: situation.on, reason: reason.trim() } : null;
  const reversed = situation.standing !== "certain" && situation.since !== null && situation.until !== null && situation.until < situation.since;
  const facts: Situation = { ...situation, until: reversed ? null : situation.until, exception };
  const decision = decide(facts, settings);
  const start = chosen === null ? decision.mayStart : chosen === "yes";
  const against = start !== decision.mayStart;
  const change = (part: Partial<Situation>): void => setSituation((now) => ({ ...now, ...part }));
  const lacksWords = against && words.trim() === "";
  const lacksReason = excepted && !certified && reason.trim() === "";
  return (
    <SendForm
      button={w.save}
      ready={() => {
        setChecked(true);
        return !(lacksWords || lacksReason || reversed);
      }}
      send={() => done(decideEntitlement(handle, { situation: facts, settings, decision }, { words, entitled: start }))}
    >
      <Notice tone={decision.mayStart ? "info" : "amber"} title={decision.mayStart ? w.mayStart : decision.outcome === "on-the-way" ? w.mayNot : w.never} live>
        <p>{decision.verdict[language]}</p>
      </Notice>
      <ConditionList conditions={conditionsOf(decision)} label={claim.caption} />
      {!decision.mayStart && decision.ways.length > 0 && (
        <More title={w.ways}>
          <Ways ways={decision.ways} />
        </More>
      )}
      <More title={w.facts} open={decision.conditions.some(({ state, article }) => state === "not-known" && article.includes("lid 5 onder a"))}>
        <Facts situation={situation} change={change} m={m} reversed={reversed} />
      </More>
      {!certified && decision.outcome !== "elsewhere" && (
        <Choice
          legend={w.pkvwLegend}
          options={[
            { value: "gate", ...w.gate },
            { value: "exception", ...w.exception },
          ]}
          value={excepted ? "exception" : "gate"}
          onChoose={(value) => setExcepted(value === "exception")}
        />
      )}
      {excepted && !certified && decision.outcome !== "elsewhere" && (
        <TextArea
          label={w.exceptionReason}
          hint={w.exceptionBy(decider)}
          rows={3}
          maxLength={10_000}
          value={reason}
          error={checked && lacksReason ? w.exceptionMissing : null}
          onInput={setReason}
        />
      )}
      <More title={w.settings}>
        <p>{w.settingsText}</p>
        {describedSettings.filter(weighsFor(facts)).map((one) => (
          <SettingField key={one.id} setting={one} values={settings} words={claim.values} onChange={setSettings} m={m} />
        ))}
      </More>
      <Choice
        legend={w.legend}
        options={[
          { value: "yes", ...w.yes },
          { value: "no", ...w.no },
        ]}
        value={start ? "yes" : "no"}
        onChoose={setChosen}
      />
      {against && <Notice tone="amber">{w.against}</Notice>}
      <TextArea
        label={against ? w.whyAgainst : start ? w.words : w.whyNo}
        {...(start ? {} : { hint: w.whyNoHint })}
        rows={3}
        optional={!against}
        error={checked && lacksWords ? w.whyAgainstMissing : null}
        value={words}
        onInput={setWords}
      />
    </SendForm>
  );
}

/** What the desk may know better than the request. */
function Facts({
  situation,
  change,
  m,
  reversed,
}: Pick<FormProps, "m"> & { readonly situation: Situation; readonly change: (part: Partial<Situation>) => void; readonly reversed: boolean }): JSX.Element {
  const w = m.entitle;
  const row = functionRow(situation.function);
  const { certificate, ontheffing } = situation;
  const options = <V extends string>(names: Readonly<Record<V, string>>, values: readonly V[]): { value: string; label: string }[] =>
    values.map((value) => ({ value, label: names[value] }));
  const is = <V extends string>(values: readonly V[], value: string): value is V => values.some((one) => one === value);
  return (
    <>
      <Select
        label={w.standing}
        value={situation.standing}
        options={options(w.standings, standings)}
        onChoose={(to) => is(standings, to) && change({ standing: to })}
      />
      <Field type="date" narrow optional label={w.since} value={situation.since ?? ""} onInput={(day) => change({ since: dayOrNull(day) })} />
      <Field
        type="date"
        narrow
        optional
        label={w.until}
        error={reversed ? w.reversed : null}
        value={situation.until ?? ""}
        onInput={(day) => change({ until: dayOrNull(day) })}
      />
      {row.regeling !== null && (
        <Select
          label={w.capacity}
          value={situation.capacity}
          options={options(w.capacities, capacities)}
          onChoose={(to) => is(capacities, to) && change({ capacity: to })}
        />
      )}
      {row.shared !== null && (
        <Field
          narrow
          keyboard="numeric"
          maxLength={2}
          label={w.municipalities}
          value={String(situation.municipalities)}
          onInput={(text) => /^(?:[1-9]|10)$/u.test(text) && change({ municipalities: Number(text) })}
        />
      )}
      {row.residence && (
        <>
          <Select label={w.home} value={situation.home} options={options(w.homes, homes)} onChoose={(to) => is(homes, to) && change({ home: to })} />
          {situation.home === "outside" && (
            <>
              <Select
                label={w.ontheffing}
                value={ontheffing.state}
                options={options(w.ontheffingen, ontheffingen)}
                onChoose={(to) => is(ontheffingen, to) && change({ ontheffing: { ...ontheffing, state: to } })}
              />
              {ontheffing.state === "granted" && (
                <Field
                  type="date"
                  narrow
                  optional
                  label={w.ontheffingUntil}
                  value={ontheffing.until ?? ""}
                  onInput={(day) => change({ ontheffing: { ...ontheffing, until: dayOrNull(day) } })}
                />
              )}
            </>
          )}
        </>
      )}
      {row.regeling !== null && (
        <>
          <Select
            label={w.certificate}
            value={certificate.state}
            options={options(w.certificates, certificates)}
            onChoose={(to) => is(certificates, to) && change({ certificate: { ...certificate, state: to } })}
          />
          {certificate.state === "issued" && (
            <>
              <Field
                type="date"
                narrow
                optional
                label={w.issuedOn}
                value={certificate.issuedOn ?? ""}
                onInput={(day) => change({ certificate: { ...certificate, issuedOn: dayOrNull(day) } })}
              />
              <Field
                type="date"
                narrow
                optional
                label={w.validUntil}
                value={certificate.validUntil ?? ""}
                onInput={(day) => change({ certificate: { ...certificate, validUntil: dayOrNull(day) } })}
              />
            </>
          )}
        </>
      )}
    </>
  );
}

const standings = ["appointed", "certain", "neither", "left", "unknown"] as const;
const capacities = ["ordinary", "acting", "suspended"] as const;
const homes = ["inside", "outside", "unknown"] as const;
const ontheffingen = ["granted", "requested", "refused", "not-asked", "unknown"] as const;
const certificates = ["issued", "applied", "none", "unknown"] as const;

/** Only the open points that can change something for this person: each own scan belongs to one function, the rest to those with a claim. */
function weighsFor(situation: Situation): (setting: Setting) => boolean {
  const row = functionRow(situation.function);
  const own: Readonly<Record<string, string>> = {
    "scan-provincial-councillor": "provincial-councillor",
    "scan-general-board": "water-authority-general-board",
    "scan-committee-member": "committee-member",
  };
  return ({ id }) => {
    const only = own[id];
    if (only !== undefined) return only === situation.function;
    return row.regeling !== null && (id !== "ontheffing-without-end" || row.residence);
  };
}

/** One open point: its meaning, why it is open, and the value to decide with. */
function SettingField({
  setting,
  values,
  words,
  onChange,
  m,
}: Pick<FormProps, "m"> & {
  readonly setting: Setting;
  readonly values: SettingValues;
  readonly words: Readonly<Record<string, string>>;
  readonly onChange: (values: SettingValues) => void;
}): JSX.Element {
  const w = m.entitle;
  const language = useLanguage();
  const { id, kind } = setting;
  const now = entries(values).find((one) => one.id === id)?.value ?? null;
  const note = `${language === "nl" ? setting.noteNl : setting.note} ${w.standard(words[String(setting.default)] ?? String(setting.default))}`;
  const set = (value: unknown): void => onChange(recordedSettings([...entries(values), { id, value }]));
  if (kind === "number" || kind === "number-or-none")
    return (
      <Field
        narrow
        keyboard="numeric"
        maxLength={3}
        optional={kind === "number-or-none"}
        label={setting[language]}
        hint={note}
        value={now === null ? "" : String(now)}
        onInput={(text) => {
          const value = text.trim() === "" ? (kind === "number-or-none" ? null : setting.default) : Number(text);
          if (
            value === null ||
            (typeof value === "number" && Number.isInteger(value) && value >= (kind === "number" ? 0 : 1) && value <= (kind === "number" ? 730 : 50))
          )
            set(value);
        }}
      />
    );
  const choices = kind === "yes-no" ? ["true", "false"] : (setting.options ?? []);
  return (
    <Select
      label={setting[language]}
      hint={note}
      value={String(now)}
      options={choices.map((value) => ({ value, label: words[value] ?? value }))}
      onChoose={(value) => set(kind === "yes-no" ? value === "true" : value)}
    />
  );
}

const entries = (values: SettingValues): { id: string; value: SettingValues[keyof SettingValues] }[] =>
  Object.entries(withSettings(values)).map(([id, value]) => ({ id, value }));
