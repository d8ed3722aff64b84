/** Sealed contents that reports and scans share: who the office-holder is, files, messages, withdrawals. Only clients ever see these; the server holds them sealed. */
import Type, { type Static } from "typebox";
import { Moment, Sha256, Uuid } from "#services/directory/contract/index.ts";
import { CaptureRecord } from "./capture.ts";

/** The offices Rugdekking knows (domain.md 1.4): province, municipality and water authority, executive and representative. */
export const officeFunctions = [
  "kings-commissioner",
  "provincial-executive",
  "provincial-councillor",
  "mayor",
  "alderman",
  "councillor",
  "committee-member",
  "water-authority-chair",
  "water-authority-executive",
  "water-authority-general-board",
] as const;
export const OfficeFunction = Type.Enum(officeFunctions);
export type OfficeFunction = (typeof officeFunctions)[number];

/** Free text a person typed; long enough for a pasted thread, short enough for one sealed body. */
export const LongText = Type.String({ maxLength: 60_000 });
/** One line of text. */
export const ShortText = Type.String({ maxLength: 400 });
/** Calendar day, `YYYY-MM-DD`. */
export const Day = Type.String({ pattern: "^\\d{4}-\\d{2}-\\d{2}$" });

/** How a desk may reach the person, and when better not. */
export const ContactPreferences = Type.Object(
  {
    how: Type.Union([Type.Literal("here"), Type.Literal("phone"), Type.Literal("e-mail")]),
    /** Phone number or address for it; empty with `here`. */
    reach: ShortText,
    /** "not after 22:00", "do not leave a voicemail". */
    wishes: Type.String({ maxLength: 2_000 }),
  },
  { additionalProperties: false },
);
export type ContactPreferences = Static<typeof ContactPreferences>;

/** What the sealed body tells about a file. Name and true length are only here: the server sees a padded blob under a random id. */
export const AttachmentNote = Type.Object(
  {
    /** The item the header names; its sealed bytes are fetched with it. */
    item: Uuid,
    /** File name as the person had it. */
    name: Type.String({ maxLength: 255 }),
    mediaType: Type.String({ maxLength: 120 }),
    /** True length in bytes; the opened item is cut to it. */
    length: Type.Integer({ minimum: 0 }),
    /** SHA-256 of the original file, so that it can be compared with the device it came from. */
    sha256: Sha256,
    /** When it was captured or saved, if known. */
    capturedAt: Type.Union([Moment, Type.Null()]),
    note: Type.String({ maxLength: 2_000 }),
    /** What was written down when it was taken in; left out for files that were made here (photos of a visit) and by versions that made no records. */
    capture: Type.Optional(CaptureRecord),
  },
  { additionalProperties: false },
);
export type AttachmentNote = Static<typeof AttachmentNote>;

/** Two-way message (kind `message`). */
export const MessageBody = Type.Object(
  { version: Type.Literal(1), text: LongText, attachments: Type.Array(AttachmentNote, { maxItems: 200 }) },
  { additionalProperties: false },
);
export type MessageBody = Static<typeof MessageBody>;

/** More evidence added later (kind `evidence`). */
export const EvidenceBody = Type.Object(
  { version: Type.Literal(1), note: LongText, attachments: Type.Array(AttachmentNote, { minItems: 1, maxItems: 200 }) },
  { additionalProperties: false },
);
export type EvidenceBody = Static<typeof EvidenceBody>;

/** The owner ends the dossier (kind `withdrawal`); no reason is asked for. */
export const WithdrawalBody = Type.Object({ version: Type.Literal(1), reason: LongText }, { additionalProperties: false });
export type WithdrawalBody = Static<typeof WithdrawalBody>;

/** The purpose a signal to police and OM writes by itself; kept in Dutch, and shown in the reader's language. */
export const SIGNAL_PURPOSE = "Signaal aan politie en OM";

/** The owner shares named items with another desk (kind `referral`); the grants travel with it. */
export const ReferralBody = Type.Object(
  {
    version: Type.Literal(1),
    to: Type.Object({ desk: Uuid, name: ShortText }, { additionalProperties: false }),
    purpose: Type.String({ maxLength: 10_000 }),
    items: Type.Array(Uuid, { minItems: 1, maxItems: 500 }),
    until: Moment,
  },
  { additionalProperties: false },
);
export type ReferralBody = Static<typeof ReferralBody>;
