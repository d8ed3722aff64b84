/** How long a minister has: the rules of registers/answer-term over calendar days. Used by the rest of this room and by index.ts. */
import { answerTermRules, type AnswerTermRules, type RecessEffect, type TermRule } from "#registers/answer-term/index.ts";
import { type Recess, recesses } from "#registers/recess/index.ts";
import { addDays, type CalendarDay, isDay, isWorkingDay } from "#services/dossier/workflow/terms.ts";

/** A postponement as the minister told the Speaker. */
export interface Postponement {
  /** Day on which it was sent. */
  readonly on: CalendarDay;
  /** The rule asks for reasons. */
  readonly reasons: string;
}

/** What the clock needs to know about a set. */
export interface AskedSet {
  /** Day of sending in (ingezonden). */
  readonly received: CalendarDay;
  readonly postponement: Postponement | null;
  /** Day on which the answers were sent; null as long as they were not. */
  readonly answered: CalendarDay | null;
}

/** What an organisation may decide for itself. */
export interface ClockSettings {
  readonly rules: AnswerTermRules;
  readonly recess: RecessEffect;
  readonly recesses: readonly Recess[];
}

/** The registers as they are. */
export const defaultSettings: ClockSettings = { rules: answerTermRules, recess: answerTermRules.recess.default, recesses };

/** The term of one set. */
export interface AnswerTerm {
  /** Last day of the first three weeks. */
  readonly first: CalendarDay;
  /** Last day now, with the postponement. */
  readonly due: CalendarDay;
  readonly postponed: boolean;
  /** The rules it rests on, in order, to be shown beside the day. */
  readonly rules: readonly TermRule[];
  /** Recesses that changed the day; empty when the term runs on. */
  readonly recesses: readonly Recess[];
  /**
   * Part of the term lies outside what the register of recesses covers (before its first recess or after its last): whether a recess falls in it is not known, and must be said beside the day. Also with the
   * setting `runs`, under which the day itself does not hang on it.
   */
  readonly recessUnknown: boolean;
}

/** Why a postponement does not stand. */
export type PostponementProblem = "no-reasons" | "before-received" | "after-first-term" | "already-answered";

/** What is wrong with a postponement, or null. `after-first-term`: the Speaker should have heard before the three weeks were over; the three weeks are added all the same. */
export function postponementProblem(set: AskedSet, postponement: Postponement, settings: ClockSettings = defaultSettings): PostponementProblem | null {
  if (postponement.reasons.trim() === "") return "no-reasons";
  if (postponement.on < set.received) return "before-received";
  if (set.answered !== null && set.answered <= postponement.on) return "already-answered";
  return postponement.on > answerTerm({ ...set, postponement: null }, settings).first ? "after-first-term" : null;
}

/** Whether the recesses of every day from `from` to `to` are in the register; see {@link AnswerTerm}. */
function recessesKnown(from: CalendarDay, to: CalendarDay, list: readonly Recess[]): boolean {
  const [first, last] = [list[0], list.at(-1)];
  return first !== undefined && last !== undefined && first.from <= from && to <= last.to;
}

const within = (day: CalendarDay, list: readonly Recess[]): Recess | undefined => list.find(({ from, to }) => from <= day && day <= to);

/** The last of `weeks` weeks after `from`. */
function lastDay(from: CalendarDay, weeks: number, settings: ClockSettings, met: Set<Recess>): CalendarDay {
  if (settings.recess !== "pauses") {
    let day = addDays(from, weeks * 7);
    if (settings.recess === "runs") return day;
    for (let recess = within(day, settings.recesses); recess !== undefined; recess = within(day, settings.recesses)) {
      met.add(recess);
      day = addDays(recess.to, 1);
      while (!isWorkingDay(day)) day = addDays(day, 1);
    }
    return day;
  }
  let day = from;
  for (let left = weeks * 7; left > 0;) {
    day = addDays(day, 1);
    const recess = within(day, settings.recesses);
    if (recess === undefined) left--;
    else met.add(recess);
  }
  return day;
}

/**
 * The term of a set: three weeks of calendar days after the day of sending in, and three more from there when a postponement with reasons was sent.
 * Nothing we read moves a last day that falls in a weekend, so it stays where it is; internal dates are working days before it.
 * @throws RangeError when a day is no calendar day.
 */
export function answerTerm(set: AskedSet, settings: ClockSettings = defaultSettings): AnswerTerm {
  if (!isDay(set.received)) throw new RangeError(`${set.received} is not a calendar day (YYYY-MM-DD)`);
  const { answer, postponement } = settings.rules;
  const met = new Set<Recess>();
  const first = lastDay(set.received, answer.weeks, settings, met);
  const postponed = set.postponement !== null && set.postponement.reasons.trim() !== "";
  const due = postponed ? lastDay(first, postponement.weeks, settings, met) : first;
  return {
    first,
    due,
    postponed,
    rules: postponed ? [answer, postponement] : [answer],
    recesses: [...met],
    recessUnknown: !recessesKnown(set.received, due, settings.recesses),
  };
}
