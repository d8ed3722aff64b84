/** What the finders of personal data hold: every kind in its spellings, checks that refuse, harmless look-alikes, offsets, and time in proportion to the text. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findPersonal, type PersonalHit } from "./index.ts";
import { markedCases, type MarkedCase } from "./testing-cases.ts";

/** The canonical spellings of one kind in a message. */
function found(kind: PersonalHit["kind"], text: string): string[] {
  return findPersonal(text)
    .filter((hit) => hit.kind === kind)
    .map((hit) => hit.canonical);
}

describe("telephone numbers", () => {
  test.each([
    ["06 12345678", "+31612345678"],
    ["06-12345678", "+31612345678"],
    ["0612345678", "+31612345678"],
    ["06.12.34.56.78", "+31612345678"],
    ["06/123/45678", "+31612345678"],
    ["+31612345678", "+31612345678"],
    ["+31 (0)6 12345678", "+31612345678"],
    ["0031 6 1234 5678", "+31612345678"],
    ["31612345678", "+31612345678"],
    ["O6l2345678", "+31612345678"],
    ["0 6 1 2 3 4 5 6 7 8", "+31612345678"],
    ["nul zes een twee drie vier vijf zes zeven acht", "+31612345678"],
    ["nul zes twaalf vierendertig zesenvijftig achtenzeventig", "+31612345678"],
    ["(0228) 812 100", "+31228812100"],
    ["0228-812100", "+31228812100"],
    ["020-1234567", "+31201234567"],
    ["+32 478 12 34 56", "+32478123456"],
    ["０６１２３４５６７８", "+31612345678"],
    ["06\u200B12345678", "+31612345678"],
  ])("%s is %s", (written, canonical) => {
    expect(found("phone", `Bel maar op ${written}!`)).toEqual([canonical]);
    expect(found("phone", written)).toEqual([canonical]);
  });

  test.each([
    "0900-8844",
    "0800 1234",
    "14 020",
    "112",
    "0123456",
    "061234567",
    "06123456789",
    "0999 123456",
    "05-04-2018 10:30",
    "Factuur 0612345678",
    "2021-0612345678",
    "€ 0,61 2345678",
  ])("%s is none", (text) => {
    expect(found("phone", text)).toEqual([]);
  });
});

describe("bank accounts (ISO 13616, remainder by 97)", () => {
  test.each([
    "NL91ABNA0417164300",
    "nl91abna0417164300",
    "NL91 ABNA 0417 1643 00",
    "NL91.ABNA.0417.1643.00",
    "NL91-ABNA-0417-1643-00",
    "N L 9 1 A B N A 0 4 1 7 1 6 4 3 0 0",
    "NL91ABNAO4171643OO",
  ])("%s is found", (written) => {
    expect(found("iban", `Stort op ${written} voor vrijdag`)).toEqual(["NL91ABNA0417164300"]);
  });

  test("one wrong digit is refused", () => {
    for (let at = 8; at < 18; at++) {
      const digits = [..."NL91ABNA0417164300"];
      digits[at] = String((Number(digits[at]) + 1) % 10);
      expect(found("iban", `Stort op ${digits.join("")}`)).toEqual([]);
    }
  });

  test("a value added tax number and an order number are none", () => {
    expect(found("iban", "btw-nummer NL182960371B01, order NL12FCCC148134")).toEqual([]);
  });
});

describe("citizen service numbers (11-test)", () => {
  test.each(["BSN 111222333", "zijn burgerservicenummer is 111.222.333", "bsn: 1 1 1 2 2 2 3 3 3", "111222333 is haar bsn", "sofinummer 1112.22.333"])(
    "%s",
    (text) => {
      expect(found("bsn", text)).toEqual(["111222333"]);
    },
  );

  test("what fails the test, or is called something else, is none", () => {
    expect(found("bsn", "BSN 111222334")).toEqual([]);
    expect(found("bsn", "Zaaknummer 111222333")).toEqual([]);
    expect(found("bsn", "Het getal 111222333 staat op het bord")).toEqual([]);
  });

  test("beside a name and an address it needs no label", () => {
    expect(found("bsn", "Klaas Mulder, 111222333, Kerkstraat 4")).toEqual(["111222333"]);
  });
});

