/** Runs a request: every estimate in every group, as lines of the contract. Called through the engine's door by `rugdekking estimate` and by whoever has a request. */
import { columnOf, crossed, groupsIn, groupsOf, lineOf, numbersOf, type Table } from "#engines/survey/columns/column.ts";
import { type Design, degreesOfFreedom, subset } from "#engines/survey/design/index.ts";
import { SurveyError, type SurveyErrorCode } from "#engines/survey/errors.ts";
import { asFactor, coefficientRows, fitModel, oneSampleTest, parseFormula, tableTest, twoSampleTest, waveTrend } from "#engines/survey/models/index.ts";
import {
  contrasts,
  designEffect,
  type Estimates,
  groupMeans,
  means,
  proportion,
  proportionIntervals,
  quantileIntervals,
  quantiles,
  ratio,
  ratioResiduals,
  sizeOf,
  standardError,
  symmetricInterval,
  totals,
  variances,
  withAnswers,
} from "#engines/survey/statistics/index.ts";
import { sampleOf } from "./sample.ts";
import type { EstimateSpec, Literal, Spec } from "./spec.ts";
import { rowsWhere } from "./where.ts";

/** One line of the answer. Where a value is not defined it is null, and `note` says why. */
export interface EstimateLine {
  readonly id: Literal;
  /** Values of the `by` columns. */
  readonly group?: Readonly<Record<string, Literal>>;
  /** Level of a category, probability of a quantile, coefficient of a model, groups of a difference. */
  readonly term?: string;
  readonly estimate: number | null;
  readonly se: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** Degrees of freedom of the interval: the design's, in this domain. */
  readonly df: number | null;
  readonly deff: number | null;
  /** Rows that counted. */
  readonly n: number;
  /** Tests: two-sided p-value, and the denominator's degrees of freedom of an F. */
  readonly p?: number;
  readonly denominatorDf?: number | null;
  readonly note?: SurveyErrorCode;
}

type Part = Omit<EstimateLine, "id" | "group">;

/** What one group cannot give, without the rest being wrong. */
const ofOneGroup: ReadonlySet<SurveyErrorCode> = new Set(["domain-empty", "domain-degenerate", "no-degrees-of-freedom", "denominator-zero", "matrix-singular"]);

/** What an estimate is made from. */
interface Setting {
  readonly table: Table;
  readonly missing: "drop" | "fail";
  readonly spec: EstimateSpec;
  /** The domain, missing answers still in it. */
  readonly domain: Design;
}

/** The domain of those who answered; with `fail`, everybody must have. */
function answered({ table, missing, domain }: Setting, columns: readonly { readonly name: string; readonly values: Float64Array }[]): Design {
  if (missing === "fail")
    for (const { name, values } of columns)
      for (let row = 0; row < domain.rows; row++)
        if (domain.weights[row] !== 0 && Number.isNaN(values[row] ?? Number.NaN))
          throw new SurveyError(
            "value-missing",
            `line ${lineOf(table, row)}, column ${JSON.stringify(name)}: there is no answer; say "missing": "drop" to leave such rows out, or mend the data`,
            {
              line: lineOf(table, row),
              column: name,
            },
          );
  return withAnswers(
    domain,
    columns.map(({ values }) => values),
  );
}

/** Ones where a column has a value. @throws {@link SurveyError} `column-kind` for a text compared with numbers. */
function indicator(table: Table, name: string, equals: Literal): Float64Array {
  const column = columnOf(table, name);
  const groups = groupsOf(column);
  const code = column.kind === "number" ? groups.values.indexOf(Number(equals)) : groups.names.indexOf(String(equals));
  return Float64Array.from(groups.codes, (own) => (own === -1 ? Number.NaN : own === code ? 1 : 0));
}

