/** Design section 8, canary: unmistakable words go into every sealed field and file name of every road; then everything the server has, wrote, sent and received is searched. None may turn up. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { sql } from "kysely";
import { Check } from "typebox/value";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RequestLine } from "#apps/server/create-server.ts";
import { createDesk, signInAsGuest, type Session } from "#services/directory/client/index.ts";
import { lookUpAnswerLink, makeAnswerLink } from "#services/dossier/client/index.ts";
import { whole } from "#services/figures/client/waiting.ts";
import { Fact, factKinds } from "#services/figures/contract/facts.ts";
import { wireFacts, type LeftFact } from "#services/figures/contract/sink.ts";
import { dossierKinds } from "#services/dossier/contract/index.ts";
import { fileReport, openReport, readReport } from "#services/reporting/client/index.ts";
import { openSet, readSet } from "#services/parliament/client/index.ts";
import { report } from "#services/reporting/workflow/index.ts";
import { scan } from "#services/scanning/workflow/index.ts";
import { openSignal, readSignal } from "#services/signalling/client/index.ts";
import { check, consentToLook, contribute, makeNetwork } from "#services/signalling/client/same-actor.ts";
import { signal } from "#services/signalling/workflow/index.ts";
import { openHelp, requestedHelp } from "#services/support/client/index.ts";
import { findIn, findInText, mark, searchFiles, searchTables } from "./canary-search.ts";
import { listenOutside, type OutsideEars } from "./outside.ts";
import { openStage, testMunicipality, type TestStage } from "./stage.ts";
import { walkQuestions } from "./walk-questions.ts";
import { reportDraft, walkHelp, walkReport, walkScan, walkSignal } from "./road.ts";

/** Operations that this walk does not call, and what holds them. A new one must be walked here or be put here. */
const elsewhere: Readonly<Record<string, string>> = {
  "DELETE /desks/{desk}/proposals/{person}": "carries no body",
  "DELETE /devices/{id}": "carries no body",
  "DELETE /dossiers/{id}/erasure":
    "services/dossier/server/erasure.test.ts searches every table and folder for what was erased; the reason of a hold is sealed",
  "DELETE /fingerprints/desks/{desk}/contributions/{id}": "apps/checks/same-actor.test.ts",
  "DELETE /organisation-sign-in/links/{organisation}": "services/directory/server tests; holds no words of a dossier",
  "DELETE /session": "carries no body",
  "DELETE /sessions": "carries no body",
  "GET /desks/{desk}/arrangement": "reads what the search of tables and blobs reads",
  "GET /desks/{desk}/invitations": "reads what the search of tables and blobs reads",
  "GET /desks/{desk}/late": "reads what the search of tables and blobs reads",
  "GET /desks/{desk}/notices": "services/dossier/server/erasure.test.ts searches every table and folder for what was erased; the reason of a hold is sealed",
  "GET /desks/{desk}/origin": "reads what the search of tables and blobs reads",
  "GET /desks/{desk}/proposals": "reads what the search of tables and blobs reads",
  "GET /desks/{desk}/worklist": "reads what the search of tables and blobs reads",
  "GET /devices": "reads what the search of tables and blobs reads",
  "GET /dossiers": "reads what the search of tables and blobs reads",
  "GET /dossiers/{id}/entries/{seq}/receipt": "reads what the search of tables and blobs reads",
  "GET /dossiers/{id}/hand-overs": "reads what the search of tables and blobs reads",
  "GET /dossiers/{id}/holds": "services/dossier/server/erasure.test.ts searches every table and folder for what was erased; the reason of a hold is sealed",
  "GET /dossiers/{id}/items/{item}": "reads what the search of tables and blobs reads",
  "GET /erasures": "services/dossier/server/erasure.test.ts searches every table and folder for what was erased; the reason of a hold is sealed",
  "GET /figures/dossiers/{dossier}/choice": "apps/checks/figures.test.ts",
  "GET /figures/quarters": "apps/checks/figures.test.ts",
  "GET /figures/quarters/{quarter}": "apps/checks/figures.test.ts",
  "GET /figures/quarters/{quarter}/counts": "apps/checks/figures.test.ts",
  "GET /figures/quarters/{quarter}/facts": "apps/checks/figures.test.ts",
  "GET /fingerprints/desks/{desk}/contributions": "apps/checks/same-actor.test.ts",
  "GET /health": "answers one word",
  "GET /health/live": "answers one word",
  "GET /health/ready": "answers one word",
  "GET /insight": "services/rights/server/rights.test.ts; reads what the search of tables reads",
  "GET /joining-requests": "services/directory/server tests; names of organisations and offices are in the clear by design",
  "GET /joining-requests/mine": "services/directory/server tests; names of organisations and offices are in the clear by design",
  "GET /joining-requests/{request}": "services/directory/server tests; names of organisations and offices are in the clear by design",
  "GET /monitor/waves": "apps/checks/monitor-wave.test.ts searches what a wave leaves",
  "GET /monitor/waves/{wave}": "apps/checks/monitor-wave.test.ts searches what a wave leaves",
  "GET /monitor/waves/{wave}/answers": "apps/checks/monitor-wave.test.ts searches what a wave leaves",
  "GET /monitor/waves/{wave}/fieldwork": "apps/checks/monitor-wave.test.ts searches what a wave leaves",
  "GET /monitor/waves/{wave}/uncollected": "apps/checks/monitor-wave.test.ts searches what a wave leaves",
  "GET /open-data/catalogue": "public, made from published files",
  "GET /open-data/figures/{publication}/{series}/{group}": "public, made from published files",
  "GET /open-data/publications": "public, made from published files",
  "GET /open-data/publications/{publication}": "public, made from published files",
  "GET /open-data/trends/{series}/{group}": "public, made from published files",
  "GET /organisation-sign-in": "services/directory/server tests; holds no words of a dossier",
  "GET /organisation-sign-in/attempts/{attempt}": "services/directory/server tests; holds no words of a dossier",
  "GET /organisations": "reads what the search of tables and blobs reads",
  "GET /organisations/{id}": "reads what the search of tables and blobs reads",
  "GET /receipts/{hash}": "answers a proof of a hash",
  "GET /recoveries": "apps/checks/recovery.test.ts; names of holders are in the clear by design (threat model), shares are sealed",
  "GET /release": "apps/server/release.test.ts; digests of the public web app",
  "GET /session": "reads what the search of tables and blobs reads",
  "GET /unlocks": "reads what the search of tables and blobs reads",
  "GET /unlocks/records": "apps/checks/recovery.test.ts; names of holders are in the clear by design (threat model), shares are sealed",
  "PATCH /uploads/{upload}": "takes ids, keys or tokens; its rows are searched where it is tested",
  "POST /account/erasure": "services/rights/server/rights.test.ts; reads what the search of tables reads",
  "POST /answer-links/look-ups": "takes ids, keys or tokens; its rows are searched where it is tested",
  "POST /desks/{desk}/epochs": "takes ids, keys or tokens; its rows are searched where it is tested",
  "POST /desks/{desk}/invitations": "takes ids, keys or tokens; its rows are searched where it is tested",
  "POST /dossiers/{id}/answer-links": "takes ids, keys or tokens; its rows are searched where it is tested",
  "POST /dossiers/{id}/erasure": "services/dossier/server/erasure.test.ts searches every table and folder for what was erased; the reason of a hold is sealed",
  "POST /dossiers/{id}/holds": "services/dossier/server/erasure.test.ts searches every table and folder for what was erased; the reason of a hold is sealed",
  "POST /dossiers/{id}/holds/{hold}/end":
    "services/dossier/server/erasure.test.ts searches every table and folder for what was erased; the reason of a hold is sealed",
  "POST /figures/dossiers/{dossier}/tokens": "apps/checks/figures.test.ts",
  "POST /figures/facts": "apps/checks/figures.test.ts",
  "POST /figures/keys": "apps/checks/figures.test.ts",
  "POST /figures/quarters": "apps/checks/figures.test.ts",
  "POST /fingerprints/desks/{desk}/keys": "apps/checks/same-actor.test.ts",
  "POST /fingerprints/desks/{desk}/requests": "apps/checks/same-actor.test.ts",
  "POST /invitations/acceptances": "takes ids, keys or tokens; its rows are searched where it is tested",
  "POST /invitations/look-ups": "takes ids, keys or tokens; its rows are searched where it is tested",
  "POST /joining-requests": "services/directory/server tests; names of organisations and offices are in the clear by design",
  "POST /joining-requests/{request}/desk": "services/directory/server tests; names of organisations and offices are in the clear by design",
  "POST /joining-requests/{request}/verdicts": "services/directory/server tests; names of organisations and offices are in the clear by design",
  "POST /monitor/answers": "apps/checks/monitor-wave.test.ts searches what a wave leaves",
  "POST /monitor/keys": "apps/checks/monitor-wave.test.ts searches what a wave leaves",
  "POST /monitor/waves": "apps/checks/monitor-wave.test.ts searches what a wave leaves",
  "POST /monitor/waves/{wave}/invitations": "apps/checks/monitor-wave.test.ts searches what a wave leaves",
  "POST /monitor/waves/{wave}/look-ups": "apps/checks/monitor-wave.test.ts searches what a wave leaves",
  "POST /monitor/waves/{wave}/tokens": "apps/checks/monitor-wave.test.ts searches what a wave leaves",
  "POST /organisation-sign-in/attempts": "services/directory/server tests; holds no words of a dossier",
  "POST /organisation-sign-in/completions": "services/directory/server tests; holds no words of a dossier",
  "POST /organisation-sign-in/links": "services/directory/server tests; holds no words of a dossier",
  "POST /recoveries": "apps/checks/recovery.test.ts; names of holders are in the clear by design (threat model), shares are sealed",
  "POST /recoveries/{recovery}/attempts/{attempt}/completions":
    "apps/checks/recovery.test.ts; names of holders are in the clear by design (threat model), shares are sealed",
  "POST /recoveries/{recovery}/attempts/{attempt}/confirmations":
    "apps/checks/recovery.test.ts; names of holders are in the clear by design (threat model), shares are sealed",
  "POST /recoveries/{recovery}/attempts/{attempt}/look-ups":
    "apps/checks/recovery.test.ts; names of holders are in the clear by design (threat model), shares are sealed",
  "POST /recoveries/{recovery}/attempts/{attempt}/takings":
    "apps/checks/recovery.test.ts; names of holders are in the clear by design (threat model), shares are sealed",
  "POST /recoveries/{recovery}/refusals": "apps/checks/recovery.test.ts; names of holders are in the clear by design (threat model), shares are sealed",
  "POST /recoveries/{recovery}/requests": "apps/checks/recovery.test.ts; names of holders are in the clear by design (threat model), shares are sealed",
  "POST /recovery-claims": "apps/checks/recovery.test.ts; names of holders are in the clear by design (threat model), shares are sealed",
  "POST /timestamps": "takes ids, keys or tokens; its rows are searched where it is tested",
  "POST /unlocks/challenges": "takes ids, keys or tokens; its rows are searched where it is tested",
  "POST /uploads": "takes ids, keys or tokens; its rows are searched where it is tested",
  "PUT /desks/{desk}/arrangement": "takes ids, keys or tokens; its rows are searched where it is tested",
  "PUT /figures/dossiers/{dossier}/choice": "apps/checks/figures.test.ts",
  "PUT /unlocks": "takes ids, keys or tokens; its rows are searched where it is tested",
};
/** Tables that hold nothing after this walk, and why. */
const emptyTables: Readonly<Record<string, string>> = {
  answer_link: "nothing of this walk leads there; the test of its own service fills it",
  desk_absence: "nothing of this walk leads there; the test of its own service fills it",
  desk_arrangement: "nothing of this walk leads there; the test of its own service fills it",
  desk_bridge: "nothing of this walk leads there; the test of its own service fills it",
  desk_burst: "holds two moments per desk; apps/checks/abuse.test.ts fills it",
  desk_notice: "services/dossier/server/erasure.test.ts searches every table and folder for what was erased; the reason of a hold is sealed",
  desk_recovery_key: "nothing of this walk leads there; the test of its own service fills it",
  dossier_erasure: "services/dossier/server/erasure.test.ts searches every table and folder for what was erased; the reason of a hold is sealed",
  dossier_hold: "services/dossier/server/erasure.test.ts searches every table and folder for what was erased; the reason of a hold is sealed",
  dossier_news: "emptied when the mail went out",
  dossier_outgoing: "emptied when systems outside were told",
  dossier_upload: "emptied when an entry took the file",
  erased_statement: "services/dossier/server/erasure.test.ts searches every table and folder for what was erased; the reason of a hold is sealed",
  erasure_receipt: "services/dossier/server/erasure.test.ts searches every table and folder for what was erased; the reason of a hold is sealed",
  figures_declined: "apps/checks/figures.test.ts",
  figures_fact: "apps/checks/figures.test.ts",
  figures_given: "apps/checks/figures.test.ts",
  figures_inbox: "apps/checks/figures.test.ts",
  figures_key: "apps/checks/figures.test.ts",
  figures_mixed: "apps/checks/figures.test.ts",
  figures_quarter: "apps/checks/figures.test.ts",
  figures_spent: "apps/checks/figures.test.ts",
  fingerprint_request: "nothing of this walk leads there; the test of its own service fills it",
  invitation: "nothing of this walk leads there; the test of its own service fills it",
  joining_request: "nothing of this walk leads there; the test of its own service fills it",
  joining_verdict: "nothing of this walk leads there; the test of its own service fills it",
  ledger_cosigned: "services/ledger/server/witnesses.test.ts; hashes and signatures of the log",
  ledger_tile: "filled from 256 statements on, with hashes",
  monitor_answer: "apps/checks/monitor-wave.test.ts",
  monitor_inbox: "apps/checks/monitor-wave.test.ts",
  monitor_invitation: "apps/checks/monitor-wave.test.ts",
  monitor_key: "apps/checks/monitor-wave.test.ts",
  monitor_mixed: "apps/checks/monitor-wave.test.ts",
  monitor_spent: "apps/checks/monitor-wave.test.ts",
  monitor_wave: "apps/checks/monitor-wave.test.ts",
  organisation_attempt: "nothing of this walk leads there; the test of its own service fills it",
  organisation_link: "nothing of this walk leads there; the test of its own service fills it",
  person_unlock_record: "nothing of this walk leads there; the test of its own service fills it",
  recovery_attempt: "nothing of this walk leads there; the test of its own service fills it",
  recovery_confirmation: "nothing of this walk leads there; the test of its own service fills it",
  recovery_set: "nothing of this walk leads there; the test of its own service fills it",
  recovery_share: "nothing of this walk leads there; the test of its own service fills it",
  recovery_statement: "nothing of this walk leads there; the test of its own service fills it",
  roster_proposal: "nothing of this walk leads there; the test of its own service fills it",
  session_confirmation: "nothing of this walk leads there; the test of its own service fills it",
  shared_pace: "holds moments; services/storage/turns.test.ts fills it",
  sign_in_challenge: "nothing of this walk leads there; the test of its own service fills it",
  term_event: "nothing of this walk leads there; the test of its own service fills it",
  term_week: "nothing of this walk leads there; the test of its own service fills it",
};

