/** Real PostgreSQL out of the data directory, so that nothing has to be installed; called by apps/server when no database address is given. */
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { Problem } from "#services/problem/index.ts";
import { launchCluster, stopOrphan } from "./cluster.ts";

/** A running embedded database. */
export interface Embedded {
  /** Address with password: a secret, never to be logged. */
  readonly url: string;
  /** Stops PostgreSQL cleanly (waits for its last checkpoint) and gives the directory free. Safe to call twice. */
  stop(): Promise<void>;
}

/** Longest pause before PostgreSQL is started again. Milliseconds. */
const longestPause = 5_000;

/**
 * Starts PostgreSQL 18 in `<directory>/postgres`, listening on loopback only, on a free port, with a random password kept in `<directory>/postgres-password`.
 * The first start makes the cluster (seconds); later ones take a fraction of a second. fsync and synchronous_commit are on.
 * One process per directory: a lock file holds the owner; when the owner was killed, its PostgreSQL is stopped and started again.
 *
 * [Note: Kept running] When PostgreSQL ends by itself (it was killed, or its disk was full) it is started again at the same address, as often as it takes: after a tenth of a second, later every five. Until then
 * requests are answered that the database cannot be reached; nobody has to do anything once there is room again.
 * @param options `onEnded`: told each time it ended without being asked.
 * @throws {@link Problem} `unavailable` when the directory is in use or PostgreSQL cannot run.
 */
export async function startEmbedded(options: { readonly directory: string; readonly onEnded?: () => void }): Promise<Embedded> {
  const directory = resolve(options.directory);
  mkdirSync(directory, { recursive: true });
  const release = lock(directory);
  try {
    let cluster = await launchCluster({ directory, durable: true });
    let stopping: Promise<void> | null = null;
    let reviving: Promise<void> | null = null;
    const revive = async (): Promise<void> => {
      options.onEnded?.();
      for (let wait = 100; stopping === null; wait = Math.min(longestPause, 2 * wait)) {
        try {
          cluster = await launchCluster({ directory, durable: true, port: cluster.port });
          return;
        } catch {
          await pause(wait);
        }
      }
    };
    const watch = (): void => {
      const { process: child } = cluster;
      const ended = (): void => {
        if (stopping !== null) return;
        reviving = revive().then(() => {
          reviving = null;
          if (stopping === null) watch();
        });
      };
      if (child.exitCode === null && child.signalCode === null) child.once("exit", ended);
      else ended();
    };
    watch();
    const lastResort = (): void => {
      cluster.process.kill("SIGINT");
    };
    // When the program ends without stop(), PostgreSQL still gets to write everything out.
    process.once("exit", lastResort);
    const stop = async (): Promise<void> => {
      await stopOrphan(join(directory, "postgres"), "fast");
      if (reviving !== null) {
        // It may have been starting just then.
        await reviving;
        await stopOrphan(join(directory, "postgres"), "fast");
      }
      process.off("exit", lastResort);
      release();
    };
    return { url: cluster.url, stop: () => (stopping ??= stop()) };
  } catch (error) {
    release();
    throw error;
  }
}

/** Address of the embedded database of a server that runs now, for a command beside it (backup, doctor); null when none runs. A secret. */
export async function runningEmbedded(directory: string): Promise<string | null> {
  let lines: readonly string[];
  let secret: string;
  try {
    lines = readFileSync(join(directory, "postgres", "postmaster.pid"), "utf8").split("\n");
    secret = readFileSync(join(directory, "postgres-password"), "utf8").trim();
  } catch {
    return null;
  }
  const [, , , port = "", socket = ""] = lines;
  const host = socket === "" ? "" : `?${new URLSearchParams({ host: socket }).toString()}`;
  const url = `postgres://rugdekking:${secret}@127.0.0.1:${port}/rugdekking${host}`;
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => undefined);
  try {
    await client.connect();
    return url;
  } catch {
    // A pid file that a crash left behind.
    return null;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Takes `<directory>/lock`; a lock whose owner no longer lives is taken over. @returns gives it back. */
function lock(directory: string): () => void {
  const path = join(directory, "lock");
  const mine = `${process.pid} ${startOf(process.pid)}`;
  for (let attempt = 1; ; attempt += 1) {
    try {
      const file = openSync(path, "wx", 0o600);
      writeSync(file, mine);
      closeSync(file);
      return () => rmSync(path, { force: true });
    } catch {
      const [pid = "", ...start] = readLock(path).split(" ");
      if ((pid !== "" && startOf(Number(pid)) === start.join(" ")) || attempt >= 3) {
        throw new Problem("unavailable", `Another process (${pid}) uses the data directory ${directory}`, "Stop that one first, or give another --data.");
      }
      rmSync(path, { force: true });
    }
  }
}

function readLock(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

/** When a process started, as text that only compares equal for the same process; `gone` when there is none. A pid alone may be used again. */
function startOf(pid: number): string {
  try {
    if (process.platform === "linux") {
      const text = readFileSync(`/proc/${pid}/stat`, "utf8");
      return text.slice(text.lastIndexOf(")") + 2).split(" ")[19] ?? "gone";
    }
    return execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" }).trim() || "gone";
  } catch {
    return "gone";
  }
}
