/** Dot plots and bars with their margin: one line per group, the dot at the share, the whisker over its margin. Called by the figures of a publication. */
import { element, line, paint, picture, words, wrapped, type Shape } from "./svg.ts";

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

const step = 18;
/** Where things stand: on paper and wide screens the label beside its line, on a phone above it. */
interface Layout {
  readonly width: number;
  readonly left: number;
  readonly right: number;
  readonly above: boolean;
}
const wideLayout: Layout = { width: 720, left: 250, right: 168, above: false };
const narrowLayout: Layout = { width: 340, left: 8, right: 84, above: true };
const placeOf = ({ width, left, right }: Layout, percent: number): number => left + ((width - left - right) * percent) / 100;

/** The text alternative: every line of the chart as a phrase. */
function spoken({ description, rows, words: { between } }: IntervalChart): string {
  const said = rows.map(
    ({ label, value, instead }) => `${label}: ${value === null ? (instead ?? "") : `${value.percent} (${between(value.low, value.high)})`}`,
  );
  return `${description} ${said.join("; ")}.`;
}

/** Text alternative of a chart, for where the picture stands without its own. */
export const intervalAlternative = (chart: IntervalChart): string => spoken(chart).slice(0, 1_990);

function mark({ percent, low, high, wide }: NonNullable<IntervalRow["value"]>, y: number, kind: "dots" | "bars", layout: Layout): readonly Shape[] {
  const at = (one: number): number => placeOf(layout, one);
  const whisker = [
    line(at(low), y, at(high), y, paint.ink, 2, "chart-whisker"),
    line(at(low), y - 5, at(low), y + 5, paint.ink, 2, "chart-whisker"),
    line(at(high), y - 5, at(high), y + 5, paint.ink, 2, "chart-whisker"),
  ];
  if (kind === "bars") {
    const width = Math.max(1, at(percent) - layout.left);
    return [
      element("rect", { x: layout.left, y: y - 9, width, height: 18, fill: "#a9cbca", stroke: paint.accent, "stroke-width": 1, class: "chart-bar" }),
      ...whisker,
    ];
  }
  // An open dot: the margin says more than the middle.
  const dot = { cx: at(percent), cy: y, r: 6, fill: wide ? paint.paper : paint.accent, stroke: paint.accent, "stroke-width": 2.5 };
  return [...whisker, element("circle", { ...dot, class: wide ? "chart-dot-open" : "chart-dot" })];
}

/** Draws the chart. @param narrow for a phone: labels above their lines, numbers short */
export function intervalChart(chart: IntervalChart, narrow = false): Shape {
  const { rows, kind = "dots" } = chart;
  const layout = narrow ? narrowLayout : wideLayout;
  const { width, left, right, above } = layout;
  const indent = (row: IntervalRow): number => (row.under === true ? 16 : 0);
  const labels = rows.map((row) => wrapped(row.label, (above ? width : left) - 20 - indent(row), 15));
  const heights = labels.map((lines) => (above ? lines.length * step + 30 : Math.max(27, lines.length * step + 9)));
  const top = above ? 10 : 34;
  const height = top + heights.reduce((sum, one) => sum + one, 0) + 26;
  const grid = [0, 25, 50, 75, 100].flatMap((percent) => [
    line(placeOf(layout, percent), top - 6, placeOf(layout, percent), height - 24, paint.rule, 1, "chart-grid"),
    words(placeOf(layout, percent), height - 6, String(percent), { anchor: "middle", size: 13, soft: true }),
  ]);
  let y = top;
  const drawn = rows.flatMap((row, place): readonly Shape[] => {
    const own = heights[place] ?? 27;
    const lines = labels[place] ?? [];
    const middle = above ? y + lines.length * step + 13 : y + own / 2;
    const first = above ? y + 15 : middle + 5 - ((lines.length - 1) / 2) * step;
    y += own;
    const text = lines.map((one, index) => words(indent(row), first + index * step, one));
    if (row.value === null) return [...text, words(left, middle + 5, row.instead ?? "", { size: 14, soft: true })];
    const { percent, low, high } = row.value;
    return [
      ...text,
      ...mark(row.value, middle, kind, layout),
      words(width - right + (above ? 10 : 14), middle + 5, String(percent), { bold: true }),
      words(width - right + (above ? 34 : 44), middle + 5, above ? `${low}–${high}` : chart.words.between(low, high), { size: 13, soft: true }),
    ];
  });
  const head = above ? [] : [words(width - right + 14, 16, chart.words.of100, { size: 13, soft: true })];
  return picture(narrow ? `${chart.id}-n` : chart.id, chart.title, spoken(chart), width, height, [...grid, ...head, ...drawn]);
}
