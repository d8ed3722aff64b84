/** Cuts a stream of bytes into lines of text without ever holding more than one, and refuses what is too long or not UTF-8. Used by commands that read JSON lines. */
import { isUtf8 } from "node:buffer";

/** Why a line was not given. */
export type LineTrouble = "line-too-long" | "encoding-wrong";

/** Who is told of lines; numbers count from 1, empty lines included. */
export interface LineListener {
  /** @param bytes the line without its end; only good during the call. */
  line(number: number, text: string, bytes: Buffer): void;
  trouble(number: number, what: LineTrouble): void;
}

const NEWLINE = 10;
const RETURN = 13;
const SPACE = 32;

/** Feed it pieces, then end it. Ends are `\n` or `\r\n`; lines without anything but spaces are counted and not given; a byte order mark is skipped. */
export class LineCutter {
  readonly #most: number;
  readonly #listener: LineListener;
  #number = 1;
  /** The part of a line that began in earlier pieces. */
  #begun: Buffer[] = [];
  #length = 0;
  #tooLong = false;

  /** @param most bytes of a line. */
  constructor(most: number, listener: LineListener) {
    this.#most = most;
    this.#listener = listener;
  }

  #give(bytes: Buffer, known: boolean): void {
    const number = this.#number++;
    let from = 0;
    let to = bytes.length;
    if (number === 1 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) from = 3;
    while (to > from && ((bytes[to - 1] ?? 0) === RETURN || bytes[to - 1] === SPACE)) to--;
    if (to === from) return;
    const line = from === 0 && to === bytes.length ? bytes : bytes.subarray(from, to);
    if (line.length > this.#most) this.#listener.trouble(number, "line-too-long");
    else if (!known && !isUtf8(line)) this.#listener.trouble(number, "encoding-wrong");
    else this.#listener.line(number, line.toString("utf8"), line);
  }

  /** Keeps the rest of a piece for the next. It is copied, so that a small rest does not hold a large piece. */
  #begin(rest: Buffer): void {
    if (rest.length === 0 || this.#tooLong) return;
    this.#length += rest.length;
    if (this.#length <= this.#most) this.#begun.push(Buffer.from(rest));
    else {
      this.#tooLong = true;
      this.#begun = [];
    }
  }

  #finish(rest: Buffer): void {
    if (this.#tooLong || this.#length + rest.length > this.#most) this.#listener.trouble(this.#number++, "line-too-long");
    else this.#give(this.#begun.length === 0 ? rest : Buffer.concat([...this.#begun, rest]), false);
    this.#begun = [];
    this.#length = 0;
    this.#tooLong = false;
  }

  feed(piece: Uint8Array): void {
    const bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    let from = 0;
    if (this.#length > 0) {
      const end = bytes.indexOf(NEWLINE);
      if (end < 0) return this.#begin(bytes);
      this.#finish(bytes.subarray(0, end));
      from = end + 1;
    }
    const last = bytes.lastIndexOf(NEWLINE);
    // One look at all whole lines together; only when something is wrong there, at each by itself.
    const known = last > from && isUtf8(bytes.subarray(from, last));
    for (let end = bytes.indexOf(NEWLINE, from); end >= 0; end = bytes.indexOf(NEWLINE, from)) {
      this.#give(bytes.subarray(from, end), known);
      from = end + 1;
    }
    this.#begin(bytes.subarray(from));
  }

  end(): void {
    if (this.#length > 0) this.#finish(Buffer.alloc(0));
  }
}
