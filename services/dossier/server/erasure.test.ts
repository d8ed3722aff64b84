/** Erasing, against the real database and disk: what goes, what stays, what holds it up, and that a process killed in the middle is gone on with by the next. */
import { spawn } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sql } from "kysely";
import { leafBytes, verifyReceipt } from "@rugdekking/ledger";
import { newUuid, signStatement, type Person } from "@rugdekking/seal";
import { digestOf } from "@rugdekking/seal/verify";
import { testAdmission } from "#services/admission/server/testing.ts";
import {
  erasureTypes,
  longestHold,
  type DeskNotice,
  type Erasures,
  type ErasureView,
  type HoldGround,
  type HoldView,
} from "#services/dossier/contract/erasure.ts";
import { readErasure } from "#services/dossier/contract/logged-statement.ts";
import type { ItemReference } from "#services/dossier/contract/index.ts";
import { enqueueLeaves } from "#services/ledger/store/index.ts";
import { inTransaction } from "#services/storage/index.ts";
import { directoryQuestions } from "./directory.ts";
import { runErasures, type ErasureJob, type RetentionRule } from "./erasure.ts";
import { drive, open, openingOf, openWorld, submit, testOrigin, view, workflows, type Answer, type Desk, type Drive, type World } from "./testing.ts";

let world: World;
let owner: Person;
let lead: Person;
let member: Person;
let desk: Desk;
beforeAll(async () => {
  world = await openWorld();
  [owner, lead, member] = await Promise.all([world.person(), world.person(), world.person()]);
  desk = await world.desk("safety-desk", "gm0000", [lead, member]);
});
afterAll(async () => {
  await world.close();
});

const days = (count: number): Date => new Date(Date.now() + count * 86_400_000);
const job = (retention: readonly RetentionRule[] = []): ErasureJob => ({
  services: {
    db: world.db,
    blobs: world.blobs,
    admission: testAdmission(world.db),
    workflows,
    notify: () => undefined,
    clock: () => world.now(),
    inTransaction: async (work) => await inTransaction(world.db, work),
    directory: directoryQuestions(),
    ledger: { enqueue: enqueueLeaves, proofOf: async () => "", indexOf: async () => 0 },
  },
  settings: { coolingDays: 7, retention, origin: testOrigin, elsewhere: async () => undefined },
});

/** Uploads some sealed bytes of no meaning in one piece. */
async function attachment(dossier: Drive, bytes: Buffer): Promise<ItemReference> {
  const item = newUuid();
  const digest = await digestOf(bytes);
  const response = await fetch(`${world.base}/api/v1/uploads/${item}?dossier=${dossier.id}&size=${bytes.length}`, {
    method: "PUT",
    headers: { "content-type": "application/octet-stream", "x-demo-person": dossier.owner.person },
    body: new Uint8Array(bytes),
  });
  expect(response.status, await response.text()).toBeLessThan(300);
  return { item, digest, size: bytes.length };
}
async function filed(withFile = false): Promise<Drive> {
  const dossier = drive("report", owner);
  const attachments = withFile ? [await attachment(dossier, Buffer.from(`invented sealed bytes ${dossier.id}`))] : [];
  const answer = await open(world, dossier, [{ role: "safety-desk", desk }], { attachments });
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return dossier;
}
const requestOf = async (dossier: Drive, by = owner, audience = testOrigin): Promise<object> => ({
  statement: await signStatement(erasureTypes.request, { of: "dossier", subject: dossier.id, by: by.person, audience, at: new Date().toISOString() }, by.sign),
});
const ask = async (dossier: Drive, by = owner): Promise<Answer<ErasureView>> =>
  await world.call<ErasureView>(by, "POST", `/api/v1/dossiers/${dossier.id}/erasure`, await requestOf(dossier, by));
const mine = async (): Promise<Erasures> => (await world.call<Erasures>(owner, "GET", "/api/v1/erasures")).body;
const noticesOf = async (dossier: Drive): Promise<string[]> =>
  (await world.call<{ notices: DeskNotice[] }>(member, "GET", `/api/v1/desks/${desk.id}/notices`)).body.notices
    .filter((one) => one.dossier === dossier.id)
    .map(({ what, reason }) => `${what} ${reason}`);
