/** Large files in workers: what is sealed beside the page is the age file the engine opens, with the digests Node computes; cut, cancelled or broken it gives an error and nothing else. Real message channels stand in for the Workers. */
import { createHash, randomBytes } from "node:crypto";
import { setImmediate as turn } from "node:timers/promises";
import { BLOCK_BYTES, generateDossierKey, itemFileKey, newUuid, openItem, readAgeHeader, readBeginning, sealItem } from "@rugdekking/seal";
import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { Connection } from "#services/directory/client/index.ts";
import { Problem } from "#services/problem/index.ts";
import { Crew, openWithCrew, sealWithCrew } from "./attachment-crew.ts";
import { errorOf, type Answered, type Asked } from "./attachment-jobs.ts";
import { setAttachmentWorkers, type AttachmentWorker, type AttachmentWorkers } from "./attachment-worker-maker.ts";
import { serveAttachments } from "./attachment-worker.ts";
import { downloadAttachment, uploadAttachment, type UploadedAttachment } from "./attachments.ts";
import { startFastDigest } from "./hashing-wasm.ts";

const key = generateDossierKey();
const place = { dossier: newUuid(), item: newUuid(), channel: "main" as const };
const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("base64url");
const blobOf = (bytes: Uint8Array): Blob => new Blob([new Uint8Array(bytes)]);

interface Watched extends AttachmentWorkers {
  readonly alive: () => number;
  readonly started: () => number;
  readonly jobs: () => number;
}

/** Workers over message channels. @param spoil called with each job; whether the worker dies of it. */
function channelWorkers(spoil: (asked: Asked, jobs: number) => boolean = () => false): Watched {
  const open = new Set<AttachmentWorker>();
  let started = 0;
  let jobs = 0;
  return {
    sealers: 2,
    alive: () => open.size,
    started: () => started,
    jobs: () => jobs,
    start: () => {
      started += 1;
      const { port1, port2 } = new MessageChannel();
      let broken: ((event: Event) => void) | null = null;
      const close = (): void => {
        port1.close();
        port2.close();
        open.delete(worker);
      };
      const worker: AttachmentWorker = {
        postMessage: (message, options) => port1.postMessage(message, options),
        addEventListener: (type: string, listener: (event: MessageEvent) => void) => {
          if (type === "message") port1.addEventListener("message", listener);
          else if (type === "error") broken = (event) => listener(new MessageEvent("error", { data: event.type }));
        },
        terminate: close,
      };
      open.add(worker);
      serveAttachments({
        postMessage: (message, options) => port2.postMessage(message, options),
        addEventListener: (_type, listener) =>
          port2.addEventListener("message", (event: MessageEvent<Asked>) => {
            jobs += 1;
            if (!spoil(event.data, jobs)) return listener(event);
            close();
            broken?.(new Event("error"));
          }),
      });
      port1.start();
      port2.start();
      return worker;
    },
  };
}

async function crewOf(workers: AttachmentWorkers, signal?: AbortSignal): Promise<Crew> {
  const crew = await Crew.start(workers, signal);
  if (crew === null) throw new Error("the workers did not start");
  return crew;
}

async function all(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const piece of pieces) parts.push(piece);
  return Buffer.concat(parts);
}

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size);
}

async function thereAndBack(content: Buffer): Promise<void> {
  const crew = await crewOf(channelWorkers());
  const { size, pieces } = await sealWithCrew(crew, blobOf(content), key, place);
  const sealed = await all(pieces);
  expect(sealed.length).toBe(size);
  expect(await crew.finish()).toEqual({ original: sha256(content), sealed: sha256(sealed) });
  expect(Buffer.compare(await openItem(sealed, key, place, content.length), content)).toBe(0);
  const byAge = await sealItem(content, key, place);
  const opened = await all(openWithCrew(crew, inPieces(byAge, 100_003), (bytes) => readBeginning(bytes, key, place)));
  expect(Buffer.compare(opened.subarray(0, content.length), content)).toBe(0);
  expect((await crew.finish()).sealed).toBe(sha256(byAge));
  crew.close();
}

