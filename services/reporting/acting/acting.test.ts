/** Holds the documents of a report to their rules: each W, each article, each element of DSA art. 16(2), each shielding step and letter. Run by vitest only. */
import { hexOf } from "#services/dossier/contract/hexadecimal.ts";
import { Check } from "typebox/value";
import { describe, expect, it } from "vitest";
import { Block, ComplaintData } from "@rugdekking/paper";
import { articles } from "#registers/articles/index.ts";
import { letterIds, shielding } from "#registers/shielding/index.ts";
import { officeFunctions } from "#services/dossier/contract/bodies.ts";
import { incidentForms, type ReportBody } from "#services/reporting/contract/index.ts";
import { ComplaintPreparation, NoticePreparation, questionIds, ShieldingPreparation, type QuestionId } from "#services/reporting/contract/preparation.ts";
import {
  answersFrom,
  complaintGaps,
  complaintPaper,
  formsBeyond,
  heavierFor,
  isPageAddress,
  keptStep,
  laterDay,
  letterAsks,
  letterDocument,
  letterLanguages,
  nextLook,
  noticeDocument,
  noticeGaps,
  shieldingProgress,
  standingSteps,
  suggestedArticles,
  type EvidenceItem,
  type LetterFacts,
} from "./index.ts";

const answers = {
  who: "Onbekend account",
  what: "Er stond: wij weten waar u woont.",
  where: "https://voorbeeld.example/1",
  "with-what": "Via sociale media",
  "in-what-way": "bedreiging",
  when: "23 november 2026",
  why: "Na een besluit",
};
const preparation: ComplaintPreparation = {
  version: 1,
  type: "complaint",
  by: "employer",
  person: { name: "Wil Demo", function: "alderman", organisation: "Gemeente Demostad" },
  filer: { name: "G. Griffier", office: "griffier" },
  domicile: { name: "Gemeente Demostad", address: "Demonstratieplein 1", place: "0000 AB Demostad" },
  contact: "via de griffie",
  prosecution: true,
  answers,
  articles: [{ id: "sr-285", elements: ["threat"], note: "" }],
  evidence: ["0199b1c4-1111-7222-8333-444455556666"],
};
const file = (item: string, more: Partial<EvidenceItem> = {}): EvidenceItem => ({
  item,
  name: "scherm.png",
  mediaType: "image/png",
  length: 12,
  sha256: "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8",
  entry: 1,
  received: "2026-11-24T07:03:00Z",
  capturedAt: null,
  note: "",
  ...more,
});
const [first = ""] = preparation.evidence;
const facts = {
  preparation,
  evidence: [file(first), file("0199b1c4-1111-7222-8333-444455557777")],
  forms: ["threat" as const],
  reference: "444455556666",
  date: "2026-11-26",
  demonstration: true,
};

const report: ReportBody = {
  version: 1,
  inOwnWords: "Demonstratie",
  what: ["threat", "doxing"],
  channel: "e-mail",
  when: { at: "2026-11-23T21:47:00Z", words: "gisteravond" },
  where: "thuis",
  target: "self",
  author: { known: "suspected", words: "een buurman" },
  reporterName: "Wil Demo",
  function: "alderman",
  organisationName: "Gemeente Demostad",
  acute: false,
  contact: { how: "here", reach: "", wishes: "" },
  attachments: [],
};

describe("the seven W's of the PIF", () => {
  it("are wie, wat, waar, waarmee, op welke wijze, wanneer, waarom, in that order", () => {
    expect(questionIds).toEqual(["who", "what", "where", "with-what", "in-what-way", "when", "why"]);
    expect(complaintPaper(facts).questions.map(({ id }) => id)).toEqual(questionIds);
  });
  it.each(questionIds)("%s: its answer stands in the paper, and its absence is said in two places", (id: QuestionId) => {
    const paper = complaintPaper(facts);
    expect(paper.questions.find((one) => one.id === id)?.text).toBe(answers[id]);
    const lacking = { ...preparation, answers: { ...answers, [id]: " " } };
    expect(complaintGaps(lacking)).toEqual([id]);
    expect(complaintPaper({ ...facts, preparation: lacking }).leftOut).toContain("Antwoord op één van de zeven vragen.");
    expect(paper.leftOut.join()).not.toContain("zeven vragen");
  });
  it.each([
    ["who", "Er is een vermoeden. een buurman"],
    ["what", "Demonstratie"],
    ["where", "thuis"],
    ["with-what", "Via e-mail"],
    ["in-what-way", "bedreiging, persoonsgegevens verspreiden"],
    ["when", "gisteravond, 23 november 2026 om 22:47"],
    ["why", ""],
  ] as const)("%s: the report already answers %j", (id, said) => {
    expect(answersFrom(report)[id]).toBe(said);
  });
  it("take a story of any length a report may have", () => {
    const long = answersFrom({ ...report, inOwnWords: "a".repeat(60_000) });
    expect(Check(ComplaintPreparation, { ...preparation, answers: long })).toBe(true);
  });
});

