/** Bytes to lines, with the place of each, in one pass and with bounded memory. Used by the readers of text and mail. */

/** One line without its line end. */
export interface Line {
  /** Null when it is longer than the limit: then its bytes are passed over, not kept. */
  readonly bytes: Uint8Array | null;
  /** The beginning of a line that is too long; else null. */
  readonly head: Uint8Array | null;
  /** Place of its first byte. */
  readonly start: number;
  /** Place of the first byte after its line end. */
  readonly end: number;
}

/** Width of a line feed: one byte, or two in UTF-16 (little or big end first). */
export type LineWidth = "bytes" | "utf-16le" | "utf-16be";

export interface LineOptions {
  readonly limit: number;
  readonly width?: LineWidth;
  /** Place of the first byte given. */
  readonly from?: number;
}

/** What is kept of a line that is too long: enough to see what it is. */
const HEAD = 256;
const LF = 10;
const CR = 13;
const EMPTY = new Uint8Array(0);

/** Place in `chunk` just behind the next line feed from `from` on, or -1. `at` is the place of the chunk's first byte in the source, for the parity of UTF-16. */
function behindLineFeed(chunk: Uint8Array, from: number, width: LineWidth, at: number, before: number | null): number {
  let place = chunk.indexOf(LF, from);
  if (width === "bytes") return place === -1 ? -1 : place + 1;
  // Little end first: 0A 00 with the 0A on an even place; its 00 may be in the next chunk.
  if (width === "utf-16le") {
    if (before === LF && from === 0 && (at & 1) === 1 && chunk[0] === 0) return 1;
    while (place !== -1) {
      if (((at + place) & 1) === 0 && chunk[place + 1] === 0) return place + 2;
      place = chunk.indexOf(LF, place + 1);
    }
    return -1;
  }
  while (place !== -1) {
    const high = place === 0 ? before : chunk[place - 1];
    if (((at + place) & 1) === 1 && high === 0) return place + 1;
    place = chunk.indexOf(LF, place + 1);
  }
  return -1;
}

function withoutLineEnd(bytes: Uint8Array, width: LineWidth): Uint8Array {
  let end = bytes.length;
  const [low, high] = width === "utf-16be" ? [1, 2] : [2, 1];
  if (width === "bytes") {
    if (bytes[end - 1] === LF) end--;
    if (bytes[end - 1] === CR) end--;
    return bytes.subarray(0, end);
  }
  for (const mark of [LF, CR]) if (end >= 2 && bytes[end - low] === mark && bytes[end - high] === 0) end -= 2;
  return bytes.subarray(0, end);
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const [first] = parts;
  if (parts.length === 1 && first !== undefined) return first;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** The lines of each chunk together: one step of the iterator per chunk and not per line, which is what makes it fast. */
export async function* lineBatches(chunks: AsyncIterable<Uint8Array>, { limit, width = "bytes", from = 0 }: LineOptions): AsyncGenerator<readonly Line[]> {
  let parts: Uint8Array[] = [];
  let kept = 0;
  let head: Uint8Array | null = null;
  let start = from;
  let at = from;
  let before: number | null = null;
  const keep = (part: Uint8Array): void => {
    kept += part.length;
    if (head !== null) return;
    if (part.length > 0) parts.push(part);
    if (kept > limit + 4) {
      head = joined(parts, kept).slice(0, HEAD);
      parts = [];
    }
  };
  const close = (end: number): Line => {
    const bytes = head === null ? withoutLineEnd(parts.length === 0 ? EMPTY : joined(parts, kept), width) : null;
    const line = { bytes, head, start, end };
    parts = [];
    kept = 0;
    head = null;
    start = end;
    return line;
  };
  for await (const chunk of chunks) {
    const lines: Line[] = [];
    for (let place = 0; ;) {
      const next = behindLineFeed(chunk, place, width, at, before);
      if (next === -1) {
        // A copy: a line that goes on must not hold on to whole chunks.
        if (place < chunk.length) keep(chunk.slice(place));
        break;
      }
      keep(chunk.subarray(place, next));
      lines.push(close(at + next));
      place = next;
    }
    before = chunk.at(-1) ?? before;
    at += chunk.length;
    if (lines.length > 0) yield lines;
  }
  if (at > start) yield [close(at)];
}
