/** Learns the weights of the threat model: three logistic regressions over hashed features by AdaGrad, with a ranking term for pairs of a threat and its contrast. Used by train.ts. */
import {
  eachFeature,
  FEATURES,
  type Joined,
  joinedKeys,
  joinedRow,
  knownOf,
  readingOf,
  type Reading,
  type Seen,
  seenIn,
  type Weights,
  wordsOf,
} from "@rugdekking/triage/training";
import { drawing } from "./drawing.ts";

/** A text with what is to be learned of it. */
export interface Example {
  readonly text: string;
  /** 1: a threat (explicit or likely). */
  readonly threat: 0 | 1;
  /** 1: explicit, 0: likely, null: no threat. */
  readonly explicit: 0 | 1 | null;
  readonly abuse: 0 | 1;
  readonly function: string;
  /** Pairs and their like stay on one side of a fold. */
  readonly family: number;
  /** How often it is seen in a round; once when left out. */
  readonly times?: number;
  /** The threat this is the contrast of. */
  readonly contrastOf?: Example;
}

interface Row {
  readonly ids: Uint32Array;
  readonly values: Float32Array;
}

/** Features of a text, repeats added up, of length one. */
function rowOf(text: string): Row {
  const sums = new Map<number, number>();
  let square = 0;
  eachFeature(knownOf(wordsOf(text)), (feature, weight) => {
    sums.set(feature, (sums.get(feature) ?? 0) + weight);
    square += weight * weight;
  });
  const long = Math.sqrt(square) || 1;
  return {
    ids: Uint32Array.from(sums.keys()),
    values: Float32Array.from(sums.values(), (value) => value / long),
  };
}

const rounds = 8;
/** The weights are the mean of those after each of the last rounds: what the order of the texts happened to do falls out. */
const meanOf = 4;
const rate = 0.2;
const shrink = 1e-4;
const pairWeight = 0.5;
/** Weights are kept as whole numbers up to this. */
const steps = 127;

/** One head: weights and bias. */
function fit(
  rows: readonly Row[],
  answers: readonly (0 | 1)[],
  contrasts: readonly (number | null)[],
  times: readonly number[],
  seed: number,
): { weights: Float32Array; bias: number } {
  const [weights, seen, mean] = [new Float32Array(FEATURES), new Float32Array(FEATURES).fill(1e-8), new Float32Array(FEATURES)];
  let bias = 0;
  const draw = drawing(seed);
  const order = Uint32Array.from([...rows.keys()].flatMap((at) => Array.from({ length: times[at] ?? 1 }, () => at)));
  const dot = ({ ids, values }: Row): number => {
    let sum = bias;
    for (let at = 0; at < ids.length; at += 1) sum += (weights[ids[at] ?? 0] ?? 0) * (values[at] ?? 0);
    return sum;
  };
  const step = ({ ids, values }: Row, slope: number): void => {
    for (let at = 0; at < ids.length; at += 1) {
      const id = ids[at] ?? 0;
      const now = weights[id] ?? 0;
      const way = slope * (values[at] ?? 0) + shrink * now;
      const sum = (seen[id] ?? 0) + way * way;
      seen[id] = sum;
      weights[id] = now - (rate * way) / Math.sqrt(sum);
    }
  };
  for (let round = 0; round < rounds; round += 1) {
    for (let at = order.length - 1; at > 0; at -= 1) {
      const other = Math.floor(draw() * (at + 1));
      [order[at], order[other]] = [order[other] ?? 0, order[at] ?? 0];
    }
    for (const at of order) {
      const row = rows[at];
      if (row === undefined) continue;
      const slope = 1 / (1 + Math.exp(-dot(row))) - (answers[at] ?? 0);
      step(row, slope);
      bias -= 0.01 * slope;
      const against = rows[contrasts[at] ?? -1];
      if (against !== undefined) {
        const pull = -pairWeight / (1 + Math.exp(dot(against) - dot(row)));
        step(against, pull);
        step(row, -pull);
      }
    }
    if (round >= rounds - meanOf) for (let at = 0; at < FEATURES; at += 1) mean[at] = (mean[at] ?? 0) + (weights[at] ?? 0) / meanOf;
  }
  return { weights: mean, bias };
}

