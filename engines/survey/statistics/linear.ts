/** Means, totals, ratios and variances: everything that is a smooth function of weighted totals. As R's `svymean`, `svytotal`, `svyratio`, `svyvar`; scores after Woodruff (1971). */
import { type Design, covarianceOfThetas, covarianceOfTotals, replicateTotals } from "#engines/survey/design/index.ts";
import { SurveyError } from "#engines/survey/errors.ts";
import { type Estimates, requireAnswers, sizeOf } from "./estimates.ts";

/** How a design effect compares: against a simple random sample without replacement (R's `deff=TRUE`) or with (`"replace"`). */
export type DesignEffect = "without-replacement" | "with-replacement";

const ones = (rows: number): Float64Array => new Float64Array(rows).fill(1);

function weightedTotals(design: Design, columns: readonly Float64Array[]): Float64Array {
  return Float64Array.from(columns, (column) => {
    let sum = 0;
    for (let row = 0; row < design.rows; row++) {
      const weight = design.weights[row] ?? 0;
      if (weight !== 0) sum += weight * (column[row] ?? 0);
    }
    return sum;
  });
}

/**
 * Estimates that are functions of weighted totals.
 * @param columns whose totals are needed; @param value estimates from totals; @param scores linearised scores per row at the estimate.
 */
function fromTotals(
  design: Design,
  columns: readonly Float64Array[],
  value: (totals: Float64Array) => Float64Array,
  scores: (totals: Float64Array, estimates: Float64Array) => readonly Float64Array[],
): Estimates {
  const { n, population } = sizeOf(design);
  const totals = weightedTotals(design, columns);
  const estimates = value(totals);
  const spread =
    design.kind === "linearised"
      ? { covariance: covarianceOfTotals(design, scores(totals, estimates)), dropped: 0 }
      : covarianceOfThetas(design, replicateTotals(design, columns).map(value), design.mse ? estimates : null);
  return { estimates, ...spread, n, population };
}

const scored = (rows: number, score: (row: number) => number): Float64Array => {
  const column = new Float64Array(rows);
  for (let row = 0; row < rows; row++) column[row] = score(row);
  return column;
};

/**
 * Weighted means of columns, with their covariance.
 * @throws {@link SurveyError} `domain-empty`, `value-missing`, `lonely-psu`.
 */
export function means(design: Design, columns: readonly Float64Array[]): Estimates {
  requireAnswers(design, columns);
  return fromTotals(
    design,
    [ones(design.rows), ...columns],
    (totals) => totals.subarray(1).map((total) => total / (totals[0] ?? 0)),
    (totals, estimates) => columns.map((column, at) => scored(design.rows, (row) => ((column[row] ?? 0) - (estimates[at] ?? 0)) / (totals[0] ?? 1))),
  );
}

/** Weighted totals of columns, with their covariance. @throws as {@link means}. */
export function totals(design: Design, columns: readonly Float64Array[]): Estimates {
  requireAnswers(design, columns);
  return fromTotals(
    design,
    columns,
    (sums) => Float64Array.from(sums),
    () => columns,
  );
}

/** Residuals of a ratio: what its variance is the variance of. */
export const ratioResiduals = (numerator: Float64Array, denominator: Float64Array, ratio: number): Float64Array =>
  scored(numerator.length, (row) => (numerator[row] ?? 0) - ratio * (denominator[row] ?? 0));

/** Total of one column over total of another. @throws {@link SurveyError} `denominator-zero`, and as {@link means}. */
export function ratio(design: Design, numerator: Float64Array, denominator: Float64Array): Estimates {
  requireAnswers(design, [numerator, denominator]);
  sizeOf(design);
  const [, below = 0] = weightedTotals(design, [numerator, denominator]);
  if (below === 0) throw new SurveyError("denominator-zero", "the total of the denominator is zero in this group: there is no ratio");
  return fromTotals(
    design,
    [numerator, denominator],
    ([top = 0, bottom = 0]) => Float64Array.of(top / bottom),
    (_, [value = 0]) => [ratioResiduals(numerator, denominator, value).map((residual) => residual / below)],
  );
}

/**
 * Population variances and covariances of columns (divisor n - 1), row-major k x k, with the covariance of these k*k estimates.
 * @throws {@link SurveyError} `domain-degenerate` for a single row, and as {@link means}.
 */
