/** Answer links over real HTTP against a real database: once, seven days, one desk, nobody else; and that the server keeps nothing that opens them. */
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { generateReceiptCode, guestFromReceipt, newUuid, signStatement, type Person } from "@rugdekking/seal";
import { statementHash } from "@rugdekking/seal/verify";
import { statementTypes, type AnswerLink, type AnswerLinkView, type ConsentWithdrawalPayload } from "#services/dossier/contract/index.ts";
import { inTransaction } from "#services/storage/index.ts";
import type { Static } from "typebox";
import { sweep } from "./sweep.ts";
import { consentOf, drive, grantOf, open, openWorld, submissionOf, submit, view, type Answer, type Desk, type Drive, type World } from "./testing.ts";

const day = 86_400_000;
let world: World;
let owner: Person, officer: Person, colleague: Person, adviser: Person, safe: Person, stranger: Person;
let police: Desk, om: Desk, safety: Desk;
let dossier: Drive;

beforeAll(async () => {
  world = await openWorld();
});
afterAll(async () => {
  await world.close();
});
beforeEach(async () => {
  world.now = () => new Date();
  [owner, officer, colleague, adviser, safe, stranger] = await Promise.all([
    world.person(),
    world.person(),
    world.person(),
    world.person(),
    world.person(),
    world.person(),
  ]);
  police = await world.desk("police", "demo", [officer, colleague]);
  om = await world.desk("om", "om", [adviser]);
  safety = await world.desk("safety-desk", "gm0000", [safe]);
  dossier = drive("signal", owner);
  const opened = await open(world, dossier, [
    { role: "police", desk: police },
    { role: "safety-desk", desk: safety },
  ]);
  expect(opened.status, JSON.stringify(opened.body)).toBe(201);
});

const make = async (as: Person | null, desk: string = police.id, id: string = dossier.id): Promise<Answer<AnswerLink>> =>
  await world.call(as, "POST", `/api/v1/dossiers/${id}/answer-links`, { desk });
const lookUp = async (as: Person | null, pointer: string): Promise<Answer<AnswerLinkView>> =>
  await world.call(as, "POST", "/api/v1/answer-links/look-ups", { pointer });
const receive = async (as: Person = officer) => await submit(world, dossier, as, { kind: "receipt", action: "receive", role: "police", desk: police });

async function pointerFor(as: Person = owner): Promise<string> {
  const made = await make(as);
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  return made.body.pointer;
}
/** Word for word what an unknown pointer gets. */
async function opensNothing(as: Person, pointer: string): Promise<void> {
  const [there, unknown] = [await lookUp(as, pointer), await lookUp(as, "A".repeat(43))];
  expect(there.status).toBe(404);
  expect(there.body).toEqual(unknown.body);
}

