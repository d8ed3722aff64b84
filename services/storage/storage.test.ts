/** Storage journeys on real PostgreSQL: retry, migrations, embedded start and restart, the portable subset. */
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkPortable, inTransaction, migrate, openDatabase, sqlState, type Database } from "./index.ts";
import { runningEmbedded, startEmbedded } from "./embedded.ts";
import { openTestDatabase, type TestDatabase } from "./testing.ts";

const migrations = [
  {
    id: "test-001-numbers",
    statement: "create table numbers (organisation text not null, name text not null, value bigint not null, at timestamptz, primary key (organisation, name))",
  },
];
type Tables = {
  numbers: { organisation: string; name: string; value: number; at: Date | null };
};

describe("transactions and migrations", () => {
  let test: TestDatabase;
  let db: Database<Tables>;
  beforeAll(async () => {
    test = await openTestDatabase(migrations);
    db = test.db.$extendTables<Tables>();
    await db
      .insertInto("numbers")
      .values([
        { organisation: "gm0000", name: "a", value: 1, at: new Date(0) },
        { organisation: "gm0000", name: "b", value: 1, at: null },
      ])
      .execute();
  });
  afterAll(() => test.close());

  it("retries serialization failures: twenty rivals all get their increment", async () => {
    let tries = 0;
    await Promise.all(
      Array.from({ length: 10 }, () =>
        inTransaction(
          db,
          async (trx) => {
            tries += 1;
            const { value } = await trx.selectFrom("numbers").select("value").where("name", "=", "a").executeTakeFirstOrThrow();
            await trx
              .updateTable("numbers")
              .set({ value: value + 1 })
              .where("name", "=", "a")
              .execute();
          },
          { isolation: "serializable", attempts: 40 },
        ),
      ),
    );
    expect((await db.selectFrom("numbers").select("value").where("name", "=", "a").executeTakeFirstOrThrow()).value).toBe(11);
    expect(tries).toBeGreaterThan(10);
  });

  it("gives up after the attempts it was given", async () => {
    let tries = 0;
    const failing = inTransaction(
      db,
      async (trx) => {
        tries += 1;
        await sql`do $$ begin raise exception using errcode = '40001'; end $$`.execute(trx);
      },
      { attempts: 3 },
    );
    await expect(failing).rejects.toSatisfy((error) => sqlState(error) === "40001");
    expect(tries).toBe(3);
  });

  it("leaves nothing of a transaction that throws", async () => {
    await expect(
      inTransaction(db, async (trx) => {
        await trx.updateTable("numbers").set({ value: 99 }).where("name", "=", "b").execute();
        throw new Error("stop");
      }),
    ).rejects.toThrow("stop");
    expect((await db.selectFrom("numbers").select("value").where("name", "=", "b").executeTakeFirstOrThrow()).value).toBe(1);
  });

  it("applies each migration once and refuses a changed text", async () => {
    expect(await migrate(test.db, migrations)).toEqual([]);
    await expect(migrate(test.db, [{ id: "test-001-numbers", statement: "create table numbers (organisation text primary key)" }])).rejects.toMatchObject({
      code: "unavailable",
    });
  });

  it("runs with fsync on", async () => {
    const shown = await sql<{ fsync: string }>`show fsync`.execute(db);
    expect(shown.rows[0]?.fsync).toBe("on");
  });
});

