/** Five hundred clients that send half a head and five hundred that send half a body, on real sockets: nobody else waits for them, and they are told and hung up on in time. */
import { connect, type Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readWorklist } from "#services/dossier/client/index.ts";
import { fileReport } from "#services/reporting/client/index.ts";
import { reportDraft } from "./road.ts";
import { openStage, type TestStage } from "./stage.ts";

const many = 500;
let stage: TestStage;
beforeAll(async () => {
  stage = await openStage();
}, 120_000);
afterAll(async () => {
  await stage.close();
});

/** A client that sends `text` and then nothing. */
class Slow {
  readonly socket: Socket;
  answer = "";
  ended = false;
  constructor(port: number, text: string) {
    this.socket = connect(port, "127.0.0.1", () => this.socket.write(text));
    this.socket.on("data", (piece: Buffer) => (this.answer += piece.toString()));
    this.socket.on("error", () => undefined);
    this.socket.on("close", () => (this.ended = true));
  }
}

/** What people do meanwhile. @returns milliseconds of each. */
async function others(): Promise<number[]> {
  const { safety, desks } = stage.company;
  const took: number[] = [];
  for (let number = 0; number < 5; number += 1) {
    const began = performance.now();
    const { connection, trust } = stage.connect();
    await fileReport(connection, { as: { guest: true }, trust, desk: desks.safety, report: reportDraft((field) => `${field} ${number}`), backOff: [] });
    for await (const page of readWorklist(safety, desks.safety)) {
      expect(page.lines.length).toBeGreaterThan(0);
      break;
    }
    took.push(performance.now() - began);
  }
  return took;
}
const middle = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

test("a thousand half requests keep nobody waiting, and half a head is answered 503 and cut within half a minute", async () => {
  await others();
  const alone = middle(await others());
  const { port, host } = new URL(stage.house.url);
  const began = performance.now();
  const heads = Array.from({ length: many }, () => new Slow(Number(port), `POST /api/v1/dossiers HTTP/1.1\r\nHost: ${host}\r\nX-Rugdekking: 1\r\nX-Slow: `));
  const body = `POST /api/v1/dossiers HTTP/1.1\r\nHost: ${host}\r\nX-Rugdekking: 1\r\nContent-Type: application/json\r\nContent-Length: 200000\r\n\r\n{"dossier":`;
  const bodies = Array.from({ length: many }, () => new Slow(Number(port), body));
  await pause(1_000);
  expect([...heads, ...bodies].filter(({ ended }) => ended)).toEqual([]);
  const beside = middle(await others());
  // A server that looked after each of them in turn would be slower by orders, not by some.
  expect(beside).toBeLessThan(Math.max(10 * alone, 2_000));
  while (heads.some(({ ended }) => !ended) && performance.now() - began < 60_000) await pause(100);
  const cut = performance.now() - began;
  expect(heads.filter(({ ended }) => !ended)).toEqual([]);
  expect(cut).toBeLessThan(45_000);
  for (const { answer } of heads) expect(answer).toMatch(/^HTTP\/1\.1 503 [^]*application\/problem\+json[^]*did not come in whole in time/u);
  // A body may take ten minutes: that is what a piece of a file needs on a poor line. It holds a line and what it sent, nothing else.
  expect(bodies.filter(({ ended }) => ended)).toEqual([]);
  for (const { socket } of [...heads, ...bodies]) socket.destroy();
  expect(middle(await others())).toBeLessThan(Math.max(10 * alone, 2_000));
  process.stdout.write(
    `slow clients: a report and a look ${alone.toFixed(0)} ms alone, ${beside.toFixed(0)} ms beside ${2 * many} half requests; half heads gone after ${(cut / 1_000).toFixed(1)} s\n`,
  );
}, 180_000);
