/** Hadamard matrices by Sylvester's and Paley's constructions, for balanced half samples. Called by replicates.ts only. */
import { SurveyError } from "#engines/survey/errors.ts";

/** Whether n is a prime p with p = 3 mod 4, for which Paley's first construction gives order p + 1. */
function isPaleyPrime(n: number): boolean {
  if (n % 4 !== 3) return false;
  for (let d = 3; d * d <= n; d += 2) if (n % d === 0) return false;
  return true;
}

function paley(prime: number): Int8Array[] {
  const residue = new Uint8Array(prime);
  for (let x = 1; x < prime; x++) residue[(x * x) % prime] = 1;
  const rows: Int8Array[] = [new Int8Array(prime + 1).fill(1)];
  for (let i = 0; i < prime; i++) {
    const row = new Int8Array(prime + 1).fill(-1);
    for (let j = 0; j < prime; j++) if (i === j || residue[(((j - i) % prime) + prime) % prime] === 1) row[j + 1] = 1;
    rows.push(row);
  }
  // Its first column is made of ones, so that the others are balanced.
  return rows.map((row) => (row[0] === 1 ? row : row.map((value) => -value)));
}

/** Order that the constructions reach: 2^k or 2^k (p + 1). */
function built(order: number): Int8Array[] | null {
  if (order === 1) return [Int8Array.of(1)];
  if (order === 2) return [Int8Array.of(1, 1), Int8Array.of(1, -1)];
  if (order % 4 !== 0) return null;
  if (isPaleyPrime(order - 1)) return paley(order - 1);
  const half = built(order / 2);
  return half === null ? null : [...half.map((row) => Int8Array.of(...row, ...row)), ...half.map((row) => Int8Array.of(...row, ...row.map((value) => -value)))];
}

/** The smallest Hadamard matrix of at least `least` columns that the constructions reach, first column ones. */
export function hadamard(least: number): readonly Int8Array[] {
  for (let order = Math.max(4, Math.ceil(least / 4) * 4); order <= 4 * least + 8; order += 4) {
    const matrix = built(order);
    if (matrix !== null) return matrix;
  }
  throw new SurveyError("replicates-invalid", `no balanced matrix for ${least} columns is known here: use the jackknife or the bootstrap`);
}
