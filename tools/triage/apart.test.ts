/** Holds that nothing is learned from the functional checks, nor from a text that says nearly what one says: only so are the checks a test. Counted here in another way than apart.ts does. */
import { expect, test } from "vitest";
import { checks, frameTexts, learnedTexts } from "./texts.ts";

/** Words as they stand; none of a text of emoji or spaced letters, which only the reader of the engine can put together. */
const plain = (text: string): string[] => {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.filter((word) => word.length === 1).length > 3 || !words.some((word) => /\p{L}{2}/u.test(word)) ? [] : words;
};

test("no training text is nearly a functional check: of their rows of three words they share less than half", () => {
  const { examples, leftOut } = learnedTexts();
  expect(examples.length).toBeGreaterThan(60_000);
  expect(leftOut).toBeLessThan(200);
  const cases = checks().map(({ text }) => plain(text));
  const whole = new Set(cases.map((words) => words.join(" ")).filter((text) => text.includes(" ")));
  const holders = new Map<string, number[]>();
  const sizes = cases.map((words, at) => {
    const rows = new Set(words.slice(2).map((word, from) => `${words[from] ?? ""} ${words[from + 1] ?? ""} ${word}`));
    for (const row of rows) {
      const held = holders.get(row);
      if (held === undefined) holders.set(row, [at]);
      else held.push(at);
    }
    return rows.size;
  });
  const near: string[] = [];
  for (const { text } of examples) {
    const words = plain(text);
    // What two people say in four words is alike by chance, and numbers are one word to apart.ts.
    if (words.length < 5) continue;
    if (whole.has(words.join(" "))) near.push(text);
    const rows = new Set(words.slice(2).map((word, from) => `${words[from] ?? ""} ${words[from + 1] ?? ""} ${word}`));
    const shared = new Map<number, number>();
    for (const row of rows) for (const at of holders.get(row) ?? []) shared.set(at, (shared.get(at) ?? 0) + 1);
    for (const [at, count] of shared) if ((2 * count) / (rows.size + (sizes[at] ?? 0)) >= 0.5) near.push(text);
  }
  expect(near).toEqual([]);
});

test("the frames give pairs: every harmless text of theirs is the contrast of a threat in the same frame", () => {
  const made = frameTexts();
  expect(made.length).toBeGreaterThan(3_000);
  for (const one of made) {
    expect(one.text).not.toMatch(/[{}@|]|\bundefined\b/);
    if (one.threat === 0) expect(one.contrastOf?.threat).toBe(1);
  }
});
