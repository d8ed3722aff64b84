/** The closed list of what a picture is refused for; every file of this room throws it, callers switch on `code`. */

/**
 * Every stable code of this room. A code never changes meaning.
 *
 * - `facts-malformed`: a line of the file is no fact. `facts-other`: a fact of another quarter. `facts-none`: the file holds none.
 * - `series-unknown`: a break names a series that is not published.
 * - `not-protected`: the check of the suppression found a cell that a reader could work out. `guard-refused`: together with earlier publications it would single people out. `memory-malformed`: what was published before cannot be read.
 * - `metadata-incomplete`: a required property of the catalogue is missing.
 */
export const pictureErrorCodes = [
  "facts-malformed",
  "facts-other",
  "facts-none",
  "series-unknown",
  "not-protected",
  "guard-refused",
  "memory-malformed",
  "metadata-incomplete",
] as const;
export type PictureErrorCode = (typeof pictureErrorCodes)[number];

/** The only error this room throws on purpose. The message says what, where and how to mend it, and holds no fact. */
export class PictureError extends Error {
  override readonly name = "PictureError";
  readonly code: PictureErrorCode;

  constructor(code: PictureErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
