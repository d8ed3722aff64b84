/** AVG art. 15: the overview covers every table with a person in it, and fails when one is added and not listed; an account that is erased leaves no row that names it but what others signed. */
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { houseMigrations } from "#apps/server/house.ts";
import { openTestDatabase, type TestDatabase } from "#services/storage/testing.ts";
import { inTransaction } from "#services/storage/index.ts";
import { eraseAccount, lockTies } from "#services/rights/store/account.ts";
import { insightOf, notPersons, personTables } from "#services/rights/store/insight.ts";
import { nl } from "#services/rights/screens/nl.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase(houseMigrations);
});
afterAll(async () => {
  await database.close();
});

test("every column that can hold a person's id is on the list, or said to be something else", async () => {
  const { rows } = await sql<{ table: string; column: string }>`SELECT table_name AS table, column_name AS column FROM information_schema.columns
    WHERE table_schema = 'public' AND (udt_name = 'uuid' OR column_name LIKE '%person%' OR column_name LIKE '%owner%') ORDER BY 1, 2`.execute(database.db);
  const listed = new Set(personTables.flatMap(({ table, persons }) => persons.map((column) => `${table}.${column}`)));
  const other = new Set(notPersons);
  const unknown = rows.filter(({ table, column }) => !listed.has(`${table}.${column}`) && !other.has(`${table}.${column}`) && !other.has(`*.${column}`));
  expect(unknown).toEqual([]);
  const there = new Set(rows.map(({ table, column }) => `${table}.${column}`));
  expect([...listed].filter((one) => !there.has(one))).toEqual([]);
});

test("every table of the overview is named in Dutch words", () => {
  const named = new Set(Object.keys(nl.tables));
  expect([...personTables.map(({ table }) => table), "desk_roster", "news_recipient"].filter((table) => !named.has(table))).toEqual([]);
});

test("the overview tells what is in the clear and withholds what is sealed; erasing the account leaves nothing of it", async () => {
  const person = "01a20000-0000-7000-8000-000000000001";
  const mail = "verzonnen@example.nl";
  await sql`INSERT INTO person (person, kind, card, card_hash, sign_public_key, seal_public_key, mail, registered)
    VALUES (${person}, 'person', '{}'::jsonb, 'invented-hash', 'invented', 'invented', ${mail}, now())`.execute(database.db);
  await sql`INSERT INTO person_handle (handle, person) VALUES ('verzonnen', ${person})`.execute(database.db);
  await sql`INSERT INTO person_session (session, id, person, label, since, last_seen, expires)
    VALUES ('secret-token-hash', '01a20000-0000-7000-8000-000000000002', ${person}, 'verzonnen telefoon', now(), now(), now())`.execute(database.db);
  const insight = await insightOf(database.db, person, new Date());
  const of = (table: string): (typeof insight.tables)[number] | undefined => insight.tables.find((one) => one.table === table);
  expect(of("person")).toMatchObject({ count: 1, rows: [{ mail, kind: "person" }] });
  expect(of("person_session")).toMatchObject({ count: 1, rows: [{ label: "verzonnen telefoon", session: "(17)" }] });
  expect(JSON.stringify(insight)).not.toContain("secret-token-hash");
  expect(of("dossier_entry")).toMatchObject({ count: 0 });
  expect(await inTransaction(database.db, async (trx) => await lockTies(trx, person, ["question-set"]))).toEqual({ desks: 0, dossiers: 0 });
  await inTransaction(database.db, async (trx) => await eraseAccount(trx, person));
  expect((await insightOf(database.db, person, new Date())).tables.filter(({ count }) => count > 0)).toEqual([]);
  const { rows } = await sql<{ what: string }>`SELECT what FROM erased_statement WHERE hash = 'invented-hash'`.execute(database.db);
  expect(rows).toEqual([{ what: "person-card" }]);
});
