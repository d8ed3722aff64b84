/** What the directory's clients and server tell each other: organisations, desks, persons, unlock methods, sign-in. */
import Type, { type Static } from "typebox";

/** base64url without padding (RFC 4648 §5). */
export const Base64Url = Type.String({ pattern: "^[A-Za-z0-9_-]*$", maxLength: 8_000_000 });
/** SHA-256 as 43 characters of base64url. */
export const Sha256 = Type.String({ pattern: "^[A-Za-z0-9_-]{43}$" });
/** UUIDv7 (or v4 for guests, whose id must not tell when it was made), lower case. */
export const Uuid = Type.String({ pattern: "^[0-9a-f]{8}-[0-9a-f]{4}-[47][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$" });
/** Ed25519 public key or 32 other bytes: 43 characters of base64url. */
const Key32 = Sha256;
/** A day of the calendar, as a pattern: each month its own length, 29 February in leap years alone. */
const day =
  "(?:\\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)|02-(?:0[1-9]|1\\d|2[0-8]))|(?:\\d\\d(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29)";
/**
 * Moment in UTC, RFC 3339 with `Z`. Every text that fits can be read by `Date`, everywhere alike: a moment that is none would compare as false with every other, and never be over, and a
 * 31 February is 3 March to one browser and nothing to another.
 */
export const Moment = Type.String({ pattern: `^${day}T([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d{1,3})?Z$` });

/** DSSE envelope (secure-systems-lab/dsse): signed bytes are PAE(payloadType, payload). Payload is base64url of UTF-8 JSON. Exactly one signature. */
export const Envelope = Type.Object(
  {
    payloadType: Type.String({ maxLength: 100, pattern: "^[!-~]*$" }),
    payload: Base64Url,
    /** Key id: 43 characters of base64url; signature: 86. A wrong one is told apart by the check, not here. */
    signatures: Type.Array(
      Type.Object(
        { keyid: Type.String({ pattern: "^[A-Za-z0-9_-]{0,64}$" }), sig: Type.String({ pattern: "^[A-Za-z0-9_-]{0,128}$" }) },
        { additionalProperties: false },
      ),
      {
        minItems: 1,
        maxItems: 1,
      },
    ),
  },
  { additionalProperties: false },
);
export type Envelope = Static<typeof Envelope>;

/** One mail address and nothing that a mail program would read as a second one, a name or a header. */
export const MailAddress = Type.String({ maxLength: 200, pattern: '^[^\\s@,;:<>()\\[\\]\\\\"\\x00-\\x20\\x7f]+@[A-Za-z0-9.-]+$' });

/** A key handed over: `h1.` + base64url(enc ‖ ciphertext) under the one HPKE suite of engines/seal. */
export const SealedKey = Type.String({ pattern: "^h1\\.[A-Za-z0-9_-]{1400,12000}$" });

/** What a desk is for. The workflow tables name desks by this function. */
export const deskFunctions = [
  "safety-desk",
  "expert-desk",
  "authority",
  "employer",
  "police",
  "om",
  "chief-prosecutor",
  "support",
  "research",
  "parliament",
  "minister",
] as const;
export const DeskFunction = Type.Enum(deskFunctions);
export type DeskFunction = (typeof deskFunctions)[number];

export const organisationKinds = [
  "municipality",
  "province",
  "water-authority",
  "crime-prevention-centre",
  "ministry",
  "police",
  "public-prosecutor",
  "support-network",
] as const;
export const Organisation = Type.Object(
  {
    /** TOOI code such as `gm0344`, `pv26`, `ws0155`, or a slug for others (`ccv`, `bzk`). Doubles as tenant id. */
    id: Type.String({ pattern: "^[a-z0-9-]{2,40}$" }),
    name: Type.String(),
    kind: Type.Enum(organisationKinds),
    province: Type.Union([Type.String(), Type.Null()]),
    /** Only the demonstration world sets this; screens mark it. */
    demonstration: Type.Boolean(),
  },
  { additionalProperties: false },
);
export type Organisation = Static<typeof Organisation>;

/** A desk as anyone may see it before handing keys to it. The client verifies the roster chain itself and never trusts `function` without it. */
export const DeskView = Type.Object(
  {
    id: Uuid,
    organisation: Type.String(),
    name: Type.String(),
    function: DeskFunction,
    epoch: Type.Integer({ minimum: 1 }),
    /** Roster statements from genesis (signed by the registrar) to the present epoch. */
    rosters: Type.Array(Envelope),
  },
  { additionalProperties: false },
);
export type DeskView = Static<typeof DeskView>;

export const unlockKinds = ["passphrase", "recovery-sheet", "passkey"] as const;
/**
 * One way to open a person's bundle. From the method's 32-byte secret come, by HKDF-SHA256, an Ed25519 key (proves the method to
 * the server, which keeps only the public half) and an HPKE key pair (the bundle is sealed to it, so the bundle can be renewed without the method at hand).
 */
export const UnlockMethod = Type.Object(
  {
    id: Uuid,
    kind: Type.Enum(unlockKinds),
    label: Type.String({ maxLength: 80 }),
    /** Passphrase: Argon2id parameters and salt. Passkey: credential id and PRF salt. Recovery sheet: empty. */
    parameters: Type.Object(
      {
        /** At most 64 bytes. */
        salt: Type.Optional(Type.String({ pattern: "^[A-Za-z0-9_-]{0,86}$" })),
        memoryKiB: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_048_576 })),
        passes: Type.Optional(Type.Integer({ minimum: 1, maximum: 16 })),
        lanes: Type.Optional(Type.Integer({ minimum: 1, maximum: 4 })),
        /** At most 1023 bytes (WebAuthn section 4). */
        credential: Type.Optional(Type.String({ pattern: "^[A-Za-z0-9_-]{1,1364}$" })),
      },
      { additionalProperties: false },
    ),
    signPublicKey: Key32,
    /** 1216 bytes (MLKEM768-X25519). */
    sealPublicKey: Type.String({ pattern: "^[A-Za-z0-9_-]{1622}$" }),
    /** The person's two seeds (HPKE, Ed25519), sealed to `sealPublicKey`. */
    sealedBundle: SealedKey,
    /** The method vouches for the person's signing key, so that no server can put keys of its making in the bundle's place. */
    endorsement: Envelope,
  },
  { additionalProperties: false },
);
export type UnlockMethod = Static<typeof UnlockMethod>;

