/** Street and house number, and the places that stand beside them; used by index.ts only. */
import {
  BSN_CUE,
  COUNTED,
  DIRECTION,
  FIND,
  GIVEN,
  isNameParticle,
  LABEL,
  LIVES,
  ORDINARY,
  OWNED,
  PARTICLE,
  PLACE_START,
  PREPOSITION,
  ROLE,
  SPELLED,
  STREET_ABBREVIATION,
  STREET_OPENER,
  streetlike,
  SURNAME,
  TITLE,
  UNIT,
  WHEREABOUTS,
} from "./lexicon.ts";
import { LOWER, MARK, NUMBER, UPPER, WORD, type Reading } from "./reading.ts";

const NUMBER_WORDS = new Set("nr nummer no huisnummer huisnr num".split(" "));
const ADDITIONS = new Set("bis hs huis rd zw ii iii iv boven hoog sous links rechts bg".split(" "));
const ROMAN = new Set("i ii iii iv v vi".split(" "));

/** Finds addresses: starts from the house number and reads the street backwards. */
export function findAddresses(reading: Reading): void {
  for (const number of reading.numbers) {
    if (!reading.isTaken(number)) addressAt(reading, number);
  }
}

function addressAt(reading: Reading, number: number): void {
  const size = reading.size(number);
  if (size > 5 || reading.text.charCodeAt(reading.from(number)) === 0x30) return;
  let core = number - 1;
  let labelled = false;
  if (reading.isMark(core, 0x2e) && reading.kindOf(core - 1) === WORD && NUMBER_WORDS.has(reading.word(core - 1))) core--;
  if (reading.kindOf(core) === WORD && NUMBER_WORDS.has(reading.word(core)) && !reading.glued(core - 1)) {
    labelled = true;
    core--;
  }
  let comma = false;
  if (reading.isMark(core, 0x2c)) {
    comma = true;
    core--;
  }
  let street: 0 | 1 | 2 | 3 = 0;
  if (reading.isMark(core, 0x2e) && reading.kindOf(core - 1) === WORD && reading.gap(core - 1) === 0) {
    core--;
    const word = reading.word(core);
    if (!word.endsWith("str") && !word.endsWith("ln") && !word.endsWith("pl")) return;
    if (word.length < 4) {
      if (word !== "str") return;
      street = 2;
    } else street = 3;
  }
  if (reading.kindOf(core) !== WORD || reading.isTaken(core) || reading.size(core) < 2 || reading.gap(number - 1) > 2) return;
  if (reading.gap(core) > 2) return;
  const word = reading.word(core);
  if (street === 0) street = streetlike(word);
  if (word.length > 60) return;
  let head = core;
  // "Europaweg Zuid 290": the street is the word before.
  if (street < 3 && reading.means(core, DIRECTION) && reading.kindOf(core - 1) === WORD && reading.gap(core - 1) <= 1) {
    const before = streetlike(reading.word(core - 1));
    if (before > street) street = before;
    head = core - 1;
  }
  if (street === 1 && reading.kindOf(core - 1) !== WORD) street = 0;
  const end = numberEnd(reading, number);
  if (end === null) return;
  const meaning = reading.meaning(core);
  if ((meaning & (COUNTED | LABEL | BSN_CUE)) !== 0 && !labelled) return;
  const first = streetStart(reading, head);
  const afterUnit = reading.meaning(end.last + 1);
  if ((afterUnit & UNIT) !== 0 && reading.gap(end.last) <= 1 && !labelled && end.last === number) return;
  if (comma && !labelled && street < 3) return;
  if (
    !credible(reading, {
      core,
      head,
      first,
      number,
      last: end.last,
      street,
      labelled,
      addition: end.addition,
      glued: reading.glued(core) && core === number - 1,
    })
  )
    return;
  const name = reading.folded.slice(reading.from(first), reading.to(core)).replace(/\s+/gu, " ");
  const house = reading.folded.slice(reading.from(number), reading.to(end.last)).replace(/[\s-]+/gu, "");
  reading.keep("address", first, end.last, `${name.endsWith("str") ? `${name}aat` : name} ${house}`);
}

