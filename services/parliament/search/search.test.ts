/** Holds the search to its promises: Snowball's own words, answers found by stem and compound, an index that survives being kept, and differences that lose nothing. Answers invented; run by vitest only. */
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { type AnsweredQuestion, differencesWith, foundIn, IndexBuilder, IndexError, openBuilt, openIndex, stemOf, writeIndex } from "./index.ts";

/** The sample on Snowball's page of the Dutch (Porter) stemmer, snowballstem.org/algorithms/dutch/stemmer.html; words our own plurals change are not among them. */
const snowball =
  "lichaamsziek lichaamsziek lichamelijk licham lichamelijke licham lichamelijkheden licham lichamen licham lichere licher licht licht lichtbeeld lichtbeeld lichtbruin lichtbruin lichtdoorlatende lichtdoorlat lichte licht lichten licht lichtende lichtend lichtenvoorde lichtenvoord lichter lichter lichtere lichter lichters lichter lichtgevoeligheid lichtgevoel lichtgewicht lichtgewicht lichtgrijs lichtgrijs lichthoeveelheid lichthoevel lichtintensiteit lichtintensiteit lichtje lichtj lichtjes lichtjes lichtkranten lichtkrant lichtkring lichtkring lichtkringen lichtkring lichtregelsystemen lichtregelsystem lichtste lichtst lichtstromende lichtstrom lichtte licht lichtten licht lichttoetreding lichttoetred lichtverontreinigde lichtverontreinigd lichtzinnige lichtzinn lid lid lidia lidia lidmaatschap lidmaatschap lidstaten lidstat lidvereniging lidveren opgingen opging opglanzing opglanz opglanzingen opglanz opglimlachten opglimlacht opglimpen opglimp opglimpende opglimp opglimping opglimp opglimpingen opglimp opgraven opgrav opgrijnzen opgrijnz opgrijzende opgrijz opgroeien opgroei opgroeiende opgroei opgroeiplaats opgroeiplat ophaal ophal ophaaldienst ophaaldienst ophaalkosten ophaalkost ophaalsystemen ophaalsystem ophaalt ophaalt ophaaltruck ophaaltruck ophalen ophal ophalend ophal ophalers ophaler ophef ophef opheffen opheff opheffende opheff opheffing opheff opheldering ophelder ophemelde ophemeld ophemelen ophemel opheusden opheusd ophief ophief ophield ophield ophieven ophiev ophoepelt ophoepelt ophoog ophog ophoogzand ophoogzand ophopen ophop ophoping ophop ophouden ophoud"
    .split(" ")
    .reduce<[string, string][]>((pairs, word, at, all) => (at % 2 === 0 ? [...pairs, [word, all[at + 1] ?? ""]] : pairs), []);

const archive: readonly AnsweredQuestion[] = [
  {
    id: "2026Z99901/1",
    question: "Hoeveel bestuurders vroegen om een veiligheidsscan?",
    answer: "In 2025 vroegen 120 bestuurders een scan van hun woning aan.",
  },
  { id: "2026Z99901/2", question: "Worden raadsleden vaker bedreigd?", answer: "Uit de Monitor blijkt dat bedreigingen van raadsleden toenemen." },
  { id: "2026Z99902/1", question: "Wat doet u tegen wolven?", answer: "De provincie gaat daarover." },
  {
    id: "2026Z99902/2",
    question: "Hoeveel aangiften zijn gedaan na bedreiging van een raadslid?",
    answer: "Het Openbaar Ministerie telt die aangiften niet apart.",
  },
];
const built = (): IndexBuilder => {
  const builder = new IndexBuilder();
  for (const one of archive) builder.add(one);
  return builder;
};
const ids = (query: string, index = openBuilt(built())): string[] => index.search(query).map(({ id }) => id);

describe("stems", () => {
  it("are Snowball's", () => {
    expect(snowball).toHaveLength(80);
    expect(snowball.filter(([word, stem]) => stemOf(word) !== stem)).toEqual([]);
  });
  test.each([
    ["raadsleden", "raadslid"],
    ["steden", "stad"],
    ["bedreigingen", "bedreiging"],
    ["gemeenten", "gemeente"],
    ["maatregelen", "maatregel"],
  ])("bring %s and %s together", (many, one) => {
    expect(stemOf(many)).toBe(stemOf(one));
  });
  it("leave what only looks like a plural", () => {
    for (const word of ["geleden", "verleden", "reden"]) expect(stemOf(word)).not.toMatch(/lid$/u);
  });
});

