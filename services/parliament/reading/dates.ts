/** Dutch dates as they stand in questions and notes: "6 oktober 2021", "9 januari jl.", "30 januari a.s.". Used by the readers of this room. */

const months = ["januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"];
const short = ["jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"];
/** A day in words, with or without its year. */
export const dayInWords = `\\d{1,2}\\s+(?:${[...months, ...short.map((one) => `${one}\\.?`)].join("|")})(?:\\s+\\d{4}|\\s+jl\\.?|\\s+jongstleden|\\s+a\\.?s\\.?|\\s+aanstaande)?`;
/** A day in words or in figures: "30 januari a.s.", "30-01-2026", "2026-01-30". */
export const anyDay = `(?:(?:(?:maan|dins|woens|donder|vrij|zater|zon)dag\\s+)?${dayInWords}|\\d{1,2}[-/.]\\d{1,2}[-/.]\\d{4}|\\d{4}-\\d{2}-\\d{2})`;
const words = new RegExp(`^(\\d{1,2})\\s+([a-z]+)\\.?(?:\\s+(\\d{4})|\\s+(jl|jongstleden|a\\.?s|aanstaande)\\.?)?$`, "iu");
const figures = /^(\d{4})-(\d{2})-(\d{2})(?:T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})?)?$|^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/u;

/** Years in which the Kamer can have been asked anything; beyond them a number is no year, and three weeks more may be no day that can be written down. */
const [firstYear, lastYear] = [1814, 2999];

function calendarDay(year: number, month: number, day: number): string | null {
  if (year < firstYear || year > lastYear) return null;
  const at = new Date(Date.UTC(year, month - 1, day));
  return at.getUTCFullYear() === year && at.getUTCMonth() === month - 1 && at.getUTCDate() === day ? at.toISOString().slice(0, 10) : null;
}

/**
 * A calendar day, `YYYY-MM-DD`; null when it is none.
 * @param anchor what an unsaid year is taken from: `year` of the case, and a day the date may not lie before (a.s.).
 */
export function dutchDate(text: string, anchor: { readonly year?: number | undefined; readonly notBefore?: string | null } = {}): string | null {
  const flat = text
    .trim()
    .replace(/\s+/gu, " ")
    .replace(/^(?:maan|dins|woens|donder|vrij|zater|zon)dag /iu, "");
  const figure = figures.exec(flat);
  if (figure !== null) {
    const [, y, m, d, d2, m2, y2] = figure;
    return y !== undefined ? calendarDay(Number(y), Number(m), Number(d)) : calendarDay(Number(y2), Number(m2), Number(d2));
  }
  const match = words.exec(flat);
  if (match === null) return null;
  const name = (match[2] ?? "").toLowerCase();
  const month = months.includes(name) ? months.indexOf(name) + 1 : short.indexOf(name) + 1;
  const day = Number(match[1]);
  if (month === 0) return null;
  if (match[3] !== undefined) return calendarDay(Number(match[3]), month, day);
  const { year, notBefore } = anchor;
  if (year === undefined) return null;
  const found = calendarDay(year, month, day);
  return found !== null && notBefore !== undefined && notBefore !== null && found < notBefore ? calendarDay(year + 1, month, day) : found;
}
