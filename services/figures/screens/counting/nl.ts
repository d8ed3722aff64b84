/** What the panel "Telt u mee?" says, in Dutch. */
import type { DossierKind } from "#services/dossier/contract/index.ts";

export interface Messages {
  readonly title: string;
  readonly text: string;
  /** Kinds of dossier of which facts are made; a set of parliamentary questions leaves none. */
  readonly holds: Readonly<Record<Exclude<DossierKind, "question-set">, readonly string[]>>;
  readonly not: string;
  readonly small: string;
  readonly waits: string;
  readonly yes: string;
  readonly no: string;
  readonly sayYes: string;
  readonly sayNo: string;
}

export const nl: Messages = {
  title: "Telt u mee?",
  text: "Van dit dossier maken wij feiten zonder naam, voor de landelijke cijfers. In een feit staan alleen de maand en grove groepen:",
  holds: {
    report: [
      "als u meldt: de provincie, de soort functie, de vorm, hoe het binnenkwam, online ja of nee, doxing ja of nee",
      "als het team afsluit: de provincie, de soort functie, en of er aangifte, weging en opvolging was",
    ],
    scan: ["als u een scan vraagt: de provincie en de soort functie", "als de scan klaar is: hoe lang het duurde, en ongeveer hoeveel maatregelen er kwamen"],
    signal: ["als het signaal wordt afgesloten: de eenheid van de politie, welke stappen op tijd waren, en hoe het afliep"],
    help: [
      "als u hulp vraagt: de soort functie, grof waarover het gaat, en of het dringend was",
      "als de hulp klaar is: hoe het afliep, en of een collega, een deskundige of het team hielp",
    ],
  },
  not: "Er staat niet in: uw naam, uw gemeente, de dag, wat u schreef of welk dossier het is. Een feit komt los van uw dossier binnen, op een ander moment. Daarna kan niemand zien van welk dossier het is.",
  small:
    "Bent u de enige met zo’n functie of zo’n voorval in uw provincie? Dan kan een onderzoeker misschien vermoeden dat het over u gaat. Op de openbare pagina staan alleen aantallen van groepen.",
  waits:
    "U mag altijd nee zeggen. Dan maken wij geen feiten meer, en wissen wij wat op dit apparaat nog wacht. Wat al verstuurd is, kan niemand terugvinden. Het kan dus ook niet meer weg.",
  yes: "Dit dossier telt mee.",
  no: "Dit dossier telt niet mee.",
  sayYes: "Ja, tel mee",
  sayNo: "Nee, tel niet mee",
};
