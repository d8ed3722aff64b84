/** What is kept of fingerprints: networks, handed-over keys, pace, contributions. Its own server room and apps/server ask here. */
import { sql, type QueryExecutorProvider } from "kysely";
import { enqueueLeaf } from "#services/ledger/store/index.ts";
import type { Envelope } from "#services/directory/contract/index.ts";
import type { Contribution, NetworkHandOver } from "#services/signalling/contract/same-actor.ts";
import type { Transaction } from "#services/storage/index.ts";

export { signallingMigrations } from "./migrations.ts";

type Executor = QueryExecutorProvider;

/** The one family of networks there is. */
const KIND = "same-actor";

/** A version of the network as stored. */
export interface NetworkRow {
  readonly version: number;
  /** Statement hash. */
  readonly hash: string;
  readonly statement: Envelope;
}

/** Every version, the first one first. */
export async function readNetworks(db: Executor): Promise<NetworkRow[]> {
  const { rows } = await sql<NetworkRow>`SELECT version, hash, statement FROM fingerprint_network WHERE kind = ${KIND} ORDER BY version`.execute(db);
  return rows;
}

/** Adds a version, with its leaf for the log; false when somebody else's stands there already. */
export async function insertNetwork(trx: Transaction, { version, hash, statement }: NetworkRow): Promise<boolean> {
  const done =
    await sql`INSERT INTO fingerprint_network (kind, version, hash, statement) VALUES (${KIND}, ${version}, ${hash}, ${JSON.stringify(statement)}::jsonb)
    ON CONFLICT (kind, version) DO NOTHING`.execute(trx);
  if (done.numAffectedRows !== 1n) return false;
  await enqueueLeaf(trx, { what: "fingerprint-network", hash });
  return true;
}

/**
 * Keeps a hand-over, in place of the one that stood there.
 *
 * [Note: Hand-overs answer a request] The server cannot see whether a hand-over holds the key, so what stands may be junk. A desk that cannot open it asks again, and what comes next takes its place; without a request
 * nobody can put anything there, so that nobody can take a good one away either. What stands is kept until then: a request alone loses nothing.
 */
export async function insertKey(trx: Transaction, desk: string, network: string, { statement, sealed }: NetworkHandOver): Promise<void> {
  await sql`INSERT INTO fingerprint_key (desk, network, statement, sealed) VALUES (${desk}, ${network}, ${JSON.stringify(statement)}::jsonb, ${sealed})
    ON CONFLICT (desk, network) DO UPDATE SET statement = EXCLUDED.statement, sealed = EXCLUDED.sealed`.execute(trx);
}

/** Takes a desk's request away, in the transaction of what answers it. False when none stood. */
export async function takeRequest(trx: Transaction, desk: string): Promise<boolean> {
  const done = await sql`DELETE FROM fingerprint_request WHERE desk = ${desk}`.execute(trx);
  return (done.numAffectedRows ?? 0n) > 0n;
}

/** Hand-overs to a desk. */
export async function readKeys(db: Executor, desk: string): Promise<(NetworkHandOver & { readonly network: string })[]> {
  const { rows } = await sql<
    NetworkHandOver & { readonly network: string }
  >`SELECT network, statement, sealed FROM fingerprint_key WHERE desk = ${desk}`.execute(db);
  return rows;
}

/** Whether a desk was handed the key of this network. */
export async function holdsKey(db: Executor, desk: string, network: string): Promise<boolean> {
  const { rows } = await sql`SELECT 1 FROM fingerprint_key WHERE desk = ${desk} AND network = ${network}`.execute(db);
  return rows.length > 0;
}

/** Writes down that a desk wants the key. */
export async function insertRequest(db: Executor, desk: string): Promise<void> {
  await sql`INSERT INTO fingerprint_request (desk) VALUES (${desk}) ON CONFLICT (desk) DO NOTHING`.execute(db);
}

/** Desks that asked and were not answered yet. At most 100. Who held an older version is not offered: a new one may be there to shut that desk out. */
export async function waitingDesks(db: Executor): Promise<string[]> {
  const { rows } = await sql<{ desk: string }>`SELECT desk FROM fingerprint_request ORDER BY desk LIMIT 100`.execute(db);
  return rows.map(({ desk }) => desk);
}

/** A bucket: `burst` at once, then one each `every` milliseconds. */
export interface Bucket {
  readonly burst: number;
  readonly every: number;
}

const leftAt = (bucket: Bucket, spentUntil: Date | undefined, at: Date): number =>
  Math.max(0, Math.floor((at.getTime() + bucket.burst * bucket.every - Math.max(spentUntil?.getTime() ?? 0, at.getTime())) / bucket.every));

/** How many turns a desk has now. */
export async function turnsLeft(db: Executor, desk: string, bucket: Bucket, at: Date): Promise<number> {
  const { rows } = await sql<{ spent_until: Date }>`SELECT spent_until FROM fingerprint_pace WHERE desk = ${desk}`.execute(db);
  return leftAt(bucket, rows[0]?.spent_until, at);
}

