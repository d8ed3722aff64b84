/** Bytes and their spellings (base64url, UTF-8, UUID) in one place, so that every other file of this engine parses them the same strict way. */
import { base64url } from "@scure/base";
import { v7 } from "uuid";
import { SealError, type SealErrorCode } from "./errors.ts";
import { nativeFromBase64Url, nativeToBase64Url } from "./native.ts";

/** Bytes over a plain ArrayBuffer, which is what WebCrypto, Blob and fetch accept. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** A UUID of version 7 (persons, dossiers, items) or version-4 shape (guests, unlock methods), lower case. Made by {@link parseUuid}. */
export type Uuid = string & { readonly __uuid: true };

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[47][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const encoder = new TextEncoder();
const strictDecoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function isUuid(value: unknown): value is Uuid {
  return typeof value === "string" && uuidPattern.test(value);
}

/** The value as an id. @throws SealError `id-malformed` */
export function parseUuid(value: unknown): Uuid {
  if (!isUuid(value)) throw new SealError("id-malformed", "An id must be a lower-case UUID of version 7 or 4.");
  return value;
}

/** A fresh UUIDv7 (RFC 9562 §5.7): ids sort by the moment they were made. */
export function newUuid(): Uuid {
  return parseUuid(v7());
}

/** 16 bytes in the shape of a UUIDv4 (RFC 9562 §5.4), for ids that are derived and must not tell a time. */
export function uuidFromBytes(bytes: Uint8Array): Uuid {
  const b = new Uint8Array(bytes.subarray(0, 16));
  b[6] = ((b[6] ?? 0) & 0x0f) | 0x40;
  b[8] = ((b[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(b, (x) => x.toString(16).padStart(2, "0")).join("");
  return parseUuid(`${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`);
}

/**
 * base64url without padding (RFC 4648 §5).
 *
 * [Note: padding for speed] @scure/base uses the runtime's own conversion for the padded spelling only, and it is thirty times faster: so padding is put on and
 * taken off here. Where the runtime has none, the same calls take @scure/base's own road.
 */
export function toBase64Url(bytes: Uint8Array): string {
  return nativeToBase64Url?.(bytes) ?? base64url.encode(bytes).replace(/=+$/u, "");
}

/** Bytes of strict base64url: no padding, no spaces, no loose trailing bits. @throws SealError with `code` */
export function fromBase64Url(text: unknown, what: string, code: SealErrorCode = "encoding-malformed"): Bytes {
  if (typeof text !== "string") throw new SealError(code, `${what} must be a base64url string.`);
  const bytes = nativeFromBase64Url === null ? decoded(text) : nativeFromBase64Url(text);
  if (bytes === null) throw new SealError(code, `${what} is not base64url without padding (RFC 4648 section 5).`);
  return bytes;
}

function decoded(text: string): Bytes | null {
  if (text.includes("=")) return null;
  try {
    return plain(base64url.decode(text.padEnd(Math.ceil(text.length / 4) * 4, "=")));
  } catch {
    return null;
  }
}

/** Bytes of UTF-8 text. */
export function utf8(text: string): Bytes {
  return plain(encoder.encode(text));
}

/** Text of strict UTF-8 bytes. @throws SealError with `code` */
export function fromUtf8(bytes: Uint8Array, what: string, code: SealErrorCode): string {
  try {
    return strictDecoder.decode(bytes);
  } catch {
    throw new SealError(code, `${what} is not UTF-8 text.`);
  }
}

function isPlain(bytes: Uint8Array): bytes is Bytes {
  return bytes.buffer instanceof ArrayBuffer;
}

/** The same bytes over a plain ArrayBuffer; copied only when they lie in shared memory. */
export function plain(bytes: Uint8Array): Bytes {
  return isPlain(bytes) ? bytes : new Uint8Array(bytes);
}

/** One after the other, in a new array. */
export function concat(...parts: readonly Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Equal in content; the time taken depends on the length alone. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let i = 0; i < a.length; i++) difference |= (a[i] ?? 0) ^ (b[i] ?? 0);
  return difference === 0;
}

/** Overwrite with zeros. Best effort: JavaScript may hold copies that nobody can reach. */
export function wipe(...secrets: readonly Uint8Array[]): void {
  for (const secret of secrets) secret.fill(0);
}

/** Fresh random bytes from the system. */
export function randomBytes(length: number): Bytes {
  return crypto.getRandomValues(new Uint8Array(length));
}

/** Whether a parsed JSON value is an object (not null, not an array). */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
