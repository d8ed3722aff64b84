/**
 * Design law 6 for facts of dossiers: from an entry to a line of the research desk's file over real HTTP and the real database, and an attacker who holds the database, the log and every token that was issued.
 * Persons, organisations and words are invented.
 */
import { randomBytes, randomInt } from "node:crypto";
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { Check } from "typebox/value";
import { main } from "#apps/cli/rugdekking.ts";
import type { RequestLine } from "#apps/server/create-server.ts";
import { createDesk, signInAsGuest, type Session } from "#services/directory/client/index.ts";
import { memoryDraftStore } from "#services/dossier/client/drafts.ts";
import {
  collectToken,
  countQuarter,
  downloadFacts,
  FactQueue,
  giveFact,
  KeptFacts,
  namelessConnection,
  prepareToken,
  readQuarter,
  stateQuarter,
  type StatedQuarter,
} from "#services/figures/client/index.ts";
import { keyOf } from "#services/figures/client/quarters.ts";
import { sealFact } from "#services/figures/client/seal-fact.ts";
import { FactTokenAnswer, factEvents, sealedFactBytes, timesOf } from "#services/figures/contract/delivery.ts";
import { Fact, factKinds } from "#services/figures/contract/facts.ts";
import { wireFacts, type LeftFact } from "#services/figures/contract/sink.ts";
import { quarterAt } from "#services/figures/client/waiting.ts";
import { Problem } from "#services/problem/index.ts";
import { fileReport, openReport } from "#services/reporting/client/index.ts";
import { quickRequest } from "./quick-blinding.ts";
import { reportDraft } from "./road.ts";
import { openStage, type TestStage } from "./stage.ts";

const hour = 3_600_000;
const mark = (field: string): string => `VERZONNEN-${field}`;

const folder = mkdtempSync(join(tmpdir(), "rugdekking-figures-"));
const at = (name: string): string => join(folder, name);

let stage: TestStage;
let offset = 0;
let research: Session;
let again: () => Promise<Session>;
let desk: string;
let quarter: StatedQuarter;
/** A token that is given after the end. */
let spare = "";
const lines: RequestLine[] = [];
const bodies: string[] = [];

const watched: typeof fetch = async (input, init) => {
  if (typeof init?.body === "string") bodies.push(init.body);
  return await fetch(input, init);
};

const codeOf = async (attempt: Promise<unknown>): Promise<string> => {
  try {
    await attempt;
    return "done";
  } catch (error) {
    return error instanceof Problem ? error.code : String(error);
  }
};

const file = async (session: Session): Promise<string> =>
  (await fileReport(session.connection, { as: { session }, trust: session.trust, desk: stage.company.desks.safety, report: reportDraft(mark) })).dossier;

/** A device with a queue, on which `asker` is signed in. */
function device(asker: () => Session | null) {
  const kept = new KeptFacts(
    (
      (store) => () =>
        Promise.resolve(store)
    )(memoryDraftStore()),
  );
  const nameless = () => namelessConnection(stage.house.url, watched);
  const queue = new FactQueue({ kept, asker, nameless, alone: async (turn) => await turn(), now: () => Date.now() + offset, random: Math.random });
  return { kept, queue };
}

/** Someone of the desk who works by command: signs in with a passphrase. @returns their id */
async function byCommand(): Promise<string> {
  chmodSync(folder, 0o711);
  const passphrase = "anker bloem citroen dorp emmer fakkel";
  writeFileSync(at("wachtzin.txt"), `${passphrase}\n`);
  return await stage.enrolWithPassphrase("tweede@demostad.example.nl", passphrase);
}

/** Runs one line of the command. */
async function run(...line: string[]): Promise<{ readonly exit: number; readonly said: string }> {
  let said = "";
  const there = ["--server", stage.house.url, "--home", at("home"), "--json"];
  const exit = await main([...line, ...there], { out: (text) => (said += text), err: (text) => (said += text), bar: false });
  return { exit, said };
}
const signed = ["--as", "tweede@demostad.example.nl", "--passphrase-file", at("wachtzin.txt")];

