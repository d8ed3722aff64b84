/** Takes words out of a public version by their place, with a sign where they stood; figures keep their number and lose what may not be read. Pure; used by public-note.ts alone. */
import type { Inline, RichText } from "#services/parliament/contract/rich-text.ts";
import type { PublicWords, StandingWords } from "./public-note.ts";

/** What stands where something was left out: article 5.1, second paragraph, under e, of the Woo protects the privacy of those named. */
export const leftOutSign = "[weggelaten: 5.1.2.e Woo]";

interface Range {
  readonly start: number;
  readonly end: number;
}

/** Ranges of one line, in order, those that touch taken together. */
function joined(ranges: readonly Range[]): Range[] {
  const out: Range[] = [];
  for (const range of ranges.toSorted((a, b) => a.start - b.start)) {
    const last = out.at(-1);
    if (last !== undefined && range.start <= last.end) out[out.length - 1] = { start: last.start, end: Math.max(last.end, range.end) };
    else out.push(range);
  }
  return out;
}

/** The part of a piece that stays, with the sign where a range begins. */
function cut(text: string, from: number, ranges: readonly Range[]): string {
  let out = "";
  let at = 0;
  for (const { start, end } of ranges) {
    const [first, last] = [Math.max(start - from, 0), Math.min(end - from, text.length)];
    if (first >= text.length || last <= 0) continue;
    out += text.slice(at, first) + (start >= from ? leftOutSign : "");
    at = last;
  }
  return out + text.slice(at);
}

/** @param standing every place, as `public-note.ts` found it */
export function withoutWords(words: PublicWords, standing: readonly StandingWords[]): PublicWords {
  const at = (path: string): Range[] => joined(standing.filter((one) => one.path === path));
  const line = (path: string, text: string): string => cut(text, 0, at(path));
  const content = (pieces: readonly Inline[], path: string): Inline[] => {
    const ranges = at(path);
    let from = 0;
    return pieces.flatMap((piece, n): Inline[] => {
      const own = at(`${path}/${n}`);
      if (piece.kind === "answer") return [piece];
      if (piece.kind === "note") return [{ ...piece, text: cut(piece.text, 0, own) }];
      const text = cut(piece.text, from, ranges);
      const changed = text !== piece.text;
      from += piece.text.length;
      if (text === "") return [];
      // A number that is left out in part, or whose source names someone, cites nothing any more.
      if (piece.kind === "figure") return changed || own.length > 0 ? [{ kind: "words", text }] : [piece];
      const { link, ...rest } = piece;
      return [{ ...rest, ...(link === undefined || own.length > 0 ? {} : { link }), text }];
    });
  };
  const rich = (text: RichText, path: string): RichText =>
    text.map((block, n) =>
      block.kind === "list"
        ? { ...block, items: block.items.map((item, place) => content(item, `${path}/${n}/items/${place}`)) }
        : { ...block, content: content(block.content, `${path}/${n}/content`) },
    );
  return {
    ...words,
    to: line("/to", words.to),
    from: line("/from", words.from),
    purpose: line("/purpose", words.purpose),
    title: line("/title", words.title),
    case: line("/case", words.case),
    details: words.details.map(({ label, value }, n) => ({ label: line(`/details/${n}/label`, label), value: line(`/details/${n}/value`, value) })),
    sections: words.sections.map((section, n) => {
      const path = `/sections/${n}`;
      return {
        ...section,
        heading: line(`${path}/heading`, section.heading),
        text: rich(section.text, `${path}/text`),
        points: section.points.map((point, place) => ({
          ...point,
          text: rich(point.text, `${path}/points/${place}/text`),
          withheld: point.withheld === null ? null : { ground: line(`${path}/points/${place}/withheld/ground`, point.withheld.ground) },
        })),
        withheld: section.withheld === null ? null : { ground: line(`${path}/withheld/ground`, section.withheld.ground) },
      };
    }),
  };
}
