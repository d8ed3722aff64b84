/** Learns the network of threats: its forward pass over many texts at once, the way back, and AdamW. The layout, the words and the sum are those of the engine; the test holds both passes to each other. Used by train.ts. */
import {
  asked,
  type Block,
  CLASSES,
  gate,
  gated,
  gateSlope,
  headRow,
  heads,
  hiddenWidth,
  layout,
  least,
  type Network,
  PIECES,
  piecesOf,
  pooled,
  type Room,
  roomFor,
  seenAtOnce,
  width,
  wordsOf,
} from "@rugdekking/triage/training";
import { drawing } from "./drawing.ts";
import type { Example } from "./learn.ts";

/** Chosen on the functional checks, which took no part in that training; the score hardly depends on them. */
const settings = {
  rounds: 6,
  rate: 2e-3,
  /** Steps in which the rate rises (of few, a tenth), and what part of it is left at the end. */
  warming: 300,
  lastRate: 0.02,
  shrink: 0.01,
  /** Examples in a step. */
  batch: 128,
  /** What is left out at random while learning: numbers of a vector, a whole vector of pieces or of classes, and the word itself among its pieces. */
  drop: 0.2,
  dropPart: 0.15,
  dropWord: 0.3,
  /** What the second and third question count beside the first, and a pair of a threat and its contrast. */
  aside: 0.3,
  pair: 0.5,
  longest: 1,
} as const;
/** Empty rows between texts, so that a look beyond the edge of one sees nothing. */
const margin = (seenAtOnce - 1) / 2;
/** Words of a text that are learned from. */
const wordsLearned = 128;
const rowsMost = 6_144;
/** Rows of a sum over rows at once: as many as stay near the processor. */
const rowsAtOnce = 64;

/** A text as numbers of words. */
export interface Numbered {
  readonly words: Int32Array;
  readonly threat: 0 | 1;
  readonly explicit: 0 | 1 | null;
  readonly abuse: 0 | 1;
}
/** All words there are, each with its pieces (itself first) and classes. */
export interface Vocabulary {
  readonly pieces: readonly Int32Array[];
  readonly classes: readonly Int32Array[];
}

/** Texts to numbers, with one vocabulary for all. */
export function numbered(examples: readonly Example[]): { readonly texts: Numbered[]; readonly vocabulary: Vocabulary } {
  const place = new Map<string, number>();
  const [pieces, classes]: [Int32Array[], Int32Array[]] = [[], []];
  const texts = examples.map(({ text, threat, explicit, abuse }) => {
    const words = Int32Array.from(wordsOf(text).slice(0, wordsLearned), (word) => {
      const found = place.get(word.text);
      if (found !== undefined) return found;
      place.set(word.text, pieces.length);
      pieces.push(Int32Array.from(piecesOf(word.text)));
      classes.push(Int32Array.from(word.known.classes, (tag) => tag % CLASSES));
      return pieces.length - 1;
    });
    return { words, threat, explicit, abuse };
  });
  return { texts, vocabulary: { pieces, classes } };
}

/** A step learns from these; `pair` says that a text is the contrast of the one before it. */
export interface Batch {
  readonly texts: readonly Numbered[];
  readonly pair: readonly boolean[];
}

const row = (at: number, size: number): Block => ({ at, row: size, column: 1 });
const turned = (at: number, size: number): Block => ({ at, row: 1, column: size });
const sigmoid = (odds: number): number => 1 / (1 + Math.exp(-odds));
/** log(1 + e^x) without overflow. */
const softplus = (odds: number): number => Math.max(odds, 0) + Math.log1p(Math.exp(-Math.abs(odds)));

