/** Names of persons: a first name or initials, prefixes and a last name, weighed by the lists, the capitals and the words around; used by index.ts only. */
import {
  FIND,
  GIVEN,
  givenlike,
  isNameParticle,
  LIVES,
  NAME_LEAD,
  NAMED,
  ORDINARY,
  OWNED,
  PARTICLE,
  PLACE_START,
  ROLE,
  streetlike,
  SURNAME,
  surnamelike,
  TITLE,
  UNIT,
} from "./lexicon.ts";
import { LOWER, MARK, UPPER, WORD, type Reading } from "./reading.ts";

/** How sure the words before are that a name follows. */
const STRONG = 3;
const SOFT = 1.5;
/** From this weight on a row of words is a name. */
const ENOUGH = 3;
/** Two words that no list knows, with nothing before them, need more around them. */
const SURE = 4.5;

/** What is named after a person: "Johan Cruijff Arena". */
const VENUES = new Set(
  "arena stadion school college lyceum scholengemeenschap brug tunnel ziekenhuis museum prijs park stichting instituut universiteit kliniek centrum academie fonds wet lezing kanaal toren plaza cup trofee plein huis hal".split(
    " ",
  ),
);

/** Finds names. A name needs at least two parts, or a form of address before a surname. */
export function findNames(reading: Reading): void {
  for (let token = 0; token < reading.count; token++) {
    if (reading.kind[token] !== WORD || reading.isTaken(token)) continue;
    const capital = reading.isCapital(token);
    const meaning = reading.meaning(token);
    const cue = cueBefore(reading, token);
    const ordinary = (meaning & ORDINARY) !== 0;
    if (!capital && cue === 0 && !startsCard(reading, token) && ((meaning & GIVEN) === 0 || ordinary)) {
      if (!(reading.size(token) === 1 && reading.isMark(token + 1, 0x2e))) continue;
    }
    const initial = reading.size(token) <= 2 && reading.isMark(token + 1, 0x2e) && reading.glued(token);
    if (initial && token > 0 && reading.isMark(token - 1, 0x2e) && reading.gap(token - 1) === 0) continue;
    if (!initial && ordinary && (meaning & (GIVEN | SURNAME)) === 0 && !(cue >= STRONG && (capital || (meaning & PARTICLE) !== 0))) continue;
    const last = nameAt(reading, token, cue);
    if (last < 0) continue;
    const canonical = reading.folded.slice(reading.from(token), reading.to(last)).replace(/\s+/gu, " ");
    reading.keep("name", token, last, canonical);
    token = last;
  }
}

/** At the start of the text or a sentence: where a line of contact data may begin with a name without capitals. */
function startsCard(reading: Reading, token: number): boolean {
  return (
    token === 0 ||
    (reading.kind[token - 1] === MARK &&
      reading.gap(token - 1) <= 2 &&
      (reading.flags[token - 1] === 0x2e || reading.flags[token - 1] === 0x21 || reading.flags[token - 1] === 0x3a || reading.flags[token - 1] === 0x3f)) ||
    reading.gap(token - 1) > 1
  );
}

/** What the words before say: an office, a title, "de kinderen van", "t.n.v.". */
function cueBefore(reading: Reading, token: number): number {
  const before = token - 1;
  if (before < 0) return 0;
  if (reading.kind[before] === WORD) {
    const meaning = reading.meaning(before);
    if ((meaning & (ROLE | TITLE | NAMED | FIND | NAME_LEAD)) === 0) return 0;
    const word = reading.word(before);
    if (word === "naam" && !reading.isCapital(token)) return SOFT;
    if ((meaning & (ROLE | TITLE | NAMED)) !== 0) return STRONG;
    if (word === "van" || word === "vd") return reading.within(before - 1, 3, OWNED) ? STRONG : 0;
    if (word === "bij" || word === "langs") return SOFT + ((meaning & FIND) !== 0 || reading.means(before - 1, FIND) ? 1 : 0);
    if ((meaning & FIND) !== 0) return SOFT;
    if (word === "is" || word === "en" || word === "met" || word === "zijn") return reading.within(before - 1, 3, NAMED) ? STRONG : 0.5;
    return 0;
  }
  if (reading.kind[before] === MARK) {
    const mark = reading.flags[before];
    if (mark === 0x2e) {
      if (reading.kindOf(before - 1) !== WORD || reading.gap(before - 1) !== 0) return 0;
      if (reading.means(before - 1, TITLE)) return STRONG;
      // "t.n.v."
      if (reading.word(before - 1) === "v" && reading.isMark(before - 2, 0x2e) && reading.kindOf(before - 3) === WORD && reading.word(before - 3) === "n")
        return STRONG;
      return 0;
    }
    if (mark === 0x3a || mark === 0x3d) return reading.within(before - 1, 5, NAMED | OWNED | ROLE) ? STRONG : 0.5;
    if (mark === 0x22 || mark === 0x28) return 0.5;
  }
  return 0;
}

