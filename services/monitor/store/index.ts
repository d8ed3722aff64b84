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

/** Every wave without its statement. */
export async function readWaveTimes(db: Executor): Promise<WaveTimes[]> {
  const { rows } = await sql<WaveTimes>`SELECT wave, hash, desk, opens, closes, ends FROM monitor_wave`.execute(db);
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

/** Keeps a key unless the stratum has one: two requests at once end with the same. */
export async function insertKey(db: Executor, wave: string, { stratum, desk, spki, secret }: KeyRow): Promise<void> {
  await sql`INSERT INTO monitor_key (wave, stratum, desk, spki, secret) VALUES (${wave}, ${stratum}, ${desk}, ${spki}, ${secret}) ON CONFLICT (wave, stratum) DO NOTHING`.execute(
    db,
  );
}

/** Destroys the private keys of waves that have ended: what is not there signs no token too many. */
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

/** Keeps an answer until it is mixed; false when another waits under the same id, which chance does not do. */
export async function insertAnswer(trx: Executor, wave: string, stratum: string, { id, epoch, key, sealed }: SealedAnswer): Promise<boolean> {
  const done =
    await sql`INSERT INTO monitor_inbox (wave, id, stratum, epoch, key, sealed) VALUES (${wave}, ${id}, ${stratum}, ${epoch}, ${key}, ${Buffer.from(sealed, "base64url")}) ON CONFLICT (wave, id) DO NOTHING`.execute(
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
 * Mixes the answers that wait into those of their stratum, and clears what they leave behind from the pages of both tables.
 * @returns how many were moved.
 */
export async function mixAnswers(db: Database, at: Date, inTransaction: <T>(work: (trx: Transaction) => Promise<T>) => Promise<T>): Promise<number> {
  const moved = await inTransaction(async (trx) => {
    const { rows } = await sql<{ n: string }>`
      WITH ripe AS (
        SELECT i.wave, i.stratum FROM monitor_inbox i JOIN monitor_wave w ON w.wave = i.wave
        GROUP BY i.wave, i.stratum, w.ends HAVING count(*) >= ${leastMixed} OR w.ends <= ${at}),
      fresh AS (
        DELETE FROM monitor_inbox i USING ripe WHERE i.wave = ripe.wave AND i.stratum = ripe.stratum RETURNING i.wave, i.id, i.stratum, i.epoch, i.key, i.sealed),
      before AS (
        DELETE FROM monitor_answer a USING ripe WHERE a.wave = ripe.wave AND a.stratum = ripe.stratum RETURNING a.wave, a.id, a.stratum, a.epoch, a.key, a.sealed),
      kept AS (
        INSERT INTO monitor_mixed (wave, id, stratum, epoch, key, sealed) SELECT wave, id, stratum, epoch, key, sealed FROM (SELECT * FROM before UNION ALL SELECT * FROM fresh) AS every ORDER BY id
        ON CONFLICT (wave, id) DO NOTHING)
      SELECT count(*) AS n FROM fresh`.execute(trx);
    // A statement cannot delete a row and insert its key again in one table, so the mixed rows go by a table that is empty otherwise.
    await sql`INSERT INTO monitor_answer (wave, id, stratum, epoch, key, sealed) SELECT wave, id, stratum, epoch, key, sealed FROM monitor_mixed ORDER BY id`.execute(
      trx,
    );
    await sql`DELETE FROM monitor_mixed`.execute(trx);
    return Number(rows[0]?.n ?? 0);
  });
  if (moved > 0) for (const table of ["monitor_inbox", "monitor_answer", "monitor_mixed"]) await sql`VACUUM ${sql.table(table)}`.execute(db);
  return moved;
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

/** A page of answers that were mixed, in order of their ids. */
export async function readAnswers(db: Executor, wave: string, after: string | null, limit: number): Promise<AnswerPage["answers"]> {
  const { rows } = await sql<{ stratum: string; id: string; epoch: string; key: string; sealed: Buffer }>`
    SELECT stratum, id, epoch, key, sealed FROM monitor_answer WHERE wave = ${wave} AND (${after}::uuid IS NULL OR id > ${after}::uuid) ORDER BY id LIMIT ${limit}`.execute(
    db,
  );
  return rows.map(({ stratum, id, epoch, key, sealed }) => ({ stratum, answer: { id, epoch: Number(epoch), key, sealed: sealed.toString("base64url") } }));
}
