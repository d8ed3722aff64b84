/**
 * The main road with client functions only, over real HTTP, PostgreSQL and log: a report with evidence (guest and account), taken up, answered, shared, closed;
 * a scan requested, drafted, returned once, adopted with a signature, provided. Rosters and desk keys are handed out by the test itself; the directory has its own tests.
 */
import { randomBytes } from "node:crypto";
import { generateSeed, guestFromReceipt, newDesk, newPerson, newUuid, nextEpoch, openPerson, signKeyPair, type Person, type SignKeyPair } from "@rugdekking/seal";
import { readStatement, type Roster, type RosterMember } from "@rugdekking/seal/verify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Connection, memoryTrustStore, Session, Trust } from "#services/directory/client/index.ts";
import type { DeskFunction, DeskKeys, DeskView, TrustAnchor } from "#services/directory/contract/index.ts";
import { CoverIndex, coversInThread, listDossiers, openDossier, refreshIndex, withdrawConsent, type AttachmentSource, type DossierHandle } from "#services/dossier/client/index.ts";
import { openWorld, type World } from "#services/dossier/server/testing.ts";
import { addEvidence, closeReport, fileReport, openReport, readReport, recordAction, recordNormTest, sendMessage, shareItems, takeUp, type ReportDraft } from "#services/reporting/client/index.ts";
import { report as reportTable } from "#services/reporting/workflow/index.ts";
import { adopt, assign, complete, decideEntitlement, draftAdvice, entitlementFor, measuresOf, openScan, plan, readScan, recordMeasure, recordVisit, requestScan, returnAdvice, saveAnalysis, saveRisk, submit, type AdviceDraft } from "#services/scanning/client/index.ts";
import { scan as scanTable } from "#services/scanning/workflow/index.ts";

interface DemoDesk {
  view: DeskView;
  readonly sealed: Map<string, string>;
  readonly bridges: { epoch: number; sealed: string }[];
  seed: Uint8Array;
}

/** Hands out what the directory would: the anchor, rosters and each member's sealed desk key. */
class DemoTown {
  readonly world: World;
  readonly registrar: SignKeyPair;
  readonly anchor: TrustAnchor;
  readonly desks = new Map<string, DemoDesk>();

  constructor(world: World, registrar: SignKeyPair) {
    this.world = world;
    this.registrar = registrar;
    this.anchor = { log: world.verifierKey, registrar: registrar.publicKey, demonstration: true };
  }

  async desk(name: string, deskFunction: DeskFunction, people: readonly Person[]): Promise<string> {
    const id = newUuid();
    const { rotation, epochSeed } = await newDesk({ desk: id, organisation: "gm0000", name, function: deskFunction, members: people.map(memberOf), registrar: this.registrar });
    const desk: DemoDesk = { view: { id, organisation: "gm0000", name, function: deskFunction, epoch: 1, rosters: [rotation.roster] }, sealed: new Map(rotation.sealed.map(({ person, sealed }) => [person, sealed])), bridges: [], seed: epochSeed };
    this.desks.set(id, desk);
    this.#publish(id, desk, people);
    return id;
  }

  async rotate(id: string, lead: Person, people: readonly Person[]): Promise<void> {
    const desk = this.desks.get(id);
    if (desk === undefined) throw new Error("no such desk");
    const before = (readStatement(desk.view.rosters.at(-1)!) as Roster).members.map(({ person }) => person);
    const add = people.filter(({ person }) => !before.includes(person)).map((person) => ({ ...memberOf(person, 1) }));
    const remove = before.filter((person) => !people.some((one) => one.person === person));
    const { rotation, epochSeed } = await nextEpoch({ rosters: desk.view.rosters, registrarPublicKey: this.registrar.publicKey, epochSeed: desk.seed, changes: { add, remove }, by: lead });
    if (rotation.bridge !== null) desk.bridges.push({ epoch: desk.view.epoch, sealed: rotation.bridge });
    desk.view = { ...desk.view, epoch: desk.view.epoch + 1, rosters: [...desk.view.rosters, rotation.roster] };
    desk.sealed.clear();
    for (const { person, sealed } of rotation.sealed) desk.sealed.set(person, sealed);
    desk.seed = epochSeed;
    this.#publish(id, desk, people);
  }

