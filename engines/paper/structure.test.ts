/**
 * What a screen reader finds in each paper, asked of programs that did not make it (poppler, qpdf), for the native compiler and for WebAssembly in a real Chromium alike.
 * veraPDF was not run: it is in neither npm nor Debian. Typst's own validator (render.test.ts) and these assertions stand in for it.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { renderPaper, type PaperAssets, type PaperData } from "./index.ts";
import { nodeCompiler } from "./node.ts";
import { hasChromium, openPaperPage, type PaperPage } from "./testing-browser.ts";
import { flat, fontsOf, grammarOf, infoOf, metadataOf, missingPrograms, PdfObjects, tagsOf, textOf, type Tag, writtenTextOf } from "./testing-pdf.ts";
import {
  demonstrationAdvice,
  demonstrationComplaint,
  demonstrationExplanation,
  demonstrationFindings,
  demonstrationProvision,
  demonstrationRunning,
  englishLetter,
  filesFromDisk,
  ordinary,
  worst,
} from "./testing.ts";

type Made = { readonly [N in keyof PaperData]: { readonly data: PaperData[N]; readonly assets: PaperAssets } };
const demonstration: Made = {
  advies: demonstrationAdvice(ordinary),
  verstrekking: { data: demonstrationProvision(30), assets: {} },
  uitleg: demonstrationExplanation(4),
  aangifte: { data: demonstrationComplaint({ files: 5, articles: 3, paragraphs: 1 }), assets: {} },
  uitkomsten: demonstrationFindings(2),
  kamerbrief: { data: demonstrationRunning(12), assets: {} },
  beslisnota: { data: demonstrationRunning(12), assets: {} },
};
const names = ["advies", "verstrekking", "uitleg", "aangifte", "uitkomsten", "kamerbrief", "beslisnota"] as const;
const where = [...(missingPrograms === null ? ["Node"] : []), ...(missingPrograms === null && hasChromium ? ["Chromium"] : [])];
const papers = new Map<string, Uint8Array>();
let page: PaperPage | null = null;

beforeAll(async () => {
  if (missingPrograms !== null) return;
  const compiler = nodeCompiler(await filesFromDisk());
  papers.set("Node advies", renderPaper(compiler, "advies", demonstration.advies.data, demonstration.advies.assets));
  papers.set("Node verstrekking", renderPaper(compiler, "verstrekking", demonstration.verstrekking.data));
  papers.set("Node uitleg", renderPaper(compiler, "uitleg", demonstration.uitleg.data, demonstration.uitleg.assets));
  papers.set("Node aangifte", renderPaper(compiler, "aangifte", demonstration.aangifte.data));
  papers.set("Node uitkomsten", renderPaper(compiler, "uitkomsten", demonstration.uitkomsten.data, demonstration.uitkomsten.assets));
  papers.set("Node kamerbrief", renderPaper(compiler, "kamerbrief", demonstration.kamerbrief.data));
  papers.set("Node beslisnota", renderPaper(compiler, "beslisnota", demonstration.beslisnota.data));
  papers.set("Node English", renderPaper(compiler, "uitleg", englishLetter));
  if (!hasChromium) return;
  page = await openPaperPage();
  papers.set("Chromium advies", (await page.render("advies", demonstration.advies.data, demonstration.advies.assets)).pdf);
  papers.set("Chromium verstrekking", (await page.render("verstrekking", demonstration.verstrekking.data)).pdf);
  papers.set("Chromium uitleg", (await page.render("uitleg", demonstration.uitleg.data, demonstration.uitleg.assets)).pdf);
  papers.set("Chromium aangifte", (await page.render("aangifte", demonstration.aangifte.data)).pdf);
  papers.set("Chromium uitkomsten", (await page.render("uitkomsten", demonstration.uitkomsten.data, demonstration.uitkomsten.assets)).pdf);
  papers.set("Chromium kamerbrief", (await page.render("kamerbrief", demonstration.kamerbrief.data)).pdf);
  papers.set("Chromium beslisnota", (await page.render("beslisnota", demonstration.beslisnota.data)).pdf);
  papers.set("Chromium English", (await page.render("uitleg", englishLetter)).pdf);
}, 180_000);
afterAll(async () => await page?.close());

const paper = (key: string): Uint8Array => {
  const found = papers.get(key);
  if (found === undefined) throw new Error(`no paper ${key}`);
  return found;
};
// By day what Chromium makes is held to what Node made (below); by night both are looked at one by one.
const cases = (process.env["SLOW"] === "1" ? where : where.slice(0, 1)).flatMap((runtime) =>
  names.map((name) => ({ runtime, name, key: `${runtime} ${name}` })),
);

describe.skipIf(missingPrograms !== null)(`structure (${missingPrograms ?? "poppler and qpdf look"})`, () => {
  describe.each(cases)("$name, by $runtime", ({ name, key }) => {
    let objects: PdfObjects;
    let tags: readonly Tag[];
    beforeAll(() => {
      objects = new PdfObjects(paper(key));
      tags = flat(tagsOf(objects));
    });
    const of = (type: string): readonly Tag[] => tags.filter((tag) => tag.type === type);

    it("is tagged, a clean PDF 1.7, and says it is PDF/UA-1", () => {
      expect(infoOf(paper(key)).get("Tagged")).toBe("yes");
      expect(infoOf(paper(key)).get("PDF version")).toBe("1.7");
      expect(grammarOf(paper(key))).toBe("clean");
      expect(metadataOf(paper(key))).toMatch(/xmlns:pdfuaid="http:\/\/www\.aiim\.org\/pdfua\/ns\/id\/"[\s\S]*<pdfuaid:part>1<\/pdfuaid:part>/u);
      expect(objects.at("/Root", "/MarkInfo", "/Marked")).toBe(true);
    });

    it("names its language and shows its title", () => {
      expect(objects.at("/Root", "/Lang")).toMatch(/^u:nl(?:-NL)?$/u);
      expect(objects.at("/Root", "/ViewerPreferences", "/DisplayDocTitle")).toBe(true);
      expect(infoOf(paper(key)).get("Title")).toBe(demonstration[name].data.document.title);
      expect(metadataOf(paper(key))).toContain(`<rdf:li xml:lang="x-default">${demonstration[name].data.document.title}</rdf:li>`);
    });

    it("is dated by its data", () => {
      expect(infoOf(paper(key)).get("CreationDate")).toMatch(/^Wed Nov 25 00:00:00 2026/u);
    });

    it("has headings in order, from the first level, none skipped", () => {
      const levels = tags.flatMap(({ type }) => (/^H[1-6]$/u.test(type) ? [Number(type.slice(1))] : []));
      expect(levels.length).toBeGreaterThan(1);
      expect(levels[0]).toBe(1);
      for (const [at, level] of levels.entries()) expect(level).toBeLessThanOrEqual((levels[at - 1] ?? 0) + 1);
    });

    it("has bookmarks for its headings", () => {
      expect(objects.at("/Root", "/Outlines", "/Count")).not.toBe(0);
      expect(objects.at("/Root", "/Outlines", "/First")).toBeDefined();
    });

    it("has a head in every table, each head cell with the column as its scope", () => {
      expect(of("Table").length).toBeGreaterThan(0);
      for (const table of of("Table")) {
        const inside = flat(table).filter(({ type }) => type === "TH");
        expect(inside.length).toBeGreaterThan(0);
        expect(inside.map(({ scope }) => scope)).toEqual(inside.map(() => "/Column"));
        expect(table.children.map(({ type }) => type)).toContain("THead");
      }
    });

    it("has as many cells in every row as its table has heads", () => {
      for (const table of of("Table")) {
        const rows = flat(table).filter(({ type }) => type === "TR");
        expect(new Set(rows.map(({ children }) => children.length)).size).toBe(1);
      }
    });

    it("has an alternative text for every figure", () => {
      const figures = of("Figure");
      expect(figures.length).toBe({ advies: 6, verstrekking: 0, uitleg: 1, aangifte: 0, uitkomsten: 2, kamerbrief: 0, beslisnota: 0 }[name]);
      expect(figures.filter(({ alt }) => alt === null || alt.trim() === "")).toEqual([]);
    });

    it("has real lists: every item with its body", () => {
      for (const item of of("LI")) expect(item.children.map(({ type }) => type)).toContain("LBody");
    });

    it("describes every link and keeps to the order of tags when tabbing", () => {
      const count = Number(infoOf(paper(key)).get("Pages"));
      for (let n = 0; n < count; n++) {
        const annotations = objects.at("/Root", "/Pages", "/Kids", n, "/Annots");
        if (!Array.isArray(annotations)) continue;
        expect(objects.at("/Root", "/Pages", "/Kids", n, "/Tabs")).toBe("/S");
        for (const annotation of annotations) {
          const value = objects.get(annotation);
          expect(typeof value === "object" && value !== null && Reflect.get(value, "/Contents")).toMatch(/^u:./u);
        }
      }
    });

    it("uses standard tags only, or says which standard tag its own stand for", () => {
      const standard = new Set(
        "Document Part Sect Div P H1 H2 H3 H4 H5 H6 L LI Lbl LBody Table THead TBody TFoot TR TH TD Span Link Reference Figure Caption TOC TOCI BlockQuote NonStruct Note Strong Em".split(
          " ",
        ),
      );
      const roles = objects.at("/Root", "/StructTreeRoot", "/RoleMap");
      const mapped = typeof roles === "object" && roles !== null ? Object.keys(roles).map((role) => role.slice(1)) : [];
      expect([...new Set(tags.map(({ type }) => type))].filter((type) => type !== "Root" && !standard.has(type) && !mapped.includes(type))).toEqual([]);
    });

    it("embeds every font with its way back to Unicode", () => {
      const fonts = fontsOf(paper(key));
      expect(fonts.length).toBeGreaterThan(1);
      // Columns from the right: object, generation, uni, sub, emb.
      for (const row of fonts) expect(row.slice(-5, -2)).toEqual(["yes", "yes", "yes"]);
    });

    it("numbers its pages, with kenmerk, in the foot", () => {
      const text = textOf(paper(key));
      const pages = Number(infoOf(paper(key)).get("Pages"));
      for (let n = 1; n <= pages; n++) expect(text).toContain(`pagina ${n} van ${pages}`);
      // A letter or note is another sender's paper: its number stands at its head beside the name the sender gives it, in columns that a copy by line would part.
      const sent = name === "kamerbrief" || name === "beslisnota";
      expect((sent ? writtenTextOf(paper(key)) : text).replaceAll("\n", " ")).toContain(
        `${sent ? "Onze referentie" : "Kenmerk"} ${demonstration[name].data.document.reference}`,
      );
      expect(text.match(/DEMONSTRATIE/gu)?.length).toBeGreaterThanOrEqual(pages);
    });

    it("reads in the order in which it is meant", () => {
      const text = textOf(paper(key));
      const order = {
        advies: [
          "Beveiligingsadvies",
          "S. van den Berg-Öztürk",
          "Inhoud",
          "Dreigingsanalyse",
          "Conclusie",
          "Bevinding B1",
          "Foto 1.",
          "Bevinding B2",
          "M1",
          "M2",
          "Wat er overblijft",
          "Vingerafdruk",
          "Zelf nagaan",
          "Verschil met versie 1",
          "Camera aan de voorzijde",
        ],
        verstrekking: [
          "Te verstrekken maatregelen",
          "Gemeente Voorbeelddam",
          "Wat u verstrekt",
          "Nr.",
          "M1",
          "M2",
          "Wat dit van u vraagt",
          "Wat hier niet in staat",
        ],
        uitleg: [
          "S. van den Berg-Öztürk",
          "Wat er met uw melding gebeurt",
          "U hebt ons verteld",
          "Vandaag",
          "Wij bellen u",
          "Let op",
          "Deze week",
          "Aangifte",
          "Berichten",
          "Wanneer",
          "Wij weten waar je woont",
          "Uw contactpersoon",
        ],
        aangifte: [
          "Feiten voor de aangifte",
          "S. van den Berg-Öztürk",
          "Dit is nog geen aangifte",
          "Verzoeken aan de politie",
          "VPT-code",
          "wethouder, Gemeente Voorbeelddam",
          "niet het woonadres",
          "Demonstratieplein 1",
          "De werkgever doet aangifte",
          "Verzoek tot vervolging",
          ...["Wie", "Wat", "Waar", "Waarmee", "Op welke wijze", "Wanneer", "Waarom"].map((name_, place) => `2.${place + 1} ${name_}`),
          "Niet ingevuld",
          "Te beoordelen door politie en OM",
          "Artikel 285 Sr",
          "te beoordelen door politie en OM",
          "Bestanddeel",
          "ja, in de feiten",
          "niet aangekruist",
          "Artikel 285d Sr",
          "te beoordelen door politie en OM",
          "Bewijs",
          "SHA-256",
          "B1",
          "Reactie onder het bericht",
          "Wat hier niet in staat",
          "Het woonadres",
        ],
        uitkomsten: [
          "Factsheet: Utrecht",
          "verzonnen",
          "In het kort",
          "Van de 100",
          "Een vorm van agressie",
          "60",
          "tussen 33",
          "Hoofdstuk 1",
          "Van iedereen",
          "55–65",
          "schatting",
          "Hoofdstuk 2",
        ],
        kamerbrief: [
          "Onze referentie",
          "TER ONDERTEKENING",
          "Antwoorden op vragen",
          "Hierbij gaan",
          "De minister",
          "A.B. Voorbeeld",
          "Vraag 1",
          "Kent u",
          "Antwoord 1",
          "het eerste",
          "het derde",
          "een punt",
          "Zie ook",
          "Aangehaalde cijfers",
          "Marge",
          "Niet openbaar gemaakt",
        ],
        beslisnota: [
          "Onze referentie",
          "TER ONDERTEKENING",
          "Antwoorden op vragen",
          "Hierbij gaan",
          "De minister",
          "A.B. Voorbeeld",
          "Vraag 1",
          "Kent u",
          "Antwoord 1",
          "het eerste",
          "het derde",
          "een punt",
          "Zie ook",
          "Aangehaalde cijfers",
          "Marge",
          "Niet openbaar gemaakt",
        ],
      }[name];
      let at = 0;
      for (const part of order) {
        const found = text.indexOf(part, at);
        expect([part, found >= at]).toEqual([part, true]);
        at = found;
      }
    });
  });

  describe("a letter in English", () => {
    it.each(where)("says so to a reader aloud, and its frame is English, by %s", (runtime) => {
      const made = paper(`${runtime} English`);
      expect(new PdfObjects(made).at("/Root", "/Lang")).toMatch(/^u:en(?:-GB)?$/u);
      const text = textOf(made);
      for (const part of ["25 November 2026", "reference RD-2026-00031", "DEMONSTRATION", "page 1 of 1"]) expect(text).toContain(part);
      expect(text).not.toMatch(/pagina|Kenmerk|november/u);
    });
  });

  describe.skipIf(!hasChromium)(hasChromium ? "in Chromium" : "in Chromium (not installed)", () => {
    it.each(names)("%s has the tags, the words and the pages that Node's validated one has", (name) => {
      const [ours, judged] = [paper(`Chromium ${name}`), paper(`Node ${name}`)];
      expect(tagsOf(new PdfObjects(ours))).toEqual(tagsOf(new PdfObjects(judged)));
      expect(textOf(ours)).toBe(textOf(judged));
      expect(infoOf(ours).get("Pages")).toBe(infoOf(judged).get("Pages"));
    });

    it("gives the same bytes again, and a worst case too", async () => {
      if (page === null) throw new Error("no page");
      const again = await page.render("advies", demonstration.advies.data, demonstration.advies.assets);
      expect(Buffer.from(again.pdf).equals(paper("Chromium advies"))).toBe(true);
      const { data, assets } = demonstrationAdvice(worst);
      expect(grammarOf((await page.render("advies", data, assets)).pdf)).toBe("clean");
    }, 60_000);

    it("brings a refusal over from the worker with its code", async () => {
      if (page === null) throw new Error("no page");
      expect(await page.refusal("brief", {})).toBe("template-unknown");
      expect(await page.refusal("verstrekking", { ...demonstration.verstrekking.data, why: "x" })).toBe("data-invalid");
      expect(await page.refusal("uitleg", demonstration.uitleg.data, { huis: Uint8Array.of(1, 2, 3) })).toBe("picture-unreadable");
    });

    it("loads nothing that belongs to Node, and runs under a policy without unsafe-eval", () => {
      if (page === null) throw new Error("no page");
      expect(page.complaints).toEqual([]);
      const scripts = [...page.files].filter(([path]) => path.endsWith(".js")).map(([, code]) => String(code));
      expect(scripts.length).toBeGreaterThan(1);
      for (const code of scripts) expect(code).not.toMatch(/typst-ts-node-compiler|\.node["']/u);
    });
  });
});
