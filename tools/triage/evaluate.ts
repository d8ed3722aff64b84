/**
 * How well threats are found: `node tools/triage/evaluate.ts [FILE.jsonl ...]` prints tables for the functional checks, and for files of {"id","text","label"|"threat","function"?,"contrast_of"?} lines.
 * Every figure in README.md about threats comes from here. The checks are told twice: as read by weights that had not learned from them (unseen.jsonl, which train.ts writes), which says what to expect of a new text,
 * and as read by the weights of the engine, which learned from all of them: that is a regression test and nothing else. Texts kept aside were learned from by nothing, but written by the hands that wrote the others.
 */
import { readFileSync } from "node:fs";
import { judgeThreat } from "@rugdekking/triage";
import { levelFrom } from "@rugdekking/triage/training";
import { type Check, checks, writtenTexts } from "./texts.ts";

interface Judged {
  readonly id: string;
  readonly function: string;
  readonly expected: "explicit" | "likely" | "none";
  readonly contrastOf: string | null;
  readonly score: number;
  /** At level `likely` or higher. */
  readonly flagged: boolean;
  /** At level `explicit`; null when that was not asked. */
  readonly explicit: boolean | null;
}

function judgedOf(id: string, text: string, name: string, expected: Judged["expected"], contrastOf: string | null): Judged {
  const { score, level } = judgeThreat(text).threat;
  return { id, function: name, expected, contrastOf, score, flagged: level === "likely" || level === "explicit", explicit: level === "explicit" };
}

/** Lines of a file as judged; `threat: true` counts as likely. */
function fileJudged(path: string): Judged[] {
  return readFileSync(path, "utf8")
    .split("\n")
    .filter((text) => text !== "")
    .map((text, at) => {
      const value: unknown = JSON.parse(text);
      const read = (key: string): string | null => {
        const found: unknown = typeof value === "object" && value !== null ? Reflect.get(value, key) : null;
        return typeof found === "string" ? found : typeof found === "boolean" ? String(found) : null;
      };
      const label = read("label") ?? (read("threat") === "true" ? "likely" : "none");
      const expected = label === "explicit" || label === "likely" ? label : "none";
      return judgedOf(read("id") ?? String(at + 1), read("text") ?? "", read("function") ?? read("functionality") ?? "", expected, read("contrast_of"));
    });
}

/** The texts that were written like those learned from and kept aside. What was kept aside is not whole pairs, so those are not told. */
const asideJudged = (): Judged[] =>
  writtenTexts("aside").map(({ text, explicit, function: name }, at) =>
    judgedOf(String(at), text, name, explicit === null ? "none" : explicit === 1 ? "explicit" : "likely", null),
  );

const flagged = (one: Judged): boolean => one.flagged;
const share = (part: number, all: number): string => (all === 0 ? "-" : (part / all).toFixed(3));

/** Precision at each threat, averaged, by falling score. */
function averagePrecision(list: readonly Judged[]): number {
  let [found, sum] = [0, 0];
  [...list]
    .sort((a, b) => b.score - a.score)
    .forEach(({ expected }, at) => {
      if (expected === "none") return;
      found += 1;
      sum += found / (at + 1);
    });
  return sum / Math.max(1, found);
}

/** Share of threats found when this share of the harmless is flagged. */
function recallAt(list: readonly Judged[], harmless: number): string {
  const none = list.filter(({ expected }) => expected === "none").sort((a, b) => b.score - a.score);
  const from = none[Math.floor(none.length * harmless)]?.score ?? 0;
  const threats = list.filter(({ expected }) => expected !== "none");
  return share(threats.filter(({ score }) => score > from).length, threats.length);
}