/** Numbers that are learned, their slopes, and what AdamW remembers of them. */
class Learned {
  readonly values: Float32Array;
  readonly slopes: Float32Array;
  private readonly first: Float32Array;
  private readonly second: Float32Array;
  constructor(values: Float32Array, slopes: Float32Array) {
    this.values = values;
    this.slopes = slopes;
    this.first = new Float32Array(values.length);
    this.second = new Float32Array(values.length);
  }
  square(): number {
    let sum = 0;
    for (let at = 0; at < this.slopes.length; at += 1) sum += (this.slopes[at] ?? 0) ** 2;
    return sum;
  }
  step(rate: number, scale: number, count: number): void {
    const { values, slopes, first, second } = this;
    const [ofFirst, ofSecond] = [1 / (1 - 0.9 ** count), 1 / (1 - 0.999 ** count)];
    for (let at = 0; at < values.length; at += 1) {
      const slope = (slopes[at] ?? 0) * scale;
      const mean = 0.9 * (first[at] ?? 0) + 0.1 * slope;
      const size = 0.999 * (second[at] ?? 0) + 0.001 * slope * slope;
      first[at] = mean;
      second[at] = size;
      const now = values[at] ?? 0;
      values[at] = now - rate * ((mean * ofFirst) / (Math.sqrt(size * ofSecond) + 1e-8) + settings.shrink * now);
    }
    slopes.fill(0);
  }
}

/** The network while it learns. */
export class Learning {
  readonly core: Learned;
  readonly pieces: Learned;
  readonly classes: Learned;
  private readonly room: Room;
  private readonly draw: () => number;
  private readonly vocabulary: Vocabulary;
  /** Where things stand in the room, counted in numbers. `slopes` has the layout of the core. */
  private readonly at;
  private readonly wordOf = new Int32Array(rowsMost);
  private readonly keep = new Uint8Array(rowsMost);
  /** By which the two norms multiplied, and what was left out of vectors before and behind the look. */
  private readonly sizes = [new Float32Array(rowsMost), new Float32Array(rowsMost)] as const;
  private readonly left = [new Float32Array(rowsMost * width), new Float32Array(rowsMost * width)] as const;
  private readonly best = new Int32Array(settings.batch * width);
  private readonly shares = new Float32Array(rowsMost * heads);
  private readonly wholeLeft = new Float32Array(settings.batch * pooled);

  constructor(vocabulary: Vocabulary, seed: number) {
    this.vocabulary = vocabulary;
    let size = 0;
    const take = (numbers: number): number => (size += numbers) - numbers;
    const rows = (): number => take(rowsMost * width);
    this.at = {
      core: take(layout.size),
      slopes: take(layout.size + 8 - (layout.size % 8)),
      flipped: take(seenAtOnce * width * gated),
      firstFlipped: take(pooled * hiddenWidth),
      /** Word vectors, before the look and behind it. */
      before: rows(),
      behind: rows(),
      /** Those brought to mean 0 and size 1 by the two norms; and scaled. */
      centred: [rows(), rows()] as const,
      normal: [rows(), rows()] as const,
      sums: take(rowsMost * gated),
      sumSlopes: take(rowsMost * gated),
      slope: rows(),
      normalSlope: rows(),
      whole: take(settings.batch * pooled),
      wholeSlope: take(settings.batch * pooled),
      hidden: take(settings.batch * hiddenWidth),
      hiddenSlope: take(settings.batch * hiddenWidth),
    };
    this.room = roomFor(size);
    this.draw = drawing(seed);
    const values = this.room.numbers.subarray(this.at.core, this.at.core + layout.size);
    this.core = new Learned(values, this.room.numbers.subarray(this.at.slopes, this.at.slopes + layout.size));
    this.pieces = new Learned(new Float32Array(PIECES * width), new Float32Array(PIECES * width));
    this.classes = new Learned(new Float32Array(CLASSES * width), new Float32Array(CLASSES * width));
    const spread = (list: Float32Array, from: number, count: number, by: number): void => {
      for (let at = from; at < from + count; at += 1) list[at] = by * Math.sqrt(-2 * Math.log(1 - this.draw())) * Math.cos(2 * Math.PI * this.draw());
    };
    spread(this.pieces.values, 0, PIECES * width, 0.1);
    spread(this.classes.values, 0, CLASSES * width, 0.1);
    values.fill(1, layout.wordNorm, layout.wordNorm + width);
    values.fill(1, layout.lookNorm, layout.lookNorm + width);
    spread(values, layout.look, seenAtOnce * width * gated, 1 / Math.sqrt(seenAtOnce * width));
    spread(values, layout.attention, width * headRow, 1 / Math.sqrt(width));
    spread(values, layout.first, pooled * hiddenWidth, 1 / Math.sqrt(pooled));
    spread(values, layout.second, asked * hiddenWidth, 1 / Math.sqrt(hiddenWidth));
  }

