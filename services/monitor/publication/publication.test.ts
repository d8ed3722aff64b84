/**
 * A whole publication of an invented wave: what is hidden cannot be worked out, what is shown is what was estimated, every paper says the same numbers. Run by vitest only.
 * The attacker here shares nothing with the suppression: it knows every figure that is out with its exact number of answers and of those who said yes, and adds and subtracts by elimination.
 */
import { beforeAll, describe, expect, it } from "vitest";
import { Check } from "typebox/value";
import { publicationRules, type PublicationRules } from "#registers/publications/index.ts";
import { loadQuestionnaire, type Questionnaire } from "#registers/questionnaires/index.ts";
import { Publication, withheldWords } from "#services/monitor/contract/publication.ts";
import type { WaveAnswers } from "./answers.ts";
import { distributedIn, groupsBy, measuredIn, membersOf } from "./cells.ts";
import { svgText } from "./charts/index.ts";
import { factsheetGroups, factsheetOf, reportOf, type MonitorDocument } from "./documents.ts";
import { groupName, type Group } from "./group-name.ts";
import { makePublication, type Made } from "./make.ts";
import { catalogueOf, codebookFile, missingProperties, tableFiles } from "./open-data/index.ts";
import { nothingEarlier, protect, readEarlier } from "./protection.ts";
import { citation, distributionsOf, figureNamed, figureOf, freeze, holds } from "./reading.ts";
import { columnOf, readSample, type Sample } from "./sample.ts";
import { estimateTables } from "./tables.ts";
import { inventedStrata, inventedWave } from "./testing-answers.ts";
import { weigh } from "./weighting.ts";

const [first] = publicationRules;
if (first === undefined) throw new Error("no rules");
const rules: PublicationRules = first;
let questionnaire: Questionnaire;
let answers: WaveAnswers;
let sample: Sample;
let made: Made;
let publication: Publication;

/** A quarter of the answers of the whole wave, so that many groups are too small. */
beforeAll(async () => {
  const found = await loadQuestionnaire("monitor", 1);
  if (found === null) throw new Error("no questionnaire");
  questionnaire = found;
  answers = inventedWave(
    questionnaire,
    4,
    undefined,
    inventedStrata().map((stratum) => ({ ...stratum, answering: Math.ceil(stratum.answering / 4) })),
  );
  sample = readSample(answers, questionnaire, rules);
  columns = new Map(measuredIn(sample, rules, questionnaire).map(({ rule, values }) => [rule.id, values]));
  made = makePublication({ answers, questionnaire, rules, earlier: nothingEarlier, edition: 1, on: "2026-12-17" });
  ({ publication } = made);
});

/** Whether adding and subtracting the rows gives the target. */
class Attacker {
  readonly #rows: Float64Array[] = [];

  #reduced(row: Float64Array): Float64Array {
    const rest = Float64Array.from(row);
    for (const own of this.#rows) {
      const lead = own.findIndex((value) => Math.abs(value) > 1e-9);
      const factor = (rest[lead] ?? 0) / (own[lead] ?? 1);
      if (factor !== 0) for (let at = 0; at < rest.length; at += 1) rest[at] = (rest[at] ?? 0) - factor * (own[at] ?? 0);
    }
    return rest;
  }
  learn(row: Float64Array): void {
    const rest = this.#reduced(row);
    if (rest.some((value) => Math.abs(value) > 1e-9)) this.#rows.push(rest);
  }
  knows = (row: Float64Array): boolean => this.#reduced(row).every((value) => Math.abs(value) <= 1e-9);
}

/** The finest groups of people there are, and which a group takes in. */
function classesOf(of: Sample, use: PublicationRules): { readonly count: number; readonly row: (group: Group) => Float64Array } {
  const names = of.records.map((_, row) => use.dimensions.map(({ id }) => of.codes.get(id)?.[row] ?? "").join("/"));
  const place = new Map([...new Set(names)].map((name, at) => [name, at]));
  return {
    count: place.size,
    row: (group) => {
      const inside = membersOf(of, use, group);
      const row = new Float64Array(place.size);
      for (const [at, name] of names.entries()) if (inside[at] === 1) row[place.get(name) ?? 0] = 1;
      return row;
    },
  };
}

let columns: ReadonlyMap<string, Float64Array>;
const groups = new Map<string, Uint8Array>();
/** How many answered an indicator in a group. */
function counted(indicator: string, group: Group): number {
  const inside = groups.get(groupName(group)) ?? membersOf(sample, rules, group);
  groups.set(groupName(group), inside);
  return (columns.get(indicator) ?? new Float64Array()).filter((value, row) => inside[row] === 1 && !Number.isNaN(value)).length;
}

