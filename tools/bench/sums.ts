/**
 * The sums of the network of threats, by WebAssembly and in plain loops in the same run, in turns: products a second as training asks them, and one reading of a message as triage does it.
 * Run: `node tools/bench/sums.ts [--seconds 4]`.
 */
import { loadavg } from "node:os";
import { parseArgs } from "node:util";
import {
  CLASSES,
  gated,
  layout,
  type Network,
  networkReader,
  PIECES,
  plainRoom,
  type Room,
  roomFor,
  width,
  type Word,
  wordsOf,
} from "@rugdekking/triage/training";
import { messageLines } from "./messages.ts";
import { percentile, type Row, table, tell } from "./table.ts";

const { values } = parseArgs({ options: { seconds: { type: "string", default: "4" } } });
const seconds = Number(values.seconds);

/** Numbers that say nothing: what sums cost does not depend on them. */
let state = 1;
const draw = (): number => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return state / 2 ** 32 - 0.5;
};

/** Milliseconds of one call, the middle of many: both ways in turns, so that what else the machine does falls on both. */
function inTurns(ways: readonly (() => void)[]): number[] {
  const times = ways.map((): number[] => []);
  for (const way of ways) for (const until = performance.now() + 500; performance.now() < until;) way();
  const until = performance.now() + seconds * 1_000;
  while (performance.now() < until)
    ways.forEach((way, at) => {
      const began = performance.now();
      way();
      times[at]?.push(performance.now() - began);
    });
  return times.map((list) => percentile(list, 0.5));
}

const loadBefore = loadavg();
/** Rows of one batch, as training multiplies them: what words bring along to one neighbour. */
const rows = 256;
const products = rows * width * gated;
const [a, b, c] = [0, rows * width, rows * width + width * gated];
const filled = (room: Room): Room => {
  for (let at = 0; at < c; at += 1) room.numbers[at] = draw();
  return room;
};
const block = (at: number, row: number): { at: number; row: number; column: number } => ({ at, row, column: 1 });
tell("sums of products");
const size = c + rows * gated;
const [fast = Number.NaN, plain = Number.NaN] = inTurns(
  [filled(roomFor(size)), filled(plainRoom(size))].map((room) => () => room.add(block(a, width), block(b, gated), block(c, gated), rows, width, gated)),
);

tell("readings of messages");
const network: Network = {
  core: Float32Array.from({ length: layout.size }, () => draw() / 4),
  pieces: Int8Array.from({ length: PIECES * width }, () => 250 * draw()),
  pieceScale: 0.01,
  classes: Int8Array.from({ length: CLASSES * width }, () => 250 * draw()),
  classScale: 0.01,
};
const messages: (readonly Word[])[] = [];
for (const line of messageLines()) {
  const parsed: unknown = JSON.parse(line);
  if (typeof parsed === "object" && parsed !== null && "text" in parsed && typeof parsed.text === "string") messages.push(wordsOf(parsed.text));
  if (messages.length === 2_000) break;
}
/** Messages in one turn: where a word's vector stands is kept with the word, so each turn of the other way has it laid anew. In so many messages that is next to nothing. */
const atOnce = 500;
const reading = (room: (size: number, bytes: number) => Room): (() => void) => {
  const reader = networkReader(network, room);
  let next = 0;
  return () => {
    for (let one = 0; one < atOnce; one += 1) reader.read(messages[next++ % messages.length] ?? []);
  };
};
const [read = Number.NaN, readPlain = Number.NaN] = inTurns([reading(roomFor), reading(plainRoom)]);

const rate = (milliseconds: number): string => `${(products / milliseconds / 1e6).toFixed(2)} thousand million / s`;
const micro = (milliseconds: number): string => `${((milliseconds * 1_000) / atOnce).toFixed(1)} µs`;
const out: Row[] = [
  {
    what: `products summed, ${rows} x ${width} by ${width} x ${gated}`,
    ours: rate(fast),
    baseline: rate(plain),
    ratio: `${(plain / fast).toFixed(1)} x faster`,
  },
  {
    what: `one message of ${Math.round(messages.reduce((sum, one) => sum + one.length, 0) / messages.length)} words read by the network`,
    ours: micro(read),
    baseline: micro(readPlain),
    ratio: `${(readPlain / read).toFixed(1)} x faster`,
  },
];
process.stdout.write(
  table("Sums of the network of threats", out, loadBefore, [
    "Ours is matrix.wat; the baseline is the plain loops that run where WebAssembly may not. Middle of many calls, in turns.",
  ]),
);
