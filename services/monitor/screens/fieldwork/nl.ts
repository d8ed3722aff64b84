/** Dutch words of the fieldwork page. */
import { plural } from "#services/interface/index.ts";

export const nl = {
  title: "Veldwerk",
  lead: "Hoeveel mensen meedoen aan de meting, per groep. Wat iemand antwoordde, is hier van niemand te zien.",
  back: "Naar het werk",
  noDesk: { title: "U zit in geen onderzoeksteam", text: "Deze pagina is van het team dat de meting houdt. Vraag de leider van dat team om u op te nemen." },
  noWave: {
    title: "Er is nog geen meting",
    text: "Een leider van het team begint er een met het programma: rugdekking monitor open. Daarna ziet u hier hoe het gaat.",
  },
  which: "Welke meting?",
  states: { soon: "Nog niet begonnen", open: "Loopt", closing: "Loopt af", over: "Afgelopen" },
  opens: (day: string) => `Begint op ${day}.`,
  closes: (day: string) => `Een bewijs ophalen kan tot en met ${day}.`,
  ends: (day: string) => `Antwoorden komen binnen tot en met ${day}. Daarna kan het team ze openen.`,
  over: (day: string) => `Antwoorden kwamen binnen tot en met ${day}. Het team kan ze nu openen, met het programma: rugdekking monitor answers.`,
  refreshed: (moment: string) => `Stand van ${moment}. Die wordt vanzelf bijgewerkt, elke halve minuut.`,
  stale: "Bijwerken lukt nu niet. U ziet de stand van het laatste moment dat het wel lukte.",
  all: "Alle groepen samen",
  answered: (count: string, of: number, least: boolean) =>
    `${least ? "Ten minste " : ""}${plural("nl", of, { one: `${count} van de # mens met een uitnodiging`, other: `${count} van de # mensen met een uitnodiging` })}`,
  between: (share: number, low: number, high: number) => `${share} van de 100; tussen ${low} en ${high}`,
  betweenLeast: (share: number, low: number, high: number) => `Ten minste ${share} van de 100. Met wat wij nog niet zeggen erbij: tussen ${low} en ${high}.`,
  few: "Minder dan vijf. Hoeveel precies, zeggen wij pas na afloop.",
  none: "Nog niemand uitgenodigd.",
  margin: (points: number) =>
    `Een uitkomst van 50 van de 100 heeft nu een marge van ${points} naar elke kant. Dat geldt als wie antwoordt lijkt op wie niet antwoordt. Weging maakt de marge groter.`,
  perGroup: "Per groep",
  perGroupHint: "De balk is het deel dat antwoordde. De streep laat zien hoe onzeker dat is.",
  picture: (group: string, words: string) => `${group}: ${words}`,
  table: "Tabel: alle groepen",
  columns: {
    group: "Groep",
    population: "Mensen",
    invitations: "Uitgenodigd",
    collected: "Bewijs gehaald",
    answered: "Antwoord",
    response: "Respons, per 100",
    between: "Tussen",
    margin: "Marge bij 50",
  },
  under: "onder 5",
  least: (count: string) => `ten minste ${count}`,
  thinTitle: "Te dun om apart te tonen",
  thin: (count: number) =>
    plural("nl", count, { one: "In # groep antwoordden nog geen tien mensen.", other: "In # groepen antwoordden nog geen tien mensen." }),
  thinText: "Over zo'n groep alleen komt niets naar buiten. De antwoorden tellen wel mee in de grotere groepen.",
  thinNone: "In elke groep antwoordden tien mensen of meer.",
  missing: {
    title: "Wie antwoordt er niet?",
    not: (count: number) =>
      plural("nl", count, {
        one: "# mens hoort bij de groep, maar kreeg geen uitnodiging.",
        other: "# mensen horen bij de groep, maar kregen geen uitnodiging.",
      }),
    waiting: (count: number) => plural("nl", count, { one: "# mens haalde geen bewijs op.", other: "# mensen haalden geen bewijs op." }),
    remind: "U kunt hun een herinnering sturen.",
    held: (count: number, most: boolean) =>
      `${most ? "Ten hoogste " : ""}${plural("nl", count, { one: "# mens haalde", other: "# mensen haalden" })} een bewijs op, en hun antwoord is er niet. Het kan nog onderweg zijn.`,
    heldOver: (count: number) =>
      plural("nl", count, {
        one: "# mens haalde een bewijs op, en stuurde geen antwoord.",
        other: "# mensen haalden een bewijs op, en stuurden geen antwoord.",
      }),
    why: "Waarom iemand niet antwoordt, weten wij niet. Wie veel meemaakt kan vaker antwoorden, of juist minder vaak. Weging verhelpt dat alleen voor wat op het bewijs staat.",
    noList:
      "Een lijst van wie wel een bewijs heeft en niet antwoordde, bestaat niet. Alleen als een groep evenveel antwoorden heeft als bewijzen, volgt eruit wie meedeed. Wat zij zeiden, volgt er niet uit.",
  },
  how: "Hoe deze getallen gemaakt zijn",
  howText: [
    "Respons: antwoorden gedeeld door uitnodigingen. De grenzen zijn die van Wilson, 95 van de 100 keer.",
    "Onder de vijf antwoorden zeggen wij geen getal zolang de meting loopt. Het totaal telt dan alleen de groepen die wel een getal hebben.",
    "Groepen van minder dan tien mensen zijn vooraf samengevoegd.",
  ],
  statement: "Kenmerk in het logboek",
  print: "Druk af",
};
export type Messages = typeof nl;