describe("what is hidden", () => {
  const small = ["left_by_aggression", "aftercare_missed"] as const;

  it("is every group under the minimum, and says so in words, never as a number", () => {
    const hidden = publication.figures.filter(({ withheld }) => withheld === "protected");
    expect(hidden.length).toBeGreaterThan(10);
    for (const { shown } of hidden) expect(shown).toBeNull();
    for (const figure of publication.figures) {
      const n = counted(figure.indicator, figure.group);
      if (n > 0 && n < 10) expect(figure.withheld).toBe("protected");
      if (n === 0) expect([null, "nobody", "protected"]).toContain(figure.withheld);
    }
  });
  it("among all is hidden among those who met it, saw it or left as well, and nobody there looks like too few", () => {
    const hidden = publication.figures.filter(({ indicator, withheld }) => indicator === "any_aggression" && withheld === "protected");
    const denominators = new Map(publication.indicators.map(({ id, denominator }) => [id, denominator.id]));
    const others = publication.figures.filter(({ indicator }) => denominators.get(indicator) !== "all");
    expect(others.filter(({ withheld }) => withheld === "nobody")).toEqual([]);
    for (const { group } of hidden)
      for (const figure of others) if (groupName(figure.group) === groupName(group)) expect([figure.id, figure.withheld]).toEqual([figure.id, "protected"]);
  });
  it("for the sake of another among all is hidden among the victims as well, who have nobody in that other", () => {
    const two: PublicationRules = {
      ...rules,
      indicators: rules.indicators.filter(({ id }) => id === "any_verbal" || id === "complaint"),
      tables: [
        { indicators: [], by: [] },
        { indicators: [], by: ["province"] },
      ],
    };
    const zeeland = membersOf(sample, two, { province: "zeeland" });
    let kept = 0;
    const measured = measuredIn(sample, two, questionnaire).map((one) => ({
      ...one,
      // Five of Zeeland answered, none of whom met aggression.
      values: one.values.map((value, row) => {
        if (zeeland[row] !== 1 || Number.isNaN(value)) return value;
        return one.denominator === "all" && (kept += 1) <= 5 ? value : Number.NaN;
      }),
    }));
    const { hidden } = protect(sample, two, measured, { id: "x-1", title: "x", on: "2026-12-17" }, nothingEarlier);
    const given = groupsBy(sample, two, ["province"]).filter((group) => group["province"] !== "zeeland" && hidden("any_verbal", group));
    expect(given.length).toBeGreaterThan(0);
    for (const group of given) {
      expect(counted("complaint", group)).toBeGreaterThanOrEqual(rules.minimum);
      expect([groupName(group), hidden("complaint", group)]).toEqual([groupName(group), true]);
    }
  });
  it.each(small)("cannot be worked out of %s by adding and subtracting all that is out", (indicator) => {
    const { row } = classesOf(sample, rules);
    const attacker = new Attacker();
    const own = publication.figures.filter((figure) => figure.indicator === indicator);
    for (const { group, withheld } of own) if (withheld === null) attacker.learn(row(group));
    const targets = own.filter(({ group, withheld }) => withheld === "protected" && counted(indicator, group) > 0);
    expect(targets.length).toBeGreaterThan(0);
    for (const { group } of targets) expect([groupName(group), attacker.knows(row(group))]).toEqual([groupName(group), false]);
  });
  it("could be worked out if only the groups under the minimum were hidden", () => {
    const { row } = classesOf(sample, rules);
    const told = ["left_by_aggression", "aftercare_missed", "any_aggression"].flatMap((indicator) => {
      const own = publication.figures.filter((figure) => figure.indicator === indicator);
      const attacker = new Attacker();
      for (const { group } of own) if (counted(indicator, group) >= rules.minimum) attacker.learn(row(group));
      return own.filter(({ group }) => {
        const n = counted(indicator, group);
        return n > 0 && n < rules.minimum && attacker.knows(row(group));
      });
    });
    expect(told.length).toBeGreaterThan(0);
  });
});

describe("a group in which everyone gave the answer that tells", () => {
  it.each([
    { indicator: "any_verbal", answer: 1, withheld: "protected" },
    { indicator: "any_verbal", answer: 0, withheld: null },
    { indicator: "knows_provision", answer: 0, withheld: "protected" },
    { indicator: "knows_provision", answer: 1, withheld: null },
  ])("of $indicator, $answer: $withheld", ({ indicator, answer, withheld }) => {
    const only: PublicationRules = {
      ...rules,
      indicators: rules.indicators.filter(({ id }) => id === indicator),
      tables: [
        { indicators: [], by: [] },
        { indicators: [], by: ["province"] },
      ],
    };
    const inside = membersOf(sample, only, { province: "utrecht" });
    const measured = measuredIn(sample, only, questionnaire).map((one) => ({
      ...one,
      values: one.values.map((value, row) => (inside[row] === 1 ? answer : value)),
    }));
    const { hidden } = protect(sample, only, measured, { id: "x-1", title: "x", on: "2026-12-17" }, nothingEarlier);
    expect(hidden(indicator, { province: "utrecht" })).toBe(withheld === "protected");
  });
});