describe("licence plates", () => {
  test.each([
    ["XX-99-99", "BD-12-34"],
    ["99-99-XX", "12-34-BD"],
    ["99-XX-99", "12-BD-34"],
    ["XX-99-XX", "BD-12-FG"],
    ["XX-XX-99", "BD-FG-12"],
    ["99-XX-XX", "12-BD-FG"],
    ["99-XXX-9", "12-BDF-3"],
    ["9-XXX-99", "1-BDF-23"],
    ["XX-999-X", "BD-123-F"],
    ["X-999-XX", "B-123-DF"],
    ["XXX-99-X", "BDF-12-G"],
    ["X-99-XXX", "B-12-DFG"],
    ["9-XX-999", "1-BD-234"],
    ["999-XX-9", "123-BD-4"],
  ])("sidecode %s: %s in every spelling", (_sidecode, plate) => {
    expect(found("plate", `Daar staat ${plate} weer`)).toEqual([plate]);
    for (const written of [
      plate.toLowerCase(),
      plate.replaceAll("-", " "),
      plate.replaceAll("-", "."),
      plate.replaceAll("-", " - "),
      plate.replaceAll("-", ""),
      plate.replaceAll("-", "/").toLowerCase(),
    ]) {
      expect(found("plate", `kenteken ${written} staat voor de deur`)).toEqual([plate]);
    }
  });

  test("without a word for it, only the official spelling counts", () => {
    expect(found("plate", "vlucht KL7453 naar Londen, 12 km 34, 10 mb 20")).toEqual([]);
    expect(found("plate", "uitslag 12-34-56, artikel 1-AB-2")).toEqual([]);
  });
});

describe("postcodes", () => {
  test.each(["Kerkstraat 1, 1234 AB", "kerkstraat 1 1234ab", "Kerkstraat 1 bis 1234-AB", "postcode 1234 ab", "1234 AB Elst", "hij woont op 1234AB"])(
    "%s",
    (text) => {
      expect(found("postcode", text)).toEqual(["1234 AB"]);
    },
  );

  test.each(["0123 AB", "1234 SS", "in 2025 AB, agendapunt 3", "1500 km", "2048 MB", "1234 ABC", "12345 AB", "CD-3456 is", "3 mei 2025 al"])(
    "%s is none",
    (text) => {
      expect(found("postcode", text)).toEqual([]);
    },
  );
});

describe("e-mail", () => {
  test.each([
    "p.jansen@ziggo.nl",
    "P.JANSEN@ZIGGO.NL",
    "p.jansen@ ziggo.nl",
    "p.jansen @ ziggo.nl",
    "p.jansen[at]ziggo.nl",
    "p.jansen (at) ziggo (dot) nl",
    "p.jansen (apenstaart) ziggo.nl",
    "p punt jansen apenstaartje ziggo punt nl",
    "p punt jansen at ziggo punt nl",
  ])("%s", (written) => {
    expect(found("email", `Schrijf naar ${written} vandaag`)).toEqual(["p.jansen@ziggo.nl"]);
  });

  test("shared mailboxes and talk are none", () => {
    expect(found("email", "Mail info@assen.nl, griffie@utrecht.nl")).toEqual([]);
    expect(found("email", "we zijn at home punt uit, kijk at google.com")).toEqual([]);
  });
});

describe("addresses", () => {
  test.each([
    ["Hij woont op de Kerkstraat 12", "kerkstraat 12"],
    ["Kerkstr. 12a", "kerkstraat 12a"],
    ["Biesboschstr. 295-2", "biesboschstraat 2952"],
    ["Oude Gracht 12 bis", "oude gracht 12bis"],
    ["Jan van Galenstraat 289 III", "jan van galenstraat 289iii"],
    ["Sophiastraat100", "sophiastraat 100"],
    ["Distelvlinder, nummer 215, 1234 AB Elst", "distelvlinder 215"],
    ["zij woont op Venus 357", "venus 357"],
    ["Venus 357, 5661 RE", "venus 357"],
    ["'t Hof 4, 4251 EB Werkendam", "'t hof 4"],
    ["ds. caspar van gendtstraat nr 81a", "ds. caspar van gendtstraat 81a"],
  ])("%s", (text, canonical) => {
    expect(found("address", text)).toEqual([canonical]);
  });

  test.each([
    "De A12 bij afrit 28",
    "Artikel 12a van de wet",
    "Groep 8b",
    "In Toon Hendriksstraat wordt het asfalt vervangen",
    "Kerkstraat 12 woningen",
    "Psalm 23",
    "PSV 3-1",
    "Windows 11",
    "De Dijk 12:30 uur",
  ])("%s is none", (text) => {
    expect(found("address", text)).toEqual([]);
  });
});

