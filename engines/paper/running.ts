/** The data of the templates `kamerbrief` and `beslisnota`: running text with footnotes, cross references and links, as an office sends it. Used by templates.ts and by callers that make one. */
import Type, { type Static } from "typebox";
import { closed, Head, Line, Text, Title } from "./parts.ts";

/** Name of a place in the paper that a cross reference leads to. */
const Anchor = Type.String({ pattern: "^[a-z][a-z0-9-]{0,60}$" });
/** Address of a page, already written as a URL: visible ASCII only. */
const Link = Type.String({ pattern: "^https://[\\x21-\\x7e]+$", maxLength: 2_000 });

/** A stretch of a line. */
export const Piece = Type.Union([
  /** Words; `link` makes them lead to a page. */
  closed({ kind: Type.Literal("text"), text: Text, strong: Type.Boolean(), emphasis: Type.Boolean(), link: Type.Union([Link, Type.Null()]) }),
  /** Words that lead to another place in the same paper. */
  closed({ kind: Type.Literal("goto"), text: Title, target: Anchor }),
  /** A footnote; `link` is printed behind its words. */
  closed({ kind: Type.Literal("note"), text: Text, link: Type.Union([Link, Type.Null()]) }),
]);
export type Piece = Static<typeof Piece>;

const Pieces = Type.Array(Piece, { maxItems: 4_000 });

/** One block, in reading order. */
export const RunningBlock = Type.Union([
  /** Level 1 is a part; levels may not be skipped. `anchor` is null where nothing leads to it. */
  closed({ kind: Type.Literal("heading"), level: Type.Integer({ minimum: 1, maximum: 3 }), text: Title, anchor: Type.Union([Anchor, Type.Null()]) }),
  closed({ kind: Type.Literal("paragraph"), pieces: Pieces }),
  /** What was asked, set apart from what is answered. */
  closed({ kind: Type.Literal("asked"), paragraphs: Type.Array(Pieces, { minItems: 1, maxItems: 200 }) }),
  /** Each item is one or more paragraphs. */
  closed({
    kind: Type.Literal("list"),
    ordered: Type.Boolean(),
    items: Type.Array(Type.Array(Pieces, { minItems: 1, maxItems: 200 }), { minItems: 1, maxItems: 500 }),
  }),
  /** Every row has as many cells as there are columns. */
  closed({
    kind: Type.Literal("table"),
    caption: Line,
    columns: Type.Array(Title, { minItems: 1, maxItems: 6 }),
    rows: Type.Array(Type.Array(Text, { minItems: 1, maxItems: 6 }), { maxItems: 2_000 }),
  }),
  /** That something is not published here, and on which ground. */
  closed({ kind: Type.Literal("withheld"), title: Title, text: Text }),
  /** Room to sign, with the office above and the name below. */
  closed({ kind: Type.Literal("signature"), office: Line, name: Line }),
]);
export type RunningBlock = Static<typeof RunningBlock>;

/** Data of the templates `kamerbrief` and `beslisnota`. */
export const RunningData = closed({
  document: Head,
  /** Prints CONCEPT at the head of every page. */
  concept: Type.Boolean(),
  /** What is asked of the reader, above the title (`TER BESLUITVORMING`); may be empty. */
  purpose: Line,
  /** Lines of who it is for; an empty list leaves them out. */
  to: Type.Array(Line, { maxItems: 10 }),
  /** What stands at the head with a name: date, reference, subject. */
  facts: Type.Array(closed({ label: Title, text: Text }), { maxItems: 40 }),
  blocks: Type.Array(RunningBlock, { minItems: 1, maxItems: 6_000 }),
});
export type RunningData = Static<typeof RunningData>;
