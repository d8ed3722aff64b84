/** Which line opens a question, an answer, a footnote or a heading, and which digits are marks of footnotes. Used by the reader of sets. */
import type { Layout, Line } from "./lines.ts";
import type { MarkJudge } from "./passage.ts";
import { numberList, numbersIn } from "./references.ts";
import { atMost, raisedWithin, type Range, type SourceText } from "./source-text.ts";

/** "Vragen van het lid …", "Antwoorden op schriftelijke vragen van lid …": the heading of a set. */
export const opensTitle = (text: string): boolean =>
  /^(?:(?:antwoord(?:en)?|beantwoording) (?:(?:op|van) )?(?:de )?)?(?:schriftelijke |nadere |aanvullende )*(?:kamer)?vragen van (?:(?:het|de) )?(?:kamer)?(?:lid|leden)\b/iu.test(
    text,
  );
/** The number of a case by itself on a line. */
export const referenceLine = /^(?:(?:kenmerk|zaaknummer|nummer|nr\.?|kv-tk-)\s*(?::\s*)?)?(20\d{2}Z\d{5})\s*\.?$/iu;
/** The number of a case anywhere. */
export const referenceAnywhere = /\b(?:20\d{2}Z\d{5})\b/u;
/** "(ingezonden 6 oktober 2021)" by itself. */
export const sentInLine = /^\(?\s*ingezonden\b[^)]*\)?\.?$/iu;
/** The same with both its brackets: below a question too it can be nothing else. */
export const sentInWhole = /^\(\s*ingezonden\b[^()]{1,100}\)\.?$/iu;
/** "Antwoord van Minister …" */
export const opensAnswering = (text: string): boolean => /^(?:nader )?antwoord(?:en)? van (?:de |het )?(?:minister|staatssecretaris)/iu.test(text);
/** "Mededeling van Minister …": a postponement in the Aanhangsel. */
export const opensNotice = (text: string): boolean => /^mededeling van (?:de |het )?(?:minister|staatssecretaris)/iu.test(text);
/** The words of a postponement below the questions it is about. */
export const opensNoticeWords = (text: string): boolean => /^(?:nadere )?mededeling:?$/iu.test(text);
/** Lines of the head of a publication of the Kamer. */
export const isHead = (text: string): boolean =>
  /^(?:tweede kamer der staten-generaal(?:\s+\d)?|\d?\s*vergaderjaar \d{4}\s*[–-]\s*\d{4}|aanhangsel(?: van de handelingen| handelingen)?|vragen gesteld door de leden der kamer.*|met de daarop door de regering gegeven antwoorden|(?:schriftelijke )?kamervragen?|zie ook aanhangsel handelingen.*)$/iu.test(
    text,
  );
/** The letter of a label: `b` of "Vraag 1b"; null where a question is numbered without one. */
export const letterOf = (label: string): string | null => /^\D*\d{1,3}\s?([a-h])(?![\p{L}\d])/iu.exec(label)?.[1]?.toLowerCase() ?? null;
/** Ends what someone wrote around a set: "Met vriendelijke groet". */
export const closesLetter = (text: string): boolean =>
  /^(?:hoogachtend|met (?:de )?(?:vriendelijke|hartelijke|beste|collegiale) groet(?:en)?|(?:vriendelijke |hartelijke )?groet(?:en)?,?$|alvast (?:hartelijk )?(?:dank|bedankt)|bij voorbaat dank)/iu.test(
    text,
  );
/** Opens a covering letter. */
export const opensLetter = (text: string): boolean =>
  /^(?:geachte |beste \p{L}|dag \p{Lu}\p{Ll}+,|l\.?\s?s\.?,?$|goede(?:morgen|middag|navond)\b|(?:van|aan|cc|verzonden|verstuurd)\s*:\s|bijgaand\b|bij dezen\b|hierbij (?:bied|zend|stuur|doe|deel|ontvangt|bericht)|(?:met deze brief|in antwoord op) |aan de voorzitter van de tweede kamer|>?\s*retouradres|postbus \d|hoogachtend|met vriendelijke groet|de (?:minister|staatssecretaris) (?:van|voor) |datum\b|betreft\b|onderwerp\b|onze referentie|uw (?:brief|referentie|kenmerk)|bijlage)/iu.test(
    text,
  );

/** How a set numbers its questions. */
export type NumberingStyle = "labelled" | "bare" | "inline";

/** What a line opens. */
export interface Opening {
  readonly kind: "question" | "answer";
  /** Empty for an answer without a number. */
  readonly numbers: readonly number[];
  /** Units of the line that are the label. */
  readonly label: number;
}

