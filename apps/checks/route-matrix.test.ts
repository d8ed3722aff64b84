/**
 * Permission matrix over all services: every operation of the served API against every kind of caller, over HTTP against a real database. An operation without a row fails, so a new one cannot be forgotten.
 * Who may write which entry in which phase of a dossier is permission-matrix.test.ts; who may sign a statement is held where the row says.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import fc from "fast-check";
import { createDesk, listDevices, type Session } from "#services/directory/client/index.ts";
import { stateQuarter } from "#services/figures/client/index.ts";
import { quarterAt } from "#services/figures/client/waiting.ts";
import { stateWave } from "#services/monitor/client/index.ts";
import { stratumName } from "#services/monitor/contract/index.ts";
import { fileReport, openReport } from "#services/reporting/client/index.ts";
import { committed, fitting, operationsOf, type Operation } from "./described.ts";
import { reportDraft } from "./road.ts";
import { openStage, testMunicipality, type TestStage } from "./stage.ts";

/** Who knocks. `owner` reported something to the desk of `lead` and `colleague`; `elsewhere` leads a safety desk of another municipality; the research desk runs a wave and a quarter. */
const callers = ["nobody", "stranger", "elsewhere", "colleague", "lead", "research", "researcher", "owner"] as const;
type Caller = (typeof callers)[number];
/** Everyone with an account; in a row that needs one, `nobody` is told to sign in. */
const signedIn: readonly Caller[] = ["stranger", "elsewhere", "colleague", "lead", "research", "researcher", "owner"];

/**
 * What an operation asks of a caller.
 * - `everyone`: no account is asked for. What must be known instead (a token, a code, a signature) is in the request.
 * - a list: these pass the door, all others with an account are refused.
 * - `asks`: these are told to work for a token first (apps/checks/abuse.test.ts); whoever else comes passes the door.
 * - `signed`: any session passes the door, the statement inside decides; `heldBy` is the test that signs rightly and wrongly.
 */
type Row =
  | "everyone"
  | { readonly asks: "403 work-required"; readonly of: readonly Caller[] }
  | readonly Caller[]
  | { readonly signed: "session" | "nobody"; readonly heldBy: string };

const desk: readonly Caller[] = ["colleague", "lead"];
const lead: readonly Caller[] = ["lead"];
const readers: readonly Caller[] = ["colleague", "lead", "owner"];
const owner: readonly Caller[] = ["owner"];
const researchDesk: readonly Caller[] = ["research", "researcher"];
const none: readonly Caller[] = [];
const session = (heldBy: string): Row => ({ signed: "session", heldBy });
const signature = (heldBy: string): Row => ({ signed: "nobody", heldBy });

