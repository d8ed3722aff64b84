/** English sentences of what could not be read, by code. */
import type { TroubleData } from "#services/reporting/import/troubles.ts";
import { size, type TroubleWords } from "./shape.ts";

const mebibytes = ({ limit = 0 }: TroubleData): string => size(limit, "en");

export const en: TroubleWords = {
  trouble: {
    "file-unreadable": () => "The file could not be read to its end. Was it moved or changed? Choose it again.",
    "file-empty": () => "The file is empty.",
    "nothing-found": () => "There are no messages in it that we can read.",
    "cursor-mismatch": () => "These are not the files of the import that was started. Choose the same files again.",
    "stream-too-large": (data) => `This is larger than ${mebibytes(data)} and can only be read from a file.`,
    "stream-archive": () => "An archive can only be read from a file. Save it first.",
    "zip-truncated": () => "The archive is cut off. Download it again.",
    "zip-damaged": () => "The archive is damaged here. Download it again.",
    "zip-encrypted": () => "The archive has a password. Unpack it first, or make the export without a password.",
    "zip-split": () => "This is one part of an archive in several parts. Put the parts together first.",
    "zip-method": () => "It is packed in a way that we cannot read. Unpack it, and give the files.",
    "zip-too-many-entries": ({ limit = 0 }) => `The archive holds more than ${limit} files. Unpack it, and give the files that matter.`,
    "zip-bomb": ({ limit = 0 }) => `It unpacks to more than ${limit} times its size. Real exports do not; it may be meant to harm.`,
    "zip-too-large": (data) => `It unpacks to more than ${mebibytes(data)}. Unpack it, and give the files that matter.`,
    "zip-nested": () => "This is an archive inside an archive. Unpack it, and give it by itself.",
    "zip-name-refused": () => "The name of this file leads outside the archive, or cannot be a name. It was not opened.",
    "html-export": () => "This export was made as web pages (HTML). Ask for it again and choose JSON.",
    "encoding-unknown": () => "The characters of this text cannot be told. Save it as UTF-8.",
    "line-too-long": (data) => `A line is longer than ${mebibytes(data)}.`,
    "text-too-long": ({ limit = 0 }) => `The text is longer than ${limit} characters.`,
    "mail-too-large": (data) => `The mail is larger than ${mebibytes(data)}.`,
    "mail-too-complex": () => "The mail has too many parts in each other. It may be meant to harm.",
    "mail-malformed": () => "This cannot be read as a mail.",
    "json-element-too-large": (data) => `One message takes more than ${mebibytes(data)}.`,
    "json-too-deep": () => "One message has too many layers.",
    "json-malformed": ({ at = 0 }) => `The file is damaged at byte ${at}. What comes after it could not be read.`,
    "json-truncated": () => "The file stops half way. Download it again.",
    "shape-unknown": () => "This message has a form that we do not know.",
    "before-first-message": () => "The lines before the first message belong to no one.",
  },
  place: (file, entry, number) => [file, ...(entry === null ? [] : [entry]), ...(number === 0 ? [] : [`number ${number}`])].join(" › "),
};
