/** The report road and the scan road at the API: real PostgreSQL, real HTTP, real signatures. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { leafBytes, verifyReceipt } from "@rugdekking/ledger";
import { generateReceiptCode, guestFromReceipt, newUuid, signStatement, type Person } from "@rugdekking/seal";
import { digestOf } from "@rugdekking/seal/verify";
import { statementTypes, type WorklistPage } from "#services/dossier/contract/index.ts";
import { consentOf, drive, entries, grantOf, headersOf, open, openWorld, submit, view, type Desk, type World } from "./testing.ts";

let world: World;
let reporter: Person, officer: Person, other: Person, lead: Person, expert: Person, authority: Person, employer: Person;
let safety: Desk, experts: Desk, bva: Desk, works: Desk;

beforeAll(async () => {
  world = await openWorld();
  [reporter, officer, other, lead, expert, authority, employer] = await Promise.all([
    world.person(),
    world.person(),
    world.person(),
    world.person(),
    world.person(),
    world.person(),
    world.person(),
  ]);
  safety = await world.desk("safety-desk", "gm0000", [officer]);
  experts = await world.desk("expert-desk", "ccv", [lead, expert]);
  bva = await world.desk("authority", "bzk", [authority]);
  works = await world.desk("employer", "gm0000", [employer]);
});
afterAll(async () => {
  await world.close();
});

const put = async (dossier: string, bytes: Uint8Array<ArrayBuffer>): Promise<{ item: string; digest: string; size: number }> => {
  const item = newUuid();
  const response = await fetch(`${world.base}/api/v1/uploads/${item}?dossier=${dossier}&size=${bytes.length}`, {
    method: "PUT",
    headers: { "content-type": "application/octet-stream", ...(await world.letIn(dossier)) },
    body: bytes,
  });
  expect(response.status).toBe(201);
  const { digest } = (await response.json()) as { digest: string };
  return { item, digest, size: bytes.length };
};

describe("the report road", () => {
  const run = async (owner: Person, guest: boolean): Promise<void> => {
    const dossier = drive("report", owner);
    const bytes = crypto.getRandomValues(new Uint8Array(40_000));
    const attachment = await put(dossier.id, bytes);
    expect(attachment.digest).toBe(await digestOf(bytes));
    const opened = await open(world, dossier, [{ role: "safety-desk", desk: safety }], { guest, attachments: [attachment], header: { urgency: "acute" } });
    expect(opened.status, JSON.stringify(opened.body)).toBe(201);
    expect(
      (await verifyReceipt({ proof: opened.body.proof, leaf: leafBytes("entry", opened.body.entry), verifierKey: world.verifierKey })).index,
    ).toBeGreaterThanOrEqual(0);
    const work = await world.call<WorklistPage>(officer, "GET", `/api/v1/desks/${safety.id}/worklist`);
    const line = work.body.lines.find(({ id }) => id === dossier.id);
    expect(line).toMatchObject({ phase: "filed", term: { name: "report-take-up", waitsFor: "safety-desk", overdue: false } });
    expect(new Date(line?.term?.due ?? 0).getTime() - new Date(line?.opened ?? 0).getTime()).toBe(3_600_000);
    expect(world.news.some(({ to, dossier: about }) => about === dossier.id && "desk" in to && to.desk === safety.id)).toBe(true);

    expect((await submit(world, dossier, officer, { kind: "message", action: "take-up", role: "safety-desk", desk: safety })).status).toBe(201);
    expect((await submit(world, dossier, owner, { kind: "message", role: "reporter" })).status).toBe(201);
    expect((await submit(world, dossier, officer, { kind: "norm-test", action: "start", role: "safety-desk", desk: safety })).status).toBe(201);
    expect((await submit(world, dossier, officer, { kind: "action", action: "wait", role: "safety-desk", desk: safety })).status).toBe(201);
    expect((await submit(world, dossier, officer, { kind: "outcome", action: "close", role: "safety-desk", desk: safety })).status).toBe(201);

    const seen = await view(world, dossier, owner);
    expect(seen.body).toMatchObject({ phase: "closed", roles: ["reporter"], actions: ["reopen"], lastSeq: 6, term: null });
    expect(seen.body.grants).toHaveLength(1);
    const chain = (await entries(world, dossier, owner)).body.entries;
    expect(headersOf(chain).map(({ seq, kind }) => `${seq} ${kind}`)).toEqual(["1 report", "2 message", "3 message", "4 norm-test", "5 action", "6 outcome"]);
    expect(chain.every(({ body }) => body !== null)).toBe(true);

    const file = await fetch(`${world.base}/api/v1/dossiers/${dossier.id}/items/${attachment.item}`, { headers: { "x-demo-person": officer.person } });
    expect(Buffer.from(await file.arrayBuffer()).equals(Buffer.from(bytes))).toBe(true);
    const part = await fetch(`${world.base}/api/v1/dossiers/${dossier.id}/items/${attachment.item}`, {
      headers: { "x-demo-person": officer.person, range: "bytes=100-199" },
    });
    expect(part.status).toBe(206);
    expect(Buffer.from(await part.arrayBuffer()).equals(Buffer.from(bytes.subarray(100, 200)))).toBe(true);
    expect((await view(world, dossier, other)).status).toBe(404);
    expect((await entries(world, dossier, other)).status).toBe(404);
  };
  it("goes for someone with an account", () => run(reporter, false));
  it("goes for a guest who comes back with the receipt code", async () => run(await guestFromReceipt(generateReceiptCode()), true));

  it("shows single items to a desk that was consulted, and ends with the consent", async () => {
    const dossier = drive("report", reporter);
    await open(world, dossier, [{ role: "safety-desk", desk: safety }]);
    const evidence = await submit(world, dossier, reporter, { kind: "evidence", role: "reporter" });
    expect(evidence.status).toBe(201);
    const item = dossier.newest.get("evidence")?.item ?? "";
    const consent = await consentOf(dossier, reporter, bva, "consulted", { items: [item] });
    const grants = [await grantOf(dossier, reporter, "consulted", bva, { items: [item], consent: consent.hash })];
    const referral = await submit(world, dossier, reporter, { kind: "referral", role: "reporter", grants, consents: [consent.statement] });
    expect(referral.status, JSON.stringify(referral.body)).toBe(201);
    const seen = (await entries(world, dossier, authority)).body.entries;
    expect(headersOf(seen).map(({ kind }) => kind)).toEqual(["evidence"]);
    expect(seen[0]?.body).not.toBeNull();
    expect((await view(world, dossier, authority)).body).toMatchObject({ cover: null, participants: [{ role: "consulted", scope: "items" }] });
    const statement = await signStatement(
      statementTypes.consentWithdrawal,
      { consent: consent.hash, dossier: dossier.id, by: reporter.person, at: new Date().toISOString() },
      reporter.sign,
    );
    const path = `/api/v1/dossiers/${dossier.id}/consent-withdrawals`;
    expect((await world.call(authority, "POST", path, { statement })).status).toBe(404);
    expect((await world.call(reporter, "POST", path, { statement })).status).toBe(204);
    expect((await world.call(reporter, "POST", path, { statement })).status).toBe(204);
    expect((await entries(world, dossier, authority)).body.code).toBe("grant-ended");
    expect((await world.call<WorklistPage>(authority, "GET", `/api/v1/desks/${bva.id}/worklist`)).body.lines.some(({ id }) => id === dossier.id)).toBe(false);
  });
});

describe("the scan road", () => {
  it("goes from request to completion, with one return, and the employer sees only what to provide", async () => {
    const holder = reporter;
    const dossier = drive("scan", holder);
    expect((await open(world, dossier, [{ role: "expert-desk", desk: experts }])).status).toBe(201);
    const step = async (author: Person, plan: Parameters<typeof submit>[3]): Promise<void> => {
      const answer = await submit(world, dossier, author, plan);
      expect(answer.status, `${plan.action ?? plan.kind}: ${JSON.stringify(answer.body)}`).toBe(201);
    };
    const asExpert = { role: "expert", desk: experts } as const;
    await step(lead, { kind: "entitlement", action: "entitle", role: "expert-desk", desk: experts });
    await step(lead, { kind: "assignment", action: "assign", role: "expert-desk", desk: experts, assignee: expert.person });
    expect((await submit(world, dossier, lead, { kind: "appointment", action: "plan", ...asExpert })).body.code).toBe("role-forbidden");
    // No reader takes an entry of an expert who signs for no desk: in the chain it would close the dossier to all of them.
    const deskless = await submit(world, dossier, expert, { kind: "appointment", action: "plan", role: "expert" });
    expect([deskless.status, deskless.body.code]).toEqual([403, "role-forbidden"]);
    await step(expert, { kind: "appointment", action: "plan", ...asExpert });
    await step(expert, { kind: "visit", action: "visit", ...asExpert });
    await step(expert, { kind: "threat-analysis", ...asExpert });
    await step(expert, { kind: "advice", action: "draft", ...asExpert });
    const toAuthority = await consentOf(dossier, holder, bva, "authority", { everything: true });
    const submitPlan = { kind: "submission", action: "submit", ...asExpert, decides: dossier.newest.get("advice") } as const;
    const hand = async (): Promise<{ grants: Awaited<ReturnType<typeof grantOf>>[]; consents: (typeof toAuthority.statement)[] }> => ({
      grants: [await grantOf(dossier, expert, "authority", bva, { consent: toAuthority.hash })],
      consents: [toAuthority.statement],
    });
    const decides = (): NonNullable<(typeof submitPlan)["decides"]> => dossier.newest.get("advice") ?? { item: "", digest: "", size: 0 };
    expect((await submit(world, dossier, expert, { ...submitPlan, decides: decides(), ...(await hand()) })).body.code).toBe("requirement-missing");
    await step(expert, { kind: "risk-assessment", ...asExpert });
    expect((await view(world, dossier, authority)).status).toBe(404);
    await step(expert, { ...submitPlan, decides: decides(), ...(await hand()) });
    const asAuthority = { role: "authority", desk: bva } as const;
    await step(authority, { kind: "return", action: "return", ...asAuthority, decides: decides() });
    await step(expert, { kind: "advice", action: "draft", ...asExpert });
    await step(expert, { ...submitPlan, decides: decides() });
    await step(authority, { kind: "adoption", action: "adopt", ...asAuthority, decides: decides() });
    const toEmployer = await consentOf(dossier, holder, works, "employer", { kinds: ["provision-list"] });
    await step(authority, {
      kind: "provision-list",
      ...asAuthority,
      grants: [await grantOf(dossier, authority, "employer", works, { scope: "channel", consent: toEmployer.hash })],
      consents: [toEmployer.statement],
    });

    const seen = await entries(world, dossier, employer);
    expect(headersOf(seen.body.entries).map(({ kind }) => kind)).toEqual(["adoption", "provision-list"]);
    expect(seen.body.entries.map(({ body }) => body !== null)).toEqual([false, true]);
    expect((await view(world, dossier, employer)).body).toMatchObject({ cover: null, actions: ["provide", "finish"], roles: ["employer"] });
    const asEmployer = { role: "employer", desk: works } as const;
    await step(employer, { kind: "measure", action: "provide", ...asEmployer });
    await step(employer, { kind: "completion", action: "complete", ...asEmployer });
    expect((await view(world, dossier, holder)).body.phase).toBe("completed");
    await step(holder, { kind: "request", action: "move", role: "office-holder" });
    expect((await view(world, dossier, holder)).body.phase).toBe("entitled");
  });
});
