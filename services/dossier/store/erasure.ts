/**
 * Stores erasures under way, what holds them up, and the receipts that stay; takes a dossier apart step by step. For the dossier's server room.
 *
 * [Note: Keys first] The first step removes every wrapped key and every cover in one transaction: from its commit on nothing that is left can be opened by anyone, whatever happens to the rest. Attachments, bodies and the head
 * follow in small steps, each of which may be killed and begun again: bytes go before the row that names them, and the head goes last, so that what is left always says what is still to do.
 */
import { sql } from "kysely";
import { v7 } from "uuid";
import type { DeskNotice, ErasureReason, LoggedStatement } from "#services/dossier/contract/erasure.ts";
import type { DossierKind } from "#services/dossier/contract/index.ts";
import type { Envelope } from "#services/directory/contract/index.ts";
import type { Executor } from "./dossiers.ts";
import { takeOffWorklist, type DeskPlace } from "./worklist.ts";

/** Row of `dossier_erasure`. */
export interface ErasureRow {
  readonly dossier: string;
  readonly organisation: string;
  readonly kind: DossierKind;
  readonly owner: string;
  readonly reason: ErasureReason;
  readonly rule: string;
  readonly state: "waiting" | "held" | "erasing";
  readonly requested: Date;
  readonly due: Date;
  readonly request: Envelope | null;
  readonly requestHash: string | null;
}

const columns = sql`dossier, organisation, kind, owner_id AS owner, reason, rule, state, requested, due, request, request_hash AS "requestHash"`;

/** Notes an erasure; false when one of this dossier is under way. */
export async function insertErasure(trx: Executor, row: ErasureRow): Promise<boolean> {
  const done = await sql`INSERT INTO dossier_erasure (dossier, organisation, kind, owner_id, reason, rule, state, requested, due, request, request_hash)
    VALUES (${row.dossier}, ${row.organisation}, ${row.kind}, ${row.owner}, ${row.reason}, ${row.rule}, ${row.state}, ${row.requested}, ${row.due},
      ${row.request === null ? null : JSON.stringify(row.request)}::jsonb, ${row.requestHash}::text) ON CONFLICT (dossier) DO NOTHING`.execute(trx);
  return done.numAffectedRows === 1n;
}

/** The erasure of a dossier under way, locked until the transaction ends; null when there is none. */
export async function lockErasure(trx: Executor, dossier: string): Promise<ErasureRow | null> {
  return (await sql<ErasureRow>`SELECT ${columns} FROM dossier_erasure WHERE dossier = ${dossier} FOR UPDATE`.execute(trx)).rows[0] ?? null;
}

/** Moves one on. */
export async function updateErasure(trx: Executor, dossier: string, state: ErasureRow["state"], due: Date): Promise<void> {
  await sql`UPDATE dossier_erasure SET state = ${state}, due = ${due} WHERE dossier = ${dossier}`.execute(trx);
}

/** The owner's own request takes the place of a rule that was waiting. */
export async function replaceErasure(trx: Executor, row: ErasureRow): Promise<void> {
  await deleteErasure(trx, row.dossier);
  await insertErasure(trx, row);
}

/** Forgets one: it was undone, or is done. */
export async function deleteErasure(trx: Executor, dossier: string): Promise<void> {
  await sql`DELETE FROM dossier_erasure WHERE dossier = ${dossier}`.execute(trx);
}

/** What is being erased of this person's. */
export const erasuresOf = async (db: Executor, owner: string): Promise<ErasureRow[]> =>
  (await sql<ErasureRow>`SELECT ${columns} FROM dossier_erasure WHERE owner_id = ${owner} ORDER BY due, dossier LIMIT 200`.execute(db)).rows;

/** What is due, and what was begun and not ended; oldest first. */
export const dueErasures = async (db: Executor, at: Date, limit: number): Promise<ErasureRow[]> =>
  (await sql<ErasureRow>`SELECT ${columns} FROM dossier_erasure WHERE due <= ${at} ORDER BY due, dossier LIMIT ${limit}`.execute(db)).rows;

/** A dossier that came to an end. */
export interface EndedDossier {
  readonly organisation: string;
  readonly id: string;
  readonly kind: DossierKind;
  readonly owner: string;
  /** Its end, or the last entry after it. */
  readonly changed: Date;
}

