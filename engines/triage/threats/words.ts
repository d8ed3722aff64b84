/** Text to words as the threat model reads them: lower case, no diacritics, leetspeak undone, spaced letters joined, emoji as words, offsets kept. Linear in the text. Used by index.ts. */
import { lookalikes } from "#engines/triage/lookalikes.ts";
import { endsSentence, idSeed, type Known, knownIn, knownOf, mix } from "./known.ts";

/** A word as read, and where it stands in the text as given (UTF-16 code units, end exclusive). */
export interface Word {
  /** Normalised: `a`-`z` for words, `0` for numbers, `.`, `?`, `!`, `"`, `>`, `:` and a new line for marks, `~name` for emoji groups. */
  readonly text: string;
  /** What is known of it. */
  readonly known: Known;
  readonly start: number;
  readonly end: number;
}

/** Letters behind digits and signs, as people write them to get past filters. */
const leet: Readonly<Record<string, string>> = {
  "0": "o",
  "1": "i",
  "3": "e",
  "4": "a",
  "5": "s",
  "7": "t",
  "8": "b",
  "9": "g",
  "@": "a",
  $: "s",
  "|": "i",
  "€": "e",
  "£": "l",
  "!": "i",
  "+": "t",
  "(": "c",
};

/** Groups of emoji that mean the same to a reader; what is in none of them is read as `~other`. */
const emojiGroups: readonly (readonly [string, string])[] = [
  ["~weapon", "🔫🔪🗡⚔🪓🏹💣🧨🪚🔨⛏🪃🗡️"],
  ["~fire", "🔥🚒🧯🕯"],
  ["~grave", "⚰🪦💀☠👻🪬⚱"],
  ["~blood", "🩸🤕🏥🚑💉"],
  ["~house", "🏠🏡🏘🚪🪟🛏"],
  ["~watch", "👀👁🔭📸📷🎯🕵🔎🔍"],
  ["~hush", "🤫🤐🙊🌚🌙🌑🕛🕐⏳⌛⏰🕒"],
  ["~family", "👶👧👦🧒👩👨👪🍼🎒"],
  ["~pet", "🐕🐶🐈🐱🐾"],
  ["~car", "🚗🚙🚘🛞🚲"],
  ["~fist", "👊✊🤜🤛💪🖕"],
  ["~angry", "😡🤬😠👿😤"],
  ["~wicked", "😈🤡🙃😏😉😘"],
  ["~laugh", "😂🤣😅😆😄😁"],
  ["~love", "❤🧡💛💚💙💜🤗🥰😍😊🙏👏🙌💐🌸🌷🌹🤝👍💪"],
  ["~party", "🎁🎂🎉🎈🍰🥳🍾🎄🎅☕🍕🍻🎵🎶"],
  ["~food", "🥕🥣🍲🥘🍳🥗🍖🍗🥩🥔🧅🧄🍅🌶🥬🥦🍞🧀🍝🍜🥖🍎🍓🥧🧁🍪"],
  ["~outside", "⭐🌟✨🌠🪐☀🌤🌈🌊🌳🌲🌿🍂🦆🦉🐝🚶🏃"],
  ["~sport", "⚽🏀🏈🏆🎮🎳🏒🎾"],
  ["~dead", "😵🤮🪢🪤"],
];
const groupOf = new Map<string, string>();
for (const [name, members] of emojiGroups) for (const one of members) if (!groupOf.has(one)) groupOf.set(one, name);

const isLetter = (code: number): boolean => code >= 97 && code <= 122;
const isDigit = (code: number): boolean => code >= 48 && code <= 57;

/** One code unit below 0x250 to its base letter in lower case; "" when it is no letter. Filled once: it is asked for every character. */
const plain: string[] = Array.from({ length: 0x250 }, (_, code) => {
  const folded = String.fromCharCode(code).normalize("NFKD").toLowerCase();
  for (const one of folded) if (one >= "a" && one <= "z") return code === 0xdf ? "ss" : folded.replaceAll(/[^a-z]/g, "");
  return "";
});
plain[0xe6] = "ae";
plain[0xc6] = "ae";
plain[0xf8] = "o";
plain[0xd8] = "o";
plain[0xdf] = "ss";

/** Signs that stand for a letter inside a word, also alone between letters: k*nker, d0od. */
const maskSigns = new Set(["*", "#", "%", "_"]);

const placed = (known: Known, start: number, end: number): Word => ({ text: known.text, known, start, end });
const read = (text: string, start: number, end: number): Word => placed(knownOf(text), start, end);

/** All words of a text. */
export const wordsOf = (text: string): Word[] => readWords(text, 0, Infinity).words;

/**
 * Cuts a text into words.
 * @param text as given; any UTF-16, lone surrogates too
 * @param from where to begin; @param most about how many words to read, to the end of a sentence
 * @returns the words, and where the next would begin: the length of the text when all was read
 */
