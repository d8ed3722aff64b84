/** What renderPaper promises, with the native compiler under `ua-1` as the judge: every template in every size, the same bytes again, nothing read from elsewhere, every refusal by its code. */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { browserCompiler } from "./browser.ts";
import { PaperError, renderPaper, type PaperCompiler, type PaperData, type PaperFiles } from "./index.ts";
import { nodeCompiler } from "./node.ts";
import { renderUnknown } from "./render.ts";
import {
  demonstrationAdvice,
  demonstrationComplaint,
  demonstrationExplanation,
  demonstrationPhoto,
  demonstrationProvision,
  demonstrationRunning,
  englishLetter,
  filesFromDisk,
  ordinary,
  worst,
} from "./testing.ts";

let files: PaperFiles;
let compiler: PaperCompiler;
beforeAll(async () => {
  files = await filesFromDisk();
  compiler = nodeCompiler(files);
});

/** The code it is refused with; "made" when it is not refused. */
function refusal(make: () => unknown): string {
  try {
    make();
  } catch (error) {
    if (error instanceof PaperError) return error.code;
    throw error;
  }
  return "made";
}

const plain = (text: string): PaperData["uitleg"] => ({
  document: { title: "Brief", reference: "", version: null, date: "2026-11-25", marking: "", demonstration: false },
  from: [],
  to: [],
  blocks: [{ kind: "paragraph", text }],
});

/** The same files with one source rewritten. */
const rewritten = (name: string, rewrite: (source: string) => string): PaperFiles => {
  const source = files.sources.get(name) ?? "";
  const changed = rewrite(source);
  expect(changed).not.toBe(source);
  return { ...files, sources: new Map([...files.sources, [name, changed]]) };
};

