/** The chain of a signal drawn as five stations: a shape and words for each, so that colour is never alone. Used by the list, the person's own signals and the dossier page. */
import type { JSX } from "preact";
import { useMessages } from "#services/interface/index.ts";
import type { Station } from "#services/signalling/facts/index.ts";
import { en } from "./en.ts";
import { nl, type Messages } from "./nl.ts";
import "./signal.css";

type Drawn = "raised" | "received" | "weighed" | "decided" | "fed-back";
type State = Station["state"] | "presented";

interface DrawnStation {
  readonly name: Drawn;
  readonly state: State;
  readonly since: string | null;
  readonly at: string | null;
  readonly due: string | null;
}

/** Presenting and deciding are one station: what is waited for at that table now. */
function besluit(presented: Station | undefined, decided: Station | undefined): DrawnStation | null {
  if (presented === undefined || decided === undefined) return null;
  const begun = decided.since !== null && (presented.since === null || decided.since >= presented.since);
  const { state, since, at, due } = begun || presented.state === "done" || presented.state === "late-done" ? decided : presented;
  // One of the two was late: the station was.
  if (state === "done" && presented.state === "late-done") return { name: "decided", state: "late-done", since, at, due };
  return { name: "decided", state: begun && state === "waiting" ? "presented" : state, since, at, due };
}

/** The five stations, from those of the facts. @param opened when the signal was raised */
export function drawnStations(stations: readonly Station[], opened: string): DrawnStation[] {
  const of = (step: Station["step"]): Station | undefined => stations.find((one) => one.step === step);
  const plain = (name: "received" | "weighed" | "fed-back"): DrawnStation[] => {
    const found = of(name);
    return found === undefined ? [] : [{ name, state: found.state, since: found.since, at: found.at, due: found.due }];
  };
  const middle = besluit(of("presented"), of("decided"));
  return [
    { name: "raised", state: "done", since: opened, at: opened, due: null },
    ...plain("received"),
    ...plain("weighed"),
    ...(middle === null ? [] : [middle]),
    ...plain("fed-back"),
  ];
}

const shapes: Readonly<Record<State, JSX.Element>> = {
  done: (
    <>
      <circle cx="16" cy="16" r="12" fill="currentColor" />
      <path d="M10.5 16.5l4 4 7.5-8.5" stroke="var(--sheet)" />
    </>
  ),
  "late-done": (
    <>
      <circle cx="16" cy="16" r="12" fill="currentColor" />
      <path d="M16 9v7.5l4.5 3" stroke="var(--sheet)" />
    </>
  ),
  waiting: (
    <>
      <circle cx="16" cy="16" r="12" />
      <path d="M16 9.5v7l4.5 2.5" />
    </>
  ),
  presented: (
    <>
      <circle cx="16" cy="16" r="12" />
      <path d="M16 9.5v7l4.5 2.5" />
    </>
  ),
  late: (
    <>
      <path d="M16 3.5 29.5 27h-27z" />
      <path d="M16 12v7M16 22.5v.4" />
    </>
  ),
  ahead: <circle cx="16" cy="16" r="7" stroke-dasharray="2.5 4" />,
  skipped: <path d="M9 16h14" />,
};

function wordsOf({ state, at, due }: DrawnStation, w: Messages["chain"]["states"]): string {
  switch (state) {
    case "done":
    case "late-done":
      return at === null ? w.ahead : w[state](at);
    case "waiting":
    case "late":
    case "presented":
      return due === null ? w.ahead : w[state](due);
    default:
      return w[state];
  }
}

/** @param compact for lists: the shapes beside each other and one sentence; the words of each station are read out. */
export function Chain({
  stations,
  opened,
  compact = false,
}: {
  readonly stations: readonly Station[];
  readonly opened: string;
  readonly compact?: boolean;
}): JSX.Element {
  const m = useMessages<Messages>({ nl, en }).chain;
  const drawn = drawnStations(stations, opened);
  const here = drawn.find(({ state }) => state === "late" || state === "waiting" || state === "presented");
  return (
    <div class="signal-chain-frame">
      <ol class="signal-chain" data-compact={compact ? "" : undefined} aria-label={m.label}>
        {drawn.map((station) => (
          <li key={station.name} class="signal-station" data-state={station.state}>
            <svg
              width="32"
              height="32"
              viewBox="0 0 32 32"
              fill="none"
              stroke="currentColor"
              stroke-width="2.4"
              stroke-linecap="round"
              stroke-linejoin="round"
              aria-hidden="true"
            >
              {shapes[station.state]}
            </svg>
            <span class="signal-station-words">
              <strong>{m[station.name]}</strong>
              <span class={compact ? "hidden-words" : "soft small"}>{wordsOf(station, m.states)}</span>
            </span>
          </li>
        ))}
      </ol>
      {compact && here !== undefined && here.since !== null && here.due !== null && (
        <p class="small" data-late={here.state === "late" ? "" : undefined}>
          {here.state === "late" ? m.hereLate(m[here.name], here.since, here.due) : m.here(m[here.name], here.since, here.due)}
        </p>
      )}
      {compact && here === undefined && drawn.every(({ state }) => state !== "ahead") && <p class="soft small">{m.through}</p>}
    </div>
  );
}
