/** Recovery over real HTTP and PostgreSQL, with a clock that is moved: two of three, the delay, the veto and who comes first, and that neither one holder nor a name that has nothing gives anything away. */
import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { generateSheetCode, newPerson, sealUnlock, sheetSecret } from "@rugdekking/seal";
import { inspectHouse } from "#apps/server/inspect.ts";
import Type from "typebox";
import {
  addUnlock,
  claimRecovery,
  codeOf,
  codeOfClaim,
  confirmAttempt,
  confirmWithPaper,
  createDesk,
  endRecovery,
  finishClaim,
  finishDeskRecovery,
  listUnlocks,
  lostDevice,
  readClaim,
  readHeld,
  readRecoveries,
  readRequest,
  readUnlockRecords,
  refuseAttempt,
  removeUnlock,
  requestDeskRecovery,
  rotateDesk,
  setUpDeskRecovery,
  setUpRecovery,
  signInWithSheet,
  type CheckedShare,
  type KeptClaim,
  type Session,
} from "#services/directory/client/index.ts";
import { Uuid } from "#services/directory/contract/index.ts";
import { recoveryAllows, recoveryStates, recoveryTable } from "#services/directory/contract/recovery.ts";
import { Problem } from "#services/problem/index.ts";
import { workflows } from "#apps/server/house.ts";
import { keyHistory } from "#services/dossier/client/index.ts";
import { fileReport } from "#services/reporting/client/index.ts";
import { reportDraft } from "./road.ts";
import { openStage, type TestStage } from "./stage.ts";

const hour = 3_600_000;
let stage: TestStage;
const began = Date.now();

beforeAll(async () => {
  stage = await openStage({ mail: "iemand@demostad.example.nl", extras: { unforeseen: (what) => console.error(what) } });
}, 120_000);
afterAll(async () => {
  vi.useRealTimers();
  await stage.close();
});
// The one clock of client and server alike: statements, sessions and delays are all measured by it. Timers of the database run on.
beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"], now: Date.now() }));
afterEach(() => void vi.useRealTimers());
const pass = (hours: number): void => void vi.setSystemTime(Date.now() + hours * hour);

const codeOfProblem = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
  } catch (error) {
    if (error instanceof Problem) return error.code;
    if (typeof error === "object" && error !== null && "code" in error) return String(error.code);
    throw error;
  }
  return "none";
};

interface Account {
  readonly handle: string;
  readonly sheet: string;
  enter(): Promise<Session>;
}
let count = 0;
async function account(name: string): Promise<Account> {
  const handle = `${name}${(count += 1)}@demostad.example.nl`;
  const sheet = generateSheetCode();
  const secrets = await newPerson();
  const unlocks = [
    await sealUnlock("recovery-sheet", "Herstelblad", {}, await sheetSecret(sheet), secrets),
    await sealUnlock("recovery-sheet", "Reserve", {}, await sheetSecret(generateSheetCode()), secrets),
  ];
  await stage
    .connect()
    .connection.post("/api/v1/persons", { card: secrets.card, handle, mail: `${name}@demostad.example.nl`, unlocks }, Type.Object({ person: Uuid }));
  const enter = async (): Promise<Session> => {
    const { connection, trust } = stage.connect();
    return signInWithSheet(connection, { trust, device: "toestel van de test", handle, code: sheet });
  };
  return { handle, sheet, enter };
}

