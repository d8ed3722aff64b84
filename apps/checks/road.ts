/** The whole main road as one script over the real client and HTTP, with every word that is told chosen by the caller. The canary, the crash test and the benches walk it. */
import type { Session } from "#services/directory/client/index.ts";
import type { AttachmentSource, DossierHandle } from "#services/dossier/client/index.ts";
import {
  addEvidence,
  closeReport,
  fileReport,
  openReport,
  prepare,
  recordAction,
  recordNormTest,
  recordSeriousness,
  sendMessage,
  shareItems,
  takeUp,
  type ReportDraft,
} from "#services/reporting/client/index.ts";
import {
  adopt,
  assign,
  complete,
  decideEntitlement,
  draftAdvice,
  openScan,
  plan,
  recordDeparture,
  recordMeasure,
  recordNoShow,
  recordVisit,
  requestScan,
  returnAdvice,
  saveAnalysis,
  saveRisk,
  sendScanMessage,
  submit,
  type AdviceDraft,
  weigh,
} from "#services/scanning/client/index.ts";
import {
  addSignalEvidence,
  closeSignal,
  decide,
  feedBack,
  openSignal,
  present,
  raiseAgain,
  raiseSignal,
  receive,
  recordProvisional,
  redirect,
  register,
  sendSignalMessage,
  weigh as weighSignal,
  weighAgain,
  withdrawSignal,
} from "#services/signalling/client/index.ts";
import type { Workflows } from "#services/dossier/workflow/enforce.ts";

import {
  askHelp,
  closeHelp,
  offerHelp,
  openHelp,
  proposeAftercare,
  readAftercare,
  reopenHelp,
  sendHelpMessage,
  setAftercare,
  takeUpHelp,
  type HelpDraft,
} from "#services/support/client/index.ts";

/** Who takes part: one signed-in session per part, and the desks they sit at. */
export interface Company {
  readonly holder: Session;
  readonly safety: Session;
  readonly planner: Session;
  readonly expert: Session;
  readonly authority: Session;
  readonly employer: Session;
  readonly support: Session;
  readonly desks: { readonly safety: string; readonly expert: string; readonly authority: string; readonly employer: string; readonly support: string };
}

/** Gives the words for one field; the canary puts a mark in each. */
export type Words = (field: string) => string;

/** What walking leaves behind. */
export interface Walked {
  readonly report: string;
  readonly guestCode: string;
  readonly scan: string;
}

const DAY = 24 * 60 * 60 * 1000;
const day = (offset: number): string => new Date(Date.now() + offset * DAY).toISOString().slice(0, 10);

/** A report with a mark in every free field. */
export const reportDraft = (words: Words): ReportDraft => ({
  inOwnWords: words("report.inOwnWords"),
  what: ["threat", "doxing"],
  channel: "social-media",
  when: { at: null, words: words("report.when") },
  where: words("report.where"),
  target: "both",
  author: { known: "suspected", words: words("report.author") },
  reporterName: words("report.reporterName"),
  function: "alderman",
  organisationName: words("report.organisationName"),
  acute: true,
  contact: { how: "phone", reach: words("report.reach"), wishes: words("report.wishes") },
});

const file = (words: Words, field: string, source: Blob = new Blob([words(`${field}.content`)])): AttachmentSource => ({
  name: `${words(`${field}.name`)}.txt`,
  mediaType: "text/plain",
  bytes: source,
  capturedAt: null,
  note: words(`${field}.note`),
});

/** Everything that can be made ready in a report, with a mark in every free field. */
async function makeReady(desk: DossierHandle, words: Words): Promise<void> {
  const said = (field: string): string => words(`prepare.${field}`);
  await prepare(desk, {
    version: 1,
    type: "complaint",
    by: "employer",
    person: { name: said("name"), function: "alderman", organisation: said("organisation") },
    filer: { name: said("filer"), office: said("office") },
    domicile: { name: said("domicile"), address: said("address"), place: said("place") },
    contact: said("contact"),
    prosecution: true,
    answers: {
      who: said("who"),
      what: said("what"),
      where: said("where"),
      "with-what": said("with"),
      "in-what-way": said("way"),
      when: said("when"),
      why: said("why"),
    },
    articles: [{ id: "sr-285d", elements: ["data"], note: said("article") }],
    evidence: [],
  });
  await prepare(desk, {
    version: 1,
    type: "platform-notice",
    id: crypto.randomUUID(),
    platform: said("platform"),
    urls: [`https://voorbeeld.example/${said("url")}`],
    location: said("location"),
    says: said("says"),
    articles: ["sr-285d"],
    why: said("illegal"),
    notifier: { name: said("notifier"), email: said("email") },
    exception: false,
    goodFaith: true,
    evidence: [],
    sentOn: day(0),
    again: day(7),
    answer: said("answer"),
  });
  await prepare(desk, { version: 1, type: "shielding", step: "kvk", register: 1, state: "asked", on: day(0), again: null, note: said("shielding") });
}

