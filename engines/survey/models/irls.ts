/** Weighted fits of generalised linear models by iteratively reweighted least squares, step for step as R's `glm.fit`, so that results agree to the digits R prints. Called by `glm.ts`. */
import { SurveyError } from "#engines/survey/errors.ts";
import { leastSquares } from "#engines/survey/numerics/index.ts";
import type { Family } from "./families.ts";

/** R's `glm.control`: relative change of the deviance at which a fit is done, and the rounds it gets. A finer rule would move covariances by some 3e-5 away from R's. */
const CHANGE = 1e-8;
const MOST_ROUNDS = 25;
/** R's tolerance for a column that depends on earlier ones, in a glm. */
const DEPENDENT = 1e-11;
/** How close to an end of its range a mean must come before the fit is checked for separation. */
const SUSPICIOUS = 1e-5;
/** More rounds to see whether the linear predictor still runs away: at a finite maximum Newton's steps vanish, under separation they stay near 1. */
const RUNAWAY_ROUNDS = 6;
const RUNAWAY_STEP = 1e-3;

/** A finished fit. Arrays over columns hold the kept ones only. */
export interface Fit {
  readonly kept: readonly number[];
  readonly coefficients: Float64Array;
  /** (X'WX)^-1 over the kept columns with the working weights of the last round. */
  readonly crossInverse: Float64Array;
  readonly means: Float64Array;
  /** Working residual times working weight without the prior weight: what a column is multiplied by to be a score. */
  readonly scores: Float64Array;
  readonly deviance: number;
  readonly rounds: number;
}

/** What is fitted: columns, answers and prior weights over the same rows. Weights should have a mean near 1, as `svyglm` scales them. */
export interface FitInput {
  readonly columns: readonly Float64Array[];
  /** For messages. */
  readonly names: readonly string[];
  readonly answers: Float64Array;
  readonly weights: Float64Array;
  readonly family: Family;
}

interface State {
  coefficients: readonly (number | null)[];
  predictor: Float64Array;
  means: Float64Array;
  deviance: number;
}

function devianceOf({ answers, weights, family }: FitInput, means: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < answers.length; i += 1) {
    const weight = weights[i] ?? 0;
    if (weight !== 0) sum += weight * family.deviance(answers[i] ?? 0, means[i] ?? 0);
  }
  return sum;
}

function predictorOf(columns: readonly Float64Array[], coefficients: readonly (number | null)[], rows: number): Float64Array {
  const predictor = new Float64Array(rows);
  columns.forEach((column, j) => {
    const coefficient = coefficients[j] ?? 0;
    if (coefficient === 0) return;
    for (let i = 0; i < rows; i += 1) predictor[i] = (predictor[i] ?? 0) + coefficient * (column[i] ?? 0);
  });
  return predictor;
}

function stateOf(input: FitInput, coefficients: readonly (number | null)[]): State {
  const predictor = predictorOf(input.columns, coefficients, input.answers.length);
  const means = predictor.map(input.family.mean);
  return { coefficients, predictor, means, deviance: devianceOf(input, means) };
}

/** One weighted least-squares step from a state. */
function step({ columns, answers, weights, family }: FitInput, { predictor, means }: State): ReturnType<typeof leastSquares> {
  const rows = answers.length;
  const roots = new Float64Array(rows);
  const response = new Float64Array(rows);
  for (let i = 0; i < rows; i += 1) {
    const weight = weights[i] ?? 0;
    if (weight === 0) continue;
    const mean = means[i] ?? 0;
    const slope = family.slope(predictor[i] ?? 0);
    const root = Math.sqrt((weight * slope * slope) / family.variance(mean));
    roots[i] = root;
    response[i] = root * ((predictor[i] ?? 0) + ((answers[i] ?? 0) - mean) / slope);
  }
  return leastSquares(
    columns.map((column) => column.map((value, i) => value * (roots[i] ?? 0))),
    response,
    DEPENDENT,
  );
}

function notConverged(rounds: number): SurveyError {
  return new SurveyError(
    "not-converged",
    `the model did not converge in ${rounds} rounds: a column with very large numbers or an answer nearly all rows share is the usual cause; scale the column or leave out the term`,
    { rounds },
  );
}

