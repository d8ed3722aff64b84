/** Looks into a house from within: database, schema, clock, keys, servers, sealed files, log, neighbours, backups. For `rugdekking doctor`, which loads it only where there is a database to look at. */
import { readdir, readFile, stat, statfs } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { sql } from "kysely";
import { openCheckpoint, parseSignerKey, parseVerifierKey } from "@rugdekking/ledger";
import type { Finding } from "#apps/cli/finding.ts";
import { humanBytes } from "#apps/cli/screen.ts";
import { openBlobs, type OpenedBlobs } from "#apps/server/blob-store.ts";
import { houseMigrations } from "#apps/server/house.ts";
import { inspectHouse } from "#apps/server/inspect.ts";
import { keyMark, secretNames } from "#apps/server/secrets.ts";
import { programVersion } from "#apps/server/version.ts";
import { readSetting } from "#services/directory/store/index.ts";
import { readCheckpoint } from "#services/ledger/store/index.ts";
import { addressesOf, openDatabase, pendingMigrations, runningServers, type Database } from "#services/storage/index.ts";
import { Problem } from "#services/problem/index.ts";
import { manifestFile, readManifest } from "./manifest.ts";
import type { Place } from "./place.ts";

/** What is looked at. */
export interface HouseCheck extends Place {
  readonly url: string;
  /** Everything is read, not a sample: the whole log, every statement, every sealed file's length. */
  readonly whole: boolean;
  /** Folder in which each backup is a folder; null when nobody said where. */
  readonly backups: string | null;
  readonly mail: string | null;
  readonly timestampAuthority: string | null;
}

/** Clocks may differ so much. Milliseconds. */
const clockSlack = 5_000;
const sampled = 200;
/** A daily backup with two hours to make it. Hours. */
const backupHours = 26;
const leastRoom = 2_000_000_000;

/** Findings in the order in which an operator would look. Changes nothing. */
export async function checkHouse(check: HouseCheck): Promise<Finding[]> {
  const db = openDatabase(check.url, { connections: 2 });
  try {
    const version = await databaseVersion(db);
    const schema = await schemaState(db);
    if (!version.ok || !schema.ok) return [version, schema];
    return [
      version,
      schema,
      ...(await standbys(db, check.url)),
      await clock(db),
      ...(await keys(db, check.keys)),
      await servers(db),
      ...(await sealedFiles(db, check)),
      await log(db, check),
      await jobs(db),
      await waiting(db),
      ...(await neighbours(check)),
      ...(await backups(check.backups)),
    ];
  } finally {
    await db.destroy();
  }
}

const finding = (what: string, ok: boolean, detail: string, mend = ""): Finding => ({ what, ok, detail, mend });

async function databaseVersion(db: Database): Promise<Finding> {
  try {
    const { rows } = await sql<{
      version: string;
      number: number;
    }>`select current_setting('server_version') as version, current_setting('server_version_num')::bigint as number`.execute(db);
    const [{ version, number } = { version: "", number: 0 }] = rows;
    return finding("database", number >= 150_000, `PostgreSQL ${version}`, "use PostgreSQL 15 or later");
  } catch {
    return finding("database", false, "it cannot be reached, or does not let us in", "check RUGDEKKING_DATABASE, and that the server runs");
  }
}

