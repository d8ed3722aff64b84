/** The directory over real HTTP and real PostgreSQL: sign-in, sessions, unlock methods, desks and their epochs, as a client meets them and as an attacker would. */
import { randomBytes } from "node:crypto";
import { sql } from "kysely";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { generateNoteKey } from "@rugdekking/ledger";
import {
  generateReceiptCode,
  generateSheetCode,
  guestFromReceipt,
  newDesk,
  newPerson,
  nextEpoch,
  openEpochSeed,
  openPerson,
  openUnlock,
  sealUnlock,
  sheetSecret,
  signKeyPair,
  signStatement,
  unlockSigner,
  PERSON_CARD,
  ROSTER,
  SIGN_IN,
  statementHash,
  UNLOCK_RECORD,
  UNLOCK_SET,
  type Envelope,
  type Person,
  type RosterMember,
  type SignKeyPair,
  type UnlockMethod,
  type UnlockSecret,
} from "@rugdekking/seal";
import { createServer } from "#apps/server/create-server.ts";
import type { Challenge, DeskKeys, DeskView, Rotation } from "#services/directory/contract/index.ts";
import { testAdmission, testDevice } from "#services/admission/server/testing.ts";
import { admissionMigrations } from "#services/admission/store/index.ts";
import {
  directoryMigrations,
  mailAddressesOf,
  memberDesks,
  readDesk,
  readPersonKey,
  registerGuest,
  verifiedGuest,
  saveOrganisations,
  sweepDirectory,
} from "#services/directory/store/index.ts";
import { migrations as ledgerMigrations, openSequencer, type Sequencer } from "#services/ledger/store/index.ts";
import { inTransaction, storageMigrations } from "#services/storage/index.ts";
import { openTestDatabase, type TestDatabase } from "#services/storage/testing.ts";
import { v7 as uuidv7 } from "uuid";
import { idleMinutes } from "./caller.ts";
import { directoryRoutes } from "./index.ts";

const origin = "https://demonstratie.example.nl";
let test: TestDatabase;
let sequencer: Sequencer;
let server: FastifyInstance;
let base: string;
let registrar: SignKeyPair;
/** Moves the server's clock, in milliseconds. */
let shift = 0;

beforeAll(async () => {
  test = await openTestDatabase([...ledgerMigrations, ...directoryMigrations, ...storageMigrations, ...admissionMigrations]);
  const { signerKey } = await generateNoteKey("demonstratie.example.nl/ledger");
  sequencer = await openSequencer(test.db, { signerKey });
  registrar = await signKeyPair(randomBytes(32));
  await saveOrganisations(test.db, [
    { id: "gm9901", name: "Demostad aan 't IJ", kind: "municipality", province: "pv26", demonstration: true },
    { id: "gm9902", name: "Nieuw-Demostad", kind: "municipality", province: "pv26", demonstration: true },
    { id: "demo-ccv", name: "Demonstratie CCV", kind: "crime-prevention-centre", province: null, demonstration: true },
  ]);
  const anchor = { log: sequencer.verifierKey, registrar: registrar.publicKey, demonstration: true };
  const admission = testAdmission(test.db);
  server = await createServer({
    origin,
    webRoot: "/nonexistent",
    plugins: [
      admission.routes,
      directoryRoutes({ db: test.db, sequencer, origin, anchor, admission, decoySecret: randomBytes(32), clock: () => new Date(Date.now() + shift) }),
    ],
  });
  base = await server.listen({ host: "127.0.0.1", port: 0 });
});
afterAll(async () => {
  await server.close();
  await sequencer.stop();
  await test.close();
});
beforeEach(() => {
  shift = 0;
});

interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
  readonly cookie: string | null;
  readonly setCookie: string;
  readonly cleared: string | null;
}

/** Earns the token that whoever is not signed in needs. */
const letIn = testDevice(() => base);

