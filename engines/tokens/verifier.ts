/** Verifies tokens by published keys and names what is spent. For servers, by node:crypto; server.ts hands it out. */
import { constants, createHash, createPublicKey, verify, type KeyObject } from "node:crypto";
import { compareBytes, toBase64Url } from "./encoding.ts";
import { TokenError } from "./errors.ts";
import { modulusOf, type TokenKey, type TokenKeyId } from "./key.ts";
import { decodeToken, type Token } from "./token.ts";

/** A token that verified. */
export interface SpentToken {
  readonly keyId: TokenKeyId;
  readonly wave: string;
  readonly stratum: string;
  /**
   * What the one-time table holds: SHA-256 over domain, key id and prepared message, base64url (43 characters). It is the same for every signature over the same message, so a second signature is no second
   * token. Insert it under a unique constraint, in the transaction that stores the answer.
   */
  readonly spend: string;
}

/** Salt lengths of the two PSS encodings in RFC 9474, in bytes. */
export type SaltLength = 48 | 0;

/** Whether `signature` is an RSASSA-PSS signature (SHA-384, MGF1 with SHA-384, exactly this salt length) over the prepared message; RFC 9474 section 4.5. */
export function signatureHolds(spki: Uint8Array, prepared: Uint8Array, signature: Uint8Array, saltLength: SaltLength = 48): boolean {
  const modulus = modulusOf(spki);
  return holds({ modulus, object: publicObject(modulus) }, prepared, signature, saltLength);
}

const publicObject = (modulus: Uint8Array): KeyObject => createPublicKey({ key: { kty: "RSA", n: toBase64Url(modulus), e: "AQAB" }, format: "jwk" });

/** A public key as it is used over and over. */
interface OpenKey {
  readonly modulus: Uint8Array;
  readonly object: KeyObject;
}

/** One spelling for each signature: as long as the modulus and below it, whatever OpenSSL would put up with. */
function holds({ modulus, object }: OpenKey, prepared: Uint8Array, signature: Uint8Array, saltLength: SaltLength): boolean {
  if (signature.length !== modulus.length || compareBytes(signature, modulus) >= 0) return false;
  return verify("sha384", prepared, { key: object, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength }, signature);
}

/** Verifies tokens of the strata it was given the published keys of. Holds no private key; may be asked from many requests at once. */
export class TokenVerifier {
  readonly #keys: ReadonlyMap<TokenKeyId, OpenKey & { readonly key: TokenKey }>;

  /**
   * @param keys published keys of the waves that are open
   * @throws TokenError `key-ambiguous` when one key is published for two strata.
   */
  constructor(keys: readonly TokenKey[]) {
    const own = new Map<TokenKeyId, OpenKey & { readonly key: TokenKey }>();
    for (const key of keys) {
      if (own.has(key.id)) throw new TokenError("key-ambiguous", `The key of stratum ${key.stratum} is there twice; make a new one for each stratum and wave.`);
      const modulus = modulusOf(key.spki);
      own.set(key.id, { key, modulus, object: publicObject(modulus) });
    }
    this.#keys = own;
  }

  /**
   * Verifies a token's text and says what to put in the one-time table. It does not know what was spent before: the table does.
   * @throws TokenError `token-malformed`; `key-missing` for a wave or stratum that is not open; `signature-invalid`.
   */
  verify(text: string): SpentToken {
    const token: Token = decodeToken(text);
    const found = this.#keys.get(token.keyId);
    if (found === undefined) throw new TokenError("key-missing", "This token is of a wave or stratum that is not open here.");
    if (!holds(found, token.prepared, token.signature, 48)) throw new TokenError("signature-invalid", "This token was not signed by the key it names.");
    const { key } = found;
    return { keyId: key.id, wave: key.wave, stratum: key.stratum, spend: spendOf(token) };
  }
}

const spendDomain = "rugdekking/token-spend@v1\n";

/** The name of a token in the one-time table; see {@link SpentToken}. */
function spendOf({ keyId, prepared }: Token): string {
  return createHash("sha256").update(spendDomain).update(keyId, "base64url").update(prepared).digest("base64url");
}
