/** Learns the weights of the threat model: three logistic regressions over hashed features by AdaGrad, with a ranking term for pairs of a threat and its contrast; and how they, the network and the rules make one answer. Used by train.ts. */
import {
  eachFeature,
  FEATURES,
  type Joined,
  type Joining,
  joinedKeys,
  joinedRow,
  networkReader,
  readingOf,
  type Reading,
  type Seen,
  seenIn,
  type Weights,
  wordsOf,
} from "@rugdekking/triage/training";
import { drawing } from "./drawing.ts";
import { learnNetwork } from "./network.ts";

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
  eachFeature(wordsOf(text), (feature, weight) => {
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

/** Fits how the readings and the rules make one answer, once as if the network was not asked. */
export function join(reads: readonly (Read & { readonly threat: 0 | 1 })[]): Joining {
  return { alone: fitted(reads.map((read) => ({ ...read, reading: { ...read.reading, network: null } }))), together: fitted(reads) };
}
/** A little is taken off large coefficients, so that those of numbers that are always 0 stay 0. */
const ridge = 1e-4;
/** Logistic regression by Newton's method: few numbers, many rows. */
function fitted(reads: readonly (Read & { readonly threat: 0 | 1 })[]): Joined {
  const size = joinedKeys.length;
  const rows = reads.map(({ reading, seen, threat }) => ({ row: joinedRow(reading, seen), threat }));
  const now: number[] = joinedKeys.map(() => 0);
  for (let round = 0; round < 12; round += 1) {
    // The matrix of second derivatives, and behind its last column the slopes.
    const system = Array.from({ length: size }, (_, at) =>
      Float64Array.from({ length: size + 1 }, (__, to) => (to === at ? ridge : to === size ? ridge * (now[at] ?? 0) : 0)),
    );
    for (const { row, threat } of rows) {
      let sum = 0;
      for (let at = 0; at < size; at += 1) sum += (row[at] ?? 0) * (now[at] ?? 0);
      const said = 1 / (1 + Math.exp(-sum));
      const [miss, sure] = [(said - threat) / rows.length, (said * (1 - said)) / rows.length];
      system.forEach((line, at) => {
        const value = row[at] ?? 0;
        if (value === 0) return;
        for (let to = 0; to < size; to += 1) line[to] = (line[to] ?? 0) + sure * value * (row[to] ?? 0);
        line[size] = (line[size] ?? 0) + miss * value;
      });
    }
    solved(system).forEach((step, at) => (now[at] = (now[at] ?? 0) - step));
  }
  const of = (key: keyof Joined): number => now[joinedKeys.indexOf(key)] ?? 0;
  return {
    whole: of("whole"),
    strongest: of("strongest"),
    length: of("length"),
    wholeLong: of("wholeLong"),
    strongestLong: of("strongestLong"),
    person: of("person"),
    group: of("group"),
    sender: of("sender"),
    takenBack: of("takenBack"),
    network: of("network"),
    networkLong: of("networkLong"),
    bias: of("bias"),
  };
}
/** Solves a positive definite system by elimination; the last column is the right side. */
function solved(system: Float64Array[]): number[] {
  const size = system.length;
  system.forEach((pivot, at) => {
    for (let below = at + 1; below < size; below += 1) {
      const line = system[below];
      if (line === undefined) continue;
      const factor = (line[at] ?? 0) / (pivot[at] ?? 1);
      for (let to = at; to <= size; to += 1) line[to] = (line[to] ?? 0) - factor * (pivot[to] ?? 0);
    }
  });
  const out: number[] = Array.from({ length: size }, () => 0);
  for (let at = size - 1; at >= 0; at -= 1) {
    const line = system[at];
    let rest = line?.[size] ?? 0;
    for (let to = at + 1; to < size; to += 1) rest -= (line?.[to] ?? 0) * (out[to] ?? 0);
    out[at] = rest / (line?.[at] ?? 1);
  }
  return out;
}

/** Into how many parts the examples are cut, so that each is read by what had not learned it. */
export const folds = 5;
/** The examples of one part, as read by weights and a network learned without their families. By their place in `examples`. */
export function readFold(examples: readonly Example[], fold: number, tell: (line: string) => void): Map<number, Read> {
  const rest = examples.filter(({ family }) => family % folds !== fold);
  const [weights, network] = [learn(rest), networkReader(learnNetwork(rest, fold + 1, tell))];
  const reads = new Map<number, Read>();
  examples.forEach((one, at) => {
    if (one.family % folds !== fold) return;
    const words = wordsOf(one.text);
    reads.set(at, { reading: { ...readingOf(words, weights), network: network.read(words) }, seen: seenIn(words) });
  });
  return reads;
}
