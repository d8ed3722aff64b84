/** Runs a request: every estimate in every group, as lines of the contract. Called through the engine's door by `rugdekking estimate` and by whoever has a request. */
import { type Column, columnOf, crossed, groupsIn, lineOf, numbersOf, type Table } from "#engines/survey/columns/column.ts";
import { type Design, degreesOfFreedom, subset } from "#engines/survey/design/index.ts";
import { SurveyError, type SurveyErrorCode } from "#engines/survey/errors.ts";
import {
  asFactor,
  type CoefficientRow,
  coefficientRows,
  fitModel,
  oneSampleTest,
  parseFormula,
  tableTest,
  twoSampleTest,
  waveTrend,
} from "#engines/survey/models/index.ts";
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
import { answersEqual, rowsWhere } from "./where.ts";

/** One line of the answer. Where a value is not defined it is null, and `note` says why; it also tells what else there is to know of the line, the weightiest first. */
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
  /** Rows of this group that had no answer and did not count; left out: none. */
  readonly leftOut?: number;
  /** Replicates that gave no value and did not count in the error; left out: none. */
  readonly replicatesDropped?: number;
  readonly note?: SurveyErrorCode;
}

type Part = Omit<EstimateLine, "id" | "group" | "leftOut" | "replicatesDropped"> & {
  /** Replicates that gave no value. */
  readonly dropped?: number | undefined;
  /** How many rows this part was to be made from; left out: those of the domain. */
  readonly of?: number;
};

/** What one group cannot give, without the rest being wrong. */
const ofOneGroup: ReadonlySet<SurveyErrorCode> = new Set([
  "domain-empty",
  "domain-degenerate",
  "no-degrees-of-freedom",
  "denominator-zero",
  "matrix-singular",
  "separation",
  "not-converged",
  "model-malformed",
]);