describe("embedded PostgreSQL", () => {
  const directory = mkdtempSync(join(tmpdir(), "rugdekking-embedded-"));
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  it("starts, keeps what was written, and starts again in under a second", async () => {
    const first = await startEmbedded({ directory });
    await expect(startEmbedded({ directory })).rejects.toMatchObject({ code: "unavailable" });
    const db = openDatabase(first.url);
    await sql`create table kept (organisation text primary key)`.execute(db);
    await db.destroy();
    // A command beside it finds its address; once it is stopped there is none.
    const beside = openDatabase((await runningEmbedded(directory)) ?? "", { connections: 1 });
    expect((await sql`select 1 from kept`.execute(beside)).rows).toEqual([]);
    await beside.destroy();
    await first.stop();
    await first.stop();
    expect(await runningEmbedded(directory)).toBeNull();
    expect(existsSync(join(directory, "postgres", "postmaster.pid"))).toBe(false);
    expect(existsSync(join(directory, "lock"))).toBe(false);
    expect(statSync(join(directory, "postgres-password")).mode & 0o777).toBe(0o600);

    const began = performance.now();
    const second = await startEmbedded({ directory });
    const took = performance.now() - began;
    const again = openDatabase(second.url);
    await sql`insert into kept values ('gm0000')`.execute(again);
    const settings = await sql<{
      name: string;
      setting: string;
    }>`select name, setting from pg_settings where name in ('fsync', 'synchronous_commit', 'full_page_writes', 'listen_addresses') order by name`.execute(
      again,
    );
    expect(settings.rows.map(({ setting }) => setting)).toEqual(["on", "on", "127.0.0.1", "on"]);
    await again.destroy();
    await second.stop();
    expect(took).toBeLessThan(5000);
  });

  it("takes over after its owner was killed with kill -9", async () => {
    const script = `import { startEmbedded } from "#services/storage/embedded.ts"; const e = await startEmbedded({ directory: ${JSON.stringify(directory)} }); console.log(e.url); setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ["--input-type=module", "-e", script], { stdio: ["ignore", "pipe", "inherit"] });
    await new Promise((ready) => child.stdout.once("data", ready));
    child.kill("SIGKILL");
    await new Promise((gone) => child.once("exit", gone));
    expect(existsSync(join(directory, "postgres", "postmaster.pid"))).toBe(true);
    const next = await startEmbedded({ directory });
    const db = openDatabase(next.url);
    expect((await sql<{ organisation: string }>`select organisation from kept`.execute(db)).rows).toHaveLength(1);
    await db.destroy();
    await next.stop();
  });

  it("writes no key of a refused row into its log", async () => {
    const embedded = await startEmbedded({ directory });
    const db = openDatabase(embedded.url);
    await expect(sql`insert into kept values ('gm0000')`.execute(db)).rejects.toSatisfy((error) => sqlState(error) === "23505");
    await db.destroy();
    await embedded.stop();
    expect(readFileSync(join(directory, "postgres.log"), "utf8")).not.toContain("gm0000");
  });
});

describe("the portable subset (tech B15)", () => {
  const breaches = (statement: string): string =>
    checkPortable([{ id: "x", statement }])
      .map(({ what }) => what)
      .join("\n");

  it("lets a plain table and index pass", () => {
    expect(checkPortable(migrations)).toEqual([]);
    expect(breaches("create index a on b (organisation, c desc)")).toBe("");
  });

  it.each([
    ["create table a (id uuid primary key)", "no distribution column"],
    ["create table a (organisation text, id uuid)", "needs a primary key"],
    ["create table a (organisation text, n integer, primary key (organisation))", 'type "integer"'],
    ["create table a (organisation text, n bigserial, primary key (organisation))", "no sequences"],
    ["create table a (organisation text, mail text unique, primary key (organisation))", "unique without the tenant"],
    ["create table a (organisation text, id uuid, primary key (organisation, id), unique (id))", "does not begin with"],
    ["create unique index a on b (mail)", "a unique index must begin"],
    ["create trigger a before insert on b execute function c()", "no triggers"],
    ["create table a (organisation text primary key); create table b (organisation text primary key)", "one DDL statement"],
    ["create index a on b using gin (c)", "b-tree"],
    ["create unlogged table a (organisation text primary key)", "no storage settings"],
    ["insert into a values (1)", "only CREATE"],
    ["create table a (organisation text, constraint f foreign key (id) references b (id), primary key (organisation))", "does not begin with"],
  ])("refuses %s", (statement, why) => {
    expect(breaches(statement)).toContain(why);
  });
});