/** Numbers of a label: "1", "2 en 3", "2a". */
const list = `(?:\\s*(?:nr\\.?|nummer))?\\s*(${numberList}(?:\\s?[a-h](?![\\p{L}\\d]))?)`;
const questionLabel = new RegExp(`^vra(?:ag|gen)${list}\\s*(?:([.:)])\\s*|$)`, "iu");
const answerLabel = new RegExp(`^(?:antwoord(?:en)?(?:\\s+op)?(?:\\s+de)?(?:\\s+vra(?:ag|gen))?)${list}\\s*(?:([.:)])\\s*|$)`, "iu");
const bareAnswer = /^antwoord(?:en)?\s*(?::\s*|$)/iu;
/** "Vraag 1 Klopt dit?": the words on the line of the label. Both open with a capital, which a sentence that only names a question seldom does. */
const wordsFollow = `\\s+(?=["'«‘“(]?\\p{Lu})`;
const questionBefore = new RegExp(`^V(?:raag|RAAG|ragen|RAGEN)\\s+(${numberList}(?:[a-h](?![\\p{L}\\d]))?)${wordsFollow}`, "u");
const answerBefore = new RegExp(
  `^(?:Antwoord|ANTWOORD|Antwoorden)(?:\\s+op)?(?:\\s+de)?(?:\\s+vra(?:ag|gen))?\\s+(${numberList}(?:[a-h](?![\\p{L}\\d]))?)${wordsFollow}`,
  "u",
);
/** Whether a line opens with "Vraag n". */
export const opensQuestion = (text: string): boolean => questionLabel.test(text) || questionBefore.test(text);

/** How this set numbers: by "Vraag 1", by a number alone on its line, or by a number before the words. */
export function styleOf(lines: readonly Line[]): NumberingStyle {
  const own = lines.filter(({ furniture }) => !furniture);
  if (own.some(({ text }) => opensQuestion(text))) return "labelled";
  const alone = own.filter(({ text }) => /^\d{1,3}[a-h]?[.)]?$/u.test(text)).map(({ text }) => Number.parseInt(text, 10));
  return alone.includes(1) || alone.length > 1 ? "bare" : "inline";
}

/** Where a set asks its last question: behind it a list that starts at 1 again is one of footnotes. The place in `lines`; -1 without a question. */
export function lastQuestionOf(lines: readonly Line[], style: NumberingStyle): number {
  if (style === "labelled") return lines.findLastIndex(({ text, furniture }) => !furniture && opensQuestion(text));
  const numbered = style === "bare" ? /^(\d{1,3})[a-h]?[.)]?$/u : /^(\d{1,3})[a-h]?\s*[.)]\s+(?=\S)/u;
  let [highest, place] = [0, -1];
  for (const [at, { text, furniture }] of lines.entries()) {
    const number = furniture ? 0 : Number(numbered.exec(text)?.[1] ?? 0);
    if (number > highest) [highest, place] = [number, at];
  }
  return place;
}

/** What a line opens, or null. `next` is the number that would come now. */
export function openingOf(line: Line, style: NumberingStyle, next: number, ended: boolean): Opening | null {
  const answer = answerLabel.exec(line.text) ?? (ended ? answerBefore.exec(line.text) : null);
  if (answer !== null) return { kind: "answer", numbers: numbersIn(answer[1] ?? "").filter((number) => number > 0), label: answer[0].trimEnd().length };
  const without = bareAnswer.exec(line.text);
  if (without !== null) return { kind: "answer", numbers: [], label: without[0].trimEnd().length };
  const labelled = questionLabel.exec(line.text);
  if (labelled !== null) return { kind: "question", numbers: numbersIn(labelled[1] ?? ""), label: labelled[0].trimEnd().length };
  const before = ended ? questionBefore.exec(line.text) : null;
  const numbers = numbersIn(before?.[1] ?? "");
  // A sentence may open with a question it names; it names one that was asked before.
  if (before !== null && (numbers[0] ?? 0) >= next - 1) return { kind: "question", numbers, label: before[0].trimEnd().length };
  if (style === "bare") {
    const alone = /^(\d{1,3})[a-h]?[.)]?$/u.exec(line.text);
    const number = Number(alone?.[1] ?? Number.NaN);
    // A number by itself after words that have not ended is a number of the text.
    if (alone !== null && number > 0 && (ended || number === next)) return { kind: "question", numbers: [number], label: line.text.length };
  }
  if (style === "inline") {
    const before = /^(\d{1,3})[a-h]?\s*[.)]\s+(?=\S)/u.exec(line.text);
    const number = Number(before?.[1] ?? Number.NaN);
    if (before !== null && number > 0 && ended) return { kind: "question", numbers: [number], label: before[0].trimEnd().length };
  }
  return null;
}

