/** Whether whole terms of a model are needed: R's `regTermTest`, by Wald, or by the working likelihood ratio of Rao and Scott as Lumley and Scott (2014) refer it to a weighted sum of F. */
import { SurveyError } from "#engines/survey/errors.ts";
import { fisherSumUpper, generalizedEigenvalues, submatrix } from "#engines/survey/numerics/index.ts";
import { jointTest, type JointTest } from "./contrasts.ts";
import { parseTerms, termKey } from "./formula.ts";
import { fitModel, termLabelOf, type Model } from "./glm.ts";

/** A likelihood-ratio test of terms. */
export interface LikelihoodRatioTest {
  /** Difference of the working deviances. */
  readonly statistic: number;
  readonly numeratorDf: number;
  readonly denominatorDf: number;
  /** Weights of the sum of chi-squares the statistic is referred to; all 1 would be the textbook test. */
  readonly weights: readonly number[];
  readonly p: number;
}

/** Positions of the coefficients that belong to the terms. */
function coefficientsOf(model: Model, terms: string): readonly number[] {
  const wanted = parseTerms(terms);
  const known = new Map(model.formula.terms.map((term, position) => [termKey(term), position]));
  const positions = wanted.map((term) => {
    const position = known.get(termKey(term));
    if (position === undefined) {
      throw new SurveyError(
        "model-malformed",
        `${JSON.stringify(term.join(":"))} is no term of this model; its terms are ${model.formula.terms.map((t) => t.join(":")).join(", ")}`,
        {
          term: term.join(":"),
        },
      );
    }
    return position;
  });
  const found = model.termOf.flatMap((position, i) => (positions.includes(position) ? [i] : []));
  if (found.length === 0)
    throw new SurveyError("model-malformed", `no coefficient of ${JSON.stringify(terms)} could be estimated, so there is nothing to test`, { term: terms });
  return found;
}

/**
 * Wald test that every coefficient of `terms` (written `a + a:b`) is zero; F on (their number, the model's df).
 * @throws {@link SurveyError} `formula-malformed`, `model-malformed` when a term is not in the model, `matrix-singular`.
 */
export function waldTermTest(model: Model, terms: string): JointTest {
  const index = coefficientsOf(model, terms);
  return jointTest({
    names: index.map((i) => termLabelOf(model, i)),
    estimates: Float64Array.from(index, (i) => model.coefficients[i] ?? 0),
    covariance: submatrix(model.covariance, model.names.length, index),
    df: model.df,
  });
}

/**
 * Working likelihood-ratio test of `terms`: refits without them on the same rows. Better than Wald when a coefficient is large.
 * @throws {@link SurveyError} as {@link waldTermTest} and {@link fitModel}.
 */
export function likelihoodRatioTermTest(model: Model, terms: string): LikelihoodRatioTest {
  const index = coefficientsOf(model, terms);
  const dropped = new Set(parseTerms(terms).map(termKey));
  const formula = { ...model.formula, terms: model.formula.terms.filter((term) => !dropped.has(termKey(term))) };
  const smaller = fitModel(model.data, { formula, family: model.family, link: model.link });
  const k = model.names.length;
  const weights = generalizedEigenvalues(submatrix(model.covariance, k, index), submatrix(model.naiveCovariance, k, index), index.length);
  if (weights === null || !weights.every((weight) => weight > 0)) {
    throw new SurveyError(
      "matrix-singular",
      `the covariance of the coefficients of ${JSON.stringify(terms)} is singular: there are fewer clusters than things to test`,
      { term: terms },
    );
  }
  const statistic = smaller.deviance - model.deviance;
  const list = [...weights];
  return { statistic, numeratorDf: index.length, denominatorDf: model.df, weights: list, p: fisherSumUpper(statistic, list, model.df, "saddlepoint") };
}
