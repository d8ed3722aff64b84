/** Reads and checks a questionnaire from JSON. By hand and not with a schema library: the respondent's page reads it too and is held to 90 kB. Used by index.ts beside it and by tests. */
import { idPattern, known, onlyOnce, RegisterError } from "#registers/rows.ts";
import {
  questionnaireLanguages,
  type Block,
  type Condition,
  type Denominator,
  type Derived,
  type Leaf,
  type NamedCondition,
  type Option,
  type Question,
  type Questionnaire,
  type Test,
  type Words,
} from "./words.ts";

/** Names in the data: letters, digits and underscores, so that every statistics package takes them. */
const variablePattern = /^[a-z][a-z0-9_]{0,31}$/u;
const id = new RegExp(idPattern, "u");
/** What an answer may be besides an option; no option may be called so. */
const reserved = new Set(["refused", "skipped"]);

/** A place in the file, for messages: the file and the innermost row that has an id. */
interface Place {
  readonly file: string;
  readonly row: string;
}

const fail = ({ file, row }: Place, what: string): never => {
  throw new RegisterError(`${file} ${row}: ${what}`);
};

/** What JSON calls an object: neither null nor a list. */
export type Fields = Readonly<Record<string, unknown>>;

/** Whether something that was parsed is an object with fields. */
export const isFields = (value: unknown): value is Fields => typeof value === "object" && value !== null && !Array.isArray(value);

/** An object with these fields and no others. */
function fields(value: unknown, allowed: readonly string[], place: Place): Fields {
  if (!isFields(value)) return fail(place, "is no object");
  for (const key of Object.keys(value)) if (!allowed.includes(key)) fail(place, `has a field ${key} that nothing reads`);
  return value;
}

function text(value: unknown, what: string, place: Place, longest = 300): string {
  if (typeof value !== "string" || value === "" || value.length > longest) return fail(place, `${what} is no text of 1 to ${longest} characters`);
  return value;
}

function identifier(value: unknown, what: string, place: Place): string {
  return typeof value === "string" && id.test(value) ? value : fail(place, `${what} is no id (${idPattern})`);
}

function variable(value: unknown, place: Place): string {
  return typeof value === "string" && variablePattern.test(value) ? value : fail(place, `variable is no name a data file can have (${variablePattern.source})`);
}

function whole(value: unknown, what: string, least: number, place: Place): number {
  return typeof value === "number" && Number.isInteger(value) && value >= least ? value : fail(place, `${what} is no whole number of ${least} or more`);
}

function yes(value: unknown, what: string, place: Place): boolean {
  return value === undefined ? false : value === true ? true : fail(place, `${what} is true or left out`);
}

function list(value: unknown, what: string, place: Place): readonly unknown[] {
  return Array.isArray(value) && value.length > 0 ? value : fail(place, `${what} is no list with something in it`);
}

/** Rows of a list, each with the id under which messages name it. */
function rows<T>(value: unknown, what: string, file: string, read: (row: unknown, place: Place) => T): T[] {
  return list(value, what, { file, row: what }).map((row, at) => {
    const own = isFields(row) ? (row["id"] ?? row["variable"]) : undefined;
    return read(row, { file, row: typeof own === "string" ? own : `${what}/${at}` });
  });
}

const languages: readonly string[] = questionnaireLanguages;

/** One text in every language, each made by `read`. */
function inEvery(read: (language: (typeof questionnaireLanguages)[number]) => string): Words {
  return { nl: read("nl"), en: read("en"), fy: read("fy") };
}

const words = (row: Fields, place: Place): Words => inEvery((language) => text(row[language], language, place));

function readLeaf(value: unknown, place: Place): Leaf {
  const row = fields(value, ["question", "in", "named"], place);
  if (row["named"] !== undefined) return { named: identifier(fields(value, ["named"], place)["named"], "named", place) };
  return { question: identifier(row["question"], "question", place), in: list(row["in"], "in", place).map((one) => identifier(one, "in", place)) };
}