describe("PDF/UA-1, as Typst's own validator judges it", () => {
  it.each([
    ["ordinary", ordinary],
    ["worst case", worst],
    ["almost nothing", { findings: 1, measures: 0, risks: 0, photos: 0, paragraphs: 0 }],
  ])("takes an advice: %s", (_name, scale) => {
    const { data, assets } = demonstrationAdvice(scale);
    expect(renderPaper(compiler, "advies", data, assets).byteLength).toBeGreaterThan(20_000);
  });

  it.each(["kamerbrief", "beslisnota"] as const)("takes a %s with every kind of block, and one that says almost nothing", (name) => {
    const data = demonstrationRunning(200);
    expect(renderPaper(compiler, name, data).byteLength).toBeGreaterThan(20_000);
    const bare = { ...data, concept: false, purpose: "", to: [], facts: [], blocks: [{ kind: "paragraph" as const, pieces: [] }] };
    expect(renderPaper(compiler, name, bare).byteLength).toBeGreaterThan(2_000);
  });

  it.each([
    [
      "a cross reference that leads nowhere",
      { kind: "paragraph" as const, pieces: [{ kind: "goto" as const, text: "zie", target: "nergens" }] },
      "/blocks/11/pieces/0/target",
    ],
    ["a place that stands twice", { kind: "heading" as const, level: 2, text: "Vraag 1", anchor: "vraag-1" }, "/blocks/11/anchor"],
    ["a skipped level", { kind: "heading" as const, level: 3, text: "Kop", anchor: null }, "/blocks/12/level"],
    ["a row of another length", { kind: "table" as const, caption: "", columns: ["a", "b"], rows: [["1"]] }, "/blocks/11/rows/0"],
    ["an address that is none", { kind: "paragraph" as const, pieces: [{ kind: "note" as const, text: "", link: "https://a b" }] }, "/blocks/11/pieces/0/kind"],
  ])("refuses running text with %s, and says where", (what, block, path) => {
    const data = demonstrationRunning(0);
    const blocks =
      what === "a skipped level" ? [...data.blocks, { kind: "heading" as const, level: 1, text: "Deel", anchor: null }, block] : [...data.blocks, block];
    expect(() => renderPaper(compiler, "kamerbrief", { ...data, blocks })).toThrow(
      expect.objectContaining({ code: "data-invalid", data: { template: "kamerbrief", path } }),
    );
  });

  it("takes a concept with every text empty", () => {
    const { data } = demonstrationAdvice({ findings: 1, measures: 1, risks: 1, photos: 0, paragraphs: 0 });
    const bare: PaperData["advies"] = {
      ...data,
      document: { ...data.document, reference: "", marking: "", demonstration: false },
      status: "concept",
      subject: { name: "N", function: "", organisation: "", address: "" },
      author: { name: "", office: "" },
      summary: "",
      grounds: "",
      threat: { history: "", localInformation: "", sources: [], notAsked: "Geen tijd.\n\nEn geen reden.", conclusion: "" },
      assessment: { visits: [], note: "" },
      sections: [],
      findings: [],
      risks: [
        {
          code: "R1",
          domain: "werk",
          scenario: "",
          findings: [],
          before: { seriousness: "low", likelihood: "likely" },
          after: { seriousness: "low", likelihood: "unlikely" },
        },
      ],
      house: null,
      measures: [],
      remainingRisk: "",
      signature: null,
      changes: { version: 1, date: "2026-11-01", items: [] },
    };
    expect(refusal(() => renderPaper(compiler, "advies", bare))).toBe("made");
  });

  it("takes one text as long as a text may be, inside a table row", () => {
    const { data, assets } = demonstrationAdvice({ ...ordinary, photos: 0 });
    const [first, ...rest] = data.measures;
    if (first === undefined) throw new Error("no measure");
    const long = { ...data, measures: [{ ...first, why: "Een lange reden die over bladzijden loopt. ".repeat(1_300) }, ...rest] };
    expect(refusal(() => renderPaper(compiler, "advies", long, assets))).toBe("made");
  });

  it.each([1, 150])("takes a provision list of %i lines", (count) => {
    expect(refusal(() => renderPaper(compiler, "verstrekking", demonstrationProvision(count)))).toBe("made");
  });

  it.each([1, 200])("takes an explanation with every block and %i paragraphs", (count) => {
    const { data, assets } = demonstrationExplanation(count);
    expect(refusal(() => renderPaper(compiler, "uitleg", data, assets))).toBe("made");
  });

  it.each([
    { files: 0, articles: 0, paragraphs: 0 },
    { files: 6, articles: 2, paragraphs: 1 },
    { files: 300, articles: 30, paragraphs: 40 },
  ])("takes facts for a complaint: $files files, $articles articles, $paragraphs paragraphs", (size) => {
    expect(refusal(() => renderPaper(compiler, "aangifte", demonstrationComplaint(size)))).toBe("made");
  });

  it("takes facts for a complaint in which nothing was filled in", () => {
    const data = demonstrationComplaint({ files: 0, articles: 0, paragraphs: 0 });
    const bare: PaperData["aangifte"] = {
      ...data,
      document: { ...data.document, reference: "", marking: "", demonstration: false },
      by: "office-holder",
      person: { name: "", function: "", organisation: "" },
      filer: { name: "", office: "" },
      domicile: { name: "", address: "", place: "" },
      contact: "",
      prosecution: false,
      beyond: "",
    };
    expect(refusal(() => renderPaper(compiler, "aangifte", bare))).toBe("made");
  });

  it("takes a letter in English", () => {
    expect(refusal(() => renderPaper(compiler, "uitleg", englishLetter))).toBe("made");
  });

  it.each([
    ["no title", "stijl.typ", (source: string) => source.replace("title: head.title,", ""), "title"],
    ["a picture without alternative text", "stijl.typ", (source: string) => source.replace("alt: picture.alt, ", ""), "alt"],
    ["a heading level skipped", "blokken.typ", (source: string) => source.replace("heading(level: b.level,", "heading(level: b.level * 2 + 1,"), "heading"],
    ["a character no font has", "uitleg.typ", (source: string) => `${source}\n\u0639`, "could not be displayed"],
  ])("refuses a template with %s", (_name, file, rewrite, word) => {
    const { data, assets } = demonstrationExplanation(1);
    const broken = nodeCompiler(rewritten(file, rewrite));
    expect(refusal(() => renderPaper(broken, "uitleg", data, assets))).toBe("compile-refused");
    expect(() => renderPaper(broken, "uitleg", data, assets)).toThrow(word);
  });
});

