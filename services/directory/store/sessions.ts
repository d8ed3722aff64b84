/** Sign-in challenges and sessions; tokens are kept as SHA-256 only. For the directory's server room. */
import { sql } from "kysely";
import type { Executor } from "./executor.ts";

/** For whom a challenge was made: a person, a guest, or nobody (an unknown sign-in name got decoys). */
export interface ChallengeRow {
  readonly person: string | null;
  readonly guest: boolean;
}

/** Keeps a challenge until it is used or over. @param hash SHA-256 of the challenge, base64url. */
export async function insertChallenge(db: Executor, hash: string, row: ChallengeRow, expires: Date): Promise<void> {
  await sql`INSERT INTO sign_in_challenge (challenge, person, guest, expires) VALUES (${hash}, ${row.person}, ${row.guest}, ${expires})`.execute(db);
}

/** Uses a challenge up: only the first who comes in time gets it; null for everyone else. */
export async function useChallenge(db: Executor, hash: string, at: Date): Promise<ChallengeRow | null> {
  const { rows } = await sql<{
    person: string | null;
    guest: boolean;
    expires: Date;
  }>`DELETE FROM sign_in_challenge WHERE challenge = ${hash} RETURNING person, guest, expires`.execute(db);
  const [row] = rows;
  return row === undefined || row.expires <= at ? null : { person: row.person, guest: row.guest };
}

/** Uses up every challenge a person still has: what was asked for before a change may not be answered after it. */
export async function forgetChallenges(trx: Executor, person: string): Promise<void> {
  await sql`DELETE FROM sign_in_challenge WHERE person = ${person}`.execute(trx);
}

/** One session; `hash` is SHA-256 of the token, base64url, `id` names the device towards its owner. */
export interface SessionRow {
  readonly hash: string;
  readonly id: string;
  readonly person: string;
  readonly label: string;
  readonly since: Date;
  readonly lastSeen: Date;
  /** Absolute end. */
  readonly expires: Date;
}

type Row = { session: string; id: string; person: string; label: string; since: Date; last_seen: Date; expires: Date };
const sessionOf = (row: Row): SessionRow => ({
  hash: row.session,
  id: row.id,
  person: row.person,
  label: row.label,
  since: row.since,
  lastSeen: row.last_seen,
  expires: row.expires,
});

/** Writes a new session. */
export async function insertSession(db: Executor, session: SessionRow): Promise<void> {
  await sql`INSERT INTO person_session (session, id, person, label, since, last_seen, expires)
    VALUES (${session.hash}, ${session.id}, ${session.person}, ${session.label}, ${session.since}, ${session.lastSeen}, ${session.expires})`.execute(db);
}

/** A session with all a request needs to know of its person, in one question. */
export interface LiveSession extends SessionRow {
  readonly kind: "person" | "guest";
  readonly signPublicKey: string;
  readonly desks: readonly string[];
}

/** A session that was used after `idleSince` and has not ended at `at`, or null. */
export async function readSession(db: Executor, hash: string, idleSince: Date, at: Date): Promise<LiveSession | null> {
  const { rows } = await sql<Row & { kind: "person" | "guest"; sign_public_key: string; desks: string[] }>`SELECT s.*, p.kind, p.sign_public_key,
      ARRAY(SELECT m.desk::text FROM desk_member m WHERE m.person = s.person ORDER BY m.desk) AS desks
    FROM person_session s JOIN person p ON p.person = s.person WHERE s.session = ${hash} AND s.expires > ${at} AND s.last_seen > ${idleSince}`.execute(db);
  const [row] = rows;
  return row === undefined ? null : { ...sessionOf(row), kind: row.kind, signPublicKey: row.sign_public_key, desks: row.desks };
}

/** Notes that a session is in use. */
export async function touchSession(db: Executor, hash: string, at: Date): Promise<void> {
  await sql`UPDATE person_session SET last_seen = ${at} WHERE session = ${hash} AND last_seen < ${at}`.execute(db);
}

/** A person's sessions that still hold, newest first. */
export async function sessionsOf(db: Executor, person: string, idleSince: Date, at: Date): Promise<SessionRow[]> {
  const { rows } =
    await sql<Row>`SELECT * FROM person_session WHERE person = ${person} AND expires > ${at} AND last_seen > ${idleSince} ORDER BY since DESC LIMIT 200`.execute(
      db,
    );
  return rows.map(sessionOf);
}

/** Ends one session by its token's hash. */
export async function endSession(db: Executor, hash: string): Promise<void> {
  await sql`DELETE FROM person_session WHERE session = ${hash}`.execute(db);
}

/** Ends one of the person's sessions by its device id; false when there is none. */
export async function endDevice(db: Executor, person: string, id: string): Promise<boolean> {
  const done = await sql`DELETE FROM person_session WHERE person = ${person} AND id = ${id}`.execute(db);
  return (done.numAffectedRows ?? 0n) > 0n;
}

/** Ends all of a person's sessions. */
export async function endSessions(db: Executor, person: string): Promise<void> {
  await sql`DELETE FROM person_session WHERE person = ${person}`.execute(db);
}

/** Forgets challenges, sessions and invitations that are over. A job that apps/server runs every few minutes. */
export async function sweepDirectory(db: Executor, idleSince: Date, at: Date): Promise<void> {
  await sql`DELETE FROM sign_in_challenge WHERE expires <= ${at}`.execute(db);
  await sql`DELETE FROM person_session WHERE expires <= ${at} OR last_seen <= ${idleSince}`.execute(db);
  await sql`DELETE FROM invitation WHERE expires <= ${at}`.execute(db);
}