/** All the ways a person has to unlock: two at least (losing one must not be losing everything, design section 4), twelve at most. */
export const Unlocks = Type.Array(UnlockMethod, { minItems: 2, maxItems: 12 });

/** Payload of the statement in `PUT /api/v1/unlocks` (engines/seal `UNLOCK_SET`), signed with the person's own key: a session alone changes no way in. */
export const UnlockSetPayload = Type.Object(
  { challenge: Key32, audience: Type.String({ maxLength: 300 }), person: Uuid, unlocks: Unlocks, at: Moment },
  { additionalProperties: false },
);

/** Answer to `POST /api/v1/unlocks/challenges`: what the next statement about one's unlock methods must name; ask it before reading the list that is changed. */
export const UnlockChallenge = Type.Object({ challenge: Base64Url, expires: Moment }, { additionalProperties: false });

/** Registration of a person: a self-signed card and at least two unlock methods (design section 4). */
export const PersonRegistration = Type.Object(
  {
    card: Envelope,
    /** Sign-in name, lower case; an e-mail address for most. */
    handle: Type.String({ minLength: 3, maxLength: 120, pattern: "^[a-z0-9._%+@-]+$" }),
    /** Where "er is nieuws" goes; null for no mail. */
    mail: Type.Union([MailAddress, Type.Null()]),
    unlocks: Unlocks,
  },
  { additionalProperties: false },
);
export type PersonRegistration = Static<typeof PersonRegistration>;

/** Answer to `POST /api/v1/sign-in/challenges`: the ways this handle can unlock (plausible decoys for an unknown handle) and what must be signed. */
export const Challenge = Type.Object(
  {
    challenge: Base64Url,
    expires: Moment,
    unlocks: Type.Array(Type.Pick(UnlockMethod, ["id", "kind", "label", "parameters"])),
  },
  { additionalProperties: false },
);
export type Challenge = Static<typeof Challenge>;

/** Answer to `POST /api/v1/sign-in`: the cookie carries the session; the body carries the bundle to open. */
export const SignedIn = Type.Object(
  {
    person: Uuid,
    card: Envelope,
    unlock: Type.Union([UnlockMethod, Type.Null()]),
    desks: Type.Array(Uuid),
    /** Organisations of which the person is in a desk that is not in `desks`, until their own sign-in confirms this session. */
    unconfirmed: Type.Optional(Type.Array(Type.String({ pattern: "^[a-z0-9-]{2,40}$" }))),
    expires: Moment,
  },
  { additionalProperties: false },
);
export type SignedIn = Static<typeof SignedIn>;

/** A member's own key to a desk: the epoch key sealed to the member, and the bridges that open older epochs (epoch n's key sealed under n+1). */
export const DeskKeys = Type.Object(
  {
    desk: Uuid,
    epoch: Type.Integer(),
    sealed: SealedKey,
    bridges: Type.Array(Type.Object({ epoch: Type.Integer(), sealed: SealedKey }, { additionalProperties: false })),
  },
  { additionalProperties: false },
);
export type DeskKeys = Static<typeof DeskKeys>;

/** New desk or new epoch: one signed roster and exactly one wrapped key per member, plus the bridge to the epoch before. */
export const Rotation = Type.Object(
  {
    roster: Envelope,
    sealed: Type.Array(Type.Object({ person: Uuid, sealed: SealedKey }, { additionalProperties: false }), { minItems: 1, maxItems: 500 }),
    bridge: Type.Union([SealedKey, Type.Null()]),
    /** The epoch's key sealed to the recovery key, exactly when the roster names one. */
    recovery: Type.Optional(SealedKey),
  },
  { additionalProperties: false },
);
export type Rotation = Static<typeof Rotation>;

/** One device where the person is signed in. `id` is not the session token and cannot be used as one. */
export const Device = Type.Object(
  { id: Uuid, label: Type.String(), since: Moment, lastSeen: Moment, current: Type.Boolean() },
  { additionalProperties: false },
);
export type Device = Static<typeof Device>;

/** What a client must pin before it trusts anything this server says: the log's verifier key and the registrar that signs first rosters. */
export const TrustAnchor = Type.Object(
  {
    /** Signed-note verifier key (C2SP signed-note): `<origin>+<hash>+<base64>`. */
    log: Type.String(),
    /** Ed25519 public key, base64url. */
    registrar: Base64Url,
    demonstration: Type.Boolean(),
    /** Root certificates of the time-stamp authority this server asks, DER as base64url; left out when it asks none. Pinned like the rest, and only ever used to judge time stamps. */
    timestampRoots: Type.Optional(Type.Array(Type.String({ pattern: "^[A-Za-z0-9_-]+$", maxLength: 20_000 }), { minItems: 1, maxItems: 20 })),
    /** Public key of the VOPRF (RFC 9497, ristretto255-SHA512) that fingerprints of actors are evaluated with, base64url. Once pinned it stays, so that no desk gets a key of its own. */
    fingerprints: Type.Optional(Sha256),
  },
  { additionalProperties: false },
);
export type TrustAnchor = Static<typeof TrustAnchor>;
