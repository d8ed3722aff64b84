/** What is known of each word whatever stands around it, worked out when it is new and kept, so that reading a message makes no strings. Used by words.ts, which gives every word its own, and by the rooms that read words. */
import { classesOf } from "./classes.ts";
import { can, rolesOf } from "./roles.ts";
import { stemOf } from "./stem.ts";

/** What of a word does not depend on its neighbours. */
export interface Known {
  /** The word as words.ts reads it. */
  readonly text: string;
  /** Hashes of the word and of its stem, 32 bits. */
  readonly id: number;
  readonly stem: number;
  /** The classes of meaning it is in, see classes.ts. */
  readonly classes: readonly number[];
  /** What the word can be to the rules, see {@link can}. */
  readonly can: number;
  readonly left: number;
  readonly right: number;
  /** Letters in it, 0 when it has other signs; and the first eighteen, six in each: told from others so, a word needs no look at its text, which lies elsewhere. */
  readonly size: number;
  readonly letters: number;
  readonly letters6: number;
  readonly letters12: number;
  /** What the weights `by` say of the word by itself, times 100: three heads, and times 10,000 the square of its length. Kept by model.ts; `by` is null until it was asked. */
  by: object | null;
  threat: number;
  explicit: number;
  abuse: number;
  square: number;
  /** Where a network keeps its vector, if it does: network.ts looks whether it is this word's. */
  place: number;
}

/** A step of FNV-1a. */
export const mix = (hash: number, value: number): number => Math.imul(hash ^ value, 0x01000193);
/** Where the hash of a text begins, one for each use. */
const seedOf = (use: number): number => 0x811c9dc5 ^ use;
/** The hash of a text, or of a part of it: 32 bits. */
export function hashOf(use: number, text: string, from = 0, to: number = text.length): number {
  let hash = seedOf(use);
  for (let at = from; at < to; at += 1) hash = mix(hash, text.charCodeAt(at));
  return hash;
}
const uses = { id: 11, stem: 13 } as const;
/** Where the hash of a word begins, for who makes it letter by letter: {@link mix} each. */
export const idSeed: number = seedOf(uses.id);

/** Six letters from `from`, capitals or not, five bits each: what a word is of that is known to be of letters, and how long. */
function packed(text: string, from: number, end: number): number {
  let bits = 0;
  for (let at = from; at < end && at < from + 6; at += 1) bits = (bits << 5) | (text.charCodeAt(at) & 31);
  return bits;
}
const packedMost = 18;

const noClasses: readonly number[] = [];
function learned(text: string, id: number): Known {
  const classes = classesOf(text);
  return {
    text,
    id,
    stem: hashOf(uses.stem, stemOf(text)),
    classes: classes.length === 0 ? noClasses : classes,
    ...rolesOf(text),
    size: /^[a-z]*$/.test(text) ? text.length : 0,
    letters: packed(text, 0, text.length),
    letters6: packed(text, 6, text.length),
    letters12: packed(text, 12, text.length),
    by: null,
    threat: 0,
    explicit: 0,
    abuse: 0,
    square: 0,
    place: 0,
  };
}

/**
 * Words kept: a table of fixed size, so that hostile texts can neither fill the memory nor make looking up slow.
 * A word stands in one of the `looks` places from its hash on; when those are taken, it takes the place of another.
 */
const places = 1 << 15;
const looks = 8;
const ids = new Int32Array(places + looks);
const words: (Known | undefined)[] = Array.from({ length: places + looks }, () => undefined);
let turn = 0;
const home = (id: number): number => (Math.imul(id, 0x9e3779b1) >>> 17) & (places - 1);
function keep(known: Known): Known {
  const from = home(known.id);
  let at = from;
  while (at < from + looks && words[at] !== undefined) at += 1;
  if (at === from + looks) {
    turn = (turn + 1) % looks;
    at = from + turn;
  }
  ids[at] = known.id;
  words[at] = known;
  return known;
}

/** What is known of a normalised word. */
export function knownOf(text: string): Known {
  const id = hashOf(uses.id, text);
  const from = home(id);
  for (let at = from; at < from + looks; at += 1) if (ids[at] === id && words[at]?.text === text) return words[at] ?? learned(text, id);
  return keep(learned(text, id));
}

/** a-z of a letter a-z or A-Z. */
const lower = (code: number): number => code | 32;
/** Whether a stretch of letters is this word, of which the hash is the same. */
function isSame(known: Known, text: string, start: number, end: number): boolean {
  if (known.size !== end - start || known.letters !== packed(text, start, end)) return false;
  if (known.size > 6 && known.letters6 !== packed(text, start + 6, end)) return false;
  if (known.size > 12 && known.letters12 !== packed(text, start + 12, end)) return false;
  let at = packedMost;
  while (at < known.size && lower(text.charCodeAt(start + at)) === known.text.charCodeAt(at)) at += 1;
  return at >= known.size;
}
/** What is known of a word of letters a-z that stands in a text, capitals or not. @param id its hash, in lower case */
export function knownIn(text: string, start: number, end: number, id: number): Known {
  const from = home(id);
  for (let at = from; at < from + looks; at += 1) {
    if (ids[at] !== id) continue;
    const word = words[at];
    if (word !== undefined && isSame(word, text, start, end)) return word;
  }
  // A string of its own: a slice would hold the whole message.
  return keep(learned(String.fromCharCode(...Array.from({ length: end - start }, (_, at) => lower(text.charCodeAt(start + at)))), id));
}

/** Whether a word ends a sentence. */
export const endsSentence = (word: { readonly known: Known } | undefined): boolean => word !== undefined && (word.known.can & can.endsSentence) !== 0;