  /** Numbers by which a vector is multiplied so that a part of it is left out: 0, or more than 1 for what is kept. */
  private leave(list: Float32Array, from: number, count: number, drop: number): void {
    const kept = 1 / (1 - drop);
    for (let at = from; at < from + count; at += 1) list[at] = drop > 0 && this.draw() < drop ? 0 : kept;
  }
  private norm(which: 0 | 1, from: number, norm: number, live: number): void {
    const { numbers } = this.room;
    const [centred, normal, sizes] = [this.at.centred[which], this.at.normal[which], this.sizes[which]];
    const at = live * width;
    let [sum, square] = [0, 0];
    for (let to = 0; to < width; to += 1) sum += numbers[from + at + to] ?? 0;
    const mean = sum / width;
    for (let to = 0; to < width; to += 1) square += ((numbers[from + at + to] ?? 0) - mean) ** 2;
    const size = 1 / Math.sqrt(square / width + least);
    sizes[live] = size;
    for (let to = 0; to < width; to += 1) {
      const value = ((numbers[from + at + to] ?? 0) - mean) * size;
      numbers[centred + at + to] = value;
      numbers[normal + at + to] = value * (numbers[norm + to] ?? 0) + (numbers[norm + width + to] ?? 0);
    }
  }
  /** The way back through `norm`: adds to the slopes of scale and shift, and puts the slope of what went in at `to` (added when `more`). */
  private unnorm(which: 0 | 1, slope: number, norm: number, live: number, to: number, more: boolean): void {
    const { numbers } = this.room;
    const [centred, size] = [this.at.centred[which] + live * width, this.sizes[which][live] ?? 0];
    const [from, into, slopes] = [slope + live * width, to + live * width, this.at.slopes];
    let [sum, along] = [0, 0];
    for (let at = 0; at < width; at += 1) {
      const [way, value] = [numbers[from + at] ?? 0, numbers[centred + at] ?? 0];
      numbers[slopes + norm + at] = (numbers[slopes + norm + at] ?? 0) + way * value;
      numbers[slopes + norm + width + at] = (numbers[slopes + norm + width + at] ?? 0) + way;
      const scaled = way * (numbers[this.at.core + norm + at] ?? 0);
      sum += scaled;
      along += scaled * value;
    }
    for (let at = 0; at < width; at += 1) {
      const scaled = (numbers[from + at] ?? 0) * (numbers[this.at.core + norm + at] ?? 0);
      const way = size * (scaled - sum / width - ((numbers[centred + at] ?? 0) * along) / width);
      numbers[into + at] = (more ? (numbers[into + at] ?? 0) : 0) + way;
    }
  }

