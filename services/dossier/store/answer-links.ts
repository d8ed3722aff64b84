/**
 * Stores answer links: one-time pointers to a dossier, for one desk. For the dossier's server room.
 * Led by the desk's own organisation: a look-up comes from a member of the desk, an answer is written by one, so the tenant is known both times. The pointer itself is nowhere here, only its hash.
 */
import { sql } from "kysely";
import type { Executor } from "./dossiers.ts";
import type { DeskPlace } from "./worklist.ts";

/** A link as it is kept; `hash` is SHA-256 of the pointer's text, base64url. */
export interface AnswerLinkRow {
  readonly hash: string;
  readonly desk: string;
  readonly dossier: string;
  readonly made: Date;
  readonly until: Date;
  /** When the desk answered; null while it stands. */
  readonly usedAt: Date | null;
}

interface Row {
  link: string;
  desk_id: string;
  dossier: string;
  made: Date;
  until: Date;
  used_at: Date | null;
}

/** Keeps a new link. */
export async function insertAnswerLink(trx: Executor, { organisation }: DeskPlace, link: AnswerLinkRow): Promise<void> {
  await sql`INSERT INTO answer_link (organisation, desk_id, link, dossier, made, until, used_at)
    VALUES (${organisation}, ${link.desk}, ${link.hash}, ${link.dossier}, ${link.made}, ${link.until}, ${link.usedAt})`.execute(trx);
}

/** Of the links to this dossier that stand for this desk (neither used nor over) keeps the newest: room for one more. */
export async function keepNewestAnswerLinks(trx: Executor, { organisation, desk }: DeskPlace, dossier: string, at: Date, most: number): Promise<void> {
  await sql`DELETE FROM answer_link WHERE organisation = ${organisation} AND desk_id = ${desk} AND link IN (
    SELECT link FROM answer_link WHERE organisation = ${organisation} AND desk_id = ${desk} AND dossier = ${dossier} AND used_at IS NULL AND until > ${at}
    ORDER BY made DESC, link OFFSET ${most})`.execute(trx);
}

/** A link of one of these desks that is not over, spent ones included; null when none of them has it. */
export async function readAnswerLink(db: Executor, places: readonly DeskPlace[], hash: string, at: Date): Promise<AnswerLinkRow | null> {
  if (places.length === 0) return null;
  const { rows } = await sql<Row>`SELECT link, desk_id, dossier, made, until, used_at FROM answer_link
    WHERE organisation = ANY(${[...new Set(places.map(({ organisation }) => organisation))]}::text[]) AND desk_id = ANY(${places.map(({ desk }) => desk)}::uuid[])
      AND link = ${hash} AND until > ${at}`.execute(db);
  const [row] = rows;
  return row === undefined ? null : { hash: row.link, desk: row.desk_id, dossier: row.dossier, made: row.made, until: row.until, usedAt: row.used_at };
}

/** The desk answers: whatever links to this dossier stood for it are spent. */
export async function useAnswerLinks(trx: Executor, { organisation, desk }: DeskPlace, dossier: string, at: Date): Promise<void> {
  await sql`UPDATE answer_link SET used_at = ${at} WHERE organisation = ${organisation} AND desk_id = ${desk} AND dossier = ${dossier} AND used_at IS NULL`.execute(
    trx,
  );
}

/** The desk reads the dossier no more: no link to it works again, also when it is given the dossier anew. */
export async function forgetAnswerLinks(trx: Executor, { organisation, desk }: DeskPlace, dossier: string): Promise<void> {
  await sql`DELETE FROM answer_link WHERE organisation = ${organisation} AND desk_id = ${desk} AND dossier = ${dossier}`.execute(trx);
}

/** Clears away links that are over, spent or not. @returns how many. */
export async function expireAnswerLinks(db: Executor, at: Date): Promise<number> {
  const { numAffectedRows } = await sql`DELETE FROM answer_link WHERE until <= ${at}`.execute(db);
  return Number(numAffectedRows ?? 0);
}
