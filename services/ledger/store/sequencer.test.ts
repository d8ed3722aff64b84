/** Sequencing on a real PostgreSQL: concurrent appends, restarts, two sequencers on one database, retries, failures. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { sql } from "kysely";
import { generateNoteKey, leafBytes, verifyReceipt } from "@rugdekking/ledger";
import { checkPortable, inTransaction, openDatabase } from "#services/storage/index.ts";
import { openTestDatabase, type TestDatabase } from "#services/storage/testing.ts";
import { enqueueLeaf, migrations, openSequencer, receiptFor, verifyStore, type Sequencer } from "./index.ts";
import { hashOf, leafOf, store } from "./testing.ts";

const keys = await generateNoteKey("demo.example.nl/ledger");
const options = { signerKey: keys.signerKey, sweep: 0 };
let test1: TestDatabase;

beforeAll(async () => {
  test1 = await openTestDatabase(migrations);
});
beforeEach(async () => {
  for (const table of ["ledger_head", "ledger_leaf", "ledger_tile"]) await sql`delete from ${sql.table(table)}`.execute(test1.db);
});
afterAll(async () => {
  await test1.close();
});

const verify = (name: string | number, proof: string) => verifyReceipt({ proof, leaf: leafBytes("entry", hashOf(name)), verifierKey: keys.verifierKey });

/** Stores and waits for `count` leaves over `lanes` concurrent callers; gives the indices. */
async function submit(sequencer: Sequencer, prefix: string, count: number, lanes = 8): Promise<number[]> {
  const indices: number[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let i = next++; i < count; i = next++) {
      await store(test1.db, leafOf(`${prefix}${i}`));
      const { index, proof } = await sequencer.integrated(hashOf(`${prefix}${i}`));
      expect((await verify(`${prefix}${i}`, proof)).index).toBe(index);
      indices.push(index);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return indices;
}

test("the tables stay in the portable subset", () => {
  expect(checkPortable(migrations)).toEqual([]);
});

describe("one sequencer", () => {
  test("600 leaves from eight callers: each gets a receipt that verifies, all places taken once", async () => {
    const sequencer = await openSequencer(test1.db, options);
    const indices = await submit(sequencer, "a", 600);
    expect(indices.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 600 }, (_, i) => i));
    await sequencer.stop();
    expect(await verifyStore(test1.db, keys.verifierKey)).toEqual({ size: 600, checked: 600, pending: 0, firstWrong: null, faults: [] });
  });

  test("a retry of the same leaf keeps its first index", async () => {
    const sequencer = await openSequencer(test1.db, options);
    await store(test1.db, leafOf("once"), leafOf("twice"), leafOf("twice"));
    const first = await sequencer.integrated(hashOf("twice"));
    await store(test1.db, leafOf("later"), leafOf("twice"));
    await sequencer.integrated(hashOf("later"));
    const again = await sequencer.integrated(hashOf("twice"));
    expect([first.index, again.index]).toEqual([1, 1]);
    await verify("twice", again.proof);
    await sequencer.stop();
    expect(await verifyStore(test1.db, keys.verifierKey)).toMatchObject({ size: 3, pending: 0, faults: [] });
  });

  test("a statement that was rolled back leaves no leaf, and who waits for it is told", async () => {
    const sequencer = await openSequencer(test1.db, options);
    await expect(
      inTransaction(test1.db, async (trx) => {
        await enqueueLeaf(trx, leafOf("regret"));
        throw new Error("rolled back");
      }),
    ).rejects.toThrow("rolled back");
    await expect(sequencer.integrated(hashOf("regret"))).rejects.toMatchObject({ code: "not-found" });
    await sequencer.stop();
    expect(await verifyStore(test1.db, keys.verifierKey)).toMatchObject({ size: 0, faults: [] });
  });

  test("a backlog larger than one batch is taken in across tile borders, in order", async () => {
    const leaves = Array.from({ length: 1500 }, (_, i) => leafOf(`b${i}`));
    await store(test1.db, ...leaves);
    const sequencer = await openSequencer(test1.db, { ...options, limit: 100 });
    expect((await sequencer.integrated(hashOf("b1499"))).index).toBe(1499);
    for (const i of [0, 255, 256, 511, 512, 1023, 1499]) {
      const receipt = await receiptFor(test1.db, hashOf(`b${i}`));
      expect(receipt?.index).toBe(i);
      await verify(`b${i}`, receipt?.proof ?? "");
    }
    await sequencer.stop();
    expect(await verifyStore(test1.db, keys.verifierKey)).toMatchObject({ size: 1500, faults: [] });
  });

  test("leaves nobody waits for are swept up", async () => {
    const sequencer = await openSequencer(test1.db, { ...options, sweep: 20 });
    await store(test1.db, leafOf("alone"));
    await expect.poll(async () => (await receiptFor(test1.db, hashOf("alone")))?.index ?? null, { timeout: 5000 }).toBe(0);
    await sequencer.stop();
  });

  test("after stop it takes nothing, and says try again", async () => {
    const sequencer = await openSequencer(test1.db, options);
    await sequencer.stop();
    await expect(sequencer.integrated(hashOf("x"))).rejects.toMatchObject({ code: "unavailable" });
  });

  test("a database that fails tells the waiter; the leaf is taken in once it works again", async () => {
    const sequencer = await openSequencer(test1.db, options);
    await store(test1.db, leafOf("patience"));
    await sql`alter table ledger_head rename to ledger_head_away`.execute(test1.db);
    await expect(sequencer.integrated(hashOf("patience"))).rejects.toMatchObject({ code: "42P01" });
    await sql`alter table ledger_head_away rename to ledger_head`.execute(test1.db);
    expect((await sequencer.integrated(hashOf("patience"))).index).toBe(0);
    await sequencer.stop();
  });
});

