/** The outbox of "er is nieuws" mails: a row in the same transaction as the entry, so that no news is lost and none is sent of what was refused. */
import { sql, type RawBuilder } from "kysely";
import { v7 } from "uuid";
import type { Executor } from "./dossiers.ts";

/** Whom the news is for. */
export type NewsTarget = { readonly person: string } | { readonly desk: string };

/** Notes that there is news, in the transaction of what is new. @param guest whether the news is a dossier that someone without an account opened */
export async function insertNews(trx: Executor, organisation: string, targets: readonly NewsTarget[], guest = false): Promise<void> {
  if (targets.length === 0) return;
  const persons = targets.map((target) => ("person" in target ? target.person : null));
  const desks = targets.map((target) => ("desk" in target ? target.desk : null));
  await sql`INSERT INTO dossier_news (organisation, id, person_id, desk_id, guest)
    SELECT ${organisation}, told.id, told.person_id, told.desk_id, ${guest}::boolean FROM unnest(${targets.map(() => v7())}::uuid[], ${persons}::uuid[], ${desks}::uuid[]) AS told (id, person_id, desk_id)`.execute(
    trx,
  );
}

/** Ids of news that is made inside a statement, a new one for each row: the time of a UUIDv7 of this process, so that the oldest news goes first, and the database's own chance. */
export const newsIds = (): RawBuilder<string> => sql<string>`(${v7().slice(0, 15)}::text || substr(gen_random_uuid()::text, 16))::uuid`;

/** Whom there is news for. */
export interface TakenNews {
  /** How many notes were taken: as many as asked for when there may be more. */
  readonly taken: number;
  /** Each once. */
  readonly targets: readonly NewsTarget[];
  /** Desks of which the only news is that people without an account opened dossiers, with a tenant it concerns. */
  readonly guestsOnly: readonly { readonly organisation: string; readonly desk: string }[];
}

/** Takes at most `limit` notes out of the outbox. */
export async function takeNews(trx: Executor, limit: number): Promise<TakenNews> {
  const { rows } = await sql<{
    organisation: string;
    person_id: string | null;
    desk_id: string | null;
    guest: boolean;
  }>`DELETE FROM dossier_news WHERE (organisation, id) IN (SELECT organisation, id FROM dossier_news ORDER BY id LIMIT ${limit})
    RETURNING organisation, person_id, desk_id, guest`.execute(trx);
  const persons = new Set(rows.flatMap((row) => (row.person_id === null ? [] : [row.person_id])));
  const desks = new Set<string>();
  const byGuests = new Map<string, string>();
  for (const { organisation, desk_id: desk, guest } of rows) {
    if (desk === null) continue;
    if (guest) byGuests.set(desk, organisation);
    else desks.add(desk);
  }
  return {
    taken: rows.length,
    targets: [...[...persons].map((person) => ({ person })), ...[...desks].map((desk) => ({ desk }))],
    guestsOnly: [...byGuests].flatMap(([desk, organisation]) => (desks.has(desk) ? [] : [{ organisation, desk }])),
  };
}

/** When a desk was mailed about dossiers of people without an account, and until when there was more of it that no mail went out for. */
export interface DeskBurst {
  readonly told: Date;
  readonly latest: Date;
}

/** What is kept of a desk; nobody else changes it until the transaction ends. */
export async function readBurst(trx: Executor, organisation: string, desk: string): Promise<DeskBurst | null> {
  return (
    (await sql<DeskBurst>`SELECT told, latest FROM desk_burst WHERE organisation = ${organisation} AND desk_id = ${desk} FOR UPDATE`.execute(trx)).rows[0] ??
    null
  );
}

/** Writes down what is kept of a desk. */
export async function writeBurst(trx: Executor, organisation: string, desk: string, { told, latest }: DeskBurst): Promise<void> {
  await sql`INSERT INTO desk_burst (organisation, desk_id, told, latest) VALUES (${organisation}, ${desk}, ${told}, ${latest})
    ON CONFLICT (organisation, desk_id) DO UPDATE SET told = ${told}, latest = ${latest}`.execute(trx);
}

/** Forgets what was quiet since a moment. */
export async function forgetBursts(db: Executor, before: Date): Promise<void> {
  await sql`DELETE FROM desk_burst WHERE latest < ${before}`.execute(db);
}

/** Marks that these addresses must be mailed once; `recipient` is the SHA-256 of the address, the address itself is kept only until it is mailed. */
export async function markPending(trx: Executor, recipients: readonly { readonly recipient: string; readonly address: string }[], at: Date): Promise<void> {
  for (const { recipient, address } of recipients) {
    await sql`INSERT INTO news_recipient (handle, address, pending_since, not_before) VALUES (${recipient}, ${address}, ${at}, ${at})
      ON CONFLICT (handle) DO UPDATE SET pending_since = ${at}, address = ${address}`.execute(trx);
  }
}

/** A mail that one caller is to send. */
export interface MailClaim {
  readonly recipient: string;
  readonly address: string;
  readonly since: Date;
}

/**
 * Claims recipients whose pause is over: each is given to one caller only and rests until `resume`. Forget the claim with {@link settleMail}.
 */
export async function claimMail(db: Executor, at: Date, resume: Date, limit: number): Promise<MailClaim[]> {
  const { rows } = await sql<{ handle: string; address: string; pending_since: Date }>`UPDATE news_recipient SET not_before = ${resume}
    WHERE pending_since IS NOT NULL AND address IS NOT NULL AND not_before <= ${at} AND handle IN (SELECT handle FROM news_recipient WHERE pending_since IS NOT NULL AND not_before <= ${at} LIMIT ${limit})
    RETURNING handle, address, pending_since`.execute(db);
  return rows.map((row) => ({ recipient: row.handle, address: row.address, since: row.pending_since }));
}

/** The mail was handed over: forget the address, keep the pause. News that came in meanwhile is taken up by the next round. */
export async function settleMail(db: Executor, claim: MailClaim): Promise<void> {
  await sql`UPDATE news_recipient SET pending_since = NULL, address = NULL WHERE handle = ${claim.recipient} AND pending_since = ${claim.since}`.execute(db);
}

/** Removes pauses that are over: who is not waiting for mail leaves no row. */
export async function forgetRecipients(db: Executor, at: Date): Promise<void> {
  await sql`DELETE FROM news_recipient WHERE pending_since IS NULL AND not_before <= ${at}`.execute(db);
}
