/**
 * Many means at once over one design: standard errors without the covariances between items. The estimates are those of linear.ts; what differs is the way there.
 *
 * [Note: Cells instead of scores] Where the first stage carries the whole variance and no weights were calibrated, an item needs no column of scores: one pass adds weight x answer up per unit,
 * domain and stratum, a second adds up squares of what differs from the mean of its cell. Differences are formed before they are squared, so no digits are lost however far the mean is from zero.
 */
import { type Design, type LinearisedDesign, replicateTotals, subset } from "#engines/survey/design/index.ts";
import { covarianceOfThetas } from "#engines/survey/design/index.ts";
import { SurveyError } from "#engines/survey/errors.ts";
import { means } from "./linear.ts";

/** Means of several items in several domains, item by item: place item x domains + domain. */
export interface ManyMeans {
  readonly items: number;
  readonly domains: number;
  /** NaN where `n` is 0: nobody is in that domain. */
  readonly estimates: Float64Array;
  /** NaN where `n` is 0, and where fewer than two replicates reach the domain. */
  readonly errors: Float64Array;
  readonly n: Int32Array;
}

/** Domains of rows: -1 is outside all of them. */
export interface DomainCodes {
  readonly codes: Int32Array;
  readonly count: number;
}

/** Whether one stage carries the variance and every stratum can be measured by itself. */
function simple(design: Design): design is LinearisedDesign {
  if (design.kind !== "linearised" || design.calibrations.length > 0) return false;
  const [stage] = design.stages;
  if (stage === undefined || (design.stages.length > 1 && stage.population !== null)) return false;
  return stage.drawn.every((drawn) => drawn !== 1);
}

/** What the passes share. */
interface Cells {
  readonly design: LinearisedDesign;
  readonly domains: DomainCodes;
  /** Stratum x domains + domain of each row; -1 outside. */
  readonly cell: Int32Array;
  /** Sum of weights and rows with weight, per domain. */
  readonly population: Float64Array;
  readonly n: Int32Array;
  /** Rows and sum of weights per cell. */
  readonly cellRows: Float64Array;
  readonly cellWeights: Float64Array;
  /** (1 - n/N) n/(n-1) per stratum. */
  readonly scale: Float64Array;
}

function cellsOf(design: LinearisedDesign, domains: DomainCodes): Cells {
  const [stage] = design.stages;
  const strata = stage?.drawn.length ?? 0;
  const cell = new Int32Array(design.rows);
  const population = new Float64Array(domains.count);
  const n = new Int32Array(domains.count);
  const cellRows = new Float64Array(strata * domains.count);
  const cellWeights = new Float64Array(strata * domains.count);
  for (let row = 0; row < design.rows; row++) {
    const domain = domains.codes[row] ?? -1;
    const weight = design.weights[row] ?? 0;
    if (domain < 0 || weight === 0) {
      cell[row] = -1;
      continue;
    }
    const at = (stage?.strata[row] ?? 0) * domains.count + domain;
    cell[row] = at;
    population[domain] = (population[domain] ?? 0) + weight;
    n[domain] = (n[domain] ?? 0) + 1;
    cellRows[at] = (cellRows[at] ?? 0) + 1;
    cellWeights[at] = (cellWeights[at] ?? 0) + weight;
  }
  const scale = new Float64Array(strata);
  for (let stratum = 0; stratum < strata; stratum++) {
    const drawn = stage?.drawn[stratum] ?? 0;
    const size = stage?.population?.[stratum] ?? Number.POSITIVE_INFINITY;
    const unsampled = size === Number.POSITIVE_INFINITY ? 1 : (size - drawn) / size;
    scale[stratum] = drawn > 1 && unsampled >= 1e-7 ? (unsampled * drawn) / (drawn - 1) : 0;
  }
  return { design, domains, cell, population, n, cellRows, cellWeights, scale };
}

/** Items that go through the data together: what a row says of stratum, domain and weight is read once for all of them. */
const BLOCK = 4;

/** Four columns; the last ones repeat where there are fewer. */
type Block = readonly [Float64Array, Float64Array, Float64Array, Float64Array];

/** weight x answer per cell, four places a cell. Kept apart, and free of everything else, because it runs over every answer there is. */
function addUp(cell: Int32Array, weights: Float64Array, [a, b, c, d]: Block, sums: Float64Array): void {
  for (let row = 0; row < cell.length; row++) {
    const at = BLOCK * (cell[row] ?? -1);
    if (at < 0) continue;
    const weight = weights[row] ?? 0;
    sums[at] = (sums[at] ?? 0) + weight * (a[row] ?? 0);
    sums[at + 1] = (sums[at + 1] ?? 0) + weight * (b[row] ?? 0);
    sums[at + 2] = (sums[at + 2] ?? 0) + weight * (c[row] ?? 0);
    sums[at + 3] = (sums[at + 3] ?? 0) + weight * (d[row] ?? 0);
  }
}

