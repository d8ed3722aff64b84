/**
 * The covariance of weighted totals, which is all that design-based inference needs: a statistic is linearised to scores per row, and the scores come here.
 * Called by the statistics and models rooms. Follows Cochran (1977), ch. 11 for multistage sampling without replacement, as R's `svyrecvar` computes it.
 */
import { SurveyError } from "#engines/survey/errors.ts";
import { residuals } from "./residuals.ts";
import type { Design, LinearisedDesign, ReplicateDesign, Stage } from "./design.ts";
import { fillReplicate, replicateTotals } from "./replicate-weights.ts";
import { rankOf } from "./rank.ts";

/** Below this share of the population not drawn a stratum counts as taken in full, as in R. */
const SELF_REPRESENTING = 1e-7;

/** (1 - n/N) n/(n-1) of one stratum; without the last factor when n = 1. */
function strataScale(stage: Stage, stratum: number): number {
  const drawn = stage.drawn[stratum] ?? 0;
  const population = stage.population?.[stratum] ?? Number.POSITIVE_INFINITY;
  const unsampled = population === Number.POSITIVE_INFINITY ? 1 : (population - drawn) / population;
  if (unsampled < SELF_REPRESENTING) return 0;
  return drawn > 1 ? (unsampled * drawn) / (drawn - 1) : unsampled;
}

/** Which strata have a row with weight: the others are not part of this domain. */
function presentStrata(stage: Stage, design: LinearisedDesign): Uint8Array {
  const present = new Uint8Array(stage.drawn.length);
  const whole = design.calibrations.length > 0;
  for (let row = 0; row < design.rows; row++) if (whole || design.weights[row] !== 0) present[stage.strata[row] ?? 0] = 1;
  return present;
}

/** Sampled share of the stages before, per stratum of this stage: the share of this stage's variance that counts (Cochran 11.21). */
function sharesBefore(design: LinearisedDesign, depth: number): Float64Array {
  const stage = design.stages[depth];
  if (stage === undefined) return new Float64Array(0);
  const shares = new Float64Array(stage.drawn.length).fill(1);
  const first = new Int32Array(stage.drawn.length).fill(-1);
  for (let row = 0; row < design.rows; row++) {
    const stratum = stage.strata[row] ?? 0;
    if (first[stratum] === -1) first[stratum] = row;
  }
  for (let at = 0; at < depth; at++) {
    const before = design.stages[at];
    if (before === undefined || before.population === null) continue;
    for (let stratum = 0; stratum < shares.length; stratum++) {
      const upper = before.strata[first[stratum] ?? 0] ?? 0;
      shares[stratum] = (shares[stratum] ?? 0) * ((before.drawn[upper] ?? 0) / (before.population[upper] ?? Number.POSITIVE_INFINITY));
    }
  }
  return shares;
}

/** The cluster of the stage before in which each stratum lies; of the first stage all lie together. */
function clusterAbove(design: LinearisedDesign, depth: number, strata: number): Int32Array {
  const [stage, before] = [design.stages[depth], depth === 0 ? undefined : design.stages[depth - 1]];
  const upper = new Int32Array(strata);
  if (stage !== undefined && before !== undefined) for (let row = 0; row < design.rows; row++) upper[stage.strata[row] ?? 0] = before.clusters[row] ?? 0;
  return upper;
}

/** Which strata are averaged over instead of added (`average`), grouped by the cluster of the stage before. */
function averageFactors(design: LinearisedDesign, depth: number, lost: Uint8Array, present: Uint8Array): Float64Array {
  const stage = design.stages[depth];
  const factors = new Float64Array(present.length).fill(1);
  if (stage === undefined) return factors;
  const upper = clusterAbove(design, depth, present.length);
  const all = new Map<number, number>();
  const kept = new Map<number, number>();
  for (let stratum = 0; stratum < present.length; stratum++) {
    if (present[stratum] === 0) continue;
    const group = upper[stratum] ?? 0;
    all.set(group, (all.get(group) ?? 0) + 1);
    if (lost[stratum] === 0) kept.set(group, (kept.get(group) ?? 0) + 1);
  }
  for (let stratum = 0; stratum < present.length; stratum++) {
    const group = upper[stratum] ?? 0;
    const count = kept.get(group) ?? 0;
    if (present[stratum] !== 0 && count === 0) throw noOthers(stage, stratum, depth);
    factors[stratum] = count === 0 ? 1 : (all.get(group) ?? 0) / count;
  }
  return factors;
}

