/** Law 5, "nothing is silently changed": someone with the database in hand rewrites, drops, reorders and adds, and the doctor names the first wrong leaf. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { sql } from "kysely";
import { append, emptyLog, generateNoteKey, leafBytes, parseSignerKey, signCheckpoint } from "@rugdekking/ledger";
import type { Leaf } from "#services/ledger/contract/index.ts";
import { openTestDatabase, type TestDatabase } from "#services/storage/testing.ts";
import { checkAgainstStatements, migrations, openSequencer, readCheckpoint, verifyStore } from "./index.ts";
import { hashOf, leafOf, store } from "./testing.ts";

const SIZE = 700;
const keys = await generateNoteKey("demo.example.nl/ledger");
const leaves = Array.from({ length: SIZE }, (_, i) => leafOf(i));
let clone: TestDatabase;
const tables = ["ledger_head", "ledger_leaf", "ledger_tile"];

beforeAll(async () => {
  clone = await openTestDatabase(migrations);
  await store(clone.db, ...leaves);
  await (await openSequencer(clone.db, { signerKey: keys.signerKey, sweep: 0 })).stop();
  for (const table of tables) await sql`create table ${sql.table(`kept_${table}`)} as table ${sql.table(table)}`.execute(clone.db);
});
beforeEach(async () => {
  for (const table of tables) {
    await sql`delete from ${sql.table(table)}`.execute(clone.db);
    await sql`insert into ${sql.table(table)} select * from ${sql.table(`kept_${table}`)}`.execute(clone.db);
  }
});
afterAll(async () => {
  await clone.close();
});

const doctor = (pinned?: string) => verifyStore(clone.db, keys.verifierKey, pinned);

/** Rewrites tiles so that they follow from these leaves: what a careful forger does. */
async function rewriteTiles(forged: readonly Leaf[]): Promise<Uint8Array> {
  const grown = append(
    emptyLog,
    forged.map(({ what, hash }) => leafBytes(what, hash)),
  );
  await sql`delete from ledger_tile`.execute(clone.db);
  for (const tile of grown.tiles) {
    if (tile.level === 0 && tile.width < 256) await sql`update ledger_head set edge = ${Buffer.from(tile.bytes)}`.execute(clone.db);
    else await sql`insert into ledger_tile values ('main', ${tile.level}, ${tile.index}, ${tile.width}, ${Buffer.from(tile.bytes)})`.execute(clone.db);
  }
  return grown.root;
}

async function rewriteLeaf(index: number, hash: string): Promise<void> {
  await sql`update ledger_leaf set hash = ${hash} where leaf_index = ${index}`.execute(clone.db);
}

test("an untouched log has no fault", async () => {
  expect(await doctor()).toEqual({ size: SIZE, checked: SIZE, pending: 0, firstWrong: null, faults: [] });
});

describe("leaves", () => {
  test("rewritten: named", async () => {
    await rewriteLeaf(333, hashOf("forged"));
    expect(await doctor()).toMatchObject({ firstWrong: 333, faults: [{ code: "leaf-altered", index: 333 }] });
  });
  test("kind rewritten: named", async () => {
    await sql`update ledger_leaf set what = 'grant' where leaf_index = 5`.execute(clone.db);
    expect(await doctor()).toMatchObject({ firstWrong: 5, faults: [{ code: "leaf-altered", index: 5 }] });
  });
  test("rewritten to what is no leaf at all: named", async () => {
    await rewriteLeaf(12, "rubbish");
    expect(await doctor()).toMatchObject({ firstWrong: 12, faults: [{ code: "leaf-altered", index: 12 }] });
  });
  test.each([0, 255, 256, 500, 699])("number %i dropped: named", async (index) => {
    await sql`delete from ledger_leaf where leaf_index = ${index}`.execute(clone.db);
    expect(await doctor()).toMatchObject({ firstWrong: index, faults: [{ code: "leaf-missing", index }] });
  });
  test("dropped, and those after it moved up: the first moved one is named, and the missing end", async () => {
    await sql`delete from ledger_leaf where leaf_index = 600`.execute(clone.db);
    for (let i = 601; i < SIZE; i++) await sql`update ledger_leaf set leaf_index = ${i - 1} where leaf_index = ${i}`.execute(clone.db);
    const report = await doctor();
    expect(report.firstWrong).toBe(600);
    expect(report.faults[0]).toMatchObject({ code: "leaf-altered", index: 600 });
  });
  test("sent back to the queue, to be logged anew elsewhere: named as missing", async () => {
    await sql`update ledger_leaf set leaf_index = null where leaf_index = 77`.execute(clone.db);
    expect(await doctor()).toMatchObject({ firstWrong: 77, pending: 1, faults: [{ code: "leaf-missing", index: 77 }] });
  });
  test("two swapped: the first is named, and only these two", async () => {
    await sql`update ledger_leaf set leaf_index = -1 where leaf_index = 40`.execute(clone.db);
    await sql`update ledger_leaf set leaf_index = 40 where leaf_index = 41`.execute(clone.db);
    await sql`update ledger_leaf set leaf_index = 41 where leaf_index = -1`.execute(clone.db);
    expect((await doctor()).faults.map(({ code, index }) => [code, index])).toEqual([
      ["leaf-altered", 40],
      ["leaf-altered", 41],
    ]);
  });
  test("added beyond the signed size: named", async () => {
    await sql`insert into ledger_leaf (log, leaf_index, hash, what, queued) values ('main', ${SIZE}, ${hashOf("extra")}, 'entry', gen_random_uuid())`.execute(
      clone.db,
    );
    expect(await doctor()).toMatchObject({ firstWrong: SIZE, faults: [{ code: "leaf-unsigned", index: SIZE }] });
  });
  test("rewritten with the lowest tile to match: the tile above betrays the range", async () => {
    await rewriteLeaf(300, hashOf("forged"));
    const forged = leaves.with(300, leafOf("forged"));
    const grown = append(
      emptyLog,
      forged.map(({ what, hash }) => leafBytes(what, hash)),
    );
    const tile = grown.tiles.find(({ level, index }) => level === 0 && index === 1);
    await sql`update ledger_tile set bytes = ${Buffer.from(tile?.bytes ?? [])} where level = 0 and tile_index = 1`.execute(clone.db);
    expect(await doctor()).toMatchObject({ firstWrong: 256, faults: [{ code: "leaf-altered", index: 256 }] });
  });
  test("rewritten with every tile to match: the signed root betrays it", async () => {
    await rewriteLeaf(300, hashOf("forged"));
    await rewriteTiles(leaves.with(300, leafOf("forged")));
    expect(await doctor()).toMatchObject({ faults: [{ code: "root-mismatch", index: null }] });
  });
});

