/** Proportions with intervals that stay within 0 and 1, as R's `svyciprop`. What each method does at 0 and 1 stands in {@link proportionInterval}. */
import { type Design, covarianceOfThetas, degreesOfFreedom, replicateTotals } from "#engines/survey/design/index.ts";
import { SurveyError } from "#engines/survey/errors.ts";
import { beta, student } from "#engines/survey/numerics/index.ts";
import { critical, type Estimates, type Interval, requireLevel, sizeOf, symmetricInterval } from "./estimates.ts";
import { likelihoodInterval, stepBefore } from "./likelihood.ts";
import { means } from "./linear.ts";

/** Ways to make an interval of a proportion; `mean` is ± t se (Wald), `beta` Korn and Graubard (1998). */
export const proportionIntervals = ["mean", "logit", "wilson", "beta", "likelihood", "asin", "xlogit"] as const;

/** One of the ways above. */
export type ProportionInterval = (typeof proportionIntervals)[number];

/** A proportion, its standard error and its interval. */
export interface Proportion extends Interval {
  readonly estimate: number;
  readonly se: number;
  readonly n: number;
  readonly population: number;
  /** Replicates that gave no value, to the error or to the interval. */
  readonly dropped: number;
}

const expit = (eta: number): number => 1 / (1 + Math.exp(-eta));
const undefinedAt: Interval = { low: null, high: null, note: "domain-degenerate" };

/** Standard error on the logit scale: by linearisation, or from the logit in every replicate. */
function logitError(design: Design, column: Float64Array, p: number, se: number): { readonly error: number; readonly dropped: number } {
  if (design.kind === "linearised") return { error: se / (p * (1 - p)), dropped: 0 };
  const thetas = replicateTotals(design, [new Float64Array(design.rows).fill(1), column]).map(([weight = 0, sum = 0]) =>
    Float64Array.of(Math.log(sum / (weight - sum))),
  );
  const { covariance, dropped } = covarianceOfThetas(design, thetas, design.mse ? Float64Array.of(Math.log(p / (1 - p))) : null);
  return { error: Math.sqrt(covariance[0] ?? 0), dropped };
}

/** Sample size a simple random sample would need, for Korn and Graubard: at 0 and 1 the number of answers itself (Parker et al. 2017, the NCHS standard). */
function effectiveSize(p: number, se: number, n: number, level: number, df: number): number {
  if (se === 0) return n;
  const alpha = 1 - level;
  return ((p * (1 - p)) / (se * se)) * (student.upperQuantile(alpha / 2, n - 1) / student.upperQuantile(alpha / 2, df)) ** 2;
}

function betaInterval(p: number, se: number, n: number, level: number, df: number): Interval {
  if (n < 2) return { low: null, high: null, note: "no-degrees-of-freedom" };
  const size = effectiveSize(p, se, n, level, df);
  const tail = (1 - level) / 2;
  return {
    low: p <= 0 ? 0 : beta.quantile(tail, size * p, size * (1 - p) + 1),
    high: p >= 1 ? 1 : beta.upperQuantile(tail, size * p + 1, size * (1 - p)),
    note: null,
  };
}

function wilsonInterval(p: number, se: number, n: number, t: number): Interval {
  const size = se === 0 ? n : (p * (1 - p)) / (se * se);
  const shrunk = 1 + (t * t) / size;
  const centre = (p + (t * t) / (2 * size)) / shrunk;
  const half = (t / shrunk) * Math.sqrt((p * (1 - p)) / size + (t * t) / (4 * size * size));
  return { low: p === 0 ? 0 : centre - half, high: p === 1 ? 1 : centre + half, note: null };
}

