/** The request of `rugdekking estimate` (a stable contract): its types, and a strict reading of it that names the place that is wrong. Called by the estimate room's door. */
import type { LonelyPsu, ReplicateType } from "#engines/survey/design/index.ts";
import { SurveyError } from "#engines/survey/errors.ts";
import { familyNames, type FamilyName } from "#engines/survey/models/index.ts";
import {
  type ProportionInterval,
  proportionIntervals,
  type QuantileInterval,
  quantileIntervals,
  type QuantileRule,
  quantileRules,
} from "#engines/survey/statistics/index.ts";

/** What can be asked for. */
export const statisticNames = ["mean", "total", "proportion", "ratio", "quantile", "variance", "difference", "glm", "chisq", "ttest", "trend"] as const;

/** One of them. */
export type StatisticName = (typeof statisticNames)[number];

const lonelyNames = ["fail", "remove", "certainty", "adjust", "average"] as const satisfies readonly LonelyPsu[];
const replicateNames = ["JK1", "JKn", "BRR", "Fay", "bootstrap", "other"] as const satisfies readonly ReplicateType[];
const calibrationNames = ["poststratify", "rake", "linear", "raking", "logit"] as const;

/** The name of an estimate or a value of a group. */
export type Literal = string | number;

/** What answers are compared with; true and false are 1 and 0 beside numbers. */
export type Answer = Literal | boolean;

/** Replicate weights: columns of the data, a file of them, or none: then they are made of the design. */
export interface ReplicatesSpec {
  readonly type: ReplicateType;
  readonly columns: readonly string[] | string | null;
  readonly scale: number | null;
  readonly rscales: number | readonly number[] | null;
  readonly rho: number | null;
  readonly combined: boolean | null;
  readonly mse: boolean;
  /** How many, and the seed, of replicates that are made here. */
  readonly count: number | null;
  readonly seed: number | null;
}

/** How the sample was drawn, by names of columns. */
export interface DesignSpec {
  readonly strata: readonly string[];
  readonly clusters: readonly string[];
  readonly weights: string | null;
  readonly fpc: readonly string[];
  readonly nest: boolean;
  readonly lonelyPsu: LonelyPsu;
  readonly replicates: ReplicatesSpec | null;
}

/** Totals nested by the columns of `by`; at the bottom a number each. */
export interface Totals {
  readonly [group: string]: number | Totals;
}

/** One calibration. */
export interface CalibrationSpec {
  readonly type: (typeof calibrationNames)[number];
  readonly margins: readonly { readonly by: readonly string[]; readonly totals: Totals }[];
  readonly bounds: readonly [number, number] | null;
  readonly trim: readonly [number, number] | null;
}

/** One estimate that is asked for. */
export interface EstimateSpec {
  readonly id: Literal;
  readonly statistic: StatisticName;
  readonly of: readonly string[];
  /** The answer that is counted; of a glm, the answer of the response that is 1. */
  readonly equals: Answer | null;
  readonly by: readonly string[];
  /** An expression, or values a column must have. */
  readonly where: string | Readonly<Record<string, readonly Answer[]>> | null;
  readonly level: number;
  readonly interval: ProportionInterval | QuantileInterval | null;
  readonly family: FamilyName;
  readonly formula: string | null;
  readonly p: readonly number[];
  readonly qrule: QuantileRule;
}

/** The whole request. */
export interface Spec {
  readonly data: string;
  /** Rows without an answer: left out of the estimate and said so (`drop`), or an error. */
  readonly missing: "drop" | "fail";
  readonly design: DesignSpec;
  readonly calibrate: readonly CalibrationSpec[];
  readonly estimates: readonly EstimateSpec[];
}

const fail = (path: string, message: string): never => {
  throw new SurveyError("spec-malformed", `${path === "" ? "the spec" : path} ${message}`, { path });
};

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields => typeof value === "object" && value !== null && !Array.isArray(value);

