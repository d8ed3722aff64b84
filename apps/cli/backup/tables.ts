/** Tables as streams: out of a snapshot, into an empty database, and as a hash of what they hold. Nothing passes through memory whole. For take.ts and put-back.ts. */
import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import type pg from "pg";
import { from as copyFrom, to as copyTo } from "pg-copy-streams";
import type { TableRecord } from "./manifest.ts";

/** What is not taken along: sessions and challenges (everyone signs in anew after a restore), uploads that no entry names yet, turns, and servers that ran. */
const leftOut = new Set([
  "person_session",
  "session_confirmation",
  "sign_in_challenge",
  "organisation_attempt",
  "dossier_upload",
  "shared_pace",
  "running_server",
  "applied_migrations",
]);

type Shape = Pick<TableRecord, "name" | "columns" | "key">;

/** Values look alike in every database and session: UTC, ISO dates, hexadecimal bytes. Call it inside the transaction that copies. */
export async function speakPlainly(client: pg.Client): Promise<void> {
  for (const setting of ["timezone = 'UTC'", "datestyle = 'ISO, YMD'", "intervalstyle = 'iso_8601'", "bytea_output = 'hex'", "extra_float_digits = 1"])
    await client.query(`SET LOCAL ${setting}`);
}

/** Every table of ours with its columns and its primary key. */
export async function readShapes(client: pg.Client): Promise<Shape[]> {
  const { rows } = await client.query<{ name: string; columns: string[]; key: string[] }>(`
    SELECT c.relname AS name,
      (SELECT array_agg(a.attname::text ORDER BY a.attnum) FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS columns,
      (SELECT array_agg(a.attname::text ORDER BY k.place) FROM pg_index i, unnest(i.indkey) WITH ORDINALITY AS k (attnum, place)
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.attnum WHERE i.indrelid = c.oid AND i.indisprimary) AS key
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public' AND c.relkind = 'r' ORDER BY c.relname`);
  return rows.filter(({ name }) => !leftOut.has(name));
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/**
 * Rows in the order of their key, so that the same content gives the same bytes wherever it lies. Text is ordered by its bytes: databases differ in how they order words.
 * The key is cast to text, since not every type has a collation.
 */
const selectOf = ({ name, columns, key }: Shape): string =>
  `COPY (SELECT ${columns.map(quoted).join(", ")} FROM public.${quoted(name)} ORDER BY ${key.map((column) => `${quoted(column)}::text COLLATE "C"`).join(", ")}) TO STDOUT`;

/** Counts lines and hashes what passes by. A line break inside a value is written as `\\n` by COPY, so each line is a row. */
class Counted extends Transform {
  readonly hash = createHash("sha256");
  rows = 0;
  override _transform(piece: Buffer, _encoding: BufferEncoding, done: (error: null, piece: Buffer) => void): void {
    this.hash.update(piece);
    for (let at = piece.indexOf(10); at !== -1; at = piece.indexOf(10, at + 1)) this.rows += 1;
    done(null, piece);
  }
}

/** Writes a table to a file. */
export async function writeTable(client: pg.Client, shape: Shape, path: string): Promise<TableRecord> {
  const content = new Counted();
  const file = createHash("sha256");
  const hashed = new Transform({
    transform: (piece: Buffer, _encoding, done) => {
      file.update(piece);
      done(null, piece);
    },
  });
  await pipeline(
    client.query(copyTo(selectOf(shape))),
    content,
    createGzip({ level: 6 }),
    hashed,
    createWriteStream(path, { flags: "wx", mode: 0o600, flush: true }),
  );
  return { ...shape, rows: content.rows, content: content.hash.digest("hex"), file: file.digest("hex") };
}

/** What a table holds now, in the columns of a record. */
export async function digestTable(client: pg.Client, shape: Shape): Promise<{ readonly rows: number; readonly content: string }> {
  const content = new Counted();
  content.resume();
  await pipeline(client.query(copyTo(selectOf(shape))), content);
  return { rows: content.rows, content: content.hash.digest("hex") };
}

/** Puts the rows of a file into a table that has none. */
export async function readTable(client: pg.Client, { name, columns }: Shape, path: string): Promise<void> {
  const into = client.query(copyFrom(`COPY public.${quoted(name)} (${columns.map(quoted).join(", ")}) FROM STDIN`));
  await pipeline(createReadStream(path), createGunzip(), into);
}
