/** The place where a set is worked on: its clock, the board, each question, the note, the road to decision, the preview. Drawn by the dossier page; whoever was asked for facts sees that request alone. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { DossierHandle } from "#services/dossier/client/index.ts";
import type { ActionProps } from "#services/dossier/screens/kinds.ts";
import { ErrorState, Link, Skeleton, Tabs, useMessages } from "#services/interface/index.ts";
import { readSet, type SetView } from "#services/parliament/client/index.ts";
import { Clock } from "./clock.tsx";
import { Board } from "./board.tsx";
import { en } from "./en.ts";
import { FactsAsked } from "./facts-asked.tsx";
import { nl, type Messages } from "./nl.ts";
import { NotePage } from "./note.tsx";
import { Preview } from "./preview.tsx";
import { QuestionPage } from "./question.tsx";
import { Road } from "./road.tsx";
import { WholePage } from "#services/parliament/screens/whole/whole-page.tsx";
import "#services/parliament/screens/kamer.css";

/** What every part is given. */
export interface PartProps {
  readonly handle: DossierHandle;
  readonly view: SetView;
  readonly m: Messages;
  /** Something was sent: the dossier is read and drawn anew. */
  readonly onChange: () => void;
}

type Tab = "board" | "question" | "note" | "road" | "preview" | "whole";
interface Place {
  readonly tab: Tab;
  readonly question: number | null;
}
/** Where the reader was in each set: the page draws this anew after each entry, and must not throw them back to the board. Kept in memory alone. */
const places = new Map<string, Place>();

export function SetActions({ handle, onChange }: ActionProps): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  // Whoever holds single items was asked for facts.
  if (handle.keys.dossierKey === null) return <FactsAsked handle={handle} m={m} onChange={onChange} />;
  return <WholeSet handle={handle} m={m} onChange={onChange} />;
}

function WholeSet({ handle, m, onChange }: Omit<PartProps, "view">): JSX.Element {
  const [view, setView] = useState<SetView | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [place, setPlace] = useState<Place>(() => places.get(handle.id) ?? { tab: "board", question: null });
  useEffect(() => {
    readSet(handle).then(setView, setError);
  }, [handle]);
  if (error !== null) return <ErrorState error={error} />;
  if (view === null) return <Skeleton lines={8} />;
  const go = (next: Place): void => {
    places.set(handle.id, next);
    setPlace(next);
  };
  const open = (number: number): void => go({ tab: "question", question: number });
  const part: PartProps = { handle, view, m, onChange };
  const numbers = view.questions.map(({ number }) => number);
  const question = view.questions.find(({ number }) => number === place.question) ?? view.questions[0];
  const tabs = (["board", "question", "note", "road", "preview", "whole"] as const)
    .filter((tab) => tab !== "question" || question !== undefined)
    .map((key) => ({ key, name: key === "question" && question !== undefined ? m.questionTab(question.number) : m.tabs[key] }));
  const next = question === undefined ? undefined : numbers[numbers.indexOf(question.number) + 1];
  return (
    <div class="stack">
      <Clock {...part} />
      <Tabs label={m.parts} tabs={tabs} now={place.tab} onGo={(tab) => go({ tab, question: question?.number ?? null })}>
        {place.tab === "board" && <Board {...part} onOpen={open} onVerdict={() => go({ tab: "road", question: question?.number ?? null })} />}
        {place.tab === "question" && question !== undefined && (
          <QuestionPage
            key={question.number}
            {...part}
            question={question}
            onNext={next === undefined ? null : () => go({ tab: "question", question: next })}
          />
        )}
        {place.tab === "note" && <NotePage {...part} />}
        {place.tab === "road" && <Road {...part} onOpen={open} />}
        {place.tab === "preview" && <Preview {...part} />}
        {place.tab === "whole" && <WholePage {...part} />}
      </Tabs>
      <p>
        <Link to="/kamer">{m.all}</Link>
      </p>
    </div>
  );
}
