/** The incomplete beta function, ground of t, F and beta; only files of `numerics` call it. */
import { devianceTerm, stirlingError, type Tails } from "./gamma.ts";

const EPSILON = 2 ** -53;
const LOG_TWO_PI = 1.8378770664093456;
const MOST_TERMS = 1_000_000;

/** x^a y^b / B(a, b) with y = 1 - x given apart, so that nothing is lost near either end. */
export function betaTerm(a: number, b: number, x: number, y: number): number {
  const n = a + b;
  const exponent = stirlingError(n) - stirlingError(a) - stirlingError(b) - devianceTerm(a, n * x) - devianceTerm(b, n * y);
  return (Math.sqrt(a) * Math.sqrt(b) * Math.exp(exponent - 0.5 * LOG_TWO_PI)) / Math.sqrt(n);
}

/** The continued fraction of DiDonato and Morris (1992), eq. 9; converges quickly for x below the mean. */
function fraction(a: number, b: number, x: number, y: number): number {
  let f = (a * (a * y - b * x + 1)) / (a + 1);
  let c = f;
  let d = 0;
  for (let m = 1; m < MOST_TERMS; m += 1) {
    const low = a + 2 * m - 1;
    const numerator = ((((a + m - 1) / low) * (a + b + m - 1)) / low) * m * (b - m) * x * x;
    const denominator = m + (m * (b - m) * x) / low + ((a + m) * (a * y - b * x + 1 + m * (1 + y))) / (low + 2);
    d = 1 / (denominator + numerator * d);
    c = denominator + numerator / c;
    const change = c * d;
    f *= change;
    if (Math.abs(change - 1) <= 2 * EPSILON) break;
  }
  return f;
}

/** Regularised incomplete beta function I_x(a, b) and its complement; a, b > 0, x and y in [0, 1] with y = 1 - x given apart. */
export function incompleteBeta(a: number, b: number, x: number, y: number): Tails {
  if (!(a > 0) || !(b > 0)) throw new RangeError(`incompleteBeta: shapes ${a} and ${b} must be above 0`);
  if (!(x >= 0) || !(y >= 0)) throw new RangeError(`incompleteBeta: ${x} and ${y} must lie in [0, 1]`);
  if (x === 0) return { lower: 0, upper: 1 };
  if (y === 0) return { lower: 1, upper: 0 };
  const term = betaTerm(a, b, x, y);
  const below = a * y >= b * x;
  if (term === 0) return below ? { lower: 0, upper: 1 } : { lower: 1, upper: 0 };
  if (below) {
    const lower = Math.min(1, term / fraction(a, b, x, y));
    return { lower, upper: 1 - lower };
  }
  const upper = Math.min(1, term / fraction(b, a, y, x));
  return { lower: 1 - upper, upper };
}
