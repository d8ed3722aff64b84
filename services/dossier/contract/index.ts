/** What dossier clients and the server tell each other: entries, hand-overs, consent, receipts, uploads. Headers are readable by the server, contents never. */
import Type, { type Static } from "typebox";
import { TermLengths } from "#services/dossier/workflow/lengths.ts";
import { Base64Url, Envelope, Moment, SealedKey, Sha256, Uuid } from "#services/directory/contract/index.ts";

/** Media types of the signed statements (DSSE payloadType). */
export const statementTypes = {
  entry: "application/vnd.rugdekking.entry+json",
  grant: "application/vnd.rugdekking.grant+json",
  consent: "application/vnd.rugdekking.consent+json",
  consentWithdrawal: "application/vnd.rugdekking.consent-withdrawal+json",
} as const;

export const dossierKinds = ["report", "scan", "signal", "help", "question-set"] as const;
export type DossierKind = (typeof dossierKinds)[number];

/** Who someone is to one dossier. `reporter` and `office-holder` are persons (or guests); the others are desks; `expert` is the assigned member of the expert desk; `consulted` holds single items under consent. In a signal `police` is the unit's RCCB, `prosecution` the OM's adviser (adviseur BB&C), `chief-prosecutor` the hoofdofficier van justitie. In a question set `policy-officer` is who opened it for the lead ministry's desk, `policy-desk` that desk, `co-ministry` the desk of a ministry that signs along, `fact-source` a desk asked for facts (single items), `minister` the desk that decides for the minister. */
export const dossierRoles = [
  "reporter",
  "office-holder",
  "safety-desk",
  "expert-desk",
  "expert",
  "authority",
  "employer",
  "police",
  "prosecution",
  "chief-prosecutor",
  "support-team",
  "consulted",
  "policy-officer",
  "policy-desk",
  "co-ministry",
  "fact-source",
  "minister",
] as const;
export const DossierRole = Type.Enum(dossierRoles);
export type DossierRole = (typeof dossierRoles)[number];

export const entryKinds = [
  "report",
  "evidence",
  "message",
  "norm-test",
  "seriousness",
  "action",
  "referral",
  "preparation",
  "outcome",
  "request",
  "entitlement",
  "assignment",
  "appointment",
  "visit",
  "threat-analysis",
  "risk-assessment",
  "advice",
  "submission",
  "return",
  "adoption",
  "provision-list",
  "measure",
  "completion",
  "withdrawal",
  "no-show",
  "departure",
  "timestamp",
  "signal",
  "receipt",
  "weighing",
  "redirection",
  "decision",
  "provisional",
  "feedback",
  "registration",
  "help-request",
  "help-offer",
  "aftercare-plan",
  "question-set",
  "mend",
  "co-signing",
  "fact-request",
  "fact-answer",
  "draft",
  "note",
  "comment",
  "verdict",
  "initial",
  "presentation",
  "signature",
  "sending",
  "publication",
  "postponement",
] as const;
export const EntryKind = Type.Enum(entryKinds);
export type EntryKind = (typeof entryKinds)[number];

/** A sealed item as a header names it: the SHA-256 and length of the age file (padded content, so the length says little). */
export const ItemReference = Type.Object(
  { item: Uuid, digest: Sha256, size: Type.Integer({ minimum: 1, maximum: 20_000_000_000 }) },
  { additionalProperties: false },
);
export type ItemReference = Static<typeof ItemReference>;

/** Payload of an entry statement: the readable header of one link of the dossier's chain. */
export const EntryHeader = Type.Object(
  {
    dossier: Uuid,
    /** 1 for the first entry, then one more each time. */
    seq: Type.Integer({ minimum: 1 }),
    /** Statement hash of the entry before; null for the first. */
    previous: Type.Union([Sha256, Type.Null()]),
    kind: EntryKind,
    /** Workflow action this entry performs, or null when it changes no phase. */
    action: Type.Union([Type.String({ pattern: "^[a-z-]{2,30}$" }), Type.Null()]),
    author: Type.Object({ person: Uuid, role: DossierRole, desk: Type.Union([Uuid, Type.Null()]) }, { additionalProperties: false }),
    at: Moment,
    /** `acute` shortens the first term; visible to the server by design. Only on a first entry. */
    urgency: Type.Optional(Type.Union([Type.Literal("acute"), Type.Literal("normal")])),
    /** The member an `assign` action names. */
    assignee: Type.Optional(Uuid),
    /** The item a decision decides on (the advice that is adopted or returned). */
    decides: Type.Optional(ItemReference),
    /** Item of the request this entry answers; see [Note: Key of an answer]. */
    answers: Type.Optional(Uuid),
    body: ItemReference,
    attachments: Type.Array(ItemReference, { maxItems: 200 }),
  },
  { additionalProperties: false },
);
export type EntryHeader = Static<typeof EntryHeader>;

