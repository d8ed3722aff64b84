/** The closed list of what can be wrong with a time stamp; every file of this engine throws it, callers switch on `code`. */

/**
 * Every stable error code of this engine. A code never changes meaning.
 *
 * - `request-malformed`: the digest or nonce to ask with has the wrong length.
 * - `response-malformed`: the answer is no DER TimeStampResp with one signer, or lacks something RFC 3161 demands.
 * - `refused`: the authority answered that it does not stamp; the message says why in its own words.
 * - `imprint-mismatch`: the stamp is about other bytes. `nonce-mismatch`: it answers another question.
 * - `signature-invalid`: the signature, or the tie between signature and certificate, does not hold.
 * - `certificate-untrusted`: the certificate does not lead to a pinned root. `certificate-expired`: it was not in force at the time the stamp states.
 * - `purpose-wrong`: the certificate is not, critically and only, for time stamping.
 * - `algorithm-weak`: a hash or key that can be forged (MD5, SHA-1, RSA below 2048 bits).
 * - `roots-malformed`: the pinned roots are not X.509 certificates.
 */
export const timestampErrorCodes = [
  "request-malformed",
  "response-malformed",
  "refused",
  "imprint-mismatch",
  "nonce-mismatch",
  "signature-invalid",
  "certificate-untrusted",
  "certificate-expired",
  "purpose-wrong",
  "algorithm-weak",
  "roots-malformed",
] as const;

/** One of the stable codes above. */
export type TimestampErrorCode = (typeof timestampErrorCodes)[number];

/** The only error this engine throws on purpose. Holds no secret: time stamps are public. */
export class TimestampError extends Error {
  override readonly name = "TimestampError";
  readonly code: TimestampErrorCode;

  /** @param code stable code; @param message what is wrong. */
  constructor(code: TimestampErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
