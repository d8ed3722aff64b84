/** Pasted text, and text files that are no chat: one item, or one per block or line when the person says that each is a message. */
import { decoderOf, type Encoding, EncodingGuess } from "#services/reporting/import/encoding.ts";
import { lineBatches, type Line } from "#services/reporting/import/lines.ts";
import type { Piece } from "#services/reporting/import/pieces.ts";
import { Refusal } from "#services/reporting/import/troubles.ts";
import { broken, type Found, message, type Reader, type ReaderContext } from "./reader.ts";

/** Reads the whole piece once to see what its bytes stand for. */
async function encodingOf(piece: Piece): Promise<Encoding> {
  const guess = new EncodingGuess();
  for await (const chunk of piece.chunks(0, false)) guess.see(chunk);
  return guess.decide();
}

/** Text that grows line by line, up to a limit. */
class Block {
  readonly #limit: number;
  #lines: string[] = [];
  #length = 0;
  #start = 0;
  #end = 0;
  #tooLong: "line-too-long" | "text-too-long" | null = null;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get empty(): boolean {
    return this.#length === 0 && this.#tooLong === null;
  }

  add(line: Line, text: string | null): void {
    if (this.empty) this.#start = line.start;
    this.#end = line.end;
    if (text === null) this.#tooLong ??= "line-too-long";
    else if (this.#tooLong === null) {
      this.#length += text.length + 1;
      if (this.#length > this.#limit + 1) this.#tooLong = "text-too-long";
      else this.#lines.push(text);
    }
    if (this.#tooLong !== null) this.#lines = [];
  }

  /** What there is as one item, and begins anew. */
  close(context: ReaderContext, encoding: Encoding): Found | null {
    const bytes = { start: this.#start, end: this.#end };
    const text = this.#lines.join("\n").trim();
    const trouble = this.#tooLong;
    this.#lines = [];
    this.#length = 0;
    this.#tooLong = null;
    if (trouble !== null) return broken(trouble, { limit: trouble === "line-too-long" ? context.limits.lineBytes : context.limits.textLength }, bytes);
    if (text === "") return null;
    return { kind: "item", native: null, bytes, draft: { ...message("text", "text", text), notes: encoding.guessed ? ["encoding-guessed"] : [] } };
  }
}

export const readText: Reader = async function* (piece, context) {
  const encoding = await encodingOf(piece);
  const decode = decoderOf(encoding);
  const block = new Block(context.limits.textLength);
  let any = false;
  for await (const lines of lineBatches(behind(piece, encoding.mark), { limit: context.limits.lineBytes, width: encoding.width, from: encoding.mark }))
    for (const line of lines) {
      const text = line.bytes === null ? null : decode(line.bytes);
      const blank = text !== null && text.trim() === "";
      if (!blank || context.split === "whole") block.add(line, text);
      if ((context.split === "lines" && !blank) || (context.split === "blank-lines" && blank)) {
        const found = block.close(context, encoding);
        if (found === null) continue;
        any = true;
        yield found;
      }
    }
  const last = block.close(context, encoding);
  if (last !== null) yield last;
  else if (!any) throw new Refusal("file-empty");
};

/** The chunks of a piece without its first `mark` bytes. */
export async function* behind(piece: Piece, mark: number): AsyncGenerator<Uint8Array> {
  let left = mark;
  for await (const chunk of piece.chunks()) {
    const rest = left === 0 ? chunk : chunk.subarray(left);
    left = Math.max(0, left - chunk.length);
    if (rest.length > 0) yield rest;
  }
}
