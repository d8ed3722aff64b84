/** Dot plots and bars with their margin: one line per group, the dot at the share, the whisker over its margin. Called by the figures of a publication. */
import { element, line, paint, picture, words, wrapped } from "./svg.ts";

/** One line of a chart. */
export interface IntervalRow {
  readonly label: string;
  /** In percents; null for a figure that is not shown, with the word that stands there instead. */
  readonly value: { readonly percent: number; readonly low: number; readonly high: number; readonly n: number; readonly wide: boolean } | null;
  readonly instead?: string;
  /** A line under others: indented. */
  readonly under?: boolean;
}

/** Words of a chart, in one language. */
export interface ChartWords {
  readonly of100: string;
  readonly between: (low: number, high: number) => string;
}

/** Everything a chart needs. */
export interface IntervalChart {
  /** Unique on its page. */
  readonly id: string;
  readonly title: string;
  /** What a listener needs: what is shown, of whom. The figures themselves are added to it. */
  readonly description: string;
  readonly rows: readonly IntervalRow[];
  readonly words: ChartWords;
  /** `dots` (default) or `bars`: a bar always has its whisker. */
  readonly kind?: "dots" | "bars";
}

const width = 720;
const left = 250;
const right = 168;
const step = 18;
const plot = width - left - right;
const at = (percent: number): number => left + (plot * percent) / 100;

/** The text alternative: every line of the chart as a phrase. */
function spoken({ description, rows, words: { between } }: IntervalChart): string {
  const said = rows.map(
    ({ label, value, instead }) => `${label}: ${value === null ? (instead ?? "") : `${value.percent} (${between(value.low, value.high)})`}`,
  );
  return `${description} ${said.join("; ")}.`;
}

/** Text alternative of a chart, for where the picture stands without its own. */
export const intervalAlternative = (chart: IntervalChart): string => spoken(chart).slice(0, 1_990);

function mark({ percent, low, high, wide }: NonNullable<IntervalRow["value"]>, y: number, kind: "dots" | "bars"): string {
  const whisker = [
    line(at(low), y, at(high), y, paint.ink, 2, "chart-whisker"),
    line(at(low), y - 5, at(low), y + 5, paint.ink, 2, "chart-whisker"),
    line(at(high), y - 5, at(high), y + 5, paint.ink, 2, "chart-whisker"),
  ].join("");
  if (kind === "bars") {
    const bar = element("rect", {
      x: left,
      y: y - 9,
      width: Math.max(1, at(percent) - left),
      height: 18,
      fill: "#a9cbca",
      stroke: paint.accent,
      "stroke-width": 1,
      class: "chart-bar",
    });
    return `${bar}${whisker}`;
  }
  // An open dot: the margin says more than the middle.
  return `${whisker}${element("circle", { cx: at(percent), cy: y, r: 6, fill: wide ? paint.paper : paint.accent, stroke: paint.accent, "stroke-width": 2.5, class: wide ? "chart-dot-open" : "chart-dot" })}`;
}

/** Draws the chart. */
export function intervalChart(chart: IntervalChart): string {
  const { rows, kind = "dots" } = chart;
  const labels = rows.map(({ label, under }) => wrapped(label, left - 20 - (under === true ? 16 : 0), 15));
  const heights = labels.map((lines) => Math.max(27, lines.length * step + 9));
  const top = 34;
  const height = top + heights.reduce((sum, one) => sum + one, 0) + 26;
  const grid = [0, 25, 50, 75, 100].map(
    (percent) =>
      `${line(at(percent), top - 6, at(percent), height - 24, paint.rule, 1, "chart-grid")}${words(at(percent), height - 6, String(percent), { anchor: "middle", size: 13, soft: true })}`,
  );
  let y = top;
  const drawn = rows.map((row, place) => {
    const own = heights[place] ?? 27;
    const middle = y + own / 2;
    y += own;
    const lines = labels[place] ?? [];
    const text = lines.map((one, index) => words(row.under === true ? 16 : 0, middle + 5 + (index - (lines.length - 1) / 2) * step, one)).join("");
    if (row.value === null) return `${text}${words(left, middle + 5, row.instead ?? "", { size: 14, soft: true })}`;
    const { percent, low, high } = row.value;
    const numbers = `${words(width - right + 14, middle + 5, String(percent), { bold: true })}${words(width - right + 44, middle + 5, chart.words.between(low, high), { size: 13, soft: true })}`;
    return `${text}${mark(row.value, middle, kind)}${numbers}`;
  });
  const head = words(width - right + 14, 16, chart.words.of100, { size: 13, soft: true });
  return picture(chart.id, chart.title, spoken(chart), width, height, `${grid.join("")}${head}${drawn.join("")}`);
}
