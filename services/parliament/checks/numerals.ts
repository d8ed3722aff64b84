/** Numbers in Dutch prose: digits with thousands and decimals, numerals in words, fractions; and what looks like one and is none (years, dates, articles, question numbers). Pure. */

/** A number found in a line. */
export interface FoundNumber {
  readonly start: number;
  readonly end: number;
  /** As it stands. */
  readonly text: string;
  readonly value: number;
  readonly unit: "percent" | "euro" | "count" | "part";
}

const units: Readonly<Record<string, number>> = { een: 1, één: 1, twee: 2, drie: 3, vier: 4, vijf: 5, zes: 6, zeven: 7, acht: 8, negen: 9 };
const teens: Readonly<Record<string, number>> = {
  tien: 10,
  elf: 11,
  twaalf: 12,
  dertien: 13,
  veertien: 14,
  vijftien: 15,
  zestien: 16,
  zeventien: 17,
  achttien: 18,
  negentien: 19,
};
const tens: Readonly<Record<string, number>> = { twintig: 20, dertig: 30, veertig: 40, vijftig: 50, zestig: 60, zeventig: 70, tachtig: 80, negentig: 90 };
const below = (map: Readonly<Record<string, number>>, word: string): number | undefined => (Object.hasOwn(map, word) ? map[word] : undefined);

/** Value of a number below a hundred in one word (`vijfenveertig`); undefined for any other word. */
function belowHundred(word: string): number | undefined {
  const simple = below(units, word) ?? below(teens, word) ?? below(tens, word);
  if (simple !== undefined) return simple;
  for (const [name, value] of Object.entries(tens)) {
    if (!word.endsWith(name)) continue;
    const unit = below(units, word.slice(0, -name.length).replace(/(?:en|ën)$/u, ""));
    if (unit !== undefined && /(?:en|ën)$/u.test(word.slice(0, -name.length))) return unit + value;
  }
  return undefined;
}

/** Value of a Dutch numeral in one word, up to 999.999 (`tweehonderdvijf`, `drieduizend`); undefined for any other word. */
export function numeralValue(word: string): number | undefined {
  const lower = word.toLowerCase();
  const thousand = lower.indexOf("duizend");
  if (thousand >= 0) {
    const [head, tail] = [lower.slice(0, thousand), lower.slice(thousand + 7).replace(/^en(?=.)/u, "")];
    const times = head === "" ? 1 : numeralValue(head);
    const rest = tail === "" ? 0 : numeralValue(tail);
    return times === undefined || rest === undefined || times >= 1000 || rest >= 1000 ? undefined : times * 1000 + rest;
  }
  const hundred = lower.indexOf("honderd");
  if (hundred >= 0) {
    const [head, tail] = [lower.slice(0, hundred), lower.slice(hundred + 7).replace(/^en(?=.)/u, "")];
    const times = head === "" ? 1 : belowHundred(head);
    const rest = tail === "" ? 0 : belowHundred(tail);
    return times === undefined || rest === undefined ? undefined : times * 100 + rest;
  }
  return belowHundred(lower);
}

const months = "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december";
/** One or more numbers as they follow "vragen", "artikelen": `2`, `2, 3 en 4`, `1 tot en met 4`. */
const series = String.raw`\d+(?:[.:]\d+)*[a-z]?(?:(?:\s*,\s*|\s+(?:en|of|tot en met|t\/m|t\.m\.)\s+|\s*[-–]\s*)\d+(?:[.:]\d+)*[a-z]?)*`;

