/** Buttons with the answers of police and OM. "Received" is one tap; what is final shows first what is answered, says that it cannot be taken back, and then is one tap. Used by the list and by the page of a signal. */
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { VerifiedDesk } from "#services/directory/client/index.ts";
import type { DossierHandle } from "#services/dossier/client/index.ts";
import { Button, ErrorState, Field, Notice, Select, SendForm, Skeleton, TextArea, useMessages, type IconName } from "#services/interface/index.ts";
import { readSignal } from "#services/signalling/client/index.ts";
import { answerLacks, answersFor, nothingGiven, take, type Answer, type Given } from "./answering.ts";
import { en } from "./en.ts";
import { nl, type Messages } from "./nl.ts";
import "#services/signalling/screens/signal.css";

const icons: Readonly<Record<Answer, IconName>> = {
  receive: "check",
  serious: "alert",
  basic: "shield",
  present: "arrow",
  retest: "arrow",
  local: "shield",
  nominate: "arrow",
  "decide-basic": "person",
  "no-details": "message",
  told: "pencil",
  redirect: "back",
};

interface Props {
  /** Actions of the table that the reader may take. */
  readonly actions: readonly string[];
  /** Opens the signal; called before anything is sent. */
  readonly open: () => Promise<DossierHandle>;
  /** Whose signal it is, for whoever hears the buttons and does not see them in their place. */
  readonly about: string;
  readonly onDone: () => void;
}

export function Answers({ actions, open, about, onDone }: Props): JSX.Element | null {
  const m = useMessages<Messages>({ nl, en });
  const [chosen, setChosen] = useState<Answer | null>(null);
  const [handle, setHandle] = useState<DossierHandle | null>(null);
  const [busy, setBusy] = useState<Answer | null>(null);
  const [error, setError] = useState<unknown>(null);
  const answers = answersFor(actions);
  if (answers.length === 0) return null;
  const press = async (answer: Answer): Promise<void> => {
    setBusy(answer);
    setError(null);
    try {
      const opened = await open();
      setHandle(opened);
      if (answer === "receive") {
        await take(opened, answer, nothingGiven);
        onDone();
      } else setChosen(answer);
    } catch (thrown) {
      setError(thrown);
    }
    setBusy(null);
  };
  if (chosen !== null && handle !== null) return <Sure key={chosen} answer={chosen} handle={handle} m={m} onBack={() => setChosen(null)} onDone={onDone} />;
  return (
    <>
      <div class="signal-answers">
        {answers.map((answer, place) => (
          <Button
            key={answer}
            look={answer === "redirect" ? "quiet" : place === 0 && answer !== "retest" ? "first" : "second"}
            icon={icons[answer]}
            busy={busy === answer}
            label={about === "" ? undefined : `${m.answers[answer]}: ${about}`}
            onPress={() => {
              if (busy === null) void press(answer);
            }}
          >
            {m.answers[answer]}
          </Button>
        ))}
      </div>
      {error !== null && <ErrorState error={error} />}
    </>
  );
}

const decisions: ReadonlySet<Answer> = new Set(["local", "nominate", "decide-basic"]);

