/** Holds the rules of the questionnaire: roads that end, nothing sent from a road that was left, records that fit, columns that say why a value is missing. Run by vitest only. */
import fc from "fast-check";
import { beforeAll, describe as group, expect, it, test } from "vitest";
import { columnsOf, loadQuestionnaire, publishedQuestionnaires, testsOf, type Question, type Questionnaire } from "#registers/questionnaires/index.ts";
import { AnswerRecord } from "#services/monitor/contract/answer-record.ts";
import { answerBytes, type AnswerBody } from "#services/monitor/contract/index.ts";
import { Check } from "typebox/value";
import {
  AnswerError,
  answerErrorCodes,
  codebook,
  completeness,
  derive,
  describe,
  differences,
  missingKinds,
  needsHelp,
  nextQuestion,
  press,
  questionAfter,
  questionBefore,
  readRecord,
  recordOf,
  roadOf,
  trendKey,
  type Answers,
  type Asking,
} from "./index.ts";
import { answerBy, dice, recallMonths, walk } from "./testing-walk.ts";

const must = <T>(value: T | null | undefined, what: string): T => {
  if (value === null || value === undefined) throw new Error(`${what} is not there`);
  return value;
};

let monitor: Questionnaire;
let pulse: Questionnaire;
beforeAll(async () => {
  monitor = must(await loadQuestionnaire("monitor", 1), "monitor 1");
  pulse = must(await loadQuestionnaire("pulse", 1), "pulse 1");
});
const wave = (details = true): Asking => ({ questionnaire: monitor, recallMonths: 12, details });
const question = (id: string, of: Questionnaire = monitor): Question =>
  must(
    of.questions.find((one) => one.id === id),
    id,
  );
/** Answers everything with the first option, but these. */
const told = (given: Answers, asking: Asking = wave()): Answers => walk(asking, [2], given);
const never: Answers = { verbal: "never", threat: "never", physical: "never", discrimination: "never", sexual: "never", doxing: "never", witness: "never" };

