/**
 * An organisation that asks to take part: what its first lead signs, what two authorities sign about it, and who may. Static data without I/O.
 *
 * [Note: Two authorities before the first roster] The registrar's signature makes a desk real, and the registrar knows no one. So two people, of two desks of two organisations whose function lets them verify, each look the
 * organisation up by a way they know (never by what the request says), telephone, let the applicant read out their 25 digits and sign over exactly this request. Both statements are in the log. The registrar's program
 * checks them before it signs, the server before it makes the desk, and every client that looks where a desk comes from.
 */
import Type, { type Static } from "typebox";
import { Envelope, Moment, Sha256, Uuid, type DeskFunction, type Organisation } from "./index.ts";
import { Line, shownPattern } from "./line.ts";

/** DSSE payload types. */
export const JOINING_REQUEST = "application/vnd.rugdekking.joining-request+json";
export const JOINING_VERDICT = "application/vnd.rugdekking.joining-verdict+json";

/** Desks whose members may verify an organisation, and why they can. */
export const verifyingFunctions: readonly { readonly function: DeskFunction; readonly note: string }[] = [
  { function: "authority", note: "The security authority adopts advices for every employer and has its own lines to their secretaries and clerks." },
  { function: "expert-desk", note: "The crime prevention centre visits every employer and has its contacts from its own work." },
  { function: "support", note: "The support network is set up by the associations of the employers, who know their members." },
];
/** So many verify, each of another desk and another organisation. */
export const verificationsNeeded = 2;

/** Which organisations may ask by themselves: the employers of the law. The others are few, and the registrar knows them. */
export const joiningKinds: readonly Organisation["kind"][] = ["municipality", "province", "water-authority"];
/** For what their first desk may be. */
export const joiningFunctions = ["safety-desk", "employer"] as const;

/** Days that a request waits; then it and everything in it is forgotten, unless a desk came of it. */
export const joiningDays = 30;
/** Requests that may wait at once: of one person, for one organisation, in all. */
export const joiningQuota = { person: 1, organisation: 3, all: 200 } as const;
/**
 * Places for one organisation: three, and one more for each day that the oldest has been waiting. Whoever takes all places under several accounts keeps the organisation itself out for a day and not for thirty, and
 * those who verify have no more than that to look at.
 */
export const placesFor = (oldest: Date | null, at: Date): number =>
  joiningQuota.organisation + (oldest === null ? 0 : Math.max(0, Math.floor((at.getTime() - oldest.getTime()) / 86_400_000)));

/** Signed by the first lead with the keys in it. */
export const JoiningRequestPayload = Type.Object(
  {
    version: Type.Literal(1),
    request: Uuid,
    organisation: Type.String({ pattern: "^[a-z0-9-]{2,40}$" }),
    function: Type.Enum(joiningFunctions),
    /** Name of the desk to be. */
    deskName: Line,
    person: Uuid,
    /** Name and office of the first lead, as the roster will show them. */
    name: Line,
    office: Line,
    signPublicKey: Sha256,
    sealPublicKey: Type.String({ pattern: "^[A-Za-z0-9_-]{1622}$" }),
    audience: Type.String({ maxLength: 300 }),
    at: Moment,
  },
  { additionalProperties: false },
);
export type JoiningRequestPayload = Static<typeof JoiningRequestPayload>;

/** Signed by a member of a verifying desk. */
export const JoiningVerdictPayload = Type.Object(
  {
    version: Type.Literal(1),
    /** Statement hash of the request. */
    request: Sha256,
    organisation: Type.String({ pattern: "^[a-z0-9-]{2,40}$" }),
    verdict: Type.Enum(["verified", "refused"]),
    /** The 25 digits as they were read out by telephone, without spaces; null for a refusal. */
    fingerprint: Type.Union([Type.String({ pattern: "^[0-9]{25}$" }), Type.Null()]),
    /** Why it was refused, for the applicant; null when it was verified. */
    reason: Type.Union([Type.String({ minLength: 1, maxLength: 500, pattern: shownPattern }), Type.Null()]),
    by: Uuid,
    desk: Uuid,
    at: Moment,
  },
  { additionalProperties: false },
);
export type JoiningVerdictPayload = Static<typeof JoiningVerdictPayload>;

export const joiningStates = ["open", "verified", "refused", "joined"] as const;

/** A request with what was signed about it. The state is the server's word; clients judge the statements themselves. */
export const JoiningView = Type.Object(
  {
    request: Uuid,
    state: Type.Enum(joiningStates),
    statement: Envelope,
    verdicts: Type.Array(Envelope),
    /** The desk that came of it. */
    desk: Type.Union([Uuid, Type.Null()]),
    expires: Moment,
  },
  { additionalProperties: false },
);
export type JoiningView = Static<typeof JoiningView>;
