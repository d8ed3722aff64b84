/** Plans of the statements that read a desk's lines, made as PostgreSQL makes them for a prepared statement, without values: by the index of what is asked, never through the desk's whole archive. */
import { sql, type CompiledQuery } from "kysely";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { houseMigrations } from "#apps/server/house.ts";
import { openTestDatabase, type TestDatabase } from "#services/storage/testing.ts";
import type { Executor } from "./dossiers.ts";
import { countLate, desksWithLate, readLate } from "./terms.ts";
import { readWorklist } from "./worklist.ts";

const place = { organisation: "gm0344", desk: "01a20000-0000-7000-8000-000000000001" };
const at = new Date("2026-11-01T00:00:00Z");

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase(houseMigrations);
  // Forty desks of forty organisations with an archive each, of which ten lines are late.
  await sql`INSERT INTO desk_dossier (organisation, desk_id, dossier, kind, phase, opened, changed, due, term_name, term_waits_for, until, scope, cover, grant_id, grant_statement, grant_sealed)
    SELECT CASE WHEN n % 40 = 0 THEN 'gm0344' ELSE 'gm' || n % 40 END, ('01a20000-0000-7000-8000-' || lpad((1 + n % 40)::text, 12, '0'))::uuid, gen_random_uuid(), 'report', 'closed', ${at}::timestamptz, ${at}::timestamptz - n * interval '1 minute',
      CASE WHEN n < 400 THEN ${at}::timestamptz - interval '1 day' ELSE timestamptz '9999-12-31 00:00:00Z' END, CASE WHEN n < 400 THEN 'take-up' END, CASE WHEN n < 400 THEN 'safety-desk' END,
      timestamptz '9999-12-31 00:00:00Z', 'dossier', NULL, gen_random_uuid(), '{}'::jsonb, '{}'::jsonb FROM generate_series(0, 11999) AS n`.execute(
    database.db,
  );
  await sql`INSERT INTO desk_tally (organisation, desk_id, shard, total) SELECT DISTINCT organisation, desk_id, 0::bigint, 300::bigint FROM desk_dossier`.execute(
    database.db,
  );
  await sql`VACUUM ANALYZE desk_dossier`.execute(database.db);
});
afterAll(async () => {
  await database.close();
});

/** What PostgreSQL would do for the statement that `ask` sends, without knowing its values. */
async function planOf(ask: (db: Executor) => Promise<unknown>): Promise<string> {
  const caught: CompiledQuery[] = [];
  const catching = database.db.getExecutor().withConnectionProvider({
    provideConnection: async (consumer) =>
      await consumer({
        executeQuery: async (query) => {
          caught.push(query);
          return { rows: [] };
        },
        streamQuery: () => {
          throw new Error("nothing here is streamed");
        },
      }),
  });
  await ask({ getExecutor: () => catching });
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    // Without values in the message the parameters stay parameters.
    const { rows } = await client.query<{ "QUERY PLAN": string }>(`EXPLAIN (GENERIC_PLAN, COSTS OFF) ${caught[0]?.sql ?? ""}`);
    return rows.map((row) => row["QUERY PLAN"]).join("\n");
  } finally {
    await client.end();
  }
}

test.each<[string, string, (db: Executor) => Promise<unknown>]>([
  ["counting what is late", "desk_dossier_due", async (db) => await countLate(db, place, at)],
  ["listing what is late", "desk_dossier_due", async (db) => await readLate(db, place, null, 51, at)],
  ["looking which desks have something late", "desk_dossier_due", async (db) => await desksWithLate(db, at, null, 100)],
  ["the first page of a worklist", "desk_dossier_due", async (db) => await readWorklist(db, place, null, null, 51, at)],
  ["what is new on a worklist", "desk_dossier_changed", async (db) => await readWorklist(db, place, null, at, 51, at)],
])("%s goes by %s", async (_, index, ask) => {
  const plan = await planOf(ask);
  expect(plan.match(/desk_dossier_\w+/gu)).toEqual([index]);
  expect(plan).not.toContain("Seq Scan on desk_dossier");
});

test("what is late is counted by group, the oldest first", async () => {
  expect(await countLate(database.db, place, at)).toMatchObject([{ kind: "report", phase: "closed", term: "take-up", waitsFor: "safety-desk", late: 10 }]);
  expect((await desksWithLate(database.db, at, null, 100)).length).toBe(40);
});
