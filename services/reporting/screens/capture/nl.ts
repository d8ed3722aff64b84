/** Dutch words of the page where captures of the browser extension are taken over. */
import { plural, writeDay, writeMoment } from "#services/interface/index.ts";

export const nl = {
  title: "Vastleggen met de uitbreiding",
  lead: "Leg een bericht vast terwijl u het leest. Het gaat meteen op slot en u zet het hier in uw dossier.",
  lock: "Alleen u kunt openen wat wacht.",
  lockReader: "U",
  lockReason: "met de sleutel van uw account of uw code",
  signIn: {
    title: "Log eerst in",
    text: "Dan weet deze pagina voor wie de uitbreiding alles op slot zet.",
    account: "Log in",
    code: "Ik heb een code",
  },
  connect: {
    title: "De uitbreiding is nog niet verbonden",
    steps: [
      "Zet de uitbreiding in deze browser. Vraag uw veiligheidspunt of uw werkgever hoe u die krijgt.",
      "Blijf op deze pagina en druk rechtsboven op het icoon van Rugdekking.",
      "De eerste keer vergelijkt u een getal. Daarna is de uitbreiding gekoppeld.",
    ],
    waiting: "Deze pagina wacht op de uitbreiding.",
  },
  pair: {
    title: "Vergelijk dit getal",
    text: "De uitbreiding toont ook een getal. Zijn ze precies gelijk? Druk dan daar op “Ja, koppel”.",
    number: "Uw getal",
    differs: "Zijn ze niet gelijk? Koppel dan niet en bel uw veiligheidspunt.",
  },
  other: {
    title: "De uitbreiding is gekoppeld aan een ander account",
    text: "Log in met dat account om over te nemen wat wacht. Of druk op het icoon en kies daar “Ontkoppel”.",
  },
  empty: {
    title: "Er wacht niets",
    text: "Ga naar een bericht en druk daar op het icoon van Rugdekking. Kom daarna hier terug en druk nog eens op het icoon.",
  },
  waiting: {
    title: (n: number) => plural("nl", n, { one: "Er wacht # vastlegging", other: "Er wachten # vastleggingen" }),
    choose: "Wat wilt u in uw dossier zetten?",
    nobody: "Account niet gevonden",
    shown: (time: string) => `Tijd bij het bericht: ${time}`,
    at: (moment: string) => `Vastgelegd ${writeMoment("nl", moment)}`,
    files: (n: number) => plural("nl", n, { one: "# bestand", other: "# bestanden" }),
    look: "Bekijk het beeld",
    hide: "Verberg het beeld",
    picture: "Het beeld van de vastgelegde pagina",
    lacksWhole: "Het bericht staat er niet helemaal op.",
    lacksText: "De tekst was te lang en is afgekapt.",
    lacksFrames: "Een deel komt van een andere site. De woorden daarvan zijn niet gelezen.",
    lacksPictures: "Een beeld was te groot en is niet bewaard.",
    closed: "Deze kan hier niet open. Misschien is zij voor een ander account vastgelegd.",
    where: "In welke melding?",
    dossier: (moment: string) => `Melding van ${writeDay("nl", moment)}`,
    none: "U heeft nog geen melding waar dit in kan.",
    begin: "Iets melden",
    go: "Zet in mijn dossier",
    final: "U kunt dit later niet meer uit uw dossier weghalen. Kijk dus eerst na wat u kiest.",
    missing: "Kies eerst minstens één vastlegging.",
    busy: "Bezig met overnemen",
  },
  taken: {
    title: (n: number) => plural("nl", n, { one: "# vastlegging staat in uw dossier", other: "# vastleggingen staan in uw dossier" }),
    text: "De uitbreiding heeft ze gewist. Wie uw melding leest, ziet ze ook.",
    open: "Naar mijn melding",
  },
  failed: {
    silent: "De uitbreiding antwoordt niet meer. Druk nog eens op het icoon.",
    gone: "De uitbreiding heeft dit niet meer. Druk nog eens op het icoon.",
    "not-paired": "De uitbreiding is niet meer gekoppeld. Druk nog eens op het icoon.",
    malformed: "De uitbreiding gaf een antwoord dat we niet begrijpen. Kijk of er een nieuwe versie is.",
  },
  proves: {
    title: "Wat bewijst een vastlegging?",
    yes: [
      "Deze bestanden zijn niet veranderd sinds u ze vastlegde. Dat laat het controlegetal zien.",
      "U heeft ze in uw dossier gezet. Dat is ondertekend.",
      "Met een tijdstempel: ze bestonden op dat moment al.",
    ],
    notTitle: "Wat bewijst het niet?",
    no: [
      "Dat de pagina echt zo was. Op een eigen computer kan iemand een pagina veranderen, ook zonder sporen.",
      "Wie het bericht schreef. Het account en de tijd zijn wat de pagina toonde.",
      "Dat dit alles is. Er staat alleen in wat u zag en vastlegde.",
    ],
    advice: "Laat het bericht daarom staan tot de politie ernaar keek. Bewaar ook de link.",
  },
};

export type CaptureMessages = typeof nl;
