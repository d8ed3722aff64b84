/** What is kept of a wave: its statement, token keys, invitations, spent tokens, sealed answers. Its own server room and apps/server ask here. */
import { sql, type QueryExecutorProvider } from "kysely";
import type { Envelope } from "#services/directory/contract/index.ts";
import { enqueueLeaf } from "#services/ledger/store/index.ts";
import type { AnswerPage, SealedAnswer, StratumCount } from "#services/monitor/contract/index.ts";
import type { Database, Transaction } from "#services/storage/index.ts";

export { monitorMigrations } from "./migrations.ts";

type Executor = QueryExecutorProvider;

/** A wave as stored. */
export interface WaveRow {
  readonly wave: string;
  /** Statement hash. */
  readonly hash: string;
  readonly statement: Envelope;
  readonly desk: string;
  readonly opens: Date;
  readonly closes: Date;
  readonly ends: Date;
}

/** Every wave, the newest first. */
export async function readWaves(db: Executor): Promise<WaveRow[]> {
  const { rows } = await sql<WaveRow>`SELECT wave, hash, statement, desk, opens, closes, ends FROM monitor_wave ORDER BY opens DESC, wave`.execute(db);
  return rows;
}

/** A wave without its statement: what is asked at every answer. */
export type WaveTimes = Omit<WaveRow, "statement">;

/** Waves that have not ended, without their statements. */
export async function readWavesEndingAfter(db: Executor, moment: Date): Promise<WaveTimes[]> {
  const { rows } = await sql<WaveTimes>`SELECT wave, hash, desk, opens, closes, ends FROM monitor_wave WHERE ends > ${moment}`.execute(db);
  return rows;
}

/** One wave without its statement, or null: what a respondent's request needs. A statement of four hundred strata is a quarter of a megabyte. */
export async function readTimesOf(db: Executor, wave: string): Promise<WaveTimes | null> {
  const { rows } = await sql<WaveTimes>`SELECT wave, hash, desk, opens, closes, ends FROM monitor_wave WHERE wave = ${wave}`.execute(db);
  return rows[0] ?? null;
}

/** One wave, or null. */
export async function readWave(db: Executor, wave: string): Promise<WaveRow | null> {
  const { rows } = await sql<WaveRow>`SELECT wave, hash, statement, desk, opens, closes, ends FROM monitor_wave WHERE wave = ${wave}`.execute(db);
  return rows[0] ?? null;
}

/** Adds a wave with its leaf for the log; false when one of that name stands there already. */
export async function insertWave(trx: Transaction, row: WaveRow): Promise<boolean> {
  const done = await sql`INSERT INTO monitor_wave (wave, hash, statement, desk, opens, closes, ends)
    VALUES (${row.wave}, ${row.hash}, ${JSON.stringify(row.statement)}::jsonb, ${row.desk}, ${row.opens}, ${row.closes}, ${row.ends}) ON CONFLICT (wave) DO NOTHING`.execute(
    trx,
  );
  if (done.numAffectedRows !== 1n) return false;
  await enqueueLeaf(trx, { what: "monitor-wave", hash: row.hash });
  return true;
}

/** A token key: its public half, and the private one sealed under the house's key; null once it was destroyed. */
export interface KeyRow {
  readonly stratum: string;
  readonly desk: string;
  readonly spki: string;
  readonly secret: string | null;
}

/** Keys of a wave. */
export async function readKeys(db: Executor, wave: string): Promise<KeyRow[]> {
  const { rows } = await sql<KeyRow>`SELECT stratum, desk, spki, secret FROM monitor_key WHERE wave = ${wave}`.execute(db);
  return rows;
}

/** Public halves of the keys of a wave. */
export async function readPublicKeys(db: Executor, wave: string): Promise<Pick<KeyRow, "stratum" | "spki">[]> {
  const { rows } = await sql<Pick<KeyRow, "stratum" | "spki">>`SELECT stratum, spki FROM monitor_key WHERE wave = ${wave}`.execute(db);
  return rows;
}

/** Keeps a key unless the stratum has one: two requests at once end with the same. */
export async function insertKey(db: Executor, wave: string, { stratum, desk, spki, secret }: KeyRow): Promise<void> {
  await sql`INSERT INTO monitor_key (wave, stratum, desk, spki, secret) VALUES (${wave}, ${stratum}, ${desk}, ${spki}, ${secret}) ON CONFLICT (wave, stratum) DO NOTHING`.execute(
    db,
  );
}

/**
 * [Note: What VACUUM clears] A row that was deleted or written anew stays on its page until VACUUM, which takes it off the page that readers, a new copy of the database and a dump are given. It leaves alone what a
 * transaction that began before may still want to see, or what the server was stopped before; so it is done at every tending, not only when something was written. It does not touch the write-ahead log, archives and replicas of it, backups, copies on the disk below
 * (snapshots, blocks of a flash drive that were written over), nor the statistics that ANALYZE drew.
 */
