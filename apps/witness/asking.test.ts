/** A house and its witnesses over real HTTP and a real PostgreSQL: cosignatures under what the log serves, and what each side refuses when the other cheats. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import type { Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Fastify, { type FastifyInstance } from "fastify";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { formatProof, generateNoteKey, leafBytes, parseCheckpoint, parseNote, parseProof, parseVerifierKey, verifyReceipt } from "@rugdekking/ledger";
import { makeWitness, readWatchedLogs, readWitnessSigner } from "./folder.ts";
import { openMemory } from "./memory.ts";
import { witnessServer } from "./watch.ts";
import { vouchedFor, vouchedForReceipt } from "#services/ledger/client/witnesses.ts";
import type { Witnesses } from "#services/ledger/contract/witnesses.ts";
import { migrations, openSequencer, readCheckpoint, receiptFor, type Sequencer } from "#services/ledger/store/index.ts";
import { hashOf, leafOf, store } from "#services/ledger/store/testing.ts";
import { openTestDatabase, type TestDatabase } from "#services/storage/testing.ts";
import { ledgerRoutes } from "#services/ledger/server/index.ts";
import { readWitnesses, startWitnessing, type Witnessing, type WitnessTrouble } from "#services/ledger/server/witnesses.ts";

const keys = await generateNoteKey("demo.example.nl/log");
let clone: TestDatabase;
let frame: FastifyInstance;
let sequencer: Sequencer;
let base: string;
let folder: string;
const open: Server[] = [];
const trouble: WitnessTrouble[] = [];
let round: Witnessing;
let pinned: Witnesses;

/** A witness in its own folder; `away` has nobody listening. */
async function witness(name: string, away = false): Promise<{ key: string; url: string }> {
  const own = join(folder, name);
  const key = await makeWitness(own, `${name}.example.nl`, [keys.verifierKey]);
  if (away) return { key, url: "http://127.0.0.1:9" };
  const server = witnessServer({ signer: await readWitnessSigner(own), logs: await readWatchedLogs(own), memory: await openMemory(join(own, "heads")) });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", () => done()));
  open.push(server);
  const at = server.address();
  return { key, url: `http://127.0.0.1:${typeof at === "object" && at !== null ? at.port : 0}` };
}

