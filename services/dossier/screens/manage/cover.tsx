/** Who of a team is away today and who covers, and which offices are vacant: a few lines for every member, above the work and on the page of the team. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Arrangement } from "#services/directory/client/index.ts";
import type { OpenDesk, Session } from "#services/directory/client/session.ts";
import { Notice, useMessages } from "#services/interface/index.ts";
import { en } from "./arranging-en.ts";
import { nl, type Messages } from "./arranging-nl.ts";

/** Name of a member as the roster has it. */
export const nameIn = (desk: OpenDesk, person: string): string => desk.roster.members.find((one) => one.person === person)?.name ?? "?";

/** Nothing at all when everyone is here and nothing is vacant, or when it cannot be read: the work itself goes first. */
export function Cover({ session, desk }: { readonly session: Session; readonly desk: OpenDesk }): JSX.Element | null {
  const m = useMessages<Messages>({ nl, en });
  const [now, setNow] = useState<Arrangement | null>(null);
  useEffect(() => {
    let stale = false;
    void import("#services/directory/client/index.ts")
      .then(async ({ readArrangement }) => await readArrangement(session, desk))
      .then(
        (told) => {
          if (!stale) setNow(told);
        },
        () => undefined,
      );
    return () => {
      stale = true;
    };
  }, [session, desk]);
  if (now === null || (now.away.length === 0 && (!desk.lead || now.vacant.length === 0))) return null;
  return (
    <Notice tone="amber">
      {now.away.map(({ person, until, standIn }) => (
        <p key={person}>{m.line(nameIn(desk, person), until, standIn === null ? null : nameIn(desk, standIn))}</p>
      ))}
      {desk.lead && now.vacant.map(({ office, missing }) => <p key={office}>{m.vacant(office, missing)}</p>)}
    </Notice>
  );
}
