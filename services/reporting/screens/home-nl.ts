/** Dutch words of the first page and the page about protection. */
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
      { title: "Iemand antwoordt", text: "U ziet steeds wie aan zet is, en tot wanneer." },
    ],
    noAccount: "U heeft geen account nodig. U hoeft niets te bewijzen.",
    more: "Lees hoe dit u beschermt",
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