const { paths } = JSON.parse(readFileSync(join(import.meta.dirname, "..", "..", "docs", "api", "openapi.json"), "utf8")) as {
  readonly paths: Readonly<Record<string, object>>;
};
const operations = Object.entries(paths).flatMap(([path, methods]) =>
  Object.keys(methods).map((method) => ({ method: method.toUpperCase(), path, name: `${method.toUpperCase()} ${path}` })),
);

const fields = new Set<string>();
const words = (field: string): string => {
  fields.add(field);
  return `${mark}-${field}-geel`;
};

let stage: TestStage;
let outside: OutsideEars;
const wire: { readonly what: string; readonly bytes: Buffer }[] = [];
const lines: RequestLine[] = [];
const surprises: unknown[] = [];
const printed: string[] = [];
let reportId = "";
let signalId = "";
let guestCode = "";
let helpId = "";
let helpCode = "";
let setId = "";
let setReader: Session;
let delivered = 0;
/** Facts without a name that the clients left while the road was walked. */
const facts: Promise<LeftFact | null>[] = [];

/** Everything that crosses the wire in either direction, addresses and headers included. */
const listening = async (input: string, init: RequestInit): Promise<Response> => {
  const body = typeof init.body === "string" ? Buffer.from(init.body) : init.body instanceof Uint8Array ? Buffer.from(init.body) : Buffer.alloc(0);
  wire.push({ what: `${init.method ?? "GET"} ${input} ${JSON.stringify(init.headers ?? {})}`, bytes: body });
  const answer = await fetch(input, init);
  const copy = answer.clone();
  wire.push({ what: `answer to ${input} ${JSON.stringify([...copy.headers])}`, bytes: Buffer.from(await copy.arrayBuffer()) });
  return answer;
};

