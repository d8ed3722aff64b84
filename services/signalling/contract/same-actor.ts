/** What desks and the server tell each other about one actor with many victims: blinded values, opaque fingerprints, coarse counts. Readable values never travel. Any room may import it. */
import Type, { type Static } from "typebox";
import { type DeskFunction, Envelope, Moment, SealedKey, Sha256, Uuid } from "#services/directory/contract/index.ts";

/**
 * [Note: Whose desks count] Only safety desks of employers contribute. An office-holder has one employer for an office, so "n other desks" comes close to "n other people";
 * were police and OM to contribute what a safety desk handed them, one victim would count three times. And a register that police can ask is another register (Wet politiegegevens).
 */
export const contributingFunctions: readonly DeskFunction[] = ["safety-desk"];

/** Media types of the signed statements of this room (DSSE payloadType). */
export const sameActorStatements = {
  network: "application/vnd.rugdekking.fingerprint-network+json",
  handOver: "application/vnd.rugdekking.fingerprint-key+json",
} as const;

/** How many other desks contributed the same value, told in steps so that small changes do not show. */
export const otherSteps = ["none", "1-2", "3-5", "6-10", "more"] as const;
export type Others = (typeof otherSteps)[number];

/** The step a count falls in. @param others other desks, 0 or more */
export function stepOf(others: number): Others {
  if (others <= 0) return "none";
  if (others <= 2) return "1-2";
  if (others <= 5) return "3-5";
  return others <= 10 ? "6-10" : "more";
}

/**
 * [Note: Pace of fingerprints] What one desk may have evaluated: 240 at once, then 120 a day, kept in the database, so that a restart or a second server gives none away.
 * A campaign of two hundred accounts passes in one go. Trying ten million telephone numbers takes one desk 10,000,000 / 120 = 83,000 days (228 years), and all
 * 375 gemeenten, provincies and waterschappen together, each with one desk, 222 days. A list of 500 known numbers takes one desk 500 - 240 = 260 more, that is 2.2 days: this hinders, it does not prevent.
 */
export const pace = { burst: 240, perDay: 120 } as const;

/** Most values in one request. */
export const mostAtOnce = 20;
/** Most contributions one desk may have standing. */
export const mostStanding = 20_000;

/** Element of ristretto255, 32 bytes as base64url. */
const Element = Sha256;
/** HMAC-SHA256 under the network key over the output of the VOPRF: opaque to whoever lacks either key. */
export const Fingerprint = Sha256;

/** Payload of a network statement, signed by a lead of a safety desk: which keys fingerprints are made with. Its hash is in the log. */
export const NetworkPayload = Type.Object(
  {
    version: Type.Integer({ minimum: 1, maximum: 10_000 }),
    /** Statement hash of the version before; null for the first. */
    previous: Type.Union([Sha256, Type.Null()]),
    /** The server's VOPRF public key: signed here too, so that no server can use another key for each desk. */
    publicKey: Element,
    /** SHA-256 of the network key, which the server never has. */
    commitment: Sha256,
    desk: Uuid,
    by: Uuid,
    at: Moment,
  },
  { additionalProperties: false },
);
export type NetworkPayload = Static<typeof NetworkPayload>;

/** Payload of a hand-over of the network key from a desk that holds it to one that asked, signed by a member of the first. */
export const NetworkHandOverPayload = Type.Object(
  {
    /** Statement hash of the network. */
    network: Sha256,
    from: Uuid,
    to: Type.Object({ desk: Uuid, epoch: Type.Integer({ minimum: 1 }) }, { additionalProperties: false }),
    by: Uuid,
    /** SHA-256 of the sealed key string. */
    digest: Sha256,
    at: Moment,
  },
  { additionalProperties: false },
);
export type NetworkHandOverPayload = Static<typeof NetworkHandOverPayload>;

