/**
 * People without an account, at the real doors: a town hall that reports at once behind one address, tokens that are spent once, forged, replayed and too old, a flood that asks more work of everyone and buries nobody,
 * files that have bounds. Real server, real PostgreSQL, real work; the work asked is small so that the test is quick.
 */
import { newUuid } from "@rugdekking/seal";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { sql } from "kysely";
import Type from "typebox";
import { finishTokens, prepareTokens, solve } from "#services/admission/client/index.ts";
import { levelOf } from "#services/admission/contract/level.ts";
import { TokenAnswer, tokenHeader, WorkChallenge, type Purpose } from "#services/admission/contract/index.ts";
import { signInAsGuest, type Connection } from "#services/directory/client/index.ts";
import { prepareDossier, readWorklist, refreshIndex, CoverIndex, coversInThread } from "#services/dossier/client/index.ts";
import { burstsOf } from "#services/dossier/contract/burst.ts";
import { fileReport, type FiledReport } from "#services/reporting/client/index.ts";
import type { Problem } from "#services/problem/index.ts";
import { reportDraft } from "./road.ts";
import { openStage, type TestStage } from "./stage.ts";

let stage: TestStage;
/** Milliseconds the house's clock is ahead. */
let ahead = 0;

const words = { ...reportDraft((field) => `demonstratie ${field}`), acute: false };
beforeAll(async () => {
  stage = await openStage({
    mail: "punt@demostad.example.nl",
    settings: { guestWork: 1, guestSubmission: 300_000, guestDesk: 500_000, guestHouse: 20_000_000 },
    extras: { clock: () => new Date(Date.now() + ahead), jobs: false },
  });
  await stage.house.mailRound();
}, 120_000);
afterAll(async () => await stage.close());
/** Every test comes a day after the one before: what is counted in ten minutes, an hour or a day begins anew. */
beforeEach(async () => await later(25 * 60));
/** Lets the house's clock go on, and everyone stay signed in. Minutes. */
async function later(minutes: number): Promise<void> {
  ahead += minutes * 60_000;
  await sql`UPDATE person_session SET last_seen = ${new Date(Date.now() + ahead)}, expires = ${new Date(Date.now() + ahead + 3_600_000)}`.execute(
    stage.database.db,
  );
}

const door = (): Connection => stage.connect().connection;
const report = async (
  more: { readonly title?: string; readonly files?: number } = {},
  { connection, trust }: ReturnType<TestStage["connect"]> = stage.connect(),
): Promise<FiledReport> =>
  await fileReport(connection, {
    as: { guest: true },
    trust,
    desk: stage.company.desks.safety,
    report: { ...words, inOwnWords: more.title ?? "Een demonstratiemelding" },
    attachments:
      more.files === undefined
        ? []
        : [{ name: "beeld.bin", mediaType: "application/octet-stream", bytes: new Blob([new Uint8Array(more.files)]), capturedAt: null, note: "" }],
  });
const challenge = async (purpose: Purpose = "dossier", desk: string | null = null, connection = door()): Promise<WorkChallenge> =>
  await connection.post("/api/v1/admission/challenges", { purpose, desk }, WorkChallenge);
const earn = async (asked: WorkChallenge, connection = door()): Promise<string> => {
  const [solution, { blinded, pending }] = [await solve(asked), await prepareTokens(asked, 1)];
  const { signatures } = await connection.post("/api/v1/admission/tokens", { challenge: asked.challenge, solution, blinded }, TokenAnswer);
  return (await finishTokens(asked, pending, signatures))[0] ?? "";
};
/** Announces a file with a token, straight at the door. @returns 201, or the code of the refusal */
const announce = async (token: string | null, dossier: string = newUuid(), size = 1_000): Promise<string> => {
  const answer = await fetch(`${stage.house.url}/api/v1/uploads`, {
    method: "POST",
    headers: { "content-type": "application/json", "X-Rugdekking": "1", ...(token === null ? {} : { [tokenHeader]: token }) },
    body: JSON.stringify({ item: newUuid(), dossier, size }),
  });
  const told: unknown = await answer.json();
  return answer.ok ? String(answer.status) : typeof told === "object" && told !== null && "code" in told ? String(told.code) : "";
};
const codeOf = async (work: Promise<unknown>): Promise<string> =>
  await work.then(
    () => "taken",
    (error: Problem) => error.code,
  );

