/**
 * The person's own protected data: read strictly from JSON, and found again in messages however it is written (leet, spaces, spelled-out digits, missing
 * diacritics). Used by index.ts only. The data stays where the finder runs; nothing of it goes into an error.
 */
import { digitsOfWord, ORDINARY, SPELLED, meaningOf } from "./lexicon.ts";
import { foldCode, isAlphanumeric, isCapitalCode, MARK, NUMBER, WORD, type PersonalHit, type PersonalKind, type Reading } from "./reading.ts";

/** Why protected data was refused. The message names the place in the JSON, never its content. */
export class WatchError extends Error {
  override readonly name = "WatchError";
  readonly code = "watch-malformed";
  /** Where in the JSON: "addresses[0].street". */
  readonly data: Readonly<Record<"path", string>>;

  constructor(path: string, wanted: string) {
    super(`protected data: ${path} must be ${wanted}; mend it and try again`);
    this.data = { path };
  }
}

/** One protected address. */
export interface WatchedAddress {
  readonly street: string;
  /** Digits only, without the addition. */
  readonly houseNumber: string;
  readonly addition?: string;
  readonly postcode?: string;
  readonly place?: string;
}

/** Protected data as a person keeps it: every list may be left out, none may be empty of meaning (see the README for the JSON). */
export interface WatchData {
  /** Full names of the person and the adults of the household. A surname is found by itself, too. */
  readonly names?: readonly string[];
  /** Names of children. A child's first name is found by itself, too. */
  readonly children?: readonly string[];
  readonly addresses?: readonly WatchedAddress[];
  readonly phones?: readonly string[];
  readonly emails?: readonly string[];
  readonly plates?: readonly string[];
  readonly ibans?: readonly string[];
  readonly bsns?: readonly string[];
  /** Schools, clubs, places of work: where somebody can be found. */
  readonly schools?: readonly string[];
  /** Accounts on social media, with or without "@". */
  readonly handles?: readonly string[];
}

interface Term {
  readonly kind: PersonalKind;
  readonly canonical: string;
  /** Length in letters of the skeleton. */
  readonly length: number;
  /** Gaps between words in the term as it was given. */
  readonly gaps: number;
  /** An ordinary word as well ("Bakker"): counts only with a capital. */
  readonly ordinary: boolean;
  /** The house number that belongs to a street. */
  readonly house: string;
  /** Of a surname by itself: the first letter of the first name; "" for every other term. */
  readonly initial: string;
}

/** Protected data made ready to be found; made by {@link parseWatch} only. */
export interface Watch {
  /** Pieces in the canonical spelling of their kind: "phone:+31612345678". */
  readonly canonicals: ReadonlySet<string>;
  readonly letters: Automaton;
  /** Digits of telephone numbers, accounts and service numbers: digits to kind and canonical spelling. */
  readonly digits: ReadonlyMap<string, { readonly kind: PersonalKind; readonly canonical: string }>;
  readonly digitLengths: readonly number[];
  /** Plates and postcodes without blanks and dashes. */
  readonly signs: ReadonlyMap<string, { readonly kind: PersonalKind; readonly canonical: string }>;
}

const LISTS = ["names", "children", "phones", "emails", "plates", "ibans", "bsns", "schools", "handles"] as const;
const MOST_ITEMS = 200;
const LONGEST_ITEM = 200;

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parseText(value: unknown, path: string): string {
  if (typeof value !== "string") throw new WatchError(path, "text");
  const text = value.trim();
  if (text === "" || text.length > LONGEST_ITEM) throw new WatchError(path, `1 to ${LONGEST_ITEM} characters`);
  return text;
}

function parseList(value: unknown, path: string): unknown[] {
  if (!Array.isArray(value)) throw new WatchError(path, "a list");
  if (value.length > MOST_ITEMS) throw new WatchError(path, `at most ${MOST_ITEMS} long`);
  return value;
}