describe("the facts for a complaint", () => {
  it("fit the template, with nothing filled in as well", () => {
    expect(Check(ComplaintData, complaintPaper(facts))).toBe(true);
    const bare: ComplaintPreparation = {
      ...preparation,
      by: "office-holder",
      person: { name: "", function: null, organisation: "" },
      filer: { name: "", office: "" },
      domicile: { name: "", address: "", place: "" },
      contact: "",
      answers: { who: "", what: "", where: "", "with-what": "", "in-what-way": "", when: "", why: "" },
      articles: [],
      evidence: [],
    };
    expect(Check(ComplaintData, complaintPaper({ ...facts, preparation: bare, evidence: [] }))).toBe(true);
    expect(complaintGaps(bare)).toEqual([...questionIds, "name", "function", "domicile", "articles", "evidence"]);
  });
  it("ask who goes when the employer files, and ask for prosecution only where an article hangs on it", () => {
    expect(complaintGaps({ ...preparation, filer: { name: "", office: "" } })).toEqual(["filer"]);
    expect(complaintGaps({ ...preparation, prosecution: false })).toEqual([]);
    expect(complaintGaps({ ...preparation, prosecution: false, articles: [{ id: "sr-285b", elements: [], note: "" }] })).toEqual(["request"]);
  });
  it("name the chosen files only, by their SHA-256, and count the others", () => {
    const paper = complaintPaper(facts);
    expect(paper.evidence.map(({ code, digest }) => [code, digest])).toEqual([["B1", "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"]]);
    expect(paper.leftOut).toContain("Eén ander bestand uit het dossier.");
    expect(paper.leftOut).toContain("Een tijdstempel van een ander dan de melder, bij één bestand.");
    // An answer, a note or a file's name may hold it: the paper may not say that it is not there.
    expect(paper.leftOut[0]).toBe(
      "Een plek voor het woonadres: die is er met opzet niet. Staat het toch in een antwoord, een toelichting of bij een bestand, neem het dan niet over.",
    );
  });
  it("show a time stamp and where it was found, where these lie beside a file", () => {
    const stamped = file(first, {
      stamp: { at: "2026-11-24T07:04:00Z", authority: "Demonstratie TSA" },
      capture: { url: "https://voorbeeld.example/1", account: "demo", platform: "Voorbeeldnet" },
      capturedAt: "2026-11-23T21:51:00Z",
    });
    const [row] = complaintPaper({ ...facts, evidence: [stamped] }).evidence;
    expect(row?.stamp).toEqual({ at: "24 november 2026 om 08:04", authority: "Demonstratie TSA" });
    expect(row?.found).toBe("Voorbeeldnet, demo, https://voorbeeld.example/1");
    expect(row?.captured).toBe("23 november 2026 om 22:51");
    expect(complaintPaper({ ...facts, evidence: [stamped] }).leftOut.join()).not.toContain("tijdstempel");
  });
  it("pass over an item that this reader cannot see", () => {
    expect(complaintPaper({ ...facts, evidence: [] }).evidence).toEqual([]);
  });
  it("turn base64url into hexadecimal", () => expect(hexOf("_-8")).toBe("ffef"));
});

