/** Makes a backup of a house while it runs: tables in one snapshot, sealed files after them, a manifest at the end. Called by `rugdekking backup`. */
import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, open, readdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import pg from "pg";
import { to as copyTo } from "pg-copy-streams";
import { CommandError } from "#apps/cli/command.ts";
import type { BlobStore } from "#services/dossier/store/index.ts";
import { blobListFile, blobPath, hashOfFile, manifestFile, tablePath, type Manifest, type TableRecord } from "./manifest.ts";
import { plainKeys, sealKeys } from "./sealed-keys.ts";
import { readShapes, speakPlainly, writeTable } from "./tables.ts";

/** What is backed up, and where to. */
export interface BackupOptions {
  readonly database: string;
  readonly blobs: BlobStore;
  /** Folder that does not exist yet. */
  readonly target: string;
  readonly program: string;
  /** How the house's secrets come along; null leaves them out. */
  readonly keys: { readonly folder: string; readonly recipient: string | null } | null;
  readonly progress: (what: string) => void;
}

/** A backup, and what was found out of order while it was made. */
export interface TakenBackup {
  readonly manifest: Manifest;
  /** SHA-256 of the manifest, hex: kept elsewhere, it vouches for everything. */
  readonly digest: string;
  /** Sealed files that are missing or damaged in the house itself. The backup holds everything else. */
  readonly faults: readonly string[];
}

/** @throws {@link CommandError} when the target is taken or the database holds no house. */
export async function takeBackup(options: BackupOptions): Promise<TakenBackup> {
  const making = `${options.target}.partial`;
  for (const path of [options.target, making])
    if (
      await readdir(path).then(
        () => true,
        () => false,
      )
    )
      throw new CommandError(`${path} is there already`, "name a folder that does not exist; an unfinished one may be removed");
  await mkdir(join(making, "tables"), { recursive: true, mode: 0o700 });
  const client = new pg.Client({ connectionString: options.database, application_name: "rugdekking-backup" });
  try {
    await client.connect();
    const snapshot = await takeTables(client, making, options.progress);
    const copied = await copyBlobs(client, options.blobs, making, options.progress);
    const keys = options.keys === null ? null : await takeKeys(options.keys, making);
    const { faults, ...blobs } = copied;
    const manifest: Manifest = { format: "rugdekking backup 1", program: options.program, ...snapshot, blobs, keys };
    const text = `${JSON.stringify(manifest, null, 2)}\n`;
    await writeFile(join(making, manifestFile), text, { mode: 0o600, flag: "wx", flush: true });
    await rename(making, options.target);
    await syncFolder(dirname(options.target));
    return { manifest, digest: createHash("sha256").update(text).digest("hex"), faults };
  } catch (error) {
    await rm(making, { recursive: true, force: true });
    throw error;
  } finally {
    await client.end();
  }
}

async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, "r");
  await handle.sync().finally(() => handle.close());
}