const rows: Readonly<Record<string, Row>> = {
  "POST /admission/challenges": "everyone",
  "POST /admission/tokens": "everyone",
  "GET /health/live": "everyone",
  "GET /health/ready": "everyone",
  "GET /health": "everyone",
  "GET /release": "everyone",
  "GET /trust-anchor": "everyone",
  "GET /organisations": "everyone",
  "GET /organisations/{id}": "everyone",
  "GET /desks": "everyone",
  "POST /desks": signature("services/directory/server/directory.test.ts"),
  "GET /desks/{desk}": "everyone",
  "GET /desks/{desk}/keys": desk,
  "POST /desks/{desk}/epochs": lead,
  "POST /desks/{desk}/invitations": lead,
  "GET /desks/{desk}/invitations": lead,
  "POST /invitations/look-ups": "everyone",
  "POST /invitations/acceptances": signedIn,
  "POST /persons": signature("services/directory/server/directory.test.ts"),
  "GET /persons/{person}/card": "everyone",
  "GET /unlocks": signedIn,
  "PUT /unlocks": session("services/directory/server/directory.test.ts"),
  "POST /unlocks/challenges": signedIn,
  "POST /sign-in/challenges": "everyone",
  "POST /sign-in": signature("services/directory/server/directory.test.ts"),
  "GET /session": signedIn,
  "DELETE /session": "everyone",
  "DELETE /sessions": signedIn,
  "GET /devices": signedIn,
  "DELETE /devices/{id}": ["stranger"],
  "GET /organisation-sign-in": signedIn,
  "POST /organisation-sign-in/attempts": none,
  "GET /organisation-sign-in/attempts/{attempt}": none,
  "POST /organisation-sign-in/completions": none,
  "POST /organisation-sign-in/links": session("apps/checks/organisation-sign-in.test.ts"),
  "DELETE /organisation-sign-in/links/{organisation}": none,
  "GET /desks/{desk}/proposals": lead,
  "DELETE /desks/{desk}/proposals/{person}": lead,
  "POST /joining-requests": session("apps/checks/desk-administration.test.ts"),
  "GET /joining-requests": none,
  "GET /joining-requests/mine": signedIn,
  "GET /joining-requests/{request}": "everyone",
  "POST /joining-requests/{request}/verdicts": session("apps/checks/desk-administration.test.ts"),
  "POST /joining-requests/{request}/desk": signature("apps/checks/desk-administration.test.ts"),
  "GET /desks/{desk}/origin": "everyone",
  "GET /desks/{desk}/arrangement": desk,
  "PUT /desks/{desk}/arrangement": lead,
  "GET /recoveries": signedIn,
  "POST /recoveries": session("apps/checks/recovery.test.ts"),
  "GET /unlocks/records": signedIn,
  "POST /recoveries/{recovery}/refusals": none,
  "POST /recovery-claims": { asks: "403 work-required", of: callers },
  "POST /recoveries/{recovery}/requests": none,
  "POST /recoveries/{recovery}/attempts/{attempt}/confirmations": signature("apps/checks/recovery.test.ts"),
  "POST /recoveries/{recovery}/attempts/{attempt}/look-ups": "everyone",
  "POST /recoveries/{recovery}/attempts/{attempt}/takings": "everyone",
  "POST /recoveries/{recovery}/attempts/{attempt}/completions": signature("apps/checks/recovery.test.ts"),
  "GET /receipts/{hash}": "everyone",
  "POST /timestamps": signedIn,
  // With the card of a guest. Signed rightly and wrongly it is sent by apps/checks/permission-matrix.test.ts.
  "POST /dossiers": { asks: "403 work-required", of: callers },
  "GET /dossiers": signedIn,
  "POST /dossiers/{id}/entries": readers,
  "GET /dossiers/{id}/entries": readers,
  "POST /dossiers/{id}/consent-withdrawals": owner,
  "GET /dossiers/{id}": readers,
  "GET /dossiers/{id}/hand-overs": readers,
  "GET /dossiers/{id}/entries/{seq}/receipt": readers,
  "GET /dossiers/{id}/items/{item}": readers,
  "GET /desks/{desk}/worklist": desk,
  "GET /desks/{desk}/late": desk,
  "POST /dossiers/{id}/answer-links": readers,
  "POST /answer-links/look-ups": signedIn,
  "POST /uploads": { asks: "403 work-required", of: ["nobody"] },
  "PATCH /uploads/{upload}": "everyone",
  "PUT /uploads/{upload}": { asks: "403 work-required", of: ["nobody"] },
  "POST /dossiers/{id}/erasure": owner,
  "DELETE /dossiers/{id}/erasure": owner,
  "GET /erasures": signedIn,
  "GET /desks/{desk}/notices": desk,
  "GET /dossiers/{id}/holds": readers,
  "POST /dossiers/{id}/holds": readers,
  "POST /dossiers/{id}/holds/{hold}/end": readers,
  "GET /insight": signedIn,
  "POST /account/erasure": session("services/rights/server/rights.test.ts"),
  "GET /fingerprints/networks": signedIn,
  "POST /fingerprints/networks": session("apps/checks/same-actor.test.ts"),
  "POST /fingerprints/desks/{desk}/keys": session("apps/checks/same-actor.test.ts"),
  "POST /fingerprints/desks/{desk}/requests": desk,
  "GET /fingerprints/desks/{desk}": desk,
  "POST /fingerprints/desks/{desk}/evaluations": desk,
  "POST /fingerprints/desks/{desk}/checks": desk,
  "POST /fingerprints/desks/{desk}/contributions": desk,
  "GET /fingerprints/desks/{desk}/contributions": desk,
  "DELETE /fingerprints/desks/{desk}/contributions/{id}": desk,
  "GET /monitor/waves": "everyone",
  "POST /monitor/waves": session("apps/checks/monitor-statement.test.ts"),
  "GET /monitor/waves/{wave}": "everyone",
  "POST /monitor/keys": ["research"],
  "POST /monitor/waves/{wave}/invitations": researchDesk,
  "GET /monitor/waves/{wave}/uncollected": researchDesk,
  "GET /monitor/waves/{wave}/fieldwork": researchDesk,
  "GET /monitor/waves/{wave}/answers": researchDesk,
  "POST /monitor/waves/{wave}/look-ups": "everyone",
  "POST /monitor/waves/{wave}/tokens": "everyone",
  "POST /monitor/answers": "everyone",
  "GET /figures/quarters": "everyone",
  "POST /figures/quarters": session("apps/checks/figures.test.ts"),
  "GET /figures/quarters/{quarter}": "everyone",
  "POST /figures/keys": ["research"],
  "GET /figures/quarters/{quarter}/facts": researchDesk,
  "GET /figures/quarters/{quarter}/counts": researchDesk,
  "POST /figures/dossiers/{dossier}/tokens": readers,
  "GET /figures/dossiers/{dossier}/choice": owner,
  "PUT /figures/dossiers/{dossier}/choice": owner,
  "POST /figures/facts": "everyone",
  "GET /open-data/publications": "everyone",
  "GET /open-data/publications/{publication}": "everyone",
  "GET /open-data/figures/{publication}/{series}/{group}": "everyone",
  "GET /open-data/trends/{series}/{group}": "everyone",
  "GET /open-data/catalogue": "everyone",
};

