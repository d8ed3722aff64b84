/** The fixed words around figures, Dutch (B1) and English. Called by reading.ts and documents.ts; no figure is worded anywhere else. */
import type { Publication } from "#services/monitor/contract/publication.ts";

/** Languages of what is published. */
export type Language = "nl" | "en";

const whole = { nl: new Intl.NumberFormat("nl-NL", { maximumFractionDigits: 0 }), en: new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 }) };
/** A whole number with its thousands. */
export const counted = (value: number, language: Language): string => whole[language].format(value);

/** `2026-11-26` as a reader writes it. */
export const dated = (day: string, language: Language): string =>
  new Intl.DateTimeFormat(language === "nl" ? "nl-NL" : "en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" }).format(
    new Date(`${day}T00:00:00Z`),
  );

const nl = {
  of100: "Van de 100",
  between: (low: number, high: number) => `tussen ${low} en ${high}`,
  about: (percent: number, low: number, high: number) => `ongeveer ${percent} van de 100 (tussen ${low} en ${high})`,
  range: (low: number, high: number) => `tussen ${low} en ${high} van de 100`,
  notShown: "niet getoond",
  nobody: "geen antwoorden",
  answers: (n: string) => `${n} antwoorden`,
  everyone: "Alle ambtsdragers",
  everywhere: "Nederland",
  here: "Deze groep",
  what: "Wat",
  answer: "Antwoord",
  asked: "De vraag was:",
  margin: "Marge",
  count: "Antwoorden",
  among: "Van wie",
  source: "Bron",
  year: "Jaar",
  figure: "Cijfer",
  remark: "Opmerking",
  invented: "De antwoorden in dit stuk zijn verzonnen. Het is een voorbeeld en zegt niets over echte mensen.",
  briefly: "In het kort",
  aboutTitle: "Wat dit is",
  readTitle: "Hoe u dit leest",
  notTitle: "Wat dit niet zegt",
  methodTitle: "Hoe de cijfers zijn gemaakt",
  earlierTitle: "Eerdere jaren",
  stayingTitle: "Blijven of stoppen",
  groupsTitle: "Wie het treft",
  citeTitle: "Zo haalt u een cijfer aan",
  own: "Deze Monitor, met marge",
  others: "Eerder gepubliceerd, zonder marge",
  aboutText: ({ method, fieldwork, recallMonths }: Publication) =>
    `Ambtsdragers kregen een vragenlijst over agressie en intimidatie. Dat was van ${dated(fieldwork.from, "nl")} tot en met ${dated(fieldwork.to, "nl")}. De vragen gaan over de ${recallMonths} maanden daarvoor. Van de ${counted(method.invited, "nl")} mensen in heel Nederland die een uitnodiging kregen, gaven er ongeveer ${counted(method.answered, "nl")} antwoord. Dat is ${method.response} van de 100.`,
  read: (minimum: number): string[] => [
    "Elk cijfer is een schatting. De marge zegt hoe zeker die is: bij 95 van de 100 van zulke onderzoeken ligt het echte getal binnen de marge.",
    "Een open rondje betekent: de marge is groot. Kijk dan naar de marge en niet naar het midden.",
    "Overlappen twee marges? Dan kan het verschil toeval zijn.",
    "Onder elk cijfer staat van wie het een deel is. Zet cijfers over verschillende groepen niet naast elkaar.",
    `Een groep met minder dan ${minimum} antwoorden tonen wij niet. Antwoordde iedereen in een groep hetzelfde? Dan tonen wij die soms ook niet. En soms tonen wij een andere groep niet. Anders kunt u het antwoord uitrekenen.`,
    `Bij een vraag met alle antwoorden tonen wij ook een antwoord niet dat minder dan ${minimum} mensen gaven, en soms een ander antwoord erbij. Door afronden tellen de antwoorden niet altijd op tot 100.`,
    "Aantallen antwoorden zijn afgerond.",
  ],
  not: [
    "De cijfers zeggen niet wie agressie veroorzaakt.",
    "De cijfers zeggen wat samengaat, en niet wat de oorzaak is.",
    "Mensen die niet meededen, kunnen andere dingen meemaken. Weging op functie, provincie en grootte lost dat niet helemaal op.",
    "Eerdere jaren zijn anders gemeten. Een verschil met toen is geen bewijs van een stijging of daling.",
    "De cijfers gaan over wat mensen zelf meldden in de vragenlijst. Het zijn geen aantallen aangiften.",
  ],
  weighting: ({ method }: Publication) =>
    `De antwoorden zijn gewogen naar ${method.strata} groepen: functie, soort organisatie, provincie en grootte van de gemeente. Zo telt elke groep mee naar hoe groot zij is (${counted(method.population, "nl")} ambtsdragers samen). ${method.joined === 0 ? "In elke groep waren genoeg antwoorden." : `${method.joined} groepen hadden te weinig antwoorden, of kregen er zo'n groep bij; die zijn samen gewogen.`} Ongelijke gewichten maken de marges ${method.weightEffect === 1 ? "niet" : `${Math.round((Math.sqrt(method.weightEffect) - 1) * 100)}%`} groter. Het grootste gewicht is ${String(method.largestWeight).replace(".", ",")} keer het middelste.`,
  nonResponse: ({ method }: Publication) =>
    `${100 - method.response} van de 100 mensen met een uitnodiging gaven geen antwoord. Wij weten niet wie dat zijn: de uitnodiging en het antwoord zijn losgemaakt van elkaar. Wij nemen aan dat binnen een groep toeval bepaalt wie antwoordt. ${method.unreadable === 0 ? "" : `${method.unreadable} van de 100 antwoorden waren niet te lezen en tellen niet mee.`}`,
  leftOut: (why: string) => `Op een kenmerk kon niet worden gewogen. ${why}`,
  earlier:
    "Anderen publiceerden eerder deze cijfers. Wij zetten ze ernaast zoals ze er staan. Spreken bronnen elkaar tegen, dan kiezen wij niet. Deze cijfers hebben geen marge.",
  factsheet: "Factsheet",
  factsheetLead: (name: string) => `Wat ambtsdragers meemaken: ${name}.`,
  reportTitle: "Rapport",
  download: "Alle tabellen staan als open data bij deze uitgave, met een codeboek.",
};
type Words = typeof nl;

