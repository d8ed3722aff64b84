/** Question sets of a visit as versioned, frozen data: which versions exist and how one is read. Loaded one version at a time by services/scanning/questions. */
import Type, { type Static } from "typebox";
import { idPattern, known, onlyOnce, readRegister, RegisterError } from "#registers/register.ts";
import { topics } from "#registers/rules/topics.ts";
import { cited, citesKnown } from "#registers/sources/index.ts";
import { Ring, RiskDomain, Seriousness } from "#services/scanning/contract/index.ts";

const Id = Type.String({ pattern: idPattern });
const Text = Type.String({ minLength: 1, maxLength: 600 });
/** An answer one may compare with: `yes` or `no`, the id of a choice, a number. */
const Given = Type.Union([Type.String({ maxLength: 40 }), Type.Integer()]);

/** Looks at one answer. A question without an answer fits no test, `not` included. */
export const Test = Type.Union([
  Type.Object({ question: Id, is: Given }, { additionalProperties: false }),
  Type.Object({ question: Id, in: Type.Array(Given, { minItems: 1 }) }, { additionalProperties: false }),
  Type.Object({ question: Id, not: Given }, { additionalProperties: false }),
  Type.Object({ question: Id, atLeast: Type.Integer() }, { additionalProperties: false }),
]);
/** Looks at one answer. */
export type Test = Static<typeof Test>;

/** One test, or several joined by `all` or `any`. */
export const Condition = Type.Union([
  Test,
  Type.Object({ all: Type.Array(Test, { minItems: 2 }) }, { additionalProperties: false }),
  Type.Object({ any: Type.Array(Test, { minItems: 2 }) }, { additionalProperties: false }),
]);
/** One test, or several joined by `all` or `any`. */
export type Condition = Static<typeof Condition>;

/** A finding that an answer proposes. */
export const ProposedFinding = Type.Object(
  {
    id: Id,
    when: Condition,
    /** Id in registers/rules/topics.json. */
    topic: Id,
    ring: Ring,
    seriousness: Seriousness,
    /** What was seen, Dutch; the adviser may reword it. */
    observation: Text,
  },
  { additionalProperties: false },
);
/** A finding that an answer proposes. */
export type ProposedFinding = Static<typeof ProposedFinding>;

/** Kinds of answer. `photo`: the number of photos taken; the photos themselves are attachments. */
export const questionKinds = ["yes-no", "choice", "number", "text", "photo"] as const;

/** One question. */
export const Question = Type.Object(
  {
    id: Id,
    domain: RiskDomain,
    /** Id of a section of the set. */
    section: Id,
    ring: Ring,
    floor: Type.Union([Type.Enum(["cellar", "ground", "upper"]), Type.Null()]),
    kind: Type.Enum(questionKinds),
    text: Text,
    help: Text,
    choices: Type.Optional(Type.Array(Type.Object({ id: Id, text: Text }, { additionalProperties: false }), { minItems: 2 })),
    unit: Type.Optional(Text),
    min: Type.Optional(Type.Integer()),
    max: Type.Optional(Type.Integer()),
    /** When it is asked; always when left out. Looks back at earlier questions only. */
    asked: Type.Optional(Condition),
    ...cited,
    findings: Type.Array(ProposedFinding),
  },
  { additionalProperties: false },
);
/** One question. */
export type Question = Static<typeof Question>;

/** One version of a set. */
export const QuestionSet = Type.Object(
  {
    set: Id,
    version: Type.Integer({ minimum: 1 }),
    date: Type.String({ pattern: "^\\d{4}-\\d{2}-\\d{2}$" }),
    title: Text,
    about: Type.String(),
    /** What differs from the version before, for people. */
    changes: Type.Array(Type.Object({ question: Id, change: Type.Enum(["added", "changed", "removed"]), note: Text }, { additionalProperties: false })),
    sections: Type.Array(Type.Object({ id: Id, domain: RiskDomain, nl: Text }, { additionalProperties: false }), { minItems: 1 }),
    questions: Type.Array(Question, { minItems: 1 }),
  },
  { additionalProperties: false },
);
/** One version of a set. */
export type QuestionSet = Static<typeof QuestionSet>;