describe("names, accounts, links, whereabouts", () => {
  test.each([
    ["wethouder jan de vries is er", "jan de vries"],
    ["de kinderen van A. Jansen", "a. jansen"],
    ["mevrouw De Wit", "de wit"],
    ["t.n.v. Ö. Yıldız", "o. yildiz"],
    ["Willemijn van Bokhoven-de Ruiter", "willemijn van bokhoven-de ruiter"],
    ["insta: @piet_jansen", "@piet_jansen"],
  ])("%s", (text, canonical) => {
    expect(found("name", text)).toEqual([canonical]);
  });

  test("a bare mention, a party and an institution are none", () => {
    expect(findPersonal("@gemeente wanneer komt er antwoord van de Partij van de Arbeid en de Raad van State?")).toEqual([]);
  });

  test("links are kept whole, without the mark that ends the sentence", () => {
    expect(found("url", "Kijk op https://www.Facebook.com/jan.jansen?x=1.")).toEqual(["facebook.com/jan.jansen?x=1"]);
    expect(found("url", "foto's op www.site.nl, en fb.com/jan")).toEqual(["site.nl", "fb.com/jan"]);
  });

  test("coordinates count when they name a house, or when somebody is there", () => {
    expect(found("location", "52.092876, 5.104480")).toEqual(["52.092876,5.104480"]);
    expect(found("location", "Coördinaten 52.1771, 4.4081")).toEqual([]);
    expect(found("location", "Hij woont op 52.1771, 4.4081")).toEqual(["52.1771,4.4081"]);
  });

  test("a place counts beside a person, not by itself", () => {
    expect(found("location", "In Elst zijn 4619 handtekeningen opgehaald.")).toEqual([]);
    expect(found("location", "Kees Bakker woont in Elst")).toEqual(["elst"]);
    expect(found("location", "Kees Bakker (capelle aan den ijssel)")).toEqual(["capelle aan den ijssel"]);
  });
});

describe("own marked messages", () => {
  function overlaps(one: { start: number; end: number }, other: { start: number; end: number }): boolean {
    return one.start < other.end && other.start < one.end;
  }

  function score(cases: readonly MarkedCase[]): { precision: number; recall: number } {
    let gold = 0;
    let reached = 0;
    let hitCount = 0;
    let right = 0;
    for (const { text, personal } of cases) {
      const hits = findPersonal(text);
      gold += personal.length;
      reached += personal.filter((span) => hits.some((hit) => hit.kind === span.kind && overlaps(hit, span))).length;
      hitCount += hits.length;
      right += hits.filter((hit) => personal.some((span) => hit.kind === span.kind && overlaps(hit, span))).length;
    }
    return { precision: right / hitCount, recall: reached / gold };
  }

  test.each([
    ["plain", 0.97],
    ["casual", 0.93],
    ["hidden", 0.9],
  ])("%s: recall and precision of at least %d", (tier, least) => {
    const { precision, recall } = score(markedCases.filter((one) => one.tier === tier));
    expect(precision).toBeGreaterThanOrEqual(least);
    expect(recall).toBeGreaterThanOrEqual(least);
  });

  test("at most one harmless message in a hundred is flagged", () => {
    const harmless = markedCases.filter((one) => one.tier === "none");
    const flagged = harmless.filter((one) => findPersonal(one.text).length > 0);
    expect(harmless.length).toBeGreaterThan(80);
    expect(flagged.length / harmless.length).toBeLessThanOrEqual(0.01);
  });
});

/** Pieces that steer the finders, to be mixed at random. */
const pieces = fc.constantFrom(
  "06",
  "12345678",
  "nul ",
  "zes ",
  "@",
  ".",
  "-",
  " ",
  ",",
  "'",
  "NL",
  "91",
  "ABNA",
  "Kerkstraat",
  "van ",
  "de ",
  "Jan ",
  "Jansen",
  "12",
  "1234",
  " AB",
  "http://",
  "www.",
  "at",
  "punt",
  "(",
  ")",
  "kenteken ",
  "BSN ",
  "Elst",
  "\n",
  "é",
  "ﬁ",
  "😀",
  "\u200B",
  "İ",
  "O",
  "l",
  "A.",
  "II",
  "bis",
  "52.123456",
  ", 5.12345",
  "wethouder ",
  "woont op ",
);
const mixed = fc.oneof(
  fc.string({ unit: "binary", maxLength: 200 }),
  fc.array(pieces, { maxLength: 60 }).map((parts) => parts.join("")),
);

