/** The one error class of this engine, so that callers can switch on a closed set of codes; any file here and any user of the engine may import it. */

/**
 * Every code a {@link SealError} can carry. Stable: screens and tests switch on them.
 * "malformed" = not written the way the format says; "refused" = well-formed, but the key, place or signature does not fit.
 */
export type SealErrorCode =
  | "encoding-malformed"
  | "id-malformed"
  | "key-malformed"
  | "statement-malformed"
  | "payload-type-mismatch"
  | "signature-invalid"
  | "card-malformed"
  | "card-mismatch"
  | "roster-broken"
  | "roster-mismatch"
  | "context-malformed"
  | "sealed-key-malformed"
  | "hand-over-refused"
  | "place-malformed"
  | "item-malformed"
  | "item-refused"
  | "length-mismatch"
  | "recipient-malformed"
  | "unlock-malformed"
  | "unlock-wrong"
  | "unlock-parameters-refused"
  | "receipt-malformed"
  | "sheet-malformed"
  | "invitation-malformed"
  | "desk-change-refused"
  | "recovery-malformed"
  | "recovery-share-wrong"
  | "runtime-unsupported";

/** Facts beside the code: counts, positions, group numbers. Never a secret, never a piece of one. */
export type SealErrorData = Readonly<Record<string, string | number>>;

/** Anything this engine refuses. The message says what, where and how to mend it, and holds no secret. */
export class SealError extends Error {
  override readonly name = "SealError";
  readonly code: SealErrorCode;
  readonly data: SealErrorData;

  constructor(code: SealErrorCode, message: string, data: SealErrorData = {}) {
    super(message);
    this.code = code;
    this.data = data;
  }
}