const hold = async (
  dossier: Drive,
  by: Person,
  of: Desk | null,
  { until = days(60), ground = "legal-claim" }: { readonly until?: Date; readonly ground?: HoldGround } = {},
): Promise<Answer<object> & { readonly id: string }> => {
  const id = newUuid();
  const reason = Buffer.from("sealed invented reason");
  const payload = {
    hold: id,
    dossier: dossier.id,
    desk: of?.id ?? null,
    by: by.person,
    ground,
    reason: await digestOf(reason),
    until: until.toISOString(),
    at: new Date().toISOString(),
  };
  const body = { statement: await signStatement(erasureTypes.hold, payload, by.sign), reason: reason.toString("base64url") };
  return { ...(await world.call(by, "POST", `/api/v1/dossiers/${dossier.id}/holds`, body)), id };
};

/** How an id may stand inside base64url, at each of its three places. */
const inBase64 = (id: string): string[] =>
  [0, 1, 2].map((shift) =>
    Buffer.from(`${"x".repeat(shift)}${id}`)
      .toString("base64url")
      .slice(shift === 0 ? 0 : shift + 1, -2),
  );

/** Every table that still names the dossier, in plain text or inside a signed statement. */
async function traces(dossier: Drive): Promise<string[]> {
  const { rows } = await sql<{
    name: string;
  }>`SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`.execute(world.db);
  const found: string[] = [];
  for (const { name } of rows) {
    const hits = await sql<{ hits: string }>`SELECT count(*) AS hits FROM ${sql.table(name)} t
      WHERE to_jsonb(t)::text LIKE ANY(${[dossier.id, ...inBase64(dossier.id)].map((part) => `%${part}%`)}::text[])`.execute(world.db);
    if (Number(hits.rows[0]?.hits ?? 0) > 0) found.push(name);
  }
  return found.toSorted();
}
async function filesWith(text: string): Promise<number> {
  const names = await readdir(world.blobRoot, { recursive: true, withFileTypes: true });
  const contents = await Promise.all(names.filter((one) => one.isFile()).map(async (one) => await readFile(join(one.parentPath, one.name), "utf8")));
  return contents.filter((one) => one.includes(text)).length;
}