describe("any text", () => {
  test("gives hits in order, apart from each other, with the text that stands there", () => {
    fc.assert(
      fc.property(mixed, (text) => {
        let from = 0;
        for (const hit of findPersonal(text)) {
          expect(hit.start).toBeGreaterThanOrEqual(from);
          expect(hit.end).toBeGreaterThan(hit.start);
          expect(hit.end).toBeLessThanOrEqual(text.length);
          expect(hit.text).toBe(text.slice(hit.start, hit.end));
          expect(hit.canonical).not.toBe("");
          from = hit.end;
        }
      }),
      { numRuns: 1500, examples: [["http://06@www.zes "], ["https://demo.example.nl/u/jan.demo@example.nl/foto "]] },
    );
  });

  test("a link ends where something that was found inside it begins", () => {
    const told = findPersonal("Zie https://demo.example.nl/u/jan.demo@example.nl/foto voor meer").map(({ kind, text }) => [kind, text]);
    expect(told).toContainEqual(["email", "jan.demo@example.nl"]);
    expect(told).toContainEqual(["url", "https://demo.example.nl/u/"]);
    expect(findPersonal("http://06@www.zes ").map(({ kind }) => kind)).toEqual(["email"]);
  });

  test("gives the same the second time, whatever came in between", () => {
    fc.assert(
      fc.property(mixed, mixed, (one, other) => {
        const first = findPersonal(one);
        findPersonal(other);
        expect(findPersonal(one)).toEqual(first);
      }),
    );
  });

  test("a telephone number is found between any ordinary words", () => {
    const word = fc.constantFrom("hallo", "dan", "Morgen", "iets", "lekker", "ja");
    fc.assert(
      fc.property(
        word,
        word,
        fc.integer({ min: 10_000_000, max: 89_999_999 }),
        fc.constantFrom("06", "06 ", "06-", "+316", "0031 6 "),
        (before, behind, digits, prefix) => {
          expect(found("phone", `${before} ${prefix}${digits} ${behind}`)).toEqual([`+316${digits}`]);
        },
      ),
    );
  });
});

describe("time in proportion to the text", () => {
  const hostile: readonly (readonly [string, string])[] = [
    ["one letter", "a"],
    ["one digit", "0"],
    ["spaced digits", "0 6 1 "],
    ["zeros in words", "nul zes een "],
    ["at signs", "a@"],
    ["at words", "jan at punt "],
    ["dots", "a.b."],
    ["dots only", "."],
    ["dashes", "-"],
    ["dashes and digits", "1-A-"],
    ["account heads", "NL91 ABNA 0417 1643 0 "],
    ["capital words", "Jan Van "],
    ["initials", "A."],
    ["particles", "van de "],
    ["streets", "Kerkstraat 12 "],
    ["abbreviations", "St. "],
    ["apostrophes", "'s-"],
    ["places", "Bergen op "],
    ["brackets", "(06"],
    ["schemes", "http://a"],
    ["nearly coordinates", "52.12345, "],
    ["service numbers", "111222333 "],
    ["persons and numbers", "Jan Jansen 111222333 "],
    ["hidden characters", "a\u0301\u200B"],
    ["blanks", " "],
    ["postcodes", "1234 ab "],
    ["astral", "😀1"],
  ];

  /** Processor time in microseconds, the smallest of a few runs. */
  function cost(text: string, runs: number): number {
    let best = Number.POSITIVE_INFINITY;
    for (let run = 0; run < runs; run++) {
      const before = process.cpuUsage();
      findPersonal(text);
      const { user, system } = process.cpuUsage(before);
      best = Math.min(best, user + system);
    }
    return best;
  }

  test.each(hostile)("%s: sixteen times the text costs at most some sixty times", (_name, piece) => {
    const small = piece.repeat(Math.ceil(65_536 / piece.length));
    const large = piece.repeat(Math.ceil(1_048_576 / piece.length));
    cost(small, 2);
    const ratio = cost(large, 1) / Math.max(cost(small, 3), 3000);
    expect(ratio).toBeLessThan(64);
  });

  test("a random mix of a megabyte stays within seconds", () => {
    const [parts] = fc.sample(fc.array(pieces, { minLength: 3000, maxLength: 4000 }), { numRuns: 1, seed: 7 });
    const block = (parts ?? []).join("");
    const text = block.repeat(Math.ceil(1_048_576 / block.length));
    const small = text.slice(0, 65_536);
    cost(small, 3);
    expect(cost(text, 1) / Math.max(cost(small, 3), 3000)).toBeLessThan(64);
  });
});
