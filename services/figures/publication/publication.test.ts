/** The picture of a quarter holds what design law 6 asks: few facts are hidden and cannot be worked out, nothing comes out twice in two ways, and every figure can be cited and told from another later. Run by vitest only. */
import { beforeAll, describe, expect, it } from "vitest";
import { nothingPublished } from "@rugdekking/survey/disclosure";
import { Check } from "typebox/value";
import { CitedFigure } from "#services/figures/contract/citation.ts";
import { citationState, citationText, citeFigure, publishedNow } from "#services/figures/contract/cite.ts";
import { missingProperties } from "#services/figures/contract/dcat.ts";
import { Fact, type ReportFiled } from "#services/figures/contract/facts.ts";
import { Picture, type PictureFigure } from "#services/figures/contract/picture.ts";
import { quartersBetween, Trend, trendOf, type PublishedPicture } from "#services/figures/contract/trend.ts";
import { factsDigest, inventedFacts, makePicture, pictureFiles, readFacts, readPictureMemory, type MadePicture, type PictureOrder } from "./index.ts";

const quarter = "2026-q3";
const publisher = { name: "Demo", id: "https://demo.example.nl/id", contact: "demo@example.nl" };
const order = (facts: readonly Fact[], changes: Partial<PictureOrder> = {}): PictureOrder => ({
  facts,
  counts: [],
  quarter,
  edition: 1,
  on: "2026-10-20",
  invented: true,
  publisher,
  memory: nothingPublished,
  ...changes,
});
const facts = inventedFacts(quarter);
let made: MadePicture;
beforeAll(() => {
  made = makePicture(order(facts));
});
const figure = ({ picture }: MadePicture, tail: string): PictureFigure => {
  const found = picture.figures.find(({ id }) => id === `landelijk-2026-k3/${tail}`);
  if (found === undefined) throw new Error(`no ${tail}`);
  return found;
};
const digest = "a".repeat(64);

/** Reports of one month and office, by province and form. */
const reports = (province: ReportFiled["province"], many: number, changes: Partial<ReportFiled> = {}): readonly Fact[] =>
  Array.from({ length: many }, () => ({
    version: 1 as const,
    kind: "report-filed" as const,
    month: "2026-07",
    province,
    function: "municipal-council" as const,
    forms: ["verbal" as const],
    channel: "social-media" as const,
    online: true,
    doxing: false,
    ...changes,
  }));

describe("a picture", () => {
  it("is what its contract says, of facts that are what theirs says", () => {
    expect(facts.every((fact) => Check(Fact, fact))).toBe(true);
    expect(Check(Picture, made.picture)).toBe(true);
  });
  it("counts every fact once, rounded to five, and gives each share of few an interval around it", () => {
    const filed = facts.filter(({ kind }) => kind === "report-filed").length;
    expect(figure(made, "reports/alle").shown).toMatchObject({ value: Math.round(filed / 5) * 5, low: null, high: null });
    for (const { shown, series } of made.picture.figures) {
      if (shown === null) continue;
      const unit = made.picture.series.find(({ id }) => id === series)?.unit;
      if (unit === "count") expect([shown.value % 5, shown.low]).toEqual([0, null]);
      else if (shown.low !== null && shown.high !== null) expect(shown.low <= shown.value && shown.value <= shown.high).toBe(true);
      else expect(shown.n).toBeGreaterThanOrEqual(195);
    }
  });
  it("has a share that is what is in the facts", () => {
    const closed = facts.filter((fact) => fact.kind === "report-closed");
    const share = Math.round((100 * closed.filter(({ complaint }) => complaint).length) / closed.length);
    expect(figure(made, "complaints/alle").shown?.value).toBe(share);
  });
});

