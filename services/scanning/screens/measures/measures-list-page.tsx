/** /maatregelen: what is placed and what is waiting, for the person's own scans and for the employer's desk. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Session } from "#services/directory/client/index.ts";
import { Tag, useMessages } from "#services/interface/index.ts";
import type { ListedScan } from "#services/scanning/client/index.ts";
import { ListPage } from "#services/scanning/screens/lists.tsx";
import { isSettled } from "#services/scanning/contract/provision.ts";
import { en } from "./en.ts";
import { nl, type Messages } from "./nl.ts";

export default function MeasuresListPage(): JSX.Element {
  const m = useMessages<Messages>({ nl, en }).list;
  return (
    <ListPage
      title={m.title}
      lead={m.lead}
      empty={m.none}
      emptyText={m.noneText}
      mine={{ title: m.mine, phases: ["adopted", "providing", "completed"] }}
      to={(id) => `/maatregelen/${id}`}
      desks={{
        employer: [
          { title: m.todo, phases: ["adopted"] },
          { title: m.busy, phases: ["providing"] },
          { title: m.done, phases: ["completed"] },
        ],
      }}
      Extra={ForWhom}
    />
  );
}

/** The employer has no cover: whom it is for and how far it is stand in the list itself, opened when the line is drawn. */
function ForWhom({ scan, session }: { readonly scan: ListedScan; readonly session: Session }): JSX.Element | null {
  const m = useMessages<Messages>({ nl, en });
  const [words, setWords] = useState<string | null>(null);
  const [due, setDue] = useState(0);
  useEffect(() => {
    let left = false;
    const read = async (): Promise<void> => {
      const [{ measuresOf, openScan }, { dueOf }] = await Promise.all([import("#services/scanning/client/index.ts"), import("./due.tsx")]);
      const known = await measuresOf(await openScan(session, scan.id));
      if (left || known === null) return;
      const settled = known.measures.filter(({ state }) => isSettled(state)).length;
      setDue(dueOf(known).length);
      setWords(`${m.list.forWhom(known.list.recipient.name)}. ${m.progress}: ${m.progressOf(settled, known.measures.length)}`);
    };
    // A line without these words still leads to its page, which says what is wrong.
    read().catch(() => undefined);
    return () => {
      left = true;
    };
  }, [scan.id]);
  if (words === null) return null;
  return (
    <>
      <span class="road-text scan-when">{words}</span>
      {due > 0 && (
        <span class="road-text">
          <Tag tone="amber" icon="clock">
            {m.due.count(due)}
          </Tag>
        </span>
      )}
    </>
  );
}
