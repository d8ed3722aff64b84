/** The words of a draft as plain lines, with a place for every character; what the checks read. */
import type { Inline, RichText } from "#services/parliament/contract/rich-text.ts";
import type { CitedFigure } from "#services/figures/contract/citation.ts";

/** Where words stand: in an answer or a part of the note, in which block (and item of a list), and which UTF-16 units of that line as {@link linesOf} gives it. */
export interface Place {
  readonly question: number | null;
  /** Id of the part of the note. */
  readonly part: string | null;
  readonly block: number;
  /** Item of a list; null in a paragraph. */
  readonly item: number | null;
  readonly start: number;
  readonly end: number;
}

/** Words of one answer or one part of the note. */
export type TextToCheck = { readonly question: number; readonly words: RichText } | { readonly part: string; readonly words: RichText };

/** One paragraph or item of a list. */
export interface Line {
  readonly question: number | null;
  readonly part: string | null;
  readonly block: number;
  readonly item: number | null;
  /** A cited figure and a cross reference stand in it as they read; `covered` says where they are. Footnotes are not in it: they are references themselves. */
  readonly text: string;
  /** Stretches that need no citation: figures that have one, and cross references. */
  readonly covered: readonly { readonly start: number; readonly end: number }[];
  readonly figures: readonly { readonly figure: CitedFigure; readonly start: number; readonly end: number }[];
}

function lineOf(content: readonly Inline[]): Pick<Line, "text" | "covered" | "figures"> {
  let text = "";
  const covered: { start: number; end: number }[] = [];
  const figures: { figure: CitedFigure; start: number; end: number }[] = [];
  for (const one of content) {
    const start = text.length;
    if (one.kind === "note") continue;
    text += one.kind === "answer" ? `het antwoord op vraag ${one.number}` : one.text;
    const end = text.length;
    if (one.kind !== "words") covered.push({ start, end });
    if (one.kind === "figure") figures.push({ figure: one.figure, start, end });
  }
  return { text, covered, figures };
}

/** Every line of a text, in order. */
export function linesOf(text: TextToCheck): Line[] {
  const whose = "question" in text ? { question: text.question, part: null } : { question: null, part: text.part };
  return text.words.flatMap((block, at): Line[] =>
    block.kind === "paragraph"
      ? [{ ...whose, block: at, item: null, ...lineOf(block.content) }]
      : block.items.map((item, index) => ({ ...whose, block: at, item: index, ...lineOf(item) })),
  );
}

/** A stretch of a line as a place. */
export const placeIn = ({ question, part, block, item }: Line, start: number, end: number): Place => ({ question, part, block, item, start, end });
