/** What is known of a word: the same however it is asked for, and of the word itself, however many others were read before it and whatever hash they have. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { classesOf } from "./classes.ts";
import { hashOf, idSeed, knownIn, knownOf, mix } from "./known.ts";
import { rolesOf } from "./roles.ts";
import { wordsOf } from "./words.ts";

const idOf = (word: string): number => [...word.toLowerCase()].reduce((hash, letter) => mix(hash, letter.charCodeAt(0)), idSeed);
const letters = fc.string({ unit: fc.constantFrom(..."abcdefghijklmnopqrstuvwxyz"), minLength: 1, maxLength: 40 });

describe("what is known of a word", () => {
  test("in a text, with any capitals and any length, it is that of the word by itself", () => {
    fc.assert(
      fc.property(letters, fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }), letters, (word, capitals, other) => {
        const written = [...word].map((letter, at) => (capitals[at] === true ? letter.toUpperCase() : letter)).join("");
        const text = `${other} ${written}`;
        const found = knownIn(text, text.length - word.length, text.length, idOf(word));
        expect(found).toBe(knownOf(word));
        expect(found).toMatchObject({ text: word, id: idOf(word), classes: classesOf(word), ...rolesOf(word) });
      }),
    );
  });

  test("words of one hash are told apart", () => {
    // Words of nine letters are drawn until three pairs have one hash; by the birthday rule the first comes after some 80,000.
    const seen = new Map<number, string>();
    const pairs: (readonly [string, string])[] = [];
    let state = 1;
    while (pairs.length < 3) {
      let word = "";
      for (let at = 0; at < 9; at += 1) {
        state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
        word += String.fromCharCode(97 + ((state >>> 16) % 26));
      }
      const id = idOf(word);
      const other = seen.get(id);
      if (other !== undefined && other !== word) pairs.push([other, word]);
      seen.set(id, word);
    }
    for (const [one, other] of pairs) {
      expect(hashOf(11, one)).toBe(hashOf(11, other));
      for (const word of [one, other, one]) {
        expect(knownIn(word, 0, word.length, idOf(word)).text).toBe(word);
        expect(knownOf(word).text).toBe(word);
      }
    }
  });

  test("a word of a first eighteen letters that another has too is another", () => {
    const [one, other] = ["gemeenteraadsverkiezing", "gemeenteraadsverkiezers"];
    expect(knownIn(one, 0, one.length, idOf(other)).text).toBe(one);
    expect(knownIn(other, 0, other.length, idOf(other)).text).toBe(other);
  });

  test("after more words than there is room for, each is still itself", () => {
    const word = (n: number): string => `verzonnen${[...String(n)].map((digit) => "abcdefghij"[Number(digit)]).join("")}`;
    const many = 200_000;
    for (let n = 0; n < many; n += 1) knownOf(word(n));
    for (let n = 0; n < many; n += 997) expect(knownIn(word(n), 0, word(n).length, idOf(word(n))).text).toBe(word(n));
    expect(wordsOf("Morgenavond schiet ik je DOOD.").map(({ text, known }) => [text, known.text, known.id])).toEqual(
      ["morgenavond", "schiet", "ik", "je", "dood", "."].map((one) => [one, one, hashOf(11, one)]),
    );
  });
});
