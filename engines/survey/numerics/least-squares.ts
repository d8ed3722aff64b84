/** Weighted least squares by Householder QR for a tall matrix given by columns, with the pivoting R uses: columns keep their order, and one that depends on those before it moves to the end. */

/** What a least-squares fit gives. Arrays over columns are in the order the columns were given. */
export interface LeastSquares {
  /** One number for each column; `null` for a column that depends on earlier ones (R prints NA there). */
  readonly coefficients: readonly (number | null)[];
  /** Number of columns that are independent. */
  readonly rank: number;
  /** Positions of the independent columns, in order. */
  readonly kept: readonly number[];
  /** (X'X)^-1 over the kept columns, rank x rank row-major. */
  readonly crossInverse: Float64Array;
}

function dot(a: Float64Array, b: Float64Array, from: number): number {
  let sum = 0;
  for (let i = from; i < a.length; i += 1) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

/**
 * Least squares of `y` on `columns` (each of n numbers, already multiplied by the square root of the weight, as `y` is).
 * A column counts as dependent when what the columns before it leave of it is shorter than `tolerance` times its own length.
 * @throws RangeError when lengths differ.
 */
export function leastSquares(columns: readonly Float64Array[], y: Float64Array, tolerance: number): LeastSquares {
  for (const column of columns) if (column.length !== y.length) throw new RangeError(`leastSquares: a column has ${column.length} rows and y has ${y.length}`);
  const response = Float64Array.from(y);
  // Each column is reflected by all kept ones before it; the head of `work[j]` up to its own row is column j of R.
  const work = columns.map((column) => Float64Array.from(column));
  const kept: number[] = [];
  const reflectors: Float64Array[] = [];
  work.forEach((column, j) => {
    const row = kept.length;
    const length = Math.sqrt(dot(column, column, 0));
    reflectors.forEach((reflector, before) => {
      reflect(reflector, column, before);
    });
    const rest = row < column.length ? Math.sqrt(dot(column, column, row)) : 0;
    if (!(rest > length * tolerance) || rest === 0) return;
    const head = column[row] ?? 0;
    const sign = head >= 0 ? 1 : -1;
    const reflector = new Float64Array(column.length);
    for (let i = row; i < column.length; i += 1) reflector[i] = (column[i] ?? 0) / rest;
    reflector[row] = (reflector[row] ?? 0) + sign;
    reflectors.push(reflector);
    reflect(reflector, response, row);
    column[row] = -sign * rest;
    kept.push(j);
  });
  const rank = kept.length;
  const triangle = new Float64Array(rank * rank);
  kept.forEach((j, column) => {
    for (let row = 0; row <= column; row += 1) triangle[row * rank + column] = work[j]?.[row] ?? 0;
  });
  const inverse = invertUpper(triangle, rank);
  const crossInverse = new Float64Array(rank * rank);
  const coefficients: (number | null)[] = columns.map(() => null);
  for (let i = 0; i < rank; i += 1) {
    let value = 0;
    for (let j = i; j < rank; j += 1) value += (inverse[i * rank + j] ?? 0) * (response[j] ?? 0);
    const place = kept[i];
    if (place !== undefined) coefficients[place] = value;
    for (let j = 0; j < rank; j += 1) {
      let sum = 0;
      for (let m = Math.max(i, j); m < rank; m += 1) sum += (inverse[i * rank + m] ?? 0) * (inverse[j * rank + m] ?? 0);
      crossInverse[i * rank + j] = sum;
    }
  }
  return { coefficients, rank, kept, crossInverse };
}

/** Apply I - v v' / v[row] to a vector, for a reflector as LINPACK keeps them (v[row] = 1 + |head|). */
function reflect(reflector: Float64Array, vector: Float64Array, row: number): void {
  const factor = dot(reflector, vector, row) / Math.abs(reflector[row] ?? 1);
  for (let i = row; i < vector.length; i += 1) vector[i] = (vector[i] ?? 0) - factor * (reflector[i] ?? 0);
}

function invertUpper(r: Float64Array, k: number): Float64Array {
  const result = new Float64Array(k * k);
  for (let j = 0; j < k; j += 1) {
    for (let i = j; i >= 0; i -= 1) {
      let sum = i === j ? 1 : 0;
      for (let m = i + 1; m <= j; m += 1) sum -= (r[i * k + m] ?? 0) * (result[m * k + j] ?? 0);
      result[i * k + j] = sum / (r[i * k + i] ?? 1);
    }
  }
  return result;
}
