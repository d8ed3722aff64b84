/** Distribution functions and quantiles of the normal, t, chi-square, F, beta and gamma distributions, accurate in both tails. The whole engine takes its critical values and p-values from here. */
import { betaTerm, incompleteBeta } from "./beta.ts";
import { incompleteGamma, poissonTerm, type Tails } from "./gamma.ts";

/**
 * One continuous distribution with its parameters last. `upper` is computed itself and not as 1 - `lower`, so it keeps its digits far out.
 * Quantiles give the support's end at probability 0 and 1.
 * @throws RangeError when a parameter or probability lies outside its range.
 */
export interface Distribution<Parameters extends readonly number[]> {
  /** P(X <= x) */
  readonly lower: (x: number, ...parameters: Parameters) => number;
  /** P(X > x) */
  readonly upper: (x: number, ...parameters: Parameters) => number;
  /** x with P(X <= x) = p, for p in [0, 1] */
  readonly quantile: (p: number, ...parameters: Parameters) => number;
  /** x with P(X > x) = p, for p in [0, 1]; use it for small p: `quantile(1 - p)` has lost the digits of p */
  readonly upperQuantile: (p: number, ...parameters: Parameters) => number;
}

function checkProbability(p: number): void {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`quantile: ${p} is not a probability`);
}

function checkPositive(what: string, value: number): void {
  if (!(value > 0)) throw new RangeError(`${what} must be above 0, not ${value}`);
}

/**
 * The r > 0 where one tail has probability p, by Newton steps on ln(tail) over ln(r), kept inside what is known to hold the answer.
 * In these coordinates both tails are close to straight lines, and no digits of r are lost however small it is.
 * `slope` gives d P(X <= x) / d ln r, that is: density times r times dx/dr.
 */
function solveTail(p: number, side: "lower" | "upper", tails: (r: number) => Tails, slope: (r: number) => number, start: number): number {
  const target = Math.log(p);
  let below = 0;
  let above = Infinity;
  let r = start;
  for (let round = 0; round < 500; round += 1) {
    const tail = tails(r)[side];
    // Positive when r is too large, for both sides.
    const distance = side === "lower" ? Math.log(tail) - target : target - Math.log(tail);
    if (distance === 0) return r;
    if (distance > 0) above = r;
    else below = r;
    let step = (-distance * tail) / slope(r);
    if (!Number.isFinite(step)) step = distance > 0 ? -4 : 4;
    step = Math.max(-40, Math.min(40, step));
    let next = r + r * Math.expm1(step);
    if (!(next > below && next < above)) {
      if (Math.abs(step) < 1e-14) return r;
      if (below > 0 && above < Infinity) next = Math.sqrt(below) * Math.sqrt(above);
      else next = distance > 0 ? r * 2 ** -16 : r * 2 ** 16;
      if (next === 0) return 0;
      if (next === Infinity) return Infinity;
    }
    if (Math.abs(step) <= 4e-16 || next === r) return next;
    r = next;
  }
  return r;
}

/** x / scale of a gamma variable with the given tail. */
function gammaQuantileOf(p: number, side: "lower" | "upper", shape: number): number {
  if (p === 0) return side === "lower" ? 0 : Infinity;
  if (p === 1) return side === "lower" ? Infinity : 0;
  if (p > 0.5) return gammaQuantileOf(1 - p, side === "lower" ? "upper" : "lower", shape);
  return solveTail(
    p,
    side,
    (x) => incompleteGamma(shape, x),
    (x) => shape * poissonTerm(shape, x),
    Math.max(shape, 0.2),
  );
}

/** x / (1 - x) of a beta variable with the given tail. The odds keep their digits near 0 and near 1 alike. */
function betaOdds(p: number, side: "lower" | "upper", a: number, b: number): number {
  if (p === 0) return side === "lower" ? 0 : Infinity;
  if (p === 1) return side === "lower" ? Infinity : 0;
  if (p > 0.5) return betaOdds(1 - p, side === "lower" ? "upper" : "lower", a, b);
  return solveTail(
    p,
    side,
    (odds) => incompleteBeta(a, b, odds / (1 + odds), 1 / (1 + odds)),
    (odds) => betaTerm(a, b, odds / (1 + odds), 1 / (1 + odds)),
    a / b,
  );
}

/** Density of the standard normal; the square is split so that its rounding is not blown up by the exponential. */
function normalDensity(z: number): number {
  const coarse = Math.trunc(Math.abs(z) * 16) / 16;
  const rest = (Math.abs(z) - coarse) * (Math.abs(z) + coarse);
  return Math.exp(-0.5 * coarse * coarse) * Math.exp(-0.5 * rest) * 0.3989422804014327;
}

/** P(Z > z) for z >= 0: Taylor series around 0, Laplace's continued fraction beyond 2.5. */
function normalTail(z: number): number {
  if (z === Infinity) return 0;
  if (z < 2.5) {
    let part = z;
    let sum = z;
    for (let n = 3; part > sum * 1e-17; n += 2) {
      part *= (z * z) / n;
      sum += part;
    }
    return 0.5 - normalDensity(z) * sum;
  }
  // Backwards from a depth that suffices at 2.5; further out fewer levels would do.
  let fraction = z;
  for (let n = Math.ceil(40 + 900 / z); n > 0; n -= 1) fraction = z + n / fraction;
  return normalDensity(z) / fraction;
}

function normalUpper(z: number): number {
  if (Number.isNaN(z)) throw new RangeError("normal: the value is not a number");
  return z >= 0 ? normalTail(z) : 1 - normalTail(-z);
}