describe("protection", () => {
  it("hides fewer than ten, and a second group with which it could be worked out, and says the same of both", () => {
    const few = makePicture(order([...reports("pv28", 60), ...reports("pv30", 40), ...reports("pv26", 14), ...reports("pv29", 6)]));
    const provinces = few.picture.figures.filter(({ series, group }) => series === "reports" && group["province"] !== undefined);
    const hidden = provinces.filter(({ shown }) => shown === null);
    expect(hidden.map(({ group }) => group["province"])).toContain("pv29");
    expect(hidden.length).toBeGreaterThanOrEqual(2);
    expect(new Set(hidden.map(({ withheld }) => withheld))).toEqual(new Set(["protected"]));
    expect(figure(few, "reports/alle").shown?.value).toBe(120);
    expect(figure(few, "reports/province=pv20").shown?.value).toBe(0);
  });
  it("hides a share with every other figure of a hidden group, in narrower denominators too", () => {
    const few = makePicture(order([...reports("pv28", 60), ...reports("pv29", 4)]));
    for (const series of ["reports", "reports-online", "reports-doxing"]) expect(figure(few, `${series}/province=pv29`).shown).toBeNull();
  });
  it("hides that everyone in a group met the same, where that tells something of each", () => {
    const some = [...reports("pv28", 60), ...reports("pv30", 30), ...reports("pv30", 15, { doxing: true }), ...reports("pv28", 15, { doxing: true })];
    const alike = makePicture(order([...some, ...reports("pv29", 12, { doxing: true })]));
    expect(figure(alike, "reports-doxing/province=pv29").shown).toBeNull();
    expect(figure(alike, "reports-doxing/province=pv28").shown?.value).toBe(20);
  });
  it("shows nothing of a kind of which there were fewer than ten", () => {
    const tiny = makePicture(order(reports("pv28", 7)));
    const all = tiny.picture.figures.filter(({ series, group }) => (series === "reports" || series.startsWith("form-")) && Object.keys(group).length === 0);
    expect(all.map(({ shown }) => shown)).toEqual(all.map(() => null));
    expect(figure(tiny, "help-asked/alle").shown?.value).toBe(0);
    expect(figure(tiny, "help-acute/alle")).toMatchObject({ shown: null, withheld: "nobody" });
  });
});

describe("the memory of the desk", () => {
  it("lets a correction out over the same facts, in any order, and refuses other facts of that quarter", () => {
    const again = makePicture(order(facts.toReversed(), { edition: 2, memory: made.memory }));
    expect(again.picture.figures).toEqual(made.picture.figures);
    expect(() => makePicture(order(facts.slice(1), { edition: 2, memory: made.memory }))).toThrow(/published before over other facts/u);
  });
  it("refuses the same edition twice, and lets the next quarter out beside it", () => {
    expect(() => makePicture(order(facts, { memory: made.memory }))).toThrow();
    const next = makePicture(order(inventedFacts("2026-q4"), { quarter: "2026-q4", memory: made.memory }));
    expect(next.memory.guard.publications).toHaveLength(2);
  });
  it("comes back from its file as it was; a broken one is refused", () => {
    const file: unknown = JSON.parse(JSON.stringify(made.memory));
    expect(readPictureMemory(file)).toEqual(made.memory);
    for (const broken of [null, {}, { version: 1, atoms: [], answers: {} }, { version: 1, guard: made.memory.guard, atoms: [{ wave: 3 }], answers: {} }])
      expect(() => readPictureMemory(broken)).toThrow(/never start an empty one/u);
  });
});

describe("a file of facts", () => {
  const text = facts.map((fact) => JSON.stringify(fact)).join("\n");
  it("is read whole, or refused with its line", () => {
    expect(readFacts(text, quarter)).toEqual(facts);
    expect(factsDigest(readFacts(text, quarter))).toBe(factsDigest(facts.toReversed()));
    expect(() => readFacts(`${text}\n{"kind":"report-filed"}`, quarter)).toThrow(new RegExp(`Line ${facts.length + 1}`, "u"));
    expect(() => readFacts(`${text}\nx`, quarter)).toThrow(/none that is known/u);
    expect(() => readFacts(text, "2026-q2")).toThrow(/Line 1 .*outside 2026-q2/u);
    expect(() => readFacts("\n", quarter)).toThrow(/no facts/u);
  });
});

