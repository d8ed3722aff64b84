/** The road of a set: who signs along and what they said, initials, the minister's decision, signature, sending, publication. What stands in the way is said before someone presses. */
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { VerifiedDesk } from "#services/directory/client/index.ts";
import type { DeskFunction } from "#services/directory/contract/index.ts";
import { StepDialog, type Done } from "#services/dossier/screens/step-dialog.tsx";
import { today } from "#services/dossier/workflow/terms.ts";
import {
  Button,
  Choice,
  ErrorState,
  Field,
  Notice,
  Select,
  SendForm,
  Skeleton,
  Tag,
  TextArea,
  useLanguage,
  useMessages,
  writeMoment,
} from "#services/interface/index.ts";
import {
  addMinistry,
  agree,
  askInitials,
  coordinate,
  giveVerdict,
  initial,
  postpone,
  presentSet,
  redraft,
  returnSet,
  sendSet,
  type Missing,
} from "#services/parliament/client/index.ts";
import { verdicts } from "#services/parliament/contract/set.ts";
import { en as sharedEn } from "#services/parliament/screens/en.ts";
import { nl as sharedNl, type Messages as Shared } from "#services/parliament/screens/nl.ts";
import { PublicForm } from "#services/parliament/screens/publishing/public-form.tsx";
import { PublishForm } from "#services/parliament/screens/publishing/publish-form.tsx";
import { writersOf } from "#services/parliament/screens/publishing/public-version.ts";
import { FiguresStanding } from "./evidence.tsx";
import { may } from "./may.ts";
import type { PartProps } from "./set-actions.tsx";
import { SignForm } from "./sign-form.tsx";

type FormName =
  | "ministry"
  | "verdict"
  | "initial"
  | "public"
  | "postpone"
  | "coordinate"
  | "initials"
  | "redraft"
  | "present"
  | "agree"
  | "return"
  | "sign"
  | "send"
  | "publish";

/** The actions of the table with the form that takes each; in the order in which they are offered. */
const formOf: Readonly<Record<string, FormName>> = {
  coordinate: "coordinate",
  "end-coordination": "initials",
  "ask-initials": "initials",
  present: "present",
  agree: "agree",
  sign: "sign",
  send: "send",
  publish: "publish",
  return: "return",
  redraft: "redraft",
  "take-back": "redraft",
};

interface Offer {
  readonly form: FormName;
  readonly name: string;
  readonly missing: readonly Missing[];
}

function offersOf({ handle, view, m }: PartProps): Offer[] {
  const { actions, phase } = handle.view;
  const offers = Object.entries(formOf)
    .filter(([action]) => actions.includes(action))
    // Where someone signs along it is put before them; where nobody does, straight to the initials.
    .filter(([action]) => !(action === "coordinate" && view.also.length === 0) && !(action === "ask-initials" && view.also.length > 0))
    .map(([action, form]): Offer => ({ form, name: m.steps[action] ?? action, missing: missingFor(view, action) }));
  return [
    ...(may(handle, "verdict") ? [{ form: "verdict" as const, name: m.giveVerdict, missing: [] }] : []),
    ...(may(handle, "initial") && phase !== "sent" ? [{ form: "initial" as const, name: m.initial, missing: [] }] : []),
    // The server refuses it to who wrote the newest words; it is not offered to them either.
    ...(may(handle, "initial") && phase === "sent" && !writersOf(view).includes(handle.session.person.person)
      ? [{ form: "public" as const, name: m.makePublic, missing: [] }]
      : []),
    ...offers,
  ];
}
function missingFor({ missing }: PartProps["view"], action: string): readonly Missing[] {
  return Object.entries(missing).find(([step]) => step === action)?.[1] ?? [];
}

