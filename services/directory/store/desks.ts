/** Desks: rosters, wrapped epoch keys, bridges, members. Writing functions take the transaction they belong to. */
import { sql } from "kysely";
import type { Roster } from "@rugdekking/seal/verify";
import type { DeskFunction, DeskKeys, DeskView, Envelope, Rotation } from "#services/directory/contract/index.ts";
import { enqueueLeaf } from "#services/ledger/store/index.ts";
import type { Transaction } from "#services/storage/index.ts";
import type { Executor } from "./executor.ts";

/** A desk in its present epoch. */
export interface DeskFacts {
  readonly id: string;
  readonly organisation: string;
  readonly name: string;
  readonly function: DeskFunction;
  readonly epoch: number;
  /** Statement hash of the present roster. */
  readonly rosterHash: string;
}

/** One member of a desk's present roster. */
export interface DeskMember {
  readonly person: string;
  readonly lead: boolean;
}

type Row = { organisation: string; desk: string; name: string; function: DeskFunction; epoch: number; roster_hash: string };
const factsOf = (row: Row): DeskFacts => ({
  id: row.desk,
  organisation: row.organisation,
  name: row.name,
  function: row.function,
  epoch: row.epoch,
  rosterHash: row.roster_hash,
});

/** Desks by id, as far as they exist. */
export async function readDesks(db: Executor, ids: readonly string[]): Promise<Map<string, DeskFacts>> {
  const { rows } =
    await sql<Row>`SELECT d.organisation, d.desk, d.name, d.function, d.epoch, d.roster_hash FROM desk_place p JOIN desk d ON d.organisation = p.organisation AND d.desk = p.desk
    WHERE p.desk = ANY(${[...ids]}::uuid[])`.execute(db);
  return new Map(rows.map((row) => [row.desk, factsOf(row)]));
}

/**
 * As {@link readDesks}, and their epochs stay as they are until the transaction ends: a rotation waits for it, and one that was first is waited for.
 * Many may hold the same desk at once; in one order, so that none waits for another in a circle.
 */
export async function holdDesks(trx: Executor, ids: readonly string[]): Promise<Map<string, DeskFacts>> {
  // One statement each: a list of unknown length is planned anew every time, which takes longer than the reading.
  const held = await Promise.all(
    [...new Set(ids)].toSorted().map(
      async (id) =>
        await sql<Row>`SELECT d.organisation, d.desk, d.name, d.function, d.epoch, d.roster_hash FROM desk_place p JOIN desk d ON d.organisation = p.organisation AND d.desk = p.desk
          WHERE p.desk = ${id} FOR SHARE OF d`.execute(trx),
    ),
  );
  return new Map(held.flatMap(({ rows }) => rows.map((row) => [row.desk, factsOf(row)] as const)));
}

/** One desk with its members, or null. */
export async function readDesk(db: Executor, desk: string): Promise<(DeskFacts & { readonly members: readonly DeskMember[] }) | null> {
  const facts = (await readDesks(db, [desk])).get(desk);
  if (facts === undefined) return null;
  const { rows } = await sql<DeskMember>`SELECT person, lead FROM desk_member WHERE desk = ${desk} ORDER BY person`.execute(db);
  return { ...facts, members: rows };
}

/** Whether the person is in the desk's present roster. */
export async function isMember(db: Executor, person: string, desk: string): Promise<boolean> {
  return (await memberDesks(db, person, [desk])).has(desk);
}

/** Those of `desks` that the person is a member of now. */
export async function memberDesks(db: Executor, person: string, desks: readonly string[]): Promise<Set<string>> {
  if (desks.length === 0) return new Set();
  const { rows } = await sql<{ desk: string }>`SELECT desk FROM desk_member WHERE person = ${person} AND desk = ANY(${[...desks]}::uuid[])`.execute(db);
  return new Set(rows.map(({ desk }) => desk));
}

/** Ids of the desks the person is in now. */
export async function desksOfPerson(db: Executor, person: string): Promise<string[]> {
  const { rows } = await sql<{ desk: string }>`SELECT desk FROM desk_member WHERE person = ${person} ORDER BY desk`.execute(db);
  return rows.map(({ desk }) => desk);
}

/** Rosters of a desk from the first to the present one. */
export async function readRosters(db: Executor, organisation: string, desk: string): Promise<Envelope[]> {
  const { rows } = await sql<{
    statement: Envelope;
  }>`SELECT statement FROM desk_roster WHERE organisation = ${organisation} AND desk = ${desk} ORDER BY epoch`.execute(db);
  return rows.map(({ statement }) => statement);
}

/** When the present roster of a desk came in. */
export async function rosterReceived(db: Executor, desk: Pick<DeskFacts, "organisation" | "id" | "epoch">): Promise<Date | null> {
  const { rows } = await sql<{ received: Date }>`SELECT received FROM desk_roster
    WHERE organisation = ${desk.organisation} AND desk = ${desk.id} AND epoch = ${desk.epoch}`.execute(db);
  return rows[0]?.received ?? null;
}