group("the road", () => {
  const sets = publishedQuestionnaires.map(({ set, version }) => [set, version] as const);

  it.each(sets)("of %s %i ends whatever is answered, and what comes of it is accepted", async (set, version) => {
    const questionnaire = must(await loadQuestionnaire(set, version), set);
    fc.assert(
      fc.property(dice, recallMonths, fc.boolean(), (throws, months, details) => {
        const asking: Asking = { questionnaire, recallMonths: months, details };
        const answers = walk(asking, throws);
        const road = roadOf(asking, answers);
        expect(nextQuestion(road)).toBeNull();
        expect(completeness(road).open).toBe(0);
        const record = recordOf(asking, answers);
        expect(readRecord(questionnaire, JSON.parse(JSON.stringify(record)))).toEqual(record);
        expect(Check(AnswerRecord, record)).toBe(true);
      }),
      { numRuns: 150, seed: 6 },
    );
  });

  it.each(sets)("of %s %i leads to every question and to every option of it", async (set, version) => {
    const questionnaire = must(await loadQuestionnaire(set, version), set);
    const asking: Asking = { questionnaire, recallMonths: 12, details: true };
    const reached = new Set<string>();
    for (const throws of fc.sample(dice, { numRuns: 400, seed: 7 })) {
      const { questions, answers } = roadOf(asking, walk(asking, throws));
      for (const { id } of questions) for (const one of [answers[id] ?? []].flat()) reached.add(`${id} ${one}`);
    }
    const all = questionnaire.questions.flatMap(({ id, options }) =>
      [...options.map((option) => option.id), "refused", "skipped"].map((one) => `${id} ${one}`),
    );
    expect(all.filter((one) => !reached.has(one))).toEqual([]);
  });

  it("opens questions by what lies on it only: answers of a road that was left open nothing and are not sent", () => {
    fc.assert(
      fc.property(dice, dice, fc.nat(), (first, second, at) => {
        const asking = wave();
        const before = walk(asking, first);
        const { questions } = roadOf(asking, before);
        const changed = must(questions[at % questions.length], "a question");
        const after = walk(asking, second, { ...before, [changed.id]: answerBy(changed, must(second[0], "a throw")) });
        const road = roadOf(asking, after);
        const sent = recordOf(asking, after);
        expect(Object.keys(sent.answers)).toEqual(road.questions.map(({ id }) => id));
        // Someone who was never elsewhere and says the same is asked the same.
        expect(recordOf(asking, sent.answers)).toEqual(sent);
      }),
      { numRuns: 150, seed: 8 },
    );
  });

  it("goes back the way it came", () => {
    const road = roadOf(wave(), told({}));
    const ids = road.questions.map(({ id }) => id);
    expect(ids.map((id) => questionAfter(road, id)?.id ?? null)).toEqual([...ids.slice(1), null]);
    expect(ids.map((id) => questionBefore(road, id)?.id ?? null)).toEqual([null, ...ids.slice(0, -1)]);
    expect(questionAfter(road, "left-why")).toBeNull();
  });

  it("is short for whom nothing happened to, and for the pulse", () => {
    expect(roadOf(wave(), told({ status: "serving", ...never })).questions.length).toBeLessThanOrEqual(25);
    expect(
      roadOf({ ...wave(), questionnaire: pulse }, told({ status: "serving", ...never }, { ...wave(), questionnaire: pulse })).questions.length,
    ).toBeLessThanOrEqual(16);
  });

  it("asks a small group no details", () => {
    const ids = (details: boolean): string[] => roadOf(wave(details), told({}, wave(details))).questions.map(({ id }) => id);
    expect(ids(true).filter((id) => !ids(false).includes(id))).toEqual(["gender", "age", "tenure"]);
  });

  it("asks leavers and candidates their own module, and office-holders neither", () => {
    const blocks = (status: string): string[] => [...new Set(roadOf(wave(), told({ status })).questions.map(({ block }) => block))];
    expect(blocks("left")).toContain("leaver");
    expect(blocks("candidate")).toContain("candidate");
    expect(blocks("serving").filter((block) => block === "leaver" || block === "candidate")).toEqual([]);
  });

  it("shows help when it still goes on or someone is afraid now, and not for what was said on a road that was left", () => {
    const calm = told({ status: "serving", verbal: "few", "last-over": "over", "afraid-now": "no" });
    expect(needsHelp(wave(), calm)).toBe(false);
    expect(needsHelp(wave(), { ...calm, "last-over": "ongoing" })).toBe(true);
    expect(needsHelp(wave(), { ...calm, "afraid-now": "yes" })).toBe(true);
    expect(needsHelp(wave(), { ...calm, ...never, "last-over": "ongoing" })).toBe(false);
  });

  it("presses options that go together, and none beside one that stands alone", () => {
    const measures = question("last-measures");
    expect(press(measures, ["ban"], "talk")).toEqual(["talk", "ban"]);
    expect(press(measures, ["talk", "ban"], "none")).toEqual(["none"]);
    expect(press(measures, ["none"], "talk")).toEqual(["talk"]);
    expect(press(measures, ["talk"], "talk")).toEqual([]);
  });
});

