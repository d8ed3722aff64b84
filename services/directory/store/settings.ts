/** The few facts about this installation that must not change under its data; read and set by apps/server at start. */
import { sql } from "kysely";
import type { Executor } from "./executor.ts";

/** `registrar`: Ed25519 public key that signs first rosters. `log`: verifier key of the transparency log. `fingerprints`: VOPRF public key. `pointer`: mark of the key that names dossiers to systems outside. `demonstration`: set when the demonstration world was ever loaded here. `key:…`: marks of the other keys of the house. `restoring`: set while a backup is being put back. `running-terms`: set when terms of before they had rows of their own were taken in. */
export type SettingKind = "registrar" | "log" | "demonstration" | "fingerprints" | "pointer" | "running-terms" | "restoring" | `key:${string}`;

/** The value, or null when it was never set. */
export async function readSetting(db: Executor, kind: SettingKind): Promise<string | null> {
  const { rows } = await sql<{ value: string }>`SELECT value FROM directory_setting WHERE kind = ${kind}`.execute(db);
  return rows[0]?.value ?? null;
}

/** Sets a value that was not set before, and returns what holds now: the given value, or the one that was there already. */
export async function settle(db: Executor, kind: SettingKind, value: string): Promise<string> {
  await sql`INSERT INTO directory_setting (kind, value) VALUES (${kind}, ${value}) ON CONFLICT (kind) DO NOTHING`.execute(db);
  return (await readSetting(db, kind)) ?? value;
}

/** Takes a value back. */
export async function unsettle(db: Executor, kind: SettingKind): Promise<void> {
  await sql`DELETE FROM directory_setting WHERE kind = ${kind}`.execute(db);
}

/** Whether anybody is registered here: an installation with people in it never becomes a demonstration. */
export async function hasPersons(db: Executor): Promise<boolean> {
  const { rows } = await sql`SELECT 1 FROM person LIMIT 1`.execute(db);
  return rows.length > 0;
}
