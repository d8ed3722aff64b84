/** The client's half: make a token's message, blind it, keep what is needed until the answer comes, finish and check it. Runs in a browser (preferably in a worker: some 0.1 s) and in Node. */
import { blind, finalize, prepare } from "./blind.ts";
import { compareBytes, fromBase64Url, joinBytes, toBase64Url } from "./encoding.ts";
import { TokenError } from "./errors.ts";
import { KEY_ID_BYTES, MODULUS_BITS, modulusOf, parseTokenKeyId, TOKEN_VARIANT, type TokenKey, type TokenKeyId } from "./key.ts";
import { PREPARED_BYTES, type Token } from "./token.ts";

/**
 * A token that was asked for and not yet received. Secret: `inverse` beside the issuer's books tells which answer was whose. Keep it on the device, until the token is finished, and nowhere else.
 * Ask again with the same one after a failed connection: the issuer sees the same blinded message and may answer it once more without giving a second token.
 */
export interface PendingToken {
  readonly keyId: TokenKeyId;
  /** Prepared message, 64 bytes; secret until the token is spent. */
  readonly prepared: Uint8Array<ArrayBuffer>;
  /** Inverse of the blinding factor, as long as the modulus; secret for ever. */
  readonly inverse: Uint8Array<ArrayBuffer>;
  /** What goes to the issuer, as long as the modulus. Says nothing about the message. */
  readonly blinded: Uint8Array<ArrayBuffer>;
}

/**
 * Begins a token under a published key ({@link keyOfStratum} first): 32 random bytes, prepared and blinded.
 * @throws TokenError `key-malformed`, `blinding-failed`.
 */
export async function requestToken(key: TokenKey): Promise<PendingToken> {
  const prepared = prepare(TOKEN_VARIANT, crypto.getRandomValues(new Uint8Array(PREPARED_BYTES - 32)));
  return { keyId: key.id, prepared, ...(await blind(TOKEN_VARIANT, key.spki, prepared)) };
}

/**
 * Finishes a token with the issuer's answer, and verifies it.
 * @param key the key it was asked under
 * @throws TokenError `key-missing` for another key; `response-malformed`, `signature-invalid`.
 */
export async function finishToken(key: TokenKey, pending: PendingToken, blindSignature: Uint8Array): Promise<Token> {
  if (key.id !== pending.keyId)
    throw new TokenError("key-missing", "This token was asked for under another key: finish it with the key of its own wave and stratum.");
  const signature = await finalize(TOKEN_VARIANT, key.spki, pending.prepared, blindSignature, pending.inverse);
  // A signature that is s + n verifies nowhere, yet would be another spelling: the encoding holds one per token.
  if (compareBytes(signature, modulusOf(key.spki)) >= 0) throw new TokenError("signature-invalid", "The issuer's answer is not below its modulus.");
  return { keyId: key.id, prepared: pending.prepared, signature };
}

const VERSION = 1;
const HEAD = 1 + KEY_ID_BYTES + PREPARED_BYTES;

/** A pending token as text to keep on the device: base64url of version 1 ‖ key id ‖ prepared ‖ inverse ‖ blinded. Secret. */
export function encodePending({ keyId, prepared, inverse, blinded }: PendingToken): string {
  return toBase64Url(joinBytes(Uint8Array.of(VERSION), fromBase64Url(keyId) ?? new Uint8Array(), prepared, inverse, blinded));
}

/**
 * Reads what {@link encodePending} wrote.
 * @throws TokenError `pending-malformed`.
 */
export function decodePending(text: string): PendingToken {
  const bytes = text.length > 2000 ? null : fromBase64Url(text);
  const size = ((bytes?.length ?? 0) - HEAD) / 2;
  if (bytes === null || bytes[0] !== VERSION || !MODULUS_BITS.some((bits) => bits / 8 === size)) {
    throw new TokenError(
      "pending-malformed",
      "What was kept of the request cannot be read: it is cut off or was made by another version. Ask for a new token.",
    );
  }
  return {
    keyId: parseTokenKeyId(toBase64Url(bytes.subarray(1, 1 + KEY_ID_BYTES))),
    prepared: bytes.slice(1 + KEY_ID_BYTES, HEAD),
    inverse: bytes.slice(HEAD, HEAD + size),
    blinded: bytes.slice(HEAD + size),
  };
}
