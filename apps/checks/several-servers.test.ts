/** Several servers on one PostgreSQL, as behind a balancer: each request sent to the next one. What one knows the other knows, the log is one, a job runs once, keys must be the same, and a server that is told to stop lets go in order. */
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { sql } from "kysely";
import { SMTPServer } from "smtp-server";
import Type from "typebox";
import { afterAll, beforeAll, expect, test } from "vitest";
import { generateSeed, generateSheetCode, newPerson, sealUnlock, sheetSecret, signKeyPair } from "@rugdekking/seal";
import { houseMigrations, openHouse, type House } from "#apps/server/house.ts";
import { jobNames, migrateJobs } from "#apps/server/jobs.ts";
import { inspectHouse } from "#apps/server/inspect.ts";
import { readSettings } from "#apps/server/settings.ts";
import { Connection, createDesk, memoryTrustStore, signInWithSheet, Trust, type Session } from "#services/directory/client/index.ts";
import { Uuid } from "#services/directory/contract/index.ts";
import { readWorklist } from "#services/dossier/client/index.ts";
import { directoryBlobs } from "#services/dossier/store/index.ts";
import { fileReport, openReport } from "#services/reporting/client/index.ts";
import { runningServers } from "#services/storage/index.ts";
import { openTestDatabase, type TestDatabase } from "#services/storage/testing.ts";
import { reportDraft } from "./road.ts";

interface Server {
  readonly port: number;
  readonly house: House;
}

let folder = "";
let database: TestDatabase;
let servers: Server[] = [];
let smtp: SMTPServer;
let mailPort = 0;
const mails: string[] = [];
/** What people type; nothing listens there: every request is sent on to one of the servers. */
const origin = "http://rugdekking.example.nl";
const seed = generateSeed();
let turn = 0;
/** Null sends each request to the next server. */
let only: number | null = null;

const freePort = async (): Promise<number> =>
  await new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });

const balanced = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
  const address = new URL(input instanceof Request ? input.url : input);
  const port = only ?? servers[turn++ % servers.length]?.port ?? 0;
  return await fetch(`http://127.0.0.1:${port}${address.pathname}${address.search}`, init);
};
const pins = memoryTrustStore();
const connect = (): { connection: Connection; trust: Trust } => {
  const connection = new Connection({ base: origin, cookies: "own", fetch: balanced });
  return { connection, trust: new Trust(connection, pins) };
};

/** A server with a data directory and a pool of its own, and the shared folders of `keys` and sealed files. */
async function start(name: string, keys: string, registrar: string): Promise<Server> {
  const port = await freePort();
  const settings = readSettings(
    {
      data: join(folder, name),
      database: database.url,
      keys,
      blobs: join(folder, "blobs"),
      origin,
      port,
      mail: `smtp://127.0.0.1:${mailPort}`,
      drainSeconds: 1,
      stopSeconds: 10,
    },
    {},
  );
  return { port, house: await openHouse(settings, { registrar, connections: 6 }) };
}

async function enrol(handle: string): Promise<() => Promise<Session>> {
  const person = await newPerson();
  const code = generateSheetCode();
  const unlocks = await Promise.all(
    [code, generateSheetCode()].map(async (one) => await sealUnlock("recovery-sheet", "Blad", {}, await sheetSecret(one), person)),
  );
  await connect().connection.post("/api/v1/persons", { card: person.card, handle, mail: handle, unlocks }, Type.Object({ person: Uuid }));
  return async () => {
    const { connection, trust } = connect();
    return await signInWithSheet(connection, { trust, device: "test", handle, code });
  };
}

let registrar = "";
let signIn: () => Promise<Session>;
let desk = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "rugdekking-several-"));
  database = await openTestDatabase(houseMigrations);
  smtp = new SMTPServer({
    disabledCommands: ["AUTH", "STARTTLS"],
    onData: (stream, { envelope }, done) => {
      stream.resume();
      stream.on("end", () => {
        mails.push(...envelope.rcptTo.map(({ address }) => address));
        done();
      });
    },
  });
  mailPort = await freePort();
  await new Promise<void>((resolve) => smtp.listen(mailPort, "127.0.0.1", resolve));
  const key = await signKeyPair(seed);
  registrar = key.publicKey;
  const keys = join(folder, "keys");
  // The first makes the keys; from then on every server reads the same ones.
  servers = [await start("a", keys, registrar)];
  servers.push(await start("b", keys, registrar));
  signIn = await enrol("veiligheid@demostad.example.nl");
  const { person } = (await signIn()).person;
  desk = (
    await createDesk(connect().trust, {
      registrar: key,
      organisation: "gm0344",
      name: "Demo",
      function: "safety-desk",
      members: [{ person, name: "Demo", office: "Demo", lead: true }],
    })
  ).id;
}, 120_000);
afterAll(async () => {
  await Promise.all(servers.map(async ({ house }) => await house.stop()));
  await new Promise<void>((resolve) => smtp.close(() => resolve()));
  await database.close();
  await rm(folder, { recursive: true, force: true });
}, 60_000);

