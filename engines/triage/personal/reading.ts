/** A message cut into words, numbers and marks in one pass, with what the lists say of each word; made once per message, read by every finder of this room. */
import { lookalikes } from "#engines/triage/lookalikes.ts";
import {
  AT_SIGN,
  digitsOfWord,
  HASH_PRIME,
  HASH_SEED,
  isPlace,
  longestPlaceFrom,
  meaningByHash,
  ORDINARY,
  PLACE_START,
  SECOND_PRIME,
  SPELLED,
} from "./lexicon.ts";

export type PersonalKind = "address" | "postcode" | "phone" | "email" | "iban" | "bsn" | "plate" | "name" | "url" | "location";

/** One piece of personal data in a message. */
export interface PersonalHit {
  readonly kind: PersonalKind;
  /** First UTF-16 code unit of the piece in the text as given. */
  readonly start: number;
  /** One past the last code unit. */
  readonly end: number;
  /** The piece as it was written. */
  readonly text: string;
  /** The same in one spelling per kind, so that two spellings of one number compare equal (see the README). */
  readonly canonical: string;
  /** Set when the piece is the person's own protected data (see {@link Watch}). */
  readonly watched?: true;
}

export const WORD = 1;
export const NUMBER = 2;
export const MARK = 3;

export const LOWER = 0;
export const CAPITAL = 1;
export const UPPER = 2;

const SPACE_CLASS = 0;
const LOWER_CLASS = 1;
const UPPER_CLASS = 2;
const DIGIT_CLASS = 3;
const MARK_CLASS = 4;
/** Combining marks and zero-width characters: part of whatever they stand in. */
const HIDDEN_CLASS = 5;

const classes = new Uint8Array(0x1_0000);
const folds = new Uint16Array(0x1_0000);

function prepare(): void {
  for (let code = 0; code < 0x1_0000; code++) {
    folds[code] = code;
    classes[code] = code < 0xc0 ? MARK_CLASS : LOWER_CLASS;
  }
  for (let code = 0; code <= 0x20; code++) classes[code] = SPACE_CLASS;
  for (const [from, to] of [
    [0x2000, 0x2bff],
    [0x3000, 0x303f],
    [0xd800, 0xdfff],
    [0xe000, 0xf8ff],
    [0xfe00, 0xfe6f],
    [0xff00, 0xffef],
  ] as const) {
    for (let code = from; code <= to; code++) classes[code] = MARK_CLASS;
  }
  for (let code = 0x2000; code <= 0x200a; code++) classes[code] = SPACE_CLASS;
  for (const code of [0xa0, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000]) {
    classes[code] = SPACE_CLASS;
    folds[code] = 0x20;
  }
  for (const code of [0xd7, 0xf7]) classes[code] = MARK_CLASS;
  for (let code = 0x300; code <= 0x36f; code++) classes[code] = HIDDEN_CLASS;
  for (const code of [0xad, 0x200b, 0x200c, 0x200d, 0x2060, 0xfeff, 0xfe0f]) classes[code] = HIDDEN_CLASS;
  for (const code of [0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212]) folds[code] = 0x2d;
  for (const code of [0x2018, 0x2019, 0x201b, 0x60, 0xb4]) folds[code] = 0x27;
  for (let code = 0x30; code <= 0x39; code++) classes[code] = DIGIT_CLASS;
  for (let offset = 0; offset < 10; offset++) {
    classes[0xff10 + offset] = DIGIT_CLASS;
    folds[0xff10 + offset] = 0x30 + offset;
  }
  for (let offset = 0; offset < 26; offset++) {
    classes[0x61 + offset] = LOWER_CLASS;
    classes[0x41 + offset] = UPPER_CLASS;
    folds[0x41 + offset] = 0x61 + offset;
    classes[0xff41 + offset] = LOWER_CLASS;
    folds[0xff41 + offset] = 0x61 + offset;
    classes[0xff21 + offset] = UPPER_CLASS;
    folds[0xff21 + offset] = 0x61 + offset;
  }
  const special = new Map([
    ["ß", "s"],
    ["ø", "o"],
    ["đ", "d"],
    ["ł", "l"],
    ["æ", "a"],
    ["œ", "o"],
    ["ð", "d"],
    ["þ", "t"],
  ]);
  for (let code = 0xc0; code < 0x1f00; code++) {
    // Latin, Greek and Cyrillic; the scripts between have no capitals or marks to fold.
    if (classes[code] !== LOWER_CLASS || (code >= 0x530 && code < 0x1e00)) continue;
    const letter = String.fromCharCode(code);
    const lower = letter.toLowerCase();
    if (lower !== letter) classes[code] = UPPER_CLASS;
    const bare = special.get(lower) ?? lower.normalize("NFD");
    folds[code] = bare.charCodeAt(0);
  }
  for (const [other, latin] of lookalikes) folds[other.charCodeAt(0)] = latin.charCodeAt(0);
}