const lonely = (stage: Stage, stratum: number, depth: number, more: string): SurveyError =>
  new SurveyError(
    "lonely-psu",
    `stratum ${JSON.stringify(stage.stratumNames[stratum] ?? String(stratum + 1))} has one sampling unit at stage ${depth + 1} ${more}: choose lonelyPsu "remove", "certainty", "adjust" or "average", or merge the stratum`,
    { stratum: stage.stratumNames[stratum] ?? String(stratum + 1), stage: depth + 1 },
  );

/** Nothing is wrong with the design: this domain has no stratum whose variance could stand in. */
const noOthers = (stage: Stage, stratum: number, depth: number): SurveyError =>
  new SurveyError(
    "no-degrees-of-freedom",
    `stratum ${JSON.stringify(stage.stratumNames[stratum] ?? String(stratum + 1))} has one sampling unit at stage ${depth + 1} and there is no other stratum here to take the average from: join it with other groups, or merge the stratum`,
    { stratum: stage.stratumNames[stratum] ?? String(stratum + 1), stage: depth + 1 },
  );

/** How each stratum of a stage counts: its scale, and what its totals are measured from. */
interface StageRule {
  readonly scale: Float64Array;
  /** 1: from the mean of all units, not of its own stratum (`adjust` of a lonely unit). */
  readonly fromAll: Uint8Array;
  readonly present: Uint8Array;
}

function stageRule(design: LinearisedDesign, depth: number): StageRule | null {
  const stage = design.stages[depth];
  if (stage === undefined) return null;
  const present = presentStrata(stage, design);
  const shares = sharesBefore(design, depth);
  const scale = new Float64Array(present.length);
  const fromAll = new Uint8Array(present.length);
  const lost = new Uint8Array(present.length);
  for (let stratum = 0; stratum < present.length; stratum++) {
    if (present[stratum] === 0) continue;
    const own = strataScale(stage, stratum);
    scale[stratum] = own * (shares[stratum] ?? 1);
    if ((stage.drawn[stratum] ?? 0) > 1 || own === 0) continue;
    if (design.lonelyPsu === "fail") throw lonely(stage, stratum, depth, "to draw a variance from");
    if (design.lonelyPsu === "adjust") fromAll[stratum] = 1;
    if (design.lonelyPsu === "average") lost[stratum] = 1;
  }
  if (design.lonelyPsu === "average") {
    const factors = averageFactors(design, depth, lost, present);
    for (let stratum = 0; stratum < present.length; stratum++) scale[stratum] = lost[stratum] === 1 ? 0 : (scale[stratum] ?? 0) * (factors[stratum] ?? 1);
  }
  return { scale, fromAll, present };
}

/** Mean of the units of all strata that lie in the same cluster of the stage before, per stratum: what `adjust` measures a lonely unit from. @param sums of each stratum's units. */
function meansOfAll(design: LinearisedDesign, depth: number, sums: Float64Array, present: Uint8Array): Float64Array {
  const upper = clusterAbove(design, depth, sums.length);
  const drawn = design.stages[depth]?.drawn ?? new Float64Array(0);
  const all = new Map<number, { sum: number; units: number }>();
  upper.forEach((group, stratum) => {
    if (present[stratum] === 0) return;
    const { sum, units } = all.get(group) ?? { sum: 0, units: 0 };
    all.set(group, { sum: sum + (sums[stratum] ?? 0), units: units + (drawn[stratum] ?? 0) });
  });
  return Float64Array.from(upper, (group) => {
    const { sum, units } = all.get(group) ?? { sum: 0, units: 1 };
    return sum / units;
  });
}

