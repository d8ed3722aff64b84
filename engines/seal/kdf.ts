/** HKDF-SHA256 with this engine's labels, so that one secret never does two jobs; the other files of this engine call it. */
import { hkdf } from "@noble/hashes/hkdf.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { type Bytes, plain, utf8 } from "./bytes.ts";

/** HKDF-SHA256 (RFC 5869), no salt, `info` = UTF-8 of `rugdekking.nl/<label>`. */
export function deriveKey(secret: Uint8Array, label: string, length = 32): Bytes {
  return plain(hkdf(sha256, secret, undefined, utf8(`rugdekking.nl/${label}`), length));
}
