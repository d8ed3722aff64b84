/** Paces that all servers of one installation keep together, in the database; for server rooms. Limits that guard one process alone stay in services/problem/pace.ts. */
import { sql } from "kysely";
import { Problem } from "#services/problem/index.ts";
import type { Pace, Refused } from "#services/problem/pace.ts";
import type { Database } from "./database.ts";

/** Stands for "all callers together" beside the callers' own rows; no caller's id is empty. */
const everyone = "";

/**
 * One statement moves every row on, or none: the rows are locked in order, so that two servers never wait for each other in a ring.
 * `spent_until` is the moment until which turns are spent (the generic cell rate algorithm): nothing needs filling up, and a restart refills nothing.
 */
async function take(db: Database, kind: string, callers: readonly { readonly caller: string; readonly pace: Pace }[]): Promise<boolean> {
  return await db
    .transaction()
    .execute(async (trx) => {
      for (const { caller, pace } of callers) {
        const every = Math.round(1_000 / pace.perSecond);
        const { rows } =
          await sql`INSERT INTO shared_pace (kind, caller, spent_until) VALUES (${kind}, ${caller}, now() + ${every}::bigint * interval '1 millisecond')
        ON CONFLICT (kind, caller) DO UPDATE SET spent_until = GREATEST(shared_pace.spent_until, now()) + ${every}::bigint * interval '1 millisecond'
        WHERE shared_pace.spent_until <= now() + ${Math.round((pace.burst - 1) * every)}::bigint * interval '1 millisecond'
        RETURNING 1`.execute(trx);
        if (rows.length === 0) throw new NoTurn();
      }
      return true;
    })
    .catch((error: unknown) => {
      if (error instanceof NoTurn) return false;
      throw error;
    });
}

/** Rolls the callers' other rows back; never leaves this file. */
class NoTurn extends Error {
  override readonly name = "NoTurn";
}

/** Takes a turn of those who may go on. @throws {@link Problem} quota-reached when there is none; then none was taken. */
export type TakeTurn = (caller?: string) => Promise<void>;

/**
 * A pace shared by every server on this database. By the database's clock, so that servers whose clocks differ count alike.
 * @param kind what is paced; the same on every server.
 * @param paces `all`: for all callers together; `each`: for one caller, told apart by the id that is handed to the result. An id is kept until its turns are back, and swept then.
 */
export function sharedPace(db: Database, kind: string, paces: { readonly each?: Pace; readonly all: Pace }, refused: Refused): TakeTurn {
  return async (caller) => {
    const own = caller === undefined || paces.each === undefined ? [] : [{ caller, pace: paces.each }];
    if (!(await take(db, kind, [...own, { caller: everyone, pace: paces.all }])))
      throw new Problem("quota-reached", `${refused.what} than this installation takes in at once`, refused.mend);
  };
}

/** Forgets callers whose turns are all back. */
export async function sweepTurns(db: Database): Promise<void> {
  await sql`DELETE FROM shared_pace WHERE spent_until <= now()`.execute(db);
}
