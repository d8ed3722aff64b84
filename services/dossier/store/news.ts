/** The outbox of "er is nieuws" mails: a row in the same transaction as the entry, so that no news is lost and none is sent of what was refused. */
import { sql, type RawBuilder } from "kysely";
import { v7 } from "uuid";
import type { Executor } from "./dossiers.ts";

/** Whom the news is for. */
export type NewsTarget = { readonly person: string } | { readonly desk: string };

/** Notes that there is news, in the transaction of what is new. */
export async function insertNews(trx: Executor, organisation: string, targets: readonly NewsTarget[]): Promise<void> {
  if (targets.length === 0) return;
  const persons = targets.map((target) => ("person" in target ? target.person : null));
  const desks = targets.map((target) => ("desk" in target ? target.desk : null));
  await sql`INSERT INTO dossier_news (organisation, id, person_id, desk_id)
    SELECT ${organisation}, told.id, told.person_id, told.desk_id FROM unnest(${targets.map(() => v7())}::uuid[], ${persons}::uuid[], ${desks}::uuid[]) AS told (id, person_id, desk_id)`.execute(
    trx,
  );
}

/** Ids of news that is made inside a statement, a new one for each row: the time of a UUIDv7 of this process, so that the oldest news goes first, and the database's own chance. */
export const newsIds = (): RawBuilder<string> => sql<string>`(${v7().slice(0, 15)}::text || substr(gen_random_uuid()::text, 16))::uuid`;

/** Takes at most `limit` notes out of the outbox and returns whom they were for, each once. */
export async function takeNews(trx: Executor, limit: number): Promise<NewsTarget[]> {
  const { rows } = await sql<{
    person_id: string | null;
    desk_id: string | null;
  }>`DELETE FROM dossier_news WHERE (organisation, id) IN (SELECT organisation, id FROM dossier_news ORDER BY id LIMIT ${limit})
    RETURNING person_id, desk_id`.execute(trx);
  const persons = new Set(rows.flatMap((row) => (row.person_id === null ? [] : [row.person_id])));
  const desks = new Set(rows.flatMap((row) => (row.desk_id === null ? [] : [row.desk_id])));
  return [...[...persons].map((person) => ({ person })), ...[...desks].map((desk) => ({ desk }))];
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
