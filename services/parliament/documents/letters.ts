/** Makes a text fit for XML and harmless in a line: what no XML can hold or what would turn or hide the text is spelled out, nothing is left out. Used by the DOCX and ODT writers. */

/** Control, direction, private use and half pairs; the same marks the paper engine spells out in a PDF. */
const unseen = /[\p{Cc}\p{Cs}\p{Co}\p{Cn}\u061c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffc]/gu;

/** The text as it is written: line ends as LF, tabs as a space, and what may not stand in a document as `[U+202E]`. */
export const literal = (text: string): string =>
  text
    .replaceAll(/\r\n?/gu, "\n")
    .replaceAll("\t", " ")
    .replaceAll(unseen, (mark) => (mark === "\n" ? mark : `[U+${(mark.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}]`));

/** A text for an XML document, in an element or an attribute. */
export const xmlText = (text: string): string =>
  literal(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
