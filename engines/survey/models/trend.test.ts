/** Trends over waves, with the overlap between waves counted, and contrasts in general. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { SurveyError } from "#engines/survey/errors.ts";
import { combine, contrastRows, jointTest } from "./contrasts.ts";
import { oneSampleTest } from "./mean-tests.ts";
import { agree, categories, numbers, randomSample, sampleOf, streamOf } from "./testing-samples.ts";
import { groupMeans, trendOf, waveTrend } from "./trend.ts";

const fast = { numRuns: 40 };

/** Persons who took part in two or three waves, one row each time, a person being a cluster. */
function panel(
  seed: number,
  waves: readonly string[],
  persons: number,
): { design: ReturnType<typeof sampleOf>; values: Float64Array; wave: ReturnType<typeof categories>; person: number[] } {
  const next = streamOf(seed);
  const own = Array.from({ length: persons }, () => ({ level: 4 * next(), weight: 1 + next() }));
  const rows = waves.flatMap((wave, at) => own.map(({ level, weight }, person) => ({ wave, person, weight, value: level + 0.3 * at + next() })));
  return {
    design: sampleOf(
      rows.map(({ weight }) => weight),
      rows.map(({ person }) => person),
    ),
    values: Float64Array.from(rows, ({ value }) => value),
    wave: categories(rows.map(({ wave }) => wave)),
    person: rows.map(({ person }) => person),
  };
}

describe("overlap", () => {
  test("when the same persons take part twice, the change has the error of their own differences", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
        const { design, values, wave } = panel(seed, ["2024", "2026"], 30);
        const trend = waveTrend(design, values, wave, 0.95, "equal");
        const paired = sampleOf(Array.from(design.weights.slice(0, 30)));
        const differences = Float64Array.from({ length: 30 }, (_, i) => (values[30 + i] ?? 0) - (values[i] ?? 0));
        const own = oneSampleTest(paired, differences, 0.95);
        // Two years lie between the waves.
        expect(agree([trend.linear.estimate * 2, trend.linear.se * 2], [own.estimate, own.se], 1e-9)).toBe(true);
        expect(agree([trend.change?.statistic ?? Number.NaN], [own.t ** 2], 1e-8)).toBe(true);
      }),
      fast,
    );
  });

  test("ignoring that the persons are the same would give another error", () => {
    const { design, values, wave, person } = panel(7, ["2024", "2026"], 30);
    const apart = sampleOf(
      [...design.weights],
      person.map((_, row) => row),
    );
    expect(waveTrend(apart, values, wave, 0.95, "equal").linear.se).toBeGreaterThan(2 * waveTrend(design, values, wave, 0.95, "equal").linear.se);
  });
});

describe("the line through the waves", () => {
  const joint = { names: ["2020", "2022", "2024"], estimates: Float64Array.of(10, 12, 20), covariance: Float64Array.of(4, 1, 0, 1, 4, 1, 0, 1, 4), df: 30 };

  test("equal weights: slope and parabola by hand", () => {
    const trend = trendOf(joint, [2020, 2022, 2024], 0.95, "equal");
    expect(trend.linear.estimate).toBeCloseTo(2.5, 12);
    expect(trend.linear.se).toBeCloseTo(Math.sqrt(8) / 4, 12);
    // (10 - 2*12 + 20) / (2 * 2²)
    expect(trend.quadratic?.estimate).toBeCloseTo(0.75, 10);
    expect(trend.quadratic?.se).toBeCloseTo(Math.sqrt(4 + 16 + 4 - 4 - 4) / 8, 10);
    // With three waves the bend is the one thing beside the line.
    expect(trend.curvature?.statistic).toBeCloseTo((trend.quadratic?.t ?? 0) ** 2, 10);
    expect(trend.change?.numeratorDf).toBe(2);
  });

  test("precision never gives a larger error than equal weights, and the same slope when waves are alike and apart", () => {
    fc.assert(
      fc.property(randomSample, (rows) => {
        const design = sampleOf(
          rows.map(({ weight }) => weight),
          rows.map(({ cluster }) => cluster),
        );
        const values = Float64Array.from(rows, ({ y }) => y);
        const wave = categories(rows.map(({ g }) => g));
        const [equal, precise] = [waveTrend(design, values, wave, 0.9, "equal"), waveTrend(design, values, wave, 0.9, "precision")];
        expect(precise.linear.se).toBeLessThanOrEqual(equal.linear.se * (1 + 1e-9));
        expect(precise.change).toEqual(equal.change);
      }),
      fast,
    );
    const alike = { ...joint, covariance: Float64Array.of(4, 0, 0, 0, 4, 0, 0, 0, 4) };
    expect(trendOf(alike, [1, 2, 3], 0.9, "precision").linear.estimate).toBeCloseTo(trendOf(alike, [1, 2, 3], 0.9, "equal").linear.estimate, 12);
  });

  test("three clusters carry a line through four waves, but no test of three differences", () => {
    const { design, values, wave } = panel(5, ["1", "2", "3", "4"], 3);
    const trend = waveTrend(design, values, wave, 0.95, "equal");
    expect(trend.change).toBeNull();
    expect(trend.linear.df).toBe(2);
    expect(trend.linear.p).toBeGreaterThan(0);
  });

  test("two waves have no parabola; equal times and a single wave are refused", () => {
    const two = combine(joint, [
      { name: "a", weights: [1, 0, 0] },
      { name: "b", weights: [0, 0, 1] },
    ]);
    expect(trendOf(two, [1, 2], 0.95, "equal").quadratic).toBeNull();
    const code = (run: () => unknown): string => {
      try {
        run();
      } catch (error) {
        return error instanceof SurveyError ? error.code : String(error);
      }
      return "none";
    };
    expect(code(() => trendOf(two, [1, 1], 0.95, "equal"))).toBe("model-malformed");
    const design = sampleOf([1, 1, 1]);
    expect(code(() => groupMeans(design, Float64Array.of(1, 2, 3), categories(["a", "a", "a"])))).toBe("domain-degenerate");
    expect(code(() => groupMeans(design, Float64Array.of(Number.NaN, Number.NaN, Number.NaN), categories(["a", "b", "a"])))).toBe("domain-empty");
    expect(code(() => contrastRows(joint, [{ name: "short", weights: [1] }], 0.95))).toBe("model-malformed");
    expect(code(() => jointTest({ ...joint, covariance: new Float64Array(9).fill(1) }))).toBe("matrix-singular");
    expect(code(() => groupMeans(design, Float64Array.of(1, 2), numbers([1, 2, 3])))).toBe("column-length");
  });
});
