/** Recovery sets, attempts and what was signed about them; records of ways to sign in. Writing functions take the transaction they belong to. For the directory's server room. */
import { sql } from "kysely";
import type { RecoverySet } from "@rugdekking/seal/verify";
import type { Envelope, UnlockMethod } from "#services/directory/contract/index.ts";
import { attemptsShown, type AttemptFacts, type RecoveryState } from "#services/directory/contract/recovery.ts";
import { enqueueLeaf } from "#services/ledger/store/index.ts";
import type { Transaction } from "#services/storage/index.ts";
import type { Executor } from "./executor.ts";

/** A set as it is kept. `half` null: it ended. */
export interface RecoveryRow {
  readonly recovery: string;
  readonly person: string | null;
  readonly desk: string | null;
  readonly hash: string;
  readonly statement: Envelope;
  readonly signer: string;
  readonly delayHours: number;
  readonly half: string | null;
  readonly method: UnlockMethod | null;
  readonly made: Date;
  readonly ended: Date | null;
}

type SetRow = {
  recovery: string;
  person: string | null;
  desk: string | null;
  hash: string;
  statement: Envelope;
  signer: string;
  delay_hours: number;
  half: string | null;
  method: UnlockMethod | null;
  made: Date;
  ended: Date | null;
};
const setOf = ({ delay_hours: delayHours, ...row }: SetRow): RecoveryRow => ({ ...row, delayHours });
const setColumns = sql`recovery, person, desk, hash, statement, signer, delay_hours, half, method, made, ended`;

/** An attempt as it is kept. */
export interface AttemptRow extends AttemptFacts {
  readonly recovery: string;
  readonly attempt: string;
  /** SHA-256 of the claim's token; null of a desk's. */
  readonly token: string | null;
  readonly temporaryKey: string | null;
  readonly request: Envelope | null;
  readonly askedBy: string | null;
  readonly asked: Date;
  readonly ended: Date | null;
}
type AttemptColumns = {
  recovery: string;
  attempt: string;
  token: string | null;
  temporary_key: string | null;
  request: Envelope | null;
  asked_by: string | null;
  asked: Date;
  ends: Date;
  opens: Date | null;
  taken: Date | null;
  ended: Date | null;
  outcome: RecoveryState | null;
};
const attemptOf = ({ temporary_key: temporaryKey, asked_by: askedBy, ...row }: AttemptColumns): AttemptRow => ({ ...row, temporaryKey, askedBy });

/** Writes a new set with its shares and its leaf. */
export async function insertRecovery(
  trx: Transaction,
  input: {
    readonly set: RecoverySet;
    readonly hash: string;
    readonly statement: Envelope;
    readonly signer: string;
    readonly shares: readonly string[];
    readonly half: string;
    readonly method: UnlockMethod | null;
    readonly at: Date;
  },
): Promise<void> {
  const { set, hash, statement, signer, half, method, at } = input;
  const [person, desk, organisation] = "person" in set.subject ? [set.subject.person, null, null] : [null, set.subject.desk, set.subject.organisation];
  await sql`INSERT INTO recovery_set (recovery, person, organisation, desk, hash, statement, signer, delay_hours, half, method, made)
    VALUES (${set.recovery}, ${person}, ${organisation}, ${desk}, ${hash}, ${JSON.stringify(statement)}::jsonb, ${signer}, ${set.delayHours}, ${half}, ${method === null ? null : JSON.stringify(method)}::jsonb, ${at})`.execute(
    trx,
  );
  for (const holder of set.holders)
    await sql`INSERT INTO recovery_share (recovery, place, person, sign_public_key, sealed)
      VALUES (${set.recovery}, ${holder.place}, ${holder.person}, ${holder.signPublicKey}, ${input.shares[holder.place - 1] ?? ""})`.execute(trx);
  await keepStatement(trx, set.recovery, hash, statement, at);
}

/** Keeps what was signed, for ever, and puts its leaf in the log. False when it is there already. */
export async function keepStatement(trx: Transaction, recovery: string, hash: string, statement: Envelope, at: Date): Promise<boolean> {
  const done =
    await sql`INSERT INTO recovery_statement (recovery, hash, statement, received) VALUES (${recovery}, ${hash}, ${JSON.stringify(statement)}::jsonb, ${at})
    ON CONFLICT (recovery, hash) DO NOTHING`.execute(trx);
  if (done.numAffectedRows !== 1n) return false;
  await enqueueLeaf(trx, { what: "recovery", hash });
  return true;
}

