/** Makes every character of a paper visible: reads which ones the fonts can show (OpenType `cmap`) and spells out the others; used by files.ts and render.ts. */
import { PaperError } from "./errors.ts";

/** Says whether the fonts can show a character, by code point. */
export type Coverage = (codePoint: number) => boolean;

/** Ranges of code points, both ends included. */
type Ranges = (readonly [number, number])[];

const trueType = [0x00010000, 0x4f54544f];

/** OpenType 1.9, table directory: where the table with this tag begins. */
function tableOffset(view: DataView, tag: string): number | null {
  for (let n = 0; n < view.getUint16(4); n++) {
    const at = 12 + 16 * n;
    const found = String.fromCharCode(view.getUint8(at), view.getUint8(at + 1), view.getUint8(at + 2), view.getUint8(at + 3));
    if (found === tag) return view.getUint32(at + 8);
  }
  return null;
}

/** `cmap` format 4 (the basic plane) or 12 (all planes); other formats hold nothing we need. */
function subtable(view: DataView, at: number): Ranges {
  const ranges: Ranges = [];
  const format = view.getUint16(at);
  if (format === 12) {
    for (let n = 0; n < view.getUint32(at + 12); n++) ranges.push([view.getUint32(at + 16 + 12 * n), view.getUint32(at + 20 + 12 * n)]);
  } else if (format === 4) {
    const double = view.getUint16(at + 6);
    for (let n = 0; n < double; n += 2) {
      const end = view.getUint16(at + 14 + n);
      if (end !== 0xffff) ranges.push([view.getUint16(at + 16 + double + n), end]);
    }
  }
  return ranges;
}

function rangesOf(name: string, bytes: Uint8Array): Ranges {
  try {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const cmap = trueType.includes(view.getUint32(0)) ? tableOffset(view, "cmap") : null;
    if (cmap !== null) {
      return Array.from({ length: view.getUint16(cmap + 2) }, (_, n) => subtable(view, cmap + view.getUint32(cmap + 8 + 8 * n))).flat();
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  throw new PaperError("font-unreadable", `${name} is no TrueType or OpenType font that can be read; put the file from engines/paper/fonts back.`, { name });
}

/**
 * Which characters these fonts can show together.
 * @throws {PaperError} `font-unreadable`
 */
export function coverage(fonts: readonly { readonly name: string; readonly bytes: Uint8Array }[]): Coverage {
  const sorted = fonts.flatMap(({ name, bytes }) => rangesOf(name, bytes)).toSorted(([a], [b]) => a - b);
  const starts: number[] = [];
  const ends: number[] = [];
  for (const [start, end] of sorted) {
    const last = ends.length - 1;
    if (last >= 0 && start <= (ends[last] ?? 0) + 1) ends[last] = Math.max(ends[last] ?? 0, end);
    else {
      starts.push(start);
      ends.push(end);
    }
  }
  return (codePoint) => {
    let low = 0;
    let high = starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= codePoint) low = middle + 1;
      else high = middle;
    }
    return low > 0 && codePoint <= (ends[low - 1] ?? -1);
  };
}

const spelledOut = (codePoint: number): string => `[U+${codePoint.toString(16).toUpperCase().padStart(4, "0")}]`;

/** Marks that would steer the line (control, direction, private use, half a pair) instead of being seen. */
const unseen = /[\p{Cc}\p{Cs}\p{Co}\p{Cn}\u061c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffc]/u;
/** Joiners and selectors inside an emoji or word: they show nothing by themselves and need no glyph. */
const joins = (codePoint: number): boolean =>
  codePoint === 0xad ||
  (codePoint >= 0x200b && codePoint <= 0x200d) ||
  (codePoint >= 0xfe00 && codePoint <= 0xfe0f) ||
  (codePoint >= 0xe0020 && codePoint <= 0xe007f);

/** Longest run without a place to break the line; longer ones (addresses of pages, keys) get one. */
const unbroken = 24;

/** Lets a line break inside a very long word, by a zero-width space that no copy shows: after its punctuation, else after every 24 characters. */
function breakable(word: string): string {
  let since = 0;
  let out = "";
  for (const { segment } of new Intl.Segmenter("nl", { granularity: "grapheme" }).segment(word)) {
    out += segment;
    since += 1;
    if (since >= unbroken || (since >= 6 && /[/.,_?&=:;@#%+-]$/u.test(segment))) {
      out += "\u200b";
      since = 0;
    }
  }
  return out;
}

/**
 * The text as it will be set: composed (NFC), line ends as LF, tabs as a space, and what no font can show or what would steer the line spelled out as `[U+202E]`.
 * Nothing is left out. Very long words get invisible places to break.
 */
export function printable(text: string, covers: Coverage): string {
  let out = "";
  for (const character of text.normalize("NFC").replaceAll(/\r\n?/gu, "\n").replaceAll("\t", " ")) {
    const codePoint = character.codePointAt(0) ?? 0;
    if (character === "\n" || (!unseen.test(character) && (joins(codePoint) || covers(codePoint)))) out += character;
    else out += spelledOut(codePoint);
  }
  return out.replaceAll(new RegExp(`\\S{${unbroken + 1},}`, "gu"), breakable);
}
