/** How far a scan is, as six stations with the day each was reached in the present round. Drawn above the actions of a scan, for everyone who reads the whole of it. */
import type { JSX } from "preact";
import type { DossierHandle } from "#services/dossier/client/index.ts";
import { Icon, useLanguage, useMessages, writeDay } from "#services/interface/index.ts";
import { presentRound } from "#services/scanning/client/round.ts";
import "#services/scanning/screens/scan.css";
import { en } from "./en.ts";
import { nl, type Messages } from "./nl.ts";

/** Stations in order, each reached by the entry of the kind that ends it. */
const stations = [
  ["asked", "request"],
  ["right", "entitlement"],
  ["planned", "appointment"],
  ["visited", "visit"],
  ["adopted", "adoption"],
  ["completed", "completion"],
] as const;

export function RoadLine({ handle }: { readonly handle: DossierHandle }): JSX.Element {
  const m = useMessages<Messages>({ nl, en }).road;
  const language = useLanguage();
  const round = presentRound(handle);
  const moved = round[0]?.header.action === "move";
  const reached = stations.map(([name, kind]) => {
    // After a move the claim stands: that station is passed with the request.
    const entry = round.find(({ header }) => header.kind === kind) ?? (moved && name === "right" ? round[0] : undefined);
    return { name, at: entry?.header.at ?? null };
  });
  const now = reached.findIndex(({ at }) => at === null);
  const days = (from: string, to: string): number => Math.floor((Date.parse(to) - Date.parse(from)) / 86_400_000);
  return (
    <section class="card no-print" aria-label={m.title}>
      <h2>{m.title}</h2>
      <ol class="life">
        {reached.map(({ name, at }, place) => {
          const before = reached[place - 1]?.at ?? null;
          const took = at === null || before === null ? 0 : days(before, at);
          return (
            <li key={name} data-done={at === null ? undefined : ""} aria-current={place === now ? "step" : undefined}>
              <span class="life-dot">{at !== null && <Icon name="check" size={16} />}</span>
              <span>
                {m.stations[name]}
                {at !== null && (
                  <span class="soft small life-day">
                    {writeDay(language, at)}
                    {took > 0 && `, ${m.took(took)}`}
                  </span>
                )}
                {place === now && <span class="soft small life-day">{m.now}</span>}
              </span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
