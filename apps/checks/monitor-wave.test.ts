/**
 * Design law 6 for the survey: a whole wave over real HTTP and the real database, with real tokens, and an attacker who holds the database, the log and every token that was issued.
 * RUGDEKKING_WAVE_ANSWERS sets how many answer (300; the nightly run takes 4,500).
 */
import { randomBytes, randomInt } from "node:crypto";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { generateInvitationCode, invitationProof, toBase64Url } from "@rugdekking/seal";
import type { RequestLine } from "#apps/server/create-server.ts";
import { createDesk, type Connection, type Session } from "#services/directory/client/index.ts";
import {
  addInvitations,
  collectToken,
  downloadAnswers,
  giveAnswer,
  listUncollected,
  lookUpInvitation,
  prepareToken,
  readFieldwork,
  readWave,
  respondentConnection,
  stateWave,
  type Wave,
} from "#services/monitor/client/index.ts";
import { markOf } from "#services/monitor/client/desk.ts";
import { keyOf } from "#services/monitor/client/waves.ts";
import { stratumName, TokenAnswer, type StratumKey } from "#services/monitor/contract/index.ts";
import { stated, strataOf } from "#services/monitor/frame/strata.ts";
import { Problem } from "#services/problem/index.ts";
import { quickRequest } from "./quick-blinding.ts";
import { openStage, type TestStage } from "./stage.ts";

const invited = 12_000;
const answering = Number(process.env["RUGDEKKING_WAVE_ANSWERS"] ?? (process.env["RUGDEKKING_NIGHTLY"] === "1" ? 4_500 : 300));
const day = 86_400_000;

let stage: TestStage;
let offset = 0;
let signIn: () => Promise<Session>;
let wave: Wave;
let people: { readonly code: string; readonly stratum: string }[];
const lines: RequestLine[] = [];
/** What a server that wrote down everything would have: per issued token the mark, the blinded message and the signature, in the order of issue. */
const issued: { readonly mark: string; readonly blinded: Buffer; readonly signature: Buffer }[] = [];
/** The truth the attacker looks for: invitation of each answer, by the random word in the answer. */
const truth = new Map<string, string>();

const words = (text: string): Wave["title"] => ({ nl: text, en: text, fy: text });
/** An answer that carries a word by which the test knows it again. */
const recordOf = (word: string, aggression = false): Parameters<typeof giveAnswer>[3] => ({
  questionnaire: { set: "monitor", version: 1 },
  recallMonths: 12,
  details: true,
  answers: { word, aggression: aggression ? "yes" : "no" },
});

/** Invented: 40 kinds of office-holder, some of them rare. */
function frame(): StratumKey[] {
  const provinces = ["drenthe", "limburg", "utrecht", "zeeland", "flevoland"];
  const kinds = [
    { function: "raadslid", organisationType: "gemeente", weight: 20 },
    { function: "wethouder", organisationType: "gemeente", weight: 5 },
    { function: "statenlid", organisationType: "provincie", weight: 2 },
    { function: "algemeen-bestuur", organisationType: "waterschap", weight: 1 },
  ];
  const cells = kinds.flatMap(({ weight, ...kind }) =>
    provinces.flatMap((province) => ["klein", "groot"].map((sizeClass) => ({ ...kind, province, sizeClass, weight }))),
  );
  const total = cells.reduce((sum, { weight }) => sum + weight, 0);
  const rows = cells.flatMap(({ weight, ...key }) => Array.from({ length: Math.round((invited * weight) / total) }, () => key));
  // Rounding leaves a few over or short: the commonest kind takes them up.
  const [common] = rows;
  while (common !== undefined && rows.length < invited) rows.push(common);
  return rows.slice(0, invited);
}

const codeOf = async (attempt: Promise<unknown>): Promise<string> => {
  try {
    await attempt;
    return "done";
  } catch (error) {
    return error instanceof Problem ? error.code : String(error);
  }
};

/** In an order that is evenly drawn from all orders (Fisher and Yates). */
function shuffled<T>(list: readonly T[]): T[] {
  const drawn = [...list];
  for (let last = drawn.length - 1; last > 0; last -= 1) {
    const other = randomInt(last + 1);
    const [one] = drawn.splice(other, 1, ...drawn.slice(last, last + 1));
    if (one !== undefined) drawn[last] = one;
  }
  return drawn;
}

