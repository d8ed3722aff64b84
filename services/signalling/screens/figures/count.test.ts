/** The figures page counts what the facts say: Wilson's interval as published, no cell under five, and an answer that follows from the numbers. */
import { describe, expect, it } from "vitest";
import type { SignalFact } from "#services/signalling/contract/index.ts";
import type { Followed } from "#services/signalling/facts/index.ts";
import { figuresOf, verdictOf, wilson } from "./count.ts";

type Answer = SignalFact["steps"][number]["answer"];
const fact = (unit: string | null, received: Answer, weighed?: Answer): SignalFact => ({
  version: 1,
  kind: "signal-follow-up",
  unit,
  steps: [{ step: "received", answer: received }, ...(weighed === undefined ? [] : [{ step: "weighed" as const, answer: weighed }])],
  outcome: "open",
});
const many = (n: number, make: () => SignalFact): SignalFact[] => Array.from({ length: n }, make);

describe("Newcombe 1998, table I, method 3 (score without continuity correction)", () => {
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])("%d of %d lies between %f and %f", (good, all, low, high) => {
    const found = wilson(good, all);
    expect(found.low).toBeCloseTo(low, 4);
    expect(found.high).toBeCloseTo(high, 4);
  });
  it("refuses a share of nothing and a share above the whole", () => {
    expect(() => wilson(0, 0)).toThrow(RangeError);
    expect(() => wilson(3, 2)).toThrow(RangeError);
  });
});

describe("what is shown", () => {
  it("hides four and shows five, per step and per unit", () => {
    const facts = [...many(4, () => fact("politie-limburg", "in-time", "late")), ...many(5, () => fact("politie-amsterdam", "in-time", "in-time"))];
    const { steps, units, acknowledged, signals } = figuresOf(facts);
    expect(signals).toBe(9);
    expect(acknowledged).toMatchObject({ good: 9, all: 9 });
    expect(steps.find(({ key }) => key === "weighed")?.share).toMatchObject({ good: 5, all: 9 });
    expect(figuresOf(many(4, () => fact(null, "in-time", "late"))).steps.find(({ key }) => key === "weighed")?.share).toBeNull();
    expect(units.map(({ key, share }) => [key, share?.all ?? null])).toEqual([
      ["politie-amsterdam", 10],
      ["politie-limburg", null],
    ]);
  });
  it("holds a police unit to what it owed itself: not to the OM, and not to a signal it never weighed", () => {
    const later = { ...fact("politie-limburg", "in-time", "in-time") };
    const late: SignalFact = { ...later, steps: [...later.steps, { step: "presented", answer: "late" }, { step: "decided", answer: "late" }] };
    const around = fact("politie-limburg", "late");
    expect(figuresOf([...many(5, () => late), ...many(5, () => around)]).units).toMatchObject([{ key: "politie-limburg", share: { good: 10, all: 10 } }]);
  });
  it("holds a unit that was asked later to what it owed since, and leaves what came before in the figure of the step", () => {
    const asked = (): Followed => ({ ...fact("politie-limburg", "late", "in-time"), ofUnit: fact(null, "in-time", "in-time").steps });
    const { units, steps } = figuresOf(many(5, asked));
    expect(units).toMatchObject([{ key: "politie-limburg", share: { good: 10, all: 10 } }]);
    expect(steps[0]).toMatchObject({ key: "received", share: { good: 0, all: 5 } });
  });
  it("does not show a unit because few signals have many answers", () => {
    expect(figuresOf(many(3, () => fact("politie-limburg", "in-time", "in-time"))).units).toEqual([{ key: "politie-limburg", share: null }]);
  });
  it("counts a signal as followed up only when every answer came in time, and says so", () => {
    const some = figuresOf([...many(12, () => fact(null, "in-time", "in-time")), ...many(2, () => fact(null, "in-time", "late")), fact(null, "open")]);
    expect(some.followed).toMatchObject({ good: 12, all: 15 });
    expect(Math.round((some.followed?.low ?? 0) * 100)).toBe(55);
    expect(Math.round((some.followed?.high ?? 0) * 100)).toBe(93);
    expect(verdictOf(some)).toBe("some");
    expect(verdictOf(figuresOf(many(6, () => fact(null, "in-time"))))).toBe("none");
    expect(verdictOf(figuresOf(many(4, () => fact(null, "late"))))).toBe("too-few");
  });
  it("leaves out signals in which nothing was owed yet", () => {
    expect(figuresOf(many(7, () => ({ ...fact(null, "in-time"), steps: [] })))).toMatchObject({ signals: 7, followed: null, acknowledged: null });
  });
});