/** The warning before what is final, with what the answer is about in plain sight. */
function Sure({
  answer,
  handle,
  m,
  onBack,
  onDone,
}: {
  readonly answer: Answer;
  readonly handle: DossierHandle;
  readonly m: Messages;
  readonly onBack: () => void;
  readonly onDone: () => void;
}): JSX.Element {
  const [given, setGiven] = useState<Given>(nothingGiven);
  const [checked, setChecked] = useState(false);
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  const change = (part: Partial<Given>): void => setGiven((now) => ({ ...now, ...part }));
  return (
    <div class="signal-sure">
      <h3 ref={title} tabIndex={-1}>
        {m.answers[answer]}
      </h3>
      <p>{m.sure[answer]}</p>
      <AnsweredTo handle={handle} answer={answer} m={m} />
      <SendForm
        button={m.yes}
        ready={() => {
          setChecked(true);
          return !answerLacks(answer, given);
        }}
        send={async () => {
          await take(handle, answer, given);
          onDone();
        }}
      >
        {answer === "redirect" && <RedirectFields handle={handle} given={given} change={change} checked={checked} m={m} />}
        {answer !== "no-details" && (
          <TextArea
            label={answer === "told" ? m.told : answer === "redirect" ? m.reason : m.text}
            hint={answer === "told" ? undefined : m.textHint}
            optional={answer !== "told"}
            rows={3}
            value={given.text}
            error={checked && answer === "told" && given.text.trim() === "" ? m.toldMissing : null}
            onInput={(text) => change({ text })}
          />
        )}
        {answer === "told" && <Field label={m.next} optional maxLength={2_000} value={given.next} onInput={(next) => change({ next })} />}
        {decisions.has(answer) && <Field type="date" narrow label={m.retestOn} optional value={given.retestOn} onInput={(retestOn) => change({ retestOn })} />}
        <Notice tone="amber">
          <p>{m.final}</p>
        </Notice>
      </SendForm>
      <div class="actions">
        <Button look="quiet" icon="back" onPress={onBack}>
          {m.no}
        </Button>
      </div>
    </div>
  );
}

/** Where it belongs instead, in words, and the desk where it takes part here. */
function RedirectFields({
  handle,
  given,
  change,
  checked,
  m,
}: {
  readonly handle: DossierHandle;
  readonly given: Given;
  readonly change: (part: Partial<Given>) => void;
  readonly checked: boolean;
  readonly m: Messages;
}): JSX.Element {
  const [desks, setDesks] = useState<readonly VerifiedDesk[]>([]);
  useEffect(() => {
    const { session, view } = handle;
    const here = new Set(view.participants.map(({ desk }) => desk));
    // Without the list the words alone point on.
    session.trust.desks({ function: "police" }).then(
      (all) => setDesks(all.filter(({ id }) => !here.has(id))),
      () => undefined,
    );
  }, [handle]);
  const choose = (id: string): void => {
    const desk = desks.find((one) => one.id === id);
    change({ desk: id, ...(desk === undefined || given.to.trim() !== "" ? {} : { to: desk.name }) });
  };
  return (
    <>
      {desks.length > 0 && (
        <Select
          label={m.redirectDesk}
          value={given.desk}
          options={[{ value: "", label: m.redirectNone }, ...desks.map(({ id, name }) => ({ value: id, label: name }))]}
          onChoose={choose}
        />
      )}
      <Field
        label={m.redirectTo}
        hint={m.redirectHint}
        maxLength={400}
        value={given.to}
        error={checked && given.to.trim() === "" ? m.redirectMissing : null}
        onInput={(to) => change({ to })}
      />
    </>
  );
}

/** The words the answer is about: the weighing for a decision, the decision for feedback, else the signal. */
function AnsweredTo({ handle, answer, m }: { readonly handle: DossierHandle; readonly answer: Answer; readonly m: Messages }): JSX.Element | null {
  const [words, setWords] = useState<{ readonly text: string; readonly foot: string } | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    const read = async (): Promise<void> => {
      const entry = decisions.has(answer)
        ? handle.newest("weighing")
        : answer === "told" || answer === "no-details"
          ? (handle.newest("decision") ?? handle.newest("weighing"))
          : handle.newest("signal");
      if (entry === null) return;
      const content = await readSignal(handle, entry);
      if (content.kind === "signal") {
        const count = content.body.shared.reduce((sum, { items }) => sum + items.length, 0);
        setWords({ text: content.body.words, foot: count === 0 ? "" : m.items(count) });
      } else if (content.kind === "weighing" || content.kind === "decision") {
        const { name, office } = content.body.signedBy;
        setWords({ text: content.body.text.trim() === "" ? m.heard : content.body.text, foot: `${name}, ${office}` });
      }
    };
    read().catch(setError);
  }, [handle, answer]);
  if (error !== null) return <ErrorState error={error} />;
  if (words === null) return <Skeleton lines={2} />;
  return (
    <div class="stack-small">
      <p class="soft small">{m.youRead}</p>
      <p class="story">{words.text}</p>
      {words.foot !== "" && <p class="soft small">{words.foot}</p>}
    </div>
  );
}
