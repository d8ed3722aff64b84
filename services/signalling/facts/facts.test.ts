/** Circulaire 2026 par. 2.4.1 and 2.4.2 as five stations: what was owed, what was answered in time, and the one anonymous fact that is left. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Check } from "typebox/value";
import type { ActionRule, Workflow } from "#services/dossier/workflow/define.ts";
import { SignalFact } from "#services/signalling/contract/index.ts";
import { signal } from "#services/signalling/workflow/index.ts";
import { chainOf, factOf, keptFact, knownActions, stepsOfUnit, type ChainEntry, type DueOf } from "./index.ts";

const table: Workflow = signal;
const hour = 3_600_000;
const start = Date.parse("2026-11-02T09:00:00Z");
/** Every term two hours, so that the arithmetic can be done by eye. */
const dueOf: DueOf = (phase, at) => (table.terms[phase] === undefined ? null : new Date(at.getTime() + 2 * hour));
const at = (hours: number): string => new Date(start + hours * hour).toISOString();
const walk = (...steps: readonly (readonly [string | null, number])[]): ChainEntry[] => [
  { action: null, at: at(0) },
  ...steps.map(([action, hours]) => ({ action, at: at(hours) })),
];
const states = (entries: readonly ChainEntry[], now: number, around?: boolean): string[] =>
  chainOf(entries, dueOf, new Date(start + now * hour), around).map(({ step, state }) => `${step} ${state}`);

it("knows every action of the table, and where it leads", () => {
  const actions = Object.values(table.phases).flatMap((row) => Object.entries<ActionRule>(row).map(([action, { to }]): [string, string] => [action, to]));
  expect(new Map(actions)).toEqual(knownActions);
});

describe("the stations", () => {
  it("wait from the first on, and say late when the term has passed", () => {
    expect(states(walk(), 1)).toEqual(["received waiting", "weighed ahead", "presented ahead", "decided ahead", "fed-back ahead"]);
    expect(states(walk(), 3)[0]).toBe("received late");
  });

  it("serious: all five, one of them late", () => {
    const road = walk(["receive", 1], ["weigh-serious", 2], ["present", 5], ["decide-local", 6], ["feedback", 7]);
    expect(states(road, 8)).toEqual(["received done", "weighed done", "presented late-done", "decided done", "fed-back done"]);
    expect(factOf(road, dueOf, "politie-den-haag", new Date(start + 8 * hour))).toEqual({
      version: 1,
      kind: "signal-follow-up",
      unit: "politie-den-haag",
      steps: [
        { step: "received", answer: "in-time" },
        { step: "weighed", answer: "in-time" },
        { step: "presented", answer: "late" },
        { step: "decided", answer: "in-time" },
        { step: "fed-back", answer: "in-time" },
      ],
      outcome: "local-measures",
    });
  });

  it("not serious: the OM is never asked, and nobody is late for it", () => {
    const road = walk(["receive", 1], ["weigh-basic", 2]);
    expect(states(road, 3)).toEqual(["received done", "weighed done", "presented skipped", "decided skipped", "fed-back waiting"]);
    expect(factOf(road, dueOf, null, new Date(start + 5 * hour)).steps).toEqual([
      { step: "received", answer: "in-time" },
      { step: "weighed", answer: "in-time" },
      { step: "fed-back", answer: "open" },
    ]);
  });

  it("par. 2.4.2: around the driehoek the police are no station", () => {
    expect(states(walk(), 1, true)).toEqual(["received waiting", "weighed skipped", "presented ahead", "decided ahead", "fed-back ahead"]);
    expect(states(walk(["receive-around", 1], ["present", 2]), 3)).toEqual([
      "received done",
      "weighed skipped",
      "presented done",
      "decided waiting",
      "fed-back ahead",
    ]);
  });

  it("new facts after feedback: the newest stay is drawn, the fact keeps the worst", () => {
    const road = walk(["receive", 1], ["weigh-basic", 9], ["feedback", 10], ["weigh-again", 11], ["weigh-serious", 12]);
    expect(states(road, 13)).toEqual(["received done", "weighed done", "presented waiting", "decided skipped", "fed-back done"]);
    expect(factOf(road, dueOf, null, new Date(start + 13 * hour)).steps).toContainEqual({ step: "weighed", answer: "late" });
  });

  it("withdrawn before the term had passed: nobody failed to answer; after it: they did", () => {
    expect(factOf(walk(["withdraw", 1]), dueOf, null, new Date(start + 90 * hour)).steps).toEqual([]);
    expect(factOf(walk(["withdraw", 3]), dueOf, null, new Date(start + 90 * hour)).steps).toEqual([{ step: "received", answer: "open" }]);
    expect(states(walk(["withdraw", 3]), 90)[0]).toBe("received skipped");
  });
});

describe("raised again at another unit", () => {
  // The first unit points on hours too late; the second is in time.
  const road = walk(["redirect", 9], ["raise-again", 10], ["receive", 11], ["weigh-basic", 12], ["feedback", 20]);
  const end = new Date(start + 21 * hour);
  const answers = (steps: SignalFact["steps"]): string[] => steps.map(({ step, answer }) => `${step} ${answer}`);

  it("the unit that is asked now owes no answer of before", () => {
    expect(answers(stepsOfUnit(road, dueOf, end))).toEqual(["received in-time", "weighed in-time", "fed-back late"]);
    expect(answers(factOf(road, dueOf, null, end).steps)).toEqual(["received late", "weighed in-time", "fed-back late"]);
  });

  it("the fact that is kept names that unit with its own answers, and the road of the others as it was", () => {
    const kept = keptFact(road, dueOf, "politie-limburg", end);
    expect([kept.unit, ...answers(kept.steps)]).toEqual(["politie-limburg", "received in-time", "weighed in-time", "fed-back late"]);
    expect(Check(SignalFact, kept)).toBe(true);
    const once = walk(["receive", 9], ["weigh-serious", 10]);
    expect(keptFact(once, dueOf, "politie-limburg", end)).toEqual(factOf(once, dueOf, "politie-limburg", end));
  });
});

it("gives a fact of the form that is kept, whatever road the table allows", () => {
  const road = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 9 })), { maxLength: 25 }).map((choices) => {
    const entries: ChainEntry[] = [{ action: null, at: at(0) }];
    let [phase, hours] = ["raised", 0];
    for (const [choice, wait] of choices) {
      const actions = Object.entries<ActionRule>(table.phases[phase] ?? {});
      const next = actions[choice % Math.max(1, actions.length)];
      if (next === undefined) break;
      hours += wait;
      entries.push({ action: next[0], at: at(hours) });
      phase = next[1].to;
    }
    return { entries, end: new Date(start + (hours + 1) * hour), phase };
  });
  fc.assert(
    fc.property(road, ({ entries, end, phase }) => {
      const fact = factOf(entries, dueOf, "politie-limburg", end);
      expect(Check(SignalFact, fact)).toBe(true);
      const stations = chainOf(entries, dueOf, end);
      expect(stations).toHaveLength(5);
      // At most one station waits, and none when the road has ended.
      const waiting = stations.filter(({ state }) => state === "waiting" || state === "late").length;
      expect(waiting).toBe(table.terms[phase] === undefined || ["fed-back", "redirected"].includes(phase) ? 0 : 1);
    }),
  );
});