export function Road(props: PartProps): JSX.Element {
  const { handle, view, m, onChange } = props;
  const shared = useMessages<Shared>({ nl: sharedNl, en: sharedEn });
  const [form, setForm] = useState<FormName | null>(null);
  const offers = offersOf(props);
  const title = form === null ? "" : (offers.find((one) => one.form === form)?.name ?? (form === "ministry" ? m.addMinistry : m.postpone));
  return (
    <div class="stack">
      <section class="card stack-medium">
        <h2>{m.yourStep}</h2>
        <p class="lead">{shared.phases[view.phase] ?? view.phase}</p>
        {offers.length === 0 && <p class="soft">{m.wait}</p>}
        {offers.map((offer, at) => (
          <div key={offer.name} class="kamer-offer">
            <MissingList missing={offer.missing} m={m} />
            <Button
              look={at === 0 && !blocked(offer) ? "first" : "second"}
              disabled={blocked(offer)}
              icon={offer.form === "return" || offer.form === "redraft" ? "back" : "check"}
              onPress={() => setForm(offer.form)}
            >
              {offer.name}
            </Button>
          </div>
        ))}
        {may(handle, "postponement") && (
          <div class="actions">
            <Button look="quiet" icon="clock" onPress={() => setForm("postpone")}>
              {m.postpone}
            </Button>
          </div>
        )}
      </section>
      <FiguresStanding view={view} m={m} />
      <Ministries {...props} onAdd={may(handle, "co-signing") ? () => setForm("ministry") : null} />
      <Initials {...props} />
      <Decisions {...props} shared={shared} />
      {form !== null && (
        <StepDialog title={title} onClose={() => setForm(null)} onChange={onChange}>
          {(done) => <Form form={form} {...props} done={done} />}
        </StepDialog>
      )}
    </div>
  );
}

const blocked = ({ missing }: Offer): boolean => missing.some(({ weight }) => weight === "needed");

