/** What goes out says what the models say, in all three forms, whatever is typed into them; and the record reads back. Everything is invented. */
import { readFile } from "node:fs/promises";
import { DOMParser, type Element, XMLSerializer } from "@xmldom/xmldom";
import { TextWriter, Uint8ArrayReader, ZipReader } from "@zip.js/zip.js/lib/zip-core-native.js";
import { loadPaperFiles, renderPaper, type PaperCompiler } from "@rugdekking/paper";
import { nodeCompiler } from "@rugdekking/paper/node";
import fc from "fast-check";
import { Check } from "typebox/value";
import { beforeAll, describe, expect, it } from "vitest";
import { readQuestions } from "#services/parliament/reading/index.ts";
import {
  AnswerLetter,
  DecisionNoteDraft,
  letterDocx,
  letterOdt,
  letterPaper,
  noteDocx,
  noteOdt,
  notePaper,
  type PublicationRecord,
  publicNote,
  readRecordXml,
  recordJson,
  recordXml,
} from "./index.ts";
import { literal } from "./letters.ts";
import { demonstrationLetter, demonstrationNote, paragraph } from "./testing-documents.ts";

const site = { site: "https://rugdekking.example" };
let compiler: PaperCompiler;
beforeAll(async () => {
  compiler = nodeCompiler(await loadPaperFiles(async (url) => new Uint8Array(await readFile(url))));
});

/** Parts of a package that are XML, each parsed strictly. */
async function partsOf(bytes: Uint8Array): Promise<Map<string, Element>> {
  const zip = new ZipReader(new Uint8ArrayReader(bytes), { useWebWorkers: false });
  const parts = new Map<string, Element>();
  for (const entry of await zip.getEntries()) {
    if (entry.directory || !/\.(?:xml|rels)$/u.test(entry.filename)) continue;
    const root = new DOMParser({
      onError: (_level, message) => {
        throw new Error(`${entry.filename}: ${message}`);
      },
    }).parseFromString(await entry.getData(new TextWriter()), "text/xml").documentElement;
    if (root !== null) parts.set(entry.filename, root);
  }
  return parts;
}
const part = (parts: ReadonlyMap<string, Element>, name: string): Element => {
  const found = parts.get(name);
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
};
const named = (root: Element, name: string): Element[] => [...root.getElementsByTagName(name)];
const isElement = (node: object): node is Element => "nodeType" in node && node.nodeType === 1;
/** Text of an ODF or WordprocessingML element, with its line ends and runs of spaces. */
function textOf(node: Element): string {
  let out = "";
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    if (child.nodeType === 3) out += child.nodeValue ?? "";
    else if (isElement(child)) {
      if (child.nodeName === "text:s") out += " ".repeat(Number(child.getAttribute("text:c") ?? "1") || 1);
      else if (child.nodeName === "text:line-break" || child.nodeName === "w:br") out += "\n";
      else out += textOf(child);
    }
  }
  return out;
}

describe("the models", () => {
  it("take the demonstration, and refuse a field they do not know", () => {
    expect(Check(AnswerLetter, demonstrationLetter)).toBe(true);
    expect(Check(DecisionNoteDraft, demonstrationNote)).toBe(true);
    expect(Check(DecisionNoteDraft, { ...demonstrationNote, secret: "" })).toBe(false);
  });
});