function readCondition(value: unknown, place: Place): Condition {
  if (!isFields(value)) return fail(place, "has a condition that is no object");
  for (const join of ["all", "any", "none"] as const) {
    if (value[join] === undefined) continue;
    const leaves = list(fields(value, [join], place)[join], join, place).map((leaf) => readLeaf(leaf, place));
    return join === "all" ? { all: leaves } : join === "any" ? { any: leaves } : { none: leaves };
  }
  return readLeaf(value, place);
}

function readOption(value: unknown, place: Place): Option {
  const row = fields(value, ["id", "code", "alone", ...languages], place);
  const name = identifier(row["id"], "id", place);
  if (reserved.has(name)) fail(place, `an option may not be called ${name}`);
  return { id: name, code: whole(row["code"], "code", 0, place), alone: yes(row["alone"], "alone", place), words: words(row, place) };
}

function readOptions(value: unknown, file: string, row: string): readonly Option[] {
  const options = rows(value, "options", file, (one, place) => readOption(one, { ...place, row: `${row} ${place.row}` }));
  onlyOnce(options, `${file} ${row}`);
  if (options.length < 2) fail({ file, row }, "has fewer than two options");
  const codes = new Set(options.map(({ code }) => code));
  if (codes.size !== options.length) fail({ file, row }, "gives one code to two options");
  return options;
}

function readQuestion(value: unknown, lists: ReadonlyMap<string, readonly Option[]>, place: Place): Question {
  const row = fields(value, ["id", "variable", "block", "kind", "list", "options", "asked", "detail", ...languages], place);
  const { kind } = row;
  if (kind !== "one" && kind !== "some") return fail(place, "kind is neither one nor some");
  if ((row["list"] === undefined) === (row["options"] === undefined)) fail(place, "has either a list or options of its own");
  const named = row["list"] === undefined ? null : identifier(row["list"], "list", place);
  const shared = named === null ? undefined : lists.get(named);
  if (named !== null && shared === undefined) fail(place, `list ${named} does not exist`);
  const options = shared ?? readOptions(row["options"], place.file, place.row);
  if (kind === "one" && options.some(({ alone }) => alone)) fail(place, "of kind one has an option that stands alone: each does");
  const said = (part: "text" | "help"): Words =>
    inEvery((language) => text(fields(row[language], ["text", "help"], place)[part], `${language}.${part}`, place));
  const helped = languages.filter((language) => isFields(row[language]) && row[language]["help"] !== undefined).length;
  if (helped !== 0 && helped !== languages.length) fail(place, "is explained in one language and not in another");
  const question: Question = {
    id: identifier(row["id"], "id", place),
    variable: variable(row["variable"], place),
    block: identifier(row["block"], "block", place),
    kind,
    options,
    asked: row["asked"] === undefined ? null : readCondition(row["asked"], place),
    detail: yes(row["detail"], "detail", place),
    text: said("text"),
    help: helped === 0 ? null : said("help"),
  };
  const recalls = new Set(questionnaireLanguages.map((language) => question.text[language].includes("{recall}")));
  if (recalls.size > 1) fail(place, "looks back over a period in one language and not in another");
  return question;
}

function readBlock(value: unknown, place: Place): Block {
  const row = fields(value, ["id", "follows", ...languages], place);
  const said = (part: "title" | "intro"): Words =>
    inEvery((language) => text(fields(row[language], ["title", "intro"], place)[part], `${language}.${part}`, place));
  const introduced = languages.some((language) => isFields(row[language]) && row[language]["intro"] !== undefined);
  return {
    id: identifier(row["id"], "id", place),
    follows: text(row["follows"], "follows", place, 400),
    title: said("title"),
    intro: introduced ? said("intro") : null,
  };
}

/** The leaves of a condition, one by one. */
export const leavesOf = (condition: Condition): readonly Leaf[] =>
  "all" in condition ? condition.all : "any" in condition ? condition.any : "none" in condition ? condition.none : [condition];

