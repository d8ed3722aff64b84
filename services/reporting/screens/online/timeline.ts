/** Messages over time as small squares, one row for each group of accounts: what is drawn, as numbers. Pure; drawn by timeline-picture.tsx. */
import { SLICE, type Found, type Pause } from "./found.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Steps a column may have. */
const steps = [
  MINUTE,
  5 * MINUTE,
  15 * MINUTE,
  HOUR,
  3 * HOUR,
  6 * HOUR,
  12 * HOUR,
  DAY,
  2 * DAY,
  7 * DAY,
  14 * DAY,
  30 * DAY,
  90 * DAY,
  365 * DAY,
  3650 * DAY,
];
/** Most columns: squares stay large enough to see on a phone. */
const COLUMNS = 45;
/** Most squares on top of each other. */
const TALLEST = 5;
const ROWS = { campaigns: 4, accounts: 5 } as const;
const units = [1, 2, 5];

/** One row: a campaign (accounts that write the same), one account, or everybody else. */
export interface ChartRow {
  readonly key: string;
  readonly kind: "campaign" | "account" | "others";
  /** Campaign number, for a campaign. */
  readonly campaign: number | null;
  /** Name of the account, for an account. */
  readonly account: string | null;
  readonly accounts: number;
  readonly total: number;
  /** Messages that look like a threat, at any level. */
  readonly threats: number;
  /** Milliseconds since 1970. */
  readonly first: number;
  readonly last: number;
  /** Messages of each column. */
  readonly counts: readonly number[];
  readonly threatCounts: readonly number[];
}

export interface Chart {
  /** Start of the first column, milliseconds since 1970. */
  readonly start: number;
  readonly step: number;
  readonly columns: number;
  /** Messages that one square stands for. */
  readonly unit: number;
  readonly rows: readonly ChartRow[];
  /** Messages without a time: not in the picture. */
  readonly timeless: number;
}

class Row {
  readonly accounts = new Set<string>();
  total = 0;
  threats = 0;
  first = Infinity;
  last = -Infinity;
  readonly times: number[] = [];
  readonly threatTimes: number[] = [];

  add(time: number, author: string | null, threat: boolean): void {
    this.total++;
    if (threat) this.threats++;
    if (author !== null) this.accounts.add(author);
    this.first = Math.min(this.first, time);
    this.last = Math.max(this.last, time);
    this.times.push(time);
    if (threat) this.threatTimes.push(time);
  }
}

const most = <K>(rows: ReadonlyMap<K, number>, count: number): K[] =>
  [...rows]
    .toSorted(([, one], [, other]) => other - one)
    .slice(0, count)
    .map(([key]) => key);

/** Smallest of 1, 2, 5, 10, 20 … that keeps the tallest pile within {@link TALLEST} squares. */
function unitFor(highest: number): number {
  for (let ten = 1; ; ten *= 10) for (const unit of units) if (highest <= unit * ten * TALLEST) return unit * ten;
}

/** Squares of a pile of `count` messages; one message is always seen. */
export const squaresOf = (count: number, unit: number): number => Math.ceil(count / unit);

/** The chart of all messages that have a time; null when none has. Made slice by slice. */
export async function chartOf(found: Found, pause: Pause): Promise<Chart | null> {
  const perCampaign = new Map<number, number>();
  const perAccount = new Map<string, number>();
  let timeless = 0;
  let [first, last] = [Infinity, -Infinity];
  const timed: number[] = [];
  for (const [index, item] of found.items.entries()) {
    if (index % SLICE === SLICE - 1) await pause();
    if (item.role === "notice") continue;
    const time = found.timeAt(index);
    if (time === null) {
      timeless++;
      continue;
    }
    timed.push(index);
    first = Math.min(first, time);
    last = Math.max(last, time);
    const campaign = found.campaignOf(index);
    if (campaign !== 0) perCampaign.set(campaign, (perCampaign.get(campaign) ?? 0) + 1);
    else if (item.author !== null) perAccount.set(item.author, (perAccount.get(item.author) ?? 0) + 1);
  }
  if (timed.length === 0) return null;
  const shown = { campaigns: new Set(most(perCampaign, ROWS.campaigns)), accounts: new Set(most(perAccount, ROWS.accounts)) };
  const campaigns = new Map<number, Row>([...shown.campaigns].map((campaign) => [campaign, new Row()]));
  const accounts = new Map<string, Row>([...shown.accounts].map((account) => [account, new Row()]));
  const others = new Row();
  for (const [place, index] of timed.entries()) {
    if (place % SLICE === SLICE - 1) await pause();
    const author = found.items[index]?.author ?? null;
    const row = campaigns.get(found.campaignOf(index)) ?? (found.campaignOf(index) === 0 && author !== null ? accounts.get(author) : undefined) ?? others;
    row.add(found.timeAt(index) ?? 0, author, found.levelOf(index) !== "none");
  }
  const step = steps.find((one) => Math.floor(last / one) - Math.floor(first / one) < COLUMNS) ?? Math.ceil((last - first + 1) / COLUMNS);
  const start = Math.floor(first / step) * step;
  const columns = Math.floor((last - start) / step) + 1;
  const countsOf = (times: readonly number[]): number[] => {
    const counts = Array.from({ length: columns }, () => 0);
    for (const time of times) {
      const column = Math.floor((time - start) / step);
      counts[column] = (counts[column] ?? 0) + 1;
    }
    return counts;
  };
  const rowOf = (key: string, kind: ChartRow["kind"], row: Row, who: { campaign?: number; account?: string } = {}): ChartRow => ({
    key,
    kind,
    campaign: who.campaign ?? null,
    account: who.account ?? null,
    accounts: row.accounts.size,
    total: row.total,
    threats: row.threats,
    first: row.first,
    last: row.last,
    counts: countsOf(row.times),
    threatCounts: countsOf(row.threatTimes),
  });
  const rows = [
    ...[...campaigns].map(([campaign, row]) => rowOf(`c${campaign}`, "campaign", row, { campaign })),
    ...[...accounts].map(([account, row]) => rowOf(`a${account}`, "account", row, { account })),
    ...(others.total === 0 ? [] : [rowOf("others", "others", others)]),
  ];
  return { start, step, columns, unit: unitFor(Math.max(...rows.flatMap(({ counts }) => counts))), rows, timeless };
}
