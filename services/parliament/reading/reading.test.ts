/** Holds the reader to its promise over samples of every form: each field as printed, nothing dropped, and bad input said clearly. All samples are invented; run by vitest only. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { Check, Errors } from "typebox/value";
import { describe, expect, it, test } from "vitest";
import { type QuestionDossier, ReadDossier, troubleCodes } from "#services/parliament/contract/dossier.ts";
import { dutchDate } from "./dates.ts";
import { articleTitle, askingFacts, partsOf } from "./headings.ts";
import { type Reading, readQuestions, troubleWordsDutch, troubleWordsEnglish } from "./index.ts";
import { membersIn, officesIn } from "./people.ts";
import { questionsNamed } from "./references.ts";

const runs = process.env["SLOW"] === "1" ? 40 : 1;
const sample = (name: string): Uint8Array => readFileSync(new URL(`samples/${name}`, import.meta.url));
const readSample = async (name: string): Promise<Reading> => await readQuestions({ name, bytes: sample(name) });
const readText = async (text: string, name = ""): Promise<Reading> => await readQuestions({ name, bytes: new TextEncoder().encode(text) });
const codes = (dossier: QuestionDossier): string[] => dossier.troubles.map(({ code, about }) => `${code} ${about}`.trim());
const bare = (text: string): string => text.replace(/[\s\u200b\u00ad]/gu, "");

/** The value a JSON pointer leads to. */
function at(value: unknown, pointer: string): unknown {
  let here = value;
  for (const step of pointer.split("/").slice(1)) here = typeof here === "object" && here !== null ? Reflect.get(here, step) : undefined;
  return here;
}

/**
 * The promise of [Note: Nothing is dropped], held from the outside: the stretches cover every character that is no white space once, and what is said to be in a field is there.
 * A hyphen that broke a word is the only thing that may be missing from its field, and it must be said to be.
 */
function accounts({ text, places, dossier }: Reading): void {
  expect(Check(ReadDossier, dossier) ? [] : [...Errors(ReadDossier, dossier)].slice(0, 3)).toEqual([]);
  let end = 0;
  let between = "";
  const fields = new Map<string, string>();
  for (const place of places) {
    expect(place.start).toBeGreaterThanOrEqual(end);
    between += text.slice(end, place.start);
    end = place.end;
    const words = text.slice(place.start, place.end);
    if (place.dropped) expect(["-", "\u00ad"]).toContain(words);
    else fields.set(place.field, `${fields.get(place.field) ?? ""}${words}`);
  }
  expect(bare(between + text.slice(end))).toBe("");
  for (const [field, words] of fields) {
    const value = at(dossier, field);
    expect(typeof value).toBe("string");
    // A mark is given without its brackets, a raised figure as its digit.
    if (field.endsWith("/mark")) expect(words.normalize("NFKC")).toContain(String(value));
    else expect([field, bare(String(value))]).toEqual([field, bare(words)]);
  }
}

describe("a set as text", () => {
  it("is read field by field", async () => {
    const reading = await readSample("vragen.txt");
    accounts(reading);
    const { dossier } = reading;
    expect(dossier).toMatchObject({
      kind: "questions",
      reference: "2026Z99901",
      referenceFrom: "text",
      received: "2026-03-03",
      due: "2026-03-24",
      dueFrom: "counted",
      members: [
        { name: "Verhoeven", faction: "Lijst Duinrand" },
        { name: "Ter Velde", faction: "Lijst Duinrand" },
        { name: "El Amrani", faction: "Partij voor de Dijken" },
      ],
      addressees: ["Minister van Binnenlandse Zaken en Koninkrijksrelaties", "Staatssecretaris van Justitie en Veiligheid"],
      subject: "het bericht dat wethouders hun adres niet kunnen afschermen",
      source: "Wethouder van Zandhuizen: «Ze weten waar ik woon»",
      article: { outlet: "De Duinbode", published: "2026-02-27", url: "https://duinbode.example/wethouder-adres" },
      unplaced: [],
      troubles: [],
      others: [],
    });
    expect(dossier.questions.map(({ number, text }) => [number, text])).toEqual([
      [1, "Kent u het bericht «Wethouder van Zandhuizen: «Ze weten waar ik woon»»?"],
      [
        2,
        "Hoeveel bestuurders vroegen in 2024 en 2025 om een veiligheidsscan? Kunt u dit uitsplitsen:\na) per provincie;\nb) per functie;\nc) naar maatregel?",
      ],
      [3, "Klopt het dat een scan gemiddeld 6.5 weken duurt? Zo ja, wat vindt u daarvan in het licht van uw antwoord op vraag 2?"],
      [4, "Bent u bereid deze vragen afzonderlijk te beantwoorden?"],
    ]);
    expect(dossier.questions.map(({ marks, refersTo }) => [marks.map(({ mark }) => mark), refersTo])).toEqual([
      [["1"], []],
      [[], []],
      [["2"], [2]],
      [[], []],
    ]);
    expect(dossier.questions[1]?.parts?.map(({ label }) => label)).toEqual([null, "a", "b", "c"]);
    expect(dossier.footnotes.map(({ mark, label, text }) => [mark, label, text.slice(0, 12)])).toEqual([
      ["1", "1)", "De Duinbode,"],
      ["2", "2)", "Kamerstuk 99"],
    ]);
  });
});

