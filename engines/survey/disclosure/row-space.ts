/**
 * Exact linear algebra over the rationals: which vectors follow from those that were published. Only the guard and the audit in this room call it.
 *
 * Rows are whole numbers; elimination multiplies crosswise and divides by the common divisor, so nothing is ever rounded. It runs on doubles while every number stays below 2^53 (for
 * matrices of table margins they stay below ten) and moves a row to big integers when one would not.
 */

/** Largest number that a product or difference of whole doubles may reach and still be exact. */
const EXACT = Number.MAX_SAFE_INTEGER;

type Row = Float64Array | readonly bigint[];

const isBig = (row: Row): row is readonly bigint[] => !(row instanceof Float64Array);
const toBig = (row: Row): readonly bigint[] => (isBig(row) ? row : Array.from(row, BigInt));

function gcd(a: number, b: number): number {
  let [x, y] = [Math.abs(a), Math.abs(b)];
  while (y !== 0) [x, y] = [y, x % y];
  return x;
}

function gcdBig(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

/** Divides the row by the greatest common divisor of its numbers, in place. */
function primitive(row: Float64Array): Float64Array {
  let divisor = 0;
  for (const value of row) {
    if (value === 0) continue;
    divisor = gcd(divisor, value);
    if (divisor === 1) return row;
  }
  if (divisor > 1) for (let at = 0; at < row.length; at += 1) row[at] = (row[at] ?? 0) / divisor;
  return row;
}

function primitiveBig(row: readonly bigint[]): Row {
  let divisor = 0n;
  for (const value of row) divisor = gcdBig(divisor, value);
  const reduced = divisor <= 1n ? row : row.map((value) => value / divisor);
  // Back to doubles as soon as it fits: later steps are a hundred times as fast.
  return reduced.every((value) => value >= -BigInt(EXACT) && value <= BigInt(EXACT)) ? Float64Array.from(reduced, Number) : reduced;
}

/** `row` with its number in `column` eliminated by `pivot`, up to scale. Columns before `column` are zero in both, or in the pivot. */
function eliminate(row: Row, pivot: Row, column: number): Row {
  if (!isBig(row) && !isBig(pivot)) {
    const [mine, theirs] = [row[column] ?? 0, pivot[column] ?? 0];
    const divisor = gcd(mine, theirs);
    const [times, less] = [theirs / divisor, mine / divisor];
    const next = new Float64Array(row.length);
    let largest = 0;
    for (let at = 0; at < row.length; at += 1) {
      const value = (row[at] ?? 0) * times - (pivot[at] ?? 0) * less;
      next[at] = value;
      if (value > largest) largest = value;
      else if (-value > largest) largest = -value;
    }
    // Exact when neither product nor difference passed 2^53.
    if (largest <= EXACT && fits(row, times) && fits(pivot, less)) return largest > 1 ? primitive(next) : next;
  }
  const [a, b] = [toBig(row), toBig(pivot)];
  const [mine, theirs] = [a[column] ?? 0n, b[column] ?? 0n];
  const divisor = gcdBig(mine, theirs);
  const [times, less] = [theirs / divisor, mine / divisor];
  return primitiveBig(a.map((value, at) => value * times - (b[at] ?? 0n) * less));
}

function fits(row: Float64Array, factor: number): boolean {
  if (Math.abs(factor) === 1) return true;
  const bound = EXACT / Math.abs(factor);
  for (const value of row) if (value > bound || value < -bound) return false;
  return true;
}

/** The value of a row as a double; exact for all rows that fit, right in sign and zero for all. */
const at = (row: Row, column: number): number => Number(row[column] ?? 0);

/** The span of the rows it was given, kept in echelon form: each pivot is the first column of its row. Whole numbers in, exact answers out. */
export class RowSpace {
  readonly #pivots = new Map<number, Row>();
  readonly #columns: number;

  /** @param columns numbers in a row */
  constructor(columns: number) {
    this.#columns = columns;
  }

  /** Number of independent rows. */
  get rank(): number {
    return this.#pivots.size;
  }

  /** Adds a row. @returns whether it said something that did not follow from the others */
  add(row: readonly number[]): boolean {
    let left: Row = Float64Array.from(row);
    for (let column = 0; column < this.#columns; column += 1) {
      if (at(left, column) === 0) continue;
      const pivot = this.#pivots.get(column);
      if (pivot === undefined) {
        this.#pivots.set(column, isBig(left) ? left : primitive(left));
        return true;
      }
      left = eliminate(left, pivot, column);
    }
    return false;
  }

  /** Whether the row follows from those added. */
  holds(row: readonly number[]): boolean {
    let left: Row = Float64Array.from(row);
    for (let column = 0; column < this.#columns; column += 1) {
      if (at(left, column) === 0) continue;
      const pivot = this.#pivots.get(column);
      if (pivot === undefined) return false;
      left = eliminate(left, pivot, column);
    }
    return true;
  }

  /** A basis of all vectors in the span that are zero in every column before `first`. */
  basisFrom(first: number): (readonly number[])[] {
    return [...this.#pivots].filter(([column]) => column >= first).map(([, row]) => Array.from(row, Number));
  }
}

/**
 * Writes `target` as a combination of `rows`: coefficients with `multiple * target = sum of coefficient * row`, as few as elimination in this order finds, in lowest terms.
 * @returns `null` when it does not follow from them
 */
export function combination(
  rows: readonly (readonly number[])[],
  target: readonly number[],
): { readonly coefficients: readonly number[]; readonly multiple: number } | null {
  const width = target.length;
  const pivots = new Map<number, Row>();
  const reduce = (row: Row): Row => {
    let left = row;
    for (let column = 0; column < width; column += 1) {
      if (at(left, column) === 0) continue;
      const pivot = pivots.get(column);
      if (pivot === undefined) {
        pivots.set(column, left);
        return left;
      }
      left = eliminate(left, pivot, column);
    }
    return left;
  };
  const unit = (which: number): number[] => rows.map((_, index) => (index === which ? 1 : 0)).concat(which === rows.length ? 1 : 0);
  for (const [index, row] of rows.entries()) reduce(Float64Array.from([...row, ...unit(index)]));
  const left = reduce(Float64Array.from([...target, ...unit(rows.length)]));
  if (Array.from({ length: width }, (_, column) => at(left, column)).some((value) => value !== 0)) return null;
  const multiple = at(left, width + rows.length);
  const sign = multiple > 0 ? -1 : 1;
  return { coefficients: rows.map((_, index) => sign * at(left, width + index) + 0), multiple: Math.abs(multiple) };
}

/** What is thought of a light vector: stop searching, nothing new, or heavier than its weights said. */
export type Judgement = "stop" | "known" | "heavy";

/**
 * Vectors of a span that touch little: subspaces whose whole support weighs less than `limit`, and single vectors that do, until `use` says stop.
 * When `use` calls a vector of a subspace heavy the subspace is split further; when it knows all of its basis it knows all of the subspace.
 * @param basis rows that span it; @param weights weight of each column, above zero and at most what it really weighs; @param budget steps at most
 * @returns `false` when the budget ran out before all were seen, or a number grew beyond 2^53
 */
export function lightVectors(
  basis: readonly (readonly number[])[],
  weights: readonly number[],
  limit: number,
  budget: number,
  use: (vector: readonly number[]) => Judgement,
): boolean {
  let steps = budget;
  let stopped = false;
  const walk = (rows: readonly (readonly number[])[], taken: ReadonlySet<number>, weight: number): void => {
    if (stopped || steps <= 0 || rows.length === 0) return;
    // A number that a double cannot hold was rounded on the way here: nothing may be concluded from it.
    steps = rows.every((row) => row.every((value) => Number.isSafeInteger(value))) ? steps - 1 : 0;
    if (steps === 0) return;
    const support = weights.map((_, column) => column).filter((column) => rows.some((row) => row[column] !== 0));
    const open = support.filter((column) => !taken.has(column));
    if (weight + open.reduce((sum, column) => sum + (weights[column] ?? 0), 0) < limit) {
      let heavy = false;
      for (const row of rows) {
        const judged = use(row);
        if (judged === "stop") stopped = true;
        if (stopped) return;
        heavy ||= judged === "heavy";
      }
      if (!heavy) return;
    }
    if (rows.length === 1 || open.length === 0) return;
    // The heaviest first: taking it in soon reaches the limit, leaving it out lowers the dimension.
    const column = open.reduce((best, one) => ((weights[one] ?? 0) > (weights[best] ?? 0) ? one : best), open[0] ?? 0);
    const pivot = rows.find((row) => row[column] !== 0);
    if (pivot === undefined) return;
    const without = rows
      .filter((row) => row !== pivot)
      .map((row) => (row[column] === 0 ? row : Array.from(eliminate(Float64Array.from(row), Float64Array.from(pivot), column), Number)));
    walk(without, taken, weight);
    const heavier = weight + (weights[column] ?? 0);
    if (heavier < limit) walk(rows, new Set([...taken, column]), heavier);
  };
  // Blocks of rows that share no column are judged apart: a vector over two blocks is heavier than its part in one.
  for (const block of blocks(basis)) walk(block, new Set(), 0);
  return steps > 0;
}

function blocks(basis: readonly (readonly number[])[]): (readonly (readonly number[])[])[] {
  const left = new Set(basis);
  const found: (readonly (readonly number[])[])[] = [];
  for (const start of basis) {
    if (!left.delete(start)) continue;
    const block = [start];
    for (let index = 0; index < block.length; index += 1) {
      const mine = block[index] ?? [];
      for (const other of left) {
        if (other.some((value, column) => value !== 0 && mine[column] !== 0)) {
          left.delete(other);
          block.push(other);
        }
      }
    }
    found.push(block);
  }
  return found;
}
