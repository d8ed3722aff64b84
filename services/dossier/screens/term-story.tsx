/** What was done about the term that runs now: the desk was reminded, it passed, a named contact was told. Shown to everyone who reads the whole dossier, the office-holder first. Used by dossier.tsx. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { DossierHandle } from "#services/dossier/client/index.ts";
import { useLanguage, writeMoment } from "#services/interface/index.ts";
import type { Messages } from "./nl.ts";

/** Name and office of the people of the desks that take part, by person id, from their signed rosters. */
async function contactsOf(handle: DossierHandle): Promise<ReadonlyMap<string, string>> {
  const desks = [...new Set(handle.view.participants.flatMap(({ desk }) => (desk === null ? [] : [desk])))];
  const rosters = await Promise.all(desks.map(async (desk) => (await handle.session.trust.desk(desk)).roster.members));
  return new Map(rosters.flat().map(({ person, name, office }) => [person, `${name}, ${office}`]));
}

export function TermStory({ handle, m }: { readonly handle: DossierHandle; readonly m: Messages }): JSX.Element | null {
  const language = useLanguage();
  const { term, termEvents } = handle.view;
  // The term that runs was started by the newest step; what was done about one that was answered is its own story.
  const started = handle.entries.findLast(({ header }) => header.action !== null || header.seq === 1)?.seq;
  const now = term === null ? [] : termEvents.filter(({ seq }) => seq === started);
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map());
  const told = now.some(({ person }) => person !== null);
  useEffect(() => {
    if (told) contactsOf(handle).then(setNames, () => undefined);
  }, [handle, told]);
  if (now.length === 0) return null;
  return (
    <ul class="plain soft" aria-label={m.termStory}>
      {now.map(({ what, person, at, seq }) => (
        <li key={`${seq} ${what} ${person ?? ""}`}>
          {what === "escalated"
            ? person === null
              ? m.toldNobody(writeMoment(language, at))
              : m.told(names.get(person) ?? m.someContact, writeMoment(language, at))
            : m.termEvents[what](writeMoment(language, at))}
        </li>
      ))}
    </ul>
  );
}