describe("a set as a page", () => {
  it("leaves the site around it apart, takes raised numbers as marks and not the one of m²", async () => {
    const reading = await readSample("vragen.html");
    accounts(reading);
    const { dossier } = reading;
    expect(dossier).toMatchObject({
      kind: "questions",
      parliamentaryYear: "2025-2026",
      received: "2026-05-12",
      due: "2026-06-02",
      addressees: ["Minister van Justitie en Veiligheid", "Minister van Binnenlandse Zaken en Koninkrijksrelaties"],
      source: "Raadslid stopt na dreigbrief",
      unplaced: [],
      furniture: ["Voorbeeldbekendmakingen", "Zoeken", "Mijn berichten", "Naar boven", "Over deze site"],
    });
    expect(dossier.questions.map(({ text, marks }) => [text, marks.map(({ mark }) => mark)])).toEqual([
      ["Heeft u kennisgenomen van het bericht «Raadslid stopt na dreigbrief»?", ["1"]],
      ["Hoeveel raadsleden stopten in de afgelopen raadsperiode na bedreiging?\n\nWelke bron gebruikt u daarvoor?", ["2"]],
      ["Is het waar dat m2 hier geen voetnoot is?", []],
    ]);
    expect(codes(dossier)).toEqual(["no-reference"]);
    expect((await readQuestions({ name: "kv-tk-2026Z99902.html", bytes: sample("vragen.html") })).dossier).toMatchObject({
      reference: "2026Z99902",
      referenceFrom: "file-name",
      troubles: [],
    });
  });
  it("is read from the deepest page without running out of stack", async () => {
    const reading = await readText(`<html><body>${"<div>".repeat(50_000)}Vraag 1${"</div>".repeat(50_000)}<p>Vraag 2</p></body></html>`);
    expect(reading.form).toBe("html");
  });
});

describe("a set as PDF", () => {
  it("takes footnotes out of the middle of a question that runs over two pages, and page ends apart", async () => {
    const reading = await readSample("vragen.pdf");
    accounts(reading);
    const { dossier } = reading;
    expect(dossier).toMatchObject({
      reference: "2026Z99902",
      received: "2026-05-12",
      members: [{ name: "Oosterwold", faction: "Groep Oosterwold" }],
      unplaced: [],
    });
    expect(dossier.questions.map(({ number, marks }) => [number, marks.map(({ mark }) => mark)])).toEqual([
      [1, ["1"]],
      [2, []],
      [3, ["2"]],
      [4, []],
    ]);
    expect(dossier.questions[2]?.text).toMatch(/^Welke bron gebruikt u daarvoor\? Zo nee, waarom niet\? Lorem ipsum .* non possit\. At\.$/u);
    expect(dossier.questions[3]?.text).toBe("Is het aantal van 15 gemeenten juist?");
    expect(dossier.footnotes.map(({ mark, text }) => [mark, text.slice(-12)])).toEqual([
      ["1", "dreigbrief)."],
      ["2", "igheid 2024."],
    ]);
    expect(dossier.furniture).toHaveLength(4);
    expect(codes(dossier)).toEqual(["word-joined amplificarique"]);
  });
  it("that is a scan is said to hold no text", async () => {
    const { dossier } = await readSample("gescand.pdf");
    expect(dossier.kind).toBe("unknown");
    expect(dossier.troubles).toEqual([{ code: "pdf-without-text", weight: "wrong", place: { line: 0, page: null, path: null }, about: "1" }]);
  });
  it("that is cut off is said to be broken", async () => {
    expect(codes((await readQuestions({ name: "", bytes: sample("vragen.pdf").subarray(0, 900) })).dossier)).toEqual(["pdf-broken"]);
  });
});

describe("answers", () => {
  it("stand beside their questions, two at once too, with what they point to and on whose behalf", async () => {
    const reading = await readSample("antwoord.txt");
    accounts(reading);
    const { dossier } = reading;
    expect(dossier).toMatchObject({
      kind: "answers",
      documentNumber: "2042",
      answering: {
        by: "Minister Van Beukelaer (Binnenlandse Zaken en Koninkrijksrelaties)",
        alsoOnBehalfOf: ["Minister van Justitie en Veiligheid"],
        received: "2026-06-16",
      },
      unplaced: [],
    });
    expect(dossier.answers.map(({ numbers, refersTo }) => [numbers, refersTo])).toEqual([
      [[1], []],
      [[2, 3], []],
      [[4], [2, 3]],
    ]);
    expect(dossier.answers[1]?.text).toBe(
      "Dat aantal wordt niet bijgehouden. Uit de Monitor Integriteit en Veiligheid blijkt dat 10 procent overweegt te stoppen.\n\nHet CBS telt wel hoeveel raadsleden tussentijds vertrekken.",
    );
    expect(codes(dossier)).toEqual(["no-reference"]);
  });
});

describe("a decision note", () => {
  it("is read with every part a ministry uses, a broken word joined and a listed one left", async () => {
    const reading = await readSample("beslisnota.txt");
    accounts(reading);
    const { dossier } = reading;
    expect(dossier).toMatchObject({
      kind: "decision-note",
      reference: "2026Z99902",
      received: "2026-05-12",
      due: "2026-06-02",
      dueFrom: "stated",
      unplaced: [],
      troubles: [],
    });
    expect(dossier.note).toMatchObject({
      to: "de Minister van BZK",
      from: "Directie Democratie en Bestuur",
      purpose: "TER ONDERTEKENING",
      title: "Beslisnota bij Kamervragen van het lid Oosterwold (Groep Oosterwold) over een raadslid dat stopte na een dreigbrief",
      details: [
        { label: "Datum", value: "18 mei 2026" },
        { label: "Onze referentie", value: "2026-0000999999" },
        { label: "Opgesteld door", value: "Afdeling Weerbaar Bestuur" },
      ],
      questions: [2, 3, 4],
    });
    expect(dossier.note?.sections.map(({ section }) => section)).toEqual([
      "occasion",
      "advised-decision",
      "core",
      "explanation",
      "stakeholders",
      "communication",
      "political-context",
      "financial-and-legal",
      "withheld",
    ]);
    const words = dossier.note?.sections.flatMap(({ items }) => items.map(({ text }) => text)).join("\n") ?? "";
    expect(words).toContain("U noemt het ondersteuningsteam, dat 24 uur");
    expect(words).toContain("in- en uitstroom");
  });
});