/** Adds one stage's covariance of k columns (each rows long, already weighted) to `into`. */
function addStage(design: LinearisedDesign, depth: number, columns: readonly Float64Array[], into: Float64Array): void {
  const stage = design.stages[depth];
  const rule = stageRule(design, depth);
  if (stage === undefined || rule === null) return;
  const k = columns.length;
  const clusterCount = stage.clusterStratum.length;
  const strataCount = stage.drawn.length;
  // Cluster totals, then what each differs from its stratum's mean; a cluster without rows in the domain counts with total zero.
  const totals = columns.map((column) => {
    if (depth === 0 && design.elements) return column;
    const sums = new Float64Array(clusterCount);
    for (let row = 0; row < column.length; row++) sums[stage.clusters[row] ?? 0] = (sums[stage.clusters[row] ?? 0] ?? 0) + (column[row] ?? 0);
    return sums;
  });
  const means = totals.map((sums) => {
    const mean = new Float64Array(strataCount);
    for (let cluster = 0; cluster < clusterCount; cluster++) {
      const stratum = stage.clusterStratum[cluster] ?? 0;
      mean[stratum] = (mean[stratum] ?? 0) + (sums[cluster] ?? 0);
    }
    const ofAll = rule.fromAll.includes(1) ? meansOfAll(design, depth, mean, rule.present) : null;
    for (let stratum = 0; stratum < strataCount; stratum++)
      mean[stratum] = rule.fromAll[stratum] === 1 ? (ofAll?.[stratum] ?? 0) : (mean[stratum] ?? 0) / (stage.drawn[stratum] ?? 1);
    return mean;
  });
  for (let a = 0; a < k; a++) {
    const left = totals[a] ?? new Float64Array(0);
    const leftMean = means[a] ?? new Float64Array(0);
    for (let b = a; b < k; b++) {
      const right = totals[b] ?? new Float64Array(0);
      const rightMean = means[b] ?? new Float64Array(0);
      let sum = 0;
      for (let cluster = 0; cluster < clusterCount; cluster++) {
        const stratum = stage.clusterStratum[cluster] ?? 0;
        sum += (rule.scale[stratum] ?? 0) * ((left[cluster] ?? 0) - (leftMean[stratum] ?? 0)) * ((right[cluster] ?? 0) - (rightMean[stratum] ?? 0));
      }
      into[a * k + b] = (into[a * k + b] ?? 0) + sum;
      if (a !== b) into[b * k + a] = (into[b * k + a] ?? 0) + sum;
    }
  }
}

/**
 * Covariance of weighted totals, by the design.
 * @param design linearised: multistage formula after calibration residuals; replicate: totals in every replicate.
 * @param scores k columns of one score per row, not yet multiplied by the weight; they must be finite where the weight is not zero.
 * @returns k x k, row-major, in the square of the unit of the scores.
 * @throws {@link SurveyError} `lonely-psu` when the design says to fail on a stratum of one unit; `no-degrees-of-freedom` when it says "average" and the domain has no other stratum.
 */
export function covarianceOfTotals(design: Design, scores: readonly Float64Array[]): Float64Array {
  if (design.kind === "replicate")
    return covarianceOfThetas(
      design,
      replicateTotals(design, scores),
      design.mse ? Float64Array.from(scores, (score) => weightedTotal(design.weights, score)) : null,
    ).covariance;
  const weighted = scores.map((score) => {
    const column = new Float64Array(design.rows);
    for (let row = 0; row < design.rows; row++) {
      const weight = design.weights[row] ?? 0;
      if (weight !== 0) column[row] = weight * (score[row] ?? 0);
    }
    return column;
  });
  const columns = design.calibrations.length === 0 ? weighted : weighted.map((column) => residuals(column, design.calibrations));
  const covariance = new Float64Array(scores.length * scores.length);
  addStage(design, 0, columns, covariance);
  // Later stages count only when the population of the first is known: with replacement, the first stage carries all.
  if ((design.stages[0]?.population ?? null) !== null) for (let depth = 1; depth < design.stages.length; depth++) addStage(design, depth, columns, covariance);
  return covariance;
}

function weightedTotal(weights: Float64Array, score: Float64Array): number {
  let sum = 0;
  for (let row = 0; row < weights.length; row++) {
    const weight = weights[row] ?? 0;
    if (weight !== 0) sum += weight * (score[row] ?? 0);
  }
  return sum;
}

/** A covariance from replicates, and how many of them gave no value and were left out: the others are not scaled up for them, as in R. */
export interface ReplicateCovariance {
  /** k x k, row-major. */
  readonly covariance: Float64Array;
  readonly dropped: number;
}