interface Candidate {
  readonly core: number;
  /** The word that carries the name of the street: before a direction, the core itself otherwise. */
  readonly head: number;
  readonly first: number;
  readonly number: number;
  readonly last: number;
  readonly street: 0 | 1 | 2 | 3;
  readonly labelled: boolean;
  readonly addition: boolean;
  readonly glued: boolean;
}

/** Weighs what the words around say: a name that ends in "straat" needs nothing else, "Venus 357" needs a postcode, a place or "woont op". */
function credible(reading: Reading, found: Candidate): boolean {
  const { core, head, first, number, last, street, labelled, addition, glued } = found;
  const meaning = reading.meaning(street >= 2 ? head : core);
  const capital = reading.shape[core] !== LOWER || reading.shape[first] !== LOWER;
  const ordinary = (meaning & ORDINARY) !== 0;
  const long = reading.size(core) >= 4 || core > first;
  if (street === 3) return !ordinary || capital || followedByHome(reading, last);
  const postcode = followedByPostcode(reading, last);
  if (postcode && !(ordinary && !capital && !cuedBefore(reading, first))) return true;
  const cued = cuedBefore(reading, first);
  const size = reading.size(number);
  if (street === 2) {
    if (capital && !ordinary && !(glued && !cued && reading.shape[core] === UPPER)) return size <= 4;
    return cued || (!ordinary && (labelled || addition || followedByPlace(reading, last) || placeRightBehind(reading, last)));
  }
  if (glued && !cued) return long && capital && !ordinary && reading.shape[core] !== UPPER && (followedByPlace(reading, last) || addition);
  if (!long || size > 4) return false;
  if (street === 1) return capital || cued;
  if (cued)
    return capital
      ? !(ordinary && first === core && !labelled && !glued) || followedByPlace(reading, last)
      : !ordinary && (labelled || addition || strongCue(reading, first));
  if (!capital || ordinary) return false;
  return labelled || (addition && reading.shape[core] !== UPPER) || followedByPlace(reading, last);
}

function followedByPostcode(reading: Reading, last: number): boolean {
  let next = last + 1;
  if (reading.isMark(next, 0x2c) || reading.isMark(next, 0x2d) || reading.isMark(next, 0x28) || reading.isMark(next, 0x3f) || reading.isMark(next, 0x2e))
    next++;
  if (reading.means(next, OWNED) && reading.word(next) === "postcode") next++;
  if (reading.isMark(next, 0x3a)) next++;
  return reading.kindOf(next) === NUMBER && reading.size(next) === 4 && reading.isTaken(next) && reading.gap(next - 1) <= 2;
}

function followedByPlace(reading: Reading, last: number): boolean {
  let next = last + 1;
  if (reading.isMark(next, 0x2c) || reading.isMark(next, 0x28)) next++;
  if (reading.means(next, PREPOSITION) && (reading.word(next) === "in" || reading.word(next) === "te")) next++;
  if (!reading.isCapital(next) && !reading.shouting) {
    return next > last + 1 && reading.kindOf(next) === WORD && !reading.isOrdinaryOnly(next, 0) && reading.placeAt(next) >= 0;
  }
  return reading.placeAt(next) >= 0;
}

/** "bosrand 40 nunspeet": a place that is no ordinary word, without a comma or capital. */
function placeRightBehind(reading: Reading, last: number): boolean {
  return reading.gap(last) === 1 && reading.means(last + 1, PLACE_START) && !reading.means(last + 1, ORDINARY | UNIT) && reading.placeAt(last + 1) >= 0;
}

function followedByHome(reading: Reading, last: number): boolean {
  return followedByPostcode(reading, last) || followedByPlace(reading, last);
}

