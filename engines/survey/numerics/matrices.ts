/** Small dense matrices, row-major in one Float64Array: products, Cholesky, solving, symmetric and generalised eigenvalues. For k x k matrices of parameters, not for data of n rows. */

/** A square or rectangular matrix is a Float64Array of rows x columns numbers, row by row; its size travels beside it. */
type Matrix = Float64Array;

function at(a: Float64Array, index: number): number {
  return a[index] ?? 0;
}

/** The identity, k x k. */
export function identity(k: number): Matrix {
  const result = new Float64Array(k * k);
  for (let i = 0; i < k; i += 1) result[i * k + i] = 1;
  return result;
}

/** a (rows x inner) times b (inner x columns). */
export function multiply(a: Matrix, b: Matrix, rows: number, inner: number, columns: number): Matrix {
  const result = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i += 1) {
    for (let l = 0; l < inner; l += 1) {
      const factor = at(a, i * inner + l);
      if (factor === 0) continue;
      for (let j = 0; j < columns; j += 1) result[i * columns + j] = at(result, i * columns + j) + factor * at(b, l * columns + j);
    }
  }
  return result;
}

/** The transpose of a (rows x columns). */
export function transpose(a: Matrix, rows: number, columns: number): Matrix {
  const result = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i += 1) for (let j = 0; j < columns; j += 1) result[j * rows + i] = at(a, i * columns + j);
  return result;
}

/** m a m' for m (rows x k) and a (k x k): the covariance of m times a vector with covariance a. */
export function sandwich(m: Matrix, a: Matrix, rows: number, k: number): Matrix {
  return multiply(multiply(m, a, rows, k, k), transpose(m, rows, k), rows, k, rows);
}

/** The rows and columns `keep` of a k x k matrix. */
export function submatrix(a: Matrix, k: number, keep: readonly number[]): Matrix {
  const size = keep.length;
  const result = new Float64Array(size * size);
  keep.forEach((row, i) => {
    keep.forEach((column, j) => {
      result[i * size + j] = at(a, row * k + column);
    });
  });
  return result;
}

/** The lower triangle L with L L' = a for a symmetric positive definite a; `null` when a is not positive definite to working precision. */
export function cholesky(a: Matrix, k: number): Matrix | null {
  const l = new Float64Array(k * k);
  for (let j = 0; j < k; j += 1) {
    const diagonal = at(a, j * k + j);
    let pivot = diagonal;
    for (let m = 0; m < j; m += 1) pivot -= at(l, j * k + m) ** 2;
    if (!(pivot > diagonal * k * 2 ** -52) || !(diagonal > 0)) return null;
    const root = Math.sqrt(pivot);
    l[j * k + j] = root;
    for (let i = j + 1; i < k; i += 1) {
      let sum = at(a, i * k + j);
      for (let m = 0; m < j; m += 1) sum -= at(l, i * k + m) * at(l, j * k + m);
      l[i * k + j] = sum / root;
    }
  }
  return l;
}

/** The inverse of a lower triangle. */
export function invertLower(l: Matrix, k: number): Matrix {
  const result = new Float64Array(k * k);
  for (let j = 0; j < k; j += 1) {
    for (let i = j; i < k; i += 1) {
      let sum = i === j ? 1 : 0;
      for (let m = j; m < i; m += 1) sum -= at(l, i * k + m) * at(result, m * k + j);
      result[i * k + j] = sum / at(l, i * k + i);
    }
  }
  return result;
}

/** The inverse of a symmetric positive definite matrix; `null` when it is none. */
export function invertDefinite(a: Matrix, k: number): Matrix | null {
  const l = cholesky(a, k);
  if (l === null) return null;
  const inverse = invertLower(l, k);
  return multiply(transpose(inverse, k, k), inverse, k, k, k);
}

