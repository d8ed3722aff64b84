/** Makes the record that is sent, and reads one that came in: strictly, since the two sides must agree on what was asked. Called by screens (making) and by the server and the analysis (reading). */
import { isFields, type Questionnaire } from "#registers/questionnaires/index.ts";
import type { AnswerRecord } from "#services/monitor/contract/answer-record.ts";
import { answerTo, checkAnswer, type Answer, type Answers } from "./answers.ts";
import { AnswerError } from "./errors.ts";
import { roadOf, type Asking } from "./road.ts";

/**
 * What is sent: every question on the road with its answer, and nothing from a road that was left (`[Note: Answers of a road that was left]`).
 * @throws {@link AnswerError} question-open when a question on the road has neither answer, refusal nor `skipped`.
 */
export function recordOf(asking: Asking, answers: Answers): AnswerRecord {
  const { questionnaire, recallMonths, details } = asking;
  const road = roadOf(asking, answers);
  const sent: Record<string, Answer> = {};
  for (const { id } of road.questions) {
    const answer = answerTo(road.answers, id);
    if (answer === undefined) throw new AnswerError("question-open", `Question ${id} was not reached; go on until the end before sending`, id);
    sent[id] = answer;
  }
  return { questionnaire: { set: questionnaire.set, version: questionnaire.version }, recallMonths, details, answers: sent };
}

const isList = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every((one) => typeof one === "string");

/** Answers as they may have been kept or sent. @returns null when it has not their form; the questionnaire is not looked at. */
export function parseAnswers(value: unknown): Answers | null {
  if (!isFields(value)) return null;
  const read: [string, Answer][] = [];
  for (const [question, answer] of Object.entries(value)) {
    if (typeof answer === "string") read.push([question, answer]);
    else if (isList(answer)) read.push([question, [...answer]]);
    else return null;
  }
  // Defined and not assigned: a question called __proto__ is a question that does not exist, and not a way in.
  return Object.fromEntries(read);
}

const malformed = (what: string): AnswerError => new AnswerError("record-malformed", `The record ${what}; it must have the form of AnswerRecord`);

/**
 * Reads a record and holds it to its questionnaire: known questions, options they have, exactly the questions its own answers lead to.
 * @param value parsed JSON, from anyone
 * @throws {@link AnswerError} with the first thing that is wrong.
 */
export function readRecord(questionnaire: Questionnaire, value: unknown): AnswerRecord {
  if (!isFields(value)) throw malformed("is no object");
  const { questionnaire: of, recallMonths, details } = value;
  const extra = Object.keys(value).find((key) => !["questionnaire", "recallMonths", "details", "answers"].includes(key));
  if (extra !== undefined) throw malformed("has a field too many");
  if (!isFields(of) || Object.keys(of).length !== 2 || of["set"] !== questionnaire.set || of["version"] !== questionnaire.version) {
    throw new AnswerError(
      "questionnaire-other",
      `The record does not answer ${questionnaire.set} version ${questionnaire.version}; reload the page of the wave`,
    );
  }
  if (recallMonths !== 6 && recallMonths !== 12) throw malformed("looks back over neither 6 nor 12 months");
  if (typeof details !== "boolean") throw malformed("does not say whether details were asked");
  const answers = parseAnswers(value["answers"]);
  if (answers === null) throw malformed("has answers of another form");
  const questions = new Map(questionnaire.questions.map((question) => [question.id, question]));
  for (const [id, answer] of Object.entries(answers)) {
    const question = questions.get(id);
    if (question === undefined) throw new AnswerError("question-unknown", `${questionnaire.set} version ${questionnaire.version} has no question of that name`);
    checkAnswer(question, answer);
  }
  const asking: Asking = { questionnaire, recallMonths, details };
  const road = new Set(roadOf(asking, answers).questions.map(({ id }) => id));
  for (const id of Object.keys(answers)) {
    if (!road.has(id)) throw new AnswerError("question-not-asked", `Question ${id} does not lie on the road these answers take; send only what was asked`, id);
  }
  return recordOf(asking, answers);
}