/** Part of a dossier with a key of its own (HKDF of the dossier key): whoever holds the dossier key can read every channel, whoever holds a channel key only that channel. `main` is the dossier key itself. */
export const channels = ["main", "provision"] as const;
export const Channel = Type.Enum(channels);
export type Channel = (typeof channels)[number];

export const Grantee = Type.Union([
  Type.Object({ person: Uuid }, { additionalProperties: false }),
  Type.Object({ desk: Uuid, epoch: Type.Integer({ minimum: 1 }) }, { additionalProperties: false }),
]);
export type Grantee = Static<typeof Grantee>;

/** Payload of a grant statement: who hands which keys to whom, in which role, under which consent. */
export const GrantPayload = Type.Object(
  {
    grant: Uuid,
    dossier: Uuid,
    role: DossierRole,
    to: Grantee,
    by: Uuid,
    /** `dossier`: the dossier key. `channel`: the key of one channel, derived from it. `items`: single file keys. `digest` is SHA-256 of the sealed-key string. */
    keys: Type.Union([
      Type.Object({ scope: Type.Literal("dossier"), digest: Sha256 }, { additionalProperties: false }),
      Type.Object({ scope: Type.Literal("channel"), channel: Channel, digest: Sha256 }, { additionalProperties: false }),
      Type.Object(
        {
          scope: Type.Literal("items"),
          items: Type.Array(Type.Object({ item: Uuid, digest: Sha256 }, { additionalProperties: false }), { minItems: 1, maxItems: 500 }),
        },
        { additionalProperties: false },
      ),
    ]),
    /** Statement hash of the consent this rests on; null only when the office-holder or reporter hands over in person. */
    consent: Type.Union([Sha256, Type.Null()]),
    until: Type.Union([Moment, Type.Null()]),
    at: Moment,
  },
  { additionalProperties: false },
);
export type GrantPayload = Static<typeof GrantPayload>;

export const consentPurposes = ["help-after-report", "security-scan", "adoption", "provision", "consultation", "signal", "same-actor"] as const;
/** Payload of a consent statement, signed by the person whose dossier it is (law 2). */
export const ConsentPayload = Type.Object(
  {
    consent: Uuid,
    dossier: Uuid,
    by: Uuid,
    to: Type.Object({ desk: Uuid, role: DossierRole }, { additionalProperties: false }),
    purpose: Type.Enum(consentPurposes),
    /** Everything, named items, or entries of named kinds that may still be written. */
    scope: Type.Union([
      Type.Object({ everything: Type.Literal(true) }, { additionalProperties: false }),
      Type.Object({ items: Type.Array(Uuid, { minItems: 1 }) }, { additionalProperties: false }),
      Type.Object({ kinds: Type.Array(EntryKind, { minItems: 1 }) }, { additionalProperties: false }),
    ]),
    until: Moment,
    at: Moment,
  },
  { additionalProperties: false },
);
export type ConsentPayload = Static<typeof ConsentPayload>;
export const ConsentWithdrawalPayload = Type.Object({ consent: Sha256, dossier: Uuid, by: Uuid, at: Moment }, { additionalProperties: false });

/** A grant on its way: the statement and the sealed keys it names (`dossier`, `channel:<name>` or an item id as key). */
export const GrantDelivery = Type.Object({ statement: Envelope, sealed: Type.Record(Type.String(), SealedKey) }, { additionalProperties: false });
export type GrantDelivery = Static<typeof GrantDelivery>;

