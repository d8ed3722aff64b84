/** What a calibrated design's scores keep after calibration: residuals on the auxiliary variables, as Deville and Särndal (1992) and R's `svyrecvar`. Called by covariance.ts only. */
import type { CalibrationResiduals } from "./design.ts";

/** Rounds over the margins of a raking, as many as R does. */
const RAKING_ROUNDS = 10;

/** Takes the mean of x/after in each group away; weighted by `before`, or plain. */
function withoutMeans(x: Float64Array, groups: Int32Array, count: number, after: Float64Array, before: Float64Array | null): void {
  const sums = new Float64Array(count);
  const weights = new Float64Array(count);
  for (let row = 0; row < x.length; row++) {
    const group = groups[row] ?? 0;
    const scale = after[row] ?? 0;
    const weight = before === null ? 1 : (before[row] ?? 0);
    if (scale !== 0) sums[group] = (sums[group] ?? 0) + (weight * (x[row] ?? 0)) / scale;
    weights[group] = (weights[group] ?? 0) + weight;
  }
  for (let row = 0; row < x.length; row++) {
    const group = groups[row] ?? 0;
    const weight = weights[group] ?? 0;
    if (weight !== 0) x[row] = (x[row] ?? 0) - ((sums[group] ?? 0) / weight) * (after[row] ?? 0);
  }
}

function withoutRegression(x: Float64Array, basis: Float64Array, rank: number, scale: Float64Array): void {
  const rows = x.length;
  for (let row = 0; row < rows; row++) x[row] = scale[row] === 0 ? 0 : (x[row] ?? 0) / (scale[row] ?? 1);
  for (let column = 0; column < rank; column++) {
    const at = column * rows;
    let inner = 0;
    for (let row = 0; row < rows; row++) inner += (basis[at + row] ?? 0) * (x[row] ?? 0);
    for (let row = 0; row < rows; row++) x[row] = (x[row] ?? 0) - inner * (basis[at + row] ?? 0);
  }
  for (let row = 0; row < rows; row++) x[row] = (x[row] ?? 0) * (scale[row] ?? 0);
}

/** @param column weighted scores, changed in place. @returns the same column. */
export function residuals(column: Float64Array, calibrations: readonly CalibrationResiduals[]): Float64Array {
  for (const calibration of calibrations)
    switch (calibration.kind) {
      case "groups":
        withoutMeans(column, calibration.groups, calibration.count, calibration.after, calibration.before);
        break;
      case "margins":
        for (let round = 0; round < RAKING_ROUNDS; round++)
          for (const margin of calibration.margins) withoutMeans(column, margin.groups, margin.count, margin.after, null);
        break;
      case "regression":
        withoutRegression(column, calibration.basis, calibration.rank, calibration.scale);
        break;
    }
  return column;
}
