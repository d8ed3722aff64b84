/** Who is in a domain: reads `age >= 40 & (region == "Noord" | !is.na(post))` and says for every row yes, no or unknown. Called by run.ts only. A row whose answer is unknown is out, as in R's `subset`. */
import { columnOf, numbersOf, type Table } from "#engines/survey/columns/column.ts";
import { isNumber } from "#engines/survey/columns/number.ts";
import { SurveyError } from "#engines/survey/errors.ts";
import type { Answer } from "./spec.ts";

/** 1 yes, 0 no, -1 unknown. */
type Truth = Int8Array;

type Token =
  | { readonly kind: "name" | "text" | "number"; readonly value: string; readonly at: number }
  | { readonly kind: "sign"; readonly value: string; readonly at: number };

const pattern =
  /\s*(?:(?<sign>==|!=|<=|>=|&&|\|\||%in%|[<>=&|!(),])|"(?<double>(?:[^"\\]|\\.)*)"|'(?<single>(?:[^'\\]|\\.)*)'|`(?<quoted>[^`]+)`|(?<number>[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)(?![\p{L}_])|(?<name>[\p{L}._][\p{L}\p{N}._]*))/uy;

function fail(text: string, at: number, what: string): never {
  throw new SurveyError("spec-malformed", `where ${JSON.stringify(text)}, position ${at + 1}: ${what}`, { position: at + 1 });
}

function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  const reader = new RegExp(pattern);
  while (text.slice(reader.lastIndex).trim() !== "") {
    const at = reader.lastIndex;
    const groups = reader.exec(text)?.groups;
    if (groups === undefined) fail(text, at, "this is no name, text, number or sign");
    const quoted = groups["double"] ?? groups["single"];
    if (groups["sign"] !== undefined) tokens.push({ kind: "sign", value: groups["sign"], at });
    else if (quoted !== undefined) tokens.push({ kind: "text", value: quoted.replaceAll(/\\(.)/gu, "$1"), at });
    else if (groups["number"] !== undefined) tokens.push({ kind: "number", value: groups["number"], at });
    else {
      const name = groups["quoted"] ?? groups["name"] ?? "";
      const word = groups["quoted"] === undefined ? { and: "&", or: "|", not: "!", in: "%in%" }[name] : undefined;
      tokens.push(word === undefined ? { kind: "name", value: name, at } : { kind: "sign", value: word, at });
    }
  }
  return tokens;
}

const comparisons = { "==": 0, "=": 0, "!=": 0, "<": 0, "<=": 0, ">": 0, ">=": 0 } as const;
type Comparison = keyof typeof comparisons;
const isComparison = (sign: string): sign is Comparison => sign in comparisons;

function compares(sign: Comparison, order: number): boolean {
  switch (sign) {
    case "==":
    case "=":
      return order === 0;
    case "!=":
      return order !== 0;
    case "<":
      return order < 0;
    case "<=":
      return order <= 0;
    case ">":
      return order > 0;
    case ">=":
      return order >= 0;
  }
}

/** Truth of `column sign literal` per row. */
function compareColumn(table: Table, name: string, sign: Comparison, literal: Answer): Truth {
  const column = columnOf(table, name);
  const result = new Int8Array(table.rows);
  if (column.kind === "number") {
    // Yes and no stand as 1 and 0 in a column of numbers.
    const value = typeof literal !== "string" ? Number(literal) : isNumber(literal) ? Number(literal) : null;
    if (value === null)
      throw new SurveyError(
        "column-kind",
        `column ${JSON.stringify(name)} holds numbers and is compared with ${JSON.stringify(literal)}: compare it with a number`,
        { column: name },
      );
    for (let row = 0; row < table.rows; row++) {
      const own = column.values[row] ?? Number.NaN;
      result[row] = Number.isNaN(own) ? -1 : compares(sign, own - value) ? 1 : 0;
    }
    return result;
  }
  const wanted = String(literal);
  const truth = column.levels.map((level) => (compares(sign, level === wanted ? 0 : level < wanted ? -1 : 1) ? 1 : 0));
  for (let row = 0; row < table.rows; row++) result[row] = (column.codes[row] ?? -1) < 0 ? -1 : (truth[column.codes[row] ?? 0] ?? 0);
  return result;
}

const both = (left: Truth, right: Truth): Truth => left.map((one, row) => (one === 0 || right[row] === 0 ? 0 : one === -1 || right[row] === -1 ? -1 : 1));
const either = (left: Truth, right: Truth): Truth => left.map((one, row) => (one === 1 || right[row] === 1 ? 1 : one === -1 || right[row] === -1 ? -1 : 0));
const opposite = (truth: Truth): Truth => truth.map((one) => (one === -1 ? -1 : 1 - one));

/** A reader of one expression; grammar from loose to tight: |, &, !, comparison. */
class Reader {
  readonly #text: string;
  readonly #table: Table;
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(text: string, table: Table) {
    this.#text = text;
    this.#table = table;
    this.#tokens = tokensOf(text);
  }

