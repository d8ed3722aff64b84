/** What must be known to weigh a claim under the Regeling: one closed shape, parsed at the door. Called by decide.ts and by clients that fill it from a request. */
import Type, { type Static } from "typebox";
import { Check, Errors } from "typebox/value";
import { Day, OfficeFunction } from "#services/dossier/contract/bodies.ts";
import type { RequestBody } from "#services/scanning/contract/index.ts";

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

/** What can be wrong with a situation; stable codes. */
export type SituationErrorCode = "situation-malformed" | "days-reversed";

/** The situation cannot be weighed. */
export class SituationError extends Error {
  override readonly name = "SituationError";
  readonly code: SituationErrorCode;
  /** @param code stable code; @param detail which field, without its content. */
  constructor(code: SituationErrorCode, detail: string) {
    super(detail);
    this.code = code;
  }
}

/** Checks a situation. @throws {@link SituationError} situation-malformed (names the field), days-reversed (the office ends before it begins). */
export function readSituation(value: unknown): Situation {
  if (!Check(Situation, value)) {
    const [first] = Errors(Situation, value);
    throw new SituationError("situation-malformed", `${first?.instancePath || "/"}: ${first?.message ?? "does not have the promised form"}`);
  }
  if (value.standing !== "certain" && value.since !== null && value.until !== null && value.until < value.since)
    throw new SituationError("days-reversed", "/until lies before /since");
  return value;
}

const nothing = { analysis: false, assessment: false, adoptedOn: null, forThisHome: true } as const;

/**
 * What a request already tells, the rest unknown. A request knows no capacity, no date of an exception and no end of an ontheffing: give them in `added` once they are known.
 * @param on day for which is decided
 */
export function situationOf(request: RequestBody, on: string, added: Partial<Omit<Situation, "function" | "on">> = {}): Situation {
  const { status, validUntil, reason } = request.pkvw;
  const outside = request.ontheffing !== "not-needed";
  return {
    function: request.function,
    on,
    capacity: "ordinary",
    standing: request.standing,
    since: request.since,
    until: null,
    home: outside ? "outside" : "inside",
    ontheffing: { state: request.ontheffing === "granted" ? "granted" : "not-asked", until: null },
    certificate: { state: status === "valid" ? "issued" : status === "not-reasonable" ? "none" : status, issuedOn: null, validUntil },
    exception: status === "not-reasonable" ? { by: "", on: null, reason } : null,
    moved: request.moved,
    advice: nothing,
    municipalities: 1,
    ...added,
  };
}
