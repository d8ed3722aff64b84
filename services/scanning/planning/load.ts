/** Visits per adviser per week, and whom to send: fewest scans first, then who comes near already. Called by the planning page and by choosing an adviser. */

/** What of a scan the load is made of. */
export interface PlannedScan {
  /** Person id of the adviser; null while none is assigned, or for a scan of before covers named them. */
  readonly expert: string | null;
  /** Dutch day of the planned visit, `YYYY-MM-DD`; null without one. */
  readonly visit: string | null;
  /** Minutes the visit takes; two hours when not known. */
  readonly minutes: number;
  /** Where the home is; empty when not known. */
  readonly town: string;
}

/** What a coordinator keeps of an adviser, sealed on their own device. */
export interface Preference {
  /** Visits a week at most; null: not filled in. */
  readonly perWeek: number | null;
  /** Towns or regions in the coordinator's own words. */
  readonly region: string;
}

/** The load of one adviser. */
export interface AdviserLoad {
  readonly person: string;
  readonly name: string;
  /** Assigned scans whose advice is not handed in yet. */
  readonly open: number;
  /** Planned visits in each week asked for. */
  readonly visits: readonly number[];
  /** Minutes of those. */
  readonly minutes: readonly number[];
  readonly preference: Preference;
}

/** An adviser with why they stand where they stand. */
export interface Suggestion extends AdviserLoad {
  /** Works in the town of this scan already, by preference or by another open scan. */
  readonly near: boolean;
  /** No room this week or next by the coordinator's own number. */
  readonly full: boolean;
  readonly suggested: boolean;
}

const dayLength = 86_400_000;
const at = (day: string): number => Date.parse(`${day}T00:00:00Z`);
const dayOf = (moment: number): string => new Date(moment).toISOString().slice(0, 10);

/** Monday of the week of a day, as Dutch calendars have weeks (ISO 8601). */
export function mondayOf(day: string): string {
  const moment = at(day);
  return dayOf(moment - ((new Date(moment).getUTCDay() + 6) % 7) * dayLength);
}

/** Mondays of so many weeks, beginning with the week of a day. */
export function weeksFrom(day: string, count: number): string[] {
  const first = at(mondayOf(day));
  return Array.from({ length: count }, (_, week) => dayOf(first + week * 7 * dayLength));
}

const none: Preference = { perWeek: null, region: "" };

/** The load of every adviser, in the order of the roster. @param weeks Mondays */
export function loadOf(
  scans: readonly PlannedScan[],
  advisers: readonly { readonly person: string; readonly name: string }[],
  weeks: readonly string[],
  preferences: Readonly<Record<string, Preference>> = {},
): AdviserLoad[] {
  return advisers.map(({ person, name }) => {
    const own = scans.filter(({ expert }) => expert === person);
    const inWeek = (week: string): PlannedScan[] => own.filter(({ visit }) => visit !== null && mondayOf(visit) === week);
    return {
      person,
      name,
      open: own.length,
      visits: weeks.map((week) => inWeek(week).length),
      minutes: weeks.map((week) => inWeek(week).reduce((sum, { minutes }) => sum + minutes, 0)),
      preference: preferences[person] ?? none,
    };
  });
}

const words = (text: string): string[] =>
  text
    .toLocaleLowerCase("nl")
    .split(/[^\p{L}\p{N}'-]+/u)
    .filter((word) => word !== "");

/**
 * Advisers in the order to ask them: with room before full, then near, then fewest open scans, then fewest visits in these weeks, then by name.
 * The first is suggested, unless everybody is full. It sorts and says why; the coordinator decides.
 */
export function suggest(loads: readonly AdviserLoad[], scans: readonly PlannedScan[], town: string): Suggestion[] {
  const here = town.trim().toLocaleLowerCase("nl");
  const sorted = loads
    .map((load): Omit<Suggestion, "suggested"> => {
      const { perWeek, region } = load.preference;
      const visited = scans.some((scan) => scan.expert === load.person && scan.town.trim().toLocaleLowerCase("nl") === here);
      const named = words(town).length > 0 && words(town).every((word) => words(region).includes(word));
      return { ...load, near: here !== "" && (visited || named), full: perWeek !== null && load.visits.slice(0, 2).every((count) => count >= perWeek) };
    })
    .toSorted(
      (a, b) =>
        Number(a.full) - Number(b.full) ||
        Number(b.near) - Number(a.near) ||
        a.open - b.open ||
        sum(a.visits) - sum(b.visits) ||
        a.name.localeCompare(b.name, "nl"),
    );
  return sorted.map((one, place) => ({ ...one, suggested: place === 0 && !one.full }));
}

const sum = (counts: readonly number[]): number => counts.reduce((all, count) => all + count, 0);
