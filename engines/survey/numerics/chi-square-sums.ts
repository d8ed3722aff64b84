/**
 * The distribution of a weighted sum of independent chi-square variables of one degree of freedom, and of its ratio to a chi-square over its degrees of freedom: what Rao-Scott tests are referred to.
 * R's `pchisqsum` and `pFsum`. Saddlepoint: Lugannani and Rice as in Kuonen (1999); Satterthwaite (1946); integration: inversion of the moment generating function along a path bent into the side where it decays.
 */
import { chiSquare, fisher, normal } from "./distributions.ts";

/** How the tail is computed: two moments, the saddlepoint approximation (R's default), or exactly by integration. */
export type SumMethod = "satterthwaite" | "saddlepoint" | "integration";

function twoMoments(weights: readonly number[]): { scale: number; df: number } {
  const mean = weights.reduce((sum, weight) => sum + weight, 0) / weights.length;
  const square = weights.reduce((sum, weight) => sum + weight * weight, 0) / weights.length;
  const spread = square / (mean * mean);
  return { scale: mean * spread, df: weights.length / spread };
}

/** A weight and how many degrees of freedom bear it. Weights may be negative: then the sum is a difference. */
interface Part {
  readonly weight: number;
  readonly df: number;
}

/** d/dz of ln E exp(z Q). */
function firstCumulant(parts: readonly Part[], z: number): number {
  return parts.reduce((sum, { weight, df }) => sum + (df * weight) / (1 - 2 * z * weight), 0);
}

/** The range in which the moment generating function exists. */
function strip(parts: readonly Part[]): { least: number; most: number } {
  let least = -Infinity;
  let most = Infinity;
  for (const { weight } of parts) {
    if (weight > 0) most = Math.min(most, 1 / (2 * weight));
    if (weight < 0) least = Math.max(least, 1 / (2 * weight));
  }
  return { least, most };
}

/** The z where the cumulant's slope equals x: by bisection with the ends approached, as the slope rises from one infinity to the other. */
function saddle(parts: readonly Part[], x: number): number {
  const { least, most } = strip(parts);
  let low = least;
  if (low === -Infinity) {
    low = -1 / Math.max(...parts.map(({ weight }) => weight));
    while (firstCumulant(parts, low) > x) low *= 2;
  }
  let high = most;
  for (let round = 0; round < 200; round += 1) {
    const middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) break;
    if (firstCumulant(parts, middle) > x) high = middle;
    else low = middle;
  }
  return low + (high - low) / 2;
}

/** P(sum of parts > x) by Lugannani and Rice in Barndorff-Nielsen's form; `null` too near the mean, where it breaks down. */
function saddlepointUpper(parts: readonly Part[], x: number): number | null {
  const largest = Math.max(...parts.map(({ weight }) => weight));
  const scaled = parts.map(({ weight, df }) => ({ weight: weight / largest, df }));
  const point = x / largest;
  const z = saddle(scaled, point);
  // R's own threshold for falling back.
  if (Math.abs(z) < 1e-4) return null;
  let cumulant = 0;
  let curvature = 0;
  for (const { weight, df } of scaled) {
    cumulant -= (df * Math.log1p(-2 * z * weight)) / 2;
    curvature += 2 * df * (weight / (1 - 2 * z * weight)) ** 2;
  }
  const w = Math.sign(z) * Math.sqrt(2 * (z * point - cumulant));
  const v = z * Math.sqrt(curvature);
  return normal.upper(w + Math.log(v / w) / w);
}

/** The integrand exp(K(t) - t x) / t at t = real + i imaginary, as [real, imaginary]. */
function integrand(parts: readonly Part[], x: number, real: number, imaginary: number): readonly [number, number] {
  let logSize = -x * real;
  let angle = -x * imaginary;
  for (const { weight, df } of parts) {
    // (1 - 2 t weight)^(-df/2); the path never crosses the cut, so the principal argument is the right one.
    const a = 1 - 2 * weight * real;
    const b = -2 * weight * imaginary;
    logSize -= (df / 2) * Math.log(Math.hypot(a, b));
    angle -= (df / 2) * Math.atan2(b, a);
  }
  logSize -= Math.log(Math.hypot(real, imaginary));
  angle -= Math.atan2(imaginary, real);
  const size = Math.exp(logSize);
  return [size * Math.cos(angle), size * Math.sin(angle)];
}

/**
 * P(sum > x) by the trapezium rule along t(v) = start + bend (cosh v - 1) + i reach sinh v, which crosses the axis right of 0 and left of the first singularity.
 * The path bends into the half plane where exp(-t x) decays, and its hyperbolic pace makes the integrand fall off so fast that the plain rule converges geometrically.
 */
