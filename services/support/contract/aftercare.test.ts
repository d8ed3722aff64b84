/** Aftercare dates belong to the person: whatever the team writes, no date is set, moved or taken away by it. Run by vitest only. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { aftercareOf, type AftercareDate, type WrittenPlan } from "./aftercare.ts";

const date = (id: string, on: string, what = "bellen"): AftercareDate => ({ id, on, what });
const plan = (seq: number, own: boolean, dates: AftercareDate[], declined: string[] = []): WrittenPlan => ({
  seq,
  own,
  body: { version: 1, dates, declined, note: "" },
});

const anyDate = fc.record({
  id: fc.constantFrom("a", "b", "c", "d"),
  on: fc.constantFrom("2026-12-01", "2026-12-08", "2027-01-04"),
  what: fc.constant("bellen"),
});
const anyPlan = (own: fc.Arbitrary<boolean>): fc.Arbitrary<WrittenPlan> =>
  fc
    .tuple(fc.integer({ min: 2, max: 500 }), own, fc.uniqueArray(anyDate, { selector: ({ id }) => id }), fc.uniqueArray(fc.constantFrom("a", "b", "c", "d")))
    .map(([seq, mine, dates, declined]) => plan(seq, mine, dates, declined));
const anyHistory = fc.uniqueArray(anyPlan(fc.boolean()), { selector: ({ seq }) => seq, maxLength: 8 });

describe("an aftercare plan", () => {
  it("is the newest one of the person, earliest date first", () => {
    const found = aftercareOf([plan(3, true, [date("a", "2026-12-01")]), plan(7, true, [date("b", "2027-01-04"), date("a", "2026-12-08")])]);
    expect(found.dates.map(({ id, on }) => [id, on])).toEqual([
      ["a", "2026-12-08"],
      ["b", "2027-01-04"],
    ]);
  });
  it("is not touched by anything the team writes, before or after", () => {
    fc.assert(
      fc.property(anyHistory, (history) => {
        const mine = history.filter(({ own }) => own);
        expect(aftercareOf(history).dates).toEqual(aftercareOf(mine).dates);
        expect(aftercareOf(history).gone).toEqual(aftercareOf(mine).gone);
      }),
    );
  });
  it("holds what the team proposes apart, until it is taken over or turned down", () => {
    const proposal = plan(2, false, [date("p", "2026-12-01"), date("q", "2026-12-08")]);
    expect(aftercareOf([proposal])).toMatchObject({ dates: [], proposed: [{ id: "p" }, { id: "q" }] });
    expect(aftercareOf([proposal, plan(3, true, [date("p", "2026-12-02")])])).toMatchObject({
      dates: [{ id: "p", on: "2026-12-02" }],
      proposed: [{ id: "q" }],
    });
    expect(aftercareOf([proposal, plan(3, true, [], ["p"])])).toMatchObject({ dates: [], proposed: [{ id: "q" }] });
  });
  it("does not bring back what was turned down or taken away, however often it is proposed again", () => {
    const turned = [plan(2, false, [date("p", "2026-12-01")]), plan(3, true, [], ["p"]), plan(4, false, [date("p", "2026-12-09")])];
    expect(aftercareOf(turned).proposed).toEqual([]);
    const taken = [plan(2, true, [date("a", "2026-12-01")]), plan(3, true, []), plan(4, false, [date("a", "2026-12-01")])];
    expect(aftercareOf(taken)).toMatchObject({ dates: [], proposed: [], gone: [{ id: "a", on: "2026-12-01" }] });
  });
  it("does not depend on the order in which entries arrive", () => {
    fc.assert(
      fc.property(anyHistory, (history) => {
        expect(aftercareOf(history.toReversed())).toEqual(aftercareOf(history));
      }),
    );
  });
});
