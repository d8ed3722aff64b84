/** The distributions against values computed with 350 digits, and the identities between them. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { beta, chiSquare, fisher, gamma, logGamma, normal, student } from "./index.ts";

/** Distribution, x, parameters, P(X <= x), P(X > x). */
type Vector = readonly [string, number, readonly number[], number | null, number | null];

function isVector(value: unknown): value is Vector {
  return Array.isArray(value) && value.length === 5 && typeof value[0] === "string" && typeof value[1] === "number" && Array.isArray(value[2]);
}

function vectorsOf(name: string): readonly Vector[] {
  const read: unknown = JSON.parse(readFileSync(new URL("vectors/distributions.json", import.meta.url), "utf8"));
  if (typeof read !== "object" || read === null || !("values" in read) || !Array.isArray(read.values)) throw new Error("no vectors");
  return read.values.filter(isVector).filter(([distribution]) => distribution === name);
}

/** The same four functions for any number of parameters. */
interface Bound {
  readonly lower: (x: number) => number;
  readonly upper: (x: number) => number;
  readonly quantile: (p: number) => number;
  readonly upperQuantile: (p: number) => number;
}

const bind: Readonly<Record<string, (parameters: readonly number[]) => Bound>> = {
  normal: () => normal,
  student: ([df = 0]) => ({
    lower: (x) => student.lower(x, df),
    upper: (x) => student.upper(x, df),
    quantile: (p) => student.quantile(p, df),
    upperQuantile: (p) => student.upperQuantile(p, df),
  }),
  chiSquare: ([df = 0]) => ({
    lower: (x) => chiSquare.lower(x, df),
    upper: (x) => chiSquare.upper(x, df),
    quantile: (p) => chiSquare.quantile(p, df),
    upperQuantile: (p) => chiSquare.upperQuantile(p, df),
  }),
  fisher: ([a = 0, b = 0]) => ({
    lower: (x) => fisher.lower(x, a, b),
    upper: (x) => fisher.upper(x, a, b),
    quantile: (p) => fisher.quantile(p, a, b),
    upperQuantile: (p) => fisher.upperQuantile(p, a, b),
  }),
  beta: ([a = 0, b = 0]) => ({
    lower: (x) => beta.lower(x, a, b),
    upper: (x) => beta.upper(x, a, b),
    quantile: (p) => beta.quantile(p, a, b),
    upperQuantile: (p) => beta.upperQuantile(p, a, b),
  }),
};

/** Largest relative error allowed; a tail of 1e-300 has an exponent of 690 in it, whose own rounding is 1e-13. */
const TAIL = 3e-13;

describe.each(["normal", "student", "chiSquare", "fisher", "beta"])("%s, 350 digits", (name) => {
  const vectors = vectorsOf(name);

  test("both tails to 3e-13, down to 1e-300", () => {
    expect(vectors.length).toBeGreaterThan(19);
    for (const [, x, parameters, lower, upper] of vectors) {
      const bound = bind[name]?.(parameters);
      if (lower !== null) expect(Math.abs((bound?.lower(x) ?? 0) / lower - 1), `lower ${x} (${parameters.join()})`).toBeLessThan(TAIL);
      if (upper !== null) expect(Math.abs((bound?.upper(x) ?? 0) / upper - 1), `upper ${x} (${parameters.join()})`).toBeLessThan(TAIL);
    }
  });

  test("quantiles go back to x, from the smaller tail", () => {
    for (const [, x, parameters, lower, upper] of vectors) {
      const bound = bind[name]?.(parameters);
      // Near the median x rests on the last digits of the probability alone.
      const tolerance = Math.abs(x) < 1e-3 && (name === "normal" || name === "student") ? 1e-5 : 5e-13;
      if (lower !== null && lower < 0.5) expect(Math.abs((bound?.quantile(lower) ?? 0) / x - 1), `${x} (${parameters.join()})`).toBeLessThan(tolerance);
      if (upper !== null && upper < 0.5) expect(Math.abs((bound?.upperQuantile(upper) ?? 0) / x - 1), `${x} (${parameters.join()})`).toBeLessThan(tolerance);
    }
  });
});