/** Halves the way back to the last good coefficients until the deviance is finite, as `glm.fit` does. */
function withFiniteDeviance(input: FitInput, state: State, last: State): State {
  let current = state;
  for (let halving = 0; !Number.isFinite(current.deviance); halving += 1) {
    if (halving === MOST_ROUNDS) throw notConverged(halving);
    current = stateOf(
      input,
      current.coefficients.map((value, j) => (value === null ? null : (value + (last.coefficients[j] ?? 0)) / 2)),
    );
  }
  return current;
}

/** Whether some mean has come so close to the end of its range that the maximum may lie at infinity. */
function suspicious({ family, weights }: FitInput, means: Float64Array): boolean {
  const [least, most] = family.range;
  return means.some((mean, i) => weights[i] !== 0 && (mean - least < SUSPICIOUS || most - mean < SUSPICIOUS));
}

/** Goes on where the fit stopped and refuses when the predictor still moves. */
function refuseSeparation(input: FitInput, state: State): void {
  let current = state;
  let moved = 0;
  for (let round = 0; round < RUNAWAY_ROUNDS; round += 1) {
    const next = stateOf(input, step(input, current).coefficients);
    moved = next.predictor.reduce((most, value, i) => (input.weights[i] === 0 ? most : Math.max(most, Math.abs(value - (current.predictor[i] ?? 0)))), 0);
    if (!(moved > RUNAWAY_STEP)) return;
    if (!Number.isFinite(next.deviance)) break;
    current = next;
  }
  let culprit = 0;
  let largest = -1;
  input.columns.forEach((column, j) => {
    const spread = column.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const size = Math.abs((current.coefficients[j] ?? 0) - (state.coefficients[j] ?? 0)) * spread;
    if (size > largest) [culprit, largest] = [j, size];
  });
  const term = input.names[culprit] ?? "";
  throw new SurveyError(
    "separation",
    `the answer is completely determined in some rows, so the coefficient of ${JSON.stringify(term)} would be infinite: look for a group in which all answers are the same, and merge it with another or leave the term out`,
    { term },
  );
}

/**
 * Fits. A column that depends on earlier ones is left out of `kept`.
 * @param start coefficients to start from (all columns), or null to start from the answers.
 * @throws {@link SurveyError} `not-converged`, `separation` (the maximum lies at infinity), or `model-malformed` when no column is left.
 */
export function fitByReweighting(input: FitInput, start: readonly (number | null)[] | null): Fit {
  const { answers, weights, family, columns } = input;
  let state: State;
  if (start === null) {
    const means = answers.map((answer, i) => family.start(answer, weights[i] ?? 0));
    const predictor = means.map(family.predictor);
    const back = predictor.map(family.mean);
    state = { coefficients: columns.map(() => 0), predictor, means: back, deviance: devianceOf(input, back) };
  } else state = stateOf(input, start);
  let rounds = 0;
  for (;;) {
    rounds += 1;
    const solution = step(input, state);
    if (solution.rank === 0) throw new SurveyError("model-malformed", "every column of the model is zero in the rows that are used: nothing can be fitted");
    const next = withFiniteDeviance(input, stateOf(input, solution.coefficients), state);
    const done = Math.abs(next.deviance - state.deviance) / (Math.abs(next.deviance) + 0.1) < CHANGE;
    const before = state;
    state = next;
    if (!done && rounds < MOST_ROUNDS) continue;
    if (suspicious(input, state.means)) refuseSeparation(input, state);
    if (!done) throw notConverged(rounds);
    return finished(input, before, state, solution, rounds);
  }
}

/** R keeps the working weights of the round before the last coefficients and the residuals after them; so do we. */
function finished({ answers, weights, family }: FitInput, before: State, state: State, solution: ReturnType<typeof leastSquares>, rounds: number): Fit {
  const scores = new Float64Array(answers.length);
  for (let i = 0; i < answers.length; i += 1) {
    if (weights[i] === 0) continue;
    const slopeBefore = family.slope(before.predictor[i] ?? 0);
    const working = (slopeBefore * slopeBefore) / family.variance(before.means[i] ?? 0);
    scores[i] = (working * ((answers[i] ?? 0) - (state.means[i] ?? 0))) / family.slope(state.predictor[i] ?? 0);
  }
  return {
    kept: solution.kept,
    coefficients: Float64Array.from(solution.kept, (j) => state.coefficients[j] ?? 0),
    crossInverse: solution.crossInverse,
    means: state.means,
    scores,
    deviance: state.deviance,
    rounds,
  };
}
