/** What comes out of an import: items, what was broken, and the cursor to go on with. Plain values that travel to and from a worker. */
import Type, { type Static } from "typebox";
import { Check } from "typebox/value";
import type { TroubleCode, TroubleData } from "./troubles.ts";

/** What kind of thing an item was read from. */
export type SourceKind = "text" | "mail" | "mbox" | "whatsapp" | "x" | "facebook" | "instagram" | "telegram" | "file";

/** Where something stands in what the person gave, so that the original bytes can be kept and shown. */
export interface Place {
  /** Name of the file as given. */
  readonly file: string;
  /** Which of the files given, from 0: two may have one name. */
  readonly index: number;
  /** Name inside the archive, exactly as it stands there; null when the file is no archive. */
  readonly entry: string | null;
  /** Which one in that file or entry, from 1; 0 for the file or entry as a whole. */
  readonly number: number;
  /** Bytes of the file (or of the unpacked entry) that it was read from: from `start` up to `end`. Null: all of it. */
  readonly bytes: { readonly start: number; readonly end: number } | null;
}

/** When, with what is known about it. */
export interface Moment {
  /** ISO 8601. With `Z` or an offset when the zone is known; without one it is the clock of the device that made the export. */
  readonly iso: string;
  readonly zone: "known" | "unknown";
  /** `guessed`: the file does not show whether day or month comes first. */
  readonly order: "sure" | "guessed";
}

/** A file that came with an item. Read it with `openAttachment`. */
export interface ImportedAttachment {
  /** Safe to save under (services/file-name). */
  readonly name: string;
  /** Media type as the source names it. */
  readonly type: string | null;
  /** In bytes, when the source says so. */
  readonly size: number | null;
  /** Entry of the archive that holds it; null for a part of a mail and for what the export left out. */
  readonly entry: string | null;
  /** Which attachment of the mail, from 0. */
  readonly part: number | null;
  /** Whether it is in this file. `false`: the export left it out, or it is in another archive of the same export. */
  readonly present: boolean;
}

/** Something a reader must know about how an item was read. */
export type ItemNote =
  /** The text was not Unicode; it was read as windows-1252, which Dutch Windows programs write. */
  | "encoding-guessed"
  /** Day and month could not be told apart. */
  | "date-order-guessed"
  /** The sender changed it later; the export holds the last text. */
  | "edited"
  /** The sender took it back; the export no longer holds the text. */
  | "deleted"
  /** The export left a picture, sound or file out. */
  | "media-omitted"
  /** The text was made from a web page (HTML mail). */
  | "text-from-html"
  /** Facebook and Instagram write the same JSON; which of the two it was is a guess. */
  | "platform-guessed";

/** One message, post, mail or file. */
export interface ImportedItem {
  /** From the content alone: the same message gets the same id in every import. 22 characters of base64url (132 bits of SHA-256). */
  readonly id: string;
  readonly source: SourceKind;
  readonly place: Place;
  /** `message`: someone wrote it; `notice`: the platform did ("Jan is toegevoegd"). */
  readonly role: "message" | "notice";
  /** As the source shows it: a name, a handle, an address. */
  readonly author: string | null;
  readonly at: Moment | null;
  /** Where it was said: `mail`, `whatsapp`, `x-post`, `x-dm`, `facebook-message`, `facebook-comment`, `facebook-post`, `instagram-message`, `instagram-comment`, `telegram`, `text`, `file`. */
  readonly channel: string;
  /** Name or number of the chat or thread. */
  readonly conversation: string | null;
  /** Empty for a picture, and for any file that is kept as it is. */
  readonly text: string;
  readonly attachments: readonly ImportedAttachment[];
  readonly notes: readonly ItemNote[];
}

/** Something that was skipped. `scope` says how much. */
export interface Broken {
  readonly code: TroubleCode;
  readonly data: TroubleData;
  readonly place: Place;
  readonly scope: "item" | "entry" | "file";
}

/** How far an import is: give it back to go on behind the last thing you got. A plain value; keep it as JSON. */
export const ImportCursor = Type.Object(
  {
    version: Type.Literal(1),
    /** Which of the files, from 0, with its name and size to know it by. */
    file: Type.Integer({ minimum: 0 }),
    name: Type.String(),
    size: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()]),
    /** Entry of the archive; `""` is its list of contents. */
    entry: Type.Union([Type.String(), Type.Null()]),
    /** How many items and breaks of that file or entry were given. */
    given: Type.Integer({ minimum: 0 }),
    /** Byte to go on from, for sources that can. */
    offset: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()]),
  },
  { additionalProperties: false },
);
export type ImportCursor = Static<typeof ImportCursor>;

/** A cursor that was kept somewhere; null when it is none. */
export const parseCursor = (value: unknown): ImportCursor | null => (Check(ImportCursor, value) ? value : null);

/** What an import gives, in order. */
export type ImportEvent =
  | { readonly kind: "item"; readonly item: ImportedItem; readonly cursor: ImportCursor }
  | { readonly kind: "broken"; readonly broken: Broken; readonly cursor: ImportCursor };
