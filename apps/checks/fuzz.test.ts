/**
 * Design section 8, hostile input: requests made from the served API description, and lines no client would send, against a whole house.
 * Never a 5xx, never a stack trace, always a problem document, never a word of someone else; the server is healthy afterwards and no larger. The seed is fixed; RUGDEKKING_FUZZ_RUNS raises the count,
 * which at night comes to 50,000 requests and more.
 */
import { createHash } from "node:crypto";
import { request as httpRequest } from "node:http";
import { connect } from "node:net";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import Type, { type TSchema } from "typebox";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newUuid, signStatement } from "@rugdekking/seal";
import { RECOVERY_CONFIRMATION, RECOVERY_REFUSAL, RECOVERY_REQUEST, RECOVERY_SET, UNLOCK_SET } from "@rugdekking/seal/verify";
import { claimRecovery } from "#services/directory/client/index.ts";
import { Base64Url, Moment, Sha256, UnlockSetPayload, Uuid, type Envelope } from "#services/directory/contract/index.ts";
import { JOINING_REQUEST, JOINING_VERDICT, JoiningRequestPayload, JoiningVerdictPayload } from "#services/directory/contract/joining.ts";
import { ORGANISATION_LINK, OrganisationLinkPayload } from "#services/directory/contract/organisation-sign-in.ts";
import {
  ConsentPayload,
  ConsentWithdrawalPayload,
  DossierView,
  type EntryHeader,
  GrantPayload,
  statementTypes,
  type Submission,
} from "#services/dossier/contract/index.ts";
import { createDesk } from "#services/directory/client/index.ts";
import { sealedFactBytes } from "#services/figures/contract/delivery.ts";
import { sealedAnswerBytes } from "#services/monitor/contract/index.ts";
import { problems } from "#services/problem/index.ts";
import { fileReport } from "#services/reporting/client/index.ts";
import { sameActorStatements } from "#services/signalling/contract/same-actor.ts";
import { committed, fitting, odd, operationsOf, type Description, type Operation, type Schema, type Texts } from "./described.ts";
import { reportDraft, walkReport } from "./road.ts";
import { openStage, type TestStage } from "./stage.ts";

const runs = Number(process.env["RUGDEKKING_FUZZ_RUNS"] ?? 30);
const seed = 20261125;
/** Requests sent, and how many of them each status answered. */
const answered = new Map<number, number>();
/** Each operation of the description, with the statuses it answered itself: a word of the house that there is no such address is none of its own. */
const reached = new Map<string, Set<number>>();
const nothingThere = "See /api/openapi.json for what there is.";
/** Time for so many turns, on a machine that does other things as well. */
const patience = 60_000 + runs * 1000;

/** Those that end a session come last: everyone after them would knock as a stranger. */
const endsSession = ({ name }: Operation): boolean => /^DELETE \/sessions?$/.test(name);
const operations = operationsOf(committed).toSorted((a, b) => Number(endsSession(a)) - Number(endsSession(b)));

/** Spelled as a sealed key, and sealed by nobody. */
const share = `h1.${"A".repeat(1600)}`;
const RecoveryHolderShape = Type.Object(
  {
    place: Type.Integer(),
    person: Type.Union([Uuid, Type.Null()]),
    name: Type.String(),
    office: Type.String(),
    sealPublicKey: Base64Url,
    signPublicKey: Sha256,
    digest: Sha256,
  },
  { additionalProperties: false },
);
const RecoverySetShape = Type.Object(
  {
    recovery: Uuid,
    version: Type.Integer(),
    subject: Type.Object({ person: Uuid }, { additionalProperties: false }),
    threshold: Type.Integer(),
    delayHours: Type.Integer(),
    publicKey: Base64Url,
    half: Sha256,
    holders: Type.Array(RecoveryHolderShape, { minItems: 3, maxItems: 3 }),
    at: Moment,
    by: Uuid,
  },
  { additionalProperties: false },
);

