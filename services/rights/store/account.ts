/** Takes an account away, in one transaction; for this service's server room. What other people's dossiers say of the person stays theirs: entries they signed, hand-overs to them, public rosters. */
import { sql } from "kysely";
import type { Transaction } from "#services/storage/index.ts";

/** What keeps an account from being erased. */
export interface AccountTies {
  /** Desks the person is in. */
  readonly desks: number;
  /** Dossiers of their own, by id; those of an organisation are not theirs. */
  readonly dossiers: number;
}

/** Locks the person until the transaction ends and counts what ties them. @param organisational kinds of dossiers that are an organisation's. @returns null when there is no such person. */
export async function lockTies(trx: Transaction, person: string, organisational: readonly string[]): Promise<AccountTies | null> {
  const found = await sql`SELECT 1 FROM person WHERE person = ${person} FOR UPDATE`.execute(trx);
  if (found.rows.length === 0) return null;
  const { rows } = await sql<{ desks: string; dossiers: string }>`SELECT
    (SELECT count(*) FROM desk_member WHERE person = ${person}) AS desks,
    (SELECT count(*) FROM dossier_place p JOIN dossier d ON d.organisation = p.organisation AND d.id = p.dossier
      WHERE p.owner_id = ${person} AND NOT d.kind = ANY(${[...organisational]}::text[])) AS dossiers`.execute(trx);
  return { desks: Number(rows[0]?.desks ?? 0), dossiers: Number(rows[0]?.dossiers ?? 0) };
}

/**
 * Removes everything that makes it an account: card, ways to sign in with the sealed keys in them, sessions, sign-in name, mail address, what waited to be sent.
 * @returns the blobs of uploads no entry took, for the caller to delete after the commit.
 */
export async function eraseAccount(trx: Transaction, person: string): Promise<string[]> {
  await sql`INSERT INTO erased_statement (log, hash, what) SELECT 'main', card_hash, 'person-card' FROM person WHERE person = ${person} ON CONFLICT DO NOTHING`.execute(
    trx,
  );
  await sql`DELETE FROM news_recipient n USING person p WHERE p.person = ${person}
    AND n.handle = rtrim(translate(encode(sha256(convert_to(lower(p.mail), 'UTF8')), 'base64'), '+/', '-_'), '=')`.execute(trx);
  await sql`DELETE FROM dossier_news WHERE person_id = ${person}`.execute(trx);
  await sql`UPDATE erasure_receipt SET owner_id = NULL, request = NULL WHERE owner_id = ${person}`.execute(trx);
  await sql`UPDATE invitation SET accepted_by = NULL WHERE accepted_by = ${person}`.execute(trx);
  const sets = sql`(SELECT recovery FROM recovery_set WHERE person = ${person})`;
  await sql`INSERT INTO erased_statement (log, hash, what) SELECT 'main', hash, 'unlock-record' FROM person_unlock_record WHERE person = ${person}
    UNION SELECT 'main', hash, 'recovery' FROM recovery_statement WHERE recovery IN ${sets} UNION SELECT 'main', hash, 'recovery' FROM recovery_set WHERE person = ${person}
    ON CONFLICT DO NOTHING`.execute(trx);
  for (const table of ["recovery_confirmation", "recovery_attempt", "recovery_share", "recovery_statement"])
    await sql`DELETE FROM ${sql.table(table)} WHERE recovery IN ${sets}`.execute(trx);
  for (const table of [
    "recovery_set",
    "person_unlock_record",
    "session_confirmation",
    "organisation_attempt",
    "organisation_link",
    "roster_proposal",
    "person_unlock",
    "person_session",
    "sign_in_challenge",
    "guest_key",
    "person_handle",
    "person",
  ])
    await sql`DELETE FROM ${sql.table(table)} WHERE person = ${person}`.execute(trx);
  const { rows } = await sql<{ blob: string | null }>`DELETE FROM dossier_upload WHERE person_id = ${person} RETURNING blob`.execute(trx);
  return rows.flatMap(({ blob }) => (blob === null ? [] : [blob]));
}
