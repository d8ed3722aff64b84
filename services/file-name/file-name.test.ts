/** Names of files as they leave for someone's disk: nothing in them acts, hides or turns text around, and what is made is what the check takes. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isSafeFileName, safeFileName } from "./index.ts";

describe("a file name", () => {
  test.each([
    ["bericht.png", "bericht.png"],
    ["Café één_2.pdf", "Café één_2.pdf"],
    ["../../huis.png", "_.._huis.png"],
    ["a$(touch x).png", "a__touch x_.png"],
    ["a\u202Egnp.exe", "a_gnp.exe"],
    ["a\u3164.png", "a_.png"],
    ["a\u115F\u1160\uFFA0.png", "a___.png"],
    ["...", "bestand"],
  ])("%j becomes %j", (given, safe) => expect(safeFileName(given)).toBe(safe));

  test("whatever is made of anything is taken by the check behind a number, as in a bundle", () => {
    fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 200 }), (name) => isSafeFileName(`0001-${safeFileName(name)}`)));
  });

  test.each(["", ".", "..", ".verborgen", "a/b", "a\\b", "a;b", "a'b", 'a"b', "a`b`", "a$b", "a\nb", "a\u200Bb", "a\u3164b"])("%j is not one", (name) =>
    expect(isSafeFileName(name)).toBe(false),
  );
});