let stage: TestStage;
const cookies = new Map<Caller, string | null>();
const ways = new Map<Caller, () => Promise<Session>>();
/** Values by the name of a parameter or field, so that a request is about what really exists. */
const known: Record<string, string> = {};
/** What is not there even for who may ask: who may not is told that they may not, and not that. */
const absent: ReadonlySet<string> = new Set([
  "DELETE /desks/{desk}/proposals/{person}",
  "DELETE /dossiers/{id}/erasure",
  "DELETE /fingerprints/desks/{desk}/contributions/{id}",
]);

beforeAll(async () => {
  stage = await openStage();
  for (const caller of ["stranger", "elsewhere", "colleague", "lead", "research", "researcher", "owner"] as const)
    ways.set(caller, await stage.enrol(`${caller}@demostad.example.nl`));
  const entered = async (caller: Caller): Promise<Session> => {
    const signIn = ways.get(caller);
    if (signIn === undefined) throw new Error(`${caller} has no account`);
    return await signIn();
  };
  const ids = new Map<Caller, string>();
  for (const caller of ways.keys()) ids.set(caller, (await entered(caller)).person.person);
  const make = async (organisation: string, kind: "safety-desk" | "research", members: readonly Caller[]): Promise<string> => {
    const people = members.map((name, place) => ({
      person: ids.get(name) ?? "",
      name: `Demo ${name}`,
      office: "demonstratie",
      lead: place === 0,
    }));
    return (await createDesk(stage.connect().trust, { registrar: stage.registrar, organisation, name: `Demo ${kind}`, function: kind, members: people })).id;
  };
  await make("gm0344", "safety-desk", ["elsewhere"]);
  const safety = await make(testMunicipality.id, "safety-desk", ["lead", "colleague"]);
  const research = await make("bzk", "research", ["research", "researcher"]);
  // A session lists the desks of its moment.
  for (const caller of callers) cookies.set(caller, ways.has(caller) ? (await entered(caller)).connection.cookie : null);
  const holder = await entered("owner");
  const researchLead = await entered("research");
  const { dossier } = await fileReport(holder.connection, {
    as: { session: holder },
    trust: holder.trust,
    desk: safety,
    report: reportDraft((field) => `demonstratie ${field}`),
    attachments: [{ name: "demonstratie.txt", mediaType: "text/plain", bytes: new Blob(["demonstratie"]), capturedAt: null, note: "" }],
  });
  const report = await openReport(holder, dossier);
  const key = { function: "raadslid", organisationType: "gemeente", province: "utrecht", sizeClass: "alle" };
  const at = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();
  const wave = await stateWave(researchLead, {
    desk: research,
    wave: "2026-proef",
    title: { nl: "Proef", en: "Trial", fy: "Proef" },
    questionnaire: { set: "monitor", version: 1, digest: "A".repeat(43) },
    recallMonths: 12,
    labels: {},
    opens: at(-0.0001),
    closes: at(1),
    ends: at(3),
    strata: [{ key, population: 10, invited: 10 }],
  });
  const quarter = await stateQuarter(researchLead, research, quarterAt(Date.now()));
  Object.assign(known, {
    id: dossier,
    dossier,
    desk: safety,
    person: holder.person.person,
    seq: "1",
    size: "6",
    wave: wave.wave,
    stratum: stratumName(key),
    quarter: quarter.quarter,
  });
  const item = report.entries.flatMap((entry) => (entry.readable ? entry.header.attachments : []))[0]?.item;
  if (item === undefined) throw new Error("nothing was attached");
  const devices = await listDevices(await entered("stranger"));
  Object.assign(known, { item, researchDesk: research, device: devices.find(({ current }) => current)?.id, organisation: testMunicipality.id });
}, 120_000);
afterAll(async () => await stage.close());

