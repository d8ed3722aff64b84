/** The desk's own projection of the dossiers it may open: kept in step with every entry, read in pages whose cost does not grow with the archive. */
import { sql, type RawBuilder } from "kysely";
import type { DossierKind, DossierRole } from "#services/dossier/contract/index.ts";
import type { Envelope } from "#services/directory/contract/index.ts";
import type { DossierHead, Executor } from "./dossiers.ts";
import type { Grant } from "./grants.ts";

/** Stands for "no term" and "no end" in ordered columns: a far day sorts last and needs no NULL in a keyset comparison. */
const never = new Date("9999-12-31T00:00:00Z");
/** Rows the count of a desk is spread over, so that reports to the same desk do not wait for one counter. */
const tallyShards = 32;
const shardOf = (dossier: string): number => Number.parseInt(dossier.slice(-2), 16) % tallyShards;

/** A desk that receives (or already has) a dossier. */
export interface DeskPlace {
  readonly desk: string;
  readonly organisation: string;
}

const addToTally = async (trx: Executor, place: DeskPlace, dossier: string, amount: 1 | -1): Promise<void> => {
  await sql`INSERT INTO desk_tally (organisation, desk_id, shard, total) VALUES (${place.organisation}, ${place.desk}, ${shardOf(dossier)}, ${amount})
    ON CONFLICT (organisation, desk_id, shard) DO UPDATE SET total = desk_tally.total + ${amount}`.execute(trx);
};

/**
 * Puts a dossier on a desk's worklist, or replaces the hand-over there by one that reaches at least as far.
 * @param guestBytes how much came along when a guest opens the dossier with this hand-over; null otherwise
 */
export async function putOnWorklist(trx: Executor, head: DossierHead, place: DeskPlace, grant: Grant, guestBytes: number | null = null): Promise<void> {
  const { scope } = grant.payload.keys;
  const cover = scope === "dossier" ? head.cover : null;
  const { rows } = await sql<{ fresh: boolean }>`
    INSERT INTO desk_dossier (organisation, desk_id, dossier, kind, phase, opened, changed, due, term_name, term_waits_for, until, scope, cover, grant_id, grant_statement, grant_sealed, guest, guest_bytes)
    VALUES (${place.organisation}, ${place.desk}, ${head.id}, ${head.kind}, ${head.phase}, ${head.opened}, ${head.changed}, ${head.term?.due ?? never}, ${head.term?.name ?? null}, ${head.term?.waitsFor ?? null},
      ${grant.until ?? never}, ${scope}, ${cover}, ${grant.payload.grant}, ${JSON.stringify(grant.statement)}::jsonb, ${JSON.stringify(grant.sealed)}::jsonb, ${guestBytes !== null}, ${guestBytes ?? 0})
    ON CONFLICT (organisation, desk_id, dossier) DO NOTHING RETURNING true AS fresh`.execute(trx);
  if (rows[0] !== undefined) {
    await addToTally(trx, place, head.id, 1);
    return;
  }
  await sql`UPDATE desk_dossier SET until = ${grant.until ?? never}, scope = ${scope}, cover = ${cover}, grant_id = ${grant.payload.grant},
      grant_statement = ${JSON.stringify(grant.statement)}::jsonb, grant_sealed = ${JSON.stringify(grant.sealed)}::jsonb
    WHERE organisation = ${place.organisation} AND desk_id = ${place.desk} AND dossier = ${head.id}
      AND (${scope} = 'dossier' OR scope <> 'dossier' OR until <= ${head.changed})`.execute(trx);
}

/** Brings phase, term, time and cover of a dossier up to date on every worklist it is on. */
export async function updateWorklists(trx: Executor, head: DossierHead, places: readonly DeskPlace[]): Promise<void> {
  if (places.length === 0) return;
  await sql`UPDATE desk_dossier SET phase = ${head.phase}, changed = ${head.changed}, due = ${head.term?.due ?? never}, term_name = ${head.term?.name ?? null}, term_waits_for = ${head.term?.waitsFor ?? null},
      cover = CASE WHEN scope = 'dossier' THEN ${head.cover}::bytea END
    WHERE organisation = ANY(${places.map((place) => place.organisation)}::text[]) AND desk_id = ANY(${places.map((place) => place.desk)}::uuid[]) AND dossier = ${head.id}`.execute(
    trx,
  );
}

/** Takes a dossier off a desk's worklist. */
export async function takeOffWorklist(trx: Executor, place: DeskPlace, dossier: string): Promise<void> {
  const result = await sql`DELETE FROM desk_dossier WHERE organisation = ${place.organisation} AND desk_id = ${place.desk} AND dossier = ${dossier}`.execute(
    trx,
  );
  if (result.numAffectedRows === 1n) await addToTally(trx, place, dossier, -1);
}

/** Lines whose hand-over has ended by itself: for the sweep, which takes them off so that pages stay short. */
export async function endedLines(db: Executor, at: Date, limit: number): Promise<(DeskPlace & { readonly dossier: string })[]> {
  const { rows } = await sql<{
    organisation: string;
    desk_id: string;
    dossier: string;
  }>`SELECT organisation, desk_id, dossier FROM desk_dossier WHERE until <= ${at} ORDER BY until LIMIT ${limit}`.execute(db);
  return rows.map((row) => ({ organisation: row.organisation, desk: row.desk_id, dossier: row.dossier }));
}

