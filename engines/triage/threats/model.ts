/** The trained part: weights from tools/triage/train.ts, applied to a message as a whole and to its sentences, in one pass over the words. Used by index.ts and, with other weights, by the training script. */
import { eachFeature, FEATURES } from "./features.ts";
import type { Seen } from "./rules.ts";
import type { Word } from "./words.ts";

/** What is asked of a text: is there a threat, is it open (given that there is one), is it abusive. */
export const heads = ["threat", "explicit", "abuse"] as const;
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
  /** What the rules saw, see rules.ts. */
  readonly person: number;
  readonly group: number;
  readonly sender: number;
  readonly takenBack: number;
  readonly bias: number;
}

/** What the weights say of a message, in log odds before joining. */
export interface Reading {
  /** Of all words together, per head. */
  readonly whole: readonly [number, number, number];
  /** Of the two sentences next to each other that say it most: a threat buried in a long mail. For `threat`, `explicit`, `abuse` each its own. */
  readonly strongest: readonly [number, number, number];
  readonly words: number;
}

/** Ends a sentence. */
const ends = (word: Word): boolean => word.text === "." || word.text === "?" || word.text === "!";
/** Sentences with fewer words say too little by themselves. */
const leastWords = 4;

const row: Float64Array = new Float64Array(asked);
/** Reads a message with these weights. Linear in its length. */
export function readingOf(words: readonly Word[], weights: Weights): Reading {
  const { values, scale, bias } = weights;
  const sentences: {
    threat: number;
    explicit: number;
    abuse: number;
    square: number;
    words: number;
  }[] = [];
  const sentenceOf: number[] = [];
  let now = { threat: 0, explicit: 0, abuse: 0, square: 0, words: 0 };
  for (const word of words) {
    sentenceOf.push(sentences.length);
    now.words += 1;
    if (ends(word) && now.words >= leastWords) {
      sentences.push(now);
      now = { threat: 0, explicit: 0, abuse: 0, square: 0, words: 0 };
    }
  }
  if (now.words > 0) sentences.push(now);
  let part = sentences[0];
  let last = 0;
  eachFeature(words, (feature, weight, word) => {
    if (word !== last) {
      last = word;
      part = sentences[sentenceOf[word] ?? 0];
    }
    if (part === undefined) return;
    const at = feature * asked;
    part.threat += (values[at] ?? 0) * weight;
    part.explicit += (values[at + 1] ?? 0) * weight;
    part.abuse += (values[at + 2] ?? 0) * weight;
    part.square += weight * weight;
  });
  const all = { threat: 0, explicit: 0, abuse: 0, square: 0 };
  const strongest: [number, number, number] = [-Infinity, -Infinity, -Infinity];
  for (let at = 0; at < sentences.length; at += 1) {
    const [one, next] = [sentences[at], sentences[at + 1]];
    if (one === undefined) break;
    all.threat += one.threat;
    all.explicit += one.explicit;
    all.abuse += one.abuse;
    all.square += one.square;
    for (const two of next === undefined ? [null] : [null, next]) {
      const long = Math.sqrt(one.square + (two?.square ?? 0));
      if (long === 0) continue;
      row[0] = one.threat + (two?.threat ?? 0);
      row[1] = one.explicit + (two?.explicit ?? 0);
      row[2] = one.abuse + (two?.abuse ?? 0);
      for (let head = 0; head < asked; head += 1) {
        const said = ((row[head] ?? 0) / long) * (scale[head] ?? 0) + (bias[head] ?? 0);
        if (said > (strongest[head] ?? 0)) strongest[head] = said;
      }
    }
  }
  const long = Math.sqrt(all.square) || 1;
  const whole: [number, number, number] = [
    (all.threat / long) * scale[0] + bias[0],
    (all.explicit / long) * scale[1] + bias[1],
    (all.abuse / long) * scale[2] + bias[2],
  ];
  return {
    whole,
    strongest: [finite(strongest[0], whole[0]), finite(strongest[1], whole[1]), finite(strongest[2], whole[2])],
    words: words.length,
  };
}
const finite = (value: number, otherwise: number): number => (Number.isFinite(value) ? value : otherwise);

/** The numbers a joined answer is made of, in the order of `joinedRow`. */
export const joinedKeys = ["whole", "strongest", "length", "person", "group", "sender", "takenBack", "bias"] as const satisfies readonly (keyof Joined)[];
/** Both readings, the length and the rules as one row. */
export const joinedRow = (reading: Reading, seen: Seen): number[] => [
  reading.whole[0],
  reading.strongest[0],
  Math.min(1, reading.words / 100),
  seen.person,
  seen.group,
  seen.sender,
  seen.takenBack,
  1,
];
/** Log odds of a threat, from both readings and the rules. */
export const joinedOf = (reading: Reading, seen: Seen, joined: Joined): number =>
  joinedRow(reading, seen).reduce((sum, value, at) => sum + value * joined[joinedKeys[at] ?? "bias"], 0);

/** How much each word adds to the threat, for the reasons: its own features, and half of those it shares with a neighbour before it. */
export function shareOfWords(words: readonly Word[], weights: Weights): Float64Array {
  const shares = new Float64Array(words.length);
  eachFeature(words, (feature, weight, word) => {
    shares[word] = (shares[word] ?? 0) + (weights.values[feature * asked] ?? 0) * weights.scale[0] * weight;
  });
  return shares;
}

/** Weights as bytes: see tools/triage/train.ts, which writes them. @throws RangeError when the bytes are not those of this version */
export function weightsOf(base64: string, scale: Weights["scale"], bias: Weights["bias"]): Weights {
  const text = atob(base64);
  if (text.length !== FEATURES * asked) throw new RangeError(`the weights hold ${text.length} numbers, not ${FEATURES * asked}: run tools/triage/train.ts`);
  const values = new Int8Array(text.length);
  for (let at = 0; at < text.length; at += 1) values[at] = text.charCodeAt(at);
  return { values, scale, bias };
}
