/** Holds the questionnaires of the Monitor to what they promise: the forms and subjects asked for, three whole languages, plain words, nothing that points at a person, frozen versions, and a reader that names file and row. Run by vitest only. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it, test } from "vitest";
import { RegisterError } from "#registers/rows.ts";
import { functions } from "#registers/functions/index.ts";
import { loadQuestionnaire, questionnaireLanguages, readQuestionnaire, readSelection, testsOf, type Questionnaire, type Words } from "./index.ts";

const raw = (file: string): string => readFileSync(new URL(file, import.meta.url), "utf8");
/** The parsed file with one place in it set to something else. */
const broken = (file: string, path: readonly (string | number)[], value: unknown): unknown => {
  const all: unknown = JSON.parse(raw(file));
  let here: unknown = all;
  for (const step of path.slice(0, -1)) here = typeof here === "object" && here !== null ? Reflect.get(here, step) : undefined;
  const last = path.at(-1);
  if (typeof here !== "object" || here === null || last === undefined) throw new Error(`no such place in ${file}`);
  Reflect.set(here, last, value);
  return all;
};

let monitor: Questionnaire;
let pulse: Questionnaire;
beforeAll(async () => {
  const [first, second] = [await loadQuestionnaire("monitor", 1), await loadQuestionnaire("pulse", 1)];
  if (first === null || second === null) throw new Error("a published version does not load");
  [monitor, pulse] = [first, second];
});

/** Every text a respondent may see, with the row it belongs to. */
function texts({ questions, blocks, refused, title, conditions, derived, denominators }: Questionnaire): { readonly row: string; readonly words: Words }[] {
  return [
    { row: "title", words: title },
    { row: "refused", words: refused },
    ...blocks.flatMap((block) => [block.title, ...(block.intro === null ? [] : [block.intro])].map((words) => ({ row: block.id, words }))),
    ...questions.flatMap(({ id, text, help, options }) =>
      [text, ...(help === null ? [] : [help]), ...options.map((one) => one.words)].map((words) => ({ row: id, words })),
    ),
    ...[...conditions, ...denominators].map(({ id, words }) => ({ row: id, words })),
    ...derived.map(({ variable, words }) => ({ row: variable, words })),
  ];
}

