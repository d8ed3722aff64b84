/**
 * A small simplex for one purpose: the least and greatest value of sums of unknowns that are zero or more and satisfy equations whose one solution is known. Only the audit in this room calls it.
 *
 * Written here because what is kept as a package is either a WebAssembly solver of megabytes, built for problems a thousand times as large, or unmaintained. The matrices are zeros and ones of some hundred
 * rows, the truth is a feasible point (so there is no first phase: it is walked to a vertex), and one basis serves all questions in turn.
 */

const TINY = 1e-9;

/**
 * @param rows independent equations, as coefficients of the unknowns
 * @param start a solution, zero or more
 * @param targets sums to be bounded, as coefficients
 * @returns bounds per target; `high` may be infinite
 */
export function intervals(
  rows: readonly (readonly number[])[],
  start: readonly number[],
  targets: readonly (readonly number[])[],
): readonly { readonly low: number; readonly high: number }[] {
  const tableau = new Tableau(rows, start);
  return targets.map((target) => ({ high: tableau.maximize(target), low: 0 - tableau.maximize(target.map((value) => 0 - value)) }));
}

/** Equations solved for a set of basic unknowns: each row says basic = value - sum of coefficient * other. */
class Tableau {
  readonly #rows: Float64Array[];
  readonly #basis: number[];
  readonly #values: Float64Array;
  readonly #width: number;

  constructor(rows: readonly (readonly number[])[], start: readonly number[]) {
    this.#width = start.length;
    const right = rows.map((row) => row.reduce((sum, value, at) => sum + value * (start[at] ?? 0), 0));
    this.#rows = rows.map((row) => Float64Array.from(row));
    this.#basis = [];
    this.#values = Float64Array.from(right);
    // The largest unknowns first: those that are zero in the truth stay outside the basis, so that it is feasible or nearly so.
    const order = start.map((_, at) => at).toSorted((a, b) => (start[b] ?? 0) - (start[a] ?? 0));
    for (let row = 0; row < rows.length; row += 1) this.#basis.push(-1);
    const point = Float64Array.from(start);
    for (const column of order) {
      const row = this.#rows.findIndex((one, index) => this.#basis[index] === -1 && Math.abs(one[column] ?? 0) > 1e-7);
      if (row >= 0) this.#pivot(row, column);
    }
    this.#crash(point);
  }

  /** Walks the known solution to a vertex: every unknown outside the basis is moved to zero, or until a basic one gets there and they change places. */
  #crash(point: Float64Array): void {
    for (;;) {
      const column = point.findIndex((value, at) => value > TINY && !this.#basis.includes(at));
      if (column < 0) break;
      // Lower this unknown: basic ones change by +coefficient per unit.
      let step = point[column] ?? 0;
      let leaving = -1;
      for (const [row, coefficients] of this.#rows.entries()) {
        const slope = coefficients[column] ?? 0;
        if (slope >= -TINY) continue;
        const room = (point[this.#basis[row] ?? 0] ?? 0) / -slope;
        if (room < step - TINY) {
          step = Math.max(0, room);
          leaving = row;
        }
      }
      for (const [row, coefficients] of this.#rows.entries()) {
        const basic = this.#basis[row] ?? 0;
        point[basic] = Math.max(0, (point[basic] ?? 0) + (coefficients[column] ?? 0) * step);
      }
      point[column] = Math.max(0, (point[column] ?? 0) - step);
      if (leaving >= 0) {
        point[this.#basis[leaving] ?? 0] = 0;
        this.#pivot(leaving, column);
      } else point[column] = 0;
    }
    for (const [row, basic] of this.#basis.entries()) this.#values[row] = Math.max(0, point[basic] ?? 0);
  }

  #pivot(row: number, column: number): void {
    const head = this.#rows[row];
    if (head === undefined) return;
    const scale = head[column] ?? 1;
    for (let at = 0; at < this.#width; at += 1) head[at] = (head[at] ?? 0) / scale;
    this.#values[row] = (this.#values[row] ?? 0) / scale;
    for (const [index, other] of this.#rows.entries()) {
      const factor = other[column] ?? 0;
      if (index === row || Math.abs(factor) < 1e-12) continue;
      for (let at = 0; at < this.#width; at += 1) {
        const value = (other[at] ?? 0) - factor * (head[at] ?? 0);
        other[at] = Math.abs(value) < 1e-11 ? 0 : value;
      }
      other[column] = 0;
      this.#values[index] = (this.#values[index] ?? 0) - factor * (this.#values[row] ?? 0);
    }
    this.#basis[row] = column;
  }

  /** Greatest value of the sum; the basis stays where it ended, for the next question. Bland's rule once steps stop helping, so it ends. */
  maximize(target: readonly number[]): number {
    const reduced = Float64Array.from(target);
    for (const [row, basic] of this.#basis.entries()) this.#lower(reduced, row, target[basic] ?? 0);
    let stalled = 0;
    for (;;) {
      let column = -1;
      for (let at = 0; at < this.#width; at += 1) {
        const gain = reduced[at] ?? 0;
        if (gain > TINY && (column < 0 || (stalled < 50 && gain > (reduced[column] ?? 0)))) column = at;
      }
      if (column < 0) break;
      let row = -1;
      let step = Number.POSITIVE_INFINITY;
      for (const [index, coefficients] of this.#rows.entries()) {
        const slope = coefficients[column] ?? 0;
        if (slope <= TINY) continue;
        const room = Math.max(0, this.#values[index] ?? 0) / slope;
        if (room < step - TINY || (room < step + TINY && row >= 0 && (this.#basis[index] ?? 0) < (this.#basis[row] ?? 0))) {
          step = Math.min(step, room);
          row = index;
        }
      }
      if (row < 0) return Number.POSITIVE_INFINITY;
      stalled = step > TINY ? 0 : stalled + 1;
      this.#pivot(row, column);
      this.#lower(reduced, row, reduced[column] ?? 0);
    }
    return this.#basis.reduce((sum, basic, row) => sum + (target[basic] ?? 0) * (this.#values[row] ?? 0), 0);
  }

  #lower(reduced: Float64Array, row: number, by: number): void {
    if (by === 0) return;
    const coefficients = this.#rows[row];
    for (let at = 0; at < this.#width; at += 1) reduced[at] = (reduced[at] ?? 0) - by * (coefficients?.[at] ?? 0);
  }
}
