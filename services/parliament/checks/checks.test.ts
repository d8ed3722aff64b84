/** The checks on drafts: which numbers need a citation and which are none, contradictions, figures that changed; by example and by property. Run by vitest only. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CitedFigure } from "#services/figures/contract/citation.ts";
import type { Inline, RichText } from "#services/parliament/contract/rich-text.ts";
import { checkCitations, citationState, findingsOf, linesOf, numbersIn, numeralValue } from "./index.ts";

const words = (text: string): Inline => ({ kind: "words", text });
const lines = (...content: (string | Inline)[]): RichText => [
  { kind: "paragraph", content: content.map((one) => (typeof one === "string" ? words(one) : one)) },
];
const figure = (value: number, over: Partial<CitedFigure> = {}): CitedFigure => ({
  figure: "demo-2026/any/alle",
  address: "/cijfers/demo-2026/any/alle",
  statement: "kreeg te maken met agressie",
  value,
  unit: "percent",
  low: null,
  high: null,
  level: null,
  n: 100,
  denominator: "verzonnen ambtsdragers",
  period: "2026",
  source: "Verzonnen monitor",
  publishedOn: "2026-01-01",
  digest: "a".repeat(64),
  ...over,
});
const cite = (one: CitedFigure, text = `${one.value} procent`): Inline => ({ kind: "figure", text, figure: one });
const found = (text: string): string[] => numbersIn(text).map((one) => one.text.trim());

describe("numbers that need a citation", () => {
  it.each([
    ["Van hen kreeg 45% ermee te maken.", ["45%"]],
    ["Er waren 440 scans, tegen 342 eerder.", ["440", "342"]],
    ["Dat kost € 1.250.000,50 per jaar.", ["€ 1.250.000,50"]],
    ["Het duurt gemiddeld 6,5 weken.", ["6,5"]],
    ["In 2024 kreeg 45 procent ermee te maken.", ["45 procent"]],
    ["Ruim vijfenveertig procent zei ja.", ["vijfenveertig procent"]],
    ["Bijna de helft van de raadsleden meldde het.", ["Bijna de helft"]],
    ["Een derde van hen deed aangifte.", ["Een derde"]],
    ["Drie op de tien bestuurders meldden het.", ["Drie op de tien"]],
    ["Tweehonderdeenentwintig politici in 125 gemeenten.", ["Tweehonderdeenentwintig", "125"]],
    ["Er waren 2000 meldingen en 1,5 miljoen berichten.", ["2000", "1,5 miljoen"]],
    ["De groei was 3 procentpunten.", ["3 procentpunten"]],
  ])("are found: %s", (text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  it.each([
    "Zie het antwoord op vraag 3.",
    "Zie de antwoorden op de vragen 1, 2 en 4.",
    "De vragen 1 tot en met 4 beantwoord ik samen.",
    "Op 9 januari 2026 en op 9 en 10 februari sprak ik met hen.",
    "In 2024 en 2025, in de periode 2020-2023.",
    "Artikel 285d, lid 2, onder 3, van het Wetboek van Strafrecht.",
    "De artikelen 12.1, 12.2 en 12.3 van het reglement.",
    "Zie paragraaf 2.4.1 van de circulaire en § 4.",
    "Kamerstukken II 2021/22, 35 925, nr. 12.",
    "Aanhangsel Handelingen, vergaderjaar 2021-2022, nr. 1881.",
    "Uw kenmerk 2026Z00186.",
    "Bel 070-373 83 14, ook na 23:00 of om 8.30 uur.",
    "Bel bij nood altijd 112.",
    "In het 1e kwartaal en voor de 2de keer.",
    "Binnen 3 weken en uiterlijk 5 dagen hoort u dit.",
    "Het gaat om twee ministeries en drie vragen.",
    "Zie https://example.nl/2026/45.",
    "Turfmarkt 2511 DP.",
    "Het team is 24/7 bereikbaar.",
  ])("are not dates, articles, questions or references: %s", (text) => {
    expect(found(text)).toEqual([]);
  });

  it("are those that cite nothing: a figure with its citation, a cross reference and a footnote need none", () => {
    const text = lines(
      "Van hen kreeg ",
      cite(figure(45), "45 van de 100"),
      " ermee te maken, zie ",
      { kind: "answer", number: 2 },
      { kind: "note", text: "Blz 12 van 45." },
      ". Dat zijn 9 mensen.",
    );
    const { uncited } = findingsOf([{ question: 1, words: text }], []);
    expect(uncited.map(({ number }) => number.text)).toEqual(["9"]);
    expect(uncited[0]?.words).toContain("verwijst naar geen bron");
  });

  it("have the place where they stand, also across words in different styles", () => {
    const list: RichText = [{ kind: "list", ordered: false, items: [[words("geen")], [words("het zijn er 4"), { kind: "words", text: "40", strong: true }]] }];
    const [one] = findingsOf([{ question: 7, words: list }], []).uncited;
    expect(one?.place).toEqual({ question: 7, part: null, block: 0, item: 1, start: 12, end: 15 });
    expect(linesOf({ question: 7, words: list })[1]?.text.slice(12, 15)).toBe("440");
  });
});

describe("numerals", () => {
  const one = ["", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen"];
  const teen = ["tien", "elf", "twaalf", "dertien", "veertien", "vijftien", "zestien", "zeventien", "achttien", "negentien"];
  const ten = ["", "", "twintig", "dertig", "veertig", "vijftig", "zestig", "zeventig", "tachtig", "negentig"];
  const written = (value: number): string => {
    if (value >= 1000) return `${value < 2000 ? "" : written(Math.floor(value / 1000))}duizend${value % 1000 === 0 ? "" : written(value % 1000)}`;
    if (value >= 100) return `${value < 200 ? "" : (one[Math.floor(value / 100)] ?? "")}honderd${value % 100 === 0 ? "" : written(value % 100)}`;
    if (value >= 20) {
      const unit = one[value % 10] ?? "";
      return `${unit}${unit === "" ? "" : unit.endsWith("e") ? "ën" : "en"}${ten[Math.floor(value / 10)] ?? ""}`;
    }
    return value >= 10 ? (teen[value - 10] ?? "") : (one[value] ?? "");
  };
  it("in words have the value that was written, up to 999.999", () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 999_999 }), (value) => numeralValue(written(value)) === value));
  });
  it("are no other words", () => {
    for (const word of ["bestuurder", "twijfel", "honderdtal", "achterban", "vierkant", "tientallen", "enen", "duizendpoot", "tweedracht"])
      expect(numeralValue(word)).toBeUndefined();
  });
  it("in digits have the value that was printed, with thousands and decimals", () => {
    fc.assert(
      fc.property(fc.integer({ min: 3000, max: 9_999_999 }), fc.integer({ min: 1, max: 99 }), (whole, cents) => {
        const shown = `${whole.toLocaleString("nl-NL")},${String(cents).padStart(2, "0")}`;
        const [number] = numbersIn(`Het waren er ${shown} in totaal.`);
        expect(number?.value).toBeCloseTo(whole + cents / 100, 6);
      }),
    );
  });
  it("are found whatever stands around them, in place, in order and never twice; a line without digits or numerals has none", () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string(), fc.constantFrom("45%", "vraag 3", "12 mei 2026", "440", "vijftig procent", "de helft van", "art. 12", "€ 5")), {
          maxLength: 12,
        }),
        (pieces) => {
          const text = pieces.join(" ");
          let before = 0;
          for (const { start, end, text: shown, value } of numbersIn(text)) {
            expect(start >= before && end > start && end <= text.length).toBe(true);
            expect([shown, Number.isFinite(value)]).toEqual([text.slice(start, end), true]);
            before = end;
          }
        },
      ),
    );
  });
  it("under a citation are never found", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100 }), fc.stringMatching(/^[a-z ,.]{0,40}$/u), (value, around) => {
        const text = lines(`Xx ${around} `, cite(figure(value)), " yy.");
        const inside = findingsOf([{ question: 1, words: text }], []).uncited.filter(({ number }) => number.unit === "percent");
        expect(inside).toEqual([]);
      }),
    );
  });
});

describe("two answers contradict", () => {
  const contradictions = (a: RichText, b: RichText) =>
    findingsOf(
      [
        { question: 1, words: a },
        { question: 2, words: b },
      ],
      [],
    ).contradictions;
  it("when they cite one figure with two values", () => {
    const [one] = contradictions(lines("Dat is ", cite(figure(45))), lines("Dat is ", cite(figure(49))));
    expect(one).toMatchObject({ code: "figure", values: ["45 procent", "49 procent"], places: [{ question: 1 }, { question: 2 }] });
    expect(one?.words).toBe("Het antwoord op vraag 1 noemt 45 procent, het antwoord op vraag 2 noemt 49 procent over hetzelfde (kreeg te maken met agressie).");
  });
  it("when two figures count the same of the same in the same period", () => {
    const other = figure(49, { figure: "elders-2026/any/alle" });
    expect(contradictions(lines(cite(figure(45))), lines(cite(other))).map(({ code }) => code)).toEqual(["statement"]);
    expect(contradictions(lines(cite(figure(45))), lines(cite({ ...other, period: "2024" })))).toEqual([]);
  });
  it("when two sentences differ in their number alone", () => {
    const [one] = contradictions(
      lines("In 2024 vroegen 440 bestuurders om een veiligheidsscan."),
      lines("Eerder meldde ik iets. In 2024 vroegen 342 bestuurders een veiligheidsscan."),
    );
    expect(one).toMatchObject({ code: "sentence", values: ["440", "342"] });
  });
  it("and do not when the year, the unit or the subject differs, or the number is the same", () => {
    const first = lines("In 2024 vroegen 440 bestuurders om een veiligheidsscan.");
    for (const second of [
      "In 2025 vroegen 342 bestuurders om een veiligheidsscan.",
      "In 2024 vroeg 34 procent van de bestuurders om een veiligheidsscan.",
      "In 2024 deden 342 raadsleden aangifte van bedreiging.",
      "In 2024 vroegen 440 bestuurders om een veiligheidsscan.",
    ])
      expect(contradictions(first, lines(second))).toEqual([]);
  });
  it("never in the same words, whatever they are", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom("440", "bestuurders", "vroegen", "scans", "45%", "gemeenten", ".", "meldden", "in 2024"), { maxLength: 20 }),
        (pieces) => {
          const text = lines(`${pieces.join(" ")} `);
          const between = contradictions(text, text).filter(({ places: [a, b] }) => a.start === b.start && a.question !== b.question);
          expect(between).toEqual([]);
        },
      ),
    );
  });
});

describe("a figure since it was cited", () => {
  it("is the same when its number is, whatever else of the publication changed; changed; or withdrawn", () => {
    const cited = figure(45);
    expect([
      citationState(cited, { ...cited }),
      citationState(cited, { ...cited, value: 46 }),
      citationState(cited, { ...cited, n: 90 }),
      citationState(cited, null),
    ]).toEqual(["same", "changed", "changed", "withdrawn"]);
  });
  it("is read once however often it is cited, and a publication that cannot be read is no withdrawal", async () => {
    const asked: string[] = [];
    const gone = figure(10, { figure: "demo-2026/gone/alle", address: "/cijfers/gone" });
    const down = figure(11, { figure: "demo-2026/down/alle", address: "/cijfers/down" });
    const text = lines(cite(figure(45)), cite(figure(45)), cite(gone), cite(down));
    const checked = await checkCitations(
      [
        { question: 1, words: text },
        { part: "core", words: lines(cite(figure(44))) },
      ],
      async (one) => {
        asked.push(one.address);
        if (one.address === "/cijfers/down") throw new Error("verzonnen storing");
        return await Promise.resolve(one.address === "/cijfers/gone" ? null : figure(45));
      },
    );
    expect(checked.map(({ state }) => state)).toEqual(["same", "same", "withdrawn", "unknown", "changed"]);
    expect(asked.toSorted()).toEqual(["/cijfers/demo-2026/any/alle", "/cijfers/down", "/cijfers/gone"]);
    expect(checked.at(-1)).toMatchObject({ place: { part: "core" }, words: expect.stringContaining("45 in plaats van 44") as string });
  });
});
