/**
 * What a replicate weighs, and the totals of columns in every replicate in one pass over the data. Called by covariance.ts, rank.ts and the statistics room.
 * [Note: Totals per unit] Where rows of a primary unit share their factor, columns are first added up per unit; a replicate is then a sum over units, and no column of weights is made.
 */
import type { DrawnReplicates, ReplicateDesign, ReplicateLines, ReplicateWeights } from "./design.ts";
import { Random } from "./random.ts";

/** How often each unit of a stratum is drawn in a replicate, added to `counts` (one place per unit, in order of `units`). @returns what one time weighs. */
function draw(drawn: DrawnReplicates, stratum: number, replicate: number, counts: Float64Array): number {
  const from = drawn.start[stratum] ?? 0;
  const size = (drawn.start[stratum + 1] ?? 0) - from;
  const random = new Random(drawn.seed, stratum, replicate);
  counts.fill(0, 0, size);
  if (drawn.method === "with-replacement-less-one") {
    for (let time = 1; time < size; time++) {
      const unit = random.below(size);
      counts[unit] = (counts[unit] ?? 0) + 1;
    }
    return size === 1 ? 0 : size / (size - 1);
  }
  const population = drawn.population === null ? Number.POSITIVE_INFINITY : (drawn.population[stratum] ?? Number.POSITIVE_INFINITY);
  // Beyond a hundred times the sample R leaves the population out; repeating units to its size would say the same.
  if (!(population <= 100 * size))
    for (let time = 0; time < size; time++) {
      const unit = random.below(size);
      counts[unit] = (counts[unit] ?? 0) + 1;
    }
  else drawFromPopulation(random, size, Math.floor(population), counts);
  return 1;
}

/** n without replacement of the units, repeated in a random order until there are as many as the population. */
function drawFromPopulation(random: Random, size: number, population: number, counts: Float64Array): void {
  const order = new Int32Array(size).map((_, at) => at);
  for (let at = size - 1; at > 0; at--) {
    const other = random.below(at + 1);
    const kept = order[at] ?? 0;
    order[at] = order[other] ?? 0;
    order[other] = kept;
  }
  const pool = new Int32Array(population).map((_, at) => order[at % size] ?? 0);
  for (let time = 0; time < size; time++) {
    const other = time + random.below(population - time);
    const unit = pool[other] ?? 0;
    pool[other] = pool[time] ?? 0;
    pool[time] = unit;
    counts[unit] = (counts[unit] ?? 0) + 1;
  }
}

const strataOf = (drawn: DrawnReplicates): number => drawn.start.length - 1;

function largest(drawn: DrawnReplicates): number {
  let most = 0;
  for (let stratum = 0; stratum < strataOf(drawn); stratum++) most = Math.max(most, (drawn.start[stratum + 1] ?? 0) - (drawn.start[stratum] ?? 0));
  return most;
}

/** Writes a replicate's weights for every row, in or out of a domain. */
export function fillAll(weights: ReplicateWeights, replicate: number, into: Float64Array): void {
  if (weights.kind === "lines") {
    const { index, factors, base, replicates } = weights;
    for (let row = 0; row < into.length; row++) into[row] = (base[row] ?? 0) * (factors[(index[row] ?? 0) * replicates + replicate] ?? 0);
  } else if (weights.kind === "calibrated") {
    fillAll(weights.source, replicate, into);
    weights.calibrate(into);
  } else {
    const factors = new Float64Array(weights.units.length);
    const counts = new Float64Array(largest(weights));
    for (let stratum = 0; stratum < strataOf(weights); stratum++) {
      const each = draw(weights, stratum, replicate, counts);
      const from = weights.start[stratum] ?? 0;
      const size = (weights.start[stratum + 1] ?? 0) - from;
      for (let at = 0; at < size; at++) factors[weights.units[from + at] ?? 0] = each * (counts[at] ?? 0);
    }
    for (let row = 0; row < into.length; row++) into[row] = (weights.base[row] ?? 0) * (factors[weights.clusters[row] ?? 0] ?? 0);
  }
}

/**
 * Weights of one replicate, zero where the row is outside the domain.
 * @param into as long as the design has rows.
 */
export function fillReplicate(design: ReplicateDesign, replicate: number, into: Float64Array): void {
  fillAll(design.replicates, replicate, into);
  for (let row = 0; row < design.rows; row++) if (design.weights[row] === 0) into[row] = 0;
}

/** Sums of base x column per line, lines x k; rows outside the domain left out. */
function perLine(design: ReplicateDesign, index: Int32Array, base: Float64Array, lines: number, columns: readonly Float64Array[]): Float64Array {
  const k = columns.length;
  const sums = new Float64Array(lines * k);
  for (let a = 0; a < k; a++) {
    const column = columns[a] ?? new Float64Array(0);
    for (let row = 0; row < design.rows; row++) {
      if (design.weights[row] === 0) continue;
      const at = (index[row] ?? 0) * k + a;
      sums[at] = (sums[at] ?? 0) + (base[row] ?? 0) * (column[row] ?? 0);
    }
  }
  return sums;
}