beforeAll(async () => {
  for (const stream of [process.stdout, process.stderr]) {
    const write = stream.write.bind(stream);
    stream.write = ((chunk: string | Uint8Array, ...rest: never[]) => {
      printed.push(typeof chunk === "string" ? chunk : Buffer.from(chunk).toString());
      return write(chunk, ...rest);
    }) as typeof stream.write;
  }
  outside = await listenOutside(testMunicipality.id);
  stage = await openStage({
    fetch: listening,
    settings: { integrations: outside.file },
    mail: "iemand@demostad.example.nl",
    extras: { log: (line) => lines.push(line), unforeseen: (what) => surprises.push(what) },
  });
  wireFacts((make) => facts.push(make()));
  ({ report: reportId, guestCode } = await walkReport(stage.company, words));
  await walkScan(stage.company, words);
  await lookForSameActor();
  ({ help: helpId, helpCode } = await walkHelp(stage.company, words));
  ({ questions: setId, reader: setReader } = await walkQuestions(stage, words));
  const { dossier } = await fileReport(stage.company.holder.connection, {
    as: { session: stage.company.holder },
    trust: stage.company.holder.trust,
    desk: stage.company.desks.safety,
    report: reportDraft((field) => words(`shared.${field}`)),
    attachments: [],
  });
  const { id: other } = await createDesk(stage.connect().trust, {
    registrar: stage.registrar,
    organisation: "politie-rotterdam",
    name: "Demo andere eenheid",
    function: "police",
    members: [{ person: stage.company.planner.person.person, name: "Demo Tweede", office: "RCCB", lead: true }],
  });
  signalId = await walkSignal(stage.company, stage.chain, words, dossier, other, { report, scan, signal });
  wireFacts(null);
  await stage.house.mailRound();
  delivered = (await stage.house.deliveryRound()).delivered;
}, 600_000);

