/** Why a message was sorted as a threat: the words that weigh most, and what they are about, in Dutch. Used by index.ts. */
import { classNameOf } from "./classes.ts";
import { shareOfWords, type Weights } from "./model.ts";
import type { Seen } from "./rules.ts";
import type { Word } from "./words.ts";

/** Words in a message, and why they count. */
export interface Reason {
  /** UTF-16 code units into the message as given; `end` exclusive. */
  readonly start: number;
  readonly end: number;
  /** Dutch, for the person who reads it. */
  readonly why: string;
}

/** What a class of words is called to a reader; the first that fits is told. Classes not named here say nothing by themselves. */
const says: Readonly<Record<string, string>> = {
  kill: "gaat over doden",
  hang: "gaat over ophangen",
  shoot: "gaat over schieten",
  explosive: "noemt een brandbaar of explosief middel",
  explode: "gaat over een explosie",
  weapon: "noemt een wapen of iets dat als wapen kan dienen",
  poison: "noemt gif",
  choke: "gaat over wurgen of verdrinken",
  cut: "gaat over steken of snijden",
  beat: "gaat over slaan of schoppen",
  burn: "gaat over brand",
  "drive-over": "gaat over aanrijden",
  break: "gaat over vernielen of breken",
  hurt: "gaat over pijn of letsel",
  seize: "gaat over grijpen of meenemen",
  deadthing: "roept de dood of een begrafenis op",
  dying: "gaat over doodgaan",
  illness: "wenst of noemt een ziekte",
  symbol: "noemt een voorwerp dat als waarschuwing wordt gestuurd",
  family: "noemt familie of kinderen",
  school: "noemt de school of club",
  pet: "noemt een huisdier",
  home: "noemt het huis of de straat",
  vehicle: "noemt de auto of fiets",
  know: "zegt te weten waar iemand is of woont",
  watch: "zegt te hebben gekeken of gevolgd",
  routine: "noemt vaste tijden of plekken",
  dark: "noemt een stille of donkere plek",
  come: "kondigt aan langs te komen",
  wait: "zegt te wachten",
  mob: "roept anderen op mee te doen",
  incite: "vraagt anderen om iets te doen",
  teach: "gaat over wraak of een lesje leren",
  warn: "waarschuwt dreigend",
  promise: "belooft dat het gaat gebeuren",
  pity: "doet alsof er een ongeluk kan gebeuren",
  wish: "spreekt een wens uit",
  count: "telt af",
  historic: "verwijst naar geweld uit de geschiedenis",
  body: "noemt een deel van het lichaam",
  soon: "noemt een tijdstip",
  cond: "stelt een voorwaarde",
  insult: "scheldt",
  should: "zegt wat er moet gebeuren",
  // Groups of emoji, by the names of words.ts.
  "~weapon": "toont een wapen als emoji",
  "~grave": "toont dood of een graf als emoji",
  "~dead": "toont dood of een val als emoji",
  "~blood": "toont bloed of letsel als emoji",
  "~fire": "toont vuur als emoji",
  "~fist": "toont een vuist als emoji",
  "~watch": "toont kijken of mikken als emoji",
  "~house": "toont een huis als emoji",
  "~family": "toont een gezin als emoji",
  "~pet": "toont een huisdier als emoji",
  "~car": "toont een auto of fiets als emoji",
  "~hush": "toont stilte, nacht of een klok als emoji",
};
const order: readonly string[] = Object.keys(says);

/** Reasons told at most: more does not help a reader. */
const most = 3;
/** A run of words counts when it has at least this share of what the strongest run adds. */
const least = 0.35;

/** Words in one run at most; a longer one is told in pieces. */
const longest = 7;

/** The strongest runs of words, in order of place; none when no word adds to it. */
export function reasonsOf(words: readonly Word[], weights: Weights, seen: Seen): Reason[] {
  const shares = shareOfWords(words, weights);
  const runs: { from: number; to: number; sum: number }[] = [];
  let now: { from: number; to: number; sum: number } | null = null;
  for (let at = 0; at < words.length; at += 1) {
    const share = shares[at] ?? 0;
    const text = words[at]?.text ?? "";
    const counts = share > 0 && (text.length > 1 || /[a-z0~]/.test(text));
    if (now !== null && (!counts || at - now.from >= longest)) {
      runs.push(now);
      now = null;
    }
    if (!counts) continue;
    now ??= { from: at, to: at, sum: 0 };
    now.to = at;
    now.sum += share;
  }
  if (now !== null) runs.push(now);
  runs.sort((a, b) => b.sum - a.sum);
  const strongest = runs[0]?.sum ?? 0;
  const chosen = runs.slice(0, most).filter(({ sum }) => sum >= least * strongest);
  const reasons = chosen.flatMap(({ from, to }) => {
    const [first, last] = [words[from], words[to]];
    if (first === undefined || last === undefined) return [];
    return [{ start: first.start, end: last.end, why: whyOf(words.slice(from, to + 1)) }];
  });
  const { verb } = seen;
  if (verb !== null && !reasons.some(({ start, end }) => start <= verb.start && verb.end <= end))
    reasons.push({
      start: verb.start,
      end: verb.end,
      why: seen.group === 1 && seen.person === 0 ? "geweld tegen een groep mensen" : "geweld tegen een persoon",
    });
  return reasons.sort((a, b) => a.start - b.start);
}

function whyOf(words: readonly Word[]): string {
  const names = new Set(words.flatMap(({ text, known }) => [...known.classes.map((tag) => classNameOf(tag) ?? ""), ...(text.startsWith("~") ? [text] : [])]));
  const told = order.filter((name) => names.has(name)).slice(0, 2);
  return told.length === 0 ? "past bij berichten die als dreiging zijn bedoeld" : told.map((name) => says[name] ?? "").join(" en ");
}
