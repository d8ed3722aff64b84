/**
 * Design section 8, crash: server and PostgreSQL are killed with SIGKILL in turns while reports and follow-ups come in (two hundred times at night). Whatever was acknowledged is there, opens and verifies, nothing
 * half-written shows, the log only ever grew, and while the database is away the server lives on and says so.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { inspectHouse } from "#apps/server/inspect.ts";
import { signInAsGuest } from "#services/directory/client/index.ts";
import { checkReceipt, readWorklist } from "#services/dossier/client/index.ts";
import type { Receipt } from "#services/dossier/contract/index.ts";
import { directoryBlobs } from "#services/dossier/store/index.ts";
import { followLog } from "#services/ledger/client/index.ts";
import { Problem } from "#services/problem/index.ts";
import { fileReport, openReport, readReport, sendMessage, type FiledReport } from "#services/reporting/client/index.ts";
import { openDatabase } from "#services/storage/index.ts";
import { runningEmbedded } from "#services/storage/embedded.ts";
import { reportDraft } from "./road.ts";
import {
  freePort,
  makeServedDesk,
  newRegistrar,
  postmasterOf,
  serve,
  unforeseenAnswers,
  watchAnswers,
  type ServedDesk,
  type ServedHouse,
} from "./served-house.ts";

/** How many acknowledged reports, how many kills, half of them of PostgreSQL. The nightly run raises both. */
const reports = Number(process.env["RUGDEKKING_CRASH_REPORTS"] ?? 250);
const kills = Number(process.env["RUGDEKKING_CRASH_KILLS"] ?? 2);
const clients = 8;
/** Every so many reports, their guest writes something more. */
const followUpEvery = 5;

let data = "";
let port = 0;
let registrar = "";
let house: ServedHouse;
let office: ServedDesk;
let said = "";
/** No server runs, because we killed it. */
let away = false;
const answers = watchAnswers();
const base = (): string => `http://127.0.0.1:${port}`;
const start = async (): Promise<void> => {
  house = await serve({ port, data, registrar });
  away = false;
};

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), "rugdekking-crash-"));
  port = await freePort();
  const key = await newRegistrar();
  registrar = key.publicKey;
  await start();
  office = await makeServedDesk(base(), key, answers.fetch);
}, 300_000);
afterAll(async () => {
  await house.stop();
  await rm(data, { recursive: true, force: true });
}, 120_000);

const acknowledged: FiledReport[] = [];
const followUps: Receipt[] = [];
let dropped = 0;

/** Those that only say "not now" are what a crash looks like from outside. */
const passes = (error: unknown): boolean => error instanceof Problem && error.code === "unavailable";

/** One client: files until enough are acknowledged; a lost connection means it does not know, tries a new one, and counts what it was never told. */
async function client(number: number): Promise<void> {
  const { connection, trust } = office.connect();
  for (let turn = 0; acknowledged.length < reports; turn++) {
    try {
      const filed = await fileReport(connection, {
        as: { guest: true },
        trust,
        desk: office.desk,
        report: reportDraft((field) => `${field} ${number}/${turn}`),
        attachments: [{ name: "a.txt", mediaType: "text/plain", bytes: new Blob([`bewijs ${number}/${turn}`]), capturedAt: null, note: "" }],
        backOff: [],
      });
      acknowledged.push(filed);
      if (turn % followUpEvery !== 0 || filed.receiptCode === null) continue;
      const own = office.connect();
      const session = await signInAsGuest(own.connection, { trust: own.trust, device: "test", receiptCode: filed.receiptCode });
      followUps.push(await sendMessage(await openReport(session, filed.dossier), `meer ${number}/${turn}`));
    } catch (error) {
      if (!passes(error)) throw error;
      dropped++;
      await pause(100);
    }
  }
}

/** Asks two doors all the time; whoever was not answered although a server ran is kept. */
async function watch(until: () => boolean): Promise<string[]> {
  const silent: string[] = [];
  while (!until()) {
    for (const path of ["/api/v1/health/ready", `/api/v1/desks/${office.desk}`]) {
      try {
        await (await answers.fetch(`${base()}${path}`, { signal: AbortSignal.timeout(20_000) })).arrayBuffer();
      } catch (error) {
        if (!away) silent.push(`${path}: ${error instanceof Error ? error.message : "?"}`);
      }
    }
    await pause(40);
  }
  return silent;
}

/** SIGKILL to all of PostgreSQL's own process, or to one of the processes that serve a connection (it then restarts all of them by itself). */
async function killDatabase(whole: boolean): Promise<void> {
  const postmaster = postmasterOf(data);
  if (whole) return void process.kill(postmaster, "SIGKILL");
  const url = await runningEmbedded(data);
  if (url === null) throw new Error("the database does not run");
  const looking = new pg.Client({ connectionString: url });
  looking.on("error", () => undefined);
  await looking.connect();
  const { rows } = await looking.query<{ pid: number }>(
    "select pid from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid() order by (state = 'active') desc, random() limit 1",
  );
  process.kill(rows[0]?.pid ?? postmaster, "SIGKILL");
  await looking.end().catch(() => undefined);
}