/** Where a house has more than one PostgreSQL: that one takes writes, that the others follow it, and that a commit does not wait for a standby that is not there. */
async function standbys(db: Database, url: string): Promise<Finding[]> {
  const { rows } = await sql<{ names: string; following: number }>`
    select current_setting('synchronous_standby_names') as names, (select count(*) from pg_stat_replication) as following`.execute(db);
  const [{ names, following } = { names: "", following: 0 }] = rows;
  const { addresses } = addressesOf(url);
  if (addresses.length === 1 && names === "" && following === 0) return [];
  const roles = await Promise.all(addresses.length === 1 ? [] : addresses.map(roleOf));
  const count = (role: Role): number => roles.filter((one) => one === role).length;
  const slips = [
    ...(names !== "" && following === 0 ? ["every commit waits: a standby must confirm it, and none is connected"] : []),
    ...(names === "" ? ["synchronous_standby_names is empty: what was acknowledged last is lost with this machine"] : []),
    ...(count("primary") > 1 ? ["more than one takes writes"] : []),
    ...(count("away") > 0 ? [`${count("away")} of ${addresses.length} addresses cannot be reached`] : []),
  ];
  return [
    finding(
      "standbys",
      slips.length === 0,
      `${following} connected to the primary${slips.length === 0 ? "" : `; ${slips.join("; ")}`}`,
      "start or rebuild the standby as docs/operate.md says, and never start an old primary again after a failover",
    ),
  ];
}

type Role = "primary" | "standby" | "away";

async function roleOf(address: string): Promise<Role> {
  const db = openDatabase(address, { connections: 1 });
  try {
    const { rows } = await sql<{ standby: boolean }>`select pg_is_in_recovery() as standby`.execute(db);
    return rows[0]?.standby === true ? "standby" : "primary";
  } catch {
    return "away";
  } finally {
    await db.destroy();
  }
}

async function schemaState(db: Database): Promise<Finding> {
  const pending = await pendingMigrations(db, houseMigrations).catch(() => houseMigrations.map(({ id }) => id));
  if (pending.length > 0)
    return finding(
      "schema",
      false,
      `${pending.length} steps were not applied, the first is ${pending[0] ?? ""}`,
      "run rugdekking migrate, or start the server without --no-migrate",
    );
  if ((await readSetting(db, "restoring")) !== null) return finding("schema", false, "a restore was not finished", "empty the place and restore again");
  return finding("schema", true, `${houseMigrations.length} steps applied`);
}

async function clock(db: Database): Promise<Finding> {
  const before = Date.now();
  const { rows } = await sql<{ now: Date }>`select now() as now`.execute(db);
  const apart = (rows[0]?.now.getTime() ?? 0) - (before + Date.now()) / 2;
  return finding("clock", Math.abs(apart) <= clockSlack, `${(apart / 1_000).toFixed(1)} s from the database's`, "have both machines keep time with NTP");
}

/** Compares the files with what the database was set up with, without making a key that is not there. */
async function keys(db: Database, folder: string): Promise<Finding[]> {
  const findings: Finding[] = [];
  const wrong: string[] = [];
  const open: string[] = [];
  for (const name of secretNames) {
    const path = join(folder, name);
    const found = await stat(path).catch(() => null);
    const text =
      found === null
        ? null
        : await readFile(path, "utf8").then(
            (one) => one.trim(),
            () => null,
          );
    if (found === null || text === null) {
      wrong.push(`${name} cannot be read`);
      continue;
    }
    if ((found.mode & 0o077) !== 0) open.push(name);
    if (name === "log-signer") {
      const held = await readSetting(db, "log");
      const verifier = await parseSignerKey(text).then(
        ({ verifierKey }) => verifierKey,
        () => null,
      );
      if (held !== null && held !== verifier) wrong.push("log-signer is another than the log's");
      continue;
    }
    const held = await readSetting(db, `key:${name}`);
    if (held !== null && held !== keyMark(name, Buffer.from(text, "base64url"))) wrong.push(`${name} is another than the one this database works with`);
  }
  findings.push(
    finding(
      "keys",
      wrong.length === 0,
      wrong.length === 0 ? `${folder}, as the database knows them` : wrong.join("; "),
      "give every server the same folder of keys, or restore it from a backup",
    ),
  );
  if (open.length > 0)
    findings.push(finding("keys", false, `${open.join(", ")} can be read by others`, `chmod 600 the files in ${folder}, and 700 the folder`));
  return findings;
}