describe("the open data of a picture", () => {
  it("has a line per figure, never a zero for what is hidden, and metadata that lacks nothing", () => {
    const files = new Map(pictureFiles(made.picture, "https://demo.example.nl/publicaties/x/").map(({ name, text }) => [name, text]));
    const lines = (files.get("cijfers.csv") ?? "").trimEnd().split("\r\n");
    expect(lines).toHaveLength(made.picture.figures.length + 1);
    expect(lines.find((line) => line.startsWith("landelijk-2026-k3/scans-requested/province=pv29"))).toMatch(/,Scans aangevraagd,,count,,,,"?Niet getoond/u);
    expect(lines.every((line) => line.endsWith('(verzonnen)"') || line.endsWith("source"))).toBe(true);
    expect(missingProperties(JSON.parse(files.get("catalogus.jsonld") ?? "null"))).toEqual([]);
    expect(() => pictureFiles({ ...made.picture, publisher: { ...publisher, name: " " } }, "https://demo.example.nl/x/")).toThrow(/foaf:name|vcard:fn/u);
  });
});

describe("a line through time", () => {
  const published = (...pictures: readonly MadePicture[]): readonly PublishedPicture[] => pictures.map(({ picture }) => ({ picture, digest }));
  const about = { nl: "Er doen er meer mee.", en: "More take part." };
  it("takes the figures of every quarter as they stand, hidden ones too, under the one memory of the desk", () => {
    const later = makePicture(order(inventedFacts("2026-q4"), { quarter: "2026-q4", memory: made.memory }));
    const trend = trendOf(published(later, made), "reports", {});
    expect(Check(Trend, trend)).toBe(true);
    expect(trend?.quarters.map(({ quarter: of, figure: point }) => [of, point])).toEqual([
      ["2026-q3", figure(made, "reports/alle")],
      ["2026-q4", later.picture.figures.find(({ id }) => id === "landelijk-2026-k4/reports/alle")],
    ]);
    expect(trend?.quarters[0]?.months).toHaveLength(3);
    expect(trend?.breaks).toEqual([]);
    const hidden = trendOf(published(made, later), "scans-requested", { province: "pv29" });
    expect(hidden?.quarters[0]?.figure).toEqual(figure(made, "scans-requested/province=pv29"));
    expect(hidden?.quarters[0]?.months).toEqual([]);
    // The second quarter was weighed beside the first: the guard knows both.
    expect(later.memory.guard.publications.map(({ id }) => id)).toEqual(["landelijk-2026-k3-1", "landelijk-2026-k4-1"]);
  });
  it("breaks where the desk says so, for the series it names, where a quarter is missing, and where it was counted otherwise", () => {
    const later = makePicture(order(inventedFacts("2027-q1"), { quarter: "2027-q1", memory: made.memory, breaks: [{ series: ["reports"], about }] }));
    const kinds = (series: string): unknown => trendOf(published(made, later), series, {})?.breaks.map(({ from, kind }) => [from, kind]);
    expect(kinds("reports")).toEqual([
      ["2027-q1", "stated"],
      ["2027-q1", "not-published"],
    ]);
    expect(kinds("complaints")).toEqual([["2027-q1", "not-published"]]);
    const [first, second] = published(made, later);
    if (first === undefined || second === undefined) throw new Error("two were made");
    const otherwise = { ...first.picture, series: first.picture.series.map((one) => ({ ...one, among: { nl: "iets anders", en: "something else" } })) };
    expect(trendOf([{ picture: otherwise, digest }, second], "complaints", {})?.breaks.map(({ kind }) => kind)).toContain("counted-otherwise");
    const rules = { ...first.picture, method: { ...first.picture.method, minimum: 5 } };
    expect(trendOf([{ picture: rules, digest }, second], "complaints", {})?.breaks.map(({ kind }) => kind)).toContain("rules");
    expect(() => makePicture(order(facts, { breaks: [{ series: ["nothing"], about }] }))).toThrow(/nothing, which is not published/u);
  });
  it("never joins made-up quarters to real ones, and has no line of a month or of what nobody published", () => {
    const real = {
      ...made.picture,
      invented: false,
      id: "landelijk-2026-k4",
      quarter: "2026-q4",
      figures: made.picture.figures.map((one) => ({ ...one, id: one.id.replace("k3", "k4") })),
    };
    expect(trendOf([...published(made), { picture: real, digest }], "reports", {})?.quarters.map(({ quarter: of }) => of)).toEqual(["2026-q4"]);
    expect(trendOf(published(made), "reports", { month: "2026-08" })).toBeNull();
    expect(trendOf(published(made), "nothing", {})).toBeNull();
    expect(trendOf([], "reports", {})).toBeNull();
    expect(quartersBetween("2025-q3", "2026-q2")).toEqual(["2025-q3", "2025-q4", "2026-q1", "2026-q2"]);
  });
});

describe("citing", () => {
  it("gives figures that are shown, of its contract's form, and none that is not", () => {
    for (const { id, shown } of made.picture.figures.filter((_, at) => at % 9 === 0)) {
      const cited = citeFigure(made.picture, id, digest);
      expect(cited === null).toBe(shown === null);
      if (cited !== null) expect(Check(CitedFigure, cited), id).toBe(true);
    }
    expect(citeFigure(made.picture, "landelijk-2026-k3/nothing/alle", digest)).toBeNull();
    expect(citeFigure({ other: true }, "x/y", digest)).toBeNull();
  });
  it("says in one line what, of what, when and where", () => {
    const cited = citeFigure(made.picture, "landelijk-2026-k3/reports/month=2026-08", digest);
    expect(cited === null ? "" : citationText(cited, "https://site.example")).toMatch(
      /^\d+ meldingen kwamen binnen\. Telling over: alle meldingen; augustus 2026\. .*\(verzonnen\), 2026-10-20\. https:\/\/site\.example\/cijfers\/landelijk-2026-k3\/reports\/month=2026-08$/u,
    );
  });
  it("knows the same, the changed and the withdrawn figure, in whatever edition", () => {
    const cited = citeFigure(made.picture, "landelijk-2026-k3/complaints/alle", digest);
    if (cited === null) throw new Error("not shown");
    const changed = (one: Partial<PictureFigure>, edition = 2): unknown => ({
      ...made.picture,
      edition,
      figures: made.picture.figures.map((figureNow) => (figureNow.id === cited.figure ? { ...figureNow, ...one } : figureNow)),
    });
    expect(citationState(cited, publishedNow(made.picture))).toBe("same");
    expect(citationState(cited, publishedNow(changed({})))).toBe("same");
    const shown = { value: cited.value + 1, low: cited.low, high: cited.high, n: cited.n ?? 0 };
    expect(citationState(cited, publishedNow(changed({ shown })))).toBe("changed");
    expect(citationState(cited, publishedNow(changed({ shown: { ...shown, value: cited.value, n: 5 } })))).toBe("changed");
    expect(citationState(cited, publishedNow(changed({ shown: null, withheld: "protected" })))).toBe("withdrawn");
    expect(citationState(cited, publishedNow({ ...made.picture, id: "landelijk-2026-k4" }))).toBe("withdrawn");
    expect(citationState(cited, publishedNow({}))).toBe("withdrawn");
    expect(citationState(cited, null)).toBe("withdrawn");
  });
  it("does the same for a figure of the Monitor, of which a correction is a publication of another name", () => {
    const wave = (edition: number, percent: number): unknown => ({
      id: `monitor-2026-${edition}`,
      wave: "2026",
      on: "2026-12-17",
      source: { nl: "Monitor 2026", en: "Monitor 2026" },
      fieldwork: { from: "2026-05-01", to: "2026-06-01" },
      method: { level: 0.95 },
      dimensions: [{ id: "province", codes: [{ code: "utrecht", title: { nl: "Utrecht", en: "Utrecht" } }] }],
      indicators: [
        {
          id: "any_aggression",
          label: { nl: "kreeg te maken met agressie", en: "met aggression" },
          denominator: { words: { nl: "alle ambtsdragers", en: "all" } },
        },
      ],
      figures: [
        {
          id: `monitor-2026-${edition}/any_aggression/province=utrecht`,
          indicator: "any_aggression",
          group: { province: "utrecht" },
          shown: { percent, low: 40, high: 50, n: 85 },
        },
      ],
    });
    const cited = citeFigure(wave(1, 45), "monitor-2026-1/any_aggression/province=utrecht", digest);
    if (cited === null) throw new Error("not shown");
    expect(Check(CitedFigure, cited)).toBe(true);
    expect(cited).toMatchObject({
      address: "/publicaties/monitor-2026-1/publication.json#any_aggression/province=utrecht",
      denominator: "alle ambtsdragers; Utrecht",
      value: 45,
      level: 0.95,
    });
    expect(citationState(cited, publishedNow(wave(2, 45)))).toBe("same");
    expect(citationState(cited, publishedNow(wave(2, 46)))).toBe("changed");
    expect(citationState(cited, publishedNow(made.picture))).toBe("withdrawn");
  });
});
