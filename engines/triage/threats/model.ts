/** The trained part: weights from tools/triage/train.ts, applied to a message as a whole and to its sentences. Used by index.ts and, with other weights, by the training script. */
import {
  eachFeature,
  eachOwnFeature,
  FEATURES,
  near,
  pairOf,
  reach,
  stemPairOf,
  tagAfterWord,
  tagBeforeWord,
  tagPairPlace,
  tagPairs,
  weightOf,
} from "./features.ts";
import { endsSentence, type Known } from "./known.ts";
import { bytesOf } from "./packed.ts";
import type { Seen } from "./rules.ts";
import type { Word } from "./words.ts";

/** What is asked of a text: is there a threat, is it open (given that there is one), is it abusive. */
const heads = ["threat", "explicit", "abuse"] as const;
const asked = heads.length;

/** Weights: for each feature the three heads side by side, as whole numbers of `scale`. */
export interface Weights {
  /** FEATURES x 3. */
  readonly values: Int8Array;
  readonly scale: readonly [number, number, number];
  readonly bias: readonly [number, number, number];
}

/** How the whole and the sentences make one answer: logistic coefficients, fitted on texts the weights had not seen. */
export interface Joined {
  readonly whole: number;
  readonly strongest: number;
  readonly length: number;
  /** The same two readings once more, as far as the message is long: there a single sentence says more than the whole. */
  readonly wholeLong: number;
  readonly strongestLong: number;
  /** What the rules saw, see rules.ts. */
  readonly person: number;
  readonly group: number;
  readonly sender: number;
  readonly takenBack: number;
  /** What the network says, see network.ts; and once more as far as the message is long. */
  readonly network: number;
  readonly networkLong: number;
  readonly bias: number;
}
/** How an answer is made before the network was asked, and after. */
export interface Joining {
  readonly alone: Joined;
  readonly together: Joined;
}

/** What the weights say of a message, in log odds before joining. */
export interface Reading {
  /** Of all words together, per head. */
  readonly whole: readonly [number, number, number];
  /** Of the two sentences next to each other that say it most: a threat buried in a long mail. For `threat`, `explicit`, `abuse` each its own. */
  readonly strongest: readonly [number, number, number];
  readonly words: number;
  /** What the network says of the same words, per head; null when it was not asked. */
  readonly network: readonly [number, number, number] | null;
}

/** Sentences with fewer words say too little by themselves. */
const leastWords = 4;

/** Features count in hundredths, so that sums are of whole numbers: exact, and the same in whatever order. What is divided by its own length needs no undoing of it. */
const hundredths = (weight: number): number => Math.round(100 * weight);
const hundredth = {
  pair: hundredths(weightOf.pair),
  stemPair: hundredths(weightOf.stemPair),
  tagPair: hundredths(weightOf.tagPair),
  tagWord: hundredths(weightOf.tagWord),
} as const;

/** What a row of words comes to, in hundredths, not yet brought to length one. */
class Sum {
  threat = 0;
  explicit = 0;
  abuse = 0;
  square = 0;
  words = 0;
}

/** A word by itself under these weights, worked out once. */
function worthOf(word: Known, { values }: Weights): Known {
  if (word.by === values) return word;
  let [threat, explicit, abuse, square] = [0, 0, 0, 0];
  eachOwnFeature(word, (feature, weight) => {
    const [place, count] = [asked * feature, hundredths(weight)];
    threat += (values[place] ?? 0) * count;
    explicit += (values[place + 1] ?? 0) * count;
    abuse += (values[place + 2] ?? 0) * count;
    square += count * count;
  });
  word.by = values;
  word.threat = threat;
  word.explicit = explicit;
  word.abuse = abuse;
  word.square = square;
  return word;
}

/** The weights of all pairs of classes behind each other, of the weights that were asked last: there are few such pairs and they are asked often, so they lie near. */
let pairsKept: { readonly by: Int8Array; readonly values: Int8Array } | null = null;
function pairsOf(values: Int8Array): Int8Array {
  if (pairsKept?.by !== values)
    pairsKept = {
      by: values,
      values: Int8Array.from({ length: tagPairs.length * asked }, (_, at) => values[(tagPairs[Math.floor(at / asked)] ?? 0) * asked + (at % asked)] ?? 0),
    };
  return pairsKept.values;
}

/**
 * Where to look for each word of a part: worked out for all of them before the first look, so that many looks into the large table are under way at once.
 * Made once and used for every part.
 */
class Looks {
  /** Places in the weights, how much each counts, and where those of each word begin. */
  places = new Int32Array(2048);
  counts = new Int32Array(2048);
  from = new Int32Array(512);
  /** The classes of all words behind each other, and where those of each word begin: what stands within reach of a word is one stretch. */
  tags = new Int32Array(1024);
  tagsFrom = new Int32Array(512);
  #laid = 0;

