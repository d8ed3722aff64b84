/** A text as the letters it stands for, and a search for many such words at once; used by watch.ts and watching.ts only. */
import { foldCode, isAlphanumeric, type PersonalKind } from "./reading.ts";

/** One word or row of words of the protected data, as it is looked for. */
export interface Term {
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

const LEET = new Map<number, number>();
for (const [from, to] of ["0o", "1i", "2z", "3e", "4a", "5s", "6g", "7t", "8b", "9g", "@a", "$s", "!i", "|i", "€e", "li", "yi", "ck", "qk"].map(
  (pair) => [...pair] as [string, string],
)) {
  LEET.set(from.charCodeAt(0), to.charCodeAt(0));
}

/** Of a letter of another script: nothing matches across it. */
const FOREIGN = 255;

const letters = new Uint8Array(0x1_0000);
for (let code = 0; code < 0x1_0000; code++) {
  const folded = foldCode(code);
  const known = LEET.get(folded);
  if (known !== undefined) letters[code] = known;
  else if (folded >= 0x61 && folded <= 0x7a) letters[code] = folded;
  else if (isAlphanumeric(code) && folded > 0x7f && folded < 0x2000 && !(folded >= 0x300 && folded <= 0x36f)) letters[code] = FOREIGN;
}

/** The letter that a code unit stands for, or 0 where it is a separator, or -1 where it is a letter of another script. */
export function letterOf(code: number): number {
  const letter = letters[code] ?? 0;
  return letter === FOREIGN ? -1 : letter;
}

/** A text as the letters it stands for: leet undone, "ij" and "y" alike, separators dropped. With `squeeze`, a letter written twice in a row counts once. */
export function skeletonOf(text: string, squeeze: boolean): string {
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
export function plain(text: string): string {
  let folded = "";
  for (let at = 0; at < text.length; at++) folded += String.fromCharCode(foldCode(text.charCodeAt(at)));
  return folded.replace(/\s+/gu, " ").trim();
}