describe("a link", () => {
  it("is made by the owner or the safety desk that takes part, and leads each member of the desk to the dossier until one of them answers", async () => {
    const [mine, desks] = [await pointerFor(owner), await pointerFor(safe)];
    for (const pointer of [mine, desks])
      for (const member of [officer, colleague])
        expect((await lookUp(member, pointer)).body).toMatchObject({ answered: false, dossier: dossier.id, kind: "signal", desk: police.id });
    // Words without an action are no answer.
    expect((await submit(world, dossier, officer, { kind: "message", role: "police", desk: police })).status).toBe(201);
    expect((await lookUp(officer, mine)).body.answered).toBe(false);
    expect((await receive(colleague)).status).toBe(201);
    for (const pointer of [mine, desks]) expect((await lookUp(officer, pointer)).body).toEqual({ answered: true });
    // For the next answer a new one is made.
    expect((await lookUp(officer, await pointerFor())).body.answered).toBe(false);
  });

  it("is spent by the desk it is for, and not by another's answer", async () => {
    const given = await consentOf(dossier, owner, om, "prosecution", { everything: true });
    const shared = await submit(world, dossier, owner, {
      kind: "message",
      role: "office-holder",
      consents: [given.statement],
      grants: [await grantOf(dossier, owner, "prosecution", om, { consent: given.hash })],
    });
    expect(shared.status, JSON.stringify(shared.body)).toBe(201);
    const forOm = await make(owner, om.id);
    expect((await receive()).status).toBe(201);
    expect((await lookUp(adviser, forOm.body.pointer)).body).toMatchObject({ answered: false, desk: om.id });
  });

  it("is spent in the transaction of the answer: one that is refused at the very end leaves it as it was", async () => {
    const pointer = await pointerFor();
    const { submission, header } = await submissionOf(dossier, officer, { kind: "receipt", action: "receive", role: "police", desk: police });
    const taken = dossier.newest.get("signal")?.item ?? "";
    const twice = await signStatement(statementTypes.entry, { ...header, body: { ...header.body, item: taken } }, officer.sign);
    const refused = await world.call(officer, "POST", `/api/v1/dossiers/${dossier.id}/entries`, { ...submission, entry: twice });
    expect(refused.body.code).toBe("already-there");
    expect((await lookUp(officer, pointer)).body.answered).toBe(false);
    // The same envelope sent twice is one answer.
    expect((await world.call(officer, "POST", `/api/v1/dossiers/${dossier.id}/entries`, submission)).status).toBe(201);
    expect((await world.call(officer, "POST", `/api/v1/dossiers/${dossier.id}/entries`, submission)).status).toBe(201);
    expect((await lookUp(officer, pointer)).body).toEqual({ answered: true });
  });

  it("ends after seven days, spent or not, and is swept then", async () => {
    const [first, second] = [await pointerFor(), await pointerFor()];
    world.now = () => new Date(Date.now() + 7 * day - 60_000);
    expect((await lookUp(officer, first)).body.answered).toBe(false);
    world.now = () => new Date(Date.now() + 7 * day + 60_000);
    await opensNothing(officer, first);
    await opensNothing(officer, second);
    const rows = async (): Promise<number> => (await sql`SELECT 1 FROM answer_link WHERE dossier = ${dossier.id}`.execute(world.db)).rows.length;
    expect(await rows()).toBe(2);
    const cleared = await sweep({ db: world.db, blobs: world.blobs, clock: world.now, inTransaction: (work) => inTransaction(world.db, work) });
    expect(cleared.links).toBeGreaterThanOrEqual(2);
    expect(await rows()).toBe(0);
  });
});

