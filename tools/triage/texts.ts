/** Reads the training texts and the functional checks from their folders; nothing is learned from the checks. Used by train.ts and evaluate.ts. */
import { readdirSync, readFileSync } from "node:fs";
import { nearestOf } from "./apart.ts";
import { fromFrames } from "./frames.ts";
import { fromGrammar, type Written } from "./grammar.ts";
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

/** Texts written, of all files in texts/. @throws Error naming file and line when a line is none of the kinds */
export function writtenTexts(): Example[] {
  const out: Example[] = [];
  let family = 0;
  for (const file of readdirSync(here("texts/")).sort()) {
    if (!file.endsWith(".txt")) continue;
    let [threat, contrast] = ["", ""];
    let before: Example | undefined;
    readFileSync(here(`texts/${file}`), "utf8")
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

/** Made texts as examples, each seen so many times: a contrast is of the family of its threat. Families count from `from`. */
function madeTexts(made: readonly Written[], from: number, times = 1): Example[] {
  const out: Example[] = [];
  let family = from;
  for (const { label, text, function: name, contrastOf } of made) {
    const of = contrastOf === undefined ? undefined : out[contrastOf];
    if (of === undefined) family += 1;
    out.push({ ...example({ label, text, function: name, contrastOf: of, family: of?.family ?? family }), times });
  }
  return out;
}

/** Sentences of the grammar, see grammar.ts. */
export const grammarTexts = (): Example[] => madeTexts(fromGrammar(), 1_000_000);

/** How often a pair of the frames is seen in a round of training: there are few of them, and each stands for a kind. */
const timesSeen = 5;

/** Pairs of the frames, see frames.ts. */
export function frameTexts(): Example[] {
  const read = (name: string): string => readFileSync(here(`frames/${name}`), "utf8");
  const names = readdirSync(here("frames/"))
    .filter((name) => name.endsWith(".txt") && name !== "lists.txt")
    .sort();
  const made = fromFrames(
    read("lists.txt"),
    names.map((name) => [name, read(name)] as const),
  );
  return madeTexts(made, 1_500_000, timesSeen);
}

/** A functional check. */
export interface Check {
  readonly id: string;
  readonly function: string;
  readonly text: string;
  readonly expected: "explicit" | "likely" | "none";
  readonly contrastOf: string | null;
  /** `development`: read while frames and rules were written; `held-out`: not. */
  readonly half: "development" | "held-out";
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
      const [of, half] = [read("contrastOf"), read("half")];
      if (half !== "development" && half !== "held-out") throw new Error(`cases.jsonl line ${at + 1}: half`);
      return {
        id: word(read("id"), `cases.jsonl line ${at + 1}: id`),
        function: word(read("function"), `cases.jsonl line ${at + 1}: function`),
        text: word(read("text"), `cases.jsonl line ${at + 1}: text`),
        expected,
        contrastOf: typeof of === "string" ? of : null,
        half,
      };
    });
}

/** All that is learned from, and how many texts were left out because they are near to a functional check. */
export function learnedTexts(): { readonly examples: Example[]; readonly leftOut: number } {
  const all = [...writtenTexts(), ...grammarTexts(), ...frameTexts()];
  const nearest = nearestOf(checks().map(({ text }) => text));
  const examples = all.filter(({ text }) => nearest(text) === null);
  return { examples, leftOut: all.length - examples.length };
}