afterEach(() => setAttachmentWorkers(null));

describe("a crew", () => {
  test.each([0, 1, 65_535, 65_536, 65_537, BLOCK_BYTES - 1, BLOCK_BYTES, BLOCK_BYTES + 1, 3 * BLOCK_BYTES + 17])(
    "seals and opens a file of %i bytes as the engine does, and digests both sides",
    (length) => thereAndBack(randomBytes(length)),
  );

  test("does so for odd lengths around blocks too", async () => {
    const length = fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: -70_000, max: 70_000 })).map(([blocks, by]) => blocks * BLOCK_BYTES + by);
    await fc.assert(
      fc.asyncProperty(length, (bytes) => thereAndBack(randomBytes(bytes))),
      { numRuns: 8 },
    );
  }, 60_000);

  test("begins no more than a few blocks before they are taken off", async () => {
    const workers = channelWorkers();
    const crew = await crewOf(workers);
    const { pieces } = await sealWithCrew(crew, blobOf(Buffer.alloc(40 * BLOCK_BYTES)), key, place);
    for (let taken = 0; taken < 3; taken += 1) await pieces.next();
    for (let at = 0; at < 100; at += 1) await turn();
    // Each block is sealed once and hashed once.
    expect(workers.jobs()).toBeLessThanOrEqual(2 + 2 * (3 + crew.ahead));
    await pieces.return(undefined);
    crew.close();
  });

  test("gives the reason of an abort, and every worker ends", async () => {
    const workers = channelWorkers();
    const control = new AbortController();
    const crew = await crewOf(workers, control.signal);
    const { pieces } = await sealWithCrew(crew, blobOf(randomBytes(20 * BLOCK_BYTES)), key, place);
    await pieces.next();
    control.abort(new Error("genoeg"));
    await expect(all(pieces)).rejects.toThrow("genoeg");
    expect(workers.alive()).toBe(0);
  });

  test("of which one dies half way gives an error at its turn, and nothing is taken for whole", async () => {
    const workers = channelWorkers(({ job }) => job.what === "seal" && job.at.block === 7);
    const crew = await crewOf(workers);
    const { pieces } = await sealWithCrew(crew, blobOf(randomBytes(12 * BLOCK_BYTES)), key, place);
    await expect(all(pieces)).rejects.toMatchObject({ name: "Problem", code: "unavailable" });
    await expect(crew.finish()).resolves.toBeDefined();
    crew.close();
    expect(workers.alive()).toBe(0);
  });

  test("refuses an altered, cut off or foreign file with the engine's own codes", async () => {
    const sealed = await sealItem(randomBytes(3 * BLOCK_BYTES), key, place);
    const opened = async (bytes: Uint8Array, of = key): Promise<Buffer> => {
      const crew = await crewOf(channelWorkers());
      return await all(openWithCrew(crew, inPieces(bytes, 65_536), (begin) => readBeginning(begin, of, place))).finally(() => crew.close());
    };
    await expect(opened(sealed.with(2_000_000, (sealed[2_000_000] ?? 0) ^ 1))).rejects.toMatchObject({ name: "SealError", code: "item-refused" });
    const header = readAgeHeader(sealed)?.length ?? 0;
    for (const end of [header + 16, header + 16 + 32 * (65_536 + 16), sealed.length - 1])
      await expect(opened(sealed.slice(0, end))).rejects.toMatchObject({ name: "SealError", code: "item-refused" });
    await expect(opened(sealed.slice(0, 100))).rejects.toMatchObject({ name: "SealError", code: "item-malformed" });
    await expect(opened(sealed, generateDossierKey())).rejects.toMatchObject({ name: "SealError", code: "item-refused" });
  });

  test.each(["refuses to be read", "gives fewer bytes"])("tells that a file changed when a part of it %s", async (how) => {
    // Nothing in Node makes a Blob that fails, so the worker's own door is used, without a channel.
    const part = Object.assign(blobOf(randomBytes(100)), {
      arrayBuffer: async () => {
        if (how === "refuses to be read") throw new DOMException("gone", "NotReadableError");
        return new ArrayBuffer(60);
      },
    });
    const answer = await new Promise<Answered>((resolve) => {
      let ask: (event: MessageEvent) => void = () => undefined;
      serveAttachments({
        postMessage: (message) => {
          const said = message as Answered;
          if (!("ready" in said) && said.id === 1) resolve(said);
        },
        addEventListener: (_type, listener) => (ask = listener),
      });
      const file = Object.assign(blobOf(randomBytes(100)), { slice: () => part });
      const job = { what: "seal", payloadKey: new Uint8Array(32), from: 0, padded: 100, at: { block: 0, last: true } } as const;
      ask(new MessageEvent("message", { data: { id: 0, job: { what: "file", file } } satisfies Asked }));
      ask(new MessageEvent("message", { data: { id: 1, job } satisfies Asked }));
    });
    expect(answer).toMatchObject({ id: 1, failure: { kind: "problem", code: "input-malformed" } });
    expect("failure" in answer && errorOf(answer.failure)).toBeInstanceOf(Problem);
  });

  test("is not there where workers cannot be made or never begin", async () => {
    const refused = (): never => {
      throw new TypeError("a script address outside this app was refused");
    };
    expect(await Crew.start({ start: refused, sealers: 2 })).toBeNull();
    const failing = (): AttachmentWorker => ({
      postMessage: () => undefined,
      addEventListener: (type: string, listener: (event: MessageEvent) => void) => {
        if (type === "error") setTimeout(() => listener(new MessageEvent("error")), 1);
      },
      terminate: () => undefined,
    });
    expect(await Crew.start({ start: failing, sealers: 2 })).toBeNull();
  });
});

