/** The door of the chart room: figures as accessible SVG, for pages and papers alike. Pure; screens, papers and the command line call it. */
export { intervalAlternative, intervalChart, type ChartWords, type IntervalChart, type IntervalRow } from "./interval.ts";
export { trendAlternative, trendChart, type TrendChart } from "./trend.ts";
export { svgText, type Shape } from "./svg.ts";