function fieldsOf(value: unknown, path: string, known: readonly string[]): Fields {
  if (!isFields(value)) return fail(path, "must be an object");
  const unknown = Object.keys(value).find((key) => !known.includes(key));
  if (unknown !== undefined) fail(path, `has ${JSON.stringify(unknown)}, which is not part of it; it may have ${known.join(", ")}`);
  return value;
}

function textOf(value: unknown, path: string): string {
  return typeof value === "string" && value !== "" ? value : fail(path, "must be a text that is not empty");
}

function numberOf(value: unknown, path: string): number {
  return typeof value === "number" && Number.isFinite(value) ? value : fail(path, "must be a number");
}

function switchOf(value: unknown, path: string): boolean {
  return typeof value === "boolean" ? value : fail(path, "must be true or false");
}

function choiceOf<const T extends string>(value: unknown, path: string, choices: readonly T[]): T {
  const found = choices.find((choice) => choice === value);
  return found ?? fail(path, `is ${JSON.stringify(value)}; choose ${choices.join(", ")}`);
}

function literalOf(value: unknown, path: string): Literal {
  if (typeof value === "string" || (typeof value === "number" && Number.isFinite(value))) return value;
  return typeof value === "boolean" ? String(value) : fail(path, "must be a text or a number");
}

const answerOf = (value: unknown, path: string): Answer => (typeof value === "boolean" ? value : literalOf(value, path));

function listOf<T>(value: unknown, path: string, one: (entry: unknown, path: string) => T): readonly T[] {
  return Array.isArray(value) ? value.map((entry: unknown, at) => one(entry, `${path}[${at}]`)) : fail(path, "must be a list");
}

/** One name, or a list of names. */
const namesOf = (value: unknown, path: string): readonly string[] => (typeof value === "string" ? [textOf(value, path)] : listOf(value, path, textOf));

/** A field that may be left out, or null. */
function optional<T, F>(fields: Fields, key: string, path: string, read: (value: unknown, path: string) => T, fallback: F): T | F {
  const value = fields[key];
  return value === undefined || value === null ? fallback : read(value, path === "" ? key : `${path}.${key}`);
}

function pairOf(value: unknown, path: string): readonly [number, number] {
  const [low, high, more] = listOf(value, path, (entry, at) => (entry === null ? null : numberOf(entry, at)));
  if (low === undefined || high === undefined || more !== undefined) return fail(path, "must be two numbers, lower and upper");
  return [low ?? Number.NEGATIVE_INFINITY, high ?? Number.POSITIVE_INFINITY];
}

function replicatesOf(value: unknown, path: string): ReplicatesSpec {
  const fields = fieldsOf(value, path, ["type", "columns", "scale", "rscales", "rho", "combined", "mse", "count", "seed"]);
  const type = choiceOf(fields["type"], `${path}.type`, replicateNames);
  const said = (name: string): boolean => fields[name] !== null && fields[name] !== undefined;
  const given = said("columns");
  const idle = (given ? ["count", "seed"] : ["scale", "rscales", "combined", ...(type === "bootstrap" ? [] : ["count", "seed"])]).find(said);
  if (idle !== undefined)
    fail(`${path}.${idle}`, `means nothing for replicates of type ${type} that are ${given ? "given in columns" : "made of the design"}: leave it out`);
  if (said("rho") && type !== "Fay") fail(`${path}.rho`, `means nothing for replicates of type ${type}: leave it out, or choose Fay`);
  if (said("scale") && (type === "BRR" || type === "Fay"))
    fail(`${path}.scale`, `means nothing for ${type}, whose scale follows from the number of replicates: leave it out`);
  return {
    type,
    columns: optional(fields, "columns", path, (entry, at) => (typeof entry === "string" ? textOf(entry, at) : listOf(entry, at, textOf)), null),
    scale: optional(fields, "scale", path, numberOf, null),
    rscales: optional(fields, "rscales", path, (entry, at) => (typeof entry === "number" ? numberOf(entry, at) : listOf(entry, at, numberOf)), null),
    rho: optional(fields, "rho", path, numberOf, null),
    combined: optional(fields, "combined", path, switchOf, null),
    mse: optional(fields, "mse", path, switchOf, false),
    count: optional(fields, "count", path, numberOf, null),
    seed: optional(fields, "seed", path, numberOf, null),
  };
}

