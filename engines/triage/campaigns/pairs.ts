/** The full comparison of two texts, by the pairs of neighbouring words they share; what sketch.ts proposes is joined only when this agrees. Used in this room only. */
import { mix, type Words } from "./words.ts";

/** Word pairs two texts must have in common at the least. */
export const LEAST_SHARED = 6;
/** Part of the word pairs of both texts together that must be shared (Dice): a word replaced in every ten or so. */
export const LEAST_ALIKE = 0.6;

const FRONT = 0x51ed270b;
const BACK = 0x2c1b3c6d;

/** The different word pairs of one text at a time, to hold others against. */
export class Pairs {
  #slots: Uint32Array = new Uint32Array(256);
  #owner: Uint32Array = new Uint32Array(256);
  #turn = 0;
  #size = 0;

  /** How many different pairs the text has. */
  get size(): number {
    return this.#size;
  }

  #clear(most: number): void {
    let slots = this.#slots.length;
    while (slots < most * 2) slots *= 2;
    // Back to a small table after a long text, or every short one would miss the processor's cache.
    if (slots > 4096 && most * 8 < slots) slots = Math.max(256, 2 ** Math.ceil(Math.log2(most * 2)));
    if (slots !== this.#slots.length || this.#turn === 0xffffffff) {
      this.#slots = new Uint32Array(slots);
      this.#owner = new Uint32Array(slots);
      this.#turn = 0;
    }
    this.#turn++;
    this.#size = 0;
  }

  #place(pair: number): number {
    const mask = this.#slots.length - 1;
    let at = pair & mask;
    while (this.#owner[at] === this.#turn && this.#slots[at] !== pair) at = (at + 1) & mask;
    return at;
  }

  /** Takes the pairs of a text, and gives them as a list of their own. */
  read({ words, length }: Words): Uint32Array {
    this.#clear(length + 1);
    const list = new Uint32Array(length + 1);
    let before = FRONT;
    for (let at = 0; at <= length; at++) {
      const here = at < length ? (words[at] ?? 0) : BACK;
      const pair = mix(Math.imul(before, 0xcc9e2d51) + here);
      const place = this.#place(pair);
      if (this.#owner[place] !== this.#turn) {
        this.#owner[place] = this.#turn;
        this.#slots[place] = pair;
        list[this.#size++] = pair;
      }
      before = here;
    }
    return list.subarray(0, this.#size);
  }

  /** How alike the text is to one whose pairs are given: 0..1 (Dice), 0 when they share fewer than {@link LEAST_SHARED}. */
  alike(other: Uint32Array): number {
    let shared = 0;
    for (const pair of other) if (this.#owner[this.#place(pair)] === this.#turn) shared++;
    return shared < LEAST_SHARED ? 0 : (2 * shared) / (this.#size + other.length);
  }
}

/** Pairs of texts that came first, so that a campaign's first text is not read again for each of its messages; the least recently used go when it is full. */
export class PairCache {
  readonly #lists = new Map<number, Uint32Array>();
  #held = 0;
  readonly #most: number;

  /** @param most word pairs held together (4 bytes each). */
  constructor(most = 1_000_000) {
    this.#most = most;
  }

  get(n: number): Uint32Array | undefined {
    const list = this.#lists.get(n);
    if (list === undefined) return undefined;
    this.#lists.delete(n);
    this.#lists.set(n, list);
    return list;
  }

  set(n: number, list: Uint32Array): void {
    this.#lists.set(n, list.slice());
    // An entry costs more than its numbers.
    this.#held += list.length + 32;
    for (const [old, oldest] of this.#lists) {
      if (this.#held <= this.#most || old === n) return;
      this.#lists.delete(old);
      this.#held -= oldest.length + 32;
    }
  }
}