  #look(feature: number, count: number): void {
    this.places[this.#laid] = asked * feature;
    this.counts[this.#laid] = count;
    this.#laid += 1;
  }

  lay(words: readonly Word[]): void {
    if (words.length >= this.from.length) [this.from, this.tagsFrom] = [new Int32Array(2 * words.length), new Int32Array(2 * words.length)];
    this.#laid = 0;
    let tagged = 0;
    let before: Known | undefined;
    for (let at = 0; at < words.length; at += 1) {
      const one = words[at]?.known;
      if (one === undefined) return;
      const { classes } = one;
      const others = before?.classes ?? [];
      if (this.#laid + 2 + classes.length + others.length > this.places.length) [this.places, this.counts] = [twice(this.places), twice(this.counts)];
      if (tagged + classes.length > this.tags.length) this.tags = twice(this.tags);
      this.#look(pairOf(before, one), hundredth.pair);
      this.#look(stemPairOf(before, one), hundredth.stemPair);
      for (let tag = 0; tag < others.length; tag += 1) this.#look(tagBeforeWord(others[tag] ?? 0, one), hundredth.tagWord);
      for (let tag = 0; tag < classes.length; tag += 1) {
        if (before !== undefined) this.#look(tagAfterWord(before, classes[tag] ?? 0), hundredth.tagWord);
        this.tags[tagged] = classes[tag] ?? 0;
        tagged += 1;
      }
      this.from[at + 1] = this.#laid;
      this.tagsFrom[at + 1] = tagged;
      before = one;
    }
  }
}
function twice(given: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const more = new Int32Array(2 * given.length);
  more.set(given);
  return more;
}
const looks = new Looks();

/** Reads a message with these weights. Linear in its length. */
export function readingOf(words: readonly Word[], weights: Weights): Reading {
  const { values, scale, bias } = weights;
  const pairs = pairsOf(values);
  looks.lay(words);
  const { places, counts, from, tags, tagsFrom } = looks;
  const sentences: Sum[] = [];
  let now = new Sum();
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at];
    if (word === undefined) break;
    let { threat, explicit, abuse, square } = worthOf(word.known, weights);
    for (let look = from[at] ?? 0, to = from[at + 1] ?? 0; look < to; look += 1) {
      const [place, count] = [places[look] ?? 0, counts[look] ?? 0];
      threat += (values[place] ?? 0) * count;
      explicit += (values[place + 1] ?? 0) * count;
      abuse += (values[place + 2] ?? 0) * count;
      square += count * count;
    }
    const [mineFrom, mineTo] = [tagsFrom[at] ?? 0, tagsFrom[at + 1] ?? 0];
    if (mineFrom < mineTo) {
      const [nearFrom, farFrom] = [tagsFrom[Math.max(0, at - near)] ?? 0, tagsFrom[Math.max(0, at - reach)] ?? 0];
      let [threats, explicits, abuses] = [0, 0, 0];
      for (let mine = mineFrom; mine < mineTo; mine += 1)
        for (let other = farFrom; other < mineFrom; other += 1) {
          const place = asked * tagPairPlace(tags[other] ?? 0, tags[mine] ?? 0, other >= nearFrom);
          threats += pairs[place] ?? 0;
          explicits += pairs[place + 1] ?? 0;
          abuses += pairs[place + 2] ?? 0;
        }
      threat += hundredth.tagPair * threats;
      explicit += hundredth.tagPair * explicits;
      abuse += hundredth.tagPair * abuses;
      square += hundredth.tagPair ** 2 * (mineTo - mineFrom) * (mineFrom - farFrom);
    }
    now.words += 1;
    now.threat += threat;
    now.explicit += explicit;
    now.abuse += abuse;
    now.square += square;
    if (endsSentence(word) && now.words >= leastWords) {
      sentences.push(now);
      now = new Sum();
    }
  }
  if (now.words > 0) sentences.push(now);
  const all = new Sum();
  let [threat, explicit, abuse] = [-Infinity, -Infinity, -Infinity];
  for (let at = 0; at < sentences.length; at += 1) {
    const [one, next] = [sentences[at], sentences[at + 1]];
    if (one === undefined) break;
    all.threat += one.threat;
    all.explicit += one.explicit;
    all.abuse += one.abuse;
    all.square += one.square;
    for (let two = 0; two < (next === undefined ? 1 : 2); two += 1) {
      const also = two === 0 ? undefined : next;
      const long = Math.sqrt(one.square + (also?.square ?? 0));
      if (long === 0) continue;
      threat = Math.max(threat, ((one.threat + (also?.threat ?? 0)) / long) * scale[0] + bias[0]);
      explicit = Math.max(explicit, ((one.explicit + (also?.explicit ?? 0)) / long) * scale[1] + bias[1]);
      abuse = Math.max(abuse, ((one.abuse + (also?.abuse ?? 0)) / long) * scale[2] + bias[2]);
    }
  }
  const long = Math.sqrt(all.square) || 1;
  const whole: [number, number, number] = [
    (all.threat / long) * scale[0] + bias[0],
    (all.explicit / long) * scale[1] + bias[1],
    (all.abuse / long) * scale[2] + bias[2],
  ];
  return { whole, strongest: [finite(threat, whole[0]), finite(explicit, whole[1]), finite(abuse, whole[2])], words: words.length, network: null };
}
const finite = (value: number, otherwise: number): number => (Number.isFinite(value) ? value : otherwise);