/** A mark set in small raised figures of the alphabet itself, as plain text has them. */
const raisedFigures = "[\u00b9\u00b2\u00b3\u2070\u2074-\u2079]";
const raisedMark = new RegExp(`${raisedFigures}{1,3}`, "gu");
const raisedLabel = new RegExp(`^(${raisedFigures}{1,3})[.:)]?\\s*(?=\\S)`, "u");
const starLabel = /^(\*{1,3})\)?\s*(?=[^\s*])/u;
/** Stars behind a word or its punctuation: a mark when such a footnote is there. */
const starMark = /(?<=[\p{L}\p{N}?!.,;:»”’"')])\*{1,3}(?=\s|$|[.,;:?)»”])/gu;
/** m², km², CO₂, 10³: a unit or a power, not a mark. */
const isUnit = (before: string): boolean => /(?:(?:^|[\s\d(])(?:[kcdm]?m|CO)|\d)$/u.test(before);

/** Where each row of stars stands first behind a word. Found once per text. */
const starPlaces = new WeakMap<SourceText, ReadonlyMap<string, number>>();
function starredBefore(source: SourceText, start: number, stars: string): boolean {
  let places = starPlaces.get(source);
  if (places === undefined) {
    const found = new Map<string, number>();
    for (const { 0: mark, index } of source.text.matchAll(starMark)) if (!found.has(mark)) found.set(mark, index);
    places = found;
    starPlaces.set(source, places);
  }
  return (places.get(stars) ?? Number.POSITIVE_INFINITY) < start;
}

/** Where a footnote starts: its mark and how much of the line is label; null when the line starts none. `Noot` alone has its mark on the next line. */
export function footnoteOf(
  source: SourceText,
  line: Line,
  style: NumberingStyle,
  expected: number,
  ended: boolean,
  inNotes: boolean,
  behindQuestions: boolean,
): { readonly mark: string | null; readonly label: number } | null {
  const noot = /^(?:x\s+)?noot(?:\s+(\d{1,3}|\*+))?$/iu.exec(line.text);
  if (noot !== null) return { mark: noot[1] ?? null, label: line.text.length };
  const sameLine = /^(?:[xX]\s+)?N(?:oot|OOT)\s+(\d{1,3}|\*+)[.:)]?\s+(?=\S)/u.exec(line.text);
  if (sameLine !== null && ended) return { mark: sameLine[1] ?? "", label: sameLine[0].trimEnd().length };
  const square = /^\[(\d{1,3}|\*+)\]\s*/u.exec(line.text);
  if (square !== null) return { mark: square[1] ?? "", label: square[0].trimEnd().length };
  const raised = raisedWithin(source, line.start, line.end).find(({ start }) => start === line.start);
  if (raised !== undefined) {
    const label = source.text.slice(raised.start, raised.end);
    const mark = /\d{1,3}|\*+/u.exec(label)?.[0];
    if (mark !== undefined) return { mark, label: raised.end - raised.start };
  }
  const small = ended || inNotes ? raisedLabel.exec(line.text) : null;
  if (small !== null) return { mark: (small[1] ?? "").normalize("NFKC"), label: small[0].trimEnd().length };
  const stars = ended || inNotes ? starLabel.exec(line.text) : null;
  // A star before a line is a bullet too, unless a word carried the same.
  if (stars !== null && starredBefore(source, line.start, stars[1] ?? "")) return { mark: stars[1] ?? "", label: stars[0].trimEnd().length };
  const round = /^(\d{1,2})\)\s+(?=\S)/u.exec(line.text);
  if (round !== null && style !== "inline" && Number(round[1]) === expected) return { mark: round[1] ?? "", label: round[0].trimEnd().length };
  const again = behindQuestions ? /^(\d{1,2})[.)]\s+(?=\S)/u.exec(line.text) : null;
  if (again !== null && ended && Number(again[1]) === expected && (inNotes || markedBefore(source, line.start, expected)))
    return { mark: again[1] ?? "", label: again[0].trimEnd().length };
  const bare = /^(\d{1,2})\s*(?=\p{Lu}|["'«‘“]|https?:|www\.|zie\s)/u.exec(line.text);
  if (bare !== null && ended && Number(bare[1]) === expected && (inNotes || markedBefore(source, line.start, expected)))
    return { mark: bare[1] ?? "", label: bare[0].trimEnd().length };
  return null;
}

/** Where each number stands that may be a mark: raised, or behind punctuation. Found once per text. */
const markPlaces = new WeakMap<SourceText, ReadonlyMap<number, readonly number[]>>();
function placesOf(source: SourceText, number: number): readonly number[] {
  let places = markPlaces.get(source);
  if (places === undefined) {
    const found = new Map<number, number[]>();
    const add = (one: number, at: number): void => {
      const list = found.get(one);
      if (list === undefined) found.set(one, [at]);
      else list.push(at);
    };
    for (const { start, end } of source.raised) add(Number(/\d{1,2}/u.exec(source.text.slice(start, Math.min(end, start + 8)))?.[0] ?? Number.NaN), start);
    if (source.raised.length === 0)
      for (const match of source.text.matchAll(/(?<=[?.!»”’)\]][^\S\n]?\(?)\d{1,2}(?=\)?(?:\s|$|[.,;?]))/gu)) add(Number(match[0]), match.index);
    places = found;
    markPlaces.set(source, places);
  }
  return places.get(number) ?? [];
}
/** Marks and their footnotes do not stand further apart than this. */
const FAR = 20_000;
function markedBefore(source: SourceText, start: number, number: number): boolean {
  const places = placesOf(source, number);
  const last = places[atMost(places, start - 1) - 1];
  return last !== undefined && start - last <= FAR;
}

