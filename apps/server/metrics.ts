/**
 * Figures about the server for Prometheus, at a port of its own that is closed unless it was asked for. Started by house.ts.
 *
 * [Note: Labels without people] A label is the pattern of a route, a method, a status, the name of a job or a state: a list that is known beforehand. Never an id, a name, an address or a query; nothing counts per organisation or
 * desk either, since a figure of a small one is a person's.
 */
import { createServer } from "node:http";
import { statfs } from "node:fs/promises";
import { Counter, Gauge, Histogram, Registry } from "prom-client";
import { sql } from "kysely";
import { purposes, type Purpose } from "#services/admission/contract/index.ts";
import type { AdmissionEvent } from "#services/admission/server/index.ts";
import { poolCounts, type Database } from "#services/storage/index.ts";
import type { RequestLine } from "./create-server.ts";
import type { Jobs } from "./jobs.ts";

/** What is measured. */
export interface Measured {
  readonly db: Database;
  readonly jobs: () => Jobs | null;
  /** Folder whose disk is watched. */
  readonly folder: string;
  readonly version: string;
  /** Work asked of people who are not signed in, by what it is for. */
  readonly level: (purpose: Purpose) => Promise<number>;
  /** Bytes of theirs that count towards the house's bound, and that bound. */
  readonly guestBytes: () => Promise<number>;
  readonly guestHouse: number;
}

/** Figures of one server. */
export interface Metrics {
  /** Counts a handled request. */
  request(line: RequestLine): void;
  /** Counts what happened at the gate for people who are not signed in. */
  admission(event: AdmissionEvent): void;
  /** The text that Prometheus reads. */
  text(): Promise<string>;
}

/** Methods that are told apart; anything else a client thinks of is one of "other". */
const methods = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

