/** The answers of one person while they are being given, and whether one fits its question. Called by the other files of this room and by screens. */
import type { Option, Question } from "#registers/questionnaires/index.ts";
import type { AnswerRecord } from "#services/monitor/contract/answer-record.ts";
import { AnswerError } from "./errors.ts";

/** Id of an option, `refused`, `skipped`, or the options of a question of kind `some`. */
export type Answer = AnswerRecord["answers"][string];
/** Answers by question id. May hold answers on a road that was left; they are kept for whoever comes back to it and are never sent. */
export type Answers = Readonly<Record<string, Answer>>;

/** Whether something was said: not refused, not skipped. */
export const said = (answer: Answer | undefined): boolean => answer !== undefined && answer !== "refused" && answer !== "skipped";

/** The answer to a question, or undefined; a name that every object has (`constructor`) is no answer. */
export const answerTo = (answers: Answers, question: string): Answer | undefined => (Object.hasOwn(answers, question) ? answers[question] : undefined);

/** The options an answer chose; none when it was refused, skipped or not given. */
export function chosen({ options }: Question, answer: Answer | undefined): readonly Option[] {
  if (answer === undefined || !said(answer)) return [];
  return options.filter(({ id }) => (typeof answer === "string" ? answer === id : answer.includes(id)));
}

/** @throws {@link AnswerError} answer-kind, answer-option, answer-alone when the answer is none the question has. */
export function checkAnswer(question: Question, answer: Answer): void {
  const { id, kind, options } = question;
  if (answer === "refused" || answer === "skipped") return;
  if ((kind === "some") !== Array.isArray(answer)) {
    throw new AnswerError("answer-kind", `Question ${id} takes ${kind === "some" ? "a list of options" : "one option"}; send that, or refused or skipped`, id);
  }
  const given = typeof answer === "string" ? [answer] : answer;
  if (given.length === 0 || new Set(given).size !== given.length || !given.every((one) => options.some((option) => option.id === one))) {
    throw new AnswerError(
      "answer-option",
      `Question ${id} was answered with an option it does not have, twice with one, or with none; take its options from the questionnaire`,
      id,
    );
  }
  if (given.length > 1 && chosen(question, answer).some(({ alone }) => alone)) {
    throw new AnswerError("answer-alone", `Question ${id} was answered with an option that goes with no other, and with another; send one of the two`, id);
  }
}

/** Presses one option of a question of kind `some`: on or off, and an option that stands alone drives the others out. @returns the new options, in the question's order; empty when the last was taken back. */
export function press(question: Question, before: readonly string[], option: string): string[] {
  const pressed = question.options.find(({ id }) => id === option);
  const on = !before.includes(option);
  const alone = new Set(question.options.filter((one) => one.alone).map(({ id }) => id));
  const rest = before.filter((one) => one !== option && (!on || (pressed?.alone !== true && !alone.has(one))));
  const after = new Set(on ? [...rest, option] : rest);
  return question.options.filter(({ id }) => after.has(id)).map(({ id }) => id);
}
