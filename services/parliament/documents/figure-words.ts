/** A cited figure in words: value, margin, of whom and of how many, when, by whom, and where it stands. The one place that says it, so that footnote and table cannot differ. */
import type { CitedFigure } from "#services/figures/contract/citation.ts";

const number = (value: number): string => new Intl.NumberFormat("nl-NL", { maximumFractionDigits: 2 }).format(value);

/** `25 november 2026`. */
export function dayInWords(day: string): string {
  const months = ["januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"];
  const [year = "", month = "", date = ""] = day.split("-");
  return `${Number(date)} ${months[Number(month) - 1] ?? month} ${year}`;
}

const withUnit = (value: number, unit: CitedFigure["unit"]): string =>
  unit === "percent" ? `${number(value)}%` : unit === "days" ? `${number(value)} ${value === 1 ? "dag" : "dagen"}` : number(value);

/** `45 van de 100 ambtsdragers …`, `1.200 meldingen`, `12 dagen …`: the value with what was counted, which says itself that it is of a hundred. */
export const statedWords = ({ value, unit, statement }: CitedFigure): string =>
  `${unit === "percent" && /^van de 100\b/u.test(statement) ? number(value) : withUnit(value, unit)} ${statement}`;

/** `tussen 41% en 49% (95% zekerheid)`; a count of everything there was has none. */
export function marginWords({ low, high, level, unit }: CitedFigure): string {
  if (low === null || high === null) return "geen marge: alles is geteld";
  const sure = level === null ? "" : ` (met ${number(level * 100)}% zekerheid)`;
  return `tussen ${withUnit(low, unit)} en ${withUnit(high, unit)}${sure}`;
}

/** `van 1.200 antwoorden of feiten`. */
export const countWords = ({ n }: CitedFigure): string => (n === null ? "n niet vermeld" : `n = ${number(n)}`);

/** Where it is published. @param site `https://…` of the publication; null prints the path by itself. */
export const addressOf = ({ address }: CitedFigure, site: string | null): string => (site === null ? address : `${site.replace(/\/+$/u, "")}${address}`);

/** The whole of it, without the address. */
export const citationWords = (figure: CitedFigure): string =>
  `${statedWords(figure)}. Marge: ${marginWords(figure)}; ${countWords(figure)}. Over wie of wat: ${figure.denominator}. Periode: ${figure.period}. Bron: ${figure.source}, gepubliceerd op ${dayInWords(figure.publishedOn)}. Vindplaats:`;
