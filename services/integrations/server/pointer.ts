/** The opaque name of a dossier outside this house; used by everything in this room that says which dossier it means. */
import { createHmac } from "node:crypto";
import { base32 } from "@scure/base";

/**
 * [Note: Pointers] `RD-` and 120 bits of HMAC-SHA256 over the dossier's id under a key that only this house holds. The same dossier has the same pointer for ever, so a desk can find it back; who has the pointer,
 * and even the dossier's id, cannot tell that they belong together without the house. Groups of four, so that it can be read out; 32 characters, below the 40 of a zaak's `identificatie`.
 */
export function pointerOf(key: Uint8Array, dossier: string): string {
  const mac = createHmac("sha256", key).update(`rugdekking pointer v1\n${dossier}\n`).digest();
  const letters = base32.encode(mac.subarray(0, 15));
  return `RD-${(letters.match(/.{4}/g) ?? []).join("-")}`;
}
