/** Respondents by chance: someone who answers, refuses and passes over as the dice fall. For tests of the questionnaire and of what comes after it. */
import fc from "fast-check";
import type { Question, RecallMonths } from "#registers/questionnaires/index.ts";
import { nextQuestion, press, roadOf, type Answer, type Answers, type Asking } from "./index.ts";

/** One answer of a question, by a number. Now and then none. */
export function answerBy(question: Question, dice: number): Answer {
  const { options, kind } = question;
  const turn = dice % 12;
  if (turn === 0) return "refused";
  if (turn === 1) return "skipped";
  const pick = Math.floor(dice / 12);
  const first = options[pick % options.length]?.id ?? "skipped";
  if (kind === "one") return first;
  const second = options[Math.floor(pick / options.length) % options.length]?.id ?? first;
  return turn % 2 === 0 || second === first ? [first] : press(question, [first], second);
}

/** Walks to the end of the road. @throws Error when there is none within as many steps as there are questions. */
export function walk(asking: Asking, dice: readonly number[], from: Answers = {}): Answers {
  let answers = from;
  for (let step = 0; step <= asking.questionnaire.questions.length; step += 1) {
    const next = nextQuestion(roadOf(asking, answers));
    if (next === null) return answers;
    answers = { ...answers, [next.id]: answerBy(next, dice[step % dice.length] ?? 0) };
  }
  throw new Error("the road has no end");
}

/** A hundred throws. */
export const dice: fc.Arbitrary<number[]> = fc.array(fc.nat({ max: 1_000_000 }), { minLength: 100, maxLength: 100 });
export const recallMonths: fc.Arbitrary<RecallMonths> = fc.constantFrom(6, 12);
