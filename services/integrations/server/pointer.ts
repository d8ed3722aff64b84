/** The opaque name of a dossier outside this house; used by everything in this room that says which dossier it means. */
import { createHmac } from "node:crypto";
import { base32 } from "@scure/base";

/**
 * [Note: Pointers] `RD-` and 120 bits of HMAC-SHA256 over an organisation and the dossier's id, under a key that only this house holds. The same dossier has the same pointer in one organisation for ever, so a desk can
 * find it back; in another organisation it has another, so that two of them cannot lay their systems side by side and see who shares what. Who has the pointer, and even the dossier's id, cannot tell that they belong
 * together without the house. Groups of four, so that it can be read out; 32 characters, below the 40 of a zaak's `identificatie`.
 */
export function pointerOf(key: Uint8Array, organisation: string, dossier: string): string {
  const mac = createHmac("sha256", key).update(`rugdekking pointer v2\n${organisation}\n${dossier}\n`).digest();
  const letters = base32.encode(mac.subarray(0, 15));
  return `RD-${(letters.match(/.{4}/g) ?? []).join("-")}`;
}

/** Bytes of the key. */
const keyBytes = 32;

/**
 * What a database remembers of the key that its pointers were made with; it says nothing of the key itself.
 * @returns null for what is no key of {@link pointerOf}: a file cut short or written by hand.
 */
export function pointerKeyMark(key: Uint8Array): string | null {
  return key.length === keyBytes ? createHmac("sha256", key).update("rugdekking pointer key\n").digest("base64url") : null;
}