async function call(method: string, path: string, body?: unknown, cookie?: string): Promise<Answer> {
  const headers: Record<string, string> = { "X-Rugdekking": "1" };
  if (method === "POST" && path === "/api/v1/persons") Object.assign(headers, await letIn({ purpose: "account", use: JSON.stringify(body) }));
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (cookie !== undefined) headers["Cookie"] = `__Host-session=${cookie}`;
  const answer = await fetch(`${base}${path}`, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  const text = await answer.text();
  const setCookie = answer.headers.get("set-cookie") ?? "";
  return {
    status: answer.status,
    body: text === "" ? {} : JSON.parse(text),
    cookie: /^__Host-session=([A-Za-z0-9_-]{43});/.exec(setCookie)?.[1] ?? null,
    setCookie,
    cleared: answer.headers.get("clear-site-data"),
  };
}

interface Account {
  readonly person: Person;
  readonly handle: string;
  readonly secret: UnlockSecret;
  readonly unlocks: UnlockMethod[];
}

let count = 0;
async function account(handle = `demo${(count += 1)}@example.nl`, mail: string | null = null): Promise<{ account: Account; answer: Answer }> {
  const secrets = await newPerson();
  const secret = await sheetSecret(generateSheetCode());
  const unlocks = [
    await sealUnlock("recovery-sheet", "Blad van Demo", {}, secret, secrets),
    await sealUnlock("recovery-sheet", "Tweede blad", {}, await sheetSecret(generateSheetCode()), secrets),
  ];
  const answer = await call("POST", "/api/v1/persons", { card: secrets.card, handle, mail, unlocks });
  return { account: { person: await openPerson(secrets, secrets.card), handle, secret, unlocks }, answer };
}

const challengeFor = async (handle: string | null): Promise<Challenge> =>
  (await call("POST", "/api/v1/sign-in/challenges", { handle })).body as unknown as Challenge;

async function signInBody(who: Account, challenge: Challenge, change: Record<string, unknown> = {}): Promise<object> {
  const signer = await unlockSigner(who.secret);
  const statement = await signStatement(
    SIGN_IN,
    { challenge: challenge.challenge, audience: origin, person: null, key: signer.keyId, at: new Date().toISOString(), ...change },
    signer,
  );
  return { challenge: challenge.challenge, unlock: who.unlocks[0]?.id, statement, device: "Demo-telefoon" };
}

async function signIn(who: Account): Promise<string> {
  const answer = await call("POST", "/api/v1/sign-in", await signInBody(who, await challengeFor(who.handle)));
  expect(answer.status).toBe(201);
  if (answer.cookie === null) throw new Error("no cookie");
  return answer.cookie;
}

const codeOf = (answer: Answer): unknown => [answer.status, answer.body["code"]];

describe("sign-in by signed challenge", () => {
  it("registers, signs in, opens the bundle, and the card is in the log", async () => {
    const { account: who, answer } = await account();
    expect(answer).toMatchObject({ status: 201, body: { person: who.person.person } });
    const signed = await call("POST", "/api/v1/sign-in", await signInBody(who, await challengeFor(who.handle)));
    expect(signed).toMatchObject({ status: 201, body: { person: who.person.person, desks: [] } });
    expect(signed.setCookie).toMatch(/; Path=\/; HttpOnly; Secure; SameSite=Strict$/);
    const unlock = signed.body["unlock"] as UnlockMethod;
    expect((await openPerson(await openUnlock(unlock, who.secret), signed.body["card"] as Envelope)).person).toBe(who.person.person);
    const { rows } = await sql<{
      n: number;
    }>`SELECT count(*) AS n FROM ledger_leaf l JOIN person p ON p.card_hash = l.hash WHERE p.person = ${who.person.person} AND l.what = 'person-card'`.execute(
      test.db,
    );
    expect(rows[0]?.n).toBe(1);
    expect(await call("GET", "/api/v1/session", undefined, signed.cookie ?? "")).toMatchObject({
      status: 200,
      body: { unlock: null, person: who.person.person },
    });
  });

  it("keeps only the hash of a session token and of a challenge: the token is nowhere in the database", async () => {
    const { account: who } = await account();
    const challenge = await challengeFor(who.handle);
    const cookie = await signIn(who);
    const dump = await wholeDatabase();
    expect(dump).toContain(who.handle);
    expect(dump).not.toContain(cookie);
    expect(dump).not.toContain(challenge.challenge);
  });

  it("refuses a challenge a second time", async () => {
    const { account: who } = await account();
    const body = await signInBody(who, await challengeFor(who.handle));
    expect((await call("POST", "/api/v1/sign-in", body)).status).toBe(201);
    expect(codeOf(await call("POST", "/api/v1/sign-in", body))).toEqual([401, "challenge-unknown"]);
  });

  it("gives one challenge to one of twenty rivals only", async () => {
    const { account: who } = await account();
    const body = await signInBody(who, await challengeFor(who.handle));
    const answers = await Promise.all(Array.from({ length: 20 }, () => call("POST", "/api/v1/sign-in", body)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  });

  it("refuses a challenge after two minutes", async () => {
    const { account: who } = await account();
    const body = await signInBody(who, await challengeFor(who.handle));
    shift = 121_000;
    expect(codeOf(await call("POST", "/api/v1/sign-in", body))).toEqual([401, "challenge-unknown"]);
  });

  it.each([
    ["another site", { audience: "https://nep.example.nl" }, "statement-mismatch"],
    ["another challenge", { challenge: "A".repeat(43) }, "statement-mismatch"],
    ["another person", { person: "018f0000-0000-7000-8000-000000000000" }, "statement-mismatch"],
    ["another key", { key: "A".repeat(43) }, "statement-mismatch"],
    ["something else", { extra: true }, "statement-mismatch"],
  ])("refuses a statement made for %s", async (_, change, code) => {
    const { account: who } = await account();
    expect(codeOf(await call("POST", "/api/v1/sign-in", await signInBody(who, await challengeFor(who.handle), change)))).toEqual([422, code]);
  });

  it("refuses someone else's secret, an altered signature, and a challenge of another name", async () => {
    const [{ account: one }, { account: two }] = [await account(), await account()];
    const stolen = await signInBody({ ...one, secret: two.secret }, await challengeFor(one.handle));
    expect(codeOf(await call("POST", "/api/v1/sign-in", stolen))).toEqual([422, "signature-invalid"]);
    expect(codeOf(await call("POST", "/api/v1/sign-in", await signInBody(two, await challengeFor(one.handle))))).toEqual([422, "signature-invalid"]);
    const body = (await signInBody(one, await challengeFor(one.handle))) as { statement: Envelope };
    const forged = {
      ...body,
      statement: {
        ...body.statement,
        signatures: body.statement.signatures.map((each) => ({ ...each, sig: `${each.sig.startsWith("A") ? "B" : "A"}${each.sig.slice(1)}` })),
      },
    };
    expect(codeOf(await call("POST", "/api/v1/sign-in", forged))).toEqual([422, "signature-invalid"]);
  });

  it("offers an unknown name the same, in shape, as a known one; always the same for that name; and refuses it like a wrong secret", async () => {
    const secrets = await newPerson();
    const passphrase = await sealUnlock(
      "passphrase",
      "Mijn geheim van thuis",
      { salt: randomBytes(16).toString("base64url"), memoryKiB: 65536, passes: 3, lanes: 1 },
      randomBytes(32),
      secrets,
    );
    const sheet = await sealUnlock("recovery-sheet", "Blad in de kluis", {}, randomBytes(32), secrets);
    await call("POST", "/api/v1/persons", { card: secrets.card, handle: "bekend@example.nl", mail: null, unlocks: [passphrase, sheet] });
    const [known, unknown, again] = [
      await challengeFor("bekend@example.nl"),
      await challengeFor("onbekend@example.nl"),
      await challengeFor("onbekend@example.nl"),
    ];
    const shape = (value: unknown): unknown =>
      Array.isArray(value)
        ? value.map(shape)
        : typeof value === "object" && value !== null
          ? Object.entries(value).map(([key, inner]) => [key, shape(inner)])
          : typeof value === "string" && /^[0-9a-f-]{36}$/.test(value)
            ? `uuid ${value.charAt(14)}`
            : typeof value === "string" && !/^(?:passphrase|recovery-sheet|Wachtzin|Herstelblad)$/.test(value)
              ? value.length
              : value;
    expect(shape(unknown)).toEqual(shape(known));
    expect(again.unlocks).toEqual(unknown.unlocks);
    expect(JSON.stringify(known)).not.toContain("kluis");
    const signer = await signKeyPair(randomBytes(32));
    const body = async (challenge: Challenge): Promise<object> => ({
      challenge: challenge.challenge,
      unlock: challenge.unlocks[0]?.id,
      device: "x",
      statement: await signStatement(
        SIGN_IN,
        { challenge: challenge.challenge, audience: origin, person: null, key: signer.keyId, at: new Date().toISOString() },
        signer,
      ),
    });
    const [refusedKnown, refusedUnknown] = [
      await call("POST", "/api/v1/sign-in", await body(known)),
      await call("POST", "/api/v1/sign-in", await body(unknown)),
    ];
    expect(refusedUnknown).toEqual(refusedKnown);
    expect(codeOf(refusedUnknown)).toEqual([422, "signature-invalid"]);
  });

  it("lets a guest back in with the receipt code, and nobody whose code has no dossier", async () => {
    const guest = await guestFromReceipt(generateReceiptCode());
    const enter = async (): Promise<Answer> => {
      const { challenge } = await challengeFor(null);
      const statement = await signStatement(
        SIGN_IN,
        { challenge, audience: origin, person: guest.person, key: guest.sign.keyId, at: new Date().toISOString() },
        guest.sign,
      );
      return call("POST", "/api/v1/sign-in", { challenge, unlock: null, statement, device: "Demo" });
    };
    expect(codeOf(await enter())).toEqual([404, "receipt-unknown"]);
    await inTransaction(test.db, async (trx) => await registerGuest(trx, await verifiedGuest(guest.card)));
    await inTransaction(test.db, async (trx) => await registerGuest(trx, await verifiedGuest(guest.card)));
    const entered = await enter();
    expect(entered).toMatchObject({ status: 201, body: { person: guest.person, unlock: null, desks: [] } });
    expect(codeOf(await call("GET", "/api/v1/unlocks", undefined, entered.cookie ?? ""))).toEqual([403, "role-forbidden"]);
  });

  it("takes a handle once, and the same registration twice", async () => {
    const { account: who, answer } = await account("eenmalig@example.nl");
    expect(answer.status).toBe(201);
    expect(codeOf((await account("eenmalig@example.nl")).answer)).toEqual([409, "handle-taken"]);
    const repeated = { card: who.person.card, handle: who.handle, mail: null, unlocks: who.unlocks };
    expect((await call("POST", "/api/v1/persons", repeated)).status).toBe(201);
    expect(codeOf(await call("POST", "/api/v1/persons", { ...repeated, handle: "ander@example.nl" }))).toEqual([409, "already-there"]);
    const rivals = await Promise.all(Array.from({ length: 6 }, () => account("gewild@example.nl")));
    expect(rivals.filter(({ answer: { status } }) => status === 201)).toHaveLength(1);
  });

  it("refuses a registration with a forged card, one unlock method, or the same method twice", async () => {
    const { account: who } = await account();
    const other = await signKeyPair(randomBytes(32));
    const forged = await signStatement(
      PERSON_CARD,
      {
        person: uuidv7(),
        version: 1,
        kind: "person",
        sealPublicKey: who.person.seal.publicKey,
        signPublicKey: who.person.sign.publicKey,
        previous: null,
        at: new Date().toISOString(),
      },
      other,
    );
    const body = { card: forged, handle: "vervalst@example.nl", mail: null, unlocks: who.unlocks };
    expect(codeOf(await call("POST", "/api/v1/persons", body))).toEqual([422, "signature-invalid"]);
    expect(codeOf(await call("POST", "/api/v1/persons", { ...body, unlocks: who.unlocks.slice(1) }))).toEqual([400, "input-malformed"]);
    const fresh = await newPerson();
    const one = await sealUnlock("recovery-sheet", "a", {}, randomBytes(32), fresh);
    expect(codeOf(await call("POST", "/api/v1/persons", { ...body, card: fresh.card, unlocks: [one, one] }))).toEqual([400, "input-malformed"]);
  });
});

describe("sessions and devices", () => {
  it("ends when idle and at the absolute end, and says so", async () => {
    const { account: who } = await account();
    const cookie = await signIn(who);
    shift = (idleMinutes - 1) * 60_000;
    expect((await call("GET", "/api/v1/session", undefined, cookie)).status).toBe(200);
    shift = (2 * idleMinutes - 2) * 60_000;
    expect((await call("GET", "/api/v1/session", undefined, cookie)).status).toBe(200);
    shift = (3 * idleMinutes + 1) * 60_000;
    expect(codeOf(await call("GET", "/api/v1/session", undefined, cookie))).toEqual([401, "session-expired"]);
    shift = 0;
    const used = await signIn(who);
    for (let hours = 0.4; hours < 12; hours += 0.4) {
      shift = hours * 3_600_000;
      expect((await call("GET", "/api/v1/session", undefined, used)).status).toBe(200);
    }
    shift = 12 * 3_600_000 + 1000;
    expect(codeOf(await call("GET", "/api/v1/session", undefined, used))).toEqual([401, "session-expired"]);
    expect(codeOf(await call("GET", "/api/v1/session"))).toEqual([401, "session-missing"]);
  });

  it("lists devices, signs one out, signs out everywhere; a device id is no token", async () => {
    const { account: who } = await account();
    const [first, second, third] = [await signIn(who), await signIn(who), await signIn(who)];
    const { devices } = (await call("GET", "/api/v1/devices", undefined, first)).body as { devices: { id: string; current: boolean }[] };
    expect(devices).toHaveLength(3);
    const mine = devices.find(({ current }) => current);
    const other = devices.find(({ current }) => !current);
    expect((await call("GET", "/api/v1/session", undefined, mine?.id ?? "")).status).toBe(401);
    const { account: stranger } = await account();
    const foreign = await signIn(stranger);
    expect(codeOf(await call("DELETE", `/api/v1/devices/${other?.id}`, undefined, foreign))).toEqual([404, "not-found"]);
    expect((await call("DELETE", `/api/v1/devices/${other?.id}`, undefined, first)).status).toBe(204);
    const gone = await call("DELETE", "/api/v1/sessions", undefined, first);
    expect(gone.status).toBe(204);
    expect(gone.setCookie).toMatch(/^__Host-session=;/);
    // What was fetched goes; what a device keeps for its person (visits and drafts not sent, pinned keys) and cookies of neighbours stay: [Note: Clear-Site-Data].
    expect(gone.cleared).toBe('"cache", "prefetchCache", "prerenderCache"');
    for (const cookie of [first, second, third]) expect(codeOf(await call("GET", "/api/v1/session", undefined, cookie))).toEqual([401, "session-expired"]);
    expect((await call("GET", "/api/v1/session", undefined, foreign)).status).toBe(200);
    expect((await call("DELETE", "/api/v1/session", undefined, foreign)).status).toBe(204);
    expect((await call("GET", "/api/v1/session", undefined, foreign)).status).toBe(401);
  });

  it("a new sign-in ends the session the request came with", async () => {
    const { account: who } = await account();
    const old = await signIn(who);
    expect((await call("POST", "/api/v1/sign-in", await signInBody(who, await challengeFor(who.handle)), old)).status).toBe(201);
    expect((await call("GET", "/api/v1/session", undefined, old)).status).toBe(401);
  });

  it("keeps at least two unlock methods; of two changes at once one holds and the other is told", async () => {
    const { account: who } = await account();
    const cookie = await signIn(who);
    const [first, second] = who.unlocks;
    if (first === undefined || second === undefined) throw new Error("no unlock methods");
    expect(codeOf(await putUnlocks(cookie, await setOf(who, cookie, [second])))).toEqual([409, "requirement-missing"]);
    expect(codeOf(await putUnlocks(cookie, await setOf(who, cookie, [second, second])))).toEqual([400, "input-malformed"]);
    const third = await sealUnlock("recovery-sheet", "Derde", {}, randomBytes(32), await openUnlockOf(who));
    expect((await putUnlocks(cookie, await setOf(who, cookie, [first, second, third]))).status).toBe(204);
    const [left, right] = await Promise.all([setOf(who, cookie, [second, third]), setOf(who, cookie, [first, third])]);
    const answers = await Promise.all([putUnlocks(cookie, left), putUnlocks(cookie, right)]);
    expect(answers.toSorted((a, b) => a.status - b.status).map(codeOf)).toEqual([
      [204, undefined],
      [401, "challenge-unknown"],
    ]);
    expect(await labels(cookie)).toEqual([answers[0]?.status === 204 ? "Tweede blad" : "Blad van Demo", "Derde"]);
  });

  it("changes no unlock method for a thief of the session: the person's own key signs the whole set and a challenge that is used once", async () => {
    const [{ account: who }, { account: thief }] = [await account(), await account()];
    const [cookie, other] = [await signIn(who), await signIn(thief)];
    const [first, second] = who.unlocks;
    if (first === undefined || second === undefined) throw new Error("no unlock methods");
    const before = await labels(cookie);
    // All the thief has is the cookie: a method of their own, and any key but the right one.
    const slipped = await sealUnlock("recovery-sheet", "Van de dief", {}, randomBytes(32), await openUnlockOf(thief));
    const wanted = [first, second, slipped];
    const forged = await setOf(who, cookie, wanted, {}, thief.person.sign);
    expect(codeOf(await putUnlocks(cookie, forged))).toEqual([422, "signature-invalid"]);
    expect(codeOf(await call("PUT", `/api/v1/unlocks/${slipped.id}`, slipped, cookie))).toEqual([404, "not-found"]);
    expect(codeOf(await call("DELETE", `/api/v1/unlocks/${first.id}`, undefined, cookie))).toEqual([404, "not-found"]);
    // What the person once signed says all there was to say: it cannot be bent, sent again, sent elsewhere or sent later.
    const signed = await setOf(who, cookie, [first, second]);
    const bent = { ...signed, payload: Buffer.from(Buffer.from(signed.payload, "base64url").toString().replace("Tweede", "Derde_")).toString("base64url") };
    expect(codeOf(await putUnlocks(cookie, bent))).toEqual([422, "signature-invalid"]);
    // A record of something else, or of nothing, changes nothing: the person must find every change again.
    const elsewhere = await setOf(who, cookie, [first, second]);
    expect(codeOf(await putUnlocks(cookie, await setOf(who, cookie, [second, first]), recordOf.get(elsewhere)))).toEqual([422, "statement-mismatch"]);
    expect(codeOf(await putUnlocks(cookie, await setOf(who, cookie, [first, second]), elsewhere))).toEqual([400, "input-malformed"]);
    expect((await putUnlocks(cookie, signed)).status).toBe(204);
    expect(codeOf(await putUnlocks(cookie, signed))).toEqual([401, "challenge-unknown"]);
    expect(codeOf(await putUnlocks(cookie, await setOf(who, cookie, [first, second], { audience: "https://elders.example.nl" })))).toEqual([
      422,
      "statement-mismatch",
    ]);
    expect(codeOf(await putUnlocks(cookie, await setOf(who, cookie, [first, second], { person: thief.person.person })))).toEqual([422, "statement-mismatch"]);
    const others = await call("POST", "/api/v1/unlocks/challenges", {}, other);
    expect(codeOf(await putUnlocks(cookie, await setOf(who, cookie, [first, second], { challenge: others.body["challenge"] })))).toEqual([
      401,
      "challenge-unknown",
    ]);
    const late = await setOf(who, cookie, [first, second]);
    shift = 3 * 60_000;
    expect(codeOf(await putUnlocks(cookie, late))).toEqual([401, "challenge-unknown"]);
    expect(await labels(cookie)).toEqual(before);
  });

  it("forgets what is over", async () => {
    const { account: who } = await account();
    await signIn(who);
    const far = new Date(Date.now() + 86_400_000);
    await sweepDirectory(test.db, far, far);
    const { rows } = await sql<{ n: number }>`SELECT (SELECT count(*) FROM person_session) + (SELECT count(*) FROM sign_in_challenge) AS n`.execute(test.db);
    expect(rows[0]?.n).toBe(0);
  });
});

const setOf = async (
  who: Account,
  cookie: string,
  unlocks: readonly UnlockMethod[],
  change: Record<string, unknown> = {},
  key: SignKeyPair = who.person.sign,
): Promise<Envelope> => {
  const { challenge } = (await call("POST", "/api/v1/unlocks/challenges", {}, cookie)).body;
  const statement = await signStatement(
    UNLOCK_SET,
    { challenge, audience: origin, person: who.person.person, unlocks, at: new Date().toISOString(), ...change },
    key,
  );
  const { records } = (await call("GET", "/api/v1/unlocks/records", undefined, cookie)).body as { records: { statement: Envelope }[] };
  const newest = records.at(-1);
  const record = {
    person: who.person.person,
    seq: records.length + 1,
    previous: newest === undefined ? null : await statementHash(newest.statement),
    unlocks: unlocks.map(({ id, kind, label, signPublicKey }) => ({ id, kind, label, key: signPublicKey })),
    recovery: null,
    at: new Date().toISOString(),
  };
  recordOf.set(statement, await signStatement(UNLOCK_RECORD, record, who.person.sign));
  return statement;
};
/** The record that goes with a set; a set that was bent goes with none, and is refused before anyone looks at it. */
const recordOf = new WeakMap<Envelope, Envelope>();
const putUnlocks = async (cookie: string, statement: Envelope, record = recordOf.get(statement) ?? statement): Promise<Answer> =>
  call("PUT", "/api/v1/unlocks", { statement, record }, cookie);
const labels = async (cookie: string): Promise<string[]> =>
  ((await call("GET", "/api/v1/unlocks", undefined, cookie)).body["unlocks"] as UnlockMethod[]).map(({ label }) => label);
const openUnlockOf = async (who: Account) => openUnlock(who.unlocks[0] ?? (await Promise.reject(new Error("none"))), who.secret);

describe("organisations and desks", () => {
  const member = (who: Account, lead = false): RosterMember => ({
    person: who.person.person,
    name: "Demo",
    office: "griffier",
    lead,
    sealPublicKey: who.person.seal.publicKey,
    signPublicKey: who.person.sign.publicKey,
  });
  const found = (members: RosterMember[], by = registrar, organisation = "gm9901") =>
    newDesk({ desk: uuidv7(), organisation, name: "Veiligheidsdesk Demostad", function: "safety-desk", members, registrar: by });

  interface Desk {
    readonly lead: Account;
    readonly member: Account;
    readonly id: string;
    readonly cookie: string;
    next(changes: { add?: RosterMember[]; remove?: string[] }, by?: Account): Promise<Rotation>;
  }
  async function desk(): Promise<Desk> {
    const [{ account: lead }, { account: other }] = [await account(undefined, `lead${count}@example.nl`), await account()];
    const { rotation } = await found([member(lead, true), member(other)]);
    const made = await call("POST", "/api/v1/desks", rotation);
    expect(made.status).toBe(201);
    const view = made.body as unknown as DeskView;
    const cookie = await signIn(lead);
    return {
      lead,
      member: other,
      id: view.id,
      cookie,
      next: async (changes, by = lead) => {
        const rosters = ((await call("GET", `/api/v1/desks/${view.id}`)).body as unknown as DeskView).rosters;
        const keys = (await call("GET", `/api/v1/desks/${view.id}/keys`, undefined, cookie)).body as unknown as DeskKeys;
        return (
          await nextEpoch({ rosters, registrarPublicKey: registrar.publicKey, epochSeed: await openEpochSeed(keys, lead.person), changes, by: by.person })
        ).rotation;
      },
    };
  }

  it("finds organisations by name without accents and signs, at most as many as asked", async () => {
    const names = async (query: string): Promise<unknown> =>
      ((await call("GET", `/api/v1/organisations?${query}`)).body["organisations"] as { id: string }[]).map(({ id }) => id);
    expect(await names("query=demostad")).toEqual(["gm9901", "gm9902"]);
    expect(await names("query=ij%20demo")).toEqual(["gm9901"]);
    expect(await names("query=%25")).toEqual(await names("query="));
    expect(await names("kind=crime-prevention-centre")).toEqual(["demo-ccv"]);
    expect(await names("limit=1")).toHaveLength(1);
    expect(codeOf(await call("GET", "/api/v1/organisations?kind=castle"))).toEqual([400, "input-malformed"]);
    expect((await call("GET", "/api/v1/organisations/gm9901")).body).toMatchObject({ demonstration: true });
    expect(codeOf(await call("GET", "/api/v1/organisations/gm0001"))).toEqual([404, "not-found"]);
    expect(codeOf(await call("GET", "/api/v1/desks"))).toEqual([400, "input-malformed"]);
  });

  it("makes a desk from a roster the registrar signed, and only from that; the roster is in the log", async () => {
    const { account: who } = await account();
    const good = await found([member(who, true)]);
    expect((await call("POST", "/api/v1/desks", good.rotation)).status).toBe(201);
    expect((await call("POST", "/api/v1/desks", good.rotation)).status).toBe(201);
    const { rows } = await sql<{ n: number }>`SELECT count(*) AS n FROM ledger_leaf l JOIN desk_roster r ON r.hash = l.hash WHERE l.what = 'roster'`.execute(
      test.db,
    );
    expect(rows[0]?.n).toBeGreaterThan(0);
    const bystander = await signKeyPair(randomBytes(32));
    expect(codeOf(await call("POST", "/api/v1/desks", (await found([member(who, true)], bystander)).rotation))).toEqual([422, "signature-invalid"]);
    expect(codeOf(await call("POST", "/api/v1/desks", (await found([member(who, true)], registrar, "gm0000")).rotation))).toEqual([404, "not-found"]);
    const stranger = { ...member(who, true), person: uuidv7() };
    expect(codeOf(await call("POST", "/api/v1/desks", (await found([stranger])).rotation))).toEqual([409, "roster-mismatch"]);
    const { account: second } = await account();
    const swapped = { ...member(who, true), sealPublicKey: second.person.seal.publicKey };
    expect(codeOf(await call("POST", "/api/v1/desks", (await found([swapped])).rotation))).toEqual([409, "roster-mismatch"]);
  });

  it("hands keys to members only, and tells the dossier what it asks", async () => {
    const made = await desk();
    expect((await call("GET", `/api/v1/desks/${made.id}/keys`, undefined, made.cookie)).body).toMatchObject({ desk: made.id, epoch: 1, bridges: [] });
    const { account: stranger } = await account();
    expect(codeOf(await call("GET", `/api/v1/desks/${made.id}/keys`, undefined, await signIn(stranger)))).toEqual([403, "role-forbidden"]);
    expect(codeOf(await call("GET", `/api/v1/desks/${made.id}/keys`))).toEqual([401, "session-missing"]);
    expect(await readDesk(test.db, made.id)).toMatchObject({ organisation: "gm9901", function: "safety-desk", epoch: 1 });
    expect(await memberDesks(test.db, made.lead.person.person, [made.id])).toEqual(new Set([made.id]));
    expect(await readPersonKey(test.db, made.lead.person.person)).toMatchObject({ signPublicKey: made.lead.person.sign.publicKey });
    expect(await mailAddressesOf(test.db, { desk: made.id }, "2026-11-26")).toHaveLength(1);
  });

  it("rotates by a lead: the one who left loses the door, the history stays by the bridge", async () => {
    const made = await desk();
    const left = await signIn(made.member);
    const rotation = await made.next({ remove: [made.member.person.person] });
    expect(await call("POST", `/api/v1/desks/${made.id}/epochs`, rotation, made.cookie)).toMatchObject({ status: 201, body: { epoch: 2 } });
    const keys = (await call("GET", `/api/v1/desks/${made.id}/keys`, undefined, made.cookie)).body as unknown as DeskKeys;
    expect([keys.epoch, keys.bridges.map(({ epoch }) => epoch)]).toEqual([2, [1]]);
    expect(codeOf(await call("GET", `/api/v1/desks/${made.id}/keys`, undefined, left))).toEqual([403, "role-forbidden"]);
    expect(codeOf(await call("POST", `/api/v1/desks/${made.id}/epochs`, rotation, made.cookie))).toEqual([409, "epoch-stale"]);
  });

  it("refuses a rotation whose wrapped keys are not exactly those of the roster", async () => {
    const made = await desk();
    const rotation = await made.next({});
    const post = (changed: Rotation): Promise<Answer> => call("POST", `/api/v1/desks/${made.id}/epochs`, changed, made.cookie);
    expect(codeOf(await post({ ...rotation, sealed: rotation.sealed.slice(1) }))).toEqual([409, "roster-mismatch"]);
    const [first] = rotation.sealed;
    if (first === undefined) throw new Error("none");
    expect(codeOf(await post({ ...rotation, sealed: [...rotation.sealed, first] }))).toEqual([409, "roster-mismatch"]);
    expect(codeOf(await post({ ...rotation, sealed: [...rotation.sealed, { ...first, person: uuidv7() }] }))).toEqual([409, "roster-mismatch"]);
    expect(codeOf(await post({ ...rotation, sealed: [first, { ...first, person: uuidv7() }] }))).toEqual([409, "roster-mismatch"]);
    expect(codeOf(await post({ ...rotation, bridge: null }))).toEqual([400, "input-malformed"]);
    expect((await post(rotation)).status).toBe(201);
  });

  it("refuses a rotation by a member who does not lead, by a stranger, and one that a lead did not sign", async () => {
    const made = await desk();
    const rotation = await made.next({});
    const path = `/api/v1/desks/${made.id}/epochs`;
    expect(codeOf(await call("POST", path, rotation, await signIn(made.member)))).toEqual([403, "role-forbidden"]);
    const { account: stranger } = await account();
    expect(codeOf(await call("POST", path, rotation, await signIn(stranger)))).toEqual([403, "role-forbidden"]);
    expect(codeOf(await call("POST", path, rotation))).toEqual([401, "session-missing"]);
    const roster = JSON.parse(Buffer.from(rotation.roster.payload, "base64url").toString("utf8")) as object;
    const resigned = async (change: object, by: SignKeyPair): Promise<Rotation> => ({
      ...rotation,
      roster: await signStatement(ROSTER, { ...roster, ...change }, by),
    });
    expect(codeOf(await call("POST", path, await resigned({}, stranger.person.sign), made.cookie))).toEqual([422, "signature-invalid"]);
    expect(codeOf(await call("POST", path, await resigned({ by: made.member.person.person }, made.member.person.sign), made.cookie))).toEqual([
      422,
      "statement-mismatch",
    ]);
    expect(codeOf(await call("POST", path, await resigned({ function: "police" }, made.lead.person.sign), made.cookie))).toEqual([422, "signature-invalid"]);
    expect(codeOf(await call("POST", path, await resigned({ previous: "A".repeat(43) }, made.lead.person.sign), made.cookie))).toEqual([
      422,
      "signature-invalid",
    ]);
    expect(codeOf(await call("POST", path, await resigned({ epoch: 3 }, made.lead.person.sign), made.cookie))).toEqual([409, "epoch-stale"]);
    expect(codeOf(await call("POST", path, await resigned({ epoch: 1 }, made.lead.person.sign), made.cookie))).toEqual([409, "epoch-stale"]);
  });

  it("refuses a roster whose stated time is not about now: from then on who left signs no more, and who came does", async () => {
    const made = await desk();
    const rotation = await made.next({});
    const roster = JSON.parse(Buffer.from(rotation.roster.payload, "base64url").toString("utf8")) as object;
    const stating = async (minutes: number): Promise<Answer> => {
      const at = new Date(Date.now() + shift + minutes * 60_000).toISOString();
      const changed = { ...rotation, roster: await signStatement(ROSTER, { ...roster, at }, made.lead.person.sign) };
      return call("POST", `/api/v1/desks/${made.id}/epochs`, changed, made.cookie);
    };
    expect(codeOf(await stating(-3))).toEqual([422, "clock-off"]);
    expect(codeOf(await stating(4))).toEqual([422, "clock-off"]);
    expect((await stating(1)).status).toBe(201);
  });

  it("lets one of two rotations at once through", async () => {
    const made = await desk();
    const rotations = [await made.next({}), await made.next({})];
    const answers = await Promise.all(rotations.map((rotation) => call("POST", `/api/v1/desks/${made.id}/epochs`, rotation, made.cookie)));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409]);
    expect((await call("GET", `/api/v1/desks/${made.id}`)).body).toMatchObject({ epoch: 2 });
  });

  it("invites: a lead makes the token, one person accepts, a rotation settles it", async () => {
    const made = await desk();
    const path = `/api/v1/desks/${made.id}/invitations`;
    expect(codeOf(await call("POST", path, { name: "Demo Nieuw", office: "adviseur" }, await signIn(made.member)))).toEqual([403, "role-forbidden"]);
    const token = String((await call("POST", path, { name: "Demo Nieuw", office: "adviseur" }, made.cookie)).body["token"]);
    expect(await wholeDatabase()).not.toContain(token);
    expect((await call("POST", "/api/v1/invitations/look-ups", { token })).body).toMatchObject({ name: "Demo Nieuw", desk: { id: made.id } });
    // In an address it would stand in the log of every proxy on the way.
    expect((await call("GET", `/api/v1/invitations/${token}`)).status).toBe(404);
    const [{ account: invited }, { account: late }] = [await account(), await account()];
    expect((await call("POST", "/api/v1/invitations/acceptances", { token }, await signIn(invited))).status).toBe(204);
    expect(codeOf(await call("POST", "/api/v1/invitations/acceptances", { token }, await signIn(late)))).toEqual([404, "invitation-unknown"]);
    expect((await call("GET", path, undefined, made.cookie)).body["invitations"]).toMatchObject([{ acceptedBy: invited.person.person }]);
    const rotation = await made.next({ add: [member(invited)] });
    expect((await call("POST", `/api/v1/desks/${made.id}/epochs`, rotation, made.cookie)).status).toBe(201);
    expect((await call("GET", path, undefined, made.cookie)).body["invitations"]).toEqual([]);
    expect((await call("GET", `/api/v1/desks/${made.id}/keys`, undefined, await signIn(invited))).status).toBe(200);
  });
});

/** Every row of every table as text. */
async function wholeDatabase(): Promise<string> {
  const tables = await sql<{ name: string }>`SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'`.execute(test.db);
  const texts: string[] = [];
  for (const { name } of tables.rows) {
    const { rows } = await sql<{ line: string }>`SELECT t::text AS line FROM ${sql.table(name)} t`.execute(test.db);
    texts.push(...rows.map(({ line }) => line));
  }
  expect(texts.length).toBeGreaterThan(0);
  return texts.join("\n");
}
