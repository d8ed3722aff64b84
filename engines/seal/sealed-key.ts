/** The spelling of a key that was handed over; only the spelling, so that servers may check it without any opening code. */
import { type Bytes, fromBase64Url, toBase64Url } from "./bytes.ts";
import { SealError } from "./errors.ts";

/** Prefix of a SealedKey under suite 1: MLKEM768-X25519, HKDF-SHA256, AES-256-GCM. Another suite gets another prefix. */
const PREFIX = "h1.";
/** Bytes of the encapsulated secret: ML-KEM-768 ciphertext (1088) and X25519 share (32). */
const ENCAPSULATED_BYTES = 1120;
/** AES-GCM tag. */
const TAG_BYTES = 16;
/** Secrets handed over are keys and small bundles: 16 to 256 bytes. */
export const SECRET_BYTES = { least: 16, most: 256 } as const;

/** `h1.` + base64url(enc ‖ ciphertext). */
export function spellSealedKey(encapsulated: Uint8Array, ciphertext: Uint8Array): string {
  const whole = new Uint8Array(encapsulated.length + ciphertext.length);
  whole.set(encapsulated);
  whole.set(ciphertext, encapsulated.length);
  return PREFIX + toBase64Url(whole);
}

/** The two parts of a SealedKey. @throws SealError `sealed-key-malformed` */
export function parseSealedKey(value: unknown): { encapsulated: Bytes; ciphertext: Bytes } {
  if (typeof value !== "string" || !value.startsWith(PREFIX)) throw new SealError("sealed-key-malformed", `A sealed key must start with "${PREFIX}".`);
  const whole = fromBase64Url(value.slice(PREFIX.length), "A sealed key", "sealed-key-malformed");
  const secret = whole.length - ENCAPSULATED_BYTES - TAG_BYTES;
  if (secret < SECRET_BYTES.least || secret > SECRET_BYTES.most)
    throw new SealError("sealed-key-malformed", "A sealed key has the wrong length.", { bytes: whole.length });
  return { encapsulated: whole.slice(0, ENCAPSULATED_BYTES), ciphertext: whole.slice(ENCAPSULATED_BYTES) };
}

/** Whether the value is spelled as a SealedKey; says nothing about what it opens to. */
export function isSealedKey(value: unknown): value is string {
  try {
    parseSealedKey(value);
    return true;
  } catch {
    return false;
  }
}