/** "woont op", "adres van …:", "langs bij …,", "gevonden!" within the words before. */
function cuedBefore(reading: Reading, first: number): boolean {
  return reading.within(first - 1, 9, LIVES | FIND) || contactBefore(reading, first);
}

function strongCue(reading: Reading, first: number): boolean {
  if (reading.isMark(first - 1, 0x2c)) return reading.within(first - 1, 8, FIND);
  return reading.within(first - 1, 4, LIVES) || reading.isMark(first - 1, 0x3a) || reading.means(first - 1, PREPOSITION);
}

/** A telephone number or mail address right before, as in a line of contact data. */
function contactBefore(reading: Reading, first: number): boolean {
  return (reading.isMark(first - 1, 0x2c) || reading.isMark(first - 1, 0x2f)) && first >= 2 && reading.isTaken(first - 2);
}

/** The last token of a house number with its addition; null where the number is something else (a time, a decimal, a date, a percentage). */
function numberEnd(reading: Reading, number: number): { last: number; addition: boolean } | null {
  let last = number;
  let addition = false;
  const next = number + 1;
  if (reading.glued(number) && reading.kindOf(next) === WORD) {
    const word = reading.word(next);
    if (word.length > 1 && !ADDITIONS.has(word)) return null;
    if (reading.isTaken(next)) return null;
    last = next;
    addition = true;
  }
  const mark = last + 1;
  if (reading.kindOf(mark) === MARK && reading.glued(last)) {
    const code = reading.flags[mark];
    const joined = reading.glued(mark) && reading.kindOf(mark + 1) !== MARK;
    if (code === 0x25 || code === 0x20ac || code === 0xb0) return null;
    if ((code === 0x3a || code === 0x2e || code === 0x2c) && joined && reading.kindOf(mark + 1) === NUMBER) return null;
    if ((code === 0x2d || code === 0x2f) && joined && !reading.isTaken(mark + 1)) {
      const size = reading.size(mark + 1);
      if (reading.kindOf(mark + 1) === NUMBER) {
        if (size > 4) return null;
        // "12-05-2024", "3/4/2025": a date.
        if (reading.kindOf(mark + 2) === MARK && reading.glued(mark + 1) && reading.glued(mark + 2) && reading.kindOf(mark + 3) === NUMBER) return null;
        return { last: mark + 1, addition: false };
      }
      const word = reading.word(mark + 1);
      if (size === 1 || ADDITIONS.has(word)) return { last: mark + 1, addition: true };
      return null;
    }
  }
  const spaced = last + 1;
  if (reading.kindOf(spaced) === WORD && reading.gap(last) === 1 && !reading.isTaken(spaced)) {
    const word = reading.word(spaced);
    const upper = reading.shape[spaced] !== LOWER;
    if (
      (upper && ROMAN.has(word)) ||
      word === "bis" ||
      word === "hs" ||
      word === "hoog" ||
      (word === "huis" && (reading.kindOf(spaced + 1) === MARK || spaced + 1 >= reading.count)) ||
      (upper && word.length === 1 && !(reading.isMark(spaced + 1, 0x2e) && reading.glued(spaced)))
    )
      return { last: spaced, addition: true };
  }
  return { last, addition };
}

