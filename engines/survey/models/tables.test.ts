/** Tests of association, ranks and means: what must hold for any sample, and what is refused. R's own results are in reference.test.ts. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { SurveyError } from "#engines/survey/errors.ts";
import { chiSquare } from "#engines/survey/numerics/index.ts";
import { oneSampleTest, twoSampleTest } from "./mean-tests.ts";
import { rankTest } from "./rank-tests.ts";
import { tableStatistics, tableTest } from "./tables.ts";
import { agree, categories, numbers, randomSample, sampleOf } from "./testing-samples.ts";
import { factorOf } from "./variables.ts";

const fast = { numRuns: 40 };

describe("tables", () => {
  test("turning the table round changes no test but the score test, whose model is of the rows", () => {
    fc.assert(
      fc.property(randomSample, (rows) => {
        const design = sampleOf(
          rows.map(({ weight }) => weight),
          rows.map(({ cluster }) => cluster),
        );
        const [one, other] = [factorOf(rows.map(({ g }) => g)), factorOf(rows.map(({ yes }) => String(yes)))];
        for (const statistic of tableStatistics) {
          if (statistic === "wls-score") continue;
          const [left, right] = [tableTest(design, one, other, statistic), tableTest(design, other, one, statistic)];
          expect(agree([left.statistic, left.p], [right.statistic, right.p], 1e-8), statistic).toBe(true);
        }
      }),
      fast,
    );
  });

  test("equal weights and elements drawn by themselves: first order is Pearson's test times (n-1)/n", () => {
    fc.assert(
      fc.property(randomSample, (rows) => {
        const design = sampleOf(rows.map(() => 3));
        const [one, other] = [factorOf(rows.map(({ g }) => g)), factorOf(rows.map(({ yes }) => String(yes)))];
        const found = tableTest(design, one, other, "Chisq");
        const n = rows.length;
        const counts = (letter: string, yes: boolean): number => rows.filter((row) => row.g === letter && row.yes === yes).length;
        let pearson = 0;
        for (const letter of ["a", "b", "c"]) {
          for (const yes of [true, false]) {
            const expected = ((counts(letter, true) + counts(letter, false)) * rows.filter((row) => row.yes === yes).length) / n;
            pearson += (counts(letter, yes) - expected) ** 2 / expected;
          }
        }
        expect(agree([found.statistic], [pearson], 1e-10)).toBe(true);
        expect(found.p / chiSquare.upper(pearson, 2)).toBeGreaterThan(0.7);
        expect(found.p / chiSquare.upper(pearson, 2)).toBeLessThan(1.4);
      }),
      fast,
    );
  });

  test("the exact sum of chi-squares and the second-order F are near each other", () => {
    fc.assert(
      fc.property(randomSample, (rows) => {
        const design = sampleOf(rows.map(({ weight }) => weight));
        const [one, other] = [factorOf(rows.map(({ g }) => g)), factorOf(rows.map(({ yes }) => String(yes)))];
        const exact = tableTest(design, one, other, "exact").p;
        expect(Math.abs(exact - tableTest(design, one, other, "F").p)).toBeLessThan(0.02);
        expect(Math.abs(exact - tableTest(design, one, other, "saddlepoint").p)).toBeLessThan(0.05);
      }),
      fast,
    );
  });

  test("rows without an answer, and levels nobody has, do not count", () => {
    const design = sampleOf([1, 2, 1, 2, 1, 2, 1, 2, 1, 2]);
    const [a, b] = [
      ["x", "y", "x", "y", "x", "x", "y", "y", "x", ""],
      ["p", "q", "q", "q", "p", "p", "q", "p", "q", "p"],
    ];
    const small = tableTest(design, factorOf(a), factorOf(b), "F");
    const wide = tableTest(design, { ...factorOf(a), levels: [...factorOf(a).levels, "nobody"] }, factorOf(b), "F");
    expect(wide).toEqual(small);
    expect(small.n).toBe(9);
  });
});

describe("refused by a code", () => {
  const six = sampleOf([1, 1, 1, 1, 1, 1]);
  const two = sampleOf([1, 1, 1, 1, 1, 1], [1, 1, 1, 2, 2, 2]);
  const half = factorOf(["a", "a", "a", "b", "b", "b"]);
  const thirds = factorOf(["x", "y", "z", "x", "y", "z"]);
  const code = (run: () => unknown): string => {
    try {
      run();
    } catch (error) {
      return error instanceof SurveyError ? error.code : String(error);
    }
    return "none";
  };

  test.each([
    ["one answer for all", () => tableTest(six, half, factorOf(["x", "x", "x", "x", "x", "x"]), "F"), "domain-degenerate"],
    ["nobody with both answers", () => tableTest(six, factorOf(["a", "b", "", "", "", ""]), factorOf(["", "", "x", "y", "x", "y"]), "F"), "domain-empty"],
    ["columns of another length", () => tableTest(six, half, factorOf(["x", "y"]), "F"), "column-length"],
    ["fewer clusters than interactions, Wald", () => tableTest(two, half, thirds, "adjWald"), "matrix-singular"],
    ["a mean of one value", () => oneSampleTest(six, Float64Array.of(0.1, 0.1, 0.1, 0.1, 0.1, 0.1), 0.95), "domain-degenerate"],
    ["no value at all", () => oneSampleTest(six, new Float64Array(6).fill(Number.NaN), 0.95), "domain-empty"],
    ["two clusters for a one-sample test", () => oneSampleTest(two, Float64Array.of(1, 2, 3, 4, 5, 7), 0.95), "no-degrees-of-freedom"],
    ["three groups in a t-test", () => twoSampleTest(six, Float64Array.of(1, 2, 3, 4, 5, 9), thirds, 0.95), "domain-degenerate"],
    [
      "one group in a rank test",
      () => rankTest(six, Float64Array.of(1, 2, 3, 4, 5, 6), categories(["a", "a", "a", "a", "a", "a"]), "wilcoxon"),
      "domain-degenerate",
    ],
    ["equal answers in a rank test", () => rankTest(six, Float64Array.of(1, 1, 1, 1, 1, 1), half, "wilcoxon"), "domain-degenerate"],
  ] as const)("%s", (_, run, wanted) => {
    expect(code(run)).toBe(wanted);
  });
});

describe("ranks and means", () => {
  test("a rank test sees only the order of the answers", () => {
    fc.assert(
      fc.property(randomSample, fc.constantFrom("wilcoxon", "vanderWaerden", "median"), (rows, score) => {
        const design = sampleOf(
          rows.map(({ weight }) => weight),
          rows.map(({ cluster }) => cluster),
        );
        const group = categories(rows.map(({ yes }) => String(yes)));
        const plain = rankTest(
          design,
          Float64Array.from(rows, ({ y }) => y),
          group,
          score,
        );
        const bent = rankTest(
          design,
          Float64Array.from(rows, ({ y }) => Math.exp(y) * 7),
          group,
          score,
        );
        expect(agree([bent.statistic, bent.p], [plain.statistic, plain.p], 1e-12)).toBe(true);
      }),
      fast,
    );
  });

  test("two groups: exchanging their names turns the difference round", () => {
    fc.assert(
      fc.property(randomSample, (rows) => {
        const design = sampleOf(
          rows.map(({ weight }) => weight),
          rows.map(({ cluster }) => cluster),
        );
        const values = Float64Array.from(rows, ({ y }) => y);
        const one = twoSampleTest(design, values, numbers(rows.map(({ yes }) => (yes ? 1 : 0))), 0.95);
        const other = twoSampleTest(design, values, numbers(rows.map(({ yes }) => (yes ? 0 : 1))), 0.95);
        expect(agree([-other.estimate, other.se, -other.high, -other.low], [one.estimate, one.se, one.low, one.high], 1e-9)).toBe(true);
      }),
      fast,
    );
  });
});
