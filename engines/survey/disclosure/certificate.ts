/**
 * Checks a pattern of suppression from its witnesses alone: by plain addition over whole tables, sharing nothing with the search that made them. Whoever publishes calls it before anything goes out, so that a
 * mistake in the search cannot reach a reader.
 */
import { cellValues, type Cube } from "./table.ts";
import { knownEmpty, type Measure, type Suppression, type Zeros } from "./suppress.ts";

/** What is wrong with a pattern; nothing is when the list is empty. */
export interface Flaw {
  readonly cell: number;
  readonly measure: string;
  readonly what:
    /** The sensitive cell is published. */
    | "published"
    /** No witness for this side. */
    | "unprotected"
    /** The witness does not reach the protection level. */
    | "too-narrow"
    /** The witness differs from the true table in a published cell, or is below zero, or puts people where there are known to be none. */
    | "contradicted";
}

/**
 * All flaws of a pattern. See [Note: Witness tables] for why no flaw means no reader can narrow a sensitive cell to within its protection interval.
 * @param zeros as it was suppressed with
 */
export function flawsOf(cube: Cube, measures: readonly Measure[], { primary, secondary, witnesses }: Suppression, zeros: Zeros = "known"): readonly Flaw[] {
  const suppressed = new Set([...primary, ...secondary]);
  const empty = knownEmpty(cube, measures[0]?.values ?? [], zeros);
  const flaws: Flaw[] = [];
  for (const { id, values, sensitive } of measures) {
    const truth = cellValues(cube, values);
    const wholeTruth = Array.from(values).every((value) => Number.isInteger(value));
    for (const { cell, upper, lower } of sensitive) {
      if (!suppressed.has(cell)) flaws.push({ cell, measure: id, what: "published" });
      for (const side of ["upper", "lower"] as const) {
        const need = side === "upper" ? upper : lower;
        if (need === 0) continue;
        const witness = witnesses.find((one) => one.measure === id && one.cell === cell && one.side === side);
        if (witness === undefined) {
          flaws.push({ cell, measure: id, what: "unprotected" });
          continue;
        }
        const other = Float64Array.from(values);
        for (const [atom, by] of witness.changes) other[atom] = (other[atom] ?? 0) + by;
        const seen = cellValues(cube, other);
        // Doubles that stand for measured amounts are sums in another order: equal to a billionth of the largest.
        const slack = wholeTruth ? 0 : 1e-9 * truth.reduce((largest, value) => Math.max(largest, value), 1);
        const negative = other.some((value) => value < -slack);
        const fractional = wholeTruth && other.some((value) => !Number.isInteger(value));
        const populated = other.some((value, atom) => value > slack && empty[atom] === 1);
        const differs = seen.some((value, at) => cube.published[at] === 1 && !suppressed.has(at) && Math.abs(value - (truth[at] ?? 0)) > slack);
        if (negative || fractional || populated || differs) flaws.push({ cell, measure: id, what: "contradicted" });
        const reached = ((seen[cell] ?? 0) - (truth[cell] ?? 0)) * (side === "upper" ? 1 : -1);
        if (reached < need - slack) flaws.push({ cell, measure: id, what: "too-narrow" });
      }
    }
  }
  return flaws;
}
