/** Strict text forms of bytes, joining and comparing; only this engine imports it. */
import { base64urlnopad } from "@scure/base";

/** Base64url without padding (RFC 4648 section 5). */
export const toBase64Url = (bytes: Uint8Array): string => base64urlnopad.encode(bytes);

/** Bytes of canonical base64url without padding, or `null` for anything else (alphabet, padding, trailing bits). */
export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    const bytes = base64urlnopad.decode(text);
    return base64urlnopad.encode(bytes) === text ? Uint8Array.from(bytes) : null;
  } catch {
    return null;
  }
}

/** All parts behind each other. */
export function joinBytes(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/** Order of two unsigned big-endian numbers of the same length: below 0, 0 or above 0. Not constant in time: both are known to who sent them. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  for (let at = 0; at < a.length; at += 1) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
