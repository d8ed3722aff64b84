/** /advies: the advices that wait for the reader: to write, to weigh, to read. */
import type { JSX } from "preact";
import { useMessages } from "#services/interface/index.ts";
import { ListPage } from "#services/scanning/screens/lists.tsx";
import { en } from "./en.ts";
import { nl, type Messages } from "./nl.ts";

const decided = ["adopted", "providing", "completed"];

export default function AdvicesPage(): JSX.Element {
  const m = useMessages<Messages>({ nl, en }).list;
  return (
    <ListPage
      title={m.title}
      lead={m.lead}
      empty={m.none}
      emptyText={m.noneText}
      own={m.own}
      mine={{ title: m.mine, phases: ["visited", "drafted", "submitted", "returned", ...decided] }}
      to={(id) => `/advies/${id}`}
      desks={{
        "expert-desk": [
          { title: m.write, phases: ["returned", "visited", "drafted"] },
          { title: m.waits, phases: ["submitted"] },
          { title: m.decided, phases: decided },
        ],
        authority: [
          { title: m.weigh, phases: ["submitted"] },
          { title: m.decided, phases: decided },
        ],
      }}
    />
  );
}