describe("articles that may apply", () => {
  it("are those of threats, doxing, abuse, incitement and coercion", () => {
    expect([...articles.values()].map(({ article }) => article)).toEqual(["285", "285b", "285d", "261", "262", "266", "267", "131", "179", "284"]);
  });
  it.each([...articles.values()].map((article) => [article.article, article] as const))(
    "%s: every element can be ticked, and what is ticked is the person's word",
    (_number, article) => {
      const [seen = ""] = article.elements;
      const chosen = { ...preparation, articles: [{ id: article.id, elements: [seen], note: "toelichting" }] };
      const [printed] = complaintPaper({ ...facts, preparation: chosen }).articles;
      expect(printed?.elements.map((one) => one.seen)).toEqual(article.elements.map((id) => id === seen));
      expect(printed?.elements.map(({ text }) => text)).toEqual(article.elements.map((id) => article.nl.elements[id]));
      expect(printed?.note).toBe("toelichting");
      expect(printed?.source).not.toBe("");
      expect(printed?.request === "").toBe(article.complaint === "never");
      // It never says that something is a crime.
      expect(JSON.stringify(printed)).not.toMatch(/is strafbaar gepleegd|u bent slachtoffer|schuldig|dader is/iu);
    },
  );
  it("say that the OM may not prosecute without a klacht for stalking, defamation and insult; not for threats, doxing, incitement and coercion of an official", () => {
    const requestOf = (id: string): string | undefined =>
      complaintPaper({ ...facts, preparation: { ...preparation, articles: [{ id, elements: [], note: "" }] } }).articles[0]?.request;
    for (const id of ["sr-285", "sr-285d", "sr-131", "sr-179", "sr-267"]) expect([id, requestOf(id)]).toEqual([id, ""]);
    expect(requestOf("sr-285b")).toMatch(/mag het OM niet vervolgen\. De klacht moet er zijn binnen drie maanden/u);
    for (const id of ["sr-261", "sr-262", "sr-266"]) expect(requestOf(id)).toMatch(/mag het OM niet vervolgen, tenzij artikel 267 geldt/u);
    // Coercion hangs on it only where the threat was one of defamation (art. 284 lid 2).
    expect(requestOf("sr-284")).toMatch(/^Is met smaad of smaadschrift gedreigd/u);
  });
  it("say in both languages that 285d was read as a bill, and that a dijkgraaf was not in its list", () => {
    const doxing = articles.get("sr-285d");
    expect(doxing?.nl.open).toMatch(/wetsvoorstel van 17 april 2023[\s\S]*dijkgraaf/u);
    expect(doxing?.en.open).toMatch(/bill of 17 April 2023/u);
  });
  it.each(officeFunctions)("one third more for doxing: %s is named only where the source names it", (id) => {
    const doxing = articles.get("sr-285d");
    if (doxing === undefined) throw new Error("285d is gone");
    const named = ["kings-commissioner", "provincial-executive", "provincial-councillor", "mayor", "alderman", "councillor"].includes(id);
    expect(heavierFor(doxing, id)).toBe(named ? "named" : "not-named");
    const printed = complaintPaper({
      ...facts,
      preparation: { ...preparation, person: { ...preparation.person, function: id }, articles: [{ id: "sr-285d", elements: [], note: "" }] },
    }).articles[0];
    expect(printed?.heavier).toMatch(named ? /staat in de lijst/u : /staat niet in de lijst/u);
  });
  it("claim no heavier punishment where no source was read that names functions", () => {
    for (const article of articles.values()) if (article.id !== "sr-285d") expect([article.id, heavierFor(article, "mayor")]).toEqual([article.id, null]);
  });
  it("are suggested by the forms of the report, and a form without one is said", () => {
    expect(suggestedArticles(["doxing", "threat"])).toEqual(["sr-285", "sr-285d"]);
    expect(suggestedArticles(["physical", "sexual", "discrimination", "other"])).toEqual([]);
    expect(formsBeyond([...incidentForms])).toEqual(["physical", "discrimination", "sexual"]);
    expect(complaintPaper({ ...facts, forms: ["physical"] }).beyond).toContain("fysiek geweld");
  });
});

