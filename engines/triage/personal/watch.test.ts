/** What the watch on protected data holds: strict reading, and the person's own data found again however it is written. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { TriageError } from "#engines/triage/errors.ts";
import { findPersonal, parseWatch } from "./index.ts";

const watch = parseWatch({
  names: ["Annelies van der Wijk", "Jan Bakker"],
  children: ["Sem Bakker", "Zoë Bakker"],
  addresses: [{ street: "Kerkstraat", houseNumber: "12", addition: "a", postcode: "1234 AB", place: "Elst" }],
  phones: ["06-12345678"],
  emails: ["jan.bakker@gmail.com"],
  plates: ["12-GTN-4"],
  ibans: ["NL91ABNA0417164300"],
  bsns: ["111222333"],
  schools: ["De Regenboog"],
  handles: ["@janb_83"],
});

function watched(text: string): string[] {
  return findPersonal(text, watch)
    .filter((hit) => hit.watched === true)
    .map((hit) => `${hit.kind}:${hit.text}`);
}

describe("own data", () => {
  test.each([
    ["in plain", "Annelies van der Wijk woont hier", "name:Annelies van der Wijk"],
    ["in leet", "4nn3li3s v4n d3r w1jk", "name:4nn3li3s v4n d3r w1jk"],
    ["in capitals with blanks", "A N N E L I E S  V A N  D E R  W I J K", "name:A N N E L I E S  V A N  D E R  W I J K"],
    ["with y for ij", "annelies van der wyk", "name:annelies van der wyk"],
    ["with stretched letters", "annneeelies vander wijk", "name:annneeelies vander wijk"],
    ["in a hashtag", "#anneliesvanderwijkmoetweg", "name:anneliesvanderwijk"],
    ["surname behind a title", "meneer B4kk3r", "name:B4kk3r"],
    ["with an initial", "volgens J. Bakker", "name:J. Bakker"],
    ["a child's first name", "we zien sem wel op het plein", "name:sem"],
    ["without diacritics", "zoe komt alleen thuis", "name:zoe"],
    ["a school, spaced", "bij de R e g e n b o o g", "location:de R e g e n b o o g"],
    ["street and number in words", "k3rkstr. twaalf", "address:k3rkstr. twaalf"],
    ["street by itself", "leuk huis in de Kerkstraat", "address:Kerkstraat"],
    ["street spaced", "k e r k s t r a a t 12", "address:k e r k s t r a a t 12"],
    ["postcode spaced", "1 2 3 4 A B", "postcode:1 2 3 4 A B"],
    ["telephone without 06", "bel 12 34 56 78", "phone:12 34 56 78"],
    ["telephone in words and digits", "nul6 een2drie4 vijf6 zeven8", "phone:nul6 een2drie4 vijf6 zeven8"],
    ["telephone with fillers", "06 en dan 1234 en dan 5678", "phone:06 en dan 1234 en dan 5678"],
    ["e-mail in words", "jan punt bakker apenstaartje gmail punt com", "email:jan punt bakker apenstaartje gmail punt com"],
    ["plate spaced", "1 2 g t n 4", "plate:1 2 g t n 4"],
    ["account without bank", "0417164300", "iban:0417164300"],
    ["service number", "1-1-1-2-2-2-3-3-3", "bsn:1-1-1-2-2-2-3-3-3"],
    ["account on social media", "insta janb83", "name:janb83"],
  ])("%s", (_what, text, expected) => {
    const [first] = watched(text);
    expect(first).toBe(expected);
  });

  test.each([
    "de bakker bakt brood",
    "Kerkstraat 99 staat leeg",
    "Piet Bakker kwam ook",
    "semantiek is een vak",
    "het regent, de boog is kapot",
    "bel 12 34 56 79",
    "Coen Bakkers en Annemiek Bakkersland",
    "kerk en straat",
  ])("not in: %s", (text) => {
    expect(watched(text)).toEqual([]);
  });

  test("everything that is found without a watch is found with it, too", () => {
    const text = "Wethouder Truus Hoekema, 06-87654321, Lindenlaan 4, 1234 AB Elst";
    expect(findPersonal(text, watch).map((hit) => `${hit.kind}:${hit.text}`)).toEqual(findPersonal(text).map((hit) => `${hit.kind}:${hit.text}`));
    expect(watched(text)).toEqual(["postcode:1234 AB"]);
  });

  test("any text gives hits in order and apart, with and without own data", () => {
    const piece = fc.constantFrom(
      "jan ",
      "bakker",
      "B4kker ",
      "06",
      "12345678",
      "kerkstr",
      "aat ",
      "12",
      "1234",
      "ab",
      " ",
      "@gmail.com",
      "jan.",
      "sem ",
      "😀",
      "ß",
      "\n",
      "een ",
      "gtn4",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (parts) => {
        const text = parts.join("");
        let from = 0;
        for (const hit of findPersonal(text, watch)) {
          expect(hit.start).toBeGreaterThanOrEqual(from);
          expect(hit.text).toBe(text.slice(hit.start, hit.end));
          from = hit.end;
        }
      }),
      { numRuns: 500 },
    );
  });

  test.each(["jan bakker ", "b a k k e r ", "1", "12345678", "kerkstraat ", "aaaa", "1 2 g t n ", "jan.bakker@"])(
    "time in proportion to the text: %s",
    (piece) => {
      function cost(text: string): number {
        const before = process.cpuUsage();
        findPersonal(text, watch);
        const { user, system } = process.cpuUsage(before);
        return user + system;
      }
      const small = piece.repeat(Math.ceil(65_536 / piece.length));
      const large = piece.repeat(Math.ceil(1_048_576 / piece.length));
      cost(small);
      expect(cost(large) / Math.max(cost(small), 3000)).toBeLessThan(64);
    },
  );
});

describe("reading protected data", () => {
  test.each([
    ["no object", []],
    ["nothing in it", {}],
    ["empty lists", { names: [] }],
    ["an unknown list", { nmaes: ["Jan"] }],
    ["no list", { names: "Jan" }],
    ["no text", { names: [12] }],
    ["empty text", { names: ["  "] }],
    ["too long", { names: ["x".repeat(201)] }],
    ["too many", { phones: Array.from({ length: 201 }, () => "0612345678") }],
    ["an unknown part of an address", { addresses: [{ street: "A", houseNumber: "1", city: "B" }] }],
    ["a house number with letters", { addresses: [{ street: "Kerkstraat", houseNumber: "12a" }] }],
    ["a broken postcode", { addresses: [{ street: "Kerkstraat", houseNumber: "12", postcode: "12 AB" }] }],
    ["a short number", { phones: ["123"] }],
    ["no e-mail address", { emails: ["jan at gmail"] }],
    ["no plate", { plates: ["ABC"] }],
    ["no account", { ibans: ["1234"] }],
    ["no service number", { bsns: ["12345678901"] }],
  ])("refuses %s", (_what, value) => {
    expect(() => parseWatch(value)).toThrow(TriageError);
  });

  test("says where, and keeps the data to itself", () => {
    try {
      parseWatch({ phones: ["0612345678", "geheim"] });
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(TriageError);
      if (error instanceof TriageError) {
        expect(error.data["path"]).toBe("phones[1]");
        expect(error.message).not.toContain("geheim");
      }
    }
  });
});