beforeAll(async () => {
  stage = await openStage({
    fetch: watched,
    extras: { clock: () => new Date(Date.now() + offset), log: (line) => lines.push(line) },
  });
  const signIn = await stage.enrol("onderzoek@demostad.example.nl");
  const { person } = await signIn();
  const members = [
    { person: person.person, name: "Demo Onderzoeker", office: "onderzoek", lead: true },
    { person: await byCommand(), name: "Demo Tweede Onderzoeker", office: "onderzoek", lead: true },
  ];
  ({ id: desk } = await createDesk(stage.connect().trust, {
    registrar: stage.registrar,
    organisation: "bzk",
    name: "Demo onderzoek",
    function: "research",
    members,
  }));
  again = signIn;
  research = await signIn();
  quarter = await stateQuarter(research, desk, quarterAt(Date.now()));
}, 120_000);
afterEach(() => wireFacts(null));
afterAll(async () => {
  await stage.close();
  rmSync(folder, { recursive: true, force: true });
});

describe("facts of dossiers", { timeout: 120_000 }, () => {
  it("go from the entry to the desk's device: token at once, fact at a moment by chance, without a session", async () => {
    const { holder, safety } = stage.company;
    const own = device(() => holder);
    const dossier = await file(holder);
    const left: LeftFact = {
      dossier,
      person: holder.person.person,
      organisation: "gm0363",
      fact: { version: 1, kind: "report-filed", function: "municipal-executive", forms: ["threat"], channel: "phone", online: false, doxing: false },
    };
    expect(await own.queue.take(left)).toBe(true);
    // A second fact of one dossier and kind gets no token.
    expect(await own.queue.take(left)).toBe(false);
    // Not with the session of someone else who uses the device, and not while nobody is signed in.
    const shared = device(() => safety);
    const nobody = device(() => null);
    const other = { ...left, dossier: await file(holder) };
    expect([await shared.queue.take(other), await nobody.queue.take(other)]).toEqual([true, true]);
    expect([...(await shared.kept.all(Date.now())).values()].map(({ state }) => state)).toEqual(["asking"]);
    expect(await own.queue.give()).toBe(0);
    offset = 48 * hour + 1;
    try {
      expect(await own.queue.give()).toBe(1);
      expect(await own.queue.give()).toBe(0);
      expect((await own.kept.all(Date.now())).size).toBe(0);
    } finally {
      offset = 0;
    }
    const given = lines.filter(({ route }) => route === "/api/v1/figures/facts");
    expect(given).toHaveLength(1);
  });

  it("are not made after a no of whose dossier it is, and what waits is taken back", async () => {
    const { holder, safety } = stage.company;
    const own = device(() => holder);
    const dossier = await file(holder);
    const fact = { version: 1, kind: "report-filed", function: "other", forms: [], channel: "unknown", online: null, doxing: false } satisfies LeftFact["fact"];
    expect(await own.queue.counted(dossier)).toBe(true);
    expect(await own.queue.take({ dossier, person: holder.person.person, organisation: null, fact })).toBe(true);
    await own.queue.choose(dossier, false);
    expect((await own.kept.all(Date.now())).size).toBe(0);
    expect(await own.queue.counted(dossier)).toBe(false);
    const refused = await file(holder);
    await own.queue.choose(refused, false);
    expect(await codeOf(collectToken(holder.connection, quarter, refused, "report-filed", await prepareToken(quarter, "report-filed")))).toBe(
      "counting-declined",
    );
    await own.queue.choose(refused, true);
    spare = await collectToken(holder.connection, quarter, refused, "report-filed", await prepareToken(quarter, "report-filed"));
    // The desk has no say in it.
    expect(await codeOf(device(() => safety).queue.choose(dossier, true))).toBe("role-forbidden");
    expect(await codeOf(device(() => safety).queue.counted(dossier))).toBe("role-forbidden");
  });

  it("have one token per dossier and kind under twenty attempts at once, and a fact is taken once under fifty", async () => {
    const { holder } = stage.company;
    const dossier = await file(holder);
    const key = await keyOf(quarter, "report-filed");
    const got: { readonly token: string; readonly blinded: Buffer }[] = [];
    const ask = async (blinded: Buffer): Promise<Buffer> =>
      Buffer.from(
        (
          await holder.connection.post(
            `/api/v1/figures/dossiers/${dossier}/tokens`,
            { quarter: quarter.quarter, kind: "report-filed", blinded: blinded.toString("base64url") },
            FactTokenAnswer,
          )
        ).signature,
        "base64url",
      );
    const asked = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const { blinded, finish } = quickRequest(key);
        return await codeOf(ask(blinded).then((signature) => got.push({ token: finish(signature), blinded })));
      }),
    );
    expect(asked.filter((code) => code === "done")).toHaveLength(1);
    expect(asked.filter((code) => code === "already-there")).toHaveLength(19);
    const [one] = got;
    if (one === undefined) throw new Error("no token");
    // A lost reply is given again to the same request.
    expect(await codeOf(ask(one.blinded))).toBe("done");
    const before = await count("figures_spent");
    const connection = namelessConnection(stage.house.url, watched);
    const fact = { key: `h1.${"A".repeat(1_500)}`, sealed: Buffer.alloc(sealedFactBytes).toString("base64url") };
    const spent = await Promise.all(
      Array.from(
        { length: 50 },
        async () => await codeOf(connection.command("POST", "/api/v1/figures/facts", { token: one.token, fact: { ...fact, id: crypto.randomUUID() } })),
      ),
    );
    expect(spent.filter((code) => code === "done")).toHaveLength(1);
    expect(spent.filter((code) => code === "already-there")).toHaveLength(49);
    expect(await count("figures_spent")).toBe(before + 1);
  });

  it("give a token to whoever may write the entry, once it is there, and to nobody else", async () => {
    const { holder, safety, expert, authority, employer, support } = stage.company;
    const dossier = await file(holder);
    const everyone = { holder, safety, expert, authority, employer, support, research };
    for (const kind of factKinds) {
      const may: Record<string, string> = {};
      const key = await keyOf(quarter, kind);
      for (const [name, session] of Object.entries(everyone)) {
        const body = { quarter: quarter.quarter, kind, blinded: quickRequest(key).blinded.toString("base64url") };
        may[name] = await codeOf(session.connection.post(`/api/v1/figures/dossiers/${dossier}/tokens`, body, FactTokenAnswer));
      }
      const isReport = factEvents[kind].dossier === "report";
      const outside = { expert: "not-found", authority: "not-found", employer: "not-found", support: "not-found", research: "not-found" };
      expect([kind, may]).toEqual([
        kind,
        !isReport
          ? { holder: "input-malformed", safety: "input-malformed", ...outside }
          : kind === "report-filed"
            ? { holder: "done", safety: "role-forbidden", ...outside }
            : // The desk writes it, and has not closed it yet.
              { holder: "role-forbidden", safety: "requirement-missing", ...outside },
      ]);
    }
    expect(await codeOf(collectToken(stage.connect().connection, quarter, dossier, "report-filed", await prepareToken(quarter, "report-filed")))).toBe(
      "session-missing",
    );
  });

  it("come from a guest with the session of the receipt code", async () => {
    const { connection, trust } = stage.connect();
    const making: Promise<LeftFact | null>[] = [];
    wireFacts((make) => making.push(make()));
    const filed = await fileReport(connection, { as: { guest: true }, trust, desk: stage.company.desks.safety, report: reportDraft(mark) });
    const signedIn: Session[] = [];
    const own = device(() => signedIn[0] ?? null);
    const left = (await Promise.all(making))[0] ?? null;
    if (left === null) throw new Error("no fact was left");
    expect(await own.queue.take(left)).toBe(true);
    const back = stage.connect();
    const guest = await signInAsGuest(back.connection, { trust: back.trust, device: "toestel", receiptCode: filed.receiptCode ?? "" });
    expect((await openReport(guest, filed.dossier)).view.roles).toEqual(["reporter"]);
    signedIn.push(guest);
    await own.queue.ask();
    expect([...(await own.kept.all(Date.now())).values()].map(({ state }) => state)).toEqual(["waiting"]);
  });

  it("are refused when forged, of another length or of no quarter; a desk's doors are for its members alone, after the end", async () => {
    const connection = namelessConnection(stage.house.url, watched);
    const fact = { id: crypto.randomUUID(), key: `h1.${"A".repeat(1_500)}`, sealed: Buffer.alloc(sealedFactBytes).toString("base64url") };
    const give = async (body: object): Promise<string> => await codeOf(connection.command("POST", "/api/v1/figures/facts", body));
    const forged = quickRequest(await keyOf(quarter, "report-filed")).finish(randomBytes(384));
    expect(await give({ token: forged, fact })).toBe("signature-invalid");
    expect(await give({ token: "A".repeat(642), fact })).toBe("input-malformed");
    expect(await give({ token: forged, fact: { ...fact, sealed: Buffer.alloc(sealedFactBytes + 1).toString("base64url") } })).toBe("input-malformed");
    expect(await give({ token: forged, fact: { ...fact, at: "now" } })).toBe("input-malformed");
    expect(await codeOf(downloadFacts(research, quarter))).toBe("phase-forbidden");
    expect(await codeOf(stateQuarter(research, desk, quarter.quarter))).toBe("already-there");
    expect(await codeOf(stateQuarter(research, desk, "2020-q1"))).toBe("phase-forbidden");
    expect(await codeOf(stateQuarter(stage.company.safety, stage.company.desks.safety, "2090-q1"))).toBe("role-forbidden");
    expect(await readQuarter(stage.connect().trust, "2090-q1")).toBeNull();
    const { safety } = stage.company;
    for (const what of ["facts", "counts"])
      expect([
        await codeOf(safety.connection.request("GET", `/api/v1/figures/quarters/${quarter.quarter}/${what}`)),
        await codeOf(connection.request("GET", `/api/v1/figures/quarters/${quarter.quarter}/${what}`)),
      ]).toEqual(["role-forbidden", "session-missing"]);
  });
});