const notice: NoticePreparation = {
  version: 1,
  type: "platform-notice",
  id: "0199b1c4-1111-7222-8333-444455556666",
  platform: "Voorbeeldnet",
  urls: ["https://voorbeeld.example/berichten/1"],
  location: "account demo, 23 november 2026",
  says: "Wij weten waar je woont.",
  articles: ["sr-285d"],
  why: "Dit bericht noemt mijn adres om mij bang te maken.",
  notifier: { name: "Gemeente Demostad", email: "veiligheid@demostad.example.nl" },
  exception: false,
  goodFaith: true,
  evidence: [],
  sentOn: null,
  again: null,
  answer: "",
};

describe("DSA art. 16(2): a notice to a platform", () => {
  it("lacks nothing when every element is there", () => {
    expect(Check(NoticePreparation, notice)).toBe(true);
    expect(noticeGaps(notice)).toEqual([]);
  });
  it.each<[string, Partial<NoticePreparation>, string]>([
    ["(a) why it is illegal", { why: " " }, "why"],
    ["(b) the exact address", { urls: [] }, "url"],
    ["(b) an address that leads to one page", { urls: ["Voorbeeldnet, onder mijn bericht"] }, "url-wrong"],
    ["(c) the name", { notifier: { ...notice.notifier, name: "" } }, "name"],
    ["(c) the e-mail address", { notifier: { ...notice.notifier, email: "geen adres" } }, "email"],
    ["(d) good faith", { goodFaith: false }, "good-faith"],
    ["whom it is for", { platform: "" }, "platform"],
  ])("%s is asked for when it is missing", (_what, change, gap) => {
    expect(noticeGaps({ ...notice, ...change })).toEqual([gap]);
  });
  it.each([
    [
      "nl",
      [
        notice.why,
        notice.urls[0] ?? "",
        notice.notifier.name,
        notice.notifier.email,
        "te goeder trouw van overtuigd",
        "artikel 285d (Doxing)",
        "lid 4",
        "lid 5",
        "lid 6",
      ],
    ],
    [
      "en",
      [notice.why, notice.urls[0] ?? "", notice.notifier.name, notice.notifier.email, "bona fide belief", "Article 285d (Doxing)", "16(4)", "16(5)", "16(6)"],
    ],
  ] as const)("has them all in %s, as text to copy and as blocks of the template", (language, said) => {
    const { text, parts, language: written } = noticeDocument(notice, language);
    expect(written).toBe(language);
    for (const words of said) expect(text).toContain(words);
    for (const part of parts) expect([part.kind, Check(Block, part)]).toEqual([part.kind, true]);
  });
  it("leaves out name and e-mail only under the exception of (c), and says which that is", () => {
    const nameless = { ...notice, exception: true, notifier: { name: "", email: "" } };
    expect(noticeGaps(nameless)).toEqual([]);
    for (const language of ["nl", "en"] as const) {
      const { text } = noticeDocument(nameless, language);
      expect(text).toContain("2011/93/EU");
      expect(text).not.toContain("@");
    }
    expect(noticeDocument(notice, "en").text).not.toContain("2011/93/EU");
  });
  it("makes nothing up: what is empty is not there", () => {
    const { text } = noticeDocument({ ...notice, goodFaith: false, articles: [], says: "", location: "" }, "nl");
    expect(text).not.toMatch(/goeder trouw|Wetboek van Strafrecht|Wat er staat|herkennen/u);
  });
  it.each([
    ["https://voorbeeld.example/1", true],
    ["http://voorbeeld.example", true],
    ["javascript:alert(1)", false],
    ["voorbeeld.example/1", false],
    ["https://localhost", false],
    ["", false],
  ])("takes %j as an address: %s", (text, is) => expect(isPageAddress(text)).toBe(is));
});

const empty: LetterFacts = {
  name: "",
  function: "",
  organisation: "",
  reply: "",
  delegate: "",
  home: "",
  number: "",
  pages: [],
  reason: "",
  threatened: false,
  receiver: "",
  date: "2026-11-26",
};
const filled: LetterFacts = {
  name: "Wil Demo",
  function: "wethouder",
  organisation: "Gemeente Demostad",
  reply: "griffie@demostad.example.nl",
  delegate: "",
  home: "Demonstratielaan 12, Demostad",
  number: "00000000",
  pages: ["https://voorbeeld.example/adressen"],
  reason: "Er is gedreigd.",
  threatened: true,
  receiver: "Voorbeeldsite",
  date: "2026-11-26",
};

