/** The public log over real HTTP: C2SP tlog-tiles addresses and headers, and an old client with a pinned checkpoint who sees a rewritten history. */
import type { AddressInfo } from "node:net";
import Fastify, { type FastifyInstance } from "fastify";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { append, decodeBundle, emptyLog, generateNoteKey, leafBytes, openTree, parseSignerKey, signCheckpoint, verifyInclusion } from "@rugdekking/ledger";
import { followLog, httpTiles } from "#services/ledger/client/index.ts";
import { migrations, openSequencer, type Sequencer } from "#services/ledger/store/index.ts";
import { hashOf, leafOf, store } from "#services/ledger/store/testing.ts";
import { openTestDatabase, type TestDatabase } from "#services/storage/testing.ts";
import { ledgerRoutes } from "./index.ts";

const origin = "demo.example.nl/ledger";
const keys = await generateNoteKey(origin);
const leaves = Array.from({ length: 300 }, (_, i) => leafOf(i));
let clone: TestDatabase;
let server: FastifyInstance;
let sequencer: Sequencer;
let base = "";

beforeAll(async () => {
  clone = await openTestDatabase(migrations);
  server = Fastify();
  await server.register(ledgerRoutes(clone.db));
  await server.listen({ host: "127.0.0.1", port: 0 });
  const address: string | AddressInfo | null = server.server.address();
  base = typeof address === "object" && address !== null ? `http://127.0.0.1:${address.port}` : "";
  expect((await fetch(`${base}/ledger/checkpoint`)).status).toBe(404);
  sequencer = await openSequencer(clone.db, { signerKey: keys.signerKey, sweep: 0 });
  await store(clone.db, ...leaves);
  await sequencer.integrated(hashOf(299));
});
afterAll(async () => {
  await sequencer.stop();
  await server.close();
  await clone.close();
});

describe("C2SP tlog-tiles over HTTP", () => {
  test("checkpoint: text, signed, not cached", async () => {
    const response = await fetch(`${base}/ledger/checkpoint`);
    expect(response.headers.get("content-type")).toBe("text/plain; charset=utf-8");
    expect(response.headers.get("cache-control")).toBe("no-cache");
    expect((await followLog(base, keys.verifierKey, null)).checkpoint).toMatchObject({ origin, size: 300 });
  });

  test.each([
    ["tile/0/000", 8192],
    ["tile/0/001.p/44", 44 * 32],
    ["tile/0/000.p/7", 7 * 32],
    ["tile/1/000.p/1", 32],
  ])("%s: %i bytes, for ever", async (path, length) => {
    const response = await fetch(`${base}/ledger/${path}`);
    expect(response.headers.get("content-type")).toBe("application/octet-stream");
    expect(response.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    expect((await response.arrayBuffer()).byteLength).toBe(length);
  });

  test("entry bundles hold the leaves", async () => {
    const full = decodeBundle(new Uint8Array(await (await fetch(`${base}/ledger/tile/entries/000`)).arrayBuffer()), 256);
    const partial = decodeBundle(new Uint8Array(await (await fetch(`${base}/ledger/tile/entries/001.p/44`)).arrayBuffer()), 44);
    expect([...full, ...partial].map((entry) => new TextDecoder().decode(entry))).toEqual(leaves.map(({ what, hash }) => `rugdekking ${what} ${hash}\n`));
  });

  test.each([
    "tile/0/001",
    "tile/0/001.p/45",
    "tile/1/000",
    "tile/2/000.p/1",
    "tile/entries/001",
    "tile/entries/002.p/1",
    "tile/0/0",
    "tile/0/000.p/256",
    "tile/x",
    "tile/",
    "tile/0/x999/x999/x999/x999/999",
    "tile/0/..%2f..%2fcheckpoint",
    "tile/entries/x900/x719/x925/x474/099",
  ])("%s: a 404 problem that is not kept", async (path) => {
    const response = await fetch(`${base}/ledger/${path}`);
    expect(response.status).toBe(404);
    expect(response.headers.get("content-type")).toContain("application/problem+json");
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(await response.json()).toMatchObject({ code: "not-found", status: 404 });
  });

  test("a stranger proves a leaf from tiles alone", async () => {
    const { checkpoint } = await followLog(base, keys.verifierKey, null);
    const tree = openTree(checkpoint.size, httpTiles(base));
    verifyInclusion(await tree.leafHash(270), 270, checkpoint, await tree.inclusionProof(270));
  });
});

describe("an old client with a pinned checkpoint", () => {
  test("follows the log as it grows", async () => {
    const first = await followLog(base, keys.verifierKey, null);
    await store(clone.db, leafOf("new"));
    await sequencer.integrated(hashOf("new"));
    const second = await followLog(base, keys.verifierKey, first.signed);
    expect(second.checkpoint.size).toBe(first.checkpoint.size + 1);
  });

  test("refuses a log of another key", async () => {
    await expect(followLog(base, (await generateNoteKey(origin)).verifierKey, null)).rejects.toMatchObject({ code: "signature-missing" });
  });

  test.each([
    ["rewritten", (l: ReturnType<typeof leafOf>[]) => l.with(17, leafOf("forged"))],
    ["dropped", (l: ReturnType<typeof leafOf>[]) => l.toSpliced(17, 1)],
    ["reordered", (l: ReturnType<typeof leafOf>[]) => l.with(17, leafOf(18)).with(18, leafOf(17))],
  ])("sees a leaf %s, though the thief of the key signed the new history", async (_, forge) => {
    const pinned = await followLog(base, keys.verifierKey, null);
    const kept = await sql<{ checkpoint: string; edge: Buffer }>`select checkpoint, edge from ledger_head`.execute(clone.db);
    const tiles = await sql<{ log: string; level: string; tile_index: string; width: string; bytes: Buffer }>`select * from ledger_tile`.execute(clone.db);
    const forged = [...forge(leaves), leafOf("new"), leafOf("more"), leafOf("and more")];
    const grown = append(
      emptyLog,
      forged.map(({ what, hash }) => leafBytes(what, hash)),
    );
    const replace = async (
      rows: { level: string | number; tile_index: string | number; width: string | number; bytes: Buffer }[],
      signed: string,
      edge: Buffer,
    ): Promise<void> => {
      await sql`delete from ledger_tile`.execute(clone.db);
      for (const t of rows) await sql`insert into ledger_tile values ('main', ${t.level}, ${t.tile_index}, ${t.width}, ${t.bytes})`.execute(clone.db);
      await sql`update ledger_head set checkpoint = ${signed}, edge = ${edge}`.execute(clone.db);
    };
    const signed = await signCheckpoint({ origin, size: grown.size, root: grown.root, extensions: [] }, await parseSignerKey(keys.signerKey));
    await replace(
      grown.tiles.map((t) => ({ level: t.level, tile_index: t.index, width: t.width, bytes: Buffer.from(t.bytes) })),
      signed,
      Buffer.from(grown.edge[0]?.bytes ?? []),
    );
    await expect(followLog(base, keys.verifierKey, pinned.signed)).rejects.toMatchObject({ code: "consistency-invalid" });
    // A newcomer without a pinned checkpoint cannot see it: that is why clients keep one.
    await followLog(base, keys.verifierKey, null);
    await replace(tiles.rows, kept.rows[0]?.checkpoint ?? "", kept.rows[0]?.edge ?? Buffer.alloc(0));
    await followLog(base, keys.verifierKey, pinned.signed);
  });
});
