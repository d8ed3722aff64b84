/**
 * Reads a CSV (RFC 4180) into typed columns, and says on which line and in which column it goes wrong. Two passes over the text: the first checks it and finds what kind each column is,
 * the second fills typed arrays, so that a million rows never become a million objects. Called by the estimate room and by whoever has a file.
 */
import type { Column, Table } from "#engines/survey/columns/column.ts";
import { readNumber } from "#engines/survey/columns/number.ts";
import { SurveyError } from "#engines/survey/errors.ts";

const QUOTE = 34;
const LF = 10;
const CR = 13;

/** How to read. */
export interface CsvOptions {
  /** Left out: the one of comma, semicolon and tab that the first line has most of. With a semicolon, numbers may have a decimal comma, as Dutch spreadsheets write them. */
  readonly separator?: "," | ";" | "\t";
  /** Name of the file, for messages. */
  readonly name?: string;
  /** Every column holds names, as they stand: for a list of addresses, in which a telephone number keeps its zero. */
  readonly verbatim?: boolean;
}

/** A field as it stands: text[start, end) without its quotes; `doubled` when it holds doubled quotes. */
type OnField = (row: number, column: number, start: number, end: number, doubled: boolean, line: number) => void;

const malformed = (where: string, message: string, data: Readonly<Record<string, string | number>>): SurveyError =>
  new SurveyError("csv-malformed", `${where}${message}`, data);

function separatorOf(text: string): string {
  const end = text.search(/[\r\n]/u);
  const head = (end === -1 ? text : text.slice(0, end)).replaceAll(/"[^"]*"/gu, "");
  const count = (one: string): number => head.split(one).length;
  return [",", ";", "\t"].reduce((best, one) => (count(one) > count(best) ? one : best));
}

/** Calls back for every field. @returns how many rows there are, the line of names counted. */
function scan(text: string, separator: number, where: string, onField: OnField, onRow: (row: number, fields: number, line: number) => void): number {
  let [at, line, row] = [text.charCodeAt(0) === 0xfeff ? 1 : 0, 1, 0];
  const length = text.length;
  while (at < length) {
    const startLine = line;
    // An empty line is no row.
    if (text.charCodeAt(at) === LF || text.charCodeAt(at) === CR) {
      at += text.charCodeAt(at) === CR && text.charCodeAt(at + 1) === LF ? 2 : 1;
      line++;
      continue;
    }
    let column = 0;
    for (;;) {
      if (text.charCodeAt(at) === QUOTE) {
        const start = ++at;
        const opened = line;
        let doubled = false;
        for (;;) {
          if (at >= length) throw malformed(where, `line ${opened}, field ${column + 1}: a quote opens and never closes`, { line: opened, field: column + 1 });
          const code = text.charCodeAt(at);
          if (code === QUOTE) {
            if (text.charCodeAt(at + 1) !== QUOTE) break;
            doubled = true;
            at++;
          } else if (code === LF) line++;
          at++;
        }
        onField(row, column, start, at, doubled, opened);
        at++;
        const next = at < length ? text.charCodeAt(at) : LF;
        if (next !== separator && next !== LF && next !== CR)
          throw malformed(where, `line ${line}, field ${column + 1}: text follows a closing quote; double the quotes that belong to the text`, {
            line,
            field: column + 1,
          });
      } else {
        const start = at;
        let code = at < length ? text.charCodeAt(at) : LF;
        while (code !== separator && code !== LF && code !== CR) {
          if (code === QUOTE)
            throw malformed(where, `line ${line}, field ${column + 1}: a quote stands in the middle of a field; quote the whole field and double the quote`, {
              line,
              field: column + 1,
            });
          at++;
          code = at < length ? text.charCodeAt(at) : LF;
        }
        onField(row, column, start, at, false, line);
      }
      column++;
      if (at < length && text.charCodeAt(at) === separator) {
        at++;
        continue;
      }
      break;
    }
    onRow(row, column, startLine);
    if (at < length) {
      at += text.charCodeAt(at) === CR && text.charCodeAt(at + 1) === LF ? 2 : 1;
      line++;
    }
    row++;
  }
  return row;
}

/** Whether a field says that there is no answer: empty, or R's NA. */
function isMissing(text: string, start: number, end: number): boolean {
  if (start === end) return true;
  if (end - start === 2 && text.charCodeAt(start) === 78 && text.charCodeAt(start + 1) === 65) return true;
  return text.slice(start, end).trim() === "";
}

