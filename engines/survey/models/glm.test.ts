/** What a design-based model must hold whatever the data, and what it refuses instead of giving a number that means nothing. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Column } from "#engines/survey/columns/column.ts";
import { subset, type ReplicateDesign } from "#engines/survey/design/index.ts";
import { SurveyError } from "#engines/survey/errors.ts";
import { coefficientRows, fitModel, termLabelOf, type ModelSpec } from "./glm.ts";
import { ratioRows } from "./hazard.ts";
import { likelihoodRatioTermTest, waldTermTest } from "./term-tests.ts";
import { agree, categories, columnsOf, numbers, randomSample, sampleOf } from "./testing-samples.ts";

const fast = { numRuns: 40 };
const linear: ModelSpec = { formula: "y ~ x + g", family: "gaussian" };
const logit: ModelSpec = { formula: "yes ~ x + g", family: "quasibinomial" };

function refusal(run: () => unknown): SurveyError {
  try {
    run();
  } catch (error) {
    if (error instanceof SurveyError) return error;
    throw error;
  }
  throw new Error("was not refused");
}

/** Random logit models may be separated; those are refused, and rightly so. */
function unlessRefused<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    fc.pre(!(error instanceof SurveyError));
    throw error;
  }
}

describe("properties", () => {
  test("weights times a constant change nothing", () => {
    fc.assert(
      fc.property(randomSample, fc.double({ min: 0.01, max: 1000, noNaN: true }), fc.constantFrom(linear, logit), (rows, factor, spec) => {
        const frame = columnsOf(rows);
        const fit = (times: number) =>
          fitModel(
            {
              design: sampleOf(
                rows.map(({ weight }) => weight * times),
                rows.map(({ cluster }) => cluster),
              ),
              frame,
            },
            spec,
          );
        const [one, other] = unlessRefused(() => [fit(1), fit(factor)]);
        expect(agree(one.coefficients, other.coefficients, 1e-8)).toBe(true);
        expect(agree(one.covariance, other.covariance, 1e-7)).toBe(true);
        expect(Math.abs(one.deviance / other.deviance - 1)).toBeLessThan(1e-9);
      }),
      fast,
    );
  });

  test("cutting a person in two halves of the same cluster changes no coefficient and no error", () => {
    fc.assert(
      fc.property(randomSample, (rows) => {
        const halves = rows.flatMap((row) => [
          { ...row, weight: row.weight / 4 },
          { ...row, weight: (3 * row.weight) / 4 },
        ]);
        const fit = (list: typeof rows) =>
          fitModel(
            {
              design: sampleOf(
                list.map(({ weight }) => weight),
                list.map(({ cluster }) => cluster),
              ),
              frame: columnsOf(list),
            },
            linear,
          );
        const [whole, cut] = unlessRefused(() => [fit(rows), fit(halves)]);
        expect(agree(whole.coefficients, cut.coefficients, 1e-8)).toBe(true);
        expect(agree(whole.covariance, cut.covariance, 1e-8)).toBe(true);
      }),
      fast,
    );
  });

  test("rows with a missing answer count as a domain outside: same as leaving them out by subset", () => {
    fc.assert(
      fc.property(randomSample, (rows) => {
        const design = sampleOf(
          rows.map(({ weight }) => weight),
          rows.map(({ cluster }) => cluster),
        );
        const frame = columnsOf(rows);
        const holes = new Map(frame).set("y", numbers(rows.map(({ y }, i) => (i % 7 === 0 ? Number.NaN : y))));
        const inside = subset(
          design,
          Uint8Array.from(rows, (_, i) => (i % 7 === 0 ? 0 : 1)),
        );
        const [missing, domain] = unlessRefused(() => [fitModel({ design, frame: holes }, linear), fitModel({ design: inside, frame }, linear)]);
        expect(missing.n).toBe(domain.n);
        expect(missing.df).toBe(domain.df);
        expect(agree(missing.covariance, domain.covariance, 1e-10)).toBe(true);
      }),
      fast,
    );
  });

  test("delete-one-cluster jackknife by refits stays near linearisation", () => {
    fc.assert(
      fc.property(randomSample, (rows) => {
        const base = sampleOf(
          rows.map(({ weight }) => weight),
          rows.map(({ cluster }) => cluster),
        );
        const count = new Set(rows.map(({ cluster }) => cluster)).size;
        const places = [...new Set(rows.map(({ cluster }) => cluster))];
        const factors = Float64Array.from(rows.flatMap(({ cluster }) => places.map((place) => (place === cluster ? 0 : count / (count - 1)))));
        const replicates: ReplicateDesign = {
          kind: "replicate",
          rows: rows.length,
          weights: base.weights,
          replicates: { kind: "lines", replicates: count, index: Int32Array.from(rows, (_, i) => i), factors, base: base.weights },
          type: "JK1",
          scale: (count - 1) / count,
          rscales: new Float64Array(count).fill(1),
          mse: false,
          degreesOfFreedom: count - 1,
        };
        const frame = columnsOf(rows);
        const spec: ModelSpec = { formula: "y ~ x", family: "gaussian" };
        const [line, jack] = unlessRefused(() => [fitModel({ design: base, frame }, spec), fitModel({ design: replicates, frame }, spec)]);
        expect(agree(line.coefficients, jack.coefficients, 1e-12)).toBe(true);
        const ratio = (jack.covariance[3] ?? 0) / (line.covariance[3] ?? 1);
        expect(ratio).toBeGreaterThan(0.7);
        expect(ratio).toBeLessThan(4);
      }),
      fast,
    );
  });

  test("one coefficient's Wald test is the square of its t, and its likelihood ratio is near", () => {
    fc.assert(
      fc.property(randomSample, (rows) => {
        const data = {
          design: sampleOf(
            rows.map(({ weight }) => weight),
            rows.map(({ cluster }) => cluster),
          ),
          frame: columnsOf(rows),
        };
        const model = unlessRefused(() => fitModel(data, linear));
        const [, x] = coefficientRows(model, 0.95);
        const wald = waldTermTest(model, "x");
        expect(Math.abs(wald.statistic / (x?.t ?? 0) ** 2 - 1)).toBeLessThan(1e-9);
        expect(Math.abs(wald.p - (x?.p ?? 0))).toBeLessThan(1e-9);
        // For the normal family deviance falls by exactly the working Wald statistic, unscaled.
        const ratio = likelihoodRatioTermTest(model, "x");
        const naive = (model.coefficients[1] ?? 0) ** 2 / (model.naiveCovariance[model.names.length + 1] ?? 1);
        expect(Math.abs(ratio.statistic / naive - 1)).toBeLessThan(1e-7);
      }),
      fast,
    );
  });
});