/** A set, or null; locked until the transaction ends with `lock`, so that of a veto and a handing out one comes first. */
export async function readRecovery(db: Executor, recovery: string, lock = false): Promise<RecoveryRow | null> {
  const { rows } = await sql<SetRow>`SELECT ${setColumns} FROM recovery_set WHERE recovery = ${recovery} ${lock ? sql`FOR UPDATE` : sql``}`.execute(db);
  return rows[0] === undefined ? null : setOf(rows[0]);
}

/** The set of a person that still stands, or null. */
export async function standingRecovery(db: Executor, person: string): Promise<RecoveryRow | null> {
  const { rows } = await sql<SetRow>`SELECT ${setColumns} FROM recovery_set WHERE person = ${person} AND ended IS NULL ORDER BY made DESC LIMIT 1`.execute(db);
  return rows[0] === undefined ? null : setOf(rows[0]);
}

/** Sets about a person or desk, newest first; those that ended stay. */
export async function recoveriesAbout(db: Executor, subject: { readonly person: string } | { readonly desks: readonly string[] }): Promise<RecoveryRow[]> {
  const where = "person" in subject ? sql`person = ${subject.person}` : sql`desk = ANY(${[...subject.desks]}::uuid[])`;
  const { rows } = await sql<SetRow>`SELECT ${setColumns} FROM recovery_set WHERE ${where} ORDER BY made DESC LIMIT 100`.execute(db);
  return rows.map(setOf);
}

/** A share as the server keeps it. `sealed` null: its set ended. */
export interface ShareRow {
  readonly recovery: string;
  readonly place: number;
  readonly person: string | null;
  readonly signPublicKey: string;
  readonly sealed: string | null;
}
type ShareColumns = { recovery: string; place: number; person: string | null; sign_public_key: string; sealed: string | null };
const shareOf = ({ sign_public_key: signPublicKey, ...row }: ShareColumns): ShareRow => ({ ...row, signPublicKey });

/** Shares of a set by place. */
export async function sharesOf(db: Executor, recovery: string): Promise<ShareRow[]> {
  const { rows } =
    await sql<ShareColumns>`SELECT recovery, place, person, sign_public_key, sealed FROM recovery_share WHERE recovery = ${recovery} ORDER BY place`.execute(
      db,
    );
  return rows.map(shareOf);
}

/** Shares that a person holds, of sets that stand. */
export async function sharesHeld(db: Executor, person: string): Promise<ShareRow[]> {
  const { rows } = await sql<ShareColumns>`SELECT h.recovery, h.place, h.person, h.sign_public_key, h.sealed
    FROM recovery_share h JOIN recovery_set s ON s.recovery = h.recovery WHERE h.person = ${person} AND s.ended IS NULL ORDER BY s.made DESC LIMIT 200`.execute(
    db,
  );
  return rows.map(shareOf);
}

/** Ends a set: the server's half, the shares and what was passed on are forgotten, attempts that run end with `outcome`. What was signed stays. */
export async function endRecovery(trx: Transaction, recovery: string, outcome: RecoveryState, at: Date): Promise<void> {
  await sql`UPDATE recovery_set SET half = NULL, method = NULL, ended = ${at} WHERE recovery = ${recovery} AND ended IS NULL`.execute(trx);
  await sql`UPDATE recovery_share SET sealed = NULL WHERE recovery = ${recovery}`.execute(trx);
  await sql`UPDATE recovery_attempt SET outcome = ${outcome}, ended = ${at}, token = NULL WHERE recovery = ${recovery} AND outcome IS NULL`.execute(trx);
  await sql`UPDATE recovery_confirmation SET sealed = NULL WHERE recovery = ${recovery}`.execute(trx);
}

