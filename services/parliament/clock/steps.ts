/** The dates inside a ministry, counted back on working days from the last day of the term. Used by index.ts. */
import type { InternalStep } from "#registers/answer-term/index.ts";
import { addDays, type CalendarDay, isWorkingDay } from "#services/dossier/workflow/terms.ts";
import { answerTerm, type AskedSet, type ClockSettings, defaultSettings } from "./term.ts";

/** One step with its day. */
export interface InternalDate {
  readonly step: InternalStep;
  readonly day: CalendarDay;
  /** The step would have been due before the questions came: it is due at once. */
  readonly squeezed: boolean;
  readonly state: "ahead" | "today" | "passed";
}

/** The working day `count` working days before `day`; a `day` that is none counts as the last working day before it. */
export function workingDaysBefore(day: CalendarDay, count: number): CalendarDay {
  let at = day;
  while (!isWorkingDay(at)) at = addDays(at, -1);
  for (let left = count; left > 0;) {
    at = addDays(at, -1);
    if (isWorkingDay(at)) left--;
  }
  return at;
}

/** The internal dates of a set as they stand on `today`. `steps` may be an organisation's own, in the order in which they are due. */
export function internalDates(
  set: AskedSet,
  today: CalendarDay,
  settings: ClockSettings = defaultSettings,
  steps: readonly InternalStep[] = settings.rules.steps,
): readonly InternalDate[] {
  const { due } = answerTerm(set, settings);
  let earliest = set.received;
  while (!isWorkingDay(earliest)) earliest = addDays(earliest, 1);
  return steps.map((step) => {
    const counted = workingDaysBefore(due, step.workingDays);
    const day = counted < earliest ? earliest : counted;
    return { step, day, squeezed: counted < earliest, state: day < today ? "passed" : day === today ? "today" : "ahead" };
  });
}
