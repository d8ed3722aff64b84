/** What the door refuses, and that nothing of it stays: wrong type, oversized, truncated, replayed, reordered, forged, stale, expired, missing, own work, digests. */
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { newUuid, signStatement, type Person } from "@rugdekking/seal";
import { ROSTER, statementHash, type Roster } from "@rugdekking/seal/verify";
import { statementTypes, type Submission, type WorklistPage } from "#services/dossier/contract/index.ts";
import { lockDesk, readRosters, writeEpoch } from "#services/directory/store/index.ts";
import { inTransaction } from "#services/storage/index.ts";
import { consentOf, drive, grantOf, open, openingOf, openWorld, submissionOf, submit, view, type Desk, type Drive, type World } from "./testing.ts";

let world: World;
let owner: Person, officer: Person, second: Person, stranger: Person;
let safety: Desk, experts: Desk, bva: Desk;
let dossier: Drive;

beforeAll(async () => {
  world = await openWorld();
  [owner, officer, second, stranger] = await Promise.all([world.person(), world.person(), world.person(), world.person()]);
  safety = await world.desk("safety-desk", "gm0000", [officer]);
  experts = await world.desk("expert-desk", "ccv", [officer, second]);
  bva = await world.desk("authority", "bzk", [officer, second]);
});
afterAll(async () => {
  await world.close();
});
beforeEach(async () => {
  dossier = drive("report", owner);
  expect((await open(world, dossier, [{ role: "safety-desk", desk: safety }])).status).toBe(201);
});

const post = (as: Person | null, submission: unknown) => world.call(as, "POST", `/api/v1/dossiers/${dossier.id}/entries`, submission);
const message = { kind: "message", role: "reporter" } as const;

/** Refused with this code, and the dossier is as before: same chain, no row more. */
async function refused(as: Person | null, submission: unknown, code: string): Promise<void> {
  const count = async (): Promise<unknown> =>
    (
      await sql`SELECT (SELECT count(*) FROM dossier_entry) e, (SELECT count(*) FROM dossier_grant) g, (SELECT count(*) FROM dossier_consent) c, (SELECT count(*) FROM dossier_entry_item) i,
      (SELECT count(*) FROM dossier_participant) p, (SELECT count(*) FROM desk_dossier) d, (SELECT count(*) FROM dossier_news) n, (SELECT count(*) FROM ledger_leaf) l`.execute(
        world.db,
      )
    ).rows[0];

  const before = await count();
  const answer = await post(as, submission);
  expect(answer.body.code, JSON.stringify(answer.body)).toBe(code);
  expect(answer.headers.get("content-type")).toMatch(/^application\/problem\+json/u);
  expect(await count()).toEqual(before);
  expect((await view(world, dossier, owner)).body.lastSeq).toBe(dossier.seq);
}

