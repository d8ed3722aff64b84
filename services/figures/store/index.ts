/** What is kept of a quarter: its statement, token keys, for which dossiers a token was given, spent tokens, sealed facts. Its own server room and apps/server ask here. */
import { sql, type QueryExecutorProvider } from "kysely";
import type { Envelope } from "#services/directory/contract/index.ts";
import { leastHandedOut, type FactPage, type SealedFact } from "#services/figures/contract/delivery.ts";
import { factKinds, type FactKind } from "#services/figures/contract/facts.ts";
import { enqueueLeaf } from "#services/ledger/store/index.ts";
import type { Database, Transaction } from "#services/storage/index.ts";

export { figureMigrations } from "./migrations.ts";

type Executor = QueryExecutorProvider;

/** A quarter as stored. */
export interface QuarterRow {
  readonly quarter: string;
  /** Statement hash. */
  readonly hash: string;
  readonly statement: Envelope;
  readonly desk: string;
  readonly ends: Date;
}

/** Every quarter, the newest first. */
export async function readQuarters(db: Executor): Promise<QuarterRow[]> {
  return (await sql<QuarterRow>`SELECT quarter, hash, statement, desk, ends FROM figures_quarter ORDER BY quarter DESC`.execute(db)).rows;
}

/** One quarter, or null. */
export async function readQuarter(db: Executor, quarter: string): Promise<QuarterRow | null> {
  const { rows } = await sql<QuarterRow>`SELECT quarter, hash, statement, desk, ends FROM figures_quarter WHERE quarter = ${quarter}`.execute(db);
  return rows[0] ?? null;
}

/** Adds a quarter with its leaf for the log; false when it stands there already. */
export async function insertQuarter(trx: Transaction, { quarter, hash, statement, desk, ends }: QuarterRow): Promise<boolean> {
  const done =
    await sql`INSERT INTO figures_quarter (quarter, hash, statement, desk, ends) VALUES (${quarter}, ${hash}, ${JSON.stringify(statement)}::jsonb, ${desk}, ${ends})
    ON CONFLICT (quarter) DO NOTHING`.execute(trx);
  if (done.numAffectedRows !== 1n) return false;
  await enqueueLeaf(trx, { what: "figures-quarter", hash });
  return true;
}

/** A token key: its public half, and the private one sealed under the house's key; null once it was destroyed. */
export interface FactKeyRow {
  readonly kind: FactKind;
  readonly desk: string;
  readonly spki: string;
  readonly secret: string | null;
}

/** Keys of a quarter. */
export async function readFactKeys(db: Executor, quarter: string): Promise<FactKeyRow[]> {
  return (await sql<FactKeyRow>`SELECT kind, desk, spki, secret FROM figures_key WHERE quarter = ${quarter}`.execute(db)).rows;
}

/** Keeps a key unless the kind has one: two requests at once end with the same. */
export async function insertFactKey(db: Executor, quarter: string, { kind, desk, spki, secret }: FactKeyRow): Promise<void> {
  await sql`INSERT INTO figures_key (quarter, kind, desk, spki, secret) VALUES (${quarter}, ${kind}, ${desk}, ${spki}, ${secret}) ON CONFLICT (quarter, kind) DO NOTHING`.execute(
    db,
  );
}

/** Public halves of the keys of quarters that take facts still. */
export async function readOpenKeys(db: Executor, at: Date): Promise<{ readonly quarter: string; readonly kind: FactKind; readonly spki: string }[]> {
  const { rows } = await sql<{
    quarter: string;
    kind: FactKind;
    spki: string;
  }>`SELECT k.quarter, k.kind, k.spki FROM figures_key k JOIN figures_quarter q ON q.quarter = k.quarter WHERE q.ends > ${at}`.execute(db);
  return rows;
}

/** Destroys the private keys of quarters that have ended. */
export async function destroyFactKeys(db: Executor, at: Date): Promise<void> {
  await sql`UPDATE figures_key SET secret = NULL WHERE secret IS NOT NULL AND quarter IN (SELECT quarter FROM figures_quarter WHERE ends <= ${at})`.execute(db);
}

