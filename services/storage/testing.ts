/** Gives each test file a real database of its own, cloned in a blink from a migrated template; called by tests only. */
import { createHash, randomUUID } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { launchCluster, stopOrphan } from "./cluster.ts";
import { openDatabase, type Database } from "./database.ts";
import { migrate, type StoreMigration } from "./migrations.ts";
import { clusterPrefix, clusterVariable } from "./testing-cluster.ts";

/** A database for one test file. */
export interface TestDatabase {
  readonly db: Database;
  /** Address, for a second pool or a server in another process. */
  readonly url: string;
  /** Closes the pool and drops the database. Call it in `afterAll`. */
  close(): Promise<void>;
}

/**
 * Opens a new, migrated database in the run's cluster (fsync on, as in production).
 * @param migrations all migrations the test needs, in order.
 */
export async function openTestDatabase(migrations: readonly StoreMigration[], options: { readonly connections?: number } = {}): Promise<TestDatabase> {
  const cluster = await clusterOfRun();
  const admin = new pg.Client({ connectionString: cluster.url });
  await admin.connect();
  try {
    const template = await templateFor(admin, cluster.url, migrations);
    const name = `test_${randomUUID().replaceAll("-", "")}`;
    await admin.query(`create database ${name} template ${template} strategy wal_log`);
    const url = withDatabase(cluster.url, name);
    const db = openDatabase(url, options.connections === undefined ? {} : { connections: options.connections });
    return {
      db,
      url,
      close: async () => {
        await db.destroy();
        const last = new pg.Client({ connectionString: cluster.url });
        await last.connect();
        await last.query(`drop database if exists ${name} with (force)`).finally(() => last.end());
        await cluster.close();
      },
    };
  } finally {
    await admin.end();
  }
}

async function templateFor(admin: pg.Client, url: string, migrations: readonly StoreMigration[]): Promise<string> {
  const name = `template_${createHash("sha256").update(JSON.stringify(migrations)).digest("hex").slice(0, 24)}`;
  // Two workers may want the same template at the same time.
  await admin.query("select pg_advisory_lock(20260101)");
  try {
    const known = await admin.query("select 1 from pg_database where datname = $1", [name]);
    if (known.rowCount === 0) {
      await admin.query(`create database ${name}_new strategy wal_log`);
      const db = openDatabase(withDatabase(url, `${name}_new`), { connections: 1 });
      await migrate(db, migrations).finally(() => db.destroy());
      await admin.query(`alter database ${name}_new rename to ${name}`);
    }
  } catch (error) {
    await admin.query(`drop database if exists ${name}_new with (force)`);
    throw error;
  } finally {
    await admin.query("select pg_advisory_unlock(20260101)");
  }
  return name;
}

const withDatabase = (url: string, name: string): string => {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
};

/** See [Note: lazy test cluster]: the first who asks starts it, the others wait for its address. */
async function clusterOfRun(): Promise<{ url: string; close: () => Promise<void> }> {
  // Another server of the tester's choice (an older PostgreSQL): its role must be allowed to make databases.
  const other = process.env["RUGDEKKING_TEST_DATABASE"];
  if (other !== undefined) return { url: other, close: async () => undefined };
  const shared = process.env[clusterVariable];
  if (shared !== undefined) return { url: await sharedCluster(shared), close: async () => undefined };
  // Named and owned like the run's cluster: when this process is killed before close(), the next run sweeps it away.
  const own = mkdtempSync(join(tmpdir(), clusterPrefix));
  writeFileSync(join(own, "owner"), String(process.pid));
  const { url } = await launchCluster({ directory: own, durable: true, quickInitialise: true });
  return {
    url,
    close: async () => {
      await stopOrphan(join(own, "postgres"), "immediate");
      rmSync(own, { recursive: true, force: true });
    },
  };
}

async function sharedCluster(directory: string): Promise<string> {
  const address = join(directory, "url");
  try {
    mkdirSync(join(directory, "starting"));
  } catch {
    for (let waited = 0; waited < 60_000; waited += 50) {
      try {
        return readFileSync(address, "utf8");
      } catch {
        await pause(50);
      }
    }
    throw new Error(`The test cluster in ${directory} did not start within 60 s; look at postgres.log there.`);
  }
  const { url } = await launchCluster({ directory, durable: true, quickInitialise: true });
  writeFileSync(`${address}.new`, url);
  renameSync(`${address}.new`, address);
  return url;
}