/** Figures are collected when they are asked for: a server nobody asks does no work for them. */
export function metricsOf(measured: Measured): Metrics {
  const register = new Registry();
  const registers = [register];
  const requests = new Histogram({
    name: "rugdekking_http_request_duration_seconds",
    help: "Handled requests by pattern of their route",
    labelNames: ["method", "route", "status"] as const,
    buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers,
  });
  const gauge = <const T extends string>(name: string, help: string, labelNames: readonly T[] = []): Gauge<T> =>
    new Gauge({ name: `rugdekking_${name}`, help, labelNames: [...labelNames], registers });
  const info = gauge("info", "Version of the program", ["version"]);
  const pool = gauge("database_connections", "Connections of this server to the database", ["state"]);
  const waitingJobs = gauge("jobs_waiting", "Jobs that wait, over all servers", ["job"]);
  const runningJobs = gauge("jobs_running", "Jobs that run now, over all servers", ["job"]);
  const failedJobs = gauge("jobs_failed", "Jobs of the last hour that failed for good", ["job"]);
  const lateJobs = gauge("jobs_late_seconds", "How long the oldest job that could run has been waiting", ["job"]);
  const mail = gauge("mail_waiting", "News that no mail was sent of yet");
  const deliveries = gauge("deliveries", "Changes that systems outside are to hear of", ["state"]);
  const terms = gauge("terms_due", "Running terms that have something to say and did not say it yet");
  const ledger = gauge("ledger_leaves", "Leaves of the transparency log", ["state"]);
  const age = gauge("ledger_newest_age_seconds", "Age of the newest leaf that stands in a signed checkpoint");
  const pending = gauge("ledger_oldest_pending_seconds", "How long the oldest leaf has been waiting for a checkpoint; 0 when none waits");
  const uploads = gauge("uploads_unfinished", "Sealed files that no entry names yet");
  const disk = gauge("disk_free_bytes", "Room on the disk of the data directory");
  const memory = gauge("process_resident_bytes", "Memory of the process");
  const level = gauge("admission_level", "Work asked of people who are not signed in, over the whole house: 0 on an ordinary day, 4 at the ceiling", [
    "purpose",
  ]);
  const guests = gauge("guest_bytes", "Files of people without an account that count towards the bound of the house");
  gauge("guest_bytes_bound", "That bound").set(measured.guestHouse);
  const admissions = new Counter({
    name: "rugdekking_admission_total",
    help: "Challenges written, challenges answered with tokens, tokens spent, and requests refused for want of one",
    labelNames: ["event"] as const,
    registers,
  });

  const readDatabase = async (): Promise<void> => {
    const { rows } = await sql<Figures>`SELECT
      (SELECT count(*) FROM dossier_news) + (SELECT count(*) FROM news_recipient WHERE pending_since IS NOT NULL) AS mail,
      (SELECT count(*) FROM dossier_outgoing WHERE NOT dead) AS outgoing,
      (SELECT count(*) FROM dossier_outgoing WHERE dead) AS dead,
      (SELECT count(*) FROM dossier_upload) AS uploads,
      (SELECT max(leaf_index) + 1 FROM ledger_leaf WHERE log = 'main') AS leaves,
      (SELECT count(*) FROM ledger_leaf WHERE log = 'main' AND leaf_index IS NULL) AS pending,
      (SELECT queued::text FROM ledger_leaf WHERE log = 'main' AND leaf_index IS NOT NULL ORDER BY leaf_index DESC LIMIT 1) AS newest,
      (SELECT queued::text FROM ledger_leaf WHERE log = 'main' AND leaf_index IS NULL ORDER BY queued LIMIT 1) AS oldest,
      (SELECT count(*) FROM running_term WHERE next <= now()) AS terms`.execute(measured.db);
    const [found] = rows;
    if (found === undefined) return;
    mail.set(found.mail);
    deliveries.set({ state: "waiting" }, found.outgoing);
    deliveries.set({ state: "given-up" }, found.dead);
    uploads.set(found.uploads);
    ledger.set({ state: "logged" }, found.leaves ?? 0);
    ledger.set({ state: "pending" }, found.pending);
    age.set(found.newest === null ? 0 : secondsSince(found.newest));
    pending.set(found.oldest === null ? 0 : secondsSince(found.oldest));
    terms.set(found.terms);
  };
  const readRest = async (): Promise<void> => {
    info.set({ version: measured.version }, 1);
    const { total, idle, waiting } = poolCounts(measured.db);
    pool.set({ state: "busy" }, total - idle);
    pool.set({ state: "idle" }, idle);
    pool.set({ state: "asked" }, waiting);
    for (const { name, waiting: asked, running, failed, late } of (await measured.jobs()?.counts()) ?? []) {
      waitingJobs.set({ job: name }, asked);
      runningJobs.set({ job: name }, running);
      failedJobs.set({ job: name }, failed);
      lateJobs.set({ job: name }, late);
    }
    for (const purpose of purposes) level.set({ purpose }, await measured.level(purpose));
    guests.set(await measured.guestBytes());
    const { bavail, bsize } = await statfs(measured.folder);
    disk.set(bavail * bsize);
    memory.set(process.memoryUsage.rss());
  };
  return {
    admission: (event) => admissions.inc({ event }),
    request: ({ method, route, status, milliseconds }) =>
      requests.observe({ method: methods.has(method) ? method : "other", route: route === "" ? "none" : route, status: String(status) }, milliseconds / 1_000),
    text: async () => {
      // A database that is away is told by what is missing; what this process knows is told all the same.
      await Promise.allSettled([readDatabase(), readRest()]);
      return await register.metrics();
    },
  };
}

interface Figures {
  readonly mail: number;
  readonly outgoing: number;
  readonly dead: number;
  readonly uploads: number;
  readonly leaves: number | null;
  readonly pending: number;
  readonly newest: string | null;
  readonly oldest: string | null;
  readonly terms: number;
}

/** A UUIDv7 begins with the milliseconds of its making (RFC 9562 section 5.7). */
const secondsSince = (id: string): number => Math.max(0, (Date.now() - Number.parseInt(id.replaceAll("-", "").slice(0, 12), 16)) / 1_000);

/** Answers `GET /metrics` and nothing else. @returns its port, and how to close it. */
export async function serveMetrics(
  metrics: Metrics,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<{ readonly port: number; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    if (request.method !== "GET" || request.url !== "/metrics") return void response.writeHead(404).end();
    metrics.text().then(
      (text) => response.writeHead(200, { "Content-Type": "text/plain; version=0.0.4; charset=utf-8", "Cache-Control": "no-store" }).end(text),
      () => response.writeHead(503).end(),
    );
  });
  server.requestTimeout = 10_000;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : port,
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
