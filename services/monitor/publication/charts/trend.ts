/**
 * A share over the years: our own waves with their margin, joined by a line; what others published apart from them. Called by the figures of a publication.
 *
 * [Note: Not one series] Earlier figures come from other questions, other weights and no published margin. They stand as open diamonds, without a line between them and without a line to ours; several figures
 * of one year stand side by side.
 */
import { element, line, paint, picture, words, type Shape } from "./svg.ts";

/** A figure of a wave of ours. */
export interface OwnPoint {
  readonly year: number;
  readonly percent: number;
  readonly low: number;
  readonly high: number;
}
/** A figure others published. */
export interface OtherPoint {
  readonly year: number;
  readonly percent: number;
}

/** Everything a trend needs. */
export interface TrendChart {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly own: readonly OwnPoint[];
  readonly others: readonly OtherPoint[];
  readonly words: { readonly own: string; readonly others: string; readonly between: (low: number, high: number) => string };
}

/** On paper and wide screens the two marks are explained side by side, on a phone one above the other. */
interface Layout {
  readonly width: number;
  readonly top: number;
  readonly stacked: boolean;
}
const wideLayout: Layout = { width: 720, top: 44, stacked: false };
const narrowLayout: Layout = { width: 340, top: 70, stacked: true };
const plot = 258;
const left = 44;
const bottom = 58;

function spoken({ description, own, others, words: { between, own: ours, others: theirs } }: TrendChart): string {
  const mine = own.map(({ year, percent, low, high }) => `${year}: ${percent} (${between(low, high)})`);
  const rest = others.map(({ year, percent }) => `${year}: ${percent}`);
  return `${description} ${ours}: ${mine.join("; ")}.${rest.length === 0 ? "" : ` ${theirs}: ${rest.join("; ")}.`}`;
}

/** Text alternative of a trend. */
export const trendAlternative = (chart: TrendChart): string => spoken(chart).slice(0, 1_990);

const diamond = (x: number, y: number): Shape =>
  element("path", {
    d: `M${x} ${y - 7}L${x + 7} ${y}L${x} ${y + 7}L${x - 7} ${y}Z`,
    fill: paint.paper,
    stroke: paint.edge,
    "stroke-width": 2,
    class: "chart-other",
  });

const dot = (x: number, y: number): Shape =>
  element("circle", { cx: x, cy: y, r: 6, fill: paint.accent, stroke: paint.accent, "stroke-width": 2, class: "chart-dot" });

/** Draws the chart. The scale always runs from 0 to 100: a difference looks as large as it is. @param narrow for a phone, with ids of its own */
export function trendChart(chart: TrendChart, narrow = false): Shape {
  const { own, others } = chart;
  const { width, top, stacked } = narrow ? narrowLayout : wideLayout;
  const height = top + plot + bottom;
  const years = [...own, ...others].map(({ year }) => year);
  const [first, last] = [Math.min(...years), Math.max(...years)];
  const x = (year: number): number => Math.round(left + 40 + ((width - left - 90) * (year - first)) / Math.max(1, last - first));
  const y = (percent: number): number => Math.round(top + ((height - top - bottom) * (100 - percent)) / 100);
  const grid = [0, 25, 50, 75, 100].flatMap((percent) => [
    line(left, y(percent), width - 10, y(percent), paint.rule, 1, "chart-grid"),
    words(left - 8, y(percent) + 5, String(percent), { anchor: "end", size: 13, soft: true }),
  ]);
  // The last year has its tick; an earlier one when it does not run into the next.
  const told = [...new Set(years)]
    .toSorted((a, b) => b - a)
    .reduce<readonly number[]>((kept, year) => (kept.some((one) => x(one) - x(year) < 36) ? kept : [...kept, year]), []);
  const ticks = told.map((year) => words(x(year), height - bottom + 24, String(year), { anchor: "middle", size: 13, soft: true }));
  const theirs = [...Map.groupBy(others, ({ year }) => year)].flatMap(([year, points]) =>
    points
      .toSorted((a, b) => a.percent - b.percent)
      .flatMap(({ percent }, place) => {
        const beside = x(year) + (place - (points.length - 1) / 2) * (stacked ? 16 : 26);
        const above = y(percent) - 13 - (points.length > 1 ? (place % 2) * 14 : 0);
        return [diamond(beside, y(percent)), words(beside, above, String(percent), { anchor: "middle", size: 13, soft: true })];
      }),
  );
  const joined = own.map((point, at) => `${at === 0 ? "M" : "L"}${x(point.year)} ${y(point.percent)}`).join("");
  const path = own.length < 2 ? [] : [element("path", { d: joined, fill: "none", stroke: paint.accent, "stroke-width": 2, class: "chart-line" })];
  const mine = own.flatMap(({ year, percent, low, high }) => [
    line(x(year), y(low), x(year), y(high), paint.ink, 2, "chart-whisker"),
    ...[low, high].map((end) => line(x(year) - 6, y(end), x(year) + 6, y(end), paint.ink, 2, "chart-whisker")),
    dot(x(year), y(percent)),
    words(x(year) + 12, y(percent) + 5, String(percent), { bold: true }),
  ]);
  const [x2, y2] = stacked ? [left + 6, 40] : [left + 300, 16];
  const legend = [
    dot(left + 6, 16),
    words(left + 20, 21, chart.words.own, { size: 14 }),
    ...(others.length === 0 ? [] : [diamond(x2, y2), words(x2 + (stacked ? 14 : 16), y2 + 5, chart.words.others, { size: 14 })]),
  ];
  return picture(narrow ? `${chart.id}-n` : chart.id, chart.title, spoken(chart), width, height, [...grid, ...ticks, ...path, ...theirs, ...mine, ...legend]);
}
