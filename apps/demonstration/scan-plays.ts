/** The two example scans: one just visited, one adopted after the authority sent it back once. Called by plays.ts; the CLI road test walks the same steps. */
import type { Session } from "#services/directory/client/index.ts";
import {
  adopt,
  type AdviceDraft,
  type AnalysisDraft,
  assign,
  decideEntitlement,
  draftAdvice,
  entitlementFor,
  openScan,
  plan,
  recordVisit,
  type RequestDraft,
  requestScan,
  returnAdvice,
  saveAnalysis,
  saveRisk,
  submit,
} from "#services/scanning/client/index.ts";
import type { RiskAssessmentBody } from "#services/scanning/contract/index.ts";
import type { Stage } from "./build.ts";

const DAY = 24 * 60 * 60 * 1000;
const day = (offset: number): string => new Date(Date.now() + offset * DAY).toISOString().slice(0, 10);

const asked = (address: string): RequestDraft => ({
  name: "Wil Demo",
  function: "alderman",
  organisationName: "Gemeente Demostad (demonstratie)",
  standing: "appointed",
  since: "2026-06-01",
  address,
  homeMunicipality: "Demostad",
  ontheffing: "not-needed",
  pkvw: { status: "applied", validUntil: null, reason: "" },
  reasons: "Demonstratie. Na een reeks berichten wil ik weten of ons huis veilig is.",
  householdSize: 3,
  moved: false,
  contact: "Demonstratie: via dit dossier",
});

const analysis: AnalysisDraft = {
  history: "Demonstratie. Drie meldingen in een half jaar, waarvan een met adres.",
  localInformation: "Demonstratie. Geen bekende verdachte.",
  sources: [{ who: "Veiligheidsdesk Demostad", on: day(-1) }],
  notAsked: "",
  conclusion: "Demonstratie. De dreiging is ernstig genoeg voor maatregelen aan de woning.",
};
const risk: Omit<RiskAssessmentBody, "version"> = {
  rows: [
    {
      id: "r1",
      domain: "wonen",
      scenario: "Demonstratie. Iemand komt 's nachts achterom.",
      findings: ["f1"],
      seriousness: "high",
      likelihood: "possible",
      remaining: { seriousness: "medium", likelihood: "unlikely" },
    },
  ],
  remainingRisk: "Demonstratie. Wat overblijft is klein.",
};
const advice = (text: string): AdviceDraft => ({
  address: "Demostraat 1, Demostad",
  sections: [{ id: "s1", title: "Woning", text: `Demonstratie. ${text}` }],
  measures: [
    {
      id: "m1",
      domain: "wonen",
      what: "Slot op de achterdeur (SKG***)",
      why: "Demonstratie. De achterdeur sluit slecht.",
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
      what: "Camera bij de voordeur",
      why: "Demonstratie. Zicht op wie aanbelt.",
      findings: ["f1"],
      provided: "on-loan",
      costLow: 150,
      costHigh: 300,
      byWhen: null,
      who: "employer",
    },
  ],
});

/** Plays both scans, unless they were played. */
export async function playScans(stage: Stage): Promise<void> {
  if (stage.known("scan-visited") === null) await stage.remember({ dossier: ["scan-visited", await untilVisited(stage, "Demolaan 12, Demostad")] });
  if (stage.known("scan-adopted") === null) await stage.remember({ dossier: ["scan-adopted", await untilAdopted(stage)] });
}

async function untilVisited(stage: Stage, address: string): Promise<string> {
  const owner: Session = await stage.session("wethouder");
  const { dossier } = await requestScan(owner, {
    request: asked(address),
    desks: { expert: stage.desk("expert"), authority: stage.desk("authority"), employer: stage.desk("employer") },
  });
  const planner = await openScan(await stage.session("planner"), dossier);
  await decideEntitlement(planner, entitlementFor("alderman"));
  await assign(planner, stage.person("adviseur"), "Demonstratie");
  const expert = await openScan(await stage.session("adviseur"), dossier);
  await plan(expert, { start: new Date(Date.now() + DAY).toISOString(), minutes: 120, placeNote: "Demonstratie: aan de keukentafel" });
  await recordVisit(expert, {
    on: day(0),
    present: "Wil Demo",
    note: "Demonstratie. Rustig gesprek.",
    findings: [{ id: "f1", domain: "wonen", ring: "shell", observation: "Demonstratie. De achterdeur heeft een oud slot.", seriousness: "high", photos: [] }],
  });
  return dossier;
}

async function untilAdopted(stage: Stage): Promise<string> {
  const dossier = await untilVisited(stage, "Demostraat 1, Demostad");
  const expert = await openScan(await stage.session("adviseur"), dossier);
  await saveAnalysis(expert, analysis);
  await saveRisk(expert, risk);
  await draftAdvice(expert, advice("Eerste versie, nog zonder de achterdeur."));
  await submit(expert, "Demonstratie");
  const first = await openScan(await stage.session("bva-tweede"), dossier);
  await returnAdvice(first, [{ section: "s1", reason: "Demonstratie. De achterdeur ontbreekt in de tekst." }]);
  await expert.refresh();
  await draftAdvice(expert, advice("Tweede versie, met de achterdeur."));
  await submit(expert, "Demonstratie");
  const authority = await openScan(await stage.session("bva"), dossier);
  const read = authority.newest("advice");
  if (read === null) throw new Error("the demonstration's advice did not reach the authority");
  await adopt(authority, read, { statement: "Demonstratie. Vastgesteld." });
  return dossier;
}
