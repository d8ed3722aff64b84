/** Dutch words of the editor of a draft. */
export const nl = {
  toolbar: "Opmaak",
  strong: "Vet",
  emphasis: "Cursief",
  bullets: "Opsomming",
  numbers: "Genummerd",
  link: "Link",
  answer: "Verwijzing",
  note: "Voetnoot",
  undo: "Ongedaan maken",
  redo: "Opnieuw",
  keys: "Pijltjes: langs de knoppen. Escape: uit het tekstvak. Tab: verder.",
  linkLabel: "Adres van de link",
  linkHint: "Begint met https://. Leeg: de link gaat weg.",
  linkWrong: "Dit is geen adres dat met https:// begint.",
  answerLabel: "Naar het antwoord op welke vraag?",
  answerOption: (number: number): string => `Vraag ${number}`,
  noteLabel: "Tekst van de voetnoot",
  noteWrong: "Vul de tekst van de voetnoot in.",
  insert: "Invoegen",
  change: "Zet de link",
  cancel: "Niet doen",
  saving: {
    nothing: "",
    keeping: "Bezig met bewaren op dit apparaat",
    kept: "Vergrendeld bewaard op dit apparaat. Nog niet in het dossier.",
    "not-kept": "Deze browser bewaart niets. Zet uw tekst in het dossier voor u weggaat.",
  },
  resumed: "U schreef hier eerder aan. Uw tekst staat er weer, samen met wat anderen intussen schreven.",
};

export type Messages = typeof nl;
