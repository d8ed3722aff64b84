/** What is written down of a piece of evidence at the moment it is taken in: the capture record, its one canonical form, and the time stamps over it. Sealed in the entry like every content. */
import Type, { type Static } from "typebox";
import { Moment, Sha256, Uuid } from "#services/directory/contract/index.ts";
import { digestOfHex } from "./hexadecimal.ts";

/** How a file came in. */
export const captureWays = ["file", "paste", "camera", "share", "import", "extension"] as const;
export const CaptureWay = Type.Enum(captureWays);
export type CaptureWay = (typeof captureWays)[number];

/** Where something was found, as whoever captured it said; nobody checked it. */
const Said = Type.Union([Type.String({ maxLength: 2_000 }), Type.Null()]);

/**
 * One record per file, made before anything else is done with its bytes. It says nothing about what the file shows.
 * A stranger can check it by hand: the hash is in hexadecimal, as `sha256sum` prints it.
 */
export const CaptureRecord = Type.Object(
  {
    format: Type.Literal("rugdekking-capture/1"),
    /** File name as given. */
    name: Type.String({ maxLength: 255 }),
    /** Bytes. */
    size: Type.Integer({ minimum: 0 }),
    /** SHA-256 of the original bytes, hexadecimal. */
    sha256: Type.String({ pattern: "^[0-9a-f]{64}$" }),
    /** When it was taken in, by the clock of the device. */
    capturedAt: Moment,
    /** Whose clock that was. The device's own, which may be wrong: a time stamp is the only time another vouches for. */
    clock: Type.Literal("device"),
    /** When the file itself was last changed, as the device keeps it; null when unknown. */
    modifiedAt: Type.Union([Moment, Type.Null()]),
    how: CaptureWay,
    from: Type.Object({ url: Said, account: Said, platform: Said }, { additionalProperties: false }),
    /** What captured it, with its version. */
    tool: Type.String({ maxLength: 120 }),
    /** 256 random bits, base64url: they keep the record's hash from telling anything about the file, even to who can guess the file. */
    salt: Sha256,
  },
  { additionalProperties: false },
);
export type CaptureRecord = Static<typeof CaptureRecord>;

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** Members in the order of their names, no white space: the form of RFC 8785 for records that hold only text, whole numbers and null. */
function canonical(value: Json): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((one: Json) => canonical(one)).join(",")}]`;
  const members = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, one]) => `${JSON.stringify(name)}:${canonical(one)}`).join(",")}}`;
}

/** The one text of a record; its UTF-8 is what is hashed, stamped and exported. */
export const canonicalRecord = (record: CaptureRecord): string => canonical(record);
/** The same as bytes. */
export const recordBytes = (record: CaptureRecord): Uint8Array<ArrayBuffer> => new TextEncoder().encode(canonicalRecord(record));

/** Whether a record is about a file of this length and SHA-256 (base64url; one that is none is of no file). */
export const isRecordOf = (record: Pick<CaptureRecord, "size" | "sha256">, file: { readonly length: number; readonly sha256: string }): boolean =>
  record.size === file.length && digestOfHex(record.sha256) === file.sha256;

/** An answer of a time-stamp authority that was checked before it was kept, with what is needed to check it again. */
export const KeptStamp = Type.Object(
  {
    /** The attachment whose capture record it is over. */
    item: Uuid,
    /** SHA-256 of the canonical record: what the authority was sent. */
    record: Sha256,
    /** The nonce it was sent, 8 bytes. */
    nonce: Type.String({ pattern: "^[A-Za-z0-9_-]{11}$" }),
    /** DER TimeStampResp as it came, base64url. */
    response: Type.String({ pattern: "^[A-Za-z0-9_-]+$", maxLength: 88_000 }),
    /** Time and name the answer states, for readers without a parser; who checks the answer compares them. */
    at: Moment,
    authority: Type.String({ maxLength: 200 }),
  },
  { additionalProperties: false },
);
export type KeptStamp = Static<typeof KeptStamp>;

/** Stamps in one entry. */
export const mostStamps = 100;

/** Time stamps that came after the evidence (kind `timestamp`). */
export const TimestampBody = Type.Object(
  { version: Type.Literal(1), stamps: Type.Array(KeptStamp, { minItems: 1, maxItems: mostStamps }) },
  { additionalProperties: false },
);
export type TimestampBody = Static<typeof TimestampBody>;
