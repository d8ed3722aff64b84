/**
 * How well threats are found: `node tools/triage/evaluate.ts [FILE.jsonl ...]` prints tables for the functional checks, and for files of {"id","text","label"|"threat","function"?,"contrast_of"?} lines.
 * Every figure in README.md about threats comes from here. The weights learned from none of these texts; of the checks the development half was read while rules and frames were written, the held-out half was not, so it says most strictly what to expect.
 */
import { readFileSync } from "node:fs";
import { judgeThreat } from "@rugdekking/triage";
import { checks } from "./texts.ts";

interface Judged {
  readonly id: string;
  readonly function: string;
  readonly expected: "explicit" | "likely" | "none";
  readonly contrastOf: string | null;
  readonly score: number;
  /** At level `likely` or higher. */
  readonly flagged: boolean;
  /** At level `explicit`. */
  readonly explicit: boolean;
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
  const asked = threats.filter(({ expected }) => expected === "explicit");
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

const files = process.argv.slice(2).filter((one) => !one.startsWith("--"));
const perFunction = process.argv.includes("--functions");
process.stdout.write(
  "| texts | threats / harmless | average precision | found at `likely` or higher | harmless flagged | found at 5 % | found at 10 % | pairs ordered right | explicit called explicit | functions fully right / >= 80 % / all |\n|---|---|---|---|---|---|---|---|---|---|\n",
);
for (const file of files) tell(file.split("/").at(-1) ?? file, fileJudged(file));
const judged = checks().map((one) => ({ half: one.half, ...judgedOf(one.id, one.text, one.function, one.expected, one.contrastOf) }));
for (const half of ["development", "held-out"] as const)
  tell(
    `functional checks, ${half} half`,
    judged.filter((one) => one.half === half),
  );
tell("functional checks, all", judged);

if (perFunction) {
  const names = [...new Set(judged.map((one) => one.function))];
  const rows = names.map((name) => {
    const own = judged.filter((one) => one.function === name);
    const right = own.filter((one) => one.flagged === (one.expected !== "none"));
    return { name, kind: own.some(({ expected }) => expected !== "none") ? "threat" : "harmless", cases: own.length, right: right.length };
  });
  process.stdout.write("\n| function | kind | right of cases |\n|---|---|---|\n");
  for (const { name, kind, cases, right } of rows.sort((a, b) => a.right / a.cases - b.right / b.cases))
    process.stdout.write(`| ${name} | ${kind} | ${right}/${cases} |\n`);
}