/** What holds digits and is no number to cite. Each is blanked before numbers are looked for. */
const noFigures: readonly RegExp[] = [
  // Addresses, numbers of cases and documents, laws.
  /https?:\/\/\S+/giu,
  /\b\d{4}[ZDz]\d{4,6}\b/gu,
  /\b(?:gm|pv|ws)\d{2,4}\b/giu,
  /\bkamerstuk(?:ken)?(?:\s+(?:I{1,2}|EK|TK))?(?:\s+\d{4}\s*[-/]\s*\d{2,4},?)?\s+\d{2}\s?\d{3}(?:[\s-][A-Z]+\b)?(?:,?\s*nrs?\.?\s*\d+)?/giu,
  /\b(?:staatsblad|stb\.?|staatscourant|stcrt\.?|tractatenblad|trb\.?)\s*\d{4}(?:,\s*(?:nrs?\.?\s*)?\d+)?/giu,
  /\b(?:nrs?|nummers?|kenmerk|zaaknummer|dossiernummer|versie|noot|voetnoot|blz|pagina|p|tabel|figuur|grafiek|bijlage|hoofdstuk|deel|fase|stap)\.?\s*:?\s*\d+(?:[.-]\d+)*/giu,
  /\bvergaderjaar\s+\d{4}\s*[-–/]\s*\d{2,4}/giu,
  // Articles and questions.
  new RegExp(String.raw`\b(?:artikel(?:en)?|artt?\.?|lid|leden|onderdeel|onder|aanhef|paragra(?:af|fen)|par\.?|§|sub)\s*${series}`, "giu"),
  /§\s*\d+(?:\.\d+)*/gu,
  new RegExp(String.raw`\b(?:vra(?:ag|gen)|antwoord(?:en)?|deelvra(?:ag|gen)|subvra(?:ag|gen)|punt(?:en)?|motie|amendement)\s+${series}`, "giu"),
  // Days, times, years.
  new RegExp(String.raw`\b\d{1,2}(?:\s*(?:,|en|of|tot en met|t\/m|-|–)\s*\d{1,2})*\s+(?:${months})\b(?:\s+\d{4})?`, "giu"),
  new RegExp(String.raw`\b(?:${months})\s+\d{4}\b`, "giu"),
  /\b\d{1,2}[-/]\d{1,2}[-/]\d{2,4}\b/gu,
  /\b\d{4}-\d{2}-\d{2}\b/gu,
  /\b\d{1,2}[.:]\d{2}\s*uur\b/giu,
  /\b\d{1,2}:\d{2}\b/gu,
  /\b24\s*\/\s*7\b/gu,
  // A term is a rule, no count.
  /\b(?:binnen|na|voor|elke|iedere|per|om de|uiterlijk)\s+(?:de\s+)?\d+\s+(?:uur|uren|dag|dagen|werkdagen|weken|maanden|jaar|jaren)\b/giu,
  // Telephone numbers, postcodes.
  /\b0\d{1,3}[-\s]\d{3}(?:\s?\d{2}){2}\b|\b0\d{9}\b|\b0\d{3}-\d{4,6}\b/gu,
  /(?<=\b(?:bel|belt|bellen|nood\p{L}*|alarm\p{L}*)\b[^.]{0,30})\b112\b/giu,
  /\b[1-9]\d{3}\s?[A-Z]{2}\b/gu,
  // First, second; 1e kwartaal.
  /\b\d+\s?(?:e|de|ste)\b/giu,
  /\b(?:[iv]+|\d)\s*[.)]\s+(?=[A-Z])/gu,
];

const counted =
  "personen|mensen|gevallen|keer|meldingen|aangiften|aangiftes|scans|gesprekken|ambtsdragers|raadsleden|bestuurders|gemeenten|berichten|respondenten|bedreigingen|incidenten|maatregelen|verzoeken|signalen|euro";
const year = new RegExp(
  String.raw`(?<![\d.,])(?:19|20)\d{2}(?:\s*[-–/]\s*(?:(?:19|20)\d{2}|\d{2}))?(?![\d]|[.,]\d|\s*(?:%|procent|promille|${counted}))`,
  "giu",
);

const blank = (text: string, pattern: RegExp): string => text.replaceAll(pattern, (found) => " ".repeat(found.length));

const digits =
  /(?<![\p{L}\d.,])(€\s*)?(\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?)(?![\p{L}\d])(?!\.\d)(\s*(?:%|procent(?:punt(?:en)?)?\b|promille\b|miljoen\b|miljard\b|euro\b))?/giu;