/** Dossiers of a kind that ended before `before` and of which no erasure is under way; oldest first. The condition on phases is that of the index `dossier_ended`. */
export async function endedBefore(db: Executor, kind: DossierKind, before: Date, limit: number): Promise<EndedDossier[]> {
  const { rows } = await sql<EndedDossier>`SELECT d.organisation, d.id, d.kind, d.owner_id AS owner, d.changed FROM dossier d
    WHERE d.kind = ${kind} AND d.changed <= ${before} AND d.phase IN ('closed', 'completed', 'pointed', 'withdrawn')
      AND NOT EXISTS (SELECT 1 FROM dossier_erasure e WHERE e.dossier = d.id)
    ORDER BY d.changed LIMIT ${limit}`.execute(db);
  return rows;
}

/** Rules that wait while their dossier was written in again: it is in use, so they start over. */
export async function dropRevived(trx: Executor): Promise<string[]> {
  const { rows } = await sql<{ dossier: string }>`DELETE FROM dossier_erasure e USING dossier d
    WHERE e.reason = 'retention' AND e.state = 'waiting' AND d.organisation = e.organisation AND d.id = e.dossier AND d.changed > e.requested RETURNING e.dossier`.execute(
    trx,
  );
  return rows.map(({ dossier }) => dossier);
}

/** Desks that have part in a dossier, ended ones too, each once, in one order for everyone. */
export async function desksIn(db: Executor, organisation: string, dossier: string): Promise<DeskPlace[]> {
  const { rows } = await sql<{ desk: string; organisation: string }>`SELECT DISTINCT desk_id AS desk, desk_organisation AS organisation FROM dossier_participant
    WHERE organisation = ${organisation} AND dossier = ${dossier} AND desk_id IS NOT NULL AND desk_organisation IS NOT NULL ORDER BY 1`.execute(db);
  return rows;
}

/** How much there is of a dossier. */
export interface DossierMeasure {
  readonly entries: number;
  readonly items: number;
  readonly attachments: number;
  readonly handOvers: number;
  /** Statements in the log that go: entries, hand-overs and consents. */
  readonly statements: number;
}

/** Counts what will go. */
export async function measure(trx: Executor, organisation: string, dossier: string): Promise<DossierMeasure> {
  const { rows } = await sql<Record<"entries" | "items" | "attachments" | "hand_overs" | "consents", string>>`SELECT
    (SELECT count(*) FROM dossier_entry WHERE organisation = ${organisation} AND dossier = ${dossier}) AS entries,
    (SELECT count(*) FROM dossier_entry_item WHERE organisation = ${organisation} AND dossier = ${dossier}) AS items,
    (SELECT count(*) FROM dossier_entry_item WHERE organisation = ${organisation} AND dossier = ${dossier} AND blob IS NOT NULL) AS attachments,
    (SELECT count(*) FROM dossier_grant WHERE organisation = ${organisation} AND dossier = ${dossier}) AS hand_overs,
    (SELECT count(*) FROM dossier_consent WHERE organisation = ${organisation} AND dossier = ${dossier}) AS consents`.execute(trx);
  const [row] = rows;
  const of = (name: "entries" | "items" | "attachments" | "hand_overs" | "consents"): number => Number(row?.[name] ?? 0);
  return {
    entries: of("entries"),
    items: of("items"),
    attachments: of("attachments"),
    handOvers: of("hand_overs"),
    statements: of("entries") + of("hand_overs") + of("consents"),
  };
}

/** Step 1 of [Note: Keys first]: marks the leaves of what goes as erased by right, then removes every key, cover, consent, worklist line and pointer. */
export async function eraseKeys(trx: Executor, organisation: string, dossier: string, places: readonly DeskPlace[]): Promise<void> {
  const mine = sql`organisation = ${organisation} AND dossier = ${dossier}`;
  await sql`INSERT INTO erased_statement (log, hash, what)
    SELECT 'main', hash, 'entry' FROM dossier_entry WHERE ${mine} UNION SELECT 'main', hash, 'grant' FROM dossier_grant WHERE ${mine}
    UNION SELECT 'main', hash, 'consent' FROM dossier_consent WHERE ${mine} ON CONFLICT DO NOTHING`.execute(trx);
  for (const place of places) {
    await takeOffWorklist(trx, place, dossier);
    for (const table of ["answer_link", "dossier_outgoing"])
      await sql`DELETE FROM ${sql.table(table)} WHERE organisation = ${place.organisation} AND dossier = ${dossier}`.execute(trx);
  }
  for (const table of ["dossier_grant", "dossier_participant", "dossier_consent", "running_term", "term_event", "dossier_hold"])
    await sql`DELETE FROM ${sql.table(table)} WHERE ${mine}`.execute(trx);
  await sql`UPDATE dossier SET cover = NULL WHERE organisation = ${organisation} AND id = ${dossier}`.execute(trx);
}