export function readWords(text: string, from: number, most: number): { readonly words: Word[]; readonly next: number } {
  const to = text.length;
  const words: Word[] = [];
  let at = from;
  // A part ends with a sentence; one without end is cut at twice as many words.
  while (at < to && words.length < 2 * most && (words.length < most || !endsSentence(words.at(-1)))) {
    const code = text.charCodeAt(at);
    if (code === 10) {
      // A new line ends a sentence, as a full stop does; a row of them counts once.
      if (words.at(-1)?.text !== "\n") words.push(read("\n", at, at + 1));
      at += 1;
      continue;
    }
    if (code <= 32 || code === 0xa0 || (code >= 0x2000 && code <= 0x200f) || code === 0xfeff || code === 0xad) {
      at += 1;
      continue;
    }
    const start = at;
    if (wordish(code) || (leetStart(text, at, to) && wordish(text.charCodeAt(at + 1)))) {
      // Most words are plain letters: those are known by their hash, without building them letter by letter.
      let [id, last, run, longest] = [idSeed, 0, 1, 1];
      while (at < to && at - start < 64) {
        const letter = text.charCodeAt(at) | 32;
        if (!isLetter(letter) || !isPlain(text.charCodeAt(at))) break;
        id = mix(id, letter);
        run = letter === last ? run + 1 : 1;
        if (run > longest) longest = run;
        last = letter;
        at += 1;
      }
      if (at > start && (at === to || standsApart(text.charCodeAt(at)))) {
        words.push(longest < 3 ? placed(knownIn(text, start, at, id), start, at) : read(squeezed(text.slice(start, at).toLowerCase()), start, at));
        continue;
      }
      at = start;
      let raw = "";
      let letters = 0;
      let digits = 0;
      let foreign = 0;
      while (at < to) {
        const unit = text.charCodeAt(at);
        if (unit === 0xad || (unit >= 0x200b && unit <= 0x200d) || unit === 0x2060 || unit === 0xfeff || unit === 0xfe0f) {
          // Invisible, put in to break a word.
        } else if (unit === 0x2018 || unit === 0x2019) {
          // The apostrophe of a telephone: within a word, as in "zo’n", else a mark.
          if (!isWordAt(text, at + 1, to)) break;
        } else if (unit < 0x250 || unit === 0x20ac) {
          const letter = plain[unit] ?? "";
          if (letter !== "") {
            raw += letter;
            letters += 1;
          } else if (isDigit(unit)) {
            raw += String.fromCharCode(unit);
            digits += 1;
          } else if (inWord(text, at, to) && !splitsAt(text, start, at, to)) raw += String.fromCharCode(unit);
          else break;
        } else if (unit >= 0x300 && unit <= 0x36f) {
          // A combining mark belongs to the letter before it.
        } else {
          const shaped = unit === 0xd835 || (unit >= 0xff21 && unit <= 0xff5a);
          const one = shaped ? String.fromCodePoint(text.codePointAt(at) ?? unit) : String.fromCharCode(unit);
          const letter = one.normalize("NFKD").toLowerCase();
          const other = shaped ? (/^[a-z0-9]$/.test(letter) ? letter : undefined) : lookalikes.get(one);
          if (one.length === 2) at += 1;
          // A letter of another script that looks like none of ours still belongs to the word.
          if (other === undefined && !wordish(unit)) break;
          if (other === undefined) foreign += 1;
          raw += other ?? "x";
          letters += 1;
        }
        at += 1;
        // A word without end is cut: nobody reads it, and it may not cost more than its length.
        if (at - start >= 64) break;
      }
      if (at === start) at += 1;
      // A word in another script is not read: guessing at it would be worse than saying nothing.
      else if (foreign * 3 < letters || foreign === 0) words.push(read(spelled(raw, letters, digits), start, at));
      continue;
    }
    if (isDigit(code)) {
      while (at < to && (isDigit(text.charCodeAt(at)) || (".:,".includes(text.charAt(at)) && isDigit(text.charCodeAt(at + 1))))) at += 1;
      words.push(read("0", start, at));
      continue;
    }
    const point = text.codePointAt(at) ?? code;
    const one = String.fromCodePoint(point);
    at = Math.min(to, at + one.length);
    if (point >= 0x2018 && point <= 0x201e) sign(words, '"', start, at);
    else if (point > 0x2100) {
      if (point === 0xfe0f || (point >= 0x1f3fb && point <= 0x1f3ff)) continue;
      sign(words, groupOf.get(one) ?? "~other", start, at);
    } else if (one === "." || one === "?" || one === "!" || one === '"' || one === ">" || one === ":" || one === "…") {
      const mark = one === "…" ? "." : one;
      while (at < to && text.charAt(at) === one) at += 1;
      sign(words, mark, start, at);
    } else if (one === "'" && !isWordAt(text, at, to)) sign(words, '"', start, at);
  }
  return { words: joinedLetters(words), next: at };
}