describe("a token", () => {
  it("lets one dossier in and no other, also when two come at the same moment", async () => {
    const token = await earn(await challenge());
    const [one, other] = [newUuid(), newUuid()];
    const answers = await Promise.all([one, other, one, other, one].map(async (dossier) => await announce(token, dossier)));
    expect(new Set(answers)).toEqual(new Set(["201", "work-required"]));
    // Whoever won stays in, with as many files as it likes.
    const winner = answers[0] === "201" ? one : other;
    expect(await announce(token, winner)).toBe("201");
    expect(await announce(token, winner === one ? other : one)).toBe("work-required");
  });
  it("is refused when it is missing, forged, altered, of another house, or over", async () => {
    const token = await earn(await challenge());
    const cut = Buffer.from(token, "base64url");
    cut[cut.length - 1] = (cut.at(-1) ?? 0) ^ 1;
    expect(await announce(null)).toBe("work-required");
    expect(await announce(cut.toString("base64url"))).toBe("work-required");
    expect(await announce("A".repeat(token.length))).toBe("work-required");
    expect(await announce(token.slice(1))).toBe("work-required");
    ahead += 49 * 3_600_000;
    expect(await announce(token)).toBe("work-required");
  });
  it("made yesterday is still good after its key was followed by another", async () => {
    const before = await challenge();
    const token = await earn(before);
    // To one o'clock of the day after.
    ahead = Date.parse(before.key.ends) - 23 * 3_600_000 - Date.now();
    expect((await challenge()).key.period).not.toBe(before.key.period);
    expect(await announce(token)).toBe("201");
  });
  it("is not burned by a lost answer: the same opening again is the same receipt on the same token", async () => {
    const { trust } = stage.connect();
    const sent: { body: string; token: string }[] = [];
    let losing = true;
    const connection = new (door().constructor as typeof Connection)({
      base: stage.house.url,
      cookies: "own",
      fetch: async (input, init) => {
        const answer = await fetch(input, init);
        if (init.method !== "POST" || !input.endsWith("/api/v1/dossiers")) return answer;
        const headers = new Headers(init.headers);
        sent.push({ body: typeof init.body === "string" ? init.body : "", token: headers.get(tokenHeader) ?? "" });
        if (!losing) return answer;
        losing = false;
        await answer.body?.cancel();
        throw new TypeError("the line went");
      },
    });
    const filed = await fileReport(connection, { as: { guest: true }, trust, desk: stage.company.desks.safety, report: words, prepared: prepareDossier() });
    expect(sent).toHaveLength(2);
    expect(sent[1]).toEqual(sent[0]);
    expect(filed.earlier).toBe(false);
    const { rows } = await sql<{ n: string }>`SELECT count(*) AS n FROM admission_spent WHERE at > ${new Date(Date.now() + ahead - 60_000)}`.execute(
      stage.database.db,
    );
    expect(Number(rows[0]?.n)).toBe(1);
  });
  it("is not spent by an opening that is refused, and good for the next try", async () => {
    const token = await earn(await challenge());
    const dossier = newUuid();
    const send = async (): Promise<number> =>
      (
        await fetch(`${stage.house.url}/api/v1/dossiers`, {
          method: "POST",
          headers: { "content-type": "application/json", "X-Rugdekking": "1", [tokenHeader]: token },
          body: JSON.stringify({ dossier, kind: "report", organisation: "nergens", guest: null, participants: [], first: {} }),
        })
      ).status;
    expect(await send()).toBe(400);
    expect(await announce(token, newUuid())).toBe("201");
  });
});

