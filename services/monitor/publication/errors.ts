/** The closed list of what a publication is refused for; every file of this room throws it, callers switch on `code`. */

/**
 * Every stable code of this room. A code never changes meaning.
 *
 * - `answers-malformed`: the file of opened answers does not have its form. `answers-mixed`: answers of two questionnaires or recall periods. `answers-none`: nobody answered.
 * - `stratum-unknown`: an answer of a stratum the wave does not state. `stratum-overfull`: more answers than invitations. `code-unknown`: a code of the frame, or a column, that the rules do not know.
 * - `rules-other`: the rules are for another questionnaire. `figure-unknown`: no figure of that name.
 * - `not-protected`: the check of the suppression found a cell that a reader could work out. `guard-refused`: together with earlier publications it would single people out. `earlier-malformed`: what was published before cannot be read.
 * - `statement-refused`: who clears a publication may not (the same person made it, or is not of the desk), or the file is another than was cleared.
 * - `metadata-incomplete`: a required property of the catalogue is missing.
 */
export const publicationErrorCodes = [
  "answers-malformed",
  "answers-mixed",
  "answers-none",
  "stratum-unknown",
  "stratum-overfull",
  "code-unknown",
  "rules-other",
  "figure-unknown",
  "not-protected",
  "guard-refused",
  "earlier-malformed",
  "statement-refused",
  "metadata-incomplete",
] as const;
export type PublicationErrorCode = (typeof publicationErrorCodes)[number];

/** The only error this room throws on purpose. The message says what, where and how to mend it, and holds no answer of anyone. */
export class PublicationError extends Error {
  override readonly name = "PublicationError";
  readonly code: PublicationErrorCode;

  constructor(code: PublicationErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
