/** Design section 7: uploads resume after a cut. A small real HTTP server cuts connections, loses answers and refuses; nothing may arrive twice or be missing. */
import { createHash, randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { generateDossierKey, newUuid } from "@rugdekking/seal";
import { afterEach, describe, expect, test } from "vitest";
import { Connection } from "#services/directory/client/index.ts";
import { Problem } from "#services/problem/index.ts";
import { downloadAttachment, uploadAttachment } from "./attachments.ts";

interface Store {
  readonly connection: Connection;
  readonly received: () => Buffer;
  readonly patches: () => number;
  readonly heads: () => number;
}

const running: Server[] = [];
afterEach(() => {
  for (const server of running.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** What happens to the n-th PATCH (from 1): bytes to take before the connection is cut, an answer that gets lost, or a refusal. */
type Mishap = { readonly cutAfter: number } | "lose-answer" | "busy" | "fine";

async function startStore(mishapOf: (patch: number) => Mishap): Promise<Store> {
  let stored = Buffer.alloc(0);
  let patches = 0;
  let heads = 0;
  const patch = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    patches += 1;
    const mishap = mishapOf(patches);
    if (mishap === "busy") {
      request.resume();
      response.writeHead(503, { "Content-Type": "application/problem+json" }).end(JSON.stringify({ code: "unavailable", detail: "busy", mend: "wait" }));
      return;
    }
    if (Number(request.headers["upload-offset"]) !== stored.length) {
      response.writeHead(409, { "Content-Type": "application/problem+json" }).end(JSON.stringify({ code: "upload-offset", detail: "elsewhere", mend: "ask" }));
      return;
    }
    const { socket } = request;
    const limit = typeof mishap === "object" ? mishap.cutAfter : Number.POSITIVE_INFINITY;
    let taken = 0;
    for await (const chunk of request) {
      const part = Buffer.from(chunk).subarray(0, limit - taken);
      stored = Buffer.concat([stored, part]);
      taken += part.length;
      if (taken >= limit) break;
    }
    if (mishap !== "fine") socket.destroy();
    else response.writeHead(204, { "Upload-Offset": String(stored.length) }).end();
  };
  const server = createServer((request, response) => {
    if (request.headers["x-rugdekking"] !== "1") response.writeHead(403).end();
    else if (request.method === "POST")
      response
        .writeHead(201, { "Content-Type": "application/json" })
        .end(JSON.stringify({ upload: newUuid(), token: "dG9rZW4", offset: 0, pieceSize: 1024 * 1024 }));
    else if (request.method === "HEAD") {
      heads += 1;
      response.writeHead(200, { "Upload-Offset": String(stored.length) }).end();
    } else if (request.method === "PUT") {
      const hash = createHash("sha256");
      request.on("data", (chunk) => {
        stored = Buffer.concat([stored, chunk]);
        hash.update(chunk);
      });
      request.on("end", () => response.writeHead(201, { "Content-Type": "application/json" }).end(JSON.stringify({ digest: hash.digest("base64url") })));
    } else if (request.method === "GET") response.writeHead(200).end(stored);
    else patch(request, response).catch(() => response.destroy());
  });
  running.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    connection: new Connection({ base: `http://127.0.0.1:${port}`, cookies: "own" }),
    received: () => stored,
    patches: () => patches,
    heads: () => heads,
  };
}

const dossier = newUuid();
const place = { dossier, channel: "main" } as const;
const key = generateDossierKey();
const backOff = [5, 5, 5, 5, 5];
const large = randomBytes(9 * 1024 * 1024 + 123);
const blob = (bytes: Buffer): Blob => new Blob([new Uint8Array(bytes)]);
const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("base64url");

async function readBack(store: Store, uploaded: Awaited<ReturnType<typeof uploadAttachment>>): Promise<Buffer> {
  const stream = await downloadAttachment(store.connection, { dossier, item: uploaded.reference.item, channel: "main" }, uploaded.reference, uploaded.length, {
    channelKey: key,
  });
  return Buffer.from(await new Response(stream).arrayBuffer());
}

describe("upload", () => {
  test("small files go in one piece, and the server's digest is compared", async () => {
    const store = await startStore(() => "fine");
    const small = randomBytes(40_000);
    const uploaded = await uploadAttachment(store.connection, place, blob(small), key);
    expect(store.patches()).toBe(0);
    expect(uploaded).toMatchObject({ length: 40_000, sha256: sha256(small), reference: { digest: sha256(store.received()), size: store.received().length } });
    expect(await readBack(store, uploaded)).toEqual(small);
  });

  test("connections cut in the middle of pieces: only what was not acknowledged is sent again", async () => {
    const store = await startStore((patch) => (patch % 3 === 0 ? { cutAfter: 300_000 } : "fine"));
    const progress: number[] = [];
    const uploaded = await uploadAttachment(store.connection, place, blob(large), key, { backOff, onProgress: (sent) => progress.push(sent) });
    expect(store.heads()).toBeGreaterThan(2);
    expect(uploaded.reference).toMatchObject({ digest: sha256(store.received()), size: store.received().length });
    expect(uploaded.sha256).toBe(sha256(large));
    expect(progress.at(-1)).toBe(uploaded.reference.size);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    expect((await readBack(store, uploaded)).equals(large)).toBe(true);
  });

  test("an answer that gets lost does not send the piece twice", async () => {
    const store = await startStore((patch) => (patch === 2 ? "lose-answer" : "fine"));
    const uploaded = await uploadAttachment(store.connection, place, blob(large), key, { backOff });
    expect(uploaded.reference.digest).toBe(sha256(store.received()));
  });

  test("a busy server is asked again; one that stays busy is given up", async () => {
    const patient = await startStore((patch) => (patch <= 3 ? "busy" : "fine"));
    await uploadAttachment(patient.connection, place, blob(large), key, { backOff });
    const hopeless = await startStore(() => "busy");
    await expect(uploadAttachment(hopeless.connection, place, blob(large), key, { backOff })).rejects.toMatchObject({ code: "unavailable" });
  });

  test("aborting stops it", async () => {
    const store = await startStore(() => "fine");
    const control = new AbortController();
    const run = uploadAttachment(store.connection, place, blob(large), key, { signal: control.signal, onProgress: () => control.abort(new Error("genoeg")) });
    await expect(run).rejects.toThrow("genoeg");
    expect(store.received().length).toBeLessThan(large.length);
  });

  test("a file that is shorter than it said is refused", async () => {
    const store = await startStore(() => "fine");
    const stream = new Blob([new Uint8Array(1000)]).stream();
    await expect(uploadAttachment(store.connection, place, { stream, size: 2000 }, key)).rejects.toMatchObject({ code: "length-mismatch" });
  });

  test("a download whose bytes were changed errors and never ends well", async () => {
    const store = await startStore(() => "fine");
    const uploaded = await uploadAttachment(store.connection, place, blob(randomBytes(200_000)), key);
    store.received().fill(7, 150_000, 150_001);
    await expect(readBack(store, uploaded)).rejects.toThrow();
    const honest = await startStore(() => "fine");
    const other = await uploadAttachment(honest.connection, place, blob(randomBytes(1000)), key);
    const lied = { ...other, reference: { ...other.reference, digest: "A".repeat(43) } };
    await expect(readBack(honest, lied)).rejects.toBeInstanceOf(Problem);
  });
});