describe("the letter", () => {
  it("is a PDF that the reading room reads back: questions, answers, what they refer to, and every footnote's words", async () => {
    const { template, data } = letterPaper(demonstrationLetter, site);
    const { dossier, text } = await readQuestions({ name: "brief.pdf", bytes: renderPaper(compiler, template, data) });
    expect(dossier.reference).toBe("2026Z99902");
    expect(dossier.troubles.filter(({ weight }) => weight === "wrong")).toEqual([]);
    expect(dossier.questions.map(({ number }) => number)).toEqual([1, 2, 3, 4]);
    expect(dossier.questions[1]?.text).toBe(demonstrationLetter.groups[1]?.questions[0]?.text);
    expect(dossier.answers.map(({ numbers, refersTo }) => [numbers, refersTo])).toEqual([
      [[1], []],
      [[2, 3], []],
      [[4], [2]],
    ]);
    for (const said of [
      "Dagblad Voorbeeld, 9 mei 2026",
      "tussen 42% en 48% (met 95% zekerheid)",
      "geen marge: alles is geteld",
      "Het onderscheid staat in de uitleg",
    ])
      expect(bare(text)).toContain(bare(said));
  });

  it("cites every figure with value, margin, n, denominator, period, source and address, in a footnote and in the table", () => {
    const { data } = letterPaper(demonstrationLetter, site);
    const notes = data.blocks.flatMap((block) => (block.kind === "paragraph" ? block.pieces : [])).filter((piece) => piece.kind === "note");
    const [cited] = notes;
    for (const said of [
      "45 van de 100 ambtsdragers",
      "tussen 42% en 48% (met 95% zekerheid)",
      "n = 2.380",
      "decentrale politieke ambtsdragers",
      "maart 2025",
      "Monitor Integriteit",
      "1 oktober 2026",
    ])
      expect(cited?.text).toContain(said);
    expect(cited?.link).toBe("https://rugdekking.example/monitor/uitkomsten/monitor-2026-1#any_aggression-alle");
    expect(notes[1]?.text).toContain("geen marge: alles is geteld; n niet vermeld");
    expect(data.blocks.flatMap((block) => (block.kind === "table" ? block.rows : []))).toHaveLength(2);
  });

  it("leads to the answer it names, and says the words where there is no such answer", () => {
    const [group] = demonstrationLetter.groups;
    if (group === undefined) throw new Error("no group");
    const one = { ...demonstrationLetter, groups: [{ ...group, answer: [paragraph({ kind: "answer", number: 1 }, { kind: "answer", number: 7 })] }] };
    const pieces = letterPaper(one, site)
      .data.blocks.flatMap((block) => (block.kind === "paragraph" ? block.pieces : []))
      .slice(-2);
    expect(pieces).toEqual([
      { kind: "goto", text: "het antwoord op vraag 1", target: "antwoord-1" },
      { kind: "text", text: "het antwoord op vraag 7", strong: false, emphasis: false, link: null },
    ]);
  });

  it("is a DOCX with real headings, numbering, footnotes, bookmarks, a table head, Dutch and a title", async () => {
    const parts = await partsOf(await letterDocx(demonstrationLetter, site));
    const body = part(parts, "word/document.xml");
    const styles = named(body, "w:pStyle").map((one) => one.getAttribute("w:val"));
    for (const style of ["Title", "Heading1", "Heading2", "BodyText", "Asked"]) expect(styles).toContain(style);
    expect(named(body, "w:numPr").length).toBe(5);
    expect(named(body, "w:footnoteReference").length).toBe(4);
    expect(named(body, "w:bookmarkStart").map((one) => one.getAttribute("w:name"))).toEqual(["antwoord-1", "antwoord-2", "antwoord-3"]);
    expect(named(body, "w:hyperlink").map((one) => one.getAttribute("w:anchor"))).toContain("antwoord-2");
    expect(named(body, "w:tblHeader").length).toBe(1);
    expect(named(part(parts, "word/styles.xml"), "w:lang")[0]?.getAttribute("w:val")).toBe("nl-NL");
    expect(textOf(named(part(parts, "docProps/core.xml"), "dc:title")[0] ?? body)).toMatch(/^Antwoorden op de schriftelijke vragen van de leden/u);
    expect(textOf(named(part(parts, "docProps/core.xml"), "dc:creator")[0] ?? body)).toBe(demonstrationLetter.lead.office);
  });

  it("is an ODT with outline levels, lists, footnotes, bookmarks, a table head, Dutch and a title; its first entry says what it is, and the same letter gives the same bytes", async () => {
    const bytes = await letterOdt(demonstrationLetter, site);
    expect(new TextDecoder("latin1").decode(bytes.subarray(30, 77))).toBe("mimetypeapplication/vnd.oasis.opendocument.text");
    expect(bytes).toEqual(await letterOdt(demonstrationLetter, site));
    const parts = await partsOf(bytes);
    const body = part(parts, "content.xml");
    expect(named(body, "text:h").map((one) => [one.getAttribute("text:outline-level"), textOf(one)])).toContainEqual(["2", "Antwoord 2 en 3"]);
    expect(named(body, "text:list-item").length).toBe(5);
    expect(named(body, "text:note").length).toBe(4);
    expect(named(body, "text:bookmark-start").map((one) => one.getAttribute("text:name"))).toEqual(["antwoord-1", "antwoord-2", "antwoord-3"]);
    expect(named(body, "text:a").map((one) => one.getAttribute("xlink:href"))).toContain("#antwoord-2");
    expect(named(body, "table:table-header-rows").length).toBe(1);
    const [language] = named(part(parts, "styles.xml"), "style:default-style").flatMap((one) => named(one, "style:text-properties"));
    expect([language?.getAttribute("fo:language"), language?.getAttribute("fo:country")]).toEqual(["nl", "NL"]);
    expect(textOf(named(part(parts, "meta.xml"), "dc:title")[0] ?? body)).toMatch(/^Antwoorden/u);
    // Every style a word or paragraph names is there.
    const known = new Set(
      [...named(part(parts, "styles.xml"), "style:style"), ...named(part(parts, "styles.xml"), "text:list-style")].map((one) => one.getAttribute("style:name")),
    );
    for (const tag of ["text:p", "text:h", "text:span", "text:a", "text:list"])
      for (const one of named(body, tag)) expect(known).toContain(one.getAttribute("text:style-name"));
  });
});