/** Digits that are marks: raised ones; in plain text the next mark in line, behind punctuation or, when such a footnote is there, behind a word. */
export class Marks implements MarkJudge {
  readonly #source: SourceText;
  readonly #known: ReadonlySet<string>;
  #last = 0;

  /** @param known marks of the footnotes that are in the file. */
  constructor(source: SourceText, known: ReadonlySet<string>) {
    this.#source = source;
    this.#known = known;
  }

  marksIn(start: number, end: number): readonly (Range & { readonly mark: string })[] {
    const raised = raisedWithin(this.#source, start, end);
    const found: (Range & { mark: string })[] = [];
    for (const one of raised) {
      const mark = /^\s*[[(]?(\d{1,3}|\*+)[\])]?[,\s]*$/u.exec(this.#source.text.slice(one.start, one.end))?.[1];
      // m², km², CO₂: a unit, not a mark.
      if (mark === undefined || /(?:^|[\s\d(])(?:[kcdm]?m|CO)$/u.test(this.#source.text.slice(Math.max(start, one.start - 4), one.start))) continue;
      found.push({ ...one, mark });
      this.#last = Math.max(this.#last, Number(mark) || 0);
    }
    const text = this.#source.text.slice(start, end);
    for (const { 0: raisedText, index } of text.matchAll(raisedMark)) {
      if (isUnit(text.slice(Math.max(0, index - 4), index)) || raised.some((one) => one.start <= start + index && start + index < one.end)) continue;
      const mark = raisedText.normalize("NFKC");
      found.push({ start: start + index, end: start + index + raisedText.length, mark });
      this.#last = Math.max(this.#last, Number(mark));
    }
    for (const { 0: mark, index } of text.matchAll(starMark))
      if (this.#known.has(mark) && !raised.some((one) => one.start <= start + index && start + index < one.end))
        found.push({ start: start + index, end: start + index + mark.length, mark });
    // A form that knows raised letters has raised its marks.
    if (this.#source.raised.length > 0) return found.toSorted((a, b) => a.start - b.start);
    // Open brackets before the place we are at, counted once.
    let [open, counted] = [0, 0];
    const openAt = (place: number): boolean => {
      for (; counted < place; counted++) {
        const here = text.charAt(counted);
        if (here === "(") open++;
        else if (here === ")") open--;
      }
      return open > 0;
    };
    for (const match of text.matchAll(
      /\s?\[(\d{1,3})\](?!\()|\s(\d{1,2})\)(?=\s|$|[.,;?])|(?<=[?!»”])\s(\d{1,2})(?=\s*$)|(?<=[?!»”’"')\]\p{Ll}]|[^\d\s][.,;:])(\d{1,2})(?=\s|$|[.,;:?)»”])/gu,
    )) {
      const [all, square, round, last, bare] = match;
      const mark = square ?? round ?? last ?? bare ?? "";
      const number = Number(mark);
      const inLine = number === this.#last + 1 || (number > 0 && number <= this.#last && number >= this.#last - 1) || this.#known.has(mark);
      const behindWord = bare !== undefined && /\p{Ll}/u.test(text.charAt(match.index - 1));
      if (square === undefined && !inLine) continue;
      // "… 2024? 15" at the end of a line: only a footnote that is there makes it a mark.
      if (last !== undefined && !this.#known.has(mark)) continue;
      if (behindWord && !(this.#known.has(mark) && number === this.#last + 1)) continue;
      if (round !== undefined && openAt(match.index)) continue;
      const blank = all.length - all.trimStart().length;
      found.push({ start: start + match.index + blank, end: start + match.index + all.length, mark });
      this.#last = Math.max(this.#last, number);
    }
    return found.toSorted((a, b) => a.start - b.start);
  }
}

/** Whether the words so far have come to an end, so that a new number may follow. */
export const hasEnded = (layout: Layout, before: Line | undefined, line: Line): boolean =>
  before === undefined || line.gap > Math.max(0, layout.within) || line.page !== before.page || /[?.!:;»”"')\]]\s*(?:\[?\d{0,2}[\])]?)?$/u.test(before.text);