describe("open data", () => {
  /** Every value of JSON by its pointer. */
  const leaves = (value: unknown, path = ""): string[] =>
    typeof value === "object" && value !== null
      ? Object.entries(value).flatMap(([key, one]) => leaves(one, `${path}/${key}`))
      : value === null || value === ""
        ? []
        : [path];
  it("in JSON: every value is in a field by its name in the schema, or shown", async () => {
    const { dossier, recordPlaces } = await readSample("zaak.json");
    expect(dossier).toMatchObject({
      kind: "record",
      reference: "2026Z99905",
      received: "2026-03-03",
      due: "2026-03-24",
      dueFrom: "record",
      documentNumber: "2026D99801",
      members: [
        { name: "S. Verhoeven", faction: "Lijst Duinrand" },
        { name: "Y. El Amrani", faction: "Partij voor de Dijken" },
      ],
      addressees: ["Minister van Binnenlandse Zaken en Koninkrijksrelaties"],
    });
    expect(dossier.unplaced.map(({ text, place }) => [text, place.path])).toEqual([["dit kennen wij niet", "/value/0/NieuwVeld"]]);
    const parsed: unknown = JSON.parse(new TextDecoder().decode(sample("zaak.json")));
    const placed = new Map(recordPlaces.map(({ path, field }) => [path, field]));
    for (const path of leaves(parsed)) expect([path, String(at(dossier, placed.get(path) ?? "/nowhere"))]).toEqual([path, String(at(parsed, path))]);
    expect(recordPlaces.length).toBe(new Set(recordPlaces.map(({ path }) => path)).size);
  });
  it("in XML as the feed has it: the same fields, loose actors and documents with their case", async () => {
    const { dossier } = await readSample("zaak.xml");
    expect(dossier).toMatchObject({
      kind: "record",
      reference: "2026Z99905",
      received: "2026-03-03",
      due: "2026-03-24",
      members: [{ name: "S. Verhoeven", faction: "Lijst Duinrand" }],
      unplaced: [],
    });
    expect(dossier.record?.zaak).toMatchObject({ afgedaan: false, titel: null, soort: "Schriftelijke vragen" });
    expect(dossier.record?.documents).toMatchObject([{ documentNummer: "2026D99801" }]);
  });
  it("with two cases keeps both and says so", async () => {
    const zaak = (nummer: string): object => ({ Id: nummer, Nummer: nummer, Soort: "Schriftelijke vragen", Onderwerp: "x", GestartOp: "2026-03-03T00:00:00Z" });
    const { dossier } = await readText(JSON.stringify({ value: [zaak("2026Z99906"), zaak("2026Z99907")] }));
    expect([dossier.reference, ...dossier.others.map(({ reference }) => reference)]).toEqual(["2026Z99906", "2026Z99907"]);
    expect(codes(dossier)).toContain("two-sets 2026Z99907");
  });
  it("refuses XML that declares entities, and shows its words", async () => {
    const { dossier } = await readText(`<?xml version="1.0"?><!DOCTYPE z [<!ENTITY a "b">]><zaak><nummer>&a;</nummer></zaak>`);
    expect(codes(dossier)).toContain("xml-broken");
    expect(dossier.unplaced).toHaveLength(1);
  });
  it("is read however deep it is made to be", async () => {
    const json = await readText(`${'{"a":'.repeat(3_000)}1${"}".repeat(3_000)}`);
    expect(codes(json.dossier)).toContain("json-broken");
    const xml = await readText(`<?xml version="1.0"?>${"<a>".repeat(3_000)}${"</a>".repeat(3_000)}`);
    expect(codes(xml.dossier)).toContain("xml-broken");
  });
  it("shows JSON that is broken as it stands", async () => {
    const reading = await readText(`{"value": [{"Nummer": "2026Z99906",`);
    accounts(reading);
    expect(codes(reading.dossier)).toContain("json-broken");
  });
});

describe("other forms", () => {
  it("a publication in XML: footnotes inside a sentence leave their mark there, and the markup names the case", async () => {
    const reading = await readText(
      `<?xml version="1.0"?><officiele-publicatie><metadata><meta name="DC.identifier" content="kv-tk-2026Z99911"/></metadata><kamervragen><titel>Vragen van het lid Bos (D66) aan de Minister voor Rechtsbescherming over doxing (ingezonden 1 april 2026).</titel><vraag><nr>Vraag 1</nr><al>Kent u <nadruk>artikel</nadruk> 285d<noot id="n1"><noot.nr>1</noot.nr><noot.al>Wetboek van Strafrecht.</noot.al></noot> en wat vindt u?</al></vraag><vraag><nr>Vraag 2</nr><al>Hoe vaak is vervolgd?</al></vraag></kamervragen></officiele-publicatie>`,
    );
    accounts(reading);
    expect(reading.dossier).toMatchObject({ reference: "2026Z99911", unplaced: [], troubles: [] });
    expect(reading.dossier.questions.map(({ text, marks }) => [text, marks])).toEqual([
      ["Kent u artikel 285d en wat vindt u?", [{ mark: "1", at: 19 }]],
      ["Hoe vaak is vervolgd?", []],
    ]);
    expect(reading.dossier.footnotes).toEqual([{ mark: "1", label: "Noot 1", text: "Wetboek van Strafrecht." }]);
  });
  it("a set as members send it in: numbers before the words, lines broken, a mark behind a space", async () => {
    const reading = await readText(
      "            2026Z99910\n      (ingezonden 6 oktober 2026)\n\nVragen van de leden Kathman (GroenLinks-PvdA) en Six Dijkstra (NSC) aan de minister van\nBinnenlandse Zaken en Koninkrijksrelaties over het bericht 'Wij slaan alarm'\n\n  1. Bent u bekend met het bericht 'Wij slaan alarm'? 1\n\n  2. Deelt u de zorg dat in 2025\n     15 gemeenten zonder burgemeester zaten?\n\n  1 NOS, 3 oktober 2026, 'Wij slaan alarm'\n",
    );
    accounts(reading);
    expect(reading.dossier).toMatchObject({
      reference: "2026Z99910",
      received: "2026-10-06",
      addressees: ["Minister van Binnenlandse Zaken en Koninkrijksrelaties"],
      unplaced: [],
      troubles: [],
    });
    expect(reading.dossier.questions.map(({ number, text }) => [number, text])).toEqual([
      [1, "Bent u bekend met het bericht 'Wij slaan alarm'?"],
      [2, "Deelt u de zorg dat in 2025 15 gemeenten zonder burgemeester zaten?"],
    ]);
    expect(reading.dossier.footnotes.map(({ mark }) => mark)).toEqual(["1"]);
  });
  it("a letter with answers: the letter apart, an answer without a number with its question", async () => {
    const reading = await readText(
      "Aan de Voorzitter van de Tweede Kamer der Staten-Generaal\n\nHierbij bied ik u, mede namens de Minister van Justitie en Veiligheid, de antwoorden aan op de vragen van het lid Bos (D66) over doxing (ingezonden 12 mei 2026, kenmerk 2026Z99902).\n\nVraag 1:\nKlopt dit?\n\nAntwoord op vraag 1:\nJa.\n\nVraag 2\nEn nu?\n\nAntwoord\nZie mijn antwoord op vraag 1.\n",
    );
    accounts(reading);
    expect(reading.dossier).toMatchObject({
      kind: "answers",
      reference: "2026Z99902",
      received: "2026-05-12",
      members: [{ name: "Bos", faction: "D66" }],
      subject: "doxing",
      unplaced: [],
    });
    expect(reading.dossier.letter).toHaveLength(2);
    expect(reading.dossier.answers.map(({ numbers, refersTo }) => [numbers, refersTo])).toEqual([
      [[1], []],
      [[2], [1]],
    ]);
  });
  it("a postponement, as a letter and as published below the questions", async () => {
    const words =
      "Hierbij deel ik u mee dat de vragen van het lid Bos (D66) over doxing (ingezonden 12 mei 2026, kenmerk 2026Z99909) niet binnen de termijn kunnen worden beantwoord, omdat afstemming nodig is.";
    const letter = await readText(`Geachte voorzitter,\n\n${words}\n`);
    accounts(letter);
    expect(letter.dossier).toMatchObject({ kind: "postponement", reference: "2026Z99909", received: "2026-05-12", unplaced: [] });
    const published = await readText(
      `Vragen van het lid Bos (D66) aan de Minister voor Rechtsbescherming over doxing (ingezonden 12 mei 2026).\n\nMededeling van Minister Vos (Rechtsbescherming) (ontvangen 1 juni 2026).\n\nVraag 1\n\nWat doet u?\n\nMededeling\n\n${words}\n`,
    );
    accounts(published);
    expect(published.dossier).toMatchObject({
      kind: "postponement",
      answering: { received: "2026-06-01" },
      letter: ["Mededeling", words],
      questions: [{ text: "Wat doet u?" }],
    });
  });
});

