/**
 * Makes engines/triage/threats/weights.ts from the texts in this folder and the functional checks, and unseen.jsonl beside it: `node tools/triage/train.ts`. The same texts give the same files, byte for byte.
 * What it learns from, how well it does and where it fails: README.md here.
 */
import { writeFileSync } from "node:fs";
import { joinedKeys, joinedOf } from "@rugdekking/triage/training";
import { crossRead, join, learn } from "./learn.ts";
import { checkTexts, grammarTexts, writtenTexts } from "./texts.ts";

const [written, grammar, checked] = [writtenTexts(), grammarTexts(), checkTexts()];
const examples = [...written, ...grammar, ...checked.values()];
const counted = (list: typeof examples): string => `${list.length} (${list.filter(({ threat }) => threat === 1).length} threats)`;
process.stderr.write(`written ${counted(written)}, grammar ${counted(grammar)}, functional checks ${counted([...checked.values()])}\n`);
const reads = crossRead(examples);
const joined = join(reads.map((read, at) => ({ ...read, threat: examples[at]?.threat ?? 0 })));
const weights = learn(examples);

// How the log odds come out on texts the weights had not seen, of the written ones: the score is calibrated on these.
const odds = new Map(reads.flatMap(({ reading, seen }, at) => (examples[at] === undefined ? [] : [[examples[at], joinedOf(reading, seen, joined)] as const])));
const unseen = examples.flatMap((one) => (one.function.startsWith("grammar") ? [] : [{ odds: odds.get(one) ?? 0, threat: one.threat }]));
for (const from of [-6, -4, -3, -2, -1, 0, 1, 2, 3, 4]) {
  const here = unseen.filter((one) => one.odds >= from && one.odds < (from < -2 ? from + 2 : from + 1));
  const share = here.filter(({ threat }) => threat === 1).length / Math.max(1, here.length);
  const said = here.reduce((sum, one) => sum + 1 / (1 + Math.exp(-one.odds)), 0) / Math.max(1, here.length);
  process.stderr.write(`log odds from ${from}: ${here.length} texts, said ${said.toFixed(3)}, threats ${share.toFixed(3)}\n`);
}

// Each check as read by weights that had learned neither it, nor its pair, nor its template. evaluate.ts makes tables of it.
const lines = [...checked].map(([id, one]) => JSON.stringify({ id, odds: Math.round((odds.get(one) ?? 0) * 1_000) / 1_000 }));
writeFileSync(new URL("unseen.jsonl", import.meta.url), `${lines.join("\n")}\n`);

const base64 = Buffer.from(weights.values.buffer).toString("base64");
writeFileSync(
  new URL("../../engines/triage/threats/weights.ts", import.meta.url),
  `/** Made by tools/triage/train.ts; do not edit. The weights of the threat model: whole numbers from -127 to 127, three for each feature, base64. Used by index.ts. */
import type { Joined } from "./model.ts";

/** What one step of a weight is worth, per head. */
export const scale = ${JSON.stringify(weights.scale.map((one) => Number(one.toPrecision(9))))} as const;
/** Log odds when nothing is known, per head. */
export const bias = ${JSON.stringify(weights.bias.map((one) => Number(one.toPrecision(9))))} as const;
/** How the readings and the rules make one answer. */
export const joined: Joined = { ${joinedKeys.map((key) => `${key}: ${joined[key].toPrecision(9)}`).join(", ")} };
export const weights = \`
${(base64.match(/.{1,200}/g) ?? []).join("\n")}
\`;
`,
);
process.stderr.write(`${JSON.stringify(joined)}\n`);
