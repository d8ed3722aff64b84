/** Puts a backup back into an empty place, and opens it for nobody before everything in it was checked. Called by `rugdekking restore`. */
import { readdir, readFile } from "node:fs/promises";
import { createReadStream } from "node:fs";
import { createHash } from "node:crypto";
import { join } from "node:path";
import pg from "pg";
import { houseMigrations } from "#apps/server/house.ts";
import { inspectHouse } from "#apps/server/inspect.ts";
import { CommandError } from "#apps/cli/command.ts";
import { settle, unsettle } from "#services/directory/store/index.ts";
import type { BlobStore } from "#services/dossier/store/index.ts";
import { verifyStore } from "#services/ledger/store/index.ts";
import { migrate, openDatabase, type Database } from "#services/storage/index.ts";
import { blobListFile, blobPath, hashOfFile, tablePath, type Manifest } from "./manifest.ts";
import { restoreKeys } from "./sealed-keys.ts";
import { digestTable, readShapes, readTable, speakPlainly } from "./tables.ts";
import { listedBlobs } from "./take.ts";

const most = 20;

/** Everything that is not as the manifest says, by the name of its file; empty when the backup is whole. Reads all of it once. */
export async function checkBackup(folder: string, manifest: Manifest): Promise<string[]> {
  const faults: string[] = [];
  const hold = async (name: string, path: string, hash: string, size: number | null = null): Promise<void> => {
    if (faults.length >= most) return;
    const found = await hashOfFile(path);
    if (found === null) faults.push(`${name} is missing`);
    else if (found.hash !== hash) faults.push(`${name} was changed: its SHA-256 is ${found.hash}, not ${hash}`);
    else if (size !== null && found.size !== size) faults.push(`${name} is ${found.size} bytes long, not ${size}`);
  };
  for (const { name, file } of manifest.tables) await hold(`tables/${name}.copy.gz`, tablePath(folder, name), file);
  await hold(blobListFile, join(folder, blobListFile), manifest.blobs.list);
  if (manifest.keys !== null) {
    const name = manifest.keys.form === "age" ? "keys.age" : "keys.json";
    await hold(name, join(folder, name), manifest.keys.file);
  }
  // A list that was changed leads nowhere.
  if (faults.some((fault) => fault.startsWith(blobListFile))) return faults;
  const erased = new Set(manifest.blobs.erased);
  let count = 0;
  for await (const { key, size } of listedBlobs(folder)) {
    if (erased.has(key)) continue;
    count += 1;
    await hold(`blobs/${key.slice(0, 2)}/${key.slice(2)}`, blobPath(folder, key), key.slice(0, 64), size);
  }
  if (count !== manifest.blobs.count) faults.push(`${blobListFile} names ${count} sealed files, the manifest ${manifest.blobs.count}`);
  return faults;
}

/** Where a backup is put back to. */
export interface RestoreOptions {
  readonly folder: string;
  readonly manifest: Manifest;
  /** Address of a database that holds nothing. */
  readonly database: string;
  readonly blobs: BlobStore;
  /** Folder of keys and the text of an age identity (null for keys in the clear); null leaves the keys for later. */
  readonly keys: { readonly folder: string; readonly identity: string | null } | null;
  /** A signed checkpoint that was kept elsewhere; the log must continue it. */
  readonly checkpoint: string | null;
  readonly progress: (what: string) => void;
}

/** What was put back and checked. */
export interface Restored {
  readonly rows: number;
  readonly blobs: number;
  readonly statements: number;
  readonly dossiers: number;
  /** Steps of the schema that came after the backup was made. */
  readonly migrated: readonly string[];
  readonly keys: readonly string[];
}

const fault = (what: string, mend: string): CommandError => new CommandError(what, mend, 2);

/** @throws {@link CommandError} when the place is not empty, the program is older than the backup, or what came out is not what went in; the house is not open then. */
export async function putBack(options: RestoreOptions): Promise<Restored> {
  const { manifest, folder, progress } = options;
  const known = new Map(houseMigrations.map(({ id, statement }) => [id, createHash("sha256").update(statement).digest("hex")]));
  const strange = manifest.schema.find(({ id, hash }) => known.get(id) !== hash);
  if (strange !== undefined)
    throw new CommandError(`step ${strange.id} of the backup's schema is not known to this program`, `restore with version ${manifest.program} or a later one`);
  const db = openDatabase(options.database, { connections: 4 });
  const client = new pg.Client({ connectionString: options.database, application_name: "rugdekking-restore" });
  try {
    await client.connect();
    await mustBeEmpty(client, options);
    const applied = new Set(manifest.schema.map(({ id }) => id));
    await migrate(
      db,
      houseMigrations.filter(({ id }) => applied.has(id)),
    );
    await settle(db, "restoring", manifest.made);
    await fill(client, folder, manifest, progress);
    await compare(client, manifest, "after it was put back");
    const migrated = await migrate(db, houseMigrations);
    if (migrated.length > 0) await compare(client, manifest, `after ${migrated.length} newer steps of the schema`);
    const blobs = await putBlobs(options);
    const keys = options.keys === null || manifest.keys === null ? [] : await putKeys(options.keys, folder, manifest.keys.form);
    const { statements, dossiers } = await verify(db, options);
    await unsettle(db, "restoring");
    await client.query("ANALYZE");
    return { rows: manifest.tables.reduce((sum, { rows }) => sum + rows, 0), blobs, statements, dossiers, migrated, keys };
  } finally {
    await client.end();
    await db.destroy();
  }
}