/** Writes a new attempt. */
export async function insertRecoveryAttempt(
  trx: Executor,
  row: Pick<AttemptRow, "recovery" | "attempt" | "token" | "temporaryKey" | "request" | "askedBy" | "asked" | "ends">,
): Promise<void> {
  await sql`INSERT INTO recovery_attempt (recovery, attempt, token, temporary_key, request, asked_by, asked, ends)
    VALUES (${row.recovery}, ${row.attempt}, ${row.token}, ${row.temporaryKey}, ${row.request === null ? null : JSON.stringify(row.request)}::jsonb, ${row.askedBy}, ${row.asked}, ${row.ends})`.execute(
    trx,
  );
}

/** One attempt, or null. */
export async function readRecoveryAttempt(db: Executor, recovery: string, attempt: string): Promise<AttemptRow | null> {
  const { rows } = await sql<AttemptColumns>`SELECT * FROM recovery_attempt WHERE recovery = ${recovery} AND attempt = ${attempt}`.execute(db);
  return rows[0] === undefined ? null : attemptOf(rows[0]);
}

/** Attempts of a set, oldest first. */
export async function attemptsOf(db: Executor, recovery: string): Promise<AttemptRow[]> {
  const { rows } = await sql<AttemptColumns>`SELECT a.* FROM recovery_attempt a WHERE a.recovery = ${recovery} AND (a.opens IS NOT NULL
    OR EXISTS (SELECT 1 FROM recovery_confirmation c WHERE c.recovery = ${recovery} AND c.attempt = a.attempt)
    OR a.attempt IN (SELECT n.attempt FROM recovery_attempt n WHERE n.recovery = ${recovery} ORDER BY n.asked DESC, n.attempt DESC LIMIT ${attemptsShown}))
    ORDER BY a.asked, a.attempt`.execute(db);
  return rows.map(attemptOf);
}

/** A confirmation as it is kept; `sealed` null for the code on paper, or after the end. */
export interface ConfirmationRow {
  readonly attempt: string;
  readonly place: number;
  readonly statement: Envelope;
  readonly sealed: string | null;
}

/** Confirmations of a set's attempts, by place. */
export async function confirmationsOf(db: Executor, recovery: string): Promise<ConfirmationRow[]> {
  return (
    await sql<ConfirmationRow>`SELECT attempt, place, statement, sealed FROM recovery_confirmation WHERE recovery = ${recovery} ORDER BY place`.execute(db)
  ).rows;
}

/** Writes a confirmation; false when this place confirmed already. */
export async function insertConfirmation(trx: Transaction, recovery: string, row: ConfirmationRow): Promise<boolean> {
  const done = await sql`INSERT INTO recovery_confirmation (recovery, attempt, place, statement, sealed)
    VALUES (${recovery}, ${row.attempt}, ${row.place}, ${JSON.stringify(row.statement)}::jsonb, ${row.sealed}) ON CONFLICT (recovery, attempt, place) DO NOTHING`.execute(
    trx,
  );
  return done.numAffectedRows === 1n;
}

/** Two shares are there: from when it may be handed out. Set once. */
export async function openAt(trx: Transaction, recovery: string, attempt: string, opens: Date, ends: Date): Promise<void> {
  await sql`UPDATE recovery_attempt SET opens = ${opens}, ends = ${ends} WHERE recovery = ${recovery} AND attempt = ${attempt} AND opens IS NULL`.execute(trx);
}

/** It was handed out. The first time stays. */
export async function markTaken(trx: Transaction, recovery: string, attempt: string, at: Date): Promise<void> {
  await sql`UPDATE recovery_attempt SET taken = ${at} WHERE recovery = ${recovery} AND attempt = ${attempt} AND taken IS NULL`.execute(trx);
}

/** Ends one attempt, and forgets what was passed on for it. */
export async function endAttempt(trx: Transaction, recovery: string, attempt: string, outcome: RecoveryState, at: Date): Promise<void> {
  await sql`UPDATE recovery_attempt SET outcome = ${outcome}, ended = ${at}, token = NULL WHERE recovery = ${recovery} AND attempt = ${attempt} AND outcome IS NULL`.execute(
    trx,
  );
  await sql`UPDATE recovery_confirmation SET sealed = NULL WHERE recovery = ${recovery} AND attempt = ${attempt}`.execute(trx);
}

/** Everything that was signed about a set, as it came in. */
export async function statementsAbout(db: Executor, recovery: string): Promise<{ statement: Envelope; received: Date }[]> {
  return (
    await sql<{
      statement: Envelope;
      received: Date;
    }>`SELECT statement, received FROM recovery_statement WHERE recovery = ${recovery} ORDER BY received, hash`.execute(db)
  ).rows;
}

