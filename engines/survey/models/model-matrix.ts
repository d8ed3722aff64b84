/** Turns terms into columns of numbers as R's `model.matrix` does: an intercept, treatment contrasts for factors, products for interactions. Used by every model of this room. */
import { SurveyError } from "#engines/survey/errors.ts";
import { termKey, termLabel, type Formula, type Term } from "./formula.ts";
import type { Column } from "#engines/survey/columns/column.ts";

/** The columns of a model over the rows that are used. */
export interface ModelMatrix {
  /** One array of numbers for each coefficient. */
  readonly columns: readonly Float64Array[];
  /** Names as R gives them: `(Intercept)`, `ell`, `stypeH`, `stypeH:ell`. */
  readonly names: readonly string[];
  /** For each column the position of its term in the formula, -1 for the intercept. */
  readonly termOf: readonly number[];
}

interface Block {
  readonly names: readonly string[];
  readonly columns: readonly Float64Array[];
}

function indicators(name: string, codes: Int32Array, levels: readonly string[], rows: Int32Array, full: boolean): Block {
  // Levels nobody in these rows has are left out, as R does.
  const seen = new Set<number>();
  for (const row of rows) seen.add(codes[row] ?? -1);
  const used = levels.map((_, code) => code).filter((code) => seen.has(code));
  if (used.length < 2) {
    throw new SurveyError(
      "domain-degenerate",
      `${JSON.stringify(name)} has only the level ${JSON.stringify(levels[used[0] ?? 0] ?? "")} among the rows of this model: leave it out, or widen the group`,
      { column: name },
    );
  }
  const shown = full ? used : used.slice(1);
  return {
    names: shown.map((code) => name + (levels[code] ?? "")),
    columns: shown.map((code) => Float64Array.from(rows, (row) => (codes[row] === code ? 1 : 0))),
  };
}

/** Products of every column of the one with every column of the other; the first varies fastest. */
function crossed(left: Block, right: Block): Block {
  const names: string[] = [];
  const columns: Float64Array[] = [];
  right.columns.forEach((b, j) => {
    left.columns.forEach((a, i) => {
      names.push(`${left.names[i] ?? ""}:${right.names[j] ?? ""}`);
      columns.push(a.map((value, row) => value * (b[row] ?? 0)));
    });
  });
  return { names, columns };
}

/**
 * The columns of `formula` over `rows` (positions in the variables; a row may occur more than once).
 * A factor in a term is coded by contrasts when the term without it is in the model too, and by all its levels otherwise: R's rule.
 * @throws {@link SurveyError} `domain-degenerate` when a factor has one level left.
 */
export function modelMatrix(formula: Formula, variables: ReadonlyMap<string, Column>, rows: Int32Array): ModelMatrix {
  const present = new Set(formula.terms.map(termKey));
  if (formula.intercept) present.add(termKey([]));
  const names: string[] = [];
  const columns: Float64Array[] = [];
  const termOf: number[] = [];
  if (formula.intercept) {
    names.push("(Intercept)");
    columns.push(new Float64Array(rows.length).fill(1));
    termOf.push(-1);
  }
  formula.terms.forEach((term, position) => {
    const block = termBlock(term, present, variables, rows);
    block.columns.forEach((column, i) => {
      names.push(block.names[i] ?? "");
      columns.push(column);
      termOf.push(position);
    });
  });
  return { names, columns, termOf };
}

function termBlock(term: Term, present: ReadonlySet<string>, variables: ReadonlyMap<string, Column>, rows: Int32Array): Block {
  let block: Block | null = null;
  for (const name of term) {
    const variable = variables.get(name);
    if (variable === undefined)
      throw new SurveyError("column-unknown", `term ${termLabel(term)} names ${JSON.stringify(name)}, which is no column`, { column: name });
    const full = !present.has(termKey(term.filter((other) => other !== name)));
    const own: Block =
      variable.kind === "number"
        ? { names: [name], columns: [Float64Array.from(rows, (row) => variable.values[row] ?? Number.NaN)] }
        : indicators(name, variable.codes, variable.levels, rows, full);
    block = block === null ? own : crossed(block, own);
  }
  return block ?? { names: [], columns: [] };
}
