/** Terms that make themselves heard, against the real database: reminded, passed, one contact after the other, each once whatever happens to the job; and the list of what is late. */
import { spawn } from "node:child_process";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { sql } from "kysely";
import { newUuid, signStatement, type Person } from "@rugdekking/seal";
import { statementHash } from "@rugdekking/seal/verify";
import { statementTypes, type DossierView, type LateList } from "#services/dossier/contract/index.ts";
import { dueMoment } from "#services/dossier/workflow/terms.ts";
import { takeNews } from "#services/dossier/store/news.ts";
import { inTransaction } from "#services/storage/index.ts";
import { directoryQuestions } from "./directory.ts";
import { runTerms, weeklyLate, type TermsJob } from "./terms-job.ts";
import { consentOf, drive, grantOf, open, openWorld, submit, view, type Desk, type Drive, type World } from "./testing.ts";

let world: World;
let owner: Person;
let [lead, second, third]: (Person | undefined)[] = [];
let desk: Desk;
beforeAll(async () => {
  world = await openWorld();
  owner = await world.person();
  [lead, second, third] = await Promise.all([world.person(), world.person(), world.person()]);
  if (lead === undefined || second === undefined || third === undefined) throw new Error("nobody");
  desk = await world.desk("police", "gm0000", [lead, second, third]);
});
afterAll(async () => {
  await world.close();
});
beforeEach(async () => {
  world.now = () => new Date();
  await sql`DELETE FROM running_term`.execute(world.db);
  await sql`DELETE FROM dossier_news`.execute(world.db);
});

const job = (): TermsJob => ({
  db: world.db,
  clock: () => world.now(),
  inTransaction: async (work) => await inTransaction(world.db, work),
  directory: directoryQuestions(),
});
const told = async (): Promise<string[]> =>
  (await inTransaction(world.db, async (trx) => await takeNews(trx, 1_000))).targets
    .map((target) => ("person" in target ? `person ${target.person}` : `desk ${target.desk}`))
    .toSorted();
async function raised(urgency: "acute" | "normal" = "normal"): Promise<Drive> {
  const dossier = drive("signal", owner);
  const answer = await open(world, dossier, [{ role: "police", desk }], { header: { urgency } });
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  await told();
  return dossier;
}
const eventsOf = async (dossier: Drive): Promise<string[]> =>
  (await view(world, dossier, owner)).body.termEvents.map(({ what, person }: DossierView["termEvents"][number]) =>
    person === null ? what : `${what} ${person}`,
  );

describe("a term of a signal", () => {
  it("reminds the desk when three quarters have passed, tells desk and office-holder when it is over, then one contact after the other, and the office-holder sees all of it", async () => {
    const began = new Date();
    const dossier = await raised("acute");
    expect(await runTerms(job())).toEqual({ reminded: 0, overdue: 0, escalated: 0 });
    const after = (minutes: number): void => {
      world.now = () => new Date(began.getTime() + minutes * 60_000);
    };
    after(46);
    expect(await runTerms(job())).toEqual({ reminded: 1, overdue: 0, escalated: 0 });
    expect(await told()).toEqual([`desk ${desk.id}`]);
    after(61);
    expect(await runTerms(job())).toEqual({ reminded: 0, overdue: 1, escalated: 0 });
    expect(await told()).toEqual([`desk ${desk.id}`, `person ${owner.person}`].toSorted());
    expect(await runTerms(job())).toEqual({ reminded: 0, overdue: 0, escalated: 0 });
    after(122);
    expect(await runTerms(job())).toEqual({ reminded: 0, overdue: 0, escalated: 1 });
    expect(await told()).toEqual([`person ${lead?.person}`]);
    after(6_000);
    // Long away: the rest comes in order, and after the third contact nobody is left.
    await runTerms(job());
    after(12_000);
    await runTerms(job());
    after(90_000);
    await runTerms(job());
    expect(await eventsOf(dossier)).toEqual(["reminded", "overdue", `escalated ${lead?.person}`, `escalated ${second?.person}`, `escalated ${third?.person}`]);
  });

  it("starts anew with the next step, and is silent once the step was taken", async () => {
    const began = new Date();
    const dossier = await raised();
    if (lead === undefined) throw new Error("nobody");
    expect((await submit(world, dossier, lead, { kind: "receipt", role: "police", desk, action: "receive" })).status).toBe(201);
    await told();
    world.now = () => new Date(dueMoment(began, { workingDays: 3 }).getTime() + 60_000);
    expect(await runTerms({ ...job(), batches: 1 })).toEqual({ reminded: 1, overdue: 0, escalated: 0 });
    expect(await runTerms(job())).toEqual({ reminded: 0, overdue: 1, escalated: 0 });
    expect((await view(world, dossier, owner)).body.termEvents.map(({ term }: { term: string }) => term)).toEqual(["signal-weigh", "signal-weigh"]);
    expect((await submit(world, dossier, lead, { kind: "weighing", role: "police", desk, action: "weigh-basic" })).status).toBe(201);
    expect(await runTerms(job())).toEqual({ reminded: 0, overdue: 0, escalated: 0 });
  });
});