/** [Note: One snapshot] Everything is read in one repeatable-read transaction: what was acknowledged before it is in the backup, what came after is not, and no half entry is. It locks nobody out. */
async function takeTables(
  client: pg.Client,
  folder: string,
  progress: BackupOptions["progress"],
): Promise<Pick<Manifest, "made" | "postgres" | "schema" | "log" | "tables">> {
  await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
  await speakPlainly(client);
  const first = await client.query<{ made: Date; version: string }>("SELECT now() AS made, current_setting('server_version') AS version");
  const house = await client.query<{ there: boolean }>("SELECT to_regclass('public.applied_migrations') IS NOT NULL AS there");
  if (house.rows[0]?.there !== true) throw new CommandError("this database holds no house", "give --data or --database of one that was started");
  const { rows: schema } = await client.query<{ id: string; hash: string }>("SELECT id, hash FROM public.applied_migrations ORDER BY id");
  const settings = await client.query<{ kind: string; value: string }>("SELECT kind, value FROM public.directory_setting WHERE kind IN ('log', 'restoring')");
  if (settings.rows.some(({ kind }) => kind === "restoring"))
    throw new CommandError("a restore into this database was not finished", "finish it first, into an empty place");
  const heads = await client.query<{ checkpoint: string }>("SELECT checkpoint FROM public.ledger_head");
  const [verifierKey, checkpoint] = [settings.rows.find(({ kind }) => kind === "log")?.value, heads.rows[0]?.checkpoint];
  const tables: TableRecord[] = [];
  for (const shape of await readShapes(client)) {
    progress(shape.name);
    tables.push(await writeTable(client, shape, tablePath(folder, shape.name)));
  }
  // Which sealed files belong to it, of the same moment.
  await pipeline(
    client.query(copyTo("COPY (SELECT DISTINCT blob, size FROM public.dossier_entry_item WHERE blob IS NOT NULL ORDER BY blob) TO STDOUT")),
    createGzip(),
    createWriteStream(join(folder, blobListFile), { flags: "wx", mode: 0o600, flush: true }),
  );
  await client.query("COMMIT");
  return {
    made: (first.rows[0]?.made ?? new Date()).toISOString(),
    postgres: first.rows[0]?.version ?? "",
    schema,
    log: verifierKey === undefined || checkpoint === undefined ? null : { verifierKey, checkpoint },
    tables,
  };
}

/** Keys and lengths of the list, one by one. */
export async function* listedBlobs(folder: string): AsyncGenerator<{ readonly key: string; readonly size: number }> {
  const lines = createInterface({ input: createReadStream(join(folder, blobListFile)).pipe(createGunzip()), crlfDelay: Number.POSITIVE_INFINITY });
  for await (const line of lines) {
    const [key = "", size = ""] = line.split("\t");
    if (/^[0-9a-f]{64}\.[0-9a-f-]{36}$/u.test(key)) yield { key, size: Number(size) };
  }
}

type CopiedBlobs = Manifest["blobs"] & { readonly faults: readonly string[] };

/** Copies each sealed file and hashes it on the way: its key begins with its digest. */
async function copyBlobs(client: pg.Client, blobs: BlobStore, folder: string, progress: BackupOptions["progress"]): Promise<CopiedBlobs> {
  let [count, bytes] = [0, 0];
  const erased: string[] = [];
  const faults: string[] = [];
  for await (const { key, size } of listedBlobs(folder)) {
    progress(`sealed file ${count + 1}`);
    if ((await blobs.stat(key)) === null) {
      const still = await client.query("SELECT 1 FROM public.dossier_entry_item WHERE blob = $1 LIMIT 1", [key]);
      if ((still.rowCount ?? 0) > 0) faults.push(`${key} is missing`);
      else erased.push(key);
      continue;
    }
    const target = blobPath(folder, key);
    await mkdir(dirname(target), { recursive: true, mode: 0o700 });
    const hash = createHash("sha256");
    const counted = new Transform({
      transform: (piece: Buffer, _encoding, done) => {
        hash.update(piece);
        done(null, piece);
      },
    });
    await pipeline(blobs.read(key, { start: 0, end: size - 1 }), counted, createWriteStream(target, { flags: "wx", mode: 0o600, flush: true }));
    if (hash.digest("hex") !== key.slice(0, 64)) {
      faults.push(`${key} is not what was uploaded`);
      await rm(target);
      continue;
    }
    count += 1;
    bytes += size;
  }
  const list = await hashOfFile(join(folder, blobListFile));
  return { count, bytes, list: list?.hash ?? "", erased: [...erased, ...faults.map((fault) => fault.slice(0, 101))], faults };
}

async function takeKeys({ folder, recipient }: NonNullable<BackupOptions["keys"]>, target: string): Promise<Manifest["keys"]> {
  const bytes = recipient === null ? await plainKeys(folder) : await sealKeys(folder, recipient);
  await writeFile(join(target, recipient === null ? "keys.json" : "keys.age"), bytes, { mode: 0o600, flag: "wx", flush: true });
  return { form: recipient === null ? "plain" : "age", file: createHash("sha256").update(bytes).digest("hex") };
}
