/**
 * Three servers behind nginx on a PostgreSQL primary with a streaming replica, as docs/operate.md sets them up. They are restarted one by one under load without one failed request; then the primary vanishes with
 * kill -9, the replica is promoted, and nothing that was acknowledged is missing. Nightly; needs nginx and a whole PostgreSQL of the system.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkHouse } from "#apps/cli/backup/house-check.ts";
import { inspectHouse } from "#apps/server/inspect.ts";
import { checkReceipt, readWorklist } from "#services/dossier/client/index.ts";
import { directoryBlobs } from "#services/dossier/store/index.ts";
import { followLog } from "#services/ledger/client/index.ts";
import { Problem } from "#services/problem/index.ts";
import { fileReport, openReport, type FiledReport } from "#services/reporting/client/index.ts";
import { openDatabase } from "#services/storage/index.ts";
import { postgresPrograms, startPair, type Pair } from "./postgres-pair.ts";
import { reportDraft } from "./road.ts";
import { freePort, makeServedDesk, newRegistrar, serve, unforeseenAnswers, watchAnswers, type ServedDesk, type ServedHouse } from "./served-house.ts";

const nginx = "/usr/sbin/nginx";
const programs = postgresPrograms();
const drainSeconds = 2;

/** What docs/operate.md gives to copy, with the ports of this run. A request goes to the next server only when this one cannot be reached, or when it changes nothing. */
const balancer = (folder: string, port: number, servers: readonly number[]): string => `
daemon off;
worker_processes 1;
pid ${folder}/nginx.pid;
error_log ${folder}/nginx.log warn;
events { worker_connections 512; }
http {
  access_log off;
  client_body_temp_path ${folder}/body;
  proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi;
  scgi_temp_path ${folder}/scgi;
  upstream house {
${servers.map((one) => `    server 127.0.0.1:${one} max_fails=1 fail_timeout=1s;`).join("\n")}
    keepalive 16;
  }
  server {
    listen 127.0.0.1:${port};
    client_max_body_size 16m;
    location / {
      proxy_pass http://house;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_set_header Host $http_host;
      proxy_next_upstream error timeout;
      proxy_connect_timeout 2s;
    }
  }
}
`;