function totalsOfLines(design: ReplicateDesign, lines: ReplicateLines, columns: readonly Float64Array[]): Float64Array[] {
  const { replicates, factors, index, base } = lines;
  const k = columns.length;
  const count = factors.length / replicates;
  const sums = perLine(design, index, base, count, columns);
  const totals = new Float64Array(replicates * k);
  for (let line = 0; line < count; line++)
    for (let r = 0; r < replicates; r++) {
      const factor = factors[line * replicates + r] ?? 0;
      if (factor !== 0) for (let a = 0; a < k; a++) totals[r * k + a] = (totals[r * k + a] ?? 0) + factor * (sums[line * k + a] ?? 0);
    }
  return Array.from({ length: replicates }, (_, r) => totals.subarray(r * k, (r + 1) * k));
}

/** One stratum at a time: its units' totals fit the processor's cache, and every replicate of it runs over them. */
function totalsOfDrawn(design: ReplicateDesign, drawn: DrawnReplicates, columns: readonly Float64Array[]): Float64Array[] {
  const k = columns.length;
  const replicates = drawn.replicates;
  // Rows in order of unit, so that one stratum's rows stand together.
  const place = new Int32Array(drawn.units.length);
  for (let at = 0; at < drawn.units.length; at++) place[drawn.units[at] ?? 0] = at;
  const firstRow = new Int32Array(drawn.units.length + 1);
  for (let row = 0; row < design.rows; row++) {
    const at = (place[drawn.clusters[row] ?? 0] ?? 0) + 1;
    firstRow[at] = (firstRow[at] ?? 0) + 1;
  }
  for (let at = 0; at < drawn.units.length; at++) firstRow[at + 1] = (firstRow[at + 1] ?? 0) + (firstRow[at] ?? 0);
  const rows = new Int32Array(design.rows);
  const next = Int32Array.from(firstRow);
  for (let row = 0; row < design.rows; row++) {
    const at = place[drawn.clusters[row] ?? 0] ?? 0;
    rows[next[at] ?? 0] = row;
    next[at] = (next[at] ?? 0) + 1;
  }
  const totals = new Float64Array(replicates * k);
  const most = largest(drawn);
  const sums = new Float64Array(most * k);
  const counts = new Float64Array(most);
  const sum = new Float64Array(k);
  for (let stratum = 0; stratum < strataOf(drawn); stratum++) {
    const from = drawn.start[stratum] ?? 0;
    const size = (drawn.start[stratum + 1] ?? 0) - from;
    sums.fill(0, 0, size * k);
    for (let a = 0; a < k; a++) {
      const column = columns[a] ?? sum;
      for (let unit = 0; unit < size; unit++) {
        let total = 0;
        for (let at = firstRow[from + unit] ?? 0; at < (firstRow[from + unit + 1] ?? 0); at++) {
          const row = rows[at] ?? 0;
          if (design.weights[row] !== 0) total += (drawn.base[row] ?? 0) * (column[row] ?? 0);
        }
        sums[unit * k + a] = total;
      }
    }
    for (let replicate = 0; replicate < replicates; replicate++) {
      const each = draw(drawn, stratum, replicate, counts);
      sum.fill(0);
      addUnits(sums, counts, size, k, sum);
      const at = replicate * k;
      for (let a = 0; a < k; a++) totals[at + a] = (totals[at + a] ?? 0) + each * (sum[a] ?? 0);
    }
  }
  return Array.from({ length: replicates }, (_, r) => totals.subarray(r * k, (r + 1) * k));
}

/** sum += counts x sums, units not drawn left out: the inner loop of every bootstrap. */
function addUnits(sums: Float64Array, counts: Float64Array, size: number, k: number, sum: Float64Array): void {
  for (let unit = 0; unit < size; unit++) {
    const count = counts[unit] ?? 0;
    if (count === 0) continue;
    const at = unit * k;
    for (let a = 0; a < k; a++) sum[a] = (sum[a] ?? 0) + count * (sums[at + a] ?? 0);
  }
}

/**
 * Weighted totals of columns in every replicate. See [Note: Totals per unit].
 * @param columns one value per row; rows outside the domain are not read.
 * @returns per replicate the k totals.
 */
export function replicateTotals(design: ReplicateDesign, columns: readonly Float64Array[]): Float64Array[] {
  if (design.replicates.kind === "lines") return totalsOfLines(design, design.replicates, columns);
  if (design.replicates.kind === "drawn") return totalsOfDrawn(design, design.replicates, columns);
  const buffer = new Float64Array(design.rows);
  return Array.from({ length: design.replicates.replicates }, (_, replicate) => {
    fillReplicate(design, replicate, buffer);
    return Float64Array.from(columns, (column) => {
      let sum = 0;
      for (let row = 0; row < buffer.length; row++) if (buffer[row] !== 0) sum += (buffer[row] ?? 0) * (column[row] ?? 0);
      return sum;
    });
  });
}