  /**
   * Reads a batch, and adds the slopes of its loss to those of what is learned.
   * @param loose whether parts are left out at random, as while learning
   * @returns the mean loss, and the log odds of each text (threat, explicit, abuse)
   */
  pass({ texts, pair }: Batch, loose: boolean): { readonly loss: number; readonly odds: Float64Array } {
    const { room, at } = this;
    const { numbers } = room;
    const { core, slopes } = at;
    const drop = loose ? settings.drop : 0;
    // Which vectors are needed, and what of them is used this time.
    const used = new Map<number, number>();
    for (const { words } of texts) for (const word of words) if (!used.has(word)) used.set(word, used.size);
    const [ofPieces, ofClasses] = [new Float32Array(used.size * width), new Float32Array(used.size * width)];
    const withWord = new Uint8Array(used.size);
    for (const [word, place] of used) {
      const pieces = this.vocabulary.pieces[word] ?? new Int32Array(0);
      const share = 1 / Math.sqrt(pieces.length);
      withWord[place] = pieces.length > 1 && loose && this.draw() < settings.dropWord ? 0 : 1;
      for (let piece = withWord[place] === 1 ? 0 : 1; piece < pieces.length; piece += 1) {
        const from = (pieces[piece] ?? 0) * width;
        for (let to = 0; to < width; to += 1) ofPieces[place * width + to] = (ofPieces[place * width + to] ?? 0) + (this.pieces.values[from + to] ?? 0) * share;
      }
      for (const tag of this.vocabulary.classes[word] ?? [])
        for (let to = 0; to < width; to += 1)
          ofClasses[place * width + to] = (ofClasses[place * width + to] ?? 0) + (this.classes.values[tag * width + to] ?? 0);
    }
    // Texts below each other, with empty rows between.
    const starts: number[] = [];
    let rows = margin;
    this.wordOf.fill(-1);
    for (const { words } of texts) {
      starts.push(rows);
      for (let word = 0; word < words.length; word += 1) this.wordOf[rows + word] = used.get(words[word] ?? 0) ?? 0;
      rows += words.length + margin;
    }
    const live: number[] = [];
    for (let one = 0; one < rows; one += 1) if ((this.wordOf[one] ?? -1) >= 0) live.push(one);
    const { before, behind, sums, slope } = at;
    for (const normal of at.normal) numbers.fill(0, normal, normal + (rows + margin) * width);
    for (let one = 0; one < rows; one += 1) for (let to = 0; to < gated; to += 1) numbers[sums + one * gated + to] = numbers[core + layout.lookBias + to] ?? 0;
    for (const one of live) {
      const [place, to] = [(this.wordOf[one] ?? 0) * width, one * width];
      const keep = loose ? (this.draw() < settings.dropPart ? 0 : 1) | (this.draw() < settings.dropPart ? 0 : 2) : 3;
      this.keep[one] = keep;
      for (let number = 0; number < width; number += 1)
        numbers[before + to + number] = ((keep & 1) === 1 ? (ofPieces[place + number] ?? 0) : 0) + ((keep & 2) === 2 ? (ofClasses[place + number] ?? 0) : 0);
      this.norm(0, before, core + layout.wordNorm, one);
      this.leave(this.left[0], to, width, drop);
      for (let number = 0; number < width; number += 1)
        numbers[before + to + number] = (numbers[at.normal[0] + to + number] ?? 0) * (this.left[0][to + number] ?? 0);
      this.norm(1, before, core + layout.lookNorm, one);
    }
    for (let seen = 0; seen < seenAtOnce; seen += 1)
      // From the first text on: a look beyond its edge falls on the margin.
      room.add(
        row(at.normal[1] + seen * width, width),
        row(core + layout.look + seen * width * gated, gated),
        row(sums + margin * gated, gated),
        rows - margin,
        width,
        gated,
      );
    for (const one of live) {
      const [to, sum] = [one * width, sums + one * gated];
      this.leave(this.left[1], to, width, drop);
      for (let number = 0; number < width; number += 1)
        numbers[behind + to + number] =
          (numbers[before + to + number] ?? 0) + (numbers[sum + number] ?? 0) * gate(numbers[sum + width + number] ?? 0) * (this.left[1][to + number] ?? 0);
    }
    // The whole of each text.
    numbers.fill(0, at.whole, at.whole + texts.length * pooled);
    texts.forEach(({ words }, text) => {
      const [start, whole] = [starts[text] ?? 0, at.whole + text * pooled];
      for (let head = 0; head < heads; head += 1) {
        const by = core + layout.attention + head;
        let most = -Infinity;
        for (let word = 0; word < words.length; word += 1) {
          let score = 0;
          const from = behind + (start + word) * width;
          for (let number = 0; number < width; number += 1) score += (numbers[from + number] ?? 0) * (numbers[by + number * headRow] ?? 0);
          this.shares[(start + word) * heads + head] = score;
          most = Math.max(most, score);
        }
        let all = 0;
        for (let word = 0; word < words.length; word += 1) {
          const share = Math.exp((this.shares[(start + word) * heads + head] ?? 0) - most);
          this.shares[(start + word) * heads + head] = share;
          all += share;
        }
        for (let word = 0; word < words.length; word += 1) {
          const share = (this.shares[(start + word) * heads + head] ?? 0) / all;
          this.shares[(start + word) * heads + head] = share;
          const from = behind + (start + word) * width;
          for (let number = 0; number < width; number += 1)
            numbers[whole + head * width + number] = (numbers[whole + head * width + number] ?? 0) + share * (numbers[from + number] ?? 0);
        }
      }
      for (let number = 0; number < width; number += 1) {
        let [most, best, sum] = [-Infinity, 0, 0];
        for (let word = 0; word < words.length; word += 1) {
          const value = numbers[behind + (start + word) * width + number] ?? 0;
          sum += value;
          if (value > most) [most, best] = [value, word];
        }
        this.best[text * width + number] = best;
        numbers[whole + heads * width + number] = words.length === 0 ? 0 : sum / words.length;
        numbers[whole + (heads + 1) * width + number] = words.length === 0 ? 0 : most;
      }
    });
    this.leave(this.wholeLeft, 0, texts.length * pooled, drop);
    for (let one = 0; one < texts.length * pooled; one += 1) numbers[at.whole + one] = (numbers[at.whole + one] ?? 0) * (this.wholeLeft[one] ?? 0);
    for (let text = 0; text < texts.length; text += 1)
      for (let number = 0; number < hiddenWidth; number += 1) numbers[at.hidden + text * hiddenWidth + number] = numbers[core + layout.firstBias + number] ?? 0;
    room.add(row(at.whole, pooled), row(core + layout.first, hiddenWidth), row(at.hidden, hiddenWidth), texts.length, pooled, hiddenWidth);
    const odds = new Float64Array(texts.length * asked);
    for (let text = 0; text < texts.length; text += 1)
      for (let answer = 0; answer < asked; answer += 1) {
        let sum = numbers[core + layout.secondBias + answer] ?? 0;
        for (let number = 0; number < hiddenWidth; number += 1)
          sum += Math.max(0, numbers[at.hidden + text * hiddenWidth + number] ?? 0) * (numbers[core + layout.second + answer * hiddenWidth + number] ?? 0);
        odds[text * asked + answer] = sum;
      }
    // The loss and its slopes.
    const way = new Float64Array(odds.length);
    let loss = 0;
    texts.forEach(({ threat, explicit, abuse }, text) => {
      [threat, explicit, abuse].forEach((answer, question) => {
        if (answer === null) return;
        const [one, weight] = [odds[text * asked + question] ?? 0, question === 0 ? 1 : settings.aside];
        loss += weight * (softplus(one) - answer * one);
        way[text * asked + question] = (way[text * asked + question] ?? 0) + (weight * (sigmoid(one) - answer)) / texts.length;
      });
      if (pair[text] !== true || text === 0) return;
      const more = (odds[(text - 1) * asked] ?? 0) - (odds[text * asked] ?? 0);
      loss += settings.pair * softplus(-more);
      const pull = (settings.pair * sigmoid(-more)) / texts.length;
      way[text * asked] = (way[text * asked] ?? 0) + pull;
      way[(text - 1) * asked] = (way[(text - 1) * asked] ?? 0) - pull;
    });
    // And the way back.
    numbers.fill(0, at.hiddenSlope, at.hiddenSlope + texts.length * hiddenWidth);
    for (let text = 0; text < texts.length; text += 1)
      for (let answer = 0; answer < asked; answer += 1) {
        const slope = way[text * asked + answer] ?? 0;
        numbers[slopes + layout.secondBias + answer] = (numbers[slopes + layout.secondBias + answer] ?? 0) + slope;
        for (let number = 0; number < hiddenWidth; number += 1) {
          const value = numbers[at.hidden + text * hiddenWidth + number] ?? 0;
          if (value <= 0) continue;
          const to = layout.second + answer * hiddenWidth + number;
          numbers[slopes + to] = (numbers[slopes + to] ?? 0) + slope * value;
          numbers[at.hiddenSlope + text * hiddenWidth + number] =
            (numbers[at.hiddenSlope + text * hiddenWidth + number] ?? 0) + slope * (numbers[core + to] ?? 0);
        }
      }
    for (let text = 0; text < texts.length; text += 1)
      for (let number = 0; number < hiddenWidth; number += 1)
        numbers[slopes + layout.firstBias + number] =
          (numbers[slopes + layout.firstBias + number] ?? 0) + (numbers[at.hiddenSlope + text * hiddenWidth + number] ?? 0);
    room.add(turned(at.whole, pooled), row(at.hiddenSlope, hiddenWidth), row(slopes + layout.first, hiddenWidth), pooled, texts.length, hiddenWidth);
    this.flip(core + layout.first, pooled, hiddenWidth, at.firstFlipped);
    numbers.fill(0, at.wholeSlope, at.wholeSlope + texts.length * pooled);
    room.add(row(at.hiddenSlope, hiddenWidth), row(at.firstFlipped, pooled), row(at.wholeSlope, pooled), texts.length, hiddenWidth, pooled);
    for (let one = 0; one < texts.length * pooled; one += 1) numbers[at.wholeSlope + one] = (numbers[at.wholeSlope + one] ?? 0) * (this.wholeLeft[one] ?? 0);
    numbers.fill(0, slope, slope + (rows + margin) * width);
    texts.forEach(({ words }, text) => {
      const [start, whole] = [starts[text] ?? 0, at.wholeSlope + text * pooled];
      if (words.length === 0) return;
      for (let number = 0; number < width; number += 1) {
        const best = slope + (start + (this.best[text * width + number] ?? 0)) * width + number;
        numbers[best] = (numbers[best] ?? 0) + (numbers[whole + (heads + 1) * width + number] ?? 0);
        const mean = (numbers[whole + heads * width + number] ?? 0) / words.length;
        for (let word = 0; word < words.length; word += 1) {
          const to = slope + (start + word) * width + number;
          numbers[to] = (numbers[to] ?? 0) + mean;
        }
      }
      for (let head = 0; head < heads; head += 1) {
        const [by, from] = [layout.attention + head, whole + head * width];
        let all = 0;
        const ways = new Float64Array(words.length);
        for (let word = 0; word < words.length; word += 1) {
          const [vector, share] = [behind + (start + word) * width, this.shares[(start + word) * heads + head] ?? 0];
          let along = 0;
          for (let number = 0; number < width; number += 1) along += (numbers[from + number] ?? 0) * (numbers[vector + number] ?? 0);
          ways[word] = along;
          all += along * share;
        }
        for (let word = 0; word < words.length; word += 1) {
          const [vector, to, share] = [behind + (start + word) * width, slope + (start + word) * width, this.shares[(start + word) * heads + head] ?? 0];
          const score = share * ((ways[word] ?? 0) - all);
          for (let number = 0; number < width; number += 1) {
            numbers[to + number] = (numbers[to + number] ?? 0) + share * (numbers[from + number] ?? 0) + score * (numbers[core + by + number * headRow] ?? 0);
            numbers[slopes + by + number * headRow] = (numbers[slopes + by + number * headRow] ?? 0) + score * (numbers[vector + number] ?? 0);
          }
        }
      }
    });
    numbers.fill(0, at.sumSlopes, at.sumSlopes + (rows + margin) * gated);
    for (const one of live) {
      const [from, sum, to] = [one * width, sums + one * gated, at.sumSlopes + one * gated];
      for (let number = 0; number < width; number += 1) {
        const out = (numbers[slope + from + number] ?? 0) * (this.left[1][from + number] ?? 0);
        const [through, opened] = [numbers[sum + number] ?? 0, numbers[sum + width + number] ?? 0];
        const [ofThrough, ofGate] = [out * gate(opened), out * through * gateSlope(opened)];
        numbers[to + number] = ofThrough;
        numbers[to + width + number] = ofGate;
        const bias = slopes + layout.lookBias + number;
        numbers[bias] = (numbers[bias] ?? 0) + ofThrough;
        numbers[bias + width] = (numbers[bias + width] ?? 0) + ofGate;
      }
    }
    numbers.fill(0, at.normalSlope, at.normalSlope + (rows + margin) * width);
    for (let seen = 0; seen < seenAtOnce; seen += 1) {
      const part = seen * width * gated;
      for (let from = margin; from < rows; from += rowsAtOnce)
        room.add(
          turned(at.normal[1] + (from + seen - margin) * width, width),
          row(at.sumSlopes + from * gated, gated),
          row(slopes + layout.look + part, gated),
          width,
          Math.min(rowsAtOnce, rows - from),
          gated,
        );
      this.flip(core + layout.look + part, width, gated, at.flipped + part);
      room.add(
        row(at.sumSlopes + margin * gated, gated),
        row(at.flipped + part, width),
        row(at.normalSlope + seen * width, width),
        rows - margin,
        gated,
        width,
      );
    }
    for (const one of live) this.unnorm(1, at.normalSlope, layout.lookNorm, one, slope, true);
    const [pieceSlopes, classSlopes] = [new Float32Array(used.size * width), new Float32Array(used.size * width)];
    for (const one of live) {
      const [from, place, keep] = [slope + one * width, (this.wordOf[one] ?? 0) * width, this.keep[one] ?? 0];
      for (let number = 0; number < width; number += 1) numbers[from + number] = (numbers[from + number] ?? 0) * (this.left[0][one * width + number] ?? 0);
      this.unnorm(0, slope, layout.wordNorm, one, at.normalSlope, false);
      for (let number = 0; number < width; number += 1) {
        const value = numbers[at.normalSlope + one * width + number] ?? 0;
        if ((keep & 1) === 1) pieceSlopes[place + number] = (pieceSlopes[place + number] ?? 0) + value;
        if ((keep & 2) === 2) classSlopes[place + number] = (classSlopes[place + number] ?? 0) + value;
      }
    }
    for (const [word, place] of used) {
      const pieces = this.vocabulary.pieces[word] ?? new Int32Array(0);
      const share = 1 / Math.sqrt(pieces.length);
      for (let piece = withWord[place] === 1 ? 0 : 1; piece < pieces.length; piece += 1) {
        const to = (pieces[piece] ?? 0) * width;
        for (let number = 0; number < width; number += 1)
          this.pieces.slopes[to + number] = (this.pieces.slopes[to + number] ?? 0) + (pieceSlopes[place * width + number] ?? 0) * share;
      }
      for (const tag of this.vocabulary.classes[word] ?? [])
        for (let number = 0; number < width; number += 1)
          this.classes.slopes[tag * width + number] = (this.classes.slopes[tag * width + number] ?? 0) + (classSlopes[place * width + number] ?? 0);
    }
    return { loss: loss / texts.length, odds };
  }

