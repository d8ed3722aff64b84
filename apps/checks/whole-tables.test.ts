/**
 * Nothing the house does looks through a whole table that grows with the archive. PostgreSQL is told to scan a table only where no index serves, and counts what it scanned: roads are walked, everything that is read is read,
 * every job runs, and the count of tables that grow stays at nothing. What only a large house shows (pages, statistics) is measured by tools/bench/scale.ts.
 */
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readWorklist } from "#services/dossier/client/index.ts";
import { fileReport, openReport } from "#services/reporting/client/index.ts";
import { report } from "#services/reporting/workflow/index.ts";
import { scan } from "#services/scanning/workflow/index.ts";
import { signal } from "#services/signalling/workflow/index.ts";
import { reportDraft, walkHelp, walkReport, walkSignal } from "./road.ts";
import { openStage, type TestStage } from "./stage.ts";

/** Tables with a row for everything that ever happened or everyone who ever came. The others hold what is under way, or one row per desk, organisation, quarter or wave. */
const growing = [
  "answer_link",
  "desk_dossier",
  "desk_notice",
  "dossier",
  "dossier_consent",
  "dossier_entry",
  "dossier_entry_item",
  "dossier_grant",
  "dossier_participant",
  "dossier_place",
  "erased_statement",
  "erasure_receipt",
  "figures_declined",
  "figures_fact",
  "figures_given",
  "figures_spent",
  "fingerprint_contribution",
  "guest_key",
  "ledger_leaf",
  "ledger_tile",
  "monitor_answer",
  "monitor_invitation",
  "monitor_spent",
  "person",
  "person_handle",
  "person_unlock",
  "person_unlock_record",
  "term_event",
];

let stage: TestStage;
let client: pg.Client;

/** Scans by table since the count began. */
const scanned = async (): Promise<string[]> => {
  // A connection tells what it counted when it ends, or after a second.
  await pause(1_200);
  await client.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
  await pause(300);
  await client.query("SELECT pg_stat_clear_snapshot()");
  const { rows } = await client.query<{ relname: string }>(
    "SELECT relname FROM pg_stat_user_tables WHERE seq_scan > 0 AND relname = ANY($1) ORDER BY relname",
    [growing],
  );
  return rows.map(({ relname }) => relname);
};

beforeAll(async () => {
  stage = await openStage({ settings: { metricsPort: 0 } });
  client = new pg.Client({ connectionString: stage.database.url });
  await client.connect();
  const { rows } = await client.query<{ name: string }>("SELECT current_database() AS name");
  await client.query(`ALTER DATABASE ${rows[0]?.name ?? ""} SET enable_seqscan = off`);
  // Open connections have the old setting: the pool opens others.
  await client.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
  await pause(300);
  await client.query("SELECT pg_stat_reset()");
}, 300_000);
afterAll(async () => {
  await client.end();
  await stage.close();
});

test("walking roads, reading everything and running every job scans no table that grows", { timeout: 300_000 }, async () => {
  const { company, chain, house } = stage;
  const words = (field: string): string => `invented ${field}`;
  const walked = await walkReport(company, words);
  await walkHelp(company, words);
  const { dossier } = await fileReport(company.holder.connection, {
    as: { session: company.holder },
    trust: company.holder.trust,
    desk: company.desks.safety,
    report: reportDraft(words),
  });
  await walkSignal(company, chain, words, dossier, chain.desks.police, { report, scan, signal });
  await openReport(company.safety, walked.report);
  for await (const _ of readWorklist(company.safety, company.desks.safety));
  const desk = `/api/v1/desks/${company.desks.safety}`;
  const since = encodeURIComponent(new Date(0).toISOString());
  for (const path of [
    "/api/v1/dossiers",
    `/api/v1/dossiers/${walked.report}/hand-overs`,
    `/api/v1/dossiers/${walked.report}/entries/1/receipt`,
    `/api/v1/dossiers/${walked.report}/holds`,
    `${desk}/worklist?changedSince=${since}`,
    `${desk}/late`,
    `${desk}/notices`,
    `${desk}/invitations`,
    "/api/v1/devices",
    "/api/v1/insight",
    "/api/v1/erasures",
    "/api/v1/organisations?query=haag",
    "/api/v1/desks?function=safety-desk",
    "/api/v1/figures/quarters",
    "/api/v1/monitor/waves",
    "/ledger/checkpoint",
    "/ledger/tile/entries/000.p/1",
  ])
    await company.safety.connection.request("GET", path, {});
  await (await fetch(`http://127.0.0.1:${house.metricsPort}/metrics`)).text();
  await house.mailRound();
  await house.deliveryRound();
  await house.terms();
  await house.erasures();
  await house.sweep();
  expect(await scanned()).toEqual([]);
});

test("the count notices a scan", async () => {
  const own = new pg.Client({ connectionString: stage.database.url });
  await own.connect();
  await own.query("SELECT count(*) FROM dossier_entry WHERE author_role = 'nobody'");
  await own.end();
  expect(await scanned()).toEqual(["dossier_entry"]);
});
