/** Telephone numbers, citizen service numbers and bank accounts: what is made of digits. Accounts and service numbers must pass their own test of digits; of telephone numbers the area code and length are checked. Used by index.ts only. */
import { BSN_CUE, LABEL, PHONE_CUE, SPELLED } from "./lexicon.ts";
import { foldCode, isAlphanumeric, MARK, NUMBER, WORD, type Reading } from "./reading.ts";

/** Area codes of the Dutch numbering plan, without the leading zero. */
const AREA_CODES = new Set(
  (
    "10 13 15 20 23 24 26 30 33 35 36 38 40 43 45 46 50 53 55 58 70 71 72 73 74 75 76 77 78 79 " +
    "111 113 114 115 117 118 161 162 164 165 166 167 168 172 174 180 181 182 183 184 186 187 " +
    "222 223 224 226 227 228 229 251 252 255 294 297 299 " +
    "313 314 315 316 317 318 320 321 341 342 343 344 345 346 347 348 " +
    "411 412 413 416 418 475 478 481 485 486 487 488 492 493 495 497 499 " +
    "511 512 513 514 515 516 517 518 519 521 522 523 524 525 527 528 529 541 543 544 545 546 547 548 561 562 566 570 571 572 573 575 577 578 " +
    "591 592 593 594 595 596 597 598 599"
  ).split(" "),
);

/** Numbers of nobody's home: internet telephony and companies. Public lines (0800, 0900, 14 0xx, 112) are left out on purpose. */
const OTHER_CODES = new Set(["84", "85", "87", "88", "91"]);

/** Whether nine digits (without the leading zero) can be a Dutch subscriber's number. */
function isDutchNumber(national: string): boolean {
  if (national.length !== 9) return false;
  if (national.startsWith("6")) return true;
  const two = national.slice(0, 2);
  return AREA_CODES.has(two) || AREA_CODES.has(national.slice(0, 3)) || OTHER_CODES.has(two);
}

/** The most digits that any number here needs, and the most tokens they may be spread over. */
const LONGEST = 16;

/** A run of digits with what parts them; `ends[i]` is the token of digit i, `closes[i]` whether that token is used up by it. */
export interface DigitRun {
  digits: string;
  tokens: number[];
  closes: boolean[];
}

function isSeparator(code: number): boolean {
  return (
    code === 0x2e ||
    code === 0x2d ||
    code === 0x2f ||
    code === 0x28 ||
    code === 0x29 ||
    code === 0x5f ||
    code === 0x2022 ||
    code === 0xb7 ||
    code === 0x7e ||
    code === 0x2a ||
    code === 0x5c
  );
}

/** "O", "oo", "l", "I" written for 0 and 1, when a digit stands right beside them. */
function letterDigits(reading: Reading, token: number): string {
  const size = reading.size(token);
  if (size > 3) return "";
  const before = reading.kindOf(token - 1) === NUMBER && reading.gap(token - 1) <= 1;
  const after = reading.kindOf(token + 1) === NUMBER && reading.gap(token) <= 1;
  const spaced = size === 1 && reading.kindOf(token + 1) === MARK && reading.kindOf(token + 2) === NUMBER;
  if (!before && !after && !spaced) return "";
  let digits = "";
  for (const letter of reading.word(token)) {
    if (letter === "o") digits += "0";
    else if (letter === "l" || letter === "i") digits += "1";
    else return "";
  }
  return digits;
}

/** Collects the digits that begin at a token, over blanks, dots, dashes, brackets, number words and letters that stand for digits. */
export function digitRun(reading: Reading, first: number): DigitRun {
  const run: DigitRun = { digits: "", tokens: [], closes: [] };
  let marks = 0;
  let spelled = 0;
  for (let token = first; token < reading.count && run.digits.length < LONGEST && token < first + 48; token++) {
    if (token > first && reading.gap(token - 1) > 3) break;
    const kind = reading.kind[token];
    if (kind === MARK) {
      const code = reading.flags[token] ?? 0;
      if (!(isSeparator(code) || (code === 0x2c && spelled > 0)) || ++marks > 3) break;
      continue;
    }
    if (reading.isTaken(token) || reading.size(token) > 24) break;
    let digits = kind === NUMBER ? reading.word(token) : "";
    if (kind === WORD) {
      if (reading.means(token, SPELLED)) {
        digits = reading.digits(token);
        spelled++;
      } else digits = letterDigits(reading, token);
      if (digits === "") break;
    }
    marks = 0;
    for (let at = 0; at < digits.length; at++) {
      run.tokens.push(token);
      run.closes.push(at === digits.length - 1);
    }
    run.digits += digits;
  }
  return run;
}

