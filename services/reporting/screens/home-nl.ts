/** Dutch words of the first page, the help page and the page about protection. */
export const nl = {
  home: {
    title: "Wat is er aan de hand?",
    lead: "Voor politieke ambtsdragers die worden bedreigd of lastiggevallen, en voor wie hen helpt.",
    roads: {
      report: { title: "Ik word bedreigd of lastiggevallen", text: "Vertel het in uw eigen woorden. Dat duurt ongeveer twee minuten." },
      doxing: { title: "Mijn adres of gegevens staan online", text: "Meld waar het staat. U leest wat u nu kunt doen." },
      scan: { title: "Ik wil een veiligheidsscan", text: "Een adviseur kijkt met u mee naar uw huis en uw dagelijks leven." },
      helper: { title: "Ik help een ambtsdrager", text: "Voor griffiers, secretarissen, partners en collega's." },
      signIn: { title: "Inloggen", text: "Met uw account, of terug naar een melding met uw code." },
    },
    messages: "Kreeg u veel berichten? Laat uw apparaat ze eerst nakijken, dan hoeft u ze niet alleen te lezen.",
    promiseTitle: "Wat er met uw verhaal gebeurt",
    promises: [
      { title: "U vertelt het hier", text: "Uw woorden gaan op slot op uw eigen apparaat, voordat ze worden verstuurd." },
      { title: "U kiest wie het leest", text: "Alleen de mensen die u kiest, hebben een sleutel. Wij niet." },
      { title: "Iemand antwoordt", text: "Bij haast binnen 1 uur, anders binnen 1 werkdag. U ziet steeds wie aan zet is." },
    ],
    noAccount: "U heeft geen account nodig. U hoeft niets te bewijzen.",
    more: "Lees hoe dit u beschermt",
  },
  help: {
    title: "Wie kan mij nu helpen?",
    lead: "Deze mensen kunt u bellen, ook als u nog niets wilt melden.",
    call: (number: string) => `Bel ${number}`,
    hours: "Bereikbaar",
    forWhom: "Voor wie",
    source: "Bron",
    print: "Druk deze lijst af",
    visit: (name: string) => `Naar ${name}`,
    provisions: {
      emergency: { name: "112", what: "Bij direct gevaar, voor u of iemand anders.", hours: "dag en nacht", forWhom: "iedereen", source: "Politie" },
      police: {
        name: "Politie, geen spoed",
        what: "Melding of aangifte doen. Zeg dat u ambtsdrager bent en vraag om de VPT-code.",
        hours: "dag en nacht",
        forWhom: "iedereen",
        source: "Politie",
      },
      team: {
        name: "Ondersteuningsteam Weerbaar Bestuur",
        what: "Praat vertrouwelijk met iemand die het werk kent. Hulp bij dreiging, beveiliging, recht en nazorg.",
        hours: "dag en nacht",
        forWhom: "burgemeesters, wethouders, raadsleden en Statenleden, en hun gezin voor nazorg",
        source: "Netwerk Weerbaar Bestuur",
      },
      victims: {
        name: "Slachtofferhulp Nederland",
        what: "Advies, hulp bij aangifte en een luisterend oor.",
        hours: "zie de website",
        forWhom: "iedereen die iets naars meemaakte, en naasten",
        source: "Slachtofferhulp Nederland",
      },
      helpwanted: {
        name: "Helpwanted",
        what: "Hulp om uw gegevens of beelden van het internet te halen.",
        hours: "zie de website",
        forWhom: "iedereen die online is belaagd",
        source: "Offlimits",
      },
      discrimination: {
        name: "Meld.Online Discriminatie",
        what: "Melden van online discriminatie van een groep. Zij toetsen het en vragen om verwijdering.",
        hours: "maandag tot en met vrijdag, 9 tot 17 uur",
        forWhom: "iedereen",
        source: "Meld.Online Discriminatie",
      },
    },
    closing: "Op het werk kunt u altijd naar uw griffier, secretaris of burgemeester.",
  },
  over: {
    title: "Hoe dit u beschermt",
    lead: "Rugdekking is gebouwd als een postkantoor voor gesloten brieven.",
    seal: {
      title: "Uw woorden gaan op slot",
      text: "Wat u typt, gaat op slot op uw eigen apparaat. Alleen de mensen die u kiest, hebben een sleutel. De server kan het niet openen.",
    },
    see: {
      title: "Wat de server wel ziet",
      text: "De server moet uw brief kunnen bezorgen. Daarvoor ziet hij:",
      items: [
        "voor welk veiligheidspunt een dossier is",
        "wat voor soort bericht er komt en wanneer",
        "ongeveer hoe groot het is",
        "wie het ondertekende en welke termijn loopt",
      ],
    },
    lost: {
      title: "Wat wij niet kunnen",
      text: "Wij kunnen een kwijtgeraakte code of wachtzin niet herstellen. Dat is de prijs van een slot zonder achterdeur. Bewaar uw code daarom goed.",
    },
    log: {
      title: "Niets verdwijnt stil",
      text: "Elke ontvangst komt in een openbaar logboek, zonder inhoud. Met uw bewijs controleert u zelf of er niets is weggehaald of veranderd.",
    },
    device: {
      title: "Uw eigen apparaat",
      text: "Kijkt iemand mee op uw telefoon of computer? Gebruik dan een ander apparaat. Snel weg sluit de pagina, maar wist niet de hele geschiedenis van uw browser.",
    },
    check: "Controleer een bewijs",
  },
};

export type HomeMessages = typeof nl;
