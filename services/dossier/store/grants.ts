/** Stores hand-overs of keys and the consents they rest on; for the dossier's server room. */
import { sql } from "kysely";
import type { ConsentPayload, DossierRole, GrantPayload } from "#services/dossier/contract/index.ts";
import type { Envelope } from "#services/directory/contract/index.ts";
import type { Executor } from "./dossiers.ts";

/** A verified hand-over. */
export interface Grant {
  readonly payload: GrantPayload;
  readonly hash: string;
  readonly statement: Envelope;
  /** `dossier`, `channel:<name>` or item id -> sealed key. */
  readonly sealed: Readonly<Record<string, string>>;
  /** The earlier of the grant's own end and its consent's. */
  readonly until: Date | null;
}

/** Stores hand-overs; false when one of the ids was used before in this dossier. */
export async function insertGrants(trx: Executor, organisation: string, grants: readonly Grant[]): Promise<boolean> {
  if (grants.length === 0) return true;
  const values = grants.map(({ payload, hash, statement, sealed, until }) => {
    const person = "person" in payload.to ? payload.to.person : null;
    const desk = "desk" in payload.to ? payload.to.desk : null;
    const epoch = "desk" in payload.to ? payload.to.epoch : null;
    return sql`(${organisation}, ${payload.dossier}::uuid, ${payload.grant}::uuid, ${hash}, ${payload.role}, ${person}::uuid, ${desk}::uuid, ${epoch}::bigint, ${payload.keys.scope}, ${payload.consent}::text,
      ${until}::timestamptz, ${JSON.stringify(statement)}::jsonb, ${JSON.stringify(sealed)}::jsonb)`;
  });
  const result =
    await sql`INSERT INTO dossier_grant (organisation, dossier, id, hash, role, person_id, desk_id, epoch, scope, consent, until, statement, sealed)
    VALUES ${sql.join(values)} ON CONFLICT DO NOTHING`.execute(trx);
  return result.numAffectedRows === BigInt(grants.length);
}

/** A hand-over as its receiver reads it back. */
export interface GrantRow {
  readonly dossier: string;
  readonly id: string;
  readonly statement: Envelope;
  readonly sealed: Record<string, string>;
}

/** Hand-overs to this person or to one of these desks that have not ended, oldest first. */
export async function readGrants(
  db: Executor,
  organisation: string,
  dossiers: readonly string[],
  person: string,
  desks: readonly string[],
  at: Date,
): Promise<GrantRow[]> {
  const { rows } = await sql<{
    dossier: string;
    id: string;
    statement: Envelope;
    sealed: Record<string, string>;
  }>`SELECT dossier, id, statement, sealed FROM dossier_grant
    WHERE organisation = ${organisation} AND dossier = ANY(${[...dossiers]}::uuid[]) AND (person_id = ${person} OR desk_id = ANY(${[...desks]}::uuid[])) AND (until IS NULL OR until > ${at})
    ORDER BY id`.execute(db);
  return rows.map((row) => ({ dossier: row.dossier, id: row.id, statement: row.statement, sealed: row.sealed }));
}

/** The statements of every hand-over of a dossier, ended ones too, oldest first; without the keys. */
export async function readHandOvers(db: Executor, organisation: string, dossier: string): Promise<Envelope[]> {
  const { rows } = await sql<{ statement: Envelope }>`SELECT statement FROM dossier_grant
    WHERE organisation = ${organisation} AND dossier = ${dossier} ORDER BY id`.execute(db);
  return rows.map(({ statement }) => statement);
}

/** A verified consent. */
export interface Consent {
  readonly payload: ConsentPayload;
  readonly hash: string;
  readonly statement: Envelope;
}

/** Stores consents; the same statement twice is one. */
export async function insertConsents(trx: Executor, organisation: string, dossier: string, consents: readonly Consent[]): Promise<void> {
  if (consents.length === 0) return;
  const values = consents.map(
    ({ payload, hash, statement }) =>
      sql`(${organisation}, ${dossier}::uuid, ${hash}, ${payload.to.desk}::uuid, ${payload.to.role}, ${new Date(payload.until)}::timestamptz, ${JSON.stringify(statement)}::jsonb)`,
  );
  await sql`INSERT INTO dossier_consent (organisation, dossier, hash, desk_id, role, until, statement) VALUES ${sql.join(values)} ON CONFLICT DO NOTHING`.execute(
    trx,
  );
}

/** A consent as stored. */
export interface ConsentRow {
  readonly dossier: string;
  readonly hash: string;
  readonly desk: string;
  readonly role: DossierRole;
  readonly statement: Envelope;
  readonly withdrawn: Date | null;
}

interface ConsentRecord {
  dossier: string;
  hash: string;
  desk_id: string;
  role: DossierRole;
  statement: Envelope;
  withdrawn: Date | null;
}
const consentOf = (row: ConsentRecord): ConsentRow => ({
  dossier: row.dossier,
  hash: row.hash,
  desk: row.desk_id,
  role: row.role,
  statement: row.statement,
  withdrawn: row.withdrawn,
});

/** All consents of the given dossiers of one tenant. */
export async function readConsents(db: Executor, organisation: string, dossiers: readonly string[]): Promise<ConsentRow[]> {
  const { rows } = await sql<ConsentRecord>`SELECT dossier, hash, desk_id, role, statement, withdrawn FROM dossier_consent
    WHERE organisation = ${organisation} AND dossier = ANY(${[...dossiers]}::uuid[]) ORDER BY hash`.execute(db);
  return rows.map(consentOf);
}

/**
 * Withdraws a consent and ends every participation and hand-over that rests on it.
 * @returns "unknown" when there is no such consent, "before" when it was withdrawn already, else the desk that lost access.
 */
export async function withdrawConsent(
  trx: Executor,
  organisation: string,
  dossier: string,
  hash: string,
  withdrawal: Envelope,
  at: Date,
): Promise<"unknown" | "before" | { readonly desk: string }> {
  const { rows } = await sql<ConsentRecord>`SELECT dossier, hash, desk_id, role, statement, withdrawn FROM dossier_consent
    WHERE organisation = ${organisation} AND dossier = ${dossier} AND hash = ${hash} FOR UPDATE`.execute(trx);
  const consent = rows[0];
  if (consent === undefined) return "unknown";
  if (consent.withdrawn !== null) return "before";
  await sql`UPDATE dossier_consent SET withdrawn = ${at}, withdrawal = ${JSON.stringify(withdrawal)}::jsonb WHERE organisation = ${organisation} AND dossier = ${dossier} AND hash = ${hash}`.execute(
    trx,
  );
  await sql`UPDATE dossier_participant SET until = ${at} WHERE organisation = ${organisation} AND dossier = ${dossier} AND consent = ${hash} AND (until IS NULL OR until > ${at})`.execute(
    trx,
  );
  await sql`UPDATE dossier_grant SET until = ${at} WHERE organisation = ${organisation} AND dossier = ${dossier} AND consent = ${hash} AND (until IS NULL OR until > ${at})`.execute(
    trx,
  );
  return { desk: consent.desk_id };
}
