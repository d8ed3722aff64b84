/** Suggested passphrases: enough different words, and a draw that stays inside them. */
import { expect, it } from "vitest";
import { passphraseWords, suggestPassphrase } from "./passphrase.ts";

it("draws from at least 256 different plain words (8 bits each)", () => {
  expect(new Set(passphraseWords).size).toBe(passphraseWords.length);
  expect(passphraseWords.length).toBeGreaterThanOrEqual(256);
  expect(passphraseWords.filter((word) => !/^[a-z]{2,9}$/.test(word))).toEqual([]);
});

it("suggests seven of them, another time others", () => {
  const one = suggestPassphrase();
  expect(one.split(" ").every((word) => passphraseWords.includes(word))).toBe(true);
  expect(one.split(" ")).toHaveLength(7);
  expect(suggestPassphrase()).not.toBe(one);
});
