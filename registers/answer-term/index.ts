/** The term of written questions: rules with their article, what is left open, and the steps inside a ministry. Read by services/parliament/clock and screens. */
import Type, { type Static } from "typebox";
import { idPattern, onlyOnce, readRegister, RegisterError } from "#registers/register.ts";
import { cited, citesKnown } from "#registers/sources/index.ts";
import data from "./answer-term.json" with { type: "json" };

const file = "registers/answer-term/answer-term.json";
const Text = Type.String({ minLength: 1, maxLength: 300 });
const Id = Type.String({ pattern: idPattern });

const Rule = Type.Object(
  {
    id: Type.Enum(["answer", "postponement", "late-list"]),
    /** Weeks of seven calendar days; 0 for the list. */
    weeks: Type.Integer({ minimum: 0, maximum: 52 }),
    nl: Text,
    en: Text,
    /** `to-verify`: the text of the article itself was not read. */
    state: Type.Enum(["checked", "to-verify"]),
    ...cited,
  },
  { additionalProperties: false },
);
/** A rule of the term. */
export type TermRule = Static<typeof Rule>;

/** What a recess does to the term: it runs on, its last day moves to the first working day after, or the days do not count. */
export const recessEffects = ["runs", "moves", "pauses"] as const;
/** What a recess does to the term. */
export type RecessEffect = (typeof recessEffects)[number];
const Setting = Type.Object(
  {
    id: Type.Enum(["recess"]),
    nl: Text,
    en: Text,
    choices: Type.Array(Type.Enum([...recessEffects])),
    default: Type.Enum([...recessEffects]),
    because: Text,
    ...cited,
  },
  { additionalProperties: false },
);
const Step = Type.Object(
  {
    id: Id,
    /** Working days before the last day of the term. */
    workingDays: Type.Integer({ minimum: 0, maximum: 60 }),
    nl: Text,
    en: Text,
    ...cited,
  },
  { additionalProperties: false },
);
/** A step inside a ministry, counted back from the last day. */
export type InternalStep = Static<typeof Step>;

const AnswerTerm = Type.Object(
  { about: Type.String(), rules: Type.Array(Rule), settings: Type.Array(Setting), steps: Type.Array(Step, { minItems: 1 }) },
  { additionalProperties: false },
);

/** The register as read. */
export interface AnswerTermRules {
  readonly answer: TermRule;
  readonly postponement: TermRule;
  readonly lateList: TermRule;
  readonly recess: Static<typeof Setting>;
  readonly steps: readonly InternalStep[];
}

/** Reads and checks the register. @throws {@link RegisterError} naming the row: a rule is missing, a source is unknown, or steps do not run towards the last day. */
export function readAnswerTerm(value: unknown): AnswerTermRules {
  const read = readRegister(AnswerTerm, value, file);
  for (const rows of [read.rules, read.settings, read.steps]) {
    onlyOnce(rows, file);
    citesKnown(rows, file);
  }
  const rule = (id: TermRule["id"]): TermRule => {
    const found = read.rules.find((one) => one.id === id);
    if (found === undefined) throw new RegisterError(`${file} ${id}: this rule is missing`);
    return found;
  };
  const recess = read.settings.find(({ id }) => id === "recess");
  if (recess === undefined) throw new RegisterError(`${file} recess: this setting is missing`);
  if (!recess.choices.includes(recess.default)) throw new RegisterError(`${file} recess: the default is not among the choices`);
  for (const [at, step] of read.steps.entries())
    if (at > 0 && step.workingDays > (read.steps[at - 1]?.workingDays ?? 0))
      throw new RegisterError(`${file} ${step.id}: steps stand in the order in which they are due`);
  return { answer: rule("answer"), postponement: rule("postponement"), lateList: rule("late-list"), recess, steps: read.steps };
}

/** The rules in force. */
export const answerTermRules: AnswerTermRules = readAnswerTerm(data);