const en: Words = {
  of100: "In 100",
  between: (low, high) => `between ${low} and ${high}`,
  about: (percent, low, high) => `about ${percent} in 100 (between ${low} and ${high})`,
  range: (low, high) => `between ${low} and ${high} in 100`,
  notShown: "not shown",
  nobody: "no answers",
  answers: (n) => `${n} answers`,
  everyone: "All office-holders",
  everywhere: "The Netherlands",
  here: "This group",
  what: "What",
  answer: "Answer",
  asked: "The question was:",
  margin: "Margin",
  count: "Answers",
  among: "Share of",
  source: "Source",
  year: "Year",
  figure: "Figure",
  remark: "Remark",
  invented: "The answers in this paper are made up. It is an example and says nothing about real people.",
  briefly: "In brief",
  aboutTitle: "What this is",
  readTitle: "How to read this",
  notTitle: "What this does not say",
  methodTitle: "How the figures were made",
  earlierTitle: "Earlier years",
  stayingTitle: "Staying or leaving",
  groupsTitle: "Who it hits",
  citeTitle: "How to cite a figure",
  own: "This Monitor, with margin",
  others: "Published before, without margin",
  aboutText: ({ method, fieldwork, recallMonths }) =>
    `Office-holders were sent questions about aggression and intimidation, from ${dated(fieldwork.from, "en")} to ${dated(fieldwork.to, "en")}. The questions are about the ${recallMonths} months before. Of the ${counted(method.invited, "en")} people invited in all of the Netherlands, about ${counted(method.answered, "en")} answered: ${method.response} in 100.`,
  read: (minimum) => [
    "Every figure is an estimate. The margin says how certain it is: in 95 of 100 such surveys the true number lies within it.",
    "An open dot means that the margin is wide. Look at the margin then, and not at the middle.",
    "Do two margins overlap? Then the difference may be chance.",
    "With every figure stands whom it is a share of. Do not compare figures about different groups.",
    `A group with fewer than ${minimum} answers is not shown. A group in which everyone answered the same may not be shown, and sometimes another group is not shown either. Otherwise you could work out the answer.`,
    `Of a question with all its answers, an answer that fewer than ${minimum} people gave is not shown either, and sometimes another beside it. After rounding the answers do not always add up to 100.`,
    "Numbers of answers are rounded.",
  ],
  not: [
    "The figures do not say who causes aggression.",
    "The figures say what goes together, and not what causes what.",
    "People who did not take part may have other experiences. Weighting by office, province and size does not mend that wholly.",
    "Earlier years were measured differently. A difference from then is no proof of a rise or fall.",
    "The figures are about what people told in the questionnaire. They are no numbers of criminal complaints.",
  ],
  weighting: ({ method }) =>
    `The answers are weighted by ${method.strata} groups: office, kind of organisation, province and size of the municipality. So each group counts for how large it is (${counted(method.population, "en")} office-holders together). ${method.joined === 0 ? "Every group had answers enough." : `${method.joined} groups had too few answers, or were joined with such a group; they are weighted together.`} Unequal weights make the margins ${method.weightEffect === 1 ? "no" : `${Math.round((Math.sqrt(method.weightEffect) - 1) * 100)}%`} wider. The largest weight is ${method.largestWeight} times the middle one.`,
  nonResponse: ({ method }) =>
    `${100 - method.response} in 100 people invited did not answer. We do not know who they are: invitation and answer were taken apart. We assume that within a group chance decides who answers. ${method.unreadable === 0 ? "" : `${method.unreadable} in 100 answers could not be read and do not count.`}`,
  leftOut: (why) => `One property could not be used for weighting. ${why}`,
  earlier:
    "Others published these figures before. We set them beside each other as they are. Where sources contradict each other we do not choose. These figures have no margin.",
  factsheet: "Factsheet",
  factsheetLead: (name) => `What office-holders experience: ${name}.`,
  reportTitle: "Report",
  download: "All tables are open data beside this edition, with a codebook.",
};

/** The words of a language. */
export const wordsIn = (language: Language): Words => (language === "nl" ? nl : en);