const read = async (path: string): Promise<string> => await (await fetch(`${base}${path}`)).text();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "rugdekking-witnesses-"));
  clone = await openTestDatabase(migrations);
  frame = Fastify();
  await frame.register(ledgerRoutes(clone.db));
  base = await frame.listen({ host: "127.0.0.1", port: 0 });
  sequencer = await openSequencer(clone.db, { signerKey: keys.signerKey, sweep: 0 });
  await store(clone.db, leafOf("before"));
  await sequencer.integrated(hashOf("before"));
  const witnesses = [await witness("een"), await witness("twee"), await witness("weg", true)];
  pinned = { keys: witnesses.map(({ key }) => key), quorum: 2, from: 1 };
  round = startWitnessing({ db: clone.db, settings: { quorum: 2, witnesses }, everySeconds: 0, timeout: 2_000, onTrouble: (one) => void trouble.push(one) });
}, 60_000);
afterAll(async () => {
  await round.stop();
  await sequencer.stop();
  await frame.close();
  for (const server of open) {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
  await clone.close();
  await rm(folder, { recursive: true, force: true });
});

describe("witnesses of a house", () => {
  test("a receipt comes at once, before any witness was asked, and lacks the quorum; one of before witnesses is said to be so", async () => {
    const early = await receiptFor(clone.db, hashOf("before"));
    expect(await vouchedForReceipt(early?.proof ?? "", pinned)).toMatchObject({ state: "before", witnesses: [] });
    await store(clone.db, leafOf("first"), leafOf("second"));
    const { proof } = await sequencer.integrated(hashOf("second"));
    await expect(vouchedForReceipt(proof, pinned)).rejects.toMatchObject({ code: "quorum-missing" });
    expect((await fetch(`${base}/ledger/witnessed`)).status).toBe(404);
  });
  test("after a round the log serves the checkpoint with both cosignatures, though a third witness is away", async () => {
    expect(await round.round()).toBe(2);
    expect(trouble).toEqual([{ witness: "weg.example.nl", what: "away" }]);
    const served = await read("/ledger/checkpoint");
    expect(await read("/ledger/witnessed")).toBe(served);
    expect((await vouchedFor(served, pinned)).witnesses.map(({ name }) => name)).toEqual(["een.example.nl", "twee.example.nl"]);
    const receipt = await receiptFor(clone.db, hashOf("first"));
    expect((await vouchedForReceipt(receipt?.proof ?? "", pinned)).state).toBe("held");
    await verifyReceipt({ proof: receipt?.proof ?? "", leaf: leafBytes("entry", hashOf("first")), verifierKey: keys.verifierKey });
  });
  test("the log grows on while nobody is asked: the head bears no cosignature, the witnessed one stands, old receipts stay vouched for", async () => {
    await store(clone.db, ...Array.from({ length: 300 }, (_, i) => leafOf(`more ${i}`)));
    await sequencer.integrated(hashOf("more 299"));
    await expect(vouchedFor(await read("/ledger/checkpoint"), pinned)).rejects.toMatchObject({ code: "quorum-missing" });
    expect((await vouchedFor(await read("/ledger/witnessed"), pinned)).state).toBe("held");
    expect((await vouchedForReceipt((await receiptFor(clone.db, hashOf("first")))?.proof ?? "", pinned)).state).toBe("held");
    expect(await round.round()).toBe(2);
    expect((await vouchedForReceipt((await receiptFor(clone.db, hashOf("more 299")))?.proof ?? "", pinned)).state).toBe("held");
  });
  test("a server that forgot what it asked hears the size from the witness and goes on", async () => {
    const fresh = startWitnessing({
      db: clone.db,
      settings: { quorum: 2, witnesses: pinned.keys.slice(0, 2).map((key, i) => ({ key, url: urlOf(i) })) },
      everySeconds: 0,
    });
    expect(await fresh.round()).toBe(2);
    await fresh.stop();
  });
  test("cosignatures moved to a receipt of another tree are worth nothing", async () => {
    const held = parseProof((await receiptFor(clone.db, hashOf("first")))?.proof ?? "");
    const cosignatures = held.checkpoint.split("\n").slice(-3).join("\n");
    const { text } = parseNote(held.checkpoint);
    const other = parseCheckpoint(text);
    const moved = held.checkpoint.replace(`\n${other.size}\n`, `\n${other.size + 1}\n`);
    expect(cosignatures).toContain("een.example.nl");
    await expect(vouchedForReceipt(formatProof({ ...held, checkpoint: moved }), pinned)).rejects.toMatchObject({ code: "quorum-missing" });
  });
  test("a database rolled back to before: the witnesses refuse, the operator hears it, and nothing new is vouched for", async () => {
    const older = await openTestDatabase(migrations);
    const again = await openSequencer(older.db, { signerKey: keys.signerKey, sweep: 0 });
    await store(older.db, leafOf("rewritten"));
    await again.integrated(hashOf("rewritten"));
    const heard: WitnessTrouble[] = [];
    const asking = startWitnessing({
      db: older.db,
      settings: { quorum: 1, witnesses: pinned.keys.slice(0, 2).map((key, i) => ({ key, url: urlOf(i) })) },
      everySeconds: 0,
      onTrouble: (one) => void heard.push(one),
    });
    expect(await asking.round()).toBe(0);
    expect(heard.map(({ what }) => what)).toEqual(["refused", "refused"]);
    // Grown past the size they hold it is a split view: 422.
    await store(older.db, ...Array.from({ length: 400 }, (_, i) => leafOf(`rewritten ${i}`)));
    await again.integrated(hashOf("rewritten 399"));
    expect(await asking.round()).toBe(0);
    expect((await older.db.transaction().execute(async (trx) => await sql`SELECT 1 FROM ledger_cosigned`.execute(trx))).rows).toEqual([]);
    await expect(vouchedFor((await readCheckpoint(older.db)) ?? "", pinned)).rejects.toMatchObject({ code: "quorum-missing" });
    await asking.stop();
    await again.stop();
    await older.close();
  });
});

/** Where witness number `i` listens. */
function urlOf(i: number): string {
  const at = open[i]?.address();
  return `http://127.0.0.1:${typeof at === "object" && at !== null ? at.port : 0}`;
}

describe("the file of witnesses", () => {
  const file = async (value: unknown): Promise<string> => {
    const path = join(folder, "witnesses.json");
    await writeFile(path, typeof value === "string" ? value : JSON.stringify(value));
    return path;
  };
  test("is read, or refused with its name", async () => {
    const [key = ""] = pinned.keys;
    const url = "https://getuige.example.nl";
    expect(await readWitnesses(await file({ quorum: 1, witnesses: [{ key, url }] }))).toMatchObject({ quorum: 1 });
    for (const bad of [
      "{",
      {},
      { quorum: 2, witnesses: [{ key, url }] },
      { quorum: 1, witnesses: [{ key, url: "ftp://x" }] },
      { quorum: 1, witnesses: [{ key: keys.verifierKey, url }] },
      {
        quorum: 1,
        witnesses: [
          { key, url },
          { key, url },
        ],
      },
    ])
      await expect(readWitnesses(await file(bad))).rejects.toMatchObject({ code: "input-malformed", message: expect.stringContaining("witnesses.json") });
    expect(() => parseVerifierKey(key)).toThrow(expect.objectContaining({ code: "key-malformed" }));
  });
});