/** Runs work with eight at a time, begun in the order given. */
async function eightAtOnce<T>(list: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  let next = 0;
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      for (let at = next++; at < list.length; at = next++) {
        const one = list[at];
        if (one !== undefined) await work(one);
      }
    }),
  );
}

beforeAll(async () => {
  stage = await openStage({ extras: { clock: () => new Date(Date.now() + offset), log: (line) => lines.push(line) } });
  signIn = await stage.enrol("onderzoek@demostad.example.nl");
  const { person } = await signIn();
  const { id: desk } = await createDesk(stage.connect().trust, {
    registrar: stage.registrar,
    organisation: "bzk",
    name: "Demo onderzoek",
    function: "research",
    members: [{ person: person.person, name: "Demo Onderzoeker", office: "onderzoek", lead: true }],
  });
  const rows = frame();
  const strata = strataOf(rows);
  expect(strata).toHaveLength(40);
  const now = Date.now();
  const at = (days: number): string => new Date(now + days * day).toISOString();
  const research = await signIn();
  wave = await stateWave(research, {
    desk,
    wave: "2026-proef",
    title: words("Proefmeting"),
    questionnaire: { set: "monitor", version: 1, digest: "A".repeat(43) },
    recallMonths: 12,
    labels: { raadslid: words("raadslid") },
    opens: at(-0.0001),
    closes: at(21),
    ends: at(25),
    strata: strata.map((stratum) => stated(stratum, stratum.rows.length)),
  });
  people = strata.flatMap(({ key, rows: own }) => own.map(() => ({ code: generateInvitationCode(), stratum: stratumName(key) })));
  expect(await addInvitations(research, wave.wave, people)).toBe(invited);
}, 300_000);
afterAll(async () => await stage.close());