interface World {
  readonly owner: Account;
  readonly confidant: Account;
  readonly clerk: Account;
  readonly paper: string;
  readonly recovery: string;
}
async function world(): Promise<World> {
  const [owner, confidant, clerk] = await Promise.all([account("eigenaar"), account("vertrouwd"), account("griffier")]);
  const session = await owner.enter();
  const holders = await Promise.all(
    [confidant, clerk].map(async (one, place) => ({ person: (await one.enter()).person.person, name: `Demo ${place}`, office: "demonstratie" })),
  );
  const { paper, recovery } = await setUpRecovery(session, { kind: "recovery-sheet", code: owner.sheet }, { holders });
  if (paper === null) throw new Error("no paper");
  return { owner, confidant, clerk, paper, recovery };
}
const heldBy = async (who: Account, recovery: string): Promise<{ session: Session; share: CheckedShare }> => {
  const session = await who.enter();
  const share = (await readHeld(session)).find(({ set }) => set.recovery === recovery);
  if (share === undefined) throw new Error("no share");
  return { session, share };
};
async function confirm(who: Account, claim: KeptClaim): Promise<void> {
  const { session, share } = await heldBy(who, claim.recovery);
  const attempt = share.held.attempts.find((one) => one.attempt === claim.attempt);
  if (attempt === undefined) throw new Error("no attempt");
  // What the holder's device shows is what the asker reads out.
  expect(await codeOf(attempt)).toBe(await codeOfClaim(claim));
  await confirmAttempt(session, share, attempt, await codeOfClaim(claim));
}
const connection = () => stage.connect().connection;
const claimOf = (w: World): Promise<KeptClaim> => claimRecovery(connection(), w.owner.handle);
const passphrase = "wachtzin van de demonstratie die lang is";

describe("the table", () => {
  test("every step leads to a state there is, and ended states have no step", () => {
    for (const [state, steps] of Object.entries(recoveryTable)) {
      for (const { to } of Object.values(steps)) expect(recoveryStates).toContain(to);
      if (["done", "vetoed", "refused", "lapsed", "overtaken"].includes(state)) expect(steps).toEqual({});
    }
    expect(recoveryAllows("waiting", "take", "asker")).toBe(false);
    expect(recoveryAllows("open", "take", "asker")).toBe(true);
    expect(recoveryAllows("taken", "veto", "subject")).toBe(true);
    expect(recoveryAllows("asked", "veto", "holder")).toBe(false);
  });
});

