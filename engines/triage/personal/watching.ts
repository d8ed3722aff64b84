/** Finds protected data again in a message, however it is written (leet, blanks, spelled-out digits, missing diacritics); used by index.ts only. */
import { digitsOfWord, SPELLED } from "./lexicon.ts";
import { isAlphanumeric, isCapitalCode, MARK, NUMBER, WORD, type PersonalHit, type PersonalKind, type Reading } from "./reading.ts";
import { type Automaton, letterOf, plain } from "./skeleton.ts";
import type { Watch } from "./watch.ts";

/** The pieces of a message as they are added to or marked in the hits. */
interface Seen {
  readonly kind: PersonalKind;
  readonly start: number;
  readonly end: number;
  readonly canonical: string;
  readonly initial: string;
}

/** Marks the hits on the person's own data, and adds those that only the protected data could show. Returns all hits in order. */
export function markWatched(reading: Reading, watch: Watch): PersonalHit[] {
  const seen: Seen[] = [];
  findLetters(reading, watch, seen);
  if (watch.digits.size > 0 && (reading.numbers.length > 0 || reading.spelled > 0)) findDigits(reading, watch, seen);
  if (watch.signs.size > 0 && reading.numbers.length > 0) findSigns(reading, watch, seen);
  if (seen.length === 0 && reading.hits.length === 0) return [];
  const hits = reading.hits.toSorted((one, other) => one.start - other.start);
  seen.sort((one, other) => one.start - other.start || other.end - one.end);
  const marked: PersonalHit[] = hits.map((hit) => (watch.canonicals.has(`${hit.kind}:${hit.canonical}`) ? { ...hit, watched: true } : hit));
  let from = 0;
  let covered = 0;
  const added: PersonalHit[] = [];
  for (const piece of seen) {
    while (from < hits.length && (hits[from]?.end ?? 0) <= piece.start) from++;
    let overlaps = false;
    for (let at = from; at < hits.length && (hits[at]?.start ?? 0) < piece.end; at++) {
      const hit = marked[at];
      if (hit === undefined) continue;
      overlaps = true;
      if (hit.watched !== true && concerns(hit, piece)) marked[at] = { ...hit, watched: true };
    }
    if (overlaps || piece.start < covered) continue;
    covered = piece.end;
    added.push({
      kind: piece.kind,
      start: piece.start,
      end: piece.end,
      text: reading.text.slice(piece.start, piece.end),
      canonical: piece.canonical,
      watched: true,
    });
  }
  return added.length === 0 ? marked : [...marked, ...added].sort((one, other) => one.start - other.start);
}

/** Whether a piece tells that a hit around it is the person's own: a surname alone does not make "Piet Bakker" of "Jan Bakker". */
function concerns(hit: PersonalHit, piece: Seen): boolean {
  if (piece.initial === "" || hit.start >= piece.start) return true;
  if (hit.kind !== "name") return false;
  return plain(hit.text.slice(0, 1)) === piece.initial && !isAlphanumeric(hit.text.charCodeAt(1));
}

/** The most code units between two letters of one term. */
const WIDEST_GAP = 4;

/** Where the last letters of the skeleton stand in the text, in a ring; kept between messages, since finding is synchronous. */
const ring = new Int32Array(1024);
const ends = new Int32Array(1024);

function findLetters(reading: Reading, watch: Watch, seen: Seen[]): void {
  const { text } = reading;
  const automaton = watch.letters;
  let count = 0;
  let state = 0;
  let previous = 0;
  let last = 0;
  for (let at = 0; at < text.length; at++) {
    const letter = letterOf(text.charCodeAt(at));
    if (letter === 0) {
      previous = 0;
      continue;
    }
    if (letter < 0 || (count > 0 && at - last > WIDEST_GAP)) {
      state = 0;
      count = 0;
      previous = 0;
      if (letter < 0) continue;
    }
    last = at + 1;
    if (
      letter === previous ||
      (letter === 0x6a && count > 0 && text.charCodeAt(ring[(count - 1) & 1023] ?? 0) !== 0x6a && isI(text.charCodeAt(ring[(count - 1) & 1023] ?? 0)))
    ) {
      ends[(count - 1) & 1023] = at + 1;
      if (automaton.ending(state)) report(reading, automaton, state, count, seen);
      continue;
    }
    previous = letter;
    ring[count & 1023] = at;
    ends[count & 1023] = at + 1;
    count++;
    state = automaton.step(state, letter);
    if (automaton.ending(state)) report(reading, automaton, state, count, seen);
  }
}

function isI(code: number): boolean {
  return letterOf(code) === 0x69;
}