  /** Columns and rows changed about. */
  private flip(from: number, rows: number, columns: number, to: number): void {
    const { numbers } = this.room;
    for (let one = 0; one < rows; one += 1)
      for (let other = 0; other < columns; other += 1) numbers[to + other * rows + one] = numbers[from + one * columns + other] ?? 0;
  }

  /** One step by the slopes that were added up; they are 0 afterwards. */
  step(rate: number, count: number): void {
    const parts = [this.core, this.pieces, this.classes];
    const size = Math.sqrt(parts.reduce((sum, part) => sum + part.square(), 0));
    for (const part of parts) part.step(rate, Math.min(1, settings.longest / (size || 1)), count);
  }

  /** What was learned, in the numbers the engine keeps. */
  network(): Network {
    const packed = (list: Float32Array): { readonly values: Int8Array; readonly scale: number } => {
      // The few largest are cut, so that the many have finer steps.
      const top = Float32Array.from(list, Math.abs).sort()[Math.floor(list.length * 0.9999)] ?? 1;
      return { values: Int8Array.from(list, (one) => Math.max(-127, Math.min(127, Math.round((one / top) * 127)))), scale: Number((top / 127).toPrecision(9)) };
    };
    const [pieces, classes] = [packed(this.pieces.values), packed(this.classes.values)];
    return { core: Float32Array.from(this.core.values), pieces: pieces.values, pieceScale: pieces.scale, classes: classes.values, classScale: classes.scale };
  }
}