  #publish(id: string, desk: DemoDesk, members: readonly Person[]): void {
    const { epochPublicKey } = readStatement(desk.view.rosters.at(-1)!) as Roster;
    this.world.people.desks.set(id, { id, organisation: "gm0000", function: desk.view.function, epoch: desk.view.epoch, epochPublicKey, members });
  }

  /** A connection that is this person: directory answers from here, everything else from the real server. */
  connect(person: Person | null): Connection {
    return new Connection({
      base: this.world.base,
      cookies: "own",
      fetch: async (input, init) => {
        const { pathname } = new URL(input);
        const [, found, keys] = /^\/api\/v1\/desks\/([^/]+)(\/keys)?$/.exec(pathname) ?? [];
        if (pathname === "/api/v1/trust-anchor") return Response.json(this.anchor);
        const desk = found === undefined ? undefined : this.desks.get(found);
        if (desk !== undefined && keys === undefined) return Response.json(desk.view);
        if (desk !== undefined) return Response.json({ desk: desk.view.id, epoch: desk.view.epoch, sealed: desk.sealed.get(person?.person ?? "") ?? "", bridges: desk.bridges } satisfies DeskKeys);
        const headers = new Headers(init.headers);
        if (person !== null) headers.set("x-demo-person", person.person);
        return fetch(input, { ...init, headers });
      },
    });
  }

  session(person: Person, guest = false): Session {
    const connection = this.connect(person);
    const desks = [...this.desks.values()].filter(({ sealed }) => sealed.has(person.person)).map(({ view }) => view.id);
    return new Session({ connection, trust: new Trust(connection, memoryTrustStore()), person, guest, desks, expires: "2030-01-01T00:00:00Z" });
  }
}

const memberOf = (person: Person, index: number): RosterMember => ({ person: person.person, name: `Demo ${index}`, office: "demonstratie", lead: index === 0, sealPublicKey: person.seal.publicKey, signPublicKey: person.sign.publicKey });

let world: World;
let town: DemoTown;
let officeHolder: Person;
let worker: Person;
let lead: Person;
let adviser: Person;
let authority: Person;
let fitter: Person;
let consulted: Person;
const desks = { safety: "", expert: "", authority: "", employer: "", police: "" };