describe("a consent that is taken back while a term runs", () => {
  const takeBack = async (dossier: Drive): Promise<void> => {
    const [standing] = (await view(world, dossier, owner)).body.consents;
    if (standing === undefined) throw new Error("no consent to take back");
    const payload = { consent: await statementHash(standing.statement), dossier: dossier.id, by: owner.person, at: new Date().toISOString() };
    const statement = await signStatement(statementTypes.consentWithdrawal, payload, owner.sign);
    expect((await world.call(owner, "POST", `/api/v1/dossiers/${dossier.id}/consent-withdrawals`, { statement })).status).toBe(204);
  };
  const giveAgain = async (dossier: Drive): Promise<void> => {
    const given = await consentOf(dossier, owner, desk, "police", { everything: true });
    const answer = await submit(world, dossier, owner, {
      kind: "message",
      role: "office-holder",
      consents: [given.statement],
      grants: [await grantOf(dossier, owner, "police", desk, { consent: given.hash })],
    });
    expect(answer.status, JSON.stringify(answer.body)).toBe(201);
    await told();
  };
  const after = (began: Date, minutes: number): void => {
    world.now = () => new Date(began.getTime() + minutes * 60_000);
  };

  it("silences the desk; given again, the same term warns it again", async () => {
    const began = new Date();
    const dossier = await raised("acute");
    await takeBack(dossier);
    await giveAgain(dossier);
    after(began, 46);
    expect(await runTerms(job())).toMatchObject({ reminded: 1 });
    expect(await told()).toEqual([`desk ${desk.id}`]);
  });

  it("and whose term passed meanwhile: the desk's contacts are told, as they would have been", async () => {
    const began = new Date();
    const dossier = await raised("acute");
    await takeBack(dossier);
    after(began, 46);
    await runTerms(job());
    after(began, 61);
    await runTerms(job());
    expect(await told()).toEqual([`person ${owner.person}`]);
    await giveAgain(dossier);
    after(began, 62);
    expect(await runTerms(job())).toMatchObject({ escalated: 1 });
    expect(await told()).toEqual([`person ${lead?.person}`]);
  });

  it("once the turn of the contacts had come: nobody is passed over, and nobody is said to have been told meanwhile", async () => {
    const began = new Date();
    const dossier = await raised("acute");
    after(began, 46);
    await runTerms(job());
    after(began, 61);
    await runTerms(job());
    await takeBack(dossier);
    after(began, 122);
    expect(await runTerms(job())).toEqual({ reminded: 0, overdue: 0, escalated: 0 });
    expect(await eventsOf(dossier)).toEqual(["reminded", "overdue"]);
    await giveAgain(dossier);
    after(began, 123);
    await runTerms(job());
    after(began, 6_000);
    await runTerms(job());
    expect(await eventsOf(dossier)).toEqual(["reminded", "overdue", `escalated ${lead?.person}`, `escalated ${second?.person}`]);
  });
});