describe("bad input is refused and leaves nothing behind", () => {
  it("wrong type", async () => {
    const { submission } = await submissionOf(dossier, owner, message);
    await refused(owner, { ...submission, body: 7 }, "input-malformed");
    await refused(owner, { ...submission, surplus: true }, "input-malformed");
    await refused(owner, { ...submission, entry: await signStatement(statementTypes.grant, {}, owner.sign) }, "input-malformed");
    await refused(owner, { ...submission, entry: await signStatement(statementTypes.entry, { dossier: dossier.id }, owner.sign) }, "input-malformed");
  });
  it("oversized", async () => {
    const { submission } = await submissionOf(dossier, owner, message);
    await refused(owner, { ...submission, body: "A".repeat(5_000_000) }, "input-too-large");
    await refused(owner, { ...submission, body: "A".repeat(355_000) }, "input-too-large");
    await refused(owner, { ...submission, cover: "A".repeat(11_900) }, "input-too-large");
  });
  it("truncated", async () => {
    const { submission } = await submissionOf(dossier, owner, message);
    await refused(owner, { ...submission, body: submission.body.slice(0, -8) }, "digest-mismatch");
  });
  it("replayed: the same envelope gives the same receipt and no second entry", async () => {
    const { submission } = await submissionOf(dossier, owner, message);
    const first = await post(owner, submission);
    const again = await post(owner, submission);
    expect(again).toMatchObject({ status: 201, body: { seq: 2, entry: (first.body as { entry: string }).entry } });
    expect((await view(world, dossier, owner)).body.lastSeq).toBe(2);
  });
  it("reordered, or another envelope at the same place", async () => {
    const { submission: early } = await submissionOf(dossier, owner, message);
    await submit(world, dossier, owner, message);
    await refused(owner, early, "chain-broken");
    const { submission: ahead } = await submissionOf({ ...dossier, seq: dossier.seq + 1 }, owner, message);
    await refused(owner, ahead, "chain-broken");
    const { submission: fork } = await submissionOf(dossier, owner, { ...message, header: { previous: "A".repeat(43) } });
    await refused(owner, fork, "chain-broken");
  });
  it("forged signature", async () => {
    const { submission } = await submissionOf(dossier, owner, message);
    const [signature] = submission.entry.signatures;
    const forged = {
      ...submission,
      entry: { ...submission.entry, signatures: [{ keyid: signature?.keyid ?? "", sig: Buffer.alloc(64, 1).toString("base64url") }] },
    };
    await refused(owner, forged, "signature-invalid");
    const { submission: byOther } = await submissionOf(dossier, { ...owner, sign: stranger.sign }, message);
    await refused(owner, byOther, "signature-invalid");
  });
  it("someone else's statement", async () => {
    const { submission } = await submissionOf(dossier, owner, { ...message, header: { author: { person: stranger.person, role: "reporter", desk: null } } });
    await refused(owner, submission, "statement-mismatch");
    const { submission: elsewhere } = await submissionOf(dossier, owner, { ...message, header: { dossier: newUuid() } });
    await refused(owner, elsewhere, "statement-mismatch");
    await refused(null, submission, "session-missing");
    await refused(stranger, (await submissionOf(dossier, stranger, message)).submission, "not-found");
  });
  it("a stranger learns nothing: whatever they send, a dossier that is there answers as one that is not", async () => {
    const { submission } = await submissionOf(dossier, owner, message);
    const { submission: mine } = await submissionOf(dossier, stranger, message);
    const nowhere = newUuid();
    for (const sent of [submission, mine, { ...mine, body: "AAAA" }, { ...mine, cover: "A".repeat(11_900) }]) {
      const [there, absent] = [await post(stranger, sent), await world.call(stranger, "POST", `/api/v1/dossiers/${nowhere}/entries`, sent)];
      expect([there.status, there.body]).toEqual([404, absent.body]);
    }
  });
  it("digest mismatch of an attachment, and an attachment that never came", async () => {
    const item = newUuid();
    const missing = { item, digest: "A".repeat(43), size: 10 };
    await refused(owner, (await submissionOf(dossier, owner, { ...message, attachments: [missing] })).submission, "upload-incomplete");
    await fetch(`${world.base}/api/v1/uploads/${item}?dossier=${dossier.id}&size=10`, {
      method: "PUT",
      headers: { "content-type": "application/octet-stream", ...(await world.letIn(dossier.id)) },
      body: new Uint8Array(10),
    });
    await refused(owner, (await submissionOf(dossier, owner, { ...message, attachments: [missing] })).submission, "digest-mismatch");
  });
  it("a sealed key other than the one signed for, or more than were signed for", async () => {
    const grant = await grantOf(dossier, owner, "safety-desk", safety);
    const other = await grantOf(dossier, owner, "safety-desk", safety);
    await refused(owner, (await submissionOf(dossier, owner, { ...message, grants: [{ ...grant, sealed: other.sealed }] })).submission, "digest-mismatch");
    await refused(
      owner,
      (await submissionOf(dossier, owner, { ...message, grants: [{ ...grant, sealed: { ...grant.sealed, more: grant.sealed["dossier"] ?? "" } }] })).submission,
      "statement-mismatch",
    );
  });
  it("stale epoch", async () => {
    const grants = [await grantOf(dossier, owner, "safety-desk", safety, { epoch: 7 })];
    await refused(owner, (await submissionOf(dossier, owner, { ...message, grants })).submission, "epoch-stale");
  });
  it("a hand-over the table does not know", async () => {
    await refused(
      owner,
      (await submissionOf(dossier, owner, { ...message, grants: [await grantOf(dossier, owner, "authority", bva)] })).submission,
      "role-forbidden",
    );
    await refused(
      owner,
      (await submissionOf(dossier, owner, { ...message, grants: [await grantOf(dossier, owner, "safety-desk", bva)] })).submission,
      "requirement-missing",
    );
    await refused(
      owner,
      (await submissionOf(dossier, owner, { ...message, grants: [await grantOf(dossier, owner, "reporter", stranger)] })).submission,
      "role-forbidden",
    );
  });
});

