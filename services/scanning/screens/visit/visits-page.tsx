/** /bezoek: the scans a visit is due for, the reader's own first. */
import type { JSX } from "preact";
import { useMessages } from "#services/interface/index.ts";
import type { ListedScan } from "#services/scanning/client/index.ts";
import { ListPage } from "#services/scanning/screens/lists.tsx";
import { en } from "./en.ts";
import { nl, type Messages } from "./nl.ts";

export default function VisitsPage(): JSX.Element {
  const m = useMessages<Messages>({ nl, en }).list;
  return (
    <ListPage
      title={m.title}
      lead={m.lead}
      empty={m.none}
      emptyText={m.noneText}
      own={m.own}
      to={(id, phase) => (phase === "assigned" ? `/dossier/${id}` : `/bezoek/${id}`)}
      desks={{
        "expert-desk": [
          { title: m.planned, phases: ["planned"] },
          { title: m.assigned, phases: ["assigned"] },
          { title: m.visited, phases: ["visited"] },
        ],
      }}
      Extra={When}
    />
  );
}

/** The moment of the appointment, from the cover. */
function When({ scan }: { readonly scan: ListedScan }): JSX.Element | null {
  const m = useMessages<Messages>({ nl, en }).list;
  const visit = scan.cover?.visit ?? null;
  return visit === null || scan.phase !== "planned" ? null : <span class="road-text scan-when">{m.at(visit)}</span>;
}