/** Reads a street name backwards from its last word. */
function streetStart(reading: Reading, core: number): number {
  let first = core;
  const lower = reading.shape[core] === LOWER;
  for (let words = 0; words < 6; words++) {
    let token = first - 1;
    if (token < 0 || reading.isTaken(token)) break;
    if (reading.kind[token] === MARK) {
      const code = reading.flags[token];
      const joins = (code === 0x2d || code === 0x27) && reading.gap(token - 1) === 0 && reading.glued(token) && reading.kindOf(token - 1) === WORD;
      const abbreviation =
        code === 0x2e &&
        reading.gap(token - 1) === 0 &&
        reading.gap(token) <= 1 &&
        (reading.means(token - 1, STREET_ABBREVIATION) || (reading.kindOf(token - 1) === WORD && reading.size(token - 1) === 1));
      const elided = code === 0x27 && reading.glued(token) && reading.size(first) <= 2;
      if (!joins && !abbreviation) {
        if (elided) first = token;
        break;
      }
      token--;
      if (reading.isTaken(token)) break;
    } else if (reading.gap(token) !== 1) break;
    if (reading.kindOf(token) !== WORD) break;
    const meaning = reading.meaning(token);
    if ((meaning & (LIVES | FIND | LABEL | TITLE | ROLE | OWNED | UNIT)) !== 0 && (meaning & (STREET_ABBREVIATION | GIVEN | STREET_OPENER)) === 0) break;
    const capital = reading.shape[token] !== LOWER;
    if (capital) {
      const names = (meaning & (ORDINARY | PREPOSITION)) === 0 || (meaning & (GIVEN | SURNAME | STREET_ABBREVIATION | STREET_OPENER | PARTICLE)) !== 0;
      if (!names) break;
      if ((meaning & PREPOSITION) !== 0 && (meaning & ORDINARY) !== 0 && words === 0) break;
      first = token;
      continue;
    }
    if ((meaning & PARTICLE) !== 0) {
      if (
        lower &&
        isNameParticle(reading.word(token)) &&
        (reading.meaning(token - 1) & (GIVEN | SURNAME)) !== 0 &&
        (reading.meaning(token - 1) & ORDINARY) === 0
      ) {
        first = token;
        continue;
      }
      // Inside a name ("Hof van Sonoy"), or in front of one after a mark ("…, van Hogendorplaan").
      if (reading.isCapital(token - 1) && reading.gap(token - 1) === 1 && opensStreet(reading, token - 1)) {
        // "Marja Kloppenborg van Havikshorst 61" is a person of an address, "Jan van Galenstraat" a street.
        if (reading.isCapital(token - 2) && reading.means(token - 2, GIVEN) && !reading.means(token - 1, GIVEN) && streetlike(reading.word(core)) >= 2) break;
        first = token;
        continue;
      }
      if (
        isNameParticle(reading.word(token)) &&
        reading.kindOf(token - 1) === WORD &&
        (reading.meaning(token - 1) & PARTICLE) !== 0 &&
        (reading.isCapital(token - 2) || reading.isCapital(token - 1))
      ) {
        first = token;
        continue;
      }
      if (
        (meaning & PREPOSITION) === 0 &&
        (token === 0 || reading.kind[token - 1] === MARK || (reading.means(token - 1, LIVES) && reading.word(token) !== "van"))
      )
        first = token;
      if (first === token && reading.isMark(token - 1, 0x27) && reading.glued(token - 1)) first = token - 1;
      break;
    }
    if (!lower || (meaning & (ORDINARY | PREPOSITION | WHEREABOUTS)) !== 0) {
      if (!((meaning & STREET_ABBREVIATION) !== 0 && lower)) break;
    }
    first = token;
  }
  return first;
}

function opensStreet(reading: Reading, token: number): boolean {
  const meaning = reading.meaning(token);
  return (meaning & (ORDINARY | ROLE | TITLE | OWNED | LIVES | FIND)) === 0 || (meaning & (STREET_OPENER | GIVEN | PARTICLE)) !== 0;
}

