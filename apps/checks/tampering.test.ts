/** Law 5: nothing is silently changed. A thief with full rights on the database rewrites, drops, swaps and adds; readers and `rugdekking doctor` each name it. */
import { sql } from "kysely";
import { afterEach, beforeAll, afterAll, describe, expect, test } from "vitest";
import { SealError } from "@rugdekking/seal";
import { inspectHouse, type InspectionCode } from "#apps/server/inspect.ts";
import { openReport, readReport, type ReportDraft } from "#services/reporting/client/index.ts";
import { openDossier, type DossierHandle } from "#services/dossier/client/index.ts";
import { Problem } from "#services/problem/index.ts";
import { openStage, type TestStage } from "./stage.ts";
import { walkReport, walkScan } from "./road.ts";

const words = (field: string): string => `demo ${field}` satisfies ReportDraft["inOwnWords"];
let stage: TestStage;
let dossier = "";

beforeAll(async () => {
  stage = await openStage();
  dossier = (await walkReport(stage.company, words)).report;
  await walkScan(stage.company, words);
  for (const table of ["dossier_entry", "dossier", "ledger_leaf", "ledger_head", "ledger_tile", "dossier_consent"])
    await sql`create table ${sql.table(`kept_${table}`)} as select * from ${sql.table(table)}`.execute(stage.database.db);
}, 120_000);
/** Each attack starts from the true state. */
afterEach(async () => {
  for (const table of ["dossier_entry", "dossier", "ledger_leaf", "ledger_head", "ledger_tile", "dossier_consent"]) {
    await sql`delete from ${sql.table(table)}`.execute(stage.database.db);
    await sql`insert into ${sql.table(table)} select * from ${sql.table(`kept_${table}`)}`.execute(stage.database.db);
  }
});
afterAll(async () => {
  await stage.close();
});

const inspect = async (): Promise<InspectionCode[]> => [
  ...new Set((await inspectHouse(stage.database.db, stage.house.anchor.log)).faults.map(({ code }) => code)),
];

/** Opens the dossier as the desk and reads every body; resolves with what stopped the reader, or null. */
async function readAll(): Promise<string | null> {
  try {
    const handle: DossierHandle = await openReport(stage.company.safety, dossier);
    for (const entry of handle.entries) if (entry.readable) await readReport(handle, entry);
    return null;
  } catch (error) {
    if (error instanceof Problem || error instanceof SealError) return error.code;
    throw error;
  }
}

test("an untouched house has no fault, and the reader reads everything", async () => {
  expect(await inspect()).toEqual([]);
  expect(await readAll()).toBeNull();
});

