/** Rank of a matrix of replicate weights: its degrees of freedom, plus one. Called by covariance.ts only. */
import type { DrawnReplicates, ReplicateDesign, ReplicateLines } from "./design.ts";
import { fillReplicate } from "./replicate-weights.ts";

/** Columns whose part outside the others is this small count as dependent, R's tolerance. */
const TOLERANCE = 1e-5;
/** How many more lines than replicates are looked at one by one. */
const SKETCH = 4;
/** Most cells of weights that are looked at one by one; beyond it the rank follows from how the replicates were made. */
const MOST_CELLS = 2e7;

/** Rank of the analysis weights over the rows with weight. */
export function rankOf(design: ReplicateDesign): number {
  const weights = design.replicates;
  if (weights.kind === "lines") return spanOf(vectorsOfLines(design, weights));
  if (weights.kind === "drawn") return rankOfDrawn(design, weights);
  if (design.rows * weights.replicates > MOST_CELLS) return rankOf({ ...design, replicates: weights.source });
  return spanOf(
    Array.from({ length: weights.replicates }, (_, replicate) => {
      const column = new Float64Array(design.rows);
      fillReplicate(design, replicate, column);
      return column;
    }),
  );
}

/** Rows of one line are multiples of each other: the line counts with the length all of them have together. */
function vectorsOfLines(design: ReplicateDesign, { index, factors, base, replicates }: ReplicateLines): Float64Array[] {
  const lengths = new Float64Array(factors.length / replicates);
  for (let row = 0; row < design.rows; row++) if (design.weights[row] !== 0) lengths[index[row] ?? 0] = (lengths[index[row] ?? 0] ?? 0) + (base[row] ?? 0) ** 2;
  const kept: number[] = [];
  for (let line = 0; line < lengths.length; line++) if ((lengths[line] ?? 0) > 0) kept.push(line);
  if (kept.length > SKETCH * replicates) return sketch(kept, lengths, factors, replicates);
  return kept.length >= replicates
    ? Array.from({ length: replicates }, (_, r) => Float64Array.from(kept, (line) => Math.sqrt(lengths[line] ?? 0) * (factors[line * replicates + r] ?? 0)))
    : kept.map((line) => Float64Array.from(factors.subarray(line * replicates, (line + 1) * replicates)));
}

/**
 * Many lines added up, with signs, into a few times as many as there are replicates: that keeps the rank (Clarkson and Woodruff 2013) and makes finding it independent of the size of the sample.
 * Places and signs come from the line's number, so that the answer is always the same.
 */
function sketch(kept: readonly number[], lengths: Float64Array, factors: Float64Array, replicates: number): Float64Array[] {
  const size = SKETCH * replicates;
  const vectors = Array.from({ length: replicates }, () => new Float64Array(size));
  kept.forEach((line, at) => {
    const hash = Math.imul(at + 1, 0x9e3779b1) >>> 0;
    const place = hash % size;
    const weight = Math.sqrt(lengths[line] ?? 0) * (Math.imul(hash ^ (hash >>> 15), 0x85ebca6b) >>> 31 === 0 ? 1 : -1);
    vectors.forEach((vector, replicate) => {
      vector[place] = (vector[place] ?? 0) + weight * (factors[line * replicates + replicate] ?? 0);
    });
  });
  return vectors;
}

/** Draws are free but for their number: in a stratum that is there as a whole, one unit follows from the others, and all such strata tell the same. */
function rankOfDrawn(design: ReplicateDesign, drawn: DrawnReplicates): number {
  const present = new Uint8Array(drawn.units.length);
  for (let row = 0; row < design.rows; row++) if (design.weights[row] !== 0) present[drawn.clusters[row] ?? 0] = 1;
  let [units, whole] = [0, 0];
  for (let stratum = 0; stratum + 1 < drawn.start.length; stratum++) {
    let here = 0;
    for (let at = drawn.start[stratum] ?? 0; at < (drawn.start[stratum + 1] ?? 0); at++) here += present[drawn.units[at] ?? 0] ?? 0;
    units += here;
    if (here === (drawn.start[stratum + 1] ?? 0) - (drawn.start[stratum] ?? 0)) whole++;
  }
  return Math.min(drawn.replicates, units - whole + (whole > 0 ? 1 : 0));
}

/** Dimension of what the vectors span, by Gram-Schmidt; changes them. */
function spanOf(vectors: readonly Float64Array[]): number {
  const basis: Float64Array[] = [];
  for (const vector of vectors) {
    const before = normOf(vector);
    if (before === 0) continue;
    // Twice, so that rounding of the first pass does not pass for a new direction.
    for (let pass = 0; pass < 2; pass++)
      for (const direction of basis) {
        let inner = 0;
        for (let at = 0; at < vector.length; at++) inner += (vector[at] ?? 0) * (direction[at] ?? 0);
        for (let at = 0; at < vector.length; at++) vector[at] = (vector[at] ?? 0) - inner * (direction[at] ?? 0);
      }
    const after = normOf(vector);
    if (after <= TOLERANCE * before) continue;
    for (let at = 0; at < vector.length; at++) vector[at] = (vector[at] ?? 0) / after;
    basis.push(vector);
  }
  return basis.length;
}

function normOf(vector: Float64Array): number {
  let sum = 0;
  for (const value of vector) sum += value * value;
  return Math.sqrt(sum);
}
