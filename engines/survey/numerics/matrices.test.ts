/** Small matrices and least squares: what they return solves what was asked, and what has no solution is said to have none. */
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  cholesky,
  generalizedEigenvalues,
  identity,
  inverseQuadratic,
  invertDefinite,
  leastSquares,
  multiply,
  sandwich,
  solve,
  submatrix,
  symmetricEigen,
  transpose,
} from "./index.ts";

const K = 4;
const entry = fc.double({ min: -10, max: 10, noNaN: true });
const square = fc.array(entry, { minLength: K * K, maxLength: K * K }).map((values) => Float64Array.from(values));
/** m m' + I: symmetric, positive definite, not too badly conditioned. */
const definite = square.map((m) => sandwich(m, identity(K), K, K).map((value, i) => value + (i % (K + 1) === 0 ? 1 : 0)));

function near(got: ArrayLike<number>, wanted: ArrayLike<number>, tolerance: number): void {
  expect(got.length).toBe(wanted.length);
  for (let i = 0; i < got.length; i += 1) expect(Math.abs((got[i] ?? Number.NaN) - (wanted[i] ?? 0))).toBeLessThan(tolerance);
}

test("Cholesky's triangle times its transpose is the matrix", () => {
  fc.assert(
    fc.property(definite, (a) => {
      const l = cholesky(a, K);
      if (l === null) throw new Error("a definite matrix was refused");
      near(multiply(l, transpose(l, K, K), K, K, K), a, 1e-9);
    }),
  );
});

test("inverse, solution and quadratic form agree", () => {
  fc.assert(
    fc.property(definite, fc.array(entry, { minLength: K, maxLength: K }), (a, list) => {
      const b = Float64Array.from(list);
      const inverse = invertDefinite(a, K);
      const x = solve(a, b, K, 1);
      if (inverse === null || x === null) throw new Error("a definite matrix was refused");
      near(multiply(inverse, a, K, K, K), identity(K), 1e-8);
      near(multiply(a, x, K, K, 1), b, 1e-8);
      const quadratic = multiply(multiply(b, inverse, 1, K, K), b, 1, K, 1);
      expect(Math.abs((inverseQuadratic(a, b, K) ?? Number.NaN) - (quadratic[0] ?? 0))).toBeLessThan(1e-7 * (1 + Math.abs(quadratic[0] ?? 0)));
    }),
  );
});

test("eigenvectors are orthonormal and rebuild the matrix; values fall", () => {
  fc.assert(
    fc.property(definite, (a) => {
      const { values, vectors } = symmetricEigen(a, K);
      near(sandwich(transpose(vectors, K, K), identity(K), K, K), identity(K), 1e-12);
      const diagonal = identity(K).map((one, i) => one * (values[i % K] ?? 0));
      near(sandwich(vectors, diagonal, K, K), a, 1e-9);
      for (let i = 1; i < K; i += 1) expect(values[i] ?? 0).toBeLessThanOrEqual(values[i - 1] ?? 0);
    }),
  );
});

test("generalised eigenvalues of a with itself are 1, and scale with a", () => {
  fc.assert(
    fc.property(definite, fc.double({ min: 0.1, max: 9, noNaN: true }), (a, factor) => {
      near(
        generalizedEigenvalues(
          a.map((value) => value * factor),
          a,
          K,
        ) ?? [],
        new Float64Array(K).fill(factor),
        1e-8,
      );
    }),
  );
});

test("a singular matrix has no Cholesky triangle, no inverse and no solution", () => {
  const singular = Float64Array.of(1, 2, 2, 4);
  expect(cholesky(singular, 2)).toBeNull();
  expect(invertDefinite(singular, 2)).toBeNull();
  expect(solve(singular, Float64Array.of(1, 1), 2, 1)).toBeNull();
  expect(inverseQuadratic(singular, Float64Array.of(1, 1), 2)).toBeNull();
  expect(generalizedEigenvalues(identity(2), singular, 2)).toBeNull();
  expect([...submatrix(Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9), 3, [2, 0])]).toEqual([9, 7, 3, 1]);
});

test("least squares leaves residuals at right angles to every column", () => {
  const column = fc.array(entry, { minLength: 12, maxLength: 12 }).map((values) => Float64Array.from(values));
  fc.assert(
    fc.property(column, column, column, (a, b, y) => {
      const ones = new Float64Array(12).fill(1);
      const columns = [ones, a, b];
      const fit = leastSquares(columns, y, 1e-7);
      const residuals = y.map((value, i) => value - columns.reduce((sum, each, j) => sum + (fit.coefficients[j] ?? 0) * (each[i] ?? 0), 0));
      for (const each of columns) expect(Math.abs(each.reduce((sum, value, i) => sum + value * (residuals[i] ?? 0), 0))).toBeLessThan(1e-6);
    }),
  );
});

test("a column that follows from earlier ones is left out where it stands, and the rest is as without it", () => {
  const ones = new Float64Array(6).fill(1);
  const a = Float64Array.of(1, 2, 4, 8, 16, 32);
  const b = Float64Array.of(3, 1, 4, 1, 5, 9);
  const y = Float64Array.of(2, 7, 1, 8, 2, 8);
  const with3 = leastSquares([ones, a, a.map((value) => 5 - 3 * value), b], y, 1e-7);
  const without = leastSquares([ones, a, b], y, 1e-7);
  expect(with3.kept).toEqual([0, 1, 3]);
  expect(with3.coefficients[2]).toBeNull();
  near(with3.crossInverse, without.crossInverse, 1e-12);
  expect(() => leastSquares([ones], Float64Array.of(1), 1e-7)).toThrow(RangeError);
});
