/** The words of a file as one text with what its form knew about them; every reader of words starts from this, every extractor ends in it. */
import type { SourcePlace } from "#services/parliament/contract/dossier.ts";

/** A stretch of the text, UTF-16 units, end exclusive. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** The words of a file. */
export interface SourceText {
  readonly text: string;
  /** Stretches that were printed raised (superscript): most are marks of footnotes. */
  readonly raised: readonly Range[];
  /** Where each page starts, for a PDF; null otherwise. */
  readonly pages: readonly number[] | null;
  /** Stretches that the form itself says do not belong to the piece: navigation, header and footer of a web page. */
  readonly aside: readonly Range[];
  /** Whether line breaks are those of paragraphs; null when that must be judged from the text. */
  readonly wrapped: boolean | null;
}

/** A text without knowledge of its form. */
export const plainText = (text: string): SourceText => ({ text, raised: [], pages: null, aside: [], wrapped: null });

/**
 * Bytes of a text file as characters: by its byte order mark, else UTF-8, else Windows-1252, which older Dutch files use and in which every byte means something.
 * @returns `guessed` when it was the last.
 */
export function decodeText(bytes: Uint8Array): { readonly text: string; readonly guessed: boolean } {
  const [a, b] = bytes;
  if (a === 0xff && b === 0xfe) return { text: new TextDecoder("utf-16le").decode(bytes), guessed: false };
  if (a === 0xfe && b === 0xff) return { text: new TextDecoder("utf-16be").decode(bytes), guessed: false };
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes), guessed: false };
  } catch {
    return { text: new TextDecoder("windows-1252").decode(bytes), guessed: true };
  }
}

/** The place of a stretch as a person finds it: line from 1, and the page of a PDF. */
export function placeOf(source: SourceText, start: number): SourcePlace {
  let line = 1;
  for (let at = source.text.indexOf("\n"); at !== -1 && at < start; at = source.text.indexOf("\n", at + 1)) line++;
  const page = source.pages === null ? null : Math.max(1, source.pages.filter((first) => first <= start).length);
  return { line, page, path: null };
}

/** The file as a whole. */
export const wholeFile: SourcePlace = { line: 0, page: null, path: null };
