/** When someone can be reached: as one small word for now (open until when, closed until when, or not known), and as the days and times of a week. Used by the cards of help and the list of people. */
import type { JSX } from "preact";
import { locale, Tag, useMessages, type Language } from "#services/interface/index.ts";
import type { Hours } from "#services/support/contract/situation.ts";
import type { Reachable } from "#services/support/matching/index.ts";
import { en } from "./shared-en.ts";
import { nl, type SharedWords } from "./shared-nl.ts";

/** The words for it, without a mark. */
export function reachWords(reach: Reachable, m: SharedWords["reach"]): string {
  switch (reach.state) {
    case "always":
      return m.always;
    case "open":
      return m.open(reach.until.toISOString());
    case "closed":
      return reach.opens === null ? m.shut : m.closed(reach.opens.toISOString());
    case "holiday":
      return m.holiday;
    case "unknown":
      return m.unknown;
  }
}

/** Days in a row as first and last, from three on; others one by one. */
function rowsOf(days: readonly number[]): readonly (readonly number[])[] {
  const rows: number[][] = [];
  for (const day of days.toSorted((a, b) => a - b)) {
    const row = rows.at(-1);
    if (row?.at(-1) === day - 1) row.push(day);
    else rows.push([day]);
  }
  return rows.flatMap((row) => (row.length < 3 ? row.map((day) => [day]) : [row]));
}

/** The hours of a week, and what is known of holidays: "maandag tot en met vrijdag van 09:00 tot 17:00 uur; of er op feestdagen iemand is, weten wij niet". */
export function hoursWords(hours: Hours, m: SharedWords["reach"], language: Language): string {
  if (hours === "always") return m.always;
  if (hours === null) return m.unknown;
  // 1 January 2024 was a Monday.
  const name = new Intl.DateTimeFormat(locale(language), { weekday: "long", timeZone: "UTC" });
  const named = (day: number | undefined): string => name.format(Date.UTC(2024, 0, day ?? 1));
  const stretches = hours.week.map(({ days, from, until }) => {
    const rows = rowsOf(days).map((row) => (row.length === 1 ? named(row[0]) : m.days(named(row[0]), named(row.at(-1)))));
    return m.times(rows.join(", "), from, until);
  });
  return [...stretches, m.holidays[hours.holidays]].join("; ");
}

/** Colour never says it alone: the words do. */
export function ReachTag({ reach }: { readonly reach: Reachable }): JSX.Element {
  const m = useMessages<SharedWords>({ nl, en }).reach;
  const tone = { always: "accent", open: "accent", closed: undefined, holiday: "amber", unknown: undefined } as const;
  return (
    <Tag tone={tone[reach.state]} icon="clock">
      {reachWords(reach, m)}
    </Tag>
  );
}
