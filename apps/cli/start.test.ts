/** Law 1 in the process that really runs: a started server has not loaded one module that opens seals; and it stops when asked. */
import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "rugdekking-start-"));
// As root PostgreSQL runs as its own user, who must be able to pass through.
chmodSync(folder, 0o711);
const program = fileURLToPath(new URL("rugdekking.ts", import.meta.url));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Writes down every module the process loads, by address. */
const recorder = `
import { registerHooks } from "node:module";
import { writeFileSync } from "node:fs";
const seen = [];
registerHooks({ load(url, context, next) { seen.push(url); return next(url, context); } });
process.on("exit", () => writeFileSync(process.env.SEEN, seen.join("\\n")));
`;

interface Started {
  readonly child: ChildProcess;
  readonly address: string;
}

function start(seen: string, ...more: string[]): Promise<Started> {
  writeFileSync(join(folder, "recorder.mjs"), recorder);
  const line = ["--disable-warning=ExperimentalWarning", "--import", join(folder, "recorder.mjs"), program, "start", "--port", "0", ...more];
  const child = spawn(process.execPath, line, { env: { ...process.env, SEEN: seen }, stdio: ["ignore", "pipe", "pipe"] });
  let err = "";
  child.stderr.on("data", (piece: Buffer) => (err += piece.toString()));
  return new Promise((found, failed) => {
    child.stdout.on("data", (piece: Buffer) => {
      const [address] = /http:\/\/[\d.:]+/.exec(piece.toString()) ?? [];
      if (address !== undefined) found({ child, address });
    });
    child.on("exit", (code) => failed(new Error(`start ended with ${code}: ${err}`)));
  });
}

const stop = (child: ChildProcess): Promise<number | null> =>
  new Promise((ended) => {
    child.removeAllListeners("exit");
    child.once("exit", ended);
    child.kill("SIGTERM");
  });

/** Whether a program runs. One that has ended and waits for the system to take note of it (a zombie) does not, though its number is still in use. */
function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return process.platform !== "linux" || !/^State:\s+Z/mu.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}

const opensSeals = (modules: string): readonly string[] =>
  modules
    .split("\n")
    .filter((url) => /\/engines\/seal\/index\.ts|\/node_modules\/(?:hpke|age-encryption)\/|\/services\/[^/]+\/(?:client|bundle\/index\.ts)/.test(url));

describe("rugdekking start", () => {
  test("serves, has loaded nothing that opens seals, and ends with 0 on SIGTERM", async () => {
    const seen = join(folder, "plain.txt");
    const { child, address } = await start(seen, "--data", join(folder, "plain"));
    expect(await (await fetch(`${address}/api/v1/health`)).json()).toEqual({ status: "ok" });
    expect(await stop(child)).toBe(0);
    const modules = readFileSync(seen, "utf8");
    expect(modules).toContain("/apps/server/house.ts");
    expect(opensSeals(modules)).toEqual([]);
  }, 60_000);

  test("a stop that is heard twice, by the terminal and by who started it, is one stop: the database is closed with it", async () => {
    const data = join(folder, "twice");
    const { child } = await start(join(folder, "twice.txt"), "--data", data);
    const postmaster = Number(readFileSync(join(data, "postgres", "postmaster.pid"), "utf8").split("\n")[0]);
    const ended = stop(child);
    child.kill("SIGTERM");
    setTimeout(() => child.kill("SIGTERM"), 50);
    expect(await ended).toBe(0);
    expect(runs(postmaster)).toBe(false);
  }, 60_000);

  test("the same look at a demonstration does see them: its world is built by a client in the same process", async () => {
    const seen = join(folder, "demonstration.txt");
    const { child } = await start(seen, "--demonstration", "--data", join(folder, "demonstration"));
    expect(await stop(child)).toBe(0);
    expect(opensSeals(readFileSync(seen, "utf8"))).not.toEqual([]);
  }, 180_000);
});
