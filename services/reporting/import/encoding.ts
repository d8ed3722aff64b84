/** Which characters the bytes of a text stand for: byte order marks, UTF-8 when it is whole, else windows-1252, and that is said. Used by the readers of text. */
import type { LineWidth } from "./lines.ts";
import { Refusal } from "./troubles.ts";

/** How a text is read. */
export interface Encoding {
  readonly label: "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";
  /** Bytes of the byte order mark. */
  readonly mark: number;
  readonly width: LineWidth;
  readonly guessed: boolean;
}

const plain = { label: "utf-8", mark: 0, width: "bytes", guessed: false } as const;

/** What a byte order mark says; null when there is none. */
export function byMark(head: Uint8Array): Encoding | null {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { ...plain, mark: 3 };
  if (head[0] === 0xff && head[1] === 0xfe) return { label: "utf-16le", mark: 2, width: "utf-16le", guessed: false };
  if (head[0] === 0xfe && head[1] === 0xff) return { label: "utf-16be", mark: 2, width: "utf-16be", guessed: false };
  return null;
}

/** Reads bytes of one text to see what they are; call `decide` at the end. */
export class EncodingGuess {
  readonly #utf8 = new TextDecoder("utf-8", { fatal: true });
  #marked: Encoding | null = null;
  #first = true;
  #whole = true;
  #zeros = false;

  see(chunk: Uint8Array): void {
    if (this.#first) {
      this.#first = false;
      this.#marked = byMark(chunk);
    }
    if (this.#marked !== null && this.#marked.label !== "utf-8") return;
    if (!this.#zeros && chunk.includes(0)) this.#zeros = true;
    if (!this.#whole) return;
    try {
      this.#utf8.decode(chunk, { stream: true });
    } catch {
      this.#whole = false;
    }
  }

  /** @throws {@link Refusal} encoding-unknown: there are zero bytes in it and no mark, so it is UTF-16 without a mark, or no text at all. */
  decide(): Encoding {
    if (this.#marked !== null && this.#marked.label !== "utf-8") return this.#marked;
    if (this.#zeros) throw new Refusal("encoding-unknown");
    try {
      this.#utf8.decode();
    } catch {
      this.#whole = false;
    }
    if (this.#whole) return this.#marked ?? plain;
    return { label: "windows-1252", mark: 0, width: "bytes", guessed: true };
  }
}

/** A decoder for pieces that are whole characters (lines). What is wrong in them becomes U+FFFD. */
export function decoderOf({ label }: Encoding): (bytes: Uint8Array) => string {
  const decoder = new TextDecoder(label, { ignoreBOM: true });
  return (bytes) => decoder.decode(bytes);
}
