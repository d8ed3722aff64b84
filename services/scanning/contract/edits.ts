/** What an adviser does to proposed measures, as data with a reason: added, dropped or changed. Sealed with the advice, so that its readers see what the rules said and what a person decided. Read through the contract's index. */
import Type, { type Static } from "typebox";
import { LocalId, Ring, RiskDomain } from "./words.ts";

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
export const MeasureEdit = Type.Union([
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
export type MeasureEdit = Static<typeof MeasureEdit>;
/** All acts, in order. */
export const MeasureEdits = Type.Array(MeasureEdit, { maxItems: 500 });
