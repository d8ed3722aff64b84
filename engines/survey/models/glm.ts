/** Generalised linear models with design-based errors: R's `svyglm`. Coefficients by weighted fit, covariance by linearisation, or by refitting with every replicate's weights. */
import { covarianceOfReplicates, covarianceOfTotals, degreesOfFreedom, type Design, type ReplicateCovariance } from "#engines/survey/design/index.ts";
import { SurveyError, type SurveyErrorCode } from "#engines/survey/errors.ts";
import { requireLevel } from "#engines/survey/statistics/index.ts";
import { student } from "#engines/survey/numerics/index.ts";
import { familyOf, linksOf, type Family, type FamilyName, type LinkName } from "./families.ts";
import { parseFormula, termLabel, type Formula } from "./formula.ts";
import { fitByReweighting, type Fit, type FitInput } from "./irls.ts";
import { modelMatrix, type ModelMatrix } from "./model-matrix.ts";
import type { Column } from "#engines/survey/columns/column.ts";
import { isMissing, variableOf, type Frame } from "./variables.ts";

/** What a model is fitted to. */
export interface ModelData {
  readonly design: Design;
  readonly frame: Frame;
  /**
   * Row of the design for each row of the frame, when the frame has several rows for one drawn person (person-periods, stacked answers).
   * Absent: the frame has the design's rows. Rows of one person then count together, wherever the clusters are.
   */
  readonly designRow?: Int32Array;
}

/** Which model. */
export interface ModelSpec {
  /** `y ~ a + b + a:b`, or the same already read. */
  readonly formula: string | Formula;
  readonly family: FamilyName;
  /** The family's usual link when absent. */
  readonly link?: LinkName;
}

/** A fitted model. Arrays over coefficients go in the order of `names`; matrices are row-major. */
export interface Model {
  readonly formula: Formula;
  readonly family: FamilyName;
  readonly link: LinkName;
  /** Names of the coefficients, as R gives them. */
  readonly names: readonly string[];
  /** For each coefficient the position of its term in the formula, -1 for the intercept. */
  readonly termOf: readonly number[];
  readonly coefficients: Float64Array;
  /** By the design. */
  readonly covariance: Float64Array;
  /** As if the rows were drawn independently, for weights with mean 1: what Rao-Scott tests compare with (R's `naive.cov`). */
  readonly naiveCovariance: Float64Array;
  /** Design degrees of freedom + 1 - number of coefficients. */
  readonly df: number;
  readonly deviance: number;
  readonly nullDeviance: number;
  /** Spread of the Pearson residuals. */
  readonly dispersion: number;
  /** Rows used. */
  readonly n: number;
  readonly rounds: number;
  /** Columns left out because they follow from others; R shows NA for them. */
  readonly aliased: readonly string[];
  /** Replicates in which the model could not be fitted, left out of the covariance. */
  readonly dropped: number;
  /** What it was fitted to, with only the rows that were used. Tests that refit read it. */
  readonly data: ModelData;
}

/** One line of a model's table. Without sampling variance (each stratum was taken in full) the interval is the estimate itself, which is then told apart from 0 for certain unless it is 0. */
export interface CoefficientRow {
  readonly term: string;
  readonly estimate: number;
  readonly se: number;
  readonly low: number;
  readonly high: number;
  readonly df: number;
  readonly t: number;
  /** Two-sided. */
  readonly p: number;
  /** `domain-degenerate`: there is no sampling variance. */
  readonly note?: SurveyErrorCode;
  /** Replicates that gave no value and were left out of the error. */
  readonly dropped?: number;
}

function designRowOf(data: ModelData, row: number): number {
  return data.designRow === undefined ? row : (data.designRow[row] ?? 0);
}

/** Zeros and ones of a factor (its first level is 0, every other 1), or the numbers themselves. */
function answersOf(variable: Column, name: string, rows: Int32Array, family: Family): Float64Array {
  if (variable.kind === "category") {
    if (family.range[1] !== 1) {
      throw new SurveyError("column-kind", `${JSON.stringify(name)} holds categories; the family ${family.name} explains numbers`, { column: name });
    }
    return Float64Array.from(rows, (row) => ((variable.codes[row] ?? 0) > 0 ? 1 : 0));
  }
  const [least, most] = family.range;
  return Float64Array.from(rows, (row) => {
    const value = variable.values[row] ?? Number.NaN;
    if (value < least || value > most) {
      const wanted = most === 1 ? "0 and 1, or a share between them" : "0 or more";
      throw new SurveyError("proportion-invalid", `${JSON.stringify(name)} is ${value} in row ${row + 1}; the family ${family.name} takes ${wanted}`, {
        column: name,
        row: row + 1,
      });
    }
    return value;
  });
}

/** The rows with weight and without a missing answer, and the mean weight the fit is scaled by (over rows with weight, as R). */
function usedRows(data: ModelData, variables: readonly Column[], length: number): { rows: Int32Array; scale: number } {
  const rows: number[] = [];
  let [total, count] = [0, 0];
  for (let row = 0; row < length; row += 1) {
    const weight = data.design.weights[designRowOf(data, row)] ?? 0;
    if (weight === 0) continue;
    total += weight;
    count += 1;
    if (!variables.some((variable) => isMissing(variable, row))) rows.push(row);
  }
  if (rows.length === 0) throw new SurveyError("domain-empty", "no row has weight and an answer to every question of this model");
  return { rows: Int32Array.from(rows), scale: total / count };
}