/** A well-spelled value of 32 bytes, for what is generated else with stray bits. */
const bytes = "A".repeat(43);
const nothing = "0199b1c4-1111-4222-8333-444455556666";
const filled: Readonly<Record<string, string>> = {
  token: bytes,
  mark: bytes,
  fingerprint: bytes,
  pointer: bytes,
  digest: bytes,
  proof: bytes,
  nonce: "A".repeat(11),
  hash: bytes,
  half: bytes,
  network: bytes,
  signPublicKey: bytes,
};

/** Puts what exists where a field is named after it. */
function named(value: unknown, name: string, operation: Operation): unknown {
  if (Array.isArray(value)) return value.map((one: unknown) => named(one, name, operation));
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).map(([field, one]) => [field, named(one, field, operation)]));
  if (typeof value !== "string") return value;
  if (name === "id" || name === "replaces") return nothing;
  if (name === "temporaryKey" && operation.path === "/recovery-claims") return "A".repeat(1622);
  if (name === "sealPublicKey") return "A".repeat(1622);
  if (name === "desk" && /\/(monitor|figures)\//.test(operation.path)) return known["researchDesk"];
  if (["blinded", "fingerprints"].includes(name) && /\/fingerprints\//.test(operation.path)) return bytes;
  return known[name] ?? filled[name] ?? (value.length === bytes.length ? bytes : value);
}

/** What stands in an address under this name; `id` is of another kind in each service. */
function placed(name: string, { path }: Operation): string | undefined {
  if (name !== "id" || path.startsWith("/dossiers/")) return known[name];
  return path.startsWith("/devices/") ? known["device"] : path.startsWith("/organisations/") ? known["organisation"] : undefined;
}

/** Status and code of one well-formed request about what really exists. */
async function knock(operation: Operation, caller: Caller): Promise<string> {
  const cookie = cookies.get(caller) ?? null;
  let path = operation.path;
  const query = new URLSearchParams();
  for (const { name, in: where, schema } of operation.parameters) {
    const value = placed(name, operation) ?? (schema.pattern?.includes("{43}") === true ? bytes : nothing);
    if (where === "path") path = path.replace(`{${name}}`, value);
    else if (placed(name, operation) !== undefined) query.set(name, value);
  }
  const [value] = operation.body === null ? [null] : fc.sample(fitting(operation.body, known), { seed: 7, numRuns: 1 });
  const body = operation.media === null ? {} : { body: operation.body === null ? "sealed" : JSON.stringify(named(value, "", operation)) };
  const answer = await fetch(`${stage.house.url}/api/v1${path}?${query.toString()}`, {
    method: operation.method,
    headers: {
      "x-rugdekking": "1",
      ...(operation.media === null ? {} : { "content-type": operation.media }),
      ...(cookie === null ? {} : { cookie: `__Host-session=${cookie}` }),
    },
    ...body,
  });
  const said = await answer.text();
  const code = /"code":"([a-z-]+)"/.exec(said)?.[1] ?? "";
  return answer.status < 400 ? String(answer.status) : `${answer.status} ${code}`;
}

const operations = operationsOf(committed);

it("has a row for every operation, and no other", () => {
  expect(Object.keys(rows).toSorted()).toEqual(operations.map(({ name }) => name).toSorted());
});

/** Why this answer to this caller is wrong; null when it is right. */
function wrong(row: Row, caller: Caller, answer: string, name: string): string | null {
  const refused = /^(403 role-forbidden|404 not-found|401 challenge-unknown)$/.test(answer);
  if (row === "everyone") return /^(401 session-missing|403)/.test(answer) ? "is for everyone" : null;
  if ("asks" in row) {
    if (row.of.includes(caller)) return answer === row.asks ? null : `is answered ${row.asks}`;
    return /^(401|403)/.test(answer) ? "is for whoever is signed in" : null;
  }
  if ("signed" in row) {
    if (row.signed === "session" && caller === "nobody") return answer === "401 session-missing" ? null : "needs a session";
    return /^(400 input-malformed|422 signature-invalid|404 not-found|409 requirement-missing)$/.test(answer) ? null : "takes what nobody signed rightly";
  }
  if (caller === "nobody") return answer === "401 session-missing" ? null : "needs a session";
  if (!row.includes(caller)) return refused ? null : "is not for them";
  if (row === signedIn) return /session-missing|role-forbidden/.test(answer) ? "is for whoever is signed in" : null;
  return refused && !absent.has(name) ? "is for them" : null;
}

// Signing out comes last: everyone after it would knock as a stranger.
const endsSession = ({ name }: Operation): boolean => /^DELETE \/sessions?$/.test(name);

describe("every operation against every caller", () => {
  it.each(operations.toSorted((a, b) => Number(endsSession(a)) - Number(endsSession(b))))("$name", async (operation) => {
    const row = rows[operation.name];
    if (row === undefined) throw new Error(`${operation.name} has no row`);
    const found: string[] = [];
    for (const caller of callers) {
      if (endsSession(operation)) {
        const signIn = ways.get(caller);
        if (signIn !== undefined) cookies.set(caller, (await signIn()).connection.cookie);
      }
      const answer = await knock(operation, caller);
      const why = wrong(row, caller, answer, operation.name);
      if (why !== null) found.push(`${caller}: ${answer}, and it ${why}`);
    }
    expect(found).toEqual([]);
  });

  it("names tests that exist, for what a statement decides", () => {
    const held = Object.values(rows).flatMap((row) => (typeof row === "object" && "heldBy" in row ? [row.heldBy] : []));
    expect(held.filter((file) => !existsSync(join(import.meta.dirname, "..", "..", file)))).toEqual([]);
  });
});