/** The report: filed by a guest and by the office-holder, taken up, answered, weighed, acted on, shared item by item, closed. */
export async function walkReport(company: Company, words: Words, evidence: readonly AttachmentSource[] = []): Promise<{ report: string; guestCode: string }> {
  const { connection, trust } = company.holder;
  const asGuest = await fileReport(connection, {
    as: { guest: true },
    trust,
    desk: company.desks.safety,
    report: reportDraft((field) => words(`guest.${field}`)),
    attachments: [file(words, "guest.file")],
  });
  const filed = await fileReport(connection, {
    as: { session: company.holder },
    trust,
    desk: company.desks.safety,
    report: reportDraft(words),
    attachments: [file(words, "report.file"), ...evidence],
  });
  const desk = await openReport(company.safety, filed.dossier);
  await takeUp(desk, words("takeUp"));
  await recordNormTest(desk, { outcome: "crossing-the-line", norm: words("normTest.norm"), explanation: words("normTest.explanation") });
  await recordSeriousness(desk, { level: "high", grounds: words("seriousness.grounds"), advised: words("seriousness.advised") });
  const own = await openReport(company.holder, filed.dossier);
  await sendMessage(own, words("message.holder"), { attachments: [file(words, "message.file")] });
  await addEvidence(own, words("evidence.note"), { attachments: [file(words, "evidence.file")] });
  await desk.refresh();
  await sendMessage(desk, words("message.desk"));
  await makeReady(desk, words);
  await recordAction(desk, {
    type: "complaint",
    on: day(0),
    note: words("action.note"),
    number: words("action.number"),
    vptCode: words("action.vpt"),
    by: "employer",
    functionStated: true,
  });
  await own.refresh();
  const shared = own.entries.find(({ header }) => header.kind === "evidence");
  if (shared === undefined) throw new Error("the evidence entry is not in the dossier");
  await shareItems(own, {
    desk: company.desks.expert,
    items: [shared.header.body.item],
    purpose: words("referral.purpose"),
    until: new Date(Date.now() + 30 * DAY).toISOString(),
  });
  await desk.refresh();
  await closeReport(desk, { outcome: "handed-over", feedback: words("outcome.feedback"), aftercare: words("outcome.aftercare") });
  return { report: filed.dossier, guestCode: asGuest.receiptCode ?? "" };
}

const advice = (words: Words, version: string): AdviceDraft => ({
  address: words("advice.address"),
  sections: [{ id: "s1", title: words("advice.title"), text: words(`advice.text.${version}`) }],
  measures: [
    {
      id: "m1",
      domain: "wonen",
      what: words("measure.what"),
      why: words("measure.why"),
      findings: ["f1"],
      provided: "provided",
      costLow: 250,
      costHigh: 400,
      byWhen: day(30),
      who: "employer",
    },
    {
      id: "m2",
      domain: "wonen",
      what: words("measure.loan"),
      why: words("measure.why2"),
      findings: ["f1"],
      provided: "on-loan",
      costLow: 100,
      costHigh: 300,
      byWhen: null,
      who: "employer",
    },
  ],
});

/** A request for help with a mark in every free field. */
const helpDraft = (words: Words): HelpDraft => ({
  words: words("help.words"),
  answers: { seeker: "alderman", situations: ["threat"], phase: "now" },
  name: words("help.name"),
  organisationName: words("help.organisation"),
  acute: true,
  contact: { how: "phone", reach: words("help.reach"), wishes: words("help.wishes") },
});

