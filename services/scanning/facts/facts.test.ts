/** Domain 1.8 and design law 6: how many advised measures were placed and how long it took, in coarse classes and nothing else. Run by vitest only. */
import fc from "fast-check";
import { Check } from "typebox/value";
import { describe, expect, it, test } from "vitest";
import { countClass, dayClass, factOf, type FactError, ScanFact, type FinishedScan } from "./index.ts";

const scan: FinishedScan = {
  adoptedOn: "2026-01-01",
  advised: [
    { id: "lock", provided: "provided" },
    { id: "camera", provided: "on-loan" },
    { id: "letterbox", provided: "provided" },
    { id: "alarm", provided: "on-loan" },
    { id: "safe", provided: "on-loan" },
    { id: "film", provided: "provided" },
  ],
  steps: [
    { measure: "lock", state: "ordered", on: "2026-01-05" },
    { measure: "lock", state: "placed", on: "2026-01-20" },
    { measure: "lock", state: "checked", on: "2027-01-20" },
    { measure: "camera", state: "on-loan", on: "2026-03-15" },
    { measure: "camera", state: "returned", on: "2029-01-01" },
    { measure: "letterbox", state: "placed", on: "2026-09-01" },
    { measure: "alarm", state: "declined", on: "2026-02-01" },
    { measure: "safe", state: "ordered", on: "2026-02-01" },
  ],
};

describe("the scan fact", () => {
  it("counts placed, lent, declined and open, and the days to half and to the last", () => {
    expect(factOf(scan)).toEqual({
      version: 1,
      kind: "scan-measures",
      advised: "6-10",
      placed: "1-2",
      onLoan: "1-2",
      declined: "1-2",
      open: "1-2",
      daysHalf: "31-90",
      daysLast: "181-365",
    });
  });
  it("counts what is checked or returned later once, from the day it came", () => {
    expect(factOf({ ...scan, steps: scan.steps.filter(({ state }) => state !== "checked" && state !== "returned") })).toEqual(factOf(scan));
  });
  it("a measure that is only written down as checked or returned was there, as the list says", () => {
    const steps = [
      { measure: "lock", state: "checked", on: "2026-01-20" },
      { measure: "camera", state: "checked", on: "2026-03-15" },
      { measure: "safe", state: "returned", on: "2026-03-15" },
    ] as const;
    expect(factOf({ ...scan, steps })).toMatchObject({ placed: "1-2", onLoan: "1-2", open: "3-5", daysLast: "31-90" });
  });
  it("counts from the first day when one step is written twice", () => {
    const steps = [
      { measure: "lock", state: "placed", on: "2026-01-20" },
      { measure: "lock", state: "placed", on: "2027-06-01" },
    ] as const;
    expect(factOf({ ...scan, steps })).toMatchObject({ daysLast: "0-30" });
  });
  it("has no days when nothing was placed", () => {
    expect(factOf({ ...scan, steps: [] })).toMatchObject({ placed: "0", onLoan: "0", open: "6-10", daysHalf: null, daysLast: null });
  });
  it("declined after it was placed is declined", () => {
    const steps = [...scan.steps, { measure: "letterbox", state: "declined", on: "2026-10-01" } as const];
    expect(factOf({ ...scan, steps })).toMatchObject({ placed: "1-2", daysLast: "31-90" });
  });
  test.each([
    [0, "0"],
    [1, "1-2"],
    [2, "1-2"],
    [3, "3-5"],
    [5, "3-5"],
    [6, "6-10"],
    [10, "6-10"],
    [11, "11+"],
  ])("count %i is of class %s", (count, name) => expect(countClass(count)).toBe(name));
  test.each([
    [0, "0-30"],
    [30, "0-30"],
    [31, "31-90"],
    [90, "31-90"],
    [91, "91-180"],
    [180, "91-180"],
    [181, "181-365"],
    [365, "181-365"],
    [366, "366+"],
  ])("%i days is of class %s", (days, name) => expect(dayClass(days)).toBe(name));
});

describe("no fact rather than a wrong one", () => {
  const refused: readonly (readonly [string, Partial<FinishedScan>, FactError["code"]])[] = [
    ["nothing on the list", { advised: [], steps: [] }, "nothing-advised"],
    ["no such day", { adoptedOn: "2026-02-31" }, "day-malformed"],
    ["no day at all", { adoptedOn: "gisteren" }, "day-malformed"],
    ["a clock that ran back", { steps: [{ measure: "lock", state: "placed", on: "2025-12-31" }] }, "before-adoption"],
    ["a measure that is not on the list", { steps: [{ measure: "moat", state: "placed", on: "2026-02-01" }] }, "measure-unknown"],
  ];
  test.each(refused)("%s", (_name, change, code) => {
    expect(() => factOf({ ...scan, ...change })).toThrow(expect.objectContaining({ code, name: "FactError" }));
  });
});

describe("for any scan", () => {
  const days = fc.integer({ min: 0, max: 1_500 }).map((after) => new Date(Date.UTC(2026, 0, 1) + after * 86_400_000).toISOString().slice(0, 10));
  const advised = fc.uniqueArray(
    fc.stringMatching(/^[a-z]{6}$/u).map((id) => `geheim-${id}`),
    { minLength: 1, maxLength: 20 },
  );
  const scans = advised.chain((list) =>
    fc.record({
      adoptedOn: fc.constant("2026-01-01"),
      advised: fc.constant(list.map((id, at) => ({ id, provided: at % 2 === 0 ? ("provided" as const) : ("on-loan" as const) }))),
      steps: fc.array(
        fc.record({
          measure: fc.constantFrom(...list),
          state: fc.constantFrom(...(["ordered", "placed", "on-loan", "checked", "declined", "returned"] as const)),
          on: days,
        }),
        { maxLength: 40 },
      ),
    }),
  );
  it("holds classes and no id, day or exact number", () => {
    fc.assert(
      fc.property(scans, (any) => {
        const fact = factOf(any);
        expect(Check(ScanFact, fact)).toBe(true);
        const text = JSON.stringify(fact);
        expect(text).not.toContain("geheim");
        expect(text).not.toMatch(/\d{4}-\d{2}/u);
      }),
    );
  });
  it("is the same whatever the measures are called and in whatever order they stand on the list", () => {
    fc.assert(
      fc.property(scans, (any) => {
        const renamed = new Map(any.advised.map(({ id }, at) => [id, `m${at}`]));
        const name = (id: string): string => renamed.get(id) ?? id;
        expect(
          factOf({
            ...any,
            advised: any.advised.map((line) => ({ ...line, id: name(line.id) })).toReversed(),
            steps: any.steps.map((step) => ({ ...step, measure: name(step.measure) })),
          }),
        ).toEqual(factOf(any));
      }),
    );
  });
});
