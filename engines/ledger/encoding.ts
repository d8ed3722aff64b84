/** Strict text forms of bytes and numbers shared by notes, checkpoints and proofs; one value has exactly one text. Only this engine imports it. */
import { base64 } from "@scure/base";

const decimal = /^(?:0|[1-9][0-9]{0,15})$/;

/** Standard base64 with padding (RFC 4648 §4). */
export function toBase64(bytes: Uint8Array): string {
  return base64.encode(bytes);
}

/** Bytes of canonical standard base64, or `null` when the text is anything else (wrong alphabet, padding or trailing bits). */
export function fromBase64(text: string): Uint8Array | null {
  try {
    const bytes = base64.decode(text);
    return base64.encode(bytes) === text ? bytes : null;
  } catch {
    return null;
  }
}

/** The number a canonical ASCII decimal stands for, at most 2^53 - 1; `null` for signs, leading zeroes, other digits or larger values. */
export function fromDecimal(text: string): number | null {
  if (!decimal.test(text)) return null;
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : null;
}

/** Whether two byte strings are equal. Not constant in time: everything compared in this engine is public. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
