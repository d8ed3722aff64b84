/** The closed list of what can be wrong with a token or its key; every file of this engine throws it, callers switch on `code`. */

/**
 * Every stable error code of this engine. A code never changes meaning.
 *
 * - `label-malformed`: a wave or stratum is empty, too long or holds a character that no label may hold.
 * - `key-malformed`: not a DER SubjectPublicKeyInfo of an RSA key of an accepted size with exponent 65537, or a key statement that does not follow its form.
 * - `key-missing`: no published key is for this wave and stratum, or none has the id that a token names.
 * - `key-ambiguous`: more than one published key is for the same wave and stratum. Do not go on: who gets a key of their own can be recognised by it.
 * - `secret-malformed`: what was read as a private key is none, or does not belong to its public half.
 * - `blinded-malformed`: a blinded message has another length than the modulus, or is not below it.
 * - `signing-failed`: the signature just made does not verify; nothing may be sent, since a wrong signature can tell the private key.
 * - `response-malformed`: what the issuer answered has another length than the modulus.
 * - `signature-invalid`: the signature does not hold under the key that was to sign it.
 * - `token-malformed`, `pending-malformed`: bytes or text that do not follow the encoding.
 * - `blinding-failed`: no blinding factor could be drawn; try again with a new token.
 */
export const tokenErrorCodes = [
  "label-malformed",
  "key-malformed",
  "key-missing",
  "key-ambiguous",
  "secret-malformed",
  "blinded-malformed",
  "signing-failed",
  "response-malformed",
  "signature-invalid",
  "token-malformed",
  "pending-malformed",
  "blinding-failed",
] as const;

/** One of the stable codes above. */
export type TokenErrorCode = (typeof tokenErrorCodes)[number];

/** The only error this engine throws on purpose. The message says what, where and how to mend it; it never holds a token, a blinding factor or a private key. */
export class TokenError extends Error {
  override readonly name = "TokenError";
  readonly code: TokenErrorCode;

  /** @param code stable code; @param message what is wrong and how to mend it. */
  constructor(code: TokenErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
