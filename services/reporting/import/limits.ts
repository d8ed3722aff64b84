/** How much a reader takes in before it refuses. Every limit is here, with its reason; tests lower them. */
import { MAX_TEXT_UNITS } from "@rugdekking/triage/message";

const MiB = 1024 * 1024;
const GiB = 1024 * MiB;

/** Limits of one import. Bytes unless the name says otherwise. */
export interface ImportLimits {
  /** Entries of one archive. An archive of ten years on X or Facebook holds some tens of thousands, most of them pictures. */
  readonly zipEntries: number;
  /** The list of contents of one archive, which is read into memory. */
  readonly zipDirectoryBytes: number;
  /** Unpacked size of one entry. */
  readonly zipEntryBytes: number;
  /** Unpacked size of everything read from one archive; what is read again counts once. */
  readonly zipTotalBytes: number;
  /** How many times larger than its packed form an entry, or an archive, may become. Chats pack to a tenth; a bomb to a thousandth. */
  readonly zipRatio: number;
  /** The ratio is not looked at below this size: a small file of one repeated word harms nobody. */
  readonly zipRatioFrom: number;
  /** One line of text. */
  readonly lineBytes: number;
  /** The text of one item, in UTF-16 code units: no more than triage reads. */
  readonly textLength: number;
  /** One mail with its attachments: mail servers stop at 50 MB. */
  readonly mailBytes: number;
  /** Multipart containers in one mail. */
  readonly mailContainers: number;
  /** Containers times lines that look like a border between parts: each is compared with each. A mail with fifty attachments makes some hundreds. */
  readonly mailComparisons: number;
  /** Lines that look like a border, in a mail with parts: each may be a part. */
  readonly mailBorders: number;
  /** Lines of one mail: 64 MiB of ordinary lines are 900,000. */
  readonly mailLines: number;
  /** Containers inside each other in one mail. */
  readonly mailDepth: number;
  /** One element of a JSON list: one message, one post. */
  readonly jsonElementBytes: number;
  /** Lists and objects inside each other. */
  readonly jsonDepth: number;
  /** What is kept of a stream that must be read twice. */
  readonly spoolBytes: number;
}

/** What is used unless a caller says otherwise. */
export const defaultLimits: ImportLimits = {
  zipEntries: 200_000,
  zipDirectoryBytes: 64 * MiB,
  zipEntryBytes: 16 * GiB,
  zipTotalBytes: 64 * GiB,
  zipRatio: 200,
  zipRatioFrom: 16 * MiB,
  lineBytes: MiB,
  textLength: MAX_TEXT_UNITS,
  mailBytes: 64 * MiB,
  mailContainers: 200,
  mailComparisons: 2_000_000,
  mailBorders: 20_000,
  mailLines: 2_000_000,
  mailDepth: 32,
  jsonElementBytes: 8 * MiB,
  jsonDepth: 64,
  spoolBytes: 64 * MiB,
};
