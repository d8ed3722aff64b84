/** What whoever was asked for facts sees of a set: the question, what is asked, and their answer. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { DossierHandle } from "#services/dossier/client/index.ts";
import { Choice, ErrorState, SendForm, Skeleton, TextArea, useMessages } from "#services/interface/index.ts";
import { answerFacts, factsAsked, openSet, type AskedFacts } from "#services/parliament/client/index.ts";
import { en as sharedEn } from "#services/parliament/screens/en.ts";
import { nl as sharedNl, type Messages as Shared } from "#services/parliament/screens/nl.ts";
import { paragraphs } from "./question.tsx";
import type { PartProps } from "./set-actions.tsx";
import { Words } from "./words.tsx";

export function FactsAsked({ handle, m, onChange }: Omit<PartProps, "view">): JSX.Element {
  const shared = useMessages<Shared>({ nl: sharedNl, en: sharedEn });
  const [held, setHeld] = useState<{ readonly own: DossierHandle; readonly asked: readonly AskedFacts[] } | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    const open = async (): Promise<void> => {
      // Opened anew: the requests carry the keys of their answers.
      const own = await openSet(handle.session, handle.id);
      setHeld({ own, asked: await factsAsked(own) });
    };
    open().catch(setError);
  }, [handle]);
  if (error !== null) return <ErrorState error={error} />;
  if (held === null) return <Skeleton lines={6} />;
  return (
    <section class="stack-medium">
      <h2>{m.factsAsked}</h2>
      <p>{m.factsAskedText}</p>
      {held.asked.map(({ item, request, answers }) => (
        <div key={item} class="card stack-small">
          {request.questions.map(({ number, text }) => (
            <div key={number}>
              <h3>{m.questionTab(number)}</h3>
              <p class="kamer-quote">{text}</p>
            </div>
          ))}
          <p>
            <strong>{request.asked}</strong>
          </p>
          <p class="soft">{shared.due(request.due)}</p>
          {answers.map(({ at, by, body }) => (
            <div key={at}>
              <p class="soft small">
                {m.given}: {m.by(by.name, by.office)}
              </p>
              <Words words={body.words} />
            </div>
          ))}
          {answers.length === 0 && <AnswerForm handle={held.own} item={item} m={m} onChange={onChange} />}
        </div>
      ))}
    </section>
  );
}

const outcomes = ["answered", "partly", "cannot"] as const;

function AnswerForm({
  handle,
  item,
  m,
  onChange,
}: {
  readonly handle: DossierHandle;
  readonly item: string;
  readonly m: PartProps["m"];
  readonly onChange: () => void;
}): JSX.Element {
  const [outcome, setOutcome] = useState<(typeof outcomes)[number] | null>(null);
  const [text, setText] = useState("");
  const [checked, setChecked] = useState(false);
  const ready = outcome !== null && (outcome === "cannot" || text.trim() !== "");
  return (
    <SendForm
      button={m.factGo}
      ready={() => {
        setChecked(true);
        return ready;
      }}
      send={async () => {
        if (outcome === null) return;
        await answerFacts(handle, item, outcome, paragraphs(text));
        onChange();
      }}
    >
      <Choice
        legend={m.outcome}
        error={checked && !ready ? m.factMissing : null}
        options={outcomes.map((value) => ({ value, title: m.outcomes[value] }))}
        value={outcome}
        onChoose={setOutcome}
      />
      <TextArea label={m.factWords} rows={5} maxLength={20_000} value={text} onInput={setText} />
    </SendForm>
  );
}