describe("a challenge", () => {
  it("is answered once; the same answer again is given again, other tokens are not", async () => {
    const asked = await challenge();
    const [solution, first, second] = [await solve(asked), await prepareTokens(asked, 2), await prepareTokens(asked, 1)];
    const hand = async ({ blinded }: { readonly blinded: readonly string[] }): Promise<unknown> =>
      await door().post("/api/v1/admission/tokens", { challenge: asked.challenge, solution, blinded }, TokenAnswer);
    expect(await hand(first)).toEqual(await hand(first));
    expect(await codeOf(hand(second))).toBe("challenge-unknown");
  });
  it("is refused when it is forged, made easier, over, or not solved", async () => {
    const asked = await challenge();
    const hand = async (text: string, solution: string): Promise<string> =>
      await codeOf(door().post("/api/v1/admission/tokens", { challenge: text, solution, blinded: (await prepareTokens(asked, 1)).blinded }, TokenAnswer));
    const easier = asked.challenge.replace(/^1\.dossier\.\./u, "1.account..");
    expect(easier).not.toBe(asked.challenge);
    expect(await hand(easier, await solve({ ...asked, challenge: easier }))).toBe("challenge-unknown");
    expect(await hand(`${asked.challenge.slice(0, -2)}AA`, await solve(asked))).toBe("challenge-unknown");
    ahead += 11 * 60_000;
    expect(await hand(asked.challenge, await solve(asked))).toBe("challenge-unknown");
  });
  it("asks the same of everyone, by what comes in and never by who asks", async () => {
    const forwarded = await fetch(`${stage.house.url}/api/v1/admission/challenges`, {
      method: "POST",
      headers: { "content-type": "application/json", "X-Rugdekking": "1", "X-Forwarded-For": "192.0.2.7" },
      body: JSON.stringify({ purpose: "dossier", desk: null }),
    });
    expect(await forwarded.json()).toMatchObject({ level: (await challenge()).level });
  });
  it("grows dearer for everybody by tokens that are laid in, and not by those that were spent on something", async () => {
    const level = async (): Promise<number> => {
      await new Promise((resolve) => setTimeout(resolve, 1_100));
      return (await challenge("account")).level;
    };
    const at = new Date(Date.now() + ahead);
    const { db } = stage.database;
    await sql`INSERT INTO admission_answered (challenge, blinded, at) SELECT 'verzonnen-' || n, 'verzonnen', ${at} FROM generate_series(1, 2000) AS n`.execute(
      db,
    );
    expect(await level()).toBeGreaterThan(0);
    await sql`INSERT INTO admission_spent (kind, spend, purpose, used, at) SELECT 'verzonnen', 'verzonnen-' || n, 'dossier', 'verzonnen', ${at} FROM generate_series(1, 2000) AS n`.execute(
      db,
    );
    expect(await level()).toBe(0);
    await sql`DELETE FROM admission_answered WHERE blinded = 'verzonnen'`.execute(db);
    await sql`DELETE FROM admission_spent WHERE kind = 'verzonnen'`.execute(db);
  });
});

describe("sixty people behind the one address of a town hall", () => {
  it("report in the same minute, with files, and every one is taken without extra work", async () => {
    const from = new Date(Date.now() + ahead).toISOString();
    const filed = await Promise.all(
      Array.from({ length: 60 }, async (_, place) => await report({ title: `Melding ${place} van het gemeentehuis`, ...(place < 5 ? { files: 20_000 } : {}) })),
    );
    expect(new Set(filed.map(({ dossier }) => dossier)).size).toBe(60);
    expect((await challenge("dossier", stage.company.desks.safety)).level).toBe(0);
    const lines = [];
    for await (const part of readWorklist(stage.company.safety, stage.company.desks.safety, { changedSince: from })) lines.push(...part.lines);
    expect(lines.filter(({ guest }) => guest)).toHaveLength(60);
    await stage.house.mailRound();
    expect(await signInAsGuest(door(), { trust: stage.connect().trust, device: "test", receiptCode: filed[7]?.receiptCode ?? "" })).toBeDefined();
  }, 120_000);
});

/** A bot: straight at the doors, one opening after the other, signed anew each time with the same words. */
const flood = async (count: number): Promise<void> => {
  let left = count;
  const lane = async (): Promise<void> => {
    const device = stage.connect();
    while ((left -= 1) >= 0) await report({ title: "KOOP NU DEMO" }, device);
  };
  await Promise.all(Array.from({ length: 8 }, lane));
};
/** By day few, since sealing them takes the time of this test; at night ten thousand. */
const floodSize = Number(process.env["RUGDEKKING_FLOOD"] ?? (process.env["RUGDEKKING_NIGHTLY"] === "1" ? 10_000 : 40));

