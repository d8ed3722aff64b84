/** Reads a sampling frame from a CSV: whom there is to ask, in codes, with everything else of each row as it stands. Nothing of it but counts per stratum leaves the desk's machine. The command line calls it. */
import { columnOf, parseCsv, SurveyError, type Table } from "@rugdekking/survey";
import type { Words } from "#registers/questionnaires/index.ts";
import type { StratumKey, stratumParts } from "#services/monitor/contract/index.ts";
import { knownCodes, sameCode } from "./words.ts";

/** A sampling frame. */
export interface Frame {
  /** Names of all columns, as in the file. */
  readonly columns: readonly string[];
  /** Who is in each row, in codes; what stands in it, by column (empty where nothing does). */
  readonly rows: readonly { readonly key: StratumKey; readonly fields: readonly string[] }[];
  /** What the codes are called, for the wave's statement. */
  readonly labels: Readonly<Record<string, Words>>;
}

type Part = (typeof stratumParts)[number];

/** What the four columns may be called; case, spaces, hyphens and underscores do not matter. The first is the one a message names. */
const names: Readonly<Record<Part, readonly string[]>> = {
  function: ["functie", "function", "ambt", "office"],
  organisationType: ["organisatietype", "soortorganisatie", "organisationtype", "organisatiesoort"],
  province: ["provincie", "province"],
  sizeClass: ["grootteklasse", "sizeclass", "grootte"],
};
const bare = (name: string): string => name.toLowerCase().replaceAll(/[\s_-]/gu, "");

/** `100+` is `100-plus`, `Noord-Brabant` is `noord-brabant`, `Fryslân` is `fryslan`. */
export function codeOf(text: string): string {
  const code = text
    .normalize("NFD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/(?<=\d)[.\s](?=\d{3})/gu, "")
    .replaceAll("+", " plus ")
    .replaceAll(/[<≤]/gu, " tot ")
    .replaceAll(/[>≥]/gu, " vanaf ")
    .replaceAll(/[^a-z0-9]+/gu, "-")
    .replaceAll(/^-|-$/gu, "");
  return sameCode[code] ?? code;
}

/** Fields of a column as they stand. */
function fieldsOf(table: Table, name: string): readonly string[] {
  const column = columnOf(table, name);
  if (column.kind === "number") return Array.from(column.values, String);
  return Array.from(column.codes, (code) => column.levels[code] ?? "");
}

function nameOf(table: Table, part: Part, where: string): string {
  const found = [...table.columns.keys()].filter((name) => names[part].includes(bare(name)));
  const [first, second] = found;
  const there = [...table.columns.keys()].map((name) => JSON.stringify(name)).join(", ");
  if (first === undefined)
    throw new SurveyError("column-unknown", `${where}line 1: there is no column ${JSON.stringify(names[part][0])}; the first line names ${there}`, {
      line: 1,
      column: names[part][0] ?? part,
    });
  if (second !== undefined)
    throw new SurveyError("column-unknown", `${where}line 1: both ${JSON.stringify(first)} and ${JSON.stringify(second)} say the same; leave one out`, {
      line: 1,
      column: second,
    });
  return first;
}

/** Codes of one of the four columns, and what each is called. */
function partOf(table: Table, part: Part, where: string, labels: Map<string, Words>): readonly string[] {
  const name = nameOf(table, part, where);
  const spelled = new Map<string, string>();
  return fieldsOf(table, name).map((field, row) => {
    const line = table.lines?.[row] ?? row + 2;
    const place = `${where}line ${line}, column ${JSON.stringify(name)}: `;
    const data = { line, column: name };
    const text = field.trim();
    if (text === "") throw new SurveyError("value-missing", `${place}nothing stands here, and everyone needs one; write "overig" for who fits nowhere`, data);
    const code = codeOf(text);
    if (!/^[a-z0-9][a-z0-9-]{0,39}$/u.test(code))
      throw new SurveyError("csv-value", `${place}${JSON.stringify(text.slice(0, 60))} makes no code of at most 40 letters and digits; write it shorter`, data);
    const before = spelled.get(code);
    if (knownCodes[code] === undefined && before !== undefined && before.toLowerCase() !== text.toLowerCase())
      throw new SurveyError(
        "csv-value",
        `${place}${JSON.stringify(text)} and ${JSON.stringify(before)} would both get the code ${code}; write them the same, or more unlike each other`,
        data,
      );
    if (before === undefined) spelled.set(code, text);
    if (!labels.has(code)) labels.set(code, knownCodes[code] ?? { nl: text, en: text, fy: text });
    return code;
  });
}

/**
 * Reads a frame: a line of names, and one line per person. Four columns say who it is (function, organisation type, province, size class); all others are the desk's own.
 * @param name of the file, for messages
 * @throws {@link SurveyError} `csv-malformed`, `column-unknown`, `value-missing`, `csv-value` with line and column
 */
export function readFrame(text: string, name?: string): Frame {
  const table = parseCsv(text, { verbatim: true, ...(name === undefined ? {} : { name }) });
  const where = name === undefined ? "" : `${name}: `;
  const labels = new Map<string, Words>();
  const parts = {
    function: partOf(table, "function", where, labels),
    organisationType: partOf(table, "organisationType", where, labels),
    province: partOf(table, "province", where, labels),
    sizeClass: partOf(table, "sizeClass", where, labels),
  };
  const columns = [...table.columns.keys()];
  const fields = columns.map((column) => fieldsOf(table, column));
  const at = (list: readonly string[], row: number): string => list[row] ?? "";
  return {
    columns,
    rows: Array.from({ length: table.rows }, (_, row) => ({
      key: {
        function: at(parts.function, row),
        organisationType: at(parts.organisationType, row),
        province: at(parts.province, row),
        sizeClass: at(parts.sizeClass, row),
      },
      fields: fields.map((list) => at(list, row)),
    })),
    labels: Object.fromEntries(labels),
  };
}
