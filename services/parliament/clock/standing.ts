/** Where sets stand on a day: what is late, since when, when it comes on the Kamer's Monday list, and what will be late soon. Used by index.ts. */
import { addDays, type CalendarDay, isWorkingDay } from "#services/dossier/workflow/terms.ts";
import { answerTerm, type AskedSet, type ClockSettings, defaultSettings } from "./term.ts";

/** One set on one day. */
export interface Standing {
  readonly state: "running" | "last-day" | "late" | "answered" | "answered-late";
  readonly due: CalendarDay;
  readonly postponed: boolean;
  /** Calendar days until the last day; negative once it has passed. For an answered set: as it was on the day of answering. */
  readonly daysLeft: number;
  /** Working days after `today` up to and with the last day; 0 once it has passed. */
  readonly workingDaysLeft: number;
  /** The Monday on which the Kamer lists it, or would; null for a set answered in time. */
  readonly listedOn: CalendarDay | null;
  /** A postponement is still possible in time: none was sent, and the first three weeks are not over. */
  readonly mayPostpone: boolean;
}

const between = (from: CalendarDay, to: CalendarDay): number => Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
/** The first Monday after a day. */
const mondayAfter = (day: CalendarDay): CalendarDay => {
  let at = addDays(day, 1);
  while (new Date(`${at}T00:00:00Z`).getUTCDay() !== 1) at = addDays(at, 1);
  return at;
};

/** Where a set stands on `today`. */
export function standing(set: AskedSet, today: CalendarDay, settings: ClockSettings = defaultSettings): Standing {
  const { first, due, postponed } = answerTerm(set, settings);
  const measured = set.answered ?? today;
  const daysLeft = between(measured, due);
  let workingDaysLeft = 0;
  for (let day = addDays(today, 1); day <= due && set.answered === null; day = addDays(day, 1)) if (isWorkingDay(day)) workingDaysLeft++;
  const state = set.answered !== null ? (daysLeft < 0 ? "answered-late" : "answered") : daysLeft < 0 ? "late" : daysLeft === 0 ? "last-day" : "running";
  const monday = mondayAfter(due);
  const listed = set.answered === null || set.answered >= monday;
  return {
    state,
    due,
    postponed,
    daysLeft,
    workingDaysLeft,
    listedOn: listed ? monday : null,
    mayPostpone: set.answered === null && set.postponement === null && today <= first,
  };
}

/** What a desk sees of all its sets. */
export interface Outlook<T> {
  /** Past their last day, the longest first. */
  readonly late: readonly T[];
  /** Due today or within the days asked, the soonest first. */
  readonly soon: readonly T[];
  /** On the next list of the Kamer if nothing is sent before. */
  readonly nextList: { readonly on: CalendarDay; readonly sets: readonly T[] };
}

/** Sorts sets by what is late and what will be within `days` calendar days. */
export function outlook<T extends AskedSet>(sets: readonly T[], today: CalendarDay, days: number, settings: ClockSettings = defaultSettings): Outlook<T> {
  const open = sets
    .filter(({ answered }) => answered === null)
    .map((set) => ({ set, at: standing(set, today, settings) }))
    .toSorted((a, b) => (a.at.due < b.at.due ? -1 : a.at.due > b.at.due ? 1 : 0));
  const on = new Date(`${today}T00:00:00Z`).getUTCDay() === 1 ? today : mondayAfter(today);
  return {
    late: open.filter(({ at }) => at.state === "late").map(({ set }) => set),
    soon: open.filter(({ at }) => at.state !== "late" && at.daysLeft <= days).map(({ set }) => set),
    nextList: { on, sets: open.filter(({ at }) => at.due < on).map(({ set }) => set) },
  };
}
