/** The answers of one visit, and the checks that hold them to the version they were given in. Clients and screens call it. */
import { Check } from "typebox/value";
import type { Question } from "#registers/questions/index.ts";
import { Answer, VisitAnswers, type AnswerValue } from "#services/scanning/contract/index.ts";
import { QuestionError } from "./errors.ts";
import type { ReadySet } from "./sets.ts";

/** Answers by question; a change makes a new one. */
export type AnswerBook = ReadonlyMap<string, Answer>;

/** No answers yet. */
export const noAnswers: AnswerBook = new Map();

function questionOf(set: ReadySet, id: string): Question {
  const at = set.places.get(id);
  const found = at === undefined ? undefined : set.questions[at]?.question;
  if (found === undefined) throw new QuestionError("question-unknown", `Question set ${set.set.set} version ${set.set.version} has no question ${id}`, id);
  return found;
}

/** Whether an answer fits its question. @throws {@link QuestionError} answer-type, answer-choice, answer-range. */
function check({ id, kind, choices, min, max }: Question, value: AnswerValue): void {
  const fail = (code: "answer-type" | "answer-choice" | "answer-range", wanted: string): never => {
    throw new QuestionError(code, `Question ${id} asks for ${wanted}`, id);
  };
  if (typeof value === "object") return;
  switch (kind) {
    case "yes-no":
      if (value !== "yes" && value !== "no") fail("answer-type", "yes or no");
      return;
    case "choice":
      if (typeof value !== "string") fail("answer-type", "one of its choices");
      if (choices?.some((choice) => choice.id === value) !== true) fail("answer-choice", "one of its choices");
      return;
    case "text":
      if (typeof value !== "string") fail("answer-type", "a text");
      if (String(value).trim() === "") fail("answer-range", "a text that is not empty");
      return;
    case "number":
      if (typeof value !== "number") return fail("answer-type", "a number");
      if (value < (min ?? Number.MIN_SAFE_INTEGER) || value > (max ?? Number.MAX_SAFE_INTEGER)) fail("answer-range", `a number from ${min} to ${max}`);
      return;
    case "photo":
      if (typeof value !== "number") return fail("answer-type", "a number of photos");
      if (value < 1 || value > 100) fail("answer-range", "one photo or more");
  }
}

/** Writes one answer down, over the one before. @throws {@link QuestionError} question-unknown, answers-malformed, answer-type, answer-choice, answer-range. */
export function withAnswer(set: ReadySet, book: AnswerBook, answer: Answer): AnswerBook {
  if (!Check(Answer, answer)) throw new QuestionError("answers-malformed", "An answer does not have the promised form");
  check(questionOf(set, answer.question), answer.value);
  return new Map(book).set(answer.question, answer);
}

/** Takes one answer back. */
export function withoutAnswer(book: AnswerBook, question: string): AnswerBook {
  const rest = new Map(book);
  rest.delete(question);
  return rest;
}

/**
 * Reads stored answers with the version they were given in.
 * @throws {@link QuestionError} answers-malformed, version-mismatch, answered-twice, question-unknown, answer-type, answer-choice, answer-range.
 */
export function readAnswers(set: ReadySet, stored: unknown): AnswerBook {
  if (!Check(VisitAnswers, stored)) throw new QuestionError("answers-malformed", "The answers do not have the promised form");
  if (stored.set !== set.set.set || stored.setVersion !== set.set.version)
    throw new QuestionError(
      "version-mismatch",
      `These answers were given in ${stored.set} version ${stored.setVersion}, not ${set.set.set} version ${set.set.version}`,
    );
  const book = new Map<string, Answer>();
  for (const answer of stored.answers) {
    if (book.has(answer.question)) throw new QuestionError("answered-twice", `Question ${answer.question} has two answers`, answer.question);
    check(questionOf(set, answer.question), answer.value);
    book.set(answer.question, answer);
  }
  return book;
}

/** The answers as they are stored, in the order of the set. */
export const storedAnswers = (set: ReadySet, book: AnswerBook): VisitAnswers => ({
  set: set.set.set,
  setVersion: set.set.version,
  answers: set.set.questions.flatMap(({ id }) => book.get(id) ?? []),
});