/** The data with weight only where the model used a row, as R drops rows with missing answers from the design. Of a person with several rows one used row is enough. */
function restrictedTo(data: ModelData, rows: Int32Array): ModelData {
  const keep = new Float64Array(data.design.rows);
  for (const row of rows) keep[designRowOf(data, row)] = data.design.weights[designRowOf(data, row)] ?? 0;
  const { design } = data;
  return {
    ...data,
    design: design.kind === "linearised" ? { ...design, weights: keep } : { ...design, weights: keep, degreesOfFreedom: restrictedDegrees(design, keep) },
  };
}

/** Known degrees of freedom stay when no row is lost. */
function restrictedDegrees(design: Design & { kind: "replicate" }, keep: Float64Array): number | null {
  return keep.every((weight, row) => weight === design.weights[row]) ? design.degreesOfFreedom : null;
}

function linearisedCovariance(data: ModelData, rows: Int32Array, matrix: ModelMatrix, fit: Fit, scale: number): Float64Array {
  const { kept, crossInverse, scores } = fit;
  const k = kept.length;
  const influence = Array.from({ length: k }, () => new Float64Array(data.design.rows));
  const kpt = kept.map((j) => matrix.columns[j] ?? new Float64Array(0));
  rows.forEach((row, i) => {
    const place = designRowOf(data, row);
    const score = (scores[i] ?? 0) / scale;
    for (let a = 0; a < k; a += 1) {
      let sum = 0;
      for (let b = 0; b < k; b += 1) sum += (crossInverse[a * k + b] ?? 0) * (kpt[b]?.[i] ?? 0);
      const into = influence[a];
      if (into !== undefined) into[place] = (into[place] ?? 0) + score * sum;
    }
  });
  return covarianceOfTotals(data.design, influence);
}

/** What a fit may fail with in one replicate while the model itself stands. */
const ofOneReplicate: ReadonlySet<SurveyErrorCode> = new Set(["separation", "not-converged", "model-malformed"]);

/** Refits with each replicate's weights from the full coefficients. A replicate that loses a coefficient, or in which the model has no fit, gives no value, as in R. */
function replicateCovariance(data: ModelData, design: Design & { kind: "replicate" }, rows: Int32Array, input: FitInput, fit: Fit): ReplicateCovariance {
  const kept = { ...input, columns: fit.kept.map((j) => input.columns[j] ?? new Float64Array(0)), names: fit.kept.map((j) => input.names[j] ?? "") };
  const start = [...fit.coefficients];
  const none = new Float64Array(fit.kept.length).fill(Number.NaN);
  return covarianceOfReplicates(
    design,
    (weights) => {
      const own = Float64Array.from(rows, (row) => weights[designRowOf(data, row)] ?? 0);
      const mean = own.reduce((sum, weight) => sum + weight, 0) / own.length;
      if (!(mean > 0)) return none;
      try {
        const refit = fitByReweighting({ ...kept, weights: own.map((weight) => weight / mean) }, start);
        return refit.kept.length === fit.kept.length ? refit.coefficients : none;
      } catch (error) {
        if (error instanceof SurveyError && ofOneReplicate.has(error.code)) return none;
        throw error;
      }
    },
    fit.coefficients,
  );
}

/** Spread of the Pearson residuals: for a linearised design their weighted variance with n/(n-1), for replicates their weighted mean square, as R has it. */
function dispersionOf(design: Design, family: Family, answers: Float64Array, means: Float64Array, weights: Float64Array): number {
  const residuals = answers.map((answer, i) => (answer - (means[i] ?? 0)) / Math.sqrt(family.variance(means[i] ?? 0)));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const centre = design.kind === "replicate" ? 0 : residuals.reduce((sum, residual, i) => sum + residual * (weights[i] ?? 0), 0) / total;
  const n = answers.length;
  const variance = residuals.reduce((sum, residual, i) => sum + (residual - centre) ** 2 * (weights[i] ?? 0), 0) / total;
  return design.kind === "linearised" ? (variance * n) / (n - 1) : variance;
}

function nullDevianceOf({ answers, weights, family }: FitInput, intercept: boolean): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const mean = intercept ? answers.reduce((sum, answer, i) => sum + answer * (weights[i] ?? 0), 0) / total : family.mean(0);
  return answers.reduce((sum, answer, i) => sum + (weights[i] ?? 0) * family.deviance(answer, mean), 0);
}

/**
 * Fits a model, as `svyglm(formula, design, family)`. Rows with a missing answer in any column of the model are left out; they keep their place in the design.
 * @throws {@link SurveyError} `formula-malformed`, `column-unknown`, `column-kind`, `proportion-invalid`, `domain-empty`, `domain-degenerate` (a factor of one level), `separation`, `not-converged`, `no-degrees-of-freedom`, `model-malformed`.
 */