describe("what a set is numbered and noted with", () => {
  const head = "2026Z99913\n\nVragen van het lid Bos (D66) aan de Minister voor Rechtsbescherming over doxing (ingezonden 1 april 2026).\n\n";

  test.each([
    ["Vraag 1a\nHoe vaak?\n\nVraag 1b\nEn waar?\n\nVraag 2\nWat nu?\n", "Vraag 1a Vraag 1b", ["a", "b"]],
    ["Vraag 1\nKent u dit?\n\nVraag 1a\nHoe vaak?\n\nVraag 1b\nEn waar?\n\nVraag 2\nWat nu?\n", "Vraag 1 Vraag 1a Vraag 1b", [null, "a", "b"]],
    ["1a. Hoe vaak?\n\n1b. En waar?\n\n2. Wat nu?\n", "1a. 1b.", ["a", "b"]],
    [
      "Vraag 1 a:\nHoe vaak? Zo nee, hoe dan?\n\nVraag 1 b:\nEn waar?\n\nVraag 1 c:\nEn wie, gezien vraag 2?\n\nVraag 2\nWat nu?\n",
      "Vraag 1 a: Vraag 1 b: Vraag 1 c:",
      ["a", "b", "c"],
    ],
  ])("takes lettered questions as parts of one: %j", async (text, label, letters) => {
    const reading = await readText(`${head}${text}`);
    accounts(reading);
    const { questions, troubles } = reading.dossier;
    expect([questions.map(({ number }) => number), troubles]).toEqual([[1, 2], []]);
    expect(questions[0]?.label).toBe(label);
    expect(questions[0]?.parts?.map((one) => one.label)).toEqual(letters);
    expect(questions[0]?.parts?.map((one) => one.text).join("\n\n")).toBe(questions[0]?.text);
  });

  it("leaves letters that do not follow each other as they stand, and says so", async () => {
    const reading = await readText(`${head}Vraag 1a\nHoe vaak?\n\nVraag 1a\nEn waar?\n`);
    accounts(reading);
    expect(reading.dossier.questions.map(({ label }) => label)).toEqual(["Vraag 1a", "Vraag 1a"]);
    expect(codes(reading.dossier)).toEqual(["number-twice 1"]);
  });

  it("takes raised figures of the alphabet and stars as marks, and those of units as words", async () => {
    const reading = await readText(
      `${head}Vraag 1\nKent u het bericht ‘Wij slaan alarm’¹ en het vervolg*?\n\nVraag 2\nKlopt het dat 20 m² en 10² personen genoeg is?²\n\n¹ NOS, 3 oktober 2026, ‘Wij slaan alarm’\n² Kamerstuk 99999, nr. 1\n* Trouw, 4 oktober 2026\n`,
    );
    accounts(reading);
    const { questions, footnotes, troubles, unplaced } = reading.dossier;
    expect([troubles, unplaced]).toEqual([[], []]);
    expect(questions.map(({ text, marks }) => [text, marks.map(({ mark }) => mark)])).toEqual([
      ["Kent u het bericht ‘Wij slaan alarm’ en het vervolg?", ["1", "*"]],
      ["Klopt het dat 20 m² en 10² personen genoeg is?", ["2"]],
    ]);
    expect(footnotes.map(({ mark, label, text }) => [mark, label, text.split(",")[0]])).toEqual([
      ["1", "¹", "NOS"],
      ["2", "²", "Kamerstuk 99999"],
      ["*", "*", "Trouw"],
    ]);
  });

  it("takes what someone wrote around a set for a letter, and stars of a list for words", async () => {
    const reading = await readText(
      `Beste collega,\n\nHier zijn de vragen die gisteren binnenkwamen.\n\n${head}Vraag 1\nWilt u reageren op:\n* de cijfers\n* de aanpak\n\nVraag 2\nEn nu?\n\nAlvast bedankt voor de moeite.\n\nMet vriendelijke groet,\nVerzonnen Griffier\n`,
    );
    accounts(reading);
    expect(reading.dossier.unplaced).toEqual([]);
    expect(reading.dossier.letter).toEqual([
      "Beste collega,",
      "Hier zijn de vragen die gisteren binnenkwamen.",
      "Alvast bedankt voor de moeite.",
      "Met vriendelijke groet,",
      "Verzonnen Griffier",
    ]);
    expect(reading.dossier.questions.map(({ text }) => text)).toEqual(["Wilt u reageren op: * de cijfers * de aanpak", "En nu?"]);
    expect(reading.dossier.footnotes).toEqual([]);
  });
});

