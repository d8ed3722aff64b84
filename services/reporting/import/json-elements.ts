/**
 * Elements of a large JSON file one at a time: an export of half a gigabyte is one list, and `JSON.parse` of it would need it whole, several times over.
 * Follows the structure byte by byte, keeps only the bytes of the elements asked for, and leaves understanding them to `JSON.parse`. Used by the readers of exports.
 */
import { Refusal, type TroubleCode } from "./troubles.ts";

/** Keys and places from the root down to a value. */
export type JsonPath = readonly (string | number)[];

/** What to do with a value: hand it over whole, look inside (lists and objects only), or pass over it. */
export type Wanted = "take" | "enter" | "skip";

export interface JsonElement {
  readonly path: JsonPath;
  readonly start: number;
  readonly end: number;
  /** The value, as `JSON.parse` reads it; undefined when `trouble` says why it could not be. */
  readonly value: unknown;
  readonly trouble: Extract<TroubleCode, "json-element-too-large" | "json-too-deep" | "json-malformed"> | null;
}

export interface JsonOptions {
  /** Asked once for every value outside those that are taken or skipped. The path is only valid during the call. */
  readonly want: (path: JsonPath) => Wanted;
  readonly elementBytes: number;
  readonly depth: number;
  /** The file is a script that assigns the JSON (`window.YTD.tweets.part0 = [`): everything up to the first `=` is passed over. */
  readonly assigned?: boolean;
}

type State = "prefix" | "value" | "value-or-end" | "key" | "key-or-end" | "in-key" | "colon" | "comma-or-end" | "capture" | "done";
type Shape = "string" | "container" | "scalar";

interface Frame {
  readonly list: boolean;
  index: number;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const EQUALS = 0x3d;
const LIST = 0x5b;
const LIST_END = 0x5d;
const OBJECT = 0x7b;
const OBJECT_END = 0x7d;
/** A script says what it assigns to in a few words. */
const PREFIX_BYTES = 512;
/** Keys of exports are short; of a longer one the beginning is kept. */
const KEY_BYTES = 1024;

const isSpace = (byte: number): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
/** `00`…`ff` that may begin a number, `true`, `false` or `null`. */
const beginsScalar = (byte: number): boolean => byte === 0x2d || (byte >= 0x30 && byte <= 0x39) || byte === 0x74 || byte === 0x66 || byte === 0x6e;

/** Splits JSON that comes in chunks. */
export class JsonSplitter {
  readonly #options: JsonOptions;
  readonly #decoder = new TextDecoder("utf-8", { fatal: true });
  readonly #frames: Frame[] = [];
  readonly #path: (string | number)[] = [];
  #state: State;
  #at = 0;
  #key: number[] = [];
  #escaped = false;
  // The value that is being taken or skipped.
  #take = false;
  #shape: Shape = "scalar";
  #start = 0;
  #open = 0;
  #deepest = 0;
  #inString = false;
  #parts: Uint8Array[] = [];
  #kept = 0;
  #failure: Refusal | null = null;

  constructor(options: JsonOptions) {
    this.#options = options;
    this.#state = options.assigned === true ? "prefix" : "value";
  }

