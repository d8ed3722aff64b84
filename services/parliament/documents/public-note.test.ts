/** No official's name, mail address or telephone number goes out with a note, however it is written; what only looks like one may be let through by name. Everyone is invented. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Inline } from "#services/parliament/contract/rich-text.ts";
import { type DecisionNoteDraft, leftOutSign, PublicNote, publicNote, PublicNoteError, type StandingWords } from "./index.ts";
import { demonstrationNote, paragraph, words } from "./testing-documents.ts";

const eyes = { madeBy: "a.maker", checkedBy: "b.lezer" };

/** A note that says this. */
const saying = (...content: readonly (Inline | string)[]): DecisionNoteDraft => ({
  ...demonstrationNote,
  sections: [{ section: "explanation", heading: "Toelichting", text: [paragraph(...content)], points: [], withheld: null }],
});

/** What still stands; empty when it may go out. */
function standing(draft: DecisionNoteDraft, mayStand: readonly string[] = []): readonly StandingWords[] {
  try {
    publicNote(draft, { ...eyes, mayStand });
    return [];
  } catch (error) {
    if (error instanceof PublicNoteError) return error.standing;
    throw error;
  }
}

describe("a public note", () => {
  it.each([
    "Opgesteld door S. van den Berg-Öztürk.",
    "Volgens Van den Berg-Ozturk klopt dit.",
    "mevrouw BERG-ÖZTÜRK belt",
    "de heer Bakker",
    "P.J.Bakker",
    "p.j. bakker",
    "Bak\u200bker en B\u00adakker",
    "Öztu\u0308rk",
    "Berg\u2011Öztürk",
    "Ｂａｋｋｅｒ",
  ])("is refused with a name: %s", (text) => {
    const found = standing(saying(text));
    expect(found.length).toBeGreaterThan(0);
    expect(
      found.every(({ what, path, found: at, start, end }) => what === "name" && path === "/sections/0/text/0/content" && at === text.slice(start, end)),
    ).toBe(true);
  });

  it.each([
    ["mail", "Stuur het naar iemand.anders@minbzk.example voor vrijdag"],
    ["mail", "iemand (at) minbzk.example"],
    ["phone", "Bel 06-12345678."],
    ["phone", "Bel 070 373 83 00 vandaag"],
    ["phone", "+31 (0)6 12 34 56 78"],
    ["phone", "1. 06-12345678"],
    ["phone", "0031 612345678"],
  ] as const)("is refused with a %s: %s", (what, text) => {
    expect(standing(saying(text)).map((one) => one.what)).toContain(what);
  });

  it.each([
    "De bakker om de hoek",
    "een berg aan berichten",
    "kenmerk 2026-0000999999 en 2026Z99902",
    "€ 1.250.000 in 2026",
    "IBAN en nummer 12345",
    "Bakkerij en Bergen",
  ])("goes out with what is none: %s", (text) => expect(standing(saying(text))).toEqual([]));

  it("finds a name across styles, in a footnote, a link, a figure, a heading, a title, a point, a list, the head and a ground", () => {
    const split = saying({ kind: "words", text: "Bak", strong: true }, "ker");
    const [section] = demonstrationNote.sections;
    if (section === undefined) throw new Error("no section");
    const where: readonly (readonly [DecisionNoteDraft, string])[] = [
      [split, "/sections/0/text/0/content"],
      [saying("x", { kind: "note", text: "Bakker" }), "/sections/0/text/0/content/1"],
      [saying({ kind: "words", text: "x", link: "https://voorbeeld.example/p.j.bakker" }), "/sections/0/text/0/content/0"],
      [saying({ kind: "words", text: "x", link: "https://voorbeeld.example/%62akker" }), "/sections/0/text/0/content/0"],
      [{ ...demonstrationNote, title: "Nota Bakker" }, "/title"],
      [{ ...demonstrationNote, to: "Bakker" }, "/to"],
      [{ ...demonstrationNote, from: "Bakker" }, "/from"],
      [{ ...demonstrationNote, details: [{ label: "Betreft", value: "Bakker" }] }, "/details/0/value"],
      [{ ...demonstrationNote, sections: [{ ...section, heading: "Bakker" }] }, "/sections/0/heading"],
      [{ ...demonstrationNote, sections: [{ ...section, withheld: { ground: "Bakker" } }] }, "/sections/0/withheld/ground"],
      [
        { ...demonstrationNote, sections: [{ ...section, text: [{ kind: "list", ordered: false, items: [[words("x")], [words("Bakker")]] }] }] },
        "/sections/0/text/0/items/1",
      ],
      [
        { ...demonstrationNote, sections: [{ ...section, points: [{ questions: [], text: [paragraph("Bakker")], withheld: null }] }] },
        "/sections/0/points/0/text/0/content",
      ],
    ];
    for (const [draft, path] of where) expect(standing(draft).map((one) => one.path)).toContain(path);
  });

  it("never says in its message what stands there", () => {
    expect(() => publicNote(saying("Bakker, 06-12345678"), eyes)).toThrow(/^(?!.*Bakker)(?!.*1234).*name at \/sections\/0\/text\/0\/content, character 1/u);
  });

  it("lets through by name what is no official's", () => {
    expect(standing(saying("het lid Bakker belde 070-373 83 14"), ["Bakker", "070-373 83 14"])).toEqual([]);
    expect(standing(saying("het lid Bakker belde 070-373 83 14"), ["Bakker"]).map(({ what }) => what)).toEqual(["phone"]);
  });

  it("names a whole name once, and lets it through with its parts", () => {
    expect(standing(saying("het lid P.J. Bakker en de heer Bakker")).map(({ found }) => found)).toEqual(["P.J. Bakker", "Bakker"]);
    expect(standing(saying("het lid P.J. Bakker en de heer Bakker"), ["P.J. Bakker"]).map(({ start }) => start)).toEqual([31]);
  });

  it("needs two people", () => {
    for (const [madeBy, checkedBy] of [
      ["a", "a"],
      ["A. Maker", "a. maker "],
      ["", "b"],
      ["a", " "],
      ["a\u200b", "a"],
    ] as const)
      expect(() => publicNote(demonstrationNote, { madeBy, checkedBy })).toThrow(expect.objectContaining({ code: "same-person" }));
  });

  it("cannot be made in another way: what looks like one is none", () => {
    const note = publicNote(demonstrationNote, eyes);
    expect(PublicNote.is(note)).toBe(true);
    expect(PublicNote.is({ words: note.words })).toBe(false);
    expect(PublicNote.is(Object.create(PublicNote.prototype, { words: { value: note.words } }))).toBe(false);
    expect(Object.keys(note.words).toSorted()).toEqual(["case", "date", "demonstration", "details", "from", "purpose", "sections", "title", "to"]);
  });

  it("leaves out what stands when asked to, in every place where it can stand, and says what that was", () => {
    const draft = saying(
      { kind: "words", text: "Vraag het Bak", strong: true },
      "ker of bel 06-12345678.",
      { kind: "note", text: "Gezien door Bakker." },
      { kind: "words", text: "hier", link: "https://voorbeeld.example/p.j.bakker" },
    );
    const note = publicNote({ ...draft, title: "Nota Bakker over Bakkerij" }, { ...eyes, leaveOut: true });
    expect(note.words.title).toBe(`Nota ${leftOutSign} over Bakkerij`);
    expect(note.words.sections[0]?.text).toEqual([
      paragraph(
        { kind: "words", text: `Vraag het ${leftOutSign}`, strong: true },
        ` of bel ${leftOutSign}.`,
        { kind: "note", text: `Gezien door ${leftOutSign}.` },
        "hier",
      ),
    ]);
    expect(note.leftOut.map(({ found }) => found).toSorted()).toEqual(["06-12345678", "Bakker", "Bakker", "Bakker", "bakker"]);
    expect(publicNote(saying("het lid Bakker"), { ...eyes, leaveOut: true, mayStand: ["Bakker"] }).leftOut).toEqual([]);
  });

  it("leaves nothing of an official's name whatever stands around it", () => {
    const word = fc.constantFrom("de", "nota", "(", "«", ",", "\n", "1", "Bakker", "06-12345678", "Öztürk", "a@b.example");
    fc.assert(
      fc.property(fc.array(fc.tuple(word, fc.boolean()), { minLength: 1, maxLength: 10 }), (pieces) => {
        const content = pieces.map(([text, strong]): Inline =>
          strong ? { kind: "words", text: `${text} `, strong: true } : { kind: "words", text: `${text} ` },
        );
        expect(JSON.stringify(publicNote(saying(...content), { ...eyes, leaveOut: true }).words.sections)).not.toMatch(/Bakker|12345678|Öztürk|@/u);
      }),
      { numRuns: 100 },
    );
  });

  it("finds an official's surname wherever it stands between other words", () => {
    const word = fc.constantFrom("de", "nota", "van", "en", "(", ")", "«", "»", ",", "\n", "1", "vraag 2");
    fc.assert(
      fc.property(fc.array(word, { maxLength: 8 }), fc.array(word, { maxLength: 8 }), fc.constantFrom("Bakker", "Öztürk", "BAKKER"), (before, after, name) => {
        expect(standing(saying([...before, name, ...after].join(" ")))).not.toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});
