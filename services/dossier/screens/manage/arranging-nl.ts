/** Dutch words of who is away, which offices are vacant, and what an organisation's own groups propose. */
import { plural, writeDay } from "#services/interface/index.ts";

export const nl = {
  away: "Wie is er niet?",
  awayText: "Wie afwezig is, krijgt geen bericht. Wie waarneemt, komt daarvoor in de plaats. Lezen verandert niet.",
  nobody: "Iedereen is er.",
  line: (name: string, until: string, cover: string | null) =>
    cover === null
      ? `${name} is afwezig tot en met ${writeDay("nl", until)}. Niemand neemt waar.`
      : `${name} is afwezig tot en met ${writeDay("nl", until)}. ${cover} neemt waar.`,
  later: (name: string, from: string, until: string, cover: string | null) =>
    cover === null
      ? `${name} is afwezig van ${writeDay("nl", from)} tot en met ${writeDay("nl", until)}. Niemand neemt waar.`
      : `${name} is afwezig van ${writeDay("nl", from)} tot en met ${writeDay("nl", until)}. ${cover} neemt waar.`,
  back: (name: string) => `${name} is er weer`,
  who: "Wie is afwezig?",
  from: "Vanaf",
  until: "Tot en met",
  standIn: "Wie neemt waar?",
  noOne: "Niemand",
  choose: "Kies iemand",
  missing: "Kies iemand.",
  dayMissing: "Kies een dag.",
  tooLong: "Dit is langer dan 400 dagen. Kies een eerdere dag.",
  order: "De laatste dag is eerder dan de eerste.",
  set: "Onderteken afwezigheid",
  offices: "Welke functies horen in dit team?",
  officesText: "Ontbreekt er iemand, dan ziet u dat hier. De leiding krijgt elke week een bericht.",
  wanted: (office: string, n: number) => plural("nl", n, { one: `${office}: # persoon`, other: `${office}: # personen` }),
  vacant: (office: string, n: number) => plural("nl", n, { one: `Vacature: ${office}.`, other: `Vacature: ${office} (# personen).` }),
  vacantTitle: "Er is een functie zonder persoon",
  vacantMend: "Nodig iemand uit, of haal de functie weg.",
  office: "Naam van de functie",
  officeHint: "Precies zoals bij de leden staat.",
  holders: "Hoeveel personen?",
  holdersWrong: "Vul een getal van 1 tot 50 in.",
  addOffice: "Onderteken functie",
  removeOffice: (office: string) => `Haal weg: ${office}`,
  proposed: "Volgens uw organisatie",
  proposedLine: (name: string) => `${name} hoort volgens uw organisatie niet meer bij dit team.`,
  proposedText: "Er is niets veranderd. U beslist of deze persoon uit het team gaat.",
  dismiss: (name: string) => `Laat ${name} in het team`,
  handOver: "Draag de leiding over",
  handOverTitle: (name: string) => `De leiding overdragen aan ${name}?`,
  handOverText: "Deze persoon leidt dan het team. U blijft lid, maar kunt niemand meer toevoegen of weghalen. Het team krijgt een nieuwe sleutel.",
  handOverGo: "Draag over en maak een nieuwe sleutel",
  lastMemberTitle: "Dit is het laatste lid",
  lastMemberText: "Zonder leden kan niemand meer lezen wat dit team kreeg. Neem eerst iemand anders op.",
  origin: "Hoe dit team er kwam",
  originText: "Uw apparaat heeft deze handtekeningen gecontroleerd.",
  originLine: (name: string, desk: string, day: string) => `Bevestigd door ${name}, ${desk}, op ${writeDay("nl", day)}.`,
};
export type Messages = typeof nl;