async function servers(db: Database): Promise<Finding> {
  const seen = await runningServers(db);
  const mine = await programVersion();
  const slips = [
    ...(new Set(seen.map(({ keys: mark }) => mark)).size > 1 ? ["they hold different keys"] : []),
    ...(seen.some(({ version }) => version !== mine) ? [`not all run version ${mine}`] : []),
    ...(seen.some(({ ahead }) => Math.abs(ahead) > clockSlack) ? ["their clocks differ"] : []),
  ];
  return finding(
    "servers",
    slips.length === 0,
    `${seen.length} heard of in the last two minutes${slips.length === 0 ? "" : `; ${slips.join("; ")}`}`,
    "give all the same folder of keys and version, and keep time with NTP",
  );
}

async function sealedFiles(db: Database, check: HouseCheck): Promise<Finding[]> {
  let opened: OpenedBlobs;
  try {
    opened = await openBlobs(check.blobs, true);
  } catch (error) {
    return [
      finding(
        "sealed files",
        false,
        error instanceof Problem ? error.message : "the store cannot be opened",
        error instanceof Problem ? error.mend : "check --blobs",
      ),
    ];
  }
  const missing: string[] = [];
  let looked = 0;
  const look = async (rows: readonly { readonly blob: string; readonly size: number }[]): Promise<void> => {
    for (const { blob, size } of rows) {
      looked += 1;
      if ((await opened.store.stat(blob)) !== size) missing.push(blob);
    }
  };
  if (check.whole) {
    for (let after = ""; ;) {
      const { rows } = await sql<{
        blob: string;
        size: number;
      }>`select distinct blob, size from dossier_entry_item where blob > ${after} order by blob limit 1000`.execute(db);
      await look(rows);
      const last = rows.at(-1);
      if (last === undefined) break;
      after = last.blob;
    }
  } else
    await look(
      (
        await sql<{ blob: string; size: number }>`select blob, size from dossier_entry_item where blob is not null order by random() limit ${sampled}`.execute(
          db,
        )
      ).rows,
    );
  const there = finding(
    "sealed files",
    missing.length === 0,
    `${opened.name}: ${looked} looked at${missing.length === 0 ? "" : `, ${missing.length} missing or of another length, the first is ${missing[0] ?? ""}`}`,
    "restore them from a backup: rugdekking restore --check says which one has them",
  );
  const stray = check.whole ? [await strays(db, opened)] : [];
  if (opened.directory === null) return [there, ...stray];
  const { bavail, bsize } = await statfs(opened.directory);
  return [
    there,
    ...stray,
    finding("room for sealed files", bavail * bsize >= leastRoom, `${humanBytes(bavail * bsize)} free`, `make at least ${humanBytes(leastRoom)} free`),
  ];
}

/** Files that nothing refers to: a crash between storing and noting leaves one. They cost room and nothing else. */
async function strays(db: Database, { store }: OpenedBlobs): Promise<Finding> {
  let count = 0;
  let bytes = 0;
  let batch = new Map<string, number>();
  const settle = async (): Promise<void> => {
    if (batch.size === 0) return;
    const { rows } = await sql<{
      upload: string;
    }>`select right(blob, 36) as upload from dossier_entry_item where right(blob, 36) = any(${[...batch.keys()]}::text[])
      union select right(blob, 36) from dossier_upload where right(blob, 36) = any(${[...batch.keys()]}::text[])`.execute(db);
    for (const { upload } of rows) batch.delete(upload);
    for (const size of batch.values()) {
      count += 1;
      bytes += size;
    }
    batch = new Map();
  };
  for await (const { upload, size } of store.all()) {
    batch.set(upload, size);
    if (batch.size >= 20_000) await settle();
  }
  await settle();
  return finding("files nothing refers to", true, count === 0 ? "none" : `${count}, ${humanBytes(bytes)}: left by a cut, harmless`);
}

