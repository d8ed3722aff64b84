/** Rank of a matrix of replicate weights: its degrees of freedom, plus one. Called by covariance.ts only. */
import type { ReplicateDesign } from "./design.ts";

/** Columns whose part outside the others is this small count as dependent, R's tolerance. */
const TOLERANCE = 1e-5;

/**
 * Rank of the replicate weights over the rows with weight. Rows that share both factors and base differ by a constant only, so one line per group of factors is enough;
 * the rank of lines x replicates is then found by Gram-Schmidt on whichever side is shorter.
 */
export function rankOf(design: ReplicateDesign): number {
  const { index, factors, base, replicates } = design.replicates;
  const lines = factors.length / replicates;
  // Rows of one line are multiples of each other: the line counts with the length all of them have together.
  const lengths = new Float64Array(lines);
  for (let row = 0; row < design.rows; row++) if (design.weights[row] !== 0) lengths[index[row] ?? 0] = (lengths[index[row] ?? 0] ?? 0) + (base[row] ?? 0) ** 2;
  const kept: number[] = [];
  for (let line = 0; line < lines; line++) if ((lengths[line] ?? 0) > 0) kept.push(line);
  const vectors: Float64Array[] = [];
  if (kept.length >= replicates)
    for (let r = 0; r < replicates; r++) vectors.push(Float64Array.from(kept, (line) => Math.sqrt(lengths[line] ?? 0) * (factors[line * replicates + r] ?? 0)));
  else for (const line of kept) vectors.push(Float64Array.from(factors.subarray(line * replicates, (line + 1) * replicates)));
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
