/** The data of the template `uitkomsten`: a report or factsheet of figures, with the few that stand out on top. Used by templates.ts and by callers that make one. */
import Type, { type Static } from "typebox";
import { Block } from "./blocks.ts";
import { closed, Head, Line, Title } from "./parts.ts";

/** Data of the template `uitkomsten`. */
export const FindingsData = closed({
  document: Head,
  /** A report has a list of chapters behind its first page. */
  kind: Type.Union([Type.Literal("report"), Type.Literal("factsheet")]),
  /** One sentence under the title. */
  lead: Line,
  /** What must be known before reading, such as that the answers are made up; empty leaves it out. */
  warning: Line,
  /** Head above the figures that stand out. */
  keyTitle: Title,
  /** `number` large, `of` what it is a share of, `text` what it is, `among` whose share, `margin` how certain. */
  key: Type.Array(closed({ number: Title, of: Title, text: Title, among: Title, margin: Title }), { maxItems: 6 }),
  blocks: Type.Array(Block, { minItems: 1, maxItems: 3_000 }),
});
export type FindingsData = Static<typeof FindingsData>;