/** While a hold stands: everyone but these desks loses the dossier, keys and all; their hand-overs stay as statements without keys, so that the chain still verifies for who holds it. */
export async function restrictTo(
  trx: Executor,
  organisation: string,
  dossier: string,
  desks: readonly string[],
  others: readonly DeskPlace[],
  at: Date,
): Promise<void> {
  const others_ = sql`organisation = ${organisation} AND dossier = ${dossier} AND (desk_id IS NULL OR NOT desk_id = ANY(${[...desks]}::uuid[]))`;
  await sql`UPDATE dossier_participant SET until = ${at} WHERE ${others_} AND (until IS NULL OR until > ${at})`.execute(trx);
  await sql`UPDATE dossier_grant SET until = CASE WHEN until IS NULL OR until > ${at} THEN ${at} ELSE until END, sealed = '{}'::jsonb WHERE ${others_}`.execute(
    trx,
  );
  await sql`DELETE FROM running_term WHERE organisation = ${organisation} AND dossier = ${dossier}`.execute(trx);
  for (const place of others) {
    await takeOffWorklist(trx, place, dossier);
    await sql`DELETE FROM answer_link WHERE organisation = ${place.organisation} AND desk_id = ${place.desk} AND dossier = ${dossier}`.execute(trx);
  }
}

/** Attachments of a dossier, at most `limit`. */
export async function attachmentsOf(db: Executor, organisation: string, dossier: string, limit: number): Promise<string[]> {
  const { rows } = await sql<{ blob: string }>`SELECT blob FROM dossier_entry_item
    WHERE organisation = ${organisation} AND dossier = ${dossier} AND blob IS NOT NULL ORDER BY item_id LIMIT ${limit}`.execute(db);
  return rows.map(({ blob }) => blob);
}

/** Their bytes are gone: the rows go too. */
export async function forgetAttachments(db: Executor, organisation: string, dossier: string, blobs: readonly string[]): Promise<void> {
  await sql`DELETE FROM dossier_entry_item WHERE organisation = ${organisation} AND dossier = ${dossier} AND blob = ANY(${[...blobs]}::text[])`.execute(db);
}

/** Uploads for this dossier that no entry took. */
export async function uploadsFor(db: Executor, dossier: string): Promise<{ readonly id: string; readonly blob: string | null }[]> {
  return (await sql<{ id: string; blob: string | null }>`SELECT upload AS id, blob FROM dossier_upload WHERE dossier = ${dossier} LIMIT 500`.execute(db)).rows;
}

/** Forgets uploads of which the bytes are gone. */
export async function forgetUploads(db: Executor, uploads: readonly string[]): Promise<void> {
  await sql`DELETE FROM dossier_upload WHERE upload = ANY(${[...uploads]}::uuid[])`.execute(db);
}

/** Removes the last entries with their bodies and items, at most `limit`. @returns how many went. */
export async function eraseEntries(trx: Executor, organisation: string, dossier: string, limit: number): Promise<number> {
  const { rows } = await sql<{ seq: number }>`DELETE FROM dossier_entry WHERE organisation = ${organisation} AND dossier = ${dossier} AND seq IN (
    SELECT seq FROM dossier_entry WHERE organisation = ${organisation} AND dossier = ${dossier} ORDER BY seq DESC LIMIT ${limit}) RETURNING seq`.execute(trx);
  await sql`DELETE FROM dossier_entry_item WHERE organisation = ${organisation} AND dossier = ${dossier} AND seq = ANY(${rows.map(({ seq }) => seq)}::bigint[])`.execute(
    trx,
  );
  return rows.length;
}

/** The last step: head, place and the erasure itself. */
export async function eraseHead(trx: Executor, organisation: string, dossier: string): Promise<void> {
  await sql`DELETE FROM dossier_entry_item WHERE organisation = ${organisation} AND dossier = ${dossier}`.execute(trx);
  await sql`DELETE FROM dossier WHERE organisation = ${organisation} AND id = ${dossier}`.execute(trx);
  await sql`DELETE FROM dossier_place WHERE dossier = ${dossier}`.execute(trx);
  await deleteErasure(trx, dossier);
}

/** A receipt as it is kept. */
export interface ReceiptRow {
  /** SHA-256 of the id of what was erased. */
  readonly subject: string;
  /** Null when the owner's account is gone too. */
  readonly owner: string | null;
  readonly hash: string;
  readonly statement: LoggedStatement;
  readonly request: Envelope | null;
  readonly at: Date;
}