describe("a person's keys", () => {
  test("two holders, the delay, and back: new ways in, old ones gone, every session ended, and it stays to be seen", async () => {
    const w = await world();
    const before = await w.owner.enter();
    const claim = await claimOf(w);
    await confirm(w.confidant, claim);
    expect((await readClaim(connection(), claim)).state).toBe("asked");
    await confirm(w.clerk, claim);
    const waiting = await readClaim(connection(), claim);
    expect([waiting.state, Math.round((Date.parse(waiting.opens ?? "") - Date.now()) / hour)]).toEqual(["waiting", 72]);
    pass(71);
    expect(await codeOfProblem(finishClaim(connection(), claim, { passphrase }))).toBe("phase-forbidden");
    pass(1.01);
    expect((await readClaim(connection(), claim)).state).toBe("open");
    const { person, sheet } = await finishClaim(connection(), claim, { passphrase });
    expect(person).toBe(before.person.person);
    // The old way is gone, the new one opens the same keys.
    expect(await codeOfProblem(w.owner.enter())).toBe("not-found");
    const { connection: fresh, trust } = stage.connect();
    const back = await signInWithSheet(fresh, { trust, device: "nieuw toestel", handle: w.owner.handle, code: sheet });
    expect(back.person.seal.publicKey).toBe(before.person.seal.publicKey);
    expect((await listUnlocks(back)).map(({ kind }) => kind)).toEqual(["passphrase", "recovery-sheet"]);
    expect(await codeOfProblem(listUnlocks(before))).toBe("session-expired");
    const [own] = (await readRecoveries(back)).own;
    expect([own?.ended !== null, own?.attempts[0]?.state, own?.statements.length]).toEqual([true, "done", 3]);
    const records = await readUnlockRecords(back);
    expect(records.at(-1)?.record.recovery).toBe(claim.attempt);
    // Nothing that opens is left at the server.
    const { rows } = await sql<{
      n: number;
    }>`SELECT (SELECT count(*) FROM recovery_set WHERE recovery = ${w.recovery} AND (half IS NOT NULL OR method IS NOT NULL))
      + (SELECT count(*) FROM recovery_share WHERE recovery = ${w.recovery} AND sealed IS NOT NULL) + (SELECT count(*) FROM recovery_confirmation WHERE recovery = ${w.recovery} AND sealed IS NOT NULL) AS n`.execute(
      stage.house.db,
    );
    expect(Number(rows[0]?.n)).toBe(0);
    expect(await codeOfProblem(finishClaim(connection(), claim, { passphrase }))).toBe("not-found");
  });

  test("who knows a sign-in name shuts nobody out: asking time and again takes no place from whoever is really locked out", async () => {
    const w = await world();
    for (let time = 0; time < 12; time++) await claimOf(w);
    const claim = await claimOf(w);
    for (let time = 0; time < 12; time++) await claimOf(w);
    await confirm(w.confidant, claim);
    await confirm(w.clerk, claim);
    pass(73);
    expect((await finishClaim(connection(), claim, { passphrase })).person).toMatch(/^[0-9a-f-]{36}$/);
  });

  test("one holder and the paper", async () => {
    const w = await world();
    const claim = await claimOf(w);
    await confirmWithPaper(connection(), claim, w.paper);
    await confirm(w.clerk, claim);
    pass(73);
    expect((await finishClaim(connection(), claim, { passphrase, paper: w.paper })).person).toMatch(/^[0-9a-f-]{36}$/);
  });

  test("one holder alone gives nothing, however long they wait; nor does a second confirmation by the same", async () => {
    const w = await world();
    const claim = await claimOf(w);
    await confirm(w.confidant, claim);
    expect(await codeOfProblem(confirm(w.confidant, claim))).toBe("already-there");
    pass(24 * 13);
    expect(await codeOfProblem(finishClaim(connection(), claim, { passphrase }))).toBe("phase-forbidden");
    pass(24 * 2);
    expect((await readClaim(connection(), claim)).state).toBe("lapsed");
    await stage.house.sweep();
    expect((await readClaim(connection(), claim)).state).toBe("lapsed");
  });

  test("a holder who does not compare the digits passes nothing on", async () => {
    const w = await world();
    const claim = await claimOf(w);
    const { session, share } = await heldBy(w.clerk, w.recovery);
    const [attempt] = share.held.attempts;
    if (attempt === undefined) throw new Error("no attempt");
    expect(await codeOfProblem(confirmAttempt(session, share, attempt, null))).toBe("signature-invalid");
    expect(await codeOfProblem(confirmAttempt(session, share, attempt, "12345 12345 12345 12345 12345"))).toBe("signature-invalid");
    expect((await readClaim(connection(), claim)).confirmed).toBe(0);
  });

  test("the person says no during the delay, and at the last moment; afterwards nothing is handed out", async () => {
    const w = await world();
    for (const moment of [1, 73]) {
      const claim = await claimOf(w);
      await confirm(w.confidant, claim);
      await confirm(w.clerk, claim);
      pass(moment);
      await refuseAttempt(await w.owner.enter(), w.recovery, claim.attempt);
      pass(80);
      expect((await readClaim(connection(), claim)).state).toBe("vetoed");
      expect(await codeOfProblem(finishClaim(connection(), claim, { passphrase }))).toBe("not-found");
    }
    // The person goes on as before.
    expect((await w.owner.enter()).person.person).toMatch(/^[0-9a-f-]{36}$/);
  });

  test("a veto and a handing out at once: one comes first, and after a veto nothing goes out", async () => {
    const w = await world();
    const outcomes: string[] = [];
    for (let round = 0; round < 4; round++) {
      const claim = await claimOf(w);
      await confirm(w.confidant, claim);
      await confirm(w.clerk, claim);
      pass(73);
      const session = await w.owner.enter();
      const take = stage
        .connect()
        .connection.post(
          `/api/v1/recoveries/${claim.recovery}/attempts/${claim.attempt}/takings`,
          { token: claim.token },
          Type.Object({ half: Type.String() }),
        );
      const [veto, taken] = await Promise.allSettled([refuseAttempt(session, w.recovery, claim.attempt), take]);
      expect(veto.status).toBe("fulfilled");
      // Taken before the veto or not at all; in both cases nobody comes back with it.
      outcomes.push(taken.status);
      expect(await codeOfProblem(finishClaim(connection(), claim, { passphrase }))).toBe("not-found");
      const attempt = (await readRecoveries(session)).own[0]?.attempts.find((one) => one.attempt === claim.attempt);
      expect([attempt?.state, attempt?.taken !== null]).toEqual(["vetoed", taken.status === "fulfilled"]);
    }
    expect(outcomes).toHaveLength(4);
  });

  test("a holder refuses an attempt; a stranger, and a holder of another set, can do nothing", async () => {
    const w = await world();
    const claim = await claimOf(w);
    const stranger = await (await account("vreemd")).enter();
    expect(await codeOfProblem(refuseAttempt(stranger, w.recovery, claim.attempt))).toBe("not-found");
    expect(await codeOfProblem(endRecovery((await heldBy(w.clerk, w.recovery)).session, w.recovery))).toBe("not-found");
    await refuseAttempt((await heldBy(w.clerk, w.recovery)).session, w.recovery, claim.attempt);
    expect((await readClaim(connection(), claim)).state).toBe("refused");
    expect((await readRecoveries(stranger)).held).toEqual([]);
  });

  test("a name that has nothing answers like one that has, at every door", async () => {
    const w = await world();
    const nobody = await account("zonder");
    const answers = await Promise.all(
      [w.owner.handle, nobody.handle, "nooitgezien@demostad.example.nl"].map(async (handle) => {
        const claim = await claimRecovery(connection(), handle);
        return [
          Object.keys(claim).toSorted().join(),
          JSON.stringify(await readClaim(connection(), claim)),
          await codeOfProblem(finishClaim(connection(), claim, { passphrase })),
          await codeOfProblem(confirmWithPaper(connection(), claim, "0000-0000")),
          await codeOfProblem(
            connection().command("POST", `/api/v1/recoveries/${claim.recovery}/attempts/${claim.attempt}/completions`, {
              token: claim.token,
              statement: nothing,
              record: nothing,
            }),
          ),
          await codeOfProblem(readClaim(connection(), { ...claim, token: "x".repeat(43) })),
        ];
      }),
    );
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
    const { paper } = await world();
    const wrong = await Promise.all(
      [w.owner.handle, nobody.handle].map(async (handle) => codeOfProblem(confirmWithPaper(connection(), await claimRecovery(connection(), handle), paper))),
    );
    expect(wrong).toEqual(["not-found", "not-found"]);
  });

  test("which recovery an answer names does not tell whether there is one: the same at every asking, for every name, and without a moment in it", async () => {
    const w = await world();
    const nobody = await account("zonder");
    const named = await Promise.all(
      [w.owner.handle, nobody.handle, "nooitgezien@demostad.example.nl"].map(async (handle) =>
        Promise.all([1, 2, 3].map(async () => (await claimRecovery(connection(), handle)).recovery)),
      ),
    );
    expect(named.map((ids) => new Set(ids).size)).toEqual([1, 1, 1]);
    expect(new Set(named.flat()).size).toBe(3);
    for (const id of named.flat()) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4/);
  });

  test("every attempt counts, also beside others, and one that was refused leaves the others", async () => {
    const w = await world();
    const claims = [];
    for (let n = 0; n < 4; n++) claims.push(await claimOf(w));
    expect(claims.map(({ recovery }) => recovery === w.recovery)).toEqual([true, true, true, true]);
    await refuseAttempt(await w.owner.enter(), w.recovery, claims[0]?.attempt ?? "");
    const { share } = await heldBy(w.clerk, w.recovery);
    expect(share.held.attempts.map(({ state }) => state)).toEqual(["vetoed", "asked", "asked", "asked"]);
  });

  test("setting it up anew ends what was there, and a delay is never shorter than the house waits", async () => {
    const w = await world();
    const claim = await claimOf(w);
    const session = await w.owner.enter();
    const holders = await Promise.all(
      [w.confidant, w.clerk].map(async (one) => ({ person: (await one.enter()).person.person, name: "Demo", office: "demonstratie" })),
    );
    await setUpRecovery(session, { kind: "recovery-sheet", code: w.owner.sheet }, { holders, hours: 1 });
    expect((await readClaim(connection(), claim)).state).toBe("vetoed");
    const { own } = await readRecoveries(session);
    expect(own.map(({ ended }) => ended === null)).toEqual([true, false]);
    await endRecovery(session, own[0]?.recovery ?? "");
    expect((await readRecoveries(session)).own.every(({ ended }) => ended !== null)).toBe(true);
  });

  test("everyone concerned gets 'er is nieuws', without a word more", async () => {
    const from = stage.mails.length;
    const w = await world();
    await claimOf(w);
    await stage.house.mailRound();
    const mails = stage.mails.slice(from).join("\n");
    expect(mails).toContain("eigenaar@");
    expect(mails).not.toMatch(/herstel|sleutel|deel/iu);
  });
});

