/** From the names in a request to a design of columns: strata, weights, replicates, calibration. Called by run.ts only. */
import { calibrate, type Calibration, type Margin } from "#engines/survey/calibration/index.ts";
import { columnOf, crossed, type Groups, groupsIn, numbersOf, type Table } from "#engines/survey/columns/column.ts";
import {
  checkWeights,
  type Design,
  givenReplicates,
  type LinearisedDesign,
  makeDesign,
  makeReplicates,
  type ReplicateDesign,
} from "#engines/survey/design/index.ts";
import { SurveyError } from "#engines/survey/errors.ts";
import type { CalibrationSpec, DesignSpec, ReplicatesSpec, Spec, Totals } from "./spec.ts";

/** Columns of a file of replicate weights that hold the sampling weights. */
const samplingNames = ["sampling", "weight", "weights"] as const;

/** Columns of it that are no replicates. */
const notReplicates: ReadonlySet<string> = new Set([...samplingNames, "row"]);

/** The sampling weights: of the data when they have the column that is named, else of the file of replicate weights. */
function samplingWeights(table: Table, file: Table | null, name: string | null): Float64Array | null {
  if (name !== null) return numbersOf(!table.columns.has(name) && file?.columns.has(name) === true ? file : table, name);
  const found = samplingNames.find((one) => file?.columns.has(one) === true);
  return file === null || found === undefined ? null : numbersOf(file, found);
}

/** Errors about the file of replicate weights say so: whoever shows them knows its name. */
function aboutReplicates<T>(file: Table | null, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (file === null || !(error instanceof SurveyError)) throw error;
    throw new SurveyError(error.code, error.message, { ...error.data, source: "replicates" });
  }
}

function linearised(table: Table, spec: DesignSpec): LinearisedDesign {
  return makeDesign({
    rows: table.rows,
    strata: spec.strata.map((name) => groupsIn(table, name)),
    clusters: spec.clusters.map((name) => groupsIn(table, name)),
    ...(spec.weights === null ? {} : { weights: numbersOf(table, spec.weights) }),
    ...(spec.fpc.length === 0 ? {} : { fpc: spec.fpc.map((name) => numbersOf(table, name)) }),
    nest: spec.nest,
    lonelyPsu: spec.lonelyPsu,
  });
}

function made(table: Table, spec: DesignSpec, { type, rho, mse, count, seed }: ReplicatesSpec): ReplicateDesign {
  const design = linearised(table, spec);
  if (type === "other") throw new SurveyError("spec-malformed", 'design.replicates of type "other" needs its columns', { path: "design.replicates.columns" });
  const finite = design.stages[0]?.population?.some(Number.isFinite) === true;
  if (type === "bootstrap")
    return makeReplicates(design, {
      type,
      mse,
      // The one bootstrap that counts what share of the population was drawn.
      method: finite ? "canty-davison" : "subbootstrap",
      ...(count === null ? {} : { replicates: count }),
      ...(seed === null ? {} : { seed }),
    });
  if (finite && (type === "BRR" || type === "Fay"))
    throw new SurveyError(
      "replicates-invalid",
      `half samples (${type}) cannot count a finite population: leave out design.fpc, which gives margins that are too wide, or use JKn or bootstrap`,
      { path: "design.replicates.type" },
    );
  if (type === "Fay") return makeReplicates(design, { type, mse, rho: rho ?? Number.NaN });
  return makeReplicates(design, { type, mse });
}

function given(table: Table, file: Table | null, spec: DesignSpec, replicates: ReplicatesSpec): ReplicateDesign {
  const source = file ?? table;
  if (source.rows !== table.rows)
    throw new SurveyError("column-length", `the file of replicate weights has ${source.rows} rows and the data ${table.rows}: they must go row by row`);
  const names = Array.isArray(replicates.columns)
    ? replicates.columns
    : [...source.columns.keys()].filter((name) => !notReplicates.has(name) && name !== spec.weights);
  const ofData = spec.weights !== null && table.columns.has(spec.weights);
  const sampling = aboutReplicates(ofData ? null : file, () => samplingWeights(table, file, spec.weights));
  // Here, so that a weight that is wrong is said to be of the data when it is.
  if (sampling !== null) aboutReplicates(ofData ? null : file, () => checkWeights(sampling));
  const { scale, rscales, rho, combined } = replicates;
  return aboutReplicates(file, () =>
    givenReplicates(table.rows, {
      type: replicates.type,
      columns: names.map((name: string) => numbersOf(source, name)),
      mse: replicates.mse,
      ...(sampling === null ? {} : { weights: sampling }),
      ...(scale === null ? {} : { scale }),
      ...(rscales === null ? {} : { rscales }),
      ...(rho === null ? {} : { rho }),
      ...(combined === null ? {} : { combined }),
    }),
  );
}