async function mustBeEmpty(client: pg.Client, { blobs, keys }: RestoreOptions): Promise<void> {
  const elsewhere = "restore into an empty database and empty folders: nothing is ever put over what is there";
  const { rows } = await client.query<{ name: string }>(
    "SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public' AND c.relkind IN ('r', 'v', 'p') LIMIT 1",
  );
  if (rows[0] !== undefined) throw new CommandError(`the database is not empty: it has a table ${rows[0].name}`, elsewhere);
  for await (const _ of blobs.all()) throw new CommandError("the store of sealed files is not empty", elsewhere);
  if (keys !== null && (await readdir(keys.folder).catch(() => [])).length > 0) throw new CommandError(`${keys.folder} holds keys already`, elsewhere);
}

async function fill(client: pg.Client, folder: string, manifest: Manifest, progress: RestoreOptions["progress"]): Promise<void> {
  for (const table of manifest.tables) {
    progress(table.name);
    await client.query("BEGIN");
    await speakPlainly(client);
    await readTable(client, table, tablePath(folder, table.name));
    await client.query("COMMIT");
  }
}

/** Reads every table back and compares it with the record, in the columns that are still there. `directory_setting` has the one row more that says a restore is under way. */
async function compare(client: pg.Client, manifest: Manifest, when: string): Promise<void> {
  await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ");
  await speakPlainly(client);
  await client.query("DELETE FROM public.directory_setting WHERE kind = 'restoring'");
  const now = new Map((await readShapes(client)).map((shape) => [shape.name, new Set(shape.columns)]));
  for (const table of manifest.tables) {
    const columns = now.get(table.name);
    if (columns === undefined || !table.columns.every((column) => columns.has(column))) continue;
    const { rows, content } = await digestTable(client, table);
    if (content !== table.content)
      throw fault(
        `table ${table.name} ${when} holds ${rows} rows that are not the ${table.rows} of the backup`,
        "empty the place and try again; if it stays, report it",
      );
  }
  // Also the row that was taken away to compare comes back.
  await client.query("ROLLBACK");
}

async function putBlobs({ folder, blobs, manifest, progress }: RestoreOptions): Promise<number> {
  const erased = new Set(manifest.blobs.erased);
  let count = 0;
  for await (const { key, size } of listedBlobs(folder)) {
    if (erased.has(key)) continue;
    progress(`sealed file ${count + 1}`);
    const stored = await blobs.put(key.slice(-36), createReadStream(blobPath(folder, key), { highWaterMark: 1 << 20 }), size);
    if (stored.key !== key)
      throw fault(`blobs/${key.slice(0, 2)}/${key.slice(2)} became another file on its way`, "look at the disk, empty the place and try again");
    count += 1;
  }
  return count;
}

async function putKeys(keys: NonNullable<RestoreOptions["keys"]>, folder: string, form: "age" | "plain"): Promise<readonly string[]> {
  const bytes = await readFile(join(folder, form === "age" ? "keys.age" : "keys.json"));
  if (form === "age" && keys.identity === null)
    throw new CommandError("the keys of this backup are sealed", "give --keys-identity FILE, the age identity that opens them");
  return await restoreKeys(bytes, form === "age" ? keys.identity : null, keys.folder);
}

/** The log against itself, against the checkpoint of the backup and one kept elsewhere; every statement against the log, every chain from its first entry to its last. */
async function verify(db: Database, { manifest, blobs, checkpoint }: RestoreOptions): Promise<{ readonly statements: number; readonly dossiers: number }> {
  if (manifest.log === null) return { statements: 0, dossiers: 0 };
  const { verifierKey } = manifest.log;
  for (const pinned of [manifest.log.checkpoint, ...(checkpoint === null ? [] : [checkpoint])]) {
    const [first] = (await verifyStore(db, verifierKey, pinned)).faults;
    if (first !== undefined) throw fault(`the log does not hold: ${first.detail}`, "this backup was changed with its manifest; take an earlier one");
  }
  const erased = new Set(manifest.blobs.erased);
  const { faults, statements, dossiers } = await inspectHouse(db, verifierKey, async (blob, size) => erased.has(blob) || (await blobs.stat(blob)) === size);
  const [first] = faults;
  if (first !== undefined) throw fault(`${first.where}: ${first.detail}`, "this backup was changed with its manifest; take an earlier one");
  return { statements, dossiers };
}
