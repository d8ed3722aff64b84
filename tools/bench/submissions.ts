/**
 * Bench: sealed reports accepted end to end, beside what a bare server does with the same bytes in the same PostgreSQL.
 * `node tools/bench/submissions.ts [--seconds 10] [--profile]`. One report is one PUT of a sealed 40 kB attachment and one POST with guest card, entry, two hand-overs and cover.
 */
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import pg from "pg";
import { Parse } from "typebox/value";
import { generateReceiptCode } from "@rugdekking/seal";
import { digestOf } from "@rugdekking/seal/verify";
import { Connection, memoryTrustStore, signInAsGuest, Trust, type Fetch } from "#services/directory/client/index.ts";
import { checkReceipt } from "#services/dossier/client/index.ts";
import { Receipt } from "#services/dossier/contract/index.ts";
import { Problem } from "#services/problem/index.ts";
import { fileReport, openReport, readReport } from "#services/reporting/client/index.ts";
import { closedLoop, Lines, openLoop, rate, type Prepared, type Run } from "./load.ts";
import { makeDesk, reportNumber, type Desk } from "./people.ts";
import { describeShares, sharesOf } from "./profile.ts";
import { end, runNode, processorTimes, startServer, type BenchServer } from "./server.ts";
import { percentile, percentiles, table, tell, type Row } from "./table.ts";

const clients = 8;
const attachmentBytes = 40_000;
const openRate = 50;
const targetRate = 250;
const targetLatency = 60;

/** A whole report as bytes: nothing is left to do but send it. */
interface SealedReport {
  readonly code: string;
  readonly number: number;
  readonly put: Prepared;
  readonly post: Prepared;
}

const asPut = (path: string, body: Buffer): Prepared => ({ method: "PUT", path, mediaType: "application/octet-stream", body });
const asPost = (path: string, body: Buffer): Prepared => ({ method: "POST", path, mediaType: "application/json", body });

/** Random bytes in the shape of a picture; a fresh one for each report. */
function picture(): Blob {
  return new Blob([crypto.getRandomValues(new Uint8Array(attachmentBytes))], { type: "image/png" });
}

const attachmentOf = (bytes: Blob) => ({ name: "schermafbeelding.png", mediaType: "image/png", bytes, capturedAt: null, note: "" });

/**
 * Seals reports with the very client function the app uses, on a connection that keeps what would be sent: the PUT is answered as the server would, the POST is kept and refused,
 * and what the client reads (anchor, desk) is asked of the real server once.
 */
async function sealReports(server: BenchServer, desk: Desk, count: number, from: number): Promise<SealedReport[]> {
  const known = new Map<string, string>();
  let put: Prepared | null = null;
  let post: Prepared | null = null;
  const keep: Fetch = async (input, init) => {
    const path = input.slice(server.url.length);
    if (init.method === "GET") {
      const text = known.get(path) ?? (await (await fetch(input, init)).text());
      known.set(path, text);
      return new Response(text);
    }
    if (init.method === "PUT" && init.body instanceof Uint8Array) {
      put = asPut(path, Buffer.from(init.body));
      return Response.json({ digest: await digestOf(init.body) }, { status: 201 });
    }
    if (typeof init.body === "string") post = asPost(path, Buffer.from(init.body));
    return Response.json({ code: "already-there", detail: "kept for the bench", mend: "-" }, { status: 409 });
  };
  const connection = new Connection({ base: server.url, cookies: "own", fetch: keep });
  const trust = new Trust(connection, memoryTrustStore());
  const sealed: SealedReport[] = [];
  for (let number = from; number < from + count; number += 1) {
    const code = generateReceiptCode();
    const filing = fileReport(connection, {
      as: { guest: true, receiptCode: code },
      trust,
      desk: desk.desk.id,
      report: reportNumber(number),
      attachments: [attachmentOf(picture())],
    });
    await filing.catch((error: unknown) => {
      if (!(error instanceof Problem) || error.code !== "already-there") throw error;
    });
    if (put === null || post === null) throw new Error("the client sent something else than one PUT and one POST");
    sealed.push({ code, number, put, post });
  }
  return sealed;
}

interface Accepted {
  readonly report: SealedReport;
  readonly receipt: Receipt;
}

