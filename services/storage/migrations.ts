/** Applies migrations, forward only, one DDL statement each; called once by apps/server at start and by the test cluster. */
import { createHash } from "node:crypto";
import { sql } from "kysely";
import { Problem } from "#services/problem/index.ts";
import type { Database } from "./database.ts";
import { sqlState } from "./transaction.ts";

/** One step of a store's schema. Frozen once released: a change is a new migration. */
export interface StoreMigration {
  /** `<service>-<number>-<what>`, for example `directory-001-persons`; unique over all services. */
  readonly id: string;
  /** Exactly one DDL statement, in the portable subset ({@link checkPortable}). */
  readonly statement: string;
}

type AppliedTable = {
  applied_migrations: { id: string; hash: string; applied: Date };
};

const hashOf = (statement: string): string => createHash("sha256").update(statement).digest("hex");
/** Made already: duplicate_table, duplicate_object, duplicate_column, unique_violation (two servers making the same table at once). */
const alreadyMade = new Set(["42P07", "42710", "42701", "23505"]);

/**
 * Brings the schema up to date and returns the ids that were applied now.
 * Two servers may start at once: each statement is tried, and one that exists already is taken as applied by the other.
 * @throws {@link Problem} `unavailable` when an applied migration now has another text (the program is not the one that made this database), or an id is used twice.
 */
export async function migrate(database: Database, migrations: readonly StoreMigration[]): Promise<string[]> {
  const db = database.$extendTables<AppliedTable>();
  const ids = new Set(migrations.map(({ id }) => id));
  if (ids.size !== migrations.length) throw new Problem("unavailable", "Two migrations bear the same id", "Give each migration an id of its own.");
  await execute(db, "create table if not exists applied_migrations (id text primary key, hash text not null, applied timestamptz not null)");
  const applied = new Map((await db.selectFrom("applied_migrations").select(["id", "hash"]).execute()).map(({ id, hash }) => [id, hash]));
  const done: string[] = [];
  for (const { id, statement } of migrations) {
    const hash = hashOf(statement);
    const known = applied.get(id);
    if (known === hash) continue;
    if (known !== undefined) {
      throw new Problem(
        "unavailable",
        `Migration ${id} was applied to this database with another text`,
        "Use the program that made this database, or add a new migration instead of changing one.",
      );
    }
    await execute(db, statement);
    // DDL and data in one transaction is outside the portable subset (tech B15), so the two stand apart.
    await db
      .insertInto("applied_migrations")
      .values({ id, hash, applied: new Date() })
      .onConflict((conflict) => conflict.column("id").doNothing())
      .execute();
    done.push(id);
  }
  return done;
}

/** Ids of those that were not applied to this database yet; all of them when it is empty. Changes nothing. */
export async function pendingMigrations(database: Database, migrations: readonly StoreMigration[]): Promise<string[]> {
  const db = database.$extendTables<AppliedTable>();
  try {
    const applied = new Set((await db.selectFrom("applied_migrations").select("id").execute()).map(({ id }) => id));
    return migrations.map(({ id }) => id).filter((id) => !applied.has(id));
  } catch (error) {
    // undefined_table: nobody migrated here yet.
    if (sqlState(error) === "42P01") return migrations.map(({ id }) => id);
    throw error;
  }
}

async function execute(db: Database<AppliedTable>, statement: string): Promise<void> {
  try {
    await sql.raw(statement).execute(db);
  } catch (error) {
    const state = sqlState(error);
    if (state === null || !alreadyMade.has(state)) throw error;
  }
}
