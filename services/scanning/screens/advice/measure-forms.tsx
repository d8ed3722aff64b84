/** The adviser's acts on measures, each with a reason: add one of the register or an own one, change, drop. Used by the writing of the measures. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Button, Choice, Choices, Field, Select, TextArea, useMessages } from "#services/interface/index.ts";
import type { RecordedFinding } from "#services/scanning/client/index.ts";
import { riskDomains, rings, type MeasureEdit, type OwnMeasure } from "#services/scanning/contract/index.ts";
import { isDay } from "#services/scanning/screens/dutch-time.ts";
import { en as sharedEn } from "#services/scanning/screens/en.ts";
import { newId } from "#services/scanning/screens/local-id.ts";
import { nl as sharedNl, type Messages as Shared } from "#services/scanning/screens/nl.ts";
import { EditForm } from "./editing.tsx";
import type { Messages } from "./nl.ts";
import type { MeasureRow, Proposal } from "./rulebook.ts";
import type { Rulebook } from "./draft.ts";

/** An act, and the day by which the measure must be there; null takes the day away. */
export type OnAct = (edit: MeasureEdit, byWhen: string | null) => void;

interface FormProps {
  readonly m: Messages["measures"];
  readonly onAct: OnAct;
  readonly onCancel: () => void;
}

/** Whole euros of what was typed, or null. */
const eurosOf = (text: string): number | null => (/^\d{1,8}$/.test(text.trim()) && Number(text) <= 10_000_000 ? Number(text) : null);
const blank = (text: string): boolean => text.trim() === "";

/** Both ends of a cost range as typed, and as they are when they are right. */
function useCosts(low: number | null, high: number | null) {
  const [text, setText] = useState({ low: low === null ? "" : String(low), high: high === null ? "" : String(high) });
  const [costLow, costHigh] = [eurosOf(text.low), eurosOf(text.high)];
  const right = costLow !== null && costHigh !== null && costLow <= costHigh ? { costLow, costHigh } : null;
  return { text, setText, right };
}

function Costs({
  costs: { text, setText, right },
  checked,
  m,
}: {
  readonly costs: ReturnType<typeof useCosts>;
  readonly checked: boolean;
  readonly m: Messages["measures"];
}): JSX.Element {
  return (
    <div class="pair">
      <Field
        label={m.low}
        hint={m.costHint}
        keyboard="numeric"
        value={text.low}
        error={checked && right === null ? m.costWrong : null}
        onInput={(low) => setText((now) => ({ ...now, low }))}
      />
      <Field label={m.high} keyboard="numeric" value={text.high} onInput={(high) => setText((now) => ({ ...now, high }))} />
    </div>
  );
}

type Given = Pick<OwnMeasure, "who" | "provided">;

function HowGiven({
  value,
  onChange,
  m,
}: {
  readonly value: Given;
  readonly onChange: (part: Partial<Given>) => void;
  readonly m: Messages["measures"];
}): JSX.Element {
  const shared = useMessages<Shared>({ nl: sharedNl, en: sharedEn });
  return (
    <>
      <Choice
        legend={m.provided}
        columns={2}
        options={(["provided", "on-loan"] as const).map((option) => ({ value: option, title: shared.providedShort[option], text: shared.provided[option] }))}
        value={value.provided}
        onChoose={(provided) => onChange({ provided })}
      />
      <Choice
        legend={m.who}
        columns={2}
        options={(["employer", "own"] as const).map((option) => ({ value: option, title: shared.who[option] }))}
        value={value.who}
        onChoose={(who) => onChange({ who })}
      />
    </>
  );
}

const ByWhen = ({ value, onInput, m }: { readonly value: string; readonly onInput: (day: string) => void; readonly m: Messages["measures"] }): JSX.Element => (
  <Field type="date" narrow optional label={m.byWhen} value={value} onInput={onInput} />
);
const dayOrNone = (text: string): string | null => (isDay(text) ? text : null);

function Reason({
  label,
  value,
  onInput,
  checked,
  m,
}: {
  readonly label: string;
  readonly value: string;
  readonly onInput: (reason: string) => void;
  readonly checked: boolean;
  readonly m: Messages["measures"];
}): JSX.Element {
  return <TextArea label={label} rows={2} maxLength={6_000} value={value} error={checked && blank(value) ? m.reasonMissing : null} onInput={onInput} />;
}

function ForFindings({
  findings,
  values,
  onChoose,
  m,
}: {
  readonly findings: readonly RecordedFinding[];
  readonly values: readonly string[];
  readonly onChoose: (ids: string[]) => void;
  readonly m: Messages["measures"];
}): JSX.Element | null {
  if (findings.length === 0) return null;
  return (
    <Choices
      legend={m.findings}
      values={values}
      options={findings.map(({ finding }, place) => ({ value: finding.id, title: `${place + 1}. ${finding.observation}` }))}
      onChoose={onChoose}
    />
  );
}