describe("the same again", () => {
  it("gives the same bytes for the same data, whatever was made in between", () => {
    const { data, assets } = demonstrationAdvice(ordinary);
    const first = renderPaper(compiler, "advies", data, assets);
    renderPaper(compiler, "verstrekking", demonstrationProvision(3));
    expect(Buffer.from(renderPaper(compiler, "advies", data, assets)).equals(first)).toBe(true);
    expect(Buffer.from(renderPaper(nodeCompiler(files), "advies", data, assets)).equals(first)).toBe(true);
  });
});

describe("a paper reads only what was handed in", () => {
  const inputs = new Map([["data.json", new TextEncoder().encode("{}")]]);
  const asking = {
    "a file of the machine": `#set document(title: "x")\n#read("/etc/passwd")`,
    "a file beside the engine": `#set document(title: "x")\n#read("package.json")`,
    "a file above its folder": `#set document(title: "x")\n#read("../../../../etc/passwd")`,
    "a package from the network": `#import "@preview/cetz:0.3.0"`,
  };

  it.each(Object.entries(asking))("not %s, in Node", (_name, source) => {
    expect(refusal(() => nodeCompiler(rewritten("uitleg.typ", () => source)).compile("uitleg.typ", inputs))).toBe("compile-refused");
  });

  it("nor any of these in the WebAssembly compiler, and it says the rest still works", async () => {
    // The compiler says each refusal on the console too.
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    const wasm = await readFile(fileURLToPath(import.meta.resolve("@myriaddreamin/typst-ts-web-compiler/wasm")));
    const sources = new Map(Object.values(asking).map((source, n) => [`asking-${n}.typ`, source]));
    const web = await browserCompiler({ ...files, sources: new Map([...files.sources, ...sources]) }, wasm);
    expect([...sources.keys()].map((name) => refusal(() => web.compile(name, inputs)))).toEqual(Array.from({ length: 4 }, () => "compile-refused"));
    expect(refusal(() => renderPaper(web, "uitleg", plain("gewoon")))).toBe("made");
  }, 120_000);

  it("and forgets it: the next paper does not find the pictures of the one before", () => {
    const { data, assets } = demonstrationExplanation(1);
    renderPaper(compiler, "uitleg", data, assets);
    expect(refusal(() => compiler.compile("uitleg.typ", inputs))).toBe("compile-refused");
    expect(refusal(() => compiler.compile("uitleg.typ", new Map()))).toBe("compile-refused");
  });
});