/** Learns all three heads. The same examples and seed give the same weights, byte for byte. */
export function learn(examples: readonly Example[], seed = 1): Weights {
  const rows = examples.map(({ text }) => rowOf(text));
  const place = new Map(examples.map((one, at) => [one, at]));
  const contrasts = examples.map(({ contrastOf }) => (contrastOf === undefined ? null : (place.get(contrastOf) ?? null)));
  const none = examples.map(() => null);
  const times = examples.map((one) => one.times ?? 1);
  const threats = examples.flatMap(({ explicit }, at) => (explicit === null ? [] : [at]));
  const pick = <T>(list: readonly T[]): T[] => threats.flatMap((at) => list[at] ?? []);
  const fitted = [
    fit(
      rows,
      examples.map(({ threat }) => threat),
      contrasts,
      times,
      seed,
    ),
    fit(
      pick(rows),
      pick(examples).map(({ explicit }) => explicit ?? 0),
      pick(none),
      pick(times),
      seed,
    ),
    fit(
      rows,
      examples.map(({ abuse }) => abuse),
      none,
      times,
      seed,
    ),
  ] as const;
  const values = new Int8Array(FEATURES * fitted.length);
  const scale: [number, number, number] = [0, 0, 0];
  fitted.forEach(({ weights }, head) => {
    // The few largest weights are cut, so that the many have finer steps.
    const sorted = Float32Array.from(weights, Math.abs).sort();
    const top = sorted[Math.floor(sorted.length * 0.9997)] ?? 1;
    scale[head] = top / steps;
    for (let at = 0; at < FEATURES; at += 1)
      values[at * fitted.length + head] = Math.max(-steps, Math.min(steps, Math.round(((weights[at] ?? 0) / top) * steps)));
  });
  return { values, scale, bias: [fitted[0].bias, fitted[1].bias, fitted[2].bias] };
}

/** A text as weights and rules that had not seen it read it. */
export interface Read {
  readonly reading: Reading;
  readonly seen: Seen;
}

/** Fits how the readings and the rules make one answer, by gradient descent on few numbers. */
export function join(reads: readonly (Read & { readonly threat: 0 | 1 })[]): Joined {
  const rows = reads.map(({ reading, seen, threat }) => ({ row: joinedRow(reading, seen), threat }));
  const now: number[] = joinedKeys.map((key) => (key === "whole" ? 0.7 : key === "strongest" ? 0.3 : 0));
  for (let round = 0; round < 2_000; round += 1) {
    const slopes: number[] = joinedKeys.map(() => 0);
    for (const { row, threat } of rows) {
      let sum = 0;
      for (let at = 0; at < row.length; at += 1) sum += (row[at] ?? 0) * (now[at] ?? 0);
      const miss = 1 / (1 + Math.exp(-sum)) - threat;
      for (let at = 0; at < row.length; at += 1) slopes[at] = (slopes[at] ?? 0) + miss * (row[at] ?? 0);
    }
    for (let at = 0; at < now.length; at += 1) now[at] = (now[at] ?? 0) - (1.5 / rows.length) * (slopes[at] ?? 0);
  }
  const [whole = 0, strongest = 0, length = 0, wholeLong = 0, strongestLong = 0, person = 0, group = 0, sender = 0, takenBack = 0, bias = 0] = now;
  return { whole, strongest, length, wholeLong, strongestLong, person, group, sender, takenBack, bias };
}

/** Every example as read by weights learned without its family: `folds` times another part is left out. */
export function crossRead(examples: readonly Example[], folds = 5): Read[] {
  const reads = new Map<Example, Read>();
  for (let fold = 0; fold < folds; fold += 1) {
    const weights = learn(examples.filter(({ family }) => family % folds !== fold));
    for (const one of examples) {
      if (one.family % folds !== fold) continue;
      const words = wordsOf(one.text);
      const infos = knownOf(words);
      reads.set(one, { reading: readingOf(words, infos, weights), seen: seenIn(words, infos) });
    }
  }
  return examples.map((one) => {
    const read = reads.get(one);
    if (read === undefined) throw new Error("an example was in no fold");
    return read;
  });
}
