/** Dutch words of a security scan in the dossier page. */
const phases: Readonly<Record<string, string>> = {
  requested: "Het CCV kijkt of u recht heeft op deze scan.",
  entitled: "Het CCV kiest een adviseur voor u.",
  assigned: "De adviseur maakt een afspraak met u.",
  planned: "De adviseur komt bij u langs.",
  visited: "De adviseur schrijft het advies.",
  drafted: "Het advies wordt afgemaakt.",
  submitted: "De beveiligingsautoriteit bekijkt het advies.",
  returned: "De adviseur past het advies aan.",
  adopted: "Het advies is vastgesteld. Uw werkgever gaat het regelen.",
  providing: "Uw werkgever regelt de maatregelen.",
  completed: "Alle maatregelen zijn klaar.",
  pointed: "Voor u is er een andere scan. Lees hieronder welke.",
  withdrawn: "Deze scan is gestopt.",
};
const entries: Readonly<Record<string, string>> = {
  request: "Aanvraag",
  entitlement: "Recht op de scan",
  assignment: "Adviseur gekozen",
  appointment: "Afspraak",
  visit: "Bezoek",
  "threat-analysis": "Dreigingsanalyse",
  "risk-assessment": "Risicobeoordeling",
  advice: "Advies",
  submission: "Naar de beveiligingsautoriteit",
  return: "Terug met redenen",
  adoption: "Vastgesteld en ondertekend",
  "provision-list": "Wat geregeld moet worden",
  measure: "Maatregel",
  completion: "Klaar",
  message: "Bericht",
  evidence: "Bewijs",
  withdrawal: "Gestopt",
};
export const nl = {
  title: "Veiligheidsscan",
  phases,
  entries,
  cost: (low: number, high: number) => `${low} tot ${high} euro`,
  decided: (name: string, office: string) => `Ondertekend door ${name}, ${office}.`,
};
export type Messages = typeof nl;
