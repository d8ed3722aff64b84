/** What one word can be to the rules, whatever stands around it. Used by known.ts, which keeps the answer of each word, and rules.ts. */
import { stemOf } from "./stem.ts";

/** Verbs and participles that, said of a person, are violence whatever else is said. Words that are as often harmless (pakken, slaan, steken) are left to the weights. */
const violent = new Set(
  (
    "vermoorden vermoord doodmaken doodgemaakt doodschieten doodgeschoten doodslaan doodgeslagen doodsteken doodgestoken doodrijden doodgereden neerschieten neergeschoten neersteken neergestoken wurgen gewurgd verwurgen " +
    "ophangen opgehangen opknopen opgeknoopt afmaken afgemaakt afslachten afgeslacht slachten geslacht executeren geexecuteerd executie onthoofden onthoofd vergassen vergast vergiftigen vergiftigd omleggen omgelegd ombrengen omgebracht liquideren geliquideerd " +
    "kapotmaken kapotgemaakt kapotslaan kapotgeslagen kapotschieten aftuigen afgetuigd afrossen afgerost aframmelen afgerammeld mishandelen mishandeld toetakelen toegetakeld martelen gemarteld folteren verminken verminkt villen gevild lynchen gelyncht " +
    "stenigen gestenigd kruisigen gekruisigd overrijden overreden platrijden platgereden omverrijden kelen gekeeld nekken uitroeien uitgeroeid ontvoeren ontvoerd gijzelen verkrachten verkracht doden gedood elimineren vernietigen doodknuppelen verzuipen verzopen " +
    "creperen crepeer castreren scalperen vierendelen radbraken afranselen"
  )
    .split(" ")
    .map(stemOf),
);
/** A verb and the part that makes it violent, in one sentence in any order: ik schiet jou neer, ik sla hem verrot. */
const parted: readonly (readonly [ReadonlySet<string>, ReadonlySet<string>])[] = (
  "schiet schieten schoot:dood neer lek kapot|sla slaan slaat sloeg:dood verrot neer lens kapot ziekenhuis tanden hersens bek kop|steek steken stak:neer dood fik brand lek mes keel|maak maken maakt:dood af kapot koud|trap trappen schop schoppen ram rammen timmer timmeren beuk beuken:elkaar verrot ziekenhuis tanden bek kop|" +
  "draai omdraaien omgedraaid breek breken gebroken:nek nekken poten benen|snij snijden doorsnijden doorgesneden doorsneden:keel kelen strot|hang hangen knoop:op galg strop lantaarnpaal hoogste|rijd rij rijden:plat omver dood|leg leggen:om|blaas blazen:op lucht|maak maken maakt:einde|zien laat laten:lijden bloeden branden creperen sterven|ontdoen:altijd voorgoed eens|beeindigen beeindig beeindigt:leven|verdienen verdient verdien horen hoort:sterven dood creperen strop kogel galg|executie doodstraf:oplossing|steek steken snijd snij prik:oog ogen buik rug hart keel|zet zetten gezet gooi gooien moet moeten hoort horen:brandstapel schavot guillotine vuurpeloton"
)
  .split("|")
  .map((one) => {
    const [left = "", right = ""] = one.split(":");
    return [new Set(left.split(" ")), new Set(right.split(" "))] as const;
  });

