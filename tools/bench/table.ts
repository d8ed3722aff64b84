/** How every bench says what it found: one markdown table with the machine under it. Used by the benches in this folder only. */
import { availableParallelism, loadavg, totalmem } from "node:os";

/** One line of a bench: a number of ours beside a number measured in the same run. */
export interface Row {
  readonly what: string;
  /** Ours, with its unit. */
  readonly ours: string;
  /** What the same machine does at the least for such work, measured in the same run; empty when there is nothing to compare. */
  readonly baseline?: string;
  /** Ours against the baseline, as text. */
  readonly ratio?: string;
  /** What was promised; empty when nothing was. */
  readonly target?: string;
  /** Whether the promise was kept; left out where there is none. */
  readonly met?: boolean;
}

const cell = (text: string | undefined): string => (text ?? "").replaceAll("|", "\\|").replaceAll("\n", " ");

/** Cores, load and runtime at this moment, as one line under a table. */
export function machine(loadBefore: readonly number[]): string {
  const load = (values: readonly number[]): string => (values[0] ?? 0).toFixed(2);
  return [
    `${availableParallelism()} cores`,
    `${Math.round(totalmem() / 2 ** 30)} GiB`,
    `load average (1 min) ${load(loadBefore)} before, ${load(loadavg())} after`,
    `Node ${process.versions.node}`,
    `${process.platform} ${process.arch}`,
    new Date().toISOString().slice(0, 16).replace("T", " ") + " UTC",
  ].join("; ");
}

/** The table as markdown. */
export function table(title: string, rows: readonly Row[], loadBefore: readonly number[], notes: readonly string[] = []): string {
  const lines = rows.map((row) => {
    const verdict = row.met === undefined ? "" : row.met ? "yes" : "**no**";
    return `| ${[row.what, row.ours, row.baseline, row.ratio, row.target, verdict].map(cell).join(" | ")} |`;
  });
  return [
    `### ${title}`,
    "",
    "| what | ours | baseline, same run | ratio | target | met |",
    "|---|---|---|---|---|---|",
    ...lines,
    "",
    `Machine: ${machine(loadBefore)}`,
    ...notes.map((note) => `\n${note}`),
    "",
  ].join("\n");
}

/** The value below which `share` (0..1) of the values lie; NaN without values. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** Slope of the least-squares line through points given by their coordinates; NaN with fewer than two. */
export function slopeOf(x: readonly number[], y: readonly number[]): number {
  const mean = (of: readonly number[]): number => of.reduce((sum, one) => sum + one, 0) / of.length;
  const [middle, level] = [mean(x), mean(y)];
  const over = x.reduce((sum, at, place) => sum + (at - middle) * ((y[place] ?? Number.NaN) - level), 0);
  return over / x.reduce((sum, at) => sum + (at - middle) ** 2, 0);
}

/** `p50 / p95 / p99` in milliseconds. */
export const percentiles = (values: readonly number[]): string => [0.5, 0.95, 0.99].map((share) => percentile(values, share).toFixed(1)).join(" / ") + " ms";

/** Bytes as MiB. */
export const mebibytes = (bytes: number): string => `${Math.round(bytes / 2 ** 20)} MiB`;

/** Tells on standard error what a bench is doing, so that standard output holds the tables alone. */
export const tell = (text: string): void => void process.stderr.write(`  ${text}\n`);