describe("law 2: no keys without consent", () => {
  const scanAt = async (): Promise<Drive> => {
    const scanned = drive("scan", owner);
    await open(world, scanned, [{ role: "expert-desk", desk: experts }]);
    await submit(world, scanned, officer, { kind: "entitlement", action: "entitle", role: "expert-desk", desk: experts });
    await submit(world, scanned, officer, { kind: "assignment", action: "assign", role: "expert-desk", desk: experts, assignee: officer.person });
    await submit(world, scanned, officer, { kind: "appointment", action: "plan", role: "expert", desk: experts });
    await submit(world, scanned, officer, { kind: "visit", action: "visit", role: "expert", desk: experts });
    dossier = scanned;
    return scanned;
  };
  const note = { kind: "visit", role: "expert" } as const;
  const hand = async (by: Person, extra: Parameters<typeof grantOf>[4]): Promise<Submission["grants"]> => [await grantOf(dossier, by, "authority", bva, extra)];

  it("missing, too narrow, for another desk, expired, forged, withdrawn", async () => {
    await scanAt();
    const plan = async (extra: Partial<Parameters<typeof submissionOf>[2]>): Promise<Submission> =>
      (await submissionOf(dossier, officer, { ...note, desk: experts, ...extra })).submission;
    await refused(officer, await plan({ grants: await hand(officer, {}) }), "consent-missing");
    await refused(officer, await plan({ grants: await hand(officer, { consent: "A".repeat(43) }) }), "consent-missing");
    const narrow = await consentOf(dossier, owner, bva, "authority", { kinds: ["advice"] });
    await refused(officer, await plan({ grants: await hand(officer, { consent: narrow.hash }), consents: [narrow.statement] }), "consent-missing");
    const elsewhere = await consentOf(dossier, owner, experts, "authority", { everything: true });
    await refused(officer, await plan({ grants: await hand(officer, { consent: elsewhere.hash }), consents: [elsewhere.statement] }), "consent-missing");
    const past = await consentOf(dossier, owner, bva, "authority", { everything: true }, new Date(Date.now() - 1000));
    await refused(officer, await plan({ grants: await hand(officer, { consent: past.hash }), consents: [past.statement] }), "consent-expired");
    // A consent to look for the same actor is for that alone, however wide it reads.
    const other = await consentOf(dossier, owner, bva, "authority", { everything: true }, new Date(Date.now() + 3_600_000), "same-actor");
    await refused(officer, await plan({ grants: await hand(officer, { consent: other.hash }), consents: [other.statement] }), "consent-missing");
    const forged = await consentOf(dossier, { ...owner, sign: officer.sign }, bva, "authority", { everything: true });
    await refused(officer, await plan({ grants: await hand(officer, { consent: forged.hash }), consents: [forged.statement] }), "signature-invalid");
    const good = await consentOf(dossier, owner, bva, "authority", { everything: true });
    expect((await submit(world, dossier, officer, { ...note, desk: experts, consents: [good.statement] })).status).toBe(201);
    const statement = await signStatement(
      statementTypes.consentWithdrawal,
      { consent: good.hash, dossier: dossier.id, by: owner.person, at: new Date().toISOString() },
      owner.sign,
    );
    expect((await world.call(owner, "POST", `/api/v1/dossiers/${dossier.id}/consent-withdrawals`, { statement })).status).toBe(204);
    await refused(officer, await plan({ grants: await hand(officer, { consent: good.hash }) }), "consent-expired");
    // Whoever reads the dossier has the consent's statement; sent along once more it is still the one that was withdrawn.
    await refused(officer, await plan({ grants: await hand(officer, { consent: good.hash }), consents: [good.statement] }), "consent-expired");
    await refused(
      owner,
      (await submissionOf(dossier, owner, { kind: "message", role: "office-holder", consents: [good.statement] })).submission,
      "consent-expired",
    );
  });

  it("ends access when the consent's own end passes", async () => {
    await scanAt();
    const short = await consentOf(dossier, owner, bva, "authority", { everything: true }, new Date(Date.now() + 3_600_000));
    expect(
      (
        await submit(world, dossier, owner, {
          kind: "message",
          role: "office-holder",
          grants: await hand(owner, { consent: short.hash }),
          consents: [short.statement],
        })
      ).status,
    ).toBe(201);
    const outsider = await world.person();
    const desk = await world.desk("authority", "bzk", [outsider]);
    const other = await consentOf(dossier, owner, desk, "authority", { everything: true }, new Date(Date.now() + 3_600_000));
    expect(
      (
        await submit(world, dossier, owner, {
          kind: "message",
          role: "office-holder",
          grants: [await grantOf(dossier, owner, "authority", desk, { consent: other.hash })],
          consents: [other.statement],
        })
      ).status,
    ).toBe(201);
    expect((await view(world, dossier, outsider)).status).toBe(200);
    world.now = () => new Date(Date.now() + 7_200_000);
    try {
      expect((await view(world, dossier, outsider)).body.code).toBe("grant-ended");
      expect((await world.call<WorklistPage>(outsider, "GET", `/api/v1/desks/${desk.id}/worklist`)).body.lines).toEqual([]);
    } finally {
      world.now = () => new Date();
    }
  });

  it("law 4: who wrote the advice may not adopt or return it, even as a member of the authority", async () => {
    await scanAt();
    const asExpert = { role: "expert", desk: experts } as const;
    for (const kind of ["threat-analysis", "risk-assessment"] as const) await submit(world, dossier, officer, { kind, ...asExpert });
    await submit(world, dossier, officer, { kind: "advice", action: "draft", ...asExpert });
    const advice = dossier.newest.get("advice");
    if (advice === undefined) throw new Error("no advice");
    const consent = await consentOf(dossier, owner, bva, "authority", { everything: true });
    expect(
      (
        await submit(world, dossier, officer, {
          kind: "submission",
          action: "submit",
          ...asExpert,
          decides: advice,
          grants: await hand(officer, { consent: consent.hash }),
          consents: [consent.statement],
        })
      ).status,
    ).toBe(201);
    const decision = async (by: Person, reference = advice): Promise<Submission> =>
      (await submissionOf(dossier, by, { kind: "adoption", action: "adopt", role: "authority", desk: bva, decides: reference })).submission;
    await refused(officer, await decision(officer), "own-work");
    await refused(second, await decision(second, { ...advice, digest: "A".repeat(43) }), "statement-mismatch");
    expect((await post(second, await decision(second))).status).toBe(201);
  });
});

