/** Reads R's results and data for tests: the folder of `RUGDEKKING_SURVEY_REFERENCE`, or `../shared/data/survey` beside the project. Tests only. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { groupsOf, type Groups } from "#engines/survey/columns/column.ts";
import type { Design, LinearisedDesign, ReplicateDesign } from "#engines/survey/design/index.ts";
import { makeDesign } from "#engines/survey/design/make.ts";
import type { Column } from "#engines/survey/columns/column.ts";
import { factorOf, rowsOf, type Frame } from "./variables.ts";

/** The folder with reference.json, or null where this machine has none. */
export const referenceFolder: string | null =
  [process.env["RUGDEKKING_SURVEY_REFERENCE"], join(import.meta.dirname, "../../../../shared/data/survey")].find(
    (folder): folder is string => folder !== undefined && existsSync(join(folder, "reference.json")),
  ) ?? null;

/** One result of R. */
export interface ReferenceCase {
  readonly id: string;
  readonly dataset: string;
  readonly design: string;
  readonly call: string;
  readonly result: Readonly<Record<string, unknown>>;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function fileOf(...path: string[]): string {
  return join(referenceFolder ?? "", ...path);
}

/** All cases, or none where there is no folder. */
export function referenceCases(): readonly ReferenceCase[] {
  if (referenceFolder === null) return [];
  const read: unknown = JSON.parse(readFileSync(fileOf("reference.json"), "utf8"));
  if (!isRecord(read) || !Array.isArray(read["cases"])) throw new Error("reference.json holds no cases");
  return read["cases"].map((one: unknown) => {
    if (!isRecord(one) || !isRecord(one["result"])) throw new Error("a reference case is no object with a result");
    return { id: String(one["id"]), dataset: String(one["dataset"]), design: String(one["design"]), call: String(one["call"]), result: one["result"] };
  });
}

/** Part of a result that is itself an object. */
export function partOf(result: Readonly<Record<string, unknown>>, name: string): Record<string, unknown> {
  const part = result[name];
  if (!isRecord(part)) throw new Error(`the result has no part ${name}`);
  return part;
}

/** A number, list or matrix of a result as one list of numbers, row by row. */
export function numbersIn(value: unknown): number[] {
  return Array.isArray(value) ? value.flatMap(numbersIn) : value === null || value === undefined ? [] : [Number(value)];
}

/** A CSV file of numbers and quoted texts without line breaks in them, as the reference data are. */
function lines(text: string): string[][] {
  return text
    .trim()
    .split(/\r?\n/u)
    .map((line) => [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/gu)].map(([, quoted, plain]) => (quoted ?? plain ?? "").replaceAll('""', '"')));
}

/** The columns of a data set; texts become factors, except that quoted numbers stay numbers as in R's data. */
export function referenceFrame(dataset: string): Frame {
  const [header = [], ...rows] = lines(readFileSync(fileOf(`${dataset}.csv`), "utf8"));
  const frame = new Map<string, Column>();
  header.forEach((name, column) => {
    const texts = rows.map((row) => row[column] ?? "");
    const numeric = texts.every((text) => text === "" || text === "NA" || Number.isFinite(Number(text)));
    frame.set(
      name,
      numeric
        ? { kind: "number", values: Float64Array.from(texts, (text) => (text === "" || text === "NA" ? Number.NaN : Number(text))) }
        : factorOf(texts.map((text) => (text === "NA" ? "" : text))),
    );
  });
  return frame;
}

function numbers(frame: Frame, name: string): Float64Array {
  const variable = frame.get(name);
  if (variable?.kind !== "number") throw new Error(`${name} is no column of numbers`);
  return variable.values;
}

/** The design a case's R call makes: one stage, with or without strata, clusters and population sizes. */
export function linearisedDesign(call: string, frame: Frame): LinearisedDesign {
  const argument = (name: string): string | null => new RegExp(`\\b${name}=~([\\w.]+)`, "u").exec(call)?.[1] ?? null;
  const [id, strata, fpc, weights] = [argument("id"), argument("strata"), argument("fpc"), argument("weights")];
  const groups = (name: string): Groups[] => {
    const column = frame.get(name);
    if (column === undefined) throw new Error(`there is no column ${name}`);
    return [groupsOf(column)];
  };
  return makeDesign({
    rows: [...frame.values()].map(rowsOf)[0] ?? 0,
    ...(strata === null ? {} : { strata: groups(strata) }),
    ...(id === null || id === "1" ? {} : { clusters: groups(id) }),
    ...(weights === null ? {} : { weights: numbers(frame, weights) }),
    ...(fpc === null ? {} : { fpc: [numbers(frame, fpc)] }),
  });
}

/** The replicate design a case describes, from its file: the sampling weight, then one analysis weight for each replicate. */
export function replicateDesign(part: Readonly<Record<string, unknown>>, base: Design): ReplicateDesign {
  const [, ...rows] = lines(gunzipSync(readFileSync(fileOf(`${String(part["file"])}.gz`))).toString("utf8"));
  const replicates = Number(part["R"]);
  const wide = rows[0]?.length ?? 0;
  const factors = Float64Array.from(rows.flatMap((row) => row.slice(wide - replicates).map(Number)));
  return {
    kind: "replicate",
    rows: base.rows,
    weights: Float64Array.from(rows, ([sampling]) => Number(sampling)),
    replicates: {
      kind: "lines",
      replicates,
      index: Int32Array.from({ length: base.rows }, (_, row) => row),
      factors,
      base: new Float64Array(base.rows).fill(1),
    },
    type: "other",
    scale: Number(part["scale"]),
    rscales: Float64Array.from(numbersIn(part["rscales"])),
    mse: part["mse"] === true,
    degreesOfFreedom: Number(part["degf"]),
  };
}