describe("every refusal says what, where and how to mend it", () => {
  const advice = demonstrationAdvice({ ...ordinary, photos: 1 });
  const without = (name: string) => Object.fromEntries(Object.entries(advice.assets).filter(([key]) => key !== name));
  const bytes = (text: string) => new TextEncoder().encode(text);
  const complaint = demonstrationComplaint({ files: 2, articles: 1, paragraphs: 1 });
  const cut = demonstrationPhoto(1).slice(0, 20);
  const huge = demonstrationPhoto(1);
  new DataView(huge.buffer).setUint32(16, 60_000);
  new DataView(huge.buffer).setUint32(20, 60_000);

  it.each([
    ["template-unknown", "brief", {}, {}, "advies, verstrekking, uitleg, aangifte"],
    ["data-invalid", "advies", null, {}, "/"],
    ["data-invalid", "advies", { ...advice.data, document: { ...advice.data.document, date: "2026-02-30" } }, advice.assets, "/document/date"],
    ["data-invalid", "advies", { ...advice.data, document: { ...advice.data.document, title: " " } }, advice.assets, "/document/title"],
    ["data-invalid", "advies", { ...advice.data, secret: "x" }, advice.assets, "at /"],
    ["data-invalid", "advies", { ...advice.data, signature: null }, advice.assets, "/signature"],
    ["data-invalid", "advies", { ...advice.data, measures: advice.data.measures.map((m) => ({ ...m, findings: ["B99"] })) }, advice.assets, "B99"],
    ["data-invalid", "advies", { ...advice.data, measures: advice.data.measures.map((m) => ({ ...m, code: "M1" })) }, advice.assets, "twice"],
    ["data-invalid", "verstrekking", { ...demonstrationProvision(3), totalHigh: 1 }, {}, "sums of the lines"],
    ["data-invalid", "uitleg", { ...plain("x"), blocks: [{ kind: "heading", level: 2, text: "x" }] }, {}, "/blocks/0/level"],
    ["data-invalid", "uitleg", { ...plain("x"), blocks: [{ kind: "table", caption: "", columns: ["a", "b"], rows: [["1"]] }] }, {}, "/blocks/0/rows/0"],
    ["data-invalid", "aangifte", { ...complaint, questions: complaint.questions.toReversed() }, {}, "/questions/0/id"],
    ["data-invalid", "aangifte", { ...complaint, evidence: complaint.evidence.map((one) => ({ ...one, code: "B1" })) }, {}, "twice"],
    ["data-invalid", "aangifte", { ...complaint, leftOut: [] }, {}, "/leftOut"],
    ["data-invalid", "aangifte", { ...complaint, document: { ...complaint.document, language: "en" } }, {}, "/document/language"],
    ["data-invalid", "verstrekking", { ...demonstrationProvision(3), document: { ...complaint.document, language: "en" } }, {}, "/document/language"],
    [
      "data-too-large",
      "uitleg",
      { ...plain("x"), blocks: Array.from({ length: 100 }, () => ({ kind: "paragraph", text: "x y ".repeat(15_000) })) },
      {},
      "4000000",
    ],
    ["asset-missing", "advies", advice.data, without("huis"), "huis"],
    ["asset-unused", "advies", advice.data, { ...advice.assets, extra: demonstrationPhoto(2) }, "extra"],
    ["picture-unreadable", "advies", advice.data, { ...advice.assets, huis: bytes("%PDF-1.7") }, "PNG or JPEG"],
    ["picture-unreadable", "advies", advice.data, { ...advice.assets, huis: new Uint8Array() }, "huis"],
    ["picture-unreadable", "advies", advice.data, { ...advice.assets, huis: cut }, "huis"],
    [
      "picture-unreadable",
      "advies",
      advice.data,
      { ...advice.assets, huis: bytes(`<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>`) },
      "stands alone",
    ],
    [
      "picture-unreadable",
      "advies",
      advice.data,
      { ...advice.assets, huis: bytes(`<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg"/>`) },
      "stands alone",
    ],
    ["picture-too-large", "advies", advice.data, { ...advice.assets, huis: huge }, "60000 by 60000"],
    ["picture-too-large", "advies", advice.data, { ...advice.assets, huis: new Uint8Array(12_000_001) }, "12000000"],
    ["compile-refused", "advies", advice.data, { ...advice.assets, huis: demonstrationPhoto(1).slice(0, 400) }, "advies.typ"],
  ])("%s: %s", (code, template, data, assets, said) => {
    const make = () => renderUnknown(compiler, template, data, assets);
    expect(refusal(make)).toBe(code);
    expect(make).toThrow(said);
  });

  it("never repeats what a person wrote", () => {
    const canary = "KANARIE-4711";
    const make = () => renderUnknown(compiler, "advies", { ...advice.data, summary: canary, status: canary, remainingRisk: 3 }, advice.assets);
    expect(make).toThrow(PaperError);
    expect(make).not.toThrow(canary);
  });
});

describe("the employer's extract", () => {
  it.each(["why", "findings", "rule", "seriousness"])("has no field for %s and refuses one", (field) => {
    const data = demonstrationProvision(2);
    const leaking = { ...data, lines: data.lines.map((line) => ({ ...line, [field]: "De achterdeur sluit niet." })) };
    expect(refusal(() => renderUnknown(compiler, "verstrekking", leaking, {}))).toBe("data-invalid");
  });
});

describe("the facts for a complaint", () => {
  const data = demonstrationComplaint({ files: 2, articles: 2, paragraphs: 1 });
  it.each(["homeAddress", "verdict", "suspect"])("has no field for %s and refuses one", (field) => {
    expect(refusal(() => renderUnknown(compiler, "aangifte", { ...data, [field]: "x" }, {}))).toBe("data-invalid");
    expect(refusal(() => renderUnknown(compiler, "aangifte", { ...data, person: { ...data.person, [field]: "x" } }, {}))).toBe("data-invalid");
    const articles = data.articles.map((article) => ({ ...article, [field]: "x" }));
    expect(refusal(() => renderUnknown(compiler, "aangifte", { ...data, articles }, {}))).toBe("data-invalid");
  });
});
