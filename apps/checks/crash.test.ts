/** Design section 8, crash: the server is killed with SIGKILL again and again while hundreds of reports come in (a thousand at night); every report that was acknowledged is there, opens and verifies, and nothing half-written shows. */
import { spawn, type ChildProcess } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import Type from "typebox";
import { afterAll, beforeAll, expect, test } from "vitest";
import { generateSeed, generateSheetCode, newPerson, sealUnlock, sheetSecret, signKeyPair } from "@rugdekking/seal";
import { Connection, createDesk, memoryTrustStore, signInWithSheet, Trust, type Session } from "#services/directory/client/index.ts";
import { Uuid } from "#services/directory/contract/index.ts";
import { checkReceipt, readWorklist } from "#services/dossier/client/index.ts";
import { Problem } from "#services/problem/index.ts";
import { fileReport, openReport, readReport, type FiledReport } from "#services/reporting/client/index.ts";
import { reportDraft } from "./road.ts";

/** How many acknowledged reports, how many kills. The nightly run raises both. */
const reports = Number(process.env["RUGDEKKING_CRASH_REPORTS"] ?? 250);
const kills = Number(process.env["RUGDEKKING_CRASH_KILLS"] ?? 2);
const clients = 8;

let data = "";
let port = 0;
let child: ChildProcess | null = null;
let registrar = "";
const seed = generateSeed();
const pins = memoryTrustStore();
const connect = (): { connection: Connection; trust: Trust } => {
  const connection = new Connection({ base: `http://127.0.0.1:${port}`, cookies: "own" });
  return { connection, trust: new Trust(connection, pins) };
};

/** Starts the real command and waits until it answers. */
async function start(): Promise<void> {
  const started = spawn(
    process.execPath,
    ["--disable-warning=ExperimentalWarning", "apps/cli/rugdekking.ts", "start", "--port", String(port), "--data", data, `--registrar=${registrar}`],
    { stdio: ["ignore", "ignore", "pipe"] },
  );
  child = started;
  let printed = "";
  started.stderr?.on("data", (piece: Buffer) => (printed += piece.toString()));
  for (let tries = 0; tries < 600; tries++) {
    const healthy = await fetch(`http://127.0.0.1:${port}/api/v1/health`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (healthy) return;
    if (started.exitCode !== null) throw new Error(`the server ended: ${printed}`);
    await pause(50);
  }
  throw new Error(`the server does not answer: ${printed}`);
}

/** SIGKILL to the server process alone: its PostgreSQL is left behind mid-work, as in a real crash. */
async function kill(): Promise<void> {
  const dying = child;
  if (dying === null) return;
  const gone = new Promise((resolve) => dying.once("exit", resolve));
  dying.kill("SIGKILL");
  await gone;
}

async function enterSafety(): Promise<{ handle: string; code: string; person: string }> {
  const secrets = await newPerson();
  const code = generateSheetCode();
  const handle = "veiligheid@demostad.example.nl";
  const unlocks = [
    await sealUnlock("recovery-sheet", "a", {}, await sheetSecret(code), secrets),
    await sealUnlock("recovery-sheet", "b", {}, await sheetSecret(generateSheetCode()), secrets),
  ];
  const { person } = await connect().connection.post("/api/v1/persons", { card: secrets.card, handle, mail: null, unlocks }, Type.Object({ person: Uuid }));
  return { handle, code, person };
}

let desk = "";
let safety: { handle: string; code: string; person: string };
const signIn = async (): Promise<Session> => {
  const { connection, trust } = connect();
  return await signInWithSheet(connection, { trust, device: "test", handle: safety.handle, code: safety.code });
};

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), "rugdekking-crash-"));
  port = await new Promise<number>((resolve) => {
    const probe = createServer();
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
  const key = await signKeyPair(seed);
  registrar = key.publicKey;
  await start();
  safety = await enterSafety();
  const made = await createDesk(connect().trust, {
    registrar: key,
    organisation: "gm0344",
    name: "Demo",
    function: "safety-desk",
    members: [{ person: safety.person, name: "Demo", office: "Demo", lead: true }],
  });
  desk = made.id;
}, 120_000);
afterAll(async () => {
  const dying = child;
  if (dying !== null) {
    const gone = new Promise((resolve) => dying.once("exit", resolve));
    dying.kill("SIGTERM");
    await Promise.race([gone, pause(15_000)]);
  }
  await rm(data, { recursive: true, force: true });
}, 60_000);

const acknowledged: FiledReport[] = [];
let dropped = 0;

/** One client: files until enough are acknowledged; a lost connection means it does not know, tries a new one, and counts what it was never told. */
async function client(number: number): Promise<void> {
  const { connection, trust } = connect();
  for (let turn = 0; acknowledged.length < reports; turn++) {
    try {
      acknowledged.push(
        await fileReport(connection, {
          as: { guest: true },
          trust,
          desk,
          report: reportDraft((field) => `${field} ${number}/${turn}`),
          attachments: [{ name: "a.txt", mediaType: "text/plain", bytes: new Blob([`bewijs ${number}/${turn}`]), capturedAt: null, note: "" }],
          backOff: [],
        }),
      );
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== "unavailable") throw error;
      dropped++;
      await pause(100);
    }
  }
}

test("kill -9 of the server again and again during submissions: every acknowledged report is there and verifies", async () => {
  const work = Promise.all(Array.from({ length: clients }, async (_, number) => await client(number)));
  for (let count = 1; count <= kills; count++) {
    const target = Math.floor((reports * count) / (kills + 1));
    while (acknowledged.length < target) await Promise.race([pause(20), work]);
    await kill();
    await start();
  }
  await work;
  expect(acknowledged.length).toBeGreaterThanOrEqual(reports);
  expect(new Set(acknowledged.map(({ dossier }) => dossier)).size).toBe(acknowledged.length);

  const session = await signIn();
  const listed = new Set<string>();
  for await (const page of readWorklist(session, desk)) for (const line of page.lines) listed.add(line.id);
  // Nothing acknowledged is missing; what is there beyond it was accepted whole while its answer got lost with the connection.
  expect(acknowledged.filter(({ dossier }) => !listed.has(dossier))).toEqual([]);
  expect(listed.size - acknowledged.length).toBeLessThanOrEqual(dropped);

  const anchor = await session.trust.anchor();
  for (const { receipt } of acknowledged) await checkReceipt(receipt, anchor);
  const sample = [...listed].filter((_, place) => place % 10 === 0 || !acknowledged.some(({ dossier }) => dossier === [...listed][place]));
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
}, 420_000);
