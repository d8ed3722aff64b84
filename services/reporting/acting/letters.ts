/** Letters of the shielding steps, ready to send by the person or by a delegate for them. Dutch where a Dutch authority reads it; Dutch and English where the reader may be abroad. */
import type { LetterId } from "#registers/shielding/index.ts";
import { documentOf, list, listOf, longDay, paragraph, type Language, type Part, type ReadyDocument } from "./document.ts";

/** What goes into a letter. All may stay empty: an open place is then shown as dots, never filled by guessing. */
export interface LetterFacts {
  readonly name: string;
  /** Office in words: "wethouder". */
  readonly function: string;
  readonly organisation: string;
  /** Address for the answer: the office's, or an e-mail address. */
  readonly reply: string;
  /** Who writes for the person; empty when they write themselves. */
  readonly delegate: string;
  /** The address that must disappear from view. It is in the letter only, and kept nowhere. */
  readonly home: string;
  /** Register number, land-registry number: whatever the receiver finds it by. */
  readonly number: string;
  /** Pages it stands on. */
  readonly pages: readonly string[];
  /** Why: which threat is to be expected, in a few sentences. */
  readonly reason: string;
  /** Whether the person was threatened: a letter says so only then. */
  readonly threatened: boolean;
  /** Who receives it. */
  readonly receiver: string;
  /** `YYYY-MM-DD`. */
  readonly date: string;
}

/** Languages a letter is there in. */
export const letterLanguages = (id: LetterId): readonly Language[] => (id === "blur" || id === "erasure" ? ["nl", "en"] : ["nl"]);

/** Which facts a letter asks besides name, function, organisation and the address for the answer. */
export const letterAsks: Readonly<Record<LetterId, readonly ("home" | "number" | "pages" | "reason" | "threatened" | "receiver")[]>> = {
  kvk: ["number", "home", "reason"],
  kadaster: ["home", "number", "reason"],
  brp: ["receiver", "home"],
  organisation: ["receiver", "pages"],
  blur: ["home", "threatened"],
  erasure: ["receiver", "home", "pages", "threatened"],
};

const dots = "…………";
const or = (text: string): string => (text.trim() === "" ? dots : text.trim());
const pagesOf = (pages: readonly string[]): string[] => pages.map((page) => page.trim()).filter((page) => page !== "");

interface Worded {
  readonly to: string;
  readonly subject: string;
  readonly parts: readonly Part[];
}

const reasonNl = (facts: LetterFacts): Part[] => (facts.reason.trim() === "" ? [] : [paragraph(`Welke dreiging te verwachten is: ${facts.reason.trim()}`)]);
const meNl = (facts: LetterFacts): string => `Ik ben ${or(facts.function)} van ${or(facts.organisation)}.`;

function dutch(id: LetterId, facts: LetterFacts): Worded {
  const home = or(facts.home);
  switch (id) {
    case "kvk":
      return {
        to: "KVK",
        subject: "Verzoek om mijn bezoekadres af te schermen",
        parts: [
          paragraph(
            `${meNl(facts)} Het bezoekadres van inschrijving ${or(facts.number)} is mijn woonadres: ${home}. Ik vraag u dit adres af te schermen in het Handelsregister (artikel 51 Handelsregisterbesluit 2008), volgens het convenant voor decentrale politieke ambtsdragers.`,
          ),
          ...reasonNl(facts),
          paragraph("Mijn naam en functie staan op de website van mijn organisatie. Het ingevulde formulier bijlage B gaat mee."),
        ],
      };
    case "kadaster":
      return {
        to: "Kadaster",
        subject: "Verzoek om mijn persoonsgegevens af te schermen",
        parts: [
          paragraph(
            `${meNl(facts)} De politie waakt over mijn veiligheid. Ik vraag u om bij de woning ${home} (kadastrale aanduiding ${or(facts.number)}) geen persoonsgegevens van mij te verstrekken, op grond van artikel 37a van het Kadasterbesluit.`,
          ),
          ...reasonNl(facts),
          paragraph("Een bericht van de politie gaat mee. Wilt u mij laten weten op welke dag de afscherming eindigt?"),
        ],
      };
    case "brp":
      return {
        to: `Gemeente ${or(facts.receiver)}, afdeling burgerzaken`,
        subject: "Verzoek om een verstrekkingsbeperking (geheimhouding)",
        parts: [
          paragraph(
            `Ik sta ingeschreven op ${home}. Ik vraag u om mijn gegevens uit de basisregistratie personen niet te verstrekken aan wie daar geen wettelijk recht op heeft.`,
          ),
          paragraph(
            "Wilt u bevestigen vanaf welke dag dit geldt, en wie mijn gegevens daarna nog krijgt? Een kopie van mijn identiteitsbewijs toon ik aan de balie.",
          ),
        ],
      };
    case "organisation":
      return {
        to: or(facts.receiver),
        subject: "Verzoek om mijn woonadres en privénummers te verwijderen",
        parts: [
          paragraph(
            `${meNl(facts)} Voor mijn veiligheid vraag ik u om mijn woonadres, privénummers en privé-e-mailadres te verwijderen van de website, uit de lijst met nevenfuncties en uit openbare stukken. Zet er waar nodig het adres van kantoor voor in de plaats.`,
          ),
          ...pagesNl(facts),
          paragraph("Wilt u zoekmachines vragen om de oude versie ook weg te halen, en mij laten weten wanneer dit klaar is?"),
        ],
      };
    case "blur":
      return {
        to: "",
        subject: "Verzoek om mijn huis te vervagen",
        parts: [
          paragraph(
            `Ik woon op ${home}. In uw straatbeelden is mijn huis te zien. Ik heb een publieke functie${facts.threatened ? " en ben bedreigd" : ""}. Voor mijn veiligheid vraag ik u om het hele huis, de oprit en een auto daarop onherkenbaar te maken, op elk beeld en in elk jaar.`,
          ),
          paragraph("Dit verzoek steunt op de artikelen 17 en 21 van de AVG. Publiceer mijn adres of dit verzoek niet."),
        ],
      };
    case "erasure":
      return {
        to: or(facts.receiver),
        subject: "Verzoek om mijn gegevens te wissen (artikel 17 AVG)",
        parts: [
          paragraph(
            `U publiceert of verkoopt persoonsgegevens van mij. Ik maak daartegen bezwaar (artikel 21 AVG) en vraag u om ze te wissen (artikel 17, lid 1 AVG). Ik heb een publieke functie${facts.threatened ? " en ben bedreigd" : ""}: dat mijn adres te vinden is, is gevaarlijk.`,
          ),
          paragraph(`Het gaat om gegevens bij deze naam: ${or(facts.name)}${facts.home.trim() === "" ? "" : `, en dit adres: ${facts.home.trim()}`}.`),
          ...pagesNl(facts),
          list([
            "Wis de gegevens, ook in kopieën en in het archief dat te doorzoeken is.",
            "Meld het aan wie u de gegevens gaf (artikel 19 AVG).",
            "Zeg mij waar u ze vandaan had (artikel 15, lid 1, onder g AVG).",
            "Laat zoekmachines weten dat de pagina weg is.",
          ]),
          paragraph(
            "Ik hoor graag zo snel mogelijk wat u deed, en uiterlijk binnen een maand (artikel 12, lid 3 AVG). Daarna kan ik een klacht indienen bij de Autoriteit Persoonsgegevens.",
          ),
        ],
      };
  }
}

