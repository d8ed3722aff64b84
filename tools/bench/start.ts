/**
 * Bench: `npm start` with a data directory that is there already, from the command to the printed address; beside starting Node on an empty script.
 * `node tools/bench/start.ts [--runs 5]`. The first start (which makes the database and the demonstration world) is timed too, and promised nothing.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { descendantsOf, end, freePort, memoryOf, root } from "./server.ts";
import { mebibytes, percentile, table, tell, type Row } from "./table.ts";

const target = 5000;

/** A started `npm start`: how long it took, and the memory of the server below it. */
interface Started {
  readonly took: number;
  readonly peak: number;
}

/** Ends npm and what it started, by their ids: the server first, so that the database is closed cleanly. */
async function endAll(child: ChildProcess): Promise<void> {
  const below = await descendantsOf(child.pid ?? 0);
  const server = below.find(({ command }) => command.includes("apps/cli/rugdekking.ts"));
  if (server !== undefined) process.kill(server.pid, "SIGTERM");
  const gone = new Promise((resolve) => child.once("exit", resolve));
  const late = setTimeout(() => void end(child), 20_000);
  if (child.exitCode === null) await gone;
  clearTimeout(late);
}

/** Runs the very command of the manual once, from launch to the address on its standard output. */
async function startOnce(data: string, port: number): Promise<Started> {
  const address = `http://127.0.0.1:${port}`;
  const began = performance.now();
  const child = spawn("npm", ["start", "--", "--data", data, "--port", String(port)], { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  try {
    const took = await new Promise<number>((resolve, reject) => {
      const hear = (piece: Buffer): void => {
        said += piece.toString();
        if (said.includes(`:${port}`)) resolve(performance.now() - began);
      };
      child.stdout.on("data", hear);
      child.stderr.on("data", (piece: Buffer) => (said += piece.toString()));
      child.once("exit", () => reject(new Error(`npm start ended: ${said}`)));
      setTimeout(() => reject(new Error(`npm start printed no address in two minutes: ${said}`)), 120_000).unref();
    });
    const healthy = await fetch(`${address}/api/v1/health`);
    if (!healthy.ok) throw new Error("the printed address does not answer");
    const server = (await descendantsOf(child.pid ?? 0)).find(({ command }) => command.includes("apps/cli/rugdekking.ts"));
    return { took, peak: server === undefined ? 0 : (memoryOf(server.pid)?.peak ?? 0) };
  } finally {
    await endAll(child);
  }
}

/** Starting Node and ending it again: what no start can do without. */
async function nodeAlone(): Promise<number> {
  const began = performance.now();
  const child = spawn(process.execPath, ["-e", "0"], { stdio: "ignore" });
  await new Promise((resolve) => child.once("exit", resolve));
  return performance.now() - began;
}

async function run(runs: number): Promise<void> {
  const loadBefore = loadavg();
  const data = await mkdtemp(join(tmpdir(), "rugdekking-bench-"));
  try {
    tell("first start");
    const first = await startOnce(data, await freePort());
    const later: Started[] = [];
    const alone: number[] = [];
    for (let round = 0; round < runs; round += 1) {
      tell(`later start ${round + 1} of ${runs}`);
      later.push(await startOnce(data, await freePort()));
      alone.push(await nodeAlone());
    }
    const middle = percentile(
      later.map(({ took }) => took),
      0.5,
    );
    const ms = (value: number): string => `${value.toFixed(0)} ms`;
    const rows: Row[] = [
      {
        what: `npm start with data that is there, command to printed address (middle of ${runs})`,
        ours: ms(middle),
        baseline: `${ms(percentile(alone, 0.5))} (node -e 0)`,
        ratio: `${(middle / percentile(alone, 0.5)).toFixed(0)}x`,
        target: `< ${ms(target)}`,
        met: middle < target,
      },
      { what: "the same, slowest", ours: ms(Math.max(...later.map(({ took }) => took))), baseline: ms(Math.max(...alone)) },
      { what: "first start: makes the database and the demonstration world", ours: ms(first.took) },
      {
        what: "memory of the server process, most it held: first / later start",
        ours: `${mebibytes(first.peak)} / ${mebibytes(
          percentile(
            later.map(({ peak }) => peak),
            0.5,
          ),
        )}`,
      },
    ];
    process.stdout.write(`${table("Starting", rows, loadBefore)}\n`);
  } finally {
    await rm(data, { recursive: true, force: true });
  }
}

const { values } = parseArgs({ options: { runs: { type: "string", default: "5" } } });
await run(Math.min(20, Math.max(1, Number(values.runs))));