function designOf(value: unknown, path: string): DesignSpec {
  const fields = fieldsOf(value, path, ["strata", "clusters", "weights", "fpc", "nest", "lonelyPsu", "replicates"]);
  return {
    strata: optional(fields, "strata", path, namesOf, []),
    clusters: optional(fields, "clusters", path, namesOf, []),
    weights: optional(fields, "weights", path, textOf, null),
    fpc: optional(fields, "fpc", path, namesOf, []),
    nest: optional(fields, "nest", path, switchOf, false),
    lonelyPsu: optional(fields, "lonelyPsu", path, (entry, at) => choiceOf(entry, at, lonelyNames), "fail"),
    replicates: readReplicates(fields, path),
  };
}

/** Replicates that are given say themselves how the sample was drawn: what else of a design is said would not be heard. */
function readReplicates(fields: Fields, path: string): ReplicatesSpec | null {
  const replicates = optional(fields, "replicates", path, replicatesOf, null);
  if (replicates === null || replicates.columns === null) return replicates;
  for (const name of ["strata", "clusters", "fpc", "nest", "lonelyPsu"])
    if (fields[name] !== null && fields[name] !== undefined)
      fail(
        `${path}.${name}`,
        "means nothing beside replicate weights that are given: they hold how the sample was drawn; leave it out, or leave out replicates.columns",
      );
  return replicates;
}

function totalsOf(value: unknown, path: string): Totals {
  if (!isFields(value)) return fail(path, "must be an object with a total for every group");
  return Object.fromEntries(
    Object.entries(value).map(([group, total]) => [
      group,
      typeof total === "number" ? numberOf(total, `${path}.${group}`) : totalsOf(total, `${path}.${group}`),
    ]),
  );
}

function calibrationOf(value: unknown, path: string): CalibrationSpec {
  const fields = fieldsOf(value, path, ["type", "margins", "bounds", "trim"]);
  const margins = listOf(fields["margins"], `${path}.margins`, (entry, at) => {
    const margin = fieldsOf(entry, at, ["by", "totals"]);
    return { by: optional(margin, "by", at, namesOf, []), totals: totalsOf(margin["totals"], `${at}.totals`) };
  });
  if (margins.length === 0) fail(`${path}.margins`, "is empty: give at least one margin");
  const type = choiceOf(fields["type"], `${path}.type`, calibrationNames);
  const [bounds, trim] = [optional(fields, "bounds", path, pairOf, null), optional(fields, "trim", path, pairOf, null)];
  if ((bounds ?? trim) !== null && (type === "poststratify" || type === "rake"))
    fail(path, `of type ${type} has no bounds and no trim; use "raking" or "linear" for that`);
  if (type === "poststratify" && margins.length > 1)
    fail(`${path}.margins`, 'has several margins: post-stratification takes one, over all columns of its "by"; use "rake" for several');
  return { type, margins, bounds, trim };
}

function whereOf(value: unknown, path: string): EstimateSpec["where"] {
  if (typeof value === "string") return textOf(value, path);
  if (!isFields(value)) return fail(path, "must be an expression or an object of columns and values");
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, Array.isArray(one) ? listOf(one, `${path}.${name}`, answerOf) : [answerOf(one, `${path}.${name}`)]]),
  );
}

const needs: Readonly<Record<StatisticName, readonly [least: number, most: number]>> = {
  mean: [1, 1],
  total: [1, 1],
  proportion: [1, 1],
  ratio: [2, 2],
  quantile: [1, 1],
  variance: [1, 1],
  difference: [1, 1],
  glm: [0, 0],
  chisq: [2, 2],
  ttest: [1, 1],
  trend: [1, 1],
};

