/** Reads the training texts and the functional checks from their folders. Used by train.ts and evaluate.ts; the only files here that touch a disk. */
import { readdirSync, readFileSync } from "node:fs";
import { fromGrammar } from "./grammar.ts";
import type { Example } from "./learn.ts";

const here = (path: string): URL => new URL(path, import.meta.url);

/** A line of a text file: `E`, `L`, `A` or `N`, a space, the text with `\n` for a new line. A contrast stands directly after its threat. */
const line = /^([ELAN]) (.+)$/;

type Label = "E" | "L" | "A" | "N";
const isLabel = (text: string | undefined): text is Label => text === "E" || text === "L" || text === "A" || text === "N";

interface Plain {
  readonly label: Label;
  readonly text: string;
  readonly function: string;
  readonly contrastOf: Example | undefined;
  readonly family: number;
}

const example = ({ label, text, function: name, contrastOf, family }: Plain): Example => ({
  text,
  threat: label === "E" || label === "L" ? 1 : 0,
  explicit: label === "E" ? 1 : label === "L" ? 0 : null,
  abuse: label === "N" ? 0 : 1,
  function: name,
  family,
  ...(contrastOf === undefined ? {} : { contrastOf }),
});

/** Texts written, of all files in texts/; or those in aside/, by the same hands, that are never learned from. @throws Error naming file and line when a line is none of the kinds */
export function writtenTexts(folder: "texts" | "aside" = "texts"): Example[] {
  const out: Example[] = [];
  let family = 0;
  for (const file of readdirSync(here(`${folder}/`)).sort()) {
    if (!file.endsWith(".txt")) continue;
    let [threat, contrast] = ["", ""];
    let before: Example | undefined;
    readFileSync(here(`${folder}/${file}`), "utf8")
      .split("\n")
      .forEach((text, at) => {
        if (text === "") return;
        if (text.startsWith("## ")) {
          const [left = "", right = ""] = text.slice(3).split("|");
          [threat, contrast] = [left.trim(), right.trim()];
          before = undefined;
          return;
        }
        const [, label, words] = line.exec(text) ?? [];
        if (!isLabel(label) || words === undefined) throw new Error(`${file} line ${at + 1}: begin with E, L, A or N and a space`);
        const isThreat = label === "E" || label === "L";
        if (isThreat || before === undefined) family += 1;
        const one = example({
          label,
          text: words.replaceAll("\\n", "\n"),
          function: isThreat ? threat : contrast,
          contrastOf: isThreat ? undefined : before,
          family,
        });
        before = isThreat ? one : undefined;
        out.push(one);
      });
  }
  return out;
}

/** Sentences of the grammar, see grammar.ts. */
export function grammarTexts(): Example[] {
  const made: Example[] = [];
  let family = 1_000_000;
  for (const { label, text, function: name, contrastOf } of fromGrammar()) {
    const of = contrastOf === undefined ? undefined : made[contrastOf];
    if (of === undefined) family += 1;
    made.push(example({ label, text, function: name, contrastOf: of, family: of?.family ?? family }));
  }
  return made;
}

/** A functional check. */
export interface Check {
  readonly id: string;
  readonly function: string;
  readonly text: string;
  readonly expected: "explicit" | "likely" | "none";
  readonly contrastOf: string | null;
  /** The pattern it was expanded from. */
  readonly template: string | null;
}

const word = (value: unknown, where: string): string => {
  if (typeof value !== "string") throw new Error(`${where} must be text`);
  return value;
};

/** All functional checks, of checks/cases.jsonl. @throws Error naming the line that does not fit */
export function checks(): Check[] {
  return readFileSync(here("../../engines/triage/checks/cases.jsonl"), "utf8")
    .split("\n")
    .filter((text) => text !== "")
    .map((text, at) => {
      const value: unknown = JSON.parse(text);
      const read = (key: string): unknown => (typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined);
      const expected = read("expected");
      if (expected !== "explicit" && expected !== "likely" && expected !== "none") throw new Error(`cases.jsonl line ${at + 1}: expected`);
      const [of, template] = [read("contrastOf"), read("template")];
      return {
        id: word(read("id"), `cases.jsonl line ${at + 1}: id`),
        function: word(read("function"), `cases.jsonl line ${at + 1}: function`),
        text: word(read("text"), `cases.jsonl line ${at + 1}: text`),
        expected,
        contrastOf: typeof of === "string" ? of : null,
        template: typeof template === "string" ? template : null,
      };
    });
}

/** Which cases stay on one side of a fold: those of one pair, those of one template, and what those tie together. By id, a number from 2,000,000. */
function familiesOf(cases: readonly Check[]): Map<string, number> {
  const above = new Map<string, string>();
  const top = (of: string): string => {
    let now = of;
    for (let next = above.get(now); next !== undefined; next = above.get(now)) now = next;
    return now;
  };
  const tie = (one: string, other: string): void => {
    const [left, right] = [top(one), top(other)];
    if (left !== right) above.set(left, right);
  };
  for (const { id, function: name, contrastOf, template } of cases) {
    if (template !== null) tie(id, `template ${name} ${template}`);
    if (contrastOf !== null) tie(id, contrastOf);
  }
  const numbers = new Map<string, number>();
  return new Map(
    cases.map(({ id }) => {
      const family = numbers.get(top(id)) ?? 2_000_000 + numbers.size;
      numbers.set(top(id), family);
      return [id, family];
    }),
  );
}

/** How often a check is seen in a round of training: there are few of them, and each stands for a kind. */
const timesSeen = 5;

/** The functional checks as training texts, by id, in their order. What is said of cases that were not learned from comes from folds: train.ts. */
export function checkTexts(): Map<string, Example> {
  const cases = checks();
  const families = familiesOf(cases);
  const made = new Map<string, Example>();
  for (const { id, function: name, text, expected, contrastOf } of cases) {
    const label = expected === "explicit" ? "E" : expected === "likely" ? "L" : name === "insult" ? "A" : "N";
    const of = contrastOf === null ? undefined : made.get(contrastOf);
    made.set(id, { ...example({ label, text, function: name, contrastOf: of, family: families.get(id) ?? 0 }), times: timesSeen });
  }
  return made;
}

/** Everything that is learned from, in the order every thread counts it; the checks once more by id. */
export function allTexts(): {
  readonly examples: readonly Example[];
  readonly written: readonly Example[];
  readonly grammar: readonly Example[];
  readonly checked: ReadonlyMap<string, Example>;
} {
  const [written, grammar, checked] = [writtenTexts(), grammarTexts(), checkTexts()];
  return { examples: [...written, ...grammar, ...checked.values()], written, grammar, checked };
}
