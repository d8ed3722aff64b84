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
  /** Stretches that were printed raised (superscript), in order: most are marks of footnotes. */
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
 * A text that grows by pieces. A string that is looked at after every piece is copied for every piece: a page of a megabyte then takes seconds.
 */
export class GrowingText {
  readonly #pieces: string[] = [];
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** The last four characters. */
  get tail(): string {
    let tail = "";
    for (let at = this.#pieces.length - 1; at >= 0 && tail.length < 4; at--) tail = (this.#pieces[at] ?? "").slice(-4) + tail;
    return tail.slice(-4);
  }

  write(words: string): void {
    if (words === "") return;
    this.#pieces.push(words);
    this.#length += words.length;
  }

  /** Takes white space off the end; with `spaces` line breaks stay. */
  trimEnd(spaces = false): void {
    for (let last = this.#pieces.pop(); last !== undefined; last = this.#pieces.pop()) {
      let end = last.length;
      while (end > 0 && (spaces ? /[ \t]/u : /\s/u).test(last.charAt(end - 1))) end--;
      this.#length -= last.length - end;
      if (end === 0) continue;
      this.#pieces.push(last.slice(0, end));
      return;
    }
  }

  toString(): string {
    return this.#pieces.join("");
  }
}

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

/** Where each line starts; found once per text, for a text may have a million lines. */
const lineStarts = new WeakMap<SourceText, readonly number[]>();

/** How many of some ascending numbers are at most `value`. */
export function atMost(numbers: readonly number[], value: number): number {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((numbers[middle] ?? 0) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The place of a stretch as a person finds it: line from 1, and the page of a PDF. */
export function placeOf(source: SourceText, start: number): SourcePlace {
  let starts = lineStarts.get(source);
  if (starts === undefined) {
    const found = [0];
    for (const { index } of source.text.matchAll(/\n/gu)) found.push(index + 1);
    starts = found;
    lineStarts.set(source, starts);
  }
  return { line: atMost(starts, start), page: source.pages === null ? null : Math.max(1, atMost(source.pages, start)), path: null };
}

/** The raised stretches that lie between two places. */
export function raisedWithin({ raised }: SourceText, start: number, end: number): readonly Range[] {
  let [low, high] = [0, raised.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((raised[middle]?.start ?? 0) < start) low = middle + 1;
    else high = middle;
  }
  const found: Range[] = [];
  for (let one = raised[low]; one !== undefined && one.start < end; one = raised[++low]) if (one.end <= end) found.push(one);
  return found;
}

/** The file as a whole. */
export const wholeFile: SourcePlace = { line: 0, page: null, path: null };
