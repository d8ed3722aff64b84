/** Holds the training of the network: slopes to what the loss really does, the pass that learns to the one that reads, and the code of the sum to its text. */
import { readFileSync } from "node:fs";
import { networkReader, plainRoom, roomFor, wordsOf } from "@rugdekking/triage/training";
import { expect, test } from "vitest";
import { assembled } from "./assemble.ts";
import type { Example } from "./learn.ts";
import { learnNetwork, Learning, numbered } from "./network.ts";

const example = (text: string, threat: 0 | 1, explicit: 0 | 1 | null, family: number, contrastOf?: Example): Example => ({
  text,
  threat,
  explicit,
  abuse: threat,
  function: "test",
  family,
  ...(contrastOf === undefined ? {} : { contrastOf }),
});
const made = (): Example[] => {
  const first = example("ik weet waar je woont, klootzak", 1, 0, 1);
  const second = example("wij komen vanavond langs met een man of tien", 1, 1, 2);
  return [
    first,
    example("ik weet waar je woont, buurman", 0, null, 1, first),
    second,
    example("wij komen vanavond langs met taart", 0, null, 2, second),
    example("ja", 0, null, 3),
  ];
};
const texts = made();
const batch = (of: ReturnType<typeof numbered>): Parameters<Learning["pass"]>[0] => ({
  texts: of.texts,
  pair: texts.map(({ contrastOf }) => contrastOf !== undefined),
});

test("slopes are those of the loss (central differences, every kind of number)", () => {
  const all = numbered(texts);
  const learning = new Learning(all.vocabulary, 3);
  // Vectors as large as they become, so that differences stand out of the rounding.
  for (let at = 0; at < learning.pieces.values.length; at += 1) learning.pieces.values[at] = 5 * (learning.pieces.values[at] ?? 0);
  learning.pass(batch(all), false);
  const parts = [learning.core, learning.pieces, learning.classes].map((part) => ({ part, slopes: Float32Array.from(part.slopes) }));
  for (const { part, slopes } of parts) {
    const told = [...slopes.keys()].filter((at) => slopes[at] !== 0);
    expect(told.length).toBeGreaterThan(100);
    // A step may cross the bend of a hidden number at 0: a few in a hundred then differ.
    let differ = 0;
    for (let turn = 0; turn < 120; turn += 1) {
      const at = told[Math.floor((turn * told.length) / 120)] ?? 0;
      const [now, step] = [part.values[at] ?? 0, 4e-3];
      part.values[at] = now + step;
      const more = learning.pass(batch(all), false).loss;
      part.values[at] = now - step;
      const less = learning.pass(batch(all), false).loss;
      part.values[at] = now;
      const [measured, slope] = [(more - less) / (2 * step), slopes[at] ?? 0];
      if (Math.abs(measured - slope) > 0.05 * Math.abs(slope) + 1e-3) differ += 1;
    }
    expect(differ).toBeLessThan(6);
  }
});

test("what learns and what reads see the same text the same way, with SIMD and without", () => {
  const all = numbered(texts);
  const learning = new Learning(all.vocabulary, 5);
  const { odds } = learning.pass(batch(all), false);
  const network = learning.network();
  for (const room of [roomFor, plainRoom]) {
    const reader = networkReader(network, room);
    texts.forEach(({ text }, at) => reader.read(wordsOf(text)).forEach((one, question) => expect(one).toBeCloseTo(odds[at * 3 + question] ?? Number.NaN, 1)));
  }
});

test("it learns: after some rounds each threat scores above its contrast; and the same texts give the same network", () => {
  const many = Array.from({ length: 150 }, made).flat();
  const network = learnNetwork(many, 1);
  const reader = networkReader(network);
  const odds = texts.map(({ text }) => reader.read(wordsOf(text))[0]);
  expect(odds[0]).toBeGreaterThan((odds[1] ?? Number.NaN) + 1);
  expect(odds[2]).toBeGreaterThan((odds[3] ?? Number.NaN) + 1);
  expect(learnNetwork(many, 1)).toEqual(network);
});

test("matrix-code.ts is what assemble.ts makes of matrix.wat", async () => {
  expect(readFileSync(new URL("../../engines/triage/threats/matrix-code.ts", import.meta.url), "utf8")).toContain(await assembled());
});