/** Several columns crossed, named by their parts with a mark between that no name has. */
function crossing(table: Table, by: readonly string[]): Groups {
  const groupings = by.map((name) => groupsIn(table, name));
  const [only] = groupings;
  if (only !== undefined && groupings.length === 1) return only;
  const { codes, parts } = crossed(groupings, table.rows);
  const names = parts.map((part) => part.map((code, at) => groupings[at]?.names[code] ?? "").join("\u0000"));
  return { codes, names, values: names };
}

/** Nested totals as one level; keys of several columns may also be joined by one of these. */
function flatTotals(totals: Totals, depth: number): Map<string, number> {
  const flat = new Map<string, number>();
  for (const [key, value] of Object.entries(totals)) {
    if (typeof value === "number") {
      const parts = depth === 1 ? [key] : (["|", ":", ",", ".", " x "].map((mark) => key.split(mark)).find((pieces) => pieces.length === depth) ?? [key]);
      flat.set(parts.map((part) => (depth === 1 ? part : part.trim())).join("\u0000"), value);
    } else for (const [rest, total] of flatTotals(value, depth - 1)) flat.set(`${key}\u0000${rest}`, total);
  }
  return flat;
}

const shown = (name: string): string => name.replaceAll("\u0000", " x ");

/** Margins of one `by`: a grouping, a number's total, or R's names of a model matrix. */
function marginsOf(table: Table, by: readonly string[], totals: Totals, everybody: number | null): readonly Margin[] {
  const margins: Margin[] = [];
  const rest: [string, number | Totals][] = [];
  for (const [key, value] of Object.entries(totals)) {
    const column = by.includes(key) ? columnOf(table, key) : null;
    if (typeof value === "number" && (key === "(Intercept)" || by.length === 0)) {
      margins.push({ kind: "number", name: "everybody", values: new Float64Array(table.rows).fill(1), total: value });
    } else if (typeof value === "number" && column?.kind === "number") margins.push({ kind: "number", name: key, values: column.values, total: value });
    else rest.push([key, value]);
  }
  if (rest.length === 0) return margins;
  if (by.length === 0) throw new SurveyError("spec-malformed", "a margin without by has one total, of everybody", { path: "calibrate" });
  const groups = crossing(table, by);
  const flat = flatTotals(Object.fromEntries(rest), by.length);
  const [name = ""] = by;
  // R leaves the first group out and writes the others with the name of the column before them.
  const prefixed = everybody !== null && by.length === 1 && [...flat.keys()].every((key) => !groups.names.includes(key) && key.startsWith(name));
  const named = prefixed ? new Map([...flat].map(([key, value]) => [key.slice(name.length), value])) : flat;
  const absent = groups.names.filter((group) => !named.has(group));
  const [first] = absent;
  if (everybody !== null && first !== undefined && absent.length === 1)
    named.set(first, everybody - [...named.values()].reduce((sum, value) => sum + value, 0));
  return [
    ...margins,
    {
      kind: "groups",
      name: by.join(" x "),
      groups: { ...groups, names: groups.names.map(shown) },
      totals: new Map([...named].map(([key, value]) => [shown(key), value])),
    },
  ];
}

function calibrationOf(table: Table, spec: CalibrationSpec): Calibration {
  const everybody = spec.margins
    .map(({ by, totals }) => totals["(Intercept)"] ?? (by.length === 0 ? Object.values(totals)[0] : undefined))
    .find((total) => typeof total === "number");
  const margins = spec.margins.flatMap(({ by, totals }) => marginsOf(table, by, totals, everybody ?? null));
  const grouped = (): readonly (Margin & { readonly kind: "groups" })[] =>
    margins.map((margin) => {
      if (margin.kind === "groups") return margin;
      throw new SurveyError(
        "spec-malformed",
        `${spec.type} takes margins of groups, and ${JSON.stringify(margin.name)} is a number: use "linear" or "raking"`,
        { path: "calibrate" },
      );
    });
  switch (spec.type) {
    case "poststratify": {
      const [margin] = grouped();
      if (margin === undefined) throw new SurveyError("spec-malformed", "post-stratification needs a margin of groups", { path: "calibrate" });
      return { type: "poststratify", margin };
    }
    case "rake":
      return { type: "rake", margins: grouped() };
    case "linear":
    case "raking":
    case "logit": {
      const { bounds, trim } = spec;
      return {
        type: spec.type,
        margins,
        ...(bounds === null ? {} : { bounds: { lower: bounds[0], upper: bounds[1] } }),
        ...(trim === null ? {} : { trim: { lower: trim[0], upper: trim[1] } }),
      };
    }
  }
}

/**
 * The design of a request, calibrated.
 * @param file the file of replicate weights, when the request names one.
 */
export function sampleOf(table: Table, file: Table | null, spec: Spec): Design {
  const { replicates } = spec.design;
  const start: Design =
    replicates === null
      ? linearised(table, spec.design)
      : replicates.columns === null
        ? made(table, spec.design, replicates)
        : given(table, file, spec.design, replicates);
  return spec.calibrate.reduce((design: Design, calibration) => calibrate(design, calibrationOf(table, calibration)), start);
}
