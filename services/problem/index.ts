/** The closed list of everything that can go wrong between a client and the server; every room may import it, it imports nothing. */

/**
 * Every stable error code, its HTTP status and its English title (RFC 9457 `title`).
 * A code never changes meaning; the Dutch wording lives with the screens, keyed by code.
 */
export const problems = {
  "input-malformed": { status: 400, title: "The request does not have the shape the contract asks for" },
  "input-too-large": { status: 413, title: "The request is larger than this door allows" },
  "media-type-unknown": { status: 415, title: "The body is of a media type this door does not take" },
  "range-unsatisfiable": { status: 416, title: "The file does not have the asked bytes" },
  "not-found": { status: 404, title: "There is nothing at this address for you" },
  "method-unknown": { status: 405, title: "This address does not take that method" },
  "signature-invalid": { status: 422, title: "A signature does not match its statement" },
  "statement-mismatch": { status: 422, title: "A signed statement says something else than the request around it" },
  "clock-off": { status: 422, title: "The time a statement names cannot be right; set the device's clock" },
  "session-missing": { status: 401, title: "Sign in first" },
  "session-expired": { status: 401, title: "The session has ended; sign in again" },
  "challenge-unknown": { status: 401, title: "The challenge is unknown, used or too old" },
  "handle-taken": { status: 409, title: "This sign-in name is already in use" },
  "invitation-unknown": { status: 404, title: "The invitation is unknown, used or too old" },
  "origin-refused": { status: 403, title: "The request came from a page this server did not serve" },
  "role-forbidden": { status: 403, title: "Your role may not do this in this phase" },
  "phase-forbidden": { status: 409, title: "This step does not exist in the dossier's present phase" },
  "requirement-missing": { status: 409, title: "Something that must come first is not there yet" },
  "confirmation-missing": { status: 403, title: "The organisation asks for a session that its own sign-in confirmed" },
  "provider-away": { status: 503, title: "The organisation's own sign-in does not answer" },
  "provider-refused": { status: 422, title: "What the organisation's own sign-in answered does not hold" },
  "own-work": { status: 403, title: "The person who wrote it may not be the one who decides on it" },
  "chain-broken": { status: 409, title: "The entry does not follow the last one; read the new entries and sign again" },
  "already-there": { status: 409, title: "This was already received, with other content" },
  "epoch-stale": { status: 409, title: "The desk has newer keys; read its roster and hand over again" },
  "roster-mismatch": { status: 409, title: "The wrapped keys are not exactly those of the signed roster" },
  "consent-missing": { status: 403, title: "There is no valid consent that covers this hand-over" },
  "consent-expired": { status: 403, title: "The consent has ended or was withdrawn" },
  "counting-declined": { status: 403, title: "Whose dossier this is said that it is not counted in the figures" },
  "grant-ended": { status: 403, title: "Your access to this dossier has ended" },
  "receipt-unknown": { status: 404, title: "No dossier belongs to this receipt" },
  "upload-offset": { status: 409, title: "The upload continues at another place; ask for its offset" },
  "upload-incomplete": { status: 409, title: "An attachment has not arrived completely" },
  "digest-mismatch": { status: 422, title: "The bytes are not those the statement names" },
  "work-required": { status: 403, title: "Whoever is not signed in does a little work first, and sends the token along" },
  "quota-reached": { status: 429, title: "Too much at once; wait and try again" },
  "storage-full": { status: 507, title: "The server cannot store this now" },
  unavailable: { status: 503, title: "The server cannot do this now; try again" },
} as const;

/** One of the stable codes above. */
export type ProblemCode = keyof typeof problems;

/** RFC 9457 problem document as it travels; `code` is the stable part, `detail` says what and where, `mend` how to mend it. Holds no secret and no content. */
export interface ProblemDocument {
  /** `https://rugdekking.nl/problems/<code>` */
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: ProblemCode;
  /** What is wrong and where (a JSON pointer or a name), in English, without secrets. */
  readonly detail: string;
  /** What the caller can do about it. */
  readonly mend: string;
}

/** Thrown by contract, workflow, store and server rooms; the server turns it into a {@link ProblemDocument}, the CLI into one line. */
export class Problem extends Error {
  override readonly name = "Problem";
  readonly code: ProblemCode;
  readonly mend: string;

  /** @param code stable code; @param detail what and where, no secrets; @param mend how to mend it. */
  constructor(code: ProblemCode, detail: string, mend: string) {
    super(detail);
    this.code = code;
    this.mend = mend;
  }

  /** The document sent as `application/problem+json`. */
  toDocument(): ProblemDocument {
    const known = problems[this.code];
    return {
      type: `https://rugdekking.nl/problems/${this.code}`,
      title: known.title,
      status: known.status,
      code: this.code,
      detail: this.message,
      mend: this.mend,
    };
  }
}
