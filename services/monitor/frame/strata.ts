/** From a sampling frame to strata that are crowds: who belongs where, and which strata must be merged. Pure; the desk's client and the command line call it. */
import { leastInvited, stratumName, stratumParts, type Stratum, type StratumKey } from "#services/monitor/contract/index.ts";

/** How the rest of a merged part is called: every class that was too small to stand alone. */
export const REST = "overig";

/** A stratum to be, with the rows of the frame that are in it. */
export interface FrameStratum {
  readonly key: StratumKey;
  /** Places in the list that was given. */
  readonly rows: readonly number[];
}

/**
 * Strata of at least `least` people each.
 *
 * [Note: How small strata are merged] Part by part, the least telling first: size class, then province, then organisation type, then function. At each step what is still too small is joined with what else is too
 * small and differs in that part only, under the name `overig`; whatever large stratum there is stays as it is. What is too small at the end is taken in by the smallest stratum of the same function, or else by the
 * smallest of all, and both together lose the parts in which they differ. A part in which all of a joined stratum turn out to be alike gets its code back. So nobody is left out, nobody stands in a smaller crowd than `least`, and the same frame always gives the same strata.
 *
 * @param rows who is in each row, in codes
 * @throws RangeError when the whole frame is smaller than `least`.
 */
export function strataOf(rows: readonly StratumKey[], least: number = leastInvited): FrameStratum[] {
  if (rows.length < least) throw new RangeError(`The frame has ${rows.length} people, and at least ${least} make a crowd.`);
  let strata = group(rows.map((key, row) => ({ key, rows: [row] })));
  for (const part of [...stratumParts].toReversed()) {
    const small = strata.filter((one) => one.rows.length < least).map(({ key, rows: own }) => ({ key: { ...key, [part]: REST }, rows: own }));
    strata = group([...strata.filter((one) => one.rows.length >= least), ...small]);
  }
  for (;;) {
    const small = strata.find((one) => one.rows.length < least);
    if (small === undefined) return group(strata.map((one) => ({ key: sharedBy(one.rows, rows) ?? one.key, rows: one.rows }))).toSorted(byName);
    const others = strata.filter((one) => one !== small).toSorted((a, b) => a.rows.length - b.rows.length || byName(a, b));
    const host = others.find(({ key }) => key.function === small.key.function) ?? others[0];
    if (host === undefined) return strata;
    const joined = { key: common(host.key, small.key), rows: [...host.rows, ...small.rows] };
    strata = group([...strata.filter((one) => one !== small && one !== host), joined]);
  }
}

const byName = (a: FrameStratum, b: FrameStratum): number => (stratumName(a.key) < stratumName(b.key) ? -1 : 1);

/** What these rows have in common. */
const sharedBy = (own: readonly number[], rows: readonly StratumKey[]): StratumKey | null =>
  own.reduce<StratumKey | null>((shared, row) => {
    const key = rows[row];
    return shared === null || key === undefined ? (key ?? shared) : common(shared, key);
  }, null);

const common = (a: StratumKey, b: StratumKey): StratumKey => ({
  function: a.function === b.function ? a.function : REST,
  organisationType: a.organisationType === b.organisationType ? a.organisationType : REST,
  province: a.province === b.province ? a.province : REST,
  sizeClass: a.sizeClass === b.sizeClass ? a.sizeClass : REST,
});

function group(parts: readonly FrameStratum[]): FrameStratum[] {
  const groups = Map.groupBy(parts, ({ key }) => stratumName(key));
  return [...groups.values()].flatMap((same) => {
    const [first] = same;
    return first === undefined ? [] : [{ key: first.key, rows: same.flatMap(({ rows }) => rows).toSorted((a, b) => a - b) }];
  });
}

/** Whom to invite of a stratum: everyone, or a sample drawn by chance without replacement. @param chance 0..1 for each draw, from a strong source */
export function drawOf(stratum: FrameStratum, size: number, chance: () => number): number[] {
  const left = [...stratum.rows];
  const drawn: number[] = [];
  while (drawn.length < size && left.length > 0) {
    const [row] = left.splice(Math.min(left.length - 1, Math.floor(chance() * left.length)), 1);
    if (row !== undefined) drawn.push(row);
  }
  return drawn.toSorted((a, b) => a - b);
}

/** How many to invite of each stratum for a sample of `size` in all: in proportion, never under `least`, never more than there are. */
export function allocate(strata: readonly FrameStratum[], size: number, least: number = leastInvited): number[] {
  const all = strata.reduce((sum, { rows }) => sum + rows.length, 0);
  return strata.map(({ rows }) => Math.min(rows.length, Math.max(least, Math.round((rows.length / all) * size))));
}

/** What the wave's statement says of it. */
export const stated = ({ key, rows }: FrameStratum, invited: number): Omit<Stratum, "spki"> => ({ key, population: rows.length, invited });