const nothing = { payloadType: "application/vnd.rugdekking.unlock-set+json", payload: "e30", signatures: [{ keyid: "x", sig: "x" }] };

describe("a desk whose leads are gone", () => {
  async function deskWorld() {
    const people = await Promise.all(["leiding", "griffier", "secretaris", "adviseur", "nieuw"].map((name) => account(name)));
    const [lead, a, b, c, fresh] = people;
    if (lead === undefined || a === undefined || b === undefined || c === undefined || fresh === undefined) throw new Error("nobody there");
    const leading = await lead.enter();
    const { id } = await createDesk(stage.connect().trust, {
      registrar: stage.registrar,
      organisation: "demo-gemeente",
      name: "Demo team dat alles kwijt is",
      function: "research",
      members: [{ person: leading.person.person, name: "Demo Leiding", office: "demonstratie", lead: true }],
    });
    const officers = await Promise.all(
      [a, b, c].map(async (one, place) => ({ person: (await one.enter()).person.person, name: `Demo Functionaris ${place + 1}`, office: "demonstratie" })),
    );
    const desk = await setUpDeskRecovery(await lead.enter(), id, { holders: officers });
    const recovery = desk.roster.recovery?.recovery ?? "";
    const newcomer = { person: (await fresh.enter()).person.person, name: "Demo Nieuw", office: "demonstratie", lead: true };
    return { lead, a, b, c, fresh, id, recovery, newcomer };
  }

  test("two of three officers, the delay, a new epoch that everyone verifies, and the history stays readable", async () => {
    const w = await deskWorld();
    const asking = await heldBy(w.a, w.recovery);
    const attempt = await requestDeskRecovery(asking.session, asking.share, [w.newcomer]);
    const helping = await heldBy(w.b, w.recovery);
    const view = helping.share.held.attempts.find((one) => one.attempt === attempt);
    if (view === undefined) throw new Error("no attempt");
    expect((await readRequest(helping.session, helping.share.set, view)).members.map(({ name }) => name)).toEqual(["Demo Nieuw"]);
    expect(await codeOfProblem(finishDeskRecovery(asking.session, asking.share, attempt))).toBe("phase-forbidden");
    await confirmAttempt(helping.session, helping.share, view, null);
    expect(await codeOfProblem(finishDeskRecovery(asking.session, asking.share, attempt))).toBe("phase-forbidden");
    pass(73);
    const again = await heldBy(w.a, w.recovery);
    const desk = await finishDeskRecovery(again.session, again.share, attempt);
    expect([desk.epoch, desk.roster.members.map(({ name }) => name), desk.roster.recovery]).toEqual([3, ["Demo Nieuw"], undefined]);
    const open = await (await w.fresh.enter()).openDesk(w.id);
    expect([...open.keys.keys()].toSorted((a, b) => a - b)).toEqual([1, 2, 3]);
    expect(open.lead).toBe(true);
    // Whoever led it before holds nothing any more.
    expect(await codeOfProblem((await w.lead.enter()).openDesk(w.id, true))).toBe("role-forbidden");
    expect((await readHeld(again.session)).some(({ set }) => set.recovery === w.recovery)).toBe(false);
  });

  test("a lead who is there after all starts a new epoch: the attempt is overtaken", async () => {
    const w = await deskWorld();
    const asking = await heldBy(w.a, w.recovery);
    const attempt = await requestDeskRecovery(asking.session, asking.share, [w.newcomer]);
    await rotateDesk(await w.lead.enter(), w.id, {});
    const view = (await heldBy(w.b, w.recovery)).share.held.attempts.find((one) => one.attempt === attempt);
    expect(view?.state).toBe("overtaken");
  });

  test("a member says no; whoever asked cannot confirm; an officer without the delay cannot rotate", async () => {
    const w = await deskWorld();
    const asking = await heldBy(w.a, w.recovery);
    const attempt = await requestDeskRecovery(asking.session, asking.share, [w.newcomer]);
    const own = (await heldBy(w.a, w.recovery)).share.held.attempts.find((one) => one.attempt === attempt);
    if (own === undefined) throw new Error("no attempt");
    expect(await codeOfProblem(confirmAttempt(asking.session, asking.share, own, null))).toBe("own-work");
    expect(await codeOfProblem(rotateDesk(asking.session, w.id, {}))).toBe("role-forbidden");
    await refuseAttempt(await w.lead.enter(), w.recovery, attempt);
    expect((await heldBy(w.b, w.recovery)).share.held.attempts.find((one) => one.attempt === attempt)?.state).toBe("vetoed");
  });
});

