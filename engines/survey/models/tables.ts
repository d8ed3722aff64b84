/** Tests of association in a table of two questions, as R's `svychisq`: Pearson's X² with the corrections of Rao and Scott (1981, 1984), Wald tests, and the score test of a working linear model. */
import { covarianceOfReplicates, covarianceOfTotals, degreesOfFreedom, type Design } from "#engines/survey/design/index.ts";
import { SurveyError } from "#engines/survey/errors.ts";
import {
  chiSquare,
  chiSquareSumUpper,
  fisher,
  fisherSumUpper,
  generalizedEigenvalues,
  inverseQuadratic,
  multiply,
  sandwich,
  transpose,
} from "#engines/survey/numerics/index.ts";
import type { CategoryColumn } from "#engines/survey/columns/column.ts";

/**
 * Which test.
 * - `F`: X² over the trace, on (d0, d0 times df), the second-order correction. The one to use.
 * - `Chisq`: X² over the mean generalised design effect, first order.
 * - `Wald`, `adjWald`: of all interactions; the second with the adjustment for few clusters.
 * - `saddlepoint`: X² to its weighted sum of chi-squares. `lincom` gives the same number, as R does where the package CompQuadForm is not installed.
 * - `exact`: the same sum by integration; what R's `lincom` gives with that package, to more digits.
 * - `wls-score`: score test of the interaction in a working linear model. R divides its statistic twice by the number of interactions, which makes it careful beyond reason with more than one; so do we, to equal it.
 */
export type TableStatistic = "F" | "Chisq" | "Wald" | "adjWald" | "lincom" | "saddlepoint" | "exact" | "wls-score";

/** The statistics {@link tableTest} knows. */
export const tableStatistics = ["F", "Chisq", "Wald", "adjWald", "lincom", "saddlepoint", "exact", "wls-score"] as const satisfies readonly TableStatistic[];

/** A test of independence. */
export interface TableTest {
  readonly statistic: number;
  /** What the statistic is: an F, or Pearson's X². */
  readonly kind: "F" | "X-squared";
  /** Numerator degrees of freedom, or those of the chi-square; null where the reference is a weighted sum. */
  readonly numeratorDf: number | null;
  /** Null for a chi-square reference. */
  readonly denominatorDf: number | null;
  readonly p: number;
  /** Rows with weight and both answers. */
  readonly n: number;
  /** Replicates that gave no value and were left out. */
  readonly dropped: number;
}

/** Row, column and cell of every used row, over the levels that occur. Cells are numbered by row first: cell = row + rowLevels * column. */
interface Table {
  readonly used: Uint8Array;
  readonly cells: Int32Array;
  readonly rowLevels: number;
  readonly columnLevels: number;
  readonly n: number;
  readonly design: Design;
}

function occurring(variable: CategoryColumn, name: string, used: Uint8Array): Int32Array {
  const place = new Int32Array(variable.levels.length).fill(-1);
  variable.codes.forEach((code, row) => {
    if (used[row] === 1) place[code] = 0;
  });
  let count = 0;
  place.forEach((seen, code) => {
    if (seen === 0) {
      place[code] = count;
      count += 1;
    }
  });
  if (count < 2)
    throw new SurveyError("domain-degenerate", `everybody with both answers has the same answer to ${JSON.stringify(name)}: there is no association to test`, {
      column: name,
    });
  return place;
}

function tableOf(design: Design, row: CategoryColumn, column: CategoryColumn): Table {
  for (const { codes } of [row, column]) {
    if (codes.length !== design.rows) {
      throw new SurveyError("column-length", `a column has ${codes.length} rows and the design ${design.rows}: give both for the same rows`, {
        rows: codes.length,
      });
    }
  }
  const used = new Uint8Array(design.rows);
  let n = 0;
  for (let i = 0; i < design.rows; i += 1) {
    if (design.weights[i] === 0 || (row.codes[i] ?? -1) < 0 || (column.codes[i] ?? -1) < 0) continue;
    used[i] = 1;
    n += 1;
  }
  if (n === 0) throw new SurveyError("domain-empty", "nobody with weight answered both questions");
  const rowPlace = occurring(row, "row", used);
  const columnPlace = occurring(column, "column", used);
  const rowLevels = Math.max(...rowPlace) + 1;
  const columnLevels = Math.max(...columnPlace) + 1;
  const cells = new Int32Array(design.rows).fill(-1);
  for (let i = 0; i < design.rows; i += 1) {
    if (used[i] === 1) cells[i] = (rowPlace[row.codes[i] ?? 0] ?? 0) + rowLevels * (columnPlace[column.codes[i] ?? 0] ?? 0);
  }
  return { used, cells, rowLevels, columnLevels, n, design };
}

