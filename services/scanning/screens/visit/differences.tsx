/** Answers of two visits that did not know of each other and differ, to choose between: two tablets at one table. Used by the visit page. */
import type { JSX } from "preact";
import { Choice, Notice, useMessages } from "#services/interface/index.ts";
import type { GivenAnswer, MergedAnswer, VisitPack } from "#services/scanning/client/index.ts";
import type { Answer } from "#services/scanning/contract/index.ts";
import { answerInWords, type ReadySet } from "#services/scanning/questions/index.ts";
import { en } from "./en.ts";
import { nl, type Messages } from "./nl.ts";

export function Differences({
  differences,
  pack,
  set,
  onChoose,
}: {
  readonly differences: readonly MergedAnswer[];
  readonly pack: VisitPack;
  readonly set: ReadySet | null;
  readonly onChoose: (answer: Answer) => void;
}): JSX.Element | null {
  const m = useMessages<Messages>({ nl, en });
  if (differences.length === 0) return null;
  const questionOf = (id: string) => set?.set.questions.find((one) => one.id === id) ?? null;
  const words = ({ question, value, note }: Answer): string => {
    const known = questionOf(question);
    const said = known === null ? (typeof value === "object" ? m.skips[value.skipped] : String(value)) : answerInWords(known, value, m.skips);
    return note.trim() === "" ? said : `${said} (${note.trim()})`;
  };
  const whose = ({ seq }: GivenAnswer): string => {
    const visit = pack.visits.find((one) => one.seq === seq);
    return visit === undefined ? m.mine : m.visitBy(visit.on, visit.by);
  };
  return (
    <section class="stack-medium" aria-label={m.differ}>
      <Notice tone="amber" title={m.differ} live>
        <p>{m.differText}</p>
      </Notice>
      {differences.map(({ question, now, beside }) => {
        const given = [now, ...beside];
        return (
          <Choice
            key={question}
            legend={questionOf(question)?.text ?? question}
            columns={2}
            options={given.map((one) => ({ value: String(one.seq), title: words(one.answer), text: whose(one) }))}
            value={null}
            onChoose={(seq) => {
              const found = given.find((one) => String(one.seq) === seq);
              if (found !== undefined) onChoose(found.answer);
            }}
          />
        );
      })}
    </section>
  );
}
