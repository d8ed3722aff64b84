/** Dutch words that all pages of parliamentary questions share: phases, entries, the clock. */
import { plural, writeDay } from "#services/interface/index.ts";

/** A calendar day in words; noon, so that no time zone moves it. */
const day = (on: string): string => writeDay("nl", `${on.slice(0, 10)}T12:00:00Z`);

export const nl = {
  title: "Kamervragen",
  day,
  phases: {
    opened: "Nieuw: de vragen zijn nog niet verdeeld.",
    drafting: "De antwoorden worden geschreven.",
    coordination: "De andere ministeries kijken mee.",
    initials: "De parafen worden gehaald.",
    presented: "De stukken liggen bij de bewindspersoon.",
    returned: "De bewindspersoon gaf de stukken terug.",
    agreed: "De bewindspersoon is akkoord. De handtekening volgt.",
    signed: "Getekend. Het kan naar de Kamer.",
    sent: "Verstuurd naar de Kamer. Nog niet gepubliceerd.",
    published: "Verstuurd en gepubliceerd.",
    withdrawn: "Ingetrokken.",
  } as Readonly<Record<string, string>>,
  entries: {
    "question-set": "Vragen ingelezen",
    mend: "Set hersteld",
    "co-signing": "Ministerie tekent mee",
    assignment: "Vragen verdeeld",
    "fact-request": "Feiten gevraagd",
    "fact-answer": "Feiten gegeven",
    draft: "Concept geschreven",
    note: "Beslisnota geschreven",
    comment: "Opmerking",
    submission: "Voorgelegd",
    verdict: "Oordeel van een ministerie",
    initial: "Paraaf",
    presentation: "Aan de bewindspersoon voorgelegd",
    decision: "Akkoord",
    return: "Teruggegeven",
    signature: "Getekend",
    sending: "Verstuurd",
    publication: "Gepubliceerd",
    postponement: "Uitstel gemeld",
    message: "Bericht",
    withdrawal: "Ingetrokken",
    timestamp: "Tijdstempel",
  } as Readonly<Record<string, string>>,
  due: (on: string): string => `Uiterlijk ${day(on)}`,
  left: (days: number): string => plural("nl", days, { one: "nog # dag", other: "nog # dagen" }),
  lastDay: "vandaag is de laatste dag",
  late: (days: number): string => plural("nl", days, { one: "# dag te laat", other: "# dagen te laat" }),
  sentInTime: "op tijd verstuurd",
  sentLate: "te laat verstuurd",
  postponed: "met uitstel",
  noClock: "Zonder dag van inzenden loopt er geen termijn. Herstel de set.",
  recessUnknown: "Of er een reces in deze termijn valt, weten wij nog niet. Kijk dat zelf na.",
  listed: (on: string): string => `Op de lijst van de Kamer vanaf ${day(on)}.`,
  dates: "Dagen binnen het ministerie",
  squeezed: "meteen",
};

export type Messages = typeof nl;