function report(reading: Reading, automaton: Automaton, state: number, count: number, seen: Seen[]): void {
  const { text } = reading;
  automaton.each(state, (term) => {
    if (term.length > 1000 || term.length > count) return;
    const start = ring[(count - term.length) & 1023] ?? 0;
    const end = ends[(count - 1) & 1023] ?? 0;
    const opens = start === 0 || !isAlphanumeric(text.charCodeAt(start - 1));
    const closes = end === text.length || !isAlphanumeric(text.charCodeAt(end)) || (term.house !== "" && isDigit(text.charCodeAt(end)));
    // Inside a longer word ("#jandevriesmoetweg") only a long term is sure enough.
    if (!(opens && closes) && term.length < 9) return;
    let gaps = 0;
    for (let index = count - term.length + 1; index < count; index++) {
      if ((ring[index & 1023] ?? 0) > (ends[(index - 1) & 1023] ?? 0)) gaps++;
    }
    const spaced = gaps >= term.length - 2;
    if (gaps !== term.gaps && !spaced && !(gaps === 0 && term.length >= 5) && term.length < 8) return;
    if (term.ordinary && gaps === term.gaps && !capitalWithin(text, start, end)) return;
    if (term.house === "") {
      seen.push({ kind: term.kind, start, end, canonical: term.canonical, initial: term.initial });
      return;
    }
    const house = houseAfter(reading, end);
    if (house.digits !== "" && house.digits !== term.house) return;
    seen.push({ kind: term.kind, start, end: house.digits === "" ? end : house.end, canonical: term.canonical, initial: "" });
  });
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/** A capital at the start of the last word of a term: what tells "Bakker" from "bakker". */
function capitalWithin(text: string, start: number, end: number): boolean {
  let at = end - 1;
  while (at > start && isAlphanumeric(text.charCodeAt(at - 1))) at--;
  return isCapitalCode(text.charCodeAt(at));
}

/** The house number within two words after a street, as digits or spelled; "" where there is none. */
function houseAfter(reading: Reading, end: number): { digits: string; end: number } {
  let low = 0;
  let high = reading.count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (reading.from(middle) < end) low = middle + 1;
    else high = middle;
  }
  for (let token = low; token < reading.count && token < low + 4; token++) {
    if (reading.from(token) - end > 14) break;
    const kind = reading.kind[token];
    if (kind === NUMBER) return { digits: reading.word(token), end: reading.to(token) };
    if (kind === WORD) {
      const word = reading.word(token);
      if (reading.means(token, SPELLED)) return { digits: digitsOfWord(word), end: reading.to(token) };
      if (word !== "nr" && word !== "nummer" && word !== "huisnummer") break;
    }
  }
  return { digits: "", end };
}

/** Words that people put between digits. */
const BETWEEN_DIGITS = new Set("en dan streepje spatie min daarna punt o oo l i".split(" "));

function findDigits(reading: Reading, watch: Watch, seen: Seen[]): void {
  const longest = watch.digitLengths[0] ?? 0;
  let digits = "";
  let tokens: number[] = [];
  for (let token = 0; token < reading.count; token++) {
    const kind = reading.kind[token];
    if (kind === MARK) continue;
    let more = kind === NUMBER ? reading.word(token) : reading.digits(token);
    if (more === "") {
      const word = reading.size(token) <= 8 ? reading.word(token) : "";
      if (word === "o") more = "0";
      else if (word === "oo") more = "00";
      else if ((word === "l" || word === "i") && reading.glued(token)) more = "1";
      else {
        if (!BETWEEN_DIGITS.has(word)) {
          digits = "";
          tokens = [];
        }
        continue;
      }
    }
    for (let at = 0; at < more.length; at++) {
      digits += more.charAt(at);
      tokens.push(token);
      if (digits.length > 4 * longest) {
        digits = digits.slice(-longest);
        tokens = tokens.slice(-longest);
      }
      for (const length of watch.digitLengths) {
        if (digits.length < length) continue;
        const found = watch.digits.get(digits.slice(-length));
        if (found === undefined) continue;
        const first = tokens[tokens.length - length] ?? token;
        seen.push({ kind: found.kind, start: reading.from(first), end: reading.to(token), canonical: found.canonical, initial: "" });
        break;
      }
    }
  }
}

/** Where the last six letters and digits stand. */
const signPlaces = new Int32Array(8);

function findSigns(reading: Reading, watch: Watch, seen: Seen[]): void {
  const { folded } = reading;
  let count = 0;
  let last = -1;
  for (let at = 0; at < folded.length; at++) {
    const code = folded.charCodeAt(at);
    if (!((code >= 0x30 && code <= 0x39) || (code >= 0x61 && code <= 0x7a))) continue;
    if (at - last > WIDEST_GAP) count = 0;
    last = at;
    signPlaces[count & 7] = at;
    count++;
    if (count < 6 || (at + 1 < folded.length && isAlphanumeric(folded.charCodeAt(at + 1)))) continue;
    const start = signPlaces[(count - 6) & 7] ?? at;
    if (start > 0 && isAlphanumeric(folded.charCodeAt(start - 1))) continue;
    let signs = "";
    for (let index = count - 6; index < count; index++) signs += folded.charAt(signPlaces[index & 7] ?? 0);
    const found = watch.signs.get(signs);
    if (found !== undefined) seen.push({ kind: found.kind, start, end: at + 1, canonical: found.canonical, initial: "" });
  }
}
