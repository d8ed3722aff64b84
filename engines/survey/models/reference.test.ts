/** Models and tests against R `survey` 4.5: every svyglm, regTermTest, svychisq, svyttest, svyranktest and trend contrast of the reference results. */
import { describe, expect, test } from "vitest";
import type { Design } from "#engines/survey/design/index.ts";
import { fisherSumUpper } from "#engines/survey/numerics/index.ts";
import { combine } from "./contrasts.ts";
import type { FamilyName } from "./families.ts";
import { coefficientRows, fitModel, type Model } from "./glm.ts";
import { oneSampleTest, twoSampleTest } from "./mean-tests.ts";
import { rankTest, type RankScore } from "./rank-tests.ts";
import { tableStatistics, tableTest, type TableTest } from "./tables.ts";
import { likelihoodRatioTermTest, waldTermTest } from "./term-tests.ts";
import {
  linearisedDesign,
  numbersIn,
  partOf,
  referenceCases,
  referenceFolder,
  referenceFrame,
  replicateDesign,
  type ReferenceCase,
} from "./testing-reference.ts";
import { groupMeans, trendOf } from "./trend.ts";
import { asFactor, type Frame } from "./variables.ts";

const EXACT = 1e-8;
const ITERATIVE = 1e-6;
/** The one design where R's saddlepoint loses a repetition to rounding; see `fisherSumUpper`. */
const truncatedByR = "svydesign(id=~1, fpc=~fpc, data=apisrs)";

const frames = new Map<string, Frame>();
function frameOf({ dataset }: ReferenceCase): Frame {
  const frame = frames.get(dataset) ?? referenceFrame(dataset);
  frames.set(dataset, frame);
  return frame;
}

/** Every number within the tolerance, relative. */
function close(what: string, got: ArrayLike<number>, wanted: unknown, tolerance: number): void {
  const numbers = numbersIn(wanted);
  expect(got.length, what).toBe(numbers.length);
  numbers.forEach((number, i) => {
    const scale = Math.abs(number);
    expect(Math.abs((got[i] ?? Number.NaN) - number) / scale, `${what}[${i}]: ${got[i]} and R ${number}`).toBeLessThan(tolerance);
  });
}

function values(frame: Frame, name: string): Float64Array {
  const variable = frame.get(name);
  if (variable?.kind !== "number") throw new Error(`${name} holds no numbers`);
  return variable.values;
}

const isFamily = (name: string): name is FamilyName => ["gaussian", "quasibinomial", "quasipoisson"].includes(name);
const isScore = (name: string): name is RankScore => ["wilcoxon", "KruskalWallis", "vanderWaerden", "median"].includes(name);