prepare();

/** Whether a code unit is a letter or a digit (or hides inside one). */
export function isAlphanumeric(code: number): boolean {
  const found = classes[code] ?? MARK_CLASS;
  return found !== SPACE_CLASS && found !== MARK_CLASS;
}

/** One code unit in lower case without diacritics. */
export function foldCode(code: number): number {
  return folds[code] ?? code;
}

/** Whether a code unit is a capital letter. */
export function isCapitalCode(code: number): boolean {
  return classes[code] === UPPER_CLASS;
}

function withoutHidden(word: string): string {
  let shown = "";
  for (let at = 0; at < word.length; at++) {
    if (classes[word.charCodeAt(at)] !== HIDDEN_CLASS) shown += word.charAt(at);
  }
  return shown;
}

/** Room for this many tokens is kept between messages; more is made for a long one and given back after it. */
const KEPT = 4096;

/** A message in tokens. One instance is used for all messages, since finding is synchronous; nothing may be kept of it. */
export class Reading {
  /** The text as given. */
  text = "";
  /** The same length, lower case, without diacritics, dashes and quotes in one form. */
  folded = "";
  count = 0;
  start = new Int32Array(KEPT);
  end = new Int32Array(KEPT);
  /** {@link WORD}, {@link NUMBER} or {@link MARK}. */
  kind = new Uint8Array(KEPT);
  /** What the lists say of a word; the folded code of a mark. */
  flags = new Int32Array(KEPT);
  /** {@link LOWER}, {@link CAPITAL} or {@link UPPER} of a word. */
  shape = new Uint8Array(KEPT);
  /** 1 where a finder has already explained the token. */
  taken = new Uint8Array(KEPT);
  /** Indices of the number tokens. */
  numbers: number[] = [];
  /** Indices of the tokens "@". */
  ats: number[] = [];
  /** Indices of words that may stand for "@". */
  atWords: number[] = [];
  /** How many words are numbers. */
  spelled = 0;
  hits: PersonalHit[] = [];
  /** All meanings that some word of the message has. */
  seen = 0;
  /** Dots with a letter or digit right behind: without one there is no link. */
  innerDots = 0;
  /** Nearly everything is in capitals: capitals say nothing then. */
  shouting = false;
  /** Whether hidden characters stand inside words. */
  private hidden = false;

  /** Makes room for so many tokens, keeping those that are there. */
  private resize(size: number): void {
    const kept = Math.min(size, this.start.length);
    const { start, end, kind, flags, shape, taken } = this;
    this.start = new Int32Array(size);
    this.end = new Int32Array(size);
    this.kind = new Uint8Array(size);
    this.flags = new Int32Array(size);
    this.shape = new Uint8Array(size);
    this.taken = new Uint8Array(size);
    this.start.set(start.subarray(0, kept));
    this.end.set(end.subarray(0, kept));
    this.kind.set(kind.subarray(0, kept));
    this.flags.set(flags.subarray(0, kept));
    this.shape.set(shape.subarray(0, kept));
    this.taken.set(taken.subarray(0, kept));
  }

