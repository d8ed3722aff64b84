/** Whether someone can be reached at a moment, and when next, on Dutch clocks and with Dutch holidays. Pure; called by the pages of help and by the list of peers. */
import { addDays, dutchDay, endOfDay, holidaysOf } from "#services/dossier/workflow/terms.ts";
import type { Hours } from "#services/support/contract/situation.ts";

/** How it stands now. `unknown`: no source gives the hours. `holiday`: it would be open, but whether it is on this holiday is not known. */
export type Reachable =
  | { readonly state: "always" }
  | { readonly state: "open"; readonly until: Date }
  | { readonly state: "closed"; readonly opens: Date | null }
  | { readonly state: "holiday"; readonly opens: Date | null }
  | { readonly state: "unknown" };

/** Days ahead that are looked at: more than the longest row of closed days. */
const ahead = 15;

/** 1 Monday to 7 Sunday. */
const weekdayOf = (day: string): number => new Date(`${day}T12:00:00Z`).getUTCDay() || 7;

/**
 * The moment at which Dutch clocks show this time on this day. Counted back from the end of the day; on the two days of the year on which the clock changes,
 * before 03:00, that is an hour off, and nobody opens then.
 */
const momentAt = (day: string, clock: string): Date => {
  const [hour, minute] = clock.split(":").map(Number);
  return new Date(endOfDay(day).getTime() + 1_000 - (24 * 60 - ((hour ?? 0) * 60 + (minute ?? 0))) * 60_000);
};

/** Stretches of one day; none on a day it is closed or unknown. */
function stretchesOf(hours: Exclude<Hours, "always" | null>, day: string): readonly { readonly from: Date; readonly until: Date }[] {
  const weekday = weekdayOf(day);
  return hours.week
    .filter(({ days }) => days.includes(weekday))
    .map(({ from, until }) => ({ from: momentAt(day, from), until: momentAt(day, until) }))
    .toSorted((a, b) => a.from.getTime() - b.from.getTime());
}

const isHoliday = (day: string): boolean => holidaysOf(Number(day.slice(0, 4))).has(day);

/** How it stands at `moment`. */
export function reachableAt(hours: Hours, moment: Date): Reachable {
  if (hours === "always") return { state: "always" };
  if (hours === null) return { state: "unknown" };
  const today = dutchDay(moment);
  const shut = (day: string): boolean => hours.holidays !== "open" && isHoliday(day);
  const now = stretchesOf(hours, today).find(({ from, until }) => from <= moment && moment < until);
  if (now !== undefined && !shut(today)) return { state: "open", until: now.until };
  const opens = nextOpening(hours, moment, today, shut);
  return now !== undefined && hours.holidays === "unknown" ? { state: "holiday", opens } : { state: "closed", opens };
}

function nextOpening(hours: Exclude<Hours, "always" | null>, moment: Date, today: string, shut: (day: string) => boolean): Date | null {
  for (let days = 0; days < ahead; days += 1) {
    const day = addDays(today, days);
    if (shut(day)) continue;
    const next = stretchesOf(hours, day).find(({ from }) => from > moment);
    if (next !== undefined) return next.from;
  }
  return null;
}

/** Whether a call is answered now, as far as is known. */
export const isReachable = (hours: Hours, moment: Date): boolean => ["always", "open"].includes(reachableAt(hours, moment).state);
