/** Choosing the adviser: members of the signed roster, those with room and near first, each with the load that the desk's own device counts. Used by the actions of a scan. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Choice, ErrorState, SendForm, Skeleton, Tag, TextArea, useMessages } from "#services/interface/index.ts";
import { assign } from "#services/scanning/client/index.ts";
import { ScanCover } from "#services/scanning/contract/index.ts";
import { loadOf, suggest, weeksFrom, type Suggestion } from "#services/scanning/planning/index.ts";
import { today } from "#services/scanning/screens/dutch-time.ts";
import { More } from "#services/scanning/screens/entries/said.tsx";
import { en } from "#services/scanning/screens/planning/en.ts";
import { nl, type Messages as Planning } from "#services/scanning/screens/planning/nl.ts";
import { LoadBars, weekNumber } from "#services/scanning/screens/planning/pictures.tsx";
import { readNotes, readPool } from "#services/scanning/screens/planning/pool.ts";
import { DataTable } from "#services/scanning/screens/table.tsx";
import type { FormProps } from "./forms.tsx";

const phases = ["assigned", "planned", "visited", "drafted", "returned"] as const;

async function suggestions({
  session,
  view,
  readCover,
}: {
  readonly session: FormProps["handle"]["session"];
  readonly view: FormProps["handle"]["view"];
  readonly readCover: () => Promise<ScanCover | null>;
}): Promise<readonly (Suggestion & { readonly office: string })[]> {
  const id = view.participants.find(({ role, desk: one }) => role === "expert-desk" && one !== null)?.desk ?? null;
  const desk = (await session.openDesks()).find((one) => one.id === id);
  if (desk === undefined) return [];
  const [{ planned }, notes, cover] = await Promise.all([readPool(session, desk, phases), readNotes(desk.id), readCover()]);
  const offices = new Map(desk.roster.members.map(({ person, office }) => [person, office]));
  return suggest(loadOf(planned, desk.roster.members, weeksFrom(today(), 4), notes.advisers), planned, cover?.town ?? "").map((one) => ({
    ...one,
    office: offices.get(one.person) ?? "",
  }));
}

/** A member of the expert desk, by the signed roster. */
export function AssignForm({ handle, m, done }: FormProps): JSX.Element {
  const p = useMessages<Planning>({ nl, en });
  const [advisers, setAdvisers] = useState<Awaited<ReturnType<typeof suggestions>> | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const [note, setNote] = useState("");
  const [checked, setChecked] = useState(false);
  useEffect(() => {
    suggestions({ session: handle.session, view: handle.view, readCover: () => handle.readCover(ScanCover) }).then(setAdvisers, setError);
  }, [handle]);
  if (error !== null) return <ErrorState error={error} />;
  if (advisers === null) return <Skeleton lines={4} />;
  const weeks = weeksFrom(today(), 4);
  const most = Math.max(1, ...advisers.flatMap(({ visits }) => visits));
  const sum = (visits: readonly number[]): number => visits.reduce((all, count) => all + count, 0);
  const marks = (one: Suggestion): string =>
    [one.suggested ? p.suggested : "", one.near ? p.near : "", one.full ? p.full : ""].filter((word) => word !== "").join(". ");
  return (
    <SendForm
      button={m.assign.save}
      ready={() => {
        setChecked(true);
        return chosen !== null;
      }}
      send={async () => {
        if (chosen !== null) await done(assign(handle, chosen, note));
      }}
    >
      <Choice
        legend={m.assign.legend}
        hint={m.assign.hint}
        error={checked && chosen === null ? m.assign.missing : null}
        options={advisers.map((one) => ({
          value: one.person,
          title: one.name,
          text: [marks(one) === "" ? "" : `${marks(one)}.`, `${p.why(one.open, sum(one.visits))}.`, one.office].filter((part) => part !== "").join(" "),
        }))}
        value={chosen}
        onChoose={setChosen}
      />
      <More title={p.load}>
        <ul class="loads">
          {advisers.map((one) => (
            <li key={one.person}>
              <p>
                <strong>{one.name}</strong> {one.suggested && <Tag tone="accent">{p.suggested}</Tag>}
              </p>
              <LoadBars load={one} weeks={weeks} most={most} />
            </li>
          ))}
        </ul>
        <DataTable
          caption={p.load}
          rows={advisers}
          rowKey={({ person }) => person}
          columns={[
            { key: "name", name: p.adviser, cell: ({ name }) => name },
            { key: "open", name: p.open, number: true, cell: ({ open }) => open },
            ...weeks.map((monday, place) => ({
              key: monday,
              name: p.week(weekNumber(monday)),
              cell: (one: Suggestion) => p.cell(one.visits[place] ?? 0, one.minutes[place] ?? 0),
            })),
          ]}
        />
      </More>
      <TextArea label={m.assign.note} rows={3} optional value={note} onInput={setNote} />
    </SendForm>
  );
}
