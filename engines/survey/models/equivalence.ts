/** What a result without significance says: whether the effect is small enough to call it none (two one-sided tests), and how large an effect the data could have missed. */
import { SurveyError } from "#engines/survey/errors.ts";
import { student } from "#engines/survey/numerics/index.ts";
import { requireLevel } from "#engines/survey/statistics/index.ts";

/** An effect with its standard error and degrees of freedom; a coefficient or contrast row is one. */
export interface Effect {
  readonly estimate: number;
  readonly se: number;
  readonly df: number;
}

/** Which effects count as none: those strictly between `low` and `high`, in the unit of the estimate (log odds for a logit model). Chosen before looking. */
export interface EquivalenceMargin {
  readonly low: number;
  readonly high: number;
}

/**
 * What may be said.
 * - `equivalent`: smaller than the margin, and not told apart from none. `small`: told apart from none, and still smaller than the margin.
 * - `different`: told apart from none, and not shown to be small. `inconclusive`: no clear evidence either way.
 */
export type EquivalenceVerdict = "equivalent" | "small" | "different" | "inconclusive";

/** The outcome of an equivalence test. */
export interface EquivalenceTest {
  /** Against "at or below the low margin", and "at or above the high margin"; the test's p is the larger. */
  readonly pLow: number;
  readonly pHigh: number;
  readonly p: number;
  /** Of the usual test, against no effect at all. */
  readonly pDifference: number;
  /** The interval of level 1 - 2 alpha: it lies within the margin exactly when p < alpha. */
  readonly low: number;
  readonly high: number;
  readonly verdict: EquivalenceVerdict;
  /** The smallest true effect, either way, that this design would have found with the power asked for (Bloom 1995): smaller ones it could well have missed. */
  readonly detectable: number;
  /** The largest effect, either way, that the usual interval does not exclude. */
  readonly largestNotExcluded: number;
}

/**
 * The smallest true effect that a two-sided test at 1 - level finds with `power`, from the standard error reached: (t of the test + t of the power) times se (Bloom 1995).
 * @throws {@link SurveyError} `level-invalid`, `probability-invalid`, `no-degrees-of-freedom`, `domain-degenerate`.
 */
export function detectableEffect({ se, df }: Pick<Effect, "se" | "df">, level: number, power: number): number {
  requireLevel(level);
  if (!(power > 0.5 && power < 1))
    throw new SurveyError("probability-invalid", `the power is ${power}; give a number between 0.5 and 1, such as 0.8`, { power });
  if (!(df > 0)) throw new SurveyError("no-degrees-of-freedom", `the effect has ${df} degrees of freedom: too few clusters`, { df });
  if (!(se > 0) || !Number.isFinite(se)) throw new SurveyError("domain-degenerate", `the effect has a standard error of ${se}: nothing varies here`, { se });
  return (student.upperQuantile((1 - level) / 2, df) + student.quantile(power, df)) * se;
}

/**
 * Two one-sided t-tests (Schuirmann 1987), beside the usual test.
 * @param level 1 - alpha; 0.95 gives one-sided tests at 0.05 and an interval of 90 %.
 * @param power for the detectable effect, such as 0.8.
 * @throws {@link SurveyError} `bounds-invalid` when the margin does not hold 0 within it; and as {@link detectableEffect}.
 */
export function equivalenceTest(effect: Effect, margin: EquivalenceMargin, level: number, power: number): EquivalenceTest {
  if (!(margin.low < 0 && margin.high > 0)) {
    throw new SurveyError("bounds-invalid", `the margin runs from ${margin.low} to ${margin.high}; it must hold 0, since no effect at all is the smallest`, {
      low: margin.low,
      high: margin.high,
    });
  }
  const detectable = detectableEffect(effect, level, power);
  const { estimate, se, df } = effect;
  const alpha = 1 - level;
  const pLow = student.upper((estimate - margin.low) / se, df);
  const pHigh = student.upper((margin.high - estimate) / se, df);
  const p = Math.max(pLow, pHigh);
  const pDifference = 2 * student.upper(Math.abs(estimate) / se, df);
  const half = student.upperQuantile(alpha, df) * se;
  const small = p < alpha;
  const different = pDifference < alpha;
  return {
    pLow,
    pHigh,
    p,
    pDifference,
    low: estimate - half,
    high: estimate + half,
    verdict: small ? (different ? "small" : "equivalent") : different ? "different" : "inconclusive",
    detectable,
    largestNotExcluded: Math.abs(estimate) + student.upperQuantile(alpha / 2, df) * se,
  };
}
