/** Counts terms on Dutch working days and in hours; pure, so that the server (which starts terms) and the client (which explains them) agree to the second. */
import type { TermLength } from "#services/dossier/workflow/define.ts";

/** Calendar day in the Netherlands, `YYYY-MM-DD`. */
export type CalendarDay = string;

const dayLength = 86_400_000;

const dayOf = (year: number, month: number, day: number): CalendarDay => new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);

/** The calendar day `days` after (or, negative, before) `day`. */
export const addDays = (day: CalendarDay, days: number): CalendarDay => new Date(Date.parse(`${day}T00:00:00Z`) + days * dayLength).toISOString().slice(0, 10);

/** Day of the week of a calendar day, 0 = Sunday. */
const weekday = (day: CalendarDay): number => new Date(`${day}T00:00:00Z`).getUTCDay();

/**
 * Easter Sunday of a Gregorian year (the anonymous Gregorian computus; J. Meeus, Astronomical Algorithms, ch. 8).
 */
export function easterSunday(year: number): CalendarDay {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const n = h + l - 7 * m + 114;
  return dayOf(year, Math.floor(n / 31), (n % 31) + 1);
}

/** The days of Algemene termijnenwet art. 3 lid 1 and 2, by their names there. Sundays and Saturdays come on top. */
export type HolidayName =
  | "nieuwjaarsdag"
  | "goede-vrijdag"
  | "tweede-paasdag"
  | "koningsdag"
  | "bevrijdingsdag"
  | "hemelvaartsdag"
  | "tweede-pinksterdag"
  | "eerste-kerstdag"
  | "tweede-kerstdag";

/**
 * The generally recognised holidays of one year (Algemene termijnenwet art. 3 lid 1: New Year's Day, Easter Monday, Ascension Day, Whit Monday,
 * both Christmas days, the day on which the King's birthday is celebrated, 5 May in every year; lid 2: Good Friday).
 * Days that a royal decree equates (lid 3, "brugdagen") differ per year and are not counted: a term may then seem due a day early, never late.
 */
const holidaysByYear = new Map<number, ReadonlyMap<CalendarDay, HolidayName>>();

/** Holidays of `year` as day -> name; see the note on lid 3 above. */
export function holidaysOf(year: number): ReadonlyMap<CalendarDay, HolidayName> {
  const known = holidaysByYear.get(year);
  if (known !== undefined) return known;
  const easter = easterSunday(year);
  const april27 = dayOf(year, 4, 27);
  const holidays = new Map<CalendarDay, HolidayName>([
    [dayOf(year, 1, 1), "nieuwjaarsdag"],
    [addDays(easter, -2), "goede-vrijdag"],
    [addDays(easter, 1), "tweede-paasdag"],
    // Celebrated on Saturday the 26th when the 27th is a Sunday.
    [weekday(april27) === 0 ? dayOf(year, 4, 26) : april27, "koningsdag"],
    [dayOf(year, 5, 5), "bevrijdingsdag"],
    [addDays(easter, 39), "hemelvaartsdag"],
    [addDays(easter, 50), "tweede-pinksterdag"],
    [dayOf(year, 12, 25), "eerste-kerstdag"],
    [dayOf(year, 12, 26), "tweede-kerstdag"],
  ]);
  holidaysByYear.set(year, holidays);
  return holidays;
}

/** Whether offices work on this day: not a Saturday, Sunday or a holiday of the Algemene termijnenwet. */
export function isWorkingDay(day: CalendarDay): boolean {
  const at = weekday(day);
  return at !== 0 && at !== 6 && !holidaysOf(Number(day.slice(0, 4))).has(day);
}

const amsterdam = new Intl.DateTimeFormat("en-CA", {
  timeZone: "Europe/Amsterdam",
  hourCycle: "h23",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
});

/** What Dutch clocks show at `moment`, as if it were UTC, in milliseconds (whole seconds). */
function localClock(moment: number): number {
  const part = new Map(amsterdam.formatToParts(moment).map(({ type, value }) => [type, value]));
  return Date.parse(`${part.get("year")}-${part.get("month")}-${part.get("day")}T${part.get("hour")}:${part.get("minute")}:${part.get("second")}Z`);
}

/** The calendar day it is in the Netherlands at `moment`. */
export const dutchDay = (moment: Date): CalendarDay => new Date(localClock(moment.getTime())).toISOString().slice(0, 10);

/** The calendar day it is in the Netherlands now, whatever the device is set to. */
export const today = (): CalendarDay => dutchDay(new Date());

/** Whether a text is a real calendar day, `YYYY-MM-DD`. */
export const isDay = (text: string): boolean => {
  const moment = /^\d{4}-\d{2}-\d{2}$/u.test(text) ? Date.parse(`${text}T12:00:00Z`) : Number.NaN;
  // Some clocks take 31 February for 3 March.
  return !Number.isNaN(moment) && new Date(moment).toISOString().startsWith(text);
};

/** The moment at which 23:59:59 shows on Dutch clocks on `day`. Never ambiguous: the clock changes at 02:00 and 03:00. */
export function endOfDay(day: CalendarDay): Date {
  const wanted = Date.parse(`${day}T23:59:59Z`);
  return new Date(wanted - (localClock(wanted) - wanted));
}

/**
 * When a term that starts at `from` is due. Hours run day and night, weekends and holidays included.
 * Working days count from the day after `from`; the term ends with the last of them, at 23:59:59 on Dutch clocks (Algemene termijnenwet art. 1 and 3).
 * @throws RangeError when the length is not a positive whole number.
 */
export function dueMoment(from: Date, length: TermLength): Date {
  const amount = "hours" in length ? length.hours : length.workingDays;
  if (!Number.isSafeInteger(amount) || amount < 1) throw new RangeError(`a term is a positive whole number of hours or working days, not ${amount}`);
  if ("hours" in length) return new Date(from.getTime() + amount * 3_600_000);
  let day = dutchDay(from);
  for (let left = amount; left > 0;) {
    day = addDays(day, 1);
    if (isWorkingDay(day)) left -= 1;
  }
  return endOfDay(day);
}
