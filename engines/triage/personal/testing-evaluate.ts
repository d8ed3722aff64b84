/**
 * Measures the finders of this room on gold spans: `node engines/triage/personal/testing-evaluate.ts FILE.jsonl [--misses] [--half a|b]`. For developers; reads a file
 * with one `{"id","tier","text","personal":[{"kind","start","end"}]}` per line and prints precision, recall and F1 per tier and kind.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { findPersonal } from "./index.ts";

interface Span {
  readonly kind: string;
  readonly start: number;
  readonly end: number;
}

interface Case {
  readonly id: string;
  readonly tier: string;
  readonly text: string;
  readonly personal: readonly Span[];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parseSpan(value: unknown): Span {
  if (!isRecord(value) || typeof value["kind"] !== "string" || typeof value["start"] !== "number" || typeof value["end"] !== "number")
    throw new TypeError("a span needs kind, start and end");
  return { kind: value["kind"], start: value["start"], end: value["end"] };
}

function parseCase(line: string): Case {
  const value: unknown = JSON.parse(line);
  if (
    !isRecord(value) ||
    typeof value["id"] !== "string" ||
    typeof value["tier"] !== "string" ||
    typeof value["text"] !== "string" ||
    !Array.isArray(value["personal"])
  ) {
    throw new TypeError("a line needs id, tier, text and personal");
  }
  return { id: value["id"], tier: value["tier"], text: value["text"], personal: value["personal"].map(parseSpan) };
}

/** Which half of the development data a case is in; rules are written by looking at half a only. */
function halfOf(id: string): "a" | "b" {
  return (createHash("sha256").update(id).digest()[0] ?? 0) % 2 === 0 ? "a" : "b";
}

class Tally {
  gold = 0;
  found = 0;
  /** Gold spans that a hit of the same kind overlaps. */
  reached = 0;
  /** Hits that overlap a gold span of the same kind. */
  right = 0;
  exact = 0;
  messages = 0;
  flagged = 0;
}

function overlap(one: Span, other: Span): boolean {
  return one.start < other.end && other.start < one.end;
}

function ratio(part: number, whole: number): string {
  return whole === 0 ? "    -" : (part / whole).toFixed(3);
}

function print(name: string, tally: Tally): void {
  const precision = tally.found === 0 ? 0 : tally.right / tally.found;
  const recall = tally.gold === 0 ? 0 : tally.reached / tally.gold;
  const f1 = precision + recall === 0 ? "    -" : ((2 * precision * recall) / (precision + recall)).toFixed(3);
  process.stdout.write(
    `${name.padEnd(26)}${String(tally.gold).padStart(6)}${String(tally.found).padStart(7)}  ${ratio(tally.right, tally.found)}  ${ratio(tally.reached, tally.gold)}  ${f1}  ${ratio(tally.exact, tally.gold)}\n`,
  );
}

const [file, ...options] = process.argv.slice(2);
if (file === undefined) {
  process.stderr.write("name the file to measure on: node engines/triage/personal/testing-evaluate.ts FILE.jsonl [--misses] [--half a|b]\n");
  process.exit(1);
}
const half = options.includes("--half") ? options[options.indexOf("--half") + 1] : undefined;
const misses = options.includes("--misses");
const tallies = new Map<string, Tally>();
function tallyOf(name: string): Tally {
  const known = tallies.get(name) ?? new Tally();
  tallies.set(name, known);
  return known;
}

for (const line of readFileSync(file, "utf8").split("\n")) {
  if (line.trim() === "") continue;
  const { id, tier, text, personal } = parseCase(line);
  if (half !== undefined && halfOf(id) !== half) continue;
  const hits = findPersonal(text);
  const whole = tallyOf(`tier ${tier}`);
  whole.messages++;
  if (hits.length > 0) whole.flagged++;
  const wrong: string[] = [];
  for (const gold of personal) {
    const reached = hits.some((hit) => hit.kind === gold.kind && overlap(hit, gold));
    const exact = hits.some((hit) => hit.kind === gold.kind && hit.start === gold.start && hit.end === gold.end);
    for (const tally of [whole, tallyOf(`kind ${gold.kind}`), tallyOf(`${tier} ${gold.kind}`)]) {
      tally.gold++;
      if (reached) tally.reached++;
      if (exact) tally.exact++;
    }
    if (!reached) wrong.push(`missed ${gold.kind} <${text.slice(gold.start, gold.end)}>`);
    else if (!exact) wrong.push(`~ ${gold.kind} <${text.slice(gold.start, gold.end)}>`);
  }
  for (const hit of hits) {
    const right = personal.some((gold) => gold.kind === hit.kind && overlap(hit, gold));
    for (const tally of [whole, tallyOf(`kind ${hit.kind}`), tallyOf(`${tier} ${hit.kind}`)]) {
      tally.found++;
      if (right) tally.right++;
    }
    if (!right) wrong.push(`wrong ${hit.kind} <${hit.text}>`);
  }
  if (misses && wrong.length > 0)
    process.stdout.write(`${id} ${tier}: ${text}\n    ${wrong.join("; ")}   [${hits.map((hit) => `${hit.kind}:${hit.text}`).join(" | ")}]\n`);
}

process.stdout.write(`${"".padEnd(26)}  gold  found  prec.  recall  F1     exact\n`);
for (const name of [...tallies.keys()].sort()) {
  const tally = tallies.get(name);
  if (tally !== undefined) print(name, tally);
}
for (const [name, tally] of tallies) {
  if (name.startsWith("tier "))
    process.stdout.write(`${name}: ${tally.flagged} of ${tally.messages} messages flagged (${((100 * tally.flagged) / tally.messages).toFixed(1)} %)\n`);
}
