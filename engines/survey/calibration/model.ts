/** What weights must add up to: margins of groups and totals of numbers, made into columns with one total each, contradictions refused. Called by the other files of this room. */
import { type Groups } from "#engines/survey/columns/column.ts";
import { SurveyError } from "#engines/survey/errors.ts";

/** One margin: every group with its population total, or a number with the population's sum of it. */
export type Margin =
  | { readonly kind: "groups"; readonly name: string; readonly groups: Groups; readonly totals: ReadonlyMap<string, number> }
  | { readonly kind: "number"; readonly name: string; readonly values: Float64Array; readonly total: number };

/** Independent columns with the totals they must reach. */
export interface Constraints {
  readonly names: readonly string[];
  readonly columns: readonly Float64Array[];
  readonly totals: Float64Array;
}

/** Codes of a margin's groups with their totals. */
export interface MarginCells {
  readonly name: string;
  readonly codes: Int32Array;
  readonly totals: Float64Array;
}

/**
 * Groups that have weight, against groups that have a total.
 * @throws {@link SurveyError} `stratum-unknown` when one side has a group the other lacks, `totals-impossible` for a total that is negative or no number, `value-missing`.
 */
export function cellsOf(margin: Margin & { kind: "groups" }, weights: Float64Array): MarginCells {
  const { name, groups, totals } = margin;
  const used = new Uint8Array(groups.names.length);
  for (let row = 0; row < weights.length; row++) {
    if (weights[row] === 0) continue;
    const code = groups.codes[row] ?? -1;
    if (code === -1)
      throw new SurveyError("value-missing", `row ${row + 1} has no ${JSON.stringify(name)}: calibration needs it of everybody`, {
        row: row + 1,
        column: name,
      });
    used[code] = 1;
  }
  const target = new Float64Array(groups.names.length);
  groups.names.forEach((group, code) => {
    const total = totals.get(group);
    if (used[code] === 0) return;
    if (total === undefined)
      throw new SurveyError("stratum-unknown", `the sample has ${JSON.stringify(group)} in ${JSON.stringify(name)} and the totals do not: give its total`, {
        column: name,
        group,
      });
    if (!(total > 0) || !Number.isFinite(total))
      throw new SurveyError(
        "totals-impossible",
        `the total of ${JSON.stringify(group)} in ${JSON.stringify(name)} is ${total}, and the sample has people in it: totals must be above 0`,
        { column: name, group },
      );
    target[code] = total;
  });
  for (const [group, total] of totals) {
    const code = groups.names.indexOf(group);
    if (total !== 0 && (code === -1 || used[code] === 0))
      throw new SurveyError(
        "stratum-unknown",
        `the totals have ${JSON.stringify(group)} in ${JSON.stringify(name)} and the sample has nobody there: merge it with another group`,
        { column: name, group },
      );
  }
  return { name, codes: groups.codes, totals: target };
}

/** @throws {@link SurveyError} `totals-impossible` when two margins add up to different populations. */
export function samePopulation(margins: readonly MarginCells[]): void {
  const [first] = margins;
  if (first === undefined) return;
  const sum = (cells: MarginCells): number => cells.totals.reduce((all, total) => all + total, 0);
  for (const other of margins.slice(1))
    if (Math.abs(sum(other) - sum(first)) > 1e-6 * sum(first))
      throw new SurveyError(
        "totals-impossible",
        `the totals of ${JSON.stringify(first.name)} add up to ${sum(first)} and those of ${JSON.stringify(other.name)} to ${sum(other)}: margins of one population must agree`,
        {
          first: first.name,
          other: other.name,
        },
      );
}

/** Length outside the columns before, relative to its own, below which a column says nothing new. */
const DEPENDENT = 1e-9;
/** How far a total may be from what the other totals say it is. */
const AGREES = 1e-6;

/**
 * Margins as independent columns. A column that follows from those before (the last group of a second margin) is left out, after checking that its total follows too.
 * @throws {@link SurveyError} `totals-impossible`, and as {@link cellsOf}.
 */
export function constraintsOf(margins: readonly Margin[], weights: Float64Array): Constraints {
  const names: string[] = [];
  const columns: Float64Array[] = [];
  const totals: number[] = [];
  const basis: { direction: Float64Array; total: number }[] = [];
  const add = (name: string, column: Float64Array, total: number): void => {
    const rest = column.map((value, row) => (weights[row] === 0 ? 0 : value));
    const size = Math.sqrt(rest.reduce((sum, value) => sum + value * value, 0));
    let left = total;
    for (let pass = 0; pass < 2; pass++)
      for (const { direction, total: reached } of basis) {
        let inner = 0;
        for (let row = 0; row < rest.length; row++) inner += (rest[row] ?? 0) * (direction[row] ?? 0);
        for (let row = 0; row < rest.length; row++) rest[row] = (rest[row] ?? 0) - inner * (direction[row] ?? 0);
        left -= inner * reached;
      }
    const length = Math.sqrt(rest.reduce((sum, value) => sum + value * value, 0));
    if (length <= DEPENDENT * size || size === 0) {
      if (Math.abs(left) > AGREES * (1 + Math.abs(total)))
        throw new SurveyError("totals-impossible", `the total of ${name} is ${total}, but the other totals say ${total - left}: they cannot all be reached`, {
          margin: name,
        });
      return;
    }
    basis.push({ direction: rest.map((value) => value / length), total: left / length });
    names.push(name);
    columns.push(column);
    totals.push(total);
  };
  for (const margin of margins)
    if (margin.kind === "number") {
      const row = margin.values.findIndex((value, at) => weights[at] !== 0 && !Number.isFinite(value));
      if (row !== -1)
        throw new SurveyError("value-missing", `row ${row + 1} has no ${JSON.stringify(margin.name)}: calibration needs it of everybody`, {
          row: row + 1,
          column: margin.name,
        });
      if (!Number.isFinite(margin.total))
        throw new SurveyError("totals-impossible", `the total of ${JSON.stringify(margin.name)} is no number`, { column: margin.name });
      add(margin.name, margin.values, margin.total);
    } else {
      const cells = cellsOf(margin, weights);
      cells.totals.forEach((total, code) => {
        if (total !== 0)
          add(
            `${margin.name} ${margin.groups.names[code] ?? ""}`,
            Float64Array.from(cells.codes, (own) => (own === code ? 1 : 0)),
            total,
          );
      });
    }
  if (columns.length === 0) throw new SurveyError("totals-impossible", "there is nothing to calibrate to: give margins with totals");
  return { names, columns, totals: Float64Array.from(totals) };
}
