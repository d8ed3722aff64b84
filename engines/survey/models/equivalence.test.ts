/** Two one-sided tests, and the effect that could have been missed. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { SurveyError } from "#engines/survey/errors.ts";
import { detectableEffect, equivalenceTest } from "./equivalence.ts";
import { streamOf } from "./testing-samples.ts";

const effect = fc.record({
  estimate: fc.double({ min: -3, max: 3, noNaN: true }),
  se: fc.double({ min: 0.05, max: 2, noNaN: true }),
  df: fc.double({ min: 2, max: 500, noNaN: true }),
});
const margin = fc.record({ low: fc.double({ min: -3, max: -0.05, noNaN: true }), high: fc.double({ min: 0.05, max: 3, noNaN: true }) });
const level = fc.constantFrom(0.9, 0.95, 0.99);

describe("two one-sided tests", () => {
  test("p is below alpha exactly when the interval of 1 - 2 alpha lies within the margin", () => {
    fc.assert(
      fc.property(effect, margin, level, (one, bounds, at) => {
        const { p, low, high } = equivalenceTest(one, bounds, at, 0.8);
        fc.pre(Math.abs(p - (1 - at)) > 1e-9);
        expect(p < 1 - at).toBe(low > bounds.low && high < bounds.high);
      }),
    );
  });

  test("the four verdicts, as the intervals lie", () => {
    const verdict = (estimate: number, se: number): string => equivalenceTest({ estimate, se, df: 100 }, { low: -1, high: 1 }, 0.95, 0.8).verdict;
    expect(verdict(0.1, 0.2)).toBe("equivalent");
    expect(verdict(0.5, 0.1)).toBe("small");
    expect(verdict(2, 0.3)).toBe("different");
    expect(verdict(0.4, 0.6)).toBe("inconclusive");
  });

  test("a worked case: estimate 1.2, error 0.8, 40 degrees of freedom, margin 3", () => {
    const found = equivalenceTest({ estimate: 1.2, se: 0.8, df: 40 }, { low: -3, high: 3 }, 0.95, 0.8);
    // t = 5.25 and 2.25 on 40 df, by scipy.stats.t.sf; quantiles 1.683851013, 2.021075390 and 0.850699794.
    expect(found.pLow).toBeCloseTo(2.66077239e-6, 13);
    expect(found.pHigh).toBeCloseTo(0.0150093472503, 12);
    expect(found.high).toBeCloseTo(1.2 + 0.8 * 1.683851013, 8);
    expect(found.largestNotExcluded).toBeCloseTo(1.2 + 0.8 * 2.02107539, 7);
    expect(found.detectable).toBeCloseTo(0.8 * (2.02107539 + 0.850699794), 7);
  });
});

describe("what could have been missed", () => {
  test("with many degrees of freedom 2.80 standard errors, Bloom's multiplier", () => {
    expect(detectableEffect({ se: 1, df: Infinity }, 0.95, 0.8)).toBeCloseTo(2.801585, 6);
  });

  test("a true effect of that size is found in some 80 % of samples", () => {
    const next = streamOf(3);
    const df = 24;
    const detectable = detectableEffect({ se: 1, df }, 0.95, 0.8);
    const gauss = (): number => Math.sqrt(-2 * Math.log(next())) * Math.cos(2 * Math.PI * next());
    let found = 0;
    for (let sample = 0; sample < 20000; sample += 1) {
      let squares = 0;
      for (let i = 0; i < df; i += 1) squares += gauss() ** 2;
      if (Math.abs(detectable + gauss()) / Math.sqrt(squares / df) > 2.063899) found += 1;
    }
    expect(found / 20000).toBeGreaterThan(0.785);
    expect(found / 20000).toBeLessThan(0.815);
  });

  test.each([
    [{ estimate: 0, se: 0, df: 10 }, { low: -1, high: 1 }, 0.95, 0.8, "domain-degenerate"],
    [{ estimate: 0, se: 1, df: 0 }, { low: -1, high: 1 }, 0.95, 0.8, "no-degrees-of-freedom"],
    [{ estimate: 0, se: 1, df: 10 }, { low: 1, high: 2 }, 0.95, 0.8, "bounds-invalid"],
    [{ estimate: 0, se: 1, df: 10 }, { low: -1, high: 1 }, 1, 0.8, "level-invalid"],
    [{ estimate: 0, se: 1, df: 10 }, { low: -1, high: 1 }, 0.95, 80, "probability-invalid"],
  ])("refused: %j with margin %j at %d, power %d", (one, bounds, at, power, code) => {
    try {
      equivalenceTest(one, bounds, at, power);
      throw new Error("was not refused");
    } catch (error) {
      expect(error instanceof SurveyError ? error.code : error).toBe(code);
    }
  });
});
