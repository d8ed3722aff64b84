/** The tables of a wave on a real PostgreSQL: answers are mixed so that none is known by being new, whatever ids their senders chose and however many mix at once. */
import { setTimeout as pause } from "node:timers/promises";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { checkPortable, inTransaction } from "#services/storage/index.ts";
import { openTestDatabase, type TestDatabase } from "#services/storage/testing.ts";
import { insertAnswer, mixAnswers, monitorMigrations, readAnswers } from "./index.ts";

let database: TestDatabase;
const wave = "2026-proef";
const [councillors, aldermen] = ["raadslid/gemeente/utrecht/alle", "wethouder/gemeente/utrecht/alle"];
const hour = 3_600_000;

beforeAll(async () => {
  database = await openTestDatabase(monitorMigrations);
});
beforeEach(async () => {
  for (const table of ["monitor_wave", "monitor_inbox", "monitor_answer"]) await sql`DELETE FROM ${sql.table(table)}`.execute(database.db);
  await sql`INSERT INTO monitor_wave (wave, hash, statement, desk, opens, closes, ends)
    VALUES (${wave}, 'h', '{}', ${crypto.randomUUID()}, ${new Date(Date.now() - hour)}, ${new Date(Date.now() + hour)}, ${new Date(Date.now() + 2 * hour)})`.execute(
    database.db,
  );
});
afterAll(async () => await database.close());

const put = async (stratum: string, id: string = crypto.randomUUID(), content = "verzonnen"): Promise<boolean> =>
  await insertAnswer(database.db, wave, stratum, { id, key: "h1.sleutel", sealed: Buffer.from(content).toString("base64url") });
const mix = async (at = new Date()): Promise<number> => await mixAnswers(at, async (work) => await inTransaction(database.db, work));
const afterEnd = (): Date => new Date(Date.now() + 3 * hour);
/** Transactions that wrote the rows of a table. */
const writers = async (table: string): Promise<string[]> =>
  (await sql<{ writer: string }>`SELECT xmin::text AS writer FROM ${sql.table(table)}`.execute(database.db)).rows.map(({ writer }) => writer);

it("is made of the portable subset", () => {
  expect(checkPortable(monitorMigrations)).toEqual([]);
});

describe("an id that two respondents chose", () => {
  it("keeps nobody out and jams nothing in two strata, and both are in the pages", async () => {
    const id = crypto.randomUUID();
    expect(await put(councillors, id, "van een raadslid")).toBe(true);
    expect(await mix(afterEnd())).toBe(1);
    expect(await put(aldermen, id, "van een wethouder")).toBe(true);
    expect(await mix(afterEnd())).toBe(1);
    const first = await readAnswers(database.db, wave, null, 1);
    const second = await readAnswers(database.db, wave, { id, stratum: first[0]?.stratum ?? "" }, 1);
    expect([...first, ...second].map(({ stratum, answer }) => [stratum, Buffer.from(answer.sealed, "base64url").toString()])).toEqual([
      [councillors, "van een raadslid"],
      [aldermen, "van een wethouder"],
    ]);
    expect(await readAnswers(database.db, wave, { id, stratum: aldermen }, 1)).toEqual([]);
  });

  it("leaves the first answer of a stratum as it is, and lets the others of it be mixed", async () => {
    const id = crypto.randomUUID();
    await put(councillors, id, "eerste");
    await mix(afterEnd());
    await put(councillors, id, "tweede");
    await put(councillors);
    expect(await put(councillors, id)).toBe(false);
    await mix(afterEnd());
    const kept = await readAnswers(database.db, wave, null, 10);
    expect(kept).toHaveLength(2);
    expect(kept.filter(({ answer }) => answer.id === id).map(({ answer }) => Buffer.from(answer.sealed, "base64url").toString())).toEqual(["eerste"]);
  });
});

describe("mixing", () => {
  it("leaves fewer than five waiting, and writes a stratum anew as a whole when there are five", async () => {
    for (let n = 0; n < 4; n += 1) await put(councillors);
    expect(await mix()).toBe(0);
    await put(councillors);
    expect(await mix()).toBe(5);
    for (let n = 0; n < 5; n += 1) await put(councillors);
    expect(await mix()).toBe(5);
    const all = await writers("monitor_answer");
    expect([all.length, new Set(all).size]).toEqual([10, 1]);
  });

  it("takes turns when two mix at once: what came between them waits, and is not written alone", async () => {
    for (let n = 0; n < 5; n += 1) await put(councillors);
    let [mixed, commit] = [(): void => undefined, (): void => undefined];
    const [isMixed, mayCommit] = [new Promise<void>((resolve) => (mixed = resolve)), new Promise<void>((resolve) => (commit = resolve))];
    const first = mixAnswers(new Date(), async (work) =>
      inTransaction(database.db, async (trx) => {
        const done = await work(trx);
        mixed();
        await mayCommit;
        return done;
      }),
    );
    await isMixed;
    await put(councillors);
    const second = mix();
    const waiting = async (): Promise<boolean> =>
      (
        await sql<{ n: number }>`SELECT count(*) AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`.execute(
          database.db,
        )
      ).rows[0]?.n === 1;
    while (!(await waiting())) await pause(10);
    commit();
    expect([await first, await second]).toEqual([5, 0]);
    expect(new Set(await writers("monitor_answer")).size).toBe(1);
    expect(await writers("monitor_inbox")).toHaveLength(1);
  });
});
