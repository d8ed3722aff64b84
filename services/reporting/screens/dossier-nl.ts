/** Dutch words of a report in the dossier page. */
const phases: Readonly<Record<string, string>> = {
  filed: "Uw melding ligt bij het veiligheidspunt. Iemand neemt hem aan.",
  "taken-up": "Iemand van het veiligheidspunt leest uw melding.",
  "in-hand": "Het veiligheidspunt werkt eraan.",
  waiting: "Er wordt op iemand anders gewacht.",
  closed: "Deze melding is afgesloten.",
};
const entries: Readonly<Record<string, string>> = {
  report: "Melding",
  evidence: "Bewijs",
  message: "Bericht",
  "norm-test": "Gaat dit te ver?",
  seriousness: "Hoe ernstig is dit?",
  action: "Stap",
  referral: "Gedeeld",
  outcome: "Afsluiting",
  withdrawal: "Ingetrokken",
};
export const nl = {
  title: "Melding",
  phases,
  entries,
  forms: {
    verbal: "Schelden",
    threat: "Bedreiging",
    physical: "Fysiek geweld",
    discrimination: "Discriminatie",
    sexual: "Seksuele intimidatie",
    doxing: "Gegevens online",
    other: "Iets anders",
  },
  norm: { emotional: "Emotioneel gedrag", "crossing-the-line": "Dit gaat over de grens", unclear: "Nog niet duidelijk" },
  levels: { low: "Licht", medium: "Ernstig", high: "Zeer ernstig", acute: "Acuut gevaar" },
  complaint: (number: string, code: string) => `Aangifte${number === "" ? "" : ` met nummer ${number}`}, VPT-code ${code}`,
  shared: (desk: string, n: number) => `${n} onderdelen gedeeld met ${desk}`,
  firstAnswer: "Uw eerste antwoord aan de melder",
  takeUp: "Neem de melding aan",
  normName: "Eigen gedragsnorm",
  normWhy: "Waarom gaat dit over de grens?",
  start: "Leg vast en ga verder",
  more: "Aangifte of afsluiten",
  complaintNote: "Aangifte: wat is er gedaan?",
  complaintSave: "Leg de aangifte vast",
  feedback: "Wat hoort de melder over de afloop?",
  close: "Sluit de melding af",
};
export type DossierMessages = typeof nl;
