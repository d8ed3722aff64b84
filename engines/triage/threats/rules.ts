/**
 * Grammar-aware rules beside the trained weights: a violent verb with a person or a group as its object in one sentence, by a sender who does not deny, quote, report or condemn it.
 * They say what they saw; how much that counts is fitted with the rest (tools/triage/train.ts). Used by index.ts and the training rooms.
 */
import { stemOf } from "./stem.ts";
import { endsSentence, type Word } from "./words.ts";

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

/** What the rules saw in a message; each 0 or 1. */
export interface Seen {
  /** A violent verb with a person as its object, not taken back. */
  readonly person: 0 | 1;
  /** The same with a group of people. */
  readonly group: 0 | 1;
  /** The sender is the one who does it. */
  readonly sender: 0 | 1;
  /** Somewhere a violent verb, but denied, quoted, reported or condemned in its own sentence. */
  readonly takenBack: 0 | 1;
  /** Where the verb stands, for the reason; null when none. */
  readonly verb: Word | null;
}

/** What one word can be to the rules, as bits; `left` and `right` are those of `parted`, bit by bit. */
export interface Roles {
  readonly violent: boolean;
  readonly person: boolean;
  readonly group: boolean;
  readonly against: boolean;
  readonly sender: boolean;
  readonly left: number;
  readonly right: number;
}
/** What a word can be, whatever stands around it. features.ts keeps the answer. */
export function rolesOf(word: string): Roles {
  let [left, right] = [0, 0];
  parted.forEach(([verbs, parts], at) => {
    if (verbs.has(word)) left |= 1 << at;
    if (parts.has(word)) right |= 1 << at;
  });
  return {
    violent: violent.has(stemOf(word)),
    person: persons.has(word),
    group: groups.has(word),
    against: against.has(word),
    sender: senders.has(word),
    left,
    right,
  };
}

/**
 * Looks at each sentence once. Linear in the words.
 * @param infos what is known of the same words, in the same order
 */
export function seenIn(words: readonly Word[], infos: readonly { readonly roles: Roles }[]): Seen {
  let [person, group, sender, takenBack]: [0 | 1, 0 | 1, 0 | 1, 0 | 1] = [0, 0, 0, 0];
  let verb: Word | null = null;
  // Between quotation marks, or on a line that begins with ">": someone else's words.
  let [inQuotes, onQuotedLine] = [false, false];
  let [toPerson, toGroup, bySender, back] = [false, false, false, false];
  let [left, right] = [0, 0];
  let here: Word | null = null;
  let [place, from] = [0, 0];
  for (let at = 0; at <= words.length; at += 1) {
    const word = words[at];
    const role = infos[at]?.roles ?? null;
    if (word !== undefined && role !== null && !endsSentence(word)) {
      if (word.text === '"') inQuotes = !inQuotes;
      if (word.text === ">") onQuotedLine = true;
      toPerson ||= role.person;
      toGroup ||= role.group && !(word.text === "vrouw" && ofOne.has(words[at - 1]?.text ?? ""));
      bySender ||= role.sender;
      const approves = (word.text === "niet" && forbidden.has(words[at + 1]?.text ?? "")) || (forbidden.has(word.text) && words[at - 1]?.text === "niet");
      back ||= (role.against && !approves) || inQuotes || onQuotedLine;
      left |= role.left;
      right |= role.right;
      if (here === null && role.violent) [here, place] = [word, at];
      continue;
    }
    // A verb and the part that makes it violent stand in one sentence.
    const both = left & right;
    if (here === null && both !== 0)
      for (let look = from; look < at && here === null; look += 1)
        if (((infos[look]?.roles.left ?? 0) & both) !== 0) [here, place] = [words[look] ?? null, look];
    if (here !== null && (toPerson || toGroup)) {
      const toSelf = selves.has(words[place - 1]?.text ?? "") || selves.has(words[place + 1]?.text ?? "");
      if (back || toSelf) takenBack = 1;
      else {
        verb ??= here;
        if (toPerson) person = 1;
        if (toGroup) group = 1;
        if (bySender) sender = 1;
      }
    }
    if (word?.text === "\n") onQuotedLine = false;
    [toPerson, toGroup, bySender, back, left, right, here, from] = [false, false, false, false, 0, 0, null, at + 1];
  }
  return { person, group, sender, takenBack, verb };
}
