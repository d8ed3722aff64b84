/** Starts the real server as a program of its own for a bench, with its embedded PostgreSQL in a throw-away data directory, and reads what it cost. Used by the benches in this folder only. */
import { spawn, type ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { generateSeed, signKeyPair, type SignKeyPair } from "@rugdekking/seal";

/** A running server. */
export interface BenchServer {
  readonly url: string;
  readonly data: string;
  readonly pid: number;
  readonly registrar: SignKeyPair;
  /** Address of its database: a secret of the throw-away cluster. */
  readonly database: string;
  /** Milliseconds from the command until it answered. */
  readonly startup: number;
  /** Stops it cleanly and removes its data directory, unless that is kept for another start; with a profile, resolves with the profile's path beside it. */
  stop(keep?: "keep"): Promise<void>;
}

/** The root of the tree. */
export const root: string = join(import.meta.dirname, "..", "..");

/** A port nobody listens on now. */
export async function freePort(): Promise<number> {
  return await new Promise((resolve, reject) => {
    const probe = createServer().once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => (typeof address === "object" && address !== null ? resolve(address.port) : reject(new Error("no port"))));
    });
  });
}

/** Runs a Node program of this tree with the pinned Node. */
export function runNode(args: readonly string[], options: { readonly env?: NodeJS.ProcessEnv; readonly ipc?: boolean } = {}): ChildProcess {
  return spawn(process.execPath, ["--disable-warning=ExperimentalWarning", ...args], {
    cwd: root,
    env: { ...process.env, NODE_OPTIONS: "", ...options.env },
    stdio: ["ignore", "pipe", "pipe", ...(options.ipc === true ? ["ipc" as const] : [])],
  });
}

/** Ends a program we started and waits; SIGKILL when it does not listen for 20 s. */
export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  const late = setTimeout(() => child.kill("SIGKILL"), 20_000);
  await gone;
  clearTimeout(late);
}

/** Waits until a server answers. @throws when it ends first or two minutes pass. */
export async function untilHealthy(url: string, child: ChildProcess, said: () => string): Promise<void> {
  for (const until = Date.now() + 120_000; Date.now() < until;) {
    const healthy = await fetch(`${url}/api/v1/health`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (healthy) return;
    if (child.exitCode !== null) throw new Error(`the server ended: ${said()}`);
    await pause(20);
  }
  throw new Error(`the server does not answer: ${said()}`);
}

/** Address of the embedded database in a data directory, from what PostgreSQL itself wrote there. */
export function databaseOf(data: string): string {
  const password = readFileSync(join(data, "postgres-password"), "utf8").trim();
  const port = readFileSync(join(data, "postgres", "postmaster.pid"), "utf8").split("\n")[3] ?? "";
  return `postgres://rugdekking:${password}@127.0.0.1:${port.trim()}/rugdekking`;
}

/**
 * Starts `rugdekking start` on a fresh data directory.
 * @param options `profile`: folder in which Node writes a CPU profile when the server stops; `env`: settings besides those of this program's own environment; `again`: what a server that was stopped and kept left, and makes no first rosters.
 */
export async function startServer(
  options: { readonly profile?: string; readonly env?: NodeJS.ProcessEnv; readonly again?: Pick<BenchServer, "data"> } = {},
): Promise<BenchServer> {
  const data = options.again?.data ?? (await mkdtemp(join(tmpdir(), "rugdekking-bench-")));
  const registrar = await signKeyPair(generateSeed());
  const port = await freePort();
  const profile = options.profile === undefined ? [] : ["--cpu-prof", "--cpu-prof-interval=500", `--cpu-prof-dir=${options.profile}`];
  // The registrar was settled the first time.
  const whose = options.again === undefined ? [`--registrar=${registrar.publicKey}`] : [];
  const began = performance.now();
  const child = runNode([...profile, "apps/cli/rugdekking.ts", "start", "--port", String(port), "--data", data, ...whose], { env: options.env ?? {} });
  let printed = "";
  child.stderr?.on("data", (piece: Buffer) => (printed += piece.toString()));
  child.stdout?.resume();
  const url = `http://127.0.0.1:${port}`;
  const stop = async (keep?: "keep"): Promise<void> => {
    await end(child);
    if (printed !== "") process.stderr.write(`  the server said: ${printed.slice(0, 2000)}\n`);
    if (keep === undefined) await rm(data, { recursive: true, force: true });
  };
  try {
    await untilHealthy(url, child, () => printed);
    return { url, data, startup: performance.now() - began, pid: child.pid ?? 0, registrar, database: databaseOf(data), stop };
  } catch (error) {
    await stop(options.again === undefined ? undefined : "keep");
    throw error;
  }
}

/** What Linux says about a process's memory, in bytes. `peak` is the most it ever held resident; `own` is what it holds now that is not a file of the program itself. */
export interface Memory {
  readonly resident: number;
  readonly peak: number;
  readonly own: number;
}

/** Memory of a process; null when it is gone or the system does not tell (not Linux). */
export function memoryOf(pid: number): Memory | null {
  try {
    const text = readFileSync(`/proc/${pid}/status`, "utf8");
    const field = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(text)?.[1] ?? 0) * 1024;
    return { resident: field("VmRSS"), peak: field("VmHWM"), own: field("RssAnon") + field("RssShmem") };
  } catch {
    return null;
  }
}

/** Clock ticks per second of `/proc/<pid>/stat`: 100 on every Linux that Node runs on. */
const ticks = 100;

/** Processor time in milliseconds that a process has used since it began, its threads included; 0 when it is gone or the system does not tell. */
export function processorTime(pid: number): number {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    return ((Number(fields[11]) + Number(fields[12])) * 1000) / ticks;
  } catch {
    return 0;
  }
}

/** Processor time of a server and of its PostgreSQL, in milliseconds: the difference of two readings is what lay between. */
export async function processorTimes(server: BenchServer): Promise<{ readonly server: number; readonly database: number }> {
  const postmaster = Number(readFileSync(join(server.data, "postgres", "postmaster.pid"), "utf8").split("\n")[0]);
  const backends = [{ pid: postmaster }, ...(await descendantsOf(postmaster))];
  return { server: processorTime(server.pid), database: backends.reduce((sum, { pid }) => sum + processorTime(pid), 0) };
}

/** Processes whose ancestor is `pid`, with their command lines. Linux only; elsewhere empty. */
export async function descendantsOf(pid: number): Promise<{ readonly pid: number; readonly command: string }[]> {
  const parents = new Map<number, number>();
  for (const name of await readdir("/proc").catch(() => [])) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const text = readFileSync(`/proc/${name}/stat`, "utf8");
      parents.set(Number(name), Number(text.slice(text.lastIndexOf(")") + 2).split(" ")[1]));
    } catch {
      // Gone in the meantime.
    }
  }
  const below = (one: number): boolean => {
    for (let up = parents.get(one); up !== undefined && up > 1; up = parents.get(up)) if (up === pid) return true;
    return false;
  };
  return [...parents.keys()].filter(below).map((one) => {
    try {
      return { pid: one, command: readFileSync(`/proc/${one}/cmdline`, "utf8").replaceAll("\0", " ") };
    } catch {
      return { pid: one, command: "" };
    }
  });
}