/** Until the database takes questions again. @returns milliseconds it took. */
async function untilReady(): Promise<number> {
  const began = performance.now();
  for (; performance.now() - began < 60_000; await pause(25)) {
    if (!house.lives()) throw new Error(`the server went with its database: ${house.said()}`);
    const ready = await fetch(`${base()}/api/v1/health/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (ready) return performance.now() - began;
  }
  throw new Error("the database did not come back");
}

/** Whoever watches the log from outside sees it grow and never change; a database that only now goes away is waited for. @returns the signed checkpoint. */
async function follow(log: string, pinned: string | null): Promise<string> {
  for (const until = performance.now() + 60_000; ; await pause(100)) {
    try {
      return (await followLog(base(), log, pinned, async (url) => await answers.fetch(url, {}))).signed;
    } catch (error) {
      if (!(error instanceof Error && error.message.includes("answered 503")) || performance.now() > until) throw error;
    }
  }
}

test(
  "kill -9 of server and database again and again during submissions: every acknowledged report is there and verifies",
  async () => {
    let done = false;
    const watching = watch(() => done);
    const work = Promise.all(Array.from({ length: clients }, async (_, number) => await client(number)));
    work.catch(() => (done = true));
    const { log } = await office.connect().trust.anchor();
    let pinned: string | null = null;
    const outages: number[] = [];
    for (let count = 1; count <= kills; count++) {
      const target = Math.floor((reports * count) / (kills + 1));
      while (acknowledged.length < target) await Promise.race([pause(20), work]);
      if (count % 2 === 1) {
        away = true;
        await house.kill();
        said += house.said();
        await start();
      } else {
        await killDatabase(count % 4 === 0);
        // The server notices when it asks next: by then it is away, or back.
        await pause(250);
        outages.push(await untilReady());
      }
      pinned = await follow(log, pinned);
    }
    await work;
    done = true;
    expect(await watching).toEqual([]);
    said += house.said();
    expect(unforeseenAnswers(said)).toEqual([]);
    expect(answers.bad).toEqual([]);
    if (kills >= 4) expect(answers.puttingOff()).toBeGreaterThan(0);

    expect(acknowledged.length).toBeGreaterThanOrEqual(reports);
    expect(new Set(acknowledged.map(({ dossier }) => dossier)).size).toBe(acknowledged.length);
    const session = await office.signIn();
    const listed = new Set<string>();
    for await (const page of readWorklist(session, office.desk)) for (const line of page.lines) listed.add(line.id);
    // Nothing acknowledged is missing; what is there beyond it was accepted whole while its answer got lost with the connection.
    expect(acknowledged.filter(({ dossier }) => !listed.has(dossier))).toEqual([]);
    expect(listed.size - acknowledged.length).toBeLessThanOrEqual(dropped);

    const anchor = await session.trust.anchor();
    for (const { receipt } of acknowledged) await checkReceipt(receipt, anchor);
    for (const receipt of followUps) {
      await checkReceipt(receipt, anchor);
      const { entries } = await openReport(session, receipt.dossier);
      expect(entries.map(({ header: { seq } }) => seq)).toContain(receipt.seq);
    }
    const known = new Set(acknowledged.map(({ dossier }) => dossier));
    const sample = [...listed].filter((dossier, place) => place % 10 === 0 || !known.has(dossier));
    for (const id of sample) {
      const handle = await openReport(session, id);
      const first = handle.entries[0];
      if (first === undefined) throw new Error(`${id} is empty`);
      const content = await readReport(handle, first);
      expect(content.kind === "report" && content.body.attachments).toHaveLength(1);
      if (content.kind !== "report" || content.body.attachments[0] === undefined) continue;
      const text = await new Response(await handle.readAttachment(first, content.body.attachments[0])).text();
      expect(text).toMatch(/^bewijs /);
    }

    const db = openDatabase((await runningEmbedded(data)) ?? "", { connections: 2 });
    const blobs = await directoryBlobs(join(data, "blobs"));
    const inspection = await inspectHouse(db, log, async (blob, size) => (await blobs.stat(blob)) === size).finally(async () => await db.destroy());
    expect(inspection.faults).toEqual([]);
    expect(inspection.dossiers).toBe(listed.size);
    process.stdout.write(
      `crash: ${kills} kills, ${acknowledged.length} reports and ${followUps.length} follow-ups acknowledged, ${dropped} not told, ${answers.puttingOff()} put off, database away at most ${Math.round(Math.max(0, ...outages))} ms\n`,
    );
  },
  300_000 + kills * 20_000,
);
