/** Linear combinations of estimates that have a joint covariance: differences, trends, and whether several are zero at once. R's `svycontrast` and Wald tests. */
import { SurveyError } from "#engines/survey/errors.ts";
import { fisher, inverseQuadratic } from "#engines/survey/numerics/index.ts";
import { contrasts as contrastsOf, requireLevel } from "#engines/survey/statistics/index.ts";
import { rowOf, type CoefficientRow } from "./glm.ts";

/** Estimates with their covariance (row-major) and degrees of freedom. Those of several groups or waves of one design belong together, so that what they share is counted. */
export interface JointEstimates {
  readonly names: readonly string[];
  readonly estimates: Float64Array;
  readonly covariance: Float64Array;
  readonly df: number;
  /** Replicates that gave no value and were left out of the covariance; left out: none. */
  readonly dropped?: number;
}

/** A named combination: one weight for each estimate. */
export interface Contrast {
  readonly name: string;
  readonly weights: readonly number[];
}

/** A test of several things at once, by F. */
export interface JointTest {
  readonly statistic: number;
  readonly numeratorDf: number;
  readonly denominatorDf: number;
  readonly p: number;
}

/** The combinations with their joint covariance, to combine or test further. */
export function combine(joint: JointEstimates, contrasts: readonly Contrast[]): JointEstimates {
  const k = joint.estimates.length;
  for (const { name, weights } of contrasts) {
    if (weights.length !== k) {
      throw new SurveyError("model-malformed", `contrast ${JSON.stringify(name)} has ${weights.length} weights for ${k} estimates: give one for each`, {
        contrast: name,
      });
    }
  }
  const combined = contrastsOf(
    joint,
    contrasts.map(({ weights }) => weights),
  );
  return { ...combined, names: contrasts.map(({ name }) => name) };
}

/**
 * A table of the combinations, each with t interval and test against 0.
 * @throws {@link SurveyError} `level-invalid`, `model-malformed`; a combination without variance is as {@link CoefficientRow} says.
 */
export function contrastRows(joint: JointEstimates, contrasts: readonly Contrast[], level: number): readonly CoefficientRow[] {
  requireLevel(level);
  const { names, estimates, covariance, df, dropped } = combine(joint, contrasts);
  return names.map((name, i) => rowOf(name, estimates[i] ?? 0, covariance[i * names.length + i] ?? 0, df, level, dropped));
}

/**
 * Wald test that all estimates are zero at once, as an F on (k, df).
 * @throws {@link SurveyError} `matrix-singular` when some follow from others, `no-degrees-of-freedom`.
 */
export function jointTest({ names, estimates, covariance, df }: JointEstimates): JointTest {
  const k = estimates.length;
  if (!(df > 0)) throw new SurveyError("no-degrees-of-freedom", `there are ${df} degrees of freedom for a test of ${names.join(", ")}`, { df });
  const quadratic = inverseQuadratic(covariance, estimates, k);
  if (quadratic === null || quadratic < 0) {
    throw new SurveyError(
      "matrix-singular",
      `the covariance of ${names.join(", ")} is singular: there are fewer clusters than things to test, or one follows from the others`,
      { df },
    );
  }
  const statistic = quadratic / k;
  return { statistic, numeratorDf: k, denominatorDf: df, p: fisher.upper(statistic, k, df) };
}