/** Takes `svyglm(formula, d, family=name())` apart. */
function modelOf(call: string, frame: Frame, design: Design): Model {
  const [, formula = "", name = "gaussian"] = /svyglm\(([^,]+),\s*d(?:,\s*family=(\w+)\(\))?/u.exec(call) ?? [];
  if (!isFamily(name)) throw new Error(`family ${name}`);
  return fitModel({ design, frame }, { formula, family: name });
}

function checkModel(model: Model, result: Readonly<Record<string, unknown>>): void {
  const tolerance = model.family === "gaussian" ? EXACT : ITERATIVE;
  const rows = coefficientRows(model, 0.95);
  expect(model.names).toEqual(result["coef_names"]);
  close("coef", model.coefficients, result["coef"], tolerance);
  close("vcov", model.covariance, result["vcov"], tolerance);
  close(
    "se",
    rows.map(({ se }) => se),
    result["se"],
    tolerance,
  );
  close(
    "t",
    rows.map(({ t }) => t),
    result["t"],
    tolerance,
  );
  // A p-value of 1e-150 has a t of 80 in it: its own error is some hundred times that of t.
  close(
    "p",
    rows.map(({ p }) => p),
    result["p"],
    tolerance * 100,
  );
  close("df", [model.df], result["df_residual"], EXACT);
  close("dispersion", [model.dispersion], result["dispersion"], tolerance);
  close("deviance", [model.deviance], result["deviance"], tolerance);
  close("null deviance", [model.nullDeviance], result["null_deviance"], EXACT);
}

function checkTable({ statistic, kind, numeratorDf, denominatorDf, p }: TableTest, result: Readonly<Record<string, unknown>>): void {
  expect(kind).toBe(result["statistic_name"]);
  close("statistic", [statistic], result["statistic"], EXACT);
  close(
    "parameter",
    [numeratorDf, denominatorDf].filter((df) => df !== null),
    result["parameter"],
    EXACT,
  );
  close("p", [p], result["p_value"], ITERATIVE);
}

const cases = referenceCases();
const linearised = (prefix: string): ReferenceCase[] => cases.filter(({ call }) => call.startsWith(prefix));

describe.skipIf(referenceFolder === null)("R survey 4.5 (skipped where the folder of RUGDEKKING_SURVEY_REFERENCE is not there)", () => {
  test.each(linearised("svyglm"))("$id", (one) => {
    const frame = frameOf(one);
    checkModel(modelOf(one.call, frame, linearisedDesign(one.design, frame)), one.result);
  });

  test.each(linearised("regTermTest"))("$id", (one) => {
    const frame = frameOf(one);
    const model = modelOf(one.call, frame, linearisedDesign(one.design, frame));
    const terms = /~(\w+)(?:, method|\)$)/u.exec(one.call)?.[1] ?? "";
    if (one.call.includes("LRT")) {
      const found = likelihoodRatioTermTest(model, terms);
      close("chisq", [found.statistic], one.result["chisq"], ITERATIVE);
      close("df", [found.numeratorDf], one.result["df"], EXACT);
      close("ddf", [found.denominatorDf], one.result["ddf"], EXACT);
      close("lambda", found.weights, one.result["lambda"], ITERATIVE);
      close("p", [found.p], one.result["p"], ITERATIVE);
    } else {
      const found = waldTermTest(model, terms);
      close("F", [found.statistic], one.result["F"], EXACT);
      close("df", [found.numeratorDf], one.result["df"], EXACT);
      close("ddf", [found.denominatorDf], one.result["ddf"], EXACT);
      close("p", [found.p], one.result["p"], EXACT);
    }
  });

  test.each(linearised("svychisq"))("$id", (one) => {
    const frame = frameOf(one);
    const [, row = "", column = "", name = ""] = /~([\w.]+)\+([\w.]+).*statistic="([\w-]+)"/u.exec(one.call) ?? [];
    const statistic = tableStatistics.find((known) => known === name);
    const [rows, columns] = [frame.get(row), frame.get(column)];
    if (statistic === undefined || rows === undefined || columns === undefined) throw new Error(one.call);
    const design = linearisedDesign(one.design, frame);
    const found = tableTest(design, asFactor(rows), asFactor(columns), statistic);
    if (one.design === truncatedByR && found.numeratorDf === null) {
      close("statistic", [found.statistic], one.result["statistic"], EXACT);
      // Both design effects are (1 - n/N) n/(n-1) here, so that d0 is 2 and the denominator 398; R's had 397.99…, of which it took 397.
      const effect = ((1 - 200 / 6194) * 200) / 199;
      close("p", [fisherSumUpper(found.statistic, [effect, effect], 398 - 1e-6, "saddlepoint")], one.result["p_value"], ITERATIVE);
      close("p with 398", [found.p], one.result["p_value"], 0.04);
      return;
    }
    checkTable(found, one.result);
  });

  test.each(linearised("svyttest"))("$id", (one) => {
    const frame = frameOf(one);
    const design = linearisedDesign(one.design, frame);
    const group = frame.get("sch.wide");
    if (group === undefined) throw new Error("no group");
    const before = values(frame, "api99");
    const found = one.call.includes("I(api00-api99)~0")
      ? oneSampleTest(
          design,
          values(frame, "api00").map((value, row) => value - (before[row] ?? 0)),
          0.95,
        )
      : twoSampleTest(design, values(frame, "api00"), group, 0.95);
    close("t", [found.t], one.result["statistic"], EXACT);
    close("df", [found.df], one.result["parameter"], EXACT);
    close("estimate", [found.estimate], one.result["estimate"], EXACT);
    close("interval", [found.low, found.high], one.result["conf_int"], EXACT);
    close("p", [found.p], one.result["p_value"], ITERATIVE);
  });

  test.each(linearised("svyranktest"))("$id", (one) => {
    const frame = frameOf(one);
    const [, y = "", g = "", score = ""] = /svyranktest\((\w+)~([\w.]+),.*test="(\w+)"/u.exec(one.call) ?? [];
    const group = frame.get(g);
    if (group === undefined || !isScore(score)) throw new Error(one.call);
    const found = rankTest(linearisedDesign(one.design, frame), values(frame, y), group, score);
    // R's test of several groups has parameter and statistic the wrong way round.
    const [statistic, parameter] = found.estimate === null ? [found.numeratorDf, found.statistic] : [found.statistic, found.denominatorDf];
    close("statistic", [statistic], one.result["statistic"], EXACT);
    close("parameter", [parameter], one.result["parameter"], EXACT);
    close("p", [found.p], one.result["p_value"], ITERATIVE);
    if (found.estimate !== null) close("estimate", [found.estimate], one.result["estimate"], EXACT);
  });

  test.each(cases.filter(({ id }) => id.endsWith("svycontrast_stype_trend")))("$id", (one) => {
    const frame = frameOf(one);
    const group = frame.get("stype");
    if (group === undefined) throw new Error("no group");
    const means = groupMeans(linearisedDesign(one.design, frame), values(frame, "hi"), group);
    expect(means.names).toEqual(one.result["order"]);
    const found = combine(means, [
      { name: "lin", weights: [-1, 0, 1] },
      { name: "quad", weights: [1, -2, 1] },
    ]);
    close("coef", found.estimates, one.result["coef"], EXACT);
    close("vcov", found.covariance, one.result["vcov"], EXACT);
    const trend = trendOf(means, [0, 1, 2], 0.95, "equal");
    const [lin = 0, quad = 0] = numbersIn(one.result["coef"]);
    const [linSe = 0, quadSe = 0] = numbersIn(one.result["se"]);
    close("slope", [trend.linear.estimate, trend.linear.se], [lin / 2, linSe / 2], EXACT);
    close("parabola", [trend.quadratic?.estimate ?? 0, trend.quadratic?.se ?? 0], [quad / 2, quadSe / 2], EXACT);
  });

  test.each(cases.filter(({ result }) => "glm_g" in result))("$id", (one) => {
    const frame = frameOf(one);
    const design = replicateDesign(partOf(one.result, "rep"), linearisedDesign(one.design, frame));
    const [group, stype] = [frame.get("sch.wide"), frame.get("stype")];
    if (group === undefined || stype === undefined) throw new Error("no group");
    const data = { design, frame };
    checkModel(fitModel(data, { formula: "sch.wide ~ ell + meals + mobility", family: "quasibinomial" }), partOf(one.result, "glm"));
    checkModel(fitModel(data, { formula: "api00 ~ ell + meals + mobility", family: "gaussian" }), partOf(one.result, "glm_g"));
    const found = twoSampleTest(design, values(frame, "api00"), group, 0.95);
    const ttest = partOf(one.result, "ttest");
    close("t", [found.t], ttest["statistic"], EXACT);
    close("interval", [found.low, found.high], ttest["conf_int"], EXACT);
    close("p", [found.p], ttest["p_value"], ITERATIVE);
    checkTable(tableTest(design, asFactor(group), asFactor(stype), "F"), partOf(one.result, "chisq"));
  });
});
