/**
 * What publications of figures are made of, the national picture and the Monitor alike: words in two languages, classifications with their codes, and why a figure is not shown. Both contracts build on it. Static data without I/O.
 *
 * [Note: Withheld cells look alike] A cell with too few, one in which everyone answered the same and one that is hidden for their sake carry the same word: who could tell them apart would know which it is.
 */
import Type, { type Static } from "typebox";

/** A line for everyone. */
export const Word = Type.String({ minLength: 1, maxLength: 600 });
export const Both = Type.Object({ nl: Word, en: Word }, { additionalProperties: false });
/** Dutch and English. */
export type Both = Static<typeof Both>;
/** Calendar day. */
export const Day = Type.String({ pattern: "^\\d{4}-\\d{2}-\\d{2}$" });
/** A code of a dimension. */
export const Code = Type.String({ pattern: "^[a-z0-9][a-z0-9-]{0,39}$" });
/** A code with its words, as every classification has it. */
export const titledCode = { code: Code, title: Both } as const;

/** `protected`: too few here, or in a group that could be worked out with it. `nobody`: there was nobody, or nothing, to take a share of. */
export const withheldAlike = ["protected", "nobody"] as const;
