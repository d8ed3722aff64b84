/** Every outcome of the entitlement rules in plain sentences, Dutch (B1, at most 18 words each) and English, by stable code. Called by decide.ts; screens show what it gives. */

/** A sentence in both languages of the house. */
export interface Sentence {
  readonly nl: string;
  readonly en: string;
}

/** Words per code. `{…}` is filled with an office, an article or a day. */
export const sentences = {
  // Lid 1: the function
  "function-named": { nl: "Als {office} valt u onder de regeling.", en: "As {office} you fall under the regulation." },
  "function-outside": { nl: "Als {office} valt u niet onder deze regeling.", en: "As {office} you do not fall under this regulation." },
  "function-not-named": { nl: "De regeling noemt een {office} niet.", en: "The regulation does not name a {office}." },
  // Lid 5 onder a: standing
  "in-office": { nl: "U bent in functie sinds {since}.", en: "You have been in office since {since}." },
  "office-ahead": { nl: "Het staat vast dat u op {since} begint.", en: "It is certain that you begin on {since}." },
  certain: { nl: "Sinds {since} is zeker dat u het ambt krijgt.", en: "Since {since} it is certain that you take the office." },
  "certain-later": { nl: "Op {since} wordt zeker of u het ambt krijgt.", en: "On {since} it becomes certain whether you take the office." },
  "since-unknown": { nl: "We weten nog niet vanaf welke dag dit geldt.", en: "We do not know yet from which day this counts." },
  left: {
    nl: "U bent niet meer in functie. Daarmee stopt het recht op nieuwe maatregelen.",
    en: "You are no longer in office. That ends the claim to new measures.",
  },
  neither: {
    nl: "U bent niet in functie. Het is ook nog niet zeker dat u het ambt krijgt.",
    en: "You are not in office. It is not certain yet that you will take it.",
  },
  "standing-unknown": { nl: "We weten nog niet of u in functie bent.", en: "We do not know yet whether you are in office." },
  // Besluit: capacity
  "acting-head": { nl: "U neemt het ambt waar. Dat telt net zo.", en: "You are acting in this office. That counts the same." },
  "acting-unclear": {
    nl: "Wij vonden geen artikel over waarneming van dit ambt. Het CCV kijkt dit na.",
    en: "We found no article on acting in this office. The CCV looks into it.",
  },
  "suspended-keeps": { nl: "U bent geschorst. U houdt uw recht.", en: "You are suspended. You keep your claim." },
  "suspended-unclear": {
    nl: "Wij vonden geen artikel over schorsing in dit ambt. Het CCV kijkt dit na.",
    en: "We found no article on suspension in this office. The CCV looks into it.",
  },
  // Lid 2: residence
  "home-inside": { nl: "U woont in uw eigen {area}.", en: "You live in your own {area}." },
  "home-free": { nl: "Voor een waterschap maakt het niet uit waar u woont.", en: "For a water authority it does not matter where you live." },
  "home-granted": { nl: "U woont ergens anders. U heeft daarvoor een ontheffing.", en: "You live elsewhere. You have an exemption for that." },
  "home-granted-open": {
    nl: "Uw ontheffing noemt geen einddatum. We weten niet of zij nog geldt.",
    en: "Your exemption names no end date. We do not know whether it still holds.",
  },
  "home-requested": {
    nl: "U woont ergens anders. Over uw ontheffing is nog niet beslist.",
    en: "You live elsewhere. Your exemption has not been decided on yet.",
  },
  "home-not-asked": { nl: "U woont ergens anders. Daarvoor is een ontheffing nodig.", en: "You live elsewhere. That needs an exemption." },
  "home-refused": {
    nl: "Uw ontheffing is afgewezen. Voor deze woning is er daarom geen recht.",
    en: "Your exemption was refused. So there is no claim for this home.",
  },
  "home-ended": { nl: "Uw ontheffing is op {until} afgelopen.", en: "Your exemption ended on {until}." },
  "home-ontheffing-unknown": {
    nl: "U woont ergens anders. We weten nog niet of u een ontheffing heeft.",
    en: "You live elsewhere. We do not know yet whether you have an exemption.",
  },
  "home-unknown": { nl: "We weten nog niet of u in uw eigen {area} woont.", en: "We do not know yet whether you live in your own {area}." },
  // Lid 5 onder b: PKVW
  "pkvw-valid": { nl: "Uw woning heeft een geldig certificaat tot en met {until}.", en: "Your home has a certificate that is valid until {until}." },
  "pkvw-ends-soon": { nl: "Uw certificaat is geldig, maar loopt af op {until}.", en: "Your certificate is valid, but ends on {until}." },
  "pkvw-expired": { nl: "Uw certificaat is op {until} afgelopen.", en: "Your certificate ended on {until}." },
  "pkvw-ahead": { nl: "Uw certificaat gaat pas in op {since}.", en: "Your certificate only begins on {since}." },
  "pkvw-no-end": { nl: "We weten nog niet tot wanneer uw certificaat geldt.", en: "We do not know yet until when your certificate holds." },
  "pkvw-applied": {
    nl: "Het certificaat voor uw woning is aangevraagd. Het is er nog niet.",
    en: "The certificate for your home has been applied for. It is not there yet.",
  },
  "pkvw-none": {
    nl: "Uw woning heeft nog geen certificaat van het Politiekeurmerk Veilig Wonen.",
    en: "Your home has no certificate of the Politiekeurmerk Veilig Wonen yet.",
  },
  "pkvw-unknown": { nl: "We weten nog niet of uw woning een certificaat heeft.", en: "We do not know yet whether your home has a certificate." },
  "pkvw-exception": { nl: "Op {since} is besloten dat u geen certificaat hoeft te hebben.", en: "On {since} it was decided that you need no certificate." },
  "pkvw-exception-open": {
    nl: "U vraagt een uitzondering op het certificaat. Het besluit is nog niet compleet.",
    en: "You ask for an exception to the certificate. The decision is not complete yet.",
  },
  // Lid 4 and 6: the advice
  "analysis-there": { nl: "De dreigingsanalyse is er.", en: "The threat analysis is there." },
  "analysis-missing": { nl: "De dreigingsanalyse moet nog worden gemaakt.", en: "The threat analysis still has to be made." },
  "assessment-there": { nl: "De beoordeling van uw woning is er.", en: "The assessment of your home is there." },
  "assessment-missing": { nl: "De beoordeling van uw woning moet nog worden gemaakt.", en: "The assessment of your home still has to be made." },
  "advice-adopted": { nl: "De beveiligingsautoriteit heeft het advies op {since} vastgesteld.", en: "The security authority adopted the advice on {since}." },
  "advice-ahead": { nl: "Het advies wordt pas op {since} vastgesteld.", en: "The advice is only adopted on {since}." },
  "advice-open": { nl: "De beveiligingsautoriteit heeft het advies nog niet vastgesteld.", en: "The security authority has not adopted the advice yet." },
  "advice-old": { nl: "Het advies gold tot en met {until}. Er is een nieuw advies nodig.", en: "The advice held until {until}. A new one is needed." },
  "moved-covered": { nl: "U bent verhuisd. Het advies gaat over uw nieuwe woning.", en: "You moved. The advice is about your new home." },
  "moved-open": { nl: "U bent verhuisd. Voor uw nieuwe woning is een nieuw advies nodig.", en: "You moved. Your new home needs a new advice." },
  "other-home": { nl: "Het advies gaat over een andere woning.", en: "The advice is about another home." },
  // Verdicts
  claim: { nl: "U heeft recht op de maatregelen uit het vastgestelde advies.", en: "You have a claim to the measures of the adopted advice." },
  "on-the-way": { nl: "U kunt recht krijgen. Hieronder staat wat er nog moet gebeuren.", en: "You can get a claim. Below is what still has to be done." },
  "no-claim": { nl: "U heeft nu geen recht op maatregelen uit deze regeling.", en: "You have no claim to measures under this regulation now." },
  elsewhere: { nl: "Deze regeling is niet voor uw functie. Er is wel hulp voor u.", en: "This regulation is not for your office. There is help for you." },
  // What follows from the articles
  "in-kind": { nl: "U krijgt de maatregelen zelf. U hoeft niets voor te schieten.", en: "You get the measures themselves. You need not advance any money." },
  "costs-employer": { nl: "Uw {organisation} betaalt de maatregelen.", en: "Your {organisation} pays for the measures." },
  "loan-possible": {
    nl: "Sommige maatregelen kunt u lenen zolang u in functie bent.",
    en: "Some measures may be lent to you for as long as you are in office.",
  },
  "costs-shared": {
    nl: "Uw gemeenten delen de kosten gelijk. Dat is anders als kosten bij één gemeente horen.",
    en: "Your municipalities share the costs equally, unless they belong to one of them.",
  },
  "loans-return": { nl: "Geleende maatregelen gaan terug, uiterlijk op {until}.", en: "Measures on loan go back, by {until} at the latest." },
  "loans-back": { nl: "Geleende maatregelen gaan terug naar uw {organisation}.", en: "Measures on loan go back to your {organisation}." },
  "provided-stay": { nl: "Maatregelen die u heeft gekregen mag u houden.", en: "You may keep the measures that were provided to you." },
  "provided-asked": {
    nl: "Vraag uw {organisation} wat er met de gekregen maatregelen gebeurt.",
    en: "Ask your {organisation} what happens to the measures you were provided with.",
  },
  // What still has to be done
  "give-standing": { nl: "Vertel of u in functie bent, of dat dat zeker is.", en: "Tell whether you are in office, or certain to be." },
  "give-since": { nl: "Vul in vanaf welke dag dit geldt.", en: "Fill in from which day this counts." },
  "wait-certain": { nl: "Wacht tot zeker is dat u het ambt krijgt. Kom dan terug.", en: "Wait until it is certain that you take the office. Then come back." },
  "check-capacity": { nl: "Het CCV zoekt uit welk artikel voor u geldt.", en: "The CCV finds out which article applies to you." },
  "give-home": { nl: "Vertel in welke {area} u woont.", en: "Tell in which {area} you live." },
  "ask-ontheffing": {
    nl: "Vraag ontheffing van de woonplaatseis. Uw griffier of secretaris weet hoe dat gaat.",
    en: "Ask for exemption from the residence requirement. Your clerk or secretary knows how.",
  },
  "await-ontheffing": { nl: "Wacht op het besluit over uw ontheffing.", en: "Wait for the decision on your exemption." },
  "give-ontheffing": { nl: "Vertel of u ontheffing heeft, en tot wanneer.", en: "Tell whether you have an exemption, and until when." },
  "get-pkvw": {
    nl: "Laat uw woning keuren door een bedrijf met PKVW-erkenning. Dit betaalt u zelf.",
    en: "Have your home inspected by a PKVW recognised company. You pay for this yourself.",
  },
  "await-pkvw": { nl: "Laat weten wanneer u het certificaat heeft.", en: "Let us know when you have the certificate." },
  "renew-pkvw": { nl: "Laat uw woning op tijd opnieuw keuren.", en: "Have your home inspected again in time." },
  "give-pkvw": {
    nl: "Vertel of uw woning een certificaat heeft, en tot wanneer het geldt.",
    en: "Tell whether your home has a certificate, and until when it holds.",
  },
  "decide-exception": {
    nl: "{decider} schrijft op wie de uitzondering geeft, wanneer en waarom.",
    en: "{decider} writes down who grants the exception, when and why.",
  },
  "make-analysis": { nl: "De adviseur maakt de dreigingsanalyse.", en: "The adviser makes the threat analysis." },
  "make-assessment": { nl: "De adviseur beoordeelt de veiligheid in en om uw woning.", en: "The adviser assesses the safety in and around your home." },
  "adopt-advice": { nl: "De beveiligingsautoriteit beslist over het advies.", en: "The security authority decides on the advice." },
  "new-advice": { nl: "De adviseur maakt een nieuw advies voor deze woning.", en: "The adviser makes a new advice for this home." },
} as const satisfies Readonly<Record<string, Sentence>>;

/** Stable code of a sentence. */
export type SentenceCode = keyof typeof sentences;

/** What a sentence may be filled with, per language. */
export type Filling = Readonly<Record<string, Sentence>>;

/** Fills the words of a code. A name without a filling stays as it is, so that a test sees it. */
export function say(code: SentenceCode, filling: Filling): Sentence {
  const fill = (text: string, language: keyof Sentence): string => text.replaceAll(/\{(\w+)\}/gu, (whole, name: string) => filling[name]?.[language] ?? whole);
  const words = sentences[code];
  return { nl: fill(words.nl, "nl"), en: fill(words.en, "en") };
}

const formats = {
  nl: new Intl.DateTimeFormat("nl-NL", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" }),
  en: new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" }),
};

/** A day in words: `3 maart 2027` and `3 March 2027`. A day that is none stays as written. */
export function inWords(day: string): Sentence {
  const at = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(at) ? { nl: day, en: day } : { nl: formats.nl.format(at), en: formats.en.format(at) };
}