function readField(text: string, start: number, end: number, decimalComma: boolean): number {
  const value = readNumber(text, start, end);
  if (!decimalComma || !Number.isNaN(value)) return value;
  const field = text.slice(start, end);
  const swapped = field.includes(".") ? field : field.replace(",", ".");
  return readNumber(swapped, 0, swapped.length);
}

/** What the first pass finds out. */
interface Shape {
  readonly names: readonly string[];
  readonly rows: number;
  readonly numeric: readonly boolean[];
  readonly lines: Int32Array | null;
}

function shapeOf(text: string, separator: string, where: string, verbatim: boolean): Shape {
  const names: string[] = [];
  const numeric: boolean[] = [];
  const found: number[] = [];
  let shifted = false;
  const rows = scan(
    text,
    separator.charCodeAt(0),
    where,
    (row, column, start, end, doubled, line) => {
      if (row === 0) {
        const name = (doubled ? text.slice(start, end).replaceAll('""', '"') : text.slice(start, end)).trim();
        if (name === "") throw malformed(where, `line ${line}, field ${column + 1}: a column has no name`, { line, field: column + 1 });
        if (names.includes(name))
          throw malformed(where, `line ${line}, field ${column + 1}: two columns are called ${JSON.stringify(name)}`, { line, column: name });
        names.push(name);
        numeric.push(!verbatim);
      } else if (numeric[column] === true && !isMissing(text, start, end) && Number.isNaN(readField(text, start, end, separator === ";")))
        numeric[column] = false;
    },
    (row, fields, line) => {
      if (row > 0 && fields !== names.length) {
        const last = fields < names.length ? `; ${JSON.stringify(names[fields] ?? "")} is the first that is missing` : "";
        throw malformed(where, `line ${line} has ${fields} fields and the first line ${names.length} names${last}`, { line, fields, names: names.length });
      }
      if (line !== row + 1) shifted = true;
      if (row > 0) found.push(line);
    },
  );
  if (rows === 0) throw malformed(where, "the file is empty: the first line must name the columns", { line: 1 });
  return { names, rows: rows - 1, numeric, lines: shifted ? Int32Array.from(found) : null };
}

/**
 * Typed columns of a CSV with a line of names. A column in which every answer is a number holds numbers; any other holds names. Empty and `NA` are missing.
 * @throws {@link SurveyError} `csv-malformed` with line and field.
 */
export function parseCsv(text: string, options: CsvOptions = {}): Table {
  const where = options.name === undefined ? "" : `${options.name}: `;
  const separator = options.separator ?? separatorOf(text);
  const { names, rows, numeric, lines } = shapeOf(text, separator, where, options.verbatim ?? false);
  const numbers = names.map((_, at) => new Float64Array(numeric[at] === true ? rows : 0));
  const codes = names.map((_, at) => new Int32Array(numeric[at] === true ? 0 : rows));
  const seen = names.map(() => new Map<string, number>());
  scan(
    text,
    separator.charCodeAt(0),
    where,
    (row, column, start, end, doubled) => {
      if (row === 0) return;
      const missing = isMissing(text, start, end);
      if (numeric[column] === true) {
        const values = numbers[column];
        if (values !== undefined) values[row - 1] = missing ? Number.NaN : readField(text, start, end, separator === ";");
        return;
      }
      const [own, known] = [codes[column], seen[column]];
      if (own === undefined || known === undefined) return;
      if (missing) {
        own[row - 1] = -1;
        return;
      }
      const field = doubled ? text.slice(start, end).replaceAll('""', '"') : text.slice(start, end);
      let code = known.get(field);
      if (code === undefined) known.set(field, (code = known.size));
      own[row - 1] = code;
    },
    () => {},
  );
  const columns = new Map<string, Column>();
  names.forEach((name, at) => {
    const values = numbers[at];
    columns.set(
      name,
      numeric[at] === true && values !== undefined ? { kind: "number", values } : sorted(codes[at] ?? new Int32Array(0), seen[at] ?? new Map()),
    );
  });
  return { rows, columns, ...(lines === null ? {} : { lines }) };
}

/** Codes in order of level. */
function sorted(codes: Int32Array, seen: ReadonlyMap<string, number>): Column {
  const levels = [...seen.keys()].sort((a, b) => (a < b ? -1 : 1));
  const rank = new Int32Array(levels.length);
  levels.forEach((level, place) => (rank[seen.get(level) ?? 0] = place));
  for (let row = 0; row < codes.length; row++) if ((codes[row] ?? -1) >= 0) codes[row] = rank[codes[row] ?? 0] ?? -1;
  return { kind: "category", codes, levels };
}
