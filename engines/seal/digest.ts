/** SHA-256 of bytes and of streams as the 43 characters of base64url that statements carry; both doors may use it. */
import { sha256 } from "@noble/hashes/sha2.js";
import { plain, toBase64Url } from "./bytes.ts";
import { nativeSha256 } from "./native.ts";

/** base64url SHA-256 (FIPS 180-4) of bytes, or of pieces as they come (flat memory). */
export async function digestOf(content: Uint8Array | AsyncIterable<Uint8Array>): Promise<string> {
  if (content instanceof Uint8Array) return nativeSha256?.(content) ?? toBase64Url(new Uint8Array(await crypto.subtle.digest("SHA-256", plain(content))));
  const hash = sha256.create();
  for await (const piece of content) hash.update(piece);
  return toBase64Url(hash.digest());
}
