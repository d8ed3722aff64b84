/** The measures of the advice: what the employer will read, and the why that stays here. Used by the writing of an advice. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { RecordedFinding } from "#services/scanning/client/index.ts";
import { Button, Choice, Choices, Field, Select, TextArea, useLanguage, useMessages, writeDay } from "#services/interface/index.ts";
import { riskDomains, type Measure, type ReturnBody } from "#services/scanning/contract/index.ts";
import { isDay } from "#services/scanning/screens/dutch-time.ts";
import { en as sharedEn } from "#services/scanning/screens/en.ts";
import { MeasuresTable } from "#services/scanning/screens/entries/measures-table.tsx";
import { Said } from "#services/scanning/screens/entries/said.tsx";
import { newId } from "#services/scanning/screens/local-id.ts";
import { nl as sharedNl, type Messages as Shared } from "#services/scanning/screens/nl.ts";
import { Reasons, type PartProps } from "./part.tsx";

const emptyMeasure = (): Measure => ({
  id: newId("m"),
  domain: "wonen",
  what: "",
  why: "",
  findings: [],
  provided: "provided",
  costLow: 0,
  costHigh: 0,
  byWhen: null,
  who: "employer",
});

interface MeasuresProps extends PartProps {
  readonly returned: ReturnBody | null;
  readonly fixed: boolean;
}

export function WriteMeasures({ m, draft, revise, findings, returned, fixed }: MeasuresProps): JSX.Element {
  const w = m.measures;
  const [open, setOpen] = useState<{ readonly measure: Measure; readonly fresh: boolean } | null>(null);
  const { measures } = draft.advice;
  const setMeasures = (by: (measures: readonly Measure[]) => Measure[]): void =>
    revise((now) => ({ ...now, advice: { ...now.advice, measures: by(now.advice.measures) } }));
  const save = (measure: Measure): void => {
    setMeasures((now) => (now.some(({ id }) => id === measure.id) ? now.map((one) => (one.id === measure.id ? measure : one)) : [...now, measure]));
    setOpen(null);
  };
  return (
    <section class="stack">
      <h2>{w.title}</h2>
      <p>{w.text}</p>
      <Reasons returned={returned} section="measures" m={m} />
      {measures.length === 0 && <p class="soft">{w.none}</p>}
      {fixed && measures.length > 0 && <MeasuresTable show="advice" rows={measures} />}
      {!fixed && open === null && (
        <>
          {measures.length > 0 && (
            <ul class="plain stack-small">
              {measures.map((measure) => (
                <li key={measure.id} class="finding">
                  <Written measure={measure} />
                  <div class="actions">
                    <Button look="second" size="small" icon="pencil" label={w.editOf(measure.what)} onPress={() => setOpen({ measure, fresh: false })}>
                      {w.edit}
                    </Button>
                    <Button
                      look="quiet"
                      size="small"
                      icon="bin"
                      label={w.removeOf(measure.what)}
                      onPress={() => setMeasures((now) => now.filter(({ id }) => id !== measure.id))}
                    >
                      {w.remove}
                    </Button>
                  </div>
                </li>
              ))}
            </ul>
          )}
          <div class="actions">
            <Button icon="key" onPress={() => setOpen({ measure: emptyMeasure(), fresh: true })}>
              {w.add}
            </Button>
          </div>
        </>
      )}
      {!fixed && open !== null && <MeasureForm key={open.measure.id} {...open} findings={findings} m={m} onSave={save} onCancel={() => setOpen(null)} />}
    </section>
  );
}

/** A measure as it was written: what the employer reads first, the why under it. */
function Written({ measure }: { readonly measure: Measure }): JSX.Element {
  const shared = useMessages<Shared>({ nl: sharedNl, en: sharedEn });
  const language = useLanguage();
  const words = [
    shared.domains[measure.domain],
    shared.providedShort[measure.provided],
    shared.cost(measure.costLow, measure.costHigh),
    shared.who[measure.who],
    measure.byWhen === null ? "" : writeDay(language, measure.byWhen),
  ];
  return (
    <>
      <p>
        <strong>{measure.what}</strong>
      </p>
      <p class="soft small">{words.filter((part) => part !== "").join(" · ")}</p>
      <Said words={measure.why} />
    </>
  );
}

