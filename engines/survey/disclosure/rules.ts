/** Which cells are sensitive, and how wide the uncertainty about them must stay. Pure; whoever publishes calls it before suppressing. */
import { DisclosureError } from "./errors.ts";
import { eachCellOf, type Cube } from "./table.ts";

/** A cell that may not be published, and what must stay possible in the eyes of who knows everything else. */
export interface Sensitive {
  readonly cell: number;
  /** A value of at least its own plus this must stay possible; above zero. */
  readonly upper: number;
  /** A value of at most its own minus this must stay possible; zero or more, at most the value. */
  readonly lower: number;
  /** Rule that made it sensitive. */
  readonly rule: "minimum" | "dominance" | "p-percent" | "given";
}

/** Fewest people, unweighted, in a published cell or in what any published number is about, unless a setting says otherwise. */
export const DEFAULT_MINIMUM = 10;

/**
 * Minimum frequency: a cell with 1 to `minimum` - 1 people is sensitive. Protected when a reader cannot exclude that it has `minimum` people (upper) nor that it has one fewer than it has (lower).
 * Hundepool et al., Statistical Disclosure Control (2012), section 5.2.
 * @param cells value of every cell, from `cellValues`: unweighted counts
 * @param zeros `published`: an empty cell is shown as empty. `sensitive`: it is suppressed as well, where that nobody is there tells something
 * @throws DisclosureError `setting-invalid`.
 */
export function minimumRule(
  cube: Cube,
  cells: Float64Array,
  minimum: number = DEFAULT_MINIMUM,
  zeros: "published" | "sensitive" = "published",
): readonly Sensitive[] {
  if (!Number.isSafeInteger(minimum) || minimum < 2)
    throw new DisclosureError("setting-invalid", `A minimum of ${minimum} protects nobody: give a whole number from 2.`);
  const found: Sensitive[] = [];
  for (let cell = 0; cell < cube.size; cell += 1) {
    const value = cells[cell] ?? 0;
    if (cube.published[cell] !== 1 || value >= minimum || (value === 0 && zeros === "published")) continue;
    found.push({ cell, upper: minimum - value, lower: Math.min(value, 1), rule: "minimum" });
  }
  return found;
}

/**
 * Minimum frequency for shares: one dimension of the cube is the answer to a question, and a share is published beside the n it is of. Sensitive is each base (answer at `*`) with 1 to `minimum` - 1 people, as by
 * {@link minimumRule}, and with it every answer in it, of which one more and one fewer must stay possible. A small count of *one answer* in a large base is not sensitive: that is the figure itself.
 * Counts and shares are one table here, so its witnesses hold for both at once: what a share beside its n reveals is in the table.
 * @param cells value of every cell: unweighted counts; @param answer dimension that holds the answers
 * @throws DisclosureError `setting-invalid`, `dimension-unknown`.
 */
export function shareRule(cube: Cube, cells: Float64Array, answer: string, minimum: number = DEFAULT_MINIMUM): readonly Sensitive[] {
  const which = dimensionOf(cube, answer);
  const stride = cube.strides[which] ?? 0;
  const codes = cube.dimensions[which]?.codes.length ?? 0;
  return minimumRule(cube, cells, minimum).flatMap((base) => {
    if (Math.floor(base.cell / stride) % codes !== 0) return [];
    const answers = Array.from({ length: codes - 1 }, (_, code) => base.cell + (code + 1) * stride).filter((cell) => cube.published[cell] === 1);
    return [base, ...answers.map((cell): Sensitive => ({ cell, upper: 1, lower: Math.min(cells[cell] ?? 0, 1), rule: "minimum" }))];
  });
}

/**
 * For each atom, whether nobody is in its base (the same group, whatever the answer): that a reader may know, while that nobody gave this answer is not known beforehand.
 * @throws DisclosureError `dimension-unknown`.
 */
export function emptyBase(cube: Cube, cells: Float64Array, answer: string): readonly boolean[] {
  const which = dimensionOf(cube, answer);
  const stride = cube.strides[which] ?? 0;
  const codes = cube.dimensions[which]?.codes.length ?? 1;
  return cube.atoms.map((cell) => cells[cell - (Math.floor(cell / stride) % codes) * stride] === 0);
}

function dimensionOf(cube: Cube, answer: string): number {
  const which = cube.dimensions.findIndex(({ id }) => id === answer);
  if (which < 0) throw new DisclosureError("dimension-unknown", `There is no dimension ${answer} in this table.`, { dimension: answer });
  return which;
}

/** Rules over who contributes how much to a total (turnover, hours, costs): the classical rules for magnitude tables. */
export interface ConcentrationSettings {
  /** (n, k) rule: sensitive when the `n` largest contributors have more than `k` percent of the total. */
  readonly dominance?: { readonly n: number; readonly k: number };
  /** p % rule: sensitive when the second largest can estimate the largest to within `p` percent. */
  readonly percent?: number;
}

/**
 * Concentration: (n, k) dominance and the p % rule, with their protection levels (Hundepool et al. 2012, sections 4.2 and 4.3): (100/k) x the n largest - total, and (p/100) x the largest - the rest without the
 * two largest. The levels hold to both sides.
 * @param contributions of each contributor, per atom; zero or more
 * @throws DisclosureError `setting-invalid`, `table-malformed`.
 */
export function concentrationRule(cube: Cube, contributions: readonly (readonly number[])[], settings: ConcentrationSettings): readonly Sensitive[] {
  const { dominance, percent } = settings;
  if (dominance !== undefined && !(Number.isSafeInteger(dominance.n) && dominance.n >= 1 && dominance.k > 0 && dominance.k < 100)) {
    throw new DisclosureError("setting-invalid", "The dominance rule takes a whole n from 1 and a k between 0 and 100.");
  }
  if (percent !== undefined && !(percent > 0 && percent <= 100)) throw new DisclosureError("setting-invalid", "The p % rule takes a p above 0, at most 100.");
  if (contributions.some((each) => each.some((value) => !Number.isFinite(value) || value < 0)))
    throw new DisclosureError("table-malformed", "A contribution must be zero or more.");
  const keep = Math.max(2, dominance?.n ?? 0);
  const largest = new Map<number, number[]>();
  const totals = new Float64Array(cube.size);
  for (const atom of cube.atoms.keys()) {
    const own = (contributions[atom] ?? []).filter((value) => value > 0);
    if (own.length === 0) continue;
    const sum = own.reduce((a, b) => a + b, 0);
    const top = own.toSorted((a, b) => b - a).slice(0, keep);
    eachCellOf(cube, atom, (cell) => {
      totals[cell] = (totals[cell] ?? 0) + sum;
      largest.set(cell, [...(largest.get(cell) ?? []), ...top].toSorted((a, b) => b - a).slice(0, keep));
    });
  }
  const found: Sensitive[] = [];
  for (const [cell, top] of largest) {
    if (cube.published[cell] !== 1) continue;
    const total = totals[cell] ?? 0;
    const needs: [number, Sensitive["rule"]][] = [];
    if (dominance !== undefined) needs.push([(top.slice(0, dominance.n).reduce((a, b) => a + b, 0) * 100) / dominance.k - total, "dominance"]);
    if (percent !== undefined) needs.push([((top[0] ?? 0) * percent) / 100 - (total - (top[0] ?? 0) - (top[1] ?? 0)), "p-percent"]);
    const [need, rule] = needs.reduce((most, one) => (one[0] > most[0] ? one : most), [0, "given"]);
    if (need > 0) found.push({ cell, upper: need, lower: Math.min(need, total), rule });
  }
  return found.toSorted((a, b) => a.cell - b.cell);
}
