/** Many reports without an account at once, as one line of the worklist that opens into a list: nothing of it is thrown away, and nothing else is buried under it. Used by work-list.tsx. */
import type { JSX } from "preact";
import { useMemo, useState } from "preact/hooks";
import type { IndexedLine } from "#services/dossier/client/index.ts";
import type { Burst } from "#services/dossier/contract/burst.ts";
import { Button, createStore, onLeave, Tag, useMessages } from "#services/interface/index.ts";
import { en } from "./en.ts";
import { nl, type Messages } from "./nl.ts";

/** Lines that somebody took out of their group, in this tab. Whoever takes a report up takes it out for everyone. */
export const apart = createStore<ReadonlySet<string>>(new Set());
onLeave(() => apart.set(new Set()));

/** Lines drawn at first, and more each time. */
const atOnce = 50;

/** The words of a cover, to find what is sent again and again. */
const wordsOf = ({ cover }: IndexedLine): string => (typeof cover === "object" && cover !== null && "title" in cover ? String(cover.title).toLowerCase() : "");
/** Whether whoever sent it said that it cannot wait. */
export const isAcute = ({ cover }: IndexedLine): boolean => typeof cover === "object" && cover !== null && "urgency" in cover && cover.urgency === "acute";

/** What is unlike the others in front, since a flood repeats itself; then the oldest. */
function unlikeFirst(lines: readonly IndexedLine[]): readonly IndexedLine[] {
  const often = new Map<string, number>();
  for (const line of lines) often.set(wordsOf(line), (often.get(wordsOf(line)) ?? 0) + 1);
  return lines.toSorted((a, b) => (often.get(wordsOf(a)) ?? 0) - (often.get(wordsOf(b)) ?? 0));
}

/** One burst. @param draw how a line is drawn */
export function BurstLines({ burst, draw }: { readonly burst: Burst<IndexedLine>; readonly draw: (line: IndexedLine) => JSX.Element }): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const [open, setOpen] = useState(false);
  const [limit, setLimit] = useState(atOnce);
  const lines = useMemo(() => (open ? unlikeFirst(burst.lines) : []), [open, burst]);
  const acute = burst.lines.filter(isAcute).length;
  return (
    <section class="card card-tight stack-small burst">
      <h2 class="burst-name">{m.work.burst(burst.lines.length, burst.since)}</h2>
      {acute > 0 && (
        <p>
          <Tag tone="amber" icon="alert">
            {m.work.burstAcute(acute)}
          </Tag>
        </p>
      )}
      <p class="soft small">{m.work.burstText}</p>
      <p>
        <Button look="second" size="small" icon="list" expanded={open} onPress={() => setOpen(!open)}>
          {open ? m.work.burstClose : m.work.burstOpen}
        </Button>
      </p>
      {open && (
        <>
          <ul class="lines">
            {lines.slice(0, limit).map((line) => (
              <li key={line.id} class="stack-small">
                {draw(line)}
                <p>
                  <Button look="quiet" size="small" onPress={() => apart.set(new Set([...apart.get(), line.id]))}>
                    {m.work.burstApart}
                  </Button>
                </p>
              </li>
            ))}
          </ul>
          {lines.length > limit && (
            <button type="button" class="link" onClick={() => setLimit(limit + atOnce)}>
              {m.work.more(lines.length - limit)}
            </button>
          )}
        </>
      )}
    </section>
  );
}