/** One entry with all that must become visible together with it; accepted whole or not at all. Attachments were uploaded before. */
export const Submission = Type.Object(
  {
    entry: Envelope,
    /** The sealed body (age file, at most 256 KiB). */
    body: Type.String({ pattern: "^[A-Za-z0-9_-]*$", maxLength: 360_000 }),
    grants: Type.Array(GrantDelivery, { maxItems: 50 }),
    consents: Type.Array(Envelope, { maxItems: 20 }),
    /** New cover (sealed like an item), when the few words of the worklist change. */
    cover: Type.Optional(Type.String({ pattern: "^[A-Za-z0-9_-]*$", maxLength: 12_000 })),
  },
  { additionalProperties: false },
);
export type Submission = Static<typeof Submission>;

/** `POST /api/v1/dossiers`: a new dossier with its first entry. */
export const NewDossier = Type.Object(
  {
    dossier: Uuid,
    kind: Type.Enum(dossierKinds),
    /** The employer: organisation of the office-holder; the tenant the dossier belongs to. */
    organisation: Type.String({ maxLength: 40 }),
    /** Self-signed person card of a guest; null when signed in. */
    guest: Type.Union([Envelope, Type.Null()]),
    participants: Type.Array(Type.Object({ role: DossierRole, desk: Uuid }, { additionalProperties: false }), { maxItems: 8 }),
    first: Submission,
  },
  { additionalProperties: false },
);
export type NewDossier = Static<typeof NewDossier>;

/** Proof that an entry was accepted: a C2SP tlog-proof of its leaf. Keep it; it verifies offline against the pinned log key. */
export const Receipt = Type.Object(
  {
    dossier: Uuid,
    seq: Type.Integer(),
    /** Statement hash of the entry. The leaf is the text `rugdekking entry <hash>\n`. */
    entry: Sha256,
    /** c2sp.org/tlog-proof@v1 text. */
    proof: Type.String(),
  },
  { additionalProperties: false },
);
export type Receipt = Static<typeof Receipt>;

export const Term = Type.Object({ name: Type.String(), due: Moment, waitsFor: DossierRole, overdue: Type.Boolean() }, { additionalProperties: false });
export type Term = Static<typeof Term>;

/** What was done about a term: the desk was reminded, it passed, or one named contact was told. */
export const TermEventView = Type.Object(
  {
    /** Key into registers/terms. */
    term: Type.String(),
    /** Entry that started the term. */
    seq: Type.Integer(),
    what: Type.Enum(["reminded", "overdue", "escalated"]),
    /** The contact, by person id; the signed roster of the desk has name and office. */
    person: Type.Union([Uuid, Type.Null()]),
    at: Moment,
  },
  { additionalProperties: false },
);
export type TermEventView = Static<typeof TermEventView>;

export const ParticipantView = Type.Object(
  {
    role: DossierRole,
    person: Type.Union([Uuid, Type.Null()]),
    desk: Type.Union([Uuid, Type.Null()]),
    since: Moment,
    until: Type.Union([Moment, Type.Null()]),
    scope: Type.Union([Type.Literal("dossier"), Type.Literal("channel"), Type.Literal("items")]),
    consent: Type.Union([Sha256, Type.Null()]),
  },
  { additionalProperties: false },
);
export type ParticipantView = Static<typeof ParticipantView>;

export const GrantView = Type.Object({ statement: Envelope, sealed: Type.Record(Type.String(), SealedKey) }, { additionalProperties: false });
export type GrantView = Static<typeof GrantView>;

/** A dossier as one of its readers may see it. `grants` are only those to the caller or the caller's desks. */
export const DossierView = Type.Object(
  {
    id: Uuid,
    kind: Type.Enum(dossierKinds),
    organisation: Type.String(),
    phase: Type.String(),
    /** The names under which systems of organisations that help here (a zaaksysteem) know this dossier, one for each organisation: the caller's own, or all of them for whose dossier it is; left out when none is told of it. */
    outside: Type.Optional(Type.Array(Type.String())),
    opened: Moment,
    /** Roles the caller holds here. */
    roles: Type.Array(DossierRole),
    /** Actions the caller may take now, from the workflow table. */
    actions: Type.Array(Type.String()),
    lastSeq: Type.Integer(),
    lastHash: Sha256,
    cover: Type.Union([Base64Url, Type.Null()]),
    term: Type.Union([Term, Type.Null()]),
    /** Lengths this house counts by where they differ from the table, by the name of the term; see services/dossier/workflow/lengths.ts. */
    termLengths: TermLengths,
    /** Oldest first; empty for a reader without the dossier key. */
    termEvents: Type.Array(TermEventView),
    participants: Type.Array(ParticipantView),
    grants: Type.Array(GrantView),
    consents: Type.Array(Type.Object({ statement: Envelope, withdrawn: Type.Union([Moment, Type.Null()]) }, { additionalProperties: false })),
  },
  { additionalProperties: false },
);
export type DossierView = Static<typeof DossierView>;

