/** Everything that can go wrong with a delivery, as a closed list; thrown in this room only, and written in the outbox by its code. */

/**
 * `address-forbidden`: the name leads to an address no message may go to. `unreachable`, `timed-out`: no answer. `refused`: the answer was no. `redirected`: it pointed elsewhere, which is not followed.
 * `answer-unreadable`: yes, but not in the form of the standard.
 */
export type FailureCode = "address-forbidden" | "unreachable" | "timed-out" | "refused" | "redirected" | "answer-unreadable" | "unforeseen";

/** One try of a delivery failed. Holds a code and an HTTP status, never words of the other side. */
export class DeliveryFailure extends Error {
  override readonly name = "DeliveryFailure";
  readonly code: FailureCode;
  /** HTTP status; null without an answer. */
  readonly status: number | null;
  /** Seconds the other side asked to wait (`Retry-After`); null when it did not. */
  readonly wait: number | null;

  constructor(code: FailureCode, status: number | null = null, wait: number | null = null) {
    super(status === null ? code : `${code} (${status})`);
    this.code = code;
    this.status = status;
    this.wait = wait;
  }

  /** True when the destination itself seems away, so that what waits behind this one need not be tried now. */
  get away(): boolean {
    return this.status === null || this.status === 429 || this.status >= 500;
  }
}
