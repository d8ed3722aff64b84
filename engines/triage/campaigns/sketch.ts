/**
 * What is kept of a text to find others like it: MinHash (Broder 1997) over rows of three words, in bands (Leskovec, Rajaraman and Ullman, Mining of Massive Datasets, ch. 3).
 * Texts that share a band are only *candidates*; pairs.ts compares them in full. Used in this room only.
 */
import { mix, type Words } from "./words.ts";

/** Keys kept of each text, 4 bytes each. */
export const BANDS = 6;
/** Two minima of 16 bits make one key: texts of which a share J of the rows is the same get a key in common with chance 1 - (1 - J²)⁶. */
const LANES = BANDS * 2;

/** Stand in front of the first and behind the last word. */
const FRONT = 0x9e3779b9;
const BACK = 0x7f4a7c15;

/** Fewer words than this are never called the same text: "ja", "dank u wel" and "gefeliciteerd met je verjaardag" bind nobody. */
export const LEAST_WORDS = 5;
/** Fewer different words than this neither ("ha ha ha ha ha"). */
const LEAST_DIFFERENT = 4;

const salts = Uint32Array.from({ length: LANES }, (_, lane) => mix(0x2545f491 + lane * 0x9e3779b1));
const factors = Uint32Array.from({ length: LANES }, (_, lane) => mix(0x1b873593 + lane * 0x85ebca77) | 1);
const lowest = new Uint32Array(LANES);

function bitsSet(value: number): number {
  let bits = value - ((value >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** Whether a text has enough of its own to be compared; an estimate by 64 bits that errs on words it cannot tell apart. */
function enoughWords({ words, length }: Words): boolean {
  if (length < LEAST_WORDS) return false;
  let [low, high] = [0, 0];
  for (let at = 0; at < length; at++) {
    const word = words[at] ?? 0;
    if ((word & 32) === 0) low |= 1 << (word & 31);
    else high |= 1 << (word & 31);
    if ((at & 15) === 15 && bitsSet(low) + bitsSet(high) >= LEAST_DIFFERENT) return true;
  }
  return bitsSet(low) + bitsSet(high) >= LEAST_DIFFERENT;
}

/**
 * The keys of a text.
 * @param into {@link BANDS} numbers long; the first is never 0.
 * @returns false (and `into` untouched) when the text is too short to be compared.
 */
export function sketch(text: Words, into: Uint32Array): boolean {
  if (!enoughWords(text)) return false;
  const { words, length } = text;
  lowest.fill(0xffffffff);
  let before = FRONT;
  let here = words[0] ?? 0;
  for (let at = 0; at < length; at++) {
    const after = at + 1 < length ? (words[at + 1] ?? 0) : BACK;
    const row = mix(Math.imul(before, 0xcc9e2d51) + Math.imul(here, 0x1b873593) + Math.imul(after, 0xe6546b65));
    for (let lane = 0; lane < LANES; lane++) {
      const value = Math.imul(row ^ (salts[lane] ?? 0), factors[lane] ?? 1) >>> 0;
      if (value < (lowest[lane] ?? 0)) lowest[lane] = value;
    }
    before = here;
    here = after;
  }
  for (let band = 0; band < BANDS; band++) {
    into[band] = ((mix(lowest[2 * band] ?? 0) << 16) | (mix(lowest[2 * band + 1] ?? 0) & 0xffff)) >>> 0;
  }
  into[0] ||= 1;
  return true;
}
