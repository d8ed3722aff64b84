/** Dutch words of the figures of signals. */
import { plural } from "#services/interface/index.ts";

const between = (low: number, high: number): string => `tussen ${low} en ${high} van de 100`;

export const nl = {
  title: "Worden signalen opgevolgd?",
  lead: "Deze cijfers zijn nu op uw apparaat geteld, uit de signalen van uw team.",
  question: "Is er een signaal van gebrekkige samenwerking?",
  verdicts: {
    "too-few": () => "Dat is nog niet te zeggen. Er zijn minder dan vijf signalen waarin iemand moest antwoorden.",
    none: (good: number, all: number, _low: number, _high: number, missed: number) =>
      `Nee, niet in deze cijfers. In ${good} van de ${all} signalen kwam elk antwoord op tijd. Door het kleine aantal kan het toch bij ${missed} van de 100 misgaan.`,
    some: (good: number, all: number, low: number, high: number, _missed: number) =>
      `Ja. In ${all - good} van de ${all} signalen kwam een antwoord te laat of niet. Op tijd was ${good} van de ${all}; ${between(low, high)}.`,
  },
  cannotTitle: "Wat deze cijfers niet zeggen",
  cannot: [
    "Ze gaan alleen over de signalen van dit team, en niet over het hele land.",
    "Ze zeggen of een antwoord op tijd kwam, niet of het een goed antwoord was.",
    "Ze zeggen niet waarom iets te laat was.",
    "Signalen die hier nooit zijn gegeven, tellen niet mee.",
    "Landelijke cijfers komen later, zonder namen en zonder dossiers.",
  ],
  acknowledged: "Op tijd ontvangen",
  followed: "Elk antwoord op tijd",
  perStep: "Op tijd, per stap",
  perUnit: "Op tijd, per politie-eenheid",
  unitHint: "Alleen ontvangen en wegen.",
  of: (good: number, all: number, low: number, high: number) => `${good} van de ${all}; ${between(low, high)}`,
  few: "Minder dan vijf. Dat tonen wij niet.",
  steps: { received: "Ontvangen", weighed: "Gewogen", presented: "Voorgelegd", decided: "Besluit", "fed-back": "Bericht terug" },
  noUnit: "Eenheid niet bekend",
  how: "Hoe leest u dit?",
  howText:
    "De stip is wat er geteld is. De lijn laat zien hoe onzeker dat is: bij weinig signalen is hij lang. In 95 van de 100 keer ligt het echte aandeel op die lijn.",
  method: "Berekend met het interval van Wilson, 95 procent.",
  table: { what: "Wat", good: "Op tijd", all: "Van", low: "Ten minste, per 100", high: "Ten hoogste, per 100" },
  tableOf: (title: string) => `Tabel: ${title}`,
  picture: (name: string, words: string) => `${name}: ${words}`,
  counted: (n: number) => plural("nl", n, { one: "# signaal bekeken", other: "# signalen bekeken" }),
  unread: (n: number) =>
    plural("nl", n, {
      one: "# signaal kon hier niet gelezen worden en telt niet mee.",
      other: "# signalen konden hier niet gelezen worden en tellen niet mee.",
    }),
  stated: "De tijden zijn die van wie het antwoord gaf.",
  noDesk: "Alleen wie bij een team zit dat signalen krijgt, ziet hier cijfers.",
  back: "Terug naar de signalen",
};
export type Messages = typeof nl;