/** An account, a mail address and a text of the report go through the fingerprints; the desk agrees with the office-holder first. */
async function lookForSameActor(): Promise<void> {
  const { holder, safety, desks } = stage.company;
  const until = new Date(Date.now() + 86_400_000).toISOString();
  await consentToLook(await openReport(holder, reportId), { desk: desks.safety, text: words("same-actor.consent"), until });
  await makeNetwork(safety, desks.safety, null);
  const said = Array.from({ length: 12 }, (_, word) => words(`same-actor.text${word}`)).join(" ");
  await contribute(safety, desks.safety, await openReport(safety, reportId), [
    { kind: "account", platform: "x", handle: `${mark}_account` },
    { kind: "email", value: `${mark}@demostad.example.nl` },
    { kind: "text", value: said },
  ]);
  await check(safety, desks.safety, [{ kind: "account", platform: "telegram", handle: `${mark}_gezocht` }]);
}
afterAll(async () => {
  await stage.close();
  await outside.close();
});

test("the marks were really planted and really arrive: who holds the key reads them", async () => {
  expect(fields.size).toBeGreaterThan(110);
  const desk = await openReport(stage.company.safety, reportId);
  const first = desk.entries[0];
  if (first === undefined) throw new Error("the dossier is empty");
  const content = await readReport(desk, first);
  expect(content.kind === "report" && content.body.inOwnWords).toBe(`${mark}-report.inOwnWords-geel`);
  const asked = await requestedHelp(await openHelp(stage.company.support, helpId));
  expect(asked?.words).toBe(`${mark}-help.words-geel`);
  const set = await readSet(await openSet(setReader, setId));
  expect([set.questions[0]?.facts[0]?.answers[0]?.body.words, set.phase]).toEqual([
    [{ kind: "paragraph", content: [{ kind: "words", text: `${mark}-fact.answer-geel` }] }],
    "published",
  ]);
  const raised = await openSignal(stage.company.holder, signalId);
  const opened = raised.entries[0];
  if (opened === undefined) throw new Error("the signal is empty");
  const told = await readSignal(raised, opened);
  expect(told.kind === "signal" && told.body.words).toBe(`${mark}-signal.words-geel`);
});

