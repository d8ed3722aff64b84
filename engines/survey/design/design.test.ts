/** What a design must hold whatever the data: textbook formulas, domains, lonely units, replicates that agree with linearisation, and refusals that name the row. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Groups } from "#engines/survey/columns/column.ts";
import { SurveyError } from "#engines/survey/errors.ts";
import { manyMeans, means, ratio, standardError, totals } from "#engines/survey/statistics/index.ts";
import { hadamard } from "./hadamard.ts";
import {
  type Design,
  covarianceOfTotals,
  degreesOfFreedom,
  fillReplicate,
  givenReplicates,
  type LonelyPsu,
  makeDesign,
  makeReplicates,
  replicateTotals,
  subset,
} from "./index.ts";

const groups = (codes: readonly number[]): Groups => {
  const names = Array.from({ length: Math.max(...codes) + 1 }, (_, code) => `g${code}`);
  return { codes: Int32Array.from(codes), names, values: names };
};
const column = (values: readonly number[]): Float64Array => Float64Array.from(values);
const codeOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof SurveyError) return error.code;
    throw error;
  }
  return "nothing";
};

/** A stratified cluster sample with at least two units in every stratum. */
const samples = fc
  .array(
    fc.array(fc.array(fc.record({ y: fc.integer({ min: -50, max: 50 }), w: fc.integer({ min: 1, max: 20 }) }), { minLength: 1, maxLength: 3 }), {
      minLength: 2,
      maxLength: 4,
    }),
    {
      minLength: 1,
      maxLength: 3,
    },
  )
  .map((strata) => {
    const rows = strata.flatMap((units, stratum) => units.flatMap((people, unit) => people.map(({ y, w }) => ({ y, w, stratum, unit: stratum * 10 + unit }))));
    const names = [...new Set(rows.map(({ unit }) => unit))];
    return {
      y: column(rows.map(({ y }) => y)),
      sample: {
        rows: rows.length,
        strata: [groups(rows.map(({ stratum }) => stratum))],
        clusters: [groups(rows.map(({ unit }) => names.indexOf(unit)))],
        weights: column(rows.map(({ w }) => w)),
      },
      sizes: rows.map(({ stratum }) => 10 + 3 * stratum),
    };
  });

describe("covariance of totals", () => {
  test("is s²/n (1 - n/N) for a simple random sample (Cochran 2.15)", () => {
    const y = column([3, 5, 8, 4, 10]);
    const design = makeDesign({ rows: 5, fpc: [column([50, 50, 50, 50, 50])] });
    const found = means(design, [y]);
    expect(found.estimates[0]).toBeCloseTo(6, 12);
    expect(found.covariance[0]).toBeCloseTo((8.5 / 5) * 0.9, 12);
    expect(totals(design, [y]).estimates[0]).toBeCloseTo(300, 10);
    expect(degreesOfFreedom(design)).toBe(4);
  });

  test("adds the stages of a two-stage sample without replacement (Cochran 11.24)", () => {
    // 2 of 4 schools, 2 of 3 classes in each.
    const y = column([1, 3, 2, 8]);
    const design = makeDesign({ rows: 4, clusters: [groups([0, 0, 1, 1]), groups([0, 1, 0, 1])], fpc: [column([4, 4, 4, 4]), column([3, 3, 3, 3])] });
    const [N, n, M, m] = [4, 2, 3, 2];
    const school = [(M / m) * 4, (M / m) * 10];
    const between = ((school[0] ?? 0) - (school[1] ?? 0)) ** 2 / 2;
    const within = ((M * M * (1 - m / M)) / m) * (2 + 18);
    expect(totals(design, [y]).covariance[0]).toBeCloseTo(((N * N * (1 - n / N)) / n) * between + (N / n) * within, 9);
    const fractions = makeDesign({
      rows: 4,
      clusters: [groups([0, 0, 1, 1]), groups([0, 1, 0, 1])],
      fpc: [column([0.5, 0.5, 0.5, 0.5]), column([2 / 3, 2 / 3, 2 / 3, 2 / 3])],
    });
    expect(totals(fractions, [y]).covariance[0]).toBeCloseTo(totals(design, [y]).covariance[0] ?? 0, 9);
  });

  test("is symmetric and never negative on its diagonal, and does not change when rows change places", () => {
    fc.assert(
      fc.property(samples, ({ sample, y }) => {
        const design = makeDesign(sample);
        const second = y.map((value) => value * value - 3);
        const covariance = covarianceOfTotals(design, [y, second]);
        expect(covariance[1]).toBe(covariance[2]);
        expect(Math.min(covariance[0] ?? 0, covariance[3] ?? 0)).toBeGreaterThanOrEqual(0);
        const order = Int32Array.from(y, (_, row) => y.length - 1 - row);
        const turn = (of: Groups): Groups => ({ ...of, codes: order.map((row) => of.codes[row] ?? 0) });
        const turned = makeDesign({
          ...sample,
          strata: sample.strata.map(turn),
          clusters: sample.clusters.map(turn),
          weights: Float64Array.from(order, (row) => sample.weights[row] ?? 0),
        });
        expect(standardError(means(turned, [Float64Array.from(order, (row) => y[row] ?? 0)]))).toBeCloseTo(standardError(means(design, [y])), 8);
      }),
      { numRuns: 60 },
    );
  });

  test("of a domain equals that of values set to zero outside it", () => {
    fc.assert(
      fc.property(samples, fc.integer({ min: 2, max: 3 }), ({ sample, y }, step) => {
        const design = makeDesign(sample);
        const keep = Uint8Array.from(y, (_, row) => (row % step === 0 ? 1 : 0));
        const inside = y.map((value, row) => (keep[row] === 1 ? value : 0));
        expect(totals(subset(design, keep), [y]).covariance[0]).toBeCloseTo(totals(design, [inside]).covariance[0] ?? 0, 8);
      }),
      { numRuns: 40 },
    );
  });
});