const heading = "Vragen van het lid Bos (D66) aan de Minister voor Rechtsbescherming over doxing";
const body = "Vraag 1\n\nKlopt dit?\n";

describe("the day of sending in", () => {
  test.each([
    ["in a paragraph of its own", `${heading}\n\n(ingezonden 6 oktober 2021)\n\n${body}`],
    ["behind a full stop", `${heading}.\n\n(ingezonden 6 oktober 2021).\n\n${body}`],
    ["above the heading", `(ingezonden 6 oktober 2021)\n\n${heading}\n\n${body}`],
    ["over two paragraphs", `${heading}\n\n(ingezonden\n\n6 oktober 2021)\n\n${body}`],
    ["below the questions", `${heading}\n\n${body}\n(ingezonden 6 oktober 2021)\n`],
    ["with a weekday and the case", `${heading}\n\n( Ingezonden op woensdag 6 oktober 2021, kenmerk 2021Z17253 )\n\n${body}`],
    ["with a short month", `${heading}\n\n(ingezonden 6 okt. 2021)\n\n${body}`],
    ["in figures", `${heading}\n\n(ingezonden 06.10.2021)\n\n${body}`],
    ["without its year, which the case has", `2021Z17253\n${heading}\n\n(ingezonden 6 oktober)\n\n${body}`],
    ["on a page", `<html><body><h1>${heading}</h1><p>(ingezonden 6 oktober 2021)</p><h3>Vraag 1</h3><p>Klopt dit?</p></body></html>`],
  ])("%s", async (_where, text) => {
    const reading = await readText(text);
    accounts(reading);
    expect(reading.dossier).toMatchObject({
      received: "2021-10-06",
      due: "2021-10-27",
      members: [{ name: "Bos", faction: "D66" }],
      addressees: ["Minister voor Rechtsbescherming"],
      subject: "doxing",
      questions: [{ number: 1, text: "Klopt dit?" }],
      unplaced: [],
    });
  });
});

describe("numbering and footnotes", () => {
  const read = async (text: string): Promise<QuestionDossier> => {
    const reading = await readText(`${heading} (ingezonden 6 oktober 2021).\n\n${text}`, "2021Z17253.txt");
    accounts(reading);
    return reading.dossier;
  };
  test.each([
    ["words on the line of the label", "Vraag 1 Klopt dit?\nVraag 2 Waarom?\n"],
    ["capitals", "VRAAG 1\nKlopt dit?\nVRAAG 2\nWaarom?\n"],
    ["a list on a page", "<html><body><ol><li>Klopt dit?</li><li>Waarom?</li></ol></body></html>"],
  ])("%s", async (_what, text) => {
    const dossier = text.startsWith("<") ? (await readText(text)).dossier : await read(text);
    expect(dossier.questions.map(({ number, text: words }) => [number, words])).toEqual([
      [1, "Klopt dit?"],
      [2, "Waarom?"],
    ]);
  });
  it("a list behind the last question that starts at 1 again is one of footnotes", async () => {
    const dossier = await read("Vraag 1\nKlopt dit?1\n\nVraag 2\nWaarom?2\n\n1. NOS, 3 mei 2021.\n\n2. AD, 4 mei 2021.\n");
    expect(dossier.questions.map(({ text, marks }) => [text, marks[0]?.mark])).toEqual([
      ["Klopt dit?", "1"],
      ["Waarom?", "2"],
    ]);
    expect(dossier.footnotes.map(({ mark, text }) => [mark, text])).toEqual([
      ["1", "NOS, 3 mei 2021."],
      ["2", "AD, 4 mei 2021."],
    ]);
    expect(dossier.troubles).toEqual([]);
  });
  it("a list inside a question is not", async () => {
    const dossier = await read("Vraag 1\nKunt u ingaan op:\n1. geld\n2. tijd\n\nVraag 2\nWaarom?\n");
    expect(dossier.questions.map(({ text }) => text)).toEqual(["Kunt u ingaan op: 1. geld 2. tijd", "Waarom?"]);
    expect(dossier.footnotes).toEqual([]);
  });
  it("a question asked under two numbers stands for both", async () => {
    const dossier = await read("Vragen 1 en 2\nKlopt dit?\n\nVraag 3\nEn vraag 2?\n\nVraag 2\nNog eens?\n\nAntwoord\nJa.\n");
    expect(codes(dossier)).toEqual(["number-twice 2"]);
    expect(dossier.answers.map(({ numbers }) => numbers)).toEqual([[1, 2, 3, 2]]);
  });
  it("a mark in the heading without its footnote is said", async () => {
    const { dossier } = await readText(`<html><body><h1>${heading}<sup>1</sup></h1><h3>Vraag 1</h3><p>Klopt dit?</p></body></html>`);
    expect(codes(dossier)).toContain("footnote-missing 1");
  });
});

