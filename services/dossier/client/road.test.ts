/**
 * The main road with client functions only, against the real house (apps/server: HTTP, PostgreSQL, log): persons registered and signed in, desks made by the registrar,
 * a report with evidence (guest and account), taken up, answered, shared, closed; a scan requested, drafted, returned once, adopted with a signature, provided.
 */
import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generateSeed, signKeyPair, type SignKeyPair } from "@rugdekking/seal";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { houseMigrations, openHouse, type House } from "#apps/server/house.ts";
import { readSettings } from "#apps/server/settings.ts";
import {
  acceptInvitation,
  addUnlock,
  Connection,
  createDesk,
  invite,
  listDevices,
  listInvitations,
  listUnlocks,
  memoryTrustStore,
  ownFingerprint,
  readFingerprint,
  readInvitation,
  registerPerson,
  removeUnlock,
  rotateDesk,
  searchOrganisations,
  signInAsGuest,
  signInWithPasskey,
  signInWithPassphrase,
  signInWithSheet,
  signOut,
  Trust,
  type NewMember,
  type Session,
} from "#services/directory/client/index.ts";
import { DeskView, type DeskFunction } from "#services/directory/contract/index.ts";
import {
  CoverIndex,
  coversInThread,
  listDossiers,
  openDossier,
  openIndex,
  refreshIndex,
  sealIndex,
  withdrawConsent,
  type AttachmentSource,
  type DossierHandle,
} from "#services/dossier/client/index.ts";
import type { DossierView, GrantDelivery } from "#services/dossier/contract/index.ts";
import { grantDossier } from "./sharing.ts";
import {
  addEvidence,
  closeReport,
  fileReport,
  openReport,
  readReport,
  recordAction,
  recordNormTest,
  sendMessage,
  shareItems,
  takeUp,
  type ReportDraft,
} from "#services/reporting/client/index.ts";
import { report as reportTable } from "#services/reporting/workflow/index.ts";
import {
  adopt,
  assign,
  complete,
  decideEntitlement,
  draftAdvice,
  measuresOf,
  openScan,
  plan,
  readScan,
  recordMeasure,
  recordVisit,
  requestScan,
  returnAdvice,
  saveAnalysis,
  saveRisk,
  submit,
  weigh,
  type AdviceDraft,
} from "#services/scanning/client/index.ts";
import { scan as scanTable } from "#services/scanning/workflow/index.ts";
import { openTestDatabase, type TestDatabase } from "#services/storage/testing.ts";

const passphrase = "demo: vier woorden op een rij";
const organisation = "gm0000";

/** Someone of this invented town, and how they come in. */
interface Resident {
  readonly person: string;
  readonly handle: string;
  readonly sheet: string;
}

let database: TestDatabase;
let data: string;
let house: House;
let registrar: SignKeyPair;
let officeHolder: Resident;
let worker: Resident;
let lead: Resident;
let adviser: Resident;
let authority: Resident;
let fitter: Resident;
let consulted: Resident;
const desks = { safety: "", expert: "", authority: "", employer: "", police: "" };

const connect = (): Connection => new Connection({ base: house.url, cookies: "own" });
const trusting = (connection: Connection): Trust => new Trust(connection, memoryTrustStore());

async function settle(name: string): Promise<Resident> {
  const handle = `${name}@example.nl`;
  const { person, sheetCode } = await registerPerson(connect(), { handle, mail: null, passphrase });
  return { person, handle, sheet: sheetCode };
}

/** Signs in on a device of its own: own connection, own cookie, own pins. */
async function session(resident: Resident): Promise<Session> {
  const connection = connect();
  return signInWithSheet(connection, { trust: trusting(connection), device: "Demo", handle: resident.handle, code: resident.sheet });
}

const makeDesk = async (name: string, deskFunction: DeskFunction, people: readonly Resident[], signer = registrar): Promise<string> => {
  const members = people.map(({ person }, index): NewMember => ({ person, name: `Demo ${index}`, office: "demonstratie", lead: index === 0 }));
  return (await createDesk(trusting(connect()), { registrar: signer, organisation, name, function: deskFunction, members })).id;
};

