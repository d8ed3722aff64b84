/** Makes a linearised design of columns, and refuses one that cannot be: the door through which every sample comes in. Meaning of every part as in R's `svydesign`. */
import { crossed, type Groups } from "#engines/survey/columns/column.ts";
import { SurveyError } from "#engines/survey/errors.ts";
import type { LinearisedDesign, LonelyPsu, Stage } from "./design.ts";

/** How a sample was drawn. Columns have one value per row. */
export interface SampleColumns {
  readonly rows: number;
  /** Strata of each stage; fewer than stages: the last ones are unstratified within their cluster. */
  readonly strata?: readonly Groups[];
  /** Clusters of each stage, first stage first; none: elements were drawn. */
  readonly clusters?: readonly Groups[];
  /** Positive weights; left out: inverse of the sampled share when `fpc` is given, else one. */
  readonly weights?: Float64Array;
  /** Per stage the population's number of units in the row's stratum, or the fraction drawn; all sizes or all fractions. */
  readonly fpc?: readonly Float64Array[];
  /** Cluster names repeat across strata. */
  readonly nest?: boolean;
  /** Default `fail`. */
  readonly lonelyPsu?: LonelyPsu;
}

/** @throws {@link SurveyError} `value-missing` with the first row. */
function complete(groups: Groups, what: string): void {
  const row = groups.codes.indexOf(-1);
  if (row !== -1) throw new SurveyError("value-missing", `row ${row + 1} has no ${what}: every row of a design needs one`, { row: row + 1 });
}

const none = (rows: number): Groups => ({ codes: new Int32Array(rows), names: ["all"], values: ["all"] });

/** Combinations as groups, named by their parts. */
function combined(groupings: readonly Groups[], rows: number): Groups {
  const [first] = groupings;
  if (groupings.length === 1 && first !== undefined) return first;
  const { codes, parts } = crossed(groupings, rows);
  const names = parts.map((part) => part.map((code, at) => groupings[at]?.names[code] ?? "").join("."));
  return { codes, names, values: names };
}

/** @throws {@link SurveyError} `strata-not-nested` when a cluster lies in two strata. */
function nested(clusters: Groups, strata: Groups): Int32Array {
  const home = new Int32Array(clusters.names.length).fill(-1);
  for (let row = 0; row < clusters.codes.length; row++) {
    const cluster = clusters.codes[row] ?? 0;
    const stratum = strata.codes[row] ?? 0;
    if (home[cluster] === -1) home[cluster] = stratum;
    else if (home[cluster] !== stratum)
      throw new SurveyError(
        "strata-not-nested",
        `cluster ${JSON.stringify(clusters.names[cluster] ?? "")} lies in strata ${JSON.stringify(strata.names[home[cluster] ?? 0] ?? "")} and ${JSON.stringify(strata.names[stratum] ?? "")} (row ${row + 1}): say "nest": true when cluster names repeat across strata`,
        { row: row + 1, cluster: clusters.names[cluster] ?? "" },
      );
  }
  return home;
}

/** The population's units per stratum from a column of sizes or fractions. */
function populationOf(column: Float64Array, sizes: boolean, stage: Omit<Stage, "population">, depth: number): Float64Array {
  const population = new Float64Array(stage.drawn.length).fill(-1);
  for (let row = 0; row < column.length; row++) {
    const stratum = stage.strata[row] ?? 0;
    const drawn = stage.drawn[stratum] ?? 0;
    const size = sizes ? (column[row] ?? 0) : drawn / (column[row] ?? 0);
    const name = JSON.stringify(stage.stratumNames[stratum] ?? "");
    if (population[stratum] === -1) population[stratum] = size;
    else if (population[stratum] !== size)
      throw new SurveyError(
        "fpc-invalid",
        `fpc differs within stratum ${name} of stage ${depth + 1} (row ${row + 1}): give each stratum one population size or fraction`,
        { row: row + 1, stage: depth + 1 },
      );
    if (size < drawn * (1 - 1e-12))
      throw new SurveyError(
        "fpc-invalid",
        `stratum ${name} of stage ${depth + 1} has ${drawn} units in the sample and ${size} in the population (row ${row + 1}): the population cannot be smaller`,
        { row: row + 1, stage: depth + 1 },
      );
  }
  return population;
}

