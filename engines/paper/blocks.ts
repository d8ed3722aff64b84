/** The data of the template `uitleg`: a letter or plain explanation as a row of blocks. Used by templates.ts and by callers that make one. */
import Type, { type Static } from "typebox";
import { closed, Head, Line, Picture, Text, Title } from "./parts.ts";

const list = Type.Array(Text, { minItems: 1, maxItems: 200 });

/** One block of a plain document, in reading order. */
export const Block = Type.Union([
  /** Level 1 is a chapter. Levels may not be skipped: 1, then 2, then 3. */
  closed({ kind: Type.Literal("heading"), level: Type.Integer({ minimum: 1, maximum: 3 }), text: Title }),
  closed({ kind: Type.Literal("paragraph"), text: Text }),
  closed({ kind: Type.Literal("list"), ordered: Type.Boolean(), items: list }),
  /** What and its value, such as name, address, number. */
  closed({ kind: Type.Literal("facts"), items: Type.Array(closed({ label: Title, text: Text }), { minItems: 1, maxItems: 100 }) }),
  /** Every row has as many cells as there are columns. */
  closed({
    kind: Type.Literal("table"),
    caption: Line,
    columns: Type.Array(Title, { minItems: 1, maxItems: 6 }),
    rows: Type.Array(Type.Array(Text, { minItems: 1, maxItems: 6 }), { maxItems: 2_000 }),
  }),
  /** Something to mind, set apart. */
  closed({ kind: Type.Literal("note"), title: Line, text: Text }),
  /** What someone else wrote, word for word. */
  closed({ kind: Type.Literal("quote"), text: Text, source: Line }),
  closed({ kind: Type.Literal("picture"), picture: Picture }),
  /** Room for a signature by hand. */
  closed({ kind: Type.Literal("signature"), name: Title, place: Line }),
  closed({ kind: Type.Literal("page-break") }),
]);
export type Block = Static<typeof Block>;

/** Data of the template `uitleg`. */
export const ExplanationData = closed({
  document: Head,
  /** Lines of the sender and of who it is for; empty lists leave them out. */
  from: Type.Array(Line, { maxItems: 10 }),
  to: Type.Array(Line, { maxItems: 10 }),
  blocks: Type.Array(Block, { minItems: 1, maxItems: 3_000 }),
});
export type ExplanationData = Static<typeof ExplanationData>;