describe("uploads and downloads", () => {
  const large = randomBytes(7 * BLOCK_BYTES + 4321);

  /** A server that keeps one item. */
  function store(): { readonly connection: Connection; readonly stored: () => Buffer } {
    let kept = Buffer.alloc(0);
    const answer = async (_input: string, init: RequestInit): Promise<Response> => {
      if (init.method === "POST") return Response.json({ upload: newUuid(), token: "dG9rZW4", offset: 0, pieceSize: 1024 * 1024 }, { status: 201 });
      if (init.method === "GET") return new Response(new Uint8Array(kept));
      const body = Buffer.from(await new Response(init.body).arrayBuffer());
      kept = Buffer.concat([kept, body]);
      if (init.method === "PUT") return Response.json({ digest: sha256(kept) }, { status: 201 });
      return new Response(null, { status: 204, headers: { "Upload-Offset": String(kept.length) } });
    };
    return { connection: new Connection({ base: "http://voorbeeld.test", fetch: answer, cookies: "own" }), stored: () => kept };
  }
  const channel = { dossier: place.dossier, channel: "main" } as const;
  const fetchBack = async (connection: Connection, { reference, length }: UploadedAttachment, by: { channelKey: Uint8Array } | { fileKey: Uint8Array }) =>
    Buffer.from(
      await new Response(
        await downloadAttachment(connection, { dossier: place.dossier, item: reference.item, channel: "main" }, reference, length, by),
      ).arrayBuffer(),
    );

  test.each([5 * 1024 * 1024, large.length])("of %i bytes go through workers there and back, with either key, and the workers end", async (length) => {
    const workers = channelWorkers();
    setAttachmentWorkers(workers);
    const content = large.subarray(0, length);
    const { connection, stored } = store();
    const seen: number[] = [];
    const uploaded = await uploadAttachment(connection, channel, blobOf(content), key, { onProgress: (sent) => seen.push(sent) });
    expect(workers.started()).toBe(3);
    expect(workers.alive()).toBe(0);
    expect(uploaded).toMatchObject({ length, sha256: sha256(content), reference: { digest: sha256(stored()), size: stored().length } });
    expect(seen.at(-1)).toBe(stored().length);
    expect(Buffer.compare(await fetchBack(connection, uploaded, { channelKey: key }), content)).toBe(0);
    const fileKey = await itemFileKey(stored(), key, { ...channel, item: uploaded.reference.item });
    expect(Buffer.compare(await fetchBack(connection, uploaded, { fileKey }), content)).toBe(0);
    expect(workers.started()).toBe(9);
    expect(workers.alive()).toBe(0);
  });

  test("small files and streams start no worker; where none starts, large ones are sealed in this thread", async () => {
    const workers = channelWorkers();
    setAttachmentWorkers(workers);
    await uploadAttachment(store().connection, channel, blobOf(large.subarray(0, 100_000)), key);
    await uploadAttachment(store().connection, channel, { stream: blobOf(large).stream(), size: large.length }, key);
    expect(workers.started()).toBe(0);
    const refused = (): never => {
      throw new TypeError("refused");
    };
    setAttachmentWorkers({ start: refused, sealers: 2 });
    const { connection, stored } = store();
    const uploaded = await uploadAttachment(connection, channel, blobOf(large), key);
    expect(uploaded).toMatchObject({ sha256: sha256(large), reference: { digest: sha256(stored()) } });
    expect(Buffer.compare(await fetchBack(connection, uploaded, { channelKey: key }), large)).toBe(0);
  });

  test("cancelled half way stop, with the reason, and no worker stays", async () => {
    const workers = channelWorkers();
    setAttachmentWorkers(workers);
    const { connection, stored } = store();
    const control = new AbortController();
    const onProgress = (sent: number): void => {
      if (sent > 3 * BLOCK_BYTES) control.abort(new Error("genoeg"));
    };
    await expect(uploadAttachment(connection, channel, blobOf(large), key, { signal: control.signal, onProgress })).rejects.toThrow("genoeg");
    expect(stored().length).toBeLessThan(large.length);
    expect(workers.alive()).toBe(0);

    const whole = store();
    const { reference, length } = await uploadAttachment(whole.connection, channel, blobOf(large), key);
    const where = { dossier: place.dossier, item: reference.item, channel: "main" };
    const read = (await downloadAttachment(whole.connection, where, reference, length, { channelKey: key })).getReader();
    await read.read();
    await read.cancel();
    const unread = await downloadAttachment(whole.connection, where, reference, length, { channelKey: key });
    await unread.cancel();
    expect(workers.alive()).toBe(0);
  });

  test("a worker that dies half way gives an error and no half file", async () => {
    let dying = false;
    const workers = channelWorkers(({ job }) => dying && (job.what === "open" || job.what === "seal") && job.at.block === 5);
    setAttachmentWorkers(workers);
    const { connection } = store();
    const uploaded = await uploadAttachment(connection, channel, blobOf(large), key);
    dying = true;
    await expect(fetchBack(connection, uploaded, { channelKey: key })).rejects.toMatchObject({ code: "unavailable" });
    await expect(uploadAttachment(store().connection, channel, blobOf(large), key)).rejects.toMatchObject({ code: "unavailable" });
    expect(workers.alive()).toBe(0);
  });

  test("a file that is not the signed one ends in an error, also when every block of it opens", async () => {
    setAttachmentWorkers(channelWorkers());
    const { connection } = store();
    const uploaded = await uploadAttachment(connection, channel, blobOf(large), key);
    const lied = { ...uploaded, reference: { ...uploaded.reference, digest: "A".repeat(43) } };
    await expect(fetchBack(connection, lied, { channelKey: key })).rejects.toMatchObject({ name: "Problem", code: "digest-mismatch" });
  });
});

test("SHA-256 in WebAssembly is that of Node, in pieces of any length", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 12 }), async (pieces) => {
      const digest = await startFastDigest();
      for (const piece of pieces) digest.update(piece);
      expect(digest.finish()).toBe(sha256(Buffer.concat(pieces)));
    }),
    { numRuns: 50 },
  );
});