async function log(db: Database, { whole }: HouseCheck): Promise<Finding> {
  const verifierKey = await readSetting(db, "log");
  const checkpoint = await readCheckpoint(db);
  if (verifierKey === null || checkpoint === null) return finding("log", true, "not begun: no server was started yet");
  try {
    const { size } = await openCheckpoint(checkpoint, parseVerifierKey(verifierKey));
    if (!whole) return finding("log", true, `${size} leaves, signed; --whole reads them all`);
  } catch {
    return finding("log", false, "the checkpoint is not signed by the log's key", "stop the servers and restore from a backup");
  }
  const { faults, statements, dossiers } = await inspectHouse(db, verifierKey);
  const [first] = faults;
  if (first === undefined) return finding("log", true, `${statements} statements and ${dossiers} dossiers agree with it`);
  return finding(
    "log",
    false,
    `${faults.length} faults; ${first.where}: ${first.detail}`,
    "stop the servers, keep a copy for whoever investigates, and restore from a backup",
  );
}

async function jobs(db: Database): Promise<Finding> {
  const { rows } = await sql<{ there: boolean }>`select to_regclass('rugdekking_jobs.job') is not null as there`.execute(db);
  if (rows[0]?.there !== true) return finding("jobs", false, "their tables are not there", "run rugdekking migrate, or start the server");
  const late = await sql<{
    name: string;
  }>`select distinct name from rugdekking_jobs.job where state in ('created', 'retry') and start_after < now() - interval '10 minutes'`.execute(db);
  return finding(
    "jobs",
    late.rows.length === 0,
    late.rows.length === 0 ? "none is late" : `nobody took ${late.rows.map(({ name }) => name).join(", ")} for ten minutes`,
    "start a server",
  );
}

async function waiting(db: Database): Promise<Finding> {
  const { rows } = await sql<{ dead: number }>`select count(*) as dead from dossier_outgoing where dead`.execute(db);
  const dead = rows[0]?.dead ?? 0;
  return finding(
    "deliveries",
    dead === 0,
    `${dead} given up`,
    "mend the address, the secret or the other side, and start the server again: it tries anew what was given up",
  );
}

async function neighbours({ mail, timestampAuthority }: HouseCheck): Promise<Finding[]> {
  const reach = async (what: string, address: string | null, port: number): Promise<Finding[]> => {
    const url = address === null ? null : URL.parse(address);
    if (url === null) return [];
    const at = Number(url.port) || port;
    const answers = await new Promise<boolean>((resolve) => {
      const socket = connect({ host: url.hostname, port: at, timeout: 3_000 });
      const end = (ok: boolean) => () => {
        socket.destroy();
        resolve(ok);
      };
      socket.once("connect", end(true)).once("error", end(false)).once("timeout", end(false));
    });
    return [finding(what, answers, `${url.hostname}:${at} ${answers ? "answers" : "does not answer"}`, "check its address, and the firewall between")];
  };
  return [
    ...(await reach("mail server", mail, mail?.startsWith("smtps") === true ? 465 : 25)),
    ...(await reach("time-stamp authority", timestampAuthority, timestampAuthority?.startsWith("https") === true ? 443 : 80)),
  ];
}

async function backups(folder: string | null): Promise<Finding[]> {
  if (folder === null) return [];
  const made: number[] = [];
  for (const name of await readdir(folder).catch(() => [])) {
    if (name.endsWith(".partial")) continue;
    const inside: readonly string[] = await readdir(join(folder, name)).catch(() => []);
    if (inside.includes(manifestFile)) made.push(Date.parse((await readManifest(join(folder, name))).made));
  }
  if (made.length === 0) return [finding("backups", false, `none in ${folder}`, "run rugdekking backup every day")];
  const hours = (Date.now() - Math.max(...made)) / 3_600_000;
  return [
    finding("backups", hours <= backupHours, `${made.length}; the newest is ${hours.toFixed(1)} hours old`, "see why the daily rugdekking backup did not run"),
  ];
}