/** Every test a condition comes down to, through the conditions it names. */
export function testsOf(condition: Condition, named: ReadonlyMap<string, NamedCondition>): readonly Test[] {
  return leavesOf(condition).flatMap((leaf) => {
    if (!("named" in leaf)) return [leaf];
    const inner = named.get(leaf.named);
    return inner === undefined ? [] : testsOf(inner.when, named);
  });
}

/** Columns one question has in the data. */
export const columnsOf = ({ kind, variable: name, options }: Question): readonly string[] =>
  kind === "one" ? [name] : options.map((option) => columnOf(name, option));
/** The column of one option of a question of kind `some`. */
export const columnOf = (name: string, { id: option }: Option): string => `${name}_${option.replaceAll("-", "_")}`;

/**
 * Holds a questionnaire to what a shape cannot say: ids, codes and columns once, blocks in order and none without a question, every condition looks at an earlier question (a named one at
 * conditions before it), at options it has, and at nothing that is not there.
 */
function check(questionnaire: Questionnaire, file: string): Questionnaire {
  const { questions, blocks, conditions, denominators, derived } = questionnaire;
  for (const all of [questions, blocks, conditions, denominators]) onlyOnce(all, file);
  onlyOnce(
    [...questions.flatMap((question) => columnsOf(question)), ...derived.map((one) => one.variable)].map((column) => ({ id: column })),
    file,
  );
  const byId = new Map(questions.map((question, at) => [question.id, { question, at }]));
  const named = new Map<string, NamedCondition>();
  const hold = (condition: Condition, row: string, until: number): void => {
    known(
      leavesOf(condition).flatMap((leaf) => ("named" in leaf ? [leaf.named] : [])),
      new Set(named.keys()),
      file,
      row,
      "condition",
    );
    for (const test of testsOf(condition, named)) {
      const seen = byId.get(test.question);
      if (seen === undefined) throw new RegisterError(`${file} ${row}: question ${test.question} does not exist`);
      if (seen.at >= until) throw new RegisterError(`${file} ${row}: looks at ${test.question}, which is no earlier question`);
      known(test.in, new Set(seen.question.options.map((option) => option.id)), file, row, `answer to ${test.question}`);
    }
  };
  for (const condition of conditions) {
    hold(condition.when, condition.id, questions.length);
    named.set(condition.id, condition);
  }
  known([questionnaire.help], new Set(named.keys()), file, "help", "condition");
  const order = blocks.map((block) => block.id);
  let reached = 0;
  for (const [at, { id: name, block, asked }] of questions.entries()) {
    const place = order.indexOf(block);
    if (place < 0) throw new RegisterError(`${file} ${name}: block ${block} does not exist`);
    if (place < reached) throw new RegisterError(`${file} ${name}: stands after a question of a later block`);
    reached = place;
    if (asked !== null) hold(asked, name, at);
  }
  const empty = blocks.find((block) => !questions.some((question) => question.block === block.id));
  if (empty !== undefined) throw new RegisterError(`${file} ${empty.id}: no question stands in this block`);
  if (denominators[0]?.when !== null) throw new RegisterError(`${file} ${denominators[0]?.id ?? "denominators"}: the first denominator is everyone`);
  for (const { id: name, when } of denominators) if (when !== null) hold(when, name, questions.length);
  for (const { variable: name, denominator, when } of derived) {
    known([denominator], new Set(denominators.map((one) => one.id)), file, name, "denominator");
    hold(when, name, questions.length);
  }
  return questionnaire;
}

const head = ["about", "set", "version", "date", ...languages] as const;

function day(value: unknown, place: Place): string {
  return typeof value === "string" && /^\d{4}-\d{2}-\d{2}$/u.test(value) ? value : fail(place, "date is no day (YYYY-MM-DD)");
}

/**
 * Reads one version from parsed JSON.
 * @param file path from the root of the tree, for messages
 * @throws {@link RegisterError} naming the file, the row and what is wrong.
 */