export function variances(design: Design, columns: readonly Float64Array[]): Estimates {
  requireAnswers(design, columns);
  const { n } = sizeOf(design);
  if (n < 2) throw new SurveyError("domain-degenerate", "one row has no variance: the group needs at least two");
  const k = columns.length;
  const middle = weightedTotals(design, [ones(design.rows), ...columns]);
  const centred = columns.map((column, at) => scored(design.rows, (row) => (column[row] ?? 0) - (middle[at + 1] ?? 0) / (middle[0] ?? 1)));
  const products: Float64Array[] = [];
  for (let a = 0; a < k; a++) for (let b = 0; b < k; b++) products.push(scored(design.rows, (row) => (centred[a]?.[row] ?? 0) * (centred[b]?.[row] ?? 0)));
  const factor = n / (n - 1);
  return fromTotals(
    design,
    [ones(design.rows), ...centred, ...products],
    (sums) => {
      const weight = sums[0] ?? 0;
      const estimates = new Float64Array(k * k);
      for (let a = 0; a < k; a++)
        for (let b = 0; b < k; b++)
          estimates[a * k + b] = factor * ((sums[1 + k + a * k + b] ?? 0) / weight - ((sums[1 + a] ?? 0) / weight) * ((sums[1 + b] ?? 0) / weight));
      return estimates;
    },
    (sums, estimates) => products.map((product, at) => scored(design.rows, (row) => (factor * (product[row] ?? 0) - (estimates[at] ?? 0)) / (sums[0] ?? 1))),
  );
}

/**
 * Design effect of a mean or total: its variance over that of a simple random sample of as many people (Kish 1965, with divisor n - 1).
 * @param statistic of `column`; `se` is its standard error.
 * @returns null where it is not defined: one row, no variance, or more people in the sample than in the population.
 */
export function designEffect(
  design: Design,
  column: Float64Array,
  statistic: "mean" | "total",
  se: number,
  against: DesignEffect = "without-replacement",
): number | null {
  const { n, population } = sizeOf(design);
  if (n < 2) return null;
  let [sum, squares] = [0, 0];
  for (let row = 0; row < design.rows; row++) sum += design.weights[row] === 0 ? 0 : (design.weights[row] ?? 0) * (column[row] ?? 0);
  const mean = sum / population;
  for (let row = 0; row < design.rows; row++) squares += design.weights[row] === 0 ? 0 : (design.weights[row] ?? 0) * ((column[row] ?? 0) - mean) ** 2;
  const variance = ((squares / population) * n) / (n - 1);
  const unsampled = against === "with-replacement" ? 1 : (population - n) / population;
  if (unsampled < 0) return null;
  const simple = ((variance * unsampled) / n) * (statistic === "total" ? population ** 2 : 1);
  return simple > 0 ? (se * se) / simple : null;
}

/**
 * Means of one column in several groups of the same design, with the covariance between them: groups that share primary units (two waves of a panel) covary, and it is counted.
 * @param codes group of each row; -1 leaves a row out. Every group needs an answer.
 * @throws {@link SurveyError} `domain-empty`, and as {@link means}.
 */
export function groupMeans(design: Design, column: Float64Array, codes: Int32Array, count: number): Estimates {
  requireAnswers(design, [column]);
  const inside: Float64Array[] = [];
  const values: Float64Array[] = [];
  for (let group = 0; group < count; group++) {
    inside.push(scored(design.rows, (row) => (codes[row] === group ? 1 : 0)));
    values.push(scored(design.rows, (row) => (codes[row] === group && design.weights[row] !== 0 ? (column[row] ?? 0) : 0)));
  }
  const found = fromTotals(
    design,
    [...inside, ...values],
    (sums) => Float64Array.from({ length: count }, (_, group) => (sums[count + group] ?? 0) / (sums[group] ?? 0)),
    (sums, estimates) =>
      inside.map((own, group) => scored(design.rows, (row) => (own[row] === 1 ? ((column[row] ?? 0) - (estimates[group] ?? 0)) / (sums[group] ?? 1) : 0))),
  );
  if (found.estimates.some(Number.isNaN)) throw new SurveyError("domain-empty", "one of the groups to compare has nobody in it with an answer");
  return found;
}

/**
 * Linear contrasts of estimates, as R's `svycontrast`; what else comes with the estimates stays as it is.
 * @param lines k coefficients each.
 */
export function contrasts<T extends Pick<Estimates, "estimates" | "covariance">>(of: T, lines: readonly (readonly number[])[]): T {
  const k = of.estimates.length;
  const m = lines.length;
  const estimates = Float64Array.from(lines, (line) => line.reduce((sum, coefficient, at) => sum + coefficient * (of.estimates[at] ?? 0), 0));
  const covariance = new Float64Array(m * m);
  lines.forEach((left, i) =>
    lines.forEach((right, j) => {
      let sum = 0;
      for (let a = 0; a < k; a++) for (let b = 0; b < k; b++) sum += (left[a] ?? 0) * (right[b] ?? 0) * (of.covariance[a * k + b] ?? 0);
      covariance[i * m + j] = sum;
    }),
  );
  return { ...of, estimates, covariance };
}