/** Drops a measure. */
export function DropForm({ proposal, m, onAct, onCancel, byWhen }: FormProps & { readonly proposal: Proposal; readonly byWhen: string | null }): JSX.Element {
  const [reason, setReason] = useState("");
  return (
    <EditForm
      label={m.dropOf(proposal.now.what)}
      save={m.dropSave}
      cancel={m.cancel}
      ready={!blank(reason)}
      onSave={() => onAct({ measure: proposal.measure, change: "dropped", reason: reason.trim() }, byWhen)}
      onCancel={onCancel}
    >
      {(checked) => <Reason label={m.reasonDrop} value={reason} onInput={setReason} checked={checked} m={m} />}
    </EditForm>
  );
}

/** Changes a measure: only what is different goes in the act. */
export function ChangeForm({ proposal, m, onAct, onCancel, byWhen }: FormProps & { readonly proposal: Proposal; readonly byWhen: string | null }): JSX.Element {
  const { now, register, measure } = proposal;
  const [value, setValue] = useState({ what: now.what, why: now.why, who: now.who, provided: now.provided });
  const [pieces, setPieces] = useState(String(now.pieces));
  const [day, setDay] = useState(byWhen ?? "");
  const [reason, setReason] = useState("");
  const costs = useCosts(now.costLow, now.costHigh);
  const perPiece = register?.cost.per === "piece";
  const count = /^\d{1,3}$/.test(pieces.trim()) && Number(pieces) >= 1 && Number(pieces) <= 200 ? Number(pieces) : null;
  const to = (): Extract<MeasureEdit, { change: "changed" }>["to"] => {
    const costChanged = costs.right !== null && (costs.right.costLow !== now.costLow || costs.right.costHigh !== now.costHigh);
    return {
      ...(value.what.trim() === now.what ? {} : { what: value.what.trim() }),
      ...(value.why === now.why ? {} : { why: value.why }),
      ...(value.who === now.who ? {} : { who: value.who }),
      ...(value.provided === now.provided ? {} : { provided: value.provided }),
      ...(count === null || count === now.pieces ? {} : { pieces: count }),
      ...(costChanged && costs.right !== null ? costs.right : {}),
    };
  };
  return (
    <EditForm
      label={m.editTitle(now.what)}
      save={m.save}
      cancel={m.cancel}
      ready={!blank(reason) && !blank(value.what) && costs.right !== null && (!perPiece || count !== null)}
      onSave={() => onAct({ measure, change: "changed", reason: reason.trim(), to: to() }, dayOrNone(day))}
      onCancel={onCancel}
    >
      {(checked) => (
        <>
          <Reason label={m.reasonChange} value={reason} onInput={setReason} checked={checked} m={m} />
          <Field
            label={m.what}
            hint={m.whatHint}
            maxLength={400}
            value={value.what}
            error={checked && blank(value.what) ? m.whatMissing : null}
            onInput={(what) => setValue((old) => ({ ...old, what }))}
          />
          <TextArea
            label={m.why}
            hint={m.whyHint}
            optional
            rows={3}
            maxLength={6_000}
            value={value.why}
            onInput={(why) => setValue((old) => ({ ...old, why }))}
          />
          <HowGiven value={value} onChange={(part) => setValue((old) => ({ ...old, ...part }))} m={m} />
          {perPiece && <Field label={m.pieceCount} keyboard="numeric" narrow value={pieces} onInput={setPieces} />}
          <Costs costs={costs} checked={checked} m={m} />
          <ByWhen value={day} onInput={setDay} m={m} />
        </>
      )}
    </EditForm>
  );
}

type AddProps = FormProps & {
  readonly book: Rulebook;
  readonly findings: readonly RecordedFinding[];
  /** Finding the adviser began from. */
  readonly tied: readonly string[];
  /** Measures that stand already: the register offers the others. */
  readonly standing: ReadonlySet<string>;
};

/** Adds a measure: searched in the register, or written. */
export function AddForm(props: AddProps): JSX.Element {
  const [chosen, setChosen] = useState<MeasureRow | "own" | null>(null);
  if (chosen === "own") return <OwnForm {...props} />;
  if (chosen !== null) return <RegisterForm {...props} row={chosen} />;
  return <Search {...props} onChoose={setChosen} />;
}

const most = 8;