/** A piece of work: sends the next sealed report whole and keeps its receipt. */
function sender(lines: Lines, stock: readonly SealedReport[], accepted: Accepted[]): () => Promise<boolean> {
  let next = 0;
  return async () => {
    const report = stock[next];
    next += 1;
    if (report === undefined) return false;
    for (const prepared of [report.put, report.post]) {
      const { status, text } = await lines.send(prepared);
      if (status !== 201) throw new Error(`${prepared.method} ${prepared.path.split("?")[0]}: ${status} ${text.slice(0, 300)}`);
      if (prepared === report.post) accepted.push({ report, receipt: Parse(Receipt, JSON.parse(text)) });
    }
    return true;
  };
}

/** The same bytes, one POST and one INSERT each, to a bare Fastify on the same PostgreSQL. */
async function bareServer(server: BenchServer, sample: SealedReport, seconds: number): Promise<{ closed: Run; open: Run }> {
  const child = runNode(["tools/bench/bare-server.ts"], { env: { BENCH_DATABASE: server.database } });
  child.stderr?.pipe(process.stderr);
  try {
    const url = await new Promise<string>((resolve, reject) => {
      child.stdout?.once("data", (piece: Buffer) => resolve(piece.toString().trim()));
      child.once("exit", () => reject(new Error("the bare server ended")));
    });
    const body = Buffer.concat([sample.put.body ?? Buffer.alloc(0), sample.post.body ?? Buffer.alloc(0)]);
    const lines = new Lines(url, clients);
    const work = async (): Promise<boolean> => {
      const { status } = await lines.send({ method: "POST", path: "/take", mediaType: "application/octet-stream", body });
      if (status !== 201) throw new Error(`bare server: ${status}`);
      return true;
    };
    await closedLoop(clients, 1, work);
    const closed = await closedLoop(clients, seconds, work);
    const open = await openLoop(openRate, seconds, work);
    lines.close();
    return { closed, open };
  } finally {
    await end(child);
  }
}

/** Commits of one small row, eight connections: what the disk and PostgreSQL allow at all. */
async function commits(database: string, seconds: number): Promise<Run> {
  const pool = new pg.Pool({ connectionString: database, max: clients });
  await pool.query("CREATE TABLE IF NOT EXISTS bench_commit (id uuid PRIMARY KEY, at timestamptz NOT NULL)");
  const run = await closedLoop(clients, seconds, async () => {
    await pool.query("INSERT INTO bench_commit (id, at) VALUES ($1, now())", [crypto.randomUUID()]);
    return true;
  });
  await pool.end();
  return run;
}

/** Everything at once: the client functions seal, send and check in this process while the server works beside them. */
async function wholeRoad(desk: Desk, seconds: number): Promise<Run> {
  let number = 1_000_000;
  return await closedLoop(clients, seconds, async () => {
    const { connection, trust } = desk.connect();
    number += 1;
    await fileReport(connection, {
      as: { guest: true },
      trust,
      desk: desk.desk.id,
      report: reportNumber(number),
      attachments: [attachmentOf(picture())],
    });
    return true;
  });
}

/** Every receipt must verify offline, and a sample of guests must find their own words and picture again. @returns how many were opened. */
async function checkAll(desk: Desk, accepted: readonly Accepted[]): Promise<number> {
  const anchor = await desk.connect().trust.anchor();
  for (const { receipt } of accepted) await checkReceipt(receipt, anchor);
  const step = Math.max(1, Math.floor(accepted.length / 20));
  const sample = accepted.filter((_, place) => place % step === 0);
  for (const { report, receipt } of sample) {
    const { connection, trust } = desk.connect();
    const session = await signInAsGuest(connection, { trust, device: "bench", receiptCode: report.code });
    const handle = await openReport(session, receipt.dossier);
    const [first] = handle.entries;
    if (first === undefined) throw new Error("an acknowledged report has no entry");
    const content = await readReport(handle, first);
    const note = content.kind === "report" ? content.body.attachments[0] : undefined;
    if (content.kind !== "report" || note === undefined || !content.body.inOwnWords.startsWith(`Demonstratie ${report.number}:`))
      throw new Error("an acknowledged report reads otherwise than it was written");
    const bytes = await new Response(await handle.readAttachment(first, note)).bytes();
    if (bytes.length !== attachmentBytes) throw new Error("an acknowledged attachment has another length");
  }
  return sample.length;
}

const times = (ours: number, base: number): string => `${(ours / base).toFixed(2)}x`;

