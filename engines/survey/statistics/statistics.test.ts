/** What statistics do where answers run out: empty domains, one unit, all alike, ties, single rows; and vectors of the tree itself. Data invented. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Groups } from "#engines/survey/columns/column.ts";
import { type Design, degreesOfFreedom, makeDesign, makeReplicates, subset } from "#engines/survey/design/index.ts";
import { SurveyError } from "#engines/survey/errors.ts";
import {
  contrasts,
  designEffect,
  groupMeans,
  means,
  proportion,
  proportionIntervals,
  quantileRules,
  quantiles,
  ratio,
  standardError,
  variances,
} from "./index.ts";

const column = (values: readonly number[]): Float64Array => Float64Array.from(values);
const strata = (codes: readonly number[]): Groups => ({ codes: Int32Array.from(codes), names: ["a", "b", "c"], values: ["a", "b", "c"] });
const codeOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof SurveyError) return error.code;
    throw error;
  }
  return "nothing";
};
const nobody = (design: Design): Design => subset(design, new Uint8Array(design.rows));
const design = makeDesign({ rows: 8, strata: [strata([0, 0, 0, 0, 1, 1, 1, 1])], weights: column([2, 2, 2, 2, 5, 5, 5, 5]) });
const y = column([1, 0, 1, 1, 0, 0, 1, 0]);

describe("own vectors", () => {
  test("mean, error, deff and interval of a stratified sample, by hand", () => {
    const found = means(design, [y]);
    expect(found.estimates[0]).toBeCloseTo(11 / 28, 14);
    // W_h² s_h²/n_h with s² = 0.25 in both strata.
    expect(found.covariance[0]).toBeCloseTo(((8 / 28) ** 2 + (20 / 28) ** 2) * (0.25 / 4), 14);
    expect(designEffect(design, y, "mean", standardError(found))).toBeCloseTo(
      (found.covariance[0] ?? 0) / ((((11 / 28) * (17 / 28) * 8) / 7) * (20 / (28 * 8))),
      12,
    );
  });

  test("Korn and Graubard's interval of nobody in eight is Clopper and Pearson's: 1 - (alpha/2)^(1/8)", () => {
    expect(proportion(makeDesign({ rows: 8 }), new Float64Array(8), "beta").high).toBeCloseTo(1 - 0.025 ** (1 / 8), 12);
    expect(proportion(makeDesign({ rows: 8 }), new Float64Array(8).fill(1), "beta").low).toBeCloseTo(0.025 ** (1 / 8), 12);
  });

  test("two waves of the same people differ with the covariance counted", () => {
    const before = [3, 5, 8, 2, 9, 7];
    const after = [4, 7, 8, 5, 9, 10];
    const both = makeDesign({
      rows: 12,
      clusters: [{ codes: Int32Array.from([0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5]), names: ["1", "2", "3", "4", "5", "6"], values: [1, 2, 3, 4, 5, 6] }],
    });
    const waves = groupMeans(
      both,
      column([...before, ...after]),
      Int32Array.from({ length: 12 }, (_, row) => (row < 6 ? 0 : 1)),
      2,
    );
    const change = contrasts(waves, [[-1, 1]]);
    const differences = after.map((value, at) => value - (before[at] ?? 0));
    const paired = means(makeDesign({ rows: 6 }), [column(differences)]);
    expect(change.estimates[0]).toBeCloseTo(paired.estimates[0] ?? 0, 12);
    expect(standardError(change)).toBeCloseTo(standardError(paired), 12);
  });
});

describe("where answers run out", () => {
  test("an empty domain, one row, a denominator of zero and a missing answer are said by their code", () => {
    expect(codeOf(() => means(nobody(design), [y]))).toBe("domain-empty");
    expect(codeOf(() => proportion(nobody(design), y, "logit"))).toBe("domain-empty");
    expect(codeOf(() => quantiles(nobody(design), y, [0.5]))).toBe("domain-empty");
    expect(codeOf(() => ratio(design, y, new Float64Array(8)))).toBe("denominator-zero");
    expect(codeOf(() => variances(subset(design, Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 0)), [y]))).toBe("domain-degenerate");
    expect(codeOf(() => means(design, [y.map((value, row) => (row === 3 ? Number.NaN : value))]))).toBe("value-missing");
    expect(
      codeOf(() =>
        proportion(
          design,
          y.map((value) => value * 2),
          "logit",
        ),
      ),
    ).toBe("proportion-invalid");
    expect(codeOf(() => proportion(design, y, "logit", 1.2))).toBe("level-invalid");
    expect(codeOf(() => quantiles(design, y, [1.5]))).toBe("probability-invalid");
  });

  test("one unit has an estimate, no interval, and says why", () => {
    const one = subset(design, Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 0));
    expect(degreesOfFreedom(one)).toBe(0);
    expect(proportion(one, y, "wilson")).toMatchObject({ estimate: 1, low: null, high: null, note: "no-degrees-of-freedom" });
    expect(quantiles(one, y, [0.5])[0]).toMatchObject({ estimate: 1, se: null, low: null, note: "no-degrees-of-freedom" });
  });

  test.each([0, 1])("everybody answering %i: no method gives NaN", (value) => {
    for (const kind of [design, makeReplicates(design, { type: "JKn" })])
      for (const method of proportionIntervals) {
        const found = proportion(kind, new Float64Array(8).fill(value), method);
        expect(found).toMatchObject({ estimate: value, se: 0 });
        if (method === "beta" || method === "wilson") {
          expect(found.note).toBe(null);
          expect(Math.abs((found.high ?? 0) - (found.low ?? 0))).toBeGreaterThan(0.2);
        } else expect(found.note).toBe("domain-degenerate");
        expect(found.low === null || Number.isFinite(found.low)).toBe(true);
      }
  });

  test("intervals of proportions lie around the estimate and within 0 and 1, whatever the design", () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ y: fc.integer({ min: 0, max: 1 }), w: fc.integer({ min: 1, max: 30 }), s: fc.integer({ min: 0, max: 1 }) }), {
          minLength: 6,
          maxLength: 25,
        }),
        (people) => {
          const rows = [...people, { y: 0, w: 3, s: 0 }, { y: 1, w: 4, s: 0 }, { y: 1, w: 2, s: 1 }, { y: 0, w: 9, s: 1 }];
          const made = makeDesign({ rows: rows.length, strata: [strata(rows.map(({ s }) => s))], weights: column(rows.map(({ w }) => w)) });
          for (const method of proportionIntervals) {
            const { estimate, low, high } = proportion(made, column(rows.map((row) => row.y)), method);
            if (low === null || high === null) continue;
            expect(low).toBeLessThanOrEqual(estimate + 1e-9);
            expect(high).toBeGreaterThanOrEqual(estimate - 1e-9);
            if (method !== "mean") expect(Math.min(low, 1 - high)).toBeGreaterThanOrEqual(-1e-12);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe("quantiles", () => {
  test("every rule stays within the data, rises with p, and gives the value itself when all are tied", () => {
    fc.assert(
      fc.property(fc.array(fc.record({ y: fc.integer({ min: -9, max: 9 }), w: fc.integer({ min: 1, max: 9 }) }), { minLength: 2, maxLength: 30 }), (people) => {
        const made = makeDesign({ rows: people.length, weights: column(people.map(({ w }) => w)) });
        const values = column(people.map((one) => one.y));
        for (const rule of quantileRules) {
          const found = quantiles(made, values, [0.1, 0.4, 0.5, 0.9], { rule }).map(({ estimate }) => estimate);
          expect(Math.min(...found)).toBeGreaterThanOrEqual(Math.min(...values));
          expect(Math.max(...found)).toBeLessThanOrEqual(Math.max(...values));
          // R's shahvaish positions do not rise with the values.
          if (rule !== "shahvaish") found.slice(1).forEach((value, at) => expect(value).toBeGreaterThanOrEqual((found[at] ?? 0) - 1e-12));
          expect(quantiles(made, values.fill(4), [0.5], { rule })[0]?.estimate).toBe(4);
        }
      }),
      { numRuns: 60 },
    );
  });

  test("a weighted median counts weights: rules that step, and the school median between two halves", () => {
    const made = makeDesign({ rows: 4, weights: column([1, 1, 1, 3]) });
    const values = column([10, 20, 30, 40]);
    expect(quantiles(made, values, [0.5], { rule: "math" })[0]?.estimate).toBe(30);
    expect(quantiles(made, values, [0.5], { rule: "school" })[0]?.estimate).toBe(35);
    expect(quantiles(makeDesign({ rows: 4, weights: column([1, 1, 1, 4]) }), values, [0.5])[0]?.estimate).toBe(40);
    expect(quantiles(made, values, [0.01], { rule: "hf1" })[0]?.estimate).toBe(10);
  });
});
