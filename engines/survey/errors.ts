/** The one error class of this engine, so that callers can switch on a closed set of codes; any file here and any user of the engine may import it. */

/**
 * Every code a {@link SurveyError} can carry. Stable: commands, screens and tests switch on them. A code never changes meaning.
 *
 * - `csv-malformed`: the text is no CSV (RFC 4180); data: `line`, `column` where known. `csv-value`: a field is not the number its column needs.
 * - `column-unknown`, `column-kind`, `column-length`: a column that is asked for is not there, is of the wrong kind, has another number of rows. `value-missing`: it has missing values where none may be.
 * - `spec-malformed`: the request is not what the contract says; data: `path` into it. `formula-malformed`: a formula does not parse.
 * - `weight-invalid`: a weight is zero, negative, missing or infinite. `fpc-invalid`: population sizes that are neither all sizes nor all fractions, differ within a stratum, or are below the sample.
 * - `strata-not-nested`: a cluster lies in more than one stratum; say `nest` when cluster names repeat across strata.
 * - `lonely-psu`: a stratum with one primary sampling unit, and the design says to fail. `no-degrees-of-freedom`: nothing left to measure uncertainty with.
 * - `replicates-invalid`: replicate weights of the wrong number, scale or kind. `design-kind`: this is not done for this kind of design.
 * - `domain-empty`: nobody is in the group. `domain-degenerate`: all answers are equal, so this interval or model has no defined value.
 * - `level-invalid`, `probability-invalid`: outside (0, 1). `proportion-invalid`: not a column of zeros and ones.
 * - `denominator-zero`: a ratio or mean over a total of zero.
 * - `stratum-unknown`: the margins name a group the sample does not have, or lack one it has. `totals-impossible`: totals that contradict each other, are negative or have no solution.
 * - `calibration-diverged`: the iteration did not reach the totals. `bounds-invalid`: bounds that exclude 1 or are in the wrong order.
 * - `separation`: a group's answers are all the same, so that a coefficient would be infinite.
 * - `level-unknown` (a note): nobody in the whole table gave the answer that `equals` asks for. `rows-left-out` (a note): rows without an answer do not count in this line.
 * - `replicates-dropped` (a note): some replicates gave no value and were left out of the error, as R does with a warning.
 * - `not-converged`: a fit did not reach its tolerance. `matrix-singular`: a matrix that must be inverted cannot be. `model-malformed`: a model that cannot be fitted as asked.
 */
export const surveyErrorCodes = [
  "csv-malformed",
  "csv-value",
  "column-unknown",
  "column-kind",
  "column-length",
  "value-missing",
  "spec-malformed",
  "formula-malformed",
  "weight-invalid",
  "fpc-invalid",
  "strata-not-nested",
  "lonely-psu",
  "no-degrees-of-freedom",
  "replicates-invalid",
  "design-kind",
  "domain-empty",
  "domain-degenerate",
  "level-invalid",
  "probability-invalid",
  "proportion-invalid",
  "denominator-zero",
  "stratum-unknown",
  "totals-impossible",
  "calibration-diverged",
  "bounds-invalid",
  "separation",
  "not-converged",
  "matrix-singular",
  "model-malformed",
  "level-unknown",
  "rows-left-out",
  "replicates-dropped",
] as const;

/** One of the stable codes above. */
export type SurveyErrorCode = (typeof surveyErrorCodes)[number];

/** Facts beside the code: names of columns and groups, line and row numbers (from 1), counts. */
export type SurveyErrorData = Readonly<Record<string, string | number>>;

/** Anything this engine refuses. The message says what, where and how to mend it. */
export class SurveyError extends Error {
  override readonly name = "SurveyError";
  readonly code: SurveyErrorCode;
  readonly data: SurveyErrorData;

  /** @param code stable code; @param message what, where, how to mend it; @param data facts beside it. */
  constructor(code: SurveyErrorCode, message: string, data: SurveyErrorData = {}) {
    super(message);
    this.code = code;
    this.data = data;
  }
}
