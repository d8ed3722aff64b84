/** Puts messages with nearly the same text together: candidates from the kept keys, then the full comparison. Used by index.ts of this room. */
import type { Message } from "#engines/triage/message.ts";
import { Groups, release, type Rows } from "./column.ts";
import { LEAST_ALIKE, type Listed, PairCache, Pairs } from "./pairs.ts";
import { BANDS } from "./sketch.ts";
import { Words } from "./words.ts";

/** How alike two first texts must be to be variants of one; met by a message that is like both. */
const VARIANT_ALIKE = 0.4;
/** More variants are not remembered. */
const MOST_VARIANTS = 100_000;
/** Messages before it with the same key that a message is held against: a key that thousands share by chance costs no more than this. */
const MOST_BEFORE = 8;
/** Minima two messages must have in common to be compared in full: two by the shared key, and chance gives few more. */
const LEAST_MINIMA = 5;

/** Key spaces that are grouped one after the other, so that the room for it is that of the largest and not of all messages. */
const SLICES = 16;
const sliceOf = (key: number): number => key >>> 28;
/** The 16 bits of a key behind those of its slice. */
const behindSlice = 12;

/** How many messages with keys fall in each slice of one band. */
function sliceSizes(keys: Rows, band: number): readonly number[] {
  const sizes = new Uint32Array(SLICES);
  for (const { rows, numbers } of keys.pieces())
    for (let row = 0, at = 0; row < rows; row++, at += BANDS) {
      const slice = sliceOf(numbers[at + band] ?? 0);
      if (numbers[at] !== 0) sizes[slice] = (sizes[slice] ?? 0) + 1;
    }
  return [...sizes];
}

/** Adds the messages whose key of this band is in the slice, in order. */
function fill(groups: Groups, keys: Rows, band: number, slice: number): void {
  for (const { from, rows, numbers } of keys.pieces())
    for (let row = 0, at = 0; row < rows; row++, at += BANDS) {
      const key = numbers[at + band] ?? 0;
      if (sliceOf(key) === slice && numbers[at] !== 0) groups.add(from + row, key);
    }
}

/**
 * The two earlier messages that have most minima in common with each message, as 1 + their number (0: none). Where there is no earlier one, the nearest may be a later one:
 * keys overlook a like pair now and then, and the beginning of a campaign has few to be like.
 */
function nearest(keys: Rows): readonly [Uint32Array, Uint32Array] {
  const [near, next] = [new Uint32Array(keys.length), new Uint32Array(keys.length)];
  // What either has in common, at most 12: four bits each, those of `next` first.
  const commons = new Uint8Array(keys.length);
  const bands = Array.from({ length: BANDS }, (_, band) => ({ band, sizes: sliceSizes(keys, band) }));
  const largest = Math.max(...bands.flatMap(({ sizes }) => sizes));
  const groups = new Groups(largest);
  for (const { band, size, slice } of bands.flatMap(({ band, sizes }) => sizes.map((size, slice) => ({ band, size, slice })))) {
    fill(groups, keys, band, slice);
    groups.group(behindSlice);
    const { rows } = groups;
    let start = 0;
    let key = groups.keys[0] ?? 0;
    for (let at = 1; at < size; at++) {
      const own = groups.keys[at] ?? 0;
      if (own !== key) {
        start = at;
        key = own;
        continue;
      }
      const row = rows[at] ?? 0;
      for (let before = Math.max(start, at - MOST_BEFORE); before < at; before++) {
        const other = (rows[before] ?? 0) + 1;
        if (near[row] === other || next[row] === other) continue;
        const common = keys.halvesInCommon(row, other - 1);
        if (common < LEAST_MINIMA) continue;
        if (near[other - 1] === 0) near[other - 1] = row + 1;
        const [nearCommon, nextCommon] = [(commons[row] ?? 0) & 15, (commons[row] ?? 0) >>> 4];
        if (common <= nextCommon) continue;
        if (common > nearCommon) {
          if (nearCommon > 0) next[row] = near[row] ?? 0;
          near[row] = other;
          commons[row] = (nearCommon << 4) | common;
        } else {
          next[row] = other;
          commons[row] = (common << 4) | nearCommon;
        }
      }
    }
  }
  groups.release();
  release(commons);
  return [near, next];
}

/** Reads texts back and keeps word pairs of possible first texts for a while. */
class Reader {
  readonly #recall: (n: number) => Message;
  readonly #words = new Words();
  readonly #scratch = new Pairs();
  readonly #cache = new PairCache();

