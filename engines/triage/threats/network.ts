/**
 * A small network that reads the words of a message in their order: a gated convolution over word vectors, and a look over the whole. It sees what stands around a word, which the weights of model.ts see in pairs only.
 * Trained by tools/triage; README.md there says on what. Used by index.ts and, with other numbers, by the training script.
 */
import { type Known, mix } from "./known.ts";
import { type Block, placesMost, type Room, roomFor } from "./matrix.ts";
import { bytesOf } from "./packed.ts";
import type { Word } from "./words.ts";

/** Numbers in a word vector. */
export const width = 48;
/** What a word brings along to a neighbour: what may go through, and how far the gate opens. */
export const gated: number = 2 * width;
/** Words that are seen at once, the word itself in the middle. */
export const seenAtOnce = 7;
/** Heads of attention: what share each word has in the whole, in four ways. */
export const heads = 4;
/** What is asked: a threat, an open one (given that there is one), abuse. */
export const asked = 3;
/** What is made of the whole before the answers. */
export const hiddenWidth = 24;
/** The whole as the last layer sees it: each head, the mean, and the most. */
export const pooled: number = (heads + 2) * width;
/** Pieces of words, and classes of meaning, that have a vector. */
export const PIECES: number = 1 << 15;
export const CLASSES = 128;

/** Scores of heads stand in rows of this many, as the sum of matrix.ts asks; those above `heads` are not used. */
export const headRow = 8;

/** Where each part of the core stands: numbers from its beginning. A norm is a scale and a shift, for what was brought to mean 0 and size 1. */
export interface Layout {
  readonly wordNorm: number;
  readonly lookNorm: number;
  /** seenAtOnce x width x gated. */
  readonly look: number;
  readonly lookBias: number;
  /** width x headRow. */
  readonly attention: number;
  /** pooled x hiddenWidth. */
  readonly first: number;
  readonly firstBias: number;
  /** asked x hiddenWidth. */
  readonly second: number;
  readonly secondBias: number;
  readonly size: number;
}
function laidOut(): Layout {
  let size = 0;
  const take = (numbers: number): number => (size += numbers) - numbers;
  const places = {
    wordNorm: take(2 * width),
    lookNorm: take(2 * width),
    look: take(seenAtOnce * width * gated),
    lookBias: take(gated),
    attention: take(width * headRow),
    first: take(pooled * hiddenWidth),
    firstBias: take(hiddenWidth),
    second: take(asked * hiddenWidth),
    secondBias: take(asked),
  };
  return { ...places, size };
}
export const layout: Layout = laidOut();

/** What was learned. Vectors are whole numbers from -127 to 127 of `scale`. */
export interface Network {
  readonly core: Float32Array;
  /** PIECES x width. */
  readonly pieces: Int8Array;
  readonly pieceScale: number;
  /** CLASSES x width. */
  readonly classes: Int8Array;
  readonly classScale: number;
}

/** Letters of a word that are looked at; so a word has at most 115 pieces. */
const lettersMost = 30;
const pieceSizes = { least: 3, most: 6 } as const;
const seeds = { word: 0x9dc5_811c, piece: 0x811c_9dc5 } as const;
const numbered = (hash: number): number => ((hash ^ (hash >>> 15)) >>> 0) % PIECES;
/** The numbers of the pieces of a word: itself first, then three to six letters of it; "<" and ">" stand for its ends. */
export function piecesOf(word: string): number[] {
  const edged = `<${word.slice(0, lettersMost)}>`;
  let whole: number = seeds.word;
  for (let at = 0; at < edged.length; at += 1) whole = mix(whole, edged.charCodeAt(at));
  const found = [numbered(whole)];
  if (word.length < 2 || word.charCodeAt(0) < 97 || word.charCodeAt(0) > 122) return found;
  for (let from = 0; from + pieceSizes.least <= edged.length; from += 1) {
    let hash: number = seeds.piece;
    for (let size = 1; size <= pieceSizes.most && from + size <= edged.length; size += 1) {
      hash = mix(hash, edged.charCodeAt(from + size - 1));
      if (size >= pieceSizes.least) found.push(numbered(hash));
    }
  }
  return found;
}

/** Added to a variance before its root is taken. */
export const least = 1e-5;
/** Brings `width` numbers from `from` to mean 0 and size 1, scales and shifts them. */
function normed(numbers: Float32Array, from: number, to: number, norm: number): void {
  let [sum, square] = [0, 0];
  for (let at = 0; at < width; at += 1) sum += numbers[from + at] ?? 0;
  const mean = sum / width;
  for (let at = 0; at < width; at += 1) square += ((numbers[from + at] ?? 0) - mean) ** 2;
  const size = 1 / Math.sqrt(square / width + least);
  for (let at = 0; at < width; at += 1)
    numbers[to + at] = ((numbers[from + at] ?? 0) - mean) * size * (numbers[norm + at] ?? 0) + (numbers[norm + width + at] ?? 0);
}

/** Words whose vectors are kept, with what they bring along to neighbours: that does not depend on who those are. Then all but the first half are forgotten: what comes first are the words of every message. */
const kept = 3_200;
const ofWord = width + seenAtOnce * gated;

/** Reads messages with one network. Keeps vectors of words, in room of a fixed size. */
export interface NetworkReader {
  /** Log odds of a threat, of an open one given that there is one, and of abuse. At most {@link placesMost} words are read; readWords of words.ts never gives more at once. */
  read(words: readonly Word[]): readonly [number, number, number];
}

