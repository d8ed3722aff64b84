/**
 * Trends over the waves of a survey. All waves are rows of one design, a person or municipality who took part twice being one cluster in it,
 * so that the joint covariance of the wave means counts the overlap; a trend is then a linear combination of those means.
 */
import { degreesOfFreedom, subset, type Design } from "#engines/survey/design/index.ts";
import { SurveyError } from "#engines/survey/errors.ts";
import { invertDefinite, multiply, transpose } from "#engines/survey/numerics/index.ts";
import { combine, contrastRows, jointTest, type Contrast, type JointEstimates, type JointTest } from "./contrasts.ts";
import { groupMeans as groupMeansOf, requireLevel } from "#engines/survey/statistics/index.ts";
import { rowOf, type CoefficientRow } from "./glm.ts";
import type { Column } from "#engines/survey/columns/column.ts";
import { asFactor, isMissing } from "./variables.ts";

/** How waves weigh in the line through them: all alike, or by the inverse of their covariance (generalised least squares). */
export type TrendWeighting = "equal" | "precision";

/** A trend and what it rests on. */
export interface Trend {
  /** The mean of each wave. */
  readonly waves: readonly CoefficientRow[];
  /** Change per unit of time, of the straight line through the wave means. */
  readonly linear: CoefficientRow;
  /** Coefficient of time squared in the parabola through the wave means; null with two waves. */
  readonly quadratic: CoefficientRow | null;
  /** Whether any wave differs from another; null when the design has fewer degrees of freedom than there are differences to test. */
  readonly change: JointTest | null;
  /** Whether the waves leave a straight line; null with two waves, and as `change`. */
  readonly curvature: JointTest | null;
}

/**
 * Means of `values` in each group, with their joint covariance by the design.
 * @param group its levels that occur become the names, in order.
 * @throws {@link SurveyError} `column-length`, `domain-empty`, `domain-degenerate` with fewer than two groups.
 */
export function groupMeans(design: Design, values: Float64Array, group: Column): JointEstimates {
  const factor = asFactor(group);
  if (values.length !== design.rows || factor.codes.length !== design.rows) {
    throw new SurveyError(
      "column-length",
      `there are ${values.length} values and ${factor.codes.length} groups for the ${design.rows} rows of the design: give one for each row`,
      {
        rows: values.length,
      },
    );
  }
  const used = Uint8Array.from(values, (value, row) => (Number.isFinite(value) && !isMissing(factor, row) ? 1 : 0));
  const domain = subset(design, used);
  const occurring = factor.levels.map((_, code) => code).filter((code) => domain.weights.some((weight, row) => weight !== 0 && factor.codes[row] === code));
  if (occurring.length === 0) throw new SurveyError("domain-empty", "nobody with weight has both a value and a group");
  if (occurring.length < 2)
    throw new SurveyError("domain-degenerate", `everybody here is in ${JSON.stringify(factor.levels[occurring[0] ?? 0] ?? "")}: there is nothing to compare`);
  const place = new Int32Array(factor.levels.length).fill(-1);
  occurring.forEach((code, at) => {
    place[code] = at;
  });
  const found = groupMeansOf(
    domain,
    values,
    factor.codes.map((code) => place[code] ?? -1),
    occurring.length,
  );
  return {
    names: occurring.map((code) => factor.levels[code] ?? ""),
    estimates: found.estimates,
    covariance: found.covariance,
    df: degreesOfFreedom(domain),
    dropped: found.dropped,
  };
}

