/** The incomplete gamma function and the deviance terms that gamma and beta share. Ground of every distribution here; only files of `numerics` call it. */

const HALF_LOG_TWO_PI = 0.9189385332046728;
const EPSILON = 2 ** -53;
/** More rounds than a shape of 1e9 needs near its mean. */
const MOST_TERMS = 1_000_000;

/** ln(Γ(n+1)) less Stirling's approximation, for n > 0. Below 16 by stepping up, where each step costs only absolute error; then the asymptotic series. */
export function stirlingError(n: number): number {
  let shifted = n;
  let sum = 0;
  while (shifted < 16) {
    sum += (shifted + 0.5) * Math.log1p(1 / shifted) - 1;
    shifted += 1;
  }
  const square = 1 / (shifted * shifted);
  const series = (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - (1 / 1188 - (691 / 360360) * square) * square) * square) * square) * square) / shifted;
  return sum + series;
}

/** ln Γ(x) for x > 0, to about 1e-15 absolute or relative, whichever is larger. */
export function logGamma(x: number): number {
  if (!(x > 0)) throw new RangeError(`logGamma: ${x} is not above 0`);
  return HALF_LOG_TWO_PI + (x + 0.5) * Math.log(x) - x + stirlingError(x) - Math.log(x);
}

/** x ln(x/m) + m - x without the cancellation near x = m (Loader 2000, "Fast and accurate computation of binomial probabilities"). */
export function devianceTerm(x: number, m: number): number {
  if (Math.abs(x - m) < 0.1 * (x + m)) {
    const v = (x - m) / (x + m);
    let sum = (x - m) * v;
    let term = 2 * x * v;
    const square = v * v;
    for (let j = 3; ; j += 2) {
      term *= square;
      const next = sum + term / j;
      if (next === sum) return next;
      sum = next;
    }
  }
  return x * Math.log(x / m) + m - x;
}

/** x^a e^-x / Γ(a+1), for a > 0 and x > 0. */
export function poissonTerm(a: number, x: number): number {
  return Math.exp(-HALF_LOG_TWO_PI - stirlingError(a) - devianceTerm(a, x)) / Math.sqrt(a);
}

/** Both tails of one probability: whichever is small was computed itself, not as 1 minus the other. */
export interface Tails {
  readonly lower: number;
  readonly upper: number;
}

/** Regularised incomplete gamma functions P(a, x) and Q(a, x); a > 0, x >= 0. Series below a + 1, Legendre's continued fraction above. */
export function incompleteGamma(a: number, x: number): Tails {
  if (!(a > 0) || !(x >= 0)) throw new RangeError(`incompleteGamma: shape ${a} must be above 0 and ${x} not below 0`);
  if (x === 0) return { lower: 0, upper: 1 };
  if (x === Infinity) return { lower: 1, upper: 0 };
  const term = poissonTerm(a, x);
  if (term === 0) return x < a ? { lower: 0, upper: 1 } : { lower: 1, upper: 0 };
  if (x < a + 1) {
    let sum = 1;
    let part = 1;
    for (let n = 1; n < MOST_TERMS && part > sum * EPSILON; n += 1) {
      part *= x / (a + n);
      sum += part;
    }
    const lower = Math.min(1, term * sum);
    return { lower, upper: 1 - lower };
  }
  // Modified Lentz.
  let b = x + 1 - a;
  let c = Infinity;
  let d = 1 / b;
  let fraction = d;
  for (let n = 1; n < MOST_TERMS; n += 1) {
    const numerator = -n * (n - a);
    b += 2;
    d = 1 / (numerator * d + b);
    c = b + numerator / c;
    const change = c * d;
    fraction *= change;
    if (Math.abs(change - 1) <= 2 * EPSILON) break;
  }
  const upper = Math.min(1, term * a * fraction);
  return { lower: 1 - upper, upper };
}