/** Takes rows that were deleted or written anew off their pages; what that does and does not clear is [Note: What VACUUM clears] in services/monitor/store. */
export async function clearFactPages(db: Database): Promise<void> {
  for (const table of ["figures_inbox", "figures_fact", "figures_mixed", "figures_key"]) await sql`VACUUM ${sql.table(table)}`.execute(db);
}

/** What was given for a dossier. */
export interface GivenRow {
  readonly quarter: string;
  /** SHA-256 of the blinded message that was signed. */
  readonly blinded: string;
}

/** The token that was given for a dossier and kind, or null. */
export async function readGiven(db: Executor, dossier: string, kind: FactKind): Promise<GivenRow | null> {
  const { rows } = await sql<GivenRow>`SELECT quarter, blinded FROM figures_given WHERE dossier = ${dossier} AND kind = ${kind}`.execute(db);
  return rows[0] ?? null;
}

/** Writes down that a token was given, unless one was. @returns what stands there now */
export async function insertGiven(trx: Transaction, dossier: string, kind: FactKind, { quarter, blinded }: GivenRow): Promise<GivenRow> {
  await sql`INSERT INTO figures_given (dossier, kind, quarter, blinded) VALUES (${dossier}, ${kind}, ${quarter}, ${blinded}) ON CONFLICT (dossier, kind) DO NOTHING`.execute(
    trx,
  );
  return (await readGiven(trx, dossier, kind)) ?? { quarter, blinded };
}

/** Whether the owner of a dossier said no. */
export async function isDeclined(db: Executor, dossier: string): Promise<boolean> {
  return (await sql`SELECT 1 FROM figures_declined WHERE dossier = ${dossier}`.execute(db)).rows.length > 0;
}

/** Writes down the no of an owner, or takes it back. */
export async function setDeclined(db: Executor, dossier: string, declined: boolean): Promise<void> {
  if (declined) await sql`INSERT INTO figures_declined (dossier) VALUES (${dossier}) ON CONFLICT (dossier) DO NOTHING`.execute(db);
  else await sql`DELETE FROM figures_declined WHERE dossier = ${dossier}`.execute(db);
}

/** Spends a token; false when it was spent before. */
export async function spendFact(trx: Executor, quarter: string, spend: string, kind: FactKind): Promise<boolean> {
  const done =
    await sql`INSERT INTO figures_spent (quarter, spend, kind) VALUES (${quarter}, ${spend}, ${kind}) ON CONFLICT (quarter, spend) DO NOTHING`.execute(trx);
  return done.numAffectedRows === 1n;
}

/** Keeps a fact until it is mixed; false when another of its kind waits under the same id, which chance does not do. */
export async function insertFact(trx: Executor, quarter: string, kind: FactKind, { id, key, sealed }: SealedFact): Promise<boolean> {
  const done =
    await sql`INSERT INTO figures_inbox (quarter, kind, id, key, sealed) VALUES (${quarter}, ${kind}, ${id}, ${key}, ${Buffer.from(sealed, "base64url")})
    ON CONFLICT (quarter, kind, id) DO NOTHING`.execute(trx);
  return done.numAffectedRows === 1n;
}

/** [Note: A batch hides its order], as services/monitor/store tells it, with the kind in the place of the stratum: fewer new facts of a kind than this wait in the inbox until the quarter has ended. */
const leastMixed = 5;

/**
 * Mixes the facts that wait into those of their kind, the whole kind anew in one transaction and in the order of ids that are chance. Two at once take turns.
 * @returns how many were moved
 */
