/** A house's own term lengths: the table is counted by them, and a slip in the file is named. */
import { describe, expect, it } from "vitest";
import { report } from "#services/reporting/workflow/index.ts";
import { signal } from "#services/signalling/workflow/index.ts";
import { lengthOf, lengthsFor, readTermLengths, TermLengthError, withLengths } from "./lengths.ts";

const tables = [report, signal];

describe("own lengths", () => {
  it("replace those of the table, the acute one only where it is given", () => {
    const lengths = readTermLengths({ "signal-weigh": { length: { workingDays: 2 } }, "report-start": { length: { hours: 6 } } }, tables);
    expect(withLengths(signal, lengths).terms["received"]).toEqual({ ...signal.terms.received, length: { workingDays: 2 } });
    expect(lengthOf(signal.terms.received, "normal", lengths)).toEqual({ workingDays: 2 });
    expect(lengthOf(signal.terms.received, "acute", lengths)).toEqual({ hours: 4 });
    expect(lengthOf(signal.terms.presented, "normal", lengths)).toEqual({ workingDays: 5 });
    expect(Object.keys(lengthsFor(signal, lengths))).toEqual(["signal-weigh"]);
    expect(withLengths(signal, {})).toEqual(signal);
  });

  it.each([
    ["an unknown term", { "signal-wegen": { length: { hours: 1 } } }, /signal-wegen: no table has this term/u],
    ["no length", { "signal-weigh": {} }, /signal-weigh/u],
    ["no time at all", { "signal-weigh": { length: { hours: 0 } } }, /signal-weigh/u],
    ["both units", { "signal-weigh": { length: { hours: 1, workingDays: 1 } } }, /signal-weigh/u],
    ["acute where nothing is", { "signal-close": { length: { hours: 1 }, acute: { hours: 1 } } }, /signal-close\/acute/u],
    ["a list", [], /.+/u],
  ])("refuse %s, and say which", (_, value, words) => {
    expect(() => readTermLengths(value, tables)).toThrow(TermLengthError);
    expect(() => readTermLengths(value, tables)).toThrow(words);
  });
});
