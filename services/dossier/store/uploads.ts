/** Keeps account of attachments that arrived before the entry that names them; for the dossier's server room. */
import { sql } from "kysely";
import type { ItemReference } from "#services/dossier/contract/index.ts";
import type { Executor } from "./dossiers.ts";

/** An upload that no entry has taken yet. */
export interface Upload {
  readonly id: string;
  readonly dossier: string;
  readonly item: string;
  readonly size: number;
  readonly received: number;
  /** SHA-256, base64url, and place of the complete blob; null while it grows. */
  readonly digest: string | null;
  readonly blob: string | null;
  /** SHA-256 of the token that may continue it, base64url; null for one that came in one piece. */
  readonly tokenHash: string | null;
  /** Null for a guest who has no session yet. */
  readonly person: string | null;
  readonly expires: Date;
}

interface UploadRow {
  upload: string;
  dossier: string;
  item_id: string;
  size: number;
  received: number;
  digest: string | null;
  blob: string | null;
  token_hash: string | null;
  person_id: string | null;
  expires: Date;
}
const uploadOf = (row: UploadRow): Upload => ({
  id: row.upload,
  dossier: row.dossier,
  item: row.item_id,
  size: row.size,
  received: row.received,
  digest: row.digest,
  blob: row.blob,
  tokenHash: row.token_hash,
  person: row.person_id,
  expires: row.expires,
});

/** Notes an upload. */
export async function insertUpload(db: Executor, upload: Upload): Promise<void> {
  await sql`INSERT INTO dossier_upload (upload, dossier, item_id, size, received, digest, blob, token_hash, person_id, expires)
    VALUES (${upload.id}, ${upload.dossier}, ${upload.item}, ${upload.size}, ${upload.received}, ${upload.digest}, ${upload.blob}, ${upload.tokenHash}, ${upload.person}, ${upload.expires})`.execute(
    db,
  );
}

/** An upload by id; null when there is none (never was, expired or taken by an entry). */
export async function readUpload(db: Executor, id: string): Promise<Upload | null> {
  const { rows } = await sql<UploadRow>`SELECT * FROM dossier_upload WHERE upload = ${id}`.execute(db);
  return rows[0] === undefined ? null : uploadOf(rows[0]);
}

/** Records how far an upload has come and, when complete, where it lies. False when it is gone. */
export async function updateUpload(
  db: Executor,
  id: string,
  received: number,
  complete: { readonly digest: string; readonly key: string } | null,
  expires: Date,
): Promise<boolean> {
  const result =
    await sql`UPDATE dossier_upload SET received = ${received}, digest = ${complete?.digest ?? null}, blob = ${complete?.key ?? null}, expires = ${expires} WHERE upload = ${id}`.execute(
      db,
    );
  return result.numAffectedRows === 1n;
}

/** Takes the uploads of these items out of the account: the entry that names them owns them now. Returns every upload of those items. */
export async function takeUploads(trx: Executor, dossier: string, items: readonly ItemReference[]): Promise<Upload[]> {
  if (items.length === 0) return [];
  const { rows } =
    await sql<UploadRow>`DELETE FROM dossier_upload WHERE dossier = ${dossier} AND item_id = ANY(${items.map((item) => item.item)}::uuid[]) RETURNING *`.execute(
      trx,
    );
  return rows.map(uploadOf);
}

/** Removes and returns uploads that nobody took in time. */
export async function expireUploads(db: Executor, at: Date): Promise<Upload[]> {
  const { rows } = await sql<UploadRow>`DELETE FROM dossier_upload WHERE expires <= ${at} RETURNING *`.execute(db);
  return rows.map(uploadOf);
}

/**
 * Bytes that came in by people without a session and that no entry took, and what came along with dossiers they opened since a moment; each upload counts for 16 KiB at least, so that empty ones are bounded too.
 * A dossier that was handed to several desks counts at each.
 */
export async function guestBytes(db: Executor, since: Date): Promise<number> {
  const { rows } = await sql<{ waiting: string | null; taken: string | null }>`SELECT
    (SELECT sum(CASE WHEN received > 16384 THEN received ELSE 16384 END) FROM dossier_upload WHERE person_id IS NULL) AS waiting,
    (SELECT sum(guest_bytes) FROM desk_dossier WHERE guest_bytes > 0 AND opened > ${since}) AS taken`.execute(db);
  return Number(rows[0]?.waiting ?? 0) + Number(rows[0]?.taken ?? 0);
}

/** What people without a session announced for one dossier and no entry took. */
export async function submissionBytes(db: Executor, dossier: string): Promise<{ readonly files: number; readonly bytes: number }> {
  const { rows } = await sql<{
    files: string;
    bytes: string | null;
  }>`SELECT count(*) AS files, sum(size) AS bytes FROM dossier_upload WHERE dossier = ${dossier} AND person_id IS NULL`.execute(db);
  return { files: Number(rows[0]?.files ?? 0), bytes: Number(rows[0]?.bytes ?? 0) };
}

/** Announced bytes of one person that no entry took. */
export async function personBytes(db: Executor, person: string): Promise<number> {
  const { rows } = await sql<{ total: string | null }>`SELECT sum(size) AS total FROM dossier_upload WHERE person_id = ${person}`.execute(db);
  return Number(rows[0]?.total ?? 0);
}

/** Which of these ids are known uploads. */
export async function knownUploads(db: Executor, ids: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ upload: string }>`SELECT upload FROM dossier_upload WHERE upload = ANY(${[...ids]}::uuid[])`.execute(db);
  return new Set(rows.map(({ upload }) => upload));
}
