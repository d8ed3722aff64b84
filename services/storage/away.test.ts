/** The database goes away and comes back: real processes are killed under open transactions, and only those who asked hear of it. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Problem } from "#services/problem/index.ts";
import { addressesOf, inTransaction, isDatabaseAway, openDatabase, type Database, writableAddress } from "./index.ts";
import { startEmbedded, type Embedded } from "./embedded.ts";

describe("an address with several hosts", () => {
  test("is one address each, with everything around the host kept", () => {
    expect(addressesOf("postgres://een:ge%40heim@a.example.nl:5432,b.example.nl,[::1]:5433/naam?sslmode=verify-full&target_session_attrs=read-write")).toEqual({
      addresses: [
        "postgres://een:ge%40heim@a.example.nl:5432/naam?sslmode=verify-full",
        "postgres://een:ge%40heim@b.example.nl/naam?sslmode=verify-full",
        "postgres://een:ge%40heim@[::1]:5433/naam?sslmode=verify-full",
      ],
      primaryOnly: true,
    });
  });
  test("one host is left as it is, and is held to taking writes where that was asked", () => {
    const plain = "postgres://een:twee@a:5432/naam?host=%2Ftmp%2Fx";
    expect(addressesOf(plain)).toEqual({ addresses: [plain], primaryOnly: false });
    expect(addressesOf("postgres://a/naam?target_session_attrs=primary")).toEqual({ addresses: ["postgres://a/naam"], primaryOnly: true });
  });
  test("a server that may only read is never asked for", () => {
    expect(() => addressesOf("postgres://a,b/naam?target_session_attrs=prefer-standby")).toThrow(Problem);
  });
});

describe("a PostgreSQL that is killed", () => {
  const directory = mkdtempSync(join(tmpdir(), "rugdekking-away-"));
  let embedded: Embedded;
  let db: Database;
  let ended = 0;
  beforeAll(async () => {
    embedded = await startEmbedded({ directory, onEnded: () => (ended += 1) });
    db = openDatabase(embedded.url, { connections: 4 });
    await sql`create table kept (value bigint primary key)`.execute(db);
  }, 60_000);
  afterAll(async () => {
    await db.destroy();
    await embedded.stop();
    rmSync(directory, { recursive: true, force: true });
  });
  const postmaster = (): number => Number(readFileSync(join(directory, "postgres", "postmaster.pid"), "utf8").split("\n")[0]);
  const untilBack = async (): Promise<void> => {
    for (const until = performance.now() + 20_000; performance.now() < until; await pause(50))
      if (
        await sql`select 1`.execute(db).then(
          () => true,
          () => false,
        )
      )
        return;
    throw new Error("the database did not come back");
  };

  test("between two statements of a transaction: who was in it is told so, this process lives, the next one works", async () => {
    const failure = await inTransaction(db, async (trx) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(trx);
      await sql`insert into kept values (1)`.execute(trx);
      process.kill(rows[0]?.pid ?? 0, "SIGKILL");
      await pause(300);
      await sql`insert into kept values (2)`.execute(trx);
    }).catch((error: unknown) => error);
    expect(isDatabaseAway(failure)).toBe(true);
    await untilBack();
    expect((await sql`select value from kept`.execute(db)).rows).toEqual([]);
    // PostgreSQL itself mended that one.
    expect(ended).toBe(0);
  }, 60_000);

  test("whole, at an odd moment: every kind of failure is known for what it is, and it is started again at the same address with what was committed", async () => {
    await sql`insert into kept values (3)`.execute(db);
    const failures: unknown[] = [];
    let asking = true;
    const askers = Array.from({ length: 8 }, async () => {
      while (asking) {
        await inTransaction(db, async (trx) => {
          await sql`select value from kept`.execute(trx);
          await sql`select pg_sleep(0.005)`.execute(trx);
        }).catch((error: unknown) => failures.push(error));
        await pause(1);
      }
    });
    await pause(200);
    process.kill(postmaster(), "SIGKILL");
    await pause(400);
    await untilBack();
    asking = false;
    await Promise.all(askers);
    expect(failures.length).toBeGreaterThan(0);
    expect(failures.filter((error) => !isDatabaseAway(error))).toEqual([]);
    expect((await sql`select value from kept`.execute(db)).rows).toEqual([{ value: 3 }]);
    expect(ended).toBe(1);
    expect(await writableAddress(embedded.url)).toBe(embedded.url);
  }, 60_000);
});