describe("whether who met aggression wants to go on", () => {
  const few = (): PublicationRules => ({
    ...rules,
    indicators: rules.indicators.filter(({ id }) => id === "intends_to_stay"),
    tables: [{ indicators: [], by: [] }],
  });
  /** Whether the comparison may come out when what the first of those who said whether they stay answered of aggression is another. */
  const comparable = (of: number, met: 0 | "skipped", rest: 1 | null) => {
    const wants = columnOf(sample, "intends_to_stay");
    let place = 0;
    const records = sample.records.map((record, row) => {
      if (Number.isNaN(wants[row] ?? Number.NaN)) return record;
      if (place++ < of) return { ...record, any_aggression: met };
      return rest === null ? record : { ...record, any_aggression: rest };
    });
    const own: Sample = { ...sample, records };
    const named = { id: "x-1", title: "x", on: "2026-12-17" };
    const comparisons = [{ id: "stay-aggression", exposure: "any_aggression" }];
    return protect(own, few(), measuredIn(own, few(), questionnaire), named, nothingEarlier, comparisons).comparable("stay-aggression");
  };
  it("comes out of a wave in which a few did not say what they met, as a difference and without the two shares", () => {
    expect(publication.staying.map(({ id }) => id)).toEqual(["stay-aggression", "stay-threat"]);
    expect(comparable(3, "skipped", null)).toBe(true);
    for (const { result } of publication.staying)
      expect([result.nl.match(/van de 100/gu), result.nl.match(/ongeveer/gu)]).toEqual([["van de 100"], ["ongeveer"]]);
  });
  it("is weighed by the guard as that difference, and is not published when it would tell a few", () => {
    const known = made.earlier.guard.publications[0]?.numbers.find(({ id }) => id === "staying/stay-aggression")?.known;
    const met = columnOf(sample, "any_aggression");
    const wants = columnOf(sample, "intends_to_stay");
    const size = (side: number): number => met.filter((value, row) => value === side && !Number.isNaN(wants[row] ?? Number.NaN)).length;
    expect(known?.map(({ terms }) => terms.map(({ coefficient }) => coefficient))).toEqual([[size(0), -size(1)]]);
    // Beside the share of everyone it would tell four of them.
    expect(comparable(4, 0, 1)).toBe(false);
    expect(comparable(40, 0, 1)).toBe(true);
  });
});

