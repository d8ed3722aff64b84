/** Small invented samples for the tests of models, and random ones for their property tests. Tests only. */
import fc from "fast-check";
import type { Column, Groups } from "#engines/survey/columns/column.ts";
import type { LinearisedDesign } from "#engines/survey/design/index.ts";
import { makeDesign } from "#engines/survey/design/make.ts";
import { factorOf } from "./variables.ts";

/** A column of numbers. */
export function numbers(values: readonly number[]): Column {
  return { kind: "number", values: Float64Array.from(values) };
}

/** A column of categories, given by their texts. */
export function categories(texts: readonly string[]): Column {
  return factorOf(texts);
}

/** Groups by number, as the design room takes them. */
export function groups(codes: readonly number[]): Groups {
  const values = [...new Set(codes)].sort((a, b) => a - b);
  const place = new Map(values.map((value, code) => [value, code]));
  return { codes: Int32Array.from(codes, (code) => place.get(code) ?? -1), names: values.map(String), values };
}

/** A sample of elements with these weights, or of clusters when their numbers are given. */
export function sampleOf(weights: readonly number[], clusters?: readonly number[]): LinearisedDesign {
  return makeDesign({ rows: weights.length, weights: Float64Array.from(weights), ...(clusters === undefined ? {} : { clusters: [groups(clusters)] }) });
}

/** One row of a random sample. */
export interface RandomRow {
  readonly x: number;
  readonly g: "a" | "b" | "c";
  readonly y: number;
  readonly yes: boolean;
  readonly weight: number;
  readonly cluster: number;
}

/** A stream of numbers in (0, 1) from a seed (mulberry32). */
export function streamOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (((mixed ^ (mixed >>> 14)) >>> 0) + 0.5) / 2 ** 32;
  };
}

/** Random samples of 60 to 99 rows in 12 clusters, in which each answer is about half yes and y depends a little on x. By seed, so that none is degenerate. */
export const randomSample: fc.Arbitrary<readonly RandomRow[]> = fc.integer({ min: 1, max: 1e6 }).map((seed) => {
  const next = streamOf(seed);
  return Array.from({ length: 60 + Math.floor(next() * 40) }, (_, row) => {
    const x = 6 * next() - 3;
    return {
      x,
      g: (["a", "b", "c"] as const)[Math.floor(next() * 3)] ?? "a",
      y: 0.5 * x + 10 * next() - 5,
      yes: next() < 0.5 + 0.05 * x,
      weight: 0.5 + 3 * next(),
      cluster: row % 12,
    };
  });
});

/** The columns x, g, y and yes of random rows. */
export function columnsOf(rows: readonly RandomRow[]): ReadonlyMap<string, Column> {
  return new Map<string, Column>([
    ["x", numbers(rows.map(({ x }) => x))],
    ["g", categories(rows.map(({ g }) => g))],
    ["y", numbers(rows.map(({ y }) => y))],
    ["yes", numbers(rows.map(({ yes }) => (yes ? 1 : 0)))],
  ]);
}

/** Element by element within a relative tolerance; for expect(...).toBe(true). */
export function agree(a: ArrayLike<number>, b: ArrayLike<number>, tolerance: number): boolean {
  if (a.length !== b.length) return false;
  const size = Math.max(1e-12, ...Array.from(b, Math.abs));
  return Array.from(a).every((value, i) => Math.abs(value - (b[i] ?? Number.NaN)) <= tolerance * size);
}
