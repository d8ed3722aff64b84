/** The closed list of what disclosure control refuses; every file of this room throws it, callers switch on `code`. */

/**
 * Every stable error code of this room. A code never changes meaning.
 *
 * - `dimension-malformed`: a classification whose codes repeat, name a parent that is not there, or go round in a circle. `dimension-unknown`: a dimension or code that is asked for does not exist.
 * - `table-malformed`: counts below zero, not finite or of atoms that are not leaves. `table-too-large`: more cells than this is made for.
 * - `setting-invalid`: a minimum, a percentage or a base that makes no sense.
 * - `cannot-protect`: a sensitive cell cannot be protected whatever else is suppressed, given what must be published; data: `cell`.
 * - `not-roundable`: no controlled rounding exists or can be found for a table of this form.
 * - `publication-malformed`: a publication, or the guard's state, that does not have its form. `publication-repeated`: an id that was used before.
 * - `atoms-missing`: the people of a wave that a publication speaks of were not given, so it cannot be judged.
 */
export const disclosureErrorCodes = [
  "dimension-malformed",
  "dimension-unknown",
  "table-malformed",
  "table-too-large",
  "setting-invalid",
  "cannot-protect",
  "not-roundable",
  "publication-malformed",
  "publication-repeated",
  "atoms-missing",
] as const;

/** One of the stable codes above. */
export type DisclosureErrorCode = (typeof disclosureErrorCodes)[number];

/** The only error this room throws on purpose. The message says what, where and how to mend it. */
export class DisclosureError extends Error {
  override readonly name = "DisclosureError";
  readonly code: DisclosureErrorCode;
  /** Names and numbers beside the code. */
  readonly data: Readonly<Record<string, string | number>>;

  /** @param code stable code; @param message what, where, how to mend it; @param data facts beside it. */
  constructor(code: DisclosureErrorCode, message: string, data: Readonly<Record<string, string | number>> = {}) {
    super(message);
    this.code = code;
    this.data = data;
  }
}
