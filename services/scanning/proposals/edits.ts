/** What an adviser does to proposed measures, as data with a reason: added, dropped or changed. Kept with the advice so that anyone can see what the rules said and what a person decided. */
import Type, { type Static } from "typebox";
import { Ring } from "#registers/measures/index.ts";
import { LocalId, RiskDomain } from "#services/scanning/contract/index.ts";

const Euros = Type.Integer({ minimum: 0, maximum: 10_000_000 });

/** What an adviser may set on a measure. Costs are whole euros, VAT included, for all pieces together. */
const fields = {
  what: Type.String({ minLength: 1, maxLength: 400 }),
  why: Type.String({ maxLength: 6_000 }),
  who: Type.Enum(["employer", "own"]),
  provided: Type.Enum(["provided", "on-loan"]),
  costLow: Euros,
  costHigh: Euros,
  /** How many: multiplies the cost of a register measure that is priced per piece, unless costs are given too. */
  pieces: Type.Integer({ minimum: 1, maximum: 200 }),
};

/** A measure that is in no register. */
export const OwnMeasure = Type.Object(
  {
    domain: RiskDomain,
    ring: Ring,
    what: fields.what,
    why: fields.why,
    who: fields.who,
    provided: fields.provided,
    costLow: Euros,
    costHigh: Euros,
  },
  { additionalProperties: false },
);
/** A measure that is in no register. */
export type OwnMeasure = Static<typeof OwnMeasure>;

const Reason = Type.String({ minLength: 1, maxLength: 6_000 });
/** One act of the adviser. They are applied in order; a later one sees what an earlier one left. */
export const Edit = Type.Union([
  Type.Object(
    {
      measure: LocalId,
      change: Type.Literal("added"),
      reason: Reason,
      /** Findings it is for; may be empty. */
      findings: Type.Array(LocalId, { maxItems: 150 }),
      /** Its contents when it is not in the register; null when it is. */
      as: Type.Union([OwnMeasure, Type.Null()]),
    },
    { additionalProperties: false },
  ),
  Type.Object({ measure: LocalId, change: Type.Literal("dropped"), reason: Reason }, { additionalProperties: false }),
  Type.Object(
    { measure: LocalId, change: Type.Literal("changed"), reason: Reason, to: Type.Partial(Type.Object(fields), { additionalProperties: false }) },
    { additionalProperties: false },
  ),
]);
/** One act of the adviser. */
export type Edit = Static<typeof Edit>;
/** All acts, in order. */
export const Edits = Type.Array(Edit, { maxItems: 500 });

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