/** Finds the places that say where somebody is: after a postcode or an address, in brackets after a name, or where somebody lives or goes to school. */
export function findPlaces(reading: Reading): void {
  if (reading.hits.length === 0 && (reading.seen & LIVES) === 0) return;
  if (reading.hits.length > 0) placesBesideHits(reading);
  let personal = false;
  for (const hit of reading.hits) personal = personal || hit.kind !== "url";
  for (let token = 0; token + 1 < reading.count; token++) {
    if (personal && reading.means(token, LIVES) && reading.isCapital(token + 1) && !reading.isTaken(token + 1) && reading.gap(token) <= 2) {
      const last = reading.placeAt(token + 1);
      if (last >= 0 && (reading.meaning(last) & ORDINARY) === 0) keepPlace(reading, token + 1, last);
    }
    if (!reading.means(token, PREPOSITION) || reading.isTaken(token + 1) || reading.gap(token) > 2) continue;
    const last = reading.placeAt(token + 1);
    if (last < 0) continue;
    const told = reading.within(token - 1, 6, WHEREABOUTS | LIVES);
    if (!personal && !(told && reading.within(token - 1, 6, LIVES))) continue;
    const single = last === token + 1;
    const ordinary = single && (reading.meaning(last) & (ORDINARY | UNIT | SPELLED)) !== 0;
    if (reading.isCapital(token + 1) || reading.isCapital(last)) {
      if (ordinary && !told) continue;
    } else if (
      (single &&
        ((ordinary && !(reading.kindOf(token - 1) === WORD && reading.word(token - 1) === "school")) ||
          (!told && (reading.meaning(last) & (GIVEN | SURNAME)) !== 0 && !closeTo(reading, token, WHEREABOUTS | LIVES)))) ||
      (!told && !single && reading.size(last) < 4)
    )
      continue;
    keepPlace(reading, token + 1, last);
  }
}

function closeTo(reading: Reading, token: number, meaning: number): boolean {
  return reading.within(token - 1, 2, meaning);
}

function keepPlace(reading: Reading, first: number, last: number): void {
  const canonical = reading.folded
    .slice(reading.from(first), reading.to(last))
    .replace(/[^a-z0-9]+/gu, " ")
    .trim();
  reading.keep("location", first, last, canonical);
}

function placesBesideHits(reading: Reading): void {
  const kinds = new Map<number, string>();
  for (const hit of reading.hits) {
    if (hit.kind === "postcode" || hit.kind === "address" || hit.kind === "name") kinds.set(hit.end, hit.kind);
  }
  for (let token = 0; token < reading.count; token++) {
    if (!reading.isTaken(token) || reading.isTaken(token + 1)) continue;
    const kind = kinds.get(reading.to(token));
    if (kind === undefined) continue;
    let next = token + 1;
    if (kind === "name") {
      if (!reading.isMark(next, 0x28) && !reading.isMark(next, 0x2c)) continue;
      const bracket = reading.isMark(next, 0x28);
      let last = reading.placeAt(next + 1);
      // "(Loo) wonende …": no list knows every hamlet.
      if (last < 0 && bracket && reading.kindOf(next + 1) === WORD && reading.isMark(next + 2, 0x29) && reading.means(next + 3, LIVES)) last = next + 1;
      if (last < 0) continue;
      if (bracket ? closesBracket(reading, last + 1) : reading.isCapital(next + 1) && (reading.kindOf(last + 1) === MARK || last + 1 >= reading.count))
        keepPlace(reading, next + 1, last);
      continue;
    }
    if (reading.isMark(next, 0x2c) || reading.isMark(next, 0x28) || reading.isMark(next, 0x2d)) next++;
    const told = reading.means(next, PREPOSITION) && (reading.word(next) === "in" || reading.word(next) === "te");
    if (told) next++;
    const last = reading.placeAt(next);
    if (last >= 0) {
      const single = last === next;
      if (kind === "postcode" || !single || (reading.meaning(last) & ORDINARY) === 0 || reading.isCapital(next)) keepPlace(reading, next, last);
    } else if (
      (kind === "postcode" || (kind === "address" && told)) &&
      reading.isCapital(next) &&
      reading.gap(next - 1) <= 2 &&
      (reading.meaning(next) & (ORDINARY | LIVES | TITLE)) === 0 &&
      reading.size(next) > 2
    ) {
      let end = next;
      while (end < next + 3 && reading.isCapital(end + 1) && reading.gap(end) <= 1 && (reading.meaning(end + 1) & ORDINARY) === 0) end++;
      keepPlace(reading, next, end);
    }
  }
}

function closesBracket(reading: Reading, token: number): boolean {
  return reading.isMark(token, 0x29) || reading.isMark(token, 0x2c);
}
