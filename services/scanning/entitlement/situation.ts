/** What must be known to weigh a claim under the Regeling: one closed shape, parsed at the door. Called by decide.ts and by clients that fill it from a request. */
import { Check, Errors } from "typebox/value";
import { Situation, type RequestBody } from "#services/scanning/contract/index.ts";

export { Situation };

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
 * What a request already tells, the rest unknown. A request knows no capacity and no date of an exception: give them in `added` once they are known.
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
    until: request.until ?? null,
    home: outside ? "outside" : "inside",
    ontheffing: {
      state: request.ontheffing === "not-needed" || request.ontheffing === "not-granted" ? "not-asked" : request.ontheffing,
      until: request.ontheffingUntil ?? null,
    },
    certificate: { state: status === "valid" ? "issued" : status === "not-reasonable" ? "none" : status, issuedOn: null, validUntil },
    exception: status === "not-reasonable" ? { by: "", on: null, reason } : null,
    moved: request.moved,
    advice: nothing,
    municipalities: 1,
    ...added,
  };
}
