/** Dutch words that all pages of a security scan share: phases, entries, domains, rings, how serious, how likely, the life of a measure. */
import type { Likelihood, RiskDomain, Ring, Seriousness } from "#services/scanning/contract/index.ts";
import { writeDay, writeMoment } from "#services/interface/index.ts";
import type { MeasureState } from "#services/scanning/contract/provision.ts";

type Words = Readonly<Record<string, string>>;

/** What happens now, to the person who asked for the scan. */
const phasesMine: Words = {
  requested: "Het CCV kijkt of u recht heeft op deze scan.",
  entitled: "U heeft recht op de scan. Het CCV kiest een adviseur voor u.",
  assigned: "De adviseur maakt een afspraak met u.",
  planned: "De adviseur komt bij u langs.",
  visited: "De adviseur schrijft het advies.",
  drafted: "De adviseur maakt het advies af.",
  submitted: "De beveiligingsautoriteit bekijkt het advies.",
  returned: "De adviseur past het advies aan.",
  adopted: "Het advies is vastgesteld. Uw werkgever gaat het regelen.",
  providing: "Uw werkgever regelt de maatregelen.",
  completed: "Alle maatregelen zijn klaar.",
  pointed: "Voor u is er een andere weg. Lees hieronder welke.",
  withdrawn: "Deze scan is gestopt.",
};
/** What happens now, to a desk or the adviser. */
const phasesDesk: Words = {
  requested: "Deze aanvraag is nieuw. Er is nog niet gekeken naar het recht op de scan.",
  entitled: "Er is recht op de scan. Er moet nog een adviseur komen.",
  assigned: "Er is een adviseur. De afspraak moet nog worden gemaakt.",
  planned: "Het bezoek is gepland.",
  visited: "Het bezoek is geweest. Nu komt het advies.",
  drafted: "Het advies is geschreven, maar nog niet ingeleverd.",
  submitted: "Het advies ligt bij de beveiligingsautoriteit.",
  returned: "Het advies is terug bij de adviseur, met redenen.",
  adopted: "Het advies is vastgesteld. De werkgever kan beginnen.",
  providing: "De werkgever regelt de maatregelen.",
  completed: "Alle maatregelen zijn klaar.",
  pointed: "De aanvrager is naar een andere weg gewezen.",
  withdrawn: "De aanvrager heeft deze scan gestopt.",
};
const entries = {
  request: "Aanvraag",
  entitlement: "Recht op de scan",
  assignment: "Adviseur gekozen",
  appointment: "Afspraak",
  visit: "Bezoek",
  "threat-analysis": "Dreigingsanalyse",
  "risk-assessment": "Risicobeoordeling",
  advice: "Advies",
  submission: "Ingeleverd bij de beveiligingsautoriteit",
  return: "Terug met redenen",
  adoption: "Vastgesteld en ondertekend",
  "provision-list": "Wat geregeld moet worden",
  measure: "Maatregel",
  completion: "Klaar",
  message: "Bericht",
  evidence: "Bewijs",
  referral: "Gedeeld",
  withdrawal: "Gestopt",
  "no-show": "Niet doorgegaan",
  departure: "Einde van het ambt",
};
const domains: Readonly<Record<RiskDomain, string>> = { wonen: "Wonen", werk: "Werk", digitaal: "Digitaal", verplaatsen: "Onderweg" };
const rings: Readonly<Record<Ring, string>> = {
  surroundings: "De straat en de buurt",
  plot: "Tuin en oprit",
  shell: "Deuren, ramen en gevel",
  inside: "In huis",
  "safe-room": "Veilige ruimte",
  none: "Geldt niet voor één plek",
};
const seriousness: Readonly<Record<Seriousness, string>> = { low: "Licht", medium: "Ernstig", high: "Zeer ernstig" };
const likelihood: Readonly<Record<Likelihood, string>> = { unlikely: "Kleine kans", possible: "Mogelijk", likely: "Grote kans" };
const states: Readonly<Record<MeasureState, string>> = {
  advised: "Geadviseerd",
  ordered: "Besteld",
  placed: "Geplaatst",
  "on-loan": "In bruikleen",
  checked: "Nagekeken",
  declined: "Niet gewenst",
  returned: "Teruggebracht",
};

