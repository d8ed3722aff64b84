/** What the threat model looks at in words: the words, their stems and pairs, pieces of letters, classes of meaning and how those stand to each other. Used by model.ts and the training script; both see the same numbers. */
import { classNumbers } from "./classes.ts";
import { hashOf, type Known, mix } from "./known.ts";
import type { Word } from "./words.ts";

/** Features are numbers below this: a hash of what was seen. */
export const FEATURES: number = 1 << 19;

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
export const near = 3;

/** Features of a word by itself, and how much each counts. Asked once for each word: model.ts keeps the sum. */
export function eachOwnFeature({ text, id, stem, classes }: Known, see: (feature: number, weight: number) => void): void {
  see(bucket(mix(id, 1)), weightOf.word);
  see(bucket(mix(stem, 2)), weightOf.stem);
  for (const tag of classes) see(bucket(mix(mix(0x1234567, tag), 7)), weightOf.tag);
  if (text.length < 2 || text.charCodeAt(0) < 97) return;
  const edged = `<${text}>`;
  for (let size = 3; size <= 5; size += 1)
    for (let at = 0; at + size <= edged.length && at < 40; at += 1) see(bucket(hashOf(size, edged, at, at + size)), weightOf.piece);
}

/** The feature of a word behind another, of their stems, and of classes next to a word. Numbers below {@link FEATURES}. */
export const pairOf = (before: Known | undefined, one: Known): number => bucket(mix(mix(before?.id ?? 7, one.id), 3));
export const stemPairOf = (before: Known | undefined, one: Known): number => bucket(mix(mix(before?.stem ?? 7, one.stem), 4));
export const tagBeforeWord = (tag: number, one: Known): number => bucket(mix(mix(one.stem, tag), 12));
export const tagAfterWord = (before: Known, tag: number): number => bucket(mix(mix(before.stem, tag), 10));
/** The place of a pair of classes among all pairs, near or further off: they are few, so what is known of them is kept together. */
export const tagPairPlace = (other: number, tag: number, isNear: boolean): number => ((isNear ? 0 : classNumbers) + other) * classNumbers + tag;
/** The feature of each pair of classes, by its place. */
export const tagPairs: Int32Array = Int32Array.from({ length: 2 * classNumbers * classNumbers }, (_, place) => {
  const [tag, rest] = [place % classNumbers, Math.floor(place / classNumbers)];
  const [other, isNear] = [rest % classNumbers, rest < classNumbers];
  return bucket(mix(mix(mix(0x7654321, other), tag), isNear ? 8 : 9));
});

/**
 * Calls `see(feature, weight, word)` for every feature of a row of words; `word` is the place of the last word it rests on. Repeats are seen again.
 * Training and reasons use it; model.ts goes the same way faster, and a test holds the two to each other.
 * @param alone whether also those that a word has by itself are seen, whatever stands around it
 */
export function eachFeature(words: readonly Word[], see: (feature: number, weight: number, word: number) => void, alone = true): void {
  let before: Known | undefined;
  for (let at = 0; at < words.length; at += 1) {
    const one = words[at]?.known;
    if (one === undefined) return;
    if (alone) eachOwnFeature(one, (feature, weight) => see(feature, weight, at));
    see(pairOf(before, one), weightOf.pair, at);
    see(stemPairOf(before, one), weightOf.stemPair, at);
    if (before !== undefined) for (const tag of before.classes) see(tagBeforeWord(tag, one), weightOf.tagWord, at);
    for (const tag of one.classes) {
      if (before !== undefined) see(tagAfterWord(before, tag), weightOf.tagWord, at);
      for (let gap = 1; gap <= reach && gap <= at; gap += 1)
        for (const other of words[at - gap]?.known.classes ?? []) see(tagPairs[tagPairPlace(other, tag, gap <= near)] ?? 0, weightOf.tagPair, at);
    }
    before = one;
  }
}
