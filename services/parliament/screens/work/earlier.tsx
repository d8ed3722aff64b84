/** Earlier answers to questions like this one, from an archive the desk reads in: found on this device, with the differences from the draft shown. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Check } from "typebox/value";
import Type from "typebox";
import { ErrorState, FileDrop, Notice } from "#services/interface/index.ts";
import type { QuestionView } from "#services/parliament/client/index.ts";
import { IndexBuilder, openBuilt, type AnsweredQuestion, type AnswerIndex } from "#services/parliament/search/index.ts";
import { Differences } from "./differences.tsx";
import type { PartProps } from "./set-actions.tsx";
import { plainWords } from "./words.tsx";

/** One line of the archive. */
const Answered = Type.Object({ id: Type.String({ minLength: 1 }), question: Type.String(), answer: Type.String() });
interface Archive {
  readonly index: AnswerIndex;
  readonly answers: ReadonlyMap<string, AnsweredQuestion>;
}
/** Read once for all questions of all sets, as long as the page is open. */
let archive: Archive | null = null;

/** @returns null when a line is no answered question */
function archiveOf(text: string): Archive | null {
  const builder = new IndexBuilder();
  const answers = new Map<string, AnsweredQuestion>();
  for (const line of text.split("\n")) {
    if (line.trim() === "") continue;
    const one = lineOf(line);
    if (one === null || answers.has(one.id)) return null;
    answers.set(one.id, one);
    builder.add(one);
  }
  return answers.size === 0 ? null : { index: openBuilt(builder), answers };
}
function lineOf(line: string): AnsweredQuestion | null {
  try {
    const one: unknown = JSON.parse(line);
    return Check(Answered, one) ? one : null;
  } catch {
    return null;
  }
}

const MOST = 3;

export function Earlier({ question, m }: PartProps & { readonly question: QuestionView }): JSX.Element {
  const [own, setOwn] = useState(archive);
  const [wrong, setWrong] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const take = async (file: File): Promise<void> => {
    setError(null);
    const read = archiveOf(await file.text());
    setWrong(read === null);
    if (read === null) return;
    archive = read;
    setOwn(read);
  };
  return (
    <section class="card stack-small">
      <h2>{m.earlier}</h2>
      {error !== null && <ErrorState error={error} />}
      {wrong && <Notice tone="amber" title={m.earlierWrong} live />}
      {own === null ? (
        <>
          <p class="soft small">{m.earlierText}</p>
          <FileDrop label={m.earlierLoad} files={[]} onAdd={([file]) => file !== undefined && void take(file).catch(setError)} onRemove={() => undefined} />
        </>
      ) : (
        <Found archive={own} question={question} m={m} />
      )}
    </section>
  );
}

function Found({
  archive: { index, answers },
  question,
  m,
}: {
  readonly archive: Archive;
  readonly question: QuestionView;
  readonly m: PartProps["m"];
}): JSX.Element {
  const hits = index.search(question.question.text, MOST).flatMap(({ id }) => answers.get(id) ?? []);
  const now = plainWords(question.draft.newest?.words ?? []);
  return (
    <>
      <p class="soft small">{m.earlierSize(answers.size)}</p>
      {hits.length === 0 && <p>{m.earlierNone}</p>}
      <ul class="kamer-figures">
        {hits.map((hit) => (
          <li key={hit.id}>
            <p>
              <strong>{hit.id}</strong> {hit.question}
            </p>
            <p class="kamer-quote">{hit.answer}</p>
            {now !== "" && <Differences title={m.compare} earlier={hit.answer} now={now} m={m} />}
          </li>
        ))}
      </ul>
    </>
  );
}