describe("stated times", () => {
  const minutes = (count: number): string => new Date(Date.now() + count * 60_000).toISOString();
  it("refuses an entry and a hand-over that are still to come, by the server's clock", async () => {
    const entry = async (at: string): Promise<Submission> => (await submissionOf(dossier, owner, { ...message, header: { at } })).submission;
    await refused(owner, await entry(minutes(4)), "clock-off");
    world.now = () => new Date(Date.now() - 4 * 60_000);
    try {
      const { submission } = await submissionOf(dossier, owner, {
        ...message,
        header: { at: minutes(-4) },
        grants: [await grantOf(dossier, owner, "safety-desk", safety)],
      });
      await refused(owner, submission, "clock-off");
    } finally {
      world.now = () => new Date();
    }
    expect((await submit(world, dossier, owner, { ...message, header: { at: minutes(2) } })).status).toBe(201);
    const early = drive("report", owner);
    const { request } = await openingOf(early, [{ role: "safety-desk", desk: safety }], { header: { at: minutes(4) } });
    expect((await world.call(owner, "POST", "/api/v1/dossiers", request)).body.code).toBe("clock-off");
  });
  it("refuses an entry dated back past one before it, also in small steps", async () => {
    const entry = async (at: string): Promise<Submission> => (await submissionOf(dossier, owner, { ...message, header: { at } })).submission;
    await refused(owner, await entry(minutes(-6)), "clock-off");
    expect((await submit(world, dossier, owner, { ...message, header: { at: minutes(-4) } })).status).toBe(201);
    await refused(owner, await entry(minutes(-8)), "clock-off");
  });
  it("refuses a member who states a time before they came, which would spoil the dossier for every reader", async () => {
    const desk = await world.desk("safety-desk", "gm0000", [officer]);
    const fresh = drive("report", owner);
    expect((await open(world, fresh, [{ role: "safety-desk", desk }], { header: { at: minutes(-30) } })).status).toBe(201);
    const facts = await inTransaction(world.db, (trx) => lockDesk(trx, desk.id));
    const [first] = await readRosters(world.db, "gm0000", desk.id);
    if (first === undefined || facts === null) throw new Error("no roster");
    const before = JSON.parse(Buffer.from(first.payload, "base64url").toString("utf8")) as Roster;
    const [lead] = before.members;
    if (lead === undefined) throw new Error("no lead");
    const came = { ...lead, lead: false, person: second.person, sealPublicKey: second.seal.publicKey, signPublicKey: second.sign.publicKey };
    const roster: Roster = { ...before, epoch: 2, previous: facts.rosterHash, members: [lead, came], at: new Date().toISOString(), by: officer.person };
    const statement = await signStatement(ROSTER, roster, officer.sign);
    const hash = await statementHash(statement);
    await inTransaction(world.db, (trx) =>
      writeEpoch(trx, roster, hash, { roster: statement, sealed: roster.members.map(({ person }) => ({ person, sealed: "demo" })), bridge: "demo" }),
    );
    const say = (by: Person, at: string) => submit(world, fresh, by, { kind: "message", role: "safety-desk", desk, header: { at } });
    expect((await say(second, minutes(-7))).body.code).toBe("clock-off");
    expect((await say(officer, minutes(-7))).status).toBe(201);
    expect((await say(second, minutes(-3))).status).toBe(201);
    expect((await say(second, minutes(1))).status).toBe(201);
  });
});

