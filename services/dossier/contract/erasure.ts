/** Erasing a dossier or an account, what holds it up, and the receipt that stays; shared by clients, the server and the offline check. */
import Type, { type Static } from "typebox";
import { Base64Url, Envelope, Moment, Sha256, Uuid } from "#services/directory/contract/index.ts";

/** Media types of the statements (DSSE payloadType). */
export const erasureTypes = {
  /** Signed by the owner: erase this. */
  request: "application/vnd.rugdekking.erasure-request+json",
  /** Stated by the house; see [Note: The log signs for the house]. */
  erasure: "application/vnd.rugdekking.erasure+json",
  hold: "application/vnd.rugdekking.hold+json",
  holdLift: "application/vnd.rugdekking.hold-lift+json",
} as const;

export const erasureReasons = ["owner", "retention"] as const;
export type ErasureReason = (typeof erasureReasons)[number];

/** What the owner signs: `subject` is the dossier, or the person for an account. `audience` is the origin of the house, so that a request cannot be carried to another. */
export const ErasureRequestPayload = Type.Object(
  { of: Type.Enum(["dossier", "account"]), subject: Uuid, by: Uuid, audience: Type.String({ maxLength: 300 }), at: Moment },
  { additionalProperties: false },
);
export type ErasureRequestPayload = Static<typeof ErasureRequestPayload>;

/**
 * What stays when everything else is gone.
 *
 * [Note: The log signs for the house] The server has no signing key but the log's, and needs none: only the house puts leaves in its log, and the signed checkpoint covers each. An erasure statement is proven by
 * its leaf `rugdekking erasure <hash>` under the pinned log key; the owner's own will is proven by their signed request, whose hash it names.
 */
export const ErasurePayload = Type.Object(
  {
    of: Type.Enum(["dossier", "account"]),
    /** SHA-256 of the id of the dossier or person: who has the id can tell that it is this one, nobody can go back. */
    subject: Sha256,
    kind: Type.Union([Type.String(), Type.Null()]),
    reason: Type.Enum(erasureReasons),
    /** Name of the rule, for example `owner` or `retention/report`. */
    rule: Type.String({ maxLength: 80 }),
    /** Statement hash of the owner's request; null when a rule did it. */
    request: Type.Union([Sha256, Type.Null()]),
    entries: Type.Integer({ minimum: 0 }),
    items: Type.Integer({ minimum: 0 }),
    attachments: Type.Integer({ minimum: 0 }),
    handOvers: Type.Integer({ minimum: 0 }),
    /** Hash of the last entry: the end of the chain whose hashes stay in the log. */
    last: Type.Union([Sha256, Type.Null()]),
    at: Moment,
  },
  { additionalProperties: false },
);
export type ErasurePayload = Static<typeof ErasurePayload>;

/** A statement that is proven by its place in the log and not by a signature of its own. */
export const LoggedStatement = Type.Object(
  { payloadType: Type.Literal(erasureTypes.erasure), payload: Type.String({ pattern: "^[A-Za-z0-9_-]+$", maxLength: 4_000 }) },
  { additionalProperties: false },
);
export type LoggedStatement = Static<typeof LoggedStatement>;

/** The receipt of an erasure; verifies offline against the pinned log key (`rugdekking ledger check`). */
export const ErasureReceipt = Type.Object(
  {
    statement: LoggedStatement,
    /** The owner's signed request, as long as their account is there. */
    request: Type.Union([Envelope, Type.Null()]),
    /** Statement hash; the leaf is `rugdekking erasure <hash>\n`. */
    hash: Sha256,
    /** c2sp.org/tlog-proof@v1 text. */
    proof: Type.String(),
  },
  { additionalProperties: false },
);
export type ErasureReceipt = Static<typeof ErasureReceipt>;

export const erasureStates = ["waiting", "held", "erasing"] as const;
/** An erasure under way. `waiting`: may be undone until `due`. `held`: everyone but the desks with a hold has lost it; the rest follows when the hold ends. */
export const ErasureView = Type.Object(
  {
    dossier: Uuid,
    kind: Type.String(),
    reason: Type.Enum(erasureReasons),
    rule: Type.String(),
    state: Type.Enum(erasureStates),
    requested: Moment,
    due: Moment,
  },
  { additionalProperties: false },
);
export type ErasureView = Static<typeof ErasureView>;

/** `GET /api/v1/erasures`: what of mine is being erased, and the receipts of what was. */
export const Erasures = Type.Object(
  {
    /** Days an owner has to undo. */
    coolingDays: Type.Integer(),
    pending: Type.Array(ErasureView),
    receipts: Type.Array(ErasureReceipt),
  },
  { additionalProperties: false },
);
export type Erasures = Static<typeof Erasures>;

/** What the desk is told of a dossier it has or had. */
export const DeskNotice = Type.Object(
  { dossier: Uuid, kind: Type.String(), what: Type.Enum(["announced", "withdrawn", "gone"]), reason: Type.Enum(erasureReasons), at: Moment },
  { additionalProperties: false },
);
export type DeskNotice = Static<typeof DeskNotice>;
export const DeskNotices = Type.Object({ notices: Type.Array(DeskNotice) }, { additionalProperties: false });

/**
 * Grounds on which erasure may wait, by AVG art. 17(3): a claim in law (e), a duty in law or a task of public authority (b), archiving in the public interest (d).
 * Freedom of expression (a) and public health (c) are no grounds of a safety desk.
 */
export const holdGrounds = ["legal-claim", "public-task", "archive"] as const;
export type HoldGround = (typeof holdGrounds)[number];
/** No hold lasts longer than this; a new one must be signed then. Days. */
export const longestHold = 366;
/** Most signs of a reason. */
export const longestHoldReason = 2000;

/** Payload of a hold: signed by the lead of a desk that has the whole dossier, or by the owner (`desk` null). */
export const HoldPayload = Type.Object(
  {
    hold: Uuid,
    dossier: Uuid,
    desk: Type.Union([Uuid, Type.Null()]),
    by: Uuid,
    ground: Type.Enum(holdGrounds),
    /** SHA-256 of the sealed reason. */
    reason: Sha256,
    until: Moment,
    at: Moment,
  },
  { additionalProperties: false },
);
export type HoldPayload = Static<typeof HoldPayload>;
export const HoldLiftPayload = Type.Object({ hold: Uuid, dossier: Uuid, by: Uuid, at: Moment }, { additionalProperties: false });
export type HoldLiftPayload = Static<typeof HoldLiftPayload>;

/** A hold as everyone who has the whole dossier sees it, the owner first of all. `reason` is sealed under the dossier key, as the item with the hold's own id. */
export const HoldView = Type.Object(
  { statement: Envelope, reason: Base64Url, signPublicKey: Base64Url, lifted: Type.Union([Moment, Type.Null()]) },
  { additionalProperties: false },
);
export type HoldView = Static<typeof HoldView>;
export const Holds = Type.Object({ holds: Type.Array(HoldView) }, { additionalProperties: false });
export const NewHold = Type.Object(
  { statement: Envelope, reason: Type.String({ pattern: "^[A-Za-z0-9_-]+$", maxLength: 8_000 }) },
  { additionalProperties: false },
);
