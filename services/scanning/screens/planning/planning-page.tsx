/** /planning: for a desk that does scans, the load of each adviser per week, the coordinator's notes on them, and where scans are and lie waiting. Everything is counted on this device. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { OpenDesk, Session } from "#services/directory/client/index.ts";
import { desksOf, OwnDesksPage } from "#services/dossier/screens/own-desks.tsx";
import { ErrorState, Field, Skeleton, useMessages } from "#services/interface/index.ts";
import type { ListedScan } from "#services/scanning/client/index.ts";
import { flowOf, loadOf, weeksFrom, type PlannedScan } from "#services/scanning/planning/index.ts";
import { useKept } from "#services/scanning/screens/draft.ts";
import { today } from "#services/scanning/screens/dutch-time.ts";
import { en as sharedEn } from "#services/scanning/screens/en.ts";
import { More } from "#services/scanning/screens/entries/said.tsx";
import { nl as sharedNl, type Messages as Shared } from "#services/scanning/screens/nl.ts";
import { DataTable } from "#services/scanning/screens/table.tsx";
import { en } from "./en.ts";
import { nl, type Messages } from "./nl.ts";
import { FlowBars, LoadBars, weekNumber } from "./pictures.tsx";
import { isNotes, noNotes, notesName, readPool, type Notes } from "./pool.ts";

const road = ["requested", "entitled", "assigned", "planned", "visited", "drafted", "submitted", "returned", "adopted", "providing", "completed"] as const;

export default function PlanningPage(): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  return (
    <OwnDesksPage
      title={m.title}
      lead={m.lead}
      width="wide"
      read={desksOf("expert-desk")}
      none={{ icon: "lock", title: m.none, text: <p>{m.noneText}</p> }}
      draw={(session, desk) => <DeskPlanning session={session} desk={desk} />}
    />
  );
}

interface Pool {
  readonly scans: readonly ListedScan[];
  readonly planned: readonly PlannedScan[];
}

function DeskPlanning({ session, desk }: { readonly session: Session; readonly desk: OpenDesk }): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const [pool, setPool] = useState<Pool | null>(null);
  const [error, setError] = useState<unknown>(null);
  const { value: notes, revise, saving } = useKept<Notes>(notesName(desk.id), isNotes, noNotes);
  const load = (): void => {
    setError(null);
    readPool(session, desk, road).then(setPool, setError);
  };
  useEffect(load, [session, desk.id]);
  if (error !== null) return <ErrorState error={error} onRetry={load} />;
  if (pool === null) return <Skeleton lines={8} />;
  const weeks = weeksFrom(today(), 6);
  const loads = loadOf(pool.planned, desk.roster.members, weeks, notes.advisers);
  const most = Math.max(1, ...loads.flatMap(({ visits }) => visits));
  const unnamed = pool.scans.filter(
    ({ phase, cover }) => ["assigned", "planned", "visited", "drafted", "returned"].includes(phase) && cover?.expert === undefined,
  ).length;
  return (
    <>
      <section class="card" aria-label={m.load}>
        <h2>{m.load}</h2>
        <p class="soft">{m.loadLead}</p>
        <ul class="loads">
          {loads.map((one) => (
            <li key={one.person}>
              <p>
                <strong>{one.name}</strong> <span class="soft small">{m.openOf(one.open)}</span>
              </p>
              <LoadBars load={one} weeks={weeks} most={most} />
            </li>
          ))}
        </ul>
        {unnamed > 0 && <p class="soft small">{m.unnamed(unnamed)}</p>}
        <More title={m.table}>
          <DataTable
            caption={m.load}
            rows={loads}
            rowKey={({ person }) => person}
            columns={[
              { key: "name", name: m.adviser, cell: ({ name }) => name },
              { key: "open", name: m.open, number: true, cell: ({ open }) => open },
              ...weeks.map((monday, place) => ({
                key: monday,
                name: m.week(weekNumber(monday)),
                cell: (one: (typeof loads)[number]) => m.cell(one.visits[place] ?? 0, one.minutes[place] ?? 0),
              })),
            ]}
          />
        </More>
      </section>
      <Flow scans={pool.scans} m={m} />
      <section class="card" aria-label={m.pool}>
        <h2>{m.pool}</h2>
        <p class="soft">{m.poolText}</p>
        {desk.roster.members.map(({ person, name }) => (
          <AdviserNotes
            key={person}
            name={name}
            note={notes.advisers[person] ?? { perWeek: null, region: "" }}
            onChange={(note) => revise((now) => ({ advisers: { ...now.advisers, [person]: note } }))}
            m={m}
          />
        ))}
        <Saved saving={saving} />
      </section>
    </>
  );
}

function Saved({ saving }: { readonly saving: ReturnType<typeof useKept>["saving"] }): JSX.Element {
  const shared = useMessages<Shared>({ nl: sharedNl, en: sharedEn });
  return (
    <p class="soft small" aria-live="polite">
      {{ nothing: "", keeping: shared.keeping, kept: shared.kept, "not-kept": shared.notKept }[saving]}
    </p>
  );
}

function AdviserNotes({
  name,
  note,
  onChange,
  m,
}: {
  readonly name: string;
  readonly note: Notes["advisers"][string];
  readonly onChange: (note: Notes["advisers"][string]) => void;
  readonly m: Messages;
}): JSX.Element {
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed ?? (note.perWeek === null ? "" : String(note.perWeek));
  const wrong = text.trim() !== "" && !(/^\d{1,2}$/u.test(text.trim()) && Number(text) >= 1 && Number(text) <= 50);
  return (
    <fieldset class="stack-small adviser-notes">
      <legend>{name}</legend>
      <Field
        narrow
        optional
        keyboard="numeric"
        maxLength={2}
        label={m.perWeek}
        error={wrong ? m.perWeekWrong : null}
        value={text}
        onInput={(value) => {
          setTyped(value);
          const count = value.trim() === "" ? null : Number(value);
          if (count === null || (Number.isInteger(count) && count >= 1 && count <= 50)) onChange({ ...note, perWeek: count });
        }}
      />
      <Field optional maxLength={400} label={m.region} hint={m.regionHint} value={note.region} onInput={(region) => onChange({ ...note, region })} />
    </fieldset>
  );
}

function Flow({ scans, m }: { readonly scans: readonly ListedScan[]; readonly m: Messages }): JSX.Element {
  const now = Date.now();
  const rows = flowOf(
    scans.map(({ phase, opened, changed, term }) => ({ phase, opened, changed, late: term !== null && (term.overdue || Date.parse(term.due) < now) })),
    road,
    now,
  );
  const names: Readonly<Record<string, string>> = m.phases;
  return (
    <section class="card" aria-label={m.flow}>
      <h2>{m.flow}</h2>
      <p class="soft">{m.flowLead}</p>
      <FlowBars rows={rows} />
      <More title={m.table}>
        <DataTable
          caption={m.flow}
          rows={rows}
          rowKey={({ phase }) => phase}
          columns={[
            { key: "phase", name: m.phase, cell: ({ phase }) => names[phase] ?? phase },
            { key: "count", name: m.count, number: true, cell: ({ count }) => count },
            { key: "late", name: m.late, number: true, cell: ({ late }) => late },
            { key: "waiting", name: m.waiting, cell: ({ waiting }) => m.middle(waiting) },
            { key: "age", name: m.age, cell: ({ age }) => m.middle(age) },
          ]}
        />
        <p class="soft small">{m.middleText}</p>
      </More>
    </section>
  );
}
