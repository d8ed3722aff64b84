/** An import may stop anywhere: going on with a cursor gives exactly the rest, with the same ids. And it reads no more than it must. */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { importFiles, type ImportEvent, type ImportFile, parseCursor } from "./index.ts";
import {
  all,
  androidDutch,
  facebookArchive,
  fileOf,
  itemsOf,
  mailBox,
  mailPlain,
  mailWithPicture,
  telegramAll,
  telegramChat,
  xArchive,
  zipOf,
} from "./testing-fixtures.ts";

const plain = (events: readonly ImportEvent[]): unknown => JSON.parse(JSON.stringify(events));

async function sources(): Promise<ImportFile[]> {
  return [
    fileOf("a.txt", "losse tekst"),
    fileOf("box.mbox", mailBox),
    { name: "x.zip", blob: await zipOf(xArchive) },
    fileOf("leeg.txt", ""),
    { name: "WhatsApp Chat - B.zip", blob: await zipOf({ "_chat.txt": `voor\n${androidDutch}` }) },
    { name: "facebook.zip", blob: await zipOf(facebookArchive) },
    fileOf("result.json", telegramChat.slice(0, -4)),
    { name: "gemengd.zip", blob: await zipOf({ "a.eml": mailPlain, "b.mbox": mailBox, "c.json": telegramAll, "d/e.bin": new Uint8Array([0, 1]) }) },
    { name: "stuk.zip", blob: new Blob(["PK\u0003\u0004"]) },
  ];
}

describe("going on", () => {
  test("behind any event of any source gives exactly the rest", async () => {
    const files = await sources();
    const whole = await all(files);
    expect(whole.length).toBeGreaterThan(45);
    for (const [at, { cursor }] of whole.entries()) {
      const kept = parseCursor(JSON.parse(JSON.stringify(cursor)));
      expect(kept).not.toBeNull();
      expect(plain(await all(files, { cursor: kept }))).toEqual(plain(whole.slice(at + 1)));
    }
  });

  test("again and again, wherever it stops, adds up to the whole", async () => {
    const files = await sources();
    const whole = itemsOf(await all(files)).map(({ id }) => id);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 12 }), async (stops) => {
        const got: string[] = [];
        let cursor: ImportEvent["cursor"] | null = null;
        for (const stop of [...stops, Number.POSITIVE_INFINITY]) {
          let left = stop;
          for await (const event of importFiles(files, { cursor })) {
            if (event.kind === "item") got.push(event.item.id);
            ({ cursor } = event);
            left--;
            if (left === 0) break;
          }
        }
        expect(got).toEqual(whole);
      }),
      { numRuns: 12 },
    );
  });

  test("in a box of mails starts reading at the mail and not at the front", async () => {
    const text = mailBox + `From x@y.example Sun Dec 31 21:14:05 2023\n${mailPlain}\n`.repeat(2000);
    const file = fileOf("box.mbox", text);
    const whole = await all([file]);
    const read: number[] = [];
    const rest = await all([file], { cursor: whole[1990]?.cursor ?? null, progress: (now) => read.push(now) });
    expect(plain(rest)).toEqual(plain(whole.slice(1991)));
    expect(Math.min(...read)).toBeGreaterThan(text.length * 0.9);
  });

  test("with other files than those it began with is refused, and nothing is read twice", async () => {
    const files = [fileOf("box.mbox", mailBox)];
    const [first] = await all(files);
    for (const others of [[fileOf("ander.mbox", mailBox)], [fileOf("box.mbox", `${mailBox}x`)], []]) {
      const events = await all(others, { cursor: first?.cursor ?? null });
      expect(events.map((event) => (event.kind === "broken" ? event.broken.code : "item"))).toEqual(others.length === 0 ? [] : ["cursor-mismatch"]);
    }
    expect(parseCursor({ version: 2 })).toBeNull();
    expect(parseCursor(null)).toBeNull();
  });
});

describe("ids", () => {
  test("are those of the content: a later export of the same chat gives the same ids and adds its own", async () => {
    const ids = async (chat: string): Promise<string[]> => itemsOf(await all([fileOf("WhatsApp-chat met B.txt", chat)])).map(({ id }) => id);
    const before = await ids(androidDutch);
    const after = await ids(`${androidDutch}2-1-2024 10:00 - A: nieuw\n`);
    expect(after.slice(0, -1)).toEqual(before);
    expect(new Set(after).size).toBe(after.length);
    // An export that begins later.
    const later = await ids(androidDutch.split("\n").slice(6).join("\n"));
    expect(later).toEqual(before.slice(3));
  });

  test("are 22 characters and differ between sources", async () => {
    const ids = itemsOf(await all(await sources())).map(({ id }) => id);
    expect(ids.every((id) => /^[A-Za-z0-9_-]{22}$/.test(id))).toBe(true);
  });
});

