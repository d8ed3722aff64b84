/** The digest that initials, verdicts, the decision and the signature refer to; see [Note: Digest of the whole]. Used by this room. */
import { digestOf } from "@rugdekking/seal/verify";
import type { NotePart } from "#services/parliament/contract/set.ts";
import type { RichText } from "#services/parliament/contract/rich-text.ts";

/** What is judged: the newest words of every question, in order of number, and the parts of the newest note, in the note's own order. */
export interface Whole {
  readonly answers: readonly { readonly question: number; readonly words: RichText }[];
  readonly note: readonly Pick<NotePart, "id" | "section" | "heading" | "questions" | "words">[];
}

/** JSON with the keys of every object in order of code units and without spaces, so that the same words always give the same bytes. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  return `{${entries
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, one]) => `${JSON.stringify(key)}:${canonical(one)}`)
    .join(",")}}`;
}

/** The bytes that are digested: the line `rugdekking whole 1` and canonical JSON, UTF-8. */
export const wholeText = ({ answers, note }: Whole): string =>
  `rugdekking whole 1\n${canonical({
    answers: answers.toSorted((a, b) => a.question - b.question).map(({ question, words }) => ({ question, words })),
    note: note.map(({ id, section, heading, questions, words }) => ({ id, section, heading, questions, words })),
  })}`;

/** SHA-256 of {@link wholeText}, base64url. */
export const digestOfWhole = (whole: Whole): Promise<string> => digestOf(new TextEncoder().encode(wholeText(whole)));