function parseAddress(value: unknown, path: string): WatchedAddress {
  if (!isRecord(value)) throw new WatchError(path, "an object with street and houseNumber");
  for (const key of Object.keys(value)) {
    if (!["street", "houseNumber", "addition", "postcode", "place"].includes(key)) throw new WatchError(`${path}.${key}`, "left out: it is not known here");
  }
  const street = parseText(value["street"], `${path}.street`);
  const houseNumber = parseText(value["houseNumber"], `${path}.houseNumber`);
  if (!/^\d{1,5}$/u.test(houseNumber)) throw new WatchError(`${path}.houseNumber`, "1 to 5 digits, the addition apart");
  const postcode = value["postcode"] === undefined ? undefined : parseText(value["postcode"], `${path}.postcode`);
  if (postcode !== undefined && !/^[1-9]\d{3} ?[A-Za-z]{2}$/u.test(postcode)) throw new WatchError(`${path}.postcode`, "a postcode like 1234 AB");
  return {
    street,
    houseNumber,
    ...(value["addition"] === undefined ? {} : { addition: parseText(value["addition"], `${path}.addition`) }),
    ...(postcode === undefined ? {} : { postcode }),
    ...(value["place"] === undefined ? {} : { place: parseText(value["place"], `${path}.place`) }),
  };
}

/**
 * Reads protected data from parsed JSON, and makes it ready to be found.
 *
 * @throws {@link WatchError} with the place in the JSON where something unknown or malformed stands, or when it holds nothing at all.
 */
export function parseWatch(value: unknown): Watch {
  if (!isRecord(value)) throw new WatchError("the whole", "an object with lists such as names, addresses and phones");
  const builder = new WatchBuilder();
  let items = 0;
  for (const key of Object.keys(value)) {
    if (key === "addresses") {
      parseList(value[key], key).forEach((address, index) => {
        builder.address(parseAddress(address, `${key}[${index}]`));
        items++;
      });
      continue;
    }
    const list = LISTS.find((known) => known === key);
    if (list === undefined) throw new WatchError(key.slice(0, 40), "left out: it is not known here");
    parseList(value[key], key).forEach((item, index) => {
      builder.item(list, parseText(item, `${key}[${index}]`), `${key}[${index}]`);
      items++;
    });
  }
  if (items === 0) throw new WatchError("the whole", "filled with at least one name, address or number");
  return builder.done();
}

const LEET = new Map<number, number>();
for (const [from, to] of ["0o", "1i", "2z", "3e", "4a", "5s", "6g", "7t", "8b", "9g", "@a", "$s", "!i", "|i", "€e", "li", "yi", "ck", "qk"].map(
  (pair) => [...pair] as [string, string],
)) {
  LEET.set(from.charCodeAt(0), to.charCodeAt(0));
}

/** The letter that a code unit stands for, or 0 where it is a separator, or -1 where it is a letter of another script. */
function letterOf(code: number): number {
  const folded = foldCode(code);
  const known = LEET.get(folded);
  if (known !== undefined) return known;
  if (folded >= 0x61 && folded <= 0x7a) return folded;
  return isAlphanumeric(code) && folded > 0x7f && !(folded >= 0x300 && folded <= 0x36f) && folded < 0x2000 ? -1 : 0;
}

/** A text as the letters it stands for: leet undone, "ij" and "y" alike, separators dropped. With `squeeze`, a letter written twice in a row counts once. */
function skeletonOf(text: string, squeeze: boolean): string {
  let skeleton = "";
  let previous = 0;
  for (let at = 0; at < text.length; at++) {
    const letter = letterOf(text.charCodeAt(at));
    if (letter <= 0) {
      previous = 0;
      continue;
    }
    if (letter === 0x6a && skeleton.endsWith("i")) continue;
    if (squeeze && letter === previous) continue;
    skeleton += String.fromCharCode(letter);
    previous = letter;
  }
  return skeleton;
}

const LETTERS = 26;

/** Aho-Corasick over skeleton letters: all terms are looked for in one pass. */
export class Automaton {
  private readonly next: Int32Array;
  private readonly out: (readonly Term[] | undefined)[];
  private readonly fail: Int32Array;
  /** Whether a state or one it falls back to ends a term. */
  private readonly ends: Uint8Array;