describe("headings", () => {
  test.each([
    ["Vragen van het lid Aan de Brugh (D66) aan de Minister voor Rechtsbescherming over rust", "Aan de Brugh", "Minister voor Rechtsbescherming", "rust"],
    [
      "Vragen van het lid Bos (D66) aan de minister van BZK over een brief aan de minister van Financiën over geld",
      "Bos",
      "Minister van BZK",
      "een brief aan de minister van Financiën over geld",
    ],
    ["Vragen van lid Bos (D66) aan de Staatssecretaris van Financiën inzake rust", "Bos", "Staatssecretaris van Financiën", "rust"],
    ["Antwoorden op schriftelijke vragen van het lid Bos (D66) aan de Minister van BZK over rust", "Bos", "Minister van BZK", "rust"],
    ["Vragen van het lid Bos c.s. aan de Minister van BZK over rust", "Bos", "Minister van BZK", "rust"],
  ])("%s", async (title, member, office, subject) => {
    const { dossier } = await readText(`${title} (ingezonden 6 oktober 2021).\n\n${body}`);
    expect(dossier).toMatchObject({ members: [{ name: member }], addressees: [office], subject });
  });
});

describe("a set that speaks of a decision note", () => {
  test.each([
    `${heading.replace("doxing", "de\nbeslisnota bij de wet")} (ingezonden 6 oktober 2021)\n\nVraag 1\nIs er een\nbeslisnota bij gevoegd?\n`,
    "2026Z99910\n\n1. Kent u de\nbeslisnota bij de brief?\n2. Waarom?\n",
    `Beslisnota's\n\n${heading} (ingezonden 6 oktober 2021)\n\n${body}`,
    `${heading} (ingezonden 6 oktober 2021)\n\nVraag 1\nWat staat onder\nAanleiding\nen onder\nKern\nvan de\nbeslisnota?\n`,
    `Geachte voorzitter,\n\nHierbij bied ik u de antwoorden aan.\nBeslisnota en antwoorden zijn bijgevoegd.\n\n${body}`,
  ])("is a set: %j", async (text) => {
    const reading = await readText(text);
    accounts(reading);
    expect(reading.dossier.kind).toBe("questions");
  });
});

describe("the term in a decision note", () => {
  const note = (advised: string): string =>
    `Aan Minister van BZK\nTER BESLUITVORMING\nBeslisnota bij Kamervragen lid Bos (D66) over doxing\nAanleiding\nOp 9 januari jl. zijn Kamervragen gesteld door het lid Bos (D66) aan de minister van BZK over doxing (Kenmerk 2026Z00186).\nGeadviseerd besluit\n${advised}\nKern\n• U antwoordt (vraag 1).\n`;
  test.each([
    ["• De termijn voor beantwoording loopt af op 30-01-2026.", "2026-01-30", "stated"],
    ["• De beantwoordingstermijn verstrijkt op vrijdag 30 januari 2026.", "2026-01-30", "stated"],
    ["• De antwoorden moeten uiterlijk op 29 januari bij de Kamer zijn.", "2026-01-29", "stated"],
    ["• U gaat op korte termijn in gesprek met de VNG, op 12 februari 2026.", "2026-01-30", "counted"],
    ["• U gaat op korte termijn in gesprek, op 12 februari.\n• De termijn loopt af op 29 januari a.s.", "2026-01-29", "stated"],
    ["• De Monitor verschijnt uiterlijk 1 juli 2026.", "2026-01-30", "counted"],
    ["• De termijn voor beantwoording (dossier 28-01-2026-3, bedrag 1.230 januari) loopt af op 29 januari.", "2026-01-29", "stated"],
    ["• De termijn liep af op 30 januari. De nieuwe termijn loopt af op 20 februari.", "2026-02-20", "stated"],
  ])("%s", async (advised, due, dueFrom) => {
    expect((await readText(note(advised))).dossier).toMatchObject({ kind: "decision-note", received: "2026-01-09", due, dueFrom });
  });
});

describe("open data by its relations", () => {
  const zaak = (id: string, more: object = {}): object => ({
    Id: id,
    Nummer: `2026Z9990${id}`,
    Soort: "Schriftelijke vragen",
    Titel: "Het bericht 'Zo kan het niet'",
    Onderwerp: "Het bericht 'Zo kan het niet'",
    GestartOp: "2026-03-02T23:00:00Z",
    Termijn: "2026-03-23T23:00:00Z",
    Verwijderd: false,
    ...more,
  });
  const read = async (value: unknown, entity = "Zaak"): Promise<ReadDossier> =>
    (await readText(JSON.stringify({ "@odata.context": `https://kamer.example/OData/v4/2.0/$metadata#${entity}`, value }))).dossier;
  it("a moment is a day in the Netherlands, and the article is that of the subject", async () => {
    expect(await read([zaak("1")])).toMatchObject({
      received: "2026-03-03",
      due: "2026-03-24",
      source: "Zo kan het niet",
      article: { title: "Zo kan het niet" },
    });
  });
  it("a document with its case expanded, and its signatures", async () => {
    const document = {
      Id: "d",
      Soort: "Schriftelijke vragen",
      DocumentNummer: "2026D99801",
      Datum: "2026-03-03T00:00:00+01:00",
      Zaak: [zaak("1")],
      DocumentActor: [{ ActorNaam: "A. Bos", ActorFractie: "D66", Functie: "Tweede Kamerlid", Relatie: "Eerste ondertekenaar" }],
    };
    expect(await read([document], "Document")).toMatchObject({
      reference: "2026Z99901",
      documentNumber: "2026D99801",
      members: [{ name: "A. Bos", faction: "D66" }],
      unplaced: [],
      others: [],
    });
  });
  it("actors with the same case expanded are one case", async () => {
    const actor = (ActorNaam: string, Relatie: string): object => ({ Id: ActorNaam, ActorNaam, Relatie, Functie: "", Zaak: zaak("1") });
    const dossier = await read([actor("A. Bos", "Indiener"), actor("Minister van BZK", "Gericht aan")], "ZaakActor");
    expect(dossier).toMatchObject({ reference: "2026Z99901", members: [{ name: "A. Bos" }], addressees: ["Minister van BZK"], unplaced: [], others: [] });
  });
  it("an actor of a case that is not there asked nothing here, and is shown", async () => {
    const dossier = await read([zaak("1"), { Id: "a", Zaak_Id: "9", ActorNaam: "A. Vos", Relatie: "Indiener" }]);
    expect(dossier.members).toEqual([]);
    expect(dossier.unplaced.map(({ text }) => text)).toContain("A. Vos");
  });
  it("what is deleted says nothing, and a deleted case is said to be one", async () => {
    const actors = [
      { ActorNaam: "A. Bos", Relatie: "Indiener", Verwijderd: true },
      { ActorNaam: "B. Vos", Relatie: "Indiener", Verwijderd: false },
    ];
    const documents = [
      { Soort: "Schriftelijke vragen", DocumentNummer: "2026D1", Verwijderd: true },
      { Soort: "Schriftelijke vragen", DocumentNummer: "2026D2", Verwijderd: false },
    ];
    expect(await read([zaak("1", { ZaakActor: actors, Document: documents })])).toMatchObject({ members: [{ name: "B. Vos" }], documentNumber: "2026D2" });
    expect(codes(await read([zaak("1", { Verwijderd: true })]))).toEqual(["record-deleted 2026Z99901"]);
    const bareRecord = await readText(JSON.stringify({ Id: "1", Verwijderd: true, GewijzigdOp: "2026-03-03T00:00:00Z" }));
    expect(codes(bareRecord.dossier)).toEqual(["record-deleted"]);
  });
  it("members and ministers of a title where no actor names them, and who answered", async () => {
    const answer = {
      Soort: "Antwoord schriftelijke vragen",
      DocumentNummer: "2026D3",
      Titel: "Antwoord op vragen",
      DatumOntvangst: "2026-03-20T00:00:00+01:00",
      DocumentActor: [
        { ActorNaam: "P. Vos", Functie: "minister van BZK", Relatie: "Eerste ondertekenaar" },
        { ActorNaam: "Q. Bos", Functie: "minister van JenV", Relatie: "Mede ondertekenaar" },
      ],
    };
    expect(await read([zaak("1", { Titel: heading, Onderwerp: heading, Document: [answer] })])).toMatchObject({
      members: [{ name: "Bos", faction: "D66" }],
      addressees: ["Minister voor Rechtsbescherming"],
      subject: "doxing",
      answering: { by: "Minister van BZK", alsoOnBehalfOf: ["Minister van JenV"], received: "2026-03-20" },
    });
  });
});

