/** How much work is asked: little on an ordinary day, more the busier it is, never beyond the ceiling, and less again by itself. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { countedUpTo, isEnough, levelOf, levels, stepFactor, workAt } from "./level.ts";

it("asks nothing extra up to what is calm, and one level more each time the load doubles", () => {
  expect([0, 300, 301, 600, 601, 1_200, 1_201, 2_400, 2_401, 1e9].map((count) => levelOf(count, 300))).toEqual([0, 0, 1, 1, 2, 2, 3, 3, 4, 4]);
});

it("never sinks when the load grows, never leaves its bounds, and needs no higher count than it says", () => {
  fc.assert(
    fc.property(fc.nat(1e7), fc.nat(1e7), fc.integer({ min: 1, max: 1e5 }), (one, other, calm) => {
      const [few, many] = [Math.min(one, other), Math.max(one, other)];
      expect(levelOf(few, calm)).toBeLessThanOrEqual(levelOf(many, calm));
      expect(levelOf(many, calm)).toBeLessThan(levels);
      expect(levelOf(Math.min(many, countedUpTo(calm)), calm)).toBe(levelOf(many, calm));
    }),
  );
});

it("a token of one level less is good, of two less is not", () => {
  expect([isEnough(2, 3), isEnough(1, 3), isEnough(4, 0), isEnough(0, 1), isEnough(0, 2)]).toEqual([true, false, true, true, false]);
});

it("at the ceiling asks two million hashes in sixteen pieces: some ten seconds on a slow phone, twice that without WebAssembly", () => {
  expect(16 * workAt(0, 512)).toBe(8_192);
  expect(16 * workAt(levels - 1, 512)).toBe(2_097_152);
  expect(stepFactor ** (levels - 1) * 8_192).toBeLessThanOrEqual(4_194_304);
});
