/** What is wrong with a set once it is read: numbers that are missing or stand twice, answers and footnotes without their other half. Called by the reader of sets. */
import type { QuestionDossier, SourcePlace, Trouble, TroubleCode } from "#services/parliament/contract/dossier.ts";
import { numbersIn } from "./references.ts";

/** Codes a person must mend before a set can be worked on; the others are worth a look. */
const wrong: ReadonlySet<TroubleCode> = new Set([
  "empty",
  "too-large",
  "pdf-without-text",
  "page-without-text",
  "pdf-broken",
  "pdf-locked",
  "json-broken",
  "xml-broken",
  "unknown-form",
  "two-sets",
  "no-questions",
  "number-missing",
  "number-twice",
  "number-out-of-order",
  "question-empty",
  "answer-without-question",
  "reference-differs",
  "record-deleted",
]);

/** One trouble with the weight of its code. */
export const trouble = (code: TroubleCode, place: SourcePlace, about: string | number = ""): Trouble => ({
  code,
  weight: wrong.has(code) ? "wrong" : "notice",
  place,
  about: String(about),
});

/** No more than this many numbers are named as missing one by one. */
const MOST_MISSING = 20;

/** Adds to a dossier what is wrong with it. `placed` says where a question, answer or footnote stands. */
export function checkSet(dossier: QuestionDossier, placed: (of: object) => SourcePlace): void {
  const { questions, answers, footnotes, troubles } = dossier;
  const say = (code: TroubleCode, of: object, about: string | number = ""): void => void troubles.push(trouble(code, placed(of), about));
  if (dossier.kind === "unknown") return;
  if (questions.length === 0 && dossier.kind !== "postponement") say("no-questions", dossier);
  if (dossier.members.length === 0) say("no-members", dossier);
  if (dossier.addressees.length === 0 && dossier.kind === "questions") say("no-addressees", dossier);
  if (dossier.received === null && dossier.kind === "questions") say("no-date", dossier);
  const labelled = labelledIn(questions);
  const highest = questions.reduce((most, { number }) => Math.max(most, number), 0);
  const seen = new Set<number>();
  let last = 0;
  for (const question of questions) {
    const { number } = question;
    if (seen.has(number)) say("number-twice", question, number);
    else if (number < last) say("number-out-of-order", question, number);
    else
      for (let missing = Math.max(last + 1, number - MOST_MISSING); missing < number; missing++)
        if (!labelled.has(missing)) say("number-missing", question, missing);
    for (const one of /\d\D+\d/u.test(question.label) ? [number, ...numbersIn(question.label)] : [number]) seen.add(one);
    last = Math.max(last, number);
    if (question.text === "") say("question-empty", question, number);
    for (const named of question.refersTo) if (named > highest && !labelled.has(named) && named < 100) say("refers-nowhere", question, named);
  }
  const answered = new Set(answers.flatMap(({ numbers }) => numbers));
  for (const answer of answers) {
    for (const number of answer.numbers) if (questions.length > 0 && !seen.has(number) && !labelled.has(number)) say("answer-without-question", answer, number);
    if (answer.numbers.length === 0) say("answer-without-question", answer);
    for (const named of answer.refersTo)
      if (questions.length > 0 && !seen.has(named) && !labelled.has(named) && named < 100) say("refers-nowhere", answer, named);
  }
  if (answers.length > 0) for (const question of questions) if (!answered.has(question.number)) say("answer-missing", question, question.number);
  const known = new Set(footnotes.map(({ mark }) => mark));
  const used = new Set([{ marks: dossier.titleMarks }, ...questions, ...answers].flatMap(({ marks }) => marks.map(({ mark }) => mark)));
  for (const holder of [{ marks: dossier.titleMarks }, ...questions, ...answers])
    for (const { mark } of holder.marks) if (!known.has(mark)) say("footnote-missing", holder, mark);
  for (const footnote of footnotes) if (!used.has(footnote.mark)) say("footnote-unused", footnote, footnote.mark);
}

/** The numbers in labels of several: "Vragen 4 en 5" is one question for both. */
function labelledIn(questions: QuestionDossier["questions"]): ReadonlySet<number> {
  const found = new Set<number>();
  for (const { label } of questions) if (/\d\D+\d/u.test(label)) for (const number of numbersIn(label)) found.add(number);
  return found;
}