/** What `of` and `equals` name: one column of numbers, or one of zeros and ones per level. */
function variablesOf({ table, spec }: Setting): readonly { readonly name: string; readonly term?: string; readonly values: Float64Array }[] {
  const [name = ""] = spec.of;
  if (spec.equals !== null) return [{ name, values: indicator(table, name, spec.equals) }];
  const column = columnOf(table, name);
  if (column.kind === "number") return [{ name, values: column.values }];
  return column.levels.map((level) => ({ name, term: level, values: indicator(table, name, level) }));
}

/** The only variable. */
function variableOf(setting: Setting): { readonly name: string; readonly values: Float64Array } {
  const all = variablesOf(setting);
  const [only] = all;
  if (only === undefined || all.length > 1 || only.term !== undefined) {
    const name = setting.spec.of[0] ?? "";
    // Says which line holds a text.
    return { name, values: numbersOf(setting.table, name) };
  }
  return only;
}

function partOf(found: Estimates, at: number, setting: Setting, extra: Partial<Part>): Part {
  const df = degreesOfFreedom(setting.domain);
  const [estimate = 0, se] = [found.estimates[at], standardError(found, at)];
  const { low, high, note } = symmetricInterval(estimate, se, setting.spec.level, df);
  return { estimate, se, low, high, df, deff: null, n: found.n, ...extra, ...(note === null ? {} : { note }) };
}

function simpleParts(setting: Setting, statistic: "mean" | "total"): readonly Part[] {
  const variables = variablesOf(setting);
  const design = answered(setting, variables);
  sizeOf(design);
  return variables.map(({ term, values }) => {
    const found = statistic === "mean" ? means(design, [values]) : totals(design, [values]);
    return partOf(found, 0, setting, { ...(term === undefined ? {} : { term }), deff: designEffect(design, values, statistic, standardError(found)) });
  });
}

function proportionParts(setting: Setting): readonly Part[] {
  const { spec, domain } = setting;
  const variables = variablesOf(setting);
  const design = answered(setting, variables);
  const df = degreesOfFreedom(domain);
  const method = proportionIntervals.find((one) => one === spec.interval) ?? "logit";
  return variables.map(({ term, values }) => {
    const { estimate, se, low, high, n, note } = proportion(design, values, method, spec.level, df);
    return {
      ...(term === undefined ? {} : { term }),
      estimate,
      se,
      low,
      high,
      df,
      deff: designEffect(design, values, "mean", se),
      n,
      ...(note === null ? {} : { note }),
    };
  });
}

function ratioParts(setting: Setting): readonly Part[] {
  const [top, bottom] = setting.spec.of.map((name) => ({ name, values: numbersOf(setting.table, name) }));
  if (top === undefined || bottom === undefined) return [];
  const design = answered(setting, [top, bottom]);
  const found = ratio(design, top.values, bottom.values);
  const rest = totals(design, [ratioResiduals(top.values, bottom.values, found.estimates[0] ?? 0)]);
  return [
    partOf(found, 0, setting, { deff: designEffect(design, ratioResiduals(top.values, bottom.values, found.estimates[0] ?? 0), "total", standardError(rest)) }),
  ];
}

function quantileParts(setting: Setting): readonly Part[] {
  const { spec, domain } = setting;
  const variable = variableOf(setting);
  const df = degreesOfFreedom(domain);
  return quantiles(answered(setting, [variable]), variable.values, spec.p, {
    rule: spec.qrule,
    interval: quantileIntervals.find((one) => one === spec.interval) ?? "mean",
    level: spec.level,
    df,
  }).map(({ p, estimate, se, low, high, n, note }) => ({ term: String(p), estimate, se, low, high, df, deff: null, n, ...(note === null ? {} : { note }) }));
}