let stage: TestStage;
/** Ids that exist, by the parameter that takes them, so that what is generated gets past the first door. */
const known: Record<string, string> = {};
let cookies: (string | null)[] = [];
/** Who knocks when nothing is said about the session: mostly a safety desk, which gets furthest. */
let mostly = 0;
/** What only someone else may ever see: their name to sign in with, mail address, device, session, and the id of their dossier. */
let planted: readonly string[] = [];
/** Memory of the house and this test together, in MB, once everything is warm. */
let warm = 0;
const collect = (): number => {
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
  return process.memoryUsage().heapUsed / 1_000_000;
};
const unforeseen: unknown[] = [];

beforeAll(async () => {
  stage = await openStage({ extras: { unforeseen: (what) => unforeseen.push(what) } });
  const { report } = await walkReport(stage.company, (field) => `demonstratie ${field}`);
  const ticket = await stage.company.holder.connection.request("POST", "/api/v1/uploads", {
    body: JSON.stringify({ dossier: report, item: report, size: 100 }),
    mediaType: "application/json",
  });
  const { upload, token } = (await ticket.json()) as { upload: string; token: string };
  const { holder, desks } = stage.company;
  const { dossier } = await fileReport(holder.connection, {
    as: { session: holder },
    trust: holder.trust,
    desk: desks.safety,
    report: reportDraft((field) => `demonstratie ${field}`),
    attachments: [],
  });
  Object.assign(known, {
    id: dossier,
    upload,
    desk: desks.safety,
    person: holder.person.person,
    seq: "1",
    item: report,
    token,
    organisation: "demo-gemeente",
    wave: "2026",
    quarter: "2026-q3",
  });
  const claim = await claimRecovery(stage.company.holder.connection, "houder@demostad.example.nl");
  Object.assign(known, { recovery: claim.recovery, attempt: claim.attempt });
  const { company, chain } = stage;
  const sessions = [company.holder, company.planner, company.expert, company.authority, company.employer, company.support, chain.police, chain.prosecution];
  cookies = [null, "x".repeat(43), ...sessions.map(({ connection }) => connection.cookie), company.safety.connection.cookie];
  mostly = cookies.length - 1;
  await plant();
}, 120_000 + patience);

/** Someone nobody else here has to do with: their request for help went to a support team, and to no one who knocks below. */
async function plant(): Promise<void> {
  const handle = "kanarie-gele-veer@demostad.example.nl";
  const enter = await stage.enrol(handle);
  const other = await stage.enrol("kanarie-tweede@demostad.example.nl");
  const [hidden, helper] = [await enter(), await other()];
  const desk = await createDesk(stage.connect().trust, {
    registrar: stage.registrar,
    organisation: "gm0344",
    name: "Demo andere veiligheidsdesk",
    function: "safety-desk",
    members: [{ person: helper.person.person, name: "Demo Derde", office: "demonstratie", lead: true }],
  });
  const { dossier } = await fileReport(hidden.connection, {
    as: { session: hidden },
    trust: hidden.trust,
    desk: desk.id,
    report: { ...reportDraft((field) => `demonstratie ${field}`), organisationName: "Demo" },
    attachments: [],
  });
  planted = ["kanarie", dossier, hidden.connection.cookie ?? "none", helper.connection.cookie ?? "none"];
}
afterAll(async () => await stage.close());

/** Statements that those signed below are none of. */
const moreTypes = [...Object.values(sameActorStatements), RECOVERY_CONFIRMATION, RECOVERY_REQUEST];
/** Keys in their whole length, statements of a type that is known, and what is sealed equally long for everyone: a pattern alone would hardly ever get past the first look at them. */
const whole: Texts = ({ pattern = "", maxLength = Infinity }) => {
  const fits = (): fc.Arbitrary<string> => fc.stringMatching(new RegExp(pattern)).map((text) => text.slice(0, maxLength));
  if (pattern.includes("{1622}")) return fits();
  if (pattern === "^[!-~]*$") return fc.oneof(fits(), fc.constantFrom(...signed.map(({ type }) => type), ...moreTypes));
  if (pattern === "^[A-Za-z0-9_-]*$")
    return fc.oneof(fits(), fc.constantFrom(...[sealedAnswerBytes, sealedFactBytes].map((bytes) => Buffer.alloc(bytes).toString("base64url"))));
  return null;
};