/** Help: asked by a guest and by the office-holder, taken up, someone named, dates proposed and set, closed, opened again. */
export async function walkHelp(company: Company, words: Words): Promise<{ help: string; helpCode: string }> {
  const { connection, trust } = company.holder;
  const asGuest = await askHelp(connection, {
    as: { guest: true },
    trust,
    desk: company.desks.support,
    request: helpDraft((field) => words(`guest.${field}`)),
  });
  const { dossier } = await askHelp(connection, { as: { session: company.holder }, trust, desk: company.desks.support, request: helpDraft(words) });
  const team = await openHelp(company.support, dossier);
  await takeUpHelp(team, words("help.takeUp"));
  await offerHelp(team, { by: "peer", name: words("offer.name"), office: words("offer.office"), how: words("offer.how"), words: words("offer.words") });
  await proposeAftercare(team, [{ on: day(7), what: words("aftercare.proposed") }], words("aftercare.note"));
  const own = await openHelp(company.holder, dossier);
  await sendHelpMessage(own, words("help.message"));
  const { proposed } = await readAftercare(own);
  await setAftercare(own, [...proposed, { id: "own-date", on: day(30), what: words("aftercare.own") }]);
  await team.refresh();
  await closeHelp(team, { outcome: "helped", words: words("help.outcome") });
  await own.refresh();
  await reopenHelp(own, words("help.reopen"));
  return { help: dossier, helpCode: asGuest.receiptCode ?? "" };
}

/** The scan: asked, entitled, assigned, visited, drafted, returned once, adopted, provided, completed. */
export async function walkScan(company: Company, words: Words): Promise<string> {
  const { dossier } = await requestScan(company.holder, {
    desks: { expert: company.desks.expert, authority: company.desks.authority, employer: company.desks.employer },
    request: {
      name: words("request.name"),
      function: "alderman",
      organisationName: words("request.organisation"),
      standing: "appointed",
      since: "2026-06-01",
      address: words("request.address"),
      homeMunicipality: words("request.home"),
      ontheffing: "not-needed",
      pkvw: { status: "not-reasonable", validUntil: null, reason: words("request.pkvw") },
      reasons: words("request.reasons"),
      householdSize: 4,
      moved: false,
      contact: words("request.contact"),
    },
    attachments: [file(words, "request.file")],
  });
  const planner = await openScan(company.planner, dossier);
  await decideEntitlement(planner, await weigh(planner, { exception: { by: words("entitlement.by"), on: day(0), reason: words("entitlement.reason") } }), {
    words: words("entitlement.explanation"),
  });
  await assign(planner, company.expert.person.person, words("assignment.note"));
  const expert = await openScan(company.expert, dossier);
  await plan(expert, { start: new Date(Date.now() + DAY).toISOString(), minutes: 120, placeNote: words("appointment.place") });
  await recordNoShow(expert, { absent: "expert", appointment: null, note: words("noshow.note"), next: "new-appointment" });
  await plan(expert, { start: new Date(Date.now() + 2 * DAY).toISOString(), minutes: 120, placeNote: words("appointment.place2") });
  await recordVisit(expert, {
    on: day(0),
    present: words("visit.present"),
    note: words("visit.note"),
    findings: [
      { id: "f1", domain: "wonen", ring: "shell", observation: words("finding.observation"), seriousness: "high", photos: [file(words, "finding.photo")] },
    ],
  });
  const analysis = {
    history: words("analysis.history"),
    localInformation: words("analysis.local"),
    sources: [{ who: words("analysis.who"), on: day(-1) }],
    notAsked: words("analysis.notAsked"),
    conclusion: words("analysis.conclusion"),
  };
  await saveAnalysis(expert, analysis);
  await saveRisk(expert, {
    rows: [
      {
        id: "r1",
        domain: "wonen",
        scenario: words("risk.scenario"),
        findings: ["f1"],
        seriousness: "high",
        likelihood: "possible",
        remaining: { seriousness: "low", likelihood: "unlikely" },
      },
    ],
    remainingRisk: words("risk.remaining"),
  });
  await draftAdvice(expert, advice(words, "first"));
  await submit(expert, words("submission.note"));
  const authority = await openScan(company.authority, dossier);
  await returnAdvice(authority, [{ section: "s1", reason: words("return.reason") }], words("return.note"));
  await expert.refresh();
  await draftAdvice(expert, advice(words, "second"));
  await submit(expert, words("submission.note2"));
  await authority.refresh();
  const read = authority.newest("advice");
  if (read === null) throw new Error("the advice did not reach the authority");
  await adopt(authority, read, { statement: words("adoption.statement"), contact: words("adoption.contact") });
  const employer = await openScan(company.employer, dossier);
  await recordMeasure(employer, { measure: "m1", state: "ordered", on: day(1), reason: words("measure.reason"), cost: 300 });
  await recordMeasure(employer, { measure: "m1", state: "placed", on: day(9), reason: words("measure.reason2"), cost: 310 });
  const own = await openScan(company.holder, dossier);
  await recordMeasure(own, { measure: "m2", state: "declined", on: day(9), reason: words("measure.declined"), cost: null });
  await sendScanMessage(own, words("scan.message"));
  await employer.refresh();
  await recordDeparture(employer, { lastDay: day(30), note: words("departure.note") });
  await complete(employer, words("completion.note"));
  return dossier;
}