describe("erasing at the owner's request", () => {
  it("waits for the time to undo, then leaves neither key, cover, body nor file, and a receipt that holds offline", async () => {
    const dossier = await filed(true);
    expect(await filesWith(dossier.id)).toBe(1);
    const asked = await ask(dossier);
    expect(asked).toMatchObject({ status: 202, body: { state: "waiting", reason: "owner", rule: "owner" } });
    expect((await ask(dossier)).body.due).toBe(asked.body.due);
    expect(await runErasures(job())).toMatchObject({ erased: 0 });
    expect((await view(world, dossier, lead)).status).toBe(200);
    world.now = () => days(8);
    expect(await runErasures(job())).toEqual({ announced: 0, held: 0, erased: 1 });
    world.now = () => new Date();
    // The desk keeps that it is gone, by an id that leads nowhere; the receipt the owner's own request.
    expect(await traces(dossier)).toEqual(["desk_notice", "erasure_receipt"]);
    expect(await filesWith(dossier.id)).toBe(0);
    expect(await noticesOf(dossier)).toEqual(["gone owner", "announced owner"]);
    expect((await view(world, dossier, owner)).status).toBe(404);
    expect((await view(world, dossier, lead)).status).toBe(404);
    const subject = await digestOf(new TextEncoder().encode(dossier.id));
    const receipts = await Promise.all((await mine()).receipts.map(async (receipt) => ({ receipt, says: await readErasure(receipt) })));
    const found = receipts.find(({ says }) => says?.subject === subject);
    expect(found?.says).toMatchObject({ of: "dossier", kind: "report", reason: "owner", entries: 1, attachments: 1, handOvers: 2, last: dossier.hash });
    if (found === undefined) throw new Error("no receipt");
    await expect(
      verifyReceipt({ proof: found.receipt.proof, leaf: leafBytes("erasure", found.receipt.hash), verifierKey: world.verifierKey }),
    ).resolves.toMatchObject({ index: expect.any(Number) });
    const altered = Buffer.from(JSON.stringify({ ...found.says, entries: 2 })).toString("base64url");
    expect(await readErasure({ hash: found.receipt.hash, statement: { ...found.receipt.statement, payload: altered } })).toBeNull();
  });

  it("does not come back when a device sends the opening again", async () => {
    const dossier = drive("report", owner);
    const { request } = await openingOf(dossier, [{ role: "safety-desk", desk }]);
    expect((await world.call(owner, "POST", "/api/v1/dossiers", request)).status).toBe(201);
    await ask(dossier);
    world.now = () => days(8);
    await runErasures(job());
    world.now = () => new Date();
    expect(await world.call(owner, "POST", "/api/v1/dossiers", request)).toMatchObject({ status: 409, body: { code: "already-there" } });
  });

  it("can be undone until it begins, and the desk hears both", async () => {
    const dossier = await filed();
    await ask(dossier);
    expect((await world.call(lead, "DELETE", `/api/v1/dossiers/${dossier.id}/erasure`)).status).toBe(404);
    expect((await world.call(owner, "DELETE", `/api/v1/dossiers/${dossier.id}/erasure`)).status).toBe(204);
    world.now = () => days(8);
    expect(await runErasures(job())).toMatchObject({ erased: 0 });
    world.now = () => new Date();
    expect((await view(world, dossier, lead)).status).toBe(200);
    expect(await noticesOf(dossier)).toEqual(["withdrawn owner", "announced owner"]);
  });

  it("is the owner's alone, signed for this house", async () => {
    const dossier = await filed();
    expect((await ask(dossier, lead)).status).toBe(404);
    const elsewhere = await requestOf(dossier, owner, "https://other.example.nl");
    expect(await world.call(owner, "POST", `/api/v1/dossiers/${dossier.id}/erasure`, elsewhere)).toMatchObject({
      status: 422,
      body: { code: "statement-mismatch" },
    });
  });

  it.each(["keys", "bytes", "attachments", "entries"])("goes on where a process was killed after: %s", async (step) => {
    const dossier = await filed(true);
    await ask(dossier);
    // The other process lives eight days on, and is killed by itself at the step.
    const child = spawn(process.execPath, [new URL("testing-erasure.ts", import.meta.url).pathname, world.url, world.blobRoot, step], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    let said = "";
    child.stderr.on("data", (bytes: Buffer) => (said += bytes.toString()));
    const signal = await new Promise<string | null>((resolve) => child.on("exit", (_code, by) => resolve(by)));
    expect(signal, said).toBe("SIGKILL");
    const { rows } = await sql<{ keys: string }>`SELECT count(*) AS keys FROM dossier_grant WHERE dossier = ${dossier.id}`.execute(world.db);
    expect(Number(rows[0]?.keys)).toBe(0);
    world.now = () => days(8);
    expect(await runErasures(job())).toMatchObject({ erased: 1 });
    world.now = () => new Date();
    expect(await traces(dossier)).toEqual(["desk_notice", "erasure_receipt"]);
    expect(await filesWith(dossier.id)).toBe(0);
    expect(await noticesOf(dossier)).toEqual(["gone owner", "announced owner"]);
  });
});

describe("a hold", () => {
  it("is for a lead of a desk with the whole dossier or its owner, ends within a year, and the owner sees it", async () => {
    const dossier = await filed();
    expect(await hold(dossier, member, desk)).toMatchObject({ status: 403, body: { code: "role-forbidden" } });
    expect(await hold(dossier, await world.person(), null)).toMatchObject({ status: 404 });
    expect(await hold(dossier, lead, desk, { until: days(longestHold + 2) })).toMatchObject({ status: 400 });
    expect((await hold(dossier, lead, desk)).status).toBe(204);
    const { holds } = (await world.call<{ holds: HoldView[] }>(owner, "GET", `/api/v1/dossiers/${dossier.id}/holds`)).body;
    expect(holds).toHaveLength(1);
  });

  it("leaves an erased dossier to its desk alone until it ends, then nothing to anyone", async () => {
    const dossier = await filed(true);
    expect((await hold(dossier, lead, desk, { until: days(60) })).status).toBe(204);
    await ask(dossier);
    world.now = () => days(8);
    expect(await runErasures(job())).toEqual({ announced: 0, held: 1, erased: 0 });
    expect(await view(world, dossier, owner)).toMatchObject({ status: 403, body: { code: "grant-ended" } });
    expect((await view(world, dossier, lead)).status).toBe(200);
    expect((await mine()).pending).toMatchObject([{ dossier: dossier.id, state: "held" }]);
    const { rows } = await sql<{ sealed: object }>`SELECT sealed FROM dossier_grant WHERE dossier = ${dossier.id} AND person_id = ${owner.person}`.execute(
      world.db,
    );
    expect(rows).toEqual([{ sealed: {} }]);
    world.now = () => days(61);
    expect(await runErasures(job())).toEqual({ announced: 0, held: 0, erased: 1 });
    world.now = () => new Date();
    expect(await traces(dossier)).toEqual(["desk_notice", "erasure_receipt"]);
  });

  it("ends before its time by its own desk's lead, and what waited goes on", async () => {
    const dossier = await filed();
    const { id } = await hold(dossier, lead, desk);
    await ask(dossier);
    world.now = () => days(8);
    await runErasures(job());
    const end = async (by: Person): Promise<Answer<object>> =>
      await world.call(by, "POST", `/api/v1/dossiers/${dossier.id}/holds/${id}/end`, {
        statement: await signStatement(erasureTypes.holdLift, { hold: id, dossier: dossier.id, by: by.person, at: new Date().toISOString() }, by.sign),
      });
    expect((await end(owner)).status).toBe(403);
    expect((await end(lead)).status).toBe(204);
    expect(await runErasures(job())).toMatchObject({ erased: 1 });
    world.now = () => new Date();
  });
});

describe("retention", () => {
  const rule: RetentionRule = { kind: "report", months: 12, announceDays: 30 };

  it("tells owner and desk a time before, erases after it, and waits for a hold", async () => {
    const [plain, kept, open_] = [await filed(), await filed(), await filed()];
    for (const dossier of [plain, kept])
      expect((await submit(world, dossier, owner, { kind: "withdrawal", action: "withdraw", role: "reporter" })).status).toBe(201);
    expect((await hold(kept, lead, desk, { until: days(360) })).status).toBe(204);
    world.now = () => days(330);
    expect(await runErasures(job([rule]))).toMatchObject({ announced: 0 });
    world.now = () => days(340);
    expect(await runErasures(job([rule]))).toMatchObject({ announced: 2, erased: 0 });
    expect(await noticesOf(plain)).toEqual(["announced retention"]);
    world.now = () => days(369);
    expect(await runErasures(job([rule]))).toMatchObject({ announced: 0, erased: 0 });
    await hold(kept, lead, desk, { until: days(500) });
    world.now = () => days(371);
    expect(await runErasures(job([rule]))).toEqual({ announced: 0, held: 1, erased: 1 });
    world.now = () => new Date();
    expect((await view(world, plain, owner)).status).toBe(404);
    expect((await view(world, kept, owner)).status).toBe(200);
    expect((await view(world, open_, owner)).status).toBe(200);
    expect((await mine()).receipts).not.toHaveLength(0);
  });

  it("starts over when the dossier is written in again, and nothing goes without a rule", async () => {
    const dossier = await filed();
    await submit(world, dossier, owner, { kind: "withdrawal", action: "withdraw", role: "reporter" });
    world.now = () => days(340);
    await runErasures(job([rule]));
    world.now = () => days(345);
    await sql`UPDATE dossier SET changed = ${world.now()} WHERE id = ${dossier.id}`.execute(world.db);
    world.now = () => days(372);
    expect(await runErasures(job([rule]))).toMatchObject({ announced: 0 });
    world.now = () => days(4000);
    expect(await runErasures(job())).toMatchObject({ announced: 0 });
    world.now = () => new Date();
    expect((await view(world, dossier, owner)).status).toBe(200);
  });
});
