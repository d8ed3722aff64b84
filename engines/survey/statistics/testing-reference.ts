/** The reference results of R `survey` 4.5 as tests of this room use them: where they lie, the designs they name, and a comparison that remembers the worst difference. For tests only. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { columnOf, groupsIn, numbersOf, type Table } from "#engines/survey/columns/column.ts";
import { parseCsv } from "#engines/survey/csv/parse.ts";
import { type Design, givenReplicates, makeDesign, type ReplicateType } from "#engines/survey/design/index.ts";

/** The folder with reference.json: RUGDEKKING_SURVEY_REFERENCE, or beside the tree; null when there is none. */
export const referenceFolder: string | null =
  [process.env["RUGDEKKING_SURVEY_REFERENCE"] ?? "", join(process.cwd(), "..", "shared", "data", "survey")].find(
    (folder) => folder !== "" && existsSync(join(folder, "reference.json")),
  ) ?? null;

/** JSON as it stands in the file. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A value as text; what is no text or number is empty. */
export const textOf = (value: Json | undefined): string => (typeof value === "string" || typeof value === "number" ? String(value) : "");

/** One result of R. */
export interface ReferenceCase {
  readonly id: string;
  readonly dataset: string;
  readonly design: string;
  readonly call: string;
  readonly result: { readonly [key: string]: Json };
}

/** Every case; none when the folder is not there. */
export function referenceCases(): readonly ReferenceCase[] {
  if (referenceFolder === null) return [];
  const { cases }: { cases: readonly ReferenceCase[] } = JSON.parse(readFileSync(join(referenceFolder, "reference.json"), "utf8"));
  return cases;
}

const tables = new Map<string, Table>();

/** A data set by name. */
export function tableOf(name: string): Table {
  const known = tables.get(name);
  if (known !== undefined) return known;
  const table = parseCsv(readFileSync(join(referenceFolder ?? "", `${name}.csv`), "utf8"));
  tables.set(name, table);
  return table;
}

/** A gzipped CSV of weights. */
export const zipped = (path: string): Table => parseCsv(gunzipSync(readFileSync(join(referenceFolder ?? "", `${path}.gz`))).toString("utf8"));

/** The design an R call to svydesign names. */
export function designOf(dataset: string, call: string): Design {
  const table = tableOf(dataset);
  const part = (name: string): string | null => new RegExp(`\\b${name}=~([\\w.+]+)`, "u").exec(call)?.[1] ?? null;
  const named = (name: string) => {
    const text = part(name);
    return text === null || text === "1" ? {} : { [name === "id" ? "clusters" : name]: text.split("+").map((one) => groupsIn(table, one)) };
  };
  const weights = part("weights");
  const fpc = part("fpc");
  const base = makeDesign({
    rows: table.rows,
    ...named("id"),
    ...named("strata"),
    ...(weights === null ? {} : { weights: numbersOf(table, weights) }),
    ...(fpc === null ? {} : { fpc: fpc.split("+").map((one) => numbersOf(table, one)) }),
    nest: call.includes("nest=TRUE"),
  });
  return base;
}

/** A design of the replicate weights R made and exported. */
export function replicateDesignOf(rep: { readonly [key: string]: Json }): Design {
  const file = zipped(textOf(rep["file"]));
  const names = [...file.columns.keys()].filter((name) => name !== "sampling");
  const kinds: Readonly<Record<string, ReplicateType>> = { JK1: "JK1", JKn: "JKn", BRR: "BRR", Fay: "Fay", bootstrap: "bootstrap" };
  const rscales = rep["rscales"];
  return givenReplicates(file.rows, {
    type: kinds[textOf(rep["type"])] ?? "other",
    columns: names.map((name) => numbersOf(file, name)),
    weights: numbersOf(file, "sampling"),
    scale: Number(rep["scale"]),
    rscales: Array.isArray(rscales) ? rscales.map(Number) : Number(rscales),
    rho: Number(rep["rho"]),
    mse: rep["mse"] === true,
  });
}

export { columnOf, groupsIn, numbersOf };

/** Remembers the worst relative difference of a group of cases. */
export class Comparison {
  readonly worst = new Map<string, { cases: number; difference: number; id: string }>();

  /**
   * Relative difference of two values or arrays of them; "NA" and "NaN" stand for null.
   * @param floor size below which a value counts as zero beside the others of its case.
   */
  note(group: string, id: string, pairs: readonly (readonly [ours: number | null, theirs: Json | undefined])[], floor = 1e-12): number {
    let most = 0;
    for (const [ours, theirs] of pairs) {
      if (theirs === "NA" || theirs === "NaN" || theirs === null || theirs === undefined) {
        if (ours !== null && !Number.isNaN(ours)) most = Number.POSITIVE_INFINITY;
        continue;
      }
      const value = Number(theirs);
      most = Math.max(most, ours === null ? Number.POSITIVE_INFINITY : Math.abs(ours - value) / Math.max(Math.abs(value), floor));
    }
    const before = this.worst.get(group) ?? { cases: 0, difference: 0, id: "" };
    this.worst.set(group, { cases: before.cases + 1, difference: Math.max(before.difference, most), id: most > before.difference ? id : before.id });
    return most;
  }
}
