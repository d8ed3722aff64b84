/** What a reader is: a piece in, items and breaks out, in the order of the source. Implemented by the files beside it, called by the driver. */
import { safeFileName } from "#services/file-name/index.ts";
import type { ImportedAttachment, ImportedItem, Place, SourceKind } from "#services/reporting/import/items.ts";
import type { ImportLimits } from "#services/reporting/import/limits.ts";
import { baseName, type Piece } from "#services/reporting/import/pieces.ts";
import type { TroubleCode, TroubleData } from "#services/reporting/import/troubles.ts";

/** How a text without messages is cut into items. */
export type TextSplit = "whole" | "blank-lines" | "lines";

/** What a reader may know besides its piece. */
export interface ReaderContext {
  readonly limits: ImportLimits;
  readonly split: TextSplit;
  /** Byte to begin at, of a message; only for readers that give `next`. */
  readonly from: number;
  /** How many were given before `from`. */
  readonly before: number;
  /** Name of the entry that a source names as `path`, seen from this piece; null when it is not in the archive, or when the path leads outside. */
  readonly find: (path: string) => string | null;
  /** Account that the archive belongs to, for sources that write "me". */
  readonly owner: { readonly id: string; readonly handle: string } | null;
}

/** An item without what the driver adds. */
export type Draft = Omit<ImportedItem, "id" | "place">;

/** What a reader gives. `bytes` of the piece; `next`: where a reader that can may go on behind this. */
export type Found = {
  readonly bytes: Place["bytes"];
  readonly next?: number;
} & (
  | {
      readonly kind: "item";
      readonly draft: Draft;
      /** See Identities. */
      readonly native: string | null;
    }
  | { readonly kind: "broken"; readonly code: TroubleCode; readonly data: TroubleData }
);

/** Ends early only by throwing a Refusal: then what came before stands, and the piece is reported. */
export type Reader = (piece: Piece, context: ReaderContext) => AsyncGenerator<Found>;

/** A message with nothing special about it; readers overwrite what they know. */
export const message = (source: SourceKind, channel: string, text: string): Draft => ({
  source,
  role: "message",
  author: null,
  at: null,
  channel,
  conversation: null,
  text,
  attachments: [],
  notes: [],
});

/** A break in one item. */
export const broken = (code: TroubleCode, data: TroubleData, bytes: Place["bytes"]): Found => ({ kind: "broken", code, data, bytes });

/** An attachment that a source names by path. */
export function attachmentAt(
  path: string,
  context: ReaderContext,
  more: { readonly type?: string | null; readonly name?: string | null } = {},
): ImportedAttachment {
  const entry = context.find(path);
  return { name: safeFileName(more.name ?? baseName(path)), type: more.type ?? null, size: null, entry: entry ?? path, part: null, present: entry !== null };
}

/** Something that was there but that the export left out. */
export const leftOut = (name: string): ImportedAttachment => ({ name: safeFileName(name), type: null, size: null, entry: null, part: null, present: false });
