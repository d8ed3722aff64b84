/** Weighted sums of chi-squares against the cases that have a closed form. R's own values are held in models/reference.test.ts. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { chiSquare, chiSquareSumUpper, fisher, fisherSumUpper } from "./index.ts";

const at = fc.double({ min: 0.01, max: 400, noNaN: true });
const weight = fc.double({ min: 0.05, max: 20, noNaN: true });

function near(a: number, b: number, tolerance: number): void {
  expect(Math.abs(a - b)).toBeLessThanOrEqual(tolerance * Math.max(Math.abs(a), Math.abs(b)));
}

test("equal weights are one chi-square, or one F, by integration and by two moments", () => {
  fc.assert(
    fc.property(at, weight, fc.integer({ min: 1, max: 12 }), fc.double({ min: 1, max: 500, noNaN: true }), (x, w, k, df) => {
      const weights = Array.from({ length: k }, () => w);
      fc.pre(chiSquare.upper(x / w, k) > 1e-250);
      near(chiSquareSumUpper(x, weights, "integration"), chiSquare.upper(x / w, k), 1e-11);
      near(chiSquareSumUpper(x, weights, "satterthwaite"), chiSquare.upper(x / w, k), 1e-11);
      near(fisherSumUpper(x, weights, df, "integration"), fisher.upper(x / w / k, k, df), 1e-10);
    }),
  );
});

test("two pairs of weights are a sum of two exponentials, by integration", () => {
  fc.assert(
    fc.property(at, weight, weight, (x, a, b) => {
      fc.pre(Math.abs(a - b) > 0.02 * (a + b));
      const [one, two] = [1 / (2 * a), 1 / (2 * b)];
      const wanted = (two * Math.exp(-one * x) - one * Math.exp(-two * x)) / (two - one);
      fc.pre(wanted > 1e-250);
      near(chiSquareSumUpper(x, [a, a, b, b], "integration"), wanted, 1e-9);
    }),
  );
});

test("the saddlepoint stays within 15 % of the exact tail for the weights of design effects, and falls as x grows", () => {
  const weights = [1.9, 1.2, 0.8, 0.5];
  let before = 1;
  for (const x of [1, 3, 6, 9, 14, 20, 30, 50, 80]) {
    const exact = fisherSumUpper(x, weights, 40, "integration");
    const approximate = fisherSumUpper(x, weights, 40, "saddlepoint");
    expect(Math.abs(approximate / exact - 1)).toBeLessThan(0.15);
    expect(approximate).toBeLessThan(before);
    before = approximate;
  }
});

test("weights that are not positive are refused, and nothing lies below 0", () => {
  expect(() => chiSquareSumUpper(1, [1, 0], "saddlepoint")).toThrow(RangeError);
  expect(() => chiSquareSumUpper(1, [], "integration")).toThrow(RangeError);
  expect(() => fisherSumUpper(1, [1], -3, "saddlepoint")).toThrow(RangeError);
  expect(chiSquareSumUpper(0, [1, 2], "integration")).toBe(1);
  expect(fisherSumUpper(-2, [1, 2], 5, "saddlepoint")).toBe(1);
});