const scale = (after: string): number => (/miljoen/iu.test(after) ? 1e6 : /miljard/iu.test(after) ? 1e9 : 1);
const word = /\p{L}+/gu;
const fraction =
  /\b(?:(?:de|ruim|bijna|meer dan|minder dan)\s+)*(?:(helft)|(driekwart)|(?:een|één)\s+(derde|kwart|vierde|vijfde|tiende|honderdste)|(twee|drie|vier)\s+(derde|vierde|vijfde|tiende))\s+(?=van\b)/giu;
const parts: Readonly<Record<string, number>> = { helft: 2, derde: 3, kwart: 4, vierde: 4, vijfde: 5, tiende: 10, honderdste: 100 };

function fractionsIn(text: string): FoundNumber[] {
  return [...text.matchAll(fraction)].map((found) => {
    const [whole, half, threeQuarters, one, many, of] = found;
    const value =
      half !== undefined
        ? 0.5
        : threeQuarters !== undefined
          ? 0.75
          : one !== undefined
            ? 1 / (parts[one.toLowerCase()] ?? 1)
            : (numeralValue(many ?? "") ?? 0) / (parts[(of ?? "").toLowerCase()] ?? 1);
    return { start: found.index, end: found.index + whole.trimEnd().length, text: whole.trimEnd(), value, unit: "part" };
  });
}

function digitsIn(text: string): FoundNumber[] {
  return [...text.matchAll(digits)].map((found) => {
    const [whole, euro, number = "", after = ""] = found;
    const value = Number(number.replaceAll(".", "").replace(",", ".")) * scale(after);
    const unit = /%|procent/iu.test(after) ? "percent" : euro !== undefined || /euro/iu.test(after) ? "euro" : "count";
    return { start: found.index, end: found.index + whole.length, text: whole, value, unit };
  });
}

/** Numerals in words: those from ten on, and small ones where they count something out ("drie procent", "drie op de tien"). */
function wordsIn(text: string): FoundNumber[] {
  return [...text.matchAll(word)].flatMap((found): FoundNumber[] => {
    const value = numeralValue(found[0]);
    if (value === undefined) return [];
    const rest = text.slice(found.index + found[0].length);
    const after = /^\s+(?:procent(?:punt(?:en)?)?|miljoen|miljard)\b/iu.exec(rest)?.[0] ?? "";
    const outOf = /^\s+(?:op de|van de)\s+(?:\d+|tien|honderd|duizend|vijf|drie|vier)\b/iu.exec(rest)?.[0] ?? "";
    if (value < 10 && after === "" && outOf === "") return [];
    if (/^\s+(?:uur|uren|dag|dagen|werkdagen|weken|maanden|jaar|jaren)\b/iu.test(rest)) return [];
    if (outOf === "" && after === "" && /\b(?:op|van) de\s+$/iu.test(text.slice(0, found.index))) return [];
    const length = found[0].length + Math.max(after.length, outOf.length);
    return [
      {
        start: found.index,
        end: found.index + length,
        text: text.slice(found.index, found.index + length),
        value: value * scale(after),
        unit: /procent/iu.test(after) ? "percent" : outOf === "" ? "count" : "part",
      },
    ];
  });
}

/**
 * Every number in a line that states how much or how many, in order of place.
 * @param covered stretches that need no look (a figure with its citation)
 */
export function numbersIn(line: string, covered: readonly { readonly start: number; readonly end: number }[] = []): FoundNumber[] {
  const masked = covered.reduce((text, { start, end }) => text.slice(0, start) + " ".repeat(end - start) + text.slice(end), line);
  const clean = blank(noFigures.reduce(blank, masked), year);
  const found = [...digitsIn(clean), ...fractionsIn(clean), ...wordsIn(clean)].toSorted((a, b) => a.start - b.start || b.end - a.end);
  return found
    .filter((one, at) => !found.slice(0, at).some((before) => before.end > one.start))
    .map((one) => ({ ...one, text: line.slice(one.start, one.end) }));
}