/** Squares of weight x (answer - mean of the domain) - mean of the cell, per cell. */
function addSquares(cell: Int32Array, weights: Float64Array, [a, b, c, d]: Block, centre: Float64Array, cellMean: Float64Array, squares: Float64Array): void {
  for (let row = 0; row < cell.length; row++) {
    const at = BLOCK * (cell[row] ?? -1);
    if (at < 0) continue;
    const weight = weights[row] ?? 0;
    const offA = weight * ((a[row] ?? 0) - (centre[at] ?? 0)) - (cellMean[at] ?? 0);
    const offB = weight * ((b[row] ?? 0) - (centre[at + 1] ?? 0)) - (cellMean[at + 1] ?? 0);
    const offC = weight * ((c[row] ?? 0) - (centre[at + 2] ?? 0)) - (cellMean[at + 2] ?? 0);
    const offD = weight * ((d[row] ?? 0) - (centre[at + 3] ?? 0)) - (cellMean[at + 3] ?? 0);
    squares[at] = (squares[at] ?? 0) + offA * offA;
    squares[at + 1] = (squares[at + 1] ?? 0) + offB * offB;
    squares[at + 2] = (squares[at + 2] ?? 0) + offC * offC;
    squares[at + 3] = (squares[at + 3] ?? 0) + offD * offD;
  }
}

/** Every fourth value: one item of a block. */
const itemOf = (block: Float64Array, place: number): Float64Array =>
  Float64Array.from({ length: block.length / BLOCK }, (_, at) => block[BLOCK * at + place] ?? 0);

/** Variances of a block of items' means, elements drawn. @param estimates per item, one per domain. */
function elementVariances(cells: Cells, columns: Block, sums: Float64Array, estimates: readonly Float64Array[]): readonly Float64Array[] {
  const { design, domains, cell, population, cellRows, cellWeights, scale } = cells;
  const centre = new Float64Array(sums.length);
  const cellMean = new Float64Array(sums.length);
  for (let at = 0; at < sums.length; at++) {
    const place = Math.floor(at / BLOCK);
    centre[at] = estimates[at % BLOCK]?.[place % domains.count] ?? 0;
    const rows = cellRows[place] ?? 0;
    cellMean[at] = rows === 0 ? 0 : ((sums[at] ?? 0) - (centre[at] ?? 0) * (cellWeights[place] ?? 0)) / rows;
  }
  const squares = new Float64Array(sums.length);
  addSquares(cell, design.weights, columns, centre, cellMean, squares);
  const drawn = design.stages[0]?.drawn ?? new Float64Array(0);
  return columns.map((_, item) => {
    const variances = new Float64Array(domains.count);
    for (let place = 0; place < cellRows.length; place++) {
      const rows = cellRows[place] ?? 0;
      if (rows === 0) continue;
      const domain = place % domains.count;
      const stratum = (place - domain) / domains.count;
      // Rows of the stratum outside the domain count with zero.
      const between = rows * (cellMean[BLOCK * place + item] ?? 0) ** 2 * (1 - rows / (drawn[stratum] ?? 1));
      variances[domain] = (variances[domain] ?? 0) + (scale[stratum] ?? 0) * ((squares[BLOCK * place + item] ?? 0) + between);
    }
    return variances.map((variance, domain) => variance / (population[domain] ?? 1) ** 2);
  });
}

/** Variances of one item's means, clusters drawn. */
function clusterVariances(cells: Cells, column: Float64Array, estimates: Float64Array): Float64Array {
  const { design, domains, cell, population, scale } = cells;
  const [stage] = design.stages;
  const strata = scale.length;
  const clusters = stage?.clusterStratum.length ?? 0;
  const totals = new Float64Array(clusters * domains.count);
  for (let row = 0; row < design.rows; row++) {
    if ((cell[row] ?? -1) < 0) continue;
    const domain = domains.codes[row] ?? 0;
    const at = (stage?.clusters[row] ?? 0) * domains.count + domain;
    totals[at] = (totals[at] ?? 0) + (design.weights[row] ?? 0) * ((column[row] ?? 0) - (estimates[domain] ?? 0));
  }
  const meanOf = new Float64Array(strata * domains.count);
  for (let at = 0; at < totals.length; at++) {
    const stratum = stage?.clusterStratum[Math.floor(at / domains.count)] ?? 0;
    const place = stratum * domains.count + (at % domains.count);
    meanOf[place] = (meanOf[place] ?? 0) + (totals[at] ?? 0) / (stage?.drawn[stratum] ?? 1);
  }
  const variances = new Float64Array(domains.count);
  for (let at = 0; at < totals.length; at++) {
    const stratum = stage?.clusterStratum[Math.floor(at / domains.count)] ?? 0;
    const domain = at % domains.count;
    variances[domain] = (variances[domain] ?? 0) + (scale[stratum] ?? 0) * ((totals[at] ?? 0) - (meanOf[stratum * domains.count + domain] ?? 0)) ** 2;
  }
  return variances.map((variance, domain) => variance / (population[domain] ?? 1) ** 2);
}