/** Whether a token can be (part of) a first name: its weight, or -10 where it cannot. */
function firstWeight(reading: Reading, token: number): number {
  const meaning = reading.meaning(token);
  if ((meaning & GIVEN) !== 0) return (meaning & ORDINARY) === 0 ? 2 : reading.isCapital(token) ? 1.5 : 1;
  if ((meaning & (ORDINARY | PARTICLE)) !== 0) return -10;
  if ((meaning & PLACE_START) !== 0 && (meaning & SURNAME) === 0) return -1;
  return (meaning & SURNAME) === 0 && givenlike(reading.word(token)) ? 1 : 0;
}

/** The last token of the name that begins at `first`, or -1. */
function nameAt(reading: Reading, first: number, cue: number): number {
  let weight = cue;
  let at = first;
  let initials = false;
  const capital = reading.isCapital(first);
  // Initials: "J.", "J.P.", "J. P."; a dot behind each.
  while (
    reading.kindOf(at) === WORD &&
    reading.size(at) <= 2 &&
    reading.isMark(at + 1, 0x2e) &&
    reading.glued(at) &&
    at < first + 12 &&
    (reading.size(at) === 1 || reading.isCapital(at))
  ) {
    if (at > first && reading.gap(at - 1) > 1) break;
    initials = true;
    at += 2;
  }
  // "t.n.v.", "n.v.", "i.v.m.": abbreviations in small letters, not initials.
  if (initials && !capital && (at - first > 4 || /^[nb]\.v/u.test(reading.folded.slice(reading.from(first), reading.from(first) + 4)))) return -1;
  let givens = 0;
  let firstOrdinary = false;
  if (initials) weight += capital ? 2 : 1.5;
  else {
    const one = firstWeight(reading, at);
    const oddly =
      one <= -10 &&
      cue >= STRONG &&
      capital &&
      (reading.meaning(at) & PARTICLE) === 0 &&
      reading.isCapital(at + 1) &&
      (reading.meaning(at + 1) & ORDINARY) === 0;
    if ((one <= -10 && !oddly) || reading.size(at) < 2) {
      // "mevrouw de Vries": a title before a prefix.
      if (!(cue >= STRONG && reading.means(at, PARTICLE))) return -1;
      return titled(reading, first);
    }
    if (reading.shape[at] === UPPER && !reading.shouting && reading.size(at) <= 4 && one <= 0) return -1;
    firstOrdinary = (reading.meaning(at) & ORDINARY) !== 0;
    // "raadslid Can Schwartz": a first name that is an ordinary word as well.
    weight += oddly ? 0 : one;
    if (streetlike(reading.word(at)) === 3) return -1;
    at++;
    givens = 1;
  }
  // Double first names: "Jean-Paul", "Anne Marie", and whatever capital words lie between.
  while (givens > 0 && givens < 4 && at < reading.count) {
    if (reading.isMark(at, 0x2d) && reading.gap(at - 1) === 0 && reading.glued(at) && reading.kindOf(at + 1) === WORD) {
      at += 2;
      givens++;
      continue;
    }
    if (reading.kindOf(at) !== WORD || reading.gap(at - 1) !== 1 || reading.kindOf(at + 1) !== WORD || reading.gap(at) !== 1) break;
    if (!reading.means(at, GIVEN) || (reading.meaning(at) & (ORDINARY | PARTICLE)) !== 0 || reading.isCapital(at) !== capital) break;
    if (!capital && !reading.means(first, GIVEN)) return -1;
    const beyond = reading.meaning(at + 1);
    if (!(reading.isCapital(at + 1) && capital) && !isNameParticle(reading.word(at + 1))) {
      if (capital || (beyond & SURNAME) === 0 || (beyond & ORDINARY) !== 0) break;
    }
    weight += 1;
    at++;
    givens++;
  }
  const last = surnameAt(reading, at, { capital, initials });
  if (last.last < 0) return cue >= STRONG && !initials && givens === 1 ? alone(reading, first, cue) : -1;
  // Without a capital, what stands behind "de" or "van" is a surname only if it is known as one.
  if (capital && !last.capital && !initials && !last.known && cue < STRONG) return -1;
  weight += last.weight;
  if (capital && last.capital) weight += 1.5;
  else if (!capital && !last.capital) weight -= initials ? 0.5 : 1;
  if (!capital && last.particles > 0 && reading.means(first, GIVEN) && !firstOrdinary) weight += 0.5;
  if (!capital && givens > 0 && reading.means(first, GIVEN) && !firstOrdinary && reading.hits.length > 0 && last.weight >= 0) weight += 1.5;
  const following = after(reading, first, last.last);
  weight += following;
  // At the start of a sentence every word has a capital.
  if (firstOrdinary && !last.known && cue === 0 && last.particles === 0 && startsCard(reading, first)) weight -= 1.5;
  const strange = following < 2 && !initials && !last.known && last.particles === 0 && cue === 0 && !reading.means(first, GIVEN);
  return weight >= (strange ? SURE : ENOUGH) ? last.last : -1;
}

