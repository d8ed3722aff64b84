/** Two answers that say different numbers about the same thing: the same figure cited with different values, figures that count the same, and sentences that differ in their number alone. Used by index.ts. */
import type { CitedFigure } from "#services/figures/contract/citation.ts";
import { numbersIn, type FoundNumber } from "./numerals.ts";
import { placeIn, type Line, type Place } from "./plain.ts";

/** A contradiction between places in different texts, or in one. */
export interface Contradiction {
  /** `figure`: one figure, two values. `statement`: two figures that count the same thing. `sentence`: two sentences that say the same with another number. */
  readonly code: "figure" | "statement" | "sentence";
  readonly places: readonly [Place, Place];
  /** What both are about: the statement of the figure, or the words the sentences share. */
  readonly about: string;
  /** The two numbers as they stand. */
  readonly values: readonly [string, string];
}

interface Cited {
  readonly figure: CitedFigure;
  readonly place: Place;
}

const same = (a: CitedFigure, b: CitedFigure): boolean => a.value === b.value && a.unit === b.unit;
const shown = ({ value, unit }: CitedFigure): string => `${String(value).replace(".", ",")}${unit === "percent" ? " procent" : ""}`;
const subject = ({ statement, denominator, period, unit }: CitedFigure): string =>
  [statement, denominator, period, unit].map((one) => one.toLowerCase().replaceAll(/\s+/gu, " ").trim()).join("\n");

function betweenFigures(cited: readonly Cited[]): Contradiction[] {
  const found: Contradiction[] = [];
  for (const [at, one] of cited.entries())
    for (const other of cited.slice(at + 1)) {
      if (same(one.figure, other.figure)) continue;
      const code = one.figure.figure === other.figure.figure ? "figure" : subject(one.figure) === subject(other.figure) ? "statement" : null;
      if (code !== null) found.push({ code, places: [one.place, other.place], about: one.figure.statement, values: [shown(one.figure), shown(other.figure)] });
    }
  return found;
}

/** Words that say nothing about what is counted. */
const small = new Set(
  "de het een en of van in op met voor door aan uit om te dat die dit deze er is zijn was waren werd werden wordt worden heeft hebben had hadden bij als dan ook nog ongeveer circa ruim bijna meer minder totaal zo'n zo".split(
    " ",
  ),
);
const normal = (text: string): string => text.toLowerCase().normalize("NFC");

interface Statement {
  readonly line: Line;
  readonly start: number;
  readonly end: number;
  readonly numbers: readonly FoundNumber[];
  readonly words: ReadonlySet<string>;
}

function statementsIn(line: Line): Statement[] {
  const pieces = [...line.text.matchAll(/[^.!?;]+(?:[.,:]\d+[^.!?;]*)*[.!?;]?/gu)];
  return pieces.flatMap((piece): Statement[] => {
    const [start, end] = [piece.index, piece.index + piece[0].length];
    const numbers = numbersIn(line.text.slice(start, end));
    if (numbers.length !== 1) return [];
    const [number] = numbers;
    if (number === undefined) return [];
    const rest = `${piece[0].slice(0, number.start)} ${piece[0].slice(number.end)}`;
    const words = new Set((normal(rest).match(/[\p{L}\d][\p{L}\d'-]*/gu) ?? []).filter((word) => !small.has(word)));
    return words.size < 3 ? [] : [{ line, start: start + number.start, end: start + number.end, numbers, words }];
  });
}

/** How far two sentences are about the same: shared words over all words. A year is a word: "in 2024" and "in 2025" are not the same. */
function alike(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  let shared = 0;
  for (const word of a) if (b.has(word)) shared++;
  const digits = (words: ReadonlySet<string>): string =>
    [...words]
      .filter((word) => /\d/u.test(word))
      .toSorted()
      .join(" ");
  return shared / (a.size + b.size - shared) >= 0.75 && digits(a) === digits(b);
}

function betweenSentences(lines: readonly Line[]): Contradiction[] {
  const statements = lines.flatMap(statementsIn);
  const found: Contradiction[] = [];
  for (const [at, one] of statements.entries())
    for (const other of statements.slice(at + 1)) {
      const [a, b] = [one.numbers[0], other.numbers[0]];
      if (a === undefined || b === undefined || a.unit !== b.unit || a.value === b.value || !alike(one.words, other.words)) continue;
      found.push({
        code: "sentence",
        places: [placeIn(one.line, one.start, one.end), placeIn(other.line, other.start, other.end)],
        about: [...one.words].filter((word) => other.words.has(word)).join(" "),
        values: [a.text.trim(), b.text.trim()],
      });
    }
  return found;
}

const overlaps = (a: Place, b: Place): boolean =>
  a.question === b.question && a.part === b.part && a.block === b.block && a.item === b.item && a.start < b.end && b.start < a.end;

/** Everything that contradicts, each pair once: what two figures say counts before what their sentences say. */
export function contradictionsIn(lines: readonly Line[]): Contradiction[] {
  const figures = betweenFigures(lines.flatMap((line) => line.figures.map(({ figure, start, end }) => ({ figure, place: placeIn(line, start, end) }))));
  const sentences = betweenSentences(lines).filter(
    ({ places: [a, b] }) => !figures.some(({ places: [c, d] }) => (overlaps(a, c) && overlaps(b, d)) || (overlaps(a, d) && overlaps(b, c))),
  );
  return [...figures, ...sentences];
}