  read(text: string): void {
    const length = text.length;
    if (this.start.length > KEPT && length <= KEPT) this.resize(KEPT);
    this.text = text;
    this.numbers = [];
    this.ats = [];
    this.hits = [];
    this.atWords = [];
    this.spelled = 0;
    this.seen = 0;
    this.innerDots = 0;
    this.hidden = false;
    let count = 0;
    let at = 0;
    let plain = true;
    let words = 0;
    let upperWords = 0;
    while (at < length) {
      const code = text.charCodeAt(at);
      if (code > 126 || code === 96) plain = false;
      const found = classes[code] ?? MARK_CLASS;
      if (found === SPACE_CLASS) {
        at++;
        continue;
      }
      if (count === this.start.length) this.resize(2 * count);
      this.start[count] = at;
      this.taken[count] = 0;
      if (found === LOWER_CLASS || found === UPPER_CLASS) {
        let uppers = found === UPPER_CLASS ? 1 : 0;
        const first = uppers;
        let letters = 1;
        let second = folds[code] ?? 0;
        let hash = Math.imul(HASH_SEED ^ second, HASH_PRIME);
        at++;
        while (at < length) {
          const next = text.charCodeAt(at);
          const kind = classes[next] ?? MARK_CLASS;
          if (kind === LOWER_CLASS || kind === UPPER_CLASS) {
            letters++;
            uppers += kind - LOWER_CLASS;
            const folded = folds[next] ?? 0;
            hash = Math.imul(hash ^ folded, HASH_PRIME);
            second = (Math.imul(second, SECOND_PRIME) + folded) | 0;
          } else if (kind === HIDDEN_CLASS) this.hidden = true;
          else break;
          if (next > 126) plain = false;
          at++;
        }
        this.kind[count] = WORD;
        const meaning = letters > 24 ? 0 : meaningByHash(hash, second);
        this.flags[count] = meaning;
        this.seen |= meaning;
        if ((meaning & (SPELLED | AT_SIGN)) !== 0) {
          if ((meaning & SPELLED) !== 0) this.spelled++;
          if ((meaning & AT_SIGN) !== 0) this.atWords.push(count);
        }
        this.shape[count] = uppers === letters && letters > 1 ? UPPER : first === 1 ? CAPITAL : LOWER;
        if (letters > 1) {
          words++;
          if (uppers === letters) upperWords++;
        }
      } else if (found === DIGIT_CLASS) {
        at++;
        while (at < length) {
          const next = text.charCodeAt(at);
          const kind = classes[next] ?? MARK_CLASS;
          if (kind === HIDDEN_CLASS) this.hidden = true;
          else if (kind !== DIGIT_CLASS) break;
          if (next > 126) plain = false;
          at++;
        }
        this.kind[count] = NUMBER;
        this.flags[count] = 0;
        this.numbers.push(count);
      } else {
        at++;
        this.kind[count] = MARK;
        const mark = folds[code] ?? code;
        this.flags[count] = mark;
        if (mark === 0x2e && at < length && isAlphanumeric(text.charCodeAt(at))) this.innerDots++;
        if (mark === 0x40 || code === 0xfe6b || code === 0xff20) this.ats.push(count);
      }
      this.end[count] = at;
      count++;
    }
    this.count = count;
    this.shouting = words > 2 && upperWords * 10 > words * 7;
    this.folded = plain ? text.toLowerCase() : foldText(text);
  }

  /** A token as it is looked up: folded, hidden characters left out. */
  word(token: number): string {
    const word = this.folded.slice(this.start[token], this.end[token]);
    return this.hidden ? withoutHidden(word) : word;
  }

  /** Whether the token is a word with all of the given meanings. */
  means(token: number, meaning: number): boolean {
    return token >= 0 && token < this.count && this.kind[token] === WORD && ((this.flags[token] ?? 0) & meaning) !== 0;
  }

  isMark(token: number, code: number): boolean {
    return token >= 0 && token < this.count && this.kind[token] === MARK && this.flags[token] === code;
  }

  kindOf(token: number): number {
    return token >= 0 && token < this.count ? (this.kind[token] ?? 0) : 0;
  }

  meaning(token: number): number {
    return this.kindOf(token) === WORD ? (this.flags[token] ?? 0) : 0;
  }

  from(token: number): number {
    return this.start[token] ?? 0;
  }

  to(token: number): number {
    return this.end[token] ?? 0;
  }

