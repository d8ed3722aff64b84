/** What the threat model looks at in words: the words, their stems and pairs, pieces of letters, classes of meaning and how those stand to each other. Used by model.ts and the training script; both see the same numbers. */
import { classesOf, classNumbers } from "./classes.ts";
import { type Roles, rolesOf } from "./rules.ts";
import { stemOf } from "./stem.ts";
import type { Word } from "./words.ts";

/** Features are numbers below this: a hash of what was seen. */
export const FEATURES: number = 1 << 19;

const mix = (hash: number, value: number): number => Math.imul(hash ^ value, 0x01000193) >>> 0;
function hashOf(seed: number, text: string): number {
  let hash = (0x811c9dc5 ^ seed) >>> 0;
  for (let at = 0; at < text.length; at += 1) hash = mix(hash, text.charCodeAt(at));
  return hash;
}
const bucket = (hash: number): number => (Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 13) & (FEATURES - 1);

/** How much each family counts before the whole is brought to length one. Chosen by cross-validation on own texts; the score hardly depends on them. */
export const weightOf = {
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
export const reach = 8;
const near = 3;

/** What of a word does not depend on its neighbours. */
export interface Known {
  readonly text: string;
  readonly id: number;
  readonly stem: number;
  readonly classes: readonly number[];
  /** Features of the word by itself, and how much each counts. */
  readonly own: Uint32Array;
  readonly weights: Float32Array;
  /** What the word can be to the rules. */
  readonly roles: Roles;
  /** What one set of weights says of the word by itself, kept by model.ts; null until asked. */
  worth: Worth | null;
}

/** Sums of a word by itself under the weights `by`: three heads and the square of its length. */
export interface Worth {
  readonly by: object;
  readonly threat: number;
  readonly explicit: number;
  readonly abuse: number;
  readonly square: number;
}
const known = new Map<string, Known>();
/** Words kept at most; then all are forgotten, so that hostile texts cannot fill the memory. */
const keep = 20_000;

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
    text: word,
    id,
    stem,
    classes,
    own: Uint32Array.from(own),
    weights: Float32Array.from(weights),
    roles: rolesOf(word),
    worth: null,
  };
  if (known.size >= keep) known.clear();
  known.set(word, entry);
  return entry;
}

/** What is known of each word; learned when it is new. */
export function knownOf(words: readonly Word[]): Known[] {
  const infos: Known[] = [];
  for (const { text } of words) infos.push(known.get(text) ?? learn(text));
  return infos;
}

/** The feature of a word behind another, of their stems, and of classes next to a word. Numbers below {@link FEATURES}. */
export const pairOf = (before: Known | undefined, one: Known): number => bucket(mix(mix(before?.id ?? 7, one.id), 3));
export const stemPairOf = (before: Known | undefined, one: Known): number => bucket(mix(mix(before?.stem ?? 7, one.stem), 4));
export const tagBeforeWord = (tag: number, one: Known): number => bucket(mix(mix(one.stem, tag), 12));
export const tagAfterWord = (before: Known, tag: number): number => bucket(mix(mix(before.stem, tag), 10));
/** The place of a pair of classes among all pairs, near or further off: they are few, so what is known of them is kept together. */
export const tagPairPlace = (other: number, tag: number, gap: number): number => ((gap <= near ? 0 : classNumbers) + other) * classNumbers + tag;
/** The feature of each pair of classes, by its place. */
export const tagPairs: Int32Array = Int32Array.from({ length: 2 * classNumbers * classNumbers }, (_, place) => {
  const [tag, rest] = [place % classNumbers, Math.floor(place / classNumbers)];
  const [other, isNear] = [rest % classNumbers, rest < classNumbers];
  return bucket(mix(mix(mix(0x7654321, other), tag), isNear ? 8 : 9));
});

/**
 * Calls `see(feature, weight, word)` for every feature of a row of words (`infos` is what is known of them); `word` is the place of the last word it rests on. Repeats are seen again.
 * Training and reasons use it; model.ts goes the same way faster, and a test holds the two to each other.
 * @param alone whether also those that a word has by itself are seen, whatever stands around it
 */
export function eachFeature(infos: readonly Known[], see: (feature: number, weight: number, word: number) => void, alone = true): void {
  let before: Known | undefined;
  for (let at = 0; at < infos.length; at += 1) {
    const one = infos[at];
    if (one === undefined) return;
    const { own, weights, classes } = one;
    if (alone) for (let piece = 0; piece < own.length; piece += 1) see(own[piece] ?? 0, weights[piece] ?? 0, at);
    see(pairOf(before, one), weightOf.pair, at);
    see(stemPairOf(before, one), weightOf.stemPair, at);
    if (before !== undefined) for (const tag of before.classes) see(tagBeforeWord(tag, one), weightOf.tagWord, at);
    for (const tag of classes) {
      if (before !== undefined) see(tagAfterWord(before, tag), weightOf.tagWord, at);
      for (let gap = 1; gap <= reach && gap <= at; gap += 1)
        for (const other of infos[at - gap]?.classes ?? []) see(tagPairs[tagPairPlace(other, tag, gap)] ?? 0, weightOf.tagPair, at);
    }
    before = one;
  }
}