function normalQuantile(p: number): number {
  checkProbability(p);
  const centre = p - 0.5;
  const square = Math.abs(centre) < 0.25 ? gammaQuantileOf(2 * Math.abs(centre), "lower", 0.5) : gammaQuantileOf(2 * Math.min(p, 1 - p), "upper", 0.5);
  return Math.sign(centre) * Math.sqrt(2 * square);
}

/** The standard normal distribution. */
export const normal: Distribution<[]> = {
  lower: (z) => normalUpper(-z),
  upper: normalUpper,
  quantile: normalQuantile,
  upperQuantile: (p) => -normalQuantile(p),
};

function gammaTails(x: number, shape: number, scale: number): Tails {
  checkPositive("gamma: shape", shape);
  checkPositive("gamma: scale", scale);
  return incompleteGamma(shape, Math.max(0, x / scale));
}

function gammaQuantile(p: number, side: "lower" | "upper", shape: number, scale: number): number {
  checkProbability(p);
  checkPositive("gamma: shape", shape);
  checkPositive("gamma: scale", scale);
  return scale * gammaQuantileOf(p, side, shape);
}

/** The gamma distribution by shape and scale (mean = shape x scale). */
export const gamma: Distribution<[shape: number, scale: number]> = {
  lower: (x, shape, scale) => gammaTails(x, shape, scale).lower,
  upper: (x, shape, scale) => gammaTails(x, shape, scale).upper,
  quantile: (p, shape, scale) => gammaQuantile(p, "lower", shape, scale),
  upperQuantile: (p, shape, scale) => gammaQuantile(p, "upper", shape, scale),
};

/** The chi-square distribution; degrees of freedom above 0, not necessarily whole. */
export const chiSquare: Distribution<[df: number]> = {
  lower: (x, df) => gammaTails(x, df / 2, 2).lower,
  upper: (x, df) => gammaTails(x, df / 2, 2).upper,
  quantile: (p, df) => gammaQuantile(p, "lower", df / 2, 2),
  upperQuantile: (p, df) => gammaQuantile(p, "upper", df / 2, 2),
};

function betaTails(x: number, a: number, b: number): Tails {
  if (Number.isNaN(x)) throw new RangeError("beta: the value is not a number");
  const inside = Math.min(1, Math.max(0, x));
  return incompleteBeta(a, b, inside, 1 - inside);
}

function betaQuantile(p: number, side: "lower" | "upper", a: number, b: number): number {
  checkProbability(p);
  checkPositive("beta: first shape", a);
  checkPositive("beta: second shape", b);
  const odds = betaOdds(p, side, a, b);
  return odds === Infinity ? 1 : odds / (1 + odds);
}

/** The beta distribution on [0, 1]. */
export const beta: Distribution<[a: number, b: number]> = {
  lower: (x, a, b) => betaTails(x, a, b).lower,
  upper: (x, a, b) => betaTails(x, a, b).upper,
  quantile: (p, a, b) => betaQuantile(p, "lower", a, b),
  upperQuantile: (p, a, b) => betaQuantile(p, "upper", a, b),
};

function fisherTails(x: number, numerator: number, denominator: number): Tails {
  checkPositive("F: numerator degrees of freedom", numerator);
  checkPositive("F: denominator degrees of freedom", denominator);
  if (Number.isNaN(x)) throw new RangeError("F: the value is not a number");
  if (x <= 0) return { lower: 0, upper: 1 };
  if (x === Infinity) return { lower: 1, upper: 0 };
  if (denominator === Infinity) return incompleteGamma(numerator / 2, (x * numerator) / 2);
  const odds = (numerator / denominator) * x;
  return incompleteBeta(numerator / 2, denominator / 2, odds / (1 + odds), 1 / (1 + odds));
}

function fisherQuantile(p: number, side: "lower" | "upper", numerator: number, denominator: number): number {
  checkProbability(p);
  checkPositive("F: numerator degrees of freedom", numerator);
  checkPositive("F: denominator degrees of freedom", denominator);
  if (denominator === Infinity) return (2 * gammaQuantileOf(p, side, numerator / 2)) / numerator;
  return betaOdds(p, side, numerator / 2, denominator / 2) * (denominator / numerator);
}

/** Fisher's F distribution; numerator df finite, denominator df may be `Infinity`. */
export const fisher: Distribution<[numerator: number, denominator: number]> = {
  lower: (x, numerator, denominator) => fisherTails(x, numerator, denominator).lower,
  upper: (x, numerator, denominator) => fisherTails(x, numerator, denominator).upper,
  quantile: (p, numerator, denominator) => fisherQuantile(p, "lower", numerator, denominator),
  upperQuantile: (p, numerator, denominator) => fisherQuantile(p, "upper", numerator, denominator),
};

function studentUpper(t: number, df: number): number {
  checkPositive("t: degrees of freedom", df);
  if (Number.isNaN(t)) throw new RangeError("t: the value is not a number");
  if (df === Infinity) return normalUpper(t);
  const half = fisherTails(t * t, 1, df).upper / 2;
  return t >= 0 ? half : 1 - half;
}

function studentQuantile(p: number, df: number): number {
  checkProbability(p);
  checkPositive("t: degrees of freedom", df);
  if (df === Infinity) return normalQuantile(p);
  const centre = p - 0.5;
  const square = Math.abs(centre) < 0.25 ? fisherQuantile(2 * Math.abs(centre), "lower", 1, df) : fisherQuantile(2 * Math.min(p, 1 - p), "upper", 1, df);
  return Math.sign(centre) * Math.sqrt(square);
}

/** Student's t distribution; degrees of freedom may be `Infinity`, which is the normal distribution. */
export const student: Distribution<[df: number]> = {
  lower: (t, df) => studentUpper(-t, df),
  upper: studentUpper,
  quantile: studentQuantile,
  upperQuantile: (p, df) => -studentQuantile(p, df),
};
