/**
 * Bench: the public pages of figures as a crowd asks for them after the news: the page itself, the list and the figures from memory, the file on disk, and a second visit that has them already; beside a bare server that sends
 * the same bytes and does nothing else. `node tools/bench/figures.ts [--seconds 6]`. Needs what `npm run build` makes.
 */
import { rm } from "node:fs/promises";
import { createServer as bareHttp } from "node:http";
import { loadavg } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { fileURLToPath } from "node:url";
import { Worker, isMainThread, parentPort, workerData } from "node:worker_threads";
import Type from "typebox";
import { Parse } from "typebox/value";
import { figuresFolder } from "#apps/checks/invented-figures.ts";
import { createServer } from "#apps/server/create-server.ts";
import { closedLoop, Lines, rate, type Prepared, type Run } from "./load.ts";
import { percentiles, table, tell, type Row } from "./table.ts";

const clients = 16;
const target = 2_000;
const given = Type.Object({ publications: Type.String(), length: Type.Integer() });

/** In a thread of its own, as a server is a process of its own: the real frame, or a bare one with the same bytes. */
async function serve(): Promise<string> {
  const told = Parse(given, workerData);
  if (told.publications !== "") {
    const webRoot = fileURLToPath(new URL("../../dist/web", import.meta.url));
    const server = await createServer({ origin: "http://127.0.0.1", plugins: [], webRoot, publications: told.publications });
    return await server.listen({ host: "127.0.0.1", port: 0 });
  }
  const bytes = new Uint8Array(told.length);
  const bare = bareHttp((_request, answer) => answer.end(bytes));
  await new Promise<void>((resolve) => bare.listen(0, "127.0.0.1", resolve));
  const address = bare.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return `http://127.0.0.1:${address.port}`;
}

/** Microseconds of processor that a server's thread has used: what a request costs stays the same when other work takes the machine. */
const spent = (): number => {
  const { user, system } = process.threadCpuUsage();
  return user + system;
};

async function start(data: object): Promise<{ readonly url: string; spent(): Promise<number>; stop(): Promise<number> }> {
  const worker = new Worker(new URL(import.meta.url), { workerData: data });
  const url = await new Promise<string>((resolve, reject) => {
    worker.once("message", (text: unknown) => resolve(String(text)));
    worker.once("error", reject);
  });
  const asked = async (): Promise<number> =>
    await new Promise<number>((resolve) => {
      worker.once("message", (value: unknown) => resolve(Number(value)));
      worker.postMessage("spent");
    });
  return { url, spent: asked, stop: async () => await worker.terminate() };
}

/** @returns the run, and microseconds of the server's processor for one request */
async function asked(
  started: Awaited<ReturnType<typeof start>>,
  headers: Readonly<Record<string, string>>,
  path: string,
  seconds: number,
  status: number,
): Promise<{ readonly run: Run; readonly cost: number }> {
  const prepared: Prepared = { method: "GET", path, mediaType: null, body: null };
  const lines = new Lines(started.url, clients, headers);
  const work = async (): Promise<boolean> => {
    const answer = await lines.send(prepared);
    if (answer.status !== status) throw new Error(`${prepared.path}: ${answer.status}`);
    return true;
  };
  await closedLoop(clients, 1, work);
  const before = await started.spent();
  const run = await closedLoop(clients, seconds, work);
  const cost = ((await started.spent()) - before) / run.took.length;
  lines.close();
  return { run, cost };
}

async function run(seconds: number): Promise<void> {
  const loadBefore = loadavg();
  const data = await figuresFolder();
  const server = await start({ publications: join(data, "publications"), length: 0 });
  const rows: Row[] = [];
  try {
    const root = "/api/v1/open-data/publications";
    for (const [what, path, again] of [
      ["the page /cijfers", "/cijfers", false],
      ["the list", root, false],
      ["the figures, gzip, from memory", `${root}/landelijk-2026-k3`, false],
      ["the figures again, with If-None-Match", `${root}/landelijk-2026-k3`, true],
      ["a series through time, gzip", "/api/v1/open-data/trends/reports/alle", false],
      ["one figure as it is cited", "/api/v1/open-data/figures/landelijk-2026-k3/reports/alle", false],
      ["the table (CSV), from disk", "/publicaties/landelijk-2026-k3-1/cijfers.csv", false],
    ] as const) {
      tell(what);
      const first = await fetch(`${server.url}${path}`, { headers: { "Accept-Encoding": "gzip" } });
      const headers = { "Accept-Encoding": "gzip", ...(again ? { "If-None-Match": first.headers.get("etag") ?? "" } : {}) };
      const { status } = again ? await fetch(`${server.url}${path}`, { headers }) : first;
      const length = again ? 0 : Number(first.headers.get("content-length") ?? 0);
      await first.arrayBuffer();
      const bare = await start({ publications: "", length });
      const ours = await asked(server, headers, path, seconds, status);
      const theirs = await asked(bare, headers, path, Math.min(seconds, 4), 200);
      await bare.stop();
      rows.push({
        what: `${what} (${length} bytes), ${clients} clients`,
        ours: `${rate(ours.run).toFixed(0)}/s; ${percentiles(ours.run.took)}; ${ours.cost.toFixed(0)} µs of processor each`,
        baseline: `${rate(theirs.run).toFixed(0)}/s; ${theirs.cost.toFixed(0)} µs each (bare node:http, same bytes)`,
        ratio: `${(rate(ours.run) / rate(theirs.run)).toFixed(2)}x the rate, ${(ours.cost / theirs.cost).toFixed(2)}x the processor`,
        ...(path.endsWith(".csv") ? {} : { target: `>= ${target}/s`, met: rate(ours.run) >= target }),
      });
    }
    const notes = [
      "One server thread, the load generator on the same machine. The table has no target: it is fetched by few, and a proxy or browser keeps it for a day.",
    ];
    process.stdout.write(`${table("The public pages of figures", rows, loadBefore, notes)}\n`);
  } finally {
    await server.stop();
    await rm(data, { recursive: true, force: true });
  }
}

if (isMainThread) {
  const { values } = parseArgs({ options: { seconds: { type: "string", default: "6" } } });
  await run(Math.min(60, Math.max(1, Number(values.seconds))));
} else {
  parentPort?.postMessage(await serve());
  parentPort?.on("message", () => parentPort?.postMessage(spent()));
}