describe("entries", () => {
  test("a rewritten body is refused by the reader and named by the doctor", async () => {
    await sql`update dossier_entry set body = set_byte(body, length(body) - 1, (get_byte(body, length(body) - 1) + 1) % 256) where dossier = ${dossier} and seq = 2`.execute(
      stage.database.db,
    );
    expect(await readAll()).toBe("digest-mismatch");
    expect(await inspect()).toContain("body-altered");
  });
  test("a body put in the place of another is refused", async () => {
    await sql`update dossier_entry set body = (select body from dossier_entry where dossier = ${dossier} and seq = 3) where dossier = ${dossier} and seq = 2`.execute(
      stage.database.db,
    );
    expect(await readAll()).toBe("digest-mismatch");
    expect(await inspect()).toContain("body-altered");
  });
  test("a rewritten header breaks its signature", async () => {
    await sql`update dossier_entry set statement = jsonb_set(statement, '{payload}', to_jsonb((select statement->>'payload' from dossier_entry where dossier = ${dossier} and seq = 3))) where dossier = ${dossier} and seq = 2`.execute(
      stage.database.db,
    );
    expect(await readAll()).not.toBeNull();
    expect(await inspect()).toContain("statement-altered");
  });
  test("a dropped entry breaks the chain and leaves its leaf behind", async () => {
    await sql`delete from dossier_entry where dossier = ${dossier} and seq = 3`.execute(stage.database.db);
    expect(await readAll()).toBe("chain-broken");
    expect(await inspect()).toEqual(expect.arrayContaining(["statement-missing", "chain-broken"]));
  });
  test("a dropped last entry, with the head put back, is found by its leaf", async () => {
    const last = await sql<{ seq: number; hash: string }>`select seq, hash from dossier_entry where dossier = ${dossier} order by seq desc limit 2`.execute(
      stage.database.db,
    );
    const [newest, before] = last.rows;
    await sql`delete from dossier_entry where dossier = ${dossier} and seq = ${newest?.seq}`.execute(stage.database.db);
    await sql`update dossier set last_seq = ${before?.seq}, last_hash = ${before?.hash} where id = ${dossier}`.execute(stage.database.db);
    expect(await inspect()).toEqual(["statement-missing"]);
  });
  test("two entries that changed places break the chain", async () => {
    await sql`update dossier_entry set seq = case seq when 2 then 1002 when 3 then 1003 end where dossier = ${dossier} and seq in (2, 3)`.execute(
      stage.database.db,
    );
    await sql`update dossier_entry set seq = case seq when 1002 then 3 when 1003 then 2 end where dossier = ${dossier} and seq in (1002, 1003)`.execute(
      stage.database.db,
    );
    expect(await readAll()).not.toBeNull();
    expect(await inspect()).toContain("chain-broken");
  });
  test("an entry copied from another dossier does not fit", async () => {
    await sql`update dossier_entry e set statement = o.statement, body = o.body, hash = o.hash from dossier_entry o where e.dossier = ${dossier} and e.seq = 2 and o.dossier <> ${dossier} and o.seq = 2`
      .execute(stage.database.db)
      .catch(() => undefined);
    await sql`delete from dossier_entry where dossier <> ${dossier}`.execute(stage.database.db);
    expect(await readAll()).not.toBeNull();
    expect((await inspect()).length).toBeGreaterThan(0);
  });
  test("a server that hides the newest entries from one reader who saw them is caught on the next look", async () => {
    const handle = await openReport(stage.company.safety, dossier);
    await sql`delete from dossier_entry where dossier = ${dossier} and seq > 4`.execute(stage.database.db);
    await sql`update dossier set last_seq = 4, last_hash = (select hash from dossier_entry where dossier = ${dossier} and seq = 4) where id = ${dossier}`.execute(
      stage.database.db,
    );
    await expect(handle.refresh()).rejects.toMatchObject({ code: "chain-broken" });
  });
});

describe("the log", () => {
  test("a dropped leaf", async () => {
    await sql`delete from ledger_leaf where leaf_index = 5`.execute(stage.database.db);
    expect(await inspect()).toContain("log");
  });
  test("two leaves that changed places", async () => {
    await sql`update ledger_leaf set leaf_index = case leaf_index when 5 then 1000005 when 6 then 1000006 end where leaf_index in (5, 6)`.execute(
      stage.database.db,
    );
    await sql`update ledger_leaf set leaf_index = case leaf_index when 1000005 then 6 when 1000006 then 5 end where leaf_index in (1000005, 1000006)`.execute(
      stage.database.db,
    );
    expect(await inspect()).toContain("log");
  });
  test("a statement put in by hand, with its leaf, is not under the signed head", async () => {
    await sql`insert into ledger_leaf (log, hash, what, leaf_index, queued) select log, case when hash like 'A%' then 'B' else 'A' end || substr(hash, 2), what, (select max(leaf_index) + 1 from ledger_leaf), queued from ledger_leaf where leaf_index = 1`.execute(
      stage.database.db,
    );
    expect((await inspect()).length).toBeGreaterThan(0);
  });
  test("a head signed by another key", async () => {
    await sql`update ledger_head set checkpoint = replace(checkpoint, '— ', '— x')`.execute(stage.database.db);
    expect(await inspect()).toContain("log");
  });
});

describe("consent", () => {
  test("a consent that the server stretches no longer verifies for the reader", async () => {
    await sql`update dossier_consent set statement = jsonb_set(statement, '{payload}', to_jsonb(translate(statement->>'payload', 'MN', 'NM')))`.execute(
      stage.database.db,
    );
    const scans = await sql<{ dossier: string }>`select distinct dossier from dossier_consent where dossier <> ${dossier}`.execute(stage.database.db);
    const scan = scans.rows[0]?.dossier ?? "";
    const { scan: workflow } = await import("#services/scanning/workflow/index.ts");
    await expect(openDossier(stage.company.expert, scan, { scan: workflow })).rejects.toThrow();
    expect(await inspect()).toContain("statement-altered");
  });
});
