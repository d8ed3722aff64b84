/** Weighted quantiles by the twelve rules of R's `svyquantile` 4.5: `math` and `school`, Hyndman and Fan's (1996) nine, and Shah and Vaish's (2006). Called by quantile.ts only. */
import { SurveyError } from "#engines/survey/errors.ts";

/** The rules; `math` (hf1) is the left-continuous inverse of the distribution, `school` (hf2) the mean of the two middle values when there are two. */
export const quantileRules = ["math", "school", "shahvaish", "hf1", "hf2", "hf3", "hf4", "hf5", "hf6", "hf7", "hf8", "hf9"] as const;

/** One of the rules above. */
export type QuantileRule = (typeof quantileRules)[number];

/** Values with their weights, sorted. */
export interface SortedSample {
  readonly values: Float64Array;
  readonly weights: Float64Array;
  /** Running sum of the weights, each rounded once from an exact sum: equal weights then hit their shares exactly, as with R's long doubles. */
  readonly running: Float64Array;
}

/** Sums without the error of summing (Neumaier 1974). */
function runningSums(weights: Float64Array): Float64Array {
  const result = new Float64Array(weights.length);
  let [sum, rest] = [0, 0];
  for (let at = 0; at < weights.length; at++) {
    const weight = weights[at] ?? 0;
    const next = sum + weight;
    rest += Math.abs(sum) >= Math.abs(weight) ? sum - next + weight : weight - next + sum;
    sum = next;
    result[at] = sum + rest;
  }
  return result;
}

/** Rows with weight, in order of value; ties stay in the order of the data. */
export function sortedSample(values: Float64Array, weights: Float64Array): SortedSample {
  let rows = new Int32Array(values.length).map((_, row) => row).filter((row) => weights[row] !== 0);
  rows = rows.sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0) || a - b);
  const sortedWeights = Float64Array.from(rows, (row) => weights[row] ?? 0);
  return { values: Float64Array.from(rows, (row) => values[row] ?? 0), weights: sortedWeights, running: runningSums(sortedWeights) };
}

/** Ties as one value with the weight of all. */
function withoutTies({ values, weights }: SortedSample): SortedSample {
  const distinct: number[] = [];
  const sums: number[] = [];
  values.forEach((value, at) => {
    if (at > 0 && value === values[at - 1]) sums[sums.length - 1] = (sums.at(-1) ?? 0) + (weights[at] ?? 0);
    else {
      distinct.push(value);
      sums.push(weights[at] ?? 0);
    }
  });
  const merged = Float64Array.from(sums);
  return { values: Float64Array.from(distinct), weights: merged, running: runningSums(merged) };
}

/** Place of the last running sum that is at most p of the whole; -1 when the first is above it already. */
function lastAtMost(running: Float64Array, share: number): number {
  let [low, high] = [0, running.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((running[middle] ?? 0) <= share) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The neighbours of p in the distribution. */
function around(sample: SortedSample, p: number): { low: number; high: number; at: number; exact: boolean; below: number; above: number } {
  const { values, running } = sample;
  const last = values.length - 1;
  const all = running[last] ?? 0;
  const at = lastAtMost(running, p * all);
  const next = Math.min(at + 1, last);
  const place = Math.max(at, 0);
  const below = at === -1 ? p : p - (running[at] ?? 0) / all;
  return { low: values[place] ?? 0, high: values[next] ?? 0, at, exact: at !== -1 && below === 0, below, above: (running[next] ?? 0) / all - p };
}

/** Straight line through (positions, values), flat outside. Equal positions give the mean of their values, as R's `approx`. */
function interpolate(positions: Float64Array, values: Float64Array, p: number): number {
  const last = positions.length - 1;
  if (p <= (positions[0] ?? 0)) return values[0] ?? 0;
  if (p >= (positions[last] ?? 0)) return values[last] ?? 0;
  const at = lastAtMost(positions, p);
  const [x0 = 0, x1 = 0, y0 = 0, y1 = 0] = [positions[at], positions[at + 1], values[at], values[at + 1]];
  return x0 === p ? y0 : y0 + ((y1 - y0) * (p - x0)) / (x1 - x0);
}

/** The value at the last position up to p. R takes half the weight as it is, not over the mean weight, so positions need not rise with the values: they are sorted, and equal ones averaged, as R does. */
function stepAt(positions: Float64Array, values: Float64Array, p: number): number {
  const order = new Int32Array(positions.length).map((_, at) => at).sort((a, b) => (positions[a] ?? 0) - (positions[b] ?? 0) || a - b);
  const sorted = Float64Array.from(order, (at) => positions[at] ?? 0);
  const last = lastAtMost(sorted, p);
  const place = sorted[Math.max(0, last)];
  let [sum, count] = [0, 0];
  for (const at of order)
    if (positions[at] === place) {
      sum += values[at] ?? 0;
      count++;
    }
  return sum / count;
}

/** Plotting positions of the continuous rules. */
function positionsOf(rule: "hf5" | "hf6" | "hf7" | "hf8" | "hf9" | "shahvaish", { weights, running }: SortedSample): Float64Array {
  const n = weights.length;
  const all = running[n - 1] ?? 0;
  const last = weights[n - 1] ?? 0;
  const before = (at: number): number => (at === 0 ? 0 : (running[at - 1] ?? 0));
  const position = (at: number): number => {
    const [sum = 0, weight = 0] = [running[at], weights[at]];
    switch (rule) {
      case "hf5":
        return (sum - weight / 2) / all;
      case "hf6":
        return sum / (all + last);
      case "hf7":
        return before(at) / (running[n - 2] ?? 1);
      case "hf8":
        return (before(at) / 3 + (sum * 2) / 3) / (all + last / 3);
      case "hf9":
        return ((before(at) * 3) / 8 + (sum * 5) / 8) / (all + last / 4);
      case "shahvaish":
        return (sum / (all / n) + 0.5 - weight / 2) / (n + 1);
    }
  };
  return Float64Array.from({ length: n }, (_, at) => position(at));
}

/**
 * The p-quantile of a sample.
 * @throws {@link SurveyError} `probability-invalid`, `domain-empty`.
 */
export function quantileBy(rule: QuantileRule, sample: SortedSample, p: number): number {
  if (!(p >= 0 && p <= 1)) throw new SurveyError("probability-invalid", `${p} is no probability: quantiles are asked for between 0 and 1`, { p: String(p) });
  const [only] = sample.values;
  if (only === undefined) throw new SurveyError("domain-empty", "nobody is in this group with an answer: there is no quantile");
  if (sample.values.length === 1) return only;
  switch (rule) {
    case "math":
    case "hf1": {
      const { low, high, exact } = around(sample, p);
      return exact ? low : high;
    }
    case "school":
    case "hf2": {
      const { low, high, exact } = around(sample, p);
      return exact ? (low + high) / 2 : high;
    }
    case "hf3": {
      const { low, high, at, exact } = around(withoutTies(sample), p);
      return exact && (at + 1) % 2 === 0 ? low : high;
    }
    case "hf4": {
      const { low, high, below, above, at } = around(sample, p);
      if (at === -1) return sample.values[0] ?? 0;
      const share = below + above === 0 ? 0 : below / (below + above);
      return low * (1 - share) + high * share;
    }
    case "shahvaish":
      return stepAt(positionsOf(rule, sample), sample.values, p);
    case "hf5":
    case "hf6":
    case "hf7":
    case "hf8":
    case "hf9":
      return interpolate(positionsOf(rule, sample), sample.values, p);
  }
}