/** A network key on its way. */
export const NetworkHandOver = Type.Object({ statement: Envelope, sealed: SealedKey }, { additionalProperties: false });
export type NetworkHandOver = Static<typeof NetworkHandOver>;

/** `POST /api/v1/fingerprints/networks`: a new version, with the key handed to the desk of who made it. */
export const NewNetwork = Type.Object({ network: Envelope, handOver: NetworkHandOver }, { additionalProperties: false });
export type NewNetwork = Static<typeof NewNetwork>;

/** `GET /api/v1/fingerprints/networks`: every version, the first one first. */
export const Networks = Type.Object({ networks: Type.Array(Envelope) }, { additionalProperties: false });

/** `GET /api/v1/fingerprints/desks/:desk`: what a member's desk holds, which desks asked for the key (told to holders only), and how many evaluations are left now. */
export const FingerprintDesk = Type.Object(
  { keys: Type.Array(NetworkHandOver), waiting: Type.Array(Uuid), left: Type.Integer({ minimum: 0 }) },
  { additionalProperties: false },
);

/** Blinded elements: random points to the server, whatever is in them. */
export const Evaluation = Type.Object({ blinded: Type.Array(Element, { minItems: 1, maxItems: mostAtOnce }) }, { additionalProperties: false });
/** The evaluated elements in the same order, and one proof (RFC 9497 section 2.2) that all were made with the public key of the network. */
export const Evaluated = Type.Object(
  { evaluated: Type.Array(Element), proof: Type.String({ pattern: "^[A-Za-z0-9_-]{86}$" }), left: Type.Integer({ minimum: 0 }) },
  { additionalProperties: false },
);
export type Evaluated = Static<typeof Evaluated>;

/** UUID of version 4: an id that tells no time. */
const RandomId = Type.String({ pattern: "^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$" });

/** One contribution. The label says to the desk itself what it is, sealed to its epoch; every label is equally long. */
export const Contribution = Type.Object(
  {
    id: RandomId,
    fingerprint: Fingerprint,
    epoch: Type.Integer({ minimum: 1 }),
    label: SealedKey,
    /** A contribution of the same desk that this one is made anew from: it is taken back, and its month stays. */
    replaces: Type.Optional(RandomId),
  },
  { additionalProperties: false },
);
export type Contribution = Static<typeof Contribution>;
export const NewContributions = Type.Object(
  { network: Sha256, contributions: Type.Array(Contribution, { minItems: 1, maxItems: mostAtOnce }) },
  { additionalProperties: false },
);

const OtherDesks = Type.Enum(otherSteps);
/** The answer to contributing: how many other desks have it, in the order given. */
export const ContributionCounts = Type.Object({ others: Type.Array(OtherDesks) }, { additionalProperties: false });
/** `POST …/checks`: the same question without contributing. */
export const Check = Type.Object({ fingerprints: Type.Array(Fingerprint, { minItems: 1, maxItems: mostAtOnce }) }, { additionalProperties: false });

/** A desk's own contribution, with how many others it hits now. Never who, when, or which dossier. */
export const StandingContribution = Type.Object(
  {
    id: RandomId,
    network: Sha256,
    /** `2026-11`: kept until the retention ends, counted in whole months. */
    month: Type.String({ pattern: "^\\d{4}-\\d{2}$" }),
    epoch: Type.Integer({ minimum: 1 }),
    label: SealedKey,
    others: OtherDesks,
  },
  { additionalProperties: false },
);
export type StandingContribution = Static<typeof StandingContribution>;
/** A page of them; `next` goes into `after`. */
export const StandingContributions = Type.Object(
  { contributions: Type.Array(StandingContribution), next: Type.Union([RandomId, Type.Null()]) },
  { additionalProperties: false },
);
export const ContributionPlace = Type.Object({ desk: Uuid, id: RandomId });
export const ContributionPage = Type.Object({ after: Type.Optional(RandomId) }, { additionalProperties: false });
