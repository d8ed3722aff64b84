/** What an operator sees of a house that works, figures and traces, tells nothing about anybody: canaries in paths, queries, bodies and headers, and every id that was used, are looked for in all of it. */
import { createServer, type Server } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readWorklist } from "#services/dossier/client/index.ts";
import { fileReport, openReport, type FiledReport } from "#services/reporting/client/index.ts";
import { findInText, mark } from "./canary-search.ts";
import { reportDraft } from "./road.ts";
import { openStage, type TestStage } from "./stage.ts";

let stage: TestStage;
let collector: Server;
let filed: FiledReport;
const received: string[] = [];
const figures = async (): Promise<string> => await (await fetch(`http://127.0.0.1:${stage.house.metricsPort}/metrics`)).text();

beforeAll(async () => {
  collector = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on("data", (piece: Buffer) => pieces.push(piece));
    request.on("end", () => {
      const body = Buffer.concat(pieces);
      received.push(JSON.stringify(request.headers), (request.headers["content-encoding"] === "gzip" ? gunzipSync(body) : body).toString("latin1"));
      response.writeHead(200, { "Content-Type": "application/json" }).end("{}");
    });
  });
  await new Promise<void>((resolve) => collector.listen(0, "127.0.0.1", resolve));
  const address = collector.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  stage = await openStage({ settings: { metricsPort: 0, traces: `http://127.0.0.1:${port}/v1/traces` }, extras: { jobs: true } });
  const { holder, safety, desks } = stage.company;
  filed = await fileReport(holder.connection, {
    as: { session: holder },
    trust: holder.trust,
    desk: desks.safety,
    report: reportDraft((field) => `${mark}-${field}`),
    attachments: [{ name: `${mark}.txt`, mediaType: "text/plain", bytes: new Blob([mark]), capturedAt: null, note: mark }],
  });
  await openReport(safety, filed.dossier);
  for await (const _ of readWorklist(safety, desks.safety));
  const headers = {
    "User-Agent": mark,
    traceparent: "00-4b414e4152494500004b414e41524945-4b414e4152494500-01",
    Referer: `https://${mark}.example.nl/`,
    "X-Forwarded-For": "203.0.113.77",
  };
  for (const path of [`/api/v1/dossiers/${mark}?zoek=${mark}`, `/${mark}/elders`, `/api/v1/uploads/${filed.dossier}?dossier=${mark}`, `/ledger/${mark}`]) {
    await fetch(`${stage.house.url}${path}`, { headers });
    await fetch(`${stage.house.url}${path}`, {
      method: "POST",
      headers: { ...headers, "Content-Type": "application/json", "X-Rugdekking": "1" },
      body: JSON.stringify({ [mark]: mark }),
    });
  }
}, 120_000);
afterAll(async () => {
  await stage.close();
  collector.closeAllConnections();
  await new Promise<void>((resolve) => collector.close(() => resolve()));
});

/** Every id, name and address that was used. */
const known = (): string[] => {
  const { holder, safety, desks } = stage.company;
  return [
    filed.dossier,
    holder.person.person,
    safety.person.person,
    ...Object.values(desks),
    "demostad",
    "demo-gemeente",
    "203.0.113.77",
    "4b414e41",
    "undici",
  ];
};

test("figures know routes by their pattern alone", async () => {
  const text = await figures();
  expect(text).toMatch(/rugdekking_http_request_duration_seconds_count\{method="GET",route="\/api\/v1\/dossiers\/:id",status="\d+"\}/u);
  for (const name of [
    "info",
    "database_connections",
    "jobs_late_seconds",
    "mail_waiting",
    "ledger_leaves",
    "ledger_newest_age_seconds",
    "disk_free_bytes",
    "uploads_unfinished",
  ])
    expect(text).toMatch(new RegExp(`^rugdekking_${name}(?:\\{[^}]*\\})? [0-9.e+]+$`, "mu"));
  expect(Number(/^rugdekking_ledger_leaves\{state="logged"\} (\d+)$/mu.exec(text)?.[1])).toBeGreaterThan(10);
  const labels = new Set([...text.matchAll(/(\w+)="/gu)].map(([, label = ""]) => label));
  expect([...labels].toSorted((a, b) => (a < b ? -1 : 1))).toEqual(["event", "job", "le", "method", "purpose", "route", "state", "status", "version"]);
  expect(findInText("figures", text)).toEqual([]);
  expect(known().filter((one) => text.includes(one))).toEqual([]);
  expect(text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/u);
});

test("figures are at their own port alone, and nothing else is there", async () => {
  expect((await fetch(`${stage.house.url}/metrics`)).headers.get("content-type")).not.toMatch(/version=0\.0\.4/u);
  expect((await fetch(`http://127.0.0.1:${stage.house.metricsPort}/`)).status).toBe(404);
});

test("traces hold patterns, methods, statuses and times, and not a word of what was asked", async () => {
  for (let tries = 0; tries < 100 && !received.some((text) => text.includes("/api/v1/dossiers/:id")); tries += 1) await pause(100);
  await pause(2_500);
  const all = received.join("\n");
  expect(all).toContain("GET /api/v1/dossiers/:id");
  expect(all).toContain("rugdekking");
  expect(findInText("traces", all)).toEqual([]);
  expect(known().filter((one) => all.includes(one) && one !== "undici")).toEqual([]);
});
