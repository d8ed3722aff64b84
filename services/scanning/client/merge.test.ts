/** Two tablets on one visit, and visits that follow each other: nothing that was answered is lost, and nobody's clock decides. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Answer, AnswerValue } from "#services/scanning/contract/index.ts";
import { mergeAnswers, sameAnswer, type AnsweredVisit, type MergedAnswer } from "./merge.ts";

const answer = (question: string, value: AnswerValue, note = ""): Answer => ({ question, value, note });
const visit = (seq: number, after: number | undefined, ...answers: Answer[]): AnsweredVisit => ({
  seq,
  answers: { set: "veilig-wonen", setVersion: 2, answers, ...(after === undefined ? {} : { after }) },
});
const only = (merged: readonly MergedAnswer[]): MergedAnswer => {
  const [one] = merged;
  if (one === undefined || merged.length !== 1) throw new Error(`${merged.length} questions`);
  return one;
};

describe("two tablets at the same table", () => {
  it("answers to different questions add up", () => {
    const merged = mergeAnswers([visit(5, 4, answer("alarm", "yes")), visit(6, 4, answer("cameras", "none"))]);
    expect(merged.map(({ question, beside }) => [question, beside.length])).toEqual([
      ["alarm", 0],
      ["cameras", 0],
    ]);
  });
  it("the same answer twice is no difference", () => {
    expect(only(mergeAnswers([visit(5, 4, answer("alarm", "yes")), visit(6, 4, answer("alarm", "yes"))])).beside).toEqual([]);
  });
  it("different answers stand beside each other until someone chooses", () => {
    const tablets = [visit(5, 4, answer("alarm", "yes")), visit(6, 4, answer("alarm", "no"))];
    const open = only(mergeAnswers(tablets));
    expect(open.now.seq).toBe(6);
    expect(open.beside.map(({ seq }) => seq)).toEqual([5]);
    const chosen = only(mergeAnswers([...tablets, visit(9, 8, answer("alarm", "yes"))]));
    expect(chosen.now.answer.value).toBe("yes");
    expect(chosen.beside).toEqual([]);
    expect(chosen.before.map(({ seq }) => seq)).toEqual([5, 6]);
  });
  it("a difference in the note alone is a difference too", () => {
    expect(only(mergeAnswers([visit(5, 4, answer("alarm", "yes", "achter")), visit(6, 4, answer("alarm", "yes", "voor"))])).beside).toHaveLength(1);
  });
});

describe("visits that follow each other", () => {
  it("the later takes the place of the earlier it had before it", () => {
    const merged = only(mergeAnswers([visit(5, 4, answer("alarm", "no")), visit(9, 7, answer("alarm", "yes"))]));
    expect(merged.now.answer.value).toBe("yes");
    expect(merged.before.map(({ seq }) => seq)).toEqual([5]);
  });
  it("a visit of before this rule replaces nothing", () => {
    expect(only(mergeAnswers([visit(5, undefined, answer("alarm", "no")), visit(9, undefined, answer("alarm", "yes"))])).beside).toHaveLength(1);
  });
});

const value = fc.oneof(
  fc.constantFrom<AnswerValue>("yes", "no", 3),
  fc.constantFrom("not-seen", "not-shared").map((skipped): AnswerValue => ({ skipped }) as AnswerValue),
);
const visits = fc
  .array(
    fc.record({
      gap: fc.integer({ min: 1, max: 3 }),
      back: fc.integer({ min: 0, max: 6 }),
      answers: fc.uniqueArray(fc.tuple(fc.constantFrom("a", "b", "c"), value), { selector: ([id]) => id }),
    }),
    { maxLength: 6 },
  )
  .map((rows) => {
    let seq = 1;
    return rows.map(({ gap, back, answers }) => {
      seq += gap;
      return visit(seq, Math.max(0, seq - 1 - back), ...answers.map(([id, one]) => answer(id, one)));
    });
  });

describe("for any visits", () => {
  it("loses no answer: each is what holds, beside it, before it, or says the same as what holds", () => {
    fc.assert(
      fc.property(visits, (all) => {
        const merged = new Map(mergeAnswers(all).map((one) => [one.question, one]));
        for (const { seq, answers } of all)
          for (const given of answers.answers) {
            const one = merged.get(given.question);
            const found = one !== undefined && (sameAnswer(one.now.answer, given) || [...one.beside, ...one.before].some((other) => other.seq === seq));
            expect(found).toBe(true);
          }
      }),
    );
  });
  it("does not depend on the order in which the visits are read", () => {
    fc.assert(
      fc.property(visits, (all) => {
        const sorted = (merged: MergedAnswer[]): MergedAnswer[] => merged.toSorted((a, b) => a.question.localeCompare(b.question));
        expect(sorted(mergeAnswers(all.toReversed()))).toEqual(sorted(mergeAnswers(all)));
      }),
    );
  });
  it("a visit that had everything before it leaves no difference in what it answers", () => {
    fc.assert(
      fc.property(visits, value, (all, chosen) => {
        const last = (all.at(-1)?.seq ?? 1) + 1;
        const merged = mergeAnswers([...all, visit(last, last - 1, answer("a", chosen), answer("b", chosen), answer("c", chosen))]);
        expect(merged.flatMap(({ beside }) => beside)).toEqual([]);
        expect(merged.every(({ now }) => now.seq === last)).toBe(true);
      }),
    );
  });
});
