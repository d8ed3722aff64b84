/** The clock of one set under work: the term of the Kamer and the dates inside the house, from what was opened. Used by this room. */
import {
  answerTerm,
  defaultSettings,
  internalDates,
  standing,
  type AnswerTerm,
  type AskedSet,
  type ClockSettings,
  type InternalDate,
  type Standing,
} from "#services/parliament/clock/index.ts";
import type { CalendarDay } from "#services/dossier/workflow/terms.ts";

/**
 * Where the set stands in time. It is counted from opened contents by whoever reads them: the day the questions came is sealed like everything else, so the server keeps the days inside the house only
 * (the workflow's terms) and never the term of the Kamer.
 */
export interface SetClock {
  readonly asked: AskedSet;
  readonly settings: ClockSettings;
  readonly term: AnswerTerm;
  readonly standing: Standing;
  readonly dates: readonly InternalDate[];
}

/** The clock on `today`; null when the day of sending in is not known. */
export function clockOf(
  asked: Omit<AskedSet, "received"> & { readonly received: CalendarDay | null },
  today: CalendarDay,
  recess: ClockSettings["recess"],
  settings?: ClockSettings,
): SetClock | null {
  const { received } = asked;
  if (received === null) return null;
  const own: ClockSettings = settings ?? { ...defaultSettings, recess };
  const set: AskedSet = { ...asked, received };
  return { asked: set, settings: own, term: answerTerm(set, own), standing: standing(set, today, own), dates: internalDates(set, today, own) };
}