/** Keeps a receipt; the same again changes nothing. */
export async function insertReceipt(trx: Executor, row: ReceiptRow): Promise<void> {
  await sql`INSERT INTO erasure_receipt (receipt, owner_id, hash, statement, request, at) VALUES (${row.subject}, ${row.owner}::uuid, ${row.hash}, ${JSON.stringify(row.statement)}::jsonb,
    ${row.request === null ? null : JSON.stringify(row.request)}::jsonb, ${row.at}) ON CONFLICT (receipt) DO NOTHING`.execute(trx);
}

/** A person's receipts, newest first. */
export const receiptsOf = async (db: Executor, owner: string): Promise<ReceiptRow[]> =>
  (
    await sql<ReceiptRow>`SELECT receipt AS subject, owner_id AS owner, hash, statement, request, at FROM erasure_receipt WHERE owner_id = ${owner} ORDER BY at DESC LIMIT 200`.execute(
      db,
    )
  ).rows;

/** Whether something with this hash of its id was erased: its id is never used again. */
export const wasErased = async (db: Executor, subject: string): Promise<boolean> =>
  (await sql`SELECT 1 FROM erasure_receipt WHERE receipt = ${subject}`.execute(db)).rows.length > 0;

/** A hold as it is kept. */
export interface HoldRow {
  readonly id: string;
  /** Null: the owner's own. */
  readonly desk: string | null;
  readonly by: string;
  readonly signPublicKey: string;
  readonly statement: Envelope;
  /** Sealed under the dossier key. */
  readonly reason: Buffer;
  readonly until: Date;
  readonly lifted: Date | null;
}

/** Keeps a hold; false when its id was used. */
export async function insertHold(trx: Executor, organisation: string, dossier: string, hold: HoldRow): Promise<boolean> {
  const done = await sql`INSERT INTO dossier_hold (organisation, dossier, id, desk_id, by_id, sign_public_key, statement, reason, until, lifted, lift)
    VALUES (${organisation}, ${dossier}, ${hold.id}, ${hold.desk}::uuid, ${hold.by}, ${hold.signPublicKey}, ${JSON.stringify(hold.statement)}::jsonb, ${hold.reason}, ${hold.until}, NULL, NULL)
    ON CONFLICT DO NOTHING`.execute(trx);
  return done.numAffectedRows === 1n;
}

/** All holds of a dossier, ended ones too, oldest first. */
export const readHolds = async (db: Executor, organisation: string, dossier: string): Promise<HoldRow[]> =>
  (
    await sql<HoldRow>`SELECT id, desk_id AS desk, by_id AS by, sign_public_key AS "signPublicKey", statement, reason, until, lifted FROM dossier_hold
      WHERE organisation = ${organisation} AND dossier = ${dossier} ORDER BY id LIMIT 500`.execute(db)
  ).rows;

/** Holds that stand now. */
export const standingHolds = (holds: readonly HoldRow[], at: Date): readonly HoldRow[] => holds.filter(({ until, lifted }) => lifted === null && until > at);

/** Ends a hold before its time. */
export async function liftHold(trx: Executor, organisation: string, dossier: string, hold: string, lift: Envelope, at: Date): Promise<void> {
  await sql`UPDATE dossier_hold SET lifted = ${at}, lift = ${JSON.stringify(lift)}::jsonb WHERE organisation = ${organisation} AND dossier = ${dossier} AND id = ${hold} AND lifted IS NULL`.execute(
    trx,
  );
}

/** Notes for desks what becomes of a dossier they have or had. */
export async function insertNotices(trx: Executor, places: readonly DeskPlace[], notice: Omit<DeskNotice, "at">, at: Date): Promise<void> {
  for (const { desk, organisation } of places)
    await sql`INSERT INTO desk_notice (organisation, desk_id, id, dossier, kind, what, reason, at)
      VALUES (${organisation}, ${desk}, ${v7()}, ${notice.dossier}, ${notice.kind}, ${notice.what}, ${notice.reason}, ${at})`.execute(trx);
}

/** A desk's notices, newest first, at most 200. */
export async function readNotices(db: Executor, { organisation, desk }: DeskPlace): Promise<DeskNotice[]> {
  const { rows } = await sql<Omit<DeskNotice, "at"> & { at: Date }>`SELECT dossier, kind, what, reason, at FROM desk_notice
    WHERE organisation = ${organisation} AND desk_id = ${desk} ORDER BY id DESC LIMIT 200`.execute(db);
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}

/** Notices are read or they are not: after `before` they go. */
export async function expireNotices(db: Executor, before: Date): Promise<void> {
  await sql`DELETE FROM desk_notice WHERE at <= ${before}`.execute(db);
}
