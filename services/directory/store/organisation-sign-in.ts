/** Attempts, accounts and confirmations of organisations' own sign-in; marks instead of names, hashes instead of secrets. For the directory's server room. */
import { sql } from "kysely";
import type { Transaction } from "#services/storage/index.ts";
import type { Executor } from "./executor.ts";

/** An attempt; `hash` is SHA-256 of `state`, base64url. */
export interface AttemptRow {
  readonly hash: string;
  /** SHA-256 of the token of the session it was begun in. */
  readonly session: string;
  readonly person: string;
  readonly organisation: string;
  readonly outcome: "waiting" | "answered" | "confirmed" | "link";
  readonly subject: string | null;
  readonly providerSession: string | null;
  readonly expires: Date;
}

type Row = {
  challenge: string;
  session: string;
  person: string;
  organisation: string;
  outcome: AttemptRow["outcome"];
  subject: string | null;
  provider_session: string | null;
  expires: Date;
};
const attemptOf = (row: Row): AttemptRow => ({
  hash: row.challenge,
  session: row.session,
  person: row.person,
  organisation: row.organisation,
  outcome: row.outcome,
  subject: row.subject,
  providerSession: row.provider_session,
  expires: row.expires,
});

/** Begins an attempt; one that the session began before for this organisation is over. */
export async function insertSignInAttempt(trx: Transaction, one: Pick<AttemptRow, "hash" | "session" | "person" | "organisation" | "expires">): Promise<void> {
  await sql`DELETE FROM organisation_attempt WHERE session = ${one.session} AND organisation = ${one.organisation}`.execute(trx);
  await sql`INSERT INTO organisation_attempt (challenge, session, person, organisation, outcome, expires)
    VALUES (${one.hash}, ${one.session}, ${one.person}, ${one.organisation}, 'waiting', ${one.expires})`.execute(trx);
}

/** Takes an attempt to be judged: only the first in time, of the session it was begun in, gets it. */
export async function takeAttempt(db: Executor, hash: string, session: string, organisation: string, at: Date): Promise<AttemptRow | null> {
  const { rows } = await sql<Row>`UPDATE organisation_attempt SET outcome = 'answered'
    WHERE challenge = ${hash} AND session = ${session} AND organisation = ${organisation} AND outcome = 'waiting' AND expires > ${at} RETURNING *`.execute(db);
  return rows[0] === undefined ? null : attemptOf(rows[0]);
}

/** Notes what came of an attempt. */
export async function settleAttempt(
  trx: Transaction,
  hash: string,
  outcome: "confirmed" | "link",
  vouched: { readonly subject: string; readonly providerSession: string | null },
): Promise<void> {
  await sql`UPDATE organisation_attempt SET outcome = ${outcome}, subject = ${vouched.subject}, provider_session = ${vouched.providerSession}
    WHERE challenge = ${hash}`.execute(trx);
}

/** An attempt of this session that is not over, or null. */
export async function readSignInAttempt(db: Executor, hash: string, session: string, at: Date): Promise<AttemptRow | null> {
  const { rows } = await sql<Row>`SELECT * FROM organisation_attempt WHERE challenge = ${hash} AND session = ${session} AND expires > ${at}`.execute(db);
  return rows[0] === undefined ? null : attemptOf(rows[0]);
}

/** Uses up an attempt that waits for the person's signature; null for everyone after the first. */
export async function useAttempt(trx: Transaction, hash: string, session: string, at: Date): Promise<AttemptRow | null> {
  const { rows } = await sql<Row>`DELETE FROM organisation_attempt
    WHERE challenge = ${hash} AND session = ${session} AND outcome = 'link' AND expires > ${at} RETURNING *`.execute(trx);
  return rows[0] === undefined ? null : attemptOf(rows[0]);
}

/** Who tied this account to themself, or null. */
export async function personOfSubject(db: Executor, organisation: string, subject: string): Promise<string | null> {
  const { rows } = await sql<{ person: string }>`SELECT person FROM organisation_link WHERE organisation = ${organisation} AND subject = ${subject}`.execute(
    db,
  );
  return rows[0]?.person ?? null;
}

/** Ties an account to a person in the place of the one they had; false when someone else has it. */
export async function linkSubject(trx: Transaction, organisation: string, subject: string, person: string, at: Date): Promise<boolean> {
  await sql`DELETE FROM organisation_link WHERE organisation = ${organisation} AND person = ${person} AND subject <> ${subject}`.execute(trx);
  await sql`INSERT INTO organisation_link (organisation, subject, person, linked) VALUES (${organisation}, ${subject}, ${person}, ${at})
    ON CONFLICT (organisation, subject) DO NOTHING`.execute(trx);
  return (await personOfSubject(trx, organisation, subject)) === person;
}

/** Unties the person's account and ends what it confirmed; false when there is none. */
export async function unlinkSubject(trx: Transaction, organisation: string, person: string): Promise<boolean> {
  const done = await sql`DELETE FROM organisation_link WHERE organisation = ${organisation} AND person = ${person}`.execute(trx);
  await sql`DELETE FROM session_confirmation WHERE organisation = ${organisation} AND person = ${person}`.execute(trx);
  await sql`DELETE FROM roster_proposal WHERE organisation = ${organisation} AND person = ${person}`.execute(trx);
  return (done.numAffectedRows ?? 0n) > 0n;
}