  size(token: number): number {
    return this.to(token) - this.from(token);
  }

  isTaken(token: number): boolean {
    return (this.taken[token] ?? 0) === 1;
  }

  /** Written with a capital that says something (in a message that is not all capitals). */
  isCapital(token: number): boolean {
    return this.kindOf(token) === WORD && this.shape[token] !== LOWER && !(this.shouting && this.shape[token] === UPPER);
  }

  /** Code units between a token and the next one; a large number at either end of the text. */
  gap(token: number): number {
    return token < 0 || token + 1 >= this.count ? 1e9 : this.from(token + 1) - this.to(token);
  }

  /** Whether the token and the next one touch. */
  glued(token: number): boolean {
    return this.gap(token) === 0;
  }

  /** The digits of a number token, a spelled number or an "O" among digits; "" for anything else. */
  digits(token: number): string {
    const kind = this.kindOf(token);
    if (kind === NUMBER) return this.word(token);
    return this.means(token, SPELLED) ? digitsOfWord(this.word(token)) : "";
  }

  /** Keeps a hit over the tokens from `first` to `last` (both included). */
  keep(kind: PersonalKind, first: number, last: number, canonical: string): void {
    this.keepSpan(kind, this.from(first), this.to(last), canonical);
    for (let token = first; token <= last; token++) this.taken[token] = 1;
  }

  keepSpan(kind: PersonalKind, start: number, end: number, canonical: string): void {
    this.hits.push({ kind, start, end, text: this.text.slice(start, end), canonical });
  }

  /** Takes all tokens that lie within a span of the text, beginning to look at `token`. Returns the first token after it. */
  takeSpan(token: number, end: number): number {
    let next = token;
    while (next < this.count && this.from(next) < end) {
      this.taken[next] = 1;
      next++;
    }
    return next;
  }

  /** The last token of the longest name of a place that begins here, or -1. */
  placeAt(token: number): number {
    let first = token;
    if (this.isMark(first, 0x27)) first++;
    if (!this.means(first, PLACE_START)) return this.kindOf(first) === NUMBER && this.size(first) === 1 ? this.numberedPlace(first) : -1;
    const longest = longestPlaceFrom(this.word(first));
    let best = -1;
    let words = "";
    let taken = 0;
    for (let last = first; last < this.count && last < first + 16 && taken < longest; last++) {
      if (last > first && this.gap(last - 1) > 2) break;
      if (this.kind[last] === MARK) {
        if (this.flags[last] !== 0x2d && this.flags[last] !== 0x27 && !(this.flags[last] === 0x2e && this.size(last - 1) <= 2)) break;
        continue;
      }
      if (this.isTaken(last)) break;
      words = words === "" ? this.word(last) : `${words} ${this.word(last)}`;
      taken++;
      if (isPlace(words)) best = last;
    }
    return best;
  }

  /** "2e Exloërmond". */
  private numberedPlace(token: number): number {
    if (!this.glued(token) || this.word(token + 1) !== "e") return -1;
    return this.kindOf(token + 2) === WORD && isPlace(`${this.word(token)}e ${this.word(token + 2)}`) ? token + 2 : -1;
  }

  /** Whether one of the `reach` tokens up to and including `token` has one of the meanings. */
  within(token: number, reach: number, meaning: number): boolean {
    for (let back = token; back >= 0 && back > token - reach; back--) {
      if (this.means(back, meaning)) return true;
    }
    return false;
  }

  /** An ordinary word that is nobody's name. */
  isOrdinaryOnly(token: number, names: number): boolean {
    const meaning = this.meaning(token);
    return (meaning & ORDINARY) !== 0 && (meaning & names) === 0;
  }
}

/** Folds a text that is not plain ASCII, code unit by code unit, so that offsets stay the same. */
function foldText(text: string): string {
  const size = 8192;
  let folded = "";
  const codes: number[] = [];
  for (let at = 0; at < text.length; at++) {
    codes.push(folds[text.charCodeAt(at)] ?? 0);
    if (codes.length === size) {
      folded += String.fromCharCode(...codes);
      codes.length = 0;
    }
  }
  return folded + String.fromCharCode(...codes);
}