test("who signs in at one server is signed in at the other, and a challenge of one is answered at the other", async () => {
  const session = await signIn();
  for (const { port } of servers) {
    only = port;
    expect((await session.connection.get("/api/v1/session", Type.Object({ person: Uuid }))).person).toBe(session.person.person);
  }
  only = null;
});

test("reports with files go in through both at once, piece by piece at another server each time; the log is one and everything in it holds", async () => {
  const filed = await Promise.all(
    Array.from({ length: 6 }, async (_, number) => {
      const { connection, trust } = connect();
      const big =
        number === 0
          ? [{ name: "film.bin", mediaType: "application/octet-stream", bytes: new Blob([new Uint8Array(20_000_000).fill(7)]), capturedAt: null, note: "" }]
          : [];
      return await fileReport(connection, {
        as: { guest: true },
        trust,
        desk,
        report: reportDraft((field) => `${field} ${number}`),
        attachments: [{ name: "a.txt", mediaType: "text/plain", bytes: new Blob([`bewijs ${number}`]), capturedAt: null, note: "" }, ...big],
        backOff: [],
      });
    }),
  );
  const session = await signIn();
  const listed: string[] = [];
  for await (const page of readWorklist(session, desk)) listed.push(...page.lines.map(({ id }) => id));
  expect(listed.toSorted()).toEqual(filed.map(({ dossier }) => dossier).toSorted());
  const [first] = filed;
  if (first === undefined) throw new Error("nothing was filed");
  await openReport(session, first.dossier);
  const { value } = await sql<{ value: string }>`select value from directory_setting where kind = 'log'`
    .execute(database.db)
    .then(({ rows }) => rows[0] ?? { value: "" });
  const blobs = await directoryBlobs(join(folder, "blobs"), { shared: true });
  const inspection = await inspectHouse(database.db, value, async (blob, size) => (await blobs.stat(blob)) === size);
  expect(inspection).toMatchObject({ dossiers: 6, faults: [] });
});

test("jobs run once: one mail reaches each reader, whichever server had it sent", async () => {
  for (let tries = 0; tries < 400 && mails.length === 0; tries += 1) await pause(50);
  await pause(3_000);
  expect(mails).toEqual(["veiligheid@demostad.example.nl"]);
  const { rows } = await sql<{
    name: string;
  }>`select name from rugdekking_jobs.job where name = any(${[...jobNames]}::text[]) and (data is not null or output is not null)`.execute(database.db);
  // A job says nothing but its name, also when it is done.
  expect(rows).toEqual([]);
});

test("a server with another key than the others does not start, and says which one", async () => {
  const other = join(folder, "other-keys");
  await cp(join(folder, "keys"), other, { recursive: true });
  await writeFile(join(other, "decoy"), `${Buffer.alloc(32, 3).toString("base64url")}\n`);
  await expect(start("c", other, registrar)).rejects.toThrow(/keys\/decoy is not the key that the other servers/u);
  const seen = await runningServers(database.db);
  expect(seen).toHaveLength(2);
  expect(new Set(seen.map(({ keys }) => keys)).size).toBe(1);
});

test("told to stop, a server says it is not ready, still answers for a while, and is gone within its bound; the other goes on", async () => {
  const [a, b] = servers;
  if (a === undefined || b === undefined) throw new Error("two servers were started");
  const ready = async (port: number): Promise<number> => (await fetch(`http://127.0.0.1:${port}/api/v1/health/ready`)).status;
  const session = await signIn();
  const began = performance.now();
  const stopped = a.house.stop();
  let draining = 200;
  for (let tries = 0; tries < 40 && draining === 200; tries += 1) {
    draining = await ready(a.port);
    await pause(10);
  }
  expect(draining).toBe(503);
  const late = await fetch(`http://127.0.0.1:${a.port}/api/v1/health/live`);
  expect(late.status).toBe(200);
  expect(late.headers.get("connection")).toBe("close");
  await stopped;
  expect(performance.now() - began).toBeLessThan(15_000);
  await expect(ready(a.port)).rejects.toThrow();
  only = b.port;
  expect(await ready(b.port)).toBe(200);
  expect((await session.connection.get("/api/v1/session", Type.Object({ person: Uuid }))).person).toBe(session.person.person);
  expect(await runningServers(database.db)).toHaveLength(1);
});

test("a server that leaves the schema alone starts on a present one, and refuses one that is older or has no tables of jobs", async () => {
  const older = await openTestDatabase(houseMigrations.slice(0, -1));
  const present = await openTestDatabase(houseMigrations);
  const open = async ({ url }: TestDatabase): Promise<House> =>
    await openHouse(readSettings({ data: join(folder, "alone"), database: url, migrate: false, port: 0 }, {}), { registrar, connections: 4 });
  try {
    await expect(open(older)).rejects.toMatchObject({ code: "unavailable", message: expect.stringContaining(houseMigrations.at(-1)?.id ?? "") });
    await expect(open(present)).rejects.toMatchObject({ code: "unavailable", mend: expect.stringContaining("rugdekking migrate") });
    await migrateJobs(present.url);
    await (await open(present)).stop();
  } finally {
    await older.close();
    await present.close();
  }
}, 60_000);