function integrateUpper(parts: readonly Part[], x: number): number {
  const { least, most } = strip(parts);
  const peak = saddle(parts, x);
  // The saddle is the best place to cross, where the integrand is no larger than the answer; but not on top of the pole at 0. Left of 0 the integral is the complement.
  const complement = peak < 0;
  const clearance = Math.min(most, -least) / 16;
  const start = complement ? Math.min(peak, -clearance) : Math.max(peak, clearance);
  const reach = complement ? Math.min(-start, start - least) : Math.min(start, most - start);
  // Without x nothing decays to the right, and the path stays upright.
  const bend = x > 0 ? reach / 2 : 0;
  const evaluate = (step: number): number => {
    let sum = 0;
    let largest = 0;
    for (let n = 0; n < 4000; n += 1) {
      const v = n * step;
      const real = start + bend * (Math.cosh(v) - 1);
      const imaginary = reach * Math.sinh(v);
      const [re, im] = integrand(parts, x, real, imaginary);
      // Times dt/dv / (2 pi i), real part, both halves of the path.
      const term = (re * reach * Math.cosh(v) + im * bend * Math.sinh(v)) / Math.PI;
      sum += n === 0 ? term / 2 : term;
      const size = (Math.hypot(re, im) * Math.hypot(reach * Math.cosh(v), bend * Math.sinh(v))) / Math.PI;
      largest = Math.max(largest, size);
      if (size < largest * 1e-18) break;
    }
    return sum * step;
  };
  let step = 0.25;
  let value = evaluate(step);
  for (let round = 0; round < 8; round += 1) {
    step /= 2;
    const finer = evaluate(step);
    const close = Math.abs(finer - value) <= 1e-13 * Math.abs(finer);
    value = finer;
    if (close) break;
  }
  return complement ? 1 + value : value;
}

function checkSum(x: number, weights: readonly number[]): void {
  if (weights.length === 0) throw new RangeError("a weighted sum of chi-squares needs at least one weight");
  for (const weight of weights) if (!(weight > 0) || !Number.isFinite(weight)) throw new RangeError(`the weight ${weight} of a chi-square is not above 0`);
  if (Number.isNaN(x)) throw new RangeError("the value to compare with a sum of chi-squares is not a number");
}

/**
 * P(sum of weights[i] times a chi-square of one degree of freedom > x). Near the mean the saddlepoint approximation has no value and two moments take its place, as in R.
 * @throws RangeError when a weight is not positive.
 */
export function chiSquareSumUpper(x: number, weights: readonly number[], method: SumMethod): number {
  checkSum(x, weights);
  if (x <= 0) return 1;
  const parts = weights.map((weight) => ({ weight, df: 1 }));
  if (method === "integration") return integrateUpper(parts, x);
  const { scale, df } = twoMoments(weights);
  return (method === "saddlepoint" ? saddlepointUpper(parts, x) : null) ?? chiSquare.upper(x / scale, df);
}

/**
 * P(sum of weights[i] times a chi-square, over an independent chi-square of `df` divided by `df`, > x): the same test when the variances were estimated with few degrees of freedom.
 * @param df may be Infinity, which is {@link chiSquareSumUpper}.
 * @throws RangeError when a weight or df is not positive.
 */
export function fisherSumUpper(x: number, weights: readonly number[], df: number, method: SumMethod): number {
  if (df === Infinity) return chiSquareSumUpper(x, weights, method);
  checkSum(x, weights);
  if (!(df > 0)) throw new RangeError(`denominator degrees of freedom must be above 0, not ${df}`);
  if (x <= 0) return 1;
  // The ratio exceeds x when the sum less x/df times the denominator exceeds 0.
  if (method === "integration") return integrateUpper([...weights.map((weight) => ({ weight, df: 1 })), { weight: -x / df, df }], 0);
  if (method === "saddlepoint") {
    // R repeats the denominator's weight as often as df, truncated, says. Rao-Scott's df is often a whole number but for its last bits; where R then loses
    // a whole repetition to rounding (3 % of the p-value in one of its own results), we do not.
    const upper = saddlepointUpper([...weights.map((weight) => ({ weight, df: 1 })), { weight: -x / df, df: Math.max(1, Math.floor(df * (1 + 1e-9))) }], 0);
    if (upper !== null) return upper;
  }
  const moments = twoMoments(weights);
  return fisher.upper(x / moments.df / moments.scale, moments.df, df);
}