/** The epoch's key under the recovery key that its roster names; the one of an earlier epoch goes. */
export async function keepRecoveryKey(
  trx: Transaction,
  place: { readonly organisation: string; readonly desk: string; readonly epoch: number },
  key: { readonly recovery: string; readonly sealed: string } | null,
): Promise<void> {
  await sql`DELETE FROM desk_recovery_key WHERE organisation = ${place.organisation} AND desk = ${place.desk}`.execute(trx);
  if (key !== null)
    await sql`INSERT INTO desk_recovery_key (organisation, desk, epoch, recovery, sealed)
      VALUES (${place.organisation}, ${place.desk}, ${place.epoch}, ${key.recovery}, ${key.sealed})`.execute(trx);
}

/** The present epoch's key under the recovery key, or null when its roster names none. */
export async function readRecoveryKey(db: Executor, organisation: string, desk: string): Promise<{ epoch: number; recovery: string; sealed: string } | null> {
  const { rows } = await sql<{ epoch: number; recovery: string; sealed: string }>`SELECT epoch, recovery, sealed FROM desk_recovery_key
    WHERE organisation = ${organisation} AND desk = ${desk}`.execute(db);
  return rows[0] ?? null;
}

/** Ends what lapsed, and forgets claims under names that have nothing. A job that apps/server runs every few minutes. */
export async function sweepRecovery(db: Executor, at: Date): Promise<void> {
  await sql`DELETE FROM recovery_attempt WHERE ends <= ${at} AND recovery NOT IN (SELECT recovery FROM recovery_set)`.execute(db);
  await sql`UPDATE recovery_confirmation SET sealed = NULL WHERE sealed IS NOT NULL AND (recovery, attempt) IN (SELECT recovery, attempt FROM recovery_attempt WHERE ends <= ${at})`.execute(
    db,
  );
  await sql`UPDATE recovery_attempt SET outcome = 'lapsed', ended = ends, token = NULL WHERE ends <= ${at} AND outcome IS NULL`.execute(db);
  // Anyone may ask, so what came to nothing does not pile up: the newest stay, for their person to see.
  await sql`DELETE FROM recovery_attempt a WHERE a.ends <= ${at} AND a.outcome = 'lapsed' AND a.opens IS NULL AND a.request IS NULL
    AND NOT EXISTS (SELECT 1 FROM recovery_confirmation c WHERE c.recovery = a.recovery AND c.attempt = a.attempt)
    AND (SELECT count(*) FROM recovery_attempt n WHERE n.recovery = a.recovery AND (n.asked, n.attempt) > (a.asked, a.attempt)) >= ${attemptsShown}`.execute(
    db,
  );
}

/** Records of a person's ways to sign in, first one first. */
export async function readUnlockRecords(db: Executor, person: string): Promise<{ hash: string; statement: Envelope; received: Date }[]> {
  return (
    await sql<{
      hash: string;
      statement: Envelope;
      received: Date;
    }>`SELECT hash, statement, received FROM person_unlock_record WHERE person = ${person} ORDER BY seq`.execute(db)
  ).rows;
}

/** The newest record's hash and number, or null. */
export async function newestUnlockRecord(db: Executor, person: string): Promise<{ seq: number; hash: string } | null> {
  const { rows } = await sql<{
    seq: number;
    hash: string;
  }>`SELECT seq, hash FROM person_unlock_record WHERE person = ${person} ORDER BY seq DESC LIMIT 1`.execute(db);
  return rows[0] ?? null;
}

/** Keeps a record that was checked, with its leaf. */
export async function insertUnlockRecord(
  trx: Transaction,
  row: { readonly person: string; readonly seq: number; readonly hash: string; readonly statement: Envelope; readonly at: Date },
): Promise<void> {
  await sql`INSERT INTO person_unlock_record (person, seq, hash, statement, received) VALUES (${row.person}, ${row.seq}, ${row.hash}, ${JSON.stringify(row.statement)}::jsonb, ${row.at})`.execute(
    trx,
  );
  await enqueueLeaf(trx, { what: "unlock-record", hash: row.hash });
}