describe("whoever it is not for", () => {
  it("hears the same as of an unknown pointer: another desk, the owner, their safety desk, a stranger, a guest; and nobody signed in is asked to", async () => {
    const pointer = await pointerFor();
    const guest = await guestFromReceipt(generateReceiptCode());
    const guests = drive("signal", guest);
    expect((await open(world, guests, [{ role: "police", desk: police }], { guest: true })).status).toBe(201);
    for (const one of [adviser, owner, safe, stranger, guest]) await opensNothing(one, pointer);
    expect((await lookUp(null, pointer)).body.code).toBe("session-missing");
    expect((await make(null)).body.code).toBe("session-missing");
    for (const odd of ["", "x", "A".repeat(44), 7, null]) expect((await lookUp(officer, odd as string)).body.code).toBe("input-malformed");
    // A guest sends one for their own signal.
    const theirs = await make(guest, police.id, guests.id);
    expect((await lookUp(officer, theirs.body.pointer)).body).toMatchObject({ answered: false, dossier: guests.id });
  });

  it("is a member who was taken out of the desk, from that moment on", async () => {
    const pointer = await pointerFor();
    expect((await lookUp(colleague, pointer)).body.answered).toBe(false);
    await sql`DELETE FROM desk_member WHERE desk = ${police.id} AND person = ${colleague.person}`.execute(world.db);
    await opensNothing(colleague, pointer);
    expect((await lookUp(officer, pointer)).body.answered).toBe(false);
  });

  it("is the desk whose consent was taken back, also when it is given again", async () => {
    const pointer = await pointerFor();
    const [standing] = (await view(world, dossier, owner)).body.consents.filter(({ statement }) => decoded(statement.payload).includes(police.id));
    if (standing === undefined) throw new Error("no consent to take back");
    const payload: Static<typeof ConsentWithdrawalPayload> = {
      consent: await statementHash(standing.statement),
      dossier: dossier.id,
      by: owner.person,
      at: new Date().toISOString(),
    };
    const statement = await signStatement(statementTypes.consentWithdrawal, payload, owner.sign);
    expect((await world.call(owner, "POST", `/api/v1/dossiers/${dossier.id}/consent-withdrawals`, { statement })).status).toBe(204);
    await opensNothing(officer, pointer);
    expect((await make(owner)).body.code).toBe("requirement-missing");
    const given = await consentOf(dossier, owner, police, "police", { everything: true });
    const again = await submit(world, dossier, owner, {
      kind: "message",
      role: "office-holder",
      consents: [given.statement],
      grants: [await grantOf(dossier, owner, "police", police, { consent: given.hash })],
    });
    expect(again.status, JSON.stringify(again.body)).toBe(201);
    await opensNothing(officer, pointer);
    expect((await lookUp(officer, await pointerFor())).body.answered).toBe(false);
  });

  it("makes none: another's dossier is not there, the answering desk itself may not, and no link leads a desk to what it does not hold", async () => {
    const other = drive("signal", stranger);
    expect((await open(world, other, [{ role: "police", desk: police }])).status).toBe(201);
    const [there, absent] = [await make(stranger), await make(stranger, police.id, newUuid())];
    expect(there.body).toEqual(absent.body);
    expect(there.body.code).toBe("not-found");
    expect((await make(officer)).body.code).toBe("role-forbidden");
    expect((await make(owner, om.id)).body.code).toBe("requirement-missing");
    expect((await make(owner, newUuid())).body.code).toBe("requirement-missing");
  });

  it("is the owner, also as a member of the desk it went to", async () => {
    const own = drive("signal", officer);
    expect((await open(world, own, [{ role: "police", desk: police }])).status).toBe(201);
    const made = await make(officer, police.id, own.id);
    await opensNothing(officer, made.body.pointer);
    expect((await lookUp(colleague, made.body.pointer)).body).toMatchObject({ dossier: own.id });
  });
});

describe("bounds", () => {
  it("five stand per dossier and desk at once, also when they are asked for together: the oldest makes room for the next", async () => {
    const first = await pointerFor();
    const made = await Promise.all(Array.from({ length: 8 }, async () => await make(owner)));
    expect(made.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 201));
    const standing = await Promise.all(made.map(async ({ body }) => (await lookUp(officer, body.pointer)).status));
    expect(standing.filter((status) => status === 200)).toHaveLength(5);
    await opensNothing(officer, first);
    const last = await pointerFor();
    expect((await lookUp(officer, last)).body.answered).toBe(false);
    expect((await receive()).status).toBe(201);
    expect((await lookUp(officer, last)).body).toEqual({ answered: true });
    expect((await make(owner)).status).toBe(201);
  });

  it("look-ups are paced per caller, so that one who tries many keeps nobody else out", async () => {
    const pointer = await pointerFor();
    const codes = await Promise.all(Array.from({ length: 80 }, async () => (await lookUp(stranger, "B".repeat(43))).body.code));
    expect(codes).toContain("quota-reached");
    expect((await lookUp(officer, pointer)).status).toBe(200);
  });

  it("the server keeps the hash alone: the pointer is in no column of any table", async () => {
    const pointer = await pointerFor();
    await lookUp(officer, pointer);
    const { rows: tables } = await sql<{ name: string }>`SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'`.execute(
      world.db,
    );
    expect(tables.length).toBeGreaterThan(20);
    for (const { name } of tables) {
      const { rows } = await sql<{ row: string }>`SELECT t::text AS row FROM ${sql.table(name)} t`.execute(world.db);
      expect(
        rows.filter(({ row }) => row.includes(pointer)),
        name,
      ).toEqual([]);
    }
  });
});

const decoded = (payload: string): string => Buffer.from(payload, "base64url").toString();