describe("restart", () => {
  test("leaves enqueued before a crash are in the log after the next start, which goes on from the stored edge", async () => {
    const before = await openSequencer(test1.db, options);
    await submit(before, "c", 300);
    // The process dies here: what it had in memory is gone, and these leaves nobody took in.
    await before.stop();
    await store(test1.db, leafOf("left-1"), leafOf("left-2"));
    const after = await openSequencer(test1.db, options);
    expect((await receiptFor(test1.db, hashOf("left-2")))?.index).toBe(301);
    expect(await submit(after, "d", 20)).toHaveLength(20);
    await after.stop();
    expect(await verifyStore(test1.db, keys.verifierKey)).toMatchObject({ size: 322, faults: [] });
  });

  test("is refused with another key, and on tiles that do not hash to the checkpoint", async () => {
    const sequencer = await openSequencer(test1.db, options);
    await submit(sequencer, "e", 5);
    await sequencer.stop();
    const other = await generateNoteKey("demo.example.nl/ledger");
    await store(test1.db, leafOf("next"));
    await expect(openSequencer(test1.db, { ...options, signerKey: other.signerKey })).rejects.toMatchObject({ code: "signature-missing" });
    await sql`update ledger_head set edge = set_byte(edge, 40, get_byte(edge, 40) # 1)`.execute(test1.db);
    await expect(openSequencer(test1.db, options)).rejects.toMatchObject({ code: "tile-malformed" });
  });
});

describe("two sequencers on one database", () => {
  test("share the log: every waiter at either is answered, no place is given twice", async () => {
    const second = openDatabase(test1.url, { connections: 5 });
    const [one, two] = await Promise.all([openSequencer(test1.db, options), openSequencer(second, options)]);
    const [a, b] = await Promise.all([submit(one, "f", 250, 4), submit(two, "g", 250, 4)]);
    expect([...a, ...b].toSorted((x, y) => x - y)).toEqual(Array.from({ length: 500 }, (_, i) => i));
    await one.stop();
    await two.stop();
    await second.destroy();
    expect(await verifyStore(test1.db, keys.verifierKey)).toMatchObject({ size: 500, pending: 0, faults: [] });
  });

  test("a leaf taken in by the one is told to who waits at the other", async () => {
    const second = openDatabase(test1.url, { connections: 5 });
    const [one, two] = await Promise.all([openSequencer(test1.db, options), openSequencer(second, options)]);
    await store(test1.db, leafOf("shared"));
    const [x, y] = await Promise.all([one.integrated(hashOf("shared")), two.integrated(hashOf("shared"))]);
    expect(x.index).toBe(y.index);
    await verify("shared", y.proof);
    await one.stop();
    await two.stop();
    await second.destroy();
  });
});