/**
 * Takes turns in one statement, so that servers side by side give out no more than one would.
 * The row holds the moment until which turns are spent (the generic cell rate algorithm): nothing needs filling up.
 * @returns what is left, or null when there were not so many turns; then none were taken.
 */
export async function takeTurns(db: Executor, desk: string, turns: number, bucket: Bucket, at: Date): Promise<number | null> {
  if (turns > bucket.burst) return null;
  const fresh = new Date(at.getTime() + turns * bucket.every);
  const latest = new Date(at.getTime() + (bucket.burst - turns) * bucket.every);
  const { rows } = await sql<{ spent_until: Date }>`INSERT INTO fingerprint_pace (desk, spent_until) VALUES (${desk}, ${fresh})
    ON CONFLICT (desk) DO UPDATE SET spent_until = GREATEST(fingerprint_pace.spent_until, ${at}::timestamptz) + ${turns * bucket.every}::bigint * interval '1 millisecond'
    WHERE fingerprint_pace.spent_until <= ${latest}::timestamptz
    RETURNING spent_until`.execute(db);
  return rows[0] === undefined ? null : leftAt(bucket, rows[0].spent_until, at);
}

/** Keeps contributions of a desk; the same one sent again changes nothing. One that takes the place of another has that one's month: making it anew does not make it young. */
export async function insertContributions(
  trx: Transaction,
  desk: string,
  network: string,
  month: string,
  contributions: readonly Contribution[],
): Promise<void> {
  const rows = contributions.map(
    ({ id, fingerprint, epoch, label, replaces }) => sql`(${fingerprint}, ${desk}::uuid, ${id}::uuid, ${network},
      COALESCE((SELECT min(o.month) FROM fingerprint_contribution o WHERE o.desk = ${desk}::uuid AND o.id = ${replaces ?? null}::uuid), ${month}), ${epoch}::bigint, ${label})`,
  );
  await sql`INSERT INTO fingerprint_contribution (fingerprint, desk, id, network, month, epoch, label) VALUES ${sql.join(rows)} ON CONFLICT (fingerprint, desk, id) DO NOTHING`.execute(
    trx,
  );
  const replaced = contributions.flatMap(({ replaces }) => (replaces === undefined ? [] : [replaces]));
  if (replaced.length > 0) await sql`DELETE FROM fingerprint_contribution WHERE desk = ${desk} AND id = ANY(${replaced}::uuid[])`.execute(trx);
}

/** How many contributions a desk has. */
export async function standingOf(db: Executor, desk: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`SELECT count(*) AS count FROM fingerprint_contribution WHERE desk = ${desk}`.execute(db);
  return Number(rows[0]?.count ?? 0);
}

/** For each fingerprint, in the order given, how many desks other than this one contributed it. */
export async function countOthers(db: Executor, desk: string, fingerprints: readonly string[]): Promise<number[]> {
  const { rows } = await sql<{ fingerprint: string; others: number }>`SELECT fingerprint, count(DISTINCT desk) AS others FROM fingerprint_contribution
    WHERE fingerprint = ANY(${[...fingerprints]}::text[]) AND desk <> ${desk} GROUP BY fingerprint`.execute(db);
  const found = new Map(rows.map(({ fingerprint, others }) => [fingerprint, Number(others)]));
  return fingerprints.map((one) => found.get(one) ?? 0);
}

/** A contribution as its own desk may see it, with the number of others. */
export interface ContributionRow {
  readonly id: string;
  readonly network: string;
  readonly month: string;
  readonly epoch: number;
  readonly label: string;
  readonly others: number;
}

/** A desk's own contributions by id, after one of them; at most `limit`. */
export async function readContributions(db: Executor, desk: string, after: string | null, limit: number): Promise<ContributionRow[]> {
  const { rows } = await sql<ContributionRow>`SELECT c.id, c.network, c.month, c.epoch, c.label,
      (SELECT count(DISTINCT o.desk) FROM fingerprint_contribution o WHERE o.fingerprint = c.fingerprint AND o.desk <> c.desk) AS others
    FROM fingerprint_contribution c WHERE c.desk = ${desk} AND (${after}::uuid IS NULL OR c.id > ${after}::uuid) ORDER BY c.id LIMIT ${limit}`.execute(db);
  return rows.map((row) => ({ ...row, others: Number(row.others) }));
}

/** Takes a contribution back. False when the desk has none of this id. */
export async function deleteContribution(db: Executor, desk: string, id: string): Promise<boolean> {
  const done = await sql`DELETE FROM fingerprint_contribution WHERE desk = ${desk} AND id = ${id}`.execute(db);
  return (done.numAffectedRows ?? 0n) > 0n;
}

/** `2026-11` of a moment, in UTC. */
export const monthOf = (at: Date): string => at.toISOString().slice(0, 7);

/** Removes what was contributed more than so many whole months ago. */
export async function sweepContributions(db: Executor, months: number, at: Date): Promise<void> {
  const oldest = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() - months, 1));
  await sql`DELETE FROM fingerprint_contribution WHERE month < ${monthOf(oldest)}`.execute(db);
}