  constructor(terms: ReadonlyMap<string, Term[]>) {
    let size = 1;
    for (const word of terms.keys()) size += word.length;
    this.next = new Int32Array(size * LETTERS).fill(-1);
    this.fail = new Int32Array(size);
    this.ends = new Uint8Array(size);
    this.out = Array.from<readonly Term[] | undefined>({ length: size });
    let states = 1;
    for (const [word, found] of terms) {
      let state = 0;
      for (let at = 0; at < word.length; at++) {
        const edge = state * LETTERS + word.charCodeAt(at) - 0x61;
        if (this.next[edge] === -1) this.next[edge] = states++;
        state = this.next[edge] ?? 0;
      }
      this.out[state] = found;
      this.ends[state] = 1;
    }
    const queue: number[] = [];
    for (let letter = 0; letter < LETTERS; letter++) {
      if (this.next[letter] === -1) this.next[letter] = 0;
      else queue.push(this.next[letter] ?? 0);
    }
    for (let head = 0; head < queue.length; head++) {
      const state = queue[head] ?? 0;
      const back = this.fail[state] ?? 0;
      if (this.ends[back] === 1) this.ends[state] = 1;
      for (let letter = 0; letter < LETTERS; letter++) {
        const edge = state * LETTERS + letter;
        const target = this.next[edge] ?? -1;
        const fallback = this.next[back * LETTERS + letter] ?? 0;
        if (target === -1) this.next[edge] = fallback;
        else {
          this.fail[target] = fallback;
          queue.push(target);
        }
      }
    }
  }

  step(state: number, letter: number): number {
    return this.next[state * LETTERS + letter - 0x61] ?? 0;
  }

  /** Calls `found` with every term that ends in this state, the longest first. */
  each(state: number, found: (term: Term) => void): void {
    let at = state;
    while (at !== 0 && this.ends[at] === 1) {
      for (const term of this.out[at] ?? []) found(term);
      at = this.fail[at] ?? 0;
    }
  }

  ending(state: number): boolean {
    return this.ends[state] === 1;
  }
}

/** A plain spelling for comparing: lower case, no diacritics, single blanks. */
function plain(text: string): string {
  let folded = "";
  for (let at = 0; at < text.length; at++) folded += String.fromCharCode(foldCode(text.charCodeAt(at)));
  return folded.replace(/\s+/gu, " ").trim();
}

const PREFIXES = new Set("van de der den ter ten te het 't t vd v d el al la le du von".split(" "));

class WatchBuilder {
  private readonly canonicals = new Set<string>();
  private readonly terms = new Map<string, Term[]>();
  private readonly digits = new Map<string, { kind: PersonalKind; canonical: string }>();
  private readonly signs = new Map<string, { kind: PersonalKind; canonical: string }>();

  done(): Watch {
    const lengths = [...new Set([...this.digits.keys()].map((key) => key.length))].sort((one, other) => other - one);
    return { canonicals: this.canonicals, letters: new Automaton(this.terms), digits: this.digits, digitLengths: lengths, signs: this.signs };
  }

  item(list: (typeof LISTS)[number], text: string, path: string): void {
    switch (list) {
      case "names":
        return this.fullName(text, false);
      case "children":
        return this.fullName(text, true);
      case "phones":
        return this.phone(text, path);
      case "emails":
        return this.email(text, path);
      case "plates":
        return this.plate(text, path);
      case "ibans":
        return this.iban(text, path);
      case "bsns":
        return this.bsn(text, path);
      case "schools":
        return this.term(text, "location", plain(text));
      case "handles":
        return this.term(text.replace(/^@/u, ""), "name", `@${plain(text.replace(/^@/u, ""))}`);
    }
  }