describe("hostile input", () => {
  const many = (count: number, of: (at: number) => string): string => Array.from({ length: count }, (_, at) => of(at)).join("");
  const set = `${heading} (ingezonden 6 oktober 2021).\n\n`;
  test.each([
    ["a list of a million numbers", () => `${set}Vraag ${"1,".repeat(5_000_000)}1\nx`],
    ["a word of a million hyphens", () => `${set}Vraag 1\naf-\ngebroken ${"a-".repeat(5_000_000)}`],
    ["more questions than a call takes arguments", () => set + many(20_000, (at) => `Vraag ${(at % 999) + 1}\nZie vraag 9.\nAntwoord\nJa\n`)],
    ["a line of spaces", () => `${set}Vraag 1\na${" ".repeat(2_000_000)}b`],
    ["brackets that do not close", () => `Vragen van het lid ${"(ingezonden ".repeat(100_000)}`],
    ["a page of dress left open", () => `<html><body>${"<b><i><p>x".repeat(10_000)}`],
    ["actors of a case each", () => `{"value":[${many(20_000, (at) => `{"Zaak_Id":"${at}","ActorNaam":"A","Relatie":"Indiener"},`)}{"ActorNaam":"B"}]}`],
  ])("is read in a time that grows with it: %s", async (_what, text) => {
    const start = performance.now();
    await readText(text());
    expect(performance.now() - start).toBeLessThan(20_000);
  });
});

describe("bad input", () => {
  it("with two sets in one file keeps both and says where the second starts", async () => {
    const reading = await readSample("twee-sets.txt");
    accounts(reading);
    const { dossier } = reading;
    expect(dossier.questions.map(({ number }) => number)).toEqual([1, 2]);
    expect(dossier.others.map(({ reference, members, questions }) => [reference, members[0]?.name, questions.length])).toEqual([["2026Z99904", "Bremer", 1]]);
    expect(dossier.troubles).toEqual([{ code: "two-sets", weight: "wrong", place: { line: 10, page: null, path: null }, about: "2026Z99904" }]);
  });
  it("with numbers missing, twice and without words keeps every question and says which", async () => {
    const reading = await readSample("nummers.txt");
    accounts(reading);
    expect(reading.dossier.questions.map(({ number, text }) => [number, text])).toEqual([
      [1, "Hoe vaak zijn dijkgraven bedreigd?"],
      [3, "Wat doet u daaraan?"],
      [3, "Wanneer is het antwoord op vraag 9 er?"],
      [5, ""],
    ]);
    expect(codes(reading.dossier)).toEqual(["number-missing 2", "number-twice 3", "refers-nowhere 9", "number-missing 4", "question-empty 5", "no-reference"]);
    expect(reading.dossier.unplaced).toEqual([{ text: "Iemand schreef hier een regel tussen.", place: { line: 3, page: null, path: null } }]);
  });
  test.each([
    ["", ["empty"]],
    ["  \n\n ", ["empty"]],
    ["Boodschappen: melk, brood", ["unknown-form"]],
  ])("%j", async (text, expected) => {
    expect(codes((await readText(text)).dossier)).toEqual(expected);
  });
  it("in Windows-1252 is read and said to be", async () => {
    const { dossier } = await readQuestions({
      name: "",
      bytes: Buffer.from(
        "Vragen van het lid Oosterwold (GO) aan de Minister voor Rechtsbescherming over één reëel plan (ingezonden 1 april 2026).\n\nVraag 1\nGoed zo?",
        "latin1",
      ),
    });
    expect(dossier.subject).toBe("één reëel plan");
    expect(codes(dossier)).toContain("not-utf-8");
  });
  it("has words for every code in both languages", () => {
    for (const code of troubleCodes) for (const words of [troubleWordsEnglish, troubleWordsDutch]) expect(words[code]("7").length).toBeGreaterThan(10);
  });
});