/** `GET /api/v1/dossiers/:id/hand-overs`: every hand-over's statement without its keys, ended ones too, oldest first; for a reader without the dossier key only those to them. */
export const HandOvers = Type.Object({ handOvers: Type.Array(Envelope) }, { additionalProperties: false });

/** One entry as stored; `body` is null for a reader who holds no key to it. */
export const EntryView = Type.Object(
  { statement: Envelope, body: Type.Union([Base64Url, Type.Null()]), signPublicKey: Base64Url, received: Moment, leaf: Type.Integer() },
  { additionalProperties: false },
);
export type EntryView = Static<typeof EntryView>;

/** One line of a desk's worklist: enough to open the cover, nothing more. */
export const WorklistLine = Type.Object(
  {
    id: Uuid,
    kind: Type.Enum(dossierKinds),
    phase: Type.String(),
    opened: Moment,
    changed: Moment,
    term: Type.Union([Term, Type.Null()]),
    cover: Type.Union([Base64Url, Type.Null()]),
    /** Opened at this desk by someone without an account. */
    guest: Type.Boolean(),
    grant: GrantView,
  },
  { additionalProperties: false },
);
export type WorklistLine = Static<typeof WorklistLine>;
/** Keyset page: `next` is an opaque cursor, null on the last page. */
export const WorklistPage = Type.Object(
  { lines: Type.Array(WorklistLine), next: Type.Union([Type.String(), Type.Null()]), total: Type.Integer() },
  { additionalProperties: false },
);
export type WorklistPage = Static<typeof WorklistPage>;

/** `GET /api/v1/desks/:id/late`: how much is late, by what it waits for, and the lines, what waits longest first. */
export const LateList = Type.Object(
  {
    at: Moment,
    groups: Type.Array(
      Type.Object(
        {
          kind: Type.Enum(dossierKinds),
          phase: Type.String(),
          term: Type.String(),
          waitsFor: DossierRole,
          late: Type.Integer(),
          /** When the oldest of them was due. */
          oldest: Moment,
        },
        { additionalProperties: false },
      ),
    ),
    lines: Type.Array(WorklistLine),
    next: Type.Union([Type.String(), Type.Null()]),
  },
  { additionalProperties: false },
);
export type LateList = Static<typeof LateList>;

/** `POST /api/v1/uploads`; then PATCH pieces with `Upload-Offset` until `size`, HEAD tells where to go on. The token is shown once. */
export const NewUpload = Type.Object(
  { item: Uuid, dossier: Uuid, size: Type.Integer({ minimum: 1, maximum: 20_000_000_000 }) },
  { additionalProperties: false },
);
export const UploadTicket = Type.Object({ upload: Uuid, token: Base64Url, offset: Type.Integer(), pieceSize: Type.Integer() }, { additionalProperties: false });
export type UploadTicket = Static<typeof UploadTicket>;

/** What an answer link carries behind the `#`: 256 bits of chance, base64url. The server keeps its hash alone. */
export const Pointer = Type.String({ pattern: "^[A-Za-z0-9_-]{43}$" });
/** `POST /api/v1/dossiers/:id/answer-links`: for which desk. */
export const NewAnswerLink = Type.Object({ desk: Uuid }, { additionalProperties: false });
/** The one time a pointer is told. */
export const AnswerLink = Type.Object({ pointer: Pointer, until: Moment }, { additionalProperties: false });
export type AnswerLink = Static<typeof AnswerLink>;
/** `POST /api/v1/answer-links/look-ups`, by a member of the desk it was made for: where to answer, or that the desk did. A spent one says no more than that. */
export const AnswerLinkView = Type.Union([
  Type.Object({ answered: Type.Literal(false), dossier: Uuid, kind: Type.Enum(dossierKinds), desk: Uuid, until: Moment }, { additionalProperties: false }),
  Type.Object({ answered: Type.Literal(true) }, { additionalProperties: false }),
]);
export type AnswerLinkView = Static<typeof AnswerLinkView>;