/** One line of a worklist. */
export interface Line {
  readonly dossier: string;
  readonly kind: DossierKind;
  readonly phase: string;
  readonly opened: Date;
  readonly changed: Date;
  readonly due: Date;
  readonly term: { readonly name: string; readonly waitsFor: DossierRole } | null;
  readonly cover: Buffer | null;
  /** Opened without an account, at this desk. */
  readonly guest: boolean;
  readonly statement: Envelope;
  readonly sealed: Record<string, string>;
}

/** Where a page begins: after this line. */
export interface LineMark {
  readonly due: Date;
  readonly changed: Date;
  readonly dossier: string;
}

/**
 * Lines of a desk after `after`, by due moment, then last change; with `changedSince`, only later changes, by last change (its own index: a client that
 * keeps a cached index asks for what is new without walking the archive).
 * @param only a condition the lines must meet besides; it narrows what is read, so that a page is full and the next one begins where it ends
 */
export async function readWorklist(
  db: Executor,
  place: DeskPlace,
  after: LineMark | null,
  changedSince: Date | null,
  limit: number,
  at: Date,
  only: RawBuilder<unknown> = sql`true`,
): Promise<Line[]> {
  const mine = sql`organisation = ${place.organisation} AND desk_id = ${place.desk} AND until > ${at} AND ${only}`;
  const page =
    changedSince === null
      ? after === null
        ? sql`${mine} ORDER BY due, changed, dossier`
        : sql`${mine} AND (due, changed, dossier) > (${after.due}, ${after.changed}, ${after.dossier}::uuid) ORDER BY due, changed, dossier`
      : after === null
        ? sql`${mine} AND changed >= ${changedSince} ORDER BY changed, dossier`
        : sql`${mine} AND (changed, dossier) > (${after.changed}, ${after.dossier}::uuid) ORDER BY changed, dossier`;
  const { rows } = await sql<{
    dossier: string;
    kind: DossierKind;
    phase: string;
    opened: Date;
    changed: Date;
    due: Date;
    term_name: string | null;
    term_waits_for: DossierRole | null;
    cover: Buffer | null;
    guest: boolean;
    grant_statement: Envelope;
    grant_sealed: Record<string, string>;
  }>`SELECT dossier, kind, phase, opened, changed, due, term_name, term_waits_for, cover, guest, grant_statement, grant_sealed FROM desk_dossier WHERE ${page} LIMIT ${limit}`.execute(
    db,
  );
  return rows.map((row) => ({
    dossier: row.dossier,
    kind: row.kind,
    phase: row.phase,
    opened: row.opened,
    changed: row.changed,
    due: row.due,
    term: row.term_name === null || row.term_waits_for === null ? null : { name: row.term_name, waitsFor: row.term_waits_for },
    cover: row.cover,
    guest: row.guest,
    statement: row.grant_statement,
    sealed: row.grant_sealed,
  }));
}

/** How many dossiers are on a desk's worklist: the sum of at most {@link tallyShards} rows. */
export async function countWorklist(db: Executor, place: DeskPlace): Promise<number> {
  const { rows } = await sql<{
    total: string | null;
  }>`SELECT sum(total) AS total FROM desk_tally WHERE organisation = ${place.organisation} AND desk_id = ${place.desk}`.execute(db);
  return Number(rows[0]?.total ?? 0);
}

/** How many dossiers were opened at a desk without an account since a moment; no more than `most` are counted. */
export async function countGuests(db: Executor, place: DeskPlace, since: Date, most: number): Promise<number> {
  const { rows } = await sql<{ n: string }>`SELECT count(*) AS n FROM (SELECT 1 FROM desk_dossier
    WHERE organisation = ${place.organisation} AND desk_id = ${place.desk} AND guest AND opened > ${since} LIMIT ${most}::bigint) AS counted`.execute(db);
  return Number(rows[0]?.n ?? 0);
}

/** Bytes of files that came to a desk since a moment with dossiers opened without an account. */
export async function guestBytesOf(db: Executor, place: DeskPlace, since: Date): Promise<number> {
  const { rows } = await sql<{ total: string | null }>`SELECT sum(guest_bytes) AS total FROM desk_dossier
    WHERE organisation = ${place.organisation} AND desk_id = ${place.desk} AND guest AND opened > ${since}`.execute(db);
  return Number(rows[0]?.total ?? 0);
}

/** Whether a desk still holds keys of a dossier. */
export async function liveGrantExists(db: Executor, organisation: string, dossier: string, desk: string, at: Date): Promise<boolean> {
  const { rows } =
    await sql`SELECT 1 FROM dossier_participant WHERE organisation = ${organisation} AND dossier = ${dossier} AND desk_id = ${desk} AND person_id IS NULL AND (until IS NULL OR until > ${at}) LIMIT 1`.execute(
      db,
    );
  return rows.length > 0;
}
