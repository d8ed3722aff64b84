/** Who is sent, how the load and the flow are counted, and what of the measures is due. Run by vitest only. */
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { flowOf, loadOf, mondayOf, remindersOf, suggest, weeksFrom, type PlannedScan } from "./index.ts";

const scan = (expert: string | null, visit: string | null = null, town = "", minutes = 120): PlannedScan => ({ expert, visit, town, minutes });
const advisers = [
  { person: "a", name: "Aafke" },
  { person: "b", name: "Bram" },
  { person: "c", name: "Cor" },
];

describe("weeks", () => {
  test.each([
    ["2026-11-23", "2026-11-23"],
    ["2026-11-29", "2026-11-23"],
    ["2027-01-01", "2026-12-28"],
    ["2028-02-29", "2028-02-28"],
  ])("%s lies in the week of %s", (day, monday) => expect(mondayOf(day)).toBe(monday));
  it("every week begins on a Monday, seven days after the one before, across summer time", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20_000 }), (days) => {
        const weeks = weeksFrom(new Date(days * 86_400_000).toISOString().slice(0, 10), 8);
        expect(weeks.every((monday) => mondayOf(monday) === monday)).toBe(true);
        expect(new Set(weeks).size).toBe(8);
      }),
    );
  });
});

describe("load", () => {
  const weeks = weeksFrom("2026-11-25", 3);
  it("counts each adviser's open scans and their visits in the week they fall in", () => {
    const [first, second] = loadOf([scan("a", "2026-11-29"), scan("a", "2026-11-30", "", 90), scan("a"), scan("b"), scan(null, "2026-11-30")], advisers, weeks);
    expect(first).toMatchObject({ open: 3, visits: [1, 1, 0], minutes: [120, 90, 0] });
    expect(second).toMatchObject({ open: 1, visits: [0, 0, 0] });
  });
  it("suggests who has the fewest open scans", () => {
    const scans = [scan("a"), scan("a"), scan("b")];
    expect(suggest(loadOf(scans, advisers, weeks), scans, "").map(({ name, suggested }) => [name, suggested])).toEqual([
      ["Cor", true],
      ["Bram", false],
      ["Aafke", false],
    ]);
  });
  it("puts who comes near before who has less, and who is full last, whatever else", () => {
    const scans = [scan("a", null, "Demostad"), scan("a"), scan("b"), scan("c", "2026-11-26"), scan("c", "2026-12-01")];
    const notes = { b: { perWeek: null, region: "Demodam, demostad" }, c: { perWeek: 1, region: "Demostad" } };
    expect(suggest(loadOf(scans, advisers, weeks, notes), scans, "Demostad").map(({ name, near, full }) => [name, near, full])).toEqual([
      ["Bram", true, false],
      ["Aafke", true, false],
      ["Cor", true, true],
    ]);
  });
  it("suggests nobody when everybody is full", () => {
    const scans = advisers.flatMap(({ person }) => [scan(person, "2026-11-26"), scan(person, "2026-12-01")]);
    const notes = Object.fromEntries(advisers.map(({ person }) => [person, { perWeek: 1, region: "" }]));
    expect(suggest(loadOf(scans, advisers, weeks, notes), scans, "").some(({ suggested }) => suggested)).toBe(false);
  });
});

it("flow counts scans, late ones and the middle number of days, phase by phase", () => {
  const now = Date.parse("2026-11-25T12:00:00Z");
  const at = (days: number): string => new Date(now - days * 86_400_000).toISOString();
  const rows = flowOf(
    [
      { phase: "requested", opened: at(9), changed: at(9), late: true },
      { phase: "requested", opened: at(2), changed: at(1), late: false },
      { phase: "requested", opened: at(4), changed: null, late: false },
    ],
    ["requested", "planned"],
    now,
  );
  expect(rows).toEqual([
    { phase: "requested", count: 3, late: 1, waiting: 1, age: 4 },
    { phase: "planned", count: 0, late: 0, waiting: null, age: null },
  ]);
});

describe("reminders", () => {
  const line = (id: string, byWhen: string | null, provided: "provided" | "on-loan" = "provided") => ({ id, what: id, byWhen, provided });
  const codes = (...given: Parameters<typeof remindersOf>): (string | null)[][] => remindersOf(...given).map(({ code, measure, day }) => [code, measure, day]);
  it("says what should have been there, what must come within two weeks and what waits for the person, most pressing first", () => {
    const measures = [
      { line: line("m1", "2026-12-09"), state: "advised", since: null },
      { line: line("m2", "2026-12-10"), state: "advised", since: null },
      { line: line("m3", "2026-11-24"), state: "ordered", since: "2026-11-01" },
      { line: line("m4", "2026-11-01"), state: "placed", since: "2026-11-02" },
      { line: line("m5", "2026-11-01"), state: "checked", since: "2026-11-02" },
      { line: line("m6", "2026-11-01"), state: "declined", since: "2026-11-02" },
      { line: line("m7", null), state: "advised", since: null },
    ] as const;
    expect(codes(measures, "2026-11-25")).toEqual([
      ["late", "m3", "2026-11-24"],
      ["soon", "m1", "2026-12-09"],
      ["confirm", "m4", "2026-11-02"],
    ]);
  });
  it("once the office ends every loan that is out goes back, and one that was returned does not", () => {
    const measures = [
      { line: line("m1", null, "on-loan"), state: "checked", since: "2026-11-02" },
      { line: line("m2", null, "on-loan"), state: "returned", since: "2026-11-02" },
      { line: line("m3", null), state: "checked", since: "2026-11-02" },
    ] as const;
    expect(codes(measures, "2026-11-25", "2026-12-20")).toEqual([["return", "m1", "2026-12-20"]]);
    expect(codes(measures, "2026-12-21", "2026-12-20")).toEqual([["return-late", "m1", "2026-12-20"]]);
  });
});
