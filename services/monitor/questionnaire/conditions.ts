/** When a condition holds, twice: for the road (an unanswered question fits no test) and for the data (what is not known stays not known). Used inside this room. */
import type { Condition, Leaf, NamedCondition, Questionnaire, Test } from "#registers/questionnaires/index.ts";
import { answerTo, said, type Answer, type Answers } from "./answers.ts";

/**
 * Why a value is missing, worst first: `refused`, the person chose not to say; `skipped`, it was shown and passed over; `not-asked`, the road did not lead there (or the person is not in the
 * denominator).
 */
export const missingKinds = ["refused", "skipped", "not-asked"] as const;
export type MissingKind = (typeof missingKinds)[number];

/** The missing kind of an answer, or null when something was said. */
export const missing = (answer: Answer | undefined): MissingKind | null =>
  answer === undefined ? "not-asked" : answer === "refused" || answer === "skipped" ? answer : null;

export const conditionsOf = ({ conditions }: Questionnaire): ReadonlyMap<string, NamedCondition> => new Map(conditions.map((one) => [one.id, one]));

const chose = ({ in: among }: Test, answer: Answer): boolean =>
  typeof answer === "string" ? among.includes(answer) : answer.some((one) => among.includes(one));

/** Whether a condition holds for whoever gave these answers; a test of a question without an answer does not. */
export function holds(condition: Condition, answers: Answers, named: ReadonlyMap<string, NamedCondition>): boolean {
  const leaf = (one: Leaf): boolean => {
    if ("named" in one) {
      const inner = named.get(one.named);
      return inner !== undefined && holds(inner.when, answers, named);
    }
    const answer = answerTo(answers, one.question);
    return answer !== undefined && said(answer) && chose(one, answer);
  };
  if ("all" in condition) return condition.all.every(leaf);
  if ("any" in condition) return condition.any.some(leaf);
  if ("none" in condition) return !condition.none.some(leaf);
  return leaf(condition);
}

/**
 * Whether a condition is so, with what is not known kept apart: S. C. Kleene's strong three-valued logic, in which the unknown says why (the worst of what made it unknown).
 * @returns true, false, or the kind that is missing.
 */
export function known(condition: Condition, answers: Answers, named: ReadonlyMap<string, NamedCondition>): boolean | MissingKind {
  const leaf = (one: Leaf): boolean | MissingKind => {
    if ("named" in one) {
      const inner = named.get(one.named);
      return inner === undefined ? "not-asked" : known(inner.when, answers, named);
    }
    const answer = answerTo(answers, one.question);
    const gap = missing(answer);
    return answer === undefined || gap !== null ? (gap ?? "not-asked") : chose(one, answer);
  };
  /** One value decides; else what is missing does; else it is the other. */
  const joined = (leaves: readonly Leaf[], deciding: boolean): boolean | MissingKind => {
    const values = leaves.map(leaf);
    if (values.includes(deciding)) return deciding;
    return missingKinds.find((kind) => values.includes(kind)) ?? !deciding;
  };
  if ("all" in condition) return joined(condition.all, false);
  if ("any" in condition) return joined(condition.any, true);
  if ("none" in condition) {
    const any = joined(condition.none, true);
    return typeof any === "boolean" ? !any : any;
  }
  return leaf(condition);
}