const persons = new Set(
  (
    "je jij jou jouw u uw jullie joe oe oew gij dy hem haar hun hen ze die vent wijf kerel gast man vrouw wethouder burgemeester raadslid raadsleden gedeputeerde statenlid dijkgraaf heemraad ambtenaar ambtenaren boa college raad griffier bestuurder bestuurders burgie minister politicus politici " +
    "kind kinderen zoon dochter gezin familie vader moeder broer zus you him her them wethouwer burgemister wethald"
  ).split(" "),
);
const groups = new Set(
  (
    "moslim moslims jood joden homo homos homoseksueel homoseksuele homoseksuelen lesbienne lesbiennes transgender transgenders trans transen vrouw vrouwen zwarte zwarten neger negers migrant migranten immigrant immigranten vluchteling vluchtelingen asielzoeker asielzoekers buitenlander buitenlanders " +
    "marokkaan marokkanen turk turken gehandicapte gehandicapten invaliden allochtoon allochtonen statushouder statushouders christenen polen roma personen mensen"
  ).split(" "),
);
/** Words that take it back: denial, report, quotation, condemnation. */
const against = new Set(
  (
    "niet geen nooit niemand zonder nimmer net gin gjin not never nobody no zei zegt zeggen riep roept schreef schrijft appte mailde stond kreeg ontving dreigde dreigt dreigen bedreigd bedreigt aangifte melding gemeld aangehouden veroordeeld verdachte politie rechtbank volgens " +
    "eist eiste werkstraf celstraf taakstraf rechter justitie ministerie aangeklaagd gearresteerd opgepakt getuige slachtoffer " +
    "strafbaar walgelijk schande verboden toestaan blijven gevolgen consequenties oproepen opgeroepen oproep gezegd film serie boek roman toneelstuk spel game level aflevering hoofdstuk scene wedstrijd finale said wrote"
  ).split(" "),
);
/** Said to be "not" one of these, violence is approved of, not denied: het vermoorden van X zou niet strafbaar moeten zijn. */
const forbidden = new Set("illegaal strafbaar verboden onwettig illegal forbidden".split(" "));
/** The sender as the object: said beside the verb, the violence is done to the sender (mijn vrouw vermoordt mij als ...). */
const selves = new Set("mij mezelf mijzelf mezelve myself".split(" "));
/** Before "vrouw" these make it one person, not all women. */
const ofOne = new Set("mijn mn je jouw uw zijn haar hun onze ons de die deze".split(" "));
const senders = new Set("ik k we wij wai wie i ons mij".split(" "));

/** What a word can be, each a bit of {@link Roles.can}. */
export const can = {
  violent: 1,
  person: 2,
  group: 4,
  against: 8,
  sender: 16,
  self: 32,
  forbidden: 64,
  not: 128,
  ofOne: 256,
  woman: 512,
  /** A full stop, a question or exclamation mark, a new line. */
  endsSentence: 1_024,
  quotes: 2_048,
  /** ">": the line is someone else's. */
  quotesLine: 4_096,
  /** A word or a sign that is read: no number and no mark. */
  saysSomething: 8_192,
} as const;
const marks = new Map<string, number>([
  ["niet", can.not],
  ["vrouw", can.woman],
  [".", can.endsSentence],
  ["?", can.endsSentence],
  ["!", can.endsSentence],
  ["\n", can.endsSentence],
  ['"', can.quotes],
  [">", can.quotesLine],
]);
const sets: readonly (readonly [ReadonlySet<string>, number])[] = [
  [persons, can.person],
  [groups, can.group],
  [against, can.against],
  [senders, can.sender],
  [selves, can.self],
  [forbidden, can.forbidden],
  [ofOne, can.ofOne],
];

/** What one word can be to the rules, as bits; `left` and `right` are those of `parted`, bit by bit. */
export interface Roles {
  /** Bits of {@link can}. */
  readonly can: number;
  readonly left: number;
  readonly right: number;
}
/** What a normalised word can be. */
export function rolesOf(word: string): Roles {
  let [left, right] = [0, 0];
  parted.forEach(([verbs, parts], at) => {
    if (verbs.has(word)) left |= 1 << at;
    if (parts.has(word)) right |= 1 << at;
  });
  let bits = marks.get(word) ?? 0;
  if (violent.has(stemOf(word))) bits |= can.violent;
  for (const [words, bit] of sets) if (words.has(word)) bits |= bit;
  if (word.charCodeAt(0) >= 97 && word !== "~other") bits |= can.saysSomething;
  return { can: bits, left, right };
}