/** The numbers a joined answer is made of, in the order of `joinedRow`. */
export const joinedKeys = [
  "whole",
  "strongest",
  "length",
  "wholeLong",
  "strongestLong",
  "person",
  "group",
  "sender",
  "takenBack",
  "network",
  "networkLong",
  "bias",
] as const satisfies readonly (keyof Joined)[];
/** 0 up to thirty words, 1 from sixty: between them a message becomes a mail. */
const longness = (words: number): number => Math.max(0, Math.min(1, (words - 30) / 30));
/** Both readings, the length and the rules as one row. */
export const joinedRow = (reading: Reading, seen: Seen): number[] => [
  reading.whole[0],
  reading.strongest[0],
  longness(reading.words),
  reading.whole[0] * longness(reading.words),
  reading.strongest[0] * longness(reading.words),
  seen.person,
  seen.group,
  seen.sender,
  seen.takenBack,
  reading.network?.[0] ?? 0,
  (reading.network?.[0] ?? 0) * longness(reading.words),
  1,
];
/** From so many words a message is a mail, of which two sentences may say more than all the rest together. */
const mailFrom = 40;
/** What the two strongest sentences of a mail must say more than a message by itself: among many sentences one sounds like a threat by chance. Less when the rules saw violence to a person. */
const chance = { alone: 1.5, withViolence: 0.75 } as const;
/** Log odds of violence said of a group, at least: the weights learned from messages to one person. */
const groupAtLeast = 0.7;
/** Log odds from which a message is sorted as such. Chosen on the development sample: README.md. */
export const levelFrom = { possible: -0.9, likely: 0.2 } as const;
/** Log odds of a threat, from both readings and the rules. */
export const joinedOf = (reading: Reading, seen: Seen, joined: Joined): number => {
  const row = joinedRow(reading, seen);
  let sum = 0;
  for (let at = 0; at < row.length; at += 1) sum += (row[at] ?? 0) * joined[joinedKeys[at] ?? "bias"];
  if (reading.words > mailFrom) sum = Math.max(sum, reading.strongest[0] - (seen.person === 1 ? chance.withViolence : chance.alone));
  // Violence against a group of people that nobody takes back is never less than likely.
  return seen.group === 1 ? Math.max(sum, groupAtLeast) : sum;
};

/** Log odds by the weights alone under which the network is not asked: it costs as much as all the rest, and made none of such texts `likely`, of all that figures are told of in README.md. */
export const networkFrom = -1.5;
/** Log odds of a threat, with what the network says when it is worth asking; and the reading it rests on. */
export function judgedOf(
  reading: Reading,
  seen: Seen,
  { alone, together }: Joining,
  network: () => Reading["network"],
): { readonly odds: number; readonly reading: Reading } {
  const first = joinedOf(reading, seen, alone);
  if (first < networkFrom) return { odds: first, reading };
  const answered = { ...reading, network: network() };
  return { odds: joinedOf(answered, seen, together), reading: answered };
}

/** How much each word adds to the threat, for the reasons: its own features, and those it shares with a word before it. */
export function shareOfWords(words: readonly Word[], weights: Weights): Float64Array {
  const shares = Float64Array.from(words, ({ known }) => (worthOf(known, weights).threat / 100) * weights.scale[0]);
  const seen = (feature: number, weight: number, word: number): void => {
    shares[word] = (shares[word] ?? 0) + (weights.values[feature * asked] ?? 0) * weights.scale[0] * weight;
  };
  eachFeature(words, seen, false);
  return shares;
}

/** Weights as bytes: see tools/triage/train.ts, which writes them. @throws RangeError when the bytes are not those of this version */
export function weightsOf(base64: string, scale: Weights["scale"], bias: Weights["bias"]): Weights {
  return { values: new Int8Array(bytesOf(base64, FEATURES * asked).buffer), scale, bias };
}
