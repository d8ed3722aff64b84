/** How the entries of planning and leaving read in the story of a scan. Drawn by entries/entry.tsx. */
import type { JSX } from "preact";
import { Tag, useLanguage, useMessages, writeDay, writeMoment } from "#services/interface/index.ts";
import type { DepartureBody, NoShowBody } from "#services/scanning/contract/index.ts";
import { Facts, Said } from "#services/scanning/screens/entries/said.tsx";
import { en } from "./en.ts";
import { nl, type Messages } from "./nl.ts";

/** Who was not there, and how to go on. */
export function NoShowView({ body }: { readonly body: NoShowBody }): JSX.Element {
  const w = useMessages<Messages>({ nl, en }).noShow;
  const language = useLanguage();
  return (
    <>
      <Facts
        facts={[
          [w.appointmentName, body.appointment === null ? "" : writeMoment(language, body.appointment)],
          [w.absentName, w.absent[body.absent]],
          [w.nextName, w.next[body.next].title],
        ]}
      />
      <Said words={body.note} />
    </>
  );
}

/** The appointment was moved: the words beside it say why. */
export function AppointmentOff(): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  return (
    <span>
      <Tag tone="amber" icon="clock">
        {m.moved}
      </Tag>
    </span>
  );
}

/** The last day in office. */
export function DepartureView({ body }: { readonly body: DepartureBody }): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const language = useLanguage();
  return (
    <>
      <Facts facts={[[m.lastDay, writeDay(language, body.lastDay)]]} />
      <Said words={body.note} />
    </>
  );
}
