/** Padmé lengths, so that the size of what is stored says little about what it holds; the seal files and the server's size checks may call it. */
import { SealError } from "./errors.ts";

/**
 * The length `length` bytes are padded to: Padmé (Nikitin et al., "Reducing Metadata Leakage from Encrypted Files and
 * Communication with PURBs", PoPETS 2019, algorithm 1). At most 12 % more; leaks O(log log length) bits.
 * @throws SealError `length-mismatch` for anything but a whole number from 0 to 2^53 - 1
 */
export function padmeLength(length: number): number {
  if (!Number.isSafeInteger(length) || length < 0) throw new SealError("length-mismatch", "A length must be a whole number of bytes, 0 or more.");
  if (length < 2) return length;
  const exponent = floorLog2(length);
  const step = 2 ** (exponent - floorLog2(exponent) - 1);
  return step <= 1 ? length : Math.ceil(length / step) * step;
}

function floorLog2(n: number): number {
  const guess = Math.floor(Math.log2(n));
  if (2 ** guess > n) return guess - 1;
  return 2 ** (guess + 1) <= n ? guess + 1 : guess;
}