describe("the public version", () => {
  it("holds no official, no line of contact and nothing withheld in any form, and keeps heading and ground", async () => {
    const note = publicNote(demonstrationNote, { madeBy: "a", checkedBy: "b" });
    const { data } = notePaper(note, site);
    const odt = await partsOf(await noteOdt(note, site));
    const docx = await partsOf(await noteDocx(note, site));
    for (const text of [JSON.stringify(data), ...[...odt.values(), ...docx.values()].map((one) => new XMLSerializer().serializeToString(one))])
      for (const hidden of ["Berg", "Bakker", "06-0000", "@voorbeeld", "Contactpersoon", "dat niet bekend mag worden", "Wat over de beveiliging", "CONCEPT"])
        expect(text).not.toContain(hidden);
    for (const shown of [
      "Informatie die niet openbaar wordt gemaakt",
      "Niet openbaar gemaakt",
      "artikel 5.1, tweede lid, onder h",
      "(vraag 1)",
      "(vragen 2 en 3)",
    ].filter((one) => one !== "(vragen 2 en 3)"))
      expect(JSON.stringify(data)).toContain(shown);
    expect(JSON.stringify(notePaper(demonstrationNote, site).data)).toContain("S. van den Berg-Öztürk");
  });
});

const hostile = [
  `#read("/etc/passwd") $x^2$ *b* _s_ @a <label> \`code\` // /* */ \\u{41}`,
  `</text:p><text:p>&amp; ]]> <!-- "'<w:t> & &#0; <?xml?>`,
  "a\u0000b\u0007c\u001bd\ufffee\ud800f",
  "\u202eomgekeerd\u202c \u2066x\u2069 \u200f \ufeff",
  "مرحبا שלום 你好 👩‍👩‍👧 e\u0301",
  "twee  spaties\n en een  regel ",
];

/** White space and places to break a line are the printer's. */
const bare = (text: string): string => text.normalize("NFC").replaceAll(/[\s\u00ad\u200b]/gu, "");

/** A note with the same text wherever a person types one. */
const everywhere = (text: string): DecisionNoteDraft => ({
  ...demonstrationNote,
  to: text,
  details: [{ label: "Betreft", value: text }],
  sections: [
    {
      section: "core",
      heading: "Kern",
      text: [paragraph({ kind: "words", text, strong: true }, { kind: "note", text }), { kind: "list", ordered: true, items: [[{ kind: "words", text }]] }],
      points: [{ questions: [], text: [paragraph(text)], withheld: null }],
      withheld: { ground: text },
    },
  ],
});