beforeAll(async () => {
  database = await openTestDatabase(houseMigrations);
  data = await mkdtemp(join(tmpdir(), "rugdekking-road-"));
  registrar = await signKeyPair(generateSeed());
  house = await openHouse(readSettings({ data, database: database.url, port: 0, demonstration: true }, {}), {
    registrar: registrar.publicKey,
    organisations: [{ id: organisation, name: "Demo gemeente", kind: "municipality", province: null, demonstration: true }],
    jobs: false,
  });
  officeHolder = await settle("wethouder");
  worker = await settle("desk");
  lead = await settle("ccv");
  adviser = await settle("adviseur");
  authority = await settle("bva");
  fitter = await settle("werkgever");
  consulted = await settle("politie");
  desks.safety = await makeDesk("Demo veiligheidsdesk", "safety-desk", [worker]);
  desks.expert = await makeDesk("Demo CCV", "expert-desk", [lead, adviser]);
  desks.authority = await makeDesk("Demo BVA", "authority", [authority]);
  desks.employer = await makeDesk("Demo gemeente", "employer", [fitter]);
  desks.police = await makeDesk("Demo politie", "police", [consulted]);
}, 240_000);
afterAll(async () => {
  await house?.stop();
  await database?.close();
  if (data !== undefined) await rm(data, { recursive: true, force: true });
});

describe("account", () => {
  test("signs in by passphrase, sheet and passkey; a wrong secret and an unknown name look alike", async () => {
    const connection = connect();
    const options = { trust: trusting(connection), device: "Demo laptop" };
    const { handle, sheet, person } = officeHolder;
    const byPhrase = await signInWithPassphrase(connection, { ...options, handle, passphrase });
    expect(byPhrase.person.person).toBe(person);
    expect((await listDevices(byPhrase)).some(({ label, current }) => label === "Demo laptop" && current)).toBe(true);
    const prfOutput = crypto.getRandomValues(new Uint8Array(32));
    const added = await addUnlock(
      byPhrase,
      { kind: "recovery-sheet", code: sheet },
      { kind: "passkey", label: "Demo sleutel", credential: "ZGVtbw", salt: "c2FsdC1kZW1v", prfOutput },
    );
    expect(await listUnlocks(byPhrase)).toHaveLength(3);
    const other = connect();
    expect((await signInWithPasskey(other, { trust: trusting(other), device: "Demo", handle, prf: async () => prfOutput })).person.person).toBe(person);
    await removeUnlock(byPhrase, added);
    await signOut(byPhrase, true);
    await expect(listDevices(byPhrase)).rejects.toMatchObject({ code: "session-missing" });
    const wrong = connect();
    const attempt = (name: string) =>
      signInWithPassphrase(wrong, { trust: trusting(wrong), device: "Demo", handle: name, passphrase: "verkeerd" }).then(
        () => null,
        (error: unknown) => error,
      );
    expect(await attempt(handle)).toEqual(await attempt("niemand@example.nl"));
    expect(await searchOrganisations(connection, { query: "Demo gem" })).toMatchObject([{ id: organisation }]);
  }, 120_000);
});

const story = "Gisteravond kreeg ik een bericht: ik weet waar je woont. DEMO";
const draft: ReportDraft = {
  inOwnWords: story,
  what: ["threat"],
  channel: "social-media",
  when: { at: null, words: "gisteravond" },
  where: "",
  target: "self",
  author: { known: "unknown", words: "" },
  reporterName: "Demo Wethouder",
  function: "alderman",
  organisationName: "Demo gemeente",
  acute: true,
  contact: { how: "here", reach: "", wishes: "" },
};
const file = (name: string, size: number): { source: AttachmentSource; bytes: Buffer } => {
  const bytes = randomBytes(size);
  return { bytes, source: { name, mediaType: "application/octet-stream", bytes: new Blob([new Uint8Array(bytes)]), capturedAt: null, note: "" } };
};
const last = (handle: DossierHandle) => {
  const entry = handle.entries.at(-1);
  if (entry === undefined) throw new Error("an empty dossier");
  return entry;
};

