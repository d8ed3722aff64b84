/** How an anonymous fact travels: the signed statement of a quarter, one blind token per dossier and kind, the sealed fact, and what the research desk gets after the quarter. Any room may import it. */
import Type, { type Static } from "typebox";
import { Base64Url, Envelope, Moment, SealedKey, Uuid } from "#services/directory/contract/index.ts";
import type { DossierKind, EntryKind } from "#services/dossier/contract/index.ts";
import { addDays, endOfDay } from "#services/dossier/workflow/terms.ts";
import { Fact, factKinds, FactKind, monthsOf, Quarter } from "./facts.ts";

/** Media type of the signed statement of a quarter (DSSE payloadType). */
export const quarterStatement = "application/vnd.rugdekking.figures-quarter+json";

/**
 * The entry a kind of fact follows from. Whoever may write that entry in the workflow may ask for the one token of the dossier, once the entry is there.
 *
 * [Note: Once for a dossier] A dossier gives one fact of a kind, however often the entry is written: a report that is closed again, a scan that is completed a second time after a move. One token bounds what any single dossier
 * weighs, and the server, which cannot read what happened, cannot tell a second completion from a first one that is sent again. What a second completion brought is therefore not in the figures; the words beside them say so.
 */
export const factEvents: Readonly<Record<FactKind, { readonly dossier: DossierKind; readonly entry: EntryKind }>> = {
  "report-filed": { dossier: "report", entry: "report" },
  "report-closed": { dossier: "report", entry: "outcome" },
  "scan-requested": { dossier: "scan", entry: "request" },
  "scan-completed": { dossier: "scan", entry: "completion" },
  "signal-closed": { dossier: "signal", entry: "outcome" },
  "help-asked": { dossier: "help", entry: "help-request" },
  "help-given": { dossier: "help", entry: "outcome" },
};

/** A fact waits on its device for a moment by chance, between these many hours after its token was given; [Note: A fact leaves later] in client/waiting.ts. */
export const leastHold = 1;
export const mostHold = 48;

/**
 * A quarter in Dutch time. Tokens are given from `opens` until `closes`; facts are taken until `ends`, three days later, so that what waits on a device has time to arrive. Then the private keys are destroyed and the desk may collect.
 * @param quarter `2026-q4`
 */
export function timesOf(quarter: string): { readonly opens: Date; readonly closes: Date; readonly ends: Date } {
  const [first = "", , last = ""] = monthsOf(quarter);
  const year = Number(last.slice(0, 4));
  const month = Number(last.slice(5));
  const after = month === 12 ? `${year + 1}-01-01` : `${year}-${String(month + 1).padStart(2, "0")}-01`;
  // The moment after the last second of the day before.
  const begin = (day: string): Date => new Date(endOfDay(addDays(day, -1)).getTime() + 1_000);
  return { opens: begin(`${first}-01`), closes: begin(after), ends: begin(addDays(after, 3)) };
}

/** How the token engine names the keys of a quarter; nothing else is signed under this name. */
export const tokenLabel = (quarter: string): string => `figures/${quarter}`;

/** The key of one kind in a quarter. */
export const QuarterKey = Type.Object(
  {
    kind: FactKind,
    /** DER SubjectPublicKeyInfo, base64url. */
    spki: Type.String({ pattern: "^[A-Za-z0-9_-]{390,740}$" }),
  },
  { additionalProperties: false },
);

/**
 * Payload of a quarter's statement, signed by a lead of a research desk; its hash is in the log, so that everyone is shown the same keys.
 *
 * [Note: One epoch of a quarter] Every fact of a quarter is sealed to the one epoch of the desk that its statement names: the epoch of the moment would be a clock on every fact. Who leaves the desk in mid-quarter keeps a key that would
 * open its facts; the server gives these to members of the day only.
 */
