/** Puts messages with nearly the same text together: candidates from the kept keys, then the full comparison. Used by index.ts of this room. */
import type { Message } from "#engines/triage/message.ts";
import { type Column, sortRows } from "./column.ts";
import { LEAST_ALIKE, PairCache, Pairs } from "./pairs.ts";
import { Words } from "./words.ts";

/** Alike enough to look no further. */
const PLAINLY = 0.85;
/** Full comparisons of one message at most, and steps back along one band: a key that thousands share by chance costs no more than this. */
const MOST_COMPARED = 6;
const MOST_STEPS = 12;
/** How alike two first texts must be to be variants of one; met by a message that is like both. */
const VARIANT_ALIKE = 0.4;
/** More variants are not remembered. */
const MOST_VARIANTS = 100_000;

/**
 * Replaces every key by a link: 1 + the message before it that has the same key, or 0. Afterwards `keys` holds links and takes no more room than before.
 * @param rows the messages that have keys, in order.
 */
function linkBand(keys: Column, rows: Uint32Array, sorted: Uint32Array, spare: Uint32Array): void {
  sorted.set(rows);
  sortRows(sorted, keys, spare);
  let before = -1;
  let last = 0;
  for (const row of sorted) {
    const key = keys.get(row);
    keys.set(row, before >= 0 && key === last ? before + 1 : 0);
    [before, last] = [row, key];
  }
}

/** Reads texts back and keeps their word pairs for a while. */
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

  of(n: number): Uint32Array {
    const held = this.#cache.get(n);
    if (held !== undefined) return held;
    this.#words.read(this.#recall(n).text);
    const list = this.#scratch.read(this.#words);
    this.#cache.set(n, list);
    return list;
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

/**
 * Joins every message to the first one before it whose text it shares. [Note: First text] A message is compared with the *first* text of a campaign, never with its latest:
 * every message shares {@link LEAST_ALIKE} of its word pairs with one first text, and a first text that is joined to an earlier one shares {@link VARIANT_ALIKE} with it.
 * So a row of small steps cannot tie two different texts together.
 * @param bands the kept keys; emptied.
 * @param first filled with the number of the first message for each message; itself when it stands alone.
 */
export function joinTexts(bands: readonly Column[], first: Uint32Array, recall: (n: number) => Message): void {
  for (let n = 0; n < first.length; n++) first[n] = n;
  const lead = bands[0];
  if (lead === undefined) return;
  let having = 0;
  for (let n = 0; n < first.length; n++) if (lead.get(n) !== 0) having++;
  const rows = new Uint32Array(having);
  for (let n = 0, at = 0; n < first.length; n++) if (lead.get(n) !== 0) rows[at++] = n;
  const [sorted, spare] = [new Uint32Array(having), new Uint32Array(having)];
  for (const band of bands) linkBand(band, rows, sorted, spare);

  const reader = new Reader(recall);
  const variants = new Variants(reader);
  const mine = new Pairs();
  const compared: number[] = [];
  for (const row of rows) {
    compared.length = 0;
    let [best, bestAlike] = [row, 0];
    for (const band of bands) {
      let steps = 0;
      for (let link = band.get(row); link !== 0 && steps < MOST_STEPS; link = band.get(link - 1)) {
        if (compared.length === MOST_COMPARED || bestAlike >= PLAINLY) break;
        steps++;
        const candidate = first[link - 1] ?? 0;
        if (compared.includes(candidate)) continue;
        if (compared.length === 0) reader.into(mine, row);
        compared.push(candidate);
        const alike = mine.alike(reader.of(candidate));
        if (alike < LEAST_ALIKE) continue;
        if (bestAlike > 0) variants.meet(best, candidate);
        if (alike > bestAlike) [best, bestAlike] = [candidate, alike];
      }
    }
    first[row] = best;
  }
  for (let n = 0; n < first.length; n++) first[n] = variants.rootOf(first[n] ?? n);
  for (const band of bands) band.clear();
}