describe("report", () => {
  test("filed with evidence, taken up, answered, shared item by item, closed", async () => {
    const reporter = await session(officeHolder);
    const small = file("schermafbeelding-demo.png", 40_000);
    const large = file("video-demo.mp4", 9 * 1024 * 1024);
    const filed = await fileReport(reporter.connection, {
      as: { session: reporter },
      trust: reporter.trust,
      desk: desks.safety,
      report: draft,
      attachments: [small.source, large.source],
    });
    expect(filed.receiptCode).toBeNull();

    const desk = await openReport(await session(worker), filed.dossier);
    const first = last(desk);
    const content = await readReport(desk, first);
    expect(content).toMatchObject({ kind: "report", body: { inOwnWords: story } });
    if (content.kind !== "report") throw new Error("not a report");
    for (const [index, { bytes }] of [small, large].entries()) {
      const note = content.body.attachments[index];
      if (note === undefined) throw new Error("attachment missing");
      expect(Buffer.from(await new Response(await desk.readAttachment(first, note)).arrayBuffer()).equals(bytes)).toBe(true);
    }
    await takeUp(desk, "Wij zijn er. U hoort binnen een uur van ons.");
    await recordNormTest(desk, { outcome: "crossing-the-line", norm: "Demo norm", explanation: "Dreiging met een adres." });

    const mine = await openReport(reporter, filed.dossier);
    expect(mine.view.phase).toBe("in-hand");
    expect(mine.entries[1]?.author).toEqual({ name: "Demo 0", office: "demonstratie" });
    await sendMessage(mine, "Dank u. Ik heb nog iets.");
    await addEvidence(mine, "Nog een bericht", { attachments: [file("bericht-demo.eml", 3_000).source] });

    // Someone else was first: the desk's handle is behind and signs again.
    await recordAction(desk, { type: "complaint", on: "2026-11-24", note: "", number: "DEMO-1", vptCode: "VPT-DEMO", by: "employer", functionStated: true });
    expect(desk.entries.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6]);

    const evidence = last(mine).header.kind === "evidence" ? last(mine) : null;
    await mine.refresh();
    const shared = [first.header.body.item, mine.newest("evidence")?.header.attachments[0]?.item ?? ""];
    expect(evidence).not.toBeNull();
    await shareItems(mine, { desk: desks.police, items: shared, purpose: "Overleg", until: new Date(Date.now() + 86_400_000).toISOString() });
    const police = await openReport(await session(consulted), filed.dossier);
    const readable = police.entries.filter((entry) => entry.readable);
    expect(readable.map(({ seq }) => seq)).toEqual([1]);
    const only = readable[0];
    if (only === undefined) throw new Error("nothing shared");
    expect(await readReport(police, only)).toMatchObject({ body: { inOwnWords: story } });
    expect(police.keys.dossierKey).toBeNull();

    const consentHash = mine.consents[0]?.hash ?? "";
    await withdrawConsent(reporter, filed.dossier, consentHash);
    await expect(openReport(await session(consulted), filed.dossier)).rejects.toMatchObject({ code: "grant-ended" });

    await closeReport(desk, { outcome: "stopped", feedback: "Het account is verwijderd.", aftercare: "Gesprek volgende week." });
    await mine.refresh();
    expect(mine.view.phase).toBe("closed");
  }, 120_000);

  test("a guest files without an account and comes back with the code", async () => {
    const connection = connect();
    const trust = trusting(connection);
    const filed = await fileReport(connection, {
      as: { guest: true },
      trust,
      desk: desks.safety,
      report: { ...draft, reporterName: "" },
      attachments: [file("demo.pdf", 5_000).source],
    });
    const back = connect();
    const guest = await signInAsGuest(back, { trust: trusting(back), device: "Demo", receiptCode: filed.receiptCode ?? "" });
    const mine = await openReport(guest, filed.dossier);
    expect((await listDossiers(guest)).map(({ id }) => id)).toEqual([filed.dossier]);
    await sendMessage(mine, "Ik ben het, met de code.");
    expect(mine.entries).toHaveLength(2);
  }, 60_000);

  test("nothing is sealed to a desk whose roster does not verify, or that is something else than it should be", async () => {
    const reporter = await session(officeHolder);
    const view = await connect().get(`/api/v1/desks/${desks.safety}`, DeskView);
    const lying = new Connection({
      base: house.url,
      cookies: "own",
      fetch: async (input, init) => (input.endsWith(desks.police) ? Response.json({ ...view, id: desks.police }) : fetch(input, init)),
    });
    await expect(fileReport(lying, { as: { guest: true }, trust: trusting(lying), desk: desks.police, report: draft })).rejects.toMatchObject({
      code: "signature-invalid",
    });
    await expect(
      fileReport(reporter.connection, { as: { session: reporter }, trust: reporter.trust, desk: desks.police, report: draft }),
    ).rejects.toMatchObject({ code: "role-forbidden" });
    const stranger = await signKeyPair(generateSeed());
    await expect(makeDesk("Demo vals", "safety-desk", [worker], stranger)).rejects.toThrow();
  });

  test("a new colleague is invited and taken in; a report that was on its way goes to the new epoch; covers are found", async () => {
    const leading = await session(worker);
    const colleague = await settle("collega");
    const { token } = await invite(leading, desks.safety, { name: "Demo Collega", office: "demonstratie" });
    const asked: string[] = [];
    const noted = new Connection({ base: house.url, cookies: "own", fetch: (input, init) => (asked.push(input), fetch(input, init)) });
    const newcomer = await signInWithSheet(noted, { trust: trusting(noted), device: "Demo", handle: colleague.handle, code: colleague.sheet });
    expect((await readInvitation(newcomer.trust, token)).desk.id).toBe(desks.safety);
    await acceptInvitation(newcomer, token);
    // Proxies keep addresses.
    expect(asked.filter((address) => address.includes(token))).toEqual([]);
    const seen = await readFingerprint(leading.connection, colleague.person);
    expect(seen.fingerprint).toBe(await ownFingerprint(newcomer));
    expect(seen.fingerprint).not.toBe(await ownFingerprint(leading));
    await expect(
      rotateDesk(leading, desks.safety, {
        add: [{ person: colleague.person, name: "Demo Collega", office: "demonstratie", lead: false, signPublicKey: leading.person.sign.publicKey }],
      }),
    ).rejects.toMatchObject({ code: "signature-invalid" });
    expect(await listInvitations(leading, desks.safety)).toMatchObject([{ acceptedBy: colleague.person }]);

    const stale = await connect().get(`/api/v1/desks/${desks.safety}`, DeskView);
    await rotateDesk(leading, desks.safety, { add: [{ person: colleague.person, name: "Demo Collega", office: "demonstratie", lead: false, ...seen }] });
    let shown = 0;
    const behind = new Connection({
      base: house.url,
      cookies: "own",
      fetch: async (input, init) => {
        if (!input.endsWith(`/api/v1/desks/${desks.safety}`)) return fetch(input, init);
        shown += 1;
        return shown <= 2 ? Response.json(stale) : fetch(input, init);
      },
    });
    await fileReport(behind, {
      as: { guest: true },
      trust: trusting(behind),
      desk: desks.safety,
      report: { ...draft, inOwnWords: "Tweede melding: Zó'n brief DEMO" },
    });
    expect(shown).toBeGreaterThan(2);

    const working = await session(colleague);
    const open = await working.openDesk(desks.safety);
    expect([...open.keys.keys()].toSorted((a, b) => a - b)).toEqual([1, 2]);
    const index = new CoverIndex(desks.safety);
    await refreshIndex(working, open, index, coversInThread());
    expect(index.size).toBe(3);
    expect(index.search("zo'n BRIEF")).toHaveLength(1);
    expect(index.search("wethouder gisteravond")).toHaveLength(1);
    const sealed = await sealIndex(index, working.person);
    const again = await openIndex(desks.safety, sealed, sealed.rest, working.person);
    expect(again.lines()).toEqual(index.lines());
    await expect(openIndex(desks.safety, sealed, sealed.rest, leading.person)).rejects.toThrow();
    await refreshIndex(working, open, again, coversInThread());
    expect(again.size).toBe(3);
    for (const { id } of index.lines()) expect((await openDossier(working, id, { report: reportTable, scan: scanTable })).keys.dossierKey).not.toBeNull();

    // The colleague leaves, and the server helps them: a hand-over of their making, dated after they left, is shown with the true ones.
    const [line] = index.lines();
    if (line === undefined) throw new Error("no dossier");
    const held = (await openDossier(working, line.id, { report: reportTable })).keys.dossierKey;
    if (held === null) throw new Error("no key");
    const after = await rotateDesk(leading, desks.safety, { remove: [colleague.person] });
    const forged = async (minutes: number) =>
      grantDossier(
        working,
        { dossier: line.id, role: "safety-desk", to: { desk: after }, consent: null, until: null, at: new Date(Date.now() + minutes * 60_000).toISOString() },
        held,
      );
    const shownBy = async (grant: GrantDelivery): Promise<DossierHandle> => {
      const helped = new Connection({
        base: house.url,
        cookies: "own",
        fetch: async (input, init) => {
          const answer = await fetch(input, init);
          if (!input.endsWith(`/api/v1/dossiers/${line.id}`)) return answer;
          const view = (await answer.json()) as DossierView;
          return Response.json({ ...view, grants: [...view.grants, grant] });
        },
      });
      const reader = await signInWithSheet(helped, { trust: trusting(helped), device: "Demo", handle: worker.handle, code: worker.sheet });
      return openDossier(reader, line.id, { report: reportTable });
    };
    await expect(shownBy(await forged(6))).rejects.toMatchObject({ code: "signature-invalid" });
    // What the threat model says of it: dated back to when they were in, it cannot be told from one they gave then.
    expect((await shownBy(await forged(0))).keys.dossierKey).not.toBeNull();
    // A key of their own making opens nothing that is there, so nothing is sealed under it, and the true one is not lost.
    const own = await grantDossier(
      working,
      { dossier: line.id, role: "safety-desk", to: { desk: after }, consent: null, until: null, at: new Date().toISOString() },
      generateSeed(),
    );
    const undeceived = await shownBy(own);
    expect(undeceived.keys.dossierKey).toEqual(held);
    expect(undeceived.keys.channels.get("main")).toEqual(held);
  }, 120_000);
});