group("a record", () => {
  const good = (): AnswerRecord => recordOf(wave(), told({ status: "serving", ...never }));
  /** One way to break it per code. */
  const breaks: readonly (readonly [(typeof answerErrorCodes)[number], () => unknown])[] = [
    ["record-malformed", () => ({ ...good(), at: "2026-11-26T10:00:00Z" })],
    ["record-malformed", () => ({ ...good(), recallMonths: 3 })],
    ["record-malformed", () => ({ ...good(), answers: { ...good().answers, status: { text: "free words" } } })],
    ["questionnaire-other", () => ({ ...good(), questionnaire: { set: "monitor", version: 2 } })],
    ["question-unknown", () => ({ ...good(), answers: { ...good().answers, name: "skipped" } })],
    ["question-unknown", () => ({ ...good(), answers: JSON.parse('{"__proto__":"skipped"}') as unknown })],
    ["question-not-asked", () => ({ ...good(), answers: { ...good().answers, "left-why": ["job"] } })],
    ["question-open", () => ({ ...good(), answers: Object.fromEntries(Object.entries(good().answers).filter(([id]) => id !== "risk")) })],
    ["answer-kind", () => ({ ...good(), answers: { ...good().answers, verbal: ["never"] } })],
    ["answer-kind", () => ({ ...good(), answers: { ...good().answers, missing: "listen" } })],
    ["answer-option", () => ({ ...good(), answers: { ...good().answers, verbal: "often" } })],
    ["answer-option", () => ({ ...good(), answers: { ...good().answers, missing: ["listen", "listen"] } })],
    ["answer-option", () => ({ ...good(), answers: { ...good().answers, missing: [] } })],
    ["answer-alone", () => ({ ...good(), answers: { ...good().answers, missing: ["listen", "none"] } })],
    ["record-malformed", () => "{"],
  ];
  it.each(breaks)("is refused with %s (%#)", (code, make) => {
    const read = (): unknown => readRecord(monitor, make());
    expect(read).toThrow(expect.objectContaining({ code }));
    expect(read).toThrow(AnswerError);
  });
  it("breaks in every way there is a code for", () => {
    expect(new Set(breaks.map(([code]) => code))).toEqual(new Set(answerErrorCodes));
  });
  it("is read or refused, whatever it is, and never breaks the reader", () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.string()), (value) => {
        try {
          readRecord(monitor, value);
          return false;
        } catch (error) {
          return error instanceof AnswerError;
        }
      }),
      { numRuns: 300, seed: 9 },
    );
  });
  it.each(publishedQuestionnaires.map(({ set, version }) => [set, version] as const))("of %s %i fits at its widest in what is sent", async (set, version) => {
    const { questions } = must(await loadQuestionnaire(set, version), set);
    // Every question asked at once, with all its options or the longest word there is for it: no road is as wide.
    const widest = Object.fromEntries(
      questions.map(({ id, kind, options }): [string, string | string[]] => {
        const ids = options.map((option) => option.id);
        return [id, kind === "some" ? ids : ([...ids, "refused", "skipped"].toSorted((a, b) => b.length - a.length)[0] ?? "")];
      }),
    );
    const record: AnswerRecord = { questionnaire: { set, version }, recallMonths: 12, details: false, answers: widest };
    const body: AnswerBody = { version: 1, record, fill: "" };
    expect(new TextEncoder().encode(JSON.stringify(body)).length).toBeLessThanOrEqual(answerBytes);
  });
  it("never holds a moment, a language or a word of one's own", () => {
    expect(Object.keys(good()).toSorted()).toEqual(["answers", "details", "questionnaire", "recallMonths"]);
  });
});

