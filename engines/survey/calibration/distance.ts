/** Calibration by a distance (Deville and Särndal 1992): weights as near to the given ones as the totals allow, by Newton's method, as R's `calibrate`. Called by calibrate.ts only. */
import { SurveyError } from "#engines/survey/errors.ts";
import { solve } from "#engines/survey/numerics/index.ts";
import type { Constraints } from "./model.ts";

/** Which distance; linear is the GREG estimator. */
export type Distance = "linear" | "raking" | "logit";

/** Factors of weights stay within these. */
export interface Bounds {
  readonly lower: number;
  readonly upper: number;
}

/** Relative misfit of every total that counts as reached. */
const REACHED = 1e-11;
/** Misfit that still counts when rounding allows no better. */
const GOOD_ENOUGH = 1e-7;
const ROUNDS = 200;

/** The factor at u and its slope. */
function factorAt(distance: Distance, u: number, { lower, upper }: Bounds): { g: number; slope: number } {
  switch (distance) {
    case "linear": {
      const g = Math.min(Math.max(u + 1, lower), upper);
      return { g, slope: u < upper - 1 && u > lower - 1 ? 1 : 0 };
    }
    case "raking": {
      const g = Math.min(Math.max(Math.exp(u), lower), upper);
      return { g, slope: g > lower && g < upper ? Math.exp(u) : 0 };
    }
    case "logit": {
      const a = (upper - lower) / ((upper - 1) * (1 - lower));
      // Written so that neither end overflows.
      const share = 1 / (1 + ((upper - 1) / (1 - lower)) * Math.exp(-a * u));
      return { g: lower + (upper - lower) * share, slope: (upper - lower) * a * share * (1 - share) };
    }
  }
}

/** @throws {@link SurveyError} `bounds-invalid` */
export function checkBounds(distance: Distance, bounds: Bounds | null): Bounds {
  if (bounds === null) {
    if (distance === "logit") throw new SurveyError("bounds-invalid", "logit calibration needs bounds around 1, such as [0.5, 2]");
    return { lower: distance === "raking" ? 0 : Number.NEGATIVE_INFINITY, upper: Number.POSITIVE_INFINITY };
  }
  const { lower, upper } = bounds;
  if (!(lower < 1 && upper > 1) || (distance === "logit" && !(Number.isFinite(lower) && Number.isFinite(upper))))
    throw new SurveyError(
      "bounds-invalid",
      `bounds [${lower}, ${upper}] must have 1 strictly between them${distance === "logit" ? " and be finite" : ""}: they bound what each weight is multiplied with`,
    );
  return bounds;
}

/**
 * Factors that make weights reach the totals.
 * @throws {@link SurveyError} `calibration-diverged` when they are not reached, naming the total that is furthest off; `matrix-singular`.
 */
export function calibrationFactors(weights: Float64Array, { names, columns, totals }: Constraints, distance: Distance, bounds: Bounds): Float64Array {
  const rows = weights.length;
  const k = columns.length;
  const eta = new Float64Array(k);
  const u = new Float64Array(rows);
  const g = new Float64Array(rows);
  const slope = new Float64Array(rows);
  const apply = (): void => {
    u.fill(0);
    columns.forEach((column, a) => {
      const coefficient = eta[a] ?? 0;
      if (coefficient !== 0) for (let row = 0; row < rows; row++) u[row] = (u[row] ?? 0) + coefficient * (column[row] ?? 0);
    });
    for (let row = 0; row < rows; row++) {
      const at = factorAt(distance, u[row] ?? 0, bounds);
      g[row] = at.g;
      slope[row] = at.slope;
    }
  };
  const misfit = (): Float64Array =>
    Float64Array.from(columns, (column, a) => {
      let sum = 0;
      for (let row = 0; row < rows; row++) if (weights[row] !== 0) sum += (weights[row] ?? 0) * (g[row] ?? 0) * (column[row] ?? 0);
      return (totals[a] ?? 0) - sum;
    });
  const worst = (left: Float64Array): number => left.reduce((most, value, a) => Math.max(most, Math.abs(value) / (1 + Math.abs(totals[a] ?? 0))), 0);
  apply();
  let left = misfit();
  let before = worst(left);
  for (let round = 0; round < ROUNDS && !(before <= REACHED); round++) {
    const step = newtonStep(weights, columns, slope, left);
    if (step === null) break;
    const from = Float64Array.from(eta);
    let part = 1;
    let now = Number.NaN;
    for (let halving = 0; halving < 40; halving++) {
      for (let a = 0; a < k; a++) eta[a] = (from[a] ?? 0) + part * (step[a] ?? 0);
      apply();
      left = misfit();
      now = worst(left);
      // Newton may overshoot far from the answer; near it, a full step is always better.
      if (now < before || (halving === 0 && distance === "linear" && Number.isFinite(now))) break;
      part /= 2;
    }
    if (!(now < before)) {
      before = Math.min(now, before);
      if (!(now <= GOOD_ENOUGH)) break;
      return g;
    }
    before = now;
  }
  if (before <= GOOD_ENOUGH) return g;
  const at = left.reduce(
    (most, value, a) => (Math.abs(value) / (1 + Math.abs(totals[a] ?? 0)) > Math.abs(left[most] ?? 0) / (1 + Math.abs(totals[most] ?? 0)) ? a : most),
    0,
  );
  throw new SurveyError(
    "calibration-diverged",
    `the weights do not reach the totals: ${JSON.stringify(names[at] ?? "")} comes to ${(totals[at] ?? 0) - (left[at] ?? 0)} where ${totals[at]} is asked; widen the bounds, merge groups or check the totals`,
    { margin: names[at] ?? "", misfit: before },
  );
}

/** Solves (X' W slope X) step = misfit; null when that cannot be solved. */
function newtonStep(weights: Float64Array, columns: readonly Float64Array[], slope: Float64Array, left: Float64Array): Float64Array | null {
  const k = columns.length;
  const matrix = new Float64Array(k * k);
  columns.forEach((first, a) =>
    columns.slice(a).forEach((second, offset) => {
      let sum = 0;
      for (let row = 0; row < weights.length; row++)
        if (weights[row] !== 0) sum += (weights[row] ?? 0) * (slope[row] ?? 0) * (first[row] ?? 0) * (second[row] ?? 0);
      matrix[a * k + a + offset] = sum;
      matrix[(a + offset) * k + a] = sum;
    }),
  );
  // Columns of different size (people, euros) are brought to one scale first.
  const size = Float64Array.from({ length: k }, (_, a) => Math.sqrt(matrix[a * k + a] ?? 0) || 1);
  for (let a = 0; a < k; a++) for (let b = 0; b < k; b++) matrix[a * k + b] = (matrix[a * k + b] ?? 0) / ((size[a] ?? 1) * (size[b] ?? 1));
  const solved = solve(
    matrix,
    left.map((value, a) => value / (size[a] ?? 1)),
    k,
    1,
  );
  return solved === null ? null : solved.map((value, a) => value / (size[a] ?? 1));
}