  /**
   * The elements that end in this chunk. What stands before a fault is still given: the fault is thrown by the next call.
   * @throws {@link Refusal} json-malformed, with the byte.
   */
  push(chunk: Uint8Array): JsonElement[] {
    if (this.#failure !== null) throw this.#failure;
    const found: JsonElement[] = [];
    try {
      this.#read(chunk, found);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.#failure = error;
    }
    return found;
  }

  #read(chunk: Uint8Array, found: JsonElement[]): void {
    let place = this.#at === 0 && chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf ? 3 : 0;
    while (place < chunk.length) {
      if (this.#state === "capture") place = this.#capture(chunk, place, found);
      else {
        const byte = chunk[place] ?? 0;
        if (this.#state === "in-key") this.#inKey(byte, place);
        else if (!isSpace(byte)) {
          // The first byte of a value belongs to the capture that it starts.
          if (this.#step(byte, place)) continue;
        }
        place++;
      }
    }
    this.#at += chunk.length;
  }

  /** What ends with the file: a bare number at the root. @throws {@link Refusal} json-truncated when it stops half way. */
  end(): JsonElement[] {
    if (this.#failure !== null) throw this.#failure;
    const found: JsonElement[] = [];
    if (this.#state === "capture" && this.#shape === "scalar" && this.#frames.length === 0) this.#finish(this.#at, found);
    if (this.#state !== "done") throw new Refusal("json-truncated");
    return found;
  }

  #wrong(place: number): Refusal {
    return new Refusal("json-malformed", { at: this.#at + place });
  }

  /** One byte of structure. True when it begins a captured value and must be read again as such. */
  #step(byte: number, place: number): boolean {
    switch (this.#state) {
      case "prefix":
        if (byte === EQUALS) this.#state = "value";
        else if (byte === LIST || byte === OBJECT) {
          this.#state = "value";
          return true;
        } else if (this.#at + place > PREFIX_BYTES) throw this.#wrong(place);
        return false;
      case "value-or-end":
        if (byte === LIST_END) {
          this.#leave();
          return false;
        }
        return this.#value(byte, place);
      case "value":
        return this.#value(byte, place);
      case "key-or-end":
        if (byte === OBJECT_END) {
          this.#leave();
          return false;
        }
        return this.#beginKey(byte, place);
      case "key":
        return this.#beginKey(byte, place);
      case "colon":
        if (byte !== COLON) throw this.#wrong(place);
        this.#state = "value";
        return false;
      case "comma-or-end":
        this.#separate(byte, place);
        return false;
      case "done":
        // What stands behind the value (`;`) says nothing.
        return false;
      default:
        return false;
    }
  }

  #beginKey(byte: number, place: number): boolean {
    if (byte !== QUOTE) throw this.#wrong(place);
    this.#key = [];
    this.#escaped = false;
    this.#state = "in-key";
    return false;
  }

  #inKey(byte: number, place: number): void {
    if (!this.#escaped && byte === QUOTE) {
      this.#path[this.#path.length - 1] = this.#keyText(place);
      this.#state = "colon";
      return;
    }
    this.#escaped = !this.#escaped && byte === BACKSLASH;
    if (this.#key.length < KEY_BYTES) this.#key.push(byte);
  }

  #keyText(place: number): string {
    const bytes = Uint8Array.from(this.#key);
    try {
      const text = this.#decoder.decode(bytes);
      if (!bytes.includes(BACKSLASH)) return text;
      const parsed: unknown = JSON.parse(`"${text}"`);
      return typeof parsed === "string" ? parsed : text;
    } catch {
      if (this.#key.length === KEY_BYTES) return "";
      throw this.#wrong(place);
    }
  }

  #value(byte: number, place: number): boolean {
    const container = byte === LIST || byte === OBJECT;
    if (!container && byte !== QUOTE && !beginsScalar(byte)) throw this.#wrong(place);
    const wanted = this.#options.want(this.#path);
    if (wanted === "enter" && container) {
      if (this.#frames.length >= this.#options.depth) throw new Refusal("json-too-deep", { limit: this.#options.depth });
      this.#frames.push({ list: byte === LIST, index: 0 });
      this.#path.push(byte === LIST ? 0 : "");
      this.#state = byte === LIST ? "value-or-end" : "key-or-end";
      return false;
    }
    this.#take = wanted === "take";
    this.#shape = container ? "container" : byte === QUOTE ? "string" : "scalar";
    this.#start = this.#at + place;
    this.#open = 0;
    this.#deepest = 0;
    this.#inString = false;
    this.#escaped = false;
    this.#parts = [];
    this.#kept = 0;
    this.#state = "capture";
    return true;
  }

  #leave(): void {
    this.#frames.pop();
    this.#path.pop();
    this.#state = this.#frames.length === 0 ? "done" : "comma-or-end";
  }

  #separate(byte: number, place: number): void {
    const frame = this.#frames.at(-1);
    if (frame === undefined) throw this.#wrong(place);
    if (byte === COMMA) {
      if (frame.list) {
        frame.index++;
        this.#path[this.#path.length - 1] = frame.index;
        this.#state = "value";
      } else this.#state = "key";
    } else if (byte === (frame.list ? LIST_END : OBJECT_END)) this.#leave();
    else throw this.#wrong(place);
  }

  /** Reads on in the captured value; gives the place behind what it read. */
  #capture(chunk: Uint8Array, from: number, found: JsonElement[]): number {
    const end = this.#shape === "scalar" ? this.#scalarEnd(chunk, from) : this.#structureEnd(chunk, from);
    const until = end === -1 ? chunk.length : end;
    if (this.#take) {
      this.#kept += until - from;
      if (this.#kept > this.#options.elementBytes) this.#parts = [];
      else this.#parts.push(end === -1 ? chunk.slice(from) : chunk.subarray(from, until));
    }
    if (end !== -1) this.#finish(this.#at + end, found);
    return until;
  }

  #scalarEnd(chunk: Uint8Array, from: number): number {
    for (let place = from; place < chunk.length; place++) {
      const byte = chunk[place] ?? 0;
      if (byte === COMMA || byte === LIST_END || byte === OBJECT_END || isSpace(byte)) return place;
    }
    return -1;
  }

  /** Place behind a string, list or object, or -1 when it goes on. */
  #structureEnd(chunk: Uint8Array, from: number): number {
    let { inString, escaped, open, deepest } = { inString: this.#inString, escaped: this.#escaped, open: this.#open, deepest: this.#deepest };
    let end = -1;
    for (let place = from; place < chunk.length; place++) {
      const byte = chunk[place] ?? 0;
      if (inString) {
        if (escaped) escaped = false;
        else if (byte === BACKSLASH) escaped = true;
        else if (byte === QUOTE) {
          inString = false;
          if (open === 0) {
            end = place + 1;
            break;
          }
        }
      } else if (byte === QUOTE) inString = true;
      else if (byte === LIST || byte === OBJECT) {
        open++;
        if (open > deepest) deepest = open;
      } else if (byte === LIST_END || byte === OBJECT_END) {
        open--;
        if (open === 0) {
          end = place + 1;
          break;
        }
      }
    }
    this.#inString = inString;
    this.#escaped = escaped;
    this.#open = open;
    this.#deepest = deepest;
    return end;
  }

  #finish(end: number, found: JsonElement[]): void {
    this.#state = this.#frames.length === 0 ? "done" : "comma-or-end";
    if (!this.#take) return;
    const element = { path: [...this.#path], start: this.#start, end, value: undefined };
    if (this.#kept > this.#options.elementBytes) found.push({ ...element, trouble: "json-element-too-large" });
    else if (this.#deepest > this.#options.depth) found.push({ ...element, trouble: "json-too-deep" });
    else found.push(this.#parsed(element));
    this.#parts = [];
  }

  #parsed(element: Omit<JsonElement, "trouble">): JsonElement {
    try {
      let text = "";
      for (const part of this.#parts) text += this.#decoder.decode(part, { stream: true });
      text += this.#decoder.decode();
      const value: unknown = JSON.parse(text);
      return { ...element, value, trouble: null };
    } catch {
      // What a fatal decoder kept of the broken bytes must not reach the next element.
      this.#reset();
      return { ...element, trouble: "json-malformed" };
    }
  }

  #reset(): void {
    try {
      this.#decoder.decode();
    } catch {
      // Half a character was left; now it is gone.
    }
  }
}

/** Everything {@link JsonSplitter} finds in a stream. */
export async function* jsonElements(chunks: AsyncIterable<Uint8Array>, options: JsonOptions): AsyncGenerator<JsonElement> {
  const splitter = new JsonSplitter(options);
  for await (const chunk of chunks) yield* splitter.push(chunk);
  yield* splitter.end();
}