export function readQuestionnaire(value: unknown, file: string): Questionnaire {
  const place: Place = { file, row: "head" };
  const all = fields(
    value,
    [...head, "smallStratum", "recall", "refused", "lists", "conditions", "help", "blocks", "questions", "denominators", "derived"],
    place,
  );
  const lists = new Map(
    rows(all["lists"], "lists", file, (row, at) => {
      const one = fields(row, ["id", "options"], at);
      const name = identifier(one["id"], "id", at);
      return [name, readOptions(one["options"], file, name)] as const;
    }),
  );
  const recall = fields(all["recall"], ["12", "6"], place);
  const period = (months: "6" | "12"): Words => words(fields(recall[months], languages, { file, row: `recall ${months}` }), { file, row: `recall ${months}` });
  return check(
    {
      set: identifier(all["set"], "set", place),
      version: whole(all["version"], "version", 1, place),
      date: day(all["date"], place),
      title: words(all, place),
      smallStratum: whole(all["smallStratum"], "smallStratum", 10, place),
      recall: { 12: period("12"), 6: period("6") },
      refused: words(fields(all["refused"], languages, place), { file, row: "refused" }),
      conditions: rows(all["conditions"], "conditions", file, (row, at): NamedCondition => {
        const one = fields(row, ["id", "when", ...languages], at);
        return { id: identifier(one["id"], "id", at), when: readCondition(one["when"], at), words: words(one, at) };
      }),
      help: identifier(all["help"], "help", place),
      blocks: rows(all["blocks"], "blocks", file, readBlock),
      questions: rows(all["questions"], "questions", file, (row, at) => readQuestion(row, lists, at)),
      denominators: rows(all["denominators"], "denominators", file, (row, at): Denominator => {
        const one = fields(row, ["id", "when", ...languages], at);
        return { id: identifier(one["id"], "id", at), when: one["when"] === undefined ? null : readCondition(one["when"], at), words: words(one, at) };
      }),
      derived: rows(all["derived"], "derived", file, (row, at): Derived => {
        const one = fields(row, ["variable", "denominator", "when", ...languages], at);
        return {
          variable: variable(one["variable"], at),
          denominator: identifier(one["denominator"], "denominator", at),
          when: readCondition(one["when"], at),
          words: words(one, at),
        };
      }),
    },
    file,
  );
}

/**
 * Reads a selection: the same questions, fewer of them, under a set of its own. Conditions, blocks, denominators and derived variables that look at a question that is left out go too.
 * @param of the version the questions are taken from
 * @throws {@link RegisterError} when a selected question, or where help is shown, hangs on one that was left out; or when `of` is another version than the selection was made from.
 */
export function readSelection(value: unknown, of: Questionnaire, file: string): Questionnaire {
  const place: Place = { file, row: "head" };
  const all = fields(value, [...head, "from", "questions"], place);
  const from = fields(all["from"], ["set", "version"], place);
  if (from["set"] !== of.set || from["version"] !== of.version) fail(place, `was not made from ${of.set} ${of.version}`);
  const chosen = list(all["questions"], "questions", place).map((one) => identifier(one, "questions", place));
  onlyOnce(
    chosen.map((name) => ({ id: name })),
    file,
  );
  known(chosen, new Set(of.questions.map((question) => question.id)), file, "questions", "question");
  const questions = of.questions.filter((question) => chosen.includes(question.id));
  const named = new Map(of.conditions.map((condition) => [condition.id, condition]));
  const kept = (condition: Condition): boolean => testsOf(condition, named).every((test) => chosen.includes(test.question));
  const denominators = of.denominators.filter(({ when }) => when === null || kept(when));
  return check(
    {
      ...of,
      set: identifier(all["set"], "set", place),
      version: whole(all["version"], "version", 1, place),
      date: day(all["date"], place),
      title: words(all, place),
      conditions: of.conditions.filter(({ when }) => kept(when)),
      blocks: of.blocks.filter((block) => questions.some((question) => question.block === block.id)),
      questions,
      denominators,
      derived: of.derived.filter(({ when, denominator }) => kept(when) && denominators.some((one) => one.id === denominator)),
    },
    file,
  );
}
