/** The shapes of a bundle's own files: what build writes and verify reads, and nothing else does. README.md describes them in words. */
import Type, { type Static } from "typebox";
import { Check } from "typebox/value";
import { Envelope, Moment, Sha256, TrustAnchor, Uuid } from "#services/directory/contract/index.ts";
import { CaptureRecord, TimestampBody, type KeptStamp } from "#services/dossier/contract/capture.ts";
import { dossierKinds, type EntryHeader } from "#services/dossier/contract/index.ts";
import { fromBase64url } from "./hashing.ts";

/** Name and version of the format that is written; a reader takes this one and those before it, and refuses what it does not know. */
export const BUNDLE_VERSION = "rugdekking-bundle/2";
/** Before capture records, time stamps and the evidence page. */
export const FIRST_VERSION = "rugdekking-bundle/1";
export const INDEX = "bundle.json";
export const KEY = "key.txt";
export const PROTECTED_KEY = "key.txt.age";
export const READ_ME = "LEESMIJ.txt";
export const EVIDENCE_PAGE = "BEWIJS.html";
/** Hashes of the readable files in hexadecimal, for `sha256sum -c`. */
export const SUMS = "SHA256SUMS";
/** The roots the maker judged time stamps by, for `openssl ts -verify`. */
export const ROOTS = "timestamps/roots.pem";

/** One file of the bundle as `bundle.json` lists it; `bundle.json` itself is the only file not listed. */
export const BundleFile = Type.Object(
  {
    name: Type.String({ maxLength: 240 }),
    size: Type.Integer({ minimum: 0 }),
    /** SHA-256 of the whole file. */
    sha256: Sha256,
    /** For `items/`, `headers/`, `originals/`, `captures/` and `timestamps/`: the sealed item it belongs to. */
    item: Type.Optional(Uuid),
    /** For `receipts/`, `originals/` and `captures/`: the entry it belongs to; for `timestamps/`: the entry that keeps the stamp. */
    seq: Type.Optional(Type.Integer({ minimum: 1 })),
  },
  { additionalProperties: false },
);
export type BundleFile = Static<typeof BundleFile>;

/** `bundle.json`. */
export const BundleIndex = Type.Object(
  {
    format: Type.Union([Type.Literal(BUNDLE_VERSION), Type.Literal(FIRST_VERSION)]),
    dossier: Uuid,
    kind: Type.Enum(dossierKinds),
    /** TOOI code of the employer the dossier belongs to. */
    organisation: Type.String(),
    phase: Type.String(),
    /** `whole`: every entry from 1 to `lastSeq`. `part`: only what this reader holds keys to; the chain has gaps. */
    view: Type.Union([Type.Literal("whole"), Type.Literal("part")]),
    lastSeq: Type.Integer({ minimum: 1 }),
    /** Who took it away. */
    takenBy: Uuid,
    madeAt: Moment,
    /** What the maker pinned. It proves nothing by itself: compare it with a copy from elsewhere. */
    trust: TrustAnchor,
    /** age recipient (`age1…`) every file in `items/` is sealed to; its identity is in key.txt. */
    recipient: Type.String({ pattern: "^age1[a-z0-9]+$" }),
    /** Number of the wording of BEWIJS.html; since version 2. */
    page: Type.Optional(Type.Integer({ minimum: 1 })),
    files: Type.Array(BundleFile),
  },
  { additionalProperties: false },
);
export type BundleIndex = Static<typeof BundleIndex>;

/** `statements/NNNN.json`: one signed statement, in the order in which they are checked. */
const statementKinds = ["person-card", "roster", "consent", "grant", "entry"] as const;
export const StatementFile = Type.Object({ what: Type.Enum(statementKinds), envelope: Envelope }, { additionalProperties: false });
export type StatementFile = Static<typeof StatementFile>;

/** What every sealed body says about its attachments (the contracts of reporting and scanning add more fields, which stay as they are). */
export const NamedAttachment = Type.Object({
  item: Uuid,
  name: Type.String(),
  /** Bytes of the file as the person had it; what `age` gives back is padded with zero bytes after it. */
  length: Type.Integer({ minimum: 0 }),
  /** SHA-256 of the file as the person had it. */
  sha256: Sha256,
  capture: Type.Optional(CaptureRecord),
});
export type NamedAttachment = Static<typeof NamedAttachment>;
const Attachments = Type.Object({ attachments: Type.Array(NamedAttachment) });

/** The attachments a body names; none when it has no such list. A body speaks for the attachments its author signed along with it, never for those of another entry. */
export function attachmentsOf({ attachments }: Pick<EntryHeader, "attachments">, body: unknown): readonly NamedAttachment[] {
  if (!Check(Attachments, body)) return [];
  const own = new Set(attachments.map(({ item }) => item));
  return body.attachments.filter(({ item }) => own.has(item));
}

/** A kept stamp with its answer and nonce as bytes. */
export interface ReadStamp extends Omit<KeptStamp, "response" | "nonce"> {
  readonly response: Uint8Array<ArrayBuffer>;
  readonly nonce: Uint8Array<ArrayBuffer>;
}

function readStamp(stamp: KeptStamp): ReadStamp | null {
  const [response, nonce] = [fromBase64url(stamp.response), fromBase64url(stamp.nonce)];
  return response === null || nonce === null ? null : { ...stamp, response, nonce };
}

/** The time stamps of an entry, with null for one that cannot be read; null when the entry is of kind `timestamp` and its body is none. */
export function keptStampsOf({ kind }: Pick<EntryHeader, "kind">, body: unknown): readonly (ReadStamp | null)[] | null {
  if (kind !== "timestamp") return [];
  return Check(TimestampBody, body) ? body.stamps.map(readStamp) : null;
}

/** The time stamps of an entry that can be read: one that cannot must not keep the others from being shown or taken away. Verify complains of it. */
export const stampsOf = (header: Pick<EntryHeader, "kind">, body: unknown): readonly ReadStamp[] =>
  (keptStampsOf(header, body) ?? []).filter((stamp) => stamp !== null);

/** `1` -> `0001`: names that sort. */
export const number4 = (value: number): string => String(value).padStart(4, "0");