const count = async (table: string): Promise<number> =>
  Number((await sql<{ n: string }>`SELECT count(*) AS n FROM ${sql.table(table)}`.execute(stage.database.db)).rows[0]?.n);

/** Pairs the k-th of one list with the place it falls in the other: what whoever knows both orders would guess. */
const matches = (first: readonly string[], second: readonly string[]): number =>
  second.filter((one, at) => first[Math.floor(((at + 0.5) * first.length) / second.length)] === one).length;

describe("an attacker with the database, the log and every issued token", { timeout: 120_000 }, () => {
  it("links a fact to its kind and quarter and no further, and would have by order of arrival", async () => {
    const { holder } = stage.company;
    const crowd = 40;
    const dossiers = await Promise.all(Array.from({ length: crowd }, async () => await file(holder)));
    const key = await keyOf(quarter, "report-filed");
    const connection = namelessConnection(stage.house.url, watched);
    const tokens: { readonly dossier: string; readonly token: string; readonly place: number }[] = [];
    for (const [place, dossier] of dossiers.entries()) {
      const { blinded, finish } = quickRequest(key);
      const { signature } = await holder.connection.post(
        `/api/v1/figures/dossiers/${dossier}/tokens`,
        { quarter: quarter.quarter, kind: "report-filed", blinded: blinded.toString("base64url") },
        FactTokenAnswer,
      );
      tokens.push({ dossier, token: finish(Buffer.from(signature, "base64url")), place });
    }
    // Given in an order drawn anew: what waiting for a random time does.
    const drawn = tokens.map((one) => ({ one, at: randomInt(2 ** 40) })).toSorted((a, b) => a.at - b.at);
    const idOf = new Map<string, string>();
    for (const {
      one: { token, dossier, place },
    } of drawn) {
      const sealed = await sealFact(quarter, factOf(place));
      idOf.set(sealed.id, dossier);
      await connection.command("POST", "/api/v1/figures/facts", { token, fact: sealed });
    }
    const byOrder = async (table: string, what: string): Promise<string[]> =>
      (
        await sql<{
          what: string;
        }>`SELECT ${sql.ref(what)}::text AS what FROM ${sql.table(table)} WHERE kind = 'report-filed' ORDER BY xmin::text::bigint, ctid`.execute(
          stage.database.db,
        )
      ).rows.map((row) => row.what);
    const given = (await byOrder("figures_given", "dossier")).filter((dossier) => dossiers.includes(dossier));
    expect(given).toEqual(dossiers);
    const mine = async (table: string): Promise<string[]> => (await byOrder(table, "id")).flatMap((id) => idOf.get(id) ?? []);
    // Unmixed, the inbox tells in which order facts came.
    expect(await mine("figures_inbox")).toEqual(drawn.map(({ one }) => one.dossier));
    await stage.house.sweep();
    expect(await count("figures_inbox")).toBeLessThan(5 * factKinds.length);
    const mixed = await mine("figures_fact");
    expect(mixed).toHaveLength(crowd);
    // By chance one is right; eight is far beyond chance (Poisson: one in a million).
    expect(matches(given, mixed)).toBeLessThanOrEqual(8);
    expect(
      matches(
        drawn.map(({ one }) => one.dossier),
        mixed,
      ),
    ).toBeLessThanOrEqual(8);
    const whole = await byOrder("figures_fact", "id");
    expect(whole).toEqual(whole.toSorted());
  });

  it("finds no moment, address, word or open key in tables, bodies and log", async () => {
    const { rows } = await sql<{
      name: string;
      type: string;
    }>`SELECT table_name || '.' || column_name AS name, data_type AS type FROM information_schema.columns WHERE table_name LIKE 'figures_%'`.execute(
      stage.database.db,
    );
    expect(rows.filter(({ type }) => /timestamp|date|inet/u.test(type)).map(({ name }) => name)).toEqual(["figures_quarter.ends"]);
    expect(JSON.stringify(lines)).not.toMatch(/127\.0\.0\.1|Mozilla|node/u);
    for (const word of ["municipal-executive", '"month"', "VERZONNEN"]) expect(bodies.filter((body) => body.includes(word))).toEqual([]);
    const facts = await sql<{ bytes: Buffer }>`SELECT sealed AS bytes FROM figures_fact UNION ALL SELECT sealed FROM figures_inbox`.execute(stage.database.db);
    expect(new Set(facts.rows.map(({ bytes }) => bytes.length))).toEqual(new Set([sealedFactBytes]));
    expect(Buffer.concat(facts.rows.map(({ bytes }) => bytes)).includes("municipal")).toBe(false);
    const keys = await sql<{ secret: string | null }>`SELECT secret FROM figures_key`.execute(stage.database.db);
    for (const { secret } of keys.rows) expect(Buffer.from(secret ?? "", "base64url").includes(Buffer.from("300d06092a864886f70d010101", "hex"))).toBe(false);
  });

  it("finds no private key after the end; the desk then gets every fact of a kind with five or more, and counts", async () => {
    // A clock beyond the end: sessions of before have ended, so the member signs in anew.
    offset = timesOf(quarter.quarter).ends.getTime() - Date.now() + hour;
    try {
      await stage.house.sweep();
      expect((await sql<{ n: string }>`SELECT count(secret) AS n FROM figures_key`.execute(stage.database.db)).rows.map(({ n }) => Number(n))).toEqual([0]);
      const later = await again();
      const opened = await downloadFacts(later, quarter);
      // Forty of the crowd, the one of the queue, and the one of the fifty attempts, which opens for nobody.
      expect(opened.filter(({ fact }) => fact !== null)).toHaveLength(41);
      expect(opened.filter(({ fact }) => fact === null)).toHaveLength(1);
      expect(new Set(opened.map(({ kind }) => kind))).toEqual(new Set(["report-filed"]));
      const counts = await countQuarter(later, quarter.quarter);
      expect(counts.find(({ kind }) => kind === "report-filed")?.arrived).toBe(42);
      expect(counts.find(({ kind }) => kind === "help-given")).toMatchObject({ given: null, arrived: null });
      const connection = namelessConnection(stage.house.url, watched);
      expect(await run("figures", "open", quarter.quarter, ...signed)).toMatchObject({ exit: 0 });
      expect(await run("figures", "collect", quarter.quarter, "--out", at("feiten.jsonl"), ...signed)).toMatchObject({ exit: 0 });
      expect(statSync(at("feiten.jsonl")).mode & 0o777).toBe(0o600);
      const written = readFileSync(at("feiten.jsonl"), "utf8").trimEnd().split("\n");
      expect([written.length, written.every((line) => Check(Fact, JSON.parse(line)))]).toEqual([41, true]);
      expect(written).toEqual(written.toSorted());
      expect((await run("figures", "collect", "2090-q5", "--out", at("niets.jsonl"), ...signed)).exit).toBe(1);
      expect(await run("figures", "give")).toMatchObject({ exit: 0 });
      expect(await codeOf(giveFact(connection, quarter, spare, factOf(0)))).toBe("phase-forbidden");
    } finally {
      offset = 0;
    }
  });
});

const factOf = (place: number): Fact => ({
  version: 1,
  kind: "report-filed",
  month: `${quarter.quarter.slice(0, 4)}-${String(Number(quarter.quarter.slice(6)) * 3).padStart(2, "0")}`,
  province: "pv26",
  function: "municipal-council",
  forms: place % 2 === 0 ? ["verbal"] : ["threat"],
  channel: "phone",
  online: false,
  doxing: false,
});