describe("scan", () => {
  test("requested, assigned, visited, drafted, returned once, adopted with a signature, provided", async () => {
    const holder = await session(officeHolder);
    const { dossier } = await requestScan(holder, {
      request: {
        name: "Demo Wethouder",
        function: "alderman",
        organisationName: "Demo gemeente",
        standing: "appointed",
        since: "2026-06-01",
        address: "Demostraat 1",
        homeMunicipality: "Demostad",
        ontheffing: "not-needed",
        pkvw: { status: "valid", validUntil: null, reason: "" },
        reasons: "Dreiging",
        householdSize: 3,
        moved: false,
        contact: "demo@example.nl",
      },
      desks: { expert: desks.expert, authority: desks.authority, employer: desks.employer },
    });
    const coordinator = await openScan(await session(lead), dossier);
    await decideEntitlement(coordinator, await weigh(coordinator));
    await assign(coordinator, adviser.person);

    const expert = await openScan(await session(adviser), dossier);
    await plan(expert, { start: "2026-12-01T09:00:00Z", minutes: 120, placeNote: "Bel aan bij de buren" });
    const photo = file("achterdeur-demo.jpg", 20_000);
    await recordVisit(expert, {
      on: "2026-12-01",
      present: "Demo Wethouder",
      note: "",
      findings: [{ id: "f1", domain: "wonen", ring: "shell", observation: "ACHTERDEUR KIERT", seriousness: "high", photos: [photo.source] }],
    });
    await saveAnalysis(expert, { history: "", localInformation: "Demo", sources: [], notAsked: "", conclusion: "Reëel" });
    await saveRisk(expert, {
      rows: [
        {
          id: "r1",
          domain: "wonen",
          scenario: "Inbraak",
          findings: ["f1"],
          seriousness: "high",
          likelihood: "possible",
          remaining: { seriousness: "low", likelihood: "unlikely" },
        },
      ],
      remainingRisk: "",
    });
    const advice: AdviceDraft = {
      address: "Demostraat 1",
      sections: [{ id: "s1", title: "Wonen", text: "ACHTERDEUR KIERT" }],
      measures: [
        {
          id: "m1",
          domain: "wonen",
          what: "Slot op achterdeur vervangen",
          why: "ACHTERDEUR KIERT",
          findings: ["f1"],
          provided: "provided",
          costLow: 200,
          costHigh: 300,
          byWhen: null,
          who: "employer",
        },
        {
          id: "m2",
          domain: "wonen",
          what: "Camera",
          why: "ACHTERDEUR KIERT",
          findings: ["f1"],
          provided: "on-loan",
          costLow: 400,
          costHigh: 500,
          byWhen: null,
          who: "employer",
        },
      ],
    };
    await draftAdvice(expert, advice);
    await submit(expert);

    const bva = await openScan(await session(authority), dossier);
    const v1 = bva.newest("advice");
    if (v1 === null) throw new Error("no advice");
    await returnAdvice(bva, [{ section: "s1", reason: "Noem ook de voordeur." }]);
    await expert.refresh();
    await draftAdvice(expert, { ...advice, sections: [{ id: "s1", title: "Wonen", text: "ACHTERDEUR KIERT, voordeur goed" }] });
    await submit(expert, "Aangevuld");

    await expect(openScan(await session(fitter), dossier)).rejects.toMatchObject({ code: "not-found" });
    await bva.refresh();
    await expect(adopt(bva, v1, { statement: "Vastgesteld" })).rejects.toMatchObject({ code: "chain-broken" });
    const v2 = bva.newest("advice");
    if (v2 === null) throw new Error("no advice");
    await adopt(bva, v2, { statement: "Vastgesteld", contact: "demo@example.nl" });
    expect(bva.newest("adoption")?.header.decides).toEqual(v2.header.body);

    const employer = await openScan(await session(fitter), dossier);
    expect(employer.keys.dossierKey).toBeNull();
    const readable = employer.entries.filter((entry) => entry.readable);
    expect(readable.map(({ header }) => header.kind)).toEqual(["provision-list"]);
    expect(employer.entries.map(({ header }) => header.kind)).toEqual(["adoption", "provision-list"]);
    const seen = JSON.stringify(await Promise.all(readable.map((entry) => readScan(employer, entry))));
    expect(seen).toContain("Slot op achterdeur vervangen");
    expect(seen).not.toContain("KIERT");
    const adoption = employer.entries[0];
    if (adoption === undefined) throw new Error("adoption not announced");
    await expect(readScan(employer, adoption)).rejects.toMatchObject({ code: "role-forbidden" });
    await recordMeasure(employer, { measure: "m1", state: "ordered", on: "2026-12-10", reason: "", cost: 250 });
    await recordMeasure(employer, { measure: "m2", state: "on-loan", on: "2026-12-11", reason: "", cost: 400 });

    const mine = await openScan(holder, dossier);
    await recordMeasure(mine, { measure: "m1", state: "declined", on: "2026-12-12", reason: "Zelf geregeld", cost: null });
    await employer.refresh();
    await complete(employer);
    await mine.refresh();
    expect(mine.view.phase).toBe("completed");
    expect((await measuresOf(mine))?.measures.map(({ state }) => state)).toEqual(["declined", "on-loan"]);
    for (const entry of mine.entries) expect((await readScan(mine, entry)).kind).toBe(entry.header.kind);
    const content = await readScan(mine, last(mine));
    expect(content).toMatchObject({ kind: "completion", body: { onLoan: ["m2"] } });
  }, 120_000);
});