/** A reader. `room` makes the place it works in; left out, the fastest there is. */
export function networkReader(
  { core, pieces: pieceVectors, pieceScale, classes, classScale }: Network,
  room: (size: number, bytes: number) => Room = roomFor,
): NetworkReader {
  let size = layout.size + 4 - (layout.size % 4);
  const take = (numbers: number): number => (size += numbers) - numbers;
  const at = {
    kept: take(kept * ofWord),
    words: take(placesMost * width),
    normal: take(placesMost * width),
    scores: take(placesMost * headRow),
    shares: take(headRow * placesMost),
    whole: take(pooled),
    hidden: take(hiddenWidth),
  };
  const classesAt = pieceVectors.length;
  const { numbers, bytes, add, look, sum, most } = room(size, classesAt + classes.length);
  numbers.set(core);
  bytes.set(pieceVectors);
  bytes.set(classes, classesAt);
  const row = (from: number, length: number): Block => ({ at: from, row: length, column: 1 });
  /** Whose vector stands in each slot. */
  const owners: Known[] = [];
  let free = 0;
  const list = new Int32Array(placesMost);
  /** Words that are new in this message: their slots stand behind each other. */
  let fresh = 0;
  /** Where a word's vector stands; a new one is laid there. */
  const slot = (word: Known): number => {
    // Another network may have written its own place there.
    if (owners[word.place] === word) return at.kept + word.place * ofWord;
    const own = at.kept + free * ofWord;
    owners[free] = word;
    word.place = free;
    numbers.fill(0, own, own + ofWord);
    const pieces = piecesOf(word.text);
    list.set(pieces);
    sum(list, pieces.length, 0, own, width, pieceScale / Math.sqrt(pieces.length));
    word.classes.forEach((tag, place) => (list[place] = tag % CLASSES));
    sum(list, word.classes.length, classesAt, own, width, classScale);
    normed(numbers, own, own, layout.wordNorm);
    normed(numbers, own, at.normal + fresh * width, layout.lookNorm);
    free += 1;
    fresh += 1;
    return own;
  };
  /** What new words bring along when they are the first seen, the second, and so on: for all of them at once, so that each look is fetched once. */
  const bringAlong = (): void => {
    const own = at.kept + (free - fresh) * ofWord;
    for (let seen = 0; seen < seenAtOnce; seen += 1)
      add(row(at.normal, width), row(layout.look + seen * width * gated, gated), row(own + width + seen * gated, ofWord), fresh, width, gated);
    fresh = 0;
  };
  const places = new Int32Array(placesMost);
  const [attention, first, rows, scores, whole, hidden] = [
    row(layout.attention, headRow),
    row(layout.first, hiddenWidth),
    row(at.words, width),
    row(at.scores, headRow),
    row(at.whole, pooled),
    row(at.hidden, hiddenWidth),
  ];
  const [shares, wholes] = [row(at.shares, placesMost), row(at.whole, width)];
  return {
    read(given) {
      const words = Math.min(given.length, placesMost);
      if (free > kept - placesMost) {
        free = kept / 2;
        owners.length = free;
      }
      for (let word = 0; word < words; word += 1) {
        const one = given[word];
        if (one !== undefined) places[word] = slot(one.known);
      }
      if (fresh > 0) bringAlong();
      look({ places, words, bias: layout.lookBias, out: at.words, seen: seenAtOnce, width });
      // The share of each word in each head, and in the mean.
      numbers.fill(0, at.scores, at.scores + words * headRow);
      add(rows, attention, scores, words, width, headRow);
      for (let head = 0; head < heads; head += 1) {
        let [top, all] = [-Infinity, 0];
        for (let word = 0; word < words; word += 1) top = Math.max(top, numbers[at.scores + word * headRow + head] ?? 0);
        for (let word = 0; word < words; word += 1) {
          const share = Math.exp((numbers[at.scores + word * headRow + head] ?? 0) - top);
          numbers[at.shares + head * placesMost + word] = share;
          all += share;
        }
        for (let word = 0; word < words; word += 1) numbers[at.shares + head * placesMost + word] = (numbers[at.shares + head * placesMost + word] ?? 0) / all;
      }
      numbers.fill(1 / Math.max(1, words), at.shares + heads * placesMost, at.shares + heads * placesMost + words);
      numbers.fill(0, at.whole, at.whole + pooled);
      add(shares, rows, wholes, heads + 1, words, width);
      if (words > 0) most(at.words, words, at.whole + (heads + 1) * width, width);
      for (let number = 0; number < hiddenWidth; number += 1) numbers[at.hidden + number] = numbers[layout.firstBias + number] ?? 0;
      add(whole, first, hidden, 1, pooled, hiddenWidth);
      const answers: [number, number, number] = [0, 0, 0];
      for (let answer = 0; answer < asked; answer += 1) {
        let odds = numbers[layout.secondBias + answer] ?? 0;
        for (let number = 0; number < hiddenWidth; number += 1)
          odds += Math.max(0, numbers[at.hidden + number] ?? 0) * (numbers[layout.second + answer * hiddenWidth + number] ?? 0);
        answers[answer] = odds;
      }
      return answers;
    },
  };
}

/** A network from its packed form. @throws RangeError when the bytes are not those of this layout */
export function networkOf(packed: {
  readonly pieces: () => string;
  readonly pieceScale: number;
  readonly classes: () => string;
  readonly classScale: number;
  readonly core: () => string;
}): Network {
  const core = new DataView(bytesOf(packed.core(), layout.size * Float32Array.BYTES_PER_ELEMENT).buffer);
  return {
    pieces: new Int8Array(bytesOf(packed.pieces(), PIECES * width).buffer),
    pieceScale: packed.pieceScale,
    classes: new Int8Array(bytesOf(packed.classes(), CLASSES * width).buffer),
    classScale: packed.classScale,
    core: Float32Array.from({ length: layout.size }, (_, at) => core.getFloat32(at * Float32Array.BYTES_PER_ELEMENT, true)),
  };
}