function cellTotals({ cells, rowLevels, columnLevels }: Table, weights: Float64Array): Float64Array {
  const totals = new Float64Array(rowLevels * columnLevels);
  cells.forEach((cell, row) => {
    if (cell >= 0) totals[cell] = (totals[cell] ?? 0) + (weights[row] ?? 0);
  });
  return totals;
}

/** Zeros and ones, one column for each cell. */
function cellColumns({ cells, rowLevels, columnLevels }: Table): Float64Array[] {
  return Array.from({ length: rowLevels * columnLevels }, (_, cell) => Float64Array.from(cells, (own) => (own === cell ? 1 : 0)));
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Proportions of the cells and their covariance. */
function proportions(table: Table): { shares: Float64Array; covariance: Float64Array; dropped: number } {
  const { design } = table;
  const totals = cellTotals(table, design.weights);
  const total = sum(totals);
  const shares = totals.map((value) => value / total);
  if (design.kind === "replicate") {
    const spread = covarianceOfReplicates(
      design,
      (weights) => {
        const own = cellTotals(table, weights);
        const all = sum(own);
        return own.map((value) => value / all);
      },
      shares,
    );
    return { shares, ...spread };
  }
  const scores = cellColumns(table).map((column, cell) => column.map((value, row) => (table.used[row] === 1 ? (value - (shares[cell] ?? 0)) / total : 0)));
  return { shares, covariance: covarianceOfTotals(design, scores), dropped: 0 };
}

/** Pearson's X² of the shares, scaled to n answers. */
function pearson({ rowLevels, columnLevels, n }: Table, shares: Float64Array): number {
  const { rows, columns } = margins(shares, rowLevels, columnLevels);
  let statistic = 0;
  for (let c = 0; c < columnLevels; c += 1) {
    for (let r = 0; r < rowLevels; r += 1) {
      const expected = (rows[r] ?? 0) * (columns[c] ?? 0);
      statistic += ((shares[r + rowLevels * c] ?? 0) - expected) ** 2 / expected;
    }
  }
  return n * statistic;
}

function margins(cells: Float64Array, rowLevels: number, columnLevels: number): { rows: Float64Array; columns: Float64Array } {
  const rows = new Float64Array(rowLevels);
  const columns = new Float64Array(columnLevels);
  cells.forEach((value, cell) => {
    const r = cell % rowLevels;
    const c = Math.floor(cell / rowLevels);
    rows[r] = (rows[r] ?? 0) + value;
    columns[c] = (columns[c] ?? 0) + value;
  });
  return { rows, columns };
}

/**
 * Contrasts of the cells that are orthogonal to both margins, one for each interaction, as columns of a cells x interactions matrix.
 * The generalised design effects do not depend on which such contrasts are taken.
 */
function interactionContrasts(rowLevels: number, columnLevels: number): Float64Array {
  const count = (rowLevels - 1) * (columnLevels - 1);
  const matrix = new Float64Array(rowLevels * columnLevels * count);
  let at = 0;
  for (let c = 1; c < columnLevels; c += 1) {
    for (let r = 1; r < rowLevels; r += 1) {
      for (const [cellRow, cellColumn, value] of [
        [0, 0, 1],
        [r, 0, -1],
        [0, c, -1],
        [r, c, 1],
      ] as const) {
        matrix[(cellRow + rowLevels * cellColumn) * count + at] = value;
      }
      at += 1;
    }
  }
  return matrix;
}

/** Eigenvalues of the generalised design effects matrix (Rao and Scott 1984, eq. 2.10), with 0 for the inverse of an empty cell, as R takes it. */
function designEffects(table: Table, shares: Float64Array, covariance: Float64Array): Float64Array {
  const { rowLevels, columnLevels, n } = table;
  const cells = rowLevels * columnLevels;
  const count = (rowLevels - 1) * (columnLevels - 1);
  const contrasts = interactionContrasts(rowLevels, columnLevels);
  const inverse = shares.map((share) => (share === 0 ? 0 : 1 / share));
  const scaled = contrasts.map((value, place) => value * (inverse[Math.floor(place / count)] ?? 0));
  const turned = transpose(contrasts, cells, count);
  const denominator = multiply(turned, scaled, count, cells, count).map((value) => value / n);
  const numerator = sandwich(transpose(scaled, cells, count), covariance, count, cells);
  const values = generalizedEigenvalues(numerator, denominator, count);
  if (values === null)
    throw new SurveyError("matrix-singular", "so many cells of the table are empty that the interactions cannot be told apart: merge categories", { cells });
  return values;
}

/** Wald test that every cell equals the product of its margins, after the first row and column (Koch, Freeman and Freeman 1975). */
function waldTest(table: Table, adjusted: boolean, df: number): TableTest {
  const { rowLevels, columnLevels, design, n } = table;
  const cells = rowLevels * columnLevels;
  const totals = cellTotals(table, design.weights);
  const { rows, columns } = margins(totals, rowLevels, columnLevels);
  const total = sum(totals);
  const covariance = covarianceOfTotals(design, cellColumns(table));
  // Derivatives of cell - row * column / total over the cells themselves.
  const use = Array.from({ length: cells }, (_, cell) => cell).filter((cell) => cell % rowLevels > 0 && cell >= rowLevels);
  const jacobian = new Float64Array(use.length * cells);
  const excess = new Float64Array(use.length);
  use.forEach((cell, i) => {
    const row = rows[cell % rowLevels] ?? 0;
    const column = columns[Math.floor(cell / rowLevels)] ?? 0;
    excess[i] = (totals[cell] ?? 0) - (row * column) / total;
    for (let other = 0; other < cells; other += 1) {
      let slope = (row * column) / (total * total);
      if (other === cell) slope += 1;
      if (other % rowLevels === cell % rowLevels) slope -= column / total;
      if (Math.floor(other / rowLevels) === Math.floor(cell / rowLevels)) slope -= row / total;
      jacobian[i * cells + other] = slope;
    }
  });
  const quadratic = inverseQuadratic(sandwich(jacobian, covariance, use.length, cells), excess, use.length);
  if (quadratic === null)
    throw new SurveyError("matrix-singular", "the covariance of the table is singular: there are fewer clusters than cells to compare; use the statistic F", {
      cells,
    });
  const denominatorDf = adjusted ? df - use.length + 1 : df;
  if (denominatorDf < 1)
    throw new SurveyError("no-degrees-of-freedom", `a Wald test of ${use.length} interactions needs more than ${df} degrees of freedom; use the statistic F`, {
      df,
    });
  const statistic = adjusted ? (quadratic * denominatorDf) / (use.length * df) : quadratic / use.length;
  return { statistic, kind: "F", numeratorDf: use.length, denominatorDf, p: fisher.upper(statistic, use.length, denominatorDf), n, dropped: 0 };
}

/**
 * Score test of the interaction in a linear model of the row indicators on the columns (R's `wls-score`).
 * R stacks the data once for each row level; since the copies of a person stay together, their scores are added up here instead.
 */
function scoreTest(table: Table, df: number): TableTest {
  const { rowLevels, columnLevels, cells, used, design, n } = table;
  const totals = cellTotals(table, design.weights);
  const { rows, columns } = margins(totals, rowLevels, columnLevels);
  const total = sum(totals);
  // The null fit of additive effects on a balanced stack: the mean of an indicator is the share of its row level.
  const interactions = (rowLevels - 1) * (columnLevels - 1);
  const scores: Float64Array[] = [];
  for (let c = 1; c < columnLevels; c += 1) {
    for (let k = 1; k < rowLevels; k += 1) {
      const column = (columns[c] ?? 0) / total;
      scores.push(
        Float64Array.from(cells, (cell, row) => {
          if (used[row] !== 1) return 0;
          const own = Math.floor(cell / rowLevels) === c ? 1 : 0;
          // The interaction column, less its projection on the effects of the two margins, times the residual; over the copies k' of the person.
          let score = 0;
          for (let copy = 0; copy < rowLevels; copy += 1) {
            const residual = (cell % rowLevels === copy ? 1 : 0) - (rows[copy] ?? 0) / total;
            const indicator = copy === k ? 1 : 0;
            score += (indicator * own - indicator * column - (own - column) / rowLevels) * residual;
          }
          return score;
        }),
      );
    }
  }
  const sums = Float64Array.from(scores, (score) => score.reduce((all, value, row) => all + value * (design.weights[row] ?? 0), 0));
  const quadratic = inverseQuadratic(covarianceOfTotals(design, scores), sums, interactions);
  if (quadratic === null)
    throw new SurveyError("matrix-singular", "the covariance of the scores is singular: there are fewer clusters than cells to compare; use the statistic F", {
      cells: rowLevels * columnLevels,
    });
  const denominatorDf = df + 1 - (rowLevels + columnLevels - 1);
  if (denominatorDf < 1)
    throw new SurveyError("no-degrees-of-freedom", `the score test of this table needs more than ${df} degrees of freedom; use the statistic F`, { df });
  const statistic = quadratic / interactions / interactions;
  return { statistic, kind: "F", numeratorDf: interactions, denominatorDf, p: fisher.upper(statistic, interactions, denominatorDf), n, dropped: 0 };
}

/**
 * Tests whether two questions are independent.
 * Rows without weight or with a missing answer are left out; levels nobody has do not count.
 * @throws {@link SurveyError} `column-length`, `domain-empty`, `domain-degenerate` (one answer only), `matrix-singular`, `no-degrees-of-freedom`.
 */
export function tableTest(design: Design, row: CategoryColumn, column: CategoryColumn, statistic: TableStatistic): TableTest {
  const table = tableOf(design, row, column);
  const df = degreesOfFreedom(design);
  if (df < 1) throw new SurveyError("no-degrees-of-freedom", `the design has ${df} degrees of freedom here: too few clusters for a test`, { df });
  if (statistic === "Wald" || statistic === "adjWald") return waldTest(table, statistic === "adjWald", df);
  if (statistic === "wls-score") return scoreTest(table, df);
  const { shares, covariance, dropped } = proportions(table);
  const effects = [...designEffects(table, shares, covariance)];
  const trace = effects.reduce((all, value) => all + value, 0);
  if (!(trace > 0) || effects.some((value) => !(value > trace * 1e-12))) {
    throw new SurveyError(
      "matrix-singular",
      "the table has no sampling variance in some direction: there are fewer clusters than cells, or strata taken in full; merge categories",
      {
        cells: shares.length,
      },
    );
  }
  const squares = effects.reduce((all, value) => all + value * value, 0);
  const order = (trace * trace) / squares;
  const x = pearson(table, shares);
  const { n } = table;
  if (statistic === "F") {
    return { statistic: x / trace, kind: "F", numeratorDf: order, denominatorDf: order * df, p: fisher.upper(x / trace, order, order * df), n, dropped };
  }
  if (statistic === "Chisq") {
    const count = effects.length;
    return { statistic: x, kind: "X-squared", numeratorDf: count, denominatorDf: null, p: chiSquare.upper((x * count) / trace, count), n, dropped };
  }
  const method = statistic === "exact" ? "integration" : "saddlepoint";
  // R refers replicate designs to the chi-square form.
  const p = design.kind === "linearised" ? fisherSumUpper(x, effects, order * df, method) : chiSquareSumUpper(x, effects, method);
  return { statistic: x, kind: "X-squared", numeratorDf: null, denominatorDf: null, p, n, dropped };
}