test("the search itself works: a mark planted in the clear is found", () => {
  expect(findIn("here", Buffer.from(`x${mark}y`))).toHaveLength(1);
  expect(findIn("here", Buffer.from(Buffer.from(`{"a":"${mark}-"}`).toString("base64")))).not.toHaveLength(0);
});

test("the facts that are counted of it hold classes alone, one for each beginning and end", async () => {
  const left = (await Promise.all(facts)).filter((one) => one !== null);
  const kinds = Map.groupBy(left, ({ fact }) => fact.kind);
  expect([...kinds.keys()].toSorted()).toEqual([...factKinds].toSorted());
  for (const { organisation, fact } of left) expect(Check(Fact, whole(fact, organisation, Date.now()))).toBe(true);
  expect(JSON.stringify(left.map(({ fact }) => fact))).not.toMatch(new RegExp(`${mark}|[0-9a-f]{8}-|demo`, "iu"));
  expect(kinds.get("report-closed")?.[0]?.fact).toEqual({
    version: 1,
    kind: "report-closed",
    function: "municipal-executive",
    complaint: true,
    weighed: true,
    followUp: false,
  });
  expect(kinds.get("help-given")?.[0]?.fact).toMatchObject({ outcome: "helped", by: "peer" });
});

/** What of the API was called while marks were about: method and path as the description spells them. */
function called(): Set<string> {
  const lines = wire.flatMap(({ what }) => {
    const [, method, path] = /^([A-Z]+) https?:\/\/[^/]+\/api\/v1([^? ]*)/u.exec(what) ?? [];
    return method === undefined || path === undefined ? [] : [{ method, path }];
  });
  return new Set(
    operations
      .filter(({ method, path }) => {
        const spelled = new RegExp(`^${path.replaceAll(/\{\w+\}/g, "[^/]+")}$`, "u");
        return lines.some((line) => line.method === method && spelled.test(line.path));
      })
      .map(({ name }) => name),
  );
}

