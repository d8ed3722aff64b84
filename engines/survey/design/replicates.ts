/** Makes replicate designs: from columns somebody else computed, or from a linearised design. Meaning of every part as in R's `svrepdesign` and `as.svrepdesign`. */
import { SurveyError } from "#engines/survey/errors.ts";
import type { LinearisedDesign, ReplicateDesign, ReplicateType, Stage } from "./design.ts";
import { hadamard } from "./hadamard.ts";
import { checkWeights } from "./make.ts";

/** Replicate weights as they are published beside data. */
export interface GivenReplicates {
  readonly type: ReplicateType;
  /** One column per replicate, one value per row, none negative. */
  readonly columns: readonly Float64Array[];
  /** Sampling weights; left out: one, which only fits columns that are not combined. */
  readonly weights?: Float64Array;
  /** Whether the columns are whole weights (default) or factors of the sampling weights. */
  readonly combined?: boolean;
  /** Left out: 1/R (BRR), 1/(R (1-rho)^2) (Fay), 1/(R-1) (bootstrap), (R-1)/R (JK1), 1 (JKn, other). BRR and Fay take no other. */
  readonly scale?: number;
  /** One for all, or one per replicate; left out: one. JKn needs them. */
  readonly rscales?: number | readonly number[];
  /** Fay's coefficient. */
  readonly rho?: number;
  /** Deviations from the estimate itself; default from the mean of the replicates. */
  readonly mse?: boolean;
}

const wrong = (message: string): SurveyError => new SurveyError("replicates-invalid", message);

function scaleOf(given: GivenReplicates): number {
  const count = given.columns.length;
  const { rho = null } = given;
  switch (given.type) {
    case "BRR":
      return 1 / count;
    case "Fay":
      if (rho === null || !(rho >= 0 && rho < 1)) throw wrong(`Fay's method needs rho, at least 0 and below 1${rho === null ? "" : `, not ${rho}`}`);
      return 1 / (count * (1 - rho) ** 2);
    case "bootstrap":
      return given.scale ?? 1 / (count - 1);
    case "JK1":
      return given.scale ?? (count - 1) / count;
    case "JKn":
    case "other":
      return given.scale ?? 1;
  }
}

function rscalesOf(given: GivenReplicates): Float64Array {
  const count = given.columns.length;
  const { rscales } = given;
  if (rscales === undefined) {
    if (given.type === "JKn") throw wrong("JKn needs rscales: (n-1)/n of the stratum each replicate left a unit out of");
    return new Float64Array(count).fill(1);
  }
  if (typeof rscales !== "number" && rscales.length !== count && rscales.length !== 1)
    throw wrong(`there are ${rscales.length} rscales and ${count} replicates: give one for each, or one for all`);
  const all = typeof rscales === "number" ? [rscales] : rscales;
  const result = Float64Array.from({ length: count }, (_, at) => all[all.length === 1 ? 0 : at] ?? Number.NaN);
  if (!result.every((value) => value >= 0 && Number.isFinite(value))) throw wrong("rscales must be numbers of at least 0");
  return result;
}

/**
 * A design of given replicate weights.
 * @throws {@link SurveyError} `replicates-invalid`, `weight-invalid`, `column-length`.
 */
export function givenReplicates(rows: number, given: GivenReplicates): ReplicateDesign {
  const { columns, combined = true, mse = false } = given;
  const count = columns.length;
  if (count < 2) throw wrong(`${count} columns of replicate weights give no variance: at least two are needed`);
  if (given.weights === undefined && combined)
    throw wrong('combined replicate weights need the sampling weights beside them: name the column in weights, or say "combined": false');
  const weights = given.weights ?? new Float64Array(rows).fill(1);
  if (weights.length !== rows) throw new SurveyError("column-length", `there are ${weights.length} weights and ${rows} rows`);
  checkWeights(weights);
  const factors = new Float64Array(rows * count);
  columns.forEach((column, replicate) => {
    if (column.length !== rows)
      throw new SurveyError("column-length", `replicate ${replicate + 1} has ${column.length} rows, the data ${rows}`, { replicate: replicate + 1 });
    for (let row = 0; row < rows; row++) {
      const value = column[row] ?? Number.NaN;
      if (!Number.isFinite(value))
        throw new SurveyError("replicates-invalid", `replicate ${replicate + 1} has no weight in row ${row + 1}`, { replicate: replicate + 1, row: row + 1 });
      factors[row * count + replicate] = value;
    }
  });
  const scale = scaleOf(given);
  if (!(scale > 0) || !Number.isFinite(scale)) throw wrong(`the scale ${scale} must be a number above 0`);
  return {
    kind: "replicate",
    rows,
    weights,
    replicates: {
      kind: "lines",
      replicates: count,
      index: new Int32Array(rows).map((_, row) => row),
      factors,
      base: combined ? new Float64Array(rows).fill(1) : weights,
    },
    type: given.type,
    scale,
    rscales: rscalesOf(given),
    mse,
    degreesOfFreedom: null,
  };
}