describe("shielding steps", () => {
  it("cover KVK, Kadaster, BRP, street pictures of Google and Apple, people search, old pages, social media, and say that a number plate asks nothing", () => {
    const ids = shielding.steps.map(({ id }) => id);
    for (const id of ["kvk", "kadaster", "brp", "google-maps", "apple-look-around", "people-search", "old-pages", "social-media", "plate"])
      expect(ids).toContain(id);
    expect(shielding.steps.filter(({ nothing }) => nothing).map(({ id }) => id)).toEqual(["plate"]);
  });
  it("say what is open where no source settles it", () => {
    const open = (id: string): string => shielding.steps.find((step) => step.id === id)?.nl.open ?? "";
    expect(open("kadaster")).toContain("lokale politici");
    expect(open("brp")).toContain("staat niet in onze bronnen");
    expect(open("google-maps")).toContain("staat niet in onze bronnen");
  });
  it("have what the rules say: bijlage B and no bv or nv at KVK, five years and the watching police at the Kadaster", () => {
    const words = (id: string): string => JSON.stringify(shielding.steps.find((step) => step.id === id)?.nl);
    expect(words("kvk")).toMatch(/bijlage B[\s\S]*bv of nv/u);
    expect(words("kadaster")).toMatch(/politie waakt[\s\S]*vijf jaar/u);
  });
  it("stand as the newest entry says, lettered, and ask to be looked at again on their day", () => {
    const kvk = shielding.steps[0];
    if (kvk === undefined) throw new Error("no step");
    const kept = keptStep(kvk, { state: "asked", on: "2026-11-01", again: "2026-11-26", note: "" });
    expect(Check(ShieldingPreparation, kept)).toBe(true);
    const before = standingSteps(new Map([[kvk.id, kept]]), "2026-11-25");
    const today = standingSteps(new Map([[kvk.id, kept]]), "2026-11-26");
    expect([before[0]?.due, today[0]?.due, today[0]?.code, today[1]?.code]).toEqual([false, true, "A", "B"]);
    expect(today[1]?.state).toBe("open");
    expect(shieldingProgress(today)).toEqual({ done: 0, all: shielding.steps.length - 1 });
  });
  it("propose a day to look again for what was asked or done only", () => {
    const kadaster = shielding.steps.find(({ id }) => id === "kadaster");
    if (kadaster === undefined) throw new Error("no step");
    expect(nextLook(kadaster, "done", "2026-11-26")).toBe("2031-05-24");
    expect(nextLook(kadaster, "not-needed", "2026-11-26")).toBe(null);
    expect(laterDay("2028-02-28", 2)).toBe("2028-03-01");
  });
});

describe.each(letterIds)("the letter %s", (id) => {
  it.each(letterLanguages(id))("is whole in %s, and shows dots where something is missing", (language) => {
    for (const facts_ of [empty, filled]) {
      const letter = letterDocument(id, facts_, language);
      expect(letter.language).toBe(language);
      for (const part of letter.parts) expect([part.kind, Check(Block, part)]).toEqual([part.kind, true]);
      expect(letter.text).not.toMatch(/undefined|null/u);
    }
    expect(letterDocument(id, empty, language).text).toContain("…………");
    const { text } = letterDocument(id, filled, language);
    expect(text).not.toContain("…………");
    if (letterAsks[id].includes("home")) expect(text).toContain(filled.home);
    if (letterAsks[id].includes("pages")) expect(text).toContain(filled.pages[0]);
  });
  it("says that the person was threatened only where they say so", () => {
    for (const language of letterLanguages(id)) {
      const said = (threatened: boolean): boolean => /bedreigd|threatened/u.test(letterDocument(id, { ...filled, threatened }, language).text);
      expect([said(false), said(true)]).toEqual([false, letterAsks[id].includes("threatened")]);
    }
  });
  it("says who writes when a delegate does", () => {
    const letter = letterDocument(id, { ...filled, delegate: "D. Delegate" }, "nl");
    expect(letter.text).toMatch(/machtiging[\s\S]*D\. Delegate, namens Wil Demo/u);
    expect(letterDocument(id, filled, "nl").text).not.toContain("machtiging");
  });
});
