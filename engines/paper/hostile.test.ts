/** What a person writes comes out letter by letter, whatever it means in Typst: checked with `pdftotext`, which did not make the PDF. */
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { renderPaper, type PaperCompiler, type PaperData } from "./index.ts";
import { nodeCompiler } from "./node.ts";
import { infoOf, missingPrograms, textOf, writtenTextOf } from "./testing-pdf.ts";
import { demonstrationAdvice, demonstrationComplaint, filesFromDisk, ordinary } from "./testing.ts";

let compiler: PaperCompiler;
beforeAll(async () => {
  compiler = nodeCompiler(await filesFromDisk());
});

/** Text without anything a line break may change. */
const bare = (text: string): string => text.normalize("NFC").replaceAll(/[\s\u00ad\u200b]/gu, "");

/** The same text in every place of a plain document where a person's text can stand, head and title included. */
const everywhere = (text: string): PaperData["uitleg"] => ({
  document: { title: text, reference: text, version: null, date: "2026-11-25", marking: text, demonstration: false },
  from: [text],
  to: [text],
  blocks: [
    { kind: "heading", level: 1, text },
    { kind: "paragraph", text },
    { kind: "list", ordered: false, items: [text] },
    { kind: "facts", items: [{ label: text, text }] },
    { kind: "table", caption: text, columns: [text], rows: [[text]] },
    { kind: "note", title: text, text },
    { kind: "quote", text, source: text },
    { kind: "signature", name: text, place: text },
  ],
});
/** Title, kenmerk under it and in the foot, marking, from, to, and the blocks above. */
const places = 20;

const count = (whole: string, part: string): number => whole.split(part).length - 1;

const attacks = [
  `#read("/etc/passwd")`,
  `#import "@preview/x:0.1.0"`,
  '#eval("1+1")',
  "$ x^2 $ en *vet* en _schuin_",
  "= Kop\\ == Kop",
  "@label <label> `code` // weg /* weg */",
  `"] #panic("x") ["`,
  "\\u{41} \\# \\\\ ~ -- --- ... 'enkel' \"dubbel\"",
  "- punt + nummer / term: uitleg",
  "</script><svg onload=x> %PDF (BT) Tj endobj",
  "{{data}} ${data} %s %n",
  "https://voorbeeld.example/#anker?a=b",
];
const pieces = [
  "#",
  "$",
  "*",
  "_",
  "@",
  "\\",
  "`",
  "<",
  ">",
  "[",
  "]",
  "{",
  "}",
  "(",
  ")",
  "=",
  "-",
  "+",
  "/",
  "~",
  '"',
  "'",
  ";",
  ":",
  "//",
  "/*",
  '#read("x")',
  "#let x = 1",
  "é",
  "ë",
  "€",
  "–",
  "“",
  "”",
  "•",
  "≤",
  "→",
  "a",
  "B",
  "7",
  " ",
  "💀",
];

