/** Keeps the training texts apart from the functional checks: a text that says nearly what a check says is not learned from, so that the checks stay a test of new texts. Used by texts.ts. */
import { wordsOf } from "@rugdekking/triage/training";

/** Two texts are near when they share at least this part of their rows of three words (Dice). */
export const nearFrom = 0.5;

const rowsOf = (text: string): Set<string> => {
  const words = wordsOf(text)
    .map((word) => word.text)
    .filter((word) => word.length > 1 || /[a-z0]/.test(word));
  // A text of one or two words is one row by itself.
  if (words.length < 3) return new Set([words.join(" ")]);
  return new Set(words.slice(2).map((word, at) => `${words[at] ?? ""} ${words[at + 1] ?? ""} ${word}`));
};

/** Says of a text which of `checks` it is near to; null when it is near to none. */
export function nearestOf(checks: readonly string[]): (text: string) => string | null {
  const known = checks.map(rowsOf);
  const holders = new Map<string, number[]>();
  known.forEach((rows, at) => {
    for (const row of rows) holders.set(row, [...(holders.get(row) ?? []), at]);
  });
  return (text) => {
    const rows = rowsOf(text);
    const shared = new Map<number, number>();
    for (const row of rows) for (const at of holders.get(row) ?? []) shared.set(at, (shared.get(at) ?? 0) + 1);
    for (const [at, count] of shared) if ((2 * count) / (rows.size + (known[at]?.size ?? 0)) >= nearFrom) return checks[at] ?? null;
    return null;
  };
}
