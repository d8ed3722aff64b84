/** What models ask of the columns they are given: length, missing answers, categories. The first level of a category is the one others are compared with. */
import { type CategoryColumn, type Column, groupsOf } from "#engines/survey/columns/column.ts";
import { SurveyError } from "#engines/survey/errors.ts";

/** The columns a formula may name, each as long as the design has rows. */
export type Frame = ReadonlyMap<string, Column>;

/** How many rows a column has. */
export function rowsOf(variable: Column): number {
  return variable.kind === "number" ? variable.values.length : variable.codes.length;
}

/** Whether the answer in this row is missing. */
export function isMissing(variable: Column, row: number): boolean {
  return variable.kind === "number" ? !Number.isFinite(variable.values[row] ?? Number.NaN) : (variable.codes[row] ?? -1) < 0;
}

/**
 * The column of that name.
 * @throws {@link SurveyError} `column-unknown`, or `column-length` when it has another number of rows.
 */
export function variableOf(frame: Frame, name: string, rows: number): Column {
  const variable = frame.get(name);
  if (variable === undefined) {
    throw new SurveyError("column-unknown", `there is no column ${JSON.stringify(name)}: the columns are ${[...frame.keys()].join(", ")}`, { column: name });
  }
  const length = rowsOf(variable);
  if (length !== rows) {
    throw new SurveyError("column-length", `column ${JSON.stringify(name)} has ${length} rows and the design ${rows}: give both for the same rows`, {
      column: name,
      rows: length,
    });
  }
  return variable;
}

/** A factor of the distinct values of a column of texts, sorted as R sorts them in the C locale; an empty text is a missing answer. */
export function factorOf(texts: readonly string[]): CategoryColumn {
  const levels = [...new Set(texts)].filter((text) => text !== "").sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const codes = new Map(levels.map((level, code) => [level, code]));
  return { kind: "category", levels, codes: Int32Array.from(texts, (text) => codes.get(text) ?? -1) };
}

/** A factor of the distinct values of any column; numbers are sorted as numbers. */
export function asFactor(variable: Column): CategoryColumn {
  if (variable.kind === "category") return variable;
  const { codes, names } = groupsOf(variable);
  return { kind: "category", levels: names, codes };
}
