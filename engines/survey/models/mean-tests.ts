/** Design-based t-tests, as R's `svyttest`: whether a mean is zero, and whether two groups have the same mean. */
import { degreesOfFreedom, subset, type Design } from "#engines/survey/design/index.ts";
import { SurveyError } from "#engines/survey/errors.ts";
import { means, requireLevel } from "#engines/survey/statistics/index.ts";
import { coefficientRows, fitModel, rowOf, type CoefficientRow } from "./glm.ts";
import type { Column } from "#engines/survey/columns/column.ts";
import { asFactor } from "./variables.ts";

/**
 * Whether the mean of `values` is 0 (for a change: of the differences). Degrees of freedom: the design's less 1, as R.
 * @param values one per row of the design; NaN is left out.
 * @throws {@link SurveyError} `column-length`, `domain-empty`, `domain-degenerate` (all values equal), `no-degrees-of-freedom`, `level-invalid`.
 */
export function oneSampleTest(design: Design, values: Float64Array, level: number): CoefficientRow {
  requireLevel(level);
  if (values.length !== design.rows) {
    throw new SurveyError("column-length", `there are ${values.length} values and the design has ${design.rows} rows: give one for each row`, {
      rows: values.length,
    });
  }
  const domain = subset(
    design,
    Uint8Array.from(values, (value) => (Number.isFinite(value) ? 1 : 0)),
  );
  const found = means(domain, [Float64Array.from(values, (value) => (Number.isFinite(value) ? value : 0))]);
  const [estimate = 0] = found.estimates;
  if (values.every((value, row) => domain.weights[row] === 0 || Math.abs(value - estimate) <= 1e-14 * Math.abs(estimate))) {
    throw new SurveyError("domain-degenerate", `every value here is ${estimate}: there is no variance to test with`, { value: estimate });
  }
  return rowOf("mean", estimate, found.covariance[0] ?? 0, degreesOfFreedom(domain) - 1, level, found.dropped);
}

/**
 * Whether two groups have the same mean. The estimate is the mean of the second group less that of the first.
 * @param group two levels among the rows that have an answer.
 * @throws {@link SurveyError} `domain-degenerate` when there are not two groups, and as the model of `fitModel`.
 */
export function twoSampleTest(design: Design, values: Float64Array, group: Column, level: number): CoefficientRow {
  const frame = new Map<string, Column>([
    ["value", { kind: "number", values }],
    ["group", asFactor(group)],
  ]);
  const rows = coefficientRows(fitModel({ design, frame }, { formula: "value ~ group", family: "gaussian" }), level);
  const [, difference] = rows;
  if (difference === undefined || rows.length !== 2) {
    throw new SurveyError("domain-degenerate", `a t-test compares two groups; here are ${rows.length}: use a model for more`, { groups: rows.length });
  }
  return difference;
}