  read(): Truth {
    const truth = this.#or();
    const rest = this.#tokens[this.#at];
    if (rest !== undefined) fail(this.#text, rest.at, `${JSON.stringify(rest.value)} stands here where the expression should go on with & or |`);
    return truth;
  }

  #takes(...signs: readonly string[]): boolean {
    const token = this.#tokens[this.#at];
    if (token?.kind !== "sign" || !signs.includes(token.value)) return false;
    this.#at++;
    return true;
  }

  #needs(sign: string): void {
    if (!this.#takes(sign)) fail(this.#text, this.#tokens[this.#at]?.at ?? this.#text.length, `${sign} is missing`);
  }

  #or(): Truth {
    let truth = this.#and();
    while (this.#takes("|", "||")) truth = either(truth, this.#and());
    return truth;
  }

  #and(): Truth {
    let truth = this.#not();
    while (this.#takes("&", "&&")) truth = both(truth, this.#not());
    return truth;
  }

  #not(): Truth {
    if (this.#takes("!")) return opposite(this.#not());
    if (this.#takes("(")) {
      const truth = this.#or();
      this.#needs(")");
      return truth;
    }
    return this.#comparison();
  }

  #comparison(): Truth {
    const token = this.#tokens[this.#at];
    if (token?.kind !== "name") fail(this.#text, token?.at ?? this.#text.length, "a comparison begins with the name of a column");
    this.#at++;
    if (token.value === "is.na") {
      this.#needs("(");
      const name = this.#tokens[this.#at++];
      if (name?.kind !== "name") fail(this.#text, name?.at ?? this.#text.length, "is.na takes the name of a column");
      this.#needs(")");
      const column = columnOf(this.#table, name.value);
      return Int8Array.from({ length: this.#table.rows }, (_, row) =>
        (column.kind === "number" ? Number.isNaN(column.values[row] ?? Number.NaN) : (column.codes[row] ?? -1) < 0) ? 1 : 0,
      );
    }
    const sign = this.#tokens[this.#at];
    if (this.#takes("%in%")) {
      const values = this.#list();
      return values.map((value) => compareColumn(this.#table, token.value, "==", value)).reduce(either);
    }
    if (sign?.kind !== "sign" || !isComparison(sign.value)) {
      // A column of zeros and ones may stand by itself.
      const values = numbersOf(this.#table, token.value);
      return Int8Array.from(values, (value) => (Number.isNaN(value) ? -1 : value === 0 ? 0 : 1));
    }
    this.#at++;
    return compareColumn(this.#table, token.value, sign.value, this.#literal());
  }

  #literal(): Answer {
    const token = this.#tokens[this.#at];
    if (token === undefined || token.kind === "sign" || token.kind === "name")
      fail(this.#text, token?.at ?? this.#text.length, "a column is compared with a number, or with a text between quotes");
    this.#at++;
    return token.kind === "number" ? Number(token.value) : token.value;
  }

  #list(): readonly Answer[] {
    const name = this.#tokens[this.#at];
    if (name?.kind === "name" && name.value === "c") this.#at++;
    this.#needs("(");
    const values = [this.#literal()];
    while (this.#takes(",")) values.push(this.#literal());
    this.#needs(")");
    return values;
  }
}

/**
 * Ones where a column has the answer, zeros where it has another, NaN where it has none; and whether anybody in the table gave it.
 * @throws {@link SurveyError} `column-unknown`; `column-kind` for a text beside numbers, and for a number or yes-or-no beside names of which none is written so.
 */
export function answersEqual(table: Table, name: string, answer: Answer): { readonly values: Float64Array; readonly known: boolean } {
  const truth = compareColumn(table, name, "==", answer);
  const column = columnOf(table, name);
  const known = truth.includes(1);
  if (!known && column.kind === "category" && typeof answer !== "string") {
    const levels = column.levels.slice(0, 12).map((level) => JSON.stringify(level));
    throw new SurveyError(
      "column-kind",
      `column ${JSON.stringify(name)} holds names and is compared with ${JSON.stringify(answer)}: its answers are ${levels.join(", ")}${column.levels.length > 12 ? " and more" : ""}`,
      { column: name },
    );
  }
  return { values: Float64Array.from(truth, (one) => (one === -1 ? Number.NaN : one)), known };
}

/**
 * Rows of a domain, one byte each.
 * @param where an expression, or the values that columns must have.
 * @throws {@link SurveyError} `spec-malformed` with the position, `column-unknown`, `column-kind`.
 */
export function rowsWhere(table: Table, where: string | Readonly<Record<string, readonly Answer[]>>): Uint8Array {
  const truth =
    typeof where === "string"
      ? new Reader(where, table).read()
      : Object.entries(where)
          .map(([name, values]) => values.map((value) => compareColumn(table, name, "==", value)).reduce(either, new Int8Array(table.rows)))
          .reduce(both, new Int8Array(table.rows).fill(1));
  return Uint8Array.from(truth, (one) => (one === 1 ? 1 : 0));
}
