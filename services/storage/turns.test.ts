/** A pace that servers share: each takes from the same turns, whoever is refused takes none, and turns come back by the database's clock. */
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openDatabase, sharedPace, storageMigrations, sweepTurns, type Database } from "./index.ts";
import { openTestDatabase, type TestDatabase } from "./testing.ts";

let first: TestDatabase;
let second: Database;
beforeAll(async () => {
  first = await openTestDatabase(storageMigrations);
  second = openDatabase(first.url, { connections: 4 });
});
afterAll(async () => {
  await second.destroy();
  await first.close();
});

const words = { what: "More is asked", mend: "Try again." };
const refused = expect.objectContaining({ code: "quota-reached" });
/** How many of `times` turns were given, asked for at both servers at once. */
async function given(kind: string, paces: Parameters<typeof sharedPace>[2], times: number, caller?: string): Promise<number> {
  const takes = [first.db, second].map((db) => sharedPace(db, kind, paces, words));
  const outcomes = await Promise.allSettled(Array.from({ length: times }, async (_, place) => await takes[place % 2]?.(caller)));
  for (const outcome of outcomes) if (outcome.status === "rejected") expect(outcome.reason).toEqual(refused);
  return outcomes.filter(({ status }) => status === "fulfilled").length;
}

test("two servers give out no more than one would", async () => {
  expect(await given("een", { all: { burst: 7, perSecond: 0.001 } }, 20)).toBe(7);
});

test("a caller who is refused takes nothing from the others, and all together are bounded too", async () => {
  const paces = { each: { burst: 2, perSecond: 0.001 }, all: { burst: 5, perSecond: 0.001 } };
  expect(await given("twee", paces, 6, "a")).toBe(2);
  expect(await given("twee", paces, 6, "b")).toBe(2);
  expect(await given("twee", paces, 6, "c")).toBe(1);
  expect(await given("twee", paces, 2, "d")).toBe(0);
  const { rows } = await sql<{ caller: string }>`select caller from shared_pace where kind = 'twee' order by caller`.execute(first.db);
  expect(rows.map(({ caller }) => caller)).toEqual(["", "a", "b", "c"]);
});

test("turns come back with time, and who has all of them back is forgotten", async () => {
  const pace = { all: { burst: 3, perSecond: 0.001 } };
  expect(await given("drie", pace, 5)).toBe(3);
  await sql`update shared_pace set spent_until = spent_until - interval '2000 seconds' where kind = 'drie'`.execute(first.db);
  expect(await given("drie", pace, 5)).toBe(2);
  await sql`update shared_pace set spent_until = now() - interval '1 second'`.execute(first.db);
  await sweepTurns(first.db);
  expect((await sql`select 1 from shared_pace`.execute(first.db)).rows).toEqual([]);
});