beforeAll(async () => {
  world = await openWorld();
  town = new DemoTown(world, await signKeyPair(generateSeed()));
  [officeHolder, worker, lead, adviser, authority, fitter, consulted] = await Promise.all([world.person(), world.person(), world.person(), world.person(), world.person(), world.person(), world.person()]);
  desks.safety = await town.desk("Demo veiligheidsdesk", "safety-desk", [worker]);
  desks.expert = await town.desk("Demo CCV", "expert-desk", [lead, adviser]);
  desks.authority = await town.desk("Demo BVA", "authority", [authority]);
  desks.employer = await town.desk("Demo gemeente", "employer", [fitter]);
  desks.police = await town.desk("Demo politie", "police", [consulted]);
}, 120_000);
afterAll(async () => world.close());

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
    const reporter = town.session(officeHolder);
    const small = file("schermafbeelding-demo.png", 40_000);
    const large = file("video-demo.mp4", 9 * 1024 * 1024);
    const filed = await fileReport(reporter.connection, { as: { session: reporter }, trust: reporter.trust, desk: desks.safety, report: draft, attachments: [small.source, large.source] });
    expect(filed.receiptCode).toBeNull();

    const desk = await openReport(town.session(worker), filed.dossier);
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
    const police = await openReport(town.session(consulted), filed.dossier);
    const readable = police.entries.filter((entry) => entry.readable);
    expect(readable.map(({ seq }) => seq)).toEqual([1]);
    const only = readable[0];
    if (only === undefined) throw new Error("nothing shared");
    expect(await readReport(police, only)).toMatchObject({ body: { inOwnWords: story } });
    expect(police.keys.dossierKey).toBeNull();

    const consentHash = mine.consents[0]?.hash ?? "";
    await withdrawConsent(reporter, filed.dossier, consentHash);
    await expect(openReport(town.session(consulted), filed.dossier)).rejects.toMatchObject({ code: "grant-ended" });

    await closeReport(desk, { outcome: "stopped", feedback: "Het account is verwijderd.", aftercare: "Gesprek volgende week." });
    await mine.refresh();
    expect(mine.view.phase).toBe("closed");
  }, 120_000);

  test("a guest files without an account and comes back with the code", async () => {
    const connection = town.connect(null);
    const trust = new Trust(connection, memoryTrustStore());
    const filed = await fileReport(connection, { as: { guest: true }, trust, desk: desks.safety, report: { ...draft, reporterName: "" }, attachments: [file("demo.pdf", 5_000).source] });
    const guest = town.session(await guestFromReceipt(filed.receiptCode ?? ""), true);
    const mine = await openReport(guest, filed.dossier);
    expect((await listDossiers(guest)).map(({ id }) => id)).toEqual([filed.dossier]);
    await sendMessage(mine, "Ik ben het, met de code.");
    expect(mine.entries).toHaveLength(2);
  }, 60_000);

  test("nothing is sealed to a desk whose roster does not verify", async () => {
    const stranger = new DemoTown(world, await signKeyPair(generateSeed()));
    const reporter = town.session(officeHolder);
    const fake = await stranger.desk("Demo veiligheidsdesk", "safety-desk", [worker]);
    const known = stranger.desks.get(fake);
    if (known !== undefined) town.desks.set(fake, known);
    await expect(fileReport(reporter.connection, { as: { session: reporter }, trust: reporter.trust, desk: fake, report: draft })).rejects.toMatchObject({ code: "signature-invalid" });
    await expect(fileReport(reporter.connection, { as: { session: reporter }, trust: reporter.trust, desk: desks.police, report: draft })).rejects.toMatchObject({ code: "role-forbidden" });
    town.desks.delete(fake);
  });

  test("a desk that rotated while the report was on its way gets the key at its new epoch, and covers are found", async () => {
    const colleague = await world.person();
    const reporter = town.session(officeHolder);
    const stale = town.desks.get(desks.safety)?.view;
    const held = reporter.connection;
    let shown = 0;
    const behind = new Connection({ base: world.base, cookies: "own", fetch: async (input, init) => {
      if (new URL(input).pathname === `/api/v1/desks/${desks.safety}`) {
        shown += 1;
        if (shown <= 2) return Response.json(stale);
      }
      const answer = await held.request(init.method === "POST" ? "POST" : "GET", input.slice(world.base.length), { ...(typeof init.body === "string" ? { body: init.body, mediaType: "application/json" } : {}) }).catch((error: unknown) => error);
      if (answer instanceof Response) return answer;
      const document = (answer as { toDocument(): { status: number } }).toDocument();
      return new Response(JSON.stringify(document), { status: document.status });
    } });
    await town.rotate(desks.safety, worker, [worker, colleague]);
    const late = new Session({ connection: behind, trust: new Trust(behind, memoryTrustStore()), person: officeHolder, guest: false, desks: [], expires: "2030-01-01T00:00:00Z" });
    await fileReport(behind, { as: { session: late }, trust: late.trust, desk: desks.safety, report: { ...draft, inOwnWords: "Tweede melding: Zó'n brief DEMO" } });
    expect(shown).toBeGreaterThan(2);

    const session = town.session(colleague);
    const open = await session.openDesk(desks.safety);
    const index = new CoverIndex(desks.safety);
    await refreshIndex(session, open, index, coversInThread());
    expect(index.size).toBe(3);
    expect(index.search("zo'n BRIEF")).toHaveLength(1);
    expect(index.search("wethouder gisteravond")).toHaveLength(1);
    const again = await CoverIndex.openIndex(desks.safety, await index.sealIndex(colleague), colleague);
    expect(again.lines()).toEqual(index.lines());
    await expect(CoverIndex.openIndex(desks.safety, await index.sealIndex(colleague), worker)).rejects.toThrow();
    await refreshIndex(session, open, again, coversInThread());
    expect(again.size).toBe(3);
    for (const { id } of index.lines()) expect((await openDossier(session, id, { report: reportTable, scan: scanTable })).keys.dossierKey).not.toBeNull();
  }, 60_000);
});

