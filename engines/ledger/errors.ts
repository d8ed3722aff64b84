/** The closed list of what can be wrong with a log, a proof or a note; every file of this engine throws it, callers switch on `code`. */

/**
 * Every stable error code of this engine. A code never changes meaning.
 *
 * - `size-invalid`, `index-invalid`: a number is no tree size or lies outside the tree.
 * - `hash-malformed`: not 32 bytes.
 * - `inclusion-invalid`, `consistency-invalid`: a proof was read and does not hold.
 * - `tile-missing`, `tile-malformed`, `bundle-malformed`, `entry-too-large`: stored or fetched log data is absent or broken.
 * - `key-malformed`, `note-malformed`, `checkpoint-malformed`, `proof-malformed`, `leaf-malformed`: a text does not follow its specification.
 * - `signature-missing`: the expected key did not sign. `signature-invalid`: it did, and the signature is wrong.
 * - `request-malformed`: what a witness was sent does not follow its specification. `quorum-missing`: fewer witnesses cosigned than were asked for.
 * - `origin-mismatch`: the checkpoint belongs to another log than the one asked about.
 */
export const ledgerErrorCodes = [
  "size-invalid",
  "index-invalid",
  "hash-malformed",
  "inclusion-invalid",
  "consistency-invalid",
  "tile-missing",
  "tile-malformed",
  "bundle-malformed",
  "entry-too-large",
  "key-malformed",
  "note-malformed",
  "checkpoint-malformed",
  "proof-malformed",
  "leaf-malformed",
  "request-malformed",
  "signature-missing",
  "signature-invalid",
  "origin-mismatch",
  "quorum-missing",
] as const;

/** One of the stable codes above. */
export type LedgerErrorCode = (typeof ledgerErrorCodes)[number];

/** The only error this engine throws on purpose. The message says what, where and how to mend it; it never holds a private key. */
export class LedgerError extends Error {
  override readonly name = "LedgerError";
  readonly code: LedgerErrorCode;

  /** @param code stable code; @param message what is wrong, where, and what to do. */
  constructor(code: LedgerErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
