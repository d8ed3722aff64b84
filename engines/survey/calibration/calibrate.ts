/** Calibrates a design, linearised or replicate: new weights, and what the variance must know of it. As R's `postStratify`, `rake`, `calibrate` and its `trim`. */
import { type CalibratedReplicates, type CalibrationResiduals, type Design, fillAll, type ReplicateLines } from "#engines/survey/design/index.ts";
import { SurveyError } from "#engines/survey/errors.ts";
import { type Bounds, calibrationFactors, checkBounds, type Distance } from "./distance.ts";
import { cellsOf, type Constraints, constraintsOf, type Margin, type MarginCells, samePopulation } from "./model.ts";

/** One calibration. */
export type Calibration =
  | { readonly type: "poststratify"; readonly margin: Margin & { readonly kind: "groups" } }
  | { readonly type: "rake"; readonly margins: readonly (Margin & { readonly kind: "groups" })[] }
  | {
      readonly type: Distance;
      readonly margins: readonly Margin[];
      /** Factors of the weights stay within; logit needs them. */
      readonly bounds?: Bounds;
      /** Afterwards, factors outside are cut off and what was cut is spread over the others. */
      readonly trim?: Bounds;
    };

/** Rounds of raking before it counts as not converging, and relative change that ends it. */
const RAKING_ROUNDS = 1000;
const RAKING_STILL = 1e-13;
/** Totals this near count as reached when the iteration cannot do better. */
const RAKING_REACHED = 1e-9;

/** Scales the weights of every group to its total. */
function scaleToTotals(weights: Float64Array, { codes, totals, name }: MarginCells): number {
  const sums = new Float64Array(totals.length);
  for (let row = 0; row < weights.length; row++) {
    const code = codes[row] ?? -1;
    if (code >= 0) sums[code] = (sums[code] ?? 0) + (weights[row] ?? 0);
  }
  let change = 0;
  const factors = totals.map((total, code) => {
    const sum = sums[code] ?? 0;
    if (total === 0) return 1;
    if (sum === 0)
      throw new SurveyError("calibration-diverged", `a group of ${JSON.stringify(name)} has no weight in one of the replicates: merge it with another group`, {
        margin: name,
      });
    change = Math.max(change, Math.abs(total / sum - 1));
    return total / sum;
  });
  for (let row = 0; row < weights.length; row++) weights[row] = (weights[row] ?? 0) * (factors[codes[row] ?? 0] ?? 1);
  return change;
}

/** @returns the weights after each margin of the last round. @throws {@link SurveyError} `calibration-diverged` */
function rakeInPlace(weights: Float64Array, margins: readonly MarginCells[]): readonly Float64Array[] {
  let after: Float64Array[] = [];
  let change = Number.POSITIVE_INFINITY;
  for (let round = 0; round < RAKING_ROUNDS; round++) {
    after = [];
    change = 0;
    for (const margin of margins) {
      change = Math.max(change, scaleToTotals(weights, margin));
      after.push(Float64Array.from(weights));
    }
    if (change < RAKING_STILL) return after;
  }
  if (change < RAKING_REACHED) return after;
  throw new SurveyError(
    "calibration-diverged",
    `raking does not settle on the margins (${margins.map(({ name }) => name).join(", ")}) after ${RAKING_ROUNDS} rounds: a combination of groups that is empty in the sample may stand in the way`,
  );
}

/** R's trimming: what is cut off goes to the others, in proportion to their weight. */
function trimmed(factors: Float64Array, weights: Float64Array, { lower, upper }: Bounds): void {
  let [cut, others] = [0, 0];
  for (let row = 0; row < factors.length; row++) {
    const g = factors[row] ?? 0;
    if (g < lower || g > upper) cut += (g - Math.min(Math.max(g, lower), upper)) * (weights[row] ?? 0);
    else others += weights[row] ?? 0;
  }
  if (others === 0) throw new SurveyError("bounds-invalid", `every weight would be trimmed to [${lower}, ${upper}]: nobody is left to carry what is cut off`);
  for (let row = 0; row < factors.length; row++) {
    const g = factors[row] ?? 0;
    factors[row] = g < lower ? lower : g > upper ? upper : g + cut / others;
  }
}

/** Orthonormal columns that span sqrt(w) x, for residuals. */
function basisOf({ columns }: Constraints, half: Float64Array): { basis: Float64Array; rank: number } {
  const rows = half.length;
  const basis = new Float64Array(columns.length * rows);
  let rank = 0;
  for (const column of columns) {
    const rest = column.map((value, row) => value * (half[row] ?? 0));
    for (let pass = 0; pass < 2; pass++)
      for (let at = 0; at < rank; at++) {
        let inner = 0;
        for (let row = 0; row < rows; row++) inner += (rest[row] ?? 0) * (basis[at * rows + row] ?? 0);
        for (let row = 0; row < rows; row++) rest[row] = (rest[row] ?? 0) - inner * (basis[at * rows + row] ?? 0);
      }
    const length = Math.sqrt(rest.reduce((sum, value) => sum + value * value, 0));
    if (length === 0) continue;
    for (let row = 0; row < rows; row++) basis[rank * rows + row] = (rest[row] ?? 0) / length;
    rank++;
  }
  return { basis: basis.subarray(0, rank * rows), rank };
}