function pagesNl(facts: LetterFacts): Part[] {
  const pages = pagesOf(facts.pages);
  return pages.length === 0 ? [] : [paragraph("Het staat in elk geval hier:"), ...listOf(pages)];
}

/** Only for readers abroad; see {@link letterLanguages}. */
function english(id: "blur" | "erasure", facts: LetterFacts): Worded {
  const pages = pagesOf(facts.pages);
  if (id === "blur")
    return {
      to: "",
      subject: "Request to blur my house",
      parts: [
        paragraph(
          `I live at ${or(facts.home)}. My house can be seen in your street-level pictures. I hold public office${facts.threatened ? " and have been threatened" : ""}. For my safety I ask you to make the whole house, its drive and any car on it unrecognisable, in every picture of every year.`,
        ),
        paragraph("This request rests on Articles 17 and 21 of the GDPR. Do not publish my address or this request."),
      ],
    };
  return {
    to: or(facts.receiver),
    subject: "Request to erase my data (Article 17 GDPR)",
    parts: [
      paragraph(
        `You publish or sell personal data about me. I object to this (Article 21 GDPR) and ask you to erase it (Article 17(1) GDPR). I hold public office${facts.threatened ? " and have been threatened" : ""}: that my address can be found is dangerous.`,
      ),
      paragraph(`It concerns data under this name: ${or(facts.name)}${facts.home.trim() === "" ? "" : `, and this address: ${facts.home.trim()}`}.`),
      ...(pages.length === 0 ? [] : [paragraph("It is at least here:"), ...listOf(pages)]),
      list([
        "Erase the data, in copies and in any searchable archive as well.",
        "Tell whoever you gave the data to (Article 19 GDPR).",
        "Tell me where you had them from (Article 15(1)(g) GDPR).",
        "Let search engines know that the page is gone.",
      ]),
      paragraph(
        "Please tell me as soon as you can what you did, and within one month at the latest (Article 12(3) GDPR). After that I can complain to the Dutch data protection authority (Autoriteit Persoonsgegevens).",
      ),
    ],
  };
}

const closing = {
  nl: {
    hello: "Geachte heer of mevrouw,",
    bye: "Met vriendelijke groet,",
    for: (name: string) => `namens ${name}`,
    mandate: (name: string) => `Deze brief stuur ik namens ${name}. Waar “ik” staat, is ${name} bedoeld. De machtiging kan ik laten zien.`,
  },
  en: {
    hello: "Dear Sir or Madam,",
    bye: "Yours faithfully,",
    for: (name: string) => `on behalf of ${name}`,
    mandate: (name: string) => `I send this letter on behalf of ${name}. Where it says “I”, ${name} is meant. I can show the mandate.`,
  },
} as const;

/** The letter. @param language one of {@link letterLanguages}; Dutch where the letter is not there in the other. */
export function letterDocument(id: LetterId, facts: LetterFacts, language: Language): ReadyDocument {
  const abroad = (id === "blur" || id === "erasure") && language === "en";
  const { to, subject, parts } = abroad ? english(id, facts) : dutch(id, facts);
  const written: Language = abroad ? "en" : "nl";
  const w = closing[written];
  const delegated = facts.delegate.trim() !== "";
  const signed = delegated ? `${facts.delegate.trim()}, ${w.for(or(facts.name))}` : or(facts.name);
  return documentOf({
    language: written,
    subject,
    from: [delegated ? signed : or(facts.name), facts.organisation, facts.reply],
    to: [to],
    parts: [
      paragraph(w.hello),
      ...(delegated ? [paragraph(w.mandate(or(facts.name)))] : []),
      ...parts,

      paragraph(w.bye),
      { kind: "signature", name: signed, place: longDay(facts.date, written) },
    ],
  });
}