/** Learns from all examples. The same examples and seed give the same network, byte for byte, on machines that count alike. */
export function learnNetwork(examples: readonly Example[], seed = 1, tell: (line: string) => void = () => {}): Network {
  const { texts, vocabulary } = numbered(examples);
  const place = new Map(examples.map((one, at) => [one, at]));
  const contrastAfter = new Map<number, number>();
  examples.forEach(({ contrastOf }, at) => {
    const of = contrastOf === undefined ? undefined : place.get(contrastOf);
    if (of !== undefined) contrastAfter.set(of, at);
  });
  const after = new Set(contrastAfter.values());
  const groups = examples.flatMap(({ times }, at) => {
    if (after.has(at)) return [];
    const contrast = contrastAfter.get(at);
    return Array.from({ length: times ?? 1 }, () => (contrast === undefined ? [at] : [at, contrast]));
  });
  const learning = new Learning(vocabulary, seed);
  const draw = drawing(seed + 1);
  const batches = function* (): Generator<Batch> {
    for (let at = groups.length - 1; at > 0; at -= 1) {
      const other = Math.floor(draw() * (at + 1));
      [groups[at], groups[other]] = [groups[other] ?? [], groups[at] ?? []];
    }
    let [now, pair, rows]: [Numbered[], boolean[], number] = [[], [], margin];
    for (const group of groups) {
      const more = group.reduce((sum, one) => sum + (texts[one]?.words.length ?? 0) + margin, 0);
      if (now.length + group.length > settings.batch || rows + more + margin > rowsMost) {
        yield { texts: now, pair };
        [now, pair, rows] = [[], [], margin];
      }
      group.forEach((one, at) => {
        const text = texts[one];
        if (text === undefined) return;
        now.push(text);
        pair.push(at === 1);
      });
      rows += more;
    }
    if (now.length > 0) yield { texts: now, pair };
  };
  const steps = settings.rounds * Math.ceil((groups.reduce((sum, group) => sum + group.length, 0) / settings.batch) * 1.005);
  const warming = Math.min(settings.warming, steps / 10);
  let count = 0;
  for (let round = 0; round < settings.rounds; round += 1) {
    const began = performance.now();
    let [loss, seen] = [0, 0];
    for (const batch of batches()) {
      loss += learning.pass(batch, true).loss;
      seen += 1;
      count += 1;
      const part = Math.min(1, Math.max(0, (count - warming) / (steps - warming)));
      const falling = settings.lastRate + (1 - settings.lastRate) * 0.5 * (1 + Math.cos(Math.PI * part));
      learning.step(settings.rate * Math.min(1, count / warming) * falling, count);
    }
    tell(`round ${round + 1} of ${settings.rounds}: loss ${(loss / seen).toFixed(4)}, ${((performance.now() - began) / 1000).toFixed(0)} s\n`);
  }
  return learning.network();
}