function MissingList({ missing, m }: { readonly missing: readonly Missing[]; readonly m: PartProps["m"] }): JSX.Element | null {
  if (missing.length === 0) return null;
  const list = (weight: Missing["weight"]): readonly string[] => [
    ...new Set(
      missing
        .filter((one) => one.weight === weight)
        .map(({ code, questions, about }) =>
          [m.missing[code], about === null ? "" : `(${m.sections[about] ?? about})`, questions.length === 0 ? "" : m.onQuestions(questions)]
            .filter((part) => part !== "")
            .join(" "),
        ),
    ),
  ];
  const [needed, look] = [list("needed"), list("look")];
  return (
    <>
      {needed.length > 0 && (
        <Notice tone="amber" title={m.needed}>
          <ul>
            {needed.map((words) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
        </Notice>
      )}
      {look.length > 0 && (
        <details>
          <summary>{m.look}</summary>
          <ul>
            {look.map((words) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function Ministries({ view, m, onAdd }: PartProps & { readonly onAdd: (() => void) | null }): JSX.Element {
  return (
    <section class="card stack-small">
      <h2>{m.ministries}</h2>
      <p>{m.lead(view.lead.name)}</p>
      <ul class="kamer-figures">
        {view.also.map(({ ministry, verdict }) => (
          <li key={ministry.desk}>
            <p>
              <strong>{ministry.name}</strong> <span class="soft">{ministry.minister}</span>
            </p>
            <p>
              <Tag tone={verdict === null ? undefined : verdict.lapsed || verdict.body.verdict === "object" ? "amber" : "accent"}>
                {verdict === null ? m.verdictNone : m.verdicts[verdict.body.verdict]}
              </Tag>
              {verdict?.lapsed === true && <span class="soft"> {m.lapsed}</span>}
            </p>
            {verdict !== null && verdict.body.reason !== "" && <p>{verdict.body.reason}</p>}
            {verdict?.body.changes.map(({ question, text }) => (
              <p key={question}>
                {m.questionTab(question)}: {text}
              </p>
            ))}
            {verdict !== null && <p class="soft small">{m.by(verdict.body.signedBy.name, verdict.body.signedBy.office)}</p>}
          </li>
        ))}
      </ul>
      {onAdd !== null && (
        <div class="actions">
          <Button look="second" size="small" icon="people" onPress={onAdd}>
            {m.addMinistry}
          </Button>
        </div>
      )}
    </section>
  );
}

function Initials({ view, m }: PartProps): JSX.Element {
  const language = useLanguage();
  return (
    <section class="card stack-small">
      <h2>{m.initials}</h2>
      {view.initials.length === 0 && <p class="soft">{m.initialsNone}</p>}
      <ul class="kamer-figures">
        {view.initials.map(({ seq, body, at, lapsed }) => (
          <li key={seq}>
            {m.by(body.signedBy.name, body.signedBy.office)}, {writeMoment(language, at)}{" "}
            <Tag tone={lapsed ? "amber" : "accent"} icon={lapsed ? undefined : "check"}>
              {lapsed ? m.lapsed : shortInitial(body.signedBy.name)}
            </Tag>
          </li>
        ))}
      </ul>
    </section>
  );
}
/** First letters of a name, as an initial stands on paper. */
const shortInitial = (name: string): string =>
  name
    .split(/\s+/u)
    .map((part) => part.charAt(0))
    .join("");

function Decisions({ view, m, shared }: PartProps & { readonly shared: Shared }): JSX.Element | null {
  const language = useLanguage();
  const lines: readonly (readonly [string, string, ComponentChildren])[] = [
    ...view.postponements.map(({ seq, body }) => [`p${seq}`, m.postponements, `${shared.day(body.on)}. ${body.reasons}`] as const),
    ...view.returns.map(
      ({ seq, at, body }) =>
        [`r${seq}`, m.returned, `${m.by(body.signedBy.name, body.signedBy.office)}, ${writeMoment(language, at)}: ${body.reason}`] as const,
    ),
    ...[view.decision].flatMap((one) =>
      one === null
        ? []
        : [
            [
              "d",
              m.decided,
              `${m.by(one.body.signedBy.name, one.body.signedBy.office)}, ${writeMoment(language, one.at)}${one.lapsed ? ` (${m.lapsed})` : ""}`,
            ] as const,
          ],
    ),
    ...[view.signature].flatMap((one) =>
      one === null
        ? []
        : [["s", m.signed, `${m.by(one.body.signedBy.name, one.body.signedBy.office)}: ${one.body.documents.map(({ name }) => name).join(", ")}`] as const],
    ),
    ...[view.sending].flatMap((one) => (one === null ? [] : [["v", m.sent, `${shared.day(one.body.on)}, ${one.body.reference}`] as const])),
    ...[view.publicVersion].flatMap((one) =>
      one === null ? [] : [["c", m.publicMade, `${m.by(one.body.signedBy.name, one.body.signedBy.office)}, ${writeMoment(language, one.at)}`] as const],
    ),
    ...view.publications.map(
      ({ seq, body }) => [`u${seq}`, m.published, `${shared.day(body.on)}: ${body.documents.map(({ address }) => address).join(", ")}`] as const,
    ),
  ];
  if (lines.length === 0) return null;
  return (
    <section class="card stack-small">
      <h2>{m.road}</h2>
      <dl class="facts">{lines.map(([key, label, words]) => [<dt key={`${key}-label`}>{label}</dt>, <dd key={key}>{words}</dd>])}</dl>
    </section>
  );
}

type FormProps = Omit<PartProps, "onChange"> & { readonly done: Done };

function Form({ form, ...props }: FormProps & { readonly form: FormName }): JSX.Element {
  const { handle, view, m } = props;
  switch (form) {
    case "ministry":
      return <MinistryForm {...props} />;
    case "verdict":
      return <VerdictForm {...props} />;
    case "initial":
      return <TextForm {...props} button={m.initial} label={m.comment} optional send={(words) => initial(handle, view, words)} />;
    case "public":
      return <PublicForm {...props} />;
    case "postpone":
      return <PostponeForm {...props} />;
    case "coordinate":
      return <TextForm {...props} button={m.steps["coordinate"] ?? ""} label={m.comment} optional send={(words) => coordinate(handle, view, { words })} />;
    case "initials":
      return <TextForm {...props} button={m.steps["ask-initials"] ?? ""} label={m.comment} optional send={(words) => askInitials(handle, view, { words })} />;
    case "redraft":
      return <TextForm {...props} button={m.redraftGo} label={m.reason} send={(words) => redraft(handle, words)} />;
    case "present":
      return <PresentForm {...props} />;
    case "agree":
      return <TextForm {...props} text={m.agreeText} button={m.agreeGo} label={m.comment} optional send={(words) => agree(handle, view, words)} />;
    case "return":
      return <TextForm {...props} button={m.returnGo} label={m.reason} send={(reason) => returnSet(handle, view, { reason })} />;
    case "sign":
      return <SignForm {...props} />;
    case "send":
      return <SendingForm {...props} />;
    case "publish":
      return <PublishForm {...props} />;
  }
}

/** One field and one button: most steps are no more. */
function TextForm({
  m,
  done,
  text,
  label,
  button,
  optional = false,
  send,
}: FormProps & {
  readonly text?: string;
  readonly label: string;
  readonly button: string;
  readonly optional?: boolean;
  readonly send: (words: string) => Promise<unknown>;
}): JSX.Element {
  const [words, setWords] = useState("");
  const [checked, setChecked] = useState(false);
  const missing = !optional && words.trim() === "";
  return (
    <SendForm
      button={button}
      ready={() => {
        setChecked(true);
        return !missing;
      }}
      send={() => done(send(words.trim()))}
    >
      {text !== undefined && <p>{text}</p>}
      <TextArea
        label={label}
        rows={3}
        maxLength={20_000}
        optional={optional}
        value={words}
        error={checked && missing ? m.reasonMissing : null}
        onInput={setWords}
      />
    </SendForm>
  );
}

/** Desks of a function, read with their rosters; null while they are read. */
function useDesks({ handle }: Pick<PartProps, "handle">, kind: DeskFunction): readonly [readonly VerifiedDesk[] | null, unknown] {
  const [desks, setDesks] = useState<readonly VerifiedDesk[] | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    handle.session.trust.desks({ function: kind }).then(setDesks, setError);
  }, [handle, kind]);
  return [desks, error];
}
const deskOptions = (desks: readonly VerifiedDesk[], choose: string): { value: string; label: string }[] => [
  { value: "", label: choose },
  ...desks.map(({ id, name }) => ({ value: id, label: name })),
];

function MinistryForm({ handle, view, m, done }: FormProps): JSX.Element {
  const [desks, error] = useDesks({ handle }, "parliament");
  const [desk, setDesk] = useState("");
  const [name, setName] = useState("");
  const [minister, setMinister] = useState("");
  const [checked, setChecked] = useState(false);
  if (error !== null) return <ErrorState error={error} />;
  if (desks === null) return <Skeleton lines={3} />;
  const ready = desk !== "" && name.trim() !== "" && minister.trim() !== "";
  return (
    <SendForm
      button={m.addMinistryGo}
      ready={() => {
        setChecked(true);
        return ready;
      }}
      send={() => done(addMinistry(handle, { desk, name: name.trim(), minister: minister.trim() }))}
    >
      <p>{m.addMinistryText}</p>
      <Select
        label={m.askTo}
        error={checked && !ready ? m.fill : null}
        value={desk}
        options={deskOptions(
          desks.filter(({ id }) => id !== view.lead.desk),
          m.choose,
        )}
        onChoose={setDesk}
      />
      <Field label={m.ministry} maxLength={120} value={name} onInput={setName} />
      <Field label={m.minister} maxLength={400} value={minister} onInput={setMinister} />
    </SendForm>
  );
}

function VerdictForm({ handle, view, m, done }: FormProps): JSX.Element {
  const [verdict, setVerdict] = useState<(typeof verdicts)[number] | null>(null);
  const [text, setText] = useState("");
  const [question, setQuestion] = useState("");
  const [checked, setChecked] = useState(false);
  const ready = verdict !== null && (verdict === "agree" || text.trim() !== "") && (verdict !== "agree-with-change" || question !== "");
  return (
    <SendForm
      button={m.verdictGo}
      ready={() => {
        setChecked(true);
        return ready;
      }}
      send={async () => {
        if (verdict === null) return;
        const numbers = question === "" ? [] : [Number(question)];
        const change =
          verdict === "agree-with-change" ? { changes: numbers.map((number) => ({ question: number, text: text.trim() })) } : { reason: text.trim() };
        await done(giveVerdict(handle, view, { verdict, questions: numbers, ...change }));
      }}
    >
      <Choice
        legend={m.verdict}
        error={checked && !ready ? m.reasonMissing : null}
        options={verdicts.map((value) => ({ value, title: m.verdicts[value] }))}
        value={verdict}
        onChoose={setVerdict}
      />
      <Select
        label={m.verdictQuestion}
        value={question}
        options={[{ value: "", label: m.whole }, ...view.questions.map(({ number }) => ({ value: String(number), label: m.questionTab(number) }))]}
        onChoose={setQuestion}
      />
      <TextArea
        label={verdict === "agree-with-change" ? m.change : m.reason}
        rows={3}
        maxLength={20_000}
        optional={verdict === "agree"}
        value={text}
        onInput={setText}
      />
    </SendForm>
  );
}

function PostponeForm({ handle, view, m, done }: FormProps): JSX.Element {
  const [on, setOn] = useState(today);
  const [reasons, setReasons] = useState("");
  const [reference, setReference] = useState("");
  const [checked, setChecked] = useState(false);
  const ready = /^\d{4}-\d{2}-\d{2}$/u.test(on) && reasons.trim() !== "";
  return (
    <SendForm
      button={m.postponeGo}
      ready={() => {
        setChecked(true);
        return ready;
      }}
      send={() => done(postpone(handle, view, { on, reasons: reasons.trim(), reference }))}
    >
      <p>{m.postponeText}</p>
      <Field type="date" narrow label={m.postponedOn} value={on} onInput={setOn} />
      <TextArea label={m.postponeReasons} rows={3} maxLength={20_000} value={reasons} error={checked && !ready ? m.reasonMissing : null} onInput={setReasons} />
      <Field label={m.reference} optional maxLength={400} value={reference} onInput={setReference} />
    </SendForm>
  );
}

function PresentForm({ handle, view, m, done }: FormProps): JSX.Element {
  const [desks, error] = useDesks({ handle }, "minister");
  const [desk, setDesk] = useState("");
  const [checked, setChecked] = useState(false);
  if (error !== null) return <ErrorState error={error} />;
  if (desks === null) return <Skeleton lines={3} />;
  return (
    <SendForm
      button={m.presentGo}
      ready={() => {
        setChecked(true);
        return desk !== "";
      }}
      send={() => done(presentSet(handle, view, { desk }))}
    >
      <Select label={m.presentTo} error={checked && desk === "" ? m.fill : null} value={desk} options={deskOptions(desks, m.choose)} onChoose={setDesk} />
    </SendForm>
  );
}

function SendingForm({ handle, view, m, done }: FormProps): JSX.Element {
  const [on, setOn] = useState(today);
  const [reference, setReference] = useState("");
  const [checked, setChecked] = useState(false);
  const ready = /^\d{4}-\d{2}-\d{2}$/u.test(on) && reference.trim() !== "";
  return (
    <SendForm
      button={m.sendGo}
      ready={() => {
        setChecked(true);
        return ready;
      }}
      send={() => done(sendSet(handle, view, { on, reference: reference.trim() }))}
    >
      <Field type="date" narrow label={m.sentOn} value={on} onInput={setOn} />
      <Field label={m.reference} maxLength={400} value={reference} error={checked && !ready ? m.fill : null} onInput={setReference} />
    </SendForm>
  );
}
