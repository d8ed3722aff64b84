/** Everything a decision on a claim under the Regeling looks at: weighed by services/scanning/entitlement and recorded, sealed, with the decision. */
import Type, { type Static } from "typebox";
import { Day, OfficeFunction } from "#services/dossier/contract/bodies.ts";

const DayOrNull = Type.Union([Day, Type.Null()]);

/** Everything a decision looks at. What nobody knows yet says so (`unknown`, `null`); it is never guessed. */
export const Situation = Type.Object(
  {
    function: OfficeFunction,
    /** Day for which is decided. */
    on: Day,
    /** Acting (waarnemend, Besluit 2.2.14, 3.2.14, 4.2.14) or suspended (geschorst, 3.2.18). */
    capacity: Type.Enum(["ordinary", "acting", "suspended"]),
    /** Lid 5 onder a: in office, certain to take it, left it, or none of these. */
    standing: Type.Enum(["appointed", "certain", "left", "neither", "unknown"]),
    /** First day in office; with `certain` the day from which it was certain. */
    since: DayOrNull,
    /** Last day in office where it is known. */
    until: DayOrNull,
    /** Lid 2: is the home in the own province or municipality? Of no weight under 4.9. */
    home: Type.Enum(["inside", "outside", "unknown"]),
    /** Lid 2: the ontheffing of the residence requirement, for a home outside. */
    ontheffing: Type.Object(
      { state: Type.Enum(["granted", "requested", "refused", "not-asked", "unknown"]), until: DayOrNull },
      { additionalProperties: false },
    ),
    /** Lid 5 onder b: the PKVW certificate of the home. */
    certificate: Type.Object(
      { state: Type.Enum(["issued", "applied", "none", "unknown"]), issuedOn: DayOrNull, validUntil: DayOrNull },
      { additionalProperties: false },
    ),
    /** Lid 5 onder b: the reasoned exception. Counts only when who, when and why are all there. */
    exception: Type.Union([
      Type.Object({ by: Type.String({ maxLength: 400 }), on: DayOrNull, reason: Type.String({ maxLength: 10_000 }) }, { additionalProperties: false }),
      Type.Null(),
    ]),
    /** Lid 6: is this about another home than the one measures were provided for? */
    moved: Type.Boolean(),
    /** Lid 4: what is there of the security advice. `forThisHome` false: it was written for another home. */
    advice: Type.Object(
      { analysis: Type.Boolean(), assessment: Type.Boolean(), adoptedOn: DayOrNull, forThisHome: Type.Boolean() },
      { additionalProperties: false },
    ),
    /** Number of municipalities the mayor holds (Besluit 3.2.16 onder b). */
    municipalities: Type.Integer({ minimum: 1, maximum: 10 }),
  },
  { additionalProperties: false },
);
/** Everything a decision looks at. */
export type Situation = Static<typeof Situation>;
