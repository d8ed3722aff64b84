/** Issue 2, the visit: follow-ups, progress, findings with their reason, and old visits that stay readable in the version they were made in. Run by vitest only. */
import fc from "fast-check";
import { beforeAll, describe, expect, it, test } from "vitest";
import { Check } from "typebox/value";
import type { Condition, Question, QuestionSet, Test } from "#registers/questions/index.ts";
import { Finding, LocalId, VisitAnswers, type AnswerValue } from "#services/scanning/contract/index.ts";
import {
  answerInWords,
  evaluate,
  findingOf,
  newestVersion,
  noAnswers,
  openSet,
  progressOfAll,
  QuestionError,
  readAnswers,
  ready,
  storedAnswers,
  withAnswer,
  withoutAnswer,
  type AnswerBook,
  type ReadySet,
} from "./index.ts";

let first: ReadySet;
let second: ReadySet;
beforeAll(async () => {
  [first, second] = await Promise.all([openSet("veilig-wonen", 1), openSet("veilig-wonen", 2)]);
});

const answered = (set: ReadySet, given: Readonly<Record<string, AnswerValue>>): AnswerBook =>
  Object.entries(given).reduce((book, [question, value]) => withAnswer(set, book, { question, value, note: "" }), noAnswers);
const ids = (questions: readonly Question[]): string[] => questions.map(({ id }) => id);

describe("which questions are asked", () => {
  it("asks nothing twice and starts with what hangs on nothing", () => {
    const { asked, open, complete } = evaluate(first, noAnswers);
    expect(ids(open)).toEqual(ids(asked));
    expect(asked.every((question) => question.asked === undefined)).toBe(true);
    expect(complete).toBe(false);
  });
  it("asks a follow-up when the answer calls for it: atLeast, in, is, not", () => {
    expect(ids(evaluate(first, answered(first, { children: 2 })).asked)).toContain("children-school");
    expect(ids(evaluate(first, answered(first, { children: 0 })).asked)).not.toContain("children-school");
    expect(ids(evaluate(first, answered(first, { "home-owned": "rented" })).asked)).toContain("landlord-asked");
    expect(ids(evaluate(first, answered(first, { alarm: "yes" })).asked)).toContain("alarm-night");
    expect(ids(evaluate(first, answered(first, { "home-type": "terraced" })).asked)).toContain("back-path");
    expect(ids(evaluate(first, answered(first, { "home-type": "apartment" })).asked)).not.toContain("back-path");
  });
  it("joins conditions with all and any", () => {
    expect(ids(evaluate(first, answered(first, { children: 1, "children-alone": "yes" })).asked)).toContain("children-alone-plan");
    expect(ids(evaluate(first, answered(first, { children: 1, "children-alone": "no" })).asked)).not.toContain("children-alone-plan");
    expect(ids(evaluate(first, answered(first, { cameras: "bell" })).asked)).toContain("power-failure");
    expect(ids(evaluate(first, answered(first, { alarm: "no", cameras: "none" })).asked)).not.toContain("power-failure");
  });
  it("keeps the answer to a follow-up that is no longer asked, and counts it nowhere", () => {
    const book = answered(first, { children: 1, "children-open-door": "no" });
    expect(evaluate(first, book).findings.map(({ id }) => id)).toEqual(["children-open-door"]);
    const changed = withAnswer(first, book, { question: "children", value: 0, note: "" });
    const now = evaluate(first, changed);
    expect(now.hidden).toEqual(["children-open-door"]);
    expect(now.findings).toEqual([]);
    expect(evaluate(first, withAnswer(first, changed, { question: "children", value: 3, note: "" })).findings).toHaveLength(1);
  });
  it("a skipped question is done, asks no follow-up and proposes nothing", () => {
    const now = evaluate(first, answered(first, { alarm: { skipped: "not-seen" } }));
    expect(now.progress.wonen).toMatchObject({ done: 1, skipped: 1 });
    expect(ids(now.asked)).not.toContain("alarm-night");
    expect(now.findings).toEqual([]);
  });
});