  private term(text: string, kind: PersonalKind, canonical: string, told: { house?: string; ordinary?: boolean; initial?: string } = {}): void {
    const gaps = text.trim().split(/[^\p{L}\p{N}\p{M}]+/u).length - 1;
    const variants = new Set([skeletonOf(text, true), skeletonOf(text, false), skeletonOf(text.replaceAll(/[^\p{L}\p{N}]+/gu, ""), true)]);
    for (const skeleton of variants) {
      if (skeleton.length < 3) continue;
      const term = { kind, canonical, length: skeleton.length, gaps, ordinary: told.ordinary ?? false, house: told.house ?? "", initial: told.initial ?? "" };
      const known = this.terms.get(skeleton);
      if (known === undefined) this.terms.set(skeleton, [term]);
      else known.push(term);
    }
  }

  private fullName(text: string, child: boolean): void {
    const words = text.split(/\s+/u);
    const name = plain(text);
    const first = words[0] ?? "";
    let from = 1;
    while (from < words.length - 1 && !PREFIXES.has(plain(words[from] ?? ""))) from++;
    const surname = words.slice(from);
    const bare = surname.filter((word) => !PREFIXES.has(plain(word)));
    this.canonicals.add(`name:${name}`);
    this.term(text, "name", name, { ordinary: words.length === 1 && (meaningOf(name) & ORDINARY) !== 0 });
    if (surname.length > 0 && words.length > 1) {
      const ordinary = bare.every((word) => (meaningOf(plain(word)) & ORDINARY) !== 0);
      this.term(surname.join(" "), "name", name, { ordinary, initial: name.charAt(0) });
      this.term(`${first} ${bare.join(" ")}`, "name", name);
      this.term(`${surname.join(" ")} ${first}`, "name", name);
      if (bare.join("").length >= 6) this.term(bare.join(" "), "name", name, { ordinary, initial: name.charAt(0) });
    }
    if (child && words.length > 1) this.term(first, "name", name, { ordinary: (meaningOf(plain(first)) & ORDINARY) !== 0 });
  }

  address(address: WatchedAddress): void {
    const street = plain(address.street);
    const canonical = `${street} ${address.houseNumber}${plain(address.addition ?? "")}`;
    this.canonicals.add(`address:${canonical}`);
    const told = { house: address.houseNumber, ordinary: (meaningOf(street) & ORDINARY) !== 0 };
    this.term(address.street, "address", canonical, told);
    if (street.endsWith("straat")) this.term(address.street.slice(0, -3), "address", canonical, told);
    if (address.postcode === undefined) return;
    const postcode = address.postcode.replace(" ", "").toLowerCase();
    this.signs.set(postcode, { kind: "postcode", canonical: `${postcode.slice(0, 4)} ${postcode.slice(4).toUpperCase()}` });
  }

  private phone(text: string, path: string): void {
    const digits = text.replace(/[^\d+]/gu, "");
    const local = digits.replace(/^(?:\+31|0031)0?|^0/u, "");
    if (!/^\+?\d{9,15}$/u.test(digits) || local.length < 8) throw new WatchError(path, "a telephone number of 9 to 15 digits");
    const foreign = /^(?:\+|00)(?!31)/u.test(digits);
    const canonical = foreign ? `+${digits.replace(/^(?:\+|00)/u, "")}` : `+31${local}`;
    this.canonicals.add(`phone:${canonical}`);
    const found = { kind: "phone", canonical } as const;
    const bare = foreign ? canonical.slice(1) : local;
    this.digits.set(bare, found);
    // The number without its "06": people leave that out when they hint.
    if (!foreign && local.length === 9 && local.startsWith("6")) this.digits.set(local.slice(1), found);
  }

  private email(text: string, path: string): void {
    const [local = "", domain = "", ...rest] = plain(text).split("@");
    if (local === "" || rest.length > 0 || !/^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/u.test(domain)) throw new WatchError(path, "an e-mail address");
    const canonical = `${local}@${domain}`;
    this.canonicals.add(`email:${canonical}`);
    for (const at of ["@", " at ", " apenstaart ", " apenstaartje ", " "]) {
      for (const dot of [".", " punt ", " dot "]) {
        const written = domain.replaceAll(".", dot);
        this.term(`${local}${at}${written}`, "email", canonical);
        if (local.includes(".")) this.term(`${local.replaceAll(".", dot)}${at}${written}`, "email", canonical);
      }
    }
    if (local.length >= 6 && /[._0-9-]/u.test(local)) this.term(local, "email", canonical);
  }