export async function clearPages(db: Database): Promise<void> {
  for (const table of ["monitor_inbox", "monitor_answer", "monitor_mixed", "monitor_key"]) await sql`VACUUM ${sql.table(table)}`.execute(db);
}

/** Destroys the private keys of waves that have ended: what is not there signs no token too many. They are off the pages after {@link clearPages}. */
export async function destroyKeys(db: Executor, at: Date): Promise<void> {
  await sql`UPDATE monitor_key SET secret = NULL WHERE secret IS NOT NULL AND wave IN (SELECT wave FROM monitor_wave WHERE ends <= ${at})`.execute(db);
}

/** Adds invitations; those that are there already stay as they are. @returns how many the wave has per stratum now. */
export async function insertInvitations(
  trx: Transaction,
  wave: string,
  invitations: readonly { readonly mark: string; readonly stratum: string }[],
): Promise<ReadonlyMap<string, number>> {
  // One at a time per wave: two requests must not both believe that there is room.
  await sql`SELECT 1 FROM monitor_wave WHERE wave = ${wave} FOR UPDATE`.execute(trx);
  await sql`INSERT INTO monitor_invitation (wave, mark, stratum)
    SELECT ${wave}, i.mark, i.stratum FROM unnest(${invitations.map(({ mark }) => mark)}::text[], ${invitations.map(({ stratum }) => stratum)}::text[]) AS i (mark, stratum)
    ON CONFLICT (wave, mark) DO NOTHING`.execute(trx);
  const { rows } = await sql<{
    stratum: string;
    n: string;
  }>`SELECT stratum, count(*) AS n FROM monitor_invitation WHERE wave = ${wave} GROUP BY stratum`.execute(trx);
  return new Map(rows.map(({ stratum, n }) => [stratum, Number(n)]));
}

/** An invitation as the server knows it. */
export interface InvitationRow {
  readonly stratum: string;
  /** SHA-256 of the blinded message that was signed; null: nothing was. */
  readonly collected: string | null;
}

/** Looks an invitation up, or null. `lock`: nobody else may collect it meanwhile. */
export async function readInvitation(db: Executor, wave: string, mark: string, lock = false): Promise<InvitationRow | null> {
  const { rows } =
    await sql<InvitationRow>`SELECT stratum, collected FROM monitor_invitation WHERE wave = ${wave} AND mark = ${mark} ${sql.raw(lock ? "FOR UPDATE" : "")}`.execute(
      db,
    );
  return rows[0] ?? null;
}

/** Writes down that a token was collected with this blinded message. */
export async function markCollected(trx: Executor, wave: string, mark: string, blinded: string): Promise<void> {
  await sql`UPDATE monitor_invitation SET collected = ${blinded} WHERE wave = ${wave} AND mark = ${mark}`.execute(trx);
}

/** A page of invitations that got no token, in order of their marks. */
export async function readUncollected(db: Executor, wave: string, after: string, limit: number): Promise<string[]> {
  const { rows } = await sql<{
    mark: string;
  }>`SELECT mark FROM monitor_invitation WHERE wave = ${wave} AND mark > ${after} AND collected IS NULL ORDER BY mark LIMIT ${limit}`.execute(db);
  return rows.map(({ mark }) => mark);
}

/** Spends a token; false when it was spent before. */
export async function spend(trx: Executor, wave: string, token: string, stratum: string): Promise<boolean> {
  const done = await sql`INSERT INTO monitor_spent (wave, spend, stratum) VALUES (${wave}, ${token}, ${stratum}) ON CONFLICT (wave, spend) DO NOTHING`.execute(
    trx,
  );
  return done.numAffectedRows === 1n;
}

/** Keeps an answer until it is mixed; false when another of its stratum waits under the same id, which chance does not do. */
export async function insertAnswer(trx: Executor, wave: string, stratum: string, { id, key, sealed }: SealedAnswer): Promise<boolean> {
  const done =
    await sql`INSERT INTO monitor_inbox (wave, stratum, id, key, sealed) VALUES (${wave}, ${stratum}, ${id}, ${key}, ${Buffer.from(sealed, "base64url")}) ON CONFLICT (wave, stratum, id) DO NOTHING`.execute(
      trx,
    );
  return done.numAffectedRows === 1n;
}

/**
 * [Note: A batch hides its order] Rows of a table tell in which order they came: by their place, and by the number of the transaction that wrote them. So a stratum that got new answers is written anew as a whole, old and
 * new together, in one transaction and in the order of ids that are pure chance: whoever takes the table learns which stratum an answer is of and no more. Fewer than this many new answers of a stratum wait in the inbox,
 * since one that is moved alone is known by being new; once the wave has ended everything is moved.
 */
