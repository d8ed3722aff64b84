/** Typed columns: what an answer is once it has been read. The csv room makes them, every other room reads them. [Note: Missing is a value] Missing stands as NaN in numbers and -1 in codes, and nowhere else: a reader never makes NaN of anything but an empty field. */
import { SurveyError } from "#engines/survey/errors.ts";
import { isNumber } from "./number.ts";

/** Numbers, one per row; NaN is missing. */
export interface NumberColumn {
  readonly kind: "number";
  readonly values: Float64Array;
}

/** Names, one code per row; -1 is missing. Levels are sorted by code unit and each occurs. */
export interface CategoryColumn {
  readonly kind: "category";
  readonly codes: Int32Array;
  readonly levels: readonly string[];
}

/** A column of answers. */
export type Column = NumberColumn | CategoryColumn;

/** Columns of the same length, by name. */
export interface Table {
  readonly rows: number;
  readonly columns: ReadonlyMap<string, Column>;
  /** Line of the file a row stands on, from 1; left out: row + 2, under one line of names. */
  readonly lines?: Int32Array;
}

/** Line of the file where a row stands. */
export const lineOf = (table: Table, row: number): number => table.lines?.[row] ?? row + 2;

/** Codes of groups, dense from 0, with their names; -1 is missing. Values keep numbers numbers. */
export interface Groups {
  readonly codes: Int32Array;
  readonly names: readonly string[];
  readonly values: readonly (string | number)[];
}

/** @throws {@link SurveyError} `column-unknown` with the names that are there. */
export function columnOf(table: Table, name: string): Column {
  const column = table.columns.get(name);
  if (column !== undefined) return column;
  const near = [...table.columns.keys()].slice(0, 12).map((one) => JSON.stringify(one));
  throw new SurveyError(
    "column-unknown",
    `there is no column ${JSON.stringify(name)}; the data have ${near.join(", ")}${table.columns.size > 12 ? " and more" : ""}`,
    { column: name },
  );
}

/** Numbers of a column. @throws {@link SurveyError} `csv-value` with line and column of the first that is none. */
export function numbersOf(table: Table, name: string): Float64Array {
  const column = columnOf(table, name);
  if (column.kind === "number") return column.values;
  const row = column.codes.findIndex((code) => code >= 0 && !isNumber(column.levels[code] ?? ""));
  const shown = JSON.stringify(column.levels[column.codes[row] ?? 0] ?? "");
  throw new SurveyError(
    "csv-value",
    `line ${lineOf(table, row)}, column ${JSON.stringify(name)}: ${shown} is not a number, and this column must hold numbers (empty or NA for missing)`,
    {
      line: lineOf(table, row),
      column: name,
    },
  );
}

/** A column as groups: names as they are, numbers by value. */
export function groupsOf(column: Column): Groups {
  if (column.kind === "category") return { codes: column.codes, names: column.levels, values: column.levels };
  const distinct = new Set<number>();
  for (const value of column.values) if (Number.isFinite(value)) distinct.add(value);
  const values = [...distinct].sort((a, b) => a - b);
  const code = new Map(values.map((value, at) => [value, at]));
  const codes = new Int32Array(column.values.length);
  for (let row = 0; row < codes.length; row++) codes[row] = code.get(column.values[row] ?? Number.NaN) ?? -1;
  return { codes, names: values.map(String), values };
}

/** Groups by name. @throws {@link SurveyError} `column-unknown` */
export const groupsIn = (table: Table, name: string): Groups => groupsOf(columnOf(table, name));

/** Combinations of several groupings that occur, coded from 0 in order of their parts; missing in one is missing. `parts` gives the codes of each combination. */
export function crossed(groupings: readonly Groups[], rows: number): { readonly codes: Int32Array; readonly parts: readonly (readonly number[])[] } {
  if (groupings.length === 0) return { codes: new Int32Array(rows), parts: [[]] };
  let codes = Int32Array.from(groupings[0]?.codes ?? new Int32Array(rows));
  let parts: number[][] = (groupings[0]?.names ?? []).map((_, code) => [code]);
  ({ codes, parts } = dense(codes, parts));
  for (const next of groupings.slice(1)) {
    const width = next.names.length;
    const seen = new Map<number, number>();
    const keys: number[] = [];
    const joined = new Int32Array(rows);
    for (let row = 0; row < rows; row++) {
      const [left, right] = [codes[row] ?? -1, next.codes[row] ?? -1];
      if (left < 0 || right < 0) {
        joined[row] = -1;
        continue;
      }
      const key = left * width + right;
      let at = seen.get(key);
      if (at === undefined) {
        at = keys.length;
        seen.set(key, at);
        keys.push(key);
      }
      joined[row] = at;
    }
    const before = parts;
    const order = keys.map((_, at) => at).sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0));
    const rank = new Int32Array(order.length);
    order.forEach((at, place) => (rank[at] = place));
    for (let row = 0; row < rows; row++) if ((joined[row] ?? -1) >= 0) joined[row] = rank[joined[row] ?? 0] ?? -1;
    parts = order.map((at) => [...(before[Math.floor((keys[at] ?? 0) / width)] ?? []), (keys[at] ?? 0) % width]);
    codes = joined;
  }
  return { codes, parts };
}

/** Leaves out codes that do not occur. */
function dense(codes: Int32Array<ArrayBuffer>, parts: number[][]): { codes: Int32Array<ArrayBuffer>; parts: number[][] } {
  const used = new Uint8Array(parts.length);
  for (const code of codes) if (code >= 0) used[code] = 1;
  if (used.every((one) => one === 1)) return { codes, parts };
  const rank = new Int32Array(parts.length);
  let next = 0;
  for (let code = 0; code < parts.length; code++) rank[code] = used[code] === 1 ? next++ : -1;
  return { codes: codes.map((code) => (code < 0 ? -1 : (rank[code] ?? -1))), parts: parts.filter((_, code) => used[code] === 1) };
}
