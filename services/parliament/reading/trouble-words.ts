/** Each trouble as a sentence that says what, where and how to mend it, in both languages. Shown by the command line and the upload page. */
import type { Trouble, TroubleCode } from "#services/parliament/contract/dossier.ts";

/** Words for a code; `about` is what the trouble names. */
export type TroubleWords = Readonly<Record<TroubleCode, (about: string) => string>> & { readonly place: (place: Trouble["place"]) => string };

/** English, for the command line. */
export const troubleWordsEnglish: TroubleWords = {
  place: ({ line, page, path }) =>
    path !== null ? path || "the record" : page !== null ? `page ${page}${line > 0 ? `, line ${line}` : ""}` : line > 0 ? `line ${line}` : "the file",
  empty: () => "there is nothing in it; choose another file",
  "too-large": (about) => `it is larger than any set (${about}); choose the set itself`,
  "pdf-without-text": (about) =>
    `it holds pictures of pages (${about}) and no text (a scan); ask for the digital original, or have the text recognised and read that`,
  "page-without-text": (about) => `page ${about} holds no text; look whether something of the set stands there`,
  "pdf-broken": () => "the PDF is damaged; fetch it again",
  "pdf-locked": () => "the PDF is locked with a password; save it without one",
  "json-broken": () => "it looks like JSON and is not; fetch it again",
  "xml-broken": () => "it looks like XML and is not, or declares entities; fetch it again",
  "not-utf-8": () => "it is not UTF-8 and was read as Windows-1252; check letters with accents",
  "unknown-form": () => "no questions, answers or decision note were recognised in it; check that this is the right file",
  "two-sets": (about) => `a second set starts here${about === "" ? "" : ` (${about})`}; both are kept, choose one or cut the file in two`,
  "no-questions": () => "no question was recognised; number them as `Vraag 1`",
  "number-missing": (about) => `question ${about} is missing before this one; add it or renumber`,
  "number-twice": (about) => `number ${about} stands twice; both are kept, renumber one`,
  "number-out-of-order": (about) => `question ${about} comes after a higher number; check the order`,
  "question-empty": (about) => `question ${about} has no words; add them`,
  "answer-missing": (about) => `question ${about} has no answer`,
  "answer-without-question": (about) =>
    about === "" ? "this answer does not say what it answers" : `there is an answer to question ${about}, and no such question`,
  "refers-nowhere": (about) => `it names question ${about}, which is not there`,
  "footnote-missing": (about) => `mark ${about} has no footnote`,
  "footnote-unused": (about) => `no mark leads to footnote ${about}`,
  "no-members": () => "who asks was not recognised; add the members and their factions",
  "no-addressees": () => "who is asked was not recognised; add the ministers",
  "addressees-unclear": (about) => `the heading speaks of several ministers and we see ${about}; check them`,
  "no-date": () => "the day of sending in was not recognised; add it, the term counts from there",
  "no-reference": () => "the number of the case was not recognised; add it",
  "reference-differs": (about) => `the text and the name of the file name different cases (${about}); check which it is`,
  "record-deleted": () => "the Kamer has deleted this case from its open data; do not work on it without asking",
  "word-joined": (about) => `a word was broken over two lines and joined as "${about}"; check the hyphen`,
};

/** Dutch, for the screens. */
export const troubleWordsDutch: TroubleWords = {
  place: ({ line, page, path }) =>
    path !== null ? path || "het record" : page !== null ? `bladzijde ${page}${line > 0 ? `, regel ${line}` : ""}` : line > 0 ? `regel ${line}` : "het bestand",
  empty: () => "Er staat niets in. Kies een ander bestand.",
  "too-large": (about) => `Het is groter dan een set kan zijn (${about}). Kies de set zelf.`,
  "pdf-without-text": (about) => `Het zijn beelden van bladzijden (${about}) zonder tekst: een scan. Vraag het digitale origineel, of laat de tekst herkennen.`,
  "page-without-text": (about) => `Op bladzijde ${about} staat geen tekst. Kijk of daar iets van de set staat.`,
  "pdf-broken": () => "De PDF is beschadigd. Haal hem opnieuw op.",
  "pdf-locked": () => "De PDF heeft een wachtwoord. Sla hem op zonder.",
  "json-broken": () => "Het lijkt op JSON en is het niet. Haal het opnieuw op.",
  "xml-broken": () => "Het lijkt op XML en is het niet. Haal het opnieuw op.",
  "not-utf-8": () => "Het is geen UTF-8. Wij lazen het als Windows-1252. Kijk naar letters met een accent.",
  "unknown-form": () => "Wij herkennen geen vragen, antwoorden of beslisnota. Is dit het goede bestand?",
  "two-sets": (about) => `Hier begint een tweede set${about === "" ? "" : ` (${about})`}. Beide zijn bewaard. Kies er een, of splits het bestand.`,
  "no-questions": () => "Wij herkennen geen vraag. Nummer ze als “Vraag 1”.",
  "number-missing": (about) => `Vraag ${about} ontbreekt hiervoor. Vul aan of nummer opnieuw.`,
  "number-twice": (about) => `Nummer ${about} staat er twee keer. Beide zijn bewaard. Geef er een een ander nummer.`,
  "number-out-of-order": (about) => `Vraag ${about} komt na een hoger nummer. Kijk naar de volgorde.`,
  "question-empty": (about) => `Vraag ${about} heeft geen tekst. Vul die aan.`,
  "answer-missing": (about) => `Vraag ${about} heeft geen antwoord.`,
  "answer-without-question": (about) =>
    about === "" ? "Dit antwoord zegt niet op welke vraag." : `Er is een antwoord op vraag ${about}, maar geen vraag ${about}.`,
  "refers-nowhere": (about) => `Er staat een verwijzing naar vraag ${about}. Die is er niet.`,
  "footnote-missing": (about) => `Bij teken ${about} hoort geen voetnoot.`,
  "footnote-unused": (about) => `Nergens staat teken ${about} van deze voetnoot.`,
  "no-members": () => "Wij herkennen niet wie vraagt. Vul de leden en hun fracties in.",
  "no-addressees": () => "Wij herkennen niet aan wie is gevraagd. Vul de ministers in.",
  "addressees-unclear": (about) => `De kop noemt meer ministers. Wij zien ${about}. Kijk dit na.`,
  "no-date": () => "Wij herkennen de dag van inzenden niet. Vul die in. De termijn telt vanaf die dag.",
  "no-reference": () => "Wij herkennen het zaaknummer niet. Vul het in.",
  "reference-differs": (about) => `Tekst en bestandsnaam noemen een ander nummer (${about}). Welk is het?`,
  "record-deleted": () => "De Kamer heeft deze zaak uit haar open data verwijderd. Vraag na of de vragen nog gelden.",
  "word-joined": (about) => `Een woord stond op twee regels. Wij lezen “${about}”. Kijk naar het streepje.`,
};
