/** Which questions someone is asked: the road through a questionnaire, what comes next and before, how far one is, and when help must be shown. Called by screens and by the reader of records. */
import { testsOf, type Question, type Questionnaire, type RecallMonths } from "#registers/questionnaires/index.ts";
import { answerTo, said, type Answer, type Answers } from "./answers.ts";
import { conditionsOf, holds } from "./conditions.ts";

/** What a wave decides about a questionnaire. */
export interface Setting {
  readonly recallMonths: RecallMonths;
  /** Whether questions marked `detail` are asked; false in a stratum with fewer invited than the questionnaire's `smallStratum`. */
  readonly details: boolean;
}

/** A questionnaire as one wave asks it. */
export interface Asking extends Setting {
  readonly questionnaire: Questionnaire;
}

/** A road: its questions in order, and the answers that were given on it. */
export interface Road {
  readonly questions: readonly Question[];
  readonly answers: Answers;
}

/**
 * [Note: Answers of a road that was left] A condition looks only at answers that are on the road themselves. Whoever goes back and takes another road keeps what they said on the old one, on
 * their own device, but it neither opens questions nor is it sent.
 */
export function roadOf({ questionnaire, details }: Asking, answers: Answers): Road {
  const named = conditionsOf(questionnaire);
  const questions: Question[] = [];
  const given: Record<string, Answer> = {};
  for (const question of questionnaire.questions) {
    if (question.detail && !details) continue;
    if (question.asked !== null && !holds(question.asked, given, named)) continue;
    questions.push(question);
    const answer = answerTo(answers, question.id);
    if (answer !== undefined) given[question.id] = answer;
  }
  return { questions, answers: given };
}

/** The first question on the road without an answer (a refusal is one, and so is passing over); null when the end is reached. */
export const nextQuestion = ({ questions, answers }: Road): Question | null => questions.find(({ id }) => answerTo(answers, id) === undefined) ?? null;

/** The question after this one on the road, answered or not; null at the end, or when this one is no longer on it. */
export function questionAfter({ questions }: Road, id: string): Question | null {
  const at = questions.findIndex((one) => one.id === id);
  return at < 0 ? null : (questions[at + 1] ?? null);
}

/** The question before this one on the road; null at the first. */
export function questionBefore({ questions }: Road, id: string): Question | null {
  const at = questions.findIndex((one) => one.id === id);
  return at <= 0 ? null : (questions[at - 1] ?? null);
}

/** How far someone is. */
export interface Completeness {
  /** Questions on the road. It grows and shrinks with what is answered. */
  readonly asked: number;
  readonly answered: number;
  readonly refused: number;
  readonly skipped: number;
  /** Not reached yet. */
  readonly open: number;
}

export function completeness(road: Road): Completeness {
  const of = (fits: (answer: Answer | undefined) => boolean): number => road.questions.filter(({ id }) => fits(answerTo(road.answers, id))).length;
  return {
    asked: road.questions.length,
    answered: of(said),
    refused: of((answer) => answer === "refused"),
    skipped: of((answer) => answer === "skipped"),
    open: of((answer) => answer === undefined),
  };
}

/** Whether these answers show that someone may be in danger now: then the page says where help is. Nothing of it leaves the device. */
export function needsHelp(asking: Asking, answers: Answers): boolean {
  const named = conditionsOf(asking.questionnaire);
  const help = named.get(asking.questionnaire.help);
  return help !== undefined && holds(help.when, roadOf(asking, answers).answers, named);
}

/** Questions at which the help condition looks: there help is shown the moment it is needed. */
export function helpQuestions({ questionnaire }: Asking): ReadonlySet<string> {
  const named = conditionsOf(questionnaire);
  const help = named.get(questionnaire.help);
  return new Set(help === undefined ? [] : testsOf(help.when, named).map((test) => test.question));
}