/** What an estimate is made from. */
interface Setting {
  readonly table: Table;
  readonly missing: "drop" | "fail";
  readonly spec: EstimateSpec;
  /** The domain, missing answers still in it. */
  readonly domain: Design;
  /** Its degrees of freedom; with `pair`, those of two of its groups. Worked out once, however many estimates there are of the domain: for replicates they are the rank of a matrix. */
  readonly df: () => number;
  readonly dfOf: (pair: string, design: Design) => number;
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

/** What `of` and `equals` name: one column of numbers, or one of zeros and ones per level. */
function variablesOf({ table, spec }: Setting): readonly { readonly name: string; readonly term?: string; readonly values: Float64Array }[] {
  const [name = ""] = spec.of;
  if (spec.equals !== null) return [{ name, values: answersEqual(table, name, spec.equals).values }];
  const column = columnOf(table, name);
  if (column.kind === "number") return [{ name, values: column.values }];
  return column.levels.map((level) => ({ name, term: level, values: answersEqual(table, name, level).values }));
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

function partOf(found: Estimates, at: number, setting: Setting, extra: Partial<Part>, df = setting.df()): Part {
  const [estimate = 0, se] = [found.estimates[at], standardError(found, at)];
  const { low, high, note } = symmetricInterval(estimate, se, setting.spec.level, df);
  return { estimate, se, low, high, df, deff: null, n: found.n, dropped: found.dropped, ...extra, ...(note === null ? {} : { note }) };
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
  const { spec } = setting;
  const variables = variablesOf(setting);
  const design = answered(setting, variables);
  const df = setting.df();
  const method = proportionIntervals.find((one) => one === spec.interval) ?? "logit";
  return variables.map(({ term, values }) => {
    const { estimate, se, low, high, n, dropped, note } = proportion(design, values, method, spec.level, df);
    return {
      ...(term === undefined ? {} : { term }),
      estimate,
      se,
      low,
      high,
      df,
      deff: designEffect(design, values, "mean", se),
      n,
      dropped,
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
  const { spec } = setting;
  const variable = variableOf(setting);
  const df = setting.df();
  return quantiles(answered(setting, [variable]), variable.values, spec.p, {
    rule: spec.qrule,
    interval: quantileIntervals.find((one) => one === spec.interval) ?? "mean",
    level: spec.level,
    df,
  }).map(({ p, estimate, se, low, high, n, dropped, note }) => ({
    term: String(p),
    estimate,
    se,
    low,
    high,
    df,
    deff: null,
    n,
    dropped,
    ...(note === null ? {} : { note }),
  }));
}

const sizeOfAll = (design: Design): number => design.weights.reduce((count, weight) => count + (weight === 0 ? 0 : 1), 0);

/** Every later group less the first. Each difference is of its own two groups: their rows, their degrees of freedom, and the replicates in which both have an answer. */
function differenceParts(setting: Setting): readonly Part[] {
  const [name = ""] = setting.spec.by;
  const groups = groupsIn(setting.table, name);
  const variable = variableOf(setting);
  const compared = { name, values: Float64Array.from(groups.codes, (code) => (code === -1 ? Number.NaN : code)) };
  const design = answered(setting, [variable, compared]);
  const present = new Uint8Array(groups.names.length);
  groups.codes.forEach((code, row) => {
    if (code !== -1 && design.weights[row] !== 0) present[code] = 1;
  });
  const [first, ...later] = groups.names.map((_, code) => code).filter((code) => present[code] === 1);
  if (first === undefined || later.length === 0)
    throw new SurveyError("domain-degenerate", `there are fewer than two groups of ${JSON.stringify(name)} with answers: there is no difference`);
  return later.map((code) => {
    const inside = Uint8Array.from(groups.codes, (own) => (own === first || own === code ? 1 : 0));
    const both = subset(setting.domain, inside);
    const term = `${groups.names[code] ?? ""} - ${groups.names[first] ?? ""}`;
    const df = (): number => setting.dfOf(JSON.stringify([name, first, code]), both);
    return orNote(term, sizeOfAll(both), df, () => {
      const found = groupMeans(
        subset(design, inside),
        variable.values,
        groups.codes.map((own) => (own === first ? 0 : own === code ? 1 : -1)),
        2,
      );
      return partOf(contrasts(found, [[-1, 1]]), 0, setting, { term, of: sizeOfAll(both) }, df());
    });
  });
}

/** A line of a model or test. @param df of the estimate's own. */
const tested = (row: CoefficientRow, n: number, term = row.term): Part => ({
  term,
  estimate: row.estimate,
  se: row.se,
  low: row.low,
  high: row.high,
  df: row.df,
  deff: null,
  n,
  p: row.p,
  dropped: row.dropped,
  ...(row.note === undefined ? {} : { note: row.note }),
});

function modelParts(setting: Setting): readonly Part[] {
  const { table, spec } = setting;
  const formula = parseFormula(spec.formula ?? "");
  const { response } = formula;
  // The response is who gave this answer, if one is named.
  const frame: ReadonlyMap<string, Column> =
    spec.equals === null
      ? table.columns
      : new Map([...table.columns, [response, { kind: "number", values: answersEqual(table, response, spec.equals).values }]]);
  const names = [...new Set([response, ...formula.terms.flat()])];
  const design = answered(
    setting,
    names.map((name) => ({ name, values: asNumbers(table, name) })),
  );
  const model = fitModel({ design, frame }, { formula, family: spec.family });
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
      dropped: test.dropped,
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
function orNote<T>(term: string | null, n: number, df: () => number, part: () => T): T | Part {
  try {
    return part();
  } catch (error) {
    if (!(error instanceof SurveyError) || !ofOneGroup.has(error.code)) throw error;
    return { ...(term === null ? {} : { term }), estimate: null, se: null, low: null, high: null, df: df(), deff: null, n, of: n, note: error.code };
  }
}

/** The parts of an estimate in its domain, each with what there is to know of it. */
function notedParts(setting: Setting, unknown: boolean): readonly Omit<EstimateLine, "id" | "group">[] {
  const size = sizeOfAll(setting.domain);
  const parts = orNote(null, size, setting.df, () => partsOf(setting));
  return (Array.isArray(parts) ? parts : [parts]).map(({ dropped = 0, of = size, note, ...part }: Part) => {
    const leftOut = of - part.n;
    const first = unknown ? "level-unknown" : (note ?? (dropped > 0 ? "replicates-dropped" : leftOut > 0 ? "rows-left-out" : undefined));
    return {
      ...part,
      ...(leftOut > 0 ? { leftOut } : {}),
      ...(dropped > 0 ? { replicatesDropped: dropped } : {}),
      ...(first === undefined ? {} : { note: first }),
    };
  });
}

/** Whether nobody in the whole table gave the answer that is asked for. @throws {@link SurveyError} `column-unknown`, `column-kind` */
function answerUnknown(table: Table, { statistic, of, equals, formula }: EstimateSpec): boolean {
  if (equals === null) return false;
  const name = statistic === "glm" ? parseFormula(formula ?? "").response : (of[0] ?? "");
  return !answersEqual(table, name, equals).known;
}

/** Degrees of freedom by domain, for all estimates of a request. */
type Degrees = Map<string, number>;

function linesOf(table: Table, design: Design, missing: "drop" | "fail", spec: EstimateSpec, degrees: Degrees): readonly EstimateLine[] {
  const whole = spec.where === null ? design : subset(design, rowsWhere(table, spec.where));
  const by = compares(spec) ? spec.by.slice(1) : spec.by;
  const unknown = answerUnknown(table, spec);
  const settingOf = (domain: Design, code: number): Setting => {
    const dfOf = (pair: string, of: Design): number => {
      const key = JSON.stringify([spec.where, by, code, pair]);
      const found = degrees.get(key) ?? degreesOfFreedom(of);
      degrees.set(key, found);
      return found;
    };
    return { table, missing, spec, domain, df: () => dfOf("", domain), dfOf };
  };
  if (by.length === 0) return notedParts(settingOf(whole, -1), unknown).map((part) => ({ id: spec.id, ...part }));
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
    return notedParts(settingOf(domain, code), unknown).map((found) => ({ id: spec.id, group, ...found }));
  });
}

/** The same error with the line of the file beside the row of the table, and the estimate it came from. */
function placed(error: unknown, table: Table, replicates: Table | null, id: Literal | null): unknown {
  if (!(error instanceof SurveyError)) return error;
  const { row, line } = error.data;
  const file = error.data["source"] === "replicates" && replicates !== null ? replicates : table;
  const found = line === undefined && typeof row === "number" ? lineOf(file, row - 1) : null;
  const where = `${id === null ? "" : `estimate ${JSON.stringify(id)}: `}${found === null ? "" : `line ${found}: `}`;
  return new SurveyError(error.code, `${where}${error.message}`, { ...error.data, ...(found === null ? {} : { line: found }), ...(id === null ? {} : { id }) });
}

/**
 * Every line of a request, in its order; or an error and nothing.
 * @param table the data; @param replicates the file of replicate weights, when the request names one.
 * @throws {@link SurveyError} any code; an estimate that fails names itself. An error about a row has its `line` in the data file, or in the file of replicate weights when `source` is `replicates`.
 */
export function runSpec(spec: Spec, table: Table, replicates: Table | null): readonly EstimateLine[] {
  let design: Design;
  try {
    design = sampleOf(table, replicates, spec);
  } catch (error) {
    throw placed(error, table, replicates, null);
  }
  const degrees: Degrees = new Map();
  return spec.estimates.flatMap((estimate) => {
    try {
      return linesOf(table, design, spec.missing, estimate, degrees);
    } catch (error) {
      throw placed(error, table, replicates, estimate.id);
    }
  });
}
