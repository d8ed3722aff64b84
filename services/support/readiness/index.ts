/** What the answers of the readiness check come to: what stands, what is missing, the first three steps. Pure; the page /gereed and its document call it. */
import type { ReadinessQuestion, ReadinessSet } from "#registers/readiness/index.ts";

/** What can be answered. `unsure` counts as missing: nobody should find out at night. */
export const readinessAnswers = ["yes", "no", "unsure"] as const;
export type ReadinessAnswer = (typeof readinessAnswers)[number];
/** Answers by question id; a question that is not in it was not answered. */
export type ReadinessAnswers = Readonly<Partial<Record<string, ReadinessAnswer>>>;

/** The outcome; questions in the order of the register, first steps by weight. */
export interface ReadinessResult {
  readonly stands: readonly ReadinessQuestion[];
  /** Answered no or unsure. */
  readonly missing: readonly ReadinessQuestion[];
  readonly open: readonly ReadinessQuestion[];
  /** At most three of what is missing, heaviest first. */
  readonly first: readonly ReadinessQuestion[];
}

/** How many steps come first. More is a list nobody begins. */
const firstSteps = 3;

/** Weighs the answers. Answers to questions of another version are left aside. */
export function weighReadiness({ questions }: ReadinessSet, answers: ReadinessAnswers): ReadinessResult {
  const answered = (id: string): ReadinessAnswer | undefined => (Object.hasOwn(answers, id) ? answers[id] : undefined);
  const missing = questions.filter(({ id }) => answered(id) === "no" || answered(id) === "unsure");
  return {
    stands: questions.filter(({ id }) => answered(id) === "yes"),
    missing,
    open: questions.filter(({ id }) => answered(id) === undefined),
    first: missing.toSorted((a, b) => b.weight - a.weight).slice(0, firstSteps),
  };
}
