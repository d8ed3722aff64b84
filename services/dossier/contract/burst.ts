/**
 * When many people without an account open dossiers at one desk: what counts as many, which lines of a worklist belong together, and when a desk is mailed about it. Pure; the server's mailer and the work screen ask it.
 *
 * [Note: One mail for a burst] A desk is mailed when a report comes in. While many come in within the hour it is not mailed again for those of people without an account, save once a day: who looks sees them all, in
 * one group. Reports of people with an account, and every change of a dossier, are mailed as always.
 */

/** So many dossiers of people without an account at one desk, within {@link burstMinutes}, are a burst. */
export const burstFrom = 20;
export const burstMinutes = 60;
/** A mail that went out so short before a burst began is the mail of that burst. */
const graceMinutes = 30;
/** While a burst goes on: at most one mail in so many hours. */
const dailyHours = 24;

/** Phases in which nobody has taken a dossier up: where a report and a request for help begin. */
const untouched: ReadonlySet<string> = new Set(["filed", "requested"]);

/** Lines that belong together: told as one, opened as a list. */
export interface Burst<Line> {
  /** When the first came in. */
  readonly since: string;
  /** Oldest first. */
  readonly lines: readonly Line[];
}

/** What is needed of a line. */
interface Grouped {
  readonly id: string;
  readonly guest: boolean;
  readonly opened: string;
  readonly phase: string;
}

/**
 * Bursts among the lines of a desk: those of people without an account that nobody took up yet, and of which at least {@link burstFrom} came in within {@link burstMinutes}. Every other line stands by itself.
 * @param apart ids that were taken out of their group
 */
export function burstsOf<Line extends Grouped>(lines: readonly Line[], apart: ReadonlySet<string> = new Set()): Burst<Line>[] {
  const waiting = lines
    .filter(({ id, guest, phase }) => guest && untouched.has(phase) && !apart.has(id))
    .map((line) => ({ line, at: Date.parse(line.opened) }))
    .toSorted((a, b) => a.at - b.at);
  const within = burstMinutes * 60_000;
  const bursts: Line[][] = [];
  // Places below this one are in a group already.
  let grouped = 0;
  for (let first = 0; first + burstFrom <= waiting.length; first += 1) {
    const last = first + burstFrom - 1;
    if ((waiting[last]?.at ?? Infinity) - (waiting[first]?.at ?? 0) > within) continue;
    if (first >= grouped) bursts.push([]);
    for (let place = Math.max(first, grouped); place <= last; place += 1) {
      const one = waiting[place];
      if (one !== undefined) bursts.at(-1)?.push(one.line);
    }
    grouped = Math.max(grouped, last + 1);
  }
  return bursts.map((of) => ({ since: of[0]?.opened ?? "", lines: of }));
}

/** Whether a desk is mailed about dossiers of people without an account. @param many whether a burst goes on @param before when it was mailed, and until when there was more that it was not mailed for */
export function mailsOfGuests(many: boolean, before: { readonly told: Date; readonly latest: Date } | null, at: Date): boolean {
  if (!many || before === null) return true;
  const minutes = (since: Date): number => (at.getTime() - since.getTime()) / 60_000;
  if (minutes(before.told) >= dailyHours * 60 || minutes(before.latest) > burstMinutes) return true;
  const begins = before.latest.getTime() <= before.told.getTime();
  return begins && minutes(before.told) > graceMinutes;
}