/** What means something for every statistic. A chi-square has no interval, and takes a level all the same so that one may be said to all. */
const forAll = ["id", "statistic", "by", "where", "level"] as const;

/** What means something for this one besides. */
const forOne: Readonly<Record<StatisticName, readonly string[]>> = {
  mean: ["of", "equals"],
  total: ["of", "equals"],
  proportion: ["of", "equals", "interval"],
  ratio: ["of"],
  quantile: ["of", "p", "qrule", "interval"],
  variance: ["of", "equals"],
  difference: ["of", "equals"],
  glm: ["of", "formula", "family", "equals"],
  chisq: ["of"],
  ttest: ["of", "equals"],
  trend: ["of", "equals"],
};

function estimateOf(value: unknown, path: string): EstimateSpec {
  const fields = fieldsOf(value, path, [...new Set([...forAll, ...Object.values(forOne).flat()])]);
  const statistic = choiceOf(fields["statistic"], `${path}.statistic`, statisticNames);
  const allowed: readonly string[] = [...forAll, ...forOne[statistic]];
  const idle = Object.keys(fields).find((key) => fields[key] !== null && fields[key] !== undefined && !allowed.includes(key));
  if (idle !== undefined) fail(`${path}.${idle}`, `means nothing for a ${statistic}: leave it out; a ${statistic} takes ${allowed.join(", ")}`);
  const of = optional(fields, "of", path, namesOf, []);
  const by = optional(fields, "by", path, namesOf, []);
  const [least, most] = needs[statistic];
  if (of.length < least || of.length > most)
    fail(`${path}.of`, `must name ${most === 0 ? "nothing: a glm has a formula" : most === 1 ? "one column" : "two columns"} for a ${statistic}`);
  if ((statistic === "difference" || statistic === "trend") && by.length === 0) fail(`${path}.by`, `must name the column whose groups a ${statistic} compares`);
  const formula = optional(fields, "formula", path, textOf, null);
  if (statistic === "glm" && formula === null) fail(`${path}.formula`, 'is missing: a glm needs one, such as "y ~ a + b"');
  const level = optional(fields, "level", path, numberOf, 0.95);
  if (!(level > 0 && level < 1))
    throw new SurveyError("level-invalid", `${path}.level is ${level}: give a level between 0 and 1, such as 0.95`, { path: `${path}.level` });
  const intervals = statistic === "quantile" ? quantileIntervals : proportionIntervals;
  return {
    id: literalOf(fields["id"], `${path}.id`),
    statistic,
    of,
    equals: optional(fields, "equals", path, answerOf, null),
    by,
    where: optional(fields, "where", path, whereOf, null),
    level,
    interval: optional(fields, "interval", path, (entry, at) => choiceOf<ProportionInterval | QuantileInterval>(entry, at, intervals), null),
    family: optional(fields, "family", path, (entry, at) => choiceOf(entry, at, familyNames), "gaussian"),
    formula,
    p: optional(fields, "p", path, (entry, at) => (typeof entry === "number" ? [entry] : listOf(entry, at, numberOf)), [0.5]),
    qrule: optional(fields, "qrule", path, (entry, at) => choiceOf(entry, at, quantileRules), "math"),
  };
}

/**
 * Reads a request.
 * @throws {@link SurveyError} `spec-malformed` with the path that is wrong, `level-invalid`.
 */
export function parseSpec(value: unknown): Spec {
  const fields = fieldsOf(value, "", ["data", "missing", "design", "calibrate", "estimates"]);
  const estimates = listOf(fields["estimates"], "estimates", estimateOf);
  if (estimates.length === 0) fail("estimates", "is empty: say what to estimate");
  return {
    data: textOf(fields["data"], "data"),
    missing: optional(fields, "missing", "", (entry, at) => choiceOf(entry, at, ["drop", "fail"]), "drop"),
    design: optional(fields, "design", "", designOf, designOf({}, "design")),
    calibrate: optional(fields, "calibrate", "", (entry, at) => listOf(entry, at, calibrationOf), []),
    estimates,
  };
}