interface Surname {
  readonly last: number;
  readonly weight: number;
  readonly capital: boolean;
  readonly known: boolean;
  readonly particles: number;
}

const NONE: Surname = { last: -1, weight: 0, capital: false, known: false, particles: 0 };

/** Prefixes and a last name from `token` on. */
function surnameAt(reading: Reading, token: number, told: { capital: boolean; initials: boolean }): Surname {
  let at = token;
  let particles = 0;
  if (reading.gap(at - 1) > 2) return NONE;
  // "op den Camp", "in 't Veld"
  const opening = reading.kindOf(at) === WORD ? reading.word(at) : "";
  if (
    (opening === "op" || opening === "in") &&
    reading.gap(at) === 1 &&
    (reading.isMark(at + 1, 0x27) || (reading.kindOf(at + 1) === WORD && isNameParticle(reading.word(at + 1)) && reading.isCapital(at + 2)))
  ) {
    at++;
    if (reading.isMark(at, 0x27)) at++;
  }
  while (at < token + 4 && reading.kindOf(at) === WORD && reading.means(at, PARTICLE) && isNameParticle(reading.word(at)) && reading.gap(at) <= 2) {
    at++;
    particles++;
    if (reading.isMark(at, 0x27) || (reading.isMark(at, 0x2e) && reading.gap(at - 1) === 0 && reading.size(at - 1) === 1)) at++;
  }
  // "d'Hondt", "'t Hart", "v.d. Berg", "O'Neill"
  if (particles === 0 && reading.isMark(at, 0x27) && reading.kindOf(at + 1) === WORD) {
    at++;
    if (reading.size(at) === 1) at++;
    particles = 1;
  } else if (
    particles === 0 &&
    reading.kindOf(at) === WORD &&
    reading.size(at) === 1 &&
    reading.glued(at) &&
    reading.isMark(at + 1, 0x27) &&
    reading.glued(at + 1)
  ) {
    at += 2;
    particles = 1;
  } else if (
    particles === 0 &&
    reading.kindOf(at) === WORD &&
    (reading.word(at) === "vd" || reading.word(at) === "vdr" || reading.word(at) === "v") &&
    reading.shape[at] === LOWER
  ) {
    at++;
    particles = 1;
    while (at < token + 5 && (reading.isMark(at, 0x2e) || (reading.kindOf(at) === WORD && reading.size(at) === 1))) at++;
  }
  if (reading.kindOf(at) !== WORD || reading.isTaken(at) || reading.gap(at - 1) > 2 || reading.size(at) < 2) return NONE;
  const meaning = reading.meaning(at);
  const capital = reading.isCapital(at);
  if (told.capital && !capital && particles === 0 && !told.initials) return NONE;
  const word = reading.word(at);
  const known = (meaning & SURNAME) !== 0;
  const ordinary = (meaning & ORDINARY) !== 0;
  if (told.capital && !capital && ordinary) return NONE;
  if (reading.shape[at] === UPPER && !reading.shouting && reading.size(at) <= 4 && reading.shape[token - 1] !== UPPER) return NONE;
  let weight = 0;
  if (known) weight += ordinary ? 1 : 2;
  else if (ordinary) weight -= capital ? 2 : particles > 0 ? 3 : 4;
  else if ((meaning & (GIVEN | UNIT)) !== 0) weight += 0.5;
  else if (surnamelike(word)) weight += 1;
  if (particles > 0) weight += 1.5;
  if (!known && (meaning & PLACE_START) !== 0 && reading.placeAt(at) >= 0) weight -= particles > 0 ? 2 : 1;
  if (streetlike(word) === 3 && !known) weight -= 4;
  if ((meaning & TITLE) !== 0 && particles === 0) weight -= 3;
  let last = at;
  if (capital && reading.isCapital(at + 1) && reading.gap(at) === 1 && VENUES.has(reading.word(at + 1))) return NONE;
  // "Jansen-de Vries", "Mac Gillavry", "Bouwman Smit"
  while (last < at + 8) {
    if (reading.isMark(last + 1, 0x2d) && reading.glued(last) && reading.glued(last + 1) && reading.kindOf(last + 2) === WORD) {
      last += 2;
      while (last < at + 8 && reading.means(last, PARTICLE) && reading.kindOf(last + 1) === WORD && reading.gap(last) === 1 && reading.isCapital(last + 1))
        last++;
      continue;
    }
    const next = last + 1;
    if (reading.kindOf(next) !== WORD || reading.gap(last) !== 1 || reading.isTaken(next) || !capital || !reading.isCapital(next) || reading.size(next) < 3)
      break;
    const beyond = reading.meaning(next);
    if ((beyond & ORDINARY) !== 0 || streetlike(reading.word(next)) === 3) break;
    if (!known || (beyond & SURNAME) !== 0 || particles > 0) last = next;
    else break;
    weight += (beyond & SURNAME) !== 0 ? 1 : 0;
  }
  return { last, weight, capital, known, particles };
}