/** Whether a run begins like a date ("05-04-2018 10:30"), which has as many digits as a telephone number. */
function beginsWithDate(reading: Reading, first: number): boolean {
  if (reading.size(first) !== 2 || reading.kindOf(first + 1) !== MARK || reading.kindOf(first + 2) !== NUMBER || reading.kindOf(first + 4) !== NUMBER)
    return false;
  if (reading.size(first + 2) > 2 || reading.size(first + 4) !== 4) return false;
  const day = Number(reading.word(first));
  const month = Number(reading.word(first + 2));
  const year = Number(reading.word(first + 4));
  return day >= 1 && day <= 31 && month >= 1 && month <= 12 && year >= 1900 && year < 2100;
}

/** Whether the token stands inside a longer code: "2021-0612345678", "NL0612…". */
function continuesCode(reading: Reading, first: number): boolean {
  if (reading.gap(first - 1) !== 0) return false;
  if (reading.kindOf(first - 1) !== MARK) return true;
  const code = reading.flags[first - 1];
  return (
    (code === 0x2d || code === 0x2e || code === 0x2f || code === 0x5f || code === 0x2c) && reading.kindOf(first - 2) !== MARK && reading.gap(first - 2) === 0
  );
}

/** Whether letters or digits go on right after a token. */
function runsOn(reading: Reading, last: number): boolean {
  return reading.glued(last) && reading.kindOf(last + 1) !== MARK;
}

/** Finds telephone numbers: national, +31, 0031, in brackets, spaced, dotted, spelled out, with O for 0. */
export function findPhones(reading: Reading): void {
  if (reading.numbers.length === 0 && reading.spelled < 6) return;
  for (let token = 0; token < reading.count; token++) {
    if (reading.isTaken(token)) continue;
    const end = phoneAt(reading, token);
    if (end >= 0) token = end;
  }
}

function phoneAt(reading: Reading, token: number): number {
  const kind = reading.kind[token];
  let first = token;
  let international = false;
  if (kind === MARK) {
    const code = reading.flags[token];
    if (code === 0x2b) international = true;
    else if (code !== 0x28) return -1;
    first = token + 1;
    if (code === 0x28 && reading.isMark(first, 0x2b)) {
      international = true;
      first++;
    }
    if (reading.gap(first - 1) > 1) return -1;
  } else if (kind === WORD) {
    if (reading.size(token) > 4) return -1;
    const letter = foldCode(reading.text.charCodeAt(reading.from(token)));
    if (letter !== 0x6f && letter !== 0x6e && letter !== 0x7a && letter !== 0x70) return -1;
    const word = reading.word(token);
    if (word === "plus") {
      international = true;
      first = token + 1;
    } else if (word !== "o" && word !== "nul" && word !== "zero" && word !== "oo") return -1;
  }
  const lead = reading.kindOf(first);
  if (lead === NUMBER) {
    const code = foldCode(reading.text.charCodeAt(reading.from(first)));
    if (!international && code !== 0x30 && !(code === 0x33 && reading.size(first) === 11)) return -1;
  } else if (lead !== WORD) return -1;
  if (first === token && continuesCode(reading, first)) return -1;
  const run = digitRun(reading, first);
  const { digits } = run;
  let needed: number;
  let canonical: string;
  let national = digits;
  let used = 0;
  if (!international && digits.startsWith("00")) {
    international = true;
    used = 2;
  } else if (!international && digits.startsWith("31") && reading.size(first) === 11) international = true;
  if (international) {
    national = digits.slice(used);
    if (national.startsWith("31")) {
      used += 2;
      if (digits[used] === "0") used++;
      national = digits.slice(used, used + 9);
      needed = used + 9;
      if (!isDutchNumber(national)) return -1;
      canonical = `+31${national}`;
    } else {
      if (used === 0 && token === first) return -1;
      if (national.startsWith("0") || national.length < 9) return -1;
      needed = Math.min(digits.length, used + 15);
      while (needed > used + 9 && run.closes[needed - 1] !== true) needed--;
      canonical = `+${digits.slice(used, needed)}`;
    }
  } else {
    if (digits[0] !== "0" || digits.length < 10) return -1;
    needed = 10;
    national = digits.slice(1, 10);
    if (!isDutchNumber(national)) return -1;
    canonical = `+31${national}`;
  }
  if (digits.length < needed || run.closes[needed - 1] !== true) return -1;
  const last = run.tokens[needed - 1] ?? first;
  if (runsOn(reading, last)) return -1;
  // A further digit joined by a mark makes it some other, longer code.
  if (
    reading.kindOf(last + 1) === MARK &&
    reading.glued(last) &&
    reading.glued(last + 1) &&
    reading.kindOf(last + 2) === NUMBER &&
    reading.flags[last + 1] === 0x2d
  )
    return -1;
  const cued = reading.within(token - 1, 6, PHONE_CUE);
  if (!cued && beginsWithDate(reading, first)) return -1;
  if (!cued && labelled(reading, token)) return -1;
  reading.keep("phone", reading.isMark(token, 0x28) && !closedWithin(reading, token, last) ? first : token, last, canonical);
  return last;
}