describe("tiles", () => {
  test("altered while the leaves are right: named as tile", async () => {
    await sql`update ledger_head set edge = set_byte(edge, 32 * 7 + 3, get_byte(edge, 32 * 7 + 3) # 1)`.execute(clone.db);
    expect(await doctor()).toMatchObject({ firstWrong: 519, faults: [{ code: "tile-altered", index: 519 }] });
  });
  test("full one altered: named as tile", async () => {
    await sql`update ledger_tile set bytes = set_byte(bytes, 32 * 3, get_byte(bytes, 32 * 3) # 1) where level = 0 and tile_index = 1`.execute(clone.db);
    expect(await doctor()).toMatchObject({ firstWrong: 259, faults: [{ code: "tile-altered", index: 259 }] });
  });
  test("removed: named", async () => {
    await sql`delete from ledger_tile where level = 1`.execute(clone.db);
    expect(await doctor()).toMatchObject({ faults: [{ code: "tile-missing", index: 0 }] });
  });
});

describe("the head", () => {
  test("removed, or its size rewritten: named", async () => {
    const signed = (await readCheckpoint(clone.db)) ?? "";
    await sql`update ledger_head set checkpoint = ${signed.replace(`\n${SIZE}\n`, "\n699\n")}`.execute(clone.db);
    expect(await doctor()).toMatchObject({ size: null, faults: [{ code: "head-invalid" }] });
    await sql`delete from ledger_head`.execute(clone.db);
    expect(await doctor()).toMatchObject({ size: null, faults: [{ code: "head-missing" }] });
  });

  test("rolled back with everything to an older signed state: only a pinned checkpoint tells, and it does", async () => {
    const pinned = (await readCheckpoint(clone.db)) ?? "";
    const older = append(
      emptyLog,
      leaves.slice(0, 500).map(({ what, hash }) => leafBytes(what, hash)),
    );
    await rewriteTiles(leaves.slice(0, 500));
    await sql`delete from ledger_leaf where leaf_index >= 500`.execute(clone.db);
    const signed = await signCheckpoint(
      { origin: "demo.example.nl/ledger", size: 500, root: older.root, extensions: [] },
      await parseSignerKey(keys.signerKey),
    );
    await sql`update ledger_head set checkpoint = ${signed}`.execute(clone.db);
    expect((await doctor()).faults).toEqual([]);
    expect(await doctor(pinned)).toMatchObject({ faults: [{ code: "history-rewritten" }] });
  });

  test("history rewritten and signed again by a thief of the key: the pinned checkpoint and the statements tell", async () => {
    const pinned = (await readCheckpoint(clone.db)) ?? "";
    await rewriteLeaf(123, hashOf("forged"));
    const root = await rewriteTiles(leaves.with(123, leafOf("forged")));
    const signed = await signCheckpoint({ origin: "demo.example.nl/ledger", size: SIZE, root, extensions: [] }, await parseSignerKey(keys.signerKey));
    await sql`update ledger_head set checkpoint = ${signed}`.execute(clone.db);
    expect((await doctor()).faults).toEqual([]);
    expect(await doctor(pinned)).toMatchObject({ faults: [{ code: "history-rewritten" }] });
    expect(await checkAgainstStatements(clone.db, statements(leaves))).toEqual({ checked: SIZE, pending: 0, missing: 1, examples: [leafOf(123)] });
  });
});

test("statements: all present, one pending, one never logged", async () => {
  await store(clone.db, leafOf("waiting"));
  const report = await checkAgainstStatements(clone.db, statements([...leaves, leafOf("waiting"), leafOf("secret", "grant")]));
  expect(report).toEqual({ checked: SIZE + 2, pending: 1, missing: 1, examples: [leafOf("secret", "grant")] });
});

async function* statements(of: readonly Leaf[]): AsyncGenerator<Leaf> {
  yield* of;
}