describe("progress", () => {
  test("never goes down and ends at the whole", async () => {
    const files = [fileOf("a.mbox", `From x@y.example Sun Dec 31 21:14:05 2023\n${mailPlain}\n`.repeat(3000)), ...(await sources())];
    const seen: number[] = [];
    let total = 0;
    await all(files, {
      progress: (read, of) => {
        seen.push(read);
        total = of;
      },
    });
    expect(total).toBe(files.reduce((sum, file) => sum + ("blob" in file ? file.blob.size : 0), 0));
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(seen.at(-1)).toBe(total);
    expect(seen.length).toBeGreaterThan(5);
  });

  test("of an archive fills evenly, however much of it is pictures that are not read", async () => {
    const film = Uint8Array.from({ length: 3_000_000 }, (_, at) => (at * 7919 + (at >> 8)) % 251);
    const chat = "31-12-2023 21:14 - A: bericht\n".repeat(40_000);
    const seen: number[] = [];
    const file = { name: "chat.zip", blob: await zipOf({ "film.mp4": film, "_chat.txt": chat }, { level: 0 }) };
    let items = 0;
    const halfway: number[] = [];
    for await (const event of importFiles([file], { progress: (read) => seen.push(read) })) {
      items += event.kind === "item" ? 1 : 0;
      if (items === 20_000) halfway.push((seen.at(-1) ?? 0) / file.blob.size);
    }
    expect(seen.length).toBeGreaterThan(4);
    // A chat is read twice; only the second reading counts.
    expect(halfway[0]).toBeGreaterThan(0.4);
    expect(halfway[0]).toBeLessThan(0.8);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
  });

  test("stops with the reason of an abort", async () => {
    const control = new AbortController();
    const events = importFiles([fileOf("a.mbox", mailBox.repeat(50))], { signal: control.signal });
    await events.next();
    control.abort(new Error("genoeg"));
    await expect(events.next()).rejects.toThrow("genoeg");
  });
});

setFlagsFromString("--expose-gc");
const sweep: unknown = runInNewContext("gc");

describe("memory", () => {
  /** What the process holds once it has swept up. */
  function held(): number {
    if (typeof sweep === "function") sweep();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return heapUsed + arrayBuffers;
  }

  /** A file of any length that is made while it is read, and remembers how far it was asked. */
  function endless(piece: string, times: number): { readonly stream: ReadableStream<Uint8Array>; readonly given: () => number } {
    const bytes = new TextEncoder().encode(piece);
    let given = 0;
    const stream = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          if (given === times) controller.close();
          else {
            given++;
            controller.enqueue(bytes);
          }
        },
      },
      { highWaterMark: 0 },
    );
    return { stream, given: () => given };
  }

  test("a box of 64 megabytes is read in less, and only as fast as it is asked", async () => {
    const attachment = `${"A".repeat(76)}\n`.repeat(13_000);
    const mail = mailWithPicture.replaceAll("\r\n", "\n").replace("iVBORw0KGgo=\n", attachment);
    const { stream, given } = endless(`From x@y.example Sun Dec 31 21:14:05 2023\n${mail}\n`, 64);
    let most = 0;
    let count = 0;
    const base = held();
    for await (const event of importFiles([{ name: "groot.mbox", stream, size: null }])) {
      count += event.kind === "item" ? 1 : 0;
      if (count === 1) expect(given()).toBeLessThanOrEqual(2);
      most = Math.max(most, held() - base);
    }
    expect(count).toBe(64);
    expect(most / 1024 / 1024).toBeLessThan(60);
  }, 60_000);

  test("a JSON list of fifty megabytes is never whole in memory", async () => {
    const message = `${JSON.stringify({ id: 1, type: "message", date: "2023-12-31T21:14:05", from: "A", text: "x".repeat(1000) })},`;
    const head = new TextEncoder().encode('{"name":"A","type":"personal_chat","id":1,"messages":[');
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    void (async () => {
      const writer = writable.getWriter();
      await writer.write(head);
      writer.releaseLock();
      await endless(message.repeat(100), 500).stream.pipeTo(writable);
    })();
    let count = 0;
    let most = 0;
    const base = held();
    for await (const event of importFiles([{ name: "result.json", stream: readable, size: null }])) {
      count += event.kind === "item" ? 1 : 0;
      if (count % 5000 === 0) {
        most = Math.max(most, held() - base);
      }
    }
    expect(count).toBe(50_000);
    expect(most / 1024 / 1024).toBeLessThan(40);
  }, 60_000);
});