describe("the differencing guard", () => {
  it("withholds a figure of a second publication that would tell a hidden group of the first", () => {
    // The second asks for the same people by one group more: all provinces but those of which the first hid one.
    const hidden = publication.figures.find(
      ({ indicator, group, withheld }) => indicator === "left_by_aggression" && withheld === "protected" && Object.keys(group).join() === "province",
    );
    const province = hidden?.group["province"] ?? "";
    expect(province).not.toBe("");
    const regrouped: PublicationRules = {
      ...rules,
      dimensions: rules.dimensions.map((one) =>
        one.id === "province"
          ? {
              ...one,
              codes: [
                { code: "samen", parent: null, values: [], nl: "Samen", en: "Together" },
                ...one.codes.map((code) => ({ ...code, parent: code.code === province ? null : "samen" })),
              ],
            }
          : one,
      ),
      indicators: rules.indicators.filter(({ id }) => id === "left_by_aggression"),
      tables: [
        { indicators: [], by: [] },
        { indicators: [], by: ["province"] },
      ],
    };
    const measured = measuredIn(sample, regrouped, questionnaire);
    const named = { id: "antwoord-1", title: "Antwoord", on: "2027-01-10" };
    const second = protect(sample, regrouped, measured, named, made.earlier);
    const { row } = classesOf(sample, regrouped);
    const attacker = new Attacker();
    for (const { indicator, group, withheld } of publication.figures) if (indicator === "left_by_aggression" && withheld === null) attacker.learn(row(group));
    for (const { code } of regrouped.dimensions.find(({ id }) => id === "province")?.codes ?? [])
      if (!second.hidden("left_by_aggression", { province: code })) attacker.learn(row({ province: code }));
    expect(attacker.knows(row({ province }))).toBe(false);
    // Without the memory of the first it would have been told.
    expect(second.hidden("left_by_aggression", { province: "samen" })).toBe(true);
  });
  it("keeps its memory as plain JSON, and will not begin anew from a broken one", () => {
    expect(readEarlier(JSON.parse(JSON.stringify(made.earlier)))).toEqual(made.earlier);
    for (const broken of [null, {}, { version: 1, guard: {}, atoms: [] }, { version: 1, atoms: [{}], guard: made.earlier.guard }])
      expect(() => readEarlier(broken)).toThrow(expect.objectContaining({ code: "earlier-malformed" }));
  });
  it("refuses an edition over other answers, one more or one changed, and takes the same ones in another order under other rules", () => {
    const few: PublicationRules = {
      ...rules,
      indicators: rules.indicators.filter(({ id }) => id === "left_by_aggression"),
      tables: [{ indicators: [], by: [] }],
    };
    const again = (of: WaveAnswers) => {
      const own = readSample(of, questionnaire, few);
      return protect(own, few, measuredIn(own, few, questionnaire), { id: "monitor-2026-2", title: "x", on: "2027-01-10" }, made.earlier);
    };
    const refused = expect.objectContaining({ code: "guard-refused" });
    expect(() => again({ ...answers, answers: answers.answers.slice(0, -1) })).toThrow(refused);
    const [one, other] = [answers.answers[0], answers.answers.find(({ stratum }) => stratum !== answers.answers[0]?.stratum)];
    if (one === undefined || other === undefined) throw new Error("no answers");
    // As many answers in every stratum, one of them another.
    const swapped = answers.answers.map((answer) => (answer === one ? { ...other, stratum: one.stratum } : answer));
    expect(() => again({ ...answers, answers: swapped })).toThrow(refused);
    expect(again({ ...answers, answers: answers.answers.toReversed() }).earlier.answers).toEqual(made.earlier.answers);
    // A memory from before there were fingerprints knows that there was a publication, and not over what.
    const { answers: _, ...old } = made.earlier;
    const own = readSample(answers, questionnaire, few);
    expect(() =>
      protect(
        own,
        few,
        measuredIn(own, few, questionnaire),
        { id: "monitor-2026-2", title: "x", on: "2027-01-10" },
        readEarlier(JSON.parse(JSON.stringify(old))),
      ),
    ).toThrow(refused);
  });
  it("knows a publication by its name: the same one twice is refused", () => {
    const measured = measuredIn(sample, rules, questionnaire).slice(0, 1);
    expect(() => protect(sample, rules, measured, { id: publication.id, title: "x", on: "2026-12-18" }, made.earlier)).toThrow(/already/u);
  });
});

describe("figures", () => {
  it("have the form of the contract, one permanent name each", () => {
    expect(Check(Publication, publication)).toBe(true);
    expect(new Set(publication.figures.map(({ id }) => id)).size).toBe(publication.figures.length);
    expect(publication.figures.map(({ id }) => id)).toContain("monitor-2026-1/any_aggression/alle");
  });
  it("hold the known chance within their margin in nearly all provinces", () => {
    const found = inventedStrata();
    const groups = factsheetGroups(publication).filter(({ dimension }) => dimension === "province");
    const inside = groups.filter(({ code }) => {
      const own = found.filter(({ key }) => key.province === code);
      const truth = (100 * own.reduce((sum, one) => sum + one.population * one.verbal, 0)) / own.reduce((sum, one) => sum + one.population, 0);
      const shown = figureOf(publication, "any_verbal", { province: code })?.shown;
      return shown !== null && shown !== undefined && shown.low <= truth && truth <= shown.high;
    });
    // A province is not given up to hide an office within it.
    expect(groups.filter(({ code }) => figureOf(publication, "any_verbal", { province: code })?.shown !== null).length).toBe(12);
    expect(inside.length).toBeGreaterThanOrEqual(10);
  });
  it("are estimated over the answers of their own denominator", () => {
    const { design } = weigh(sample, rules);
    const measured = measuredIn(sample, rules, questionnaire).filter(({ rule }) => rule.id === "complaint");
    const open = { hidden: () => false, earlier: nothingEarlier, report: { sensitive: 0, forTheirSake: 0, byGuard: [] } };
    const { figures } = estimateTables("x-1", sample, design, rules, measured, open);
    const n = counted("complaint", {});
    expect(Math.abs((figures.find(({ id }) => id === "x-1/complaint/alle")?.shown?.n ?? 0) - n)).toBeLessThanOrEqual(2);
    expect(n).toBeLessThan(sample.records.length);
  });
  it("can be cited and frozen, and a changed one is found", async () => {
    const id = `${publication.id}/any_aggression/alle`;
    const figure = figureOf(publication, "any_aggression", {});
    if (figure === null) throw new Error("no figure");
    expect(figureNamed(publication, id)).toBe(figure);
    const words = citation(publication, figure, "nl");
    for (const part of [
      String(figure.shown?.percent),
      `tussen ${figure.shown?.low} en ${figure.shown?.high}`,
      "antwoorden",
      "van alle ambtsdragers, geschat uit de antwoorden",
      "2026, uitgave 1",
      id,
      "Verzonnen",
    ])
      expect(words).toContain(part);
    const frozen = await freeze(publication, id);
    expect(await holds(publication, frozen)).toBe(true);
    const changed = { ...frozen, figure: { ...figure, shown: { percent: 1, low: 0, high: 2, n: 5, wide: false } } };
    expect(await holds(publication, changed)).toBe(false);
    const later = { ...publication, figures: publication.figures.map((one) => (one.id === id ? changed.figure : one)) };
    expect(await holds(later, frozen)).toBe(false);
    expect(() => figureNamed(publication, "monitor-2026-1/any_aggression/province=atlantis")).toThrow(expect.objectContaining({ code: "figure-unknown" }));
  });
});

