/**
 * Makes engines/triage/threats/weights.ts and network-weights.ts from the texts in this folder and the functional checks, and unseen.jsonl beside it: `node tools/triage/train.ts`. The same texts give the same files, byte for byte.
 * What it learns from, how well it does and where it fails: README.md here. Two threads; half an hour.
 */
import { writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { joinedKeys, judgedOf, type Joined, type Network, type Weights } from "@rugdekking/triage/training";
import { pieces } from "./thread.ts";
import { folds, join, type Read } from "./learn.ts";
import { allTexts } from "./texts.ts";

const { examples, written, grammar, checked } = allTexts();
const counted = (list: typeof examples): string => `${list.length} (${list.filter(({ threat }) => threat === 1).length} threats)`;
process.stderr.write(`written ${counted(written)}, grammar ${counted(grammar)}, functional checks ${counted([...checked.values()])}\n`);

/** What a thread made of a piece; each kind of piece answers with its own kind. */
const made: { readonly reads: Map<number, Read>; weights: Weights | null; network: Network | null } = { reads: new Map(), weights: null, network: null };
const isReads = (value: unknown): value is Map<number, Read> => value instanceof Map;
const isWeights = (value: unknown): value is Weights => typeof value === "object" && value !== null && "bias" in value;
const isNetwork = (value: unknown): value is Network => typeof value === "object" && value !== null && "core" in value;
const take = (answer: unknown): void => {
  if (isReads(answer)) for (const [at, read] of answer) made.reads.set(at, read);
  else if (isWeights(answer)) made.weights = answer;
  else if (isNetwork(answer)) made.network = answer;
  else throw new Error("a thread answered with something else");
};
const waiting = Array.from({ length: pieces.count }, (_, at) => pieces.count - 1 - at);
const thread = async (): Promise<void> => {
  for (let piece = waiting.shift(); piece !== undefined; piece = waiting.shift()) {
    const now = piece;
    await new Promise<void>((resolve, reject) => {
      const worker = new Worker(new URL("thread.ts", import.meta.url), { workerData: now });
      worker.once("message", (answer: unknown) => {
        take(answer);
        resolve();
      });
      worker.once("error", reject);
    });
  }
};
await Promise.all(Array.from({ length: Math.min(folds, availableParallelism()) }, thread));
const { weights, network } = made;
if (weights === null || network === null) throw new Error("a piece is missing");
const reads = examples.map((_, at) => {
  const read = made.reads.get(at);
  if (read === undefined) throw new Error("an example was in no fold");
  return read;
});
const joining = join(reads.map((read, at) => ({ ...read, threat: examples[at]?.threat ?? 0 })));

// How the log odds come out on texts that were not learned from, of the written ones: the score is calibrated on these.
const odds = new Map(
  reads.flatMap(({ reading, seen }, at) =>
    examples[at] === undefined ? [] : [[examples[at], judgedOf(reading, seen, joining, () => reading.network).odds] as const],
  ),
);
const unseen = examples.flatMap((one) => (one.function.startsWith("grammar") ? [] : [{ odds: odds.get(one) ?? 0, threat: one.threat }]));
for (const from of [-6, -4, -3, -2, -1, 0, 1, 2, 3, 4]) {
  const here = unseen.filter((one) => one.odds >= from && one.odds < (from < -2 ? from + 2 : from + 1));
  const share = here.filter(({ threat }) => threat === 1).length / Math.max(1, here.length);
  const said = here.reduce((sum, one) => sum + 1 / (1 + Math.exp(-one.odds)), 0) / Math.max(1, here.length);
  process.stderr.write(`log odds from ${from}: ${here.length} texts, said ${said.toFixed(3)}, threats ${share.toFixed(3)}\n`);
}

// Each check as read by what had learned neither it, nor its pair, nor its template. evaluate.ts makes tables of it.
const lines = [...checked].map(([id, one]) => JSON.stringify({ id, odds: Math.round((odds.get(one) ?? 0) * 1_000) / 1_000 }));
writeFileSync(new URL("unseen.jsonl", import.meta.url), `${lines.join("\n")}\n`);

const put = (name: string, text: string): void => writeFileSync(new URL(`../../engines/triage/threats/${name}`, import.meta.url), text);
const short = (value: number): number => Number(value.toPrecision(9));
/** A function that gives the bytes: what is called once need not be kept. */
const packed = (bytes: ArrayBufferView): string =>
  `(): string => \`\n${(
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
      .toString("base64")
      .match(/.{1,200}/g) ?? []
  ).join("\n")}\n\``;
const shown = (joined: Joined): string => `{ ${joinedKeys.map((key) => `${key}: ${short(joined[key])}`).join(", ")} }`;
put(
  "weights.ts",
  `/** Made by tools/triage/train.ts; do not edit. The weights of the threat model: whole numbers from -127 to 127, three for each feature, base64. Used by index.ts. */
import type { Joining } from "./model.ts";

/** What one step of a weight is worth, per head. */
export const scale = ${JSON.stringify(weights.scale.map(short))} as const;
/** Log odds when nothing is known, per head. */
export const bias = ${JSON.stringify(weights.bias.map(short))} as const;
/** How the readings, the network and the rules make one answer. */
export const joining: Joining = {
  alone: ${shown(joining.alone)},
  together: ${shown(joining.together)},
};
export const weights = ${packed(weights.values)};
`,
);
put(
  "network-weights.ts",
  `/** Made by tools/triage/train.ts; do not edit. The network of threats, base64: vectors of pieces and classes as whole numbers from -127 to 127, the core as 32-bit numbers, little end first. Used by index.ts. */
export const pieceScale = ${network.pieceScale};
export const classScale = ${network.classScale};
export const pieces = ${packed(network.pieces)};
export const classes = ${packed(network.classes)};
export const core = ${packed(network.core)};
`,
);
process.stderr.write(`${JSON.stringify(joining)}\n`);
