/** Holds the clock to the rules of registers/answer-term: named after them. Run by vitest only. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { answerTermRules, readAnswerTerm } from "#registers/answer-term/index.ts";
import { readRecesses, recesses } from "#registers/recess/index.ts";
import { RegisterError } from "#registers/register.ts";
import { addDays, isWorkingDay } from "#services/dossier/workflow/terms.ts";
import { answerTerm, type AskedSet, type ClockSettings, defaultSettings, internalDates, outlook, postponementProblem, standing } from "./index.ts";

const asked = (received: string, more: Partial<AskedSet> = {}): AskedSet => ({ received, postponement: null, answered: null, ...more });
const postponement = (on: string) => ({ on, reasons: "De politie heeft meer tijd nodig voor de cijfers." });
const withRecess = (recess: ClockSettings["recess"]): ClockSettings => ({ ...defaultSettings, recess });

describe("three weeks", () => {
  it("after 9 January 2026 end on 30 January, as the decision note on 2026Z00186 says", () => {
    const term = answerTerm(asked("2026-01-09"));
    expect(term).toMatchObject({ first: "2026-01-30", due: "2026-01-30", postponed: false });
    expect(term.rules.map(({ id, weeks, where }) => [id, weeks, where !== ""])).toEqual([["answer", 3, true]]);
  });
  it("refuse a day that is none", () => {
    expect(() => answerTerm(asked("2026-02-31"))).toThrow(RangeError);
  });
});

describe("a postponement", () => {
  it("with reasons adds three weeks, whenever it was sent", () => {
    for (const on of ["2026-01-28", "2026-02-02"])
      expect(answerTerm(asked("2026-01-09", { postponement: postponement(on) }))).toMatchObject({ first: "2026-01-30", due: "2026-02-20", postponed: true });
  });
  it("without reasons adds nothing", () => {
    const set = asked("2026-01-09", { postponement: { on: "2026-01-28", reasons: " " } });
    expect(answerTerm(set).due).toBe("2026-01-30");
    expect(postponementProblem(set, { on: "2026-01-28", reasons: " " })).toBe("no-reasons");
  });
  it("is judged: too early, too late, or after the answer", () => {
    expect(postponementProblem(asked("2026-01-09"), postponement("2026-01-30"))).toBeNull();
    expect(postponementProblem(asked("2026-01-09"), postponement("2026-01-08"))).toBe("before-received");
    expect(postponementProblem(asked("2026-01-09"), postponement("2026-01-31"))).toBe("after-first-term");
    expect(postponementProblem(asked("2026-01-09", { answered: "2026-01-20" }), postponement("2026-01-28"))).toBe("already-answered");
  });
});

describe("a recess", () => {
  // Kerstreces 2023: 22 December 2023 to 15 January 2024.
  const set = asked("2023-12-12");
  it("changes nothing by default", () => {
    expect(answerTerm(set)).toMatchObject({ due: "2024-01-02", recesses: [] });
  });
  it("moves the last day to the first working day after it, when so set", () => {
    expect(answerTerm(set, withRecess("moves"))).toMatchObject({ due: "2024-01-16", recesses: [{ id: "kerst-2023" }] });
  });
  it("does not count, when so set", () => {
    expect(answerTerm(set, withRecess("pauses"))).toMatchObject({ due: "2024-01-27", recesses: [{ id: "kerst-2023" }] });
  });
  it("never makes a term shorter", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 700 }), fc.boolean(), (days, postponed) => {
        const one = asked(addDays("2023-01-01", days), postponed ? { postponement: postponement(addDays("2023-01-01", days + 10)) } : {});
        const due = answerTerm(one).due;
        for (const effect of ["moves", "pauses"] as const) expect(answerTerm(one, withRecess(effect)).due >= due).toBe(true);
        const moved = answerTerm(one, withRecess("moves"));
        expect(recesses.some(({ from, to }) => from <= moved.due && moved.due <= to)).toBe(false);
      }),
    );
  });
});

describe("internal dates", () => {
  it("are working days counted back from the last day", () => {
    const dates = internalDates(asked("2026-01-09"), "2026-01-20");
    expect(Object.fromEntries(dates.map(({ step, day, state }) => [step.id, `${day} ${state}`]))).toEqual({
      divide: "2026-01-12 passed",
      "ask-facts": "2026-01-13 passed",
      facts: "2026-01-19 passed",
      drafts: "2026-01-20 today",
      coordination: "2026-01-22 ahead",
      "postponement-decision": "2026-01-23 ahead",
      initials: "2026-01-26 ahead",
      minister: "2026-01-27 ahead",
      signature: "2026-01-29 ahead",
      sent: "2026-01-30 ahead",
    });
  });
  it("go around holidays, and are due at once when they would lie before the questions", () => {
    // Three weeks over Good Friday and Easter Monday 2026 hold 13 working days.
    const dates = internalDates(asked("2026-03-20"), "2026-03-20");
    expect(dates[0]).toMatchObject({ day: "2026-03-20", squeezed: true, state: "today" });
    expect(dates.at(-1)?.day).toBe("2026-04-10");
  });
  it("are always working days between the questions and the last day, in order", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1500 }), fc.boolean(), (days, postponed) => {
        const received = addDays("2025-01-01", days);
        const one = asked(received, postponed ? { postponement: postponement(addDays(received, 14)) } : {});
        const { due } = answerTerm(one);
        let before = "";
        for (const { day } of internalDates(one, received)) {
          expect(isWorkingDay(day)).toBe(true);
          expect(day >= received && day <= due && day >= before).toBe(true);
          before = day;
        }
      }),
    );
  });
});

describe("what is late", () => {
  it("is so from the day after the last day, and listed on the Monday after", () => {
    const set = asked("2026-01-09");
    expect(standing(set, "2026-01-28")).toMatchObject({ state: "running", daysLeft: 2, workingDaysLeft: 2, mayPostpone: true });
    expect(standing(set, "2026-01-30")).toMatchObject({ state: "last-day", daysLeft: 0, workingDaysLeft: 0, listedOn: "2026-02-02" });
    expect(standing(set, "2026-01-31")).toMatchObject({ state: "late", daysLeft: -1, mayPostpone: false });
    expect(standing(asked("2026-01-09", { answered: "2026-01-29" }), "2026-03-01")).toMatchObject({ state: "answered", daysLeft: 1, listedOn: null });
    expect(standing(asked("2026-01-09", { answered: "2026-02-03" }), "2026-03-01")).toMatchObject({
      state: "answered-late",
      daysLeft: -4,
      listedOn: "2026-02-02",
    });
    // Late, but sent before the Monday.
    expect(standing(asked("2026-01-09", { answered: "2026-02-01" }), "2026-03-01")).toMatchObject({ state: "answered-late", listedOn: null });
  });
  it("and what will be stands in order, with what the next list would show", () => {
    const sets = [asked("2026-01-20"), asked("2026-01-05"), asked("2026-01-09"), asked("2026-01-02", { answered: "2026-01-10" }), asked("2026-03-01")];
    const { late, soon, nextList } = outlook(sets, "2026-01-29", 14);
    expect(late.map(({ received }) => received)).toEqual(["2026-01-05"]);
    expect(soon.map(({ received }) => received)).toEqual(["2026-01-09", "2026-01-20"]);
    expect([nextList.on, nextList.sets.map(({ received }) => received)]).toEqual(["2026-02-02", ["2026-01-05", "2026-01-09"]]);
  });
});

describe("recesses that nobody wrote down", () => {
  it("are said to be unknown, whatever the setting: a term after, before or partly outside what the register covers", () => {
    expect(answerTerm(asked("2024-01-29")).recessUnknown).toBe(false);
    for (const received of ["2026-01-09", "2024-08-20", "2023-04-01"]) expect(answerTerm(asked(received)).recessUnknown).toBe(true);
    for (const effect of ["runs", "moves", "pauses"] as const) expect(answerTerm(asked("2026-01-09"), withRecess(effect)).recessUnknown).toBe(true);
  });
  it("become known once an organisation adds them, and a postponement may run out of what is known", () => {
    const source = { source: "tk-recessen", where: "", date: "2026-11-26" };
    const known = [
      { id: "kerst", nl: "Kerst", from: "2025-12-19", to: "2026-01-12", ...source },
      { id: "voorjaar", nl: "Voorjaar", from: "2026-02-13", to: "2026-02-23", ...source },
    ];
    const settings = { ...defaultSettings, recesses: known };
    expect(answerTerm(asked("2026-01-20"), settings).recessUnknown).toBe(false);
    expect(answerTerm(asked("2026-01-20", { postponement: postponement("2026-02-03") }), settings).recessUnknown).toBe(true);
    expect(answerTerm(asked("2026-01-20"), { ...defaultSettings, recesses: [] }).recessUnknown).toBe(true);
  });
});

describe("the registers", () => {
  it("name a rule, an article and a source for each term, and say what was not read in the law itself", () => {
    for (const rule of [answerTermRules.answer, answerTermRules.postponement, answerTermRules.lateList])
      expect([rule.id, rule.where !== "", rule.state]).toEqual([rule.id, true, "to-verify"]);
  });
  it("refuse a rule that is missing and recesses that overlap", () => {
    expect(() => readAnswerTerm({ about: "", rules: [], settings: [], steps: [] })).toThrow(RegisterError);
    const recess = { id: "a", nl: "A", from: "2026-01-01", to: "2026-01-10", source: "tk-recessen", where: "", date: "2026-11-26" };
    expect(() => readRecesses({ about: "", recesses: [recess, { ...recess, id: "b", from: "2026-01-10" }] })).toThrow(
      /recess.json b: starts before a has ended/u,
    );
  });
});
