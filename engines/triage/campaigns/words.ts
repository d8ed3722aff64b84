/**
 * A text as numbers, one for each word, made so that what people change when they paste (capitals, accents, punctuation, emoji, figures, names behind an @) changes nothing.
 * Used in this room only.
 */

import { lookalikes } from "#engines/triage/lookalikes.ts";

/** In the table: ends a word. */
const BREAK = 0;
/** In the table: as if it were not there (accents on their own, soft hyphens, zero-width marks, apostrophes). */
const NOTHING = 0xffff;
/** Every row of figures is this one letter: a changed date, amount or telephone number is a small change. */
const FIGURE = 0x30;

const isLetter = /^\p{L}/u;
const isMark = /^[\p{M}\p{Cf}'\u2018\u2019\u02bc`\u00b4]/u;

/** What a character is read as: the lower-case base letter, a figure, a break or nothing. */
function fold(character: string): number {
  if (isMark.test(character)) return NOTHING;
  const base = character.normalize("NFKD").toLowerCase();
  if (isMark.test(base)) return NOTHING;
  if (/^\p{Nd}/u.test(base)) return FIGURE;
  return isLetter.test(base) ? base.charCodeAt(0) : BREAK;
}

/** [Note: Fold table] By UTF-16 unit; the ranges without capitals, accents or compatibility forms stand for themselves, so that loading the engine stays quick. */
const table: Uint16Array = (() => {
  const units = new Uint16Array(0x10000);
  for (let unit = 0; unit < 0x2500; unit++) units[unit] = fold(String.fromCharCode(unit));
  for (let unit = 0x3040; unit < 0xd800; unit++) units[unit] = unit;
  for (let unit = 0xfe00; unit < 0xfff0; unit++) units[unit] = fold(String.fromCharCode(unit));
  for (const [other, latin] of lookalikes) units[other.charCodeAt(0)] = latin.charCodeAt(0);
  return units;
})();
/** The mathematical letters U+1D400 to U+1D7FF (bold, script and the like), as used to look different from plain ones. */
const mathematical: Uint16Array = Uint16Array.from({ length: 0x400 }, (_, at) => fold(String.fromCodePoint(0x1d400 + at)));

const SEED = 0x811c9dc5;
const PRIME = 0x01000193;

/** Spreads the bits of a 32-bit number (the finaliser of MurmurHash3). */
export function mix(value: number): number {
  let x = value;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
}

/** FNV-1a over UTF-16 units, spread. `seed` gives another, independent number for the same text. */
export function hashText(text: string, seed: number = SEED): number {
  let hash = seed;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), PRIME);
  return mix(hash);
}

/** `www`, folded and hashed as the loop below does. */
const WWW = [0x77, 0x77, 0x77].reduce((hash, unit) => Math.imul(hash ^ unit, PRIME), SEED);

/** Words of one text, reused for the next: read `words[0]` to `words[length - 1]` before calling {@link Words.read} again. */
export class Words {
  words: Uint32Array = new Uint32Array(512);
  length = 0;

  /** Where a link or an account name that begins before `from` ends: at the next white space. */
  static #pastLink(text: string, from: number): number {
    let at = from;
    while (at < text.length && text.charCodeAt(at) > 0x20 && text.charCodeAt(at) !== 0xa0) at++;
    return at;
  }

  static #pastName(text: string, from: number): number {
    let at = from;
    for (; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      // Letters, figures, underscore, and a dot or hyphen with more behind it.
      if (unit === 0x5f || (table[unit] ?? BREAK) !== BREAK) continue;
      const next = table[text.charCodeAt(at + 1)] ?? BREAK;
      if ((unit !== 0x2e && unit !== 0x2d) || next === BREAK) break;
    }
    return at;
  }

  #push(hash: number): void {
    if (this.length === this.words.length) {
      const more = new Uint32Array(this.words.length * 2);
      more.set(this.words);
      this.words = more;
    }
    this.words[this.length++] = mix(hash);
  }

  /** Reads a text: links and names behind an @ are left out, a row of figures is one letter. Linear in the length of the text. */
  read(text: string): void {
    this.length = 0;
    let hash = SEED;
    let units = 0;
    let figure = false;
    for (let at = 0; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      let letter = table[unit] ?? BREAK;
      if (unit >= 0xd800 && unit < 0xdc00 && unit === 0xd835) {
        const low = text.charCodeAt(at + 1);
        if (low >= 0xdc00 && low < 0xe000) {
          letter = mathematical[low - 0xdc00] ?? BREAK;
          at++;
        }
      }
      if (letter === NOTHING) continue;
      if (letter !== BREAK) {
        if (letter === FIGURE && figure) continue;
        figure = letter === FIGURE;
        hash = Math.imul(hash ^ letter, PRIME);
        units++;
        continue;
      }
      figure = false;
      const scheme = unit === 0x3a && text.charCodeAt(at + 1) === 0x2f && text.charCodeAt(at + 2) === 0x2f;
      if (scheme || (unit === 0x2e && units === 3 && hash === WWW)) at = Words.#pastLink(text, at);
      else if (units > 0) this.#push(hash);
      if (unit === 0x40 && units === 0) at = Words.#pastName(text, at + 1) - 1;
      hash = SEED;
      units = 0;
    }
    if (units > 0) this.#push(hash);
  }
}
