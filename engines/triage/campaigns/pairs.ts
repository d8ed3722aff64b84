/** The full comparison of two texts, by the pairs of neighbouring words they share; what sketch.ts proposes is joined only when this agrees. Used in this room only. */
import { mix, type Words } from "./words.ts";

/** Word pairs two texts must have in common at the least. */
const LEAST_SHARED = 6;
/** Part of the word pairs of both texts together that must be shared (Dice): a word replaced in every ten or so. */
export const LEAST_ALIKE = 0.6;

/** Where a pair lands in the table differs every time the program runs; what is found does not. */
const SALT = crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;

const FRONT = 0x51ed270b;
const BACK = 0x2c1b3c6d;

/** The different word pairs of one text at a time, to hold others against. */
export class Pairs {
  #slots: Uint32Array = new Uint32Array(256);
  #owner: Uint32Array = new Uint32Array(256);
  #turn = 0;
  /** The different pairs, `list[0]` to `list[size - 1]`; good until the next {@link Pairs.read}. */
  list: Uint32Array = new Uint32Array(512);
  size = 0;

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
    this.size = 0;
    if (this.list.length < most) this.list = new Uint32Array(2 * most);
  }

  #place(pair: number): number {
    const mask = this.#slots.length - 1;
    // Salted: who knows the numbers of words could otherwise write a text whose pairs all fall on one place.
    let at = mix(pair ^ SALT) & mask;
    while (this.#owner[at] === this.#turn && this.#slots[at] !== pair) at = (at + 1) & mask;
    return at;
  }

  /** Takes the pairs of a text. */
  read({ words, length }: Words): void {
    this.#clear(length + 1);
    let before = FRONT;
    for (let at = 0; at <= length; at++) {
      const here = at < length ? (words[at] ?? 0) : BACK;
      const pair = mix(Math.imul(before, 0xcc9e2d51) + here);
      const place = this.#place(pair);
      if (this.#owner[place] !== this.#turn) {
        this.#owner[place] = this.#turn;
        this.#slots[place] = pair;
        this.list[this.size++] = pair;
      }
      before = here;
    }
  }

  /** How alike the text is to another: 0..1 (Dice), 0 when they share fewer than {@link LEAST_SHARED}. */
  alike({ list, from, to }: Listed): number {
    let shared = 0;
    for (let at = from; at < to; at++) if (this.#owner[this.#place(list[at] ?? 0)] === this.#turn) shared++;
    return shared < LEAST_SHARED ? 0 : (2 * shared) / (this.size + to - from);
  }
}

/** Word pairs of a text, within a longer list. */
export interface Listed {
  readonly list: Uint32Array;
  readonly from: number;
  readonly to: number;
}

/** One half of the room of a {@link PairCache}. */
class Shelf {
  readonly #list: Uint32Array;
  readonly #places = new Map<number, Listed>();
  #filled = 0;

  constructor(most: number) {
    this.#list = new Uint32Array(most);
  }

  get(n: number): Listed | undefined {
    return this.#places.get(n);
  }

  /** Copies; false when there is no room. */
  set(n: number, { list, from, to }: Listed): boolean {
    const at = this.#filled;
    if (at + to - from > this.#list.length) return false;
    this.#list.set(list.subarray(from, to), at);
    this.#filled += to - from;
    this.#places.set(n, { list: this.#list, from: at, to: this.#filled });
    return true;
  }

  clear(): void {
    this.#places.clear();
    this.#filled = 0;
  }
}

/** Word pairs of texts that others are held against, so that they are not read again for each. Of fixed size: what was not asked for lately goes when room is needed. */
export class PairCache {
  #fresh: Shelf;
  #stale: Shelf;

  /** @param most word pairs, 4 bytes each. */
  constructor(most: number = 1 << 20) {
    this.#fresh = new Shelf(most / 2);
    this.#stale = new Shelf(most / 2);
  }

  get(n: number): Listed | undefined {
    const fresh = this.#fresh.get(n);
    if (fresh !== undefined) return fresh;
    const stale = this.#stale.get(n);
    if (stale === undefined) return undefined;
    return this.set(n, stale);
  }

  /** Keeps a copy and gives it; what is too long to keep is given back as it is. */
  set(n: number, pairs: Listed): Listed {
    if (!this.#fresh.set(n, pairs)) {
      [this.#fresh, this.#stale] = [this.#stale, this.#fresh];
      // The pairs may lie in what is cleared: clearing forgets places and leaves the numbers, and a copy within one list keeps them whole.
      this.#fresh.clear();
      if (!this.#fresh.set(n, pairs)) return pairs;
    }
    return this.#fresh.get(n) ?? pairs;
  }
}
