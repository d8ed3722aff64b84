/** Invitations to a desk: a token that is kept only as its hash, used once. For the directory's server room. */
import { sql } from "kysely";
import type { Transaction } from "#services/storage/index.ts";
import type { Executor } from "./executor.ts";

/** An invitation; `hash` is SHA-256 of the token, base64url. */
export interface Invitation {
  readonly hash: string;
  readonly id: string;
  readonly organisation: string;
  readonly desk: string;
  readonly name: string;
  readonly office: string;
  readonly acceptedBy: string | null;
  readonly expires: Date;
}

type Row = { invitation: string; id: string; organisation: string; desk: string; name: string; office: string; accepted_by: string | null; expires: Date };
const invitationOf = (row: Row): Invitation => ({
  hash: row.invitation,
  id: row.id,
  organisation: row.organisation,
  desk: row.desk,
  name: row.name,
  office: row.office,
  acceptedBy: row.accepted_by,
  expires: row.expires,
});

/** Writes a new invitation. */
export async function insertInvitation(db: Executor, one: Invitation): Promise<void> {
  await sql`INSERT INTO invitation (invitation, id, organisation, desk, name, office, accepted_by, expires)
    VALUES (${one.hash}, ${one.id}, ${one.organisation}, ${one.desk}, ${one.name}, ${one.office}, ${one.acceptedBy}, ${one.expires})`.execute(db);
}

/** An invitation that has not ended, or null. */
export async function readInvitation(db: Executor, hash: string, at: Date): Promise<Invitation | null> {
  const { rows } = await sql<Row>`SELECT * FROM invitation WHERE invitation = ${hash} AND expires > ${at}`.execute(db);
  return rows[0] === undefined ? null : invitationOf(rows[0]);
}

/** Invitations of a desk that have not ended, oldest first. */
export async function invitationsOf(db: Executor, desk: string, at: Date): Promise<Invitation[]> {
  const { rows } = await sql<Row>`SELECT * FROM invitation WHERE desk = ${desk} AND expires > ${at} ORDER BY id LIMIT 500`.execute(db);
  return rows.map(invitationOf);
}

/** Notes who accepted; false when it is unknown, over, or was accepted by someone else. Again by the same person changes nothing. */
export async function acceptInvitation(db: Executor, hash: string, person: string, at: Date): Promise<boolean> {
  const done =
    await sql`UPDATE invitation SET accepted_by = ${person} WHERE invitation = ${hash} AND expires > ${at} AND (accepted_by IS NULL OR accepted_by = ${person})`.execute(
      db,
    );
  return done.numAffectedRows === 1n;
}

/** Forgets invitations whose people are in the roster now, with the names they carried. */
export async function settleInvitations(trx: Transaction, desk: string, members: readonly string[]): Promise<void> {
  await sql`DELETE FROM invitation WHERE desk = ${desk} AND accepted_by = ANY(${[...members]}::uuid[])`.execute(trx);
}
