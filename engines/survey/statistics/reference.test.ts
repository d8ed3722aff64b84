/** Every reference result of R `survey` 4.5 that is about designs, statistics, calibration and replicates. Without the folder of results only the vectors of the tree itself run (vectors.test.ts). */
import { afterAll, describe, expect, test } from "vitest";
import { calibrate, type Margin } from "#engines/survey/calibration/index.ts";
import { crossed, groupsOf } from "#engines/survey/columns/column.ts";
import { type Design, degreesOfFreedom, givenReplicates, makeReplicates, subset } from "#engines/survey/design/index.ts";
import { student } from "#engines/survey/numerics/index.ts";
import {
  contrasts,
  designEffect,
  type DesignEffect,
  type Estimates,
  groupMeans,
  means,
  proportion,
  type ProportionInterval,
  proportionIntervals,
  quantileIntervals,
  quantileRules,
  quantiles,
  ratio,
  standardError,
  totals,
  variances,
  withAnswers,
} from "./index.ts";
import {
  columnOf,
  Comparison,
  designOf,
  groupsIn,
  type Json,
  numbersOf,
  type ReferenceCase,
  referenceCases,
  referenceFolder,
  replicateDesignOf,
  textOf,
  tableOf,
  zipped,
} from "./testing-reference.ts";

const cases = referenceCases();
const comparison = new Comparison();
type Pairs = [number | null, Json | undefined][];
type Result = { readonly [key: string]: Json };

const list = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : [value ?? null]);
const isRecord = (value: Json | undefined): value is Result => typeof value === "object" && value !== null && !Array.isArray(value);
const record = (value: Json | undefined): Result => (isRecord(value) ? value : {});
const pick = <const T extends string>(all: readonly T[], value: string): T => {
  const found = all.find((one) => one === value);
  if (found === undefined) throw new Error(`the reference names ${value}`);
  return found;
};

/** `~a+b` as named numeric columns; factors as one column per level. */
function termsOf(dataset: string, formula: string): { name: string; values: Float64Array }[] {
  const table = tableOf(dataset);
  return formula
    .replaceAll(/[~\s]/gu, "")
    .replaceAll(/interaction\(([^)]*)\)/gu, "$1!")
    .split("+")
    .flatMap((term) => {
      const names = term.replace("!", "").split(",");
      const first = columnOf(table, names[0] ?? "");
      if (first.kind === "number" && names.length === 1) return [{ name: term, values: first.values }];
      const { codes, parts } = crossed(
        names.map((name) => groupsOf(columnOf(table, name))),
        table.rows,
      );
      const labels = parts.map((part) => part.map((code, at) => groupsOf(columnOf(table, names[at] ?? "")).names[code] ?? "").join("."));
      const prefix = term.endsWith("!") ? `interaction(${names.join(", ")})` : term;
      return labels.map((label, code) => ({ name: `${prefix}${label}`, values: Float64Array.from(codes, (own) => (own === code ? 1 : 0)) }));
    });
}

/** Pairs for one svystat. */
function pairsOfStatistic(found: Estimates, df: number, result: Result, names: readonly string[], deffs: readonly (number | null)[]): Pairs {
  const order = result["names"] === undefined ? names.map((_, at) => at) : list(result["names"]).map((name) => names.indexOf(textOf(name)));
  const k = names.length;
  const pairs: Pairs = [];
  order.forEach((at, place) => {
    const se = standardError(found, at);
    const estimate = found.estimates[at] ?? Number.NaN;
    const vcov = list(list(result["vcov"])[place]);
    const largest = Math.max(...vcov.map((value) => Math.abs(Number(value))));
    pairs.push([estimate, list(result["coef"])[place]]);
    // R's own rounding: a standard error of a total that is fixed comes out as zero or as dust.
    if (Number(list(result["se"])[place]) > 1e-9 * Math.abs(estimate)) {
      pairs.push([se, list(result["se"])[place]]);
      order.forEach((other, second) => {
        const theirs = Number(vcov[second]);
        const size = Math.sqrt((found.covariance[at * k + at] ?? 0) * (found.covariance[other * k + other] ?? 0));
        if (Math.abs(theirs) > 1e-6 * Math.max(largest, size)) pairs.push([found.covariance[at * k + other] ?? 0, theirs]);
      });
      if (result["cv"] !== undefined) pairs.push([se / estimate, list(result["cv"])[place]]);
      if (result["deff"] !== undefined) pairs.push([deffs[at] ?? null, list(result["deff"])[place]]);
    }
    const t = student.upperQuantile(0.025, df);
    if (result["ci_t"] !== undefined)
      pairs.push([estimate - t * se, list(list(result["ci_t"])[place])[0]], [estimate + t * se, list(list(result["ci_t"])[place])[1]]);
    if (result["ci_normal"] !== undefined) pairs.push([estimate - 1.959963984540054 * se, list(list(result["ci_normal"])[place])[0]]);
  });
  if (result["df"] !== undefined) pairs.push([df, result["df"]]);
  return pairs;
}

