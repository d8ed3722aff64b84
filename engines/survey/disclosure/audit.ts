/**
 * What a reader can find out about suppressed cells, by linear programming and exact algebra: for judging a pattern that came from elsewhere, or that an editor changed by hand. Suppression itself does not need
 * it: its witnesses prove more (see [Note: Witness tables]).
 */
import { RowSpace } from "./row-space.ts";
import { cellValues, eachCellOf, type Cube } from "./table.ts";
import { intervals } from "./simplex.ts";

/** What can be told of a cell that is not published. */
export interface Told {
  readonly cell: number;
  /** Adding and subtracting published cells gives it exactly. */
  readonly exact: boolean;
  /** Lowest value that fits all that is published, when values are zero or more; whole numbers may leave less room, never more. */
  readonly low: number;
  /** Highest value; infinite when nothing bounds it. */
  readonly high: number;
}

/**
 * The feasibility interval of every published-table cell that is hidden (Hundepool et al. 2012, section 4.3).
 * @param values per atom; @param hidden cells that are suppressed; @param zeros `known`: a reader knows which atoms of the first measure are empty
 */
export function audit(cube: Cube, values: ArrayLike<number>, hidden: readonly number[], zeros: "known" | "unknown" = "known"): readonly Told[] {
  const away = new Set(hidden);
  const all = cellValues(cube, values);
  const inside = new Map<number, number[]>();
  // An atom that is published, or known to be empty, is no unknown.
  const free = Array.from(cube.atoms.keys()).filter((atom) => {
    const cell = cube.atoms[atom] ?? 0;
    return !(zeros === "known" && values[atom] === 0) && (cube.published[cell] !== 1 || away.has(cell));
  });
  const place = new Map(free.map((atom, index) => [atom, index]));
  for (const atom of cube.atoms.keys()) {
    eachCellOf(cube, atom, (cell) => {
      const index = place.get(atom);
      if (cube.published[cell] !== 1 || index === undefined) return;
      const list = inside.get(cell);
      if (list === undefined) inside.set(cell, [index]);
      else list.push(index);
    });
  }
  const space = new RowSpace(free.length);
  const rows: number[][] = [];
  const rowOf = (cell: number): number[] => {
    const row = Array.from<number>({ length: free.length }).fill(0);
    for (const index of inside.get(cell) ?? []) row[index] = 1;
    return row;
  };
  for (const cell of inside.keys()) {
    if (away.has(cell)) continue;
    const row = rowOf(cell);
    if (space.add(row)) rows.push(row);
  }
  const targets = hidden.map(rowOf);
  const start = free.map((atom) => values[atom] ?? 0);
  const found = intervals(rows, start, targets);
  return hidden.map((cell, index) => {
    // What of the cell is no unknown stays what it is.
    const fixed = (all[cell] ?? 0) - (inside.get(cell) ?? []).reduce((sum, one) => sum + (start[one] ?? 0), 0);
    const { low, high } = found[index] ?? { low: 0, high: Number.POSITIVE_INFINITY };
    return { cell, exact: space.holds(targets[index] ?? []), low: low + fixed, high: high + fixed };
  });
}