  private plate(text: string, path: string): void {
    const signs = plain(text).replace(/[^a-z0-9]/gu, "");
    if (signs.length !== 6) throw new WatchError(path, "a licence plate of six characters");
    const parts = plain(text)
      .toUpperCase()
      .split(/[^A-Z0-9]+/u);
    const groups = parts.length === 3 ? parts : (/^([A-Z]+|\d+)([A-Z]+|\d+)([A-Z]+|\d+)$/u.exec(signs.toUpperCase())?.slice(1) ?? [signs.toUpperCase()]);
    const canonical = groups.join("-");
    this.canonicals.add(`plate:${canonical}`);
    this.signs.set(signs, { kind: "plate", canonical });
  }

  private iban(text: string, path: string): void {
    const account = plain(text)
      .replace(/[^a-z0-9]/gu, "")
      .toUpperCase();
    if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,27}$/u.test(account)) throw new WatchError(path, "a bank account (IBAN)");
    this.canonicals.add(`iban:${account}`);
    const found = { kind: "iban", canonical: account } as const;
    if (account.startsWith("NL")) this.digits.set(account.slice(8), found);
  }

  private bsn(text: string, path: string): void {
    const digits = text.replace(/[^\d]/gu, "").padStart(9, "0");
    if (digits.length !== 9) throw new WatchError(path, "a citizen service number of nine digits");
    this.canonicals.add(`bsn:${digits}`);
    this.digits.set(digits, { kind: "bsn", canonical: digits });
  }
}

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
  if (watch.digits.size > 0) findDigits(reading, watch, seen);
  if (watch.signs.size > 0) findSigns(reading, watch, seen);
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

function findLetters(reading: Reading, watch: Watch, seen: Seen[]): void {
  const { text } = reading;
  const automaton = watch.letters;
  // Where the last letters of the skeleton stand in the text, in a ring.
  const ring = new Int32Array(1024);
  const ends = new Int32Array(1024);
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
      if (automaton.ending(state)) report(reading, automaton, state, count, ring, ends, seen);
      continue;
    }
    previous = letter;
    ring[count & 1023] = at;
    ends[count & 1023] = at + 1;
    count++;
    state = automaton.step(state, letter);
    if (automaton.ending(state)) report(reading, automaton, state, count, ring, ends, seen);
  }
}

function isI(code: number): boolean {
  return letterOf(code) === 0x69;
}

function report(reading: Reading, automaton: Automaton, state: number, count: number, ring: Int32Array, ends: Int32Array, seen: Seen[]): void {
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

function findSigns(reading: Reading, watch: Watch, seen: Seen[]): void {
  const { folded } = reading;
  let signs = "";
  let places: number[] = [];
  let last = -1;
  for (let at = 0; at < folded.length; at++) {
    const code = folded.charCodeAt(at);
    if (!((code >= 0x30 && code <= 0x39) || (code >= 0x61 && code <= 0x7a))) continue;
    if (at - last > WIDEST_GAP) {
      signs = "";
      places = [];
    }
    last = at;
    signs += folded.charAt(at);
    places.push(at);
    if (signs.length > 64) {
      signs = signs.slice(-6);
      places = places.slice(-6);
    }
    if (signs.length < 6 || (at + 1 < folded.length && isAlphanumeric(folded.charCodeAt(at + 1)))) continue;
    const found = watch.signs.get(signs.slice(-6));
    if (found === undefined) continue;
    const start = places[places.length - 6] ?? at;
    if (start > 0 && isAlphanumeric(folded.charCodeAt(start - 1))) continue;
    seen.push({ kind: found.kind, start, end: at + 1, canonical: found.canonical, initial: "" });
  }
}