describe("a wave", { timeout: 900_000 }, () => {
  it("is answered with tokens collected and spent at moments of their own", async () => {
    // The last three stay out of it: later tests collect with their codes.
    const crowd = shuffled(people.slice(0, -3)).slice(0, answering + Math.round(answering / 10));
    // Collected over three weeks, answered hours to days later; what happens when is replayed in that order.
    const plans = crowd.map((person, place) => {
      const collects = Math.random() * 20 * day;
      return { person, collects, sends: place < answering ? collects + day / 24 + Math.random() * (day - day / 24) : null };
    });
    const events = plans
      .flatMap((plan) => [
        { at: plan.collects, plan, what: "collect" as const },
        ...(plan.sends === null ? [] : [{ at: plan.sends, plan, what: "send" as const }]),
      ])
      .toSorted((a, b) => a.at - b.at);
    const connection = respondentConnection(stage.house.url);
    const tokens = new Map<string, Promise<string>>();
    let handled = 0;
    await eightAtOnce(events, async ({ plan, what }) => {
      const { code, stratum } = plan.person;
      if (what === "collect") {
        const collecting = (async () => {
          const { blinded, finish } = quickRequest(await keyOf(wave, stratum));
          const { signature } = await connection.post(
            `/api/v1/monitor/waves/${wave.wave}/tokens`,
            { proof: Buffer.from(invitationProof(code, wave.wave)).toString("base64url"), blinded: blinded.toString("base64url") },
            TokenAnswer,
          );
          issued.push({ mark: await markOf(code, wave.wave), blinded, signature: Buffer.from(signature, "base64url") });
          return finish(Buffer.from(signature, "base64url"));
        })();
        tokens.set(code, collecting);
        await collecting;
      } else {
        const token = await tokens.get(code);
        if (token === undefined) throw new Error("a token was sent before it was collected");
        const word = randomBytes(8).toString("hex");
        truth.set(word, await markOf(code, wave.wave));
        await giveAnswer(connection, wave, token, recordOf(word, Math.random() < 0.45));
      }
      handled += 1;
      if (handled % 200 === 0) await stage.house.sweep();
    });
    expect(issued).toHaveLength(crowd.length);
    const research = await signIn();
    const fieldwork = await readFieldwork(research, wave.wave);
    expect(fieldwork.answered).toBe(fieldwork.strata.reduce((sum, { answered }) => sum + (answered ?? 0), 0));
    expect(await count("monitor_spent")).toBe(answering);
    expect(fieldwork.strata.reduce((sum, { collected }) => sum + collected, 0)).toBe(crowd.length);
    for (const { answered } of fieldwork.strata) expect(answered === null || answered >= 5).toBe(true);
    // A reminder may go to who has no token; whether someone answered is in no list.
    const waiting = await listUncollected(research, wave.wave);
    expect(waiting.size).toBe(invited - crowd.length);
    expect(await codeOf(downloadAnswers(research, wave))).toBe("phase-forbidden");
  });

  it("spends a token once, also under fifty attempts at once, and collects one per invitation", async () => {
    const some = people.at(-1);
    if (some === undefined) throw new Error("nobody left");
    expect((await lookUpInvitation(respondentConnection(stage.house.url), wave.wave, some.code)).collected).toBe(false);
    const connection = respondentConnection(stage.house.url);
    const key = await keyOf(wave, some.stratum);
    const proof = Buffer.from(invitationProof(some.code, wave.wave)).toString("base64url");
    const requests = Array.from({ length: 20 }, () => quickRequest(key));
    const collected = await Promise.all(
      requests.map(
        async ({ blinded, finish }) =>
          await connection
            .post(`/api/v1/monitor/waves/${wave.wave}/tokens`, { proof, blinded: blinded.toString("base64url") }, TokenAnswer)
            .then(({ signature }) => ({ token: finish(Buffer.from(signature, "base64url")), blinded }))
            .catch((error: unknown) => (error instanceof Problem ? error.code : "broken")),
      ),
    );
    const got = collected.filter((one) => typeof one !== "string");
    expect(got).toHaveLength(1);
    expect(collected.filter((one) => one === "already-there")).toHaveLength(19);
    const [{ token, blinded } = { token: "", blinded: Buffer.of() }] = got;
    // Nothing is signed for another message: it is not even looked at.
    expect(
      await codeOf(connection.post(`/api/v1/monitor/waves/${wave.wave}/tokens`, { proof, blinded: Buffer.alloc(384, 255).toString("base64url") }, TokenAnswer)),
    ).toBe("already-there");
    // A lost reply is given again to the same request.
    expect(
      (await connection.post(`/api/v1/monitor/waves/${wave.wave}/tokens`, { proof, blinded: blinded.toString("base64url") }, TokenAnswer)).signature,
    ).not.toBe("");
    const before = await count("monitor_spent");
    const answer = { id: crypto.randomUUID(), key: `h1.${"A".repeat(1_500)}`, sealed: Buffer.alloc(8_383).toString("base64url") };
    const spent = await Promise.all(
      Array.from(
        { length: 50 },
        async () => await codeOf(connection.command("POST", "/api/v1/monitor/answers", { token, answer: { ...answer, id: crypto.randomUUID() } })),
      ),
    );
    expect(spent.filter((code) => code === "done")).toHaveLength(1);
    expect(spent.filter((code) => code === "already-there")).toHaveLength(49);
    expect(await count("monitor_spent")).toBe(before + 1);
  });

  it("refuses what is not so: forged and altered tokens, other lengths, unknown codes, too many invitations, a thin stratum", async () => {
    const connection = respondentConnection(stage.house.url);
    const [some] = people;
    if (some === undefined) throw new Error("nobody");
    const answer = { id: crypto.randomUUID(), key: `h1.${"A".repeat(1_500)}`, sealed: Buffer.alloc(8_383).toString("base64url") };
    const key = await keyOf(wave, some.stratum);
    const forged = quickRequest(key).finish(randomBytes(384));
    const give = async (body: object): Promise<string> => await codeOf(connection.command("POST", "/api/v1/monitor/answers", body));
    expect(await give({ token: forged, answer })).toBe("signature-invalid");
    expect(await give({ token: "A".repeat(642), answer })).toBe("input-malformed");
    expect(await give({ token: forged, answer: { ...answer, sealed: Buffer.alloc(8_382).toString("base64url") } })).toBe("input-malformed");
    // A real token does not make the rest right, and is not spent by what is wrong.
    const proof = toBase64Url(invitationProof(some.code, wave.wave));
    const ask = async (blinded: Buffer): Promise<string> =>
      await codeOf(connection.post(`/api/v1/monitor/waves/${wave.wave}/tokens`, { proof, blinded: blinded.toString("base64url") }, TokenAnswer));
    for (const blinded of [Buffer.of(), Buffer.alloc(383, 1), Buffer.alloc(384), Buffer.alloc(384, 255), Buffer.alloc(385, 1)])
      expect(await ask(blinded)).toBe("input-malformed");
    const spare = people.at(-3);
    if (spare === undefined) throw new Error("nobody");
    const { blinded, finish } = quickRequest(await keyOf(wave, spare.stratum));
    const { signature } = await connection.post(
      `/api/v1/monitor/waves/${wave.wave}/tokens`,
      { proof: toBase64Url(invitationProof(spare.code, wave.wave)), blinded: blinded.toString("base64url") },
      TokenAnswer,
    );
    const token = finish(Buffer.from(signature, "base64url"));
    for (const change of [
      // The epoch is the wave's; one that an answer names is a mark on it.
      { epoch: 1 },
      { id: "0".repeat(36) },
      { key: `h1.${"\0".repeat(1_500)}` },
      { sealed: "" },
      { at: "now" },
    ])
      expect(await give({ token, answer: { ...answer, ...change } })).toBe("input-malformed");
    expect(await codeOf(lookUpInvitation(connection, wave.wave, generateInvitationCode()))).toBe("invitation-unknown");
    expect(await codeOf(lookUpInvitation(connection, "2030", some.code))).toBe("not-found");
    const research = await signIn();
    expect(await codeOf(addInvitations(research, wave.wave, [{ code: generateInvitationCode(), stratum: some.stratum }]))).toBe("quota-reached");
    expect(await codeOf(addInvitations(research, wave.wave, [{ code: generateInvitationCode(), stratum: "a/b/c/d" }]))).toBe("input-malformed");
    expect(await count("monitor_invitation")).toBe(invited);
    const { desk } = wave;
    const thin = [{ key: { function: "dijkgraaf", organisationType: "waterschap", province: "alle", sizeClass: "alle" }, population: 9, invited: 9 }];
    const plan = { ...wave, desk, wave: "2027", strata: thin };
    expect(await codeOf(stateWave(research, plan))).toBe("requirement-missing");
    expect(await codeOf(research.connection.request("GET", `/api/v1/monitor/waves/${wave.wave}/uncollected?after=%00`))).toBe("input-malformed");
    // Everything of a desk is for members of that desk alone.
    const mark = await markOf(some.code, wave.wave);
    for (const [method, path, body] of [
      ["GET", `waves/${wave.wave}/fieldwork`, null],
      ["GET", `waves/${wave.wave}/uncollected`, null],
      ["GET", `waves/${wave.wave}/answers`, null],
      ["POST", `waves/${wave.wave}/invitations`, { invitations: [{ mark, stratum: some.stratum }] }],
      ["POST", "keys", { desk: wave.desk, wave: "2028", strata: [some.stratum] }],
    ] as const) {
      const attempt = async (by: Connection): Promise<string> =>
        await codeOf(by.request(method, `/api/v1/monitor/${path}`, body === null ? {} : { body: JSON.stringify(body), mediaType: "application/json" }));
      expect([path, await attempt(stage.company.safety.connection), await attempt(stage.connect().connection)]).toEqual([
        path,
        "role-forbidden",
        "session-missing",
      ]);
    }
    expect(await codeOf(readWave(stage.connect().trust, "2030"))).toBe("not-found");
  });

  it("gives a token by the product's own client, whose reply may be lost, and not to a second device", async () => {
    const some = people.at(-2);
    if (some === undefined) throw new Error("nobody");
    const connection = respondentConnection(stage.house.url);
    const cut = respondentConnection(stage.house.url, async (input, init) => {
      const answer = await fetch(input, init);
      if (typeof input === "string" && input.endsWith("/tokens")) throw new TypeError("the reply was lost");
      return answer;
    });
    const { stratum } = await lookUpInvitation(connection, wave.wave, some.code);
    const prepared = await prepareToken(wave, stratum);
    await expect(collectToken(cut, wave, stratum, some.code, prepared)).rejects.toThrow();
    const token = await collectToken(connection, wave, stratum, some.code, prepared);
    expect(await codeOf(collectToken(connection, wave, stratum, some.code, await prepareToken(wave, stratum)))).toBe("already-there");
    expect(await giveAnswer(connection, wave, token, recordOf("eigen"))).toBe("accepted");
    expect(await giveAnswer(connection, wave, token, recordOf("eigen-nog-eens"))).toBe("spent");
  });
});

