/** What became of dossiers this desk has or had: erased, or soon to be. Part of the work page; says nothing of what was in them. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Session } from "#services/directory/client/session.ts";
import { DeskNotices, type DeskNotice } from "#services/dossier/contract/erasure.ts";
import { useLanguage, useMessages, writeDay } from "#services/interface/index.ts";
import { en } from "./en.ts";
import { nl, type Messages } from "./nl.ts";

/** The newest word about each dossier, at most this many. */
const most = 10;

export function ErasedNotices({ session, desk }: { readonly session: Session; readonly desk: string }): JSX.Element | null {
  const m = useMessages<Messages>({ nl, en }).erased;
  const language = useLanguage();
  const [notices, setNotices] = useState<readonly DeskNotice[]>([]);
  useEffect(() => {
    let current = true;
    // A list that stays away takes nothing from the work: it is asked again with the next visit.
    session.connection.get(`/api/v1/desks/${encodeURIComponent(desk)}/notices`, DeskNotices).then(
      ({ notices: found }) => current && setNotices([...new Map(found.toReversed().map((one) => [one.dossier, one])).values()].toReversed().slice(0, most)),
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [session, desk]);
  const told = notices.filter(({ what }) => what !== "withdrawn");
  if (told.length === 0) return null;
  return (
    <details class="section">
      <summary>{m.title(told.length)}</summary>
      <ul class="plain stack-small">
        {told.map(({ dossier, kind, what, reason, at }) => (
          <li key={dossier}>
            {m.kinds[kind] ?? kind}: {what === "gone" ? m.gone(writeDay(language, at)) : m.announced(writeDay(language, at))} {m.reasons[reason]}
          </li>
        ))}
      </ul>
    </details>
  );
}