async function run(seconds: number, profile: boolean): Promise<void> {
  const loadBefore = loadavg();
  const folder = profile ? await mkdtemp(join(tmpdir(), "rugdekking-profile-")) : null;
  let recorded = { from: 0, until: Infinity };
  const server = await startServer(folder === null ? {} : { profile: folder });
  try {
    const desk = await makeDesk(server);
    const wanted = Math.ceil(seconds * 450);
    tell(`sealing ${wanted + openRate * seconds + 300} reports`);
    const began = performance.now();
    const warm = await sealReports(server, desk, 300, 0);
    const closedStock = await sealReports(server, desk, wanted, 300);
    const openStock = await sealReports(server, desk, openRate * seconds, 300 + wanted);
    const sealing = (performance.now() - began) / (warm.length + closedStock.length + openStock.length);
    const [sample] = warm;
    if (sample === undefined) throw new Error("nothing was sealed");
    const bytes = (sample.put.body?.length ?? 0) + (sample.post.body?.length ?? 0);

    const accepted: Accepted[] = [];
    const lines = new Lines(server.url, clients);
    await closedLoop(clients, 5, sender(lines, warm, accepted));
    tell("closed loop");
    const from = { at: process.hrtime.bigint(), times: await processorTimes(server), own: process.cpuUsage() };
    const closed = await closedLoop(clients, seconds, sender(lines, closedStock, accepted));
    const until = { at: process.hrtime.bigint(), times: await processorTimes(server), own: process.cpuUsage(from.own) };
    const each = (milliseconds: number): string => (milliseconds / closed.took.length).toFixed(2);
    lines.close();
    tell("open loop");
    const openLines = new Lines(server.url, 64);
    const open = await openLoop(openRate, seconds, sender(openLines, openStock, accepted));
    openLines.close();
    tell("bare server, commits, whole road");
    const bare = await bareServer(server, sample, Math.min(seconds, 6));
    const commit = await commits(server.database, 3);
    const whole = await wholeRoad(desk, Math.min(seconds, 8));
    tell(`checking ${accepted.length} receipts`);
    const opened = await checkAll(desk, accepted);

    const rows: Row[] = [
      {
        what: `reports accepted, ${clients} clients closed loop, sealed beforehand`,
        ours: `${rate(closed).toFixed(0)}/s`,
        baseline: `${rate(bare.closed).toFixed(0)}/s (bare Fastify + one INSERT of the same ${(bytes / 1000).toFixed(0)} kB)`,
        ratio: times(rate(closed), rate(bare.closed)),
        target: `>= ${targetRate}/s`,
        met: rate(closed) >= targetRate,
      },
      {
        what: "the same, processor time per report: server / PostgreSQL / load generator",
        ours: `${each(until.times.server - from.times.server)} / ${each(until.times.database - from.times.database)} / ${each((until.own.user + until.own.system) / 1000)} ms`,
      },
      { what: "the same, latency p50 / p95 / p99", ours: percentiles(closed.took), baseline: percentiles(bare.closed.took) },
      {
        what: `open loop ${openRate}/s, latency p50 / p95 / p99`,
        ours: percentiles(open.took),
        baseline: percentiles(bare.open.took),
        ratio: times(percentile(open.took, 0.95), percentile(bare.open.took, 0.95)),
        target: `p95 < ${targetLatency} ms`,
        met: percentile(open.took, 0.95) < targetLatency,
      },
      {
        what: `whole road in one process: seal, send, check the receipt, ${clients} clients`,
        ours: `${rate(whole).toFixed(0)}/s, ${percentiles(whole.took)}`,
        baseline: `sealing alone, one after another: ${(1000 / sealing).toFixed(0)}/s`,
      },
      { what: `commits of one small row, ${clients} connections`, ours: "", baseline: `${rate(commit).toFixed(0)}/s` },
    ];
    recorded = { from: Number(from.at / 1000n), until: Number(until.at / 1000n) };
    const notes = [
      `${accepted.length} receipts checked offline against the pinned log key, all good; ${opened} reports opened again with their code, words and picture as sent. The load generator shares the cores; sealing is done beforehand in the first rows because it happens on other people's devices.`,
    ];
    process.stdout.write(`${table("Sealed reports accepted", rows, loadBefore, notes)}\n`);
  } finally {
    await server.stop();
  }
  if (folder === null) return;
  for (const name of await readdir(folder)) process.stdout.write(`${describeShares(sharesOf(join(folder, name), recorded))}\n`);
  await rm(folder, { recursive: true, force: true });
}

const { values } = parseArgs({ options: { seconds: { type: "string", default: "10" }, profile: { type: "boolean", default: false } } });
await run(Math.min(60, Math.max(1, Number(values.seconds))), values.profile);