/** What follows the name says too: a verb, a bracket, a number, contact data. */
function after(reading: Reading, first: number, last: number): number {
  const next = last + 1;
  if (next >= reading.count) return 1;
  if (reading.isTaken(next)) return 1.5;
  if (reading.kind[next] === WORD) {
    const meaning = reading.meaning(next);
    // "ragini mohr woont op …" beside an address.
    if ((meaning & LIVES) !== 0) return reading.hits.length > 0 && startsCard(reading, first) ? 4 : 2.5;
    const word = reading.word(next);
    return word === "is" || word === "zit" || word === "zitten" || word === "heeft" || word === "werkt" || word === "rijdt" ? 1 : 0;
  }
  const mark = reading.flags[next];
  if (mark === 0x28 || mark === 0x3d || mark === 0x3a) return 1;
  if (mark === 0x2c || mark === 0x2f || mark === 0x2d || mark === 0x7c) return reading.isTaken(next + 1) ? (startsCard(reading, first) ? 4 : 2) : 0.5;
  return 0.5;
}

/** "mevrouw de Vries", "wethouder van den Berg": prefixes and a surname behind a title or an office. */
function titled(reading: Reading, first: number): number {
  // "de dochter van …": what comes is a whole name, not a surname with a prefix.
  if (reading.means(first - 1, OWNED) && reading.word(first) === "van") return -1;
  const surname = surnameAt(reading, first, { capital: true, initials: false });
  if (surname.last < 0 || !surname.capital) return -1;
  const title = reading.means(first - 1, TITLE) || (reading.kindOf(first - 1) === MARK && reading.means(first - 2, TITLE));
  const place = reading.placeAt(surname.last) >= 0;
  if (reading.shape[surname.last] === UPPER && !reading.shouting) return -1;
  // "commissaris van de Koning" is an office.
  if (!title && reading.word(first) === "van" && reading.means(surname.last, ORDINARY)) return -1;
  return surname.known && (title || !place) ? surname.last : title && !place && surname.weight > 0 ? surname.last : -1;
}

/** One capital word behind a title or an office: "wethouder Jansen". */
function alone(reading: Reading, first: number, cue: number): number {
  if (!reading.isCapital(first) || cue < STRONG || reading.size(first) < 3 || reading.shape[first] === UPPER) return -1;
  const meaning = reading.meaning(first);
  const person = reading.means(first - 1, TITLE | ROLE) || reading.isMark(first - 1, 0x2e);
  if ((meaning & (SURNAME | GIVEN)) !== 0) return (meaning & ORDINARY) === 0 || person ? first : -1;
  if ((meaning & (ORDINARY | PLACE_START)) !== 0 || !person) return -1;
  return surnamelike(reading.word(first)) || reading.means(first - 1, TITLE) ? first : -1;
}