export const QuarterPayload = Type.Object(
  {
    version: Type.Literal(1),
    quarter: Quarter,
    desk: Uuid,
    epoch: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
    /** One for each kind, each another. */
    keys: Type.Array(QuarterKey, { minItems: factKinds.length, maxItems: factKinds.length }),
    by: Uuid,
    at: Moment,
  },
  { additionalProperties: false },
);
export type QuarterPayload = Static<typeof QuarterPayload>;

/** `POST /api/v1/figures/keys`: token keys of a quarter to be; the same again when asked again. */
export const QuarterKeysRequest = Type.Object(
  { desk: Uuid, quarter: Quarter, kinds: Type.Array(FactKind, { minItems: 1, maxItems: factKinds.length, uniqueItems: true }) },
  { additionalProperties: false },
);
/** The public keys, in the order asked for. */
export const QuarterKeys = Type.Object({ keys: Type.Array(Type.String()) }, { additionalProperties: false });

/** `GET /api/v1/figures/quarters/:quarter`: a quarter as served. */
export const QuarterView = Type.Object({ quarter: Quarter, statement: Envelope }, { additionalProperties: false });
export type QuarterView = Static<typeof QuarterView>;
/** `GET /api/v1/figures/quarters`: newest first. */
export const QuarterList = Type.Object({ quarters: Type.Array(QuarterView) }, { additionalProperties: false });

/** `POST /api/v1/figures/dossiers/:dossier/tokens`: a blinded message; the answer signs it blindly. The same again gets the same answer, another gets none. */
export const FactTokenRequest = Type.Object({ quarter: Quarter, kind: FactKind, blinded: Base64Url }, { additionalProperties: false });
export type FactTokenRequest = Static<typeof FactTokenRequest>;
export const FactTokenAnswer = Type.Object({ signature: Base64Url }, { additionalProperties: false });
export type FactTokenAnswer = Static<typeof FactTokenAnswer>;

/** `GET` and `PUT /api/v1/figures/dossiers/:dossier/choice`: whether facts are made of a dossier. Whose dossier it is decides; without a word it counts. */
export const CountingChoice = Type.Object({ counted: Type.Boolean() }, { additionalProperties: false });
export type CountingChoice = Static<typeof CountingChoice>;

/** The plaintext of a fact is JSON filled up with spaces to this many bytes: a length says nothing. */
export const factBytes = 1_024;
/** Bytes of a fact as an age file. */
export const sealedFactBytes = 1_215;

/** The plaintext. */
export const FactBody = Type.Object(
  {
    version: Type.Literal(1),
    fact: Fact,
    /** Spaces up to {@link factBytes}. */
    fill: Type.String({ maxLength: factBytes, pattern: "^ *$" }),
  },
  { additionalProperties: false },
);
export type FactBody = Static<typeof FactBody>;

/** A fact, sealed to the epoch that its quarter names. */
export const SealedFact = Type.Object(
  {
    /** UUID of version 4, chosen by its sender. */
    id: Type.String({ pattern: "^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$" }),
    key: SealedKey,
    /** age file of {@link factBytes} of plaintext, base64url. */
    sealed: Base64Url,
  },
  { additionalProperties: false },
);
export type SealedFact = Static<typeof SealedFact>;
/** `POST /api/v1/figures/facts`, without a session. */
export const NewFact = Type.Object({ token: Type.String({ minLength: 100, maxLength: 900 }), fact: SealedFact }, { additionalProperties: false });
export type NewFact = Static<typeof NewFact>;

/** Fewer facts of a kind in a quarter than this are handed to nobody, and neither counted. */
export const leastHandedOut = 5;

/** Where a page of facts ends. */
export const FactPlace = Type.String({ pattern: "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/[a-z-]{1,30}$" });
/** `GET …/facts`, for the desk, once the quarter has ended: a page, in an order that says nothing. */
export const FactPage = Type.Object(
  {
    facts: Type.Array(Type.Object({ kind: FactKind, fact: SealedFact }, { additionalProperties: false })),
    next: Type.Union([FactPlace, Type.Null()]),
  },
  { additionalProperties: false },
);
export type FactPage = Static<typeof FactPage>;