/** Notes that a session is confirmed. */
export async function confirmSession(
  trx: Transaction,
  one: Pick<AttemptRow, "session" | "person" | "organisation" | "providerSession">,
  at: Date,
): Promise<void> {
  await sql`INSERT INTO session_confirmation (session, organisation, person, provider_session, confirmed)
    VALUES (${one.session}, ${one.organisation}, ${one.person}, ${one.providerSession}, ${at})
    ON CONFLICT (session, organisation) DO UPDATE SET person = excluded.person, provider_session = excluded.provider_session, confirmed = excluded.confirmed`.execute(
    trx,
  );
  await sql`UPDATE organisation_link SET confirmed = ${at} WHERE organisation = ${one.organisation} AND person = ${one.person}`.execute(trx);
}

/** Ends what was confirmed not after `at` by this account or in this session at the provider, and the grace that would follow from it. */
export async function endConfirmations(
  trx: Transaction,
  organisation: string,
  who: { readonly subject: string | null; readonly providerSession: string | null },
  at: Date,
): Promise<void> {
  const person = who.subject === null ? null : await personOfSubject(trx, organisation, who.subject);
  // With both named, the session at the provider narrows the account (Back-Channel Logout section 2.4).
  const { rows } = await sql<{ person: string }>`DELETE FROM session_confirmation WHERE organisation = ${organisation} AND confirmed <= ${at}
    AND (${person}::uuid IS NOT NULL OR ${who.providerSession}::text IS NOT NULL)
    AND (${person}::uuid IS NULL OR person = ${person}) AND (${who.providerSession}::text IS NULL OR provider_session = ${who.providerSession}) RETURNING person`.execute(
    trx,
  );
  const persons = [...new Set(rows.map((row) => row.person))];
  if (persons.length > 0)
    await sql`UPDATE organisation_link SET confirmed = NULL WHERE organisation = ${organisation} AND person = ANY(${persons}::uuid[]) AND confirmed <= ${at}`.execute(
      trx,
    );
}

/** A desk of the person whose organisation has a provider, with when this session and this person were last confirmed there. */
export interface DeskConfirmation {
  readonly desk: string;
  readonly organisation: string;
  readonly session: Date | null;
  readonly person: Date | null;
  readonly linked: boolean;
}

/** The person's desks of these organisations. */
export async function deskConfirmations(db: Executor, session: string, person: string, organisations: readonly string[]): Promise<DeskConfirmation[]> {
  const { rows } = await sql<{ desk: string; organisation: string; session: Date | null; person: Date | null; linked: boolean }>`
    SELECT m.desk::text AS desk, p.organisation, c.confirmed AS session, l.confirmed AS person, l.person IS NOT NULL AS linked
    FROM desk_member m JOIN desk_place p ON p.desk = m.desk
    LEFT JOIN session_confirmation c ON c.session = ${session} AND c.organisation = p.organisation
    LEFT JOIN organisation_link l ON l.organisation = p.organisation AND l.person = m.person
    WHERE m.person = ${person} AND p.organisation = ANY(${[...organisations]}::text[]) ORDER BY p.organisation, m.desk`.execute(db);
  return rows;
}

/** Proposes that a person is no longer of a desk, or takes that back; when it was said first stays. */
export async function proposeLeaving(trx: Transaction, organisation: string, desk: string, person: string, leaving: boolean, at: Date): Promise<void> {
  if (leaving)
    await sql`INSERT INTO roster_proposal (organisation, desk, person, since) VALUES (${organisation}, ${desk}, ${person}, ${at}) ON CONFLICT (organisation, desk, person) DO NOTHING`.execute(
      trx,
    );
  else await dropProposal(trx, organisation, desk, person);
}

/** Forgets a proposal; false when there is none. */
export async function dropProposal(db: Executor, organisation: string, desk: string, person: string): Promise<boolean> {
  const done = await sql`DELETE FROM roster_proposal WHERE organisation = ${organisation} AND desk = ${desk} AND person = ${person}`.execute(db);
  return (done.numAffectedRows ?? 0n) > 0n;
}

/** What is proposed for a desk, about people who are in it now. */
export async function proposalsOf(db: Executor, organisation: string, desk: string): Promise<{ readonly person: string; readonly since: Date }[]> {
  const { rows } = await sql<{ person: string; since: Date }>`SELECT r.person::text AS person, r.since FROM roster_proposal r
    JOIN desk_member m ON m.person = r.person AND m.desk = r.desk WHERE r.organisation = ${organisation} AND r.desk = ${desk} ORDER BY r.since, r.person`.execute(
    db,
  );
  return rows;
}

/** Forgets attempts that are over, confirmations of sessions that are gone, and proposals about people who left. */
export async function sweepOrganisationSignIn(db: Executor, at: Date): Promise<void> {
  await sql`DELETE FROM organisation_attempt WHERE expires <= ${at}`.execute(db);
  await sql`DELETE FROM session_confirmation c WHERE NOT EXISTS (SELECT 1 FROM person_session s WHERE s.session = c.session)`.execute(db);
  await sql`DELETE FROM roster_proposal r WHERE NOT EXISTS (SELECT 1 FROM desk_member m WHERE m.person = r.person AND m.desk = r.desk)`.execute(db);
}
