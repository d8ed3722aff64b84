/** What changed between an earlier answer and a new one, word by word, and which numbers are no longer the same. Used by index.ts. */
import { diffWordsWithSpace } from "diff";

/** A stretch of words. The `same` and `gone` ones are the earlier text, the `same` and `new` ones the new text, character for character. */
export interface Piece {
  readonly kind: "same" | "gone" | "new";
  readonly text: string;
}

/** Two answers beside each other. */
export interface Differences {
  readonly pieces: readonly Piece[];
  /** Share of the words of both that they have in common, 0 to 1. */
  readonly alike: number;
  /** Numbers that stand in one of the two only, as written: where two answers may contradict each other. */
  readonly numbers: { readonly gone: readonly string[]; readonly fresh: readonly string[] };
}

/** Longer than any answer; beyond it texts are not compared by word. */
const MOST = 200_000;
/** Milliseconds; two texts without anything in common are then said to be so. */
const LONGEST = 2_000;
const numberWords = /(?<![\p{L}\d])\d+(?:[.,]\d+)*\s?%?/gu;

const count = (text: string): number => text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
const numbersOf = (text: string): string[] => (text.match(numberWords) ?? []).map((number) => number.replace(/\s/u, ""));
const beyond = (these: readonly string[], those: readonly string[]): string[] => [...new Set(these)].filter((one) => !those.includes(one));

/** Compares an earlier answer with a new one. */
export function differencesWith(earlier: string, now: string): Differences {
  const [before, after] = [numbersOf(earlier), numbersOf(now)];
  const numbers = { gone: beyond(before, after), fresh: beyond(after, before) };
  const changes = earlier.length + now.length > MOST ? undefined : diffWordsWithSpace(earlier, now, { timeout: LONGEST });
  const pieces: Piece[] = (
    changes ?? [
      { value: earlier, removed: true, added: false },
      { value: now, removed: false, added: true },
    ]
  )
    .map(({ value, added, removed }): Piece => ({ kind: removed ? "gone" : added ? "new" : "same", text: value }))
    .filter(({ text }) => text !== "");
  const same = pieces.reduce((sum, { kind, text }) => sum + (kind === "same" ? count(text) : 0), 0);
  const all = count(earlier) + count(now);
  return { pieces, alike: all === 0 ? 1 : Math.min(1, (2 * same) / all), numbers };
}