/** Where the ends come from when p and its error are known. */
function intervalAt(
  method: ProportionInterval,
  design: Design,
  column: Float64Array,
  of: { p: number; se: number; n: number; population: number },
  level: number,
  df: number,
): Interval {
  const { p, se, n } = of;
  const t = critical(level, df);
  if (t === null) return { low: null, high: null, note: "no-degrees-of-freedom" };
  const inside = p > 0 && p < 1;
  // Everybody was asked: there is nothing to be uncertain about.
  if (inside && se === 0) return { low: p, high: p, note: null };
  switch (method) {
    case "mean":
      return { ...symmetricInterval(p, se, level, df), note: inside ? null : "domain-degenerate" };
    case "wilson":
      return wilsonInterval(p, se, n, t);
    case "beta":
      return betaInterval(p, se, n, level, df);
    case "logit": {
      if (!inside) return { low: p, high: p, note: "domain-degenerate" };
      const eta = Math.log(p / (1 - p));
      const { error, dropped } = logitError(design, column, p, se);
      return { low: expit(eta - t * error), high: expit(eta + t * error), note: null, dropped };
    }
    case "xlogit": {
      if (!inside) return undefinedAt;
      const [eta, error] = [Math.log(p / (1 - p)), se / (p * (1 - p))];
      return { low: expit(eta - t * error), high: expit(eta + t * error), note: null };
    }
    case "asin": {
      if (!inside) return undefinedAt;
      const [angle, error] = [Math.asin(Math.sqrt(p)), se / (2 * Math.sqrt(p * (1 - p)))];
      return { low: Math.sin(angle - t * error) ** 2, high: Math.sin(angle + t * error) ** 2, note: null };
    }
    case "likelihood": {
      if (!inside) return undefinedAt;
      const { error, dropped } = logitError(design, column, p, se);
      return { ...likelihoodInterval({ p, error, n, before: stepBefore(column, design.weights, n, of.population) }, t), dropped };
    }
  }
}

/**
 * Interval of a proportion.
 * At 0 and 1: `beta` and `wilson` use the number of answers as sample size, so the other end is informative; `mean` and `logit` give the point itself, `xlogit`, `asin` and `likelihood` have no
 * value there (null); these five carry the note `domain-degenerate`. R gives NaN, an error or a point there.
 */
export function proportionInterval(
  method: ProportionInterval,
  design: Design,
  column: Float64Array,
  estimates: Estimates,
  level: number,
  df: number,
): Interval {
  requireLevel(level);
  const p = estimates.estimates[0] ?? 0;
  return intervalAt(
    method,
    design,
    column,
    { p, se: Math.sqrt(Math.max(0, estimates.covariance[0] ?? 0)), n: estimates.n, population: estimates.population },
    level,
    df,
  );
}

/**
 * Proportion of ones.
 * @param column zeros and ones; @param df default the design's.
 * @throws {@link SurveyError} `proportion-invalid` with the first row that holds something else, and as `means`.
 */
export function proportion(design: Design, column: Float64Array, method: ProportionInterval, level = 0.95, df = degreesOfFreedom(design)): Proportion {
  for (let row = 0; row < design.rows; row++)
    if (design.weights[row] !== 0 && column[row] !== 0 && column[row] !== 1 && !Number.isNaN(column[row] ?? 0))
      throw new SurveyError(
        "proportion-invalid",
        `row ${row + 1} holds ${column[row]}: a proportion is of a column of 0 and 1, or of the rows that equal a value`,
        { row: row + 1 },
      );
  sizeOf(design);
  const found = means(design, [column]);
  // All alike is known exactly; adding weights up may leave a last bit.
  const alike = allAlike(design, column);
  const exact = alike === null ? found : { ...found, estimates: Float64Array.of(alike), covariance: new Float64Array(1) };
  const interval = proportionInterval(method, design, column, exact, level, df);
  return {
    estimate: exact.estimates[0] ?? 0,
    se: Math.sqrt(Math.max(0, exact.covariance[0] ?? 0)),
    n: exact.n,
    population: exact.population,
    ...interval,
    dropped: Math.max(exact.dropped, interval.dropped ?? 0),
  };
}

/** The answer everybody gave; null when they differ. */
function allAlike(design: Design, column: Float64Array): number | null {
  let first: number | null = null;
  for (let row = 0; row < design.rows; row++) {
    if (design.weights[row] === 0) continue;
    first ??= column[row] ?? 0;
    if (column[row] !== first) return null;
  }
  return first;
}
