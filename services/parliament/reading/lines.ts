/** A text cut into lines, with what the layout says: which lines a paragraph runs over, and which belong to the page instead of the piece. Used by the readers of sets and notes. */
import type { Range, SourceText } from "./source-text.ts";

/** One line that is not empty. */
export interface Line extends Range {
  /** Without white space at both ends; `start` and `end` are those of this text. */
  readonly text: string;
  /** Empty lines before it. */
  readonly gap: number;
  /** White space stood between its last character and the break. */
  readonly trailing: boolean;
  /** Page, from 1; 0 when the source has none. */
  readonly page: number;
  /** Belongs to the page: number, running head, link of a site. */
  readonly furniture: boolean;
}

/** How the lines of one text hang together. */
export interface Layout {
  readonly lines: readonly Line[];
  /** More empty lines than this between two lines start a paragraph. -1: every line is one. */
  readonly within: number;
}

const furnitureLines = [
  /^(?:naar boven|terug naar boven|naar inhoud|direct naar (?:de )?(?:content|inhoud)|afdrukken|delen|print(?:en)?)$/iu,
  /^(?:pagina|blad|page)\s+\d+\s+(?:van|of|\/)\s*\d+$/iu,
  /^(?:pagina|blad)\s+\d+$/iu,
  /^(?:(?:kv|ah)-tk-[\dZ-]+(?:\s+\d+)?\s*){1,20}$/iu,
  /^(?:(?:kv|ah)-tk-[\dZ-]+\s+)?ISSN\s*\d{4}\s*-\s*\d{3,4}[\dX]?$/iu,
  /^[’'‘]s-Gravenhage(?:,?\s+\d{4})?$/u,
  /^(?:\d+\s+)?Tweede Kamer, vergaderjaar \d{4}\s*[–-]\s*\d{4}, (?:Vragen|Aanhangsel(?: van de Handelingen)?)(?:\s+\d+)?$/iu,
];
/** A line that only belongs to a page, whatever page it stands on. */
export const isFurniture = (text: string): boolean => furnitureLines.some((one) => one.test(text));

const bullet = /^(?:[•●▪◦]|[-–*]\s)/u;

/** Cuts a text into its lines that are not empty. */
export function layoutOf(source: SourceText): Layout {
  const { text, pages, aside } = source;
  const cut: { start: number; end: number; gap: number; trailing: boolean; page: number; aside: boolean }[] = [];
  let [gap, page, beside] = [0, 0, 0];
  for (const match of text.matchAll(/[^\n\f\v\u2028\u2029\u0085]+|\n/gu)) {
    const [raw] = match;
    if (raw === "\n") {
      gap++;
      continue;
    }
    const bare = raw.trim();
    if (bare === "") continue;
    const start = match.index + raw.indexOf(bare);
    const end = start + bare.length;
    while (pages !== null && page < pages.length && (pages[page] ?? 0) <= start) page++;
    while (beside < aside.length && (aside[beside]?.end ?? 0) <= start) beside++;
    const besideNow = aside[beside];
    // The first break ends the line before; only what comes on top is empty.
    cut.push({
      start,
      end,
      gap: cut.length === 0 ? gap : Math.max(0, gap - 1),
      trailing: /[^\S\r]$/u.test(raw),
      page,
      aside: besideNow !== undefined && besideNow.start <= start && end <= besideNow.end,
    });
    gap = 0;
  }
  const edges = repeatedEdges(
    cut.map((line) => ({ text: text.slice(line.start, line.end), page: line.page })),
    pages?.length ?? 0,
  );
  const lines = cut.map(({ aside: outside, ...line }, at): Line => {
    const own = text.slice(line.start, line.end);
    return { ...line, text: own, furniture: outside || edges.has(at) || isFurniture(own) };
  });
  return { lines, within: source.wrapped === null ? judgedWithin(lines) : source.wrapped ? 0 : -1 };
}

/** First or last two lines of a page that come back, with another number, on most others. */
function repeatedEdges(lines: readonly { readonly text: string; readonly page: number }[], pages: number): ReadonlySet<number> {
  const found = new Set<number>();
  if (pages < 2) return found;
  const byPage = Map.groupBy(
    lines.map((line, at) => ({ ...line, at })),
    ({ page }) => page,
  );
  const form = (text: string): string => text.replace(/\d+/gu, "#");
  const edges = [...byPage.values()].map((own) => (own.length < 4 ? own : [...own.slice(0, 2), ...own.slice(-2)]));
  const seen = new Map<string, Set<number>>();
  for (const { text, page } of edges.flat()) seen.set(form(text), (seen.get(form(text)) ?? new Set()).add(page));
  for (const { text, at } of edges.flat()) {
    const often = (seen.get(form(text))?.size ?? 0) >= Math.max(2, Math.ceil(byPage.size * 0.6));
    // "Vraag 3" at the top of two pages is no running head.
    if (often && !/^(?:vra(?:ag|gen)|antwoord(?:en)?)\s+\d/iu.test(text)) found.add(at);
  }
  // A page number by itself, in step with the pages.
  for (const own of byPage.values()) {
    const last = own.at(-1);
    if (last !== undefined && pages > 1 && last.text === String(last.page) && own.length > 1) found.add(last.at);
  }
  return found;
}

/**
 * Whether lines were broken to fit a page, and whether the text was taken out of a PDF with an empty line after each: then only more than one empty line
 * (or one with a space in it) parts two paragraphs.
 */
function judgedWithin(lines: readonly Line[]): number {
  const longest = lines.reduce((most, { text }) => Math.max(most, text.length), 0);
  if (longest > 160) return -1;
  const pairs = lines.slice(1).map((line, at) => ({ line, before: lines[at] }));
  const runsOn = pairs.filter(
    ({ line, before }) => before !== undefined && !/[.?!:;»”"'’)]$/u.test(before.text) && /^\p{Ll}/u.test(line.text) && !bullet.test(line.text),
  );
  const single = runsOn.filter(({ line }) => line.gap === 0).length;
  const double = runsOn.filter(({ line }) => line.gap === 1).length;
  return double > single && double >= 3 ? 1 : 0;
}
