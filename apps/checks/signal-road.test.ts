/** Circulaire 2026 par. 2.4.1 and 2.4.2 over HTTP against the real database: a signal from report to feedback, consent taken back half-way, the road around the driehoek, and nobody in their own case. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Session } from "#services/directory/client/index.ts";
import { createDesk } from "#services/directory/client/index.ts";
import { append, openNewDossier, prepareDossier, type DossierHandle } from "#services/dossier/client/index.ts";
import { readersOf } from "#services/dossier/screens/readers.tsx";
import { fileReport, openReport, readReport } from "#services/reporting/client/index.ts";
import { report } from "#services/reporting/workflow/index.ts";
import { scan } from "#services/scanning/workflow/index.ts";
import {
  answeringNow,
  awaitingItems,
  closeSignal,
  consentAgain,
  decide,
  desksAgain,
  deskSignals,
  factBefore,
  factsOf,
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
  roadAgain,
  sendSignalMessage,
  shareAlong,
  stationsOf,
  weigh,
  weighAgain,
  withdrawSignal,
  type RaiseSignal,
} from "#services/signalling/client/index.ts";
import { dueMoment } from "#services/dossier/workflow/terms.ts";
import { SignalCover } from "#services/signalling/contract/index.ts";
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

describe("raised again in another region", { timeout: 120_000 }, () => {
  const region = "rotterdam";
  let there: { readonly police: Session; readonly prosecution: Session; readonly chief: Session };
  let desks: { readonly police: string; readonly prosecution: string; readonly chief: string };
  const deskAt = async (organisation: string, deskFunction: "police" | "om" | "chief-prosecutor", who: Session): Promise<string> => {
    const members = [{ person: who.person.person, name: `Demo ${deskFunction} ${organisation}`.slice(0, 60), office: "functie", lead: true }];
    return (
      await createDesk(stage.connect().trust, { registrar: stage.registrar, organisation, name: `Demo ${organisation}`, function: deskFunction, members })
    ).id;
  };
  beforeAll(async () => {
    const enter = ["andere.politie", "andere.om", "andere.hoofdofficier"].map(async (name) => await stage.enrol(`${name}@demostad.example.nl`));
    const signIns = await Promise.all(enter);
    const [police, prosecution, chief] = await Promise.all(signIns.map(async (signIn) => await signIn()));
    if (police === undefined || prosecution === undefined || chief === undefined) throw new Error("nobody");
    desks = {
      police: await deskAt(`politie-${region}`, "police", police),
      prosecution: await deskAt(`om-${region}`, "om", prosecution),
      chief: await deskAt(`om-${region}`, "chief-prosecutor", chief),
    };
    const [policeNow, prosecutionNow, chiefNow] = await Promise.all(signIns.map(async (signIn) => await signIn()));
    there = { police: policeNow ?? police, prosecution: prosecutionNow ?? prosecution, chief: chiefNow ?? chief };
  });
  const standing = ({ consents }: DossierHandle): string[] =>
    consents.flatMap(({ to, withdrawn }) => (withdrawn === null && to.role !== "safety-desk" ? [to.desk] : [])).toSorted();

  it("goes there with the whole road behind it: adviser and chief prosecutor of the first region read nothing more, also where they held it, and it may come back", async () => {
    const { police, prosecution, chiefProsecutor, desks: first } = stage.chain;
    const id = await raise();
    const atPolice = await openSignal(police, id);
    const mine = await openSignal(holder, id);
    expect(answeringNow(mine)).toEqual([{ desk: first.police, role: "police" }]);
    await receive(atPolice);
    await weigh(atPolice, "serious");
    await present(await openSignal(prosecution, id));
    await decide(await openSignal(chiefProsecutor, id), "basic-policing");
    await feedBack(await openSignal(prosecution, id));
    await mine.refresh();
    // It waits for the person: a link would ask nobody for anything.
    expect(answeringNow(mine)).toEqual([]);
    await weighAgain(mine, "Verhuisd, en het gaat door.");
    await atPolice.refresh();
    await redirect(atPolice, { name: "Eenheid Rotterdam", desk: desks.police }, "Het woonadres ligt nu daar.");
    await mine.refresh();
    const road = await roadAgain(mine, desks.police);
    expect(road.behind.map(({ role, desk }) => [role, desk.id])).toEqual([
      ["prosecution", desks.prosecution],
      ["chief-prosecutor", desks.chief],
    ]);
    expect(road.ends.map((desk) => desk.id).toSorted()).toEqual([first.police, first.prosecution, first.chiefProsecutor].toSorted());
    expect(road.stands).toEqual([]);
    await raiseAgain(mine, desks.police, "Graag hier.", workflows);
    for (const before of [police, prosecution, chiefProsecutor]) expect(await codeOf(openSignal(before, id))).toBe("grant-ended");
    expect(standing(mine)).toEqual([desks.police, desks.prosecution, desks.chief].toSorted());
    expect(lapsedDesks(mine)).toEqual([]);
    // The new road goes on under the consents that were given with it.
    const second = await openSignal(there.police, id);
    await receive(second);
    await weigh(second, "serious");
    await present(await openSignal(there.prosecution, id));
    await decide(await openSignal(there.chief, id), "basic-policing");
    await feedBack(await openSignal(there.prosecution, id));
    await mine.refresh();
    await weighAgain(mine, "Terug naar het oude huis.");
    await second.refresh();
    await redirect(second, { name: "Eenheid Den Haag", desk: first.police }, "Terugverhuisd.");
    await mine.refresh();
    await raiseAgain(mine, first.police, "Dan toch hier.", workflows);
    expect(standing(mine)).toEqual([first.police, first.prosecution, first.chiefProsecutor].toSorted());
    expect(await codeOf(openSignal(there.chief, id))).toBe("grant-ended");
    const again = await openSignal(police, id);
    await receive(again);
    await weigh(again, "serious");
    expect((await openSignal(prosecution, id)).view.term?.waitsFor).toBe("prosecution");
  });

  it("says what it does before it is signed: nothing is asked again that the person took back, and what stands where nobody takes its place is said", async () => {
    const { police, desks: first } = stage.chain;
    const own = await deskAt("politie-limburg", "police", there.police);
    const id = await raise();
    const mine = await openSignal(holder, id);
    await revoke(mine, first.prosecution, workflows);
    await redirect(await openSignal(police, id), { name: "Eenheid Limburg", desk: own }, "Daar.");
    await mine.refresh();
    // Its parket has no desk: the OM as a whole serves, which is the desk the person took their consent from.
    const road = await roadAgain(mine, own);
    expect([road.behind, road.ends.map((desk) => desk.id), road.stands]).toEqual([[], [first.police], []]);
    await raiseAgain(mine, own, "Graag daar.", workflows);
    expect(standing(mine)).toEqual([own, first.chiefProsecutor].toSorted());
  });

  it("counts for the unit the person signed for, since they did; whoever holds the key cannot give it to another", async () => {
    const { police } = stage.chain;
    const { safety } = stage.company;
    const id = await raise();
    const atPolice = await openSignal(police, id);
    await redirect(atPolice, { name: "Eenheid Rotterdam", desk: desks.police }, "Daar.");
    const mine = await openSignal(holder, id);
    await raiseAgain(mine, desks.police, "Graag hier.", workflows);
    const second = await openSignal(there.police, id);
    const cover = await second.readCover(SignalCover);
    if (cover === null) throw new Error("no cover");
    await append(second, {
      kind: "message",
      body: { version: 1, text: "Verzonnen.", attachments: [] },
      cover: { ...cover, unit: "politie-limburg" } satisfies SignalCover,
    });
    await mine.refresh();
    expect((await mine.readCover(SignalCover))?.unit).toBe("politie-limburg");
    expect((await factBefore(mine)).unit).toBe("politie-rotterdam");
    for (const session of [safety, there.police]) {
      const desk = (await session.openDesks()).find(({ function: kind, organisation }) => kind === "safety-desk" || organisation === `politie-${region}`);
      if (desk === undefined) throw new Error("no desk");
      const listed = (await deskSignals(session, desk)).filter((one) => one.id === id);
      expect((await factsOf(session, desk, listed)).map(({ unit }) => unit)).toEqual(["politie-rotterdam"]);
    }
  });

  it("par. 2.4.2: never to a desk of the person's own seat, and not where no chief prosecutor could decide", async () => {
    const { prosecution, desks: first } = stage.chain;
    const [seat, alone] = [await deskAt(testMunicipality.id, "om", there.prosecution), await deskAt("politie-limburg", "om", there.prosecution)];
    const id = await raise({
      draft: draft(true),
      desks: { police: null, prosecution: first.prosecution, chiefProsecutor: first.chiefProsecutor, employers: [] },
    });
    await redirect(await openSignal(prosecution, id), { name: "Een ander parket", desk: null }, "Niet hier.");
    const mine = await openSignal(holder, id);
    const offered = (await desksAgain(mine, null)).map((desk) => desk.id);
    expect([offered.includes(seat), offered.includes(first.prosecution), offered.includes(desks.prosecution)]).toEqual([false, false, true]);
    expect(await codeOf(raiseAgain(mine, seat, "", workflows))).toBe("role-forbidden");
    expect(await codeOf(raiseAgain(mine, alone, "", workflows))).toBe("requirement-missing");
    expect(standing(mine)).toEqual([first.prosecution, first.chiefProsecutor].toSorted());
    await raiseAgain(mine, desks.prosecution, "Dan daar.", workflows);
    expect(standing(mine)).toEqual([desks.prosecution, desks.chief].toSorted());
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

  it("to the signal ends also when the dossier its pieces came from cannot be reached, and that is said", async () => {
    const source = await openReport(holder, reported);
    const body = source.entries[0]?.header.body.item ?? "";
    const id = await raise({ shared: [{ handle: source, items: [{ item: body, words: "de melding" }] }] });
    const { police, desks } = stage.chain;
    const mine = await openSignal(holder, id);
    // A client without the table of reports finds no such dossier.
    expect(await codeOf(revoke(mine, desks.police, { signal }))).toBe("not-found");
    expect(await codeOf(openSignal(police, id))).toBe("grant-ended");
    expect(await revoke(mine, desks.police, workflows)).toBe(1);
    expect(await codeOf(openReport(police, reported))).toBe("grant-ended");
  });

  it("that was given again is what the list of readers shows and takes back, and not the one that ended", async () => {
    const id = await raise();
    const { desks } = stage.chain;
    const mine = await openSignal(holder, id);
    await revoke(mine, desks.police, workflows);
    await consentAgain(mine, { desk: desks.police, role: "police" }, "Toch graag.");
    const given = mine.consents.find(({ to, withdrawn }) => to.desk === desks.police && withdrawn === null)?.hash;
    const shown = (await readersOf(mine)).filter(({ role }) => role === "police");
    expect(shown.map(({ consent, until }) => [consent, until !== null && Date.parse(until) < Date.now()])).toEqual([[given, false]]);
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
