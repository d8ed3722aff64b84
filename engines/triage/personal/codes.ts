/** Licence plates by sidecode, postcodes and coordinates; used by index.ts only. */
import { COUNTED, LABEL, LIVES, PLATE_CUE, PREPOSITION, UNIT, WHEREABOUTS } from "./lexicon.ts";
import { MARK, NUMBER, UPPER, WORD, type Reading } from "./reading.ts";

/** The fourteen Dutch sidecodes: letters and digits in order, and after how many of them the two dashes stand. */
const SIDECODES: ReadonlyMap<number, readonly [number, number]> = new Map(
  (
    [
      ["LLDDDD", [2, 4]],
      ["DDDDLL", [2, 4]],
      ["DDLLDD", [2, 4]],
      ["LLDDLL", [2, 4]],
      ["LLLLDD", [2, 4]],
      ["DDLLLL", [2, 4]],
      ["DDLLLD", [2, 5]],
      ["DLLLDD", [1, 4]],
      ["LLDDDL", [2, 5]],
      ["LDDDLL", [1, 4]],
      ["LLLDDL", [3, 5]],
      ["LDDLLL", [1, 3]],
      ["DLLDDD", [1, 3]],
      ["DDDLLD", [3, 5]],
    ] as const
  ).map(([shape, splits]) => [shapeBits(shape), splits]),
);

/** A row of letters (0) and digits (1) behind a leading 1. */
function shapeBits(shape: string): number {
  let bits = 1;
  for (const sign of shape) bits = (bits << 1) | (sign === "D" ? 1 : 0);
  return bits;
}

const POSTCODE_SHAPE = shapeBits("DDDDLL");

interface Plate {
  readonly last: number;
  readonly canonical: string;
  /** Whether the three groups are parted, and whether by dashes. */
  readonly parted: boolean;
  readonly dashed: boolean;
  readonly vowels: boolean;
  /** Four digits and two letters: unparted, a postcode looks the same. */
  readonly postcode: boolean;
}

/** Finds licence plates of every sidecode. Without a word like "kenteken" nearby only the official spelling with two dashes counts. */
export function findPlates(reading: Reading): void {
  let next = 0;
  for (const number of reading.numbers) {
    for (let token = Math.max(next, number - 4); token <= number; token++) {
      next = token + 1;
      if (reading.taken[token] === 1 || reading.kind[token] === MARK || reading.size(token) > 4) continue;
      const plate = plateAt(reading, token);
      if (plate === null || !plausible(reading, token, plate)) continue;
      reading.keep("plate", token, plate.last, plate.canonical);
      next = plate.last + 1;
      break;
    }
  }
}

function plausible(reading: Reading, first: number, plate: Plate): boolean {
  const cued = reading.within(first - 1, 7, PLATE_CUE) || reading.within(plate.last + 4, 4, PLATE_CUE);
  if (reading.means(first - 1, LABEL)) return false;
  // "auto 2019 AB": four digits and two letters in one piece are a plate only right after the word.
  if (cued) return plate.parted || !plate.postcode || reading.within(first - 1, 2, PLATE_CUE);
  return plate.dashed && !plate.vowels;
}

function plateAt(reading: Reading, first: number): Plate | null {
  if (reading.gap(first - 1) === 0) {
    if (reading.kindOf(first - 1) !== MARK) return null;
    const code = reading.flags[first - 1];
    if (code === 0x2d || code === 0x2f || code === 0x5f || code === 0x2c) return null;
  }
  // Letters and digits as bits, the first on top; how many of both; after how many a break stands, as bits.
  let shape = 1;
  let length = 0;
  let breaks = 0;
  let parting = -1;
  let last = first;
  for (let token = first; length < 6; token++) {
    if (token >= reading.count || token >= first + 9 || reading.taken[token] === 1) return null;
    if (reading.kind[token] === MARK) {
      const code = reading.flags[token];
      if ((code !== 0x2d && code !== 0x2e && code !== 0x2f && code !== 0x5f) || token === first || reading.gap(token - 1) > 1 || reading.gap(token) > 1)
        return null;
      if (reading.kindOf(token + 1) === MARK) return null;
      continue;
    }
    if (token > first) {
      const marked = reading.kind[token - 1] === MARK;
      const gap = reading.gap(token - 1);
      if (gap > 1 && !marked) return null;
      if (marked || gap > 0) {
        breaks |= 1 << length;
        const code = marked ? (reading.flags[token - 1] ?? 0) : 0x20;
        if (parting >= 0 && parting !== code) return null;
        parting = code;
      }
    }
    const size = reading.size(token);
    length += size;
    if (length > 6) return null;
    shape = (shape << size) | (reading.kind[token] === NUMBER ? (1 << size) - 1 : 0);
    last = token;
  }
  const splits = SIDECODES.get(shape);
  if (splits === undefined) return null;
  if (reading.glued(last) && (reading.kindOf(last + 1) !== MARK || (reading.flags[last + 1] === 0x2d && reading.glued(last + 1)))) return null;
  const [a, b] = splits;
  if (breaks !== 0 && breaks !== ((1 << a) | (1 << b))) return null;
  const upper = reading.folded
    .slice(reading.from(first), reading.to(last))
    .replace(/[^a-z0-9]/gu, "")
    .toUpperCase();
  if (upper.length !== 6) return null;
  return {
    last,
    canonical: `${upper.slice(0, a)}-${upper.slice(a, b)}-${upper.slice(b)}`,
    dashed: parting === 0x2d,
    parted: parting >= 0,
    vowels: /[AEIOUQY]/u.test(upper),
    postcode: shape === POSTCODE_SHAPE,
  };
}