/** One change somewhere in a value: another value, a field gone, a field too many. */
function spoiled(value: unknown, where: readonly number[], by: unknown): unknown {
  const [turn = 0, ...rest] = where;
  if (Array.isArray(value) && value.length > 0 && rest.length > 0)
    return value.map((one, place) => (place === turn % value.length ? spoiled(one, rest, by) : one));
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    const names = Object.keys(value);
    if (turn % 11 === 9 || names.length === 0) return { ...value, extra: by };
    const name = names[turn % names.length] ?? "extra";
    const left = Object.entries(value).filter(([one]) => one !== name);
    if (turn % 11 === 10) return Object.fromEntries(left);
    const field: unknown = Object.getOwnPropertyDescriptor(value, name)?.value;
    return Object.fromEntries([...left, [name, rest.length > 0 ? spoiled(field, rest, by) : by]]);
  }
  return by;
}

const depth = 20_000;
/** How a value becomes bytes: mostly JSON, else cut off, doubled, deep, poisoned or not text at all. */
const written: fc.Arbitrary<(value: unknown) => Buffer> = fc.oneof(
  { weight: 8, arbitrary: fc.constant((value: unknown) => Buffer.from(JSON.stringify(value) ?? "")) },
  fc.nat(400).map((length) => (value: unknown) => Buffer.from((JSON.stringify(value) ?? "").slice(0, length))),
  fc.constantFrom(
    () => Buffer.from(`${"[".repeat(depth)}${"]".repeat(depth)}`),
    () => Buffer.from(`${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`),
    () => Buffer.from('{"__proto__":{"admin":true}}'),
    () => Buffer.from('{"constructor":{"prototype":{"admin":true}}}'),
    (value: unknown) => Buffer.from(`{"__proto__":{"kind":"person"},${(JSON.stringify(value) ?? "{}").slice(1)}`),
    () => Buffer.from([0, 0, 0, 0]),
    () => Buffer.from([0xff, 0xfe, 0x7b, 0x7d]),
    () => Buffer.from("\ufeff{}"),
    () => Buffer.from('{"a":1,"a":2}'),
    // The first field twice, and the whole twice.
    (value: unknown) => Buffer.from((JSON.stringify(value) ?? "{}").replace(/^\{("[^"]*"):/, "{$1:null,$1:")),
    (value: unknown) => Buffer.from(`${JSON.stringify(value)}${JSON.stringify(value)}`),
    () => Buffer.from(`{"a":"${"x".repeat(2_000_000)}"}`),
    () => Buffer.from("NaN"),
    () => Buffer.alloc(0),
  ),
);

const oddHeaders: fc.Arbitrary<Record<string, string>> = fc.oneof(
  { weight: 4, arbitrary: fc.constant({}) },
  fc.constantFrom<Record<string, string>>(
    { "content-type": "text/plain" },
    { "content-type": "application/xml" },
    { "content-type": "application/json; charset=utf-7" },
    { "content-type": "multipart/form-data; boundary=x" },
    { "content-type": ";;;" },
    { "content-encoding": "gzip" },
    { range: "bytes=99999999999999999999-" },
    { range: "bytes=0-1,5-6" },
    { "upload-offset": "-1" },
    { "upload-offset": "1e3" },
    { "upload-token": "x".repeat(4000) },
    { origin: "null" },
    { "x-rugdekking": "2" },
    { "if-none-match": "*" },
    { accept: "text/html" },
    { cookie: "__Host-session=%00; __Host-session=b; =; ;;" },
    { "x-forwarded-for": "'; --", host: "elsewhere.example" },
    { expect: "200-maybe" },
    { "transfer-encoding": "chunked" },
  ),
);

/** A contract type as the plain JSON Schema it is. */
const plain = (schema: TSchema): Schema => JSON.parse(JSON.stringify(schema)) as Schema;

/** Statements of the owner with odd contents under a good signature: what no check of the request's own shape stops. */
interface Signed {
  readonly name: string;
  readonly type: string;
  readonly schema: TSchema;
  /** Fields that must be true for anything deeper to be reached. */
  readonly own: (header: EntryHeader) => object;
  /** The request around it; `carrier` is an entry that is right. */
  readonly request: (statement: Envelope, carrier: Submission) => { readonly method: string; readonly path: string; readonly body: object };
}
const sealed = { dossier: `h1.${"A".repeat(1500)}` };
const entries = (body: object): ReturnType<Signed["request"]> => ({ method: "POST", path: `/dossiers/${known["id"] ?? ""}/entries`, body });
const bySelf = ({ dossier, author }: EntryHeader): object => ({ dossier, by: author.person });
const signed: readonly Signed[] = [
  {
    name: "entry",
    type: statementTypes.entry,
    schema: Type.Object({}),
    own: (header) => header,
    request: (one, carrier) => entries({ ...carrier, entry: one }),
  },
  {
    name: "grant",
    type: statementTypes.grant,
    schema: GrantPayload,
    own: (header) => ({ ...bySelf(header), keys: { scope: "dossier", digest: createHash("sha256").update(sealed.dossier).digest("base64url") } }),
    request: (one, carrier) => entries({ ...carrier, grants: [{ statement: one, sealed }] }),
  },
  { name: "consent", type: statementTypes.consent, schema: ConsentPayload, own: bySelf, request: (one, carrier) => entries({ ...carrier, consents: [one] }) },
  {
    name: "consent withdrawal",
    type: statementTypes.consentWithdrawal,
    schema: ConsentWithdrawalPayload,
    own: bySelf,
    request: (one) => ({ method: "POST", path: `/dossiers/${known["id"] ?? ""}/consent-withdrawals`, body: { statement: one } }),
  },
  {
    name: "unlock set",
    type: UNLOCK_SET,
    schema: UnlockSetPayload,
    own: ({ author }) => ({ person: author.person, audience: stage.house.url }),
    request: (one) => ({ method: "PUT", path: "/unlocks", body: { statement: one, record: one } }),
  },
  {
    name: "recovery refusal",
    type: RECOVERY_REFUSAL,
    schema: Type.Object({ recovery: Uuid, attempt: Type.Union([Uuid, Type.Null()]), at: Moment, by: Uuid }, { additionalProperties: false }),
    own: ({ author }) => ({ by: author.person, recovery: known["recovery"] }),
    request: (one) => ({ method: "POST", path: `/recoveries/${known["recovery"] ?? ""}/refusals`, body: { statement: one } }),
  },
  {
    name: "recovery set",
    type: RECOVERY_SET,
    schema: RecoverySetShape,
    own: ({ author }) => ({ by: author.person, subject: { person: author.person }, version: 1, threshold: 2, delayHours: 72 }),
    request: (one) => ({ method: "POST", path: "/recoveries", body: { statement: one, shares: [share, share, share], half: "A".repeat(43), method: null } }),
  },
  {
    name: "request to take part",
    type: JOINING_REQUEST,
    schema: JoiningRequestPayload,
    own: ({ author }) => {
      const { sign, seal } = stage.company.holder.person;
      return { person: author.person, audience: stage.house.url, signPublicKey: sign.publicKey, sealPublicKey: seal.publicKey, at: new Date().toISOString() };
    },
    request: (one) => ({ method: "POST", path: "/joining-requests", body: { statement: one } }),
  },
  {
    name: "verdict about one",
    type: JOINING_VERDICT,
    schema: JoiningVerdictPayload,
    own: ({ author }) => ({ by: author.person, desk: stage.company.desks.authority, at: new Date().toISOString() }),
    request: (one) => ({ method: "POST", path: `/joining-requests/${known["id"] ?? ""}/verdicts`, body: { statement: one } }),
  },
  {
    name: "organisation link",
    type: ORGANISATION_LINK,
    schema: OrganisationLinkPayload,
    own: ({ author }) => ({ person: author.person, audience: stage.house.url }),
    request: (one) => ({ method: "POST", path: "/organisation-sign-in/links", body: { statement: one } }),
  },
];

/** The header of a message the owner may write next. */
async function nextHeader(): Promise<EntryHeader> {
  const { connection, person } = stage.company.holder;
  const view = await connection.get(`/api/v1/dossiers/${known["id"] ?? ""}`, DossierView);
  return {
    dossier: view.id,
    seq: view.lastSeq + 1,
    previous: view.lastHash,
    kind: "message",
    action: null,
    author: { person: person.person, role: "reporter", desk: null },
    at: new Date().toISOString(),
    body: { item: newUuid(), digest: createHash("sha256").update("AAA").digest("base64url"), size: 3 },
    attachments: [],
  };
}

const cursors = ["9999999999999999_1", "1_9999999999999999", "-1_1", "1_1"].map((at) =>
  Buffer.from(`${at}_0199b1c4-1111-7222-8333-444455556666`).toString("base64url"),
);
const moments = ["9999-99-99T99:99:99Z", "2026-02-30T24:00:00Z", "0000-01-01T00:00:00Z"];

interface Line {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | null;
}
interface Answered {
  readonly status: number;
  readonly type: string;
  readonly text: string;
  readonly head: string;
}

const cookieOf = (cookie: string | null): Record<string, string> => (cookie === null ? {} : { cookie: `__Host-session=${cookie}` });

/** One request, byte for byte as made: fetch would tidy the address. */
async function send({ method, path, headers, body }: Line): Promise<Answered> {
  const { hostname, port } = new URL(stage.house.url);
  return await new Promise((resolve, reject) => {
    // The length is told for every method, or what follows a GET would be read as the next request.
    const length: Record<string, string> = body === null || "transfer-encoding" in headers ? {} : { "content-length": String(body.length) };
    const request = httpRequest({ hostname, port, method, path, headers: { ...length, ...headers }, agent: false, timeout: 20_000 }, (answer) => {
      const pieces: Buffer[] = [];
      answer.on("data", (piece: Buffer) => pieces.push(piece));
      answer.on("end", () =>
        resolve({
          status: answer.statusCode ?? 0,
          type: answer.headers["content-type"] ?? "",
          text: Buffer.concat(pieces).toString("utf8"),
          head: JSON.stringify(answer.headers),
        }),
      );
      answer.on("error", reject);
    });
    request.on("timeout", () => request.destroy(new Error("no answer in twenty seconds")));
    request.on("error", reject);
    request.end(body ?? undefined);
  });
}

/** What every answer must be. */
function checkAnswer(answer: Answered, head: boolean): void {
  answered.set(answer.status, (answered.get(answer.status) ?? 0) + 1);
  expect(answer.status).toBeLessThan(500);
  for (const secret of planted) expect(answer.text.includes(secret) || answer.head.includes(secret), `an answer holds ${secret}`).toBe(false);
  expect(answer.text).not.toMatch(/\bat (?:async )?[\w.<>]+ \(|node_modules|\.ts:\d|\bnode:internal\b/);
  if (answer.status < 400 || head) return;
  expect(answer.type).toBe("application/problem+json; charset=utf-8");
  const document = JSON.parse(answer.text) as Record<string, unknown>;
  expect(problems).toHaveProperty([String(document["code"])]);
  expect(document).toEqual({
    type: `https://rugdekking.nl/problems/${String(document["code"])}`,
    title: expect.stringMatching(/./),
    status: answer.status,
    code: document["code"],
    detail: expect.stringMatching(/./),
    mend: expect.stringMatching(/./),
  });
  // The answer quotes places, never what was sent.
  expect(answer.text.length).toBeLessThan(2000);
}

const oddParts = ["", "%00", "..", "%2e%2e%2f", "%F0%9F%92%A3", "x".repeat(500), "%", "%E0%A4%A", "a%2Fb", "null", "-1", "__proto__", "99999999999999999999"];
const wellFormed = (value: unknown): string => String(value).toWellFormed();
const pair = (name: string, value: unknown): string => `${name}=${encodeURIComponent(wellFormed(value)).slice(0, 2000)}`;
const oddPairs = ["x=1", "__proto__=1", "query[]=a", "%00=%00", "=", "&&", "limit=1&limit=2"];

/**
 * A request that is right save for one thing at most: with two wrong things the first would hide the second.
 * What is wrong is the session, a part of the address, the query, the body's value, its spelling, or a header.
 */
function linesOf(operation: Operation): fc.Arbitrary<Line> {
  const inPath = operation.parameters.filter((one) => one.in === "path");
  const inQuery = operation.parameters.filter((one) => one.in === "query");
  const goodParts = fc.tuple(
    ...inPath.map(({ name, schema }) =>
      fc.oneof(
        { weight: 5, arbitrary: name in known ? fc.constant(known[name] ?? "") : fitting(schema, known, whole).map(wellFormed) },
        fitting(schema, known, whole).map(wellFormed).map(encodeURIComponent),
      ),
    ),
  );
  const goodQuery = fc.tuple(
    ...inQuery.map(({ name, schema }) =>
      fc.option(
        fitting(schema, known, whole).map((value) => pair(name, value)),
        { freq: 1 },
      ),
    ),
  );
  const oddQuery = fc.oneof(
    fc.constantFrom(...oddPairs),
    ...inQuery.map(({ name }) => fc.oneof(odd, fc.constantFrom(...cursors), fc.constantFrom(...moments)).map((value) => pair(name, value))),
  );
  const faults = [
    "none",
    "session",
    "headers",
    "query",
    ...inQuery.map(() => "query"),
    ...(inPath.length > 0 ? ["part"] : []),
    ...(operation.body === null ? [] : ["value", "value", "spelling"]),
  ];
  return fc
    .record({
      fault: fc.constantFrom(...faults),
      cookie: fc.nat(cookies.length - 1),
      parts: goodParts,
      oddPart: fc.constantFrom(...oddParts, ...Object.values(known)),
      place: fc.nat(10),
      query: goodQuery,
      oddQuery,
      value: operation.body === null ? fc.constant(null) : fitting(operation.body, known, whole),
      where: fc.array(fc.nat(1000), { minLength: 1, maxLength: 4 }),
      by: fc.oneof(odd, fc.constantFrom<unknown>(...moments)),
      write: written,
      headers: oddHeaders,
    })
    .map((made) => {
      let path = `/api/v1${operation.path}`;
      for (const [place, { name }] of inPath.entries())
        path = path.replace(`{${name}}`, () => (made.fault === "part" && made.place % inPath.length === place ? made.oddPart : (made.parts[place] ?? "")));
      const query = made.fault === "query" ? made.oddQuery : made.query.filter((one) => one !== null).join("&");
      const value = made.fault === "value" ? spoiled(made.value, made.where, made.by) : made.value;
      const text = made.fault === "spelling" ? made.write(value) : Buffer.from(JSON.stringify(value) ?? "");
      const body = operation.media === null ? null : operation.body === null ? Buffer.from("sealed bytes") : text;
      const media: Record<string, string> = operation.media === null ? {} : { "content-type": operation.media };
      const piece: Record<string, string> = operation.path.startsWith("/uploads/{") ? { "upload-offset": "0", "upload-token": known["token"] ?? "" } : {};
      const session = cookieOf(cookies[made.fault === "session" ? made.cookie : mostly] ?? null);
      return {
        method: operation.method,
        path: query === "" ? path : `${path}?${query}`,
        headers: { "x-rugdekking": "1", ...media, ...piece, ...session, ...(made.fault === "headers" ? made.headers : {}) },
        body,
      };
    });
}

test("the description these requests are made from is the one that is served", async () => {
  warm = collect();
  const served = (await (await fetch(`${stage.house.url}/api/openapi.json`)).json()) as Description;
  expect(operationsOf(served).toSorted((a, b) => Number(endsSession(a)) - Number(endsSession(b)))).toEqual(operations);
  expect(operations.length).toBeGreaterThan(30);
});

describe("requests made from the description", () => {
  test.each(signed)("signed with the right key: $name", { timeout: patience }, async ({ type, schema, own, request }) => {
    const { person, connection } = stage.company.holder;
    const change = fc.record({ where: fc.array(fc.nat(1000), { minLength: 1, maxLength: 3 }), by: fc.oneof(odd, fc.constantFrom<unknown>(...moments)) });
    const statuses = new Set<number>();
    await fc.assert(
      fc.asyncProperty(fitting(plain(schema), known, whole), fc.option(change, { freq: 6 }), async (fits, spoil) => {
        const header = await nextHeader();
        const good = { ...Object(fits), ...own(header) } as object;
        const payload = Object(spoil === null ? good : spoiled(good, spoil.where, spoil.by)) as object;
        const carrier = { entry: await signStatement(statementTypes.entry, header, person.sign), body: "QUFB", grants: [], consents: [] };
        const { method, path, body } = request(await signStatement(type, payload, person.sign), carrier);
        const answer = await send({
          method,
          path: `/api/v1${path}`,
          headers: { "x-rugdekking": "1", "content-type": "application/json", ...cookieOf(connection.cookie) },
          body: Buffer.from(JSON.stringify(body)),
        });
        statuses.add(answer.status);
        checkAnswer(answer, false);
      }),
      { seed, numRuns: runs },
    );
    expect(unforeseen.splice(0)).toEqual([]);
    // The door was passed, not only knocked at.
    if (["entry", "consent"].includes(type.split(/[.+]/).at(-2) ?? "")) expect([...statuses]).toContain(201);
  });

  test.each(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "QUERY"])("method %s at every address", async (method) => {
    for (const path of new Set(operations.map((operation) => operation.path))) {
      if (["/session", "/sessions"].includes(path) && method === "DELETE") continue;
      const filled = `/api/v1${path.replaceAll(/\{\w+\}/g, known["id"] ?? "")}`;
      for (const body of [null, Buffer.from("{}")])
        checkAnswer(
          await send({
            method,
            path: filled,
            headers: { "x-rugdekking": "1", "content-type": "application/json", ...cookieOf(cookies[mostly] ?? null) },
            body,
          }),
          method === "HEAD",
        );
    }
    expect(unforeseen.splice(0)).toEqual([]);
  });

  test.each(operations)("$name", { timeout: patience }, async (operation) => {
    await fc.assert(
      fc.asyncProperty(linesOf(operation), async (line) => {
        const answer = await send(line);
        checkAnswer(answer, line.method === "HEAD");
        if (!answer.text.includes(nothingThere)) reached.set(operation.name, (reached.get(operation.name) ?? new Set()).add(answer.status));
      }),
      { seed, numRuns: runs * (operation.parameters.some((one) => one.in === "query") ? 3 : 1) },
    );
    expect(unforeseen.splice(0)).toEqual([]);
  });

  test("odd addresses outside the description", async () => {
    const spelled = [
      "/",
      "//",
      "/api",
      "/api/",
      "/api/v1",
      "/api/v2/health",
      "/%61pi/v1/health",
      "/api/v1/../v1/health",
      "/ledger/tile/0/x999/999",
      "/ledger/tile/63/999999",
    ];
    const tiles = [
      "0/000.p/256",
      "0/000.p/0",
      "-1/000",
      "64/000",
      `0/${"x999/".repeat(30)}999`,
      "entries/%2e%2e%2f000",
      "0/../../../etc/passwd",
      "entries/x9007/x199/x254/x740/992",
    ];
    for (const path of [
      ...spelled,
      ...tiles.map((tile) => `/ledger/tile/${tile}`),
      ...oddParts.map((part) => `/api/v1/${part}`),
      ...oddParts.map((part) => `/${part}`),
    ])
      for (const method of ["GET", "POST"]) checkAnswer(await send({ method, path: path.replaceAll(" ", "%20"), headers: {}, body: null }), false);
    expect(unforeseen.splice(0)).toEqual([]);
  });
});

/** Bytes on a line of their own, and whatever comes back before the server hangs up. */
async function raw(bytes: string): Promise<string> {
  const { hostname, port } = new URL(stage.house.url);
  return await new Promise((resolve) => {
    let back = "";
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    const stop = setTimeout(() => socket.destroy(), 3000);
    socket.on("data", (piece) => {
      back += piece.toString("latin1");
      socket.end();
    });
    socket.on("error", () => undefined);
    socket.on("close", () => {
      clearTimeout(stop);
      resolve(back);
    });
  });
}

describe("lines that are hardly HTTP", () => {
  const host = "Host: x\r\n";
  test.each([
    ["no request line", "\u0000\u0001\u0002\r\n\r\n"],
    ["an unknown method", `BREW /api/v1/health HTTP/1.1\r\n${host}\r\n`],
    ["no host", "GET /api/v1/health HTTP/1.1\r\n\r\n"],
    ["headers without end", `GET /api/v1/health HTTP/1.1\r\n${host}x: ${"a".repeat(40_000)}\r\n\r\n`],
    ["a length that is no number", `POST /api/v1/persons HTTP/1.1\r\n${host}X-Rugdekking: 1\r\nContent-Type: application/json\r\nContent-Length: -5\r\n\r\n{}`],
    ["two lengths", `POST /api/v1/persons HTTP/1.1\r\n${host}Content-Length: 5\r\nContent-Length: 6\r\n\r\n{}`],
    ["length and chunks together", `POST /api/v1/persons HTTP/1.1\r\n${host}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
    [
      "a chunk of nonsense",
      `POST /api/v1/persons HTTP/1.1\r\n${host}X-Rugdekking: 1\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n`,
    ],
    ["an absolute address", `GET http://elsewhere.example/api/v1/health HTTP/1.1\r\n${host}\r\n`],
    ["CONNECT", `CONNECT elsewhere.example:443 HTTP/1.1\r\n${host}\r\n`],
    ["an upgrade", `GET /api/v1/health HTTP/1.1\r\n${host}Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n`],
    ["a header with a line break", `GET /api/v1/health HTTP/1.1\r\n${host}x: a\rb\r\n\r\n`],
  ])("%s", async (_, bytes) => {
    const answer = await raw(bytes);
    // Hanging up without a word is an answer too; a page of another form is not.
    if (answer === "" || /^HTTP\/1\.1 [23]\d\d/.test(answer)) return;
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d/);
    const [head = "", body = ""] = answer.split("\r\n\r\n");
    expect(head).toMatch(/content-type: application\/problem\+json/i);
    expect(JSON.parse(body)).toMatchObject({
      status: Number(/\d{3}/.exec(head)?.[0]),
      code: expect.any(String),
      detail: expect.any(String),
      mend: expect.any(String),
    });
  });
});

test("every operation of the description was reached", () => {
  expect(operations.filter(({ name }) => !reached.has(name)).map(({ name }) => name)).toEqual([]);
  const shapeOnly = operations.filter(({ name }) => [...(reached.get(name) ?? [])].every((status) => status === 400 || status === 415)).map(({ name }) => name);
  process.stdout.write(`fuzz: ${shapeOnly.length} operations found every request malformed: ${shapeOnly.join(", ")}\n`);
  // What these want under a signature or in a fixed length no description says: the signed statements above and tests of their own go further in.
  expect(shapeOnly.length).toBeLessThan(operations.length / 10);
});

test("so many requests were answered, and the house is no larger for it", () => {
  const sum = [...answered.values()].reduce((all, one) => all + one, 0);
  const grown = collect() - warm;
  process.stdout.write(
    `fuzz: ${sum} requests, ${[...answered]
      .toSorted(([a], [b]) => a - b)
      .map(([status, count]) => `${status}: ${count}`)
      .join(", ")}; ${grown.toFixed(1)} MB more in use\n`,
  );
  expect(sum).toBeGreaterThan(runs * operations.length);
  if (runs >= 500) expect(sum).toBeGreaterThan(50_000);
  expect([...answered.keys()].filter((status) => status < 300)).not.toEqual([]);
  expect(grown).toBeLessThan(150);
});

test("afterwards the server is healthy, and what was there before is still there", async () => {
  expect(unforeseen.splice(0)).toEqual([]);
  expect(await send({ method: "GET", path: "/api/v1/health", headers: {}, body: null })).toMatchObject({ status: 200, text: '{"status":"ok"}' });
  const answer = await fetch(`${stage.house.url}/ledger/checkpoint`);
  expect(answer.status).toBe(200);
  const { desks } = stage.company;
  expect((await stage.connect().trust.desk(desks.safety)).epoch).toBe(1);
});