/** Whole euros of what was typed, or null. */
const eurosOf = (text: string): number | null => (/^\d{1,8}$/.test(text.trim()) && Number(text) <= 10_000_000 ? Number(text) : null);

function MeasureForm({
  measure,
  fresh,
  findings,
  m,
  onSave,
  onCancel,
}: {
  readonly measure: Measure;
  readonly fresh: boolean;
  readonly findings: readonly RecordedFinding[];
  readonly m: PartProps["m"];
  readonly onSave: (measure: Measure) => void;
  readonly onCancel: () => void;
}): JSX.Element {
  const w = m.measures;
  const shared = useMessages<Shared>({ nl: sharedNl, en: sharedEn });
  const [value, setValue] = useState(measure);
  const [low, setLow] = useState(fresh ? "" : String(measure.costLow));
  const [high, setHigh] = useState(fresh ? "" : String(measure.costHigh));
  const [checked, setChecked] = useState(false);
  const change = (part: Partial<Measure>): void => setValue((now) => ({ ...now, ...part }));
  const costLow = eurosOf(low);
  const costHigh = eurosOf(high);
  const wrongCost = costLow === null || costHigh === null || costHigh < costLow;
  return (
    <form
      class="card"
      noValidate
      autocomplete="off"
      aria-label={w.add}
      onSubmit={(event) => {
        event.preventDefault();
        setChecked(true);
        if (value.what.trim() === "" || costLow === null || costHigh === null || costHigh < costLow) return;
        onSave({ ...value, what: value.what.trim(), costLow, costHigh });
      }}
    >
      <Field
        label={w.what}
        hint={w.whatHint}
        maxLength={400}
        value={value.what}
        error={checked && value.what.trim() === "" ? w.whatMissing : null}
        onInput={(what) => change({ what })}
      />
      <TextArea label={w.why} hint={w.whyHint} optional rows={3} maxLength={6_000} value={value.why} onInput={(why) => change({ why })} />
      <Select
        label={w.domain}
        value={value.domain}
        options={riskDomains.map((domain) => ({ value: domain, label: shared.domains[domain] }))}
        onChoose={(chosen) => {
          const domain = riskDomains.find((one) => one === chosen);
          if (domain !== undefined) change({ domain });
        }}
      />
      <Choice
        legend={w.provided}
        columns={2}
        options={(["provided", "on-loan"] as const).map((option) => ({ value: option, title: shared.providedShort[option], text: shared.provided[option] }))}
        value={value.provided}
        onChoose={(provided) => change({ provided })}
      />
      <Choice
        legend={w.who}
        columns={2}
        options={(["employer", "own"] as const).map((option) => ({ value: option, title: shared.who[option] }))}
        value={value.who}
        onChoose={(who) => change({ who })}
      />
      <div class="pair">
        <Field label={w.low} keyboard="numeric" value={low} error={checked && wrongCost ? w.costWrong : null} onInput={setLow} />
        <Field label={w.high} keyboard="numeric" value={high} onInput={setHigh} />
      </div>
      <Field type="date" narrow optional label={w.byWhen} value={value.byWhen ?? ""} onInput={(day) => change({ byWhen: isDay(day) ? day : null })} />
      {findings.length > 0 && (
        <Choices
          legend={w.findings}
          values={value.findings}
          options={findings.map(({ finding }) => ({ value: finding.id, title: finding.observation }))}
          onChoose={(chosen) => change({ findings: chosen })}
        />
      )}
      <div class="actions">
        <Button type="submit" icon="check">
          {w.save}
        </Button>
        <Button look="quiet" onPress={onCancel}>
          {w.cancel}
        </Button>
      </div>
    </form>
  );
}
