/** Quantiles with intervals, as R's `svyquantile` 4.5: Woodruff's (1952) interval of the share below, or Fuller's score interval, carried over to values. */
import { type Design, degreesOfFreedom } from "#engines/survey/design/index.ts";
import { SurveyError } from "#engines/survey/errors.ts";
import { critical, type Interval, requireAnswers, requireLevel, sizeOf, standardError } from "./estimates.ts";
import { means } from "./linear.ts";
import { proportionInterval } from "./proportion.ts";
import { quantileBy, type QuantileRule, sortedSample, type SortedSample } from "./quantile-rules.ts";

/** How the interval of the share below is made. */
export const quantileIntervals = ["mean", "beta", "xlogit", "asin", "score"] as const;

/** One of the ways above. */
export type QuantileInterval = (typeof quantileIntervals)[number];

/** A quantile; `se` is the interval's length over twice the critical value, null where an end has no value. */
export interface Quantile extends Interval {
  readonly p: number;
  readonly estimate: number;
  readonly se: number | null;
  readonly n: number;
}

const shareBelow = (design: Design, column: Float64Array, at: number): Float64Array => {
  const below = new Float64Array(design.rows);
  for (let row = 0; row < design.rows; row++) below[row] = (column[row] ?? 0) <= at ? 1 : 0;
  return below;
};

/** A root of f in [a, b] by Brent's method as R's `uniroot` runs it, so that the same data give the same step. */
function brent(f: (x: number) => number, a: number, b: number, tolerance: number): number | null {
  let [fa, fb] = [f(a), f(b)];
  if (fa === 0) return a;
  if (fb === 0) return b;
  if (fa * fb > 0 || Number.isNaN(fa) || Number.isNaN(fb)) return null;
  let [c, fc] = [a, fa];
  for (let round = 0; round < 1000; round++) {
    const before = b - a;
    if (Math.abs(fc) < Math.abs(fb)) {
      [a, b, c] = [b, c, b];
      [fa, fb, fc] = [fb, fc, fb];
    }
    const least = 2 * Number.EPSILON * Math.abs(b) + tolerance / 2;
    let step = (c - b) / 2;
    if (Math.abs(step) <= least || fb === 0) return b;
    if (Math.abs(before) >= least && Math.abs(fa) > Math.abs(fb)) {
      const cb = c - b;
      let [p, q] = [0, 0];
      if (a === c) {
        const t1 = fb / fa;
        p = cb * t1;
        q = 1 - t1;
      } else {
        const [r, t1, t2] = [fa / fc, fb / fc, fb / fa];
        p = t2 * (cb * r * (r - t1) - (b - a) * (t1 - 1));
        q = (r - 1) * (t1 - 1) * (t2 - 1);
      }
      if (p > 0) q = -q;
      else p = -p;
      if (p < 0.75 * cb * q - Math.abs(least * q) / 2 && p < Math.abs((before * q) / 2)) step = p / q;
    }
    if (Math.abs(step) < least) step = step > 0 ? least : -least;
    [a, fa] = [b, fb];
    b += step;
    fb = f(b);
    if (fb > 0 === fc > 0) [c, fc] = [a, fa];
  }
  return b;
}

/** R's default sample quantile, for the range a root is looked for in. */
function plainQuantile(values: Float64Array, p: number): number {
  const place = (values.length - 1) * p;
  const [low = 0, high = 0] = [values[Math.floor(place)], values[Math.ceil(place)]];
  return low + (high - low) * (place - Math.floor(place));
}

/** Fuller's interval: where the share above differs from 1-p by just so many standard errors. */
function scoreInterval(design: Design, column: Float64Array, sample: SortedSample, p: number, rule: QuantileRule, t: number): Interval {
  const { values } = sample;
  const n = values.length;
  const spread = plainQuantile(values, 0.75) - plainQuantile(values, 0.25);
  const [first = 0, last = 0] = [values[0], values[n - 1]];
  const score = (theta: number, limit: number): number => {
    const above = column.map((value) => (value > theta ? 1 : 0) - (1 - p));
    const found = means(design, [above]);
    return (found.estimates[0] ?? 0) / standardError(found) - limit;
  };
  const tolerance = 1 / (100 * Math.sqrt(n));
  const end = (limit: number): number | null => {
    const root = brent((theta) => score(theta, limit), first + spread / 100, last - spread / 100, tolerance);
    return root === null ? null : quantileBy(rule, sample, values.reduce((count, value) => count + (value <= root ? 1 : 0), 0) / n);
  };
  const [low, high] = [end(t), end(-t)];
  return { low, high, note: low === null || high === null ? "domain-degenerate" : null, dropped: means(design, [new Float64Array(design.rows)]).dropped };
}

function woodruff(
  design: Design,
  column: Float64Array,
  sample: SortedSample,
  estimate: number,
  how: Exclude<QuantileInterval, "score">,
  rule: QuantileRule,
  level: number,
  df: number,
): Interval {
  const below = shareBelow(design, column, estimate);
  const found = means(design, [below]);
  const shares = proportionInterval(how, design, below, found, level, df);
  const end = (share: number | null): number | null => (share === null || !(share >= 0 && share <= 1) ? null : quantileBy(rule, sample, share));
  const [low, high] = [end(shares.low), end(shares.high)];
  return { low, high, note: low === null || high === null ? (shares.low === null ? shares.note : "domain-degenerate") : null, dropped: found.dropped };
}

/**
 * Quantiles of a column.
 * @param probabilities between 0 and 1; @param df default the design's.
 * @returns one per probability. An end of an interval that lies beyond the data is null with the note `domain-degenerate` (R: NaN).
 * @throws {@link SurveyError} `probability-invalid`, `domain-empty`, `value-missing`.
 */
export function quantiles(
  design: Design,
  column: Float64Array,
  probabilities: readonly number[],
  {
    rule = "math",
    interval = "mean",
    level = 0.95,
    df = degreesOfFreedom(design),
  }: { rule?: QuantileRule; interval?: QuantileInterval; level?: number; df?: number } = {},
): readonly Quantile[] {
  requireAnswers(design, [column]);
  requireLevel(level);
  const { n } = sizeOf(design);
  const sample = sortedSample(column, design.weights);
  return probabilities.map((p) => {
    if (!(p > 0 && p < 1)) throw new SurveyError("probability-invalid", `${p} is no probability: ask for quantiles between 0 and 1`, { p: String(p) });
    const estimate = quantileBy(rule, sample, p);
    const t = critical(level, df);
    if (t === null) return { p, estimate, se: null, n, low: null, high: null, note: "no-degrees-of-freedom" as const };
    const found =
      interval === "score" ? scoreInterval(design, column, sample, p, rule, t) : woodruff(design, column, sample, estimate, interval, rule, level, df);
    return { p, estimate, se: found.low === null || found.high === null ? null : (found.high - found.low) / (2 * t), n, ...found };
  });
}
