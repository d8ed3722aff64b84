/** From words of a draft to the running text all three forms are made of: figures and notes become footnotes, cross references lead to the answer they name. Used by letter.ts and note.ts. */
import type { CitedFigure } from "#services/figures/contract/citation.ts";
import type { Inline, RichText } from "#services/parliament/contract/rich-text.ts";
import type { Piece, RunningBlock, RunningData } from "@rugdekking/paper";
import { addressOf, citationWords, countWords, marginWords, statedWords } from "./figure-words.ts";
import { answerWords } from "./model.ts";

/** What every document of this room is made of, whatever form it gets; the same shape the templates of the paper engine take. */
export type Running = RunningData;
export type { Piece, RunningBlock };

/** Where cross references lead and figures stand. */
export interface TextSettings {
  /** Numbers that have an answer in this document, each with the place its answer has. */
  readonly answers: ReadonlyMap<number, string>;
  /** Site on which figures are published (`https://…`); null prints their path. */
  readonly site: string | null;
}

/** Words in no style. */
export const plain = (text: string, strong = false): Piece => ({ kind: "text", text, strong, emphasis: false, link: null });

/** An address a document may lead to, written as a URL; null when it is none. */
export function linkOf(address: string): string | null {
  if (!URL.canParse(address)) return null;
  const { href, protocol, username, password } = new URL(address);
  return protocol === "https:" && username === "" && password === "" && href.length <= 2_000 && /^https:\/\/[\x21-\x7e]+$/u.test(href) ? href : null;
}

function piecesOf(inline: Inline, { answers, site }: TextSettings): Piece[] {
  switch (inline.kind) {
    case "words":
      return [
        {
          kind: "text",
          text: inline.text,
          strong: inline.strong === true,
          emphasis: inline.emphasis === true,
          link: inline.link === undefined ? null : linkOf(inline.link),
        },
      ];
    case "figure": {
      const address = addressOf(inline.figure, site);
      const link = linkOf(address);
      return [plain(inline.text), { kind: "note", text: `${citationWords(inline.figure)}${link === null ? ` ${address}` : ""}`, link }];
    }
    case "answer": {
      const target = answers.get(inline.number);
      const text = answerWords(inline.number);
      return [target === undefined ? plain(text) : { kind: "goto", text, target }];
    }
    case "note":
      return [{ kind: "note", text: inline.text, link: null }];
  }
}

/** One line of a draft. */
export const lineOf = (content: readonly Inline[], settings: TextSettings): Piece[] => content.flatMap((inline) => piecesOf(inline, settings));

/** The blocks of a draft; a paragraph without a word is left out. */
export function blocksOf(text: RichText, settings: TextSettings): RunningBlock[] {
  return text.flatMap((block): RunningBlock[] => {
    if (block.kind === "list") return [{ kind: "list", ordered: block.ordered, items: block.items.map((item) => [lineOf(item, settings)]) }];
    return block.content.length === 0 ? [] : [{ kind: "paragraph", pieces: lineOf(block.content, settings) }];
  });
}

/** A text of several paragraphs, as it stands. */
export const paragraphsOf = (text: string): string[] =>
  text
    .split(/\n[^\S\n]*\n+/u)
    .map((one) => one.trim())
    .filter((one) => one !== "");

/** Every figure that is cited, once, in order. */
export function figuresIn(texts: readonly RichText[]): CitedFigure[] {
  const found = new Map<string, CitedFigure>();
  for (const block of texts.flat())
    for (const inline of block.kind === "list" ? block.items.flat() : block.content)
      if (inline.kind === "figure") found.set(`${inline.figure.figure} ${inline.figure.digest}`, inline.figure);
  return [...found.values()];
}

/** The table of cited figures; nothing when none is cited. */
export function figureTable(figures: readonly CitedFigure[], site: string | null): RunningBlock[] {
  if (figures.length === 0) return [];
  return [
    { kind: "heading", level: 1, text: "Aangehaalde cijfers", anchor: null },
    {
      kind: "table",
      caption: "Elk cijfer met marge, aantal, periode en bron",
      columns: ["Cijfer", "Marge", "Over wie of wat", "Periode", "Bron en vindplaats"],
      rows: figures.map((figure) => [
        statedWords(figure),
        marginWords(figure),
        `${figure.denominator} (${countWords(figure)})`,
        figure.period,
        `${figure.source}, ${addressOf(figure, site)}`,
      ]),
    },
  ];
}

/** "2", "3 en 7", "3, 4 en 7". */
export function numbersInWords(numbers: readonly number[]): string {
  const last = numbers.at(-1) ?? "";
  return numbers.length < 2 ? String(last) : `${numbers.slice(0, -1).join(", ")} en ${last}`;
}

/** Widths of the columns of a table as shares of the page: the last one of many holds the longest words. */
export function columnShares(count: number): number[] {
  const last = count > 3 ? 1.6 : 1;
  return Array.from({ length: count }, (_, at) => (at === count - 1 ? last : 1) / (count - 1 + last));
}
