/** Lines put together again: words broken at a line end, marks of footnotes taken out, and for every character which field it went to. Used by the readers of sets and notes. */
import type { Layout, Line } from "./lines.ts";
import type { Range, SourceText } from "./source-text.ts";

/** Where a stretch of the source went: the field by its JSON pointer in the dossier. `dropped` is a hyphen that only broke a word over two lines. */
export interface Place extends Range {
  readonly field: string;
  readonly dropped: boolean;
}

/** A mark of a footnote in a passage. */
export interface FoundMark {
  readonly mark: string;
  /** Into the text of the passage. */
  readonly at: number;
  /** In the source. */
  readonly range: Range;
}

/** Some lines as one text. */
export interface Passage {
  readonly text: string;
  readonly ranges: readonly Range[];
  readonly dropped: readonly Range[];
  readonly marks: readonly FoundMark[];
  /** Words that were broken and of which we do not know whether the hyphen is theirs. */
  readonly joined: readonly { readonly word: string; readonly start: number }[];
}

/** Decides which digits are marks; asked left to right over a whole set. */
export interface MarkJudge {
  /** Marks in a stretch of a line, in order. */
  marksIn(start: number, end: number): readonly (Range & { readonly mark: string })[];
}

/** Nothing is a mark. */
export const noMarks: MarkJudge = { marksIn: () => [] };

/** "in- en uitstroom": the hyphen stands for a word that follows. */
const listWord = /^(?:en|of|dan|en\/of|tot|als)\b/u;
const keptPrefix = /(?:^|[\s(])(?:ex|non|oud|anti|pro|niet|e|semi|vice|sub|co|re|off|on|tv|ict|ai|it|[A-Z]{2,})-$/u;

/** Puts lines together. `from` cuts the first line short (after a label). */
export function passageOf(source: SourceText, layout: Layout, lines: readonly Line[], judge: MarkJudge = noMarks, from?: number): Passage {
  const ranges: Range[] = [];
  const dropped: Range[] = [];
  const marks: FoundMark[] = [];
  const joined: { word: string; start: number }[] = [];
  // In pieces: a hostile passage has a hundred thousand lines, and a text that grows is copied for each.
  const pieces: string[] = [];
  let [length, tail] = [0, ""];
  const write = (words: string): void => {
    pieces.push(words);
    length += words.length;
    tail = (tail + words).slice(-200);
  };
  let before: Line | null = null;
  for (const [place, line] of lines.entries()) {
    let start = place === 0 && from !== undefined ? from : line.start;
    while (start < line.end && /\s/u.test(source.text.charAt(start))) start++;
    if (before !== null && length > 0) {
      const { glue, cut } = glued(source, layout, before, line, tail, ranges, dropped, joined);
      if (cut) {
        pieces.push((pieces.pop() ?? "").slice(0, -1));
        length--;
        tail = tail.slice(0, -1);
      }
      write(glue);
    }
    for (const mark of judge.marksIn(start, line.end)) {
      if (mark.start > start) {
        write(flat(source.text.slice(start, mark.start)));
        ranges.push({ start, end: mark.start });
      }
      marks.push({ mark: mark.mark, at: length, range: { start: mark.start, end: mark.end } });
      start = mark.end;
    }
    if (start < line.end) {
      write(flat(source.text.slice(start, line.end)));
      ranges.push({ start, end: line.end });
    }
    before = line;
  }
  const text = pieces.join("");
  const bare = text.replace(/\u00ad/gu, "").trimEnd();
  const shift = text.length - text.trimStart().length;
  return {
    text: bare.trimStart(),
    ranges,
    dropped,
    marks: marks.map((one) => ({ ...one, at: Math.min(Math.max(0, one.at - shift), bare.length - shift) })),
    joined,
  };
}

/** The words that a text writes in one piece, in lower case; found once per text. */
const wordSets = new WeakMap<SourceText, ReadonlySet<string>>();
function wordsOf(source: SourceText): ReadonlySet<string> {
  let words = wordSets.get(source);
  if (words === undefined) {
    words = new Set(source.text.toLowerCase().match(/[\p{L}\d]+(?:-[\p{L}\d]+){0,20}/gu) ?? []);
    wordSets.set(source, words);
  }
  return words;
}

const flat = (text: string): string => text.replace(/[\s\u200b]+/gu, " ");

/** What stands between two lines of a passage, and whether the hyphen at the end of the first goes. `text` is the end of what was written. */
function glued(
  source: SourceText,
  layout: Layout,
  before: Line,
  line: Line,
  text: string,
  ranges: Range[],
  dropped: Range[],
  joined: { word: string; start: number }[],
): { readonly glue: string; readonly cut: boolean } {
  const only = (glue: string): { readonly glue: string; readonly cut: boolean } => ({ glue, cut: false });
  const paragraph = layout.within === -1 ? line.gap > 0 || !/[\p{L}\d]-$/u.test(text) : line.gap > layout.within;
  if (paragraph && line.page === before.page) return only(layout.within === -1 && line.gap === 0 ? "\n" : "\n\n");
  // Over a page break a sentence that has not ended runs on.
  if (paragraph && /[.?!:;»”"]$/u.test(text)) return only("\n\n");
  const soft = text.endsWith("\u00ad");
  if (!soft && !/[\p{L}\d]-$/u.test(text)) return only(" ");
  const broken = /([\p{L}\d-]+)[-\u00ad]$/u.exec(text)?.[1] ?? "";
  const rest = /^[\p{L}\d]+/u.exec(line.text)?.[0] ?? "";
  if (!soft && (before.trailing || listWord.test(line.text))) return only(" ");
  if (!soft && (!/^\p{Ll}/u.test(line.text) || keptPrefix.test(text))) return only("");
  if (!soft) {
    const known = wordsOf(source);
    const plain = known.has(`${broken}${rest}`.toLowerCase());
    if (!plain && known.has(`${broken}-${rest}`.toLowerCase())) return only("");
    if (!plain) joined.push({ word: `${broken}${rest}`, start: before.end - 1 });
  }
  const last = ranges.at(-1);
  if (last !== undefined && last.end === before.end) {
    ranges[ranges.length - 1] = { start: last.start, end: last.end - 1 };
    dropped.push({ start: before.end - 1, end: before.end });
  }
  return { glue: "", cut: true };
}

/** Keeps which field each stretch of the source went to. */
export class Placing {
  readonly #places: Place[] = [];

  /** All of a passage went to this field, its marks to `…/marks/i/mark`, from `first` on. */
  passage(field: string, { ranges, dropped, marks }: Passage, marksField?: string, first = 0): void {
    for (const range of ranges) this.range(field, range);
    for (const range of dropped) this.#places.push({ field, ...range, dropped: true });
    for (const [at, { range }] of marks.entries()) this.range(`${marksField ?? field}/${first + at}/mark`, range);
  }

  range(field: string, { start, end }: Range): void {
    if (end > start) this.#places.push({ field, start, end, dropped: false });
  }

  /** In the order of the source. */
  get places(): readonly Place[] {
    return this.#places.toSorted((a, b) => a.start - b.start);
  }
}