/** Every later group less the first, by the same design. */
function differenceParts(setting: Setting): readonly Part[] {
  const [name = ""] = setting.spec.by;
  const groups = groupsIn(setting.table, name);
  const variable = variableOf(setting);
  const compared = { name, values: Float64Array.from(groups.codes, (code) => (code === -1 ? Number.NaN : code)) };
  const design = answered(setting, [variable, compared]);
  const present = groups.names.map((_, code) => design.weights.some((weight, row) => weight !== 0 && groups.codes[row] === code));
  const kept = groups.names.map((_, code) => code).filter((code) => present[code] === true);
  if (kept.length < 2)
    throw new SurveyError("domain-degenerate", `there are fewer than two groups of ${JSON.stringify(name)} with answers: there is no difference`);
  const place = new Map(kept.map((code, at) => [code, at]));
  const found = groupMeans(
    design,
    variable.values,
    groups.codes.map((code) => place.get(code) ?? -1),
    kept.length,
  );
  return kept.slice(1).map((code, at) => {
    const line = kept.map((_, other) => (other === 0 ? -1 : other === at + 1 ? 1 : 0));
    return partOf(contrasts(found, [line]), 0, setting, { term: `${groups.names[code] ?? ""} - ${groups.names[kept[0] ?? 0] ?? ""}` });
  });
}

type Tested = {
  readonly term: string;
  readonly estimate: number;
  readonly se: number;
  readonly low: number;
  readonly high: number;
  readonly df: number;
  readonly p: number;
};
const tested = (row: Tested, n: number, term = row.term): Part => ({
  term,
  estimate: row.estimate,
  se: row.se,
  low: row.low,
  high: row.high,
  df: row.df,
  deff: null,
  n,
  p: row.p,
});

function modelParts(setting: Setting): readonly Part[] {
  const { table, spec } = setting;
  const formula = parseFormula(spec.formula ?? "");
  const names = [...new Set([formula.response, ...formula.terms.flat()])];
  const design = answered(
    setting,
    names.map((name) => ({ name, values: asNumbers(table, name) })),
  );
  const model = fitModel({ design, frame: table.columns }, { formula, family: spec.family });
  return coefficientRows(model, spec.level).map((row) => tested(row, model.n));
}

/** Codes or numbers: enough to see who did not answer. */
function asNumbers(table: Table, name: string): Float64Array {
  const column = columnOf(table, name);
  return column.kind === "number" ? column.values : Float64Array.from(column.codes, (code) => (code === -1 ? Number.NaN : code));
}

function tableParts(setting: Setting): readonly Part[] {
  const { table, spec } = setting;
  const design = answered(
    setting,
    spec.of.map((name) => ({ name, values: asNumbers(table, name) })),
  );
  const [row = "", column = ""] = spec.of;
  const test = tableTest(design, asFactor(columnOf(table, row)), asFactor(columnOf(table, column)), "F");
  return [
    {
      term: test.kind,
      estimate: test.statistic,
      se: null,
      low: null,
      high: null,
      df: test.numeratorDf,
      deff: null,
      n: test.n,
      denominatorDf: test.denominatorDf,
      p: test.p,
    },
  ];
}

function meanTestParts(setting: Setting): readonly Part[] {
  const { table, spec } = setting;
  const variable = variableOf(setting);
  const [by] = spec.by;
  if (by === undefined) {
    const design = answered(setting, [variable]);
    return [tested(oneSampleTest(design, variable.values, spec.level), sizeOf(design).n)];
  }
  const design = answered(setting, [variable, { name: by, values: asNumbers(table, by) }]);
  const column = columnOf(table, by);
  return [tested(twoSampleTest(design, variable.values, column, spec.level), sizeOf(design).n, "difference")];
}

function trendParts(setting: Setting): readonly Part[] {
  const { table, spec } = setting;
  const [by = ""] = spec.by;
  const variable = variableOf(setting);
  const design = answered(setting, [variable, { name: by, values: asNumbers(table, by) }]);
  const { n } = sizeOf(design);
  const trend = waveTrend(design, variable.values, columnOf(table, by), spec.level, "equal");
  return [tested(trend.linear, n, "linear"), ...(trend.quadratic === null ? [] : [tested(trend.quadratic, n, "quadratic")])];
}

