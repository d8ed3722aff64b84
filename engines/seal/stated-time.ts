/** What a moment inside a signed statement may be, as far as it can be checked: by the rosters in force then, and by what was stated before. One rule for readers, servers and bundles. */
import type { Roster } from "./roster.ts";

/** Clocks of two people differ: so many milliseconds, either way, are nobody's lie. */
export const clockSlack = 5 * 60 * 1000;

/**
 * How far, in milliseconds, a server lets an entry or a roster run ahead of its own clock, and a roster lag behind it. Together they are {@link clockSlack}: what was
 * signed just before someone left stays signed by a roster in force, whichever of the two clocks was off.
 */
export const takenAhead = 3 * 60 * 1000;
/** See {@link takenAhead}. */
export const takenBehind = clockSlack - takenAhead;

/**
 * The rosters of a verified chain that are in force around a moment: each from {@link clockSlack} before it was signed until so long after the next one was; the first
 * one from ever, the last one until further notice. Whoever signs for a desk must be in one of them.
 * @param history genesis first, as `verifyRosterChain` gives it
 * @param at RFC 3339
 */
export function rostersInForce(history: readonly Roster[], at: string): readonly Roster[] {
  const moment = Date.parse(at);
  return history.filter((roster, index) => {
    const next = history[index + 1];
    const from = index === 0 ? Number.NEGATIVE_INFINITY : Date.parse(roster.at) - clockSlack;
    const until = next === undefined ? Number.POSITIVE_INFINITY : Date.parse(next.at) + clockSlack;
    return from <= moment && moment <= until;
  });
}

/**
 * Whether an entry may state `at` after entries of which the latest states `latest` (null: there is none). Measured against the latest and not the last one, so that
 * many small steps back are no way around it.
 */
export const mayFollow = (latest: string | null, at: string): boolean => latest === null || Date.parse(at) >= Date.parse(latest) - clockSlack;

/** The later of two moments; null is before all. */
export const laterOf = (a: string | null, b: string): string => (a !== null && Date.parse(a) > Date.parse(b) ? a : b);