describe("an owner who is a contact of the desk their signal went to", () => {
  it("is passed over: the next contact is told in that turn, and none is said to have been told who was not", async () => {
    const [head, deputy] = await Promise.all([world.person(), world.person()]);
    const own = await world.desk("police", "gm0000", [head, deputy]);
    const dossier = drive("signal", head);
    const began = new Date();
    expect((await open(world, dossier, [{ role: "police", desk: own }], { header: { urgency: "acute" } })).status).toBe(201);
    for (const minutes of [46, 61, 122, 6_000, 90_000]) {
      world.now = () => new Date(began.getTime() + minutes * 60_000);
      await runTerms(job());
    }
    const { rows } = await sql<{
      what: string;
      person_id: string | null;
    }>`SELECT what, person_id FROM term_event WHERE dossier = ${dossier.id} ORDER BY stage`.execute(world.db);
    expect(rows.map(({ what, person_id: person }) => [what, person])).toEqual([
      ["reminded", null],
      ["overdue", null],
      ["escalated", deputy.person],
    ]);
  });
});

/** Terms of dossiers that are rows only: the job looks at nothing else. */
async function fill(count: number, due: Date): Promise<void> {
  await sql`INSERT INTO running_term (organisation, dossier, seq, name, urgency, waits_desk, waits_person, owner_id, since, due, stage, next)
    SELECT 'gm0000', gen_random_uuid(), 1, 'signal-weigh', 'normal', ${desk.id}::uuid, NULL, ${owner.person}::uuid, ${new Date(due.getTime() - 86_400_000)}, ${due}, 1, ${due}
    FROM generate_series(1, ${count})`.execute(world.db);
}

describe("the job", () => {
  it("killed half-way has done some terms whole and none by half; the next run does the rest, and none twice", { timeout: 60_000 }, async () => {
    const [count, kind] = [20_000, newUuid()];
    await sql`DELETE FROM term_event`.execute(world.db);
    await fill(count, new Date(Date.now() - 60_000));
    const program = `
      import { openDatabase, inTransaction } from "#services/storage/index.ts";
      import { directoryQuestions } from "#services/dossier/server/directory.ts";
      import { runTerms } from "#services/dossier/server/terms-job.ts";
      const db = openDatabase(process.env.DATABASE, { connections: 2 });
      for (;;) {
        await runTerms({ db, clock: () => new Date(), inTransaction: (work) => inTransaction(db, work), directory: directoryQuestions(), batch: 500, batches: 1 });
        process.stdout.write("batch\\n");
      }`;
    const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", "--input-type=module-typescript", "--eval", program], {
      env: { ...process.env, DATABASE: world.url, MARK: kind },
      stdio: ["ignore", "pipe", "inherit"],
    });
    const ended = new Promise((resolve) => child.once("exit", resolve));
    let batches = 0;
    for await (const piece of child.stdout) {
      batches += String(piece).split("\n").length - 1;
      if (batches >= 7) break;
    }
    child.kill("SIGKILL");
    await ended;
    const count_ = async (what: string): Promise<number> =>
      Number((await sql<{ n: string }>`SELECT count(*) AS n FROM ${sql.raw(what)}`.execute(world.db)).rows[0]?.n);
    const done = await count_("term_event");
    expect(done).toBeGreaterThan(0);
    expect(done).toBeLessThan(count);
    expect(await count_("running_term WHERE stage = 2")).toBe(done);
    expect(await runTerms(job())).toMatchObject({ overdue: count - done });
    expect(await count_("term_event")).toBe(count);
    expect(await runTerms(job())).toEqual({ reminded: 0, overdue: 0, escalated: 0 });
  });

  it("run twice at once does each term once", async () => {
    await sql`DELETE FROM term_event`.execute(world.db);
    await fill(4_000, new Date(Date.now() - 60_000));
    const [one, other] = await Promise.all([runTerms({ ...job(), batch: 300 }), runTerms({ ...job(), batch: 300 })]);
    expect(one.overdue + other.overdue).toBe(4_000);
  });
});