describe("ways to sign in", () => {
  test("a second way is never given up, by client or server, and every change is on record", async () => {
    const who = await account("manieren");
    const session = await who.enter();
    const [first] = await listUnlocks(session);
    expect(await codeOfProblem(removeUnlock(session, first?.id ?? ""))).toBe("requirement-missing");
    const added = await addUnlock(session, { kind: "recovery-sheet", code: who.sheet }, { kind: "recovery-sheet", label: "Derde", code: generateSheetCode() });
    await removeUnlock(session, added);
    const records = await readUnlockRecords(session);
    expect(records.map(({ record }) => [record.seq, record.unlocks.length])).toEqual([
      [1, 3],
      [2, 2],
    ]);
  });

  test("my phone is gone: its session ends and its way in with it, or nothing is done at all", async () => {
    const who = await account("telefoon");
    const [session, phone] = [await who.enter(), await who.enter()];
    const devices = await import("#services/directory/client/index.ts").then(({ listDevices }) => listDevices(session));
    const other = devices.find(({ current }) => !current)?.id ?? "";
    const unlocks = await listUnlocks(session);
    expect(await codeOfProblem(lostDevice(session, { device: other, unlocks: [unlocks[1]?.id ?? ""] }))).toBe("requirement-missing");
    expect(await codeOfProblem(listUnlocks(phone))).toBe("none");
    await addUnlock(session, { kind: "recovery-sheet", code: who.sheet }, { kind: "recovery-sheet", label: "Nieuw", code: generateSheetCode() });
    await lostDevice(session, { device: other, unlocks: [unlocks[1]?.id ?? ""] });
    expect(await codeOfProblem(listUnlocks(phone))).toBe("session-expired");
    expect((await listUnlocks(session)).map(({ label }) => label)).toEqual(["Herstelblad", "Nieuw"]);
  });
});

test("who held which key when: from signed statements, each found in a log that only grew", async () => {
  const { desks } = stage.company;
  // Sessions of the company ended when the clock was moved.
  const holder = await (await account("geschiedenis")).enter();
  await fileReport(holder.connection, {
    as: { session: holder },
    trust: holder.trust,
    desk: desks.safety,
    report: reportDraft((field) => `demonstratie ${field}`),
    attachments: [],
  });
  const first = await keyHistory(holder, workflows);
  expect(first.unread).toEqual([]);
  expect(first.events.map(({ facts }) => facts.is)).toContain("handed-over");
  expect(first.events.filter(({ proof }) => proof === "not-in-log")).toEqual([]);
  expect((await keyHistory(holder, workflows)).log.before).toBe(first.log.size);
});

test("everything that was signed is in the log and as it was", async () => {
  const { faults } = await inspectHouse(stage.house.db, stage.house.anchor.log);
  expect(faults).toEqual([]);
  expect(Date.now()).toBeGreaterThanOrEqual(began);
});
