/** The closed list of what can be wrong with a file that a person gives, and the error that carries it inside this room. The sentences are in words/. */

/**
 * Every reason why something is not read. A code never changes meaning.
 * `file-…` and `zip-…` mostly end a whole file, the others one item; {@link Broken} says which.
 */
export const troubleCodes = [
  /** The device could not read the file to its end: moved, changed, or a disk error. */
  "file-unreadable",
  "file-empty",
  /** Nothing in it that this reader looks for. `what`: source. */
  "nothing-found",
  /** The cursor belongs to another list of files. */
  "cursor-mismatch",
  /** A stream larger than may be kept, of a kind that must be read twice. `limit`: bytes. */
  "stream-too-large",
  /** An archive can only be read from a file: its list of contents stands at its end. */
  "stream-archive",
  "zip-truncated",
  "zip-damaged",
  "zip-encrypted",
  "zip-split",
  /** Packed by a method that is not read. */
  "zip-method",
  /** `limit`: entries. */
  "zip-too-many-entries",
  /** Unpacks to far more than it can be. `limit`: times. */
  "zip-bomb",
  /** `limit`: bytes. */
  "zip-too-large",
  /** An archive in an archive is not opened. */
  "zip-nested",
  /** A name that leads outside the archive, is absolute, double, or holds what no file name holds. */
  "zip-name-refused",
  /** An export made as web pages (HTML) in place of JSON. */
  "html-export",
  "encoding-unknown",
  /** `limit`: bytes. */
  "line-too-long",
  /** `limit`: characters. */
  "text-too-long",
  /** `limit`: bytes. */
  "mail-too-large",
  /** Too many parts, or too deep in each other. */
  "mail-too-complex",
  "mail-malformed",
  /** `limit`: bytes. */
  "json-element-too-large",
  /** `limit`: levels. */
  "json-too-deep",
  /** `at`: byte. */
  "json-malformed",
  "json-truncated",
  /** An element that does not have the shape of a message of this source. `what`: source. */
  "shape-unknown",
  /** Text before the first message of a chat. */
  "before-first-message",
] as const;

/** One of the stable codes above. */
export type TroubleCode = (typeof troubleCodes)[number];

/** Figures and names a sentence may need. Never what someone wrote. */
export interface TroubleData {
  readonly limit?: number;
  readonly at?: number;
  readonly what?: string;
}

/** Thrown by the parts of this room. The driver turns it into a `Broken`; only the opening of attachments and originals lets it out. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly code: TroubleCode;
  readonly data: TroubleData;

  constructor(code: TroubleCode, data: TroubleData = {}) {
    super(code);
    this.code = code;
    this.data = data;
  }
}
