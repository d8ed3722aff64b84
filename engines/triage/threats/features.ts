/** What the threat model looks at in words: the words, their stems and pairs, pieces of letters, classes of meaning and how those stand to each other. Used by model.ts and the training script; both see the same numbers. */
import { classesOf } from "./classes.ts";
import type { Word } from "./words.ts";

/** Features are numbers below this: a hash of what was seen. */
export const FEATURES: number = 1 << 18;

const mix = (hash: number, value: number): number => Math.imul(hash ^ value, 0x01000193) >>> 0;
function hashOf(seed: number, text: string): number {
  let hash = (0x811c9dc5 ^ seed) >>> 0;
  for (let at = 0; at < text.length; at += 1) hash = mix(hash, text.charCodeAt(at));
  return hash;
}
const bucket = (hash: number): number => (Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 13) & (FEATURES - 1);

/** How much each family counts before the whole is brought to length one. Chosen by cross-validation on own texts; the score hardly depends on them. */
const weightOf = {
  word: 1,
  stem: 0.7,
  pair: 0.8,
  stemPair: 0.6,
  piece: 0.28,
  tag: 0.8,
  tagPair: 0.6,
  tagWord: 0.6,
} as const;
/** Classes stand to each other within this many words; nearer than `near` is another feature than further off. */
const reach = 8;
const near = 3;

/** What of a word does not depend on its neighbours. */
interface Known {
  readonly id: number;
  readonly stem: number;
  readonly classes: readonly number[];
  /** Features of the word by itself, and how much each counts. */
  readonly own: Uint32Array;
  readonly weights: Float32Array;
}
const known = new Map<string, Known>();
/** Words kept at most; then all are forgotten, so that hostile texts cannot fill the memory. */
const keep = 40_000;

/** The word without its commonest endings: enough to bring "slaat", "slaan" and "geslagen" closer, no more. */
export function stemOf(word: string): string {
  let stem = word;
  if (stem.length > 5 && stem.startsWith("ge") && /(?:d|t|en)$/.test(stem)) stem = stem.slice(2);
  for (const ending of ["jes", "tje", "en", "je", "te", "de", "t", "e", "s", "d", "n"])
    if (stem.length - ending.length >= 3 && stem.endsWith(ending)) {
      stem = stem.slice(0, -ending.length);
      break;
    }
  return stem.replace(/([a-z])\1$/, "$1").replace(/(aa|ee|oo|uu)([a-z])$/, (_, vowels: string, last: string) => vowels.charAt(0) + last);
}

function learn(word: string): Known {
  const own: number[] = [];
  const weights: number[] = [];
  const add = (id: number, weight: number): void => void (own.push(id), weights.push(weight));
  const [id, stem, classes] = [hashOf(11, word), hashOf(13, stemOf(word)), classesOf(word)];
  add(bucket(mix(id, 1)), weightOf.word);
  add(bucket(mix(stem, 2)), weightOf.stem);
  for (const tag of classes) add(bucket(mix(mix(0x1234567, tag), 7)), weightOf.tag);
  if (word.length > 1 && word.charCodeAt(0) >= 97) {
    const edged = `<${word}>`;
    for (let size = 3; size <= 5; size += 1)
      for (let at = 0; at + size <= edged.length && at < 40; at += 1) add(bucket(hashOf(size, edged.slice(at, at + size))), weightOf.piece);
  }
  const entry: Known = {
    id,
    stem,
    classes,
    own: Uint32Array.from(own),
    weights: Float32Array.from(weights),
  };
  if (known.size >= keep) known.clear();
  known.set(word, entry);
  return entry;
}

/**
 * Calls `see(feature, weight, word)` for every feature of a row of words; `word` is the place of the last word it rests on. Repeats are seen again.
 * One function for training, scoring and reasons, so that they cannot differ.
 */
export function eachFeature(words: readonly Word[], see: (feature: number, weight: number, word: number) => void): void {
  const infos: Known[] = [];
  for (const word of words) infos.push(known.get(word.text) ?? learn(word.text));
  let before: Known | undefined;
  for (let at = 0; at < infos.length; at += 1) {
    const one = infos[at];
    if (one === undefined) return;
    const { own, weights, classes } = one;
    for (let piece = 0; piece < own.length; piece += 1) see(own[piece] ?? 0, weights[piece] ?? 0, at);
    see(bucket(mix(mix(before?.id ?? 7, one.id), 3)), weightOf.pair, at);
    see(bucket(mix(mix(before?.stem ?? 7, one.stem), 4)), weightOf.stemPair, at);
    if (before !== undefined) for (const tag of before.classes) see(bucket(mix(mix(one.stem, tag), 12)), weightOf.tagWord, at);
    for (const tag of classes) {
      if (before !== undefined) see(bucket(mix(mix(before.stem, tag), 10)), weightOf.tagWord, at);
      for (let gap = 1; gap <= reach && gap <= at; gap += 1)
        for (const other of infos[at - gap]?.classes ?? []) see(bucket(mix(mix(mix(0x7654321, other), tag), gap <= near ? 8 : 9)), weightOf.tagPair, at);
    }
    before = one;
  }
}