export const nl = {
  title: "Veiligheidsscan",
  phasesMine,
  phasesDesk,
  entries,
  domains,
  rings,
  seriousness,
  likelihood,
  states,
  functions: {
    "kings-commissioner": "Commissaris van de Koning",
    "provincial-executive": "Gedeputeerde",
    "provincial-councillor": "Statenlid",
    mayor: "Burgemeester",
    alderman: "Wethouder",
    councillor: "Raadslid",
    "committee-member": "Commissielid",
    "water-authority-chair": "Voorzitter van het waterschap",
    "water-authority-executive": "Lid van het dagelijks bestuur",
    "water-authority-general-board": "Lid van het algemeen bestuur",
  },
  pkvw: {
    valid: "Er is een geldig certificaat",
    applied: "Het certificaat is aangevraagd",
    none: "Er is nog geen certificaat",
    "not-reasonable": "Een certificaat kan niet worden gevraagd",
    unknown: "Onbekend",
  },
  provided: { provided: "Blijft van de bewoner", "on-loan": "In bruikleen zolang het ambt duurt" },
  providedShort: { provided: "Verstrekt", "on-loan": "In bruikleen" },
  who: { employer: "Werkgever", own: "Eigen rekening" },
  euro: (amount: number) => `€\u00a0${new Intl.NumberFormat("nl-NL").format(amount)}`,
  cost: (low: number, high: number) =>
    low === high
      ? `€\u00a0${new Intl.NumberFormat("nl-NL").format(low)}`
      : `€\u00a0${new Intl.NumberFormat("nl-NL").format(low)} tot €\u00a0${new Intl.NumberFormat("nl-NL").format(high)}`,
  version: (n: number) => `Versie ${n}`,
  yes: "Ja",
  no: "Nee",
  until: (day: string) => `Vóór ${writeDay("nl", day)}`,
  noDate: "Geen datum",
  opened: (moment: string) => `Scan van ${writeDay("nl", moment)}`,
  due: (moment: string) => `uiterlijk ${writeMoment("nl", moment)}`,
  late: (moment: string) => `te laat sinds ${writeMoment("nl", moment)}`,
  toDossier: "Naar het dossier",
  toList: "Terug naar de lijst",
  kept: "Bewaard op dit apparaat",
  keeping: "Wordt bewaard",
  notKept: "Deze browser bewaart niets. Houd deze pagina open.",
  resumed: "U was al begonnen. Uw tekst staat er nog.",
  opening: "Even geduld",
  noAccess: "Deze scan is niet met u gedeeld",
  noAccessText: "De persoon om wie het gaat, beslist wie mag meelezen.",
  toWork: "Naar mijn werklijst",
  toMine: "Naar mijn dossiers",
  matrix: {
    caption: "Hoe ernstig en hoe waarschijnlijk",
    now: "Nu",
    after: "Na de maatregelen",
    corner: "Ernst",
    none: "geen",
    read: "De nummers zijn de risico's uit de lijst. Rechtsonder is het zwaarst.",
  },
  seal: {
    title: "Vastgesteld en ondertekend",
    by: "Ondertekend door",
    office: "Functie",
    on: "Datum",
    what: "Wat is ondertekend",
    digest: "Kenmerk van de tekst",
    holds: "Deze handtekening hoort precies bij deze tekst. Niemand kan de tekst nog ongemerkt veranderen.",
  },
  measures: {
    caption: "Maatregelen",
    what: "Maatregel",
    where: "Onderdeel",
    kind: "Soort",
    cost: "Kosten (geschat)",
    when: "Wanneer",
    who: "Voor rekening van",
    why: "Waarom",
    total: "Samen",
    none: "Er zijn geen maatregelen.",
  },
};
export type Messages = typeof nl;