describe("what is found", () => {
  it("proposes a finding with question and answer as the reason", () => {
    const [found] = evaluate(first, answered(first, { "letterbox-kind": "door" })).findings;
    expect(found).toEqual({
      id: "letterbox-kind",
      question: "letterbox-kind",
      domain: "wonen",
      topic: "letterbox",
      ring: "shell",
      floor: null,
      seriousness: "high",
      observation: "De post komt door een gleuf in de deur of gevel.",
      reason: { question: "Waar komt de post binnen?", answer: "Door een gleuf in de deur" },
    });
  });
  it("counts a finding under the domain of its topic", () => {
    const [found] = evaluate(first, answered(first, { "home-visits-before": "once", "home-visits-reported": "no" })).findings.filter(
      ({ topic }) => topic === "reporting",
    );
    expect(found).toMatchObject({ domain: "werk", question: "home-visits-reported" });
  });
  it("compares numbers: images kept too long", () => {
    expect(evaluate(first, answered(first, { cameras: "several", "camera-keep-days": 28 })).findings).toEqual([]);
    expect(evaluate(first, answered(first, { cameras: "several", "camera-keep-days": 29 })).findings).toHaveLength(1);
  });
  it("fits the sealed visit, with its topic and question", () => {
    const found = evaluate(first, answered(first, { "safe-room": "no" })).findings.map(findingOf);
    expect(found).toMatchObject([{ id: "safe-room", ring: "safe-room", question: "safe-room" }]);
    expect(found.every((one) => Check(Finding, one))).toBe(true);
  });
  it("words every kind of answer, and skips in the words it is given", () => {
    const question = (id: string): Question => {
      const one = first.set.questions.find((each) => each.id === id);
      if (one === undefined) throw new Error(id);
      return one;
    };
    expect(answerInWords(question("alarm"), "no")).toBe("nee");
    expect(answerInWords(question("children"), 2)).toBe("2 kinderen");
    expect(answerInWords(question("street-photo"), 1)).toBe("1 foto");
    expect(answerInWords(question("meeting-tense"), "windmolens")).toBe("windmolens");
    expect(
      answerInWords(question("alarm"), { skipped: "not-seen" }, { "not-applicable": "n.v.t.", "not-seen": "niet gezien", "not-shared": "niet verteld" }),
    ).toBe("niet gezien");
  });
});

describe("versions", () => {
  it("a visit made in version 1 is read in version 1, with its questions and findings, after version 2 came", () => {
    expect(newestVersion("veilig-wonen")).toBe(2);
    const stored = storedAnswers(first, answered(first, { alarm: "yes", "alarm-night": "no", pets: "yes" }));
    const read = evaluate(first, readAnswers(first, stored));
    expect(read.findings).toMatchObject([{ id: "alarm-night", reason: { answer: "nee" } }]);
    expect(ids(read.asked)).toContain("pets");
  });
  it("version 2 changed alarm into a choice, dropped pets and asks about drones", () => {
    expect(() => answered(second, { alarm: "yes" })).toThrow(expect.objectContaining({ code: "answer-choice", question: "alarm" }));
    expect(() => answered(second, { pets: "yes" })).toThrow(expect.objectContaining({ code: "question-unknown", question: "pets" }));
    expect(
      evaluate(second, answered(second, { drone: "yes", alarm: "own" }))
        .findings.map(({ id }) => id)
        .toSorted(),
    ).toEqual(["alarm-2", "drone"]);
    expect(ids(evaluate(second, answered(second, { alarm: "own" })).asked)).toContain("alarm-night");
  });
  it("refuses answers of another version, an unknown version and an unknown set, and says which there are", async () => {
    const stored = storedAnswers(first, answered(first, { alarm: "yes" }));
    expect(() => readAnswers(second, stored)).toThrow(expect.objectContaining({ code: "version-mismatch" }));
    await expect(openSet("veilig-wonen", 3)).rejects.toThrow(expect.objectContaining({ code: "version-unknown", message: expect.stringContaining("1, 2") }));
    await expect(openSet("veilig-varen", 1)).rejects.toThrow(expect.objectContaining({ code: "set-unknown" }));
    expect(() => newestVersion("veilig-varen")).toThrow(QuestionError);
  });
  it("opens a version once", async () => {
    expect(await openSet("veilig-wonen", 1)).toBe(first);
  });
});

describe("wrong answers", () => {
  test.each([
    ["nothing", "yes", "question-unknown"],
    ["alarm", "maybe", "answer-type"],
    ["alarm", 1, "answer-type"],
    ["home-type", 1, "answer-type"],
    ["home-type", "castle", "answer-choice"],
    ["children", "two", "answer-type"],
    ["children", -1, "answer-range"],
    ["children", 21, "answer-range"],
    ["street-photo", 0, "answer-range"],
    ["street-photo", "one", "answer-type"],
    ["meeting-tense", 3, "answer-type"],
    ["meeting-tense", "  ", "answer-range"],
    ["children", 1.5, "answers-malformed"],
    ["meeting-tense", "", "answers-malformed"],
  ] as const)("%s answered with %j is refused as %s", (question, value, code) => {
    expect(() => withAnswer(first, noAnswers, { question, value, note: "" })).toThrow(expect.objectContaining({ code }));
  });
  it("two answers to one question are refused: two tablets on one visit", () => {
    const one = { question: "alarm", value: "yes", note: "" };
    const stored = { set: "veilig-wonen", setVersion: 1, answers: [one, { ...one, value: "no" }] };
    expect(() => readAnswers(first, stored)).toThrow(expect.objectContaining({ code: "answered-twice", question: "alarm" }));
  });
  it("anything else is malformed, and no message repeats an answer", () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(() => readAnswers(first, value)).toThrow(QuestionError);
      }),
    );
    expect(() => withAnswer(first, noAnswers, { question: "home-type", value: "geheim-kasteel", note: "" })).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining("geheim") }),
    );
  });
});