group("columns", () => {
  it("are those of the codebook, in its order, with cells it lists", () => {
    const book = codebook(monitor, { recallMonths: 12, details: true }, "nl");
    fc.assert(
      fc.property(dice, fc.boolean(), (throws, details) => {
        const row = derive(monitor, recordOf(wave(details), walk(wave(details), throws)));
        expect(Object.keys(row)).toEqual(book.map(({ column }) => column));
        for (const { column, codes, missing, kind } of book) {
          const cell = must(row[column], column);
          const allowed = typeof cell === "number" ? codes.some(({ code }) => code === cell) : missing.includes(cell);
          expect([column, kind, cell, allowed]).toEqual([column, kind, cell, true]);
        }
      }),
      { numRuns: 100, seed: 10 },
    );
  });

  it("say any aggression as a count by hand does, and leave it unknown when a form was not told and no other happened", () => {
    const forms = ["verbal", "threat", "physical", "discrimination", "sexual", "doxing"];
    fc.assert(
      fc.property(dice, (throws) => {
        const { answers } = recordOf(wave(), walk(wave(), throws));
        const given = forms.map((id) => answers[id]);
        const happened = given.some((one) => one !== undefined && !["never", "refused", "skipped"].includes(String(one)));
        const hidden = given.includes("refused") ? "refused" : given.includes("skipped") ? "skipped" : 0;
        expect(derive(monitor, recordOf(wave(), answers))["any_aggression"]).toBe(happened ? 1 : hidden);
      }),
      { numRuns: 200, seed: 11 },
    );
  });

  const row = (given: Answers): ReturnType<typeof derive> => derive(monitor, recordOf(wave(), told(given)));
  test("of someone nothing happened to: shares among all are 0, shares among victims are not asked", () => {
    expect(row({ status: "serving", ...never })).toMatchObject({
      status: 1,
      any_aggression: 0,
      any_online: 0,
      any_in_person: 0,
      weekly: 0,
      channel_social: "not-asked",
      last_serious: "not-asked",
      complaint: "not-asked",
      reported_internally: "not-asked",
      decisions_influenced: "not-asked",
      considered_leaving: 0,
      left_by_aggression: "not-asked",
    });
  });
  test("of a councillor threatened on social media who told the clerk and made no complaint", () => {
    expect(
      row({
        ...never,
        status: "serving",
        threat: "few",
        channels: ["social", "message"],
        "last-form": ["threat"],
        "last-threat": ["visit"],
        "last-serious": "very",
        "last-internal": "yes",
        "last-internal-whom": ["clerk"],
        "last-police": "no",
        "last-complaint": "no",
        "last-complaint-why": ["no-use", "fear"],
        "last-registered": "unknown",
        "last-aftercare": "wanted",
        decisions: "refused",
        "thought-leaving": "often",
      }),
    ).toMatchObject({
      threat: 2,
      any_aggression: 1,
      any_five_forms: 1,
      any_verbal: 0,
      any_threat: 1,
      any_online: 1,
      any_social_media: 1,
      any_in_person: 0,
      online_of_victims: 1,
      last_threat_visit: 1,
      last_threat_kill: 0,
      last_is_serious: 1,
      reported_internally: 1,
      last_internal_whom_clerk: 1,
      last_internal_why_weak: "not-asked",
      told_police: 0,
      complaint: 0,
      last_complaint_why_no_use: 1,
      last_complaint_why_fear: 1,
      last_complaint_why_known: 0,
      registered: 0,
      aftercare_missed: 1,
      decisions_influenced: "refused",
      considered_leaving: 1,
    });
  });
  test("of doxing alone: any aggression, but none of the five forms asked before", () => {
    expect(row({ ...never, status: "serving", doxing: "once" })).toMatchObject({ any_aggression: 1, any_five_forms: 0, any_doxing: 1 });
  });
  test("of a candidate: not among those who could report within an organisation", () => {
    expect(row({ ...never, status: "candidate", verbal: "once", "candidate-doubt": "much" })).toMatchObject({
      last_internal: "not-asked",
      reported_internally: "not-asked",
      complaint: 1,
      candidate_doubted: 1,
      considered_leaving: "not-asked",
    });
  });
  test("of someone who does not say whether they hold office: in no denominator that hangs on it", () => {
    expect(row({ ...never, status: "refused" })).toMatchObject({ status: "refused", considered_leaving: "refused", any_aggression: 0 });
  });

  it("of a derived variable exist in the pulse only when all it looks at is asked there", () => {
    const named = new Map(pulse.conditions.map((one) => [one.id, one]));
    const asked = new Set(pulse.questions.map(({ id }) => id));
    for (const { variable, when } of pulse.derived) expect([variable, testsOf(when, named).filter((one) => !asked.has(one.question))]).toEqual([variable, []]);
    expect(pulse.derived.map(({ variable }) => variable)).toEqual(expect.arrayContaining(["any_aggression", "any_online", "reported_internally", "complaint"]));
  });
});