const leastMixed = 5;

/**
 * Mixes the answers that wait into those of their stratum; {@link clearPages} then clears what they leave behind. Two at once take turns: the second one of a pair that ran side by side would see the answer that
 * came last, and not the rows that the first had just written, and would write that answer alone.
 * @returns how many were moved.
 */
export async function mixAnswers(at: Date, inTransaction: <T>(work: (trx: Transaction) => Promise<T>) => Promise<T>): Promise<number> {
  return await inTransaction(async (trx) => {
    // A statement of its own: the next one then sees everything that was there when the lock was had.
    const { rows: locked } = await sql<{ wave: string }>`SELECT wave FROM monitor_wave ORDER BY wave FOR UPDATE`.execute(trx);
    const waves = locked.map(({ wave }) => wave);
    const { rows } = await sql<{ n: string }>`
      WITH ripe AS (
        SELECT i.wave, i.stratum FROM monitor_inbox i JOIN monitor_wave w ON w.wave = i.wave WHERE w.wave = ANY(${waves}::text[])
        GROUP BY i.wave, i.stratum, w.ends HAVING count(*) >= ${leastMixed} OR w.ends <= ${at}),
      fresh AS (
        DELETE FROM monitor_inbox i USING ripe WHERE i.wave = ripe.wave AND i.stratum = ripe.stratum RETURNING i.wave, i.stratum, i.id, i.key, i.sealed),
      before AS (
        DELETE FROM monitor_answer a USING ripe WHERE a.wave = ripe.wave AND a.stratum = ripe.stratum RETURNING a.wave, a.stratum, a.id, a.key, a.sealed),
      kept AS (
        INSERT INTO monitor_mixed (wave, stratum, id, key, sealed) SELECT wave, stratum, id, key, sealed
        FROM (SELECT *, 1 AS turn FROM before UNION ALL SELECT *, 2 AS turn FROM fresh) AS every ORDER BY id, turn
        -- An id that was used twice in a stratum: the first answer stands. It can only be the choice of who sent both.
        ON CONFLICT (wave, stratum, id) DO NOTHING)
      SELECT count(*) AS n FROM fresh`.execute(trx);
    // A statement cannot delete a row and insert its key again in one table, so the mixed rows go by a table that is empty otherwise.
    await sql`INSERT INTO monitor_answer (wave, stratum, id, key, sealed) SELECT wave, stratum, id, key, sealed FROM monitor_mixed ORDER BY id`.execute(trx);
    await sql`DELETE FROM monitor_mixed`.execute(trx);
    return Number(rows[0]?.n ?? 0);
  });
}

/** How the strata of a wave stand. */
export async function countFieldwork(db: Executor, wave: string): Promise<(StratumCount & { readonly answered: number })[]> {
  const { rows } = await sql<{ stratum: string; invitations: string; collected: string; answered: string }>`
    SELECT k.stratum, coalesce(i.n, 0) AS invitations, coalesce(i.collected, 0) AS collected, coalesce(s.n, 0) AS answered FROM monitor_key k
    LEFT JOIN (SELECT stratum, count(*) AS n, count(collected) AS collected FROM monitor_invitation WHERE wave = ${wave} GROUP BY stratum) i ON i.stratum = k.stratum
    LEFT JOIN (SELECT stratum, count(*) AS n FROM monitor_spent WHERE wave = ${wave} GROUP BY stratum) s ON s.stratum = k.stratum
    WHERE k.wave = ${wave} ORDER BY k.stratum`.execute(db);
  return rows.map(({ stratum, ...counts }) => ({
    stratum,
    invitations: Number(counts.invitations),
    collected: Number(counts.collected),
    answered: Number(counts.answered),
  }));
}

/** A page of answers that were mixed, in order of their ids. @param after the last one of the page before */
export async function readAnswers(
  db: Executor,
  wave: string,
  after: { readonly id: string; readonly stratum: string } | null,
  limit: number,
): Promise<AnswerPage["answers"]> {
  const from = after?.id ?? "00000000-0000-0000-0000-000000000000";
  const { rows } = await sql<{ stratum: string; id: string; key: string; sealed: Buffer }>`
    SELECT stratum, id, key, sealed FROM monitor_answer
    WHERE wave = ${wave} AND (id > ${from}::uuid OR (id = ${from}::uuid AND stratum > ${after?.stratum ?? ""})) ORDER BY id, stratum LIMIT ${limit}`.execute(
    db,
  );
  return rows.map(({ stratum, id, key, sealed }) => ({ stratum, answer: { id, key, sealed: sealed.toString("base64url") } }));
}
