/** What an import worker and its page say to each other. Plain values; files travel by reference and are not copied. */
import type { ImportCursor, ImportEvent } from "./items.ts";
import type { ImportLimits } from "./limits.ts";
import type { TextSplit } from "./readers/reader.ts";

/** To the worker. One worker does one import. */
export type ImportAsked =
  | {
      readonly what: "start";
      readonly files: readonly { readonly name: string; readonly blob: Blob }[];
      readonly cursor: ImportCursor | null;
      readonly split: TextSplit;
      readonly limits: Partial<ImportLimits>;
    }
  /** One batch was taken off: one more may come. */
  | { readonly what: "more" }
  /** Stop reading. What was given so far stands; its last cursor goes on from there. */
  | { readonly what: "cancel" };

/** From the worker. */
export type ImportAnswered =
  /** The script is there and listens. */
  | { readonly what: "ready" }
  /** In order. The cursor of the last event is where to go on. */
  | { readonly what: "batch"; readonly events: readonly ImportEvent[] }
  /** Bytes. */
  | { readonly what: "progress"; readonly read: number; readonly total: number }
  | { readonly what: "done" }
  /** A fault of ours, not of the files: those are among the events. */
  | { readonly what: "failed"; readonly message: string };