group("codebook", () => {
  it.each(["nl", "en", "fy"] as const)("says in %s what each column is, among whom, and leaves no placeholder", (language) => {
    for (const recall of [6, 12] as const) {
      const rows = codebook(monitor, { recallMonths: recall, details: true }, language);
      expect(new Set(rows.map(({ column }) => column)).size).toBe(rows.length);
      for (const { column, label, among, codes } of rows) {
        expect([column, label === "" || label.includes("{"), among === ""]).toEqual([column, false, false]);
        expect([column, codes.every(({ label: one }) => one !== "")]).toEqual([column, true]);
      }
      expect(rows.find(({ column }) => column === "verbal")?.label).toContain(String(recall));
    }
  });
  it("names a denominator for every derived column, and not-asked only where someone may not be asked", () => {
    const rows = codebook(monitor, { recallMonths: 12, details: true }, "en");
    for (const { kind, denominator, column } of rows) expect([column, denominator !== null]).toEqual([column, kind === "derived"]);
    expect(rows.find(({ column }) => column === "verbal")?.missing).toEqual(["refused", "skipped"]);
    expect(rows.find(({ column }) => column === "gender")?.missing).toEqual(missingKinds);
    expect(rows.find(({ column }) => column === "complaint")).toMatchObject({ denominator: "victims", among: "those who experienced aggression themselves" });
  });
  it("says a condition in words", () => {
    const asked = must(question("last-where").asked, "a condition");
    expect(describe(monitor, asked, "nl", () => "vraag 15")).toBe("u bij vraag 15 koos: “In het echt, ergens buiten mijn huis”");
    expect(describe(monitor, must(question("last-internal").asked, "a condition"), "en", ({ id }) => id)).toBe(
      "you experienced any form of aggression yourself and you hold or held political office",
    );
  });
});

group("the same question over waves", () => {
  const in12 = { recallMonths: 12, details: true } as const;
  const in6 = { recallMonths: 6, details: true } as const;
  it("has one key in wave and pulse with one recall period", () => {
    for (const { id } of pulse.questions) expect([id, trendKey(pulse, question(id, pulse), in12)]).toEqual([id, trendKey(monitor, question(id), in12)]);
  });
  it("has another key over another period exactly where the period is part of the question", () => {
    for (const one of monitor.questions) {
      const bound = one.text.nl.includes("{recall}");
      expect([one.id, trendKey(monitor, one, in6) === trendKey(monitor, one, in12)]).toEqual([one.id, !bound]);
      expect(differences({ questionnaire: monitor, question: one, ...in6 }, { questionnaire: monitor, question: one, ...in12 })).toEqual(
        bound ? ["recall"] : [],
      );
    }
  });
  it("is another question when wording, options or who is asked change, and the same when a translation is mended", () => {
    const one = question("last-serious");
    const base = { questionnaire: monitor, question: one, ...in12 };
    const change = (part: Partial<Question>): ReturnType<typeof differences> => differences(base, { ...base, question: { ...one, ...part } });
    expect(change({ text: { ...one.text, nl: "Hoe erg vond u het?" } })).toEqual(["wording"]);
    expect(change({ text: { ...one.text, fy: "Hoe slim fûnen jo dit?" } })).toEqual([]);
    expect(change({ options: one.options.slice(1) })).toEqual(["options"]);
    expect(change({ asked: null })).toEqual(["asked"]);
    expect(change({ variable: "other" })).toEqual(["variable"]);
    const wider = {
      ...monitor,
      conditions: monitor.conditions.map((each) => (each.id === "victim" ? { ...each, when: { question: "verbal", in: ["once"] } } : each)),
    };
    expect(differences(base, { ...base, questionnaire: wider })).toEqual(["asked"]);
  });
});

it("has unique columns that a statistics package takes", () => {
  const columns = monitor.questions.flatMap((one) => columnsOf(one));
  expect(columns.filter((column) => !/^[a-z][a-z0-9_]{0,39}$/u.test(column))).toEqual([]);
});