/** Means of one item in every domain, from its sums per cell. @throws {@link SurveyError} `value-missing` */
function domainMeans({ domains, cell, population }: Cells, column: Float64Array, sums: Float64Array, item: number): Float64Array {
  const totals = new Float64Array(domains.count);
  for (let at = 0; at < sums.length; at++) totals[at % domains.count] = (totals[at % domains.count] ?? 0) + (sums[at] ?? 0);
  if (!totals.every(Number.isFinite)) {
    const row = column.findIndex((value, at) => (cell[at] ?? -1) >= 0 && !Number.isFinite(value));
    throw new SurveyError("value-missing", `row ${row + 1} has no answer to item ${item + 1}: say what to do with missing answers, or leave the row out`, {
      row: row + 1,
      item: item + 1,
    });
  }
  return totals.map((total, domain) => total / (population[domain] ?? 1));
}

/**
 * Means of items in domains with their standard errors. See [Note: Cells instead of scores]; designs that need more (calibrated, several stages with known populations, lonely units) take the general way.
 * @param columns one answer per row each, none missing inside the domains; @param domains left out: everybody is one domain.
 * @throws {@link SurveyError} `value-missing`, `lonely-psu`; an empty domain has n 0 and NaN.
 */
export function manyMeans(
  design: Design,
  columns: readonly Float64Array[],
  domains: DomainCodes = { codes: new Int32Array(design.rows), count: 1 },
): ManyMeans {
  const result = {
    items: columns.length,
    domains: domains.count,
    estimates: new Float64Array(columns.length * domains.count).fill(Number.NaN),
    errors: new Float64Array(columns.length * domains.count).fill(Number.NaN),
    n: new Int32Array(columns.length * domains.count),
  };
  const set = (item: number, domain: number, n: number, estimate: number, variance: number): void => {
    const at = item * domains.count + domain;
    result.n[at] = n;
    if (n === 0) return;
    result.estimates[at] = estimate;
    result.errors[at] = Number.isNaN(variance) ? variance : Math.sqrt(Math.max(0, variance));
  };
  if (simple(design)) {
    const cells = cellsOf(design, domains);
    for (let from = 0; from < columns.length; from += BLOCK) {
      const column = (place: number): Float64Array => columns[Math.min(from + place, columns.length - 1)] ?? new Float64Array(0);
      const block: Block = [column(0), column(1), column(2), column(3)];
      const sums = new Float64Array(BLOCK * cells.cellRows.length);
      addUp(cells.cell, design.weights, block, sums);
      const estimates = block.map((own, place) => domainMeans(cells, own, itemOf(sums, place), Math.min(from + place, columns.length - 1)));
      const variances = design.elements
        ? elementVariances(cells, block, sums, estimates)
        : block.map((own, place) => clusterVariances(cells, own, estimates[place] ?? new Float64Array(0)));
      for (let item = from; item < Math.min(from + BLOCK, columns.length); item++)
        for (let domain = 0; domain < domains.count; domain++)
          set(item, domain, cells.n[domain] ?? 0, estimates[item - from]?.[domain] ?? 0, variances[item - from]?.[domain] ?? 0);
    }
    return result;
  }
  for (let domain = 0; domain < domains.count; domain++) {
    const own = subset(
      design,
      Uint8Array.from(domains.codes, (code) => (code === domain ? 1 : 0)),
    );
    const n = own.weights.reduce((count, weight) => count + (weight === 0 ? 0 : 1), 0);
    if (n === 0) continue;
    if (own.kind === "linearised") {
      columns.forEach((column, item) => {
        const found = means(own, [column]);
        set(item, domain, n, found.estimates[0] ?? 0, found.covariance[0] ?? 0);
      });
      continue;
    }
    const ones = new Float64Array(design.rows).fill(1);
    const valueOf = (sums: Float64Array): Float64Array => sums.subarray(1).map((sum) => sum / (sums[0] ?? 0));
    const full = columns.map((column) => {
      let [sum, weight] = [0, 0];
      for (let row = 0; row < own.rows; row++)
        if (own.weights[row] !== 0) {
          sum += (own.weights[row] ?? 0) * (column[row] ?? 0);
          weight += own.weights[row] ?? 0;
        }
      return sum / weight;
    });
    const missing = full.findIndex((value) => !Number.isFinite(value));
    if (missing !== -1)
      throw new SurveyError("value-missing", `item ${missing + 1} has missing answers: say what to do with them, or leave the rows out`, { item: missing + 1 });
    const thetas = replicateTotals(own, [ones, ...columns]).map(valueOf);
    full.forEach((estimate, item) => {
      const column = thetas.map((theta) => theta.subarray(item, item + 1));
      const reached = column.filter(([value = Number.NaN]) => Number.isFinite(value)).length;
      const variance = reached < 2 ? Number.NaN : (covarianceOfThetas(own, column, own.mse ? Float64Array.of(estimate) : null).covariance[0] ?? 0);
      set(item, domain, n, estimate, variance);
    });
  }
  return result;
}