/** Desks as anyone may see them. */
export async function viewDesks(db: Executor, desks: readonly DeskFacts[]): Promise<DeskView[]> {
  const views: DeskView[] = [];
  for (const desk of desks) {
    const rosters = await readRosters(db, desk.organisation, desk.id);
    // A rotation may come between two reads: then the newest roster tells the epoch.
    views.push({ id: desk.id, organisation: desk.organisation, name: desk.name, function: desk.function, epoch: rosters.length, rosters });
  }
  return views;
}

/** Desks of an organisation, of a function, or both; by name. */
export async function findDesks(
  db: Executor,
  filter: { readonly organisation: string | null; readonly function: string | null; readonly limit: number },
): Promise<DeskFacts[]> {
  const { rows } = await sql<Row>`SELECT organisation, desk, name, function, epoch, roster_hash FROM desk
    WHERE (${filter.organisation}::text IS NULL OR organisation = ${filter.organisation}) AND (${filter.function}::text IS NULL OR function = ${filter.function})
    ORDER BY organisation, name, desk LIMIT ${filter.limit}`.execute(db);
  return rows.map(factsOf);
}

/** A member's own keys to a desk, or null when they hold none in the present epoch. */
export async function readDeskKeys(db: Executor, desk: DeskFacts, person: string): Promise<DeskKeys | null> {
  const { rows } = await sql<{ epoch: number; sealed: string }>`SELECT epoch, sealed FROM desk_key
    WHERE organisation = ${desk.organisation} AND desk = ${desk.id} AND person = ${person} ORDER BY epoch DESC LIMIT 1`.execute(db);
  const [own] = rows;
  if (own === undefined || own.epoch < desk.epoch) return null;
  const bridges = await sql<{ epoch: number; sealed: string }>`SELECT epoch, sealed FROM desk_bridge
    WHERE organisation = ${desk.organisation} AND desk = ${desk.id} AND epoch < ${own.epoch} ORDER BY epoch DESC`.execute(db);
  return { desk: desk.id, epoch: own.epoch, sealed: own.sealed, bridges: bridges.rows };
}

/** Claims the id of a new desk; false when it is taken. */
export async function claimDesk(trx: Transaction, roster: Roster): Promise<boolean> {
  const done = await sql`INSERT INTO desk_place (desk, organisation) VALUES (${roster.desk}, ${roster.organisation}) ON CONFLICT (desk) DO NOTHING`.execute(
    trx,
  );
  return done.numAffectedRows === 1n;
}

/** The desk, locked until the transaction ends, so that rotations come one after another; null when there is none. */
export async function lockDesk(trx: Transaction, desk: string): Promise<DeskFacts | null> {
  const { rows } = await sql<{ organisation: string }>`SELECT organisation FROM desk_place WHERE desk = ${desk}`.execute(trx);
  const [place] = rows;
  if (place === undefined) return null;
  const found =
    await sql<Row>`SELECT organisation, desk, name, function, epoch, roster_hash FROM desk WHERE organisation = ${place.organisation} AND desk = ${desk} FOR UPDATE`.execute(
      trx,
    );
  return found.rows[0] === undefined ? null : factsOf(found.rows[0]);
}

/**
 * Writes an epoch that was checked: roster, one key per member, the bridge to the epoch before, the members as they are now, the leaf for the log.
 * Keys of earlier epochs are removed: who left keeps nothing here, who stayed reaches them by the bridges.
 */
export async function writeEpoch(trx: Transaction, roster: Roster, hash: string, rotation: Rotation): Promise<void> {
  const { organisation, desk, epoch } = roster;
  await sql`INSERT INTO desk (organisation, desk, name, function, epoch, roster_hash) VALUES (${organisation}, ${desk}, ${roster.name}, ${roster.function}, ${epoch}, ${hash})
    ON CONFLICT (organisation, desk) DO UPDATE SET name = excluded.name, epoch = excluded.epoch, roster_hash = excluded.roster_hash`.execute(trx);
  await sql`INSERT INTO desk_roster (organisation, desk, epoch, hash, statement, received) VALUES (${organisation}, ${desk}, ${epoch}, ${hash}, ${JSON.stringify(rotation.roster)}::jsonb, ${new Date()})`.execute(
    trx,
  );
  const keys = rotation.sealed.map(({ person, sealed }) => sql`(${organisation}, ${desk}::uuid, ${epoch}::bigint, ${person}::uuid, ${sealed})`);
  await sql`INSERT INTO desk_key (organisation, desk, epoch, person, sealed) VALUES ${sql.join(keys)}`.execute(trx);
  await sql`DELETE FROM desk_key WHERE organisation = ${organisation} AND desk = ${desk} AND epoch < ${epoch}`.execute(trx);
  if (rotation.bridge !== null)
    await sql`INSERT INTO desk_bridge (organisation, desk, epoch, sealed) VALUES (${organisation}, ${desk}, ${epoch - 1}, ${rotation.bridge})`.execute(trx);
  await sql`DELETE FROM desk_member WHERE desk = ${desk}`.execute(trx);
  const members = roster.members.map(({ person, lead }) => sql`(${person}::uuid, ${desk}::uuid, ${lead}::boolean)`);
  await sql`INSERT INTO desk_member (person, desk, lead) VALUES ${sql.join(members)}`.execute(trx);
  await enqueueLeaf(trx, { what: "roster", hash });
}
