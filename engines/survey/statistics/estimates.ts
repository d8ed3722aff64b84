/** What every statistic gives, and how missing answers leave a design. The statistics room builds on this; models may. */
import { SurveyError, type SurveyErrorCode } from "#engines/survey/errors.ts";
import { student } from "#engines/survey/numerics/index.ts";
import { type Design, subset } from "#engines/survey/design/index.ts";

/** Estimates with their covariance. */
export interface Estimates {
  readonly estimates: Float64Array;
  /** k x k, row-major; its diagonal holds the squared standard errors. */
  readonly covariance: Float64Array;
  /** Rows that counted, unweighted. */
  readonly n: number;
  /** Sum of their weights. */
  readonly population: number;
  /** Replicates that gave no value and were left out; 0 for a linearised design. */
  readonly dropped: number;
}

/** Two ends, or null where the method has no value there; `note` says why. */
export interface Interval {
  readonly low: number | null;
  readonly high: number | null;
  readonly note: SurveyErrorCode | null;
  /** Replicates left out of it, where it needed some of its own. */
  readonly dropped?: number;
}

/** Standard error of estimate `at`; rounding below zero counts as zero. */
export function standardError({ covariance, estimates }: Pick<Estimates, "covariance" | "estimates">, at = 0): number {
  return Math.sqrt(Math.max(0, covariance[at * estimates.length + at] ?? 0));
}

/** How many rows have weight, and what they weigh. @throws {@link SurveyError} `domain-empty` */
export function sizeOf(design: Design): { readonly n: number; readonly population: number } {
  let [n, population] = [0, 0];
  for (const weight of design.weights)
    if (weight !== 0) {
      n++;
      population += weight;
    }
  if (n === 0) throw new SurveyError("domain-empty", "nobody is in this group with an answer: there is nothing to estimate");
  return { n, population };
}

/** The domain of rows that have a value in every column. */
export function withAnswers(design: Design, columns: readonly Float64Array[]): Design {
  let keep: Uint8Array | null = null;
  for (const column of columns)
    for (let row = 0; row < design.rows; row++)
      if (design.weights[row] !== 0 && Number.isNaN(column[row] ?? Number.NaN)) {
        keep ??= new Uint8Array(design.rows).fill(1);
        keep[row] = 0;
      }
  return keep === null ? design : subset(design, keep);
}

/** @throws {@link SurveyError} `value-missing` with the first row inside the domain that has no value, `column-length`. */
export function requireAnswers(design: Design, columns: readonly Float64Array[]): void {
  for (const column of columns) {
    if (column.length !== design.rows) throw new SurveyError("column-length", `a column has ${column.length} rows, the design ${design.rows}`);
    for (let row = 0; row < design.rows; row++)
      if (design.weights[row] !== 0 && !Number.isFinite(column[row] ?? Number.NaN))
        throw new SurveyError("value-missing", `row ${row + 1} has no answer: say what to do with missing answers, or leave the row out`, { row: row + 1 });
  }
}

/** @throws {@link SurveyError} `level-invalid` */
export function requireLevel(level: number): void {
  if (!(level > 0 && level < 1))
    throw new SurveyError("level-invalid", `the level ${level} is no confidence level: give one between 0 and 1, such as 0.95`, { level: String(level) });
}

/** Upper critical value of t with the design's degrees of freedom; null where there are none. */
export function critical(level: number, df: number): number | null {
  requireLevel(level);
  return df > 0 ? student.upperQuantile((1 - level) / 2, df) : null;
}

/** estimate ± t se. */
export function symmetricInterval(estimate: number, se: number, level: number, df: number): Interval {
  const t = critical(level, df);
  return t === null ? { low: null, high: null, note: "no-degrees-of-freedom" } : { low: estimate - t * se, high: estimate + t * se, note: null };
}
