/** Days and moments as Dutch clocks have them, whatever the device is set to. Used where a date or a time is filled in. */
import { endOfDay, isDay, today } from "#services/dossier/workflow/terms.ts";

export { isDay, today };

const endSeconds = 24 * 60 * 60 - 1;

/**
 * The moment at which Dutch clocks show `time` on `day`, as UTC. Counted back from the end of that day: right for every time after three in the morning, when clocks never change.
 * @param time `HH:MM`
 * @returns null when one of the two is not filled in as it should be.
 */
export function dutchMoment(day: string, time: string): string | null {
  const [, hours, minutes] = /^(\d{2}):(\d{2})$/.exec(time) ?? [];
  if (!isDay(day) || hours === undefined || minutes === undefined) return null;
  const seconds = Number(hours) * 3_600 + Number(minutes) * 60;
  return new Date(endOfDay(day).getTime() - (endSeconds - seconds) * 1_000).toISOString();
}