function partsOf(setting: Setting): readonly Part[] {
  switch (setting.spec.statistic) {
    case "mean":
    case "total":
      return simpleParts(setting, setting.spec.statistic);
    case "proportion":
      return proportionParts(setting);
    case "ratio":
      return ratioParts(setting);
    case "quantile":
      return quantileParts(setting);
    case "variance": {
      const variable = variableOf(setting);
      return [partOf(variances(answered(setting, [variable]), [variable.values]), 0, setting, {})];
    }
    case "difference":
      return differenceParts(setting);
    case "glm":
      return modelParts(setting);
    case "chisq":
      return tableParts(setting);
    case "ttest":
      return meanTestParts(setting);
    case "trend":
      return trendParts(setting);
  }
}

/** Whether the first `by` column is what is compared, not what makes groups. */
const compares = ({ statistic }: EstimateSpec): boolean => statistic === "difference" || statistic === "ttest" || statistic === "trend";

/** A part, or what stands in its place when the group cannot give it. */
function partsOrNote(setting: Setting): readonly Part[] {
  try {
    return partsOf(setting);
  } catch (error) {
    if (!(error instanceof SurveyError) || !ofOneGroup.has(error.code)) throw error;
    const n = setting.domain.weights.reduce((count, weight) => count + (weight === 0 ? 0 : 1), 0);
    return [{ estimate: null, se: null, low: null, high: null, df: degreesOfFreedom(setting.domain), deff: null, n, note: error.code }];
  }
}

function linesOf(table: Table, design: Design, missing: "drop" | "fail", spec: EstimateSpec): readonly EstimateLine[] {
  const whole = spec.where === null ? design : subset(design, rowsWhere(table, spec.where));
  const by = compares(spec) ? spec.by.slice(1) : spec.by;
  if (by.length === 0) return partsOrNote({ table, missing, spec, domain: whole }).map((part) => ({ id: spec.id, ...part }));
  const groupings = by.map((name) => groupsIn(table, name));
  groupings.forEach(({ codes }, at) => {
    const row = codes.findIndex((code, place) => code === -1 && whole.weights[place] !== 0);
    if (row !== -1 && missing === "fail")
      throw new SurveyError(
        "value-missing",
        `line ${lineOf(table, row)}, column ${JSON.stringify(by[at] ?? "")}: there is no answer to make groups by; say "missing": "drop" to leave such rows out`,
        {
          line: lineOf(table, row),
          column: by[at] ?? "",
        },
      );
  });
  const { codes, parts } = crossed(groupings, table.rows);
  return parts.flatMap((part, code) => {
    const domain = subset(
      whole,
      Uint8Array.from(codes, (own) => (own === code ? 1 : 0)),
    );
    // A combination that the condition leaves nobody in is no group of this estimate.
    if (!domain.weights.some((weight) => weight !== 0)) return [];
    const group = Object.fromEntries(by.map((name, at) => [name, groupings[at]?.values[part[at] ?? 0] ?? ""]));
    return partsOrNote({ table, missing, spec, domain }).map((found) => ({ id: spec.id, group, ...found }));
  });
}

/**
 * Every line of a request, in its order; or an error and nothing.
 * @param table the data; @param replicates the file of replicate weights, when the request names one.
 * @throws {@link SurveyError} any code; an estimate that fails names itself.
 */
export function runSpec(spec: Spec, table: Table, replicates: Table | null): readonly EstimateLine[] {
  const design = sampleOf(table, replicates, spec);
  return spec.estimates.flatMap((estimate) => {
    try {
      return linesOf(table, design, spec.missing, estimate);
    } catch (error) {
      if (error instanceof SurveyError)
        throw new SurveyError(error.code, `estimate ${JSON.stringify(estimate.id)}: ${error.message}`, { ...error.data, id: estimate.id });
      throw error;
    }
  });
}