function Search({ m, book, standing, onCancel, onChoose }: AddProps & { readonly onChoose: (row: MeasureRow | "own") => void }): JSX.Element {
  const shared = useMessages<Shared>({ nl: sharedNl, en: sharedEn });
  const [words, setWords] = useState("");
  const wanted = words
    .toLowerCase()
    .split(/\s+/u)
    .filter((word) => word !== "");
  const found = [...book.measures.values()].filter(
    (row) => !standing.has(row.id) && wanted.every((word) => `${row.what} ${row.why}`.toLowerCase().includes(word)),
  );
  return (
    <section class="card" aria-label={m.add}>
      <p class="scan-part">{m.add}</p>
      <Field type="search" label={m.search} hint={m.searchHint} value={words} onInput={setWords} />
      <p class="soft small" role="status">
        {m.found(found.length)}
      </p>
      <ul class="plain stack-small">
        {found.slice(0, most).map((row) => (
          <li key={row.id} class="finding">
            <p>
              <strong>{row.what}</strong>
            </p>
            <p class="soft small">
              {[
                row.ring === "none" ? shared.domains[row.domain] : shared.rings[row.ring],
                m.levels[row.level],
                shared.cost(row.cost.low, row.cost.high),
                shared.who[row.who],
              ].join(" · ")}
            </p>
            <div class="actions">
              <Button look="second" size="small" label={m.chooseOf(row.what)} onPress={() => onChoose(row)}>
                {m.choose}
              </Button>
            </div>
          </li>
        ))}
      </ul>
      <div class="actions">
        <Button look="second" icon="pencil" onPress={() => onChoose("own")}>
          {m.own}
        </Button>
        <Button look="quiet" onPress={onCancel}>
          {m.cancel}
        </Button>
      </div>
    </section>
  );
}

function RegisterForm({ row, m, findings, tied, onAct, onCancel }: AddProps & { readonly row: MeasureRow }): JSX.Element {
  const [reason, setReason] = useState("");
  const [ids, setIds] = useState([...tied]);
  const [day, setDay] = useState("");
  return (
    <EditForm
      label={`${m.add}: ${row.what}`}
      save={m.save}
      cancel={m.cancel}
      ready={!blank(reason)}
      onSave={() => onAct({ measure: row.id, change: "added", reason: reason.trim(), findings: ids, as: null }, dayOrNone(day))}
      onCancel={onCancel}
    >
      {(checked) => (
        <>
          <p>{row.why}</p>
          <Reason label={m.reasonAdd} value={reason} onInput={setReason} checked={checked} m={m} />
          <ForFindings findings={findings} values={ids} onChoose={setIds} m={m} />
          <ByWhen value={day} onInput={setDay} m={m} />
        </>
      )}
    </EditForm>
  );
}

function OwnForm({ m, findings, tied, onAct, onCancel }: AddProps): JSX.Element {
  const shared = useMessages<Shared>({ nl: sharedNl, en: sharedEn });
  const first = findings.find(({ finding }) => tied.includes(finding.id))?.finding;
  const [value, setValue] = useState<Omit<OwnMeasure, "costLow" | "costHigh">>({
    domain: first?.domain ?? "wonen",
    ring: first?.ring ?? "shell",
    what: "",
    why: "",
    who: "employer",
    provided: "provided",
  });
  const [ids, setIds] = useState([...tied]);
  const [day, setDay] = useState("");
  const costs = useCosts(null, null);
  const change = (part: Partial<typeof value>): void => setValue((now) => ({ ...now, ...part }));
  const save = (): void => {
    if (costs.right === null) return;
    const why = value.why.trim();
    const ring = value.domain === "wonen" ? value.ring : "none";
    onAct(
      { measure: newId("m"), change: "added", reason: why, findings: ids, as: { ...value, ring, why, what: value.what.trim(), ...costs.right } },
      dayOrNone(day),
    );
  };
  return (
    <EditForm
      label={m.add}
      save={m.save}
      cancel={m.cancel}
      ready={!blank(value.what) && !blank(value.why) && costs.right !== null}
      onSave={save}
      onCancel={onCancel}
    >
      {(checked) => (
        <>
          <Field
            label={m.what}
            hint={m.whatHint}
            maxLength={400}
            value={value.what}
            error={checked && blank(value.what) ? m.whatMissing : null}
            onInput={(what) => change({ what })}
          />
          <TextArea
            label={m.why}
            hint={m.whyHint}
            rows={3}
            maxLength={6_000}
            value={value.why}
            error={checked && blank(value.why) ? m.whyMissing : null}
            onInput={(why) => change({ why })}
          />
          <div class="pair">
            <Select
              label={m.domain}
              value={value.domain}
              options={riskDomains.map((domain) => ({ value: domain, label: shared.domains[domain] }))}
              onChoose={(chosen) => change({ domain: riskDomains.find((one) => one === chosen) ?? value.domain })}
            />
            {value.domain === "wonen" && (
              <Select
                label={m.ring}
                value={value.ring}
                options={rings.filter((ring) => ring !== "none").map((ring) => ({ value: ring, label: shared.rings[ring] }))}
                onChoose={(chosen) => change({ ring: rings.find((one) => one === chosen) ?? value.ring })}
              />
            )}
          </div>
          <HowGiven value={value} onChange={change} m={m} />
          <Costs costs={costs} checked={checked} m={m} />
          <ByWhen value={day} onInput={setDay} m={m} />
          <ForFindings findings={findings} values={ids} onChoose={setIds} m={m} />
        </>
      )}
    </EditForm>
  );
}