describe.skipIf(missingPrograms !== null)(`hostile texts come out literally (${missingPrograms ?? "pdftotext looks"})`, () => {
  it.each(attacks)("%s", (attack) => {
    const pdf = renderPaper(compiler, "uitleg", everywhere(attack));
    expect(count(bare(textOf(pdf)), bare(attack))).toBe(places);
    expect(bare(infoOf(pdf).get("Title") ?? "")).toBe(bare(attack));
  });

  it("any row of Typst's own signs", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 12 }), (parts) => {
        const text = `q${parts.join("")}z`;
        // A hyphen at the end of a line is taken for a broken word by the reader of the PDF, which joins the halves: it is left out of both.
        const read = (words: string): string => bare(words).replaceAll("-", "");
        // Written order, because a cell that takes two lines is read through its neighbour otherwise.
        expect(count(read(writtenTextOf(renderPaper(compiler, "uitleg", everywhere(text)))), read(text))).toBeGreaterThanOrEqual(places);
      }),
      { numRuns: 60 },
    );
  }, 120_000);

  it("and in the advice: texts, codes of rules, captions, alternative texts, the signature", () => {
    const { data, assets } = demonstrationAdvice({ ...ordinary, photos: 1 });
    const evil = `#read("/etc/passwd") $a$ *b* @c \\d`;
    const [finding, ...findings] = data.findings;
    const [photo] = finding?.photos ?? [];
    if (finding === undefined || photo === undefined || data.signature === null) throw new Error("the demonstration lost its finding, photo or signature");
    const text = textOf(
      renderPaper(
        compiler,
        "advies",
        {
          ...data,
          subject: { name: evil, function: evil, organisation: evil, address: evil },
          summary: evil,
          findings: [{ ...finding, observation: evil, photos: [{ ...photo, alt: evil, caption: evil }] }, ...findings],
          measures: data.measures.map((m) => ({ ...m, what: evil, rule: "#1 $2" })),
          signature: { ...data.signature, name: evil, statement: evil, check: [evil] },
        },
        assets,
      ),
    );
    expect(count(bare(text), bare(evil))).toBeGreaterThanOrEqual(10);
    expect(count(bare(text), "#1$2")).toBe(data.measures.length);
  });

  it.each(attacks)("and in every place of the facts for a complaint: %s", (attack) => {
    const data = demonstrationComplaint({ files: 1, articles: 1, paragraphs: 1 });
    const [article] = data.articles;
    const [file] = data.evidence;
    if (article === undefined || file === undefined) throw new Error("the demonstration lost its article or file");
    const pdf = renderPaper(compiler, "aangifte", {
      ...data,
      document: { ...data.document, title: attack, reference: attack, marking: attack },
      person: { name: attack, function: attack, organisation: attack },
      filer: { name: attack, office: attack },
      domicile: { name: attack, address: attack, place: attack },
      contact: attack,
      questions: data.questions.map(({ id }) => ({ id, text: attack })),
      articles: [
        {
          ...article,
          name: attack,
          elements: [{ text: attack, seen: true }],
          note: attack,
          request: attack,
          heavier: attack,
          limits: attack,
          open: attack,
          source: attack,
        },
      ],
      beyond: attack,
      evidence: [{ ...file, name: attack, note: attack, captured: attack, received: attack, stamp: { at: attack, authority: attack }, found: attack }],
      leftOut: [attack],
    });
    // Title, person, function and organisation twice, filer, domicile, contact, seven answers, the article with seven texts, beyond, six of the file, left out; more for head and foot.
    expect(count(bare(textOf(pdf)), bare(attack))).toBeGreaterThanOrEqual(1 + 3 + 2 + 2 + 3 + 1 + 7 + 8 + 1 + 6 + 1);
  });

  it.each(attacks)("and in every place of a letter or note: %s", (attack) => {
    const words = (text: string) => ({ kind: "text" as const, text, strong: true, emphasis: true, link: "https://voorbeeld.example/" });
    const pdf = renderPaper(compiler, "kamerbrief", {
      document: { title: attack, reference: "", version: null, date: "2026-11-25", marking: attack, demonstration: false },
      concept: false,
      purpose: attack,
      to: [attack],
      facts: [{ label: attack, text: attack }],
      blocks: [
        { kind: "heading", level: 1, text: attack, anchor: "hier" },
        { kind: "paragraph", pieces: [words(attack), { kind: "goto", text: attack, target: "hier" }, { kind: "note", text: attack, link: null }] },
        { kind: "asked", paragraphs: [[words(attack)]] },
        { kind: "list", ordered: true, items: [[[words(attack)], [words(attack)]]] },
        { kind: "table", caption: attack, columns: [attack], rows: [[attack]] },
        { kind: "withheld", title: attack, text: attack },
        { kind: "signature", office: attack, name: attack },
      ],
    });
    // Marking, purpose, to, two of the fact, title, heading, three of the paragraph, asked, two of the list, three of the table, two withheld, two to sign.
    expect(count(bare(textOf(pdf)), bare(attack))).toBeGreaterThanOrEqual(20);
  });

  it("nothing of a reason reaches the employer: the lines hold what they hold", () => {
    const { data } = demonstrationAdvice(ordinary);
    const text = bare(
      textOf(
        renderPaper(compiler, "verstrekking", {
          document: { ...data.document, title: "Te verstrekken maatregelen" },
          employer: "Gemeente Voorbeelddam",
          recipient: { name: "N", contact: "" },
          adopted: null,
          lines: [],
          totalLow: 0,
          totalHigh: 0,
          answerTo: "",
        }),
      ),
    );
    expect(text).toContain("Waaromeenmaatregelnodigis,staatmetopzetnietindezelijst.");
    expect(text).not.toMatch(/bevinding|zwakk|dreiging/iu);
  });
});