/** How one column of weights is calibrated, and what the variance needs of doing it with the full weights. */
interface Plan {
  readonly calibrate: (weights: Float64Array) => void;
  readonly residuals: (before: Float64Array) => { readonly weights: Float64Array; readonly residuals: CalibrationResiduals };
}

function planOf(calibration: Calibration, full: Float64Array): Plan {
  switch (calibration.type) {
    case "poststratify": {
      const cells = cellsOf(calibration.margin, full);
      return {
        calibrate: (weights) => void scaleToTotals(weights, cells),
        residuals: (before) => {
          const weights = Float64Array.from(before);
          scaleToTotals(weights, cells);
          return { weights, residuals: { kind: "groups", groups: cells.codes, count: cells.totals.length, before, after: weights } };
        },
      };
    }
    case "rake": {
      const margins = calibration.margins.map((margin) => cellsOf(margin, full));
      if (margins.length === 0) throw new SurveyError("totals-impossible", "raking needs at least one margin with totals");
      samePopulation(margins);
      return {
        calibrate: (weights) => void rakeInPlace(weights, margins),
        residuals: (before) => {
          const weights = Float64Array.from(before);
          const after = rakeInPlace(weights, margins);
          return {
            weights,
            residuals: {
              kind: "margins",
              margins: margins.map(({ codes, totals }, at) => ({ groups: codes, count: totals.length, after: after[at] ?? weights })),
            },
          };
        },
      };
    }
    case "linear":
    case "raking":
    case "logit": {
      const constraints = constraintsOf(calibration.margins, full);
      const bounds = checkBounds(calibration.type, calibration.bounds ?? null);
      const factorsOf = (weights: Float64Array): Float64Array => {
        const factors = calibrationFactors(weights, constraints, calibration.type, bounds);
        if (calibration.trim !== undefined) trimmed(factors, weights, calibration.trim);
        return factors;
      };
      return {
        calibrate: (weights) => factorsOf(weights).forEach((factor, row) => (weights[row] = (weights[row] ?? 0) * factor)),
        residuals: (before) => {
          const factors = factorsOf(before);
          const half = before.map(Math.sqrt);
          return {
            weights: before.map((weight, row) => weight * (factors[row] ?? 1)),
            residuals: { kind: "regression", ...basisOf(constraints, half), scale: half.map((root, row) => root * (factors[row] ?? 1)) },
          };
        },
      };
    }
  }
}

/** Most cells of calibrated replicate weights that are kept; beyond it they are made again for each statistic. */
const MOST_KEPT = 2e7;

function keptReplicates(
  calibrated: CalibratedReplicates,
  rows: number,
  fill: (replicate: number, into: Float64Array) => void,
): CalibratedReplicates | ReplicateLines {
  const { replicates } = calibrated;
  if (rows * replicates > MOST_KEPT) return calibrated;
  const factors = new Float64Array(rows * replicates);
  const column = new Float64Array(rows);
  for (let replicate = 0; replicate < replicates; replicate++) {
    fill(replicate, column);
    for (let row = 0; row < rows; row++) factors[row * replicates + replicate] = column[row] ?? 0;
  }
  return { kind: "lines", replicates, index: new Int32Array(rows).map((_, row) => row), factors, base: new Float64Array(rows).fill(1) };
}

/**
 * The design with calibrated weights. Calibrate before restricting to a domain.
 * @throws {@link SurveyError} `stratum-unknown`, `totals-impossible`, `calibration-diverged`, `bounds-invalid`, `value-missing`; never a half-calibrated design.
 */
export function calibrate(design: Design, calibration: Calibration): Design {
  const plan = planOf(calibration, design.weights);
  if (design.kind === "linearised") {
    const { weights, residuals } = plan.residuals(design.weights);
    return { ...design, weights, calibrations: [...design.calibrations, residuals] };
  }
  const weights = Float64Array.from(design.weights);
  plan.calibrate(weights);
  const calibrated: CalibratedReplicates = {
    kind: "calibrated",
    replicates: design.replicates.replicates,
    source: design.replicates,
    calibrate: plan.calibrate,
  };
  const replicates = keptReplicates(calibrated, design.rows, (replicate, into) => fillAll(calibrated, replicate, into));
  return { ...design, weights, replicates, degreesOfFreedom: null };
}