/** The tests of a condition, one by one. */
export const testsOf = (condition: Condition): readonly Test[] => ("all" in condition ? condition.all : "any" in condition ? condition.any : [condition]);

/** Every value a test compares with. */
const valuesOf = (test: Test): readonly (string | number)[] =>
  "is" in test ? [test.is] : "in" in test ? test.in : "not" in test ? [test.not] : [test.atLeast];

/**
 * Reads and checks one version: ids once, sources, sections and topics known, every condition looks at an earlier question (or, in a finding, at its own) and at an answer it can have.
 * @param file path from the root of the tree, for messages
 * @throws {@link RegisterError} naming file and id.
 */
export function readQuestionSet(value: unknown, file: string): QuestionSet {
  const set = readRegister(QuestionSet, value, file);
  const { questions, sections } = set;
  onlyOnce(questions, file);
  onlyOnce(sections, file);
  onlyOnce(
    questions.flatMap(({ findings }) => findings),
    file,
  );
  citesKnown(questions, file);
  const places = new Map(sections.map((section) => [section.id, section]));
  const topicIds = new Set(topics.keys());
  const before = new Map<string, Question>();
  for (const question of questions) {
    const { id, kind, choices, findings, asked } = question;
    if (places.get(question.section)?.domain !== question.domain) throw new RegisterError(`${file} ${id}: its section is not one of its domain`);
    if ((kind === "choice") !== (choices !== undefined)) throw new RegisterError(`${file} ${id}: choices belong to a choice, and only to a choice`);
    onlyOnce(choices ?? [], `${file} ${id}`);
    if (asked !== undefined) checkTests(asked, before, file, id);
    before.set(id, question);
    known(
      findings.map(({ topic }) => topic),
      topicIds,
      file,
      id,
      "topic",
    );
    for (const { when, id: finding } of findings) checkTests(when, before, file, finding);
  }
  return set;
}

/** @throws {@link RegisterError} when a test looks at no earlier question, or at an answer that question cannot have. */
function checkTests(condition: Condition, before: ReadonlyMap<string, Question>, file: string, row: string): void {
  for (const test of testsOf(condition)) {
    const seen = before.get(test.question);
    if (seen === undefined) throw new RegisterError(`${file} ${row}: looks at ${test.question}, which is no earlier question`);
    const countable = seen.kind === "number" || seen.kind === "photo";
    const possible = seen.kind === "yes-no" ? ["yes", "no"] : (seen.choices ?? []).map(({ id }) => id);
    for (const one of valuesOf(test)) {
      const fits = typeof one === "number" ? countable : seen.kind === "text" || (!("atLeast" in test) && possible.includes(one));
      if (!fits) throw new RegisterError(`${file} ${row}: ${test.question} cannot be answered with ${one}`);
    }
  }
}

/** A version that was published. Its file is never changed again; a test holds its digest. */
export interface PublishedSet {
  readonly set: string;
  readonly version: number;
  /** Loads and checks it; the file is its own piece of the browser's bundle. @throws {@link RegisterError}. */
  readonly load: () => Promise<QuestionSet>;
}

const room = "registers/questions";
/** Every version ever published, oldest first. */
export const publishedSets: readonly PublishedSet[] = [
  {
    set: "veilig-wonen",
    version: 1,
    load: async () => readQuestionSet((await import("./veilig-wonen-1.json", { with: { type: "json" } })).default, `${room}/veilig-wonen-1.json`),
  },
  {
    set: "veilig-wonen",
    version: 2,
    load: async () => readQuestionSet((await import("./veilig-wonen-2.json", { with: { type: "json" } })).default, `${room}/veilig-wonen-2.json`),
  },
];