describe("a hand-over that races a rotation", () => {
  /** Sends while the desk's rotation is under way; the rotation ends only when nothing moves any more. */
  const besideRotation = async (desk: Desk, send: () => ReturnType<typeof post>): ReturnType<typeof post> => {
    let answer: ReturnType<typeof post> | undefined;
    await inTransaction(world.db, async (trx) => {
      const facts = await lockDesk(trx, desk.id);
      answer = send();
      await Promise.race([answer, new Promise((resolve) => setTimeout(resolve, 700))]);
      await sql`UPDATE desk SET epoch = ${(facts?.epoch ?? 0) + 1} WHERE organisation = ${desk.organisation} AND desk = ${desk.id}`.execute(trx);
    });
    if (answer === undefined) throw new Error("nothing was sent");
    return answer;
  };
  it("is refused in an entry, and in the first one", async () => {
    const desk = await world.desk("safety-desk", "gm0000", [officer]);
    const fresh = drive("report", owner);
    const { request } = await openingOf(fresh, [{ role: "safety-desk", desk }]);
    const opening = await besideRotation(desk, () => world.call(owner, "POST", "/api/v1/dossiers", request));
    expect([opening.status, opening.body.code]).toEqual([409, "epoch-stale"]);
    expect((await view(world, fresh, owner)).status).toBe(404);
    const next = await world.desk("safety-desk", "gm0000", [second]);
    const { submission } = await submissionOf(dossier, owner, { ...message, grants: [await grantOf(dossier, owner, "safety-desk", next)] });
    const added = await besideRotation(next, () => post(owner, submission));
    expect([added.status, added.body.code]).toEqual([409, "epoch-stale"]);
  });
});

