/** Circulaire 2026 par. 2.4.1 and 2.4.2 over HTTP against the real database: a signal from report to feedback, consent taken back half-way, the road around the driehoek, and nobody in their own case. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Session } from "#services/directory/client/index.ts";
import { createDesk } from "#services/directory/client/index.ts";
import { openNewDossier, prepareDossier } from "#services/dossier/client/index.ts";
import { fileReport, openReport, readReport } from "#services/reporting/client/index.ts";
import { report } from "#services/reporting/workflow/index.ts";
import { scan } from "#services/scanning/workflow/index.ts";
import {
  awaitingItems,
  closeSignal,
  consentAgain,
  decide,
  feedBack,
  lapsedDesks,
  openSignal,
  present,
  raiseAgain,
  raiseSignal,
  readSignal,
  receive,
  recordProvisional,
  redirect,
  register,
  revoke,
  sendSignalMessage,
  shareAlong,
  stationsOf,
  weigh,
  weighAgain,
  withdrawSignal,
  type RaiseSignal,
} from "#services/signalling/client/index.ts";
import { dueMoment } from "#services/dossier/workflow/terms.ts";
import { signal } from "#services/signalling/workflow/index.ts";
import type { Problem } from "#services/problem/index.ts";
import { reportDraft } from "./road.ts";
import { openStage, testMunicipality, type TestStage } from "./stage.ts";

const workflows = { report, scan, signal };
let stage: TestStage;
let holder: Session;
let reported: string;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "rugdekking-terms-"));
  const terms = join(folder, "termijnen.json");
  writeFileSync(terms, JSON.stringify({ "signal-receive": { length: { workingDays: 2 }, acute: { hours: 2 } } }));
  stage = await openStage({ settings: { terms } });
  ({ holder } = stage.company);
  const filed = await fileReport(holder.connection, {
    as: { session: holder },
    trust: holder.trust,
    desk: stage.company.desks.safety,
    report: { ...reportDraft((field) => `verzonnen ${field}`), acute: false },
    attachments: [
      { name: "bericht.txt", mediaType: "text/plain", bytes: new Blob(["verzonnen dreigbericht"]), capturedAt: null, note: "" },
      { name: "privé.txt", mediaType: "text/plain", bytes: new Blob(["gaat niemand aan"]), capturedAt: null, note: "" },
    ],
  });
  reported = filed.dossier;
}, 120_000);
afterAll(async () => {
  await stage.close();
  rmSync(folder, { recursive: true });
});

const draft = (around = false): RaiseSignal["draft"] => ({
  words: "Verzonnen: iemand stond voor mijn deur en noemde de naam van mijn school.",
  name: "Demo Houder",
  function: around ? "mayor" : "councillor",
  organisationName: testMunicipality.name,
  homeMunicipality: "Demostad",
  target: "family",
  route: { unit: "politie-den-haag", parket: "parket-den-haag", around, why: ["Circulaire 2026 par. 2.4.1"] },
  contact: "",
});
const codeOf = async (attempt: Promise<unknown>): Promise<string> => {
  try {
    await attempt;
    return "done";
  } catch (error) {
    return (error as Problem).code;
  }
};

async function raise(extra: Partial<RaiseSignal> = {}): Promise<string> {
  const { desks } = stage.chain;
  const raised = await raiseSignal({
    writer: holder,
    draft: draft(),
    acute: false,
    organisation: testMunicipality.id,
    desks: { police: desks.police, prosecution: desks.prosecution, chiefProsecutor: desks.chiefProsecutor, employers: [stage.company.desks.safety] },
    ...extra,
  });
  return raised.dossier;
}

describe("par. 2.4.1: from the police to the chief prosecutor and back", { timeout: 120_000 }, () => {
  it("shares three of the person's items and no fourth, is received in one step, weighed, presented, decided, fed back and closed with its fact", async () => {
    const source = await openReport(holder, reported);
    const [, first, second] = source.items().map(({ reference }) => reference.item);
    const body = source.entries[0]?.header.body.item ?? "";
    const id = await raise({ shared: [{ handle: source, items: [body, first ?? ""].map((item, at) => ({ item, words: `stuk ${at + 1}` })) }] });
    const { police, prosecution, chiefProsecutor } = stage.chain;

    const atPolice = await openSignal(police, id);
    const [opened] = atPolice.entries;
    if (opened === undefined) throw new Error("nothing to read");
    expect(await readSignal(atPolice, opened)).toMatchObject({
      kind: "signal",
      body: { shared: [{ dossier: reported, items: [{ item: body }, { item: first }] }] },
    });
    const lent = await openReport(police, reported);
    const [told] = lent.entries;
    if (told === undefined) throw new Error("nothing was shared");
    const story = await readReport(lent, told);
    expect(story).toMatchObject({ kind: "report", body: { inOwnWords: "verzonnen report.inOwnWords" } });
    const notes = story.kind === "report" ? story.body.attachments : [];
    const textOf = async (at: number): Promise<string> => {
      const note = notes[at];
      return note === undefined ? "" : await new Response(await lent.readAttachment(told, note)).text();
    };
    expect(notes.map(({ item }) => item)).toEqual([first, second]);
    expect(await textOf(0)).toBe("verzonnen dreigbericht");
    expect(await codeOf(textOf(1))).toBe("role-forbidden");

    // The OM was consented to, and holds nothing before the police weigh it serious.
    expect(await codeOf(openSignal(prosecution, id))).toBe("not-found");
    await receive(atPolice, { reference: "PL1500-demo" });
    await recordProvisional(atPolice, { settledWithProsecution: false });
    await weigh(atPolice, "serious");
    const atOm = await openSignal(prosecution, id);
    await present(atOm, { text: "Ter beslissing." });
    expect(await codeOf(decide(atOm, "local-measures"))).toBe("role-forbidden");
    const atChief = await openSignal(chiefProsecutor, id);
    await decide(atChief, "local-measures", { retestOn: "2027-01-15" });
    await feedBack(atChief);
    const mine = await openSignal(holder, id);
    expect(stationsOf(mine).map(({ state }) => state)).toEqual(["done", "done", "done", "done", "done"]);
    const feedback = mine.newest("feedback");
    if (feedback === null) throw new Error("no feedback");
    expect(await readSignal(mine, feedback)).toMatchObject({ body: { answer: "no-details", signedBy: { name: "Demo 1 (chief-prosecutor)" } } });
    await register(mine, {
      vpt: "confirmed",
      complaintNumber: "2026-demo",
      complaintOn: "2026-11-20",
      expectations: [{ id: "vpt-code", state: "met", note: "" }],
    });
    await closeSignal(mine, "Er staat nu een camera.");
    const outcome = mine.newest("outcome");
    if (outcome === null) throw new Error("no outcome");
    expect(await readSignal(mine, outcome)).toMatchObject({ body: { fact: { outcome: "local-measures", unit: "politie-den-haag" } } });
  });

  it("goes to the right unit when the first says it is not theirs, and the first reads nothing more", async () => {
    const id = await raise();
    const { police } = stage.chain;
    const other = await stage.join("tweede.eenheid@demostad.example.nl");
    const { id: right } = await createDesk(stage.connect().trust, {
      registrar: stage.registrar,
      organisation: "politie-rotterdam",
      name: "Demo tweede eenheid",
      function: "police",
      members: [{ person: other.person.person, name: "Demo Tweede", office: "RCCB", lead: true }],
    });
    const atPolice = await openSignal(police, id);
    await redirect(atPolice, { name: "Eenheid Rotterdam", desk: right }, "Het woonadres ligt in een andere eenheid.");
    const mine = await openSignal(holder, id);
    expect(mine.view).toMatchObject({ phase: "redirected", term: { waitsFor: "office-holder" } });
    await raiseAgain(mine, right, "Graag hier.", workflows);
    expect(mine.view.phase).toBe("raised");
    expect(await codeOf(openSignal(police, id))).toBe("grant-ended");
  });
});

describe("law 2: consent", { timeout: 120_000 }, () => {
  it("that is taken back half-way ends what the OM may get, and what the police read in the signal and in the dossier the items came from", async () => {
    const source = await openReport(holder, reported);
    const body = source.entries[0]?.header.body.item ?? "";
    const id = await raise({ shared: [{ handle: source, items: [{ item: body, words: "de melding" }] }] });
    const { police, prosecution, desks } = stage.chain;
    const atPolice = await openSignal(police, id);
    await receive(atPolice);
    const mine = await openSignal(holder, id);
    // Evidence of a signal is with nobody whom the signal has not come to.
    expect(await codeOf(openReport(prosecution, reported))).not.toBe("done");
    expect(await revoke(mine, desks.prosecution, workflows)).toBe(1);
    await atPolice.refresh();
    expect(await codeOf(weigh(atPolice, "serious"))).toBe("consent-missing");
    // The police weigh it themselves; revoking them as well ends their reading at once, in the dossier the items came from too.
    await weigh(atPolice, "basic-policing");
    await feedBack(atPolice, { text: "De wijkagent belt u." });
    await mine.refresh();
    expect(await revoke(mine, desks.police, workflows)).toBe(2);
    expect(await codeOf(openSignal(police, id))).toBe("grant-ended");
    expect(await codeOf(openReport(police, reported))).toBe("grant-ended");
    expect(
      lapsedDesks(mine)
        .map(({ role }) => role)
        .toSorted(),
    ).toEqual(["police", "prosecution"]);
    await weighAgain(mine, "Vannacht weer.");
    expect(await codeOf(sendSignalMessage(atPolice, "te laat"))).toBe("grant-ended");
  });

  it("is given again by the person, and what went along reaches the OM when the signal has come to it and the person says so", async () => {
    const source = await openReport(holder, reported);
    const body = source.entries[0]?.header.body.item ?? "";
    const id = await raise({ shared: [{ handle: source, items: [{ item: body, words: "de melding" }] }] });
    const { police, prosecution, desks } = stage.chain;
    await receive(await openSignal(police, id));
    const mine = await openSignal(holder, id);
    await revoke(mine, desks.police, workflows);
    await revoke(mine, desks.prosecution, workflows);
    for (const lapsed of lapsedDesks(mine)) await consentAgain(mine, lapsed, "Toch graag.");
    expect(lapsedDesks(mine)).toEqual([]);
    const atPolice = await openSignal(police, id);
    expect(await awaitingItems(mine, workflows)).toEqual([{ desk: desks.police, role: "police" }]);
    await weigh(atPolice, "serious");
    await mine.refresh();
    expect((await awaitingItems(mine, workflows)).map(({ role }) => role).toSorted()).toEqual(["police", "prosecution"]);
    expect(await codeOf(openReport(prosecution, reported))).not.toBe("done");
    expect(await shareAlong(mine, desks.prosecution, workflows)).toBe(1);
    expect(await shareAlong(mine, desks.prosecution, workflows)).toBe(0);
    const lent = await openReport(prosecution, reported);
    expect(lent.entries.filter(({ readable }) => readable)).toHaveLength(1);
    expect((await awaitingItems(mine, workflows)).map(({ role }) => role)).toEqual(["police"]);
    expect(await revoke(mine, desks.prosecution, workflows)).toBe(2);
    expect(await codeOf(openReport(prosecution, reported))).toBe("grant-ended");
    expect(await codeOf(openSignal(prosecution, id))).toBe("grant-ended");
  });

  it("is needed for every hand-over, also by the owner: without it the server refuses the signal", async () => {
    const { police } = stage.chain.desks;
    const bare = openNewDossier(holder, prepareDossier(), {
      kind: "signal",
      workflow: signal,
      organisation: testMunicipality.id,
      body: {},
      cover: {},
      grants: [{ role: "police", desk: police, keys: { scope: "dossier" }, consent: null, until: null }],
    });
    expect(await codeOf(bare)).toBe("consent-missing");
    const id = await raise();
    const mine = await openSignal(holder, id);
    await withdrawSignal(mine);
    expect(mine.view.phase).toBe("withdrawn");
    expect(mine.consents.map(({ purpose, to }) => `${purpose} ${to.role}`).toSorted()).toEqual([
      "signal chief-prosecutor",
      "signal police",
      "signal prosecution",
      "signal safety-desk",
    ]);
  });
});

describe("terms per step are settings", { timeout: 60_000 }, () => {
  it("that the server counts by and readers are told, and that the tables leave alone elsewhere", async () => {
    const mine = await openSignal(holder, await raise());
    const [first] = mine.entries;
    expect(mine.view.termLengths).toEqual({ "signal-receive": { length: { workingDays: 2 }, acute: { hours: 2 } } });
    expect(mine.view.term?.due).toBe(dueMoment(new Date(first?.received ?? ""), { workingDays: 2 }).toISOString());
    expect(stationsOf(mine)[0]).toMatchObject({ due: mine.view.term?.due, state: "waiting" });
    const acute = await openSignal(holder, await raise({ acute: true }));
    expect(Date.parse(acute.view.term?.due ?? "") - Date.parse(acute.view.opened)).toBe(2 * 3_600_000);
    await receive(await openSignal(stage.chain.police, acute.id));
    await acute.refresh();
    expect(stationsOf(acute)[1]).toMatchObject({ step: "weighed", due: acute.view.term?.due });
  });
});

describe("par. 2.4.2: a threatened member of the driehoek", { timeout: 120_000 }, () => {
  it("starts with the OM of the home address: the police hold no key, and the decision is the chief prosecutor's", async () => {
    const { desks, prosecution, chiefProsecutor, police } = stage.chain;
    const id = await raise({
      draft: draft(true),
      desks: { police: null, prosecution: desks.prosecution, chiefProsecutor: desks.chiefProsecutor, employers: [] },
    });
    const atOm = await openSignal(prosecution, id);
    expect(atOm.view).toMatchObject({ phase: "raised-around", term: { waitsFor: "prosecution" } });
    expect(await codeOf(openSignal(police, id))).toBe("not-found");
    await receive(atOm);
    await present(atOm);
    const atChief = await openSignal(chiefProsecutor, id);
    await decide(atChief, "nominated");
    expect(stationsOf(atChief).map(({ state }) => state)).toEqual(["done", "skipped", "done", "done", "waiting"]);
    // Whatever comes after stays on that road: new facts and reopening go to the OM, and no police unit is ever asked.
    await feedBack(atChief);
    const mine = await openSignal(holder, id);
    await weighAgain(mine, "Weer post aan huis.");
    expect(mine.view).toMatchObject({ phase: "with-prosecution", term: { waitsFor: "prosecution" } });
    await present(await openSignal(prosecution, id));
    await decide(await openSignal(chiefProsecutor, id), "basic-policing");
    await mine.refresh();
    expect(mine.view).toMatchObject({ phase: "basic-decided", term: { waitsFor: "prosecution" } });
    await feedBack(await openSignal(prosecution, id));
    await mine.refresh();
    await closeSignal(mine, "Genoeg zo.");
    await weighAgain(mine, "Toch weer.");
    expect(mine.view.phase).toBe("with-prosecution");
    expect(await codeOf(openSignal(police, id))).toBe("not-found");
  });

  it("is asked again at another parket when the first says it is not theirs, and nowhere else", async () => {
    const { desks, prosecution } = stage.chain;
    const other = await stage.join("tweede.parket@demostad.example.nl");
    const { id: right } = await createDesk(stage.connect().trust, {
      registrar: stage.registrar,
      organisation: "om",
      name: "Demo tweede parket",
      function: "om",
      members: [{ person: other.person.person, name: "Demo Parket", office: "adviseur BB&C", lead: true }],
    });
    const id = await raise({
      draft: draft(true),
      desks: { police: null, prosecution: desks.prosecution, chiefProsecutor: desks.chiefProsecutor, employers: [] },
    });
    await redirect(await openSignal(prosecution, id), { name: "Parket Rotterdam", desk: right }, "Het woonadres ligt in een ander arrondissement.");
    const mine = await openSignal(holder, id);
    expect(await codeOf(raiseAgain(mine, desks.police, "Graag hier.", workflows))).toBe("role-forbidden");
    await raiseAgain(mine, right, "Graag hier.", workflows);
    expect(mine.view.phase).toBe("raised-around");
    expect(await codeOf(openSignal(prosecution, id))).toBe("grant-ended");
    expect((await openSignal(other, id)).view).toMatchObject({ roles: ["prosecution"], term: { waitsFor: "prosecution" } });
  });

  it("never answers in their own case, also as a member of the desk it went to", async () => {
    const mayor = await stage.join("burgemeester@demostad.example.nl");
    const { id: own } = await createDesk(stage.connect().trust, {
      registrar: stage.registrar,
      organisation: "politie-den-haag",
      name: "Demo eigen zaak",
      function: "police",
      members: [{ person: mayor.person.person, name: "Demo Burgemeester", office: "gezag", lead: true }],
    });
    const { desks } = stage.chain;
    const { dossier } = await raiseSignal({
      writer: mayor,
      draft: draft(),
      acute: true,
      organisation: testMunicipality.id,
      desks: { police: own, prosecution: desks.prosecution, chiefProsecutor: desks.chiefProsecutor, employers: [] },
    });
    const mine = await openSignal(mayor, dossier);
    expect(mine.view.roles).toEqual(["office-holder"]);
    expect(mine.view.actions).toEqual(["withdraw"]);
    expect(await codeOf(receive(mine))).toBe("role-forbidden");
  });
});