function statistic(
  kind: "mean" | "total",
  design: Design,
  terms: readonly { name: string; values: Float64Array }[],
  result: Result,
  against: DesignEffect = "without-replacement",
): Pairs {
  const columns = terms.map(({ values }) => values);
  const answered = withAnswers(design, columns);
  const found = kind === "mean" ? means(answered, columns) : totals(answered, columns);
  const deffs = columns.map((column, at) => designEffect(answered, column, kind, standardError(found, at), against));
  return pairsOfStatistic(
    found,
    degreesOfFreedom(design),
    result,
    terms.map(({ name }) => name),
    deffs,
  );
}

function proportionPairs(design: Design, column: Float64Array, method: ProportionInterval, level: number, result: Result): Pairs {
  const found = proportion(design, column, method, level);
  return [
    [found.estimate, result["estimate"]],
    [found.se, result["se"]],
    [found.low, list(result["ci"])[0]],
    [found.high, list(result["ci"])[1]],
  ];
}

/** Rows of an svyby table with the domain of each. */
function domains(dataset: string, design: Design, by: readonly string[], rows: readonly Json[]): { row: Result; domain: Design }[] {
  const table = tableOf(dataset);
  return rows.map((entry) => {
    const row = record(entry);
    const keep = new Uint8Array(design.rows).fill(1);
    for (const name of by) {
      const groups = groupsIn(table, name);
      const code = groups.names.indexOf(textOf(row[name]));
      for (let at = 0; at < keep.length; at++) if (groups.codes[at] !== code) keep[at] = 0;
    }
    return { row, domain: subset(design, keep) };
  });
}

const constant = (design: Design, value: number): Float64Array => new Float64Array(design.rows).fill(value);

