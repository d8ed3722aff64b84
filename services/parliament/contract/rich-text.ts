/** The words of a draft: paragraphs and lists with figures, cross references and footnotes in them. Written by the editor, kept in drafts, set by the documents. Static data without I/O. */
import Type, { type Static } from "typebox";
import { CitedFigure } from "#services/figures/contract/citation.ts";

/** Words in one style. */
const Words = Type.Object(
  {
    kind: Type.Literal("words"),
    text: Type.String({ minLength: 1, maxLength: 20_000 }),
    strong: Type.Optional(Type.Literal(true)),
    emphasis: Type.Optional(Type.Literal(true)),
    /** Address the words link to, `https:` only. */
    link: Type.Optional(Type.String({ pattern: "^https://", maxLength: 2000 })),
  },
  { additionalProperties: false },
);
/** A number that cites a frozen figure; `text` is how it stands in the sentence ("45 van de 100"). */
const FigureInText = Type.Object(
  { kind: Type.Literal("figure"), text: Type.String({ minLength: 1, maxLength: 200 }), figure: CitedFigure },
  { additionalProperties: false },
);
/** "Zie het antwoord op vraag 2". */
const AnswerInText = Type.Object({ kind: Type.Literal("answer"), number: Type.Integer({ minimum: 0, maximum: 999 }) }, { additionalProperties: false });
/** A footnote at this place. */
const NoteInText = Type.Object({ kind: Type.Literal("note"), text: Type.String({ minLength: 1, maxLength: 4000 }) }, { additionalProperties: false });

/** A piece of a line. */
export const Inline = Type.Union([Words, FigureInText, AnswerInText, NoteInText]);
/** A piece of a line. */
export type Inline = Static<typeof Inline>;

/** A paragraph or a list. */
export const Block = Type.Union([
  Type.Object({ kind: Type.Literal("paragraph"), content: Type.Array(Inline, { maxItems: 2000 }) }, { additionalProperties: false }),
  Type.Object(
    { kind: Type.Literal("list"), ordered: Type.Boolean(), items: Type.Array(Type.Array(Inline, { maxItems: 2000 }), { minItems: 1, maxItems: 500 }) },
    { additionalProperties: false },
  ),
]);
/** A paragraph or a list. */
export type Block = Static<typeof Block>;

/** Words of a draft, in order. */
export const RichText = Type.Array(Block, { maxItems: 2000 });
/** Words of a draft, in order. */
export type RichText = Static<typeof RichText>;
