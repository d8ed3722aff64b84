/** A token as it travels: which key signed it, the signed message, the signature; strict to the byte. Both halves call it. */
import { fromBase64Url, joinBytes, toBase64Url } from "./encoding.ts";
import { TokenError } from "./errors.ts";
import { KEY_ID_BYTES, MODULUS_BITS, parseTokenKeyId, type TokenKeyId } from "./key.ts";

/** Bytes of the prepared message: 32 of RFC 9474's prefix and 32 of nonce, all random. */
export const PREPARED_BYTES = 64;

/** First byte of every token: the version of this encoding. */
const VERSION = 1;
const HEAD = 1 + KEY_ID_BYTES + PREPARED_BYTES;
const lengths = new Set<number>(MODULUS_BITS.map((bits) => HEAD + bits / 8));

/** A one-time token: proof that its key signed it for someone of its stratum, and nothing about whom. */
export interface Token {
  /** The key that signed. */
  readonly keyId: TokenKeyId;
  /** Prepared message (RFC 9474 section 4.1), 64 bytes, random. */
  readonly prepared: Uint8Array<ArrayBuffer>;
  /** RSASSA-PSS signature over `prepared`, as long as the modulus. */
  readonly signature: Uint8Array<ArrayBuffer>;
}

/** Version 1 ‖ key id (32) ‖ prepared message (64) ‖ signature (256, 384 or 512): 481 bytes for a key of 3072 bits. */
export function encodeTokenBytes({ keyId, prepared, signature }: Token): Uint8Array<ArrayBuffer> {
  const encoded = joinBytes(Uint8Array.of(VERSION), fromBase64Url(keyId) ?? new Uint8Array(), prepared, signature);
  if (prepared.length !== PREPARED_BYTES || !lengths.has(encoded.length)) {
    throw new TokenError(
      "token-malformed",
      `A token has a message of ${PREPARED_BYTES} bytes and a signature of 256, 384 or 512, not ${prepared.length} and ${signature.length}.`,
    );
  }
  return encoded;
}

/** The token as text: base64url of its bytes, 642 characters for a key of 3072 bits. */
export function encodeToken(token: Token): string {
  return toBase64Url(encodeTokenBytes(token));
}

/**
 * Reads a token's text. It is not yet verified.
 * @throws TokenError `token-malformed` for any other length, version or spelling.
 */
export function decodeToken(text: string): Token {
  // The longest is 812 characters; nothing longer is decoded at all.
  const bytes = text.length > 900 ? null : fromBase64Url(text);
  if (bytes === null || !lengths.has(bytes.length) || bytes[0] !== VERSION) {
    throw new TokenError(
      "token-malformed",
      "This is no token: it is cut off, has something behind it, or was made by another version. Send it as it was received.",
    );
  }
  return {
    keyId: parseTokenKeyId(toBase64Url(bytes.subarray(1, 1 + KEY_ID_BYTES))),
    prepared: bytes.slice(1 + KEY_ID_BYTES, HEAD),
    signature: bytes.slice(HEAD),
  };
}