  constructor(recall: (n: number) => Message) {
    this.#recall = recall;
  }

  /** Puts message `n` in `table`, to hold others against. */
  into(table: Pairs, n: number): void {
    this.#words.read(this.#recall(n).text);
    table.read(this.#words);
  }

  /** Good until the next call. */
  of(n: number): Listed {
    const held = this.#cache.get(n);
    if (held !== undefined) return held;
    this.into(this.#scratch, n);
    return this.keep(n, this.#scratch);
  }

  keep(n: number, { list, size }: Pairs): Listed {
    return this.#cache.set(n, { list, from: 0, to: size });
  }
}

/** First texts that turned out to be variants of an earlier one. Never more than one step deep. */
class Variants {
  readonly #under = new Map<number, number>();
  readonly #leading = new Set<number>();
  readonly #table = new Pairs();
  readonly #reader: Reader;

  constructor(reader: Reader) {
    this.#reader = reader;
  }

  rootOf(n: number): number {
    return this.#under.get(n) ?? n;
  }

  /** Two first texts that one message is like: the later goes under the earlier one's root when it is like that too. */
  meet(one: number, other: number): void {
    const root = Math.min(this.rootOf(one), this.rootOf(other));
    const later = Math.max(this.rootOf(one), this.rootOf(other));
    if (root === later || this.#leading.has(later) || this.#under.size >= MOST_VARIANTS) return;
    this.#reader.into(this.#table, later);
    if (this.#table.alike(this.#reader.of(root)) < VARIANT_ALIKE) return;
    this.#under.set(later, root);
    this.#leading.add(root);
  }
}

/** Gives messages that are left alone, with only a later one near, to the first text that one was joined to. */
function joinLeft(first: Uint32Array, near: Uint32Array, reader: Reader): void {
  const leads = new Uint8Array(first.length);
  for (const [n, lead] of first.entries()) if (lead !== n) leads[lead] = 1;
  const mine = new Pairs();
  for (const [n, nearer] of near.entries()) {
    if (nearer <= n + 1 || first[n] !== n || leads[n] === 1) continue;
    const lead = first[nearer - 1] ?? n;
    // Two that are left alone and point at each other were held against each other already.
    if (lead === n || lead === nearer - 1) continue;
    reader.into(mine, n);
    if (mine.alike(reader.of(lead)) >= LEAST_ALIKE) first[n] = lead;
  }
}

/**
 * Joins every message to the first one before it whose text it shares. [Note: First text] A message is compared with the *first* text of a campaign, never with its latest:
 * every message shares {@link LEAST_ALIKE} of its word pairs with one first text, and a first text that is joined to an earlier one shares {@link VARIANT_ALIKE} with it.
 * So a row of small steps cannot tie two different texts together.
 * @param keys the kept keys of each message (all 0: too short to compare); emptied.
 * @returns the number of the first message for each message; its own when it stands alone.
 */
export function joinTexts(keys: Rows, recall: (n: number) => Message): Uint32Array {
  const candidates = nearest(keys);
  keys.clear();
  const first = new Uint32Array(candidates[0].length);
  for (let n = 0; n < first.length; n++) first[n] = n;
  // Texts that others will be held against are kept when they pass by in order: reading one back later costs a search.
  const wanted = new Uint8Array(first.length);
  for (const nearer of candidates) for (const candidate of nearer) if (candidate !== 0) wanted[candidate - 1] = 1;

  const reader = new Reader(recall);
  const variants = new Variants(reader);
  const mine = new Pairs();
  for (let row = 0; row < first.length; row++) {
    let [best, bestAlike, compared] = [row, 0, -1];
    let read = false;
    for (const nearer of candidates) {
      const candidate = nearer[row] ?? 0;
      if (candidate === 0 || candidate > row) break;
      const leading = first[candidate - 1] ?? 0;
      if (leading === compared) continue;
      compared = leading;
      if (!read) reader.into(mine, row);
      read = true;
      const alike = mine.alike(reader.of(leading));
      if (alike < LEAST_ALIKE) continue;
      if (bestAlike > 0) variants.meet(best, leading);
      if (alike > bestAlike) [best, bestAlike] = [leading, alike];
    }
    first[row] = best;
    if (best !== row || wanted[row] === 0) continue;
    if (!read) reader.into(mine, row);
    reader.keep(row, mine);
  }
  joinLeft(first, candidates[0], reader);
  for (let n = 0; n < first.length; n++) first[n] = variants.rootOf(first[n] ?? n);
  return first;
}
