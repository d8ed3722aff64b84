/** Requests of organisations to take part, and what was signed about them. For the directory's server room. */
import { sql } from "kysely";
import type { Envelope } from "#services/directory/contract/index.ts";
import type { joiningStates, JoiningRequestPayload, JoiningVerdictPayload } from "#services/directory/contract/joining.ts";
import { enqueueLeaf } from "#services/ledger/store/index.ts";
import type { Transaction } from "#services/storage/index.ts";
import type { Executor } from "./executor.ts";

/** A request as it is kept. */
export interface JoiningRow {
  readonly organisation: string;
  readonly request: string;
  readonly person: string;
  readonly hash: string;
  readonly statement: Envelope;
  readonly state: (typeof joiningStates)[number];
  readonly desk: string | null;
  readonly expires: Date;
}
/** A verdict as it is kept. */
export interface VerdictRow {
  readonly desk: string;
  readonly person: string;
  readonly verdict: "verified" | "refused";
  readonly statement: Envelope;
}

const columns = sql`organisation, request, person, hash, statement, state, desk, expires`;

/** Writes a request and its leaf for the log. */
export async function insertJoining(
  trx: Transaction,
  payload: JoiningRequestPayload,
  hash: string,
  statement: Envelope,
  at: Date,
  expires: Date,
): Promise<void> {
  await sql`INSERT INTO joining_request (organisation, request, person, hash, statement, state, received, expires)
    VALUES (${payload.organisation}, ${payload.request}, ${payload.person}, ${hash}, ${JSON.stringify(statement)}::jsonb, 'open', ${at}, ${expires})`.execute(
    trx,
  );
  await enqueueLeaf(trx, { what: "joining-request", hash });
}

/** How many wait, of this person, for this organisation, and in all; and since when the oldest for this organisation does. */
export async function countJoining(
  db: Executor,
  organisation: string,
  person: string,
  at: Date,
): Promise<{ readonly person: number; readonly organisation: number; readonly all: number; readonly oldest: Date | null }> {
  const { rows } = await sql<{
    person: string;
    organisation: string;
    everything: string;
    oldest: Date | null;
  }>`SELECT count(*) FILTER (WHERE person = ${person}) AS person,
      count(*) FILTER (WHERE organisation = ${organisation}) AS organisation, count(*) AS everything,
      min(received) FILTER (WHERE organisation = ${organisation}) AS oldest
    FROM joining_request WHERE state IN ('open', 'verified') AND expires > ${at}`.execute(db);
  const [row] = rows;
  return { person: Number(row?.person ?? 0), organisation: Number(row?.organisation ?? 0), all: Number(row?.everything ?? 0), oldest: row?.oldest ?? null };
}

/** One request that is not over, or null. @param lock nobody else changes it until the transaction ends */
export async function readJoining(db: Executor, request: string, at: Date, lock = false): Promise<JoiningRow | null> {
  const { rows } =
    await sql<JoiningRow>`SELECT ${columns} FROM joining_request WHERE request = ${request} AND (state = 'joined' OR expires > ${at}) ${lock ? sql`FOR UPDATE` : sql``}`.execute(
      db,
    );
  return rows[0] ?? null;
}

/** Requests that wait for a verdict, oldest first; at most 100. */
export async function openJoining(db: Executor, at: Date): Promise<JoiningRow[]> {
  const { rows } =
    await sql<JoiningRow>`SELECT ${columns} FROM joining_request WHERE state = 'open' AND expires > ${at} ORDER BY received, request LIMIT 100`.execute(db);
  return rows;
}

/** The person's own requests, newest first. */
export async function ownJoining(db: Executor, person: string, at: Date): Promise<JoiningRow[]> {
  const { rows } =
    await sql<JoiningRow>`SELECT ${columns} FROM joining_request WHERE person = ${person} AND (state = 'joined' OR expires > ${at}) ORDER BY received DESC LIMIT 20`.execute(
      db,
    );
  return rows;
}

/** The request that a desk came of, or null. */
export async function joiningOfDesk(db: Executor, organisation: string, desk: string): Promise<JoiningRow | null> {
  const { rows } = await sql<JoiningRow>`SELECT ${columns} FROM joining_request WHERE organisation = ${organisation} AND desk = ${desk}`.execute(db);
  return rows[0] ?? null;
}

/** What was signed about a request, in the order it came. */
export async function verdictsOn(db: Executor, { organisation, request }: Pick<JoiningRow, "organisation" | "request">): Promise<VerdictRow[]> {
  const { rows } =
    await sql<VerdictRow>`SELECT desk, person, verdict, statement FROM joining_verdict WHERE organisation = ${organisation} AND request = ${request} ORDER BY received, desk`.execute(
      db,
    );
  return rows;
}

/** Writes a verdict and its leaf for the log. */
export async function insertVerdict(
  trx: Transaction,
  row: JoiningRow,
  payload: JoiningVerdictPayload,
  hash: string,
  statement: Envelope,
  at: Date,
): Promise<void> {
  await sql`INSERT INTO joining_verdict (organisation, request, desk, person, verdict, hash, statement, received)
    VALUES (${row.organisation}, ${row.request}, ${payload.desk}, ${payload.by}, ${payload.verdict}, ${hash}, ${JSON.stringify(statement)}::jsonb, ${at})`.execute(
    trx,
  );
  await enqueueLeaf(trx, { what: "joining-verdict", hash });
}

/** Moves a request on. */
export async function moveJoining(trx: Transaction, row: JoiningRow, state: JoiningRow["state"], desk: string | null): Promise<void> {
  await sql`UPDATE joining_request SET state = ${state}, desk = ${desk} WHERE organisation = ${row.organisation} AND request = ${row.request}`.execute(trx);
}

/** Forgets requests that are over and no desk came of, with everything that was signed about them; the log keeps hashes. */
export async function sweepJoining(db: Executor, at: Date): Promise<void> {
  await sql`DELETE FROM joining_verdict v WHERE EXISTS (SELECT 1 FROM joining_request r
    WHERE r.organisation = v.organisation AND r.request = v.request AND r.state <> 'joined' AND r.expires <= ${at})`.execute(db);
  await sql`DELETE FROM joining_request WHERE state <> 'joined' AND expires <= ${at}`.execute(db);
}