describe("the canary has been everywhere", () => {
  test("every operation of the API was called with marks about, or another proof says what it holds", () => {
    const hit = called();
    expect(
      operations
        .filter(({ name }) => !hit.has(name))
        .map(({ name }) => name)
        .toSorted(),
    ).toEqual(Object.keys(elsewhere).toSorted());
  });

  test("every table holds rows of this walk, or is named with why it holds none", async () => {
    const tables = await sql<{ name: string }>`select table_name as name from information_schema.tables where table_schema = 'public'`.execute(
      stage.database.db,
    );
    const empty: string[] = [];
    for (const { name } of tables.rows) {
      const { rows } = await sql<{ some: boolean }>`select exists(select 1 from ${sql.table(name)}) as some`.execute(stage.database.db);
      if (rows[0]?.some !== true) empty.push(name);
    }
    expect(empty.toSorted()).toEqual(Object.keys(emptyTables).toSorted());
  });

  test("every kind of dossier was walked", async () => {
    const { rows } = await sql<{ kind: string }>`select distinct kind from dossier`.execute(stage.database.db);
    expect(rows.map(({ kind }) => kind).toSorted()).toEqual([...dossierKinds].toSorted());
  });
});

describe("nothing of it is at the server", () => {
  test("not in any column of any table", async () => {
    const { tables, found } = await searchTables(stage.database.db);
    expect(tables).toBeGreaterThan(15);
    expect(found).toEqual([]);
  });

  test("not in blobs, keys or anything else in the data directory, names included", async () => {
    const { files, found } = await searchFiles(stage.data);
    expect(files).toBeGreaterThan(5);
    expect(found).toEqual([]);
  });

  test("not in addresses, headers and bodies over HTTP, in either direction", () => {
    expect(wire.length).toBeGreaterThan(100);
    const found = wire.flatMap(({ what, bytes }) => [
      ...findIn(what, Buffer.from(what)),
      ...findIn(what, bytes),
      ...findInText(what, bytes.toString("latin1")),
    ]);
    expect(found).toEqual([]);
  });

  test("not in the log of requests, in what was printed, or in errors", () => {
    expect(lines.length).toBeGreaterThan(50);
    expect(surprises).toEqual([]);
    expect(findIn("log", Buffer.from(JSON.stringify(lines)))).toEqual([]);
    expect(findIn("printed", Buffer.from(printed.join("")))).toEqual([]);
  });

  test("not in mail: it says there is news and nothing more", () => {
    expect(stage.mails.length).toBeGreaterThan(0);
    for (const mail of stage.mails) {
      expect(findIn("mail", Buffer.from(mail))).toEqual([]);
      expect(mail).not.toMatch(/dossier|melding|scan|dreig|bedreig|hulp/i);
      expect(mail).toContain("Er is nieuws");
    }
  });

  test("not in what systems outside are told: a pointer, an organisation, a day", () => {
    expect(delivered).toBeGreaterThan(10);
    expect(outside.zaken.complaints).toEqual([]);
    expect(outside.zaken.zaken.length).toBeGreaterThan(1);
    const told = [...outside.zaken.requests, ...outside.events];
    expect(told.length).toBeGreaterThan(delivered);
    for (const one of told) {
      expect(findInText("outside", one)).toEqual([]);
      expect(one).not.toContain(reportId);
      expect(one).not.toMatch(/demostad|filed|taken-up|adopted|bedreig/i);
    }
  });

  test("not the receipt code, an answer link's pointer, nor any session token, in any table; nor that pointer in an address or a log", async () => {
    const { holder, safety, desks } = stage.company;
    const { pointer } = await makeAnswerLink(holder, signalId, desks.safety);
    expect(await lookUpAnswerLink(safety, pointer)).toMatchObject({ answered: false, dossier: signalId });
    expect(wire.filter(({ what }) => what.includes(pointer))).toEqual([]);
    expect(wire.some(({ bytes }) => bytes.includes(pointer))).toBe(true);
    expect(JSON.stringify(lines)).not.toContain(pointer);
    expect(printed.join("")).not.toContain(pointer);
    const guest = await signInAsGuest(stage.connect().connection, { trust: stage.connect().trust, receiptCode: guestCode, device: "test" });
    const secrets = [
      pointer,
      guestCode,
      guestCode.replaceAll("-", ""),
      helpCode,
      helpCode.replaceAll("-", ""),
      stage.company.holder.connection.cookie ?? "none",
      guest.connection.cookie ?? "none",
    ];
    const tables = await sql<{ name: string }>`select table_name as name from information_schema.tables where table_schema = 'public'`.execute(
      stage.database.db,
    );
    for (const { name } of tables.rows) {
      const rows = await sql<{ row: string }>`select t::text as row from ${sql.table(name)} t`.execute(stage.database.db);
      for (const secret of secrets) expect(rows.rows.some(({ row }) => row.includes(secret))).toBe(false);
    }
  });
});