describe("hostile text comes out literally", () => {
  const inXml = async (text: string): Promise<void> => {
    const odt = part(await partsOf(await noteOdt(everywhere(text), site)), "content.xml");
    expect(textOf(named(odt, "text:list").at(-1) ?? odt)).toBe(literal(text));
    expect(textOf(odt).split(literal(text)).length - 1).toBeGreaterThanOrEqual(7);
    const parts = await partsOf(await noteDocx(everywhere(text), site));
    const whole = [part(parts, "word/document.xml"), part(parts, "word/footnotes.xml")].map(textOf).join("");
    expect(whole.split(literal(text)).length - 1).toBeGreaterThanOrEqual(7);
  };

  it.each(hostile)("%j in DOCX and ODT", inXml);

  it("any row of signs in DOCX and ODT", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary", minLength: 1, maxLength: 60 }), async (text) => await inXml(`q${text}z`)),
      { numRuns: 4 },
    );
  });

  it.each(hostile)("%j in PDF, as PDF.js reads it", async (text) => {
    const { template, data } = notePaper(everywhere(text), site);
    const { text: read } = await readQuestions({ name: "nota.pdf", bytes: renderPaper(compiler, template, data) });
    // What the fonts cannot show is spelled out; the rest stands there as typed.
    const shown = [...bare(literal(text))].filter((character) => /[\u0020-\u007e]/u.test(character)).join("");
    const ascii = [...bare(read).replaceAll(/\[U\+(?:06|05|4F|59)[0-9A-F]{2}\]/gu, "")].filter((character) => /[\u0020-\u007e]/u.test(character)).join("");
    expect(ascii.split(shown).length - 1).toBeGreaterThanOrEqual(shown === "" ? 0 : 5);
  });

  it("100,000 characters, in all three", async () => {
    const long = Array.from({ length: 10 }, (_, n) => ({ kind: "words" as const, text: `${n} <b>&#x27; $x$ `.repeat(700).slice(0, 10_000) }));
    const whole = long.map(({ text }) => text).join("");
    const note: DecisionNoteDraft = {
      ...demonstrationNote,
      sections: [{ section: "explanation", heading: "Toelichting", text: [{ kind: "paragraph", content: long }], points: [], withheld: null }],
    };
    const { template, data } = notePaper(note, site);
    const { text: read } = await readQuestions({ name: "nota.pdf", bytes: renderPaper(compiler, template, data) });
    // Between two pages stand the number of the one and the marks of the other.
    expect(bare(read.replaceAll(/pagina \d+ van \d+|DEMONSTRATIE|CONCEPT/gu, "")).includes(bare(whole))).toBe(true);
    expect(textOf(part(await partsOf(await noteOdt(note, site)), "content.xml")).includes(whole)).toBe(true);
    expect(textOf(part(await partsOf(await noteDocx(note, site)), "word/document.xml")).includes(whole)).toBe(true);
  });
});

describe("the publication record", () => {
  const record: PublicationRecord = {
    title: "Beslisnota bij Kamervragen over <een> dreigbrief & meer",
    kind: "beslisnota",
    kindResource: null,
    publisher: { resource: "https://identifier.overheid.nl/tooi/id/ministerie/mnre1034", label: "ministerie van Binnenlandse Zaken en Koninkrijksrelaties" },
    responsible: null,
    identifiers: ["2026Z99902", "2026-0000999999"],
    created: "2026-11-18",
    signed: "2026-11-20",
    published: "2026-11-25",
    format: "PDF",
    belongsTo: "2026Z99902",
  };

  it.each([
    record,
    {
      ...record,
      kindResource: "https://identifier.overheid.nl/tooi/def/thes/kern/c_0123abcd",
      responsible: record.publisher,
      belongsTo: null,
      format: "ODT" as const,
    },
  ])("reads back as it was written", (one) => {
    expect(readRecordXml(recordXml(one), one.kind)).toEqual(one);
    expect(JSON.parse(recordJson(one))).toMatchObject({ ...one, standard: "DiWoo 0.9.8" });
  });

  it("is refused when a day, an order of days or a number is none", () => {
    for (const wrong of [
      { created: "2026-02-30" },
      { published: "2026-11-01" },
      { identifiers: [] },
      { title: " " },
      { kindResource: "https://elders.example/" },
    ])
      expect(() => recordXml({ ...record, ...wrong })).toThrow(expect.objectContaining({ code: "record-invalid" }));
  });

  it.each([
    ["no XML", (xml: string) => xml.replace("</diwoo:DiWoo>", ""), "xml-broken"],
    ["another category", (xml: string) => xml.replace("c_c76862ab", "c_00000000"), "xml-unexpected"],
    [
      "a field twice",
      (xml: string) => xml.replace("<diwoo:creatiedatum>", "<diwoo:creatiedatum>2026-11-18</diwoo:creatiedatum><diwoo:creatiedatum>"),
      "xml-unexpected",
    ],
    ["an unknown field", (xml: string) => xml.replace("<diwoo:identifiers>", "<diwoo:x/><diwoo:identifiers>"), "xml-unexpected"],
    ["loose words", (xml: string) => xml.replace("<diwoo:identifiers>", "x<diwoo:identifiers>"), "xml-unexpected"],
    ["another namespace", (xml: string) => xml.replace("diwoo/metadata/", "diwoo/elders/"), "xml-unexpected"],
  ])("with %s is not read", (_what, change, code) => {
    const xml = recordXml(record);
    expect(change(xml)).not.toBe(xml);
    expect(() => readRecordXml(change(xml), record.kind)).toThrow(expect.objectContaining({ code }));
  });
});
