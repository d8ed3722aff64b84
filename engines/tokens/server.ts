/**
 * The issuer's half: make keys, sign what is blinded, verify and name what is spent. For servers only: raw RSA by node:crypto (OpenSSL: constant in secrets, blinded on its own account, hundreds of times
 * faster than big integers in script). It knows no way to blind or unblind, and a wall keeps the client's half out of server rooms.
 */
import {
  constants,
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  privateDecrypt,
  publicEncrypt,
  randomBytes,
  type KeyObject,
} from "node:crypto";
import { base64 } from "@scure/base";
import { compareBytes, fromBase64Url, toBase64Url } from "./encoding.ts";
import { TokenError } from "./errors.ts";
import { modulusOf, tokenKey, type ModulusBits, type TokenKey } from "./key.ts";

export { TokenError, tokenErrorCodes, type TokenErrorCode } from "./errors.ts";
export { checkLabel, parseTokenKeyId, readKeyStatement, tokenKey, writeKeyStatement, type ModulusBits, type TokenKey, type TokenKeyId } from "./key.ts";
export { KeyBook, type BookedKey } from "./book.ts";
export { decodeToken, type Token } from "./token.ts";
export { signatureHolds, TokenVerifier, type SaltLength, type SpentToken } from "./verifier.ts";

/** A key that signs: its published half and the private one. Never serialised by accident: `secret` is a KeyObject. */
export interface IssuerKey {
  readonly key: TokenKey;
  /** RSA private key of node:crypto. Leaves only by {@link exportIssuerKey}. */
  readonly secret: KeyObject;
}

/**
 * Makes the key of a stratum in a wave: RSA with e = 65537.
 * @param bits size of the modulus; 3072 unless told otherwise
 * @throws TokenError `label-malformed`.
 */
export async function generateIssuerKey(wave: string, stratum: string, bits: ModulusBits = 3072): Promise<IssuerKey> {
  const secret = await new Promise<KeyObject>((resolve, reject) => {
    generateKeyPair("rsa", { modulusLength: bits, publicExponent: 65_537 }, (error, _public, made) => (error === null ? resolve(made) : reject(error)));
  });
  return { key: await tokenKey(wave, stratum, spkiOfSecret(secret)), secret };
}

const spkiOfSecret = (secret: KeyObject): Uint8Array => createPublicKey(secret).export({ format: "der", type: "spki" });

/** The private key as DER PKCS #8, to be kept where only the issuer reads it. Destroy it when the wave's issuing is over: what is not there cannot sign a token too many. */
export function exportIssuerKey({ secret }: IssuerKey): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(secret.export({ format: "der", type: "pkcs8" }));
}

/**
 * Reads a private key back beside its published half.
 * @throws TokenError `secret-malformed` when it is no RSA key in DER PKCS #8 or belongs to another published key.
 */
export function importIssuerKey(key: TokenKey, pkcs8: Uint8Array): IssuerKey {
  let secret: KeyObject;
  try {
    secret = createPrivateKey(`-----BEGIN PRIVATE KEY-----\n${base64.encode(pkcs8)}\n-----END PRIVATE KEY-----\n`);
  } catch {
    throw new TokenError("secret-malformed", `The private key of stratum ${key.stratum} cannot be read: give the DER PKCS #8 that was exported.`);
  }
  // A key of another kind has another SPKI.
  if (compareBytes(spkiOfSecret(secret), key.spki) !== 0) {
    throw new TokenError("secret-malformed", `The private key does not belong to the published key of stratum ${key.stratum} in wave ${key.wave}.`);
  }
  return { key, secret };
}

const atRest = "aes-256-gcm";
const nonceLength = 12;
const markLength = 16;
const text = new TextEncoder();

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/**
 * Seals a private key to be kept in a table: AES-256-GCM, nonce (12) ‖ tag (16) ‖ ciphertext, base64url. A stolen table then signs no tokens.
 * @param under 32 bytes that are not in the table
 * @param place where the row belongs, such as its wave and stratum: sealed for one place, it opens for no other
 */
export function sealIssuerKey(issuer: IssuerKey, under: Uint8Array, place: string): string {
  const plain = exportIssuerKey(issuer);
  try {
    const nonce = randomBytes(nonceLength);
    const cipher = createCipheriv(atRest, under, nonce).setAAD(text.encode(place));
    const sealed = concat([cipher.update(plain), cipher.final()]);
    return toBase64Url(concat([nonce, cipher.getAuthTag(), sealed]));
  } finally {
    plain.fill(0);
  }
}

/**
 * Opens what {@link sealIssuerKey} sealed, beside its published half.
 * @throws TokenError `secret-malformed` when it was sealed under another key or for another place, was changed, or belongs to another published key.
 */
export function openIssuerKey(key: TokenKey, sealed: string, under: Uint8Array, place: string): IssuerKey {
  const bytes = fromBase64Url(sealed) ?? new Uint8Array();
  const nonce = bytes.subarray(0, nonceLength);
  const mark = bytes.subarray(nonceLength, nonceLength + markLength);
  let plain: Uint8Array;
  try {
    const cipher = createDecipheriv(atRest, under, nonce, { authTagLength: markLength }).setAAD(text.encode(place)).setAuthTag(mark);
    plain = concat([cipher.update(bytes.subarray(nonceLength + markLength)), cipher.final()]);
  } catch {
    throw new TokenError("secret-malformed", `The private key of stratum ${key.stratum} does not open: it was sealed under another key or for another place.`);
  }
  try {
    return importIssuerKey(key, plain);
  } finally {
    plain.fill(0);
  }
}

/**
 * BlindSign (RFC 9474 section 4.3): the raw RSA operation over what a client blinded, checked by its inverse before it is given out. Blocks for some 3 ms at 3072 bits.
 * Whoever calls this decides, and writes down, that the asker may have a token of this stratum and has had none.
 * @throws TokenError `blinded-malformed` for another length or a number that is not from 1 to below the modulus; `signing-failed`.
 */
export function signBlinded({ key, secret }: IssuerKey, blinded: Uint8Array): Uint8Array {
  const modulus = modulusOf(key.spki);
  if (blinded.length !== modulus.length || compareBytes(blinded, modulus) >= 0 || blinded.every((byte) => byte === 0)) {
    throw new TokenError(
      "blinded-malformed",
      `A blinded message for this key is ${modulus.length} bytes and stands for a number from 1 to below the modulus; ask with one made under this key.`,
    );
  }
  const signed = rawSign(secret, blinded);
  const back = publicEncrypt({ key: secret, padding: constants.RSA_NO_PADDING }, signed);
  if (compareBytes(back, blinded) !== 0)
    throw new TokenError("signing-failed", "The signature just made does not hold: nothing was given out. Look at this machine's memory and processor.");
  return Uint8Array.from(signed);
}

function rawSign(secret: KeyObject, blinded: Uint8Array): Uint8Array {
  try {
    return privateDecrypt({ key: secret, padding: constants.RSA_NO_PADDING }, blinded);
  } catch {
    throw new TokenError("signing-failed", "The signature could not be made: the private key is damaged.");
  }
}
