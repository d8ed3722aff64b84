/** Design-based rank tests of Lumley and Scott (2013), as R's `svyranktest`: whether groups differ in where their answers lie, for answers that are only ordered. */
import type { Design } from "#engines/survey/design/index.ts";
import { SurveyError } from "#engines/survey/errors.ts";
import { fisher, inverseQuadratic, normal, student, submatrix } from "#engines/survey/numerics/index.ts";
import { degreesOfFreedom } from "#engines/survey/design/index.ts";
import { fitModel } from "./glm.ts";
import type { Column } from "#engines/survey/columns/column.ts";
import { asFactor, isMissing } from "./variables.ts";

/** How a rank becomes a score: the share below (Wilcoxon, Kruskal-Wallis), its normal quantile, or above or below the median. */
export type RankScore = "wilcoxon" | "KruskalWallis" | "vanderWaerden" | "median";

/** The outcome of a rank test. */
export interface RankTest {
  /** Difference in mean score of two groups; null with more. */
  readonly estimate: number | null;
  /** t with two groups; with more the Wald chi-square. */
  readonly statistic: number;
  /** 1 with two groups. */
  readonly numeratorDf: number;
  readonly denominatorDf: number;
  readonly p: number;
}

const scores: Readonly<Record<RankScore, (share: number) => number>> = {
  wilcoxon: (share) => share,
  KruskalWallis: (share) => share,
  vanderWaerden: (share) => normal.quantile(share),
  median: (share) => (share > 0.5 ? 1 : 0),
};

/** The estimated share of the population below each used answer, ties sharing the middle. Rows not used keep NaN. */
function populationShares(values: Float64Array, weights: Float64Array, used: readonly number[]): Float64Array {
  const order = [...used].sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const total = used.reduce((sum, row) => sum + (weights[row] ?? 0), 0);
  const shares = new Float64Array(values.length).fill(Number.NaN);
  let below = 0;
  for (let start = 0; start < order.length;) {
    // R averages the midpoints of tied rows, each row counting once.
    let end = start;
    let middles = 0;
    while (end < order.length && values[order[end] ?? 0] === values[order[start] ?? 0]) {
      const weight = weights[order[end] ?? 0] ?? 0;
      middles += below + weight / 2;
      below += weight;
      end += 1;
    }
    for (let place = start; place < end; place += 1) shares[order[place] ?? 0] = middles / (end - start) / total;
    start = end;
  }
  return shares;
}

/**
 * Compares groups by ranks. Two groups: t on the design's degrees of freedom less 1. More: F of the Wald chi-square, on the design's degrees of freedom less groups less 1.
 * @throws {@link SurveyError} `domain-empty`, `domain-degenerate` (one group, or all answers equal), `no-degrees-of-freedom`, `matrix-singular`.
 */
export function rankTest(design: Design, values: Float64Array, group: Column, score: RankScore): RankTest {
  const factor = asFactor(group);
  const used: number[] = [];
  for (let row = 0; row < design.rows; row += 1) {
    if (design.weights[row] !== 0 && Number.isFinite(values[row] ?? Number.NaN) && !isMissing(factor, row)) used.push(row);
  }
  if (used.length === 0) throw new SurveyError("domain-empty", "nobody with weight has both an answer and a group");
  const ranked = populationShares(values, design.weights, used).map((share) => (Number.isNaN(share) ? share : scores[score](share)));
  const frame = new Map<string, Column>([
    ["score", { kind: "number", values: ranked }],
    ["group", factor],
  ]);
  const model = fitModel({ design, frame }, { formula: "score ~ group", family: "gaussian" });
  const k = model.names.length;
  const effects = Array.from({ length: k - 1 }, (_, i) => i + 1);
  const covariance = submatrix(model.covariance, k, effects);
  const estimates = model.coefficients.slice(1);
  const df = degreesOfFreedom(model.data.design) - (k - 1);
  const quadratic = inverseQuadratic(covariance, estimates, k - 1);
  if (quadratic === null)
    throw new SurveyError("domain-degenerate", "the ranks have no sampling variance here: all answers are equal, or there are fewer clusters than groups");
  const [estimate = 0] = estimates;
  if (k === 2) {
    const t = estimate / Math.sqrt(covariance[0] ?? 0);
    return { estimate, statistic: t, numeratorDf: 1, denominatorDf: df, p: 2 * student.upper(Math.abs(t), df) };
  }
  return { estimate: null, statistic: quadratic, numeratorDf: k - 1, denominatorDf: df, p: fisher.upper(quadratic / (k - 1), k - 1, df) };
}
