/** Every reason a route may give in plain sentences, Dutch (B1, at most 18 words each) and English, by stable code. Called by route.ts; screens show what it gives. */

/** A sentence in both languages of the house. */
export interface Sentence {
  readonly nl: string;
  readonly en: string;
}

/** Words per code. `{…}` is filled with a name of a register. */
export const sentences = {
  // Danger now
  "call-112": { nl: "Is er nu gevaar? Bel 112.", en: "Is there danger now? Call 112." },
  "urgent-measures": {
    nl: "Bij spoed kan de politie meteen voorlopige maatregelen nemen.",
    en: "When it is urgent the police may take provisional measures at once.",
  },
  // Which region
  "unit-of-home": {
    nl: "Het woonadres ligt in {home}. Daar werkt de politie-eenheid {unit}.",
    en: "The home address lies in {home}. The police unit {unit} works there.",
  },
  "unit-of-office": {
    nl: "Het woonadres is nog niet bekend. Daarom gaat het naar de eenheid {unit}, die het doorgeeft.",
    en: "The home address is not known yet. So it goes to the unit {unit}, which passes it on.",
  },
  arrondissement: { nl: "{home} ligt in het arrondissement {arrondissement}.", en: "{home} lies in the arrondissement {arrondissement}." },
  "parket-of": {
    nl: "Bij het arrondissement {arrondissement} hoort het parket {parket}.",
    en: "The public prosecution office {parket} belongs to the arrondissement {arrondissement}.",
  },
  "give-home": {
    nl: "Vertel in welke gemeente het woonadres ligt. Dan weten we wie dit signaal krijgt.",
    en: "Tell in which municipality the home address lies. Then we know who gets this signal.",
  },
  "family-home": {
    nl: "Het gaat om iemand uit het gezin. Het woonadres van die persoon telt.",
    en: "It is about a relative. The home address of that relative counts.",
  },
  // The ordinary chain (par. 2.4.1)
  "rccb-first": {
    nl: "De afdeling RCCB van de politie kijkt als eerste hoe ernstig de dreiging is.",
    en: "The RCCB department of the police is the first to look how serious the threat is.",
  },
  "adviser-next": {
    nl: "Is de dreiging ernstig? Dan meldt de politie haar bij de adviseur BB&C van het parket.",
    en: "Is the threat serious? Then the police report it to the BB&C adviser of the prosecution office.",
  },
  "chief-decides": { nl: "De hoofdofficier van justitie beslist over maatregelen.", en: "The chief public prosecutor decides on measures." },
  // Around the driehoek (par. 2.4.2)
  "around-member": {
    nl: "U zit in de driehoek van burgemeester, OM en politie. Daarom begint de hoofdofficier van het arrondissement van het woonadres.",
    en: "You sit in the driehoek of mayor, prosecution and police. So the chief public prosecutor of the arrondissement of the home address starts.",
  },
  "around-prosecutor": {
    nl: "De circulaire noemt hier alleen de burgemeester en de politiechef. Voor het OM houden wij dezelfde weg aan.",
    en: "The circular names only the mayor and the chief of police here. For the prosecution we keep the same way.",
  },
  "around-family": {
    nl: "Ook een dreiging tegen uw gezin weegt u niet zelf. Wij houden dezelfde weg aan.",
    en: "You do not weigh a threat to your family yourself either. We keep the same way.",
  },
  "board-starts": {
    nl: "Uw eigen parket beslist niet over u. Het College van procureurs-generaal wijst aan wie dit doet.",
    en: "Your own office does not decide about you. The board of procurators general names who does.",
  },
  "adviser-commissions": {
    nl: "De adviseur BB&C van het parket vraagt de politie om onderzoek en advies.",
    en: "The BB&C adviser of the prosecution office asks the police to investigate and advise.",
  },
  "other-unit": {
    nl: "Uw eigen eenheid weegt uw zaak niet. Een andere eenheid wordt gevraagd.",
    en: "Your own unit does not weigh your case. Another unit is asked.",
  },
  "never-self": { nl: "Niemand weegt een dreiging tegen zichzelf.", en: "Nobody weighs a threat against themselves." },
  // Employer and those beside it
  "employer-helps": {
    nl: "Kunt u het zelf niet oplossen? Dan helpt eerst uw werkgever, daarna de overheid.",
    en: "Can you not solve it yourself? Then first your employer helps, and after that the government.",
  },
  "employer-costs": {
    nl: "Uw {organisation} betaalt wat het stelsel werkgeverskosten noemt.",
    en: "Your {organisation} pays what the system calls employer's costs.",
  },
  "employer-own": {
    nl: "Dit is het veiligheidspunt van uw eigen gemeente. Wij sturen daar niets heen zonder dat u dat zegt.",
    en: "This is the safety desk of your own municipality. We send nothing there unless you say so.",
  },
  "instead-commissioner": {
    nl: "U kunt het kabinet van de commissaris van de Koning om hulp vragen.",
    en: "You can ask the cabinet of the King's commissioner for help.",
  },
  "instead-clerk": { nl: "U kunt ook de griffier om hulp vragen.", en: "You can also ask the clerk of the council for help." },
  "employer-outside": {
    nl: "Politie en OM hebben hun eigen veiligheidspunt. Dat staat niet in dit systeem.",
    en: "Police and prosecution have their own safety desk. It is not in this system.",
  },
  "neighbour-moved": {
    nl: "U bent verhuisd naar {home}. Die gemeente kan meekijken, als u dat wilt.",
    en: "You moved to {home}. That municipality can keep an eye on things, if you want.",
  },
  "neighbour-elsewhere": {
    nl: "Het woonadres ligt in {home}. Die gemeente kan meekijken, als u dat wilt.",
    en: "The home address lies in {home}. That municipality can keep an eye on things, if you want.",
  },
  "former-unit": {
    nl: "Eerder woonde u in {former}. De eenheid {unit} kan maatregelen daar stoppen, als u dat wilt.",
    en: "You lived in {former} before. The unit {unit} can end measures there, if you want.",
  },
} as const satisfies Readonly<Record<string, Sentence>>;

/** Stable code of a sentence. */
export type SentenceCode = keyof typeof sentences;

/** What a sentence may be filled with, per language. */
export type Filling = Readonly<Record<string, Sentence>>;

/** Fills the words of a code. A name without a filling stays as it is, so that a test sees it. */
export function say(code: SentenceCode, filling: Filling): Sentence {
  const fill = (text: string, language: keyof Sentence): string => text.replaceAll(/\{(\w+)\}/gu, (whole, name: string) => filling[name]?.[language] ?? whole);
  const words: Sentence = sentences[code];
  return { nl: fill(words.nl, "nl"), en: fill(words.en, "en") };
}