/** Which replicates to make of a design. */
export type ReplicatesToMake =
  | { readonly type: "JK1" | "JKn" | "BRR"; readonly mse?: boolean }
  | { readonly type: "Fay"; readonly rho: number; readonly mse?: boolean }
  /** `subbootstrap` (default): n-1 of n units, no finite population; `canty-davison`: n of the population. */
  | {
      readonly type: "bootstrap";
      readonly method?: "subbootstrap" | "canty-davison";
      readonly replicates?: number;
      readonly seed?: number;
      readonly mse?: boolean;
    };

/** Units of each stratum of the first stage. */
function unitsOf(stage: Stage): { units: Int32Array; start: Int32Array } {
  const strata = stage.drawn.length;
  const start = new Int32Array(strata + 1);
  for (const stratum of stage.clusterStratum) start[stratum + 1] = (start[stratum + 1] ?? 0) + 1;
  for (let stratum = 0; stratum < strata; stratum++) start[stratum + 1] = (start[stratum + 1] ?? 0) + (start[stratum] ?? 0);
  const next = Int32Array.from(start);
  const units = new Int32Array(stage.clusterStratum.length);
  stage.clusterStratum.forEach((stratum, unit) => {
    units[next[stratum] ?? 0] = unit;
    next[stratum] = (next[stratum] ?? 0) + 1;
  });
  return { units, start };
}

const unsampled = (stage: Stage, stratum: number): number => {
  const population = stage.population?.[stratum] ?? Number.POSITIVE_INFINITY;
  return population === Number.POSITIVE_INFINITY ? 1 : (population - (stage.drawn[stratum] ?? 0)) / population;
};

const lonely = (stage: Stage, stratum: number): SurveyError =>
  new SurveyError(
    "lonely-psu",
    `stratum ${JSON.stringify(stage.stratumNames[stratum] ?? "")} has one sampling unit: it cannot be replicated; choose lonelyPsu "remove", "certainty", "adjust" or "average", or merge the stratum`,
    {
      stratum: stage.stratumNames[stratum] ?? "",
    },
  );

/** One unit left out at a time. */
function jackknife(design: LinearisedDesign, stage: Stage): { factors: Float64Array; rscales: Float64Array; scale: number } {
  const { units, start } = unitsOf(stage);
  const strata = start.length - 1;
  const lines: { stratum: number; unit: number; adjust: boolean }[] = [];
  const present = Array.from({ length: strata }, (_, stratum) => stratum).filter((stratum) => (stage.drawn[stratum] ?? 0) > 0);
  for (const stratum of present) {
    const size = stage.drawn[stratum] ?? 0;
    if (unsampled(stage, stratum) === 0) continue;
    if (size === 1 && design.lonelyPsu === "fail") throw lonely(stage, stratum);
    if (size === 1 && design.lonelyPsu !== "adjust") continue;
    for (let at = start[stratum] ?? 0; at < (start[stratum + 1] ?? 0); at++) lines.push({ stratum, unit: units[at] ?? 0, adjust: size === 1 });
  }
  const count = lines.length;
  if (count < 2) throw wrong("there is nothing to leave out: every stratum was taken in full or has one unit");
  const factors = new Float64Array(units.length * count).fill(1);
  const rscales = new Float64Array(count);
  lines.forEach(({ stratum, unit, adjust }, replicate) => {
    const size = stage.drawn[stratum] ?? 0;
    if (adjust) {
      // A lonely unit: the other strata take its place.
      for (let other = 0; other < units.length; other++) factors[other * count + replicate] = present.length / (present.length - 1);
      rscales[replicate] = (present.length - 1) / present.length;
    } else {
      for (let at = start[stratum] ?? 0; at < (start[stratum + 1] ?? 0); at++) factors[(units[at] ?? 0) * count + replicate] = size / (size - 1);
      rscales[replicate] = (unsampled(stage, stratum) * (size - 1)) / size;
    }
    factors[unit * count + replicate] = 0;
  });
  return { factors, rscales, scale: design.lonelyPsu === "average" ? units.length / count : 1 };
}

