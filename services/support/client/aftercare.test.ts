/** When an aftercare plan can go to a calendar: only with an appointment to put in or to take out. Run by vitest only. */
import { expect, it } from "vitest";
import { aftercareOf, type AftercareDate, type WrittenPlan } from "#services/support/contract/index.ts";
import { aftercareMarks, calendarUse } from "./aftercare.ts";

const date = (id: string): AftercareDate => ({ id, on: "2026-12-01", what: "demo" });
const plan = (seq: number, own: boolean, dates: readonly string[], declined: readonly string[] = []): WrittenPlan => ({
  seq,
  own,
  body: { version: 1, dates: dates.map(date), declined: [...declined], note: "" },
});

it.each([
  ["a proposal that was turned down", null, [plan(2, false, ["a"]), plan(3, true, [], ["a"])]],
  ["a proposal that is not answered", null, [plan(2, false, ["a"])]],
  ["a date that stands", "put", [plan(2, true, ["a"])]],
  ["a date that was taken away", "take-out", [plan(2, true, ["a"]), plan(3, true, [])]],
  ["one that stands beside one that was taken away", "put", [plan(2, true, ["a"]), plan(3, true, ["b"])]],
] as const)("%s", (_, use, entries) => {
  const found = aftercareOf(entries);
  expect(calendarUse(found)).toBe(use);
  expect(aftercareMarks("demo", found, "Afspraak", "2026-11-26T00:00:00Z").length > 0).toBe(use !== null);
});
