/**
 * Import: what a person has (pasted text, mails, chats, archives of platforms, screenshots) becomes messages. Everything runs where the person is, in a browser
 * worker or in Node; nothing is sent. Used by screens, by `rugdekking import`, and by whoever keeps evidence.
 */
export { importFiles, type ImportOptions, pastedText } from "./import-files.ts";
export {
  type Broken,
  ImportCursor,
  type ImportedAttachment,
  type ImportedItem,
  type ImportEvent,
  type ItemNote,
  type Moment,
  parseCursor,
  type Place,
  type SourceKind,
} from "./items.ts";
export { defaultLimits, type ImportLimits } from "./limits.ts";
export { Originals } from "./originals.ts";
export type { ImportFile } from "./pieces.ts";
export type { TextSplit } from "./readers/reader.ts";
export { Refusal as ImportRefusal, type TroubleCode, troubleCodes, type TroubleData } from "./troubles.ts";
export { en as importWordsEnglish } from "./words/en.ts";
export { nl as importWordsDutch } from "./words/nl.ts";
export type { TroubleWords } from "./words/shape.ts";