/** Who answers a signal: one signed-in session per part, and the desks they sit at. */
export interface SignalChain {
  readonly police: Session;
  readonly prosecution: Session;
  readonly chiefProsecutor: Session;
  readonly desks: { readonly police: string; readonly prosecution: string; readonly chiefProsecutor: string };
}

/**
 * Two signals: one with an item of a report along, through every step to its outcome, weighed again on new facts before; one pointed on, raised again at another desk and withdrawn.
 * @param report a report of the holder; @param otherPolice desk of the police the second is pointed to
 */
export async function walkSignal(
  company: Company,
  chain: SignalChain,
  words: Words,
  report: string,
  otherPolice: string,
  workflows: Partial<Workflows>,
): Promise<string> {
  const { holder } = company;
  const source = await openReport(holder, report);
  const item = source.entries[0]?.header.body.item ?? "";
  const raise = async (as: string): Promise<string> =>
    (
      await raiseSignal({
        writer: holder,
        acute: false,
        organisation: source.view.organisation,
        desks: {
          police: chain.desks.police,
          prosecution: chain.desks.prosecution,
          chiefProsecutor: chain.desks.chiefProsecutor,
          employers: [company.desks.safety],
        },
        shared: [{ handle: source, items: [{ item, words: words(`${as}.item`) }] }],
        attachments: [file(words, `${as}.file`)],
        draft: {
          words: words(`${as}.words`),
          name: words(`${as}.name`),
          function: "alderman",
          organisationName: words(`${as}.organisation`),
          homeMunicipality: words(`${as}.home`),
          target: "both",
          route: { unit: words(`${as}.u`).slice(0, 40), parket: words(`${as}.p`).slice(0, 40), around: false, why: [words(`${as}.why`)] },
          contact: words(`${as}.contact`),
        },
      })
    ).dossier;
  const id = await raise("signal");
  const police = await openSignal(chain.police, id);
  await receive(police, { text: words("receipt.text"), reference: words("receipt.reference") });
  await recordProvisional(police, { text: words("provisional.text"), settledWithProsecution: false });
  await sendSignalMessage(police, words("signal.message"));
  await weighSignal(police, "serious", { text: words("weighing.text"), reference: words("weighing.reference") });
  const mine = await openSignal(holder, id);
  await addSignalEvidence(mine, words("signal.evidence"), [file(words, "signal.more")]);
  await register(mine, {
    vpt: "asked",
    complaintNumber: words("registration.number"),
    complaintOn: day(0),
    expectations: [{ id: "vpt-code", state: "asked", note: words("registration.note") }],
  });
  await present(await openSignal(chain.prosecution, id), { text: words("presented.text"), reference: words("presented.reference") });
  const chief = await openSignal(chain.chiefProsecutor, id);
  await decide(chief, "local-measures", { text: words("decision.text"), retestOn: day(30) });
  await feedBack(chief, { text: words("feedback.text"), next: words("feedback.next") });
  await mine.refresh();
  await weighAgain(mine, words("signal.again"));
  await police.refresh();
  await weighSignal(police, "basic-policing", { text: words("weighing.second") });
  await feedBack(police);
  await mine.refresh();
  await closeSignal(mine, words("signal.outcome"));

  const second = await raise("second");
  await redirect(await openSignal(chain.police, second), { name: words("redirection.to"), desk: otherPolice }, words("redirection.reason"));
  const again = await openSignal(holder, second);
  await raiseAgain(again, otherPolice, words("signal.raiseAgain"), workflows);
  await withdrawSignal(again, words("signal.withdrawal"));
  return id;
}
