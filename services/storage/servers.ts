/** Who runs on this database: each server says so twice a minute, so that `rugdekking doctor` sees one that holds other keys, another version or another clock. Called by apps/server and the doctor. */
import { sql } from "kysely";
import type { Database } from "./database.ts";

const KIND = "server";
/** A server that said nothing for so long is not there any more. Seconds. */
export const goneAfter = 120;

/** What a server says of itself. No name of a machine and no address: those stand in the operator's own lists. */
export interface ServerSign {
  readonly id: string;
  readonly version: string;
  /** Mark of the keys it works by: equal when the keys are. */
  readonly keys: string;
  readonly started: Date;
}

/** A server as it was last heard of. */
export interface SeenServer extends ServerSign {
  /** By the database's clock. */
  readonly seen: Date;
  /** Milliseconds its own clock was ahead of the database's. */
  readonly ahead: number;
}

/** Says that this server is there. `now`: its own clock. */
export async function announceServer(db: Database, sign: ServerSign, now: Date): Promise<void> {
  await sql`INSERT INTO running_server (kind, id, version, keys, started, seen, told) VALUES (${KIND}, ${sign.id}, ${sign.version}, ${sign.keys}, ${sign.started}, now(), ${now})
    ON CONFLICT (kind, id) DO UPDATE SET seen = now(), told = ${now}`.execute(db);
  await sql`DELETE FROM running_server WHERE kind = ${KIND} AND seen < now() - interval '1 day'`.execute(db);
}

/** Says that this server goes. */
export async function leaveServer(db: Database, id: string): Promise<void> {
  await sql`DELETE FROM running_server WHERE kind = ${KIND} AND id = ${id}`.execute(db);
}

/** Servers heard of in the last two minutes, the oldest first. */
export async function runningServers(db: Database): Promise<SeenServer[]> {
  const { rows } = await sql<{ id: string; version: string; keys: string; started: Date; seen: Date; told: Date }>`
    SELECT id, version, keys, started, seen, told FROM running_server WHERE kind = ${KIND} AND seen > now() - ${goneAfter}::bigint * interval '1 second' ORDER BY started`.execute(
    db,
  );
  return rows.map(({ told, ...row }) => ({ ...row, ahead: told.getTime() - row.seen.getTime() }));
}