describe("opening a dossier", () => {
  const refusedOpening = async (as: Person | null, request: unknown, code: string): Promise<void> => {
    const answer = await world.call(as, "POST", "/api/v1/dossiers", request);
    expect(answer.body.code, JSON.stringify(answer.body)).toBe(code);
  };
  it("refuses what the table does not allow and keeps nothing", async () => {
    const fresh = drive("report", owner);
    await refusedOpening(owner, (await openingOf(fresh, [])).request, "requirement-missing");
    await refusedOpening(null, (await openingOf(fresh, [{ role: "safety-desk", desk: safety }])).request, "session-missing");
    const { request } = await openingOf(fresh, [{ role: "safety-desk", desk: safety }]);
    await refusedOpening(owner, { ...request, participants: [] }, "statement-mismatch");
    await refusedOpening(owner, { ...request, organisation: "gm9999" }, "requirement-missing");
    await refusedOpening(owner, { ...request, first: { ...request.first, grants: request.first.grants.slice(1) } }, "requirement-missing");
    await refusedOpening(owner, { ...request, dossier: dossier.id }, "statement-mismatch");
    expect((await view(world, fresh, owner)).status).toBe(404);
    expect((await world.call(owner, "POST", "/api/v1/dossiers", request)).status).toBe(201);
    expect((await world.call(owner, "POST", "/api/v1/dossiers", request)).status).toBe(201);
    const { request: again } = await openingOf(fresh, [{ role: "safety-desk", desk: safety }]);
    await refusedOpening(owner, again, "already-there");
  });
  it("opens one dossier when the same request races itself", async () => {
    const fresh = drive("report", owner);
    const { request } = await openingOf(fresh, [{ role: "safety-desk", desk: safety }]);
    const answers = await Promise.all(Array.from({ length: 6 }, () => world.call(owner, "POST", "/api/v1/dossiers", request)));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 6 }, () => 201));
  });
  it("accepts exactly one of many entries that race for the same place", async () => {
    const rivals = await Promise.all(Array.from({ length: 6 }, () => submissionOf(dossier, owner, message)));
    const answers = await Promise.all(rivals.map(({ submission }) => post(owner, submission)));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409, 409, 409, 409, 409]);
  });
});

describe("the worklist", () => {
  it("pages by what is due first, counts all, and can be asked for what changed", async () => {
    const clerk = await world.person();
    const desk = await world.desk("safety-desk", "gm0000", [clerk]);
    const ids: string[] = [];
    for (let index = 0; index < 5; index += 1) {
      const one = drive("report", owner);
      await open(world, one, [{ role: "safety-desk", desk }], { header: { urgency: index === 3 ? "acute" : "normal" } });
      ids.push(one.id);
    }
    const page = (query: string) => world.call<WorklistPage>(clerk, "GET", `/api/v1/desks/${desk.id}/worklist${query}`);
    const first = await page("?limit=2");
    expect(first.body.lines[0]?.id).toBe(ids[3]);
    expect(first.body.total).toBe(5);
    const seen = first.body.lines.map(({ id }) => id);
    for (let next = first.body.next; next !== null;) {
      const more = await page(`?limit=2&after=${next}`);
      seen.push(...more.body.lines.map(({ id }) => id));
      next = more.body.next;
    }
    expect(seen.toSorted()).toEqual(ids.toSorted());
    expect((await page(`?changedSince=${new Date(Date.now() + 1000).toISOString()}`)).body.lines).toEqual([]);
    expect((await page("?after=nonsense")).body.code).toBe("input-malformed");
    expect((await world.call(owner, "GET", `/api/v1/desks/${desk.id}/worklist`)).status).toBe(404);
  });
});
