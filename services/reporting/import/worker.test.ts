/** An import in a worker: the same events as without one, in batches, no faster than they are taken, and nothing left running. Real message channels stand in for the Worker. */
import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import type { ImportEvent } from "./index.ts";
import { all, androidDutch, fileOf, mailBox, telegramChat } from "./testing-fixtures.ts";
import { importInWorker } from "./worker-client.ts";
import { importWorker, type ImportWorker, setImportWorker } from "./worker-maker.ts";
import type { ImportAnswered, ImportAsked } from "./worker-messages.ts";
import { serveImport } from "./worker.ts";

interface Watched extends ImportWorker {
  readonly alive: () => boolean;
  readonly batches: () => number;
  readonly asked: readonly string[];
  readonly die: () => void;
}

/** A worker over a message channel. */
function channelWorker(): Watched {
  const { port1, port2 } = new MessageChannel();
  const faults: ((event: Event) => void)[] = [];
  const asked: string[] = [];
  let alive = true;
  let batches = 0;
  const close = (): void => {
    port1.close();
    port2.close();
    alive = false;
  };
  serveImport({
    postMessage: (message: ImportAnswered) => {
      if (message.what === "batch") batches++;
      if (alive) port2.postMessage(message);
    },
    addEventListener: (_type, listener) => port2.addEventListener("message", listener),
  });
  port1.start();
  port2.start();
  return {
    postMessage: (message: ImportAsked) => {
      asked.push(message.what);
      port1.postMessage(message);
    },
    addEventListener: (type: string, listener: (event: MessageEvent) => void) => {
      if (type === "message") port1.addEventListener("message", listener);
      else faults.push((event) => listener(new MessageEvent("error", { data: event.type })));
    },
    terminate: close,
    alive: () => alive,
    batches: () => batches,
    asked,
    die: () => {
      close();
      for (const fault of faults) fault(new Event("error"));
    },
  };
}

const many = fileOf("chat.txt", "31-12-2023 21:14 - A: bericht\n".repeat(5000));
const blobs = (...files: ReturnType<typeof fileOf>[]): { name: string; blob: Blob }[] => files.flatMap((file) => ("blob" in file ? [file] : []));
const plain = (events: readonly ImportEvent[]): unknown => JSON.parse(JSON.stringify(events));

async function gathered(batches: AsyncIterable<readonly ImportEvent[]>): Promise<ImportEvent[]> {
  const events: ImportEvent[] = [];
  for await (const batch of batches) events.push(...batch);
  return events;
}

describe("an import in a worker", () => {
  test("gives the events of one without, tells progress, and ends", async () => {
    const files = blobs(fileOf("chat.txt", androidDutch), fileOf("a.mbox", mailBox), fileOf("result.json", telegramChat), many);
    const worker = channelWorker();
    const seen: number[] = [];
    const events = await gathered(importInWorker(files, { progress: (read) => seen.push(read) }, worker));
    expect(plain(events)).toEqual(plain(await all(files)));
    expect(worker.batches()).toBeGreaterThan(20);
    expect(seen.at(-1)).toBe(files.reduce((sum, { blob }) => sum + blob.size, 0));
    expect(worker.alive()).toBe(false);
  });

  test("waits for the page: no more than three batches are read before one is taken", async () => {
    const worker = channelWorker();
    const batches = importInWorker(blobs(many), {}, worker);
    await batches.next();
    await wait(300);
    expect(worker.batches()).toBeLessThanOrEqual(3);
    await batches.return(undefined);
    expect(worker.alive()).toBe(false);
    expect(worker.asked).toEqual(["start", "cancel"]);
  });

  test("goes on from the cursor of the last event that was taken", async () => {
    const files = blobs(many);
    const batches = importInWorker(files, {}, channelWorker());
    const first = (await batches.next()).value ?? [];
    await batches.return(undefined);
    const rest = await gathered(importInWorker(files, { cursor: first.at(-1)?.cursor ?? null }, channelWorker()));
    expect([...first, ...rest]).toHaveLength(5000);
    expect(plain([...first, ...rest])).toEqual(plain(await all(files)));
  });

  test("gives the reason of an abort, and ends", async () => {
    const worker = channelWorker();
    const control = new AbortController();
    const batches = importInWorker(blobs(many), { signal: control.signal }, worker);
    await batches.next();
    control.abort(new Error("genoeg"));
    await expect(batches.next()).rejects.toThrow("genoeg");
    expect(worker.alive()).toBe(false);
  });

  test("of which the worker dies gives an error of the closed list", async () => {
    const worker = channelWorker();
    const batches = importInWorker(blobs(many), {}, worker);
    await batches.next();
    worker.die();
    await expect(gathered(batches)).rejects.toMatchObject({ name: "Problem", code: "unavailable" });
  });

  test("cannot be where nobody said how one is started", async () => {
    expect(() => importWorker()).toThrow("Nothing here starts");
    setImportWorker(channelWorker);
    expect(await gathered(importInWorker(blobs(fileOf("a.txt", "hallo"))))).toHaveLength(1);
  });
});