/** The weights of the estimates in the highest coefficient of the polynomial of that degree through them. */
function polynomialWeights(joint: JointEstimates, times: readonly number[], degree: number, weighting: TrendWeighting): readonly number[] {
  const k = times.length;
  const width = degree + 1;
  // Centred and scaled time keeps the normal equations well conditioned for years such as 2026.
  const centre = times.reduce((sum, time) => sum + time, 0) / k;
  const spread = Math.max(...times.map((time) => Math.abs(time - centre)));
  const x = Float64Array.from(times.flatMap((time) => Array.from({ length: width }, (_, power) => ((time - centre) / spread) ** power)));
  const precision = weighting === "precision" ? invertDefinite(joint.covariance, k) : null;
  if (weighting === "precision" && precision === null) {
    throw new SurveyError(
      "matrix-singular",
      "the covariance of the waves is singular, so they cannot be weighed by precision: there are fewer clusters than waves; weigh them alike",
      { waves: k },
    );
  }
  const turned = transpose(x, k, width);
  const weighted = precision === null ? turned : multiply(turned, precision, width, k, k);
  const cross = invertDefinite(multiply(weighted, x, width, k, width), width);
  if (cross === null) throw new SurveyError("model-malformed", "two waves have the same time: give each wave its own", { waves: k });
  const all = multiply(cross, weighted, width, width, k);
  return Array.from(all.slice(degree * k), (weight) => weight / spread ** degree);
}

/**
 * The trend through estimates that belong to points in time: wave means, proportions, or anything with a joint covariance.
 * @param times one for each estimate, in any unit; the slope is per that unit.
 * @throws {@link SurveyError} `model-malformed` (fewer than two waves, times that are equal or too few), `matrix-singular`, `no-degrees-of-freedom`, `level-invalid`.
 */
export function trendOf(joint: JointEstimates, times: readonly number[], level: number, weighting: TrendWeighting): Trend {
  requireLevel(level);
  const k = joint.estimates.length;
  if (k < 2 || times.length !== k || new Set(times).size !== k || !times.every(Number.isFinite)) {
    throw new SurveyError(
      "model-malformed",
      `a trend needs two or more estimates with a different time each; here are ${k} estimates and the times ${times.join(", ")}`,
      { waves: k },
    );
  }
  const contrast = (name: string, degree: number): Contrast => ({ name, weights: polynomialWeights(joint, times, degree, weighting) });
  const [linear] = contrastRows(joint, [contrast("linear", 1)], level);
  const quadratic = k > 2 ? (contrastRows(joint, [contrast("quadratic", 2)], level)[0] ?? null) : null;
  if (linear === undefined) throw new SurveyError("model-malformed", "there is no line through these waves", { waves: k });
  const differences = Array.from({ length: k - 1 }, (_, i) => ({
    name: `${joint.names[i + 1]} - ${joint.names[i]}`,
    weights: Array.from({ length: k }, (_unused, j) => (j === i + 1 ? 1 : j === i ? -1 : 0)),
  }));
  // Divided differences over three neighbouring waves are zero together exactly when all lie on one line.
  const bends = Array.from({ length: k - 2 }, (_, i) => ({
    name: `bend at ${joint.names[i + 1]}`,
    weights: Array.from({ length: k }, (_unused, j) => {
      const [a = 0, b = 0, c = 0] = times.slice(i, i + 3);
      return j === i ? 1 / ((a - b) * (a - c)) : j === i + 1 ? 1 / ((b - a) * (b - c)) : j === i + 2 ? 1 / ((c - a) * (c - b)) : 0;
    }),
  }));
  return {
    waves: joint.names.map((name, i) => rowOf(name, joint.estimates[i] ?? 0, joint.covariance[i * k + i] ?? 0, joint.df, level, joint.dropped)),
    linear,
    quadratic,
    change: joint.df < differences.length ? null : jointTest(combine(joint, differences)),
    curvature: bends.length === 0 || joint.df < bends.length ? null : jointTest(combine(joint, bends)),
  };
}

/**
 * The trend of a mean over waves. Times are the waves' numbers when all are numbers (2022, 2024, …), else 0, 1, 2, ….
 * @throws {@link SurveyError} as {@link groupMeans} and {@link trendOf}.
 */
export function waveTrend(design: Design, values: Float64Array, wave: Column, level: number, weighting: TrendWeighting): Trend {
  const joint = groupMeans(design, values, wave);
  const numbers = joint.names.map(Number);
  return trendOf(joint, numbers.every(Number.isFinite) ? numbers : joint.names.map((_, i) => i), level, weighting);
}
