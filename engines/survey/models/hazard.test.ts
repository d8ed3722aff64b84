/** Discrete-time hazards against an independent fit, and against the same model fitted to rows that are already person-periods. */
import { describe, expect, test } from "vitest";
import type { Column } from "#engines/survey/columns/column.ts";
import { SurveyError } from "#engines/survey/errors.ts";
import { coefficientRows, fitModel } from "./glm.ts";
import { fitHazard, personPeriods, type HazardSpec } from "./hazard.ts";
import { agree, categories, numbers, sampleOf } from "./testing-samples.ts";
import vectors from "./vectors/hazard.json" with { type: "json" };

const frame = new Map<string, Column>([
  ["threat", numbers(vectors.threat)],
  ["years", numbers(vectors.years)],
  ["exit", numbers(vectors.exit)],
  ["event", numbers(vectors.event)],
  ["wave", categories(vectors.threat.map(String))],
]);
const design = sampleOf(vectors.weight, vectors.municipality);
const spec: HazardSpec = { exit: "exit", event: "event", terms: "threat + years", link: "logit", baseline: "factor" };

describe("60 invented spells in 24 municipalities", () => {
  test.each(["logit", "cloglog"] as const)("%s: coefficients of statsmodels, covariance by numpy", (link) => {
    const model = fitHazard(design, frame, { ...spec, link });
    expect(model.names).toEqual(["(Intercept)", "period2", "period3", "period4", "threat", "years"]);
    // R's stopping rule, which the fit keeps, leaves the last digits of a fit open; those of cloglog more than those of logit.
    expect(agree(model.coefficients, vectors[link].coefficients, link === "logit" ? 1e-6 : 1e-4)).toBe(true);
    expect(agree(model.covariance, vectors[link].covariance, link === "logit" ? 1e-4 : 1e-3)).toBe(true);
    expect(model.df).toBe(vectors[link].clusters - 1 + 1 - 6);
  });

  test("the same as a binomial model of the person-periods with the municipality as cluster", () => {
    const data = personPeriods(design, frame, spec, ["threat", "years"]);
    const long = sampleOf(
      Array.from(data.designRow, (row) => vectors.weight[row] ?? 0),
      Array.from(data.designRow, (row) => vectors.municipality[row] ?? 0),
    );
    const direct = fitModel({ design: long, frame: data.frame }, { formula: "event ~ period + threat + years", family: "binomial" });
    const model = fitHazard(design, frame, spec);
    expect(data.persons).toBe(60);
    expect(model.n).toBe(vectors.exit.reduce((sum, exit) => sum + exit, 0));
    expect(agree(model.coefficients, direct.coefficients, 1e-10)).toBe(true);
    expect(agree(model.covariance, direct.covariance, 1e-10)).toBe(true);
    expect(model.df).toBe(direct.df);
  });

  test("a line in time takes one coefficient, and time may meet another column", () => {
    expect(fitHazard(design, frame, { ...spec, baseline: "linear" }).names).toEqual(["(Intercept)", "period", "threat", "years"]);
    const crossed = fitHazard(design, frame, { ...spec, baseline: "logarithmic", terms: "threat + threat:period" });
    expect(crossed.names).toEqual(["(Intercept)", "period", "threat", "threat:period"]);
    coefficientRows(crossed, 0.95).forEach(({ p }) => expect(p).toBeGreaterThan(0));
  });

  test("municipalities without anybody under observation give no degrees of freedom", () => {
    const gone = new Map(frame).set("exit", numbers(vectors.exit.map((exit, i) => ((vectors.municipality[i] ?? 0) < 3 ? Number.NaN : exit))));
    expect(fitHazard(design, gone, { ...spec, terms: "threat", baseline: "linear" }).df).toBe(vectors.logit.clusters - 3 - 1 + 1 - 3);
  });

  test("delayed entry leaves out the periods before it", () => {
    const late = new Map(frame).set("entry", numbers(vectors.exit.map((exit) => (exit > 1 ? 1 : 0))));
    const data = personPeriods(design, late, { ...spec, entry: "entry" }, []);
    expect(data.designRow.length).toBe(vectors.exit.reduce((sum, exit) => sum + (exit > 1 ? exit - 1 : 1), 0));
  });
});

describe("refused by a code", () => {
  const code = (run: () => unknown): string => {
    try {
      run();
    } catch (error) {
      return error instanceof SurveyError ? error.code : String(error);
    }
    return "none";
  };
  const changed = (name: string, values: readonly number[]): ReadonlyMap<string, Column> => new Map(frame).set(name, numbers(values));

  test.each([
    [
      "half a period",
      changed(
        "exit",
        vectors.exit.map((exit) => exit + 0.5),
      ),
      "model-malformed",
    ],
    [
      "a spell of no period",
      changed(
        "exit",
        vectors.exit.map(() => 0),
      ),
      "model-malformed",
    ],
    [
      "an event that is neither",
      changed(
        "event",
        vectors.event.map(() => 2),
      ),
      "proportion-invalid",
    ],
    [
      "a year in which nobody left",
      changed(
        "event",
        vectors.event.map((event, i) => (vectors.exit[i] === 2 ? 0 : event)),
      ),
      "separation",
    ],
    [
      "nobody left at all",
      changed(
        "event",
        vectors.event.map(() => 0),
      ),
      "separation",
    ],
    [
      "nobody observed",
      changed(
        "exit",
        vectors.exit.map(() => Number.NaN),
      ),
      "domain-empty",
    ],
  ] as const)("%s", (_, data, wanted) => {
    expect(code(() => fitHazard(design, data, spec))).toBe(wanted);
  });

  test("an unknown column, a column called period, an event that explains itself, categories as periods", () => {
    expect(code(() => fitHazard(design, frame, { ...spec, terms: "nothing" }))).toBe("column-unknown");
    expect(code(() => fitHazard(design, new Map(frame).set("period", numbers(vectors.exit)), { ...spec, terms: "period:threat" }))).toBe("model-malformed");
    expect(code(() => fitHazard(design, frame, { ...spec, terms: "event" }))).toBe("model-malformed");
    expect(code(() => fitHazard(design, frame, { ...spec, exit: "wave" }))).toBe("column-kind");
  });
});
