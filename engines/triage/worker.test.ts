/** What the worker answers over a real channel, without a browser: refusals keep their code, a failed pass ends no worker, and what waits in it is bounded. browser.test.ts holds the rest. */
import { afterEach, describe, expect, test } from "vitest";
import { TriageError } from "./errors.ts";
import { serveTriage, triageWorker, type TriageWorker } from "./worker.ts";

const open: MessagePort[] = [];
afterEach(() => {
  for (const port of open.splice(0)) port.close();
});

/** A worker at the other end of a channel. */
function started(): TriageWorker {
  const { port1, port2 } = new MessageChannel();
  open.push(port1, port2);
  for (const port of [port1, port2]) port.start();
  serveTriage({
    postMessage: (message) => port1.postMessage(message),
    addEventListener: (type, listener) => port1.addEventListener(type, listener),
  });
  return triageWorker({
    postMessage: (message: unknown) => port2.postMessage(message),
    addEventListener: (type: "message" | "error" | "messageerror", heard: (event: MessageEvent<unknown>) => void) => {
      if (type === "message") port2.addEventListener("message", heard);
    },
    terminate: () => port1.close(),
  });
}
const listener = { onBatch: () => {} };
const message = (id: number, text = "Ik weet jou te vinden, verrader.") => ({ id, text, at: "2026-03-01T10:00", author: `a${id}` });

describe("the worker", () => {
  test("refuses malformed protected data by its own code and its place, and takes the next pass", async () => {
    const worker = started();
    const refusal = await worker.run([message(1)], listener, { watch: { phones: ["0612345678", "geheim"] } }).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(TriageError);
    expect(refusal).toMatchObject({ code: "watch-malformed", message: expect.stringContaining("phones[1]") });
    expect(String(refusal)).not.toContain("geheim");
    expect(await worker.run([message(1), { id: 2 }, message(3)], listener)).toMatchObject({ count: 3, refused: 1 });
  });

  test("says which message was refused and why, and judges the others", async () => {
    const refused: unknown[] = [];
    const judged: boolean[] = [];
    await started().run([message(1), "geen bericht", message(3), { id: 4, text: 5 }], {
      onBatch: (batch) => {
        refused.push(...batch.refused.map(({ index, code }) => [index, code]));
        judged.push(...batch.judgements.map((one) => one !== null));
      },
    });
    expect([refused, judged]).toEqual([
      [
        [1, "message-malformed"],
        [3, "text-malformed"],
      ],
      [true, false, true, false],
    ]);
  });

  test("asks for no more text than it can judge soon, however large each message is", async () => {
    const [size, count] = [500_000, 12];
    let [given, judged, ahead] = [0, 0, 0];
    const large = function* (): Generator<object> {
      for (; given < count; given++) {
        ahead = Math.max(ahead, given - judged);
        yield message(given, "er staat niets in deze zin. ".repeat(size / 28));
      }
    };
    await started().run(large(), { onBatch: (batch) => (judged += batch.judgements.length) });
    expect([given, judged]).toEqual([count, count]);
    // 800,000 characters may wait: two of these, and the one that is being given.
    expect(ahead).toBeLessThanOrEqual(3);
  });

  test("drops what was still to come when it is cancelled", async () => {
    const cancelled = new AbortController();
    const many = Array.from({ length: 5_000 }, (_, id) => message(id));
    let judged = 0;
    const run = started().run(
      many,
      {
        onBatch: (batch) => {
          judged += batch.judgements.length;
          cancelled.abort();
        },
      },
      { signal: cancelled.signal },
    );
    await expect(run).rejects.toMatchObject({ code: "worker-cancelled" });
    expect(judged).toBe(100);
  });
});
