/** Reads model formulas as R writes them: `y ~ a + b + a:b`, `a * b`, `- 1`. No functions: transform a column before, under its own name. */
import { SurveyError } from "#engines/survey/errors.ts";

/** One term of a model: the variables whose product it is, in the order written. */
export type Term = readonly string[];

/** A formula read: what is explained, whether there is an intercept, and the terms with main effects before interactions, as R orders them. */
export interface Formula {
  readonly response: string;
  readonly intercept: boolean;
  readonly terms: readonly Term[];
}

interface Token {
  readonly kind: "name" | "number" | "~" | "+" | "-" | ":" | "*" | "(" | ")";
  readonly text: string;
  readonly at: number;
}

const tokenPattern = /\s*(?:(?<name>`[^`]+`|[\p{L}.][\p{L}\p{N}._]*)|(?<number>\d+)|(?<sign>[~+\-:*()]))/uy;

function fail(text: string, at: number, what: string): never {
  throw new SurveyError("formula-malformed", `formula ${JSON.stringify(text)}, position ${at + 1}: ${what}`, { position: at + 1 });
}

function isSign(sign: string): sign is Exclude<Token["kind"], "name" | "number"> {
  return "~+-:*()".includes(sign);
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  const pattern = new RegExp(tokenPattern);
  while (text.slice(pattern.lastIndex).trim() !== "") {
    const start = pattern.lastIndex;
    const match = pattern.exec(text);
    if (match?.groups === undefined)
      fail(text, start, "write names, numbers 0 and 1, and the signs ~ + - : * only; a name with other signs goes between backticks");
    const { name, number, sign } = match.groups;
    const at = pattern.lastIndex - match[0].trimStart().length;
    if (name !== undefined) tokens.push({ kind: "name", text: name.startsWith("`") ? name.slice(1, -1) : name, at });
    else if (number !== undefined) tokens.push({ kind: "number", text: number, at });
    else if (sign !== undefined && isSign(sign)) tokens.push({ kind: sign, text: sign, at });
  }
  return tokens;
}

/** The name two terms share when they are the same product in another order. */
export function termKey(term: Term): string {
  return JSON.stringify([...term].sort());
}

/** How a term is written: `a:b`. */
export function termLabel(term: Term): string {
  return term.join(":");
}

/** Half a formula: which terms, and what it says of the intercept. */
class Sum {
  readonly terms = new Map<string, Term>();
  intercept = true;

  private readonly text: string;
  private readonly tokens: readonly Token[];
  private position: number;

  constructor(text: string, tokens: readonly Token[], position: number) {
    this.text = text;
    this.tokens = tokens;
    this.position = position;
  }

  read(): void {
    let sign: "+" | "-" = "+";
    const first = this.tokens[this.position];
    if (first?.kind === "-") {
      sign = "-";
      this.position += 1;
    }
    for (;;) {
      this.addend(sign);
      const next = this.tokens[this.position];
      if (next === undefined) return;
      if (next.kind !== "+" && next.kind !== "-") fail(this.text, next.at, `a + or - is wanted here, not ${next.text}`);
      sign = next.kind;
      this.position += 1;
    }
  }

  private addend(sign: "+" | "-"): void {
    const token = this.tokens[this.position];
    if (token?.kind === "number") {
      this.position += 1;
      if (token.text !== "0" && token.text !== "1") fail(this.text, token.at, "the only numbers in a formula are 1 (an intercept) and 0 (none)");
      this.intercept = (token.text === "1") === (sign === "+");
      return;
    }
    for (const term of this.product()) {
      if (sign === "+" && !this.terms.has(termKey(term))) this.terms.set(termKey(term), term);
      if (sign === "-") this.terms.delete(termKey(term));
    }
  }

  /** a:b binds tighter than a*b, which stands for a + b + a:b. */
  private product(): Term[] {
    let terms: Term[] = [this.interaction()];
    while (this.tokens[this.position]?.kind === "*") {
      this.position += 1;
      const next = this.interaction();
      terms = [...terms, next, ...terms.map((term) => [...new Set([...term, ...next])])];
    }
    return terms;
  }

  private interaction(): Term {
    const names = new Set([this.name()]);
    while (this.tokens[this.position]?.kind === ":") {
      this.position += 1;
      names.add(this.name());
    }
    return [...names];
  }

  private name(): string {
    const token = this.tokens[this.position];
    if (token === undefined) fail(this.text, this.text.length, "a column's name is missing at the end");
    if (token.kind !== "name") fail(this.text, token.at, `a column's name is wanted here, not ${token.text}`);
    this.position += 1;
    const next = this.tokens[this.position];
    if (next?.kind === "(") fail(this.text, token.at, `functions such as ${token.text}() are not read: make a column of it first`);
    return token.text;
  }
}

/**
 * Reads `response ~ terms`.
 * @throws {@link SurveyError} `formula-malformed`, with the position.
 */
export function parseFormula(text: string): Formula {
  const tokens = tokensOf(text);
  const [response, tilde] = tokens;
  if (response?.kind !== "name" || tilde?.kind !== "~") fail(text, tilde?.at ?? 0, "begin with what is to be explained and a tilde, as in y ~ a + b");
  if (tokens.length === 2) fail(text, text.length, "nothing stands after the tilde: write 1 for a model with only an intercept");
  const sum = new Sum(text, tokens, 2);
  sum.read();
  const terms = [...sum.terms.values()].sort((a, b) => a.length - b.length);
  for (const term of terms) if (term.includes(response.text)) fail(text, 0, `${response.text} stands on both sides`);
  if (terms.length === 0 && !sum.intercept) fail(text, text.length, "a model needs at least an intercept or one term");
  return { response: response.text, intercept: sum.intercept, terms };
}

/**
 * Reads terms alone, `a + a:b`, as the terms to test. A leading tilde is allowed.
 * @throws {@link SurveyError} `formula-malformed`.
 */
export function parseTerms(text: string): readonly Term[] {
  const tokens = tokensOf(text);
  const sum = new Sum(text, tokens, tokens[0]?.kind === "~" ? 1 : 0);
  sum.read();
  return [...sum.terms.values()];
}