describe(`a flood of ${floodSize} reports`, () => {
  it(
    "is one mail and one group, makes work dearer for a while, and hides nobody",
    async () => {
      await stage.house.mailRound();
      await later(120);
      const before = stage.mails.length;
      const desk = stage.company.desks.safety;
      const start = new Date(Date.now() + ahead);
      const rounds: Promise<number>[] = [];
      const clock = setInterval(() => rounds.push(stage.house.mailRound()), 500);
      await flood(floodSize).finally(() => clearInterval(clock));
      const honest = await report({ title: "Iemand staat voor mijn deur, demonstratie" });
      const known = stage.company.holder;
      const own = await fileReport(known.connection, {
        as: { session: known },
        trust: known.trust,
        desk,
        report: { ...words, inOwnWords: "Van een raadslid met een account, demonstratie" },
      });
      await Promise.all(rounds);
      // Work became dearer, for this desk only as long as it goes on.
      expect((await challenge("dossier", desk)).level).toBeGreaterThanOrEqual(levelOf(floodSize, 120));
      expect((await challenge("account")).level).toBe(0);
      // Who looks now sees all of it: one group, and beside it the one with an account.
      const index = new CoverIndex(desk);
      await refreshIndex(stage.company.safety, stage.company.safety.openDesk(desk), index, coversInThread());
      const bursts = burstsOf(index.lines().filter(({ opened }) => opened >= start.toISOString()));
      expect(bursts.map(({ lines }) => lines.length)).toEqual([floodSize + 1]);
      expect(bursts[0]?.lines.map(({ id }) => id)).toContain(honest.dossier);
      expect(index.get(honest.dossier)?.cover).toMatchObject({ title: "Iemand staat voor mijn deur, demonstratie" });
      const single = index.lines().filter((line) => !bursts.some(({ lines }) => lines.includes(line)));
      expect(single.map(({ id }) => id)).toContain(own.dossier);
      // The mail: one for what guests sent, and one more for the report of somebody who is known.
      const during = stage.mails.length - before;
      expect(during).toBe(1);
      for (let minutes = 0; minutes < 60; minutes += 20) {
        await later(20);
        await stage.house.mailRound();
      }
      expect(stage.mails.length - before).toBe(2);
      // And an hour later an ordinary day has come back by itself.
      expect((await challenge("dossier", desk)).level).toBe(0);
    },
    floodSize > 1_000 ? 3_600_000 : 120_000,
  );
  it("a token of an ordinary day does not open a desk that is flooded, and the client works for another by itself", async () => {
    const { connection } = stage.connect();
    const desk = stage.company.desks.safety;
    const purse = await connection.purse();
    const prepared = prepareDossier();
    await purse.keep({ purpose: "dossier", use: prepared.dossier });
    const calm = purse.tokenFor(prepared.dossier);
    // Not even when it let a file of this very dossier in.
    expect(await announce(calm, prepared.dossier)).toBe("201");
    // As if five hundred had come in these minutes: copies of one line, under ids of their own.
    await sql`INSERT INTO desk_dossier (organisation, desk_id, dossier, kind, phase, opened, changed, due, until, scope, grant_id, grant_statement, grant_sealed, guest)
      SELECT organisation, desk_id, gen_random_uuid(), kind, phase, ${new Date(Date.now() + ahead)}, changed, due, until, scope, grant_id, grant_statement, grant_sealed, true
      FROM (SELECT * FROM desk_dossier WHERE desk_id = ${desk} LIMIT 1) AS one, generate_series(1, 500)`.execute(stage.database.db);
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    expect((await challenge("dossier", desk)).level).toBeGreaterThanOrEqual(2);
    const { trust } = stage.connect();
    const seen: string[] = [];
    const watching = new (connection.constructor as typeof Connection)({
      base: stage.house.url,
      cookies: "own",
      fetch: async (input, init) => {
        const token = new Headers(init.headers).get(tokenHeader);
        const headers = new Headers(init.headers);
        if (token !== null && seen.length === 0) headers.set(tokenHeader, calm ?? "");
        const answer = await fetch(input, { ...init, headers });
        if (input.endsWith("/api/v1/dossiers")) seen.push(String(answer.status));
        return answer;
      },
    });
    await fileReport(watching, { as: { guest: true }, trust, desk, report: words, prepared });
    expect(seen).toEqual(["403", "201"]);
  }, 60_000);
});

describe("files without an account", () => {
  it("have bounds for one dossier, for a desk and for the house; words are taken all the same", async () => {
    const token = await earn(await challenge());
    const dossier = newUuid();
    expect(await announce(token, dossier, 250_000)).toBe("201");
    expect(await announce(token, dossier, 100_000)).toBe("storage-full");
    await report({ files: 250_000 });
    expect(await codeOf(report({ files: 260_000 }))).toBe("storage-full");
    await expect(report()).resolves.toMatchObject({ earlier: false });
  });
});

describe("registering and asking for one's keys", () => {
  it("take a token, and a flood of one makes only that one dear", async () => {
    const answer = await fetch(`${stage.house.url}/api/v1/recovery-claims`, {
      method: "POST",
      headers: { "content-type": "application/json", "X-Rugdekking": "1" },
      body: JSON.stringify({ handle: "wie@demostad.example.nl", temporaryKey: "A".repeat(1_622) }),
    });
    expect(await answer.json()).toMatchObject({ code: "work-required" });
    await sql`INSERT INTO admission_spent (kind, spend, purpose, used, at) SELECT '2026-01-01/0', 'demo ' || n, 'recovery', 'demo', ${new Date(Date.now() + ahead)} FROM generate_series(1, 2000) AS n`.execute(
      stage.database.db,
    );
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    expect((await challenge("recovery")).level).toBe(3);
    expect([(await challenge("account")).level, (await challenge()).level]).toEqual([0, 0]);
    // More work, and no refusal.
    const claim = await door().post(
      "/api/v1/recovery-claims",
      { handle: "wie@demostad.example.nl", temporaryKey: "A".repeat(1_622) },
      Type.Object({ recovery: Type.String(), attempt: Type.String(), token: Type.String() }),
    );
    expect(claim.attempt).not.toBe("");
  });
});
