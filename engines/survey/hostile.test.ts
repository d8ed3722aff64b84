/** What people write into a request or a formula may be anything: it is read, or refused with an error of this engine, and never takes long. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { SurveyError } from "./errors.ts";
import { parseSpec } from "./estimate/spec.ts";
import { parseFormula, parseTerms } from "./models/formula.ts";

function refusedOrRead(read: () => unknown): void {
  try {
    read();
  } catch (error) {
    if (!(error instanceof SurveyError)) throw error;
  }
}

const pieces = fc.array(
  fc.constantFrom("y", "a", "b1", "~", "+", "-", ":", "*", "^", "(", ")", "0", "1", "2", "99999999999", " ", "factor(", "`", "é", "\u0000", "1e400"),
  { maxLength: 30 },
);

describe("formulas", () => {
  test("of any characters are read or refused", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          pieces.map((all) => all.join("")),
          pieces.map((all) => `y ~ ${all.join(" ")}`),
          fc.string({ unit: "binary" }),
        ),
        (text) => {
          refusedOrRead(() => parseFormula(text));
          refusedOrRead(() => parseTerms(text));
        },
      ),
      { numRuns: 500 },
    );
  });
  test.each([
    ["deep", `y ~ ${"(".repeat(50_000)}a${")".repeat(50_000)}`],
    ["open", `y ~ ${"(".repeat(100_000)}`],
    ["long", `y ~ ${"a + ".repeat(50_000)}a`],
    ["one long name", `y ~ ${"a".repeat(1_000_000)}`],
    ["spaces", `y ~${" ".repeat(1_000_000)}`],
  ])("that are hostile (%s) take no time", (_, text) => {
    const began = performance.now();
    refusedOrRead(() => parseFormula(text));
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});

describe("requests", () => {
  const good = {
    data: "file.csv",
    design: { strata: "s", clusters: ["c"], weights: "w", fpc: "f" },
    estimates: [{ id: "a", statistic: "mean", of: "y", by: ["g"], where: ["x"] }],
  };
  test("of any JSON are read or refused", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => refusedOrRead(() => parseSpec(value))),
      { numRuns: 300 },
    );
  });
  test("that are right save for one value are read or refused", () => {
    expect(parseSpec({ data: "file.csv", design: {}, estimates: [{ id: "a", statistic: "mean", of: "y" }] }).estimates).toHaveLength(1);
    const odd = fc.oneof(fc.jsonValue(), fc.constantFrom<unknown>(Number.NaN, 1e308, "__proto__", "\u0000", [[[]]], undefined));
    fc.assert(
      fc.property(fc.constantFrom("data", "missing", "design", "calibrate", "estimates", "extra"), odd, (field, value) =>
        refusedOrRead(() => parseSpec({ ...good, [field]: value })),
      ),
      { numRuns: 300 },
    );
    fc.assert(
      fc.property(
        fc.constantFrom("id", "statistic", "of", "equals", "by", "where", "level", "interval", "family", "formula", "p", "qrule"),
        odd,
        fc.constantFrom("mean", "total", "ratio", "quantile", "glm", "chisq", "trend", "ttest"),
        (field, value, statistic) => refusedOrRead(() => parseSpec({ ...good, estimates: [{ id: "a", statistic, of: "y", [field]: value }] })),
      ),
      { numRuns: 500 },
    );
  });
});
