/**
 * Earlier answers: a full-text index with Dutch stemming that is built, kept and searched on the machine of who searches, and the differences of an earlier answer with a new one.
 * The archive is public; the question someone works on is not, and does not leave the machine. Called by the command line and screens of this service.
 */
import type { IndexBuilder } from "./build.ts";
import { readParts, writeParts } from "./format.ts";
import { AnswerIndex } from "./search.ts";
import { stemOf, wordsIn } from "./words.ts";

export { type AnsweredQuestion, IndexBuilder } from "./build.ts";
export { IndexError } from "./format.ts";
export { AnswerIndex, type Hit } from "./search.ts";
export { type Differences, differencesWith, type Piece } from "./differences.ts";

/** What was added so far, ready to be searched. */
export const openBuilt = (builder: IndexBuilder): AnswerIndex => new AnswerIndex(builder.parts());

/** What was added so far as bytes, to be kept (about 3 bytes a word) and opened again with {@link openIndex}. */
export const writeIndex = (builder: IndexBuilder): Uint8Array => writeParts(builder.parts());

/** Opens an index that was kept. The bytes are used in place: do not change them. @throws {@link IndexError} when they are no index, or damaged. */
export const openIndex = (bytes: Uint8Array): AnswerIndex => new AnswerIndex(readParts(bytes));

/** Where words of a query stand in a text, UTF-16 units, to be marked; compounds too. */
export function foundIn(text: string, query: string): readonly { readonly start: number; readonly end: number }[] {
  const sought = new Set([...wordsIn(query)].map(({ stem }) => stem));
  const long = [...sought].filter((stem) => stem.length >= 4);
  return [...wordsIn(text)]
    .filter(({ stem }) => sought.has(stem) || long.some((one) => stem.startsWith(one) || stem.endsWith(one)))
    .map(({ start, end }) => ({ start, end }));
}

export { stemOf };