describe("nothing is dropped", () => {
  const lines = fc.constantFrom(
    "Vragen van het lid De Waard (Lijst Duinrand) aan de Minister voor Rechtsbescherming over aangiften (ingezonden 1 april 2026).",
    "Vraag 1",
    "Vraag 2.",
    "Vragen 3 en 4",
    "1",
    "2.",
    "3) Kent u dit?",
    "Kent u het bericht «Zo kan het niet»?1",
    "Zie antwoord vraag 2. [2]",
    "Antwoord 1",
    "Antwoord:",
    "Antwoord van Minister Bos (BZK) (ontvangen 3 mei 2026).",
    "Mededeling van Minister Bos (BZK).",
    "X Noot",
    "[2] Krant, 3 mei 2026.",
    "Naar boven",
    "Pagina 1 van 3",
    "2026Z99908",
    "Beslisnota bij Kamervragen",
    "Aanleiding",
    "Kern",
    "• U geeft aan (vraag 2)",
    "Aan Minister van BZK",
    "TER BESLUITVORMING",
    "een woord dat af-",
    "gebroken is",
    "in- ",
    "",
    " ",
    "\f",
    "Geachte voorzitter,",
    "Beste collega,",
    "Met vriendelijke groet,",
    "Vraag 1a",
    "Vraag 1b",
    "1a. Kent u dit?¹",
    "1b. Kent u dat*? En 20 m²?",
    "¹ Krant, 3 mei 2026.",
    "* Krant, 4 mei 2026.",
  );
  it("of lines of sets, answers and notes in any order", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof({ arbitrary: lines, weight: 5 }, fc.string({ unit: "grapheme", maxLength: 40 })), { maxLength: 40 }),
        fc.constantFrom("\n", "\r\n", "\n\n"),
        async (all, end) => {
          const text = all.join(end);
          // What starts as another form is read as that form.
          fc.pre(!/^\s*[<{[%]/u.test(text));
          accounts(await readText(text));
        },
      ),
      { numRuns: 200 * runs },
    );
  });
  it("of the words of a page", async () => {
    const piece = fc.tuple(fc.constantFrom("p", "h2", "div", "li", "sup", "nav", "span", "td"), lines);
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 25 }), async (all) => {
        const reading = await readText(`<!doctype html><body>${all.map(([tag, text]) => `<${tag}>${text.replace(/</gu, "&lt;")}</${tag}>`).join("")}`);
        accounts(reading);
        expect(bare(reading.text)).toBe(bare(all.map(([, text]) => text).join("")));
      }),
      { numRuns: 100 * runs },
    );
  });
  it("nor is it ever a throw, whatever the bytes", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 200 }),
        fc.constantFrom("", "%PDF-1.7\n", "<?xml version='1.0'?>", "{", "<!doctype html>"),
        async (bytes, head) => {
          await readQuestions({ name: "x", bytes: Buffer.concat([Buffer.from(head), bytes]) });
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe("pieces", () => {
  test.each([
    ["6 oktober 2021", undefined, "2021-10-06"],
    ["9 januari jl.", 2026, "2026-01-09"],
    ["30 januari a.s.", 2026, "2026-01-30"],
    ["31 februari 2026", undefined, null],
    ["12\u00a0mei 2026", undefined, "2026-05-12"],
    ["2026-03-03T00:00:00+01:00", undefined, "2026-03-03"],
    ["3-5-2026", undefined, "2026-05-03"],
  ])("the date %j", (text, year, day) => {
    expect(dutchDate(text, { year })).toBe(day);
  });
  it("a term over the turn of the year lies in the next", () => {
    expect(dutchDate("5 januari a.s.", { year: 2025, notBefore: "2025-12-15" })).toBe("2026-01-05");
  });
  test.each([
    [
      "de leden Straver, Van den Berg en El Amrani (allen Lijst Duinrand)",
      ["Straver/Lijst Duinrand", "Van den Berg/Lijst Duinrand", "El Amrani/Lijst Duinrand"],
    ],
    ["de leden Straver (GL-PvdA), Bos (D66) en Six Dijkstra (NSC)", ["Straver/GL-PvdA", "Bos/D66", "Six Dijkstra/NSC"]],
    ["het lid Bos", ["Bos/null"]],
  ])("the members in %j", (text, members) => {
    expect(membersIn(text).map(({ name, faction }) => `${name}/${faction}`)).toEqual(members);
  });
  test.each([
    [
      "de Minister-President, Minister van Algemene Zaken, en de Minister voor Rechtsbescherming",
      ["Minister-President, Minister van Algemene Zaken", "Minister voor Rechtsbescherming"],
    ],
    ["de Staatssecretarissen van Financiën en van Justitie en Veiligheid", ["Staatssecretaris van Financiën", "Staatssecretaris van Justitie en Veiligheid"]],
    [
      "de Ministers van Volksgezondheid, Welzijn en Sport en voor Langdurige Zorg",
      ["Minister van Volksgezondheid, Welzijn en Sport", "Minister voor Langdurige Zorg"],
    ],
  ])("the offices in %j", (text, offices) => {
    expect(officesIn(text)).toEqual({ offices, unclear: false });
  });
  it("says when a heading speaks of more ministers than it parts", () => {
    expect(officesIn("de Ministers van Binnenlandse Zaken en Koninkrijksrelaties en Financiën").unclear).toBe(true);
  });
  test.each([
    ["Zie antwoord vraag 2.", [2]],
    ["zie het antwoord op de vragen 3, 4 en 7", [3, 4, 7]],
    ["(vragen 2 tot en met 5)", [2, 3, 4, 5]],
    ["de vraag is 24 uur", []],
  ])("what %j names", (text, numbers) => {
    expect(questionsNamed(text)).toEqual(numbers);
  });
  it("the title of an article with an apostrophe", () => {
    expect(articleTitle("over het bericht 'Burgemeester: 't is genoeg' in de krant")).toBe("Burgemeester: 't is genoeg");
    expect(askingFacts("het lid Bos (D66) over rust").addressees).toEqual([]);
    expect(partsOf("Klopt dit? Zo ja, waarom? Graag met bron.")).toEqual([
      { label: null, text: "Klopt dit?" },
      { label: null, text: "Zo ja, waarom? Graag met bron." },
    ]);
  });
});