/** Every number in a document's tables with the figure it belongs to. */
const numbersIn = (document: MonitorDocument): string => JSON.stringify(document.blocks.flatMap((block) => (block.kind === "table" ? block.rows : [])));

describe("report and factsheets", () => {
  it("say the numbers of the tables, in key figures, tables and charts alike", () => {
    for (const document of [
      reportOf(publication, "nl"),
      factsheetOf(publication, "province", "utrecht", "nl"),
      factsheetOf(publication, "function", "wethouder", "en"),
    ]) {
      for (const { figure, number, margin } of document.key) {
        const { shown } = figureNamed(publication, figure);
        expect(number).toBe(shown === null ? "–" : shown.wide ? `${shown.low}–${shown.high}` : String(shown.percent));
        if (shown !== null) expect(margin).toContain(String(shown.high));
      }
      const charts = document.blocks.flatMap((block) => (block.kind === "chart" ? [block] : []));
      expect(charts.length).toBeGreaterThan(5);
      // What the picture says aloud stands in the tables.
      for (const { alternative, drawing } of charts) {
        const svg = svgText(drawing);
        expect(svg).toContain(`<desc`);
        for (const [, percent, low, high] of alternative.matchAll(/: (\d+) \((?:tussen|between) (\d+) (?:en|and) (\d+)\)/gu))
          if (!/trend/u.test(svg.slice(0, 300))) expect(numbersIn(document)).toContain(`"${percent}","${low}–${high}"`);
      }
    }
  });
  it("name wave, source, denominator, how to read it and what it does not say", () => {
    const words = JSON.stringify(factsheetOf(publication, "province", "zeeland", "nl").blocks);
    for (const part of [
      "Van alle ambtsdragers, geschat uit de antwoorden",
      "Monitor Integriteit en Veiligheid 2026, uitgave 1",
      "Hoe u dit leest",
      "Wat dit niet zegt",
      "12 maanden",
    ])
      expect(words).toContain(part);
  });
  it("say under a table why a figure in it is not shown, and never put a zero there", () => {
    const hidden = publication.figures.find(({ withheld, group }) => withheld === "protected" && Object.keys(group).join() === "function");
    const { blocks } = factsheetOf(publication, "function", hidden?.group["function"] ?? "", "nl");
    const at = blocks.findIndex((block) => block.kind === "table" && block.rows.some((row) => row.includes("niet getoond")));
    expect(blocks[at]).toMatchObject({ rows: expect.arrayContaining([expect.arrayContaining(["niet getoond", "–", "–"])]) });
    expect(blocks.slice(at + 1, at + 3)).toContainEqual({ kind: "paragraph", text: withheldWords.protected.nl });
  });
  it("say first of what and of whom, and end a sentence once, of what is shown and of what is not", () => {
    const lead = (dimension: string, code: string, language: "nl" | "en") => factsheetOf(publication, dimension, code, language).blocks[0];
    const utrecht = figureOf(publication, "any_aggression", { province: "utrecht" })?.shown;
    expect(lead("province", "utrecht", "nl")).toEqual({
      kind: "paragraph",
      text: `Maakte zelf een vorm van agressie mee, Utrecht (van alle ambtsdragers, geschat uit de antwoorden): tussen ${utrecht?.low} en ${utrecht?.high} van de 100.`,
    });
    const hidden = publication.figures.find(
      ({ indicator, withheld, group }) => indicator === "any_aggression" && withheld === "protected" && Object.keys(group).join() === "function",
    );
    if (hidden === undefined) throw new Error("nothing hidden");
    expect(lead("function", hidden.group["function"] ?? "", "nl")).toMatchObject({ text: expect.stringMatching(/kunnen uitrekenen\.$/u) });
    for (const document of [
      factsheetOf(publication, "function", hidden.group["function"] ?? "", "nl"),
      reportOf(publication, "nl"),
      reportOf(publication, "en"),
    ])
      expect(JSON.stringify(document.blocks)).not.toContain("..");
    expect(citation(publication, hidden, "nl")).not.toContain("..");
    // How many were invited is said of the whole country, on a sheet of a province too.
    expect(JSON.stringify(factsheetOf(publication, "province", "utrecht", "nl").blocks)).toMatch(/Van de [\d.]+ mensen in heel Nederland die een uitnodiging/u);
  });
  it("say whose share it is with key figures, crossed tables and whether people stay", () => {
    const among = "Van alle ambtsdragers, geschat uit de antwoorden";
    const sheet = factsheetOf(publication, "province", "utrecht", "nl");
    expect(sheet.key.map((one) => one.among)).toEqual([among, among, among]);
    expect(sheet.blocks.filter((block) => block.kind === "table" && block.caption.includes(`, Utrecht, v${among.slice(1)}.`))).toHaveLength(1);
    const notes = reportOf(publication, "nl").blocks.filter(({ kind }) => kind === "note");
    expect(notes[0]).toMatchObject({
      text: expect.stringMatching(/Van wie nu een ambt heeft; [\d.]+ antwoorden\. Monitor Integriteit en Veiligheid 2026, uitgave 1\.$/u),
    });
    const [, line] = tableFiles(publication)[0]?.text.split("\r\n") ?? [];
    expect(line).toContain('"alle ambtsdragers, geschat uit de antwoorden"');
    expect(codebookFile(publication, questionnaire).text).toMatch(/^indicator,any_aggression,.*"alle ambtsdragers, geschat uit de antwoorden"/mu);
  });
  it("put no id on a page twice", () => {
    const ids = reportOf(publication, "nl").blocks.flatMap((block) =>
      block.kind === "chart" ? [block.drawing, block.narrow].flatMap((one) => [...svgText(one).matchAll(/ id="([^"]+)"/gu)].map(([, id]) => id)) : [],
    );
    expect(ids.length).toBeGreaterThan(20);
    expect(new Set(ids).size).toBe(ids.length);
  });
  it("show what contradicts side by side, apart from our own", () => {
    const report = reportOf(publication, "nl");
    const words = JSON.stringify(report.blocks);
    expect(words).toMatch(/2014: 23% .*24% .*26% /u);
    const trend = report.blocks.find((block) => block.kind === "chart" && block.id === "report-any_aggression-trend");
    expect(trend).toMatchObject({ alternative: expect.stringContaining("2014: 23; 2014: 24; 2014: 26") });
    // Diamonds have no line between them, and there is one wave of ours.
    expect(trend?.kind === "chart" && svgText(trend.drawing)).not.toContain("chart-line");
  });
});

describe("every answer to a question", () => {
  const distributed = () => distributionsOf(publication);
  it("is counted over those who were asked and answered, and shown of a group when enough people gave it", () => {
    expect(distributed().length).toBe(rules.distributions.length);
    for (const of of distributedIn(sample, rules, questionnaire)) {
      const figures = distributed().find(({ id }) => id === of.rule.id)?.figures ?? [];
      expect(figures.filter(({ group }) => Object.keys(group).length === 0).some(({ shown }) => shown !== null)).toBe(true);
      for (const { id, group, category, shown } of figures) {
        if (shown === null) continue;
        const inside = membersOf(sample, rules, group);
        const place = of.rule.categories.findIndex((one) => one.id === category);
        const gave = of.values.filter((value, row) => inside[row] === 1 && value === place).length;
        const n = of.values.filter((value, row) => inside[row] === 1 && !Number.isNaN(value)).length;
        expect([id, gave >= rules.minimum]).toEqual([id, true]);
        expect(Math.abs(shown.n - n)).toBeLessThanOrEqual(2);
        expect(shown.low <= shown.percent && shown.percent <= shown.high).toBe(true);
      }
      const national = figures.filter(({ group }) => Object.keys(group).length === 0);
      const sum = national.reduce((all, { shown }) => all + (shown?.percent ?? 0), 0);
      if (national.every(({ shown }) => shown !== null)) expect(Math.abs(sum - 100)).toBeLessThanOrEqual(national.length / 2);
    }
  });
  it("is hidden wherever the shares of the same people are", () => {
    const away = publication.figures
      .filter(({ indicator, withheld }) => indicator === "any_verbal" && withheld === "protected")
      .map(({ group }) => groupName(group));
    const same = distributed().flatMap(({ denominator, figures }) =>
      denominator.id === "all" ? figures.filter(({ group }) => away.includes(groupName(group))) : [],
    );
    expect(same.length).toBeGreaterThan(10);
    for (const { shown } of same) expect(shown).toBeNull();
  });
  it("cannot be worked out by adding and subtracting all shown answers, totals and the share that adds some up", () => {
    const of = distributedIn(sample, rules, questionnaire).find(({ rule }) => rule.id === "often_verbal");
    const figures = distributed().find(({ id }) => id === "often_verbal")?.figures ?? [];
    if (of === undefined) throw new Error("no distribution");
    const { row, count } = classesOf(sample, rules);
    const names = of.rule.categories.map(({ id }) => id);
    // An unknown for each finest group and answer.
    const told = (group: Group, categories: readonly string[]): Float64Array => {
      const own = row(group);
      return Float64Array.from({ length: count * names.length }, (_, at) =>
        categories.includes(names[Math.floor(at / count)] ?? "") ? (own[at % count] ?? 0) : 0,
      );
    };
    const attacker = new Attacker();
    for (const { indicator, group, shown } of publication.figures) {
      if (indicator !== "any_verbal" || shown === null) continue;
      attacker.learn(told(group, names));
      attacker.learn(told(group, ["never"]));
    }
    for (const { group, category, shown } of figures) {
      if (shown === null) continue;
      attacker.learn(told(group, names));
      attacker.learn(told(group, [category]));
    }
    const small = figures.filter(({ group, category, shown }) => {
      const inside = membersOf(sample, rules, group);
      const gave = of.values.filter((value, at) => inside[at] === 1 && value === names.indexOf(category)).length;
      // How many gave no answer but "never" is what the share of the indicator tells.
      return shown === null && category !== "never" && gave > 0 && gave < rules.minimum;
    });
    expect(small.length).toBeGreaterThan(10);
    for (const { id, group, category } of small) expect([id, attacker.knows(told(group, [category]))]).toEqual([id, false]);
  });
  it("has a table and a chart in the report, each with the question, whom it is of, wave and source", () => {
    for (const document of [reportOf(publication, "nl"), factsheetOf(publication, "province", "utrecht", "nl")]) {
      const at = document.blocks.findIndex((block) => block.kind === "heading" && block.text === "Zich veilig voelen bij het werk");
      expect(document.blocks[at + 1]).toEqual({ kind: "paragraph", text: "De vraag was: Hoe veilig voelt u zich bij uw politieke werk?" });
      expect(document.blocks[at + 2]).toMatchObject({ kind: "chart" });
      expect(document.blocks[at + 3]).toMatchObject({
        kind: "table",
        caption: expect.stringMatching(/Van alle ambtsdragers, geschat uit de antwoorden\. Monitor Integriteit en Veiligheid 2026, uitgave 1\.$/u),
        columns: ["Antwoord", "Van de 100", "Marge", "Antwoorden"],
      });
    }
  });
  it("can be cited and frozen like a share", async () => {
    const id = `${publication.id}/last_channel.face/alle`;
    const figure = figureNamed(publication, id);
    const words = citation(publication, figure, "nl");
    for (const part of [
      "in het echt, buiten het eigen huis",
      "van wie zelf agressie meemaakte",
      `${figure.shown?.percent ?? ""} van de 100`,
      "antwoorden",
      "uitgave 1",
      id,
    ])
      expect(words).toContain(part);
    expect(await holds(publication, await freeze(publication, id))).toBe(true);
    expect(() => figureNamed(publication, `${publication.id}/last_channel.dove/alle`)).toThrow(expect.objectContaining({ code: "figure-unknown" }));
  });
  it("has a file of its own in the open data, a line per answer and group, and its words in the codebook", () => {
    const file = tableFiles(publication).find(({ name }) => name === "antwoorden-last_complaint.csv");
    const lines = (file?.text ?? "").trimEnd().split("\r\n");
    const figures = distributed().find(({ id }) => id === "last_complaint")?.figures ?? [];
    expect(lines.length - 1).toBe(figures.length);
    expect(lines[0]).toBe("figure,answer,label,percent,low,high,n,withheld,denominator,wave,edition,source,dimension,code");
    expect(lines.filter((line) => line.includes(withheldWords.protected.nl)).length).toBe(figures.filter(({ shown }) => shown === null).length);
    const { text } = codebookFile(publication, questionnaire);
    expect(text).toContain("distribution,last_complaint,,Is er aangifte gedaan?,wie zelf agressie meemaakte,");
    expect(text).toContain("answer,last_complaint,employer,Aangifte door de organisatie,,");
  });
  it("is refused where the rules cannot be held: a question with several answers, an option left out, an indicator that cuts an answer in two", () => {
    const [one] = rules.distributions;
    if (one === undefined) throw new Error("no distributions");
    const read = (change: Partial<typeof one>) => () => distributedIn(sample, { ...rules, distributions: [{ ...one, ...change }] }, questionnaire);
    const unknown = expect.objectContaining({ code: "code-unknown" });
    expect(read({ question: "channels" })).toThrow(unknown);
    expect(read({ question: "last-where" })).toThrow(unknown);
    expect(read({ categories: one.categories.slice(1) })).toThrow(unknown);
    const [never, once, ...rest] = one.categories;
    if (never === undefined || once === undefined) throw new Error("no categories");
    expect(read({ categories: [{ ...never, options: [...never.options, ...once.options] }, ...rest] })).toThrow(/any_verbal/u);
  });
  it("is not asked of a publication from before there were any", () => {
    const { distributions: _, ...old } = publication;
    const before = { ...old, version: 1 as const };
    expect(Check(Publication, before)).toBe(true);
    expect(reportOf(before, "nl").blocks.length).toBeLessThan(reportOf(publication, "nl").blocks.length);
    expect(tableFiles(before).some(({ name }) => name.startsWith("antwoorden-"))).toBe(false);
  });
});

describe("charts", () => {
  const charts = () => reportOf(publication, "nl").blocks.flatMap((block) => (block.kind === "chart" ? [{ id: block.id, svg: svgText(block.drawing) }] : []));
  it("stand alone as SVG: a title, a description, nothing from elsewhere, no script", () => {
    for (const { svg, id } of charts()) {
      expect(svg.startsWith("<svg ")).toBe(true);
      expect(svg).toContain(`<title id="${id}-title">`);
      expect(svg).toContain(`aria-labelledby="${id}-title ${id}-desc"`);
      expect(svg).not.toMatch(/<script|href|url\(|on[a-z]+=/iu);
    }
    expect(new Set(charts().map(({ id }) => id)).size).toBe(charts().length);
  });
  it("tell wide margins and figures of others by shape, and draw a whisker for every dot", () => {
    for (const { svg } of charts()) {
      const dots = svg.match(/class="chart-dot(?:-open)?"/gu)?.length ?? 0;
      expect(svg.match(/class="chart-whisker"/gu)?.length ?? 0).toBeGreaterThanOrEqual((dots - 1) * 3);
      for (const [open] of svg.matchAll(/<circle[^>]*chart-dot-open[^>]*>/gu)) expect(open).toContain('fill="#ffffff"');
    }
  });
});

describe("open data", () => {
  it("has a line per figure; what is not shown is empty and says why", () => {
    const file = tableFiles(publication).find(({ name }) => name === "tabel-province.csv");
    const lines = (file?.text ?? "").trimEnd().split("\r\n");
    expect(lines.length - 1).toBe(publication.tables.filter(({ by }) => by.join() === "province").reduce((sum, { figures }) => sum + figures.length, 0));
    const hidden = lines.filter((line) => line.includes(withheldWords.protected.nl));
    expect(hidden.length).toBeGreaterThan(0);
    for (const line of hidden) expect(line).toMatch(/,,,,,/u);
    for (const line of lines.slice(1)) expect(line).not.toMatch(/^[=+@-]/u);
  });
  it("has a codebook that knows every column and code", () => {
    const { text } = codebookFile(publication, questionnaire);
    for (const { id } of publication.indicators) expect(text).toContain(`indicator,${id},`);
    for (const { id, codes } of publication.dimensions) for (const { code } of codes) expect(text).toContain(`code,${id},${code},`);
  });
  const publisher = { name: "Onderzoeksteam", id: "https://example.nl/id", contact: "onderzoek@example.nl", site: "https://example.nl/monitor/" };
  it("is described with every property DCAT-AP-NL asks for", () => {
    expect(missingProperties(catalogueOf(publication, publisher, ["tabel-alle.csv", "publication.json"]))).toEqual([]);
  });
  it.each([
    ["dct:accessRights", "dcat:Dataset dct:accessRights"],
    ["dct:creator", "dcat:Dataset dct:creator"],
    ["dcat:theme", "dcat:Dataset dcat:theme"],
    ["dct:identifier", "dcat:Dataset dct:identifier"],
  ])("is refused without %s", (property, missing) => {
    const whole = JSON.parse(JSON.stringify(catalogueOf(publication, publisher, ["a.csv"])));
    delete whole["dcat:dataset"][property];
    expect(missingProperties(whole)).toEqual([missing]);
  });
  it("is refused when the publisher gives no name", () => {
    expect(() => catalogueOf(publication, { ...publisher, name: "" }, ["a.csv"])).toThrow(expect.objectContaining({ code: "metadata-incomplete" }));
  });
});