describe("many means at once", () => {
  test("equal the means one by one, in every domain, for elements, clusters, calibrated and replicated designs", () => {
    fc.assert(
      fc.property(samples, ({ sample, y, sizes }) => {
        const fpc = [column(sizes)];
        const designs: Design[] = [makeDesign({ ...sample, fpc }), makeDesign(sample), makeReplicates(makeDesign(sample), { type: "JKn" })];
        const codes = Int32Array.from(y, (_, row) => (row % 4) - 1);
        for (const design of designs) {
          const found = manyMeans(design, [y, y.map(Math.abs)], { codes, count: 3 });
          for (let domain = 0; domain < 3; domain++) {
            const own = subset(
              design,
              Uint8Array.from(codes, (code) => (code === domain ? 1 : 0)),
            );
            if (own.weights.every((weight) => weight === 0)) {
              expect(found.n[domain]).toBe(0);
              continue;
            }
            const alone = codeOf(() => means(own, [y])) === "nothing" ? means(own, [y]) : null;
            if (alone === null) continue;
            expect(found.estimates[domain]).toBeCloseTo(alone.estimates[0] ?? 0, 9);
            expect(found.errors[domain]).toBeCloseTo(standardError(alone), 8);
          }
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe("a stratum of one unit", () => {
  const of = (lonelyPsu: LonelyPsu) => means(makeDesign({ rows: 5, strata: [groups([0, 0, 1, 1, 2])], lonelyPsu }), [column([1, 4, 2, 9, 30])]);
  test("fails, is left out, is certain, counts from the grand mean, or as the average of the others", () => {
    expect(codeOf(() => of("fail"))).toBe("lonely-psu");
    const [removed = 0] = of("remove").covariance;
    expect(of("certainty").covariance[0]).toBe(removed);
    expect(of("average").covariance[0]).toBeCloseTo((removed * 3) / 2, 12);
    expect(of("adjust").covariance[0]).toBeCloseTo(removed + ((30 - 46 / 5) / 5) ** 2, 12);
  });

  test("counts a total from the mean of all units, not from zero (R since 4.2)", () => {
    const totalOf = (lonelyPsu: LonelyPsu) =>
      totals(makeDesign({ rows: 5, strata: [groups([0, 0, 1, 1, 2])], weights: column([2, 2, 3, 3, 5]), lonelyPsu }), [column([1, 4, 2, 9, 30])]);
    const [removed = 0] = totalOf("remove").covariance;
    // Weighted totals are 2, 8, 6, 27 and 150: 193 / 5.
    expect(totalOf("adjust").covariance[0]).toBeCloseTo(removed + (150 - 193 / 5) ** 2, 9);
  });

  test("of a second stage counts from the mean of its own cluster's units", () => {
    // Two of four schools; in the second stage strata of one class (10) and of two (20, 26) in the first school, of two and two in the other.
    const made = (lonelyPsu: LonelyPsu) =>
      totals(
        makeDesign({
          rows: 7,
          strata: [groups([0, 0, 0, 0, 0, 0, 0]), groups([0, 1, 1, 0, 0, 1, 1])],
          clusters: [groups([0, 0, 0, 1, 1, 1, 1]), groups([0, 1, 2, 3, 4, 5, 6])],
          fpc: [column([4, 4, 4, 4, 4, 4, 4]), column([3, 4, 4, 4, 4, 4, 4])],
          weights: column([1, 1, 1, 1, 1, 1, 1]),
          lonelyPsu,
        }),
        [column([10, 20, 26, 3, 5, 8, 9])],
      );
    const [removed = 0] = made("remove").covariance;
    expect(made("adjust").covariance[0]).toBeCloseTo(removed + (2 / 4) * (1 - 1 / 3) * (10 - 56 / 3) ** 2, 9);
  });

  test("counts for nothing when it is the whole stratum of the population", () => {
    const design = makeDesign({ rows: 3, strata: [groups([0, 0, 1])], fpc: [column([9, 9, 1])] });
    expect(totals(design, [column([1, 2, 50])]).covariance[0]).toBeCloseTo((81 * (1 - 2 / 9) * 0.5) / 2, 10);
  });
});

describe("replicates", () => {
  test("of the jackknife give the linearised variance of a total", () => {
    fc.assert(
      fc.property(samples, ({ sample, y, sizes }) => {
        for (const fpc of [{}, { fpc: [column(sizes)] }]) {
          const design = makeDesign({ ...sample, ...fpc });
          expect(totals(makeReplicates(design, { type: "JKn" }), [y]).covariance[0]).toBeCloseTo(totals(design, [y]).covariance[0] ?? 0, 6);
        }
      }),
      { numRuns: 40 },
    );
  });

  test("of balanced half samples, Fay's too, give it for two units a stratum, for every number of strata", () => {
    for (const strata of [1, 2, 3, 5, 7, 11, 12, 19]) {
      const codes = Array.from({ length: 2 * strata }, (_, row) => row >> 1);
      const y = column(codes.map((code, row) => (row % 2) * (code + 1) + code));
      const design = makeDesign({ rows: 2 * strata, strata: [groups(codes)] });
      const [linear = 0] = totals(design, [y]).covariance;
      expect(totals(makeReplicates(design, { type: "BRR" }), [y]).covariance[0]).toBeCloseTo(linear, 8);
      expect(totals(makeReplicates(design, { type: "Fay", rho: 0.3 }), [y]).covariance[0]).toBeCloseTo(linear, 8);
    }
  });

  test("come from Hadamard matrices: rows are orthogonal, the first column is made of ones", () => {
    for (const least of [1, 3, 4, 9, 13, 21, 29, 45, 60]) {
      const matrix = hadamard(least);
      expect(matrix.length).toBeGreaterThanOrEqual(least);
      matrix.forEach((row, i) => {
        expect(row[0]).toBe(1);
        matrix.slice(0, i).forEach((other) => expect(row.reduce((sum, value, at) => sum + value * (other[at] ?? 0), 0)).toBe(0));
      });
    }
  });

  test("of the bootstrap are the same for the same seed, sum to what was drawn, and centre on the linearised variance", () => {
    const codes = Array.from({ length: 240 }, (_, row) => row % 4);
    const y = column(codes.map((code, row) => Math.sin(row * 7) * 10 + code));
    const design = makeDesign({ rows: 240, strata: [groups(codes)], weights: column(codes.map((code) => 5 + code)) });
    const replicated = makeReplicates(design, { type: "bootstrap", replicates: 800, seed: 7 });
    const [linear, boot] = [standardError(means(design, [y])), standardError(means(replicated, [y]))];
    expect(Math.abs(boot / linear - 1)).toBeLessThan(0.1);
    expect(standardError(means(makeReplicates(design, { type: "bootstrap", replicates: 800, seed: 7 }), [y]))).toBe(boot);
    expect(standardError(means(makeReplicates(design, { type: "bootstrap", replicates: 800, seed: 8 }), [y]))).not.toBe(boot);
    expect(degreesOfFreedom(replicated)).toBe(236);
    const weights = new Float64Array(240);
    fillReplicate(replicated, 3, weights);
    for (let stratum = 0; stratum < 4; stratum++)
      expect(weights.reduce((sum, weight, row) => sum + (codes[row] === stratum ? weight : 0), 0)).toBeCloseTo(60 * (5 + stratum), 8);
  });

  test("of the population bootstrap never draw a unit more often than the population holds it", () => {
    const design = makeDesign({ rows: 6, fpc: [column([9, 9, 9, 9, 9, 9])] });
    const replicated = makeReplicates(design, { type: "bootstrap", method: "canty-davison", replicates: 200 });
    const weights = new Float64Array(6);
    for (let replicate = 0; replicate < 200; replicate++) {
      fillReplicate(replicated, replicate, weights);
      expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(9, 9);
      expect(Math.max(...weights)).toBeLessThanOrEqual(3.0000001);
    }
  });

  test("give the same totals in one pass over units as column by column", () => {
    fc.assert(
      fc.property(samples, ({ sample, y }) => {
        const design = subset(
          makeReplicates(makeDesign(sample), { type: "bootstrap", replicates: 12 }),
          Uint8Array.from(y, (_, row) => (row % 3 === 0 ? 0 : 1)),
        );
        if (design.kind !== "replicate") return;
        const inOnePass = replicateTotals(design, [y]);
        const weights = new Float64Array(y.length);
        for (let replicate = 0; replicate < 12; replicate++) {
          fillReplicate(design, replicate, weights);
          expect(inOnePass[replicate]?.[0]).toBeCloseTo(
            weights.reduce((sum, weight, row) => sum + weight * (y[row] ?? 0), 0),
            7,
          );
        }
      }),
      { numRuns: 30 },
    );
  });

  test("are refused when something about them cannot be", () => {
    const two = [column([1, 1]), column([2, 0])];
    expect(codeOf(() => givenReplicates(2, { type: "JKn", columns: two, weights: column([1, 1]) }))).toBe("replicates-invalid");
    expect(codeOf(() => givenReplicates(2, { type: "Fay", columns: two, weights: column([1, 1]) }))).toBe("replicates-invalid");
    expect(codeOf(() => givenReplicates(2, { type: "BRR", columns: two }))).toBe("replicates-invalid");
    expect(codeOf(() => givenReplicates(2, { type: "BRR", columns: two.slice(1), combined: false }))).toBe("replicates-invalid");
    expect(codeOf(() => givenReplicates(2, { type: "other", columns: two, combined: false, rscales: [1, 1, 1] }))).toBe("replicates-invalid");
    expect(codeOf(() => makeReplicates(makeDesign({ rows: 3, strata: [groups([0, 0, 1])] }), { type: "JKn" }))).toBe("lonely-psu");
    expect(codeOf(() => makeReplicates(makeDesign({ rows: 4, strata: [groups([0, 0, 1, 1])] }), { type: "JK1" }))).toBe("replicates-invalid");
  });
});

describe("a design is refused, with the row", () => {
  const refused = (run: () => unknown): readonly [string, unknown] => {
    try {
      run();
    } catch (error) {
      if (error instanceof SurveyError) return [error.code, error.data["row"]];
      throw error;
    }
    return ["nothing", null];
  };
  test.each([
    ["weight of zero", { weights: column([1, 0, 1]) }, "weight-invalid", 2],
    ["weight below zero", { weights: column([1, 1, -3]) }, "weight-invalid", 3],
    ["missing weight", { weights: column([Number.NaN, 1, 1]) }, "weight-invalid", 1],
    ["sizes and fractions mixed", { fpc: [column([10, 0.5, 10])] }, "fpc-invalid", 1],
    ["population below the sample", { fpc: [column([2, 2, 2])] }, "fpc-invalid", 1],
    ["fpc that differs in a stratum", { fpc: [column([10, 10, 11])] }, "fpc-invalid", 3],
    ["missing fpc", { fpc: [column([10, Number.NaN, 10])] }, "fpc-invalid", 2],
    ["missing stratum", { strata: [{ ...groups([0, 0, 0]), codes: Int32Array.of(0, -1, 0) }] }, "value-missing", 2],
    ["cluster in two strata", { strata: [groups([0, 1, 1])], clusters: [groups([0, 0, 1])] }, "strata-not-nested", 2],
  ] as const)("%s", (_, part, code, row) => {
    expect(refused(() => makeDesign({ rows: 3, ...part }))).toEqual([code, row]);
  });

  test("but a cluster name that repeats is fine when nested", () => {
    const design = makeDesign({ rows: 4, strata: [groups([0, 0, 1, 1])], clusters: [groups([0, 1, 0, 1])], nest: true });
    expect(degreesOfFreedom(design)).toBe(2);
    expect(ratio(design, column([1, 2, 3, 4]), column([1, 1, 1, 1])).estimates[0]).toBe(2.5);
  });
});
