/** Starts a demonstration world on a throw-away data directory and ends it by its process id. For the journeys that walk the demonstration and for tools/pictures. */
import { execFile, spawn, type ChildProcess } from "node:child_process";
import { createCipheriv, createHash } from "node:crypto";
import { closeSync, openSync, readFileSync, writeSync } from "node:fs";
import { access, chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { clusterVariable } from "#services/storage/testing-cluster.ts";
import { readDemonstration, type DemonstrationFile } from "#apps/demonstration/store.ts";

const program = fileURLToPath(new URL(import.meta.resolve("#apps/cli/rugdekking.ts")));

/** A running demonstration. */
export interface Demonstration {
  readonly url: string;
  readonly data: string;
  readonly file: DemonstrationFile;
  /** Sign-in name of a player. @throws Error for a player that is not in the cast. */
  handle(player: string): string;
  /** Dossier id by the name it was played under. */
  dossier(name: string): string;
  /** Everything the program printed so far. */
  printed(): string;
  stop(): Promise<void>;
  /** Ends the program and keeps the data directory; `stop` still removes it. */
  halt(): Promise<void>;
}

/** The program on a data directory, and what it said so far. */
function begin(data: string): { readonly child: ChildProcess; readonly said: string[] } {
  const child = spawn(
    process.execPath,
    ["--disable-warning=ExperimentalWarning", program, "start", "--demonstration", "--port", "0", "--data", data, "--json"],
    {
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (piece: Buffer) => said.push(piece.toString()));
  return { child, said };
}

const there = async (path: string): Promise<boolean> =>
  await access(path).then(
    () => true,
    () => false,
  );

/**
 * [Note: One world for a run] Building the demonstration through the real doors takes ten seconds and more, and every journey begins with one. In a run of many test files the first that needs it builds it,
 * stops it cleanly and leaves its data directory beside the run's cluster; all start on a copy of their own. Null outside such a run: then each builds its own.
 */
async function preparedData(): Promise<string | null> {
  const run = process.env[clusterVariable];
  if (run === undefined) return null;
  const folder = join(run, "demonstration");
  const [ready, data] = [join(folder, "ready"), join(folder, "data")];
  try {
    await mkdir(folder);
  } catch {
    // Another file builds it, or has: after two minutes each builds its own.
    for (let turn = 0; turn < 1_200 && !(await there(ready)); turn += 1) await pause(100);
    return (await there(ready)) ? data : null;
  }
  await chmod(run, 0o711);
  await chmod(folder, 0o711);
  const { child } = begin(data);
  try {
    await addressOf(child);
  } finally {
    await end(child);
  }
  await writeFile(ready, "");
  return data;
}

/** Starts `rugdekking start --demonstration` on a free port. @throws Error with what the program said when it ends before it is ready. */
export async function startDemonstration(): Promise<Demonstration> {
  const folder = await mkdtemp(join(tmpdir(), "rugdekking-world-"));
  // As root PostgreSQL runs as its own user, who must be able to pass through.
  await chmod(folder, 0o711);
  const data = join(folder, "data");
  const prepared = await preparedData();
  // With owners and rights as they are: PostgreSQL refuses a directory that is not its own.
  if (prepared !== null) await promisify(execFile)("cp", ["-a", prepared, data]);
  const { child, said } = begin(data);
  const stop = async (): Promise<void> => {
    await end(child);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const url = await addressOf(child);
    const file = await readDemonstration(join(data, "demonstration.json"));
    if (file === null) throw new Error("the demonstration wrote no file");
    return {
      url,
      data,
      file,
      handle: (player) => {
        const found = file.persons.find(({ key }) => key === player);
        if (found === undefined) throw new Error(`the demonstration has no player ${player}`);
        return found.handle;
      },
      dossier: (name) => {
        const id = file.dossiers[name];
        if (id === undefined) throw new Error(`the demonstration has no dossier ${name}`);
        return id;
      },
      printed: () => said.join(""),
      halt: async () => await end(child),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let [out, err] = ["", ""];
    child.stderr?.on("data", (piece: Buffer) => (err += piece.toString()));
    child.stdout?.on("data", (piece: Buffer) => {
      out += piece.toString();
      if (!/\}\s*$/.test(out)) return;
      const answer: { readonly address?: string } = JSON.parse(out);
      if (answer.address !== undefined) resolve(answer.address);
    });
    child.once("exit", (code) => reject(new Error(`start ended with ${code}: ${err}`)));
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  await ended;
}

/** Address of the embedded database in a data directory, from what PostgreSQL itself wrote there. */
export function databaseOf(data: string): string {
  const password = readFileSync(join(data, "postgres-password"), "utf8").trim();
  const port = readFileSync(join(data, "postgres", "postmaster.pid"), "utf8").split("\n")[3] ?? "";
  return `postgres://rugdekking:${password}@127.0.0.1:${port.trim()}/rugdekking`;
}

/** Writes a pseudo-random file (AES-CTR of zeros): not compressible, the same every time, in pieces. @returns its SHA-256, base64url. */
export function largeFile(path: string, size: number): string {
  const cipher = createCipheriv("aes-128-ctr", Buffer.alloc(16, 7), Buffer.alloc(16));
  const hash = createHash("sha256");
  const zeros = Buffer.alloc(1 << 20);
  const file = openSync(path, "w");
  for (let left = size; left > 0; left -= zeros.length) {
    const piece = cipher.update(left < zeros.length ? zeros.subarray(0, left) : zeros);
    hash.update(piece);
    writeSync(file, piece);
  }
  closeSync(file);
  return hash.digest("base64url");
}