/** x with a x = b for a (k x k) and b (k x columns), by elimination with row pivots; `null` when a is singular to working precision. */
export function solve(a: Matrix, b: Matrix, k: number, columns: number): Matrix | null {
  const left = Float64Array.from(a);
  const right = Float64Array.from(b);
  const scale = left.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const swap = (m: Matrix, width: number, i: number, j: number): void => {
    for (let c = 0; c < width; c += 1) {
      const kept = at(m, i * width + c);
      m[i * width + c] = at(m, j * width + c);
      m[j * width + c] = kept;
    }
  };
  for (let j = 0; j < k; j += 1) {
    let pivot = j;
    for (let i = j + 1; i < k; i += 1) if (Math.abs(at(left, i * k + j)) > Math.abs(at(left, pivot * k + j))) pivot = i;
    const value = at(left, pivot * k + j);
    if (!(Math.abs(value) > scale * k * 2 ** -52)) return null;
    if (pivot !== j) {
      swap(left, k, pivot, j);
      swap(right, columns, pivot, j);
    }
    for (let i = j + 1; i < k; i += 1) {
      const factor = at(left, i * k + j) / value;
      if (factor === 0) continue;
      for (let c = j; c < k; c += 1) left[i * k + c] = at(left, i * k + c) - factor * at(left, j * k + c);
      for (let c = 0; c < columns; c += 1) right[i * columns + c] = at(right, i * columns + c) - factor * at(right, j * columns + c);
    }
  }
  for (let i = k - 1; i >= 0; i -= 1) {
    for (let c = 0; c < columns; c += 1) {
      let sum = at(right, i * columns + c);
      for (let m = i + 1; m < k; m += 1) sum -= at(left, i * k + m) * at(right, m * columns + c);
      right[i * columns + c] = sum / at(left, i * k + i);
    }
  }
  return right;
}

/** b' a^-1 b for a symmetric a: a Wald statistic. `null` when a is singular. */
export function inverseQuadratic(a: Matrix, b: Float64Array, k: number): number | null {
  const solved = solve(a, b, k, 1);
  return solved === null ? null : solved.reduce((sum, value, i) => sum + value * at(b, i), 0);
}

/** Eigenvalues (largest first) of a symmetric matrix, and the eigenvectors as the columns of `vectors`. Cyclic Jacobi rotations: slow for large k, accurate for small. */
export function symmetricEigen(a: Matrix, k: number): { values: Float64Array; vectors: Matrix } {
  const m = Float64Array.from(a);
  const v = identity(k);
  for (let sweep = 0; sweep < 100; sweep += 1) {
    let off = 0;
    let total = 0;
    for (let i = 0; i < k; i += 1) {
      for (let j = 0; j < k; j += 1) {
        const square = at(m, i * k + j) ** 2;
        total += square;
        if (i !== j) off += square;
      }
    }
    if (off <= total * 1e-36) break;
    for (let p = 0; p < k - 1; p += 1) for (let q = p + 1; q < k; q += 1) rotate(m, v, k, p, q);
  }
  const order = Array.from({ length: k }, (_, i) => i).sort((i, j) => at(m, j * k + j) - at(m, i * k + i));
  const values = new Float64Array(k);
  const vectors = new Float64Array(k * k);
  order.forEach((from, to) => {
    values[to] = at(m, from * k + from);
    for (let i = 0; i < k; i += 1) vectors[i * k + to] = at(v, i * k + from);
  });
  return { values, vectors };
}

/** One Jacobi rotation that brings element (p, q) to zero. */
function rotate(m: Matrix, v: Matrix, k: number, p: number, q: number): void {
  const element = at(m, p * k + q);
  if (element === 0) return;
  const theta = (at(m, q * k + q) - at(m, p * k + p)) / (2 * element);
  const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const c = 1 / Math.hypot(t, 1);
  const s = t * c;
  for (let i = 0; i < k; i += 1) {
    const x = at(m, i * k + p);
    const y = at(m, i * k + q);
    m[i * k + p] = c * x - s * y;
    m[i * k + q] = s * x + c * y;
  }
  for (let i = 0; i < k; i += 1) {
    const x = at(m, p * k + i);
    const y = at(m, q * k + i);
    m[p * k + i] = c * x - s * y;
    m[q * k + i] = s * x + c * y;
    const left = at(v, i * k + p);
    const right = at(v, i * k + q);
    v[i * k + p] = c * left - s * right;
    v[i * k + q] = s * left + c * right;
  }
}

/** Eigenvalues (largest first) of b^-1 a for symmetric a and symmetric positive definite b; `null` when b is not positive definite. */
export function generalizedEigenvalues(a: Matrix, b: Matrix, k: number): Float64Array | null {
  const l = cholesky(b, k);
  if (l === null) return null;
  const reduced = sandwich(invertLower(l, k), a, k, k);
  // Rounding leaves the two triangles a hair apart.
  const even = reduced.map((value, i) => (value + at(reduced, (i % k) * k + Math.floor(i / k))) / 2);
  return symmetricEigen(even, k).values;
}
