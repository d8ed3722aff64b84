/** What is kept of admission: keys of a day, challenges that were answered, tokens that were spent. For this service's server room and apps/server. */
import { sql, type QueryExecutorProvider } from "kysely";
import type { Purpose } from "#services/admission/contract/index.ts";

export { admissionMigrations } from "./migrations.ts";

type Executor = QueryExecutorProvider;

/** A key: its public half, and the private one sealed under the house's key; null once it signs no more. */
export interface AdmissionKeyRow {
  readonly kind: string;
  readonly spki: string;
  readonly secret: string | null;
  /** Until when tokens of it are taken. */
  readonly ends: Date;
}

/** One key, or null. */
export async function readAdmissionKey(db: Executor, kind: string): Promise<AdmissionKeyRow | null> {
  return (await sql<AdmissionKeyRow>`SELECT kind, spki, secret, ends FROM admission_key WHERE kind = ${kind}`.execute(db)).rows[0] ?? null;
}

/** Keys whose tokens are taken. */
export async function readAdmissionKeys(db: Executor, at: Date): Promise<AdmissionKeyRow[]> {
  return (await sql<AdmissionKeyRow>`SELECT kind, spki, secret, ends FROM admission_key WHERE ends > ${at} ORDER BY kind`.execute(db)).rows;
}

/** Keeps a key unless there is one: two servers at once end with the same. @returns the one that stands */
export async function insertAdmissionKey(db: Executor, { kind, spki, secret, ends }: AdmissionKeyRow): Promise<AdmissionKeyRow | null> {
  await sql`INSERT INTO admission_key (kind, spki, secret, ends) VALUES (${kind}, ${spki}, ${secret}, ${ends}) ON CONFLICT (kind) DO NOTHING`.execute(db);
  return await readAdmissionKey(db, kind);
}

/** Writes down what a challenge was answered with, unless it was answered. @returns what stands: the hash of the blinded messages that were signed */
export async function answerOnce(db: Executor, challenge: string, blinded: string, at: Date): Promise<string> {
  await sql`INSERT INTO admission_answered (challenge, blinded, at) VALUES (${challenge}, ${blinded}, ${at}) ON CONFLICT (challenge) DO NOTHING`.execute(db);
  const { rows } = await sql<{ blinded: string }>`SELECT blinded FROM admission_answered WHERE challenge = ${challenge}`.execute(db);
  return rows[0]?.blinded ?? "";
}

/** What a token was spent on; null when it was not. */
export async function readSpentOn(db: Executor, kind: string, spend: string): Promise<string | null> {
  const { rows } = await sql<{ used: string }>`SELECT used FROM admission_spent WHERE kind = ${kind} AND spend = ${spend}`.execute(db);
  return rows[0]?.used ?? null;
}

/** Spends a token on something, in the transaction of what it is spent on. @returns what it is spent on, which is another thing when it was spent before */
export async function spendToken(
  trx: Executor,
  token: { readonly kind: string; readonly spend: string; readonly purpose: Purpose },
  used: string,
  at: Date,
): Promise<string> {
  await sql`INSERT INTO admission_spent (kind, spend, purpose, used, at) VALUES (${token.kind}, ${token.spend}, ${token.purpose}, ${used}, ${at}) ON CONFLICT (kind, spend) DO NOTHING`.execute(
    trx,
  );
  return (await readSpentOn(trx, token.kind, token.spend)) ?? "";
}

/** Challenges answered, and tokens spent by purpose, since a moment; no more than `most` of each are counted. */
export async function countLoad(db: Executor, since: Date, most: number): Promise<Readonly<Record<Purpose | "answered", number>>> {
  const spent = (purpose: Purpose) =>
    sql`(SELECT count(*) FROM (SELECT 1 FROM admission_spent WHERE purpose = ${purpose} AND at > ${since} LIMIT ${most}::bigint) AS counted)`;
  const { rows } = await sql<Record<Purpose | "answered", string>>`SELECT
    (SELECT count(*) FROM (SELECT 1 FROM admission_answered WHERE at > ${since} LIMIT ${most}::bigint) AS counted) AS answered,
    ${spent("dossier")} AS dossier, ${spent("account")} AS account, ${spent("recovery")} AS recovery`.execute(db);
  const [row] = rows;
  return { answered: Number(row?.answered ?? 0), dossier: Number(row?.dossier ?? 0), account: Number(row?.account ?? 0), recovery: Number(row?.recovery ?? 0) };
}

/** Destroys what is over: private keys that sign no more, tokens and keys that are taken no more, answers to challenges that ended. An hour late, for servers whose clocks differ. */
export async function sweepAdmission(db: Executor, at: Date): Promise<void> {
  const hour = 3_600_000;
  const before = (hours: number): Date => new Date(at.getTime() - hours * hour);
  // A key signs on its own day and is taken for a day more.
  await sql`UPDATE admission_key SET secret = NULL WHERE secret IS NOT NULL AND ends <= ${before(-23)}`.execute(db);
  await sql`DELETE FROM admission_spent WHERE kind IN (SELECT kind FROM admission_key WHERE ends <= ${before(1)})`.execute(db);
  await sql`DELETE FROM admission_key WHERE ends <= ${before(1)}`.execute(db);
  await sql`DELETE FROM admission_answered WHERE at <= ${before(1)}`.execute(db);
}
