/** Calibration reaches its totals, by every way the same where they should be, or refuses: unknown groups, totals that contradict, bounds too tight, no convergence. Data invented. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Groups } from "#engines/survey/columns/column.ts";
import { type Design, makeDesign, makeReplicates } from "#engines/survey/design/index.ts";
import { SurveyError } from "#engines/survey/errors.ts";
import { means, standardError, totals } from "#engines/survey/statistics/index.ts";
import { calibrate, type Calibration, type Margin } from "./index.ts";

type GroupMargin = Margin & { readonly kind: "groups" };
const groups = (codes: readonly number[], names: readonly string[]): Groups => ({ codes: Int32Array.from(codes), names, values: names });
const rows = 24;
const sex = groups(
  Array.from({ length: rows }, (_, row) => row % 2),
  ["f", "m"],
);
const place = groups(
  Array.from({ length: rows }, (_, row) => Math.floor(row / 3) % 3),
  ["x", "y", "z"],
);
const age = Float64Array.from({ length: rows }, (_, row) => 20 + ((row * 7) % 41));
const design = makeDesign({ rows, weights: Float64Array.from({ length: rows }, (_, row) => 3 + (row % 4)) });
const sexMargin = (f: number, m: number): GroupMargin => ({
  kind: "groups",
  name: "sex",
  groups: sex,
  totals: new Map([
    ["f", f],
    ["m", m],
  ]),
});
const placeMargin = (x: number, y: number, z: number): GroupMargin => ({
  kind: "groups",
  name: "place",
  groups: place,
  totals: new Map([
    ["x", x],
    ["y", y],
    ["z", z],
  ]),
});
const ageMargin = (total: number): Margin => ({ kind: "number", name: "age", values: age, total });
const inGroup = (of: Groups, code: number): Float64Array => Float64Array.from(of.codes, (own) => (own === code ? 1 : 0));
const codeOf = (calibration: Calibration): string => {
  try {
    calibrate(design, calibration);
  } catch (error) {
    if (error instanceof SurveyError) return error.code;
    throw error;
  }
  return "nothing";
};

describe("calibrate", () => {
  const ways: readonly Calibration[] = [
    { type: "rake", margins: [sexMargin(60, 50), placeMargin(40, 36, 34)] },
    { type: "linear", margins: [sexMargin(60, 50), placeMargin(40, 36, 34), ageMargin(4400)] },
    { type: "raking", margins: [sexMargin(60, 50), placeMargin(40, 36, 34), ageMargin(4400)] },
    { type: "logit", margins: [sexMargin(60, 50), placeMargin(40, 36, 34)], bounds: { lower: 0.4, upper: 2.5 } },
  ];
  test.each(ways)("$type reaches every margin, with no error left on it, linearised or in replicates", (way) => {
    for (const start of [design, makeReplicates(design, { type: "JK1" })]) {
      const done: Design = calibrate(start, way);
      const found = totals(done, [inGroup(sex, 0), inGroup(sex, 1), inGroup(place, 0), ...(way.type === "linear" || way.type === "raking" ? [age] : [])]);
      [60, 50, 40, 4400].slice(0, found.estimates.length).forEach((total, at) => {
        expect(found.estimates[at]).toBeCloseTo(total, 6);
        expect(standardError(found, at)).toBeLessThan(1e-4 * total);
      });
    }
  });

  test("raking by iteration and by distance are the same weights", () => {
    const margins = [sexMargin(60, 50), placeMargin(40, 36, 34)];
    const [ipf, newton] = [calibrate(design, { type: "rake", margins }), calibrate(design, { type: "raking", margins })];
    ipf.weights.forEach((weight, row) => expect(weight / (newton.weights[row] ?? 0)).toBeCloseTo(1, 9));
    expect(standardError(means(ipf, [age]))).toBeGreaterThan(0);
  });

  test("post-stratification is linear calibration to one margin, in weights and in errors", () => {
    fc.assert(
      fc.property(fc.integer({ min: 20, max: 200 }), fc.integer({ min: 20, max: 200 }), (f, m) => {
        const post = calibrate(design, { type: "poststratify", margin: sexMargin(f, m) });
        const linear = calibrate(design, { type: "linear", margins: [sexMargin(f, m)] });
        post.weights.forEach((weight, row) => expect(weight).toBeCloseTo(linear.weights[row] ?? 0, 9));
        expect(standardError(totals(post, [age]))).toBeCloseTo(standardError(totals(linear, [age])), 6);
      }),
      { numRuns: 20 },
    );
  });

  test("logit keeps every factor strictly within its bounds, linear with bounds within or on them, and trimming cuts", () => {
    const factors = (calibration: Calibration): readonly number[] =>
      [...calibrate(design, calibration).weights].map((weight, row) => weight / (design.weights[row] ?? 1));
    const margins = [sexMargin(66, 44), placeMargin(44, 36, 30)];
    const within = factors({ type: "logit", margins, bounds: { lower: 0.5, upper: 1.8 } });
    expect(Math.min(...within)).toBeGreaterThan(0.5);
    expect(Math.max(...within)).toBeLessThan(1.8);
    expect(Math.max(...factors({ type: "linear", margins, bounds: { lower: 0.5, upper: 1.5 } }))).toBeLessThanOrEqual(1.5 + 1e-12);
    const trimmed = calibrate(design, { type: "raking", margins, trim: { lower: 0.7, upper: 1.3 } });
    expect(trimmed.weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(110, 9);
  });

  test.each<[string, Calibration, string]>([
    ["a group of the sample without total", { type: "poststratify", margin: { ...sexMargin(1, 1), totals: new Map([["f", 5]]) } }, "stratum-unknown"],
    [
      "a total without sample",
      {
        type: "rake",
        margins: [
          {
            ...sexMargin(1, 1),
            totals: new Map([
              ["f", 5],
              ["m", 5],
              ["q", 3],
            ]),
          },
        ],
      },
      "stratum-unknown",
    ],
    ["a negative total", { type: "poststratify", margin: sexMargin(-4, 8) }, "totals-impossible"],
    ["margins of different populations", { type: "rake", margins: [sexMargin(60, 50), placeMargin(40, 36, 30)] }, "totals-impossible"],
    ["the same by distance", { type: "raking", margins: [sexMargin(60, 50), placeMargin(40, 36, 30)] }, "totals-impossible"],
    ["an age nobody can have on average", { type: "raking", margins: [sexMargin(60, 50), ageMargin(110 * 90)] }, "calibration-diverged"],
    ["bounds too tight", { type: "logit", margins: [sexMargin(90, 20)], bounds: { lower: 0.9, upper: 1.1 } }, "calibration-diverged"],
    ["bounds that leave 1 out", { type: "logit", margins: [sexMargin(60, 50)], bounds: { lower: 1.2, upper: 2 } }, "bounds-invalid"],
    ["logit without bounds", { type: "logit", margins: [sexMargin(60, 50)] }, "bounds-invalid"],
    ["no margins", { type: "rake", margins: [] }, "totals-impossible"],
  ])("refuses %s", (_, calibration, code) => {
    expect(codeOf(calibration)).toBe(code);
  });
});