/** Whether a bracket that opens is closed again before `last`: "(040) 281…", not "(040-281…)". */
function closedWithin(reading: Reading, open: number, last: number): boolean {
  for (let token = open; token < last; token++) {
    if (reading.isMark(token, 0x29)) return true;
  }
  return false;
}

/** Whether the number is named as something else right before: "factuur 0612345678". */
function labelled(reading: Reading, token: number): boolean {
  return reading.means(token - 1, LABEL) || (reading.kindOf(token - 1) === MARK && reading.means(token - 2, LABEL));
}

/** The 11-test of a citizen service number (nine digits). */
export function isBsn(digits: string): boolean {
  if (digits.length !== 9 || digits === "000000000") return false;
  let sum = 0;
  for (let at = 0; at < 9; at++) sum += (digits.charCodeAt(at) - 48) * (at === 8 ? -1 : 9 - at);
  return sum % 11 === 0;
}

/**
 * Finds citizen service numbers that pass the 11-test. One number in eleven passes by chance, so it must also be called one nearby (`called`), or, at the
 * end (`not called`), stand beside other personal data.
 */
export function findBsns(reading: Reading, called: boolean): void {
  if (reading.numbers.length === 0 && reading.spelled < 8) return;
  const named = (reading.seen & BSN_CUE) !== 0 || reading.folded.includes("b.s.n");
  if (named !== called || (!called && reading.hits.length === 0)) return;
  const persons = called ? new Set<number>() : stretchesWithPersons(reading);
  for (let token = 0; token < reading.count; token++) {
    if (reading.isTaken(token) || continuesCode(reading, token)) continue;
    if (reading.kind[token] !== NUMBER && !(called && reading.means(token, SPELLED))) continue;
    const run = digitRun(reading, token);
    const { digits } = run;
    let length = 9;
    if (digits.length === 8 && called) length = 8;
    if (digits.length < length || run.closes[length - 1] !== true) continue;
    const last = run.tokens[length - 1] ?? token;
    const number = digits.slice(0, length).padStart(9, "0");
    if (!isBsn(number) || runsOn(reading, last) || labelled(reading, token)) continue;
    if (!called && (digits.length !== 9 || !besidePerson(persons, reading.from(token)))) continue;
    reading.keep("bsn", token, last, number);
    token = last;
  }
}

/** Stretches of this many code units are marked where a name or an address stands. */
const STRETCH = 64;

/** The stretches of the text in which a name or an address begins or ends. */
function stretchesWithPersons(reading: Reading): ReadonlySet<number> {
  const stretches = new Set<number>();
  for (const hit of reading.hits) {
    if (hit.kind === "name" || hit.kind === "address") stretches.add(Math.floor(hit.start / STRETCH)).add(Math.floor(hit.end / STRETCH));
  }
  return stretches;
}