/** Half samples balanced by a Hadamard matrix; strata of more than two units are split into pairs in order. */
function halfSamples(stage: Stage, rho: number): Float64Array {
  const { units, start } = unitsOf(stage);
  const pair = new Int32Array(units.length);
  const side = new Uint8Array(units.length);
  let pairs = 0;
  for (let stratum = 0; stratum + 1 < start.length; stratum++) {
    const [from = 0, to = 0] = [start[stratum], start[stratum + 1]];
    if (to - from === 1) throw lonely(stage, stratum);
    if ((to - from) % 2 === 1)
      throw wrong(`stratum ${JSON.stringify(stage.stratumNames[stratum] ?? "")} has ${to - from} units: balanced half samples need an even number`);
    for (let at = from; at < to; at++) {
      const unit = units[at] ?? 0;
      pair[unit] = pairs + Math.floor((at - from) / 2);
      side[unit] = (at - from) % 2;
    }
    pairs += (to - from) / 2;
  }
  const matrix = hadamard(pairs + 1);
  const count = matrix.length;
  const factors = new Float64Array(units.length * count);
  for (let unit = 0; unit < units.length; unit++)
    for (let replicate = 0; replicate < count; replicate++) {
      const chosen = (matrix[replicate]?.[(pair[unit] ?? 0) + 1] ?? 1) === 1 ? 0 : 1;
      factors[unit * count + replicate] = chosen === side[unit] ? 2 - rho : rho;
    }
  return factors;
}

/**
 * A replicate design made of how the sample was drawn; later stages and their populations are left out, as replicates are of first-stage units.
 * @throws {@link SurveyError} `replicates-invalid`, `lonely-psu`, `design-kind` for a design that is calibrated already (calibrate the replicates instead).
 */
export function makeReplicates(design: LinearisedDesign, make: ReplicatesToMake): ReplicateDesign {
  const [stage] = design.stages;
  if (stage === undefined) throw wrong("the design has no stage");
  if (design.calibrations.length > 0)
    throw new SurveyError("design-kind", "make replicates before calibrating, so that each replicate is calibrated by itself");
  const common = { kind: "replicate" as const, rows: design.rows, weights: design.weights, mse: make.mse ?? false, degreesOfFreedom: null };
  const lines = (factors: Float64Array) => {
    const replicates = factors.length / stage.clusterStratum.length;
    return { kind: "lines" as const, replicates, index: stage.clusters, factors, base: design.weights };
  };
  const strata = stage.drawn.filter((drawn) => drawn > 0).length;
  switch (make.type) {
    case "JK1": {
      if (strata > 1) throw wrong("JK1 is for designs without strata: use JKn");
      const { factors, rscales } = jackknife(design, stage);
      return { ...common, type: "JK1", replicates: lines(factors), scale: rscales[0] ?? 1, rscales: rscales.fill(1) };
    }
    case "JKn": {
      const { factors, rscales, scale } = jackknife(design, stage);
      return { ...common, type: "JKn", replicates: lines(factors), scale, rscales };
    }
    case "BRR":
    case "Fay": {
      const rho = make.type === "Fay" ? make.rho : 0;
      if (!(rho >= 0 && rho < 1)) throw wrong(`Fay's rho must be at least 0 and below 1, not ${rho}`);
      const replicates = lines(halfSamples(stage, rho));
      return {
        ...common,
        type: make.type,
        replicates,
        scale: 1 / (replicates.replicates * (1 - rho) ** 2),
        rscales: new Float64Array(replicates.replicates).fill(1),
      };
    }
    case "bootstrap": {
      const count = make.replicates ?? 500;
      if (!(Number.isInteger(count) && count >= 2)) throw wrong(`${count} replicates cannot be made: give a whole number of at least 2`);
      const { units, start } = unitsOf(stage);
      const canty = make.method === "canty-davison";
      // A stratum of one unit that is all there is of it has nothing to be uncertain about.
      if (design.lonelyPsu === "fail")
        stage.drawn.forEach((drawn, stratum) => {
          if (drawn === 1 && !(canty && unsampled(stage, stratum) === 0)) throw lonely(stage, stratum);
        });
      let inverse = 0;
      for (const drawn of stage.drawn) if (drawn > 0) inverse += 1 / drawn;
      const perStratum = strata / inverse;
      if (canty && !(perStratum > 1)) throw wrong("every stratum has one unit: there is nothing to draw again");
      return {
        ...common,
        type: "bootstrap",
        replicates: {
          kind: "drawn",
          replicates: count,
          method: canty ? "population" : "with-replacement-less-one",
          seed: make.seed ?? 1,
          clusters: stage.clusters,
          units,
          start,
          population: canty ? stage.population : null,
          base: design.weights,
        },
        scale: canty ? perStratum / ((perStratum - 1) * (count - 1)) : 1 / (count - 1),
        rscales: new Float64Array(count).fill(1),
      };
    }
  }
}
