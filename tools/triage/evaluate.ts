/**
 * How well threats are found: `node tools/triage/evaluate.ts [FILE.jsonl ...]` prints tables for the functional checks, and for files of {"id","text","label"|"threat","function"?,"contrast_of"?} lines.
 * Every figure in README.md about threats comes from here.
 */
import { readFileSync } from "node:fs";
import { judgeThreat, type ThreatFinding } from "@rugdekking/triage";
import { checks } from "./texts.ts";

interface Judged {
  readonly id: string;
  readonly function: string;
  readonly expected: "explicit" | "likely" | "none";
  readonly contrastOf: string | null;
  readonly score: number;
  readonly level: ThreatFinding["level"];
}

function judgedOf(id: string, text: string, name: string, expected: Judged["expected"], contrastOf: string | null): Judged {
  const { score, level } = judgeThreat(text).threat;
  return { id, function: name, expected, contrastOf, score, level };
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

const flagged = ({ level }: Judged): boolean => level === "likely" || level === "explicit";
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

function tell(name: string, list: readonly Judged[], perFunction: boolean): void {
  const threats = list.filter(({ expected }) => expected !== "none");
  const none = list.filter(({ expected }) => expected === "none");
  const byId = new Map(list.map((one) => [one.id, one]));
  const pairs = none.flatMap((one) => {
    const threat = one.contrastOf === null ? undefined : byId.get(one.contrastOf);
    return threat === undefined ? [] : [[threat, one] as const];
  });
  const ordered = pairs.filter(([threat, harmless]) => threat.score > harmless.score).length;
  const open = threats.filter(({ expected, level }) => expected === "explicit" && level === "explicit").length;
  const functions = new Map<string, Judged[]>();
  for (const one of list) functions.set(one.function, [...(functions.get(one.function) ?? []), one]);
  const right = (one: Judged): boolean => flagged(one) === (one.expected !== "none");
  const full = [...functions.values()].filter((cases) => cases.every(right)).length;
  const most = [...functions.values()].filter((cases) => cases.filter(right).length >= 0.8 * cases.length).length;
  process.stdout.write(
    `| ${name} | ${threats.length} / ${none.length} | ${averagePrecision(list).toFixed(3)} | ${share(threats.filter(flagged).length, threats.length)} | ${share(none.filter(flagged).length, none.length)} | ${recallAt(list, 0.05)} | ${recallAt(list, 0.1)} | ${share(ordered, pairs.length)} (${pairs.length}) | ${share(open, threats.filter(({ expected }) => expected === "explicit").length)} | ${full} / ${most} / ${functions.size} |\n`,
  );
  if (!perFunction) return;
  process.stdout.write(`\n| function | cases | right | |\n|---|---|---|---|\n`);
  for (const [one, cases] of [...functions].sort(([, a], [, b]) => a.filter(right).length / a.length - b.filter(right).length / b.length)) {
    const good = cases.filter(right).length;
    process.stdout.write(`| ${one} | ${cases.length} | ${good} | ${cases.some(({ expected }) => expected !== "none") ? "found" : "left alone"} |\n`);
  }
  process.stdout.write("\n");
}

const files = process.argv.slice(2).filter((one) => !one.startsWith("--"));
const perFunction = process.argv.includes("--functions");
process.stdout.write(
  "| texts | threats / harmless | average precision | found at `likely` or higher | harmless flagged | found at 5 % | found at 10 % | pairs ordered right | explicit called explicit | functions fully right / >= 80 % / all |\n|---|---|---|---|---|---|---|---|---|---|\n",
);
for (const file of files) tell(file.split("/").at(-1) ?? file, fileJudged(file), perFunction);
for (const half of ["development", "held-out"] as const)
  tell(
    `functional checks, ${half} half`,
    checks()
      .filter((one) => one.half === half)
      .map((one) => judgedOf(one.id, one.text, one.function, one.expected, one.contrastOf)),
    perFunction && half === "held-out",
  );