function tell(name: string, list: readonly Judged[]): void {
  const threats = list.filter(({ expected }) => expected !== "none");
  const none = list.filter(({ expected }) => expected === "none");
  const byId = new Map(list.map((one) => [one.id, one]));
  const pairs = none.flatMap((one) => {
    const threat = one.contrastOf === null ? undefined : byId.get(one.contrastOf);
    return threat === undefined ? [] : [[threat, one] as const];
  });
  const ordered = pairs.filter(([threat, harmless]) => threat.score > harmless.score).length;
  const asked = threats.filter(({ expected, explicit }) => expected === "explicit" && explicit !== null);
  const open = asked.filter(({ explicit }) => explicit).length;
  const functions = new Map<string, Judged[]>();
  for (const one of list) functions.set(one.function, [...(functions.get(one.function) ?? []), one]);
  const right = (one: Judged): boolean => flagged(one) === (one.expected !== "none");
  const full = [...functions.values()].filter((cases) => cases.every(right)).length;
  const most = [...functions.values()].filter((cases) => cases.filter(right).length >= 0.8 * cases.length).length;
  process.stdout.write(
    `| ${name} | ${threats.length} / ${none.length} | ${averagePrecision(list).toFixed(3)} | ${share(threats.filter(flagged).length, threats.length)} | ${share(none.filter(flagged).length, none.length)} | ${recallAt(list, 0.05)} | ${recallAt(list, 0.1)} | ${share(ordered, pairs.length)} (${pairs.length}) | ${share(open, asked.length)} | ${full} / ${most} / ${functions.size} |\n`,
  );
}

/** Log odds of each check under weights that had learned neither it, nor its pair, nor its template. @throws Error when a line does not fit */
function unseenOdds(): Map<string, number> {
  const odds = new Map<string, number>();
  for (const line of readFileSync(new URL("unseen.jsonl", import.meta.url), "utf8").split("\n")) {
    if (line === "") continue;
    const value: unknown = JSON.parse(line);
    const [id, one]: unknown[] = typeof value === "object" && value !== null ? [Reflect.get(value, "id"), Reflect.get(value, "odds")] : [];
    if (typeof id !== "string" || typeof one !== "number") throw new Error(`unseen.jsonl: ${line}`);
    odds.set(id, one);
  }
  return odds;
}

/** A check as the folds saw it. @throws Error when there is no line of it: run train.ts */
function unseenJudged(check: Check, odds: ReadonlyMap<string, number>): Judged {
  const { id, function: name, expected, contrastOf } = check;
  const score = odds.get(id);
  if (score === undefined) throw new Error(`unseen.jsonl holds no ${id}: run tools/triage/train.ts`);
  return { id, function: name, expected, contrastOf, score, flagged: score >= levelFrom.likely, explicit: null };
}

const files = process.argv.slice(2).filter((one) => !one.startsWith("--"));
const perFunction = process.argv.includes("--functions");
process.stdout.write(
  "| texts | threats / harmless | average precision | found at `likely` or higher | harmless flagged | found at 5 % | found at 10 % | pairs ordered right | explicit called explicit | functions fully right / >= 80 % / all |\n|---|---|---|---|---|---|---|---|---|---|\n",
);
for (const file of files) tell(file.split("/").at(-1) ?? file, fileJudged(file));
const odds = unseenOdds();
const unseen = checks().map((one) => unseenJudged(one, odds));
const learned = checks().map((one) => judgedOf(one.id, one.text, one.function, one.expected, one.contrastOf));
tell("texts kept aside, by the hands that wrote what was learned from", asideJudged());
tell("functional checks, not learned from (five folds)", unseen);
tell("functional checks, learned from (regression)", learned);

if (perFunction) {
  const rightOf = (list: readonly Judged[], name: string): number =>
    list.filter((one) => one.function === name && one.flagged === (one.expected !== "none")).length;
  const rows = [...new Set(learned.map((one) => one.function))].map((name) => {
    const own = learned.filter((one) => one.function === name);
    const kind = own.some(({ expected }) => expected !== "none") ? "threat" : "harmless";
    return { name, kind, cases: own.length, unseen: rightOf(unseen, name), learned: rightOf(learned, name) };
  });
  process.stdout.write("\n| function | kind | cases | right, not learned from | right, learned from |\n|---|---|---|---|---|\n");
  for (const { name, kind, cases, unseen: before, learned: after } of rows.sort((a, b) => a.unseen / a.cases - b.unseen / b.cases))
    process.stdout.write(`| ${name} | ${kind} | ${cases} | ${before} | ${after} |\n`);
  process.stdout.write("\n");
  for (const one of learned) if (one.flagged !== (one.expected !== "none")) process.stdout.write(`wrong though learned from: ${one.id}\n`);
}