/** Whether the columns hold sizes. @throws {@link SurveyError} `fpc-invalid` for values that are neither. */
function holdSizes(columns: readonly Float64Array[]): boolean {
  let [above, below] = [-1, -1];
  for (const column of columns)
    for (let row = 0; row < column.length; row++) {
      const value = column[row] ?? Number.NaN;
      if (!(value > 0))
        throw new SurveyError(
          "fpc-invalid",
          `fpc of row ${row + 1} is ${Number.isNaN(value) ? "missing" : value}: give a population size of at least 1, or a fraction above 0`,
          { row: row + 1 },
        );
      if (value > 1 && above === -1) above = row;
      if (value < 1 && below === -1) below = row;
    }
  if (above !== -1 && below !== -1)
    throw new SurveyError("fpc-invalid", `fpc holds sizes (row ${above + 1}) and fractions (row ${below + 1}): give all of it as sizes or all as fractions`, {
      row: above + 1,
    });
  return above !== -1;
}

/** @throws {@link SurveyError} `weight-invalid` with the first row whose weight is not positive and finite. */
export function checkWeights(weights: Float64Array): void {
  for (let row = 0; row < weights.length; row++) {
    const weight = weights[row] ?? Number.NaN;
    if (!(weight > 0) || weight === Number.POSITIVE_INFINITY)
      throw new SurveyError(
        "weight-invalid",
        `the weight of row ${row + 1} is ${Number.isNaN(weight) ? "missing" : weight}: every weight must be positive; leave rows out that are not part of the sample`,
        { row: row + 1 },
      );
  }
}

/**
 * A design for linearisation.
 * @throws {@link SurveyError} `value-missing`, `strata-not-nested`, `fpc-invalid`, `weight-invalid`, `column-length`.
 */
export function makeDesign(columns: SampleColumns): LinearisedDesign {
  const { rows, nest = false, lonelyPsu = "fail" } = columns;
  if (rows === 0) throw new SurveyError("domain-empty", "the data have no rows: there is nothing to estimate from");
  const givenStrata = columns.strata ?? [];
  const givenClusters = columns.clusters ?? [];
  for (const { codes } of [...givenStrata, ...givenClusters])
    if (codes.length !== rows) throw new SurveyError("column-length", `a column of the design has ${codes.length} rows, the data ${rows}`);
  givenStrata.forEach((groups) => complete(groups, "stratum"));
  givenClusters.forEach((groups) => complete(groups, "cluster"));
  const elements = givenClusters.length === 0;
  const depths = elements ? 1 : givenClusters.length;
  if (columns.fpc !== undefined && columns.fpc.length !== depths)
    throw new SurveyError("fpc-invalid", `the design has ${depths} stages and fpc for ${columns.fpc.length}: give one column per stage`, { stages: depths });
  const sizes = columns.fpc === undefined ? false : holdSizes(columns.fpc);
  const stages: Stage[] = [];
  let above: Groups | null = null;
  for (let depth = 0; depth < depths; depth++) {
    const ownStrata: Groups = givenStrata[Math.min(depth, givenStrata.length - 1)] ?? none(rows);
    const strata: Groups = above === null ? ownStrata : combined([ownStrata, above], rows);
    let clusters: Groups | null = null;
    if (!elements) {
      const path: Groups[] = givenClusters.slice(0, depth + 1);
      if (nest) path.unshift(...givenStrata.slice(0, Math.min(depth + 1, givenStrata.length)));
      clusters = combined(path, rows);
    }
    const home = clusters === null ? strata.codes : nested(clusters, strata);
    const drawn = new Float64Array(strata.names.length);
    for (const stratum of home) if (stratum >= 0) drawn[stratum] = (drawn[stratum] ?? 0) + 1;
    const bare = {
      strata: strata.codes,
      clusters: clusters?.codes ?? new Int32Array(rows).map((_, row) => row),
      clusterStratum: home,
      drawn,
      stratumNames: strata.names,
    };
    const fpc = columns.fpc?.[depth];
    stages.push({ ...bare, population: fpc === undefined ? null : populationOf(fpc, sizes, bare, depth) });
    above = clusters;
  }
  const weights = columns.weights ?? inverseShares(stages, rows);
  if (weights.length !== rows) throw new SurveyError("column-length", `there are ${weights.length} weights and ${rows} rows`);
  checkWeights(weights);
  return { kind: "linearised", rows, weights, stages, lonelyPsu, calibrations: [], elements };
}

/** Population over sample, multiplied over the stages; ones without population. */
function inverseShares(stages: readonly Stage[], rows: number): Float64Array {
  const weights = new Float64Array(rows).fill(1);
  for (const { strata, drawn, population } of stages)
    if (population !== null)
      for (let row = 0; row < rows; row++) {
        const stratum = strata[row] ?? 0;
        weights[row] = (weights[row] ?? 0) * ((population[stratum] ?? 1) / (drawn[stratum] ?? 1));
      }
  return weights;
}
