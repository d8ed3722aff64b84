/** /werk: what needs a desk now. Covers open and are searched on this device; nothing about content stands in address or title. */
import type { JSX } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import Type from "typebox";
import { Check } from "typebox/value";
import { useSession } from "#services/directory/screens/session.ts";
import type { OpenDesk, Session } from "#services/directory/client/session.ts";
import type { CoverIndex, IndexedLine } from "#services/dossier/client/index.ts";
import {
  EmptyState,
  ErrorState,
  Field,
  Page,
  ProgressBar,
  Select,
  Skeleton,
  useLanguage,
  useMessages,
  WorkLayout,
  writeDay,
} from "#services/interface/index.ts";
import { Dossier, SignedOut } from "./dossier-page.tsx";
import { en } from "./en.ts";
import { loadKinds, type KindScreens } from "./kinds.ts";
import { nl, type Messages } from "./nl.ts";

const Titled = Type.Object({ title: Type.String() });

type Group = "overdue" | "today" | "later" | "noTerm";
const groups: readonly Group[] = ["overdue", "today", "later", "noTerm"];

/** Where a line belongs today. */
function groupOf({ term }: IndexedLine): Group {
  if (term === null) return "noTerm";
  if (term.overdue || Date.parse(term.due) < Date.now()) return "overdue";
  return new Date(term.due).toDateString() === new Date().toDateString() ? "today" : "later";
}

export default function WorkPage(): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const session = useSession();
  if (session === null) return <SignedOut m={m} />;
  if (session.desks.length === 0)
    return (
      <Page title={m.work.title}>
        <EmptyState icon="people" title={m.work.noDesk}>
          <p>{m.work.noDeskText}</p>
        </EmptyState>
      </Page>
    );
  return <Work session={session} m={m} />;
}

function Work({ session, m }: { readonly session: Session; readonly m: Messages }): JSX.Element {
  const [desks, setDesks] = useState<readonly OpenDesk[]>([]);
  const [chosen, setChosen] = useState(session.desks[0] ?? "");
  const [index, setIndex] = useState<CoverIndex | null>(null);
  const [progress, setProgress] = useState<readonly [number, number]>([0, 1]);
  const [version, setVersion] = useState(0);
  const [error, setError] = useState<unknown>(null);
  const [id, setId] = useState<string | null>(null);
  const load = async (): Promise<void> => {
    setError(null);
    try {
      const client = await import("#services/dossier/client/index.ts");
      const all = await session.openDesks();
      setDesks(all);
      const desk = all.find((one) => one.id === chosen);
      if (desk === undefined) return;
      const fresh = new client.CoverIndex(desk.id);
      await client.refreshIndex(session, desk, fresh, client.coversInThread(), (done, total) => setProgress([done, total]));
      setIndex(fresh);
    } catch (thrown) {
      setError(thrown);
    }
  };
  useEffect(() => void load(), [chosen, version, session]);
  return (
    <Page title={m.work.title} width="desk">
      {desks.length > 1 && (
        <Select label={m.work.desk} value={chosen} options={desks.map((desk) => ({ value: desk.id, label: desk.name }))} onChoose={setChosen} />
      )}
      {error !== null && <ErrorState error={error} onRetry={() => void load()} />}
      {index === null && error === null && (
        <>
          <ProgressBar label={m.work.opening} done={progress[0]} all={Math.max(1, progress[1])} words={`${progress[0]} / ${progress[1]}`} />
          <Skeleton lines={5} />
        </>
      )}
      {index !== null && (
        <WorkLayout
          open={id === null ? "list" : "detail"}
          list={<List index={index} m={m} now={id} onOpen={setId} />}
          detail={
            id === null ? (
              <EmptyState icon="list" title={m.work.choose} />
            ) : (
              <Dossier id={id} session={session} onChange={() => setVersion((count) => count + 1)} />
            )
          }
        />
      )}
    </Page>
  );
}

interface ListProps {
  readonly index: CoverIndex;
  readonly m: Messages;
  readonly now: string | null;
  readonly onOpen: (id: string) => void;
}

function List({ index, m, now, onOpen }: ListProps): JSX.Element {
  const language = useLanguage();
  const [query, setQuery] = useState("");
  const [kinds, setKinds] = useState<((kind: IndexedLine["kind"]) => KindScreens | undefined) | null>(null);
  useEffect(() => void loadKinds().then((loaded) => setKinds(() => (kind: IndexedLine["kind"]) => loaded.of(kind))), []);
  const lines = useMemo(() => {
    const found = query.trim() === "" ? index.lines() : index.search(query);
    return found.toSorted((a, b) => (a.term?.due ?? "9").localeCompare(b.term?.due ?? "9"));
  }, [index, query]);
  useEffect(() => {
    const walk = (event: KeyboardEvent): void => {
      if (event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement || event.target instanceof HTMLSelectElement) return;
      const step = event.key === "j" ? 1 : event.key === "k" ? -1 : 0;
      if (step === 0) return;
      const rows = [...document.querySelectorAll<HTMLButtonElement>("[data-line]")];
      const at = rows.findIndex((row) => row === document.activeElement);
      rows[Math.max(0, Math.min(rows.length - 1, at + step))]?.focus();
    };
    addEventListener("keydown", walk);
    return () => removeEventListener("keydown", walk);
  }, []);
  if (index.size === 0)
    return (
      <EmptyState icon="check" title={m.work.none}>
        <p>{m.work.noneText}</p>
      </EmptyState>
    );
  return (
    <div class="stack-medium">
      <Field type="search" label={m.work.search} hint={m.work.searchHint} value={query} onInput={setQuery} />
      <p class="soft small" role="status">
        {m.work.count(lines.length)}. {m.work.keys}
      </p>
      {groups.map((group) => {
        const own = lines.filter((line) => groupOf(line) === group).slice(0, 200);
        if (own.length === 0) return null;
        return (
          <section key={group} class="stack-small">
            <h2>{m.work[group]}</h2>
            <ul class="plain stack-small">
              {own.map((line) => (
                <li key={line.id}>
                  <button
                    type="button"
                    class="card card-tight road"
                    data-line
                    aria-current={line.id === now ? "true" : undefined}
                    onClick={() => onOpen(line.id)}
                  >
                    <span>
                      <span class="road-title">{Check(Titled, line.cover) ? line.cover.title : m.work.unknown}</span>
                      <span class="road-text">
                        {kinds?.(line.kind)?.phase(line.phase, language)}
                        {line.term !== null && ` · ${writeDay(language, line.term.due)}`}
                      </span>
                    </span>
                  </button>
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}