const df = fc.double({ min: 0.5, max: 5000, noNaN: true });
const probability = fc.double({ min: 1e-12, max: 1 - 1e-12, noNaN: true });
const near = (a: number, b: number, tolerance = 1e-11): void => {
  expect(Math.abs(a - b)).toBeLessThanOrEqual(tolerance * Math.max(1e-300, Math.abs(a), Math.abs(b)));
};

describe("identities", () => {
  test("the square of t is F on (1, df)", () => {
    fc.assert(fc.property(fc.double({ min: 1e-3, max: 60, noNaN: true }), df, (t, d) => near(2 * student.upper(t, d), fisher.upper(t * t, 1, d))));
  });

  test("F turned over is F with its degrees of freedom exchanged", () => {
    fc.assert(fc.property(fc.double({ min: 1e-3, max: 100, noNaN: true }), df, df, (x, a, b) => near(fisher.upper(x, a, b), fisher.lower(1 / x, b, a), 1e-9)));
  });

  test("beta mirrored", () => {
    const shape = fc.double({ min: 0.3, max: 400, noNaN: true });
    fc.assert(
      fc.property(probability, shape, shape, (p, a, b) => {
        expect(Math.abs(1 - beta.quantile(p, a, b) - beta.upperQuantile(p, b, a))).toBeLessThan(1e-13);
      }),
    );
  });

  test("a quantile has its probability", () => {
    fc.assert(fc.property(probability, df, (p, d) => near(student.lower(student.quantile(p, d), d), p)));
    fc.assert(fc.property(probability, df, (p, d) => near(chiSquare.upper(chiSquare.upperQuantile(p, d), d), p)));
    fc.assert(fc.property(probability, (p) => near(normal.lower(normal.quantile(p)), p)));
  });

  test("chi-square on two degrees of freedom is exponential, gamma is chi-square halved", () => {
    fc.assert(fc.property(fc.double({ min: 1e-6, max: 600, noNaN: true }), (x) => near(chiSquare.upper(x, 2), Math.exp(-x / 2))));
    fc.assert(fc.property(fc.double({ min: 1e-3, max: 300, noNaN: true }), df, (x, d) => near(gamma.upper(x, d / 2, 2), chiSquare.upper(x, d))));
  });

  test("infinite degrees of freedom are the normal and the chi-square", () => {
    near(student.quantile(0.975, Infinity), 1.959963984540054);
    near(student.upper(2, 1e9), normal.upper(2), 1e-8);
    near(fisher.upper(2.5, 3, Infinity), chiSquare.upper(7.5, 3));
  });

  test("the gamma function at whole and half numbers", () => {
    near(Math.exp(logGamma(11)), 3628800, 1e-14);
    near(Math.exp(logGamma(0.5)), Math.sqrt(Math.PI), 1e-14);
    near(logGamma(1e6), 12815504.569147611, 1e-14);
  });
});

test("ends of the range are the ends of the support, and what is no probability is refused", () => {
  expect(normal.quantile(0)).toBe(-Infinity);
  expect(student.quantile(1, 4)).toBe(Infinity);
  expect(beta.quantile(0, 2, 3)).toBe(0);
  expect(beta.quantile(1, 2, 3)).toBe(1);
  expect(fisher.upper(-1, 2, 3)).toBe(1);
  expect(() => normal.quantile(1.2)).toThrow(RangeError);
  expect(() => normal.upper(Number.NaN)).toThrow(RangeError);
  expect(() => student.upper(1, 0)).toThrow(RangeError);
  expect(() => chiSquare.lower(1, -2)).toThrow(RangeError);
  expect(() => beta.lower(0.5, Number.NaN, 1)).toThrow(RangeError);
});