describe("a model that has no answer is refused by a code", () => {
  const twelve = Array.from({ length: 12 }, (_, i) => i);
  const design = sampleOf(twelve.map(() => 1));
  const frame = (entries: Record<string, Column>): ReadonlyMap<string, Column> => new Map(Object.entries(entries));
  const fit = (entries: Record<string, Column>, formula: string, family: ModelSpec["family"] = "binomial", link?: ModelSpec["link"]) =>
    fitModel({ design, frame: frame(entries) }, { formula, family, ...(link === undefined ? {} : { link }) });

  const x = numbers(twelve);
  const half = numbers(twelve.map((i) => (i < 6 ? 0 : 1)));
  const mixed = numbers([0, 1, 0, 1, 1, 0, 1, 0, 1, 1, 0, 1]);
  const group = categories(twelve.map((i) => (i < 4 ? "a" : i < 8 ? "b" : "c")));

  test.each([
    ["perfect separation by a number", () => fit({ y: half, x }, "y ~ x"), "separation"],
    ["a group in which all say yes", () => fit({ y: numbers([0, 1, 0, 1, 1, 1, 1, 1, 0, 1, 0, 0]), g: group }, "y ~ g"), "separation"],
    [
      "a group in which all say no, cloglog",
      () => fit({ y: numbers([0, 1, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0]), g: group }, "y ~ g", "binomial", "cloglog"),
      "separation",
    ],
    [
      "a group in which all say yes, cloglog",
      () => fit({ y: numbers([0, 1, 0, 1, 1, 1, 1, 1, 0, 1, 0, 0]), g: group }, "y ~ g", "binomial", "cloglog"),
      "separation",
    ],
    ["everybody says no", () => fit({ y: numbers(twelve.map(() => 0)) }, "y ~ 1"), "separation"],
    ["a group without a single incident, Poisson", () => fit({ y: numbers([3, 1, 2, 4, 0, 0, 0, 0, 5, 1, 2, 2]), g: group }, "y ~ g", "poisson"), "separation"],
    ["a factor of one level", () => fit({ y: mixed, g: categories(twelve.map(() => "a")) }, "y ~ g"), "domain-degenerate"],
    ["a column that is not there", () => fit({ y: mixed }, "y ~ z"), "column-unknown"],
    ["a column of another length", () => fit({ y: mixed, x: numbers([1, 2]) }, "y ~ x"), "column-length"],
    ["answers that are no proportion", () => fit({ y: x, g: group }, "y ~ g"), "proportion-invalid"],
    ["negative counts", () => fit({ y: numbers(twelve.map((i) => i - 3)) }, "y ~ 1", "poisson"), "proportion-invalid"],
    ["categories explained as numbers", () => fit({ y: group }, "y ~ 1", "gaussian"), "column-kind"],
    ["a link the family does not take", () => fit({ y: mixed }, "y ~ 1", "gaussian", "logit"), "model-malformed"],
    ["nobody answered", () => fit({ y: numbers(twelve.map(() => Number.NaN)) }, "y ~ 1"), "domain-empty"],
    [
      "more coefficients than the design has degrees of freedom",
      () =>
        fitModel(
          {
            design: sampleOf(
              twelve.map(() => 1),
              twelve.map((i) => Math.floor(i / 4)),
            ),
            frame: frame({ y: x, g: group, z: mixed }),
          },
          { formula: "y ~ g + z", family: "gaussian" },
        ),
      "no-degrees-of-freedom",
    ],
    ["an answer that does not vary", () => fit({ y: numbers(twelve.map(() => 0.7)), g: group }, "y ~ g", "gaussian"), "domain-degenerate"],
    ["a level of confidence of 95", () => coefficientRows(fit({ y: x }, "y ~ 1", "gaussian"), 95), "level-invalid"],
    ["a test of a term the model lacks", () => waldTermTest(fit({ y: x, g: group }, "y ~ g", "gaussian"), "z"), "model-malformed"],
  ] as const)("%s", (_, run, code) => {
    const thrown = refusal(run);
    expect(thrown.code).toBe(code);
    expect(thrown.message.length).toBeGreaterThan(30);
  });

  test("the message of a separation names the group", () => {
    const thrown = refusal(() => fit({ y: numbers([0, 1, 0, 1, 1, 1, 1, 1, 0, 1, 0, 0]), g: group }, "y ~ g"));
    expect(thrown.data["term"]).toBe("gb");
  });

  test("means close to 0 and 1 without separation are fitted", () => {
    const many = Array.from({ length: 4000 }, (_, i) => i);
    const y = many.map((i) => (i % 2 === 0 ? (i % 1000 === 0 ? 0 : 1) : i % 999 === 0 ? 1 : 0));
    const data = { design: sampleOf(many.map(() => 1)), frame: frame({ y: numbers(y), x: numbers(many.map((i) => (i % 2 === 0 ? 9 : -9))) }) };
    expect(Number.isFinite(fitModel(data, { formula: "y ~ x", family: "binomial" }).coefficients[1] ?? Number.NaN)).toBe(true);
  });

  test("a column that follows from others is named, and the others are as without it", () => {
    const two = numbers(twelve.map((i) => 2 * i + 1));
    const full = fit({ y: numbers([3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8]), x, two }, "y ~ x + two", "gaussian");
    const small = fit({ y: numbers([3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8]), x }, "y ~ x", "gaussian");
    expect(full.aliased).toEqual(["two"]);
    expect(full.names).toEqual(["(Intercept)", "x"]);
    expect(agree(full.covariance, small.covariance, 1e-12)).toBe(true);
    expect(termLabelOf(full, 0)).toBe("(Intercept)");
    expect(termLabelOf(full, 1)).toBe("x");
  });

  test("ratios are the exponentials of estimate and interval, with the test left as it is", () => {
    const rows = coefficientRows(fit({ y: mixed, x }, "y ~ x"), 0.9);
    ratioRows(rows).forEach((row, i) => {
      expect(row.estimate).toBeCloseTo(Math.exp(rows[i]?.estimate ?? 0), 14);
      expect(row.low).toBeCloseTo(Math.exp(rows[i]?.low ?? 0), 14);
      expect(row.p).toBe(rows[i]?.p);
    });
  });
});
