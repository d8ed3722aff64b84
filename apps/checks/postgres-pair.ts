/** A PostgreSQL primary with a streaming replica, made with the very commands of docs/operate.md, from the programs of the system. For failover.test.ts. */
import { execFile, execFileSync, spawn, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { accessSync, chmodSync, chownSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { userInfo } from "node:os";
import { promisify } from "node:util";
import pg from "pg";

/** Folder with all programs of one PostgreSQL, 15 or later; null where there is none: the embedded one has no `pg_basebackup`. */
export function postgresPrograms(): string | null {
  const root = "/usr/lib/postgresql";
  const versions = existsSync(root) ? readdirSync(root).toSorted((a, b) => Number(b) - Number(a)) : [];
  for (const folder of [process.env["RUGDEKKING_TEST_POSTGRES_BIN"], ...versions.filter((one) => Number(one) >= 15).map((one) => join(root, one, "bin"))]) {
    if (folder === undefined) continue;
    try {
      for (const name of ["initdb", "postgres", "pg_ctl", "pg_basebackup"]) accessSync(join(folder, name));
      return folder;
    } catch {
      // Not all of them are there.
    }
  }
  return null;
}

/** PostgreSQL does not run as root. */
const owner = (): { uid?: number; gid?: number } => {
  if (userInfo().uid !== 0) return {};
  const id = (flag: string): number => Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8" }));
  return { uid: id("-u"), gid: id("-g") };
};

/** One PostgreSQL on this machine. */
export interface Instance {
  readonly port: number;
  /** Takes all its processes away at once, as when the machine lost its power. */
  vanish(): Promise<void>;
  stop(): Promise<void>;
}

/** The pair. */
export interface Pair {
  readonly primary: Instance;
  readonly replica: Instance;
  /** Address that names both. A secret of the throw-away clusters. */
  readonly url: string;
  /** Makes the replica the primary, as an operator does. */
  promote(): Promise<void>;
  /** Asks one of them something, as its own administrator. */
  ask(instance: Instance, statement: string): Promise<readonly Record<string, unknown>[]>;
}

/** Makes both in `folder` and starts them; a commit is acknowledged when the replica has it on its disk too. */
export async function startPair(programs: string, folder: string, ports: readonly [number, number]): Promise<Pair> {
  const who = owner();
  const run = promisify(execFile);
  const secret = randomBytes(16).toString("hex");
  const passwordFile = join(folder, "password");
  writeFileSync(passwordFile, `${secret}\n`, { mode: 0o600 });
  chmodSync(folder, 0o711);
  const home = (name: string): string => {
    const path = join(folder, name);
    mkdirSync(path, { mode: 0o700 });
    if (who.uid !== undefined && who.gid !== undefined) chownSync(path, who.uid, who.gid);
    return path;
  };
  const [primaryHome, replicaHome] = [home("primary"), home("replica")];
  if (who.uid !== undefined && who.gid !== undefined) chownSync(passwordFile, who.uid, who.gid);
  const env = { ...process.env, PGPASSWORD: secret, LC_ALL: "C" };
  const tool = async (name: string, args: readonly string[]): Promise<void> => {
    await run(join(programs, name), [...args], { ...who, cwd: folder, env });
  };
  const admin = (port: number, database = "postgres"): pg.Client => {
    const client = new pg.Client({ host: "127.0.0.1", port, user: "postgres", password: secret, database });
    client.on("error", () => undefined);
    return client;
  };
  const ask: Pair["ask"] = async ({ port }, statement) => {
    const client = admin(port);
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(statement)).rows;
    } finally {
      await client.end();
    }
  };
  const settings = (home: string, lines: readonly string[]): void => {
    const path = join(home, "postgresql.conf");
    writeFileSync(path, `${readFileSync(path, "utf8")}\n${lines.join("\n")}\n`);
  };
  const start = async (home: string, port: number): Promise<Instance> => {
    const log = openSync(join(folder, `${port}.log`), "a", 0o600);
    const child = spawn(join(programs, "postgres"), ["-D", home], { ...who, cwd: home, env, stdio: ["ignore", log, log] });
    await untilAnswers(admin, port, child);
    return {
      port,
      vanish: async () => {
        const { stdout } = await run("ps", ["-o", "pid=", "--ppid", String(child.pid)]);
        const gone = new Promise((resolve) => child.once("exit", resolve));
        // Its own process first, so that it starts none again.
        child.kill("SIGKILL");
        for (const pid of stdout.trim().split(/\s+/u)) {
          try {
            process.kill(Number(pid), "SIGKILL");
          } catch {
            // It went with the first.
          }
        }
        await gone;
      },
      stop: async () => {
        if (child.exitCode !== null || child.signalCode !== null) return;
        const gone = new Promise((resolve) => child.once("exit", resolve));
        child.kill("SIGINT");
        await gone;
      },
    };
  };

  await tool("initdb", [
    "-D",
    primaryHome,
    "-U",
    "postgres",
    "--pwfile",
    passwordFile,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--locale=C",
    "--data-checksums",
  ]);
  const common = (port: number): string[] => [
    "listen_addresses = '127.0.0.1'",
    "unix_socket_directories = ''",
    `port = ${port}`,
    "max_connections = 200",
    "log_parameter_max_length_on_error = 0",
    "log_error_verbosity = terse",
  ];
  settings(primaryHome, [...common(ports[0]), "cluster_name = 'a'", "wal_level = replica", "synchronous_commit = on"]);
  const primary = await start(primaryHome, ports[0]);
  await ask(primary, `create role rugdekking login password '${secret}'`);
  await ask(primary, "create database rugdekking owner rugdekking");
  await ask(primary, `create role replica login replication password '${secret}'`);

  await tool("pg_basebackup", ["-h", "127.0.0.1", "-p", String(ports[0]), "-U", "replica", "-D", replicaHome, "-X", "stream", "-R", "-C", "-S", "b"]);
  settings(replicaHome, [...common(ports[1]), "cluster_name = 'b'", "synchronous_standby_names = ''"]);
  const replica = await start(replicaHome, ports[1]);
  await ask(primary, "alter system set synchronous_standby_names = 'FIRST 1 (b)'");
  await ask(primary, "select pg_reload_conf()");
  for (const until = performance.now() + 60_000; ; await pause(100)) {
    const [seen] = await ask(primary, "select sync_state from pg_stat_replication where application_name = 'b'");
    if (seen?.["sync_state"] === "sync") break;
    if (performance.now() > until) throw new Error("the replica does not follow");
  }
  return {
    primary,
    replica,
    url: `postgres://rugdekking:${secret}@127.0.0.1:${ports[0]},127.0.0.1:${ports[1]}/rugdekking`,
    promote: async () => await tool("pg_ctl", ["promote", "-D", replicaHome, "-w"]),
    ask,
  };
}

async function untilAnswers(admin: (port: number) => pg.Client, port: number, child: ChildProcess): Promise<void> {
  for (const until = performance.now() + 60_000; performance.now() < until; await pause(50)) {
    const client = admin(port);
    try {
      await client.connect();
      await client.end();
      return;
    } catch {
      await client.end().catch(() => undefined);
    }
    if (child.exitCode !== null) break;
  }
  throw new Error(`PostgreSQL at ${port} did not start`);
}
