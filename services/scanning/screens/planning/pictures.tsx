/** The pictures of planning: visits per week of each adviser, scans per phase. Every number is written beside its bar, and the same table stands behind each. Used by the planning page and by choosing an adviser. */
import type { JSX } from "preact";
import { useMessages } from "#services/interface/index.ts";
import type { AdviserLoad, FlowRow } from "#services/scanning/planning/index.ts";
import "#services/scanning/screens/scan.css";
import { en } from "./en.ts";
import { nl, type Messages } from "./nl.ts";

/** Number of the ISO week that begins on this Monday. */
export function weekNumber(monday: string): number {
  // The Thursday of a week lies in the year the week belongs to.
  const thursday = Date.parse(`${monday}T00:00:00Z`) + 3 * 86_400_000;
  const first = Date.UTC(new Date(thursday).getUTCFullYear(), 0, 1);
  return Math.floor((thursday - first) / (7 * 86_400_000)) + 1;
}

/** One adviser's weeks as bars. @param most visits that fill a whole bar */
export function LoadBars({ load, weeks, most }: { readonly load: AdviserLoad; readonly weeks: readonly string[]; readonly most: number }): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const limit = load.preference.perWeek;
  return (
    <div class="load-weeks" role="img" aria-label={m.picture(load.name)}>
      {weeks.map((monday, place) => {
        const count = load.visits[place] ?? 0;
        return (
          <span key={monday} class="load-week" data-full={limit !== null && count >= limit ? "" : undefined}>
            <span class="load-count">{count === 0 ? "" : count}</span>
            <span
              class="load-bar"
              style={{ blockSize: `${count === 0 ? 3 : Math.round((count / Math.max(1, most)) * 56)}px` }}
              data-none={count === 0 ? "" : undefined}
            />
            <span class="load-name">{m.week(weekNumber(monday))}</span>
          </span>
        );
      })}
    </div>
  );
}

/** Scans per phase as bars, the late ones marked by shape and word. */
export function FlowBars({ rows }: { readonly rows: readonly FlowRow[] }): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const names: Readonly<Record<string, string>> = m.phases;
  const most = Math.max(1, ...rows.map(({ count }) => count));
  return (
    <ul class="flow">
      {rows.map(({ phase, count, late }) => (
        <li key={phase}>
          <span class="flow-name">{names[phase] ?? phase}</span>
          <span class="flow-track" aria-hidden="true">
            <span class="flow-bar" style={{ inlineSize: `${((count - late) / most) * 100}%` }} />
            <span class="flow-bar" data-late="" style={{ inlineSize: `${(late / most) * 100}%` }} />
          </span>
          <span class="flow-count">
            {count}
            {late > 0 && <span class="flow-late">, {m.lateOf(late)}</span>}
          </span>
        </li>
      ))}
    </ul>
  );
}
