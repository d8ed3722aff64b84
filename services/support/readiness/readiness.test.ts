/** The outcome of the readiness check: every question ends in exactly one heap, and what comes first is what weighs most. Run by vitest only. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { provisions } from "#registers/provisions/index.ts";
import { readiness } from "#registers/readiness/index.ts";
import { readinessAnswers, weighReadiness, type ReadinessAnswers } from "./index.ts";

const anyAnswers: fc.Arbitrary<ReadinessAnswers> = fc.dictionary(
  fc.constantFrom(...readiness.questions.map(({ id }) => id)),
  fc.constantFrom(...readinessAnswers),
  {
    noNullPrototype: true,
  },
);

describe("readiness", () => {
  it("puts every question in one heap and loses none", () => {
    fc.assert(
      fc.property(anyAnswers, (answers) => {
        const { stands, missing, open } = weighReadiness(readiness, answers);
        expect([...stands, ...missing, ...open].map(({ id }) => id).toSorted()).toEqual(readiness.questions.map(({ id }) => id).toSorted());
      }),
    );
  });
  it("is announced with the number of questions there are, and with a reason that is about providing what was adopted", () => {
    const row = provisions.find(({ id }) => id === "readiness");
    for (const text of [row?.nl.what, row?.en.what]) expect(text?.split(" ")[0]).toBe(String(readiness.questions.length));
    const budget = readiness.questions.find(({ id }) => id === "budget");
    expect([budget?.nl.why, budget?.en.why]).toEqual([
      expect.stringMatching(/^Verstrekken wat is vastgesteld/u),
      expect.stringMatching(/^Providing what was adopted/u),
    ]);
  });
  it("names at most three first steps, all of what is missing, heaviest first", () => {
    fc.assert(
      fc.property(anyAnswers, (answers) => {
        const { missing, first } = weighReadiness(readiness, answers);
        expect(first).toHaveLength(Math.min(3, missing.length));
        const left = missing.filter((one) => !first.includes(one));
        for (const [place, one] of first.entries()) {
          expect(missing).toContain(one);
          expect(one.weight).toBeGreaterThan(first[place + 1]?.weight ?? Math.max(0, ...left.map(({ weight }) => weight)));
        }
      }),
    );
  });
  it("counts not knowing as missing, and an answer to another version's question as nothing", () => {
    const result = weighReadiness(readiness, { contact: "unsure", night: "no", ela: "yes", "of-another-version": "no" });
    expect(result.first.map(({ id }) => id)).toEqual(["contact", "night"]);
    expect(result.stands.map(({ id }) => id)).toEqual(["ela"]);
    expect(result.open).toHaveLength(readiness.questions.length - 3);
  });
});