/** An answer that fits, or none. */
const answerTo = (question: Question): fc.Arbitrary<AnswerValue | null> => {
  const values: Record<Question["kind"], fc.Arbitrary<AnswerValue>> = {
    "yes-no": fc.constantFrom("yes", "no"),
    choice: fc.constantFrom(...(question.choices ?? []).map(({ id }) => id), "never-used").filter((id) => id !== "never-used"),
    number: fc.integer({ min: question.min ?? 0, max: question.max ?? 10 }),
    text: fc.constant("tekst"),
    photo: fc.integer({ min: 1, max: 4 }),
  };
  const skipped = fc.constantFrom(...(["not-applicable", "not-seen", "not-shared"] as const)).map((reason) => ({ skipped: reason }));
  return fc.oneof({ weight: 5, arbitrary: values[question.kind] }, { weight: 1, arbitrary: skipped }, { weight: 1, arbitrary: fc.constant(null) });
};
const books = (set: ReadySet): fc.Arbitrary<AnswerBook> =>
  fc.tuple(...set.set.questions.map(answerTo)).map((values) => {
    const given = values.flatMap((value, at) => {
      const question = set.set.questions[at];
      return value === null || question === undefined ? [] : [[question.id, { question: question.id, value, note: "" }] as const];
    });
    return new Map(given);
  });

/** The condition language once more, straight from the data: the slow reading the fast one must agree with. */
function naive(set: QuestionSet, book: AnswerBook): string[] {
  const asked = new Map<string, string | number | undefined>();
  const one = (test: Test): boolean => {
    const value = asked.get(test.question);
    if (value === undefined) return false;
    if ("is" in test) return value === test.is;
    if ("not" in test) return value !== test.not;
    if ("in" in test) return test.in.includes(value);
    return typeof value === "number" && value >= test.atLeast;
  };
  const fits = (condition: Condition): boolean =>
    "all" in condition ? condition.all.every(one) : "any" in condition ? condition.any.some(one) : one(condition);
  for (const { id, asked: when } of set.questions) {
    if (when !== undefined && !fits(when)) continue;
    const value = book.get(id)?.value;
    asked.set(id, typeof value === "object" ? undefined : value);
  }
  return [...asked.keys()];
}

describe("for any answers", () => {
  it("agrees with the plain reading of the conditions, counts every question once, and finds only with a reason", () => {
    for (const set of [first, second]) {
      fc.assert(
        fc.property(books(set), (book) => {
          const { asked, open, hidden, findings, progress, complete } = evaluate(set, book);
          expect(ids(asked)).toEqual(naive(set.set, book));
          expect(complete).toBe(open.length === 0);
          const all = progressOfAll({ asked, open, hidden, findings, progress, complete });
          expect(all).toMatchObject({ asked: asked.length, done: asked.length - open.length });
          expect(asked.length - open.length + hidden.length).toBe(book.size);
          for (const found of findings) {
            expect(typeof book.get(found.question)?.value).not.toBe("object");
            expect(ids(asked)).toContain(found.question);
            expect(Check(LocalId, found.id)).toBe(true);
          }
          const visible = hidden.reduce((rest, id) => withoutAnswer(rest, id), book);
          expect(evaluate(set, visible).findings).toEqual(findings);
        }),
        { numRuns: 40 },
      );
    }
  });
  it("stores and reads back the same", () => {
    fc.assert(
      fc.property(books(first), (book) => {
        const stored = storedAnswers(first, book);
        expect(Check(VisitAnswers, stored)).toBe(true);
        expect(readAnswers(first, JSON.parse(JSON.stringify(stored)))).toEqual(book);
      }),
      { numRuns: 25 },
    );
  });
  it("answering whatever is open comes to an end", () => {
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat(1_000)), (choices) => {
        let book = noAnswers;
        let steps = 0;
        for (let now = evaluate(first, book); !now.complete; now = evaluate(first, book)) {
          const [question] = now.open;
          if (question === undefined) break;
          const pick = choices.next().value ?? 0;
          const options = question.kind === "yes-no" ? ["yes", "no"] : (question.choices ?? []).map(({ id }) => id);
          const value = question.kind === "text" ? "tekst" : (options[pick % Math.max(1, options.length)] ?? (question.min ?? 1) + (pick % 2));
          book = withAnswer(first, book, { question: question.id, value, note: "" });
          expect(++steps).toBeLessThanOrEqual(first.questions.length);
        }
        expect(evaluate(first, book).complete).toBe(true);
      }),
      { numRuns: 10 },
    );
  });
  it("a set made by hand may be evaluated as well", () => {
    const own = ready({ ...first.set, questions: first.set.questions.slice(0, 3) });
    expect(ids(evaluate(own, noAnswers).asked)).toEqual(["home-type", "home-owned"]);
  });
});