describe.skipIf(programs === null || !existsSync(nginx))("three servers, a primary and a replica", () => {
  let folder = "";
  let pair: Pair;
  let proxy: ChildProcess;
  let base = "";
  let office: ServedDesk;
  const ports: number[] = [];
  const houses: ServedHouse[] = [];
  const answers = watchAnswers();
  let said = "";
  let registrar = "";

  const startServer = async (place: number): Promise<ServedHouse> =>
    await serve({
      port: ports[place] ?? 0,
      data: join(folder, `server-${place}`),
      registrar,
      args: ["--keys", join(folder, "keys"), "--blobs", join(folder, "blobs"), ...(place === 0 ? [] : ["--no-migrate"])],
      env: { RUGDEKKING_DATABASE: pair.url, RUGDEKKING_ORIGIN: base, RUGDEKKING_DRAIN_SECONDS: String(drainSeconds) },
    });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "rugdekking-failover-"));
    pair = await startPair(programs ?? "", folder, [await freePort(), await freePort()]);
    for (let place = 0; place < 3; place += 1) ports.push(await freePort());
    const port = await freePort();
    base = `http://127.0.0.1:${port}`;
    const key = await newRegistrar();
    registrar = key.publicKey;
    // The first brings the schema up to date and makes the keys.
    for (let place = 0; place < 3; place += 1) houses.push(await startServer(place));
    const own = join(folder, "nginx");
    await mkdir(own);
    await writeFile(join(own, "nginx.conf"), balancer(own, port, ports));
    proxy = spawn(nginx, ["-c", join(own, "nginx.conf"), "-p", own], { stdio: "ignore" });
    for (let tries = 0; tries < 200; tries += 1) {
      if (
        await fetch(`${base}/api/v1/health/ready`).then(
          ({ ok }) => ok,
          () => false,
        )
      )
        break;
      await pause(50);
    }
    office = await makeServedDesk(base, key, answers.fetch);
  }, 900_000);
  afterAll(async () => {
    await Promise.all(houses.map(async (house) => await house.stop()));
    if (proxy?.exitCode === null) {
      const gone = new Promise((resolve) => proxy.once("exit", resolve));
      proxy.kill("SIGQUIT");
      await Promise.race([gone, pause(5_000)]);
      proxy.kill("SIGKILL");
    }
    await pair?.replica.stop();
    await pair?.primary.stop();
    await rm(folder, { recursive: true, force: true });
  }, 180_000);

  const acknowledged: FiledReport[] = [];
  const failures: string[] = [];
  let dropped = 0;
  let reads = 0;

  /** People who report and a desk that looks, all the time. Who is told "not now" comes again, with the same. */
  function load(): { stop(): Promise<void> } {
    let going = true;
    const told = (error: unknown): void => {
      if (error instanceof Problem && error.code === "unavailable") dropped += 1;
      else failures.push(error instanceof Error ? error.message : "?");
    };
    const reporter = async (number: number): Promise<void> => {
      const { connection, trust } = office.connect();
      for (let turn = 0; going; turn += 1) {
        try {
          acknowledged.push(
            await fileReport(connection, {
              as: { guest: true },
              trust,
              desk: office.desk,
              report: reportDraft((field) => `${field} ${number}/${turn}`),
              attachments: [{ name: "a.txt", mediaType: "text/plain", bytes: new Blob([`bewijs ${number}/${turn}`]), capturedAt: null, note: "" }],
              backOff: [],
            }),
          );
        } catch (error) {
          told(error);
        }
        await pause(50);
      }
    };
    const reader = async (): Promise<void> => {
      const session = await office.signIn();
      while (going) {
        try {
          for await (const page of readWorklist(session, office.desk)) {
            const [line] = page.lines;
            if (line !== undefined) await openReport(session, line.id);
            break;
          }
          reads += 1;
        } catch (error) {
          told(error);
        }
        await pause(50);
      }
    };
    const running = Promise.all([reporter(1), reporter(2), reporter(3), reader()]);
    return {
      stop: async () => {
        going = false;
        await running;
      },
    };
  }

  test("restarting them one by one fails no request", async () => {
    const going = load();
    await pause(2_000);
    for (let place = 0; place < 3; place += 1) {
      const house = houses[place];
      if (house === undefined) throw new Error("three were started");
      const code = await house.stop();
      said += house.said();
      expect(code).toBe(0);
      houses[place] = await startServer(place);
      await pause(1_000);
    }
    await going.stop();
    process.stdout.write(`rolling restart: ${acknowledged.length} reports and ${reads} looks, ${dropped} not told, ${answers.puttingOff()} put off\n`);
    expect(failures).toEqual([]);
    expect(answers.bad).toEqual([]);
    expect([dropped, answers.puttingOff()]).toEqual([0, 0]);
    expect(acknowledged.length).toBeGreaterThan(5);
  }, 900_000);

  test("the primary vanishes, the replica is promoted: the servers find it, and nothing acknowledged is lost", async () => {
    const { log } = await office.connect().trust.anchor();
    const { signed } = await followLog(base, log, null);
    const going = load();
    await pause(3_000);
    const before = acknowledged.length;
    await pair.primary.vanish();
    const vanished = performance.now();
    // An operator needs a moment to be sure that it is gone.
    await pause(2_000);
    const held = acknowledged.length;
    await pair.promote();
    const promoted = performance.now();
    while (acknowledged.length === held && performance.now() - promoted < 60_000) await pause(20);
    const back = performance.now();
    await pause(5_000);
    await going.stop();
    for (const house of houses) {
      expect(house.lives()).toBe(true);
      said += house.said();
    }
    process.stdout.write(
      `failover: ${before} acknowledged before, ${acknowledged.length} in all; without a primary ${Math.round(promoted - vanished)} ms, first receipt ${Math.round(back - promoted)} ms after promotion; ${answers.puttingOff()} put off, ${dropped} not told\n`,
    );
    expect(failures).toEqual([]);
    expect(answers.bad).toEqual([]);
    expect(unforeseenAnswers(said)).toEqual([]);
    expect(acknowledged.length).toBeGreaterThan(held);
    expect(answers.puttingOff()).toBeGreaterThan(0);

    const session = await office.signIn();
    const listed = new Set<string>();
    for await (const page of readWorklist(session, office.desk)) for (const line of page.lines) listed.add(line.id);
    expect(acknowledged.filter(({ dossier }) => !listed.has(dossier))).toEqual([]);
    const anchor = await session.trust.anchor();
    for (const { receipt } of acknowledged) await checkReceipt(receipt, anchor);
    await followLog(base, log, signed);
    const db = openDatabase(pair.url, { connections: 2 });
    const blobs = await directoryBlobs(join(folder, "blobs"), { shared: true });
    const inspection = await inspectHouse(db, log, async (blob, size) => (await blobs.stat(blob)) === size).finally(async () => await db.destroy());
    expect(inspection).toMatchObject({ dossiers: listed.size, faults: [] });
  }, 300_000);

  test("the doctor says that one address is gone and that nobody follows the new primary", async () => {
    const findings = await checkHouse({
      data: join(folder, "server-0"),
      database: pair.url,
      url: pair.url,
      keys: join(folder, "keys"),
      blobs: join(folder, "blobs"),
      whole: false,
      backups: null,
      mail: null,
      timestampAuthority: null,
    });
    expect(findings.find(({ what }) => what === "database")).toMatchObject({ ok: true });
    expect(findings.find(({ what }) => what === "standbys")).toMatchObject({
      ok: false,
      detail: expect.stringContaining("1 of 2 addresses cannot be reached"),
    });
  }, 60_000);
});