function besidePerson(stretches: ReadonlySet<number>, start: number): boolean {
  const stretch = Math.floor(start / STRETCH);
  return stretches.has(stretch) || stretches.has(stretch - 1) || stretches.has(stretch + 1);
}

/** Length of a bank account by country (ISO 13616 registry), for the countries people here bank in. */
const IBAN_LENGTHS = new Map(
  Object.entries({
    nl: 18,
    be: 16,
    de: 22,
    fr: 27,
    lu: 20,
    gb: 22,
    es: 24,
    it: 27,
    pl: 28,
    pt: 25,
    at: 20,
    ch: 21,
    ie: 22,
    lt: 20,
    lv: 21,
    ee: 20,
    bg: 22,
    ro: 24,
    hu: 28,
    dk: 18,
    se: 24,
    no: 15,
    fi: 18,
    tr: 26,
    gr: 27,
    cz: 24,
    sk: 24,
    hr: 21,
    mt: 31,
    cy: 28,
    si: 19,
  }),
);

/** Remainder by 97 of an account with its first four characters moved to the end (ISO 7064). */
export function isIban(account: string): boolean {
  let rest = 0;
  for (const letter of account.slice(4) + account.slice(0, 4)) {
    const value = Number.parseInt(letter, 36);
    if (Number.isNaN(value)) return false;
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}

function isIbanSeparator(code: number): boolean {
  return code <= 0x20 || code === 0xa0 || code === 0x2d || code === 0x2e || code === 0x2f || code === 0x5f;
}

/** Finds bank accounts that pass the 97-test, also parted by blanks, dots or dashes and with O written for 0. */
export function findIbans(reading: Reading): void {
  if (reading.numbers.length === 0) return;
  for (let token = 0; token < reading.count; token++) {
    if (reading.kind[token] !== WORD || reading.size(token) > 2 || reading.isTaken(token) || !mayOpenAccount(reading, token)) continue;
    if (reading.gap(token - 1) === 0 && reading.kindOf(token - 1) !== MARK) continue;
    const end = ibanFrom(reading, reading.from(token));
    if (end === null) continue;
    reading.keepSpan("iban", reading.from(token), end.end, end.account.toUpperCase());
    token = reading.takeSpan(token, end.end) - 1;
  }
}

/** "NL" before digits, or "N L" spaced: a cheap look before the account is put together. */
function mayOpenAccount(reading: Reading, token: number): boolean {
  const next = token + 1;
  if (reading.size(token) === 1) return reading.kindOf(next) === WORD && reading.size(next) === 1;
  return (
    reading.kindOf(next) === NUMBER ||
    (reading.kindOf(next) === MARK && reading.kindOf(next + 1) === NUMBER) ||
    (reading.kindOf(next) === WORD && reading.size(next) === 1)
  );
}

function ibanFrom(reading: Reading, start: number): { account: string; end: number } | null {
  const { folded } = reading;
  let account = "";
  let length = 0;
  let gap = 0;
  let at = start;
  for (; at < folded.length; at++) {
    const code = folded.charCodeAt(at);
    if (isIbanSeparator(code)) {
      if (++gap > 3) return null;
      continue;
    }
    if (!((code >= 0x30 && code <= 0x39) || (code >= 0x61 && code <= 0x7a))) return null;
    gap = 0;
    account += folded.charAt(at);
    if (account.length === 2) {
      const known = IBAN_LENGTHS.get(account);
      if (known === undefined) return null;
      length = known;
    } else if (account.length === 3 || account.length === 4) {
      if (!isDigitLike(code)) return null;
    } else if (account.length === length) {
      at++;
      break;
    }
  }
  if (account.length < 15 || account.length !== length) return null;
  if (at < folded.length && isAlphanumeric(folded.charCodeAt(at))) return null;
  if (isIban(account)) return { account, end: at };
  const mended =
    account.slice(0, 2) +
    asDigits(account.slice(2, 4)) +
    (account.startsWith("nl") ? account.slice(4, 8).replaceAll("0", "o") + asDigits(account.slice(8)) : account.slice(4));
  return isIban(mended) ? { account: mended, end: at } : null;
}

function isDigitLike(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || code === 0x6f || code === 0x6c || code === 0x69;
}

function asDigits(letters: string): string {
  return letters.replaceAll("o", "0").replace(/[li]/gu, "1");
}