describe("scan", () => {
  test("requested, assigned, visited, drafted, returned once, adopted with a signature, provided", async () => {
    const holder = town.session(officeHolder);
    const { dossier } = await requestScan(holder, {
      request: {
        name: "Demo Wethouder", function: "alderman", organisationName: "Demo gemeente", standing: "appointed", since: null, address: "Demostraat 1", homeMunicipality: "Demostad", ontheffing: "not-needed",
        pkvw: { status: "valid", validUntil: null, reason: "" }, reasons: "Dreiging", householdSize: 3, moved: false, contact: "demo@example.nl",
      },
      desks: { expert: desks.expert, authority: desks.authority, employer: desks.employer },
    });
    const coordinator = await openScan(town.session(lead), dossier);
    await decideEntitlement(coordinator, entitlementFor("alderman"));
    await assign(coordinator, adviser.person);

    const expert = await openScan(town.session(adviser), dossier);
    await plan(expert, { start: "2026-12-01T09:00:00Z", minutes: 120, placeNote: "Bel aan bij de buren" });
    const photo = file("achterdeur-demo.jpg", 20_000);
    await recordVisit(expert, { on: "2026-12-01", present: "Demo Wethouder", note: "", findings: [{ id: "f1", domain: "wonen", ring: "shell", observation: "ACHTERDEUR KIERT", seriousness: "high", photos: [photo.source] }] });
    await saveAnalysis(expert, { history: "", localInformation: "Demo", sources: [], notAsked: "", conclusion: "Reëel" });
    await saveRisk(expert, { rows: [{ id: "r1", domain: "wonen", scenario: "Inbraak", findings: ["f1"], seriousness: "high", likelihood: "possible", remaining: { seriousness: "low", likelihood: "unlikely" } }], remainingRisk: "" });
    const advice: AdviceDraft = {
      address: "Demostraat 1",
      sections: [{ id: "s1", title: "Wonen", text: "ACHTERDEUR KIERT" }],
      measures: [
        { id: "m1", domain: "wonen", what: "Slot op achterdeur vervangen", why: "ACHTERDEUR KIERT", findings: ["f1"], provided: "provided", costLow: 200, costHigh: 300, byWhen: null, who: "employer" },
        { id: "m2", domain: "wonen", what: "Camera", why: "ACHTERDEUR KIERT", findings: ["f1"], provided: "on-loan", costLow: 400, costHigh: 500, byWhen: null, who: "employer" },
      ],
    };
    await draftAdvice(expert, advice);
    await submit(expert);

    const bva = await openScan(town.session(authority), dossier);
    const v1 = bva.newest("advice");
    if (v1 === null) throw new Error("no advice");
    await returnAdvice(bva, [{ section: "s1", reason: "Noem ook de voordeur." }]);
    await expert.refresh();
    await draftAdvice(expert, { ...advice, sections: [{ id: "s1", title: "Wonen", text: "ACHTERDEUR KIERT, voordeur goed" }] });
    await submit(expert, "Aangevuld");

    await expect(openScan(town.session(fitter), dossier)).rejects.toMatchObject({ code: "not-found" });
    await bva.refresh();
    await expect(adopt(bva, v1, { statement: "Vastgesteld" })).rejects.toMatchObject({ code: "chain-broken" });
    const v2 = bva.newest("advice");
    if (v2 === null) throw new Error("no advice");
    await adopt(bva, v2, { statement: "Vastgesteld", contact: "demo@example.nl" });
    expect(bva.newest("adoption")?.header.decides).toEqual(v2.header.body);

    const employer = await openScan(town.session(fitter), dossier);
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