export async function mixFacts(at: Date, inTransaction: <T>(work: (trx: Transaction) => Promise<T>) => Promise<T>): Promise<number> {
  return await inTransaction(async (trx) => {
    // A statement of its own: the next one then sees everything that was there when the lock was had.
    const { rows: locked } = await sql<{ quarter: string }>`SELECT quarter FROM figures_quarter ORDER BY quarter FOR UPDATE`.execute(trx);
    const quarters = locked.map(({ quarter }) => quarter);
    const { rows } = await sql<{ n: string }>`
      WITH ripe AS (
        SELECT i.quarter, i.kind FROM figures_inbox i JOIN figures_quarter q ON q.quarter = i.quarter WHERE q.quarter = ANY(${quarters}::text[])
        GROUP BY i.quarter, i.kind, q.ends HAVING count(*) >= ${leastMixed} OR q.ends <= ${at}),
      fresh AS (
        DELETE FROM figures_inbox i USING ripe WHERE i.quarter = ripe.quarter AND i.kind = ripe.kind RETURNING i.quarter, i.kind, i.id, i.key, i.sealed),
      before AS (
        DELETE FROM figures_fact f USING ripe WHERE f.quarter = ripe.quarter AND f.kind = ripe.kind RETURNING f.quarter, f.kind, f.id, f.key, f.sealed),
      kept AS (
        INSERT INTO figures_mixed (quarter, kind, id, key, sealed) SELECT quarter, kind, id, key, sealed
        FROM (SELECT *, 1 AS turn FROM before UNION ALL SELECT *, 2 AS turn FROM fresh) AS every ORDER BY id, turn
        -- An id that was used twice in a kind: the first fact stands. It can only be the choice of who sent both.
        ON CONFLICT (quarter, kind, id) DO NOTHING)
      SELECT count(*) AS n FROM fresh`.execute(trx);
    // A statement cannot delete a row and insert its key again in one table, so the mixed rows go by a table that is empty otherwise.
    await sql`INSERT INTO figures_fact (quarter, kind, id, key, sealed) SELECT quarter, kind, id, key, sealed FROM figures_mixed ORDER BY id`.execute(trx);
    await sql`DELETE FROM figures_mixed`.execute(trx);
    return Number(rows[0]?.n ?? 0);
  });
}

/** Tokens given and spent per kind. */
export async function countFacts(db: Executor, quarter: string): Promise<{ readonly kind: FactKind; readonly given: number; readonly arrived: number }[]> {
  const tally = async (table: string): Promise<ReadonlyMap<string, number>> => {
    const { rows } = await sql<{
      kind: string;
      n: string;
    }>`SELECT kind, count(*) AS n FROM ${sql.table(table)} WHERE quarter = ${quarter} GROUP BY kind`.execute(db);
    return new Map(rows.map(({ kind, n }) => [kind, Number(n)]));
  };
  const [given, arrived] = await Promise.all([tally("figures_given"), tally("figures_spent")]);
  return factKinds.map((kind) => ({ kind, given: given.get(kind) ?? 0, arrived: arrived.get(kind) ?? 0 }));
}

/** A page of facts that were mixed, in order of their ids; kinds with fewer than {@link leastHandedOut} are left out. @param after the last one of the page before */
export async function readFacts(
  db: Executor,
  quarter: string,
  after: { readonly id: string; readonly kind: string } | null,
  limit: number,
): Promise<FactPage["facts"]> {
  const from = after?.id ?? "00000000-0000-0000-0000-000000000000";
  const { rows } = await sql<{ kind: FactKind; id: string; key: string; sealed: Buffer }>`
    SELECT kind, id, key, sealed FROM figures_fact
    WHERE quarter = ${quarter} AND (id > ${from}::uuid OR (id = ${from}::uuid AND kind > ${after?.kind ?? ""}))
      AND kind IN (SELECT kind FROM figures_fact WHERE quarter = ${quarter} GROUP BY kind HAVING count(*) >= ${leastHandedOut})
    ORDER BY id, kind LIMIT ${limit}`.execute(db);
  return rows.map(({ kind, id, key, sealed }) => ({ kind, fact: { id, key, sealed: sealed.toString("base64url") } }));
}

/** What is kept of which dossier gave a fact or is not counted; called when a dossier is erased. Facts themselves name no dossier and stay. */
export async function forgetFacts(trx: Transaction, dossier: string): Promise<void> {
  await sql`DELETE FROM figures_given WHERE dossier = ${dossier}`.execute(trx);
  await sql`DELETE FROM figures_declined WHERE dossier = ${dossier}`.execute(trx);
}