describe("earlier answers", () => {
  it("are found by other forms of a word", () => {
    expect(ids("bedreigingen raadslid").slice(0, 2).toSorted()).toEqual(["2026Z99901/2", "2026Z99902/2"]);
    expect(ids("aangifte")).toEqual(["2026Z99902/2"]);
  });
  it("are found by a part of a compound, below the word itself", () => {
    expect(ids("scan")).toEqual(["2026Z99901/1"]);
    const builder = built();
    builder.add({ id: "x", question: "Veiligheidsscans", answer: "" });
    expect(ids("scan", openBuilt(builder))).toEqual(["2026Z99901/1", "x"]);
  });
  it("are found by a whole question, which itself can be left out", () => {
    const index = openBuilt(built());
    const [, one] = archive;
    expect(index.search(one?.question ?? "")[0]).toMatchObject({ id: one?.id });
    expect(index.search(one?.question ?? "", 5, new Set([one?.id ?? ""])).map(({ id }) => id)).toEqual(["2026Z99902/2"]);
  });
  it("say by which words", () => {
    expect(
      openBuilt(built())
        .search("aangiften en wolven")
        .map(({ id, by }) => [id, by]),
    ).toEqual(
      expect.arrayContaining([
        ["2026Z99902/2", ["aangift"]],
        ["2026Z99902/1", ["wolv"]],
      ]),
    );
  });
  it("are not found by words that say nothing, nor in an empty index", () => {
    expect(ids("wat is de vraag")).toEqual([]);
    expect(ids("scan", openBuilt(new IndexBuilder()))).toEqual([]);
  });
  it("are marked in their text", () => {
    const text = "Veiligheidsscans voor raadsleden";
    expect(foundIn(text, "scan raadslid").map(({ start, end }) => text.slice(start, end))).toEqual(["Veiligheidsscans", "raadsleden"]);
  });
  it("are added once", () => {
    const builder = built();
    expect(() => builder.add({ id: "2026Z99901/1", question: "", answer: "" })).toThrow(RangeError);
  });
});

describe("an index that was kept", () => {
  it("finds the same with the same scores, from bytes at any offset", () => {
    const bytes = writeIndex(built());
    const shifted = new Uint8Array(bytes.length + 1);
    shifted.set(bytes, 1);
    for (const index of [openIndex(bytes), openIndex(shifted.subarray(1))])
      for (const query of ["scan", "bedreiging raadsleden", "provincie"]) expect(index.search(query)).toEqual(openBuilt(built()).search(query));
  });
  it("gives every document that has a word of the query, against a plain count", () => {
    const word = fc.constantFrom("dijk", "dijken", "veer", "sluis", "sluizen", "gemaal", "kade", "water", "boezem", "polder");
    const document = fc.array(word, { minLength: 1, maxLength: 12 }).map((words) => words.join(" "));
    fc.assert(
      fc.property(fc.array(document, { minLength: 1, maxLength: 300 }), word, (documents, query) => {
        const builder = new IndexBuilder();
        for (const [at, text] of documents.entries()) builder.add({ id: String(at), question: "", answer: text });
        const found = openIndex(writeIndex(builder)).search(query, 1_000);
        const expected = documents.flatMap((text, at) => (text.split(" ").some((one) => stemOf(one) === stemOf(query)) ? [String(at)] : []));
        expect(found.map(({ id }) => id).toSorted()).toEqual(expected.toSorted());
        expect(found.every(({ score }, at) => at === 0 || score <= (found[at - 1]?.score ?? 0))).toBe(true);
      }),
      { numRuns: 40 },
    );
  });
  it("that was damaged is refused, or found to be when it is searched; nothing else is ever thrown", () => {
    const bytes = writeIndex(built());
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), fc.boolean(), (at, byte, cut) => {
        const damaged = cut ? bytes.slice(0, at) : bytes.with(at, byte);
        try {
          openIndex(damaged).search("bedreiging van raadsleden");
        } catch (error) {
          expect(error).toBeInstanceOf(IndexError);
        }
      }),
      { numRuns: 400 },
    );
    expect(() => openIndex(new Uint8Array(3))).toThrow(IndexError);
  });
});

describe("differences with an earlier answer", () => {
  it("lose no character of either", () => {
    const text = fc
      .array(fc.oneof(fc.constantFrom("de", "raad", "45%", "2024", ",", "\n", " ", "«", "é"), fc.string({ unit: "grapheme", maxLength: 5 })), { maxLength: 40 })
      .map((all) => all.join(" "));
    fc.assert(
      fc.property(text, text, (earlier, now) => {
        const { pieces, alike } = differencesWith(earlier, now);
        const of = (kinds: readonly string[]): string =>
          pieces
            .filter(({ kind }) => kinds.includes(kind))
            .map((piece) => piece.text)
            .join("");
        expect([of(["same", "gone"]), of(["same", "new"])]).toEqual([earlier, now]);
        expect(alike >= 0 && alike <= 1).toBe(true);
      }),
    );
  });
  it("name the numbers that are no longer the same", () => {
    const { numbers, alike } = differencesWith(
      "In 2024 had 45% van de 3.060 raadsleden ermee te maken.",
      "In 2024 had 49 % van de 3.060 raadsleden ermee te maken.",
    );
    expect(numbers).toEqual({ gone: ["45%"], fresh: ["49%"] });
    expect(alike).toBeGreaterThan(0.8);
  });
  it("of the same text are none", () => {
    expect(differencesWith("Ja.", "Ja.")).toEqual({ pieces: [{ kind: "same", text: "Ja." }], alike: 1, numbers: { gone: [], fresh: [] } });
  });
});