export function fitModel(data: ModelData, spec: ModelSpec): Model {
  const formula = typeof spec.formula === "string" ? parseFormula(spec.formula) : spec.formula;
  const link = spec.link ?? linksOf(spec.family)[0];
  const family = familyOf(spec.family, link);
  if (family === null) {
    throw new SurveyError("model-malformed", `the family ${spec.family} takes the link ${linksOf(spec.family).join(" or ")}, not ${link}`, {
      family: spec.family,
      link,
    });
  }
  const length = data.designRow?.length ?? data.design.rows;
  const names = [...new Set([formula.response, ...formula.terms.flat()])];
  const variables = new Map(names.map((name) => [name, variableOf(data.frame, name, length)]));
  const { rows, scale } = usedRows(data, [...variables.values()], length);
  const response = variableOf(data.frame, formula.response, length);
  const matrix = modelMatrix(formula, variables, rows);
  const input: FitInput = {
    columns: matrix.columns,
    names: matrix.names,
    answers: answersOf(response, formula.response, rows, family),
    weights: Float64Array.from(rows, (row) => (data.design.weights[designRowOf(data, row)] ?? 0) / scale),
    family,
  };
  const fit = fitByReweighting(input, null);
  if (spec.family === "gaussian" && !(fit.deviance > 1e-24 * input.answers.reduce((sum, answer, i) => sum + (input.weights[i] ?? 0) * answer * answer, 0))) {
    throw new SurveyError(
      "domain-degenerate",
      `the model explains ${JSON.stringify(formula.response)} without any rest, so there is no variance to test with: is every answer the same, or a copy of a column?`,
      {
        column: formula.response,
      },
    );
  }
  const used = restrictedTo(data, rows);
  const { design } = used;
  const df = degreesOfFreedom(design) + 1 - fit.kept.length;
  if (df < 1) {
    throw new SurveyError(
      "no-degrees-of-freedom",
      `the model has ${fit.kept.length} coefficients and the design ${df + fit.kept.length - 1} degrees of freedom: leave out terms, or join groups`,
      { coefficients: fit.kept.length, df },
    );
  }
  const { covariance, dropped } =
    design.kind === "linearised"
      ? { covariance: linearisedCovariance(used, rows, matrix, fit, scale), dropped: 0 }
      : replicateCovariance(used, design, rows, input, fit);
  return {
    formula,
    family: spec.family,
    link,
    names: fit.kept.map((j) => matrix.names[j] ?? ""),
    termOf: fit.kept.map((j) => matrix.termOf[j] ?? -1),
    coefficients: fit.coefficients,
    covariance,
    naiveCovariance: fit.crossInverse,
    df,
    deviance: fit.deviance,
    nullDeviance: nullDevianceOf(input, formula.intercept),
    dispersion: dispersionOf(design, family, input.answers, fit.means, input.weights),
    n: rows.length,
    rounds: fit.rounds,
    aliased: matrix.names.filter((_, j) => !fit.kept.includes(j)),
    dropped,
    data: used,
  };
}

/** Estimate, error and t interval of one number. `term` names it; `dropped` counts the replicates left out. */
export function rowOf(term: string, estimate: number, variance: number, df: number, level: number, dropped = 0): CoefficientRow {
  // Rounding below zero counts as zero, as everywhere.
  const se = Math.sqrt(Math.max(0, variance));
  if (!Number.isFinite(se)) throw new SurveyError("domain-degenerate", `the sampling variance of ${JSON.stringify(term)} is no number here`, { term });
  if (!(df > 0))
    throw new SurveyError("no-degrees-of-freedom", `${JSON.stringify(term)} has ${df} degrees of freedom: too few clusters for an interval or test`, {
      term,
      df,
    });
  const left = dropped === 0 ? {} : { dropped };
  if (se === 0) {
    const t = estimate === 0 ? 0 : estimate > 0 ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
    return { term, estimate, se, low: estimate, high: estimate, df, t, p: estimate === 0 ? 1 : 0, note: "domain-degenerate", ...left };
  }
  const half = student.upperQuantile((1 - level) / 2, df) * se;
  const t = estimate / se;
  return { term, estimate, se, low: estimate - half, high: estimate + half, df, t, p: 2 * student.upper(Math.abs(t), df), ...left };
}

/**
 * The table of a model: each coefficient with standard error, t interval and test against 0.
 * @param level of the intervals, between 0 and 1.
 * @throws {@link SurveyError} `level-invalid`, `no-degrees-of-freedom`, `domain-degenerate` when a variance is no number.
 */
export function coefficientRows(model: Model, level: number): readonly CoefficientRow[] {
  requireLevel(level);
  const k = model.names.length;
  return model.names.map((name, i) => rowOf(name, model.coefficients[i] ?? 0, model.covariance[i * k + i] ?? 0, model.df, level, model.dropped));
}

/** The label of a coefficient's term: `(Intercept)`, `stype`, `stype:ell`. */
export function termLabelOf(model: Model, coefficient: number): string {
  const term = model.formula.terms[model.termOf[coefficient] ?? -1];
  return term === undefined ? "(Intercept)" : termLabel(term);
}
