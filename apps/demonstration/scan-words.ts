/** The words of the example scans: requests, findings, assessments, advice. Every word is invented and says so. Used by scan-plays.ts. */
import type { AdviceDraft, AnalysisDraft, RequestDraft } from "#services/scanning/client/index.ts";
import type { Finding, RiskAssessmentBody } from "#services/scanning/contract/index.ts";

const DAY = 24 * 60 * 60 * 1000;
/** A day from today, `YYYY-MM-DD`. */
export const day = (offset: number): string => new Date(Date.now() + offset * DAY).toISOString().slice(0, 10);

/** Who asks, and for which home. */
export interface Asker {
  readonly player: string;
  readonly name: string;
  readonly function: RequestDraft["function"];
  readonly address: string;
}

/** The request of one office-holder. */
export const asked = ({ name, function: office, address }: Asker): RequestDraft => ({
  name,
  function: office,
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

type Seen = Omit<Finding, "photos">;

/** What the adviser saw. */
export const findings: readonly Seen[] = [
  {
    id: "f1",
    topic: "back-door-lock",
    question: null,
    place: { floor: "ground", x: 860, y: 620 },
    domain: "wonen",
    ring: "shell",
    observation: "Demonstratie. De achterdeur heeft een oud slot.",
    seriousness: "high",
  },
  {
    id: "f2",
    topic: "plot-lighting",
    question: null,
    place: { floor: "ground", x: 930, y: 700 },
    domain: "wonen",
    ring: "plot",
    observation: "Demonstratie. Achter het huis is het 's avonds donker.",
    seriousness: "medium",
  },
  {
    id: "f3",
    topic: "kvk",
    question: null,
    place: null,
    domain: "digitaal",
    ring: "none",
    observation: "Demonstratie. Het adres staat in het register van de KvK.",
    seriousness: "high",
  },
  {
    id: "f4",
    topic: null,
    question: null,
    place: null,
    domain: "verplaatsen",
    ring: "none",
    observation: "Demonstratie. De auto staat elke dag op dezelfde plek, op naam.",
    seriousness: "low",
  },
];

/** Threat analysis (lid 4 onder a). */
export const analysis: AnalysisDraft = {
  history: "Demonstratie. Drie meldingen in een half jaar, waarvan een met adres.",
  localInformation: "Demonstratie. Geen bekende verdachte. De wijkagent kent de onrust over het plan.",
  sources: [{ who: "Veiligheidsdesk Demostad", on: day(-1) }],
  notAsked: "",
  conclusion: "Demonstratie. De dreiging is ernstig genoeg voor maatregelen aan de woning.",
};

/** Assessment of the risks in and around the home (lid 4 onder b). */
export const risk: Omit<RiskAssessmentBody, "version"> = {
  rows: [
    {
      id: "r1",
      domain: "wonen",
      scenario: "Demonstratie. Iemand komt 's nachts achterom.",
      findings: ["f1", "f2"],
      seriousness: "high",
      likelihood: "possible",
      remaining: { seriousness: "medium", likelihood: "unlikely" },
    },
    {
      id: "r2",
      domain: "digitaal",
      scenario: "Demonstratie. Iemand vindt het adres en zet het online.",
      findings: ["f3"],
      seriousness: "high",
      likelihood: "likely",
      remaining: { seriousness: "medium", likelihood: "possible" },
    },
  ],
  remainingRisk: "Demonstratie. Wat overblijft is klein. Bij nieuwe berichten kijken wij opnieuw.",
};

/** An advice; `text` tells versions apart. */
export const advice = (address: string, text: string): AdviceDraft => ({
  address,
  sections: [
    { id: "s1", title: "Woning", text: `Demonstratie. ${text}` },
    { id: "s2", title: "Digitaal", text: "Demonstratie. Laat het adres afschermen en zet inloggen in twee stappen aan." },
    { id: "s3", title: "Verplaatsen", text: "Demonstratie. Wissel van parkeerplek en van vertrektijd." },
  ],
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
    {
      id: "m3",
      domain: "wonen",
      what: "Buitenlamp met bewegingsmelder",
      why: "Demonstratie. Achter het huis is het donker.",
      findings: ["f2"],
      provided: "provided",
      costLow: 80,
      costHigh: 160,
      byWhen: day(30),
      who: "own",
    },
    {
      id: "m4",
      domain: "digitaal",
      what: "Afscherming van het adres bij de KvK",
      why: "Demonstratie. Het adres is nu voor iedereen te vinden.",
      findings: ["f3"],
      provided: "provided",
      costLow: 0,
      costHigh: 0,
      byWhen: day(14),
      who: "employer",
    },
  ],
});
