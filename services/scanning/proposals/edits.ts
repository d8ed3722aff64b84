/** What can be wrong with what an adviser does to proposed measures. */
/** What can be wrong with an edit; stable codes. */
export type ProposalErrorCode =
  /** It does not have the promised form. */
  | "edit-malformed"
  /** The reason holds nothing but blanks. */
  | "reason-missing"
  /** Not in the register, and no contents were given. */
  | "measure-unknown"
  /** Added while it already stands. */
  | "measure-stands"
  /** Dropped or changed while it does not stand. */
  | "measure-not-there"
  /** Contents were given for a measure the register has. */
  | "measure-in-register"
  /** The cost range runs downward. */
  | "cost-reversed"
  /** Names a finding that is not there. */
  | "finding-unknown";

/** An edit cannot be applied. */
export class ProposalError extends Error {
  override readonly name = "ProposalError";
  readonly code: ProposalErrorCode;
  /** Measure it is about; empty when the form itself is wrong. */
  readonly measure: string;
  /** @param code stable code; @param measure id of the measure; @param detail what is wrong, without what was written. */
  constructor(code: ProposalErrorCode, measure: string, detail: string) {
    super(detail);
    this.code = code;
    this.measure = measure;
  }
}