/** A sign once, however often it is repeated: a row of quotation marks or hearts says no more than one, and may not outweigh the words beside it. */
function sign(words: Word[], text: string, start: number, end: number): void {
  const last = words.at(-1);
  if (last?.text === text) words[words.length - 1] = { ...last, end };
  else words.push(read(text, start, end));
}

/** a-z and A-Z. */
const isPlain = (code: number): boolean => (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
/** Certainly not part of the word before it: a space, comma, full stop, question mark, new line. */
const standsApart = (code: number): boolean => code === 32 || code === 44 || code === 46 || code === 63 || code === 10;

const wordish = (code: number): boolean =>
  code < 0x250 ? (plain[code] ?? "") !== "" : (code >= 0x370 && code <= 0x4ff) || (code >= 0xff21 && code <= 0xff5a) || code === 0xd835;
const isWordAt = (text: string, at: number, to: number): boolean => at < to && wordish(text.charCodeAt(at));

/** A sign or digit that begins a word: @lles, 3r, 0p. */
function leetStart(text: string, at: number, to: number): boolean {
  return at + 1 < to && text.charAt(at) !== "!" && text.charAt(at) !== "(" && leet[text.charAt(at)] !== undefined;
}

/** Whether a sign stands within a word: between letters (or digits), not at its end. An apostrophe too: it is dropped later. */
function inWord(text: string, at: number, to: number): boolean {
  const one = text.charAt(at);
  if (one !== "'" && !maskSigns.has(one) && leet[one] === undefined) return false;
  if (at + 1 >= to) return false;
  const next = text.charCodeAt(at + 1);
  return wordish(next) || (isDigit(next) && one !== "'") || (maskSigns.has(one) && text.charAt(at + 1) === one);
}

/** Underscores for spaces: two or more in a row, with two letters or more around each (ik_maak_je_af). Anything else is a mask within a word (k_nker, d_o_o_d). Looks 64 characters ahead at most. */
function splitsAt(text: string, start: number, at: number, to: number): boolean {
  if (text.charAt(at) !== "_" || at - start < 2) return false;
  if (start > 0 && text.charAt(start - 1) === "_") return true;
  let end = at + 1;
  while (end < to && end - at <= 64 && (wordish(text.charCodeAt(end)) || isDigit(text.charCodeAt(end)))) end += 1;
  return end - at > 2 && text.charAt(end) === "_";
}

/** A raw word without apostrophes; with its leetspeak undone where letters and signs are mixed. */
function spelled(raw: string, letters: number, digits: number): string {
  let out = raw.includes("'") ? raw.replaceAll("'", "") : raw;
  if (letters === 0) return "0";
  let mixed = digits > 0;
  for (let at = 0; at < out.length && !mixed; at += 1) mixed = !isLetter(out.charCodeAt(at));
  if (!mixed) return squeezed(out);
  // 12e, 80km, 3x: a number with an ending is a number.
  if (/^\d+[a-z]{1,3}$/.test(out) && letters <= 3 && out.length <= 8 && !/^[0134578]+[a-z]{1,2}$/.test(out)) return "0";
  let undone = "";
  for (const one of out) undone += leet[one] ?? (maskSigns.has(one) ? "" : one);
  out = undone.replaceAll(/[^a-z]/g, "");
  return out === "" ? "0" : squeezed(out);
}

/** Three or more of one letter are two: dooood. (Two stay: Dutch needs them.) */
function squeezed(word: string): string {
  let long = false;
  for (let at = 2; at < word.length && !long; at += 1) {
    const code = word.charCodeAt(at);
    long = code === word.charCodeAt(at - 1) && code === word.charCodeAt(at - 2);
  }
  if (!long) return word;
  let out = "";
  for (let at = 0; at < word.length; at += 1) if (at < 2 || word[at] !== word[at - 1] || word[at] !== word[at - 2]) out += word[at];
  return out;
}

/** Letters standing alone in a row of four or more are one word: "h a n g e n", "h.a.n.g". */
function joinedLetters(words: Word[]): Word[] {
  let alone = 0;
  for (const { known } of words) if (known.size === 1) alone += 1;
  if (alone < 4) return words;
  const out: Word[] = [];
  for (let at = 0; at < words.length; at += 1) {
    let end = at;
    let joined = "";
    let last = at;
    while (end < words.length) {
      const word = words[end];
      if (word === undefined) break;
      const letter = word.text.length === 1 && isLetter(word.text.charCodeAt(0));
      const gap = end === at ? 0 : word.start - (words[end - 1]?.end ?? word.start);
      // Two spaces between spaced letters are the space between two words.
      if (letter && gap <= 1) {
        joined += word.text;
        last = end;
        end += 1;
      } else if (word.text === "." && gap === 0 && end > at && (words[end + 1]?.start ?? -1) === word.end) end += 1;
      else break;
    }
    const first = words[at];
    const final = words[last];
    if (joined.length >= 3 && first !== undefined && final !== undefined) {
      out.push(read(squeezed(joined), first.start, final.end));
      at = last;
    } else if (first !== undefined) out.push(first);
  }
  return out;
}