/** What the call of a case comes to here, beside what it came to in R; null: another room's case. */
function pairsOf({ id, dataset, design: made, call, result }: ReferenceCase): Pairs | null {
  if (id.startsWith("rep/")) return replicatePairs(id, dataset, made, result);
  if (id.includes("calibrate") || id.includes("rake") || id.includes("postStratify")) return calibrationPairs(id, dataset, made, result);
  if (id.startsWith("edge/ciprop")) {
    const design = designOf("apistrat", "svydesign(id=~1, strata=~stype, weights=~pw, data=apistrat, fpc=~fpc)");
    const method = pick(proportionIntervals, id.split("/")[3] ?? "");
    const found = proportion(design, constant(design, id.includes("/one/") ? 1 : 0), method);
    if (method === "beta" || method === "wilson") return [[found.estimate, result["estimate"]]]; // R: NaN; here defined, see proportionInterval
    if (result["error"] !== undefined) return [[found.low, "NaN"]];
    return [
      [found.estimate, Math.round(Number(result["estimate"]))],
      [found.low, Number.isNaN(Number(list(result["ci"])[0])) ? "NaN" : 0],
    ];
  }
  if (id === "edge/na_keep") return null;
  const design = designOf(dataset, made);
  const table = tableOf(dataset);
  const [, name = "", formula = ""] = /^(\w+)\((~[^,]+)/u.exec(call) ?? [];
  const against: DesignEffect = call.includes('deff="replace"') ? "with-replacement" : "without-replacement";
  if (call === "weights(d)") {
    const { weights } = design;
    return [
      [weights.reduce((sum, weight) => sum + weight, 0), result["sum"]],
      [Math.min(...weights), result["min"]],
      [Math.max(...weights), result["max"]],
    ];
  }
  if (call === "degf(d)") return [[degreesOfFreedom(design), Object.values(result)[0]]];
  if (call.includes("subset(d")) {
    const [wide, score] = [groupsIn(table, "sch.wide"), numbersOf(table, "api00")];
    const domain = subset(
      design,
      Uint8Array.from(score, (value, row) => (wide.names[wide.codes[row] ?? -1] === "Yes" && value > 600 ? 1 : 0)),
    );
    return [...statistic("mean", domain, termsOf(dataset, "~api00"), result), [degreesOfFreedom(domain), result["degf_subset"]]];
  }
  switch (name) {
    case "svymean":
    case "svytotal":
      return statistic(name === "svymean" ? "mean" : "total", design, termsOf(dataset, /^\w+\((~.*?), ?d/u.exec(call)?.[1] ?? formula), result, against);
    case "svyvar": {
      const found = variances(
        design,
        termsOf(dataset, formula).map(({ values }) => values),
      );
      return list(result["coef"])
        .flatMap((line) => list(line))
        .flatMap((value, at): Pairs => [
          [found.estimates[at] ?? 0, value],
          [standardError(found, at), list(result["se"])[at]],
        ]);
    }
    case "svyratio": {
      const [top, bottom] = [numbersOf(table, "api.stu"), numbersOf(table, "enroll")];
      const found = ratio(withAnswers(design, [top, bottom]), top, bottom);
      const t = student.upperQuantile(0.025, degreesOfFreedom(design));
      const [estimate = 0] = found.estimates;
      return [
        [estimate, result["ratio"]],
        [standardError(found), result["se"]],
        [estimate - t * standardError(found), list(result["ci_t"])[0]],
      ];
    }
    case "svyciprop":
      return proportionPairs(
        design,
        numbersOf(table, formula.slice(1)),
        pick(proportionIntervals, /method="(\w+)"/u.exec(call)?.[1] ?? ""),
        Number(/level=([\d.]+)/u.exec(call)?.[1] ?? 0.95),
        result,
      );
    case "svytable": {
      const [rows, columns] = [groupsIn(table, "sch.wide"), groupsIn(table, "stype")];
      return list(result["values"]).flatMap((line, r) =>
        list(line).map((value, c): [number, Json] => {
          let sum = 0;
          design.weights.forEach(
            (weight, row) =>
              (sum +=
                rows.names[rows.codes[row] ?? -1] === list(result["rows"])[r] && columns.names[columns.codes[row] ?? -1] === list(result["cols"])[c]
                  ? weight
                  : 0),
          );
          return [sum, value];
        }),
      );
    }
    case "svyby": {
      const by = (/, ~([^,]+), d/u.exec(call)?.[1] ?? "").split("+");
      return domains(dataset, design, by, list(result["rows"])).flatMap(({ row, domain }): Pairs => {
        if (call.includes("svyciprop")) {
          const found = proportion(domain, numbersOf(table, "hi"), "logit");
          return [
            [found.estimate, row["hi"]],
            [found.low, row["ci_l"]],
            [found.high, row["ci_u"]],
          ];
        }
        return formula
          .slice(1)
          .split("+")
          .flatMap((variable, at, all): Pairs => {
            const column = numbersOf(table, variable);
            const answered = withAnswers(domain, [column]);
            const found = call.includes("svytotal") ? totals(answered, [column]) : means(answered, [column]);
            const se = standardError(found);
            const suffix = all.length > 1 ? `.${variable}` : "";
            const pairs: Pairs = [
              [found.estimates[0] ?? 0, row[variable]],
              [se, row[`se${suffix}`]],
            ];
            if (row[`DEff.${variable}`] !== undefined)
              pairs.push(
                [designEffect(answered, column, "mean", se), row[`DEff.${variable}`]],
                [se * se, row[`var${suffix}`]],
                [se / (found.estimates[0] ?? 1), row[`cv${suffix}`]],
              );
            return pairs;
          });
      });
    }
    case "svyquantile": {
      if (result["error"] !== undefined) return quantilePairs(design, table, call, {});
      return quantilePairs(design, table, call, result);
    }
    case "svycontrast":
      break;
    default:
      break;
  }
  if (id.endsWith("svycontrast")) {
    const columns = [numbersOf(table, "api00"), numbersOf(table, "api99")];
    const [first, second] = columns;
    const difference = contrasts(means(design, columns), [[1, -1]]);
    const quotient = ratio(design, first ?? constant(design, 0), second ?? constant(design, 1));
    return [
      [difference.estimates[0] ?? 0, result["diff"]],
      [standardError(difference), result["diff_se"]],
      [quotient.estimates[0] ?? 0, result["ratio"]],
      [standardError(quotient), result["ratio_se"]],
    ];
  }
  if (id.endsWith("svycontrast_stype_trend")) {
    const groups = groupsIn(table, "stype");
    const found = contrasts(groupMeans(design, numbersOf(table, "hi"), groups.codes, 3), [
      [-1, 0, 1],
      [1, -2, 1],
    ]);
    const pairs: Pairs = [0, 1].flatMap((at): Pairs => [
      [found.estimates[at] ?? 0, list(result["coef"])[at]],
      [standardError(found, at), list(result["se"])[at]],
    ]);
    if (Math.abs(Number(list(list(result["vcov"])[0])[1])) > 1e-9) pairs.push([found.covariance[1] ?? 0, list(list(result["vcov"])[0])[1]]);
    return pairs;
  }
  return null;
}

function quantilePairs(design: Design, table: ReturnType<typeof tableOf>, call: string, result: Result): Pairs {
  const found = quantiles(design, numbersOf(table, "api00"), call.includes("c(.1") ? [0.1, 0.25, 0.5, 0.75, 0.9] : [0.25, 0.5, 0.75], {
    rule: pick(quantileRules, /qrule="(\w+)"/u.exec(call)?.[1] ?? "math"),
    interval: pick(quantileIntervals, /interval.type="(\w+)"/u.exec(call)?.[1] ?? "mean"),
  });
  if (result["quantiles"] === undefined) return found.map(({ estimate }) => [Number.isFinite(estimate) ? 0 : Number.NaN, 0]);
  return found.flatMap(({ estimate, low, high, se }, at): Pairs => [
    [estimate, list(result["quantiles"])[at]],
    [low, list(result["ci_low"])[at]],
    [high, list(result["ci_high"])[at]],
    [se, list(result["se"])[at]],
  ]);
}

function calibrated(id: string, dataset: string, made: Design): Design {
  const table = tableOf(dataset);
  const groupMargin = (name: string, values: Readonly<Record<string, number>>): Margin & { kind: "groups" } => ({
    kind: "groups",
    name,
    groups: groupsIn(table, name),
    totals: new Map(Object.entries(values)),
  });
  const types = groupMargin("stype", { E: 4421, H: 755, M: 1018 });
  const wide = groupMargin("sch.wide", { No: 1072, Yes: 5122 });
  const score = (total: number): Margin => ({ kind: "number", name: "api99", values: numbersOf(table, "api99"), total });
  if (id.includes("postStratify")) return calibrate(made, { type: "poststratify", margin: types });
  if (id.includes("rake")) return calibrate(made, { type: "rake", margins: [types, wide] });
  if (id.includes("linear/dclus1")) return calibrate(made, { type: "linear", margins: [types] });
  if (id.includes("linear/dstrat"))
    return calibrate(made, { type: "linear", margins: [{ kind: "number", name: "people", values: constant(made, 1), total: 6194 }, score(3914069)] });
  if (id.includes("raking_api99")) return calibrate(made, { type: "raking", margins: [types, score(3914069)] });
  if (id.includes("raking")) return calibrate(made, { type: "raking", margins: [types, wide] });
  return calibrate(made, { type: "logit", margins: [types, wide], bounds: { lower: 0.5, upper: 2 } });
}

function calibrationPairs(id: string, dataset: string, made: string, result: Result): Pairs {
  const design = calibrated(id, dataset, designOf(dataset, made));
  const table = tableOf(dataset);
  const theirs = numbersOf(zipped(textOf(result["weights_file"])), "w");
  const pairs: Pairs = [
    [design.weights.reduce((sum, weight) => sum + weight, 0), result["sum_w"]],
    [degreesOfFreedom(design), result["degf"]],
  ];
  design.weights.forEach((weight, row) => pairs.push([weight, theirs[row] ?? 0]));
  const mean = record(result["mean"]);
  pairs.push(
    ...statistic(
      "mean",
      design,
      list(mean["names"]).map((name) => ({ name: textOf(name), values: numbersOf(table, textOf(name)) })),
      mean,
    ),
  );
  pairs.push(...statistic("total", design, [{ name: "enroll", values: numbersOf(table, "enroll") }], record(result["total"])));
  pairs.push(...statistic("total", design, termsOf(dataset, "~stype+sch.wide"), record(result["totals_aux"])));
  for (const { row, domain } of domains(dataset, design, ["stype"], list(record(result["by"])["rows"])))
    for (const variable of ["api00", "hi"]) {
      const found = means(domain, [numbersOf(table, variable)]);
      pairs.push([found.estimates[0] ?? 0, row[variable]], [standardError(found), row[`se.${variable}`]]);
    }
  pairs.push(...proportionPairs(design, numbersOf(table, "hi"), "logit", 0.95, record(result["ciprop"])));
  return pairs;
}

function replicatePairs(id: string, dataset: string, made: string, result: Result): Pairs {
  const table = tableOf(dataset);
  if (id === "rep/scd/manualBRR") {
    const lines = list(result["repweights"]).map((line) => list(line).map(Number));
    const design = givenReplicates(6, { type: "BRR", combined: false, columns: [0, 1, 2, 3].map((r) => Float64Array.from(lines, (line) => line[r] ?? 0)) });
    const found = ratio(design, numbersOf(table, "alive"), numbersOf(table, "arrests"));
    return [
      [found.estimates[0] ?? 0, result["ratio"]],
      [standardError(found), result["se"]],
      ...statistic(
        "mean",
        design,
        ["alive", "arrests"].map((name) => ({ name, values: numbersOf(table, name) })),
        record(result["mean"]),
      ),
    ];
  }
  const rep = record(result["rep"]);
  const pairs = pairsOfReplicates(replicateDesignOf(rep), dataset, rep, result);
  // Replicates that are made here, where no chance is involved.
  const type = textOf(rep["type"]);
  const base = designOf(dataset, made);
  if (base.kind !== "linearised") return pairs;
  const own = type === "JK1" || type === "JKn" ? makeReplicates(base, { type }) : type === "Fay" ? makeReplicates(base, { type, rho: 0.3 }) : null;
  if (own === null) return pairs;
  const ready = id.includes("rake") || id.includes("postStratify") ? calibrated(id, dataset, own) : own;
  return [...pairs, ...pairsOfReplicates(ready, dataset, rep, result)];
}

function pairsOfReplicates(design: Design, dataset: string, rep: Result, result: Result): Pairs {
  const table = tableOf(dataset);
  const pairs: Pairs = [[degreesOfFreedom(design), rep["degf"]]];
  for (const kind of ["mean", "total"] as const) {
    const wanted = record(result[kind]);
    pairs.push(
      ...statistic(
        kind,
        design,
        list(wanted["names"]).map((name) => ({ name: textOf(name), values: numbersOf(table, textOf(name)) })),
        wanted,
      ),
    );
  }
  const wanted = typeof result["ratio"] === "number" ? result : record(result["ratio"]);
  const [top, bottom] = dataset === "scd" ? (["alive", "arrests"] as const) : (["api.stu", "enroll"] as const);
  const quotient = ratio(withAnswers(design, [numbersOf(table, top), numbersOf(table, bottom)]), numbersOf(table, top), numbersOf(table, bottom));
  pairs.push([quotient.estimates[0] ?? 0, wanted["ratio"]], [standardError(quotient), wanted["se"]]);
  if (dataset === "scd") return pairs;
  for (const { row, domain } of domains(dataset, design, ["stype"], list(record(result["by"])["rows"])))
    ["api00", "hi"].forEach((variable, at) => {
      const found = means(domain, [numbersOf(table, variable)]);
      pairs.push([found.estimates[0] ?? 0, row[variable]], [standardError(found), row[`se${at + 1}`]]);
    });
  for (const method of ["logit", "beta", "mean"] as const)
    pairs.push(...proportionPairs(design, numbersOf(table, "hi"), method, 0.95, record(result[`ciprop_${method}`])));
  pairs.push(...quantilePairs(design, table, "svyquantile", record(result["quantile"])));
  return pairs;
}

/** How near every result must be, relative. */
const TOLERANCE = 1e-8;

const groupOf = ({ id, call }: ReferenceCase): string =>
  id.startsWith("rep/")
    ? "replicate designs"
    : /calibrate|rake|postStratify/u.test(id)
      ? "calibration"
      : id.startsWith("edge/")
        ? "edges"
        : (/^(?:g <- )?(\w+)/u.exec(call)?.[1] ?? call) + (/method="likelihood"/u.test(call) ? " likelihood" : "");

describe.skipIf(referenceFolder === null)("R survey 4.5", () => {
  afterAll(() => {
    if (process.env["RUGDEKKING_SURVEY_TABLE"] !== "1") return;
    for (const [group, { cases: count, difference, id }] of comparison.worst)
      process.stdout.write(`| ${group} | ${count} | ${difference.toExponential(1)} | ${id} |\n`);
  });
  for (const one of cases) {
    if (/chisq|glm|ttest|ranktest|regTermTest/u.test(one.id)) continue;
    test(one.id, () => {
      const pairs = pairsOf(one);
      if (pairs === null) return;
      expect(pairs.length).toBeGreaterThan(0);
      const difference = comparison.note(groupOf(one), one.id, pairs);
      if (difference > TOLERANCE)
        expect(pairs.filter(([ours, theirs]) => Math.abs(Number(ours) - Number(theirs)) > 1e-9 * Math.abs(Number(theirs))).slice(0, 6)).toEqual([]);
      expect(difference).toBeLessThanOrEqual(TOLERANCE);
    });
  }
});

test.skipIf(referenceFolder !== null)("the reference results of R are not here, so they were not compared", () => {
  expect(cases).toEqual([]);
});