describe("the monitor", () => {
  it("asks every block of the subject, in its order", () => {
    expect(monitor.blocks.map(({ id }) => id)).toEqual([
      "situation",
      "experience",
      "last",
      "safety",
      "effects",
      "support",
      "leaver",
      "candidate",
      "background",
    ]);
    for (const { id, follows } of monitor.blocks) expect([id, follows.length > 3]).toEqual([id, true]);
  });
  it("asks six forms, doxing among them, and online and other ways", () => {
    const ids = monitor.questions.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(["verbal", "threat", "physical", "discrimination", "sexual", "doxing"]));
    const channels = monitor.questions.find(({ id }) => id === "channels")?.options.map(({ id }) => id);
    expect(channels).toEqual(["social", "mail", "message", "phone", "face", "home", "letter", "other"]);
  });
  it("asks nothing the token carries, and no more than eighteen kinds of person", () => {
    const background = monitor.questions.filter(({ detail }) => detail);
    expect(background.map(({ id }) => id)).toEqual(["gender", "age", "tenure"]);
    expect(background.reduce((kinds, { options }) => kinds * options.length, 1)).toBeLessThanOrEqual(18);
    const offices = [...functions.values()].map(({ nl }) => nl);
    for (const { id, options } of monitor.questions) expect([id, options.some(({ words }) => offices.includes(words.nl))]).toEqual([id, false]);
  });
  it("has no more than ten options to a question: a phone shows them", () => {
    for (const { id, options } of monitor.questions) expect([id, options.length <= 10]).toEqual([id, true]);
  });
  it("uses every list, condition, denominator and part of the condition language", () => {
    const all = JSON.stringify([monitor.questions, monitor.denominators, monitor.derived, monitor.conditions]);
    for (const { id } of monitor.conditions) expect([id, all.includes(`"named":"${id}"`) || monitor.help === id]).toEqual([id, true]);
    for (const { id } of monitor.denominators) expect([id, monitor.derived.some((one) => one.denominator === id)]).toEqual([id, true]);
    for (const part of ["all", "any", "none", "named", "question"]) expect([part, all.includes(`"${part}":`)]).toEqual([part, true]);
    const file = raw("monitor-1.json");
    for (const [, list] of file.matchAll(/\{"id":"([a-z-]+)","options":\[\s*\{[^\n]*\n/gu)) {
      if (monitor.questions.some(({ id }) => id === list)) continue;
      expect([list, file.includes(`"list":"${list}"`)]).toEqual([list, true]);
    }
  });
});

describe("the pulse", () => {
  it("asks a selection of the very same questions", () => {
    expect(pulse.questions.length).toBeLessThan(monitor.questions.length / 2);
    for (const one of pulse.questions) expect(one).toEqual(monitor.questions.find(({ id }) => id === one.id));
  });
  it("keeps the help for whom is in danger", () => {
    const help = pulse.conditions.find(({ id }) => id === pulse.help);
    expect(help === undefined ? [] : testsOf(help.when, new Map()).map(({ question }) => question)).toEqual(["last-over", "afraid-now"]);
  });
});

describe("words", () => {
  it("are there in three languages, and a question is not the same text in two of them", () => {
    for (const { row, words } of texts(monitor))
      for (const language of questionnaireLanguages) expect([row, language, words[language].trim() !== ""]).toEqual([row, language, true]);
    for (const { id, text } of monitor.questions) expect([id, new Set(questionnaireLanguages.map((language) => text[language])).size]).toEqual([id, 3]);
  });
  it("are plain Dutch: u-form, at most 18 words a sentence, no words we do not use", () => {
    for (const { row, words } of texts(monitor)) {
      expect([row, words.nl, /\b(?:je|jij|jouw|jullie|teneinde|middels|dient te|conform|inzake|indien|respondent|slachtoffer)\b|!/iu.test(words.nl)]).toEqual([
        row,
        words.nl,
        false,
      ]);
      for (const sentence of words.nl.split(/(?<=[.?:])\s+/u)) expect([row, sentence, sentence.split(/\s+/u).length <= 18]).toEqual([row, sentence, true]);
    }
  });
  it("end a question with a question mark in every language", () => {
    for (const { id, text } of monitor.questions)
      for (const language of questionnaireLanguages) expect([id, language, text[language].endsWith("?")]).toEqual([id, language, true]);
  });
  it("look back over the same period in every language, where they do", () => {
    expect(monitor.questions.filter(({ text }) => text.nl.includes("{recall}")).length).toBeGreaterThan(8);
    for (const language of questionnaireLanguages)
      expect([monitor.recall[12][language].includes("12"), monitor.recall[6][language].includes("6")]).toEqual([true, true]);
  });
});

// A published version is frozen: waves were held with it. Change it by publishing a new version beside it.
test.each([
  ["monitor-1.json", "8fda7cfe217fc822cf3d1002b610e5ead847c372137c17f3a71d3c9cd18138fb"],
  ["pulse-1.json", "eafc0745668feba309727a92a814ec3e1077450032e878d6fb4a4f6e6af714b9"],
])("%s is as it was published", (file, digest) => {
  expect(createHash("sha256").update(raw(file)).digest("hex")).toBe(digest);
});

/** One way to break the reader, and what its message must name. */
const breaks: readonly { readonly what: string; readonly read: () => unknown; readonly names: readonly string[] }[] = [
  { what: "a question twice", read: () => broken("monitor-1.json", ["questions", 1, "id"], "status"), names: ["status", "twice"] },
  { what: "a column twice", read: () => broken("monitor-1.json", ["questions", 1, "variable"], "threat"), names: ["threat", "twice"] },
  { what: "a variable no package takes", read: () => broken("monitor-1.json", ["questions", 1, "variable"], "1-verbal"), names: ["verbal", "variable"] },
  { what: "a language that is missing", read: () => broken("monitor-1.json", ["questions", 1, "fy"], undefined), names: ["verbal"] },
  { what: "an option without Frisian", read: () => broken("monitor-1.json", ["lists", 0, "options", 1, "fy"], ""), names: ["frequency", "once", "fy"] },
  { what: "help in one language", read: () => broken("monitor-1.json", ["questions", 1, "en"], { text: "How?" }), names: ["verbal", "explained"] },
  { what: "a period in one language", read: () => broken("monitor-1.json", ["questions", 1, "fy", "text"], "Hoe faak?"), names: ["verbal", "period"] },
  { what: "one code for two options", read: () => broken("monitor-1.json", ["lists", 0, "options", 1, "code"], 0), names: ["frequency", "code"] },
  { what: "a code below zero", read: () => broken("monitor-1.json", ["lists", 0, "options", 1, "code"], -9), names: ["frequency", "once", "code"] },
  { what: "an option called refused", read: () => broken("monitor-1.json", ["lists", 0, "options", 1, "id"], "refused"), names: ["frequency", "refused"] },
  { what: "a list that is not there", read: () => broken("monitor-1.json", ["questions", 1, "list"], "often"), names: ["verbal", "often"] },
  { what: "a block that is not there", read: () => broken("monitor-1.json", ["questions", 1, "block"], "nowhere"), names: ["verbal", "nowhere"] },
  { what: "a question of an earlier block", read: () => broken("monitor-1.json", ["questions", 58, "block"], "last"), names: ["tenure", "later block"] },
  {
    what: "a condition on a later question",
    read: () => broken("monitor-1.json", ["questions", 1, "asked"], { question: "risk", in: ["small"] }),
    names: ["verbal", "risk"],
  },
  {
    what: "a condition on itself",
    read: () => broken("monitor-1.json", ["questions", 1, "asked"], { named: "victim" }),
    names: ["verbal", "no earlier question"],
  },
  {
    what: "a condition on an answer that is not there",
    read: () => broken("monitor-1.json", ["questions", 1, "asked"], { question: "status", in: ["mayor"] }),
    names: ["verbal", "mayor"],
  },
  { what: "a condition that is not there", read: () => broken("monitor-1.json", ["questions", 1, "asked"], { named: "often" }), names: ["verbal", "often"] },
  {
    what: "a denominator that is not there",
    read: () => broken("monitor-1.json", ["derived", 0, "denominator"], "incidents"),
    names: ["any_aggression", "incidents"],
  },
  {
    what: "a first denominator that is not everyone",
    read: () => broken("monitor-1.json", ["denominators", 0, "when"], { named: "victim" }),
    names: ["all", "everyone"],
  },
  { what: "help on a condition that is not there", read: () => broken("monitor-1.json", ["help"], "alarm"), names: ["help", "alarm"] },
  { what: "an open field", read: () => broken("monitor-1.json", ["questions", 1, "kind"], "text"), names: ["verbal", "kind"] },
  { what: "a field nothing reads", read: () => broken("monitor-1.json", ["questions", 1, "note"], "x"), names: ["verbal", "note"] },
  { what: "a stratum small enough to point at someone", read: () => broken("monitor-1.json", ["smallStratum"], 3), names: ["head", "smallStratum"] },
];
test.each(breaks)("the reader names file and row of $what", ({ read, names }) => {
  const value = read();
  const reading = (): unknown => readQuestionnaire(value, "registers/questionnaires/monitor-1.json");
  expect(reading).toThrow(RegisterError);
  for (const name of ["monitor-1.json", ...names]) expect(reading).toThrow(name);
});
test("the reader refuses a selection that leaves out what a selected question hangs on, or was made from another version", () => {
  const read = (value: unknown) => () => readSelection(value, monitor, "pulse-1.json");
  expect(read(broken("pulse-1.json", ["questions"], ["status", "verbal", "channels", "last-over", "afraid-now"]))).toThrow(/pulse-1\.json channels/u);
  expect(read(broken("pulse-1.json", ["questions"], ["status", "verbal"]))).toThrow(/help/u);
  expect(read(broken("pulse-1.json", ["questions", 0], "mood"))).toThrow(/mood/u);
  expect(read(broken("pulse-1.json", ["from", "version"], 2))).toThrow(/monitor 1/u);
});