/**
 * Covariance of any estimate by doing it again with each replicate's weights.
 * @param estimate gives k values for a column of weights; the column is used again for the next replicate, so it may not be kept. NaN leaves the replicate out, as R does.
 * @param full the estimate with the full weights, when the caller has it already.
 * @throws {@link SurveyError} `domain-degenerate` when fewer than two replicates gave a value.
 */
export function covarianceOfReplicates(design: ReplicateDesign, estimate: (weights: Float64Array) => Float64Array, full?: Float64Array): ReplicateCovariance {
  const buffer = new Float64Array(design.rows);
  const thetas: Float64Array[] = [];
  for (let replicate = 0; replicate < design.replicates.replicates; replicate++) {
    fillReplicate(design, replicate, buffer);
    thetas.push(Float64Array.from(estimate(buffer)));
  }
  return covarianceOfThetas(design, thetas, design.mse ? (full ?? estimate(Float64Array.from(design.weights))) : null);
}

/**
 * The same when the replicates were computed already: one line of k values per replicate.
 * @param centre the estimate to measure from; null: the mean of the replicates whose rscale is not zero.
 */
export function covarianceOfThetas(design: ReplicateDesign, thetas: readonly Float64Array[], centre: Float64Array | null): ReplicateCovariance {
  const used = thetas.map((theta, at) => ({ theta, factor: design.rscales[at] ?? 0 })).filter(({ theta }) => theta.every((value) => Number.isFinite(value)));
  const k = thetas[0]?.length ?? 0;
  if (used.length < 2)
    throw new SurveyError("domain-degenerate", `only ${used.length} of ${thetas.length} replicates gave an estimate: there is too little data in this group`, {
      replicates: thetas.length,
      used: used.length,
    });
  let middle = centre;
  if (middle === null) {
    middle = new Float64Array(k);
    const counted = used.filter(({ factor }) => factor > 0);
    for (const { theta } of counted) for (let a = 0; a < k; a++) middle[a] = (middle[a] ?? 0) + (theta[a] ?? 0) / counted.length;
  }
  const covariance = new Float64Array(k * k);
  const off = new Float64Array(k);
  for (const { theta, factor } of used) {
    for (let a = 0; a < k; a++) off[a] = (theta[a] ?? 0) - (middle[a] ?? 0);
    for (let a = 0; a < k; a++)
      for (let b = 0; b < k; b++) covariance[a * k + b] = (covariance[a * k + b] ?? 0) + (off[a] ?? 0) * (off[b] ?? 0) * factor * design.scale;
  }
  return { covariance, dropped: thetas.length - used.length };
}

/**
 * Degrees of freedom of the design: primary sampling units less strata, over those with weight; for replicates the rank of their weights less one.
 * Zero or less is possible, in a small domain: intervals then say so.
 */
export function degreesOfFreedom(design: Design): number {
  if (design.kind === "replicate") return design.degreesOfFreedom ?? rankOf(design) - 1;
  const stage = design.stages[0];
  if (stage === undefined) return 0;
  const units = new Uint8Array(stage.clusterStratum.length);
  const strata = new Uint8Array(stage.drawn.length);
  let [unitCount, strataCount] = [0, 0];
  for (let row = 0; row < design.rows; row++) {
    if (design.weights[row] === 0) continue;
    const unit = stage.clusters[row] ?? 0;
    if (units[unit] !== 0) continue;
    units[unit] = 1;
    unitCount++;
    const stratum = stage.strata[row] ?? 0;
    if (strata[stratum] !== 0) continue;
    strata[stratum] = 1;
    strataCount++;
  }
  return unitCount - strataCount;
}

/**
 * A domain: the same design, with nothing contributed by rows outside it. See [Note: Domains keep the design].
 * @param keep 1 for rows inside, one byte per row.
 */
export function subset(design: Design, keep: Uint8Array): Design {
  const weights = new Float64Array(design.rows);
  for (let row = 0; row < design.rows; row++) if (keep[row] === 1) weights[row] = design.weights[row] ?? 0;
  return design.kind === "linearised" ? { ...design, weights } : { ...design, weights, degreesOfFreedom: null };
}
