/** What the log's server and its readers agree on beside the C2SP formats: kinds of leaves, addresses, the parts of a receipt. Any room may import it. */
import Type, { type Static } from "typebox";

/** What a leaf may name. The leaf's text is `rugdekking <kind> <statement hash>\n`. */
export const leafKinds = [
  "entry",
  "grant",
  "consent",
  "consent-withdrawal",
  "roster",
  "person-card",
  "fingerprint-network",
  "monitor-wave",
  "figures-quarter",
  "web-bundle",
  "erasure",
  "joining-request",
  "joining-verdict",
  "recovery",
  "unlock-record",
] as const;
export type LeafKind = (typeof leafKinds)[number];

/** One leaf of the log: a statement's kind and its hash. A statement hash covers the media type too, so one hash belongs to one kind. */
export const Leaf = Type.Object(
  {
    what: Type.Union(leafKinds.map((kind) => Type.Literal(kind))),
    /** SHA-256 as 43 characters of base64url. */
    hash: Type.String({ pattern: "^[A-Za-z0-9_-]{43}$" }),
  },
  { additionalProperties: false },
);
export interface Leaf {
  readonly what: LeafKind;
  readonly hash: string;
}

/** Proof that a leaf is in a signed log. */
export const LeafReceipt = Type.Object(
  {
    /** Zero-based place in the log. */
    index: Type.Integer({ minimum: 0 }),
    /** c2sp.org/tlog-proof@v1 text; verify it offline with `verifyReceipt` of `@rugdekking/ledger` and the pinned key. */
    proof: Type.String(),
  },
  { additionalProperties: false },
);
export type LeafReceipt = Static<typeof LeafReceipt>;

/** Where the public log is served (C2SP tlog-tiles); tiles and bundles lie under `<prefix>/tile/`. */
export const ledgerPaths = { prefix: "/ledger", checkpoint: "/ledger/checkpoint", witnessed: "/ledger/witnessed", tiles: "/ledger/tile" } as const;