const count = async (table: string): Promise<number> =>
  Number((await sql<{ n: string }>`SELECT count(*) AS n FROM ${sql.table(table)}`.execute(stage.database.db)).rows[0]?.n);

/** Pairs the k-th of one list with the place it falls in the other: what whoever knows both orders would guess. */
function matches(first: readonly string[], second: readonly string[]): number {
  return second.filter((mark, at) => first[Math.floor(((at + 0.5) * first.length) / second.length)] === mark).length;
}

describe("an attacker with the database, the log and every issued token", { timeout: 300_000 }, () => {
  it("links an answer to its stratum and no further: order, place and transaction numbers do no better than chance", async () => {
    const at = offset;
    offset = 26 * day;
    try {
      const research = await signIn();
      const opened = await downloadAnswers(research, wave);
      const wordOf = new Map<string, string>();
      // The desk can open answers; the attacker here is the desk and the server together.
      const rows = await sql<{
        id: string;
        stratum: string;
        xmin: string;
        place: string;
      }>`SELECT id, stratum, xmin::text AS xmin, ctid::text AS place FROM monitor_answer ORDER BY xmin::text::bigint, ctid`.execute(stage.database.db);
      expect(new Set(opened.map(({ stratum }) => stratum)).size).toBeGreaterThan(12);
      expect(opened.filter(({ record }) => record === null)).toHaveLength(1);
      expect(rows.rows).toHaveLength(opened.length);
      expect(await count("monitor_inbox")).toBe(0);
      const sorted = rows.rows.toSorted((a, b) => (a.id < b.id ? -1 : 1));
      opened.forEach(({ record }, place) => {
        const id = sorted[place]?.id;
        const word = record?.answers["word"];
        if (id !== undefined && typeof word === "string") wordOf.set(id, word);
      });
      // Within a stratum all rows were written by one transaction, in the order of ids.
      for (const [, own] of Map.groupBy(rows.rows, ({ stratum }) => stratum)) expect(own.map(({ id }) => id)).toEqual(own.map(({ id }) => id).toSorted());
      const collected = await sql<{
        mark: string;
        stratum: string;
      }>`SELECT mark, stratum FROM monitor_invitation WHERE collected IS NOT NULL ORDER BY xmin::text::bigint`.execute(stage.database.db);
      let [found, strata] = [0, 0];
      for (const [stratum, own] of Map.groupBy(rows.rows, (row) => row.stratum)) {
        const first = collected.rows.filter((one) => one.stratum === stratum).map(({ mark }) => mark);
        found += matches(
          first,
          own.map(({ id }) => truth.get(wordOf.get(id) ?? "") ?? ""),
        );
        strata += 1;
      }
      // By chance one in each stratum is right; five standard deviations above is not chance.
      expect(found).toBeLessThanOrEqual(strata + 5 * Math.sqrt(strata));
    } finally {
      offset = at;
    }
  });

  it("would have linked them where people answer at once and nothing is mixed: the attack works, and mixing is what stops it", async () => {
    const research = await signIn();
    const key = { function: "raadslid", organisationType: "gemeente", province: "alle", sizeClass: "alle" };
    const now = Date.now();
    const at = (days: number): string => new Date(now + days * day).toISOString();
    const plain = await stateWave(research, {
      desk: wave.desk,
      wave: "2027-proef",
      title: wave.title,
      questionnaire: wave.questionnaire,
      recallMonths: 12,
      labels: {},
      opens: at(-0.0001),
      closes: at(1),
      ends: at(2),
      strata: [{ key, population: 60, invited: 60 }],
    });
    const codes = Array.from({ length: 60 }, () => ({ code: generateInvitationCode(), stratum: stratumName(key) }));
    await addInvitations(research, plain.wave, codes);
    const connection = respondentConnection(stage.house.url);
    const marks: string[] = [];
    for (const { code, stratum } of codes) {
      const { blinded, finish } = quickRequest(await keyOf(plain, stratum));
      const proof = Buffer.from(invitationProof(code, plain.wave)).toString("base64url");
      const { signature } = await connection.post(`/api/v1/monitor/waves/${plain.wave}/tokens`, { proof, blinded: blinded.toString("base64url") }, TokenAnswer);
      await giveAnswer(connection, plain, finish(Buffer.from(signature, "base64url")), recordOf(code.toLowerCase()));
      marks.push(await markOf(code, plain.wave));
    }
    const byOrder = async (table: string, what: string): Promise<string[]> =>
      (
        await sql<{
          what: string;
        }>`SELECT ${sql.ref(what)}::text AS what FROM ${sql.table(table)} WHERE wave = ${plain.wave} ORDER BY xmin::text::bigint, ctid`.execute(
          stage.database.db,
        )
      ).rows.map((row) => row.what);
    const collected = await byOrder("monitor_invitation", "mark");
    const waiting = await byOrder("monitor_inbox", "id");
    // Both in the order of arrival: the k-th answer is that of the k-th invitation.
    expect(collected).toEqual(marks);
    const owner = new Map(waiting.map((id, place) => [id, marks[place] ?? ""]));
    await stage.house.sweep();
    const mixed = await byOrder("monitor_answer", "id");
    expect(mixed).toHaveLength(60);
    expect(
      matches(
        collected,
        mixed.map((id) => owner.get(id) ?? ""),
      ),
    ).toBeLessThanOrEqual(6);
  });

  it("finds no address, token, proof or moment in tables and log", async () => {
    const tables = await sql<{
      name: string;
      type: string;
    }>`SELECT table_name || '.' || column_name AS name, data_type AS type FROM information_schema.columns WHERE table_name LIKE 'monitor_%'`.execute(
      stage.database.db,
    );
    const moments = tables.rows.filter(({ type }) => /timestamp|date|inet/u.test(type)).map(({ name }) => name);
    expect(moments.toSorted()).toEqual(["monitor_wave.closes", "monitor_wave.ends", "monitor_wave.opens"]);
    const text = JSON.stringify(lines);
    expect(lines.some(({ route }) => route.endsWith("/tokens"))).toBe(true);
    expect(text).not.toMatch(/127\.0\.0\.1|Mozilla|node/u);
    for (const { code } of people.slice(0, 50)) expect(text).not.toContain(Buffer.from(invitationProof(code, wave.wave)).toString("base64url"));
    const dump = await sql<{ row: string }>`SELECT t::text AS row FROM monitor_invitation t`.execute(stage.database.db);
    const all = dump.rows.map(({ row }) => row).join("\n");
    for (const { code } of people.slice(0, 50)) expect(all).not.toContain(Buffer.from(invitationProof(code, wave.wave)).toString("base64url"));
    const answers = await sql<{ bytes: Buffer }>`SELECT sealed AS bytes FROM monitor_answer UNION ALL SELECT sealed FROM monitor_inbox`.execute(
      stage.database.db,
    );
    const kept = Buffer.concat(answers.rows.map(({ bytes }) => bytes));
    expect(kept.length).toBeGreaterThan(answering * 8_000);
    for (const word of [...truth.keys()].slice(0, 50)) expect(kept.includes(word)).toBe(false);
    const keys = await sql<{ secret: string | null }>`SELECT secret FROM monitor_key`.execute(stage.database.db);
    for (const { secret } of keys.rows) expect(Buffer.from(secret ?? "", "base64url").includes(Buffer.from("300d06092a864886f70d010101", "hex"))).toBe(false);
  });

  it("finds invitations in an order that is not that of the frame", async () => {
    const { rows } = await sql<{
      mark: string;
    }>`SELECT mark FROM monitor_invitation WHERE collected IS NULL AND wave = ${wave.wave} ORDER BY xmin::text::bigint, ctid LIMIT 500`.execute(
      stage.database.db,
    );
    expect(rows.map(({ mark }) => mark)).toEqual(rows.map(({ mark }) => mark).toSorted());
  });

  it("signs nothing any more once the wave has ended: the private keys are destroyed", async () => {
    offset = 26 * day;
    await stage.house.sweep();
    const keys = await sql<{ secret: string | null }>`SELECT secret FROM monitor_key`.execute(stage.database.db);
    expect(keys.rows.every(({ secret }) => secret === null)).toBe(true);
  });
});
