/** Bursts: stretches of time with clearly more messages than around them. Used by index.ts and describe.ts of this room. */

/** A stretch of time with clearly more messages than around it. */
export interface Burst {
  /** First and last message of it, milliseconds since 1970 UTC. */
  readonly from: number;
  readonly to: number;
  readonly count: number;
  /** Messages an hour outside of busy hours, over everything that was measured. */
  readonly usualPerHour: number;
  /** In Dutch, for screens and exports. */
  readonly why: string;
}

const HOUR = 3600;
/** Fewer messages in an hour are never a burst. */
const LEAST = 8;
/** How many times the usual number an hour must bring. */
const TIMES_USUAL = 6;
/** Share of the hours, the busiest, that does not count for what is usual. */
const BUSIEST = 0.05;
/** Under this many hours nothing can be called usual. */
const LEAST_HOURS = 12;

/** Messages an hour without the busiest hours. `times` are sorted seconds. */
function usual(times: Uint32Array): number {
  const start = times[0] ?? 0;
  const hours = Math.floor(((times.at(-1) ?? 0) - start) / HOUR) + 1;
  const busy = new Map<number, number>();
  for (const time of times) {
    const hour = Math.floor((time - start) / HOUR);
    busy.set(hour, (busy.get(hour) ?? 0) + 1);
  }
  const left = Math.max(1, Math.ceil(hours * BUSIEST));
  const counts = Uint32Array.from(busy.values()).toSorted();
  const rest = counts.subarray(0, Math.max(0, counts.length - left)).reduce((sum, count) => sum + count, 0);
  return rest / Math.max(1, hours - left);
}

const dutch = new Intl.NumberFormat("nl", { maximumFractionDigits: 1 });

/** `12 minuten`, `3 uur`, `2 dagen`. */
export function lasting(seconds: number): string {
  if (seconds < 90) return "één minuut";
  if (seconds < 5400) return `${Math.round(seconds / 60)} minuten`;
  if (seconds < 36 * HOUR) return `${Math.round(seconds / HOUR)} uur`;
  return `${Math.round(seconds / (24 * HOUR))} dagen`;
}

/**
 * Bursts among messages at these times.
 * @param times seconds since 1970, sorted.
 * @returns in order of time; none when all messages fall within half a day, since then nothing is usual.
 */
export function burstsAmong(times: Uint32Array): readonly Burst[] {
  const span = (times.at(-1) ?? 0) - (times[0] ?? 0);
  if (times.length < LEAST || span < LEAST_HOURS * HOUR) return [];
  const usualPerHour = usual(times);
  const least = Math.max(LEAST, TIMES_USUAL * usualPerHour, usualPerHour + 6 * Math.sqrt(usualPerHour));
  const stretches: { from: number; to: number }[] = [];
  for (let to = 0, from = 0; to < times.length; to++) {
    while ((times[to] ?? 0) - (times[from] ?? 0) >= HOUR) from++;
    if (to - from + 1 < least) continue;
    const before = stretches.at(-1);
    if (before !== undefined && from <= before.to) before.to = to;
    else stretches.push({ from, to });
  }
  // A message at the edge that is further from its neighbour than busy messages are belongs to the quiet around it.
  const gap = HOUR / least;
  for (const stretch of stretches) {
    while ((times[stretch.from + 1] ?? 0) - (times[stretch.from] ?? 0) > gap && stretch.to - stretch.from >= LEAST) stretch.from++;
    while ((times[stretch.to] ?? 0) - (times[stretch.to - 1] ?? 0) > gap && stretch.to - stretch.from >= LEAST) stretch.to--;
  }
  return stretches.map(({ from, to }) => {
    const [start, end, count] = [times[from] ?? 0, times[to] ?? 0, to - from + 1];
    return {
      from: start * 1000,
      to: end * 1000,
      count,
      usualPerHour,
      why: `${dutch.format(count)} berichten in ${lasting(end - start)}; gewoonlijk ${dutch.format(usualPerHour)} per uur`,
    };
  });
}

/** Counts per step of time, for drawing. */
export interface Timeline {
  /** Start of the first step, milliseconds since 1970 UTC. */
  readonly start: number;
  /** Milliseconds a step. */
  readonly step: number;
  /** At most {@link MOST_STEPS} counts; together all messages that have a time. */
  readonly counts: readonly number[];
}

/** Most steps of a {@link Timeline}. */
const MOST_STEPS = 60;
const steps = [60, 300, 900, HOUR, 6 * HOUR, 24 * HOUR, 7 * 24 * HOUR, 30 * 24 * HOUR, 365 * 24 * HOUR, 10 * 365 * 24 * HOUR];

/** Messages at these times (sorted seconds) in equal steps, the smallest of a minute, a quarter, an hour, a day … that gives at most {@link MOST_STEPS}. Null without times. */
export function timelineOf(times: Uint32Array): Timeline | null {
  const [first, last] = [times[0], times.at(-1)];
  if (first === undefined || last === undefined) return null;
  const step = steps.find((one) => Math.floor(last / one) - Math.floor(first / one) < MOST_STEPS) ?? 100 * 365 * 24 * HOUR;
  const start = Math.floor(first / step);
  const counts = Array.from({ length: Math.floor(last / step) - start + 1 }, () => 0);
  for (const time of times) {
    const place = Math.floor(time / step) - start;
    counts[place] = (counts[place] ?? 0) + 1;
  }
  return { start: start * step * 1000, step: step * 1000, counts };
}