/** Letter pairs that follow a number as a unit or an ordinary word, and so are no postcode without an address beside it. */
const NOT_LETTERS = new Set(
  "km kg mb gb tb kb cm mm ml dl mg ha eu us uk ad am pm px vc nc en of in is te op om al de na nu zo we ze me er ik je he ie pk cc db hz ms ps fm kw vs ja is ga".split(
    " ",
  ),
);
/** Never given out. */
const FORBIDDEN_LETTERS = new Set(["sa", "sd", "ss"]);

/** Finds postcodes. A bare one must be written as a postcode; beside an address, a place or the word itself any spelling will do. */
export function findPostcodes(reading: Reading): void {
  for (const token of reading.numbers) {
    if (reading.isTaken(token) || reading.size(token) !== 4 || reading.text.charCodeAt(reading.from(token)) === 0x30) continue;
    if (reading.gap(token - 1) === 0 && (reading.kindOf(token - 1) !== MARK || (reading.isMark(token - 1, 0x2d) && reading.gap(token - 2) === 0))) continue;
    let letters = token + 1;
    let parted = reading.gap(token);
    if (
      (reading.isMark(letters, 0x2d) || (reading.isMark(letters, 0x2e) && parted === 0 && reading.glued(letters) && addressBefore(reading, token))) &&
      parted <= 1
    ) {
      letters++;
      parted += 1 + reading.gap(letters - 1);
    }
    if (parted > 3 || reading.kindOf(letters) !== WORD || reading.size(letters) !== 2 || reading.isTaken(letters)) continue;
    if (reading.glued(letters) && (reading.kindOf(letters + 1) !== MARK || reading.isMark(letters + 1, 0x2d))) continue;
    const pair = reading.word(letters);
    if (FORBIDDEN_LETTERS.has(pair) || !/^[a-z]{2}$/u.test(pair)) continue;
    const number = Number(reading.word(token));
    if (!plausiblePostcode(reading, token, letters, number, pair, parted)) continue;
    reading.keep("postcode", token, letters, `${number} ${pair.toUpperCase()}`);
  }
}

function plausiblePostcode(reading: Reading, token: number, letters: number, number: number, pair: string, parted: number): boolean {
  const before = token - (reading.kindOf(token - 1) === MARK ? 2 : 1);
  if ((reading.means(before, LABEL | COUNTED) && !reading.means(before, PREPOSITION)) || beforeWord(reading, before) === "raadsvergadering") return false;
  if (beforeWord(reading, before) === "postcode" || beforeWord(reading, before) === "pc") return true;
  // A house number or its addition right before: "… 12a, 1234 AB".
  if (addressBefore(reading, token)) return true;
  const after = reading.isMark(letters + 1, 0x2c) ? letters + 2 : letters + 1;
  const place = reading.isCapital(after) ? reading.placeAt(after) : -1;
  if (place >= 0) return true;
  if (NOT_LETTERS.has(pair) || reading.means(letters, UNIT)) return false;
  const year = number >= 1900 && number < 2100;
  if (year && parted > 0) return reading.within(token - 1, 6, LIVES);
  if (reading.shape[letters] !== UPPER) return parted === 0 && !year && (reading.within(token - 1, 8, LIVES) || parted === 0);
  return true;
}

function beforeWord(reading: Reading, token: number): string {
  return reading.kindOf(token) === WORD ? reading.word(token) : "";
}

/** Whether a number of one to four digits (with an addition perhaps) stands within a few tokens before, after a word. */
function addressBefore(reading: Reading, token: number): boolean {
  for (let back = token - 1; back >= 0 && back >= token - 4; back--) {
    if (reading.kind[back] === WORD && reading.size(back) > 3) return false;
    if (reading.kind[back] !== NUMBER) continue;
    const word = reading.kindOf(back - 1) === WORD ? back - 1 : back - 2;
    if (reading.size(back) <= 4 && reading.kindOf(word) === WORD && reading.size(word) > 1)
      return !reading.means(word, LABEL | COUNTED | PREPOSITION) || beforeWord(reading, word) === "nr" || beforeWord(reading, word) === "nummer";
  }
  return false;
}

/**
 * Finds coordinates in or near the Netherlands. Four decimals name a block of houses; only five or more, or words that say that somebody is there, make
 * them somebody's whereabouts.
 */
export function findCoordinates(reading: Reading): void {
  const { numbers } = reading;
  for (let index = 0; index + 3 < numbers.length; index++) {
    const token = numbers[index] ?? 0;
    if (reading.isTaken(token) || reading.size(token) !== 2) continue;
    const latitude = decimalAt(reading, token);
    if (latitude === null || latitude.value < 50.5 || latitude.value > 53.8) continue;
    let next = latitude.last + 1;
    while (next < latitude.last + 4 && reading.kindOf(next) !== NUMBER) next++;
    const longitude = decimalAt(reading, next);
    if (longitude === null || longitude.value < 3 || longitude.value > 7.5) continue;
    const precise = latitude.decimals >= 5 && longitude.decimals >= 5;
    if (!precise && !reading.within(token - 1, 10, LIVES | WHEREABOUTS)) continue;
    reading.keep("location", token, longitude.last, `${latitude.value.toFixed(latitude.decimals)},${longitude.value.toFixed(longitude.decimals)}`);
  }
}

function decimalAt(reading: Reading, token: number): { value: number; decimals: number; last: number } | null {
  if (reading.kindOf(token) !== NUMBER || reading.size(token) > 2 || !reading.isMark(token + 1, 0x2e) || reading.kindOf(token + 2) !== NUMBER) return null;
  if (!reading.glued(token) || !reading.glued(token + 1)) return null;
  const decimals = reading.size(token + 2);
  if (decimals < 3 || decimals > 15) return null;
  return { value: Number(`${reading.word(token)}.${reading.word(token + 2)}`), decimals, last: token + 2 };
}