describe("what is late", () => {
  it("is counted by what it waits for and listed with what waits longest first; to members only", async () => {
    const dossier = await raised();
    const later = await raised("acute");
    if (lead === undefined) throw new Error("nobody");
    world.now = () => new Date(Date.now() + 20 * 86_400_000);
    const list = await world.call<LateList>(lead, "GET", `/api/v1/desks/${desk.id}/late?limit=500`);
    expect(list.status).toBe(200);
    const mine = list.body.lines.filter(({ id }) => id === dossier.id || id === later.id).map(({ id }) => id);
    expect(mine).toEqual([later.id, dossier.id]);
    const waiting = list.body.groups.find(({ term }) => term === "signal-receive");
    expect(waiting).toMatchObject({ kind: "signal", phase: "raised", waitsFor: "police" });
    expect(list.body.groups.reduce((sum, { late }) => sum + late, 0)).toBe(list.body.lines.length);
    expect((await world.call(owner, "GET", `/api/v1/desks/${desk.id}/late`)).status).toBe(404);
    const page = await world.call<LateList>(lead, "GET", `/api/v1/desks/${desk.id}/late?limit=1`);
    expect(page.body.lines).toHaveLength(1);
    expect(page.body.next).not.toBeNull();
  });

  it("is listed in full pages: what waits for the person whose dossier it is takes no place, and no cursor", async () => {
    const [member, theirs] = [await world.person(), await world.person()];
    const own = await world.desk("police", "gm0000", [member]);
    const begun = async (): Promise<Drive> => {
      const dossier = drive("signal", theirs);
      expect((await open(world, dossier, [{ role: "police", desk: own }], { header: { urgency: "acute" } })).status).toBe(201);
      return dossier;
    };
    const [mine, first, second] = [await begun(), await begun(), await begun()];
    expect((await submit(world, mine, member, { kind: "redirection", action: "redirect", role: "police", desk: own })).status).toBe(201);
    // Due before the others: the first of the worklist.
    await sql`UPDATE desk_dossier SET due = due - interval '1 day' WHERE desk_id = ${own.id} AND dossier = ${mine.id}`.execute(world.db);
    world.now = () => new Date(Date.now() + 20 * 86_400_000);
    const page = async (query: string): Promise<LateList> => (await world.call<LateList>(member, "GET", `/api/v1/desks/${own.id}/late?limit=1${query}`)).body;
    const one = await page("");
    expect(one.lines.map(({ id }) => id)).toEqual([first.id]);
    const two = await page(`&after=${one.next}`);
    expect([two.lines.map(({ id }) => id), two.next]).toEqual([[second.id], null]);
  });

  it("is told once a week to each desk that has some", async () => {
    await raised();
    // A Monday within the month that consents of this world last.
    const today = new Date();
    const monday = Date.UTC(today.getUTCFullYear(), today.getUTCMonth(), today.getUTCDate() - ((today.getUTCDay() + 6) % 7) + 14);
    const on = (days: number, hour: number): void => {
      world.now = () => new Date(monday + days * 86_400_000 + hour * 3_600_000);
    };
    on(0, 6);
    expect(await weeklyLate(job())).toBeGreaterThan(0);
    expect(await told()).toContain(`desk ${desk.id}`);
    on(6, 21);
    expect(await weeklyLate(job())).toBeNull();
    on(7, 0);
    expect(await weeklyLate(job())).toBeGreaterThan(0);
  });
});
