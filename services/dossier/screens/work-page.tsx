/** /werk: what needs a desk now. Covers open in workers and are searched on this device; nothing about content stands in address or title. */
import type { JSX } from "preact";
import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";
import { useSession } from "#services/directory/screens/session.ts";
import type { OpenDesk, Session } from "#services/directory/client/session.ts";
import { readWorklist, refreshIndex, type CoverIndex } from "#services/dossier/client/index.ts";
import { Button, EmptyState, ErrorState, Link, Page, ProgressBar, Select, Skeleton, useMessages, WorkLayout } from "#services/interface/index.ts";
import { openPool } from "./cover-workers.ts";
import { Cover } from "./manage/cover.tsx";
import { Dossier, NothingOpen } from "./dossier.tsx";
import { SignedOut } from "./dossier-page.tsx";
import { en } from "./en.ts";
import { ErasedNotices } from "./erased-notices.tsx";
import { keep, readKept } from "./kept-index.ts";
import { nl, type Messages } from "./nl.ts";
import { deskRole, WorkList } from "./work-list.tsx";

/** Covers opened so far, of all. */
type Progress = readonly [done: number, all: number];

export default function WorkPage(): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const session = useSession();
  if (session === null) return <SignedOut />;
  if (session.desks.length === 0)
    return (
      <Page title={m.work.title}>
        <EmptyState icon="people" title={m.work.noDesk}>
          <p>{m.work.noDeskText}</p>
        </EmptyState>
      </Page>
    );
  return <Work key={session.person.person} session={session} m={m} />;
}

/** Where what was found goes. `show` again and again: an index is shown when its first lines are there and when all are. */
interface Screen {
  readonly show: (index: CoverIndex) => void;
  readonly tell: (at: Progress) => void;
}

/**
 * Opens the desk's covers: first what this device kept, or what is due first; then all that is new. `desk` may still be opening: what was kept needs the person's
 * key alone, and what is due first is asked for meanwhile.
 */
async function openWork(session: Session, desk: Promise<OpenDesk>, known: CoverIndex | Promise<CoverIndex>, { show, tell }: Screen): Promise<void> {
  const index = await known;
  let readable = index.size > 0;
  if (readable) show(index);
  const { pool, close } = openPool();
  try {
    await refreshIndex(session, desk, index, pool, (done, all) => {
      tell([done, all]);
      if (!readable) show(index);
      readable = true;
    });
  } finally {
    close();
    tell([0, 0]);
  }
  show(index);
  await keep(session, index);
}

type DeskPage = { readonly to: string; readonly words: keyof Messages["work"]["pages"] };
const visits: DeskPage = { to: "/bezoek", words: "visits" };
const advice: DeskPage = { to: "/advies", words: "advice" };
const planning: DeskPage = { to: "/planning", words: "planning" };
const people: DeskPage = { to: "/mensen", words: "people" };
const readiness: DeskPage = { to: "/gereed", words: "readiness" };
const measures: DeskPage = { to: "/maatregelen", words: "measures" };
const sameActor: DeskPage = { to: "/zelfde-dader", words: "sameActor" };
const signals: DeskPage = { to: "/signalen", words: "signals" };
const fieldwork: DeskPage = { to: "/monitor/veldwerk", words: "fieldwork" };
const joining: DeskPage = { to: "/meedoen/verzoeken", words: "joining" };
const questions: DeskPage = { to: "/kamer", words: "questions" };

/** Lists of its own work that a desk of this function has besides this one. */
function pagesOf(deskFunction: OpenDesk["function"] | null): readonly DeskPage[] {
  switch (deskFunction) {
    case "expert-desk":
      return [visits, advice, planning, joining];
    case "authority":
      return [advice, joining];
    case "employer":
      return [measures];
    case "support":
      return [people, joining];
    case "safety-desk":
      return [signals, sameActor, readiness];
    case "police":
    case "om":
    case "chief-prosecutor":
      return [signals];
    case "research":
      return [fieldwork];
    case "parliament":
    case "minister":
      return [questions];
    default:
      return [];
  }
}

/** What tells the desks of one person apart: whose they are, and how many dossiers there are late. */
interface DeskNote {
  readonly organisation: string;
  readonly late: number;
}

/** Lines asked for to count what is late: due first, so that all that is late stands in front. */
const lateLines = 100;

/** Notes by desk; none while there is only one desk, or when they cannot be had. Counted from terms alone: nothing is opened for it. */
function useDeskNotes(session: Session, desks: readonly OpenDesk[]): ReadonlyMap<string, DeskNote> {
  const [notes, setNotes] = useState<ReadonlyMap<string, DeskNote>>(new Map());
  useEffect(() => {
    if (desks.length < 2) return;
    const noteOf = async ({ id, organisation }: OpenDesk): Promise<readonly [string, DeskNote]> => {
      const { readOrganisation } = await import("#services/directory/client/index.ts");
      const [{ name }, first] = await Promise.all([
        readOrganisation(session.connection, organisation),
        readWorklist(session, id, { firstSize: lateLines }).next(),
      ]);
      const lines = first.done === true ? [] : first.value.lines;
      return [id, { organisation: name, late: lines.filter(({ term }) => term !== null && (term.overdue || Date.parse(term.due) < Date.now())).length }];
    };
    const look = async (): Promise<void> => setNotes(new Map(await Promise.all(desks.map(noteOf))));
    // Without them the desks' own names still tell them apart.
    look().catch(() => undefined);
  }, [session, desks]);
  return notes;
}

function Work({ session, m }: { readonly session: Session; readonly m: Messages }): JSX.Element {
  const [desks, setDesks] = useState<readonly OpenDesk[]>([]);
  const [chosen, setChosen] = useState(session.desks[0] ?? "");
  const [shown, setShown] = useState<{ readonly index: CoverIndex; readonly version: number } | null>(null);
  const [progress, setProgress] = useState<Progress>([0, 0]);
  const [error, setError] = useState<unknown>(null);
  const [id, setId] = useState<string | null>(null);
  // The chosen desk at this moment: an answer for a desk that was left must not be shown.
  const wanted = useRef(chosen);
  const load = async (desk: string, known: CoverIndex | null): Promise<void> => {
    setError(null);
    const show = (index: CoverIndex): void => {
      if (wanted.current === desk) setShown((before) => ({ index, version: (before?.version ?? 0) + 1 }));
    };
    try {
      await Promise.all([
        session.openDesks().then(setDesks),
        openWork(session, session.openDesk(desk), known ?? readKept(session, desk, show), { show, tell: setProgress }),
      ]);
    } catch (thrown) {
      setError(thrown);
    }
  };
  useEffect(() => {
    wanted.current = chosen;
    setShown(null);
    setId(null);
    setProgress([0, 0]);
    void load(chosen, null);
  }, [chosen, session]);
  const back = useCallback(() => {
    const left = id;
    setId(null);
    requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-line="${left ?? ""}"]`)?.focus());
  }, [id]);
  const desk = desks.find((one) => one.id === chosen);
  const notes = useDeskNotes(session, desks);
  // One team that serves several organisations has a desk, so a key and a list, for each ([Note: One team, several organisations]).
  const shared = desks.some((one) => desks.some((other) => other.function === one.function && other.organisation !== one.organisation));
  const role = deskRole(desk?.function ?? null);
  // The same element as long as nothing in it changed: hundreds of lines are not compared again for each step of the progress bar.
  const list = useMemo(() => shown !== null && <WorkList index={shown.index} version={shown.version} role={role} now={id} onOpen={setId} />, [shown, role, id]);
  return (
    <Page title={m.work.title} width="desk">
      <div class="row row-between">
        {desks.length > 1 && (
          <Select
            label={shared ? m.work.organisation : m.work.desk}
            hint={shared ? m.work.organisationHint : undefined}
            value={chosen}
            options={desks.map((one) => ({
              value: one.id,
              label: m.work.deskLine(one.name, notes.get(one.id)?.organisation ?? "", notes.get(one.id)?.late ?? 0),
            }))}
            onChoose={setChosen}
          />
        )}
        {desks.length === 1 && <p class="lead">{desk?.name}</p>}
        <nav class="row" aria-label={m.work.title}>
          {pagesOf(desk?.function ?? null).map(({ to, words }) => (
            <Link key={to} to={to}>
              {m.work.pages[words]}
            </Link>
          ))}
          <Link to="/te-laat">{m.work.pages.late}</Link>
          {desks.some(({ lead }) => lead) && <Link to="/beheer">{m.work.manage}</Link>}
        </nav>
      </div>
      {shown !== null && <ErasedNotices session={session} desk={chosen} />}
      {error !== null && <ErrorState error={error} onRetry={() => void load(chosen, shown?.index ?? null)} />}
      {progress[1] > progress[0] && (
        <ProgressBar label={m.work.opening} done={progress[0]} all={progress[1]} words={m.work.openingOf(progress[0], progress[1])} />
      )}
      {shown === null && error === null && <Skeleton lines={5} />}
      {shown !== null && desk !== undefined && <Cover key={desk.id} session={session} desk={desk} />}
      {shown !== null && (
        <WorkLayout
          open={id === null ? "list" : "detail"}
          list={
            <div class="stack-medium">
              {list}
              <Button look="quiet" size="small" onPress={() => void load(chosen, shown.index)}>
                {m.work.refresh}
              </Button>
            </div>
          }
          detail={
            id === null ? (
              <NothingOpen m={m} />
            ) : (
              <>
                <p class="work-back">
                  <Button look="quiet" size="small" icon="back" onPress={back}>
                    {m.work.back}
                  </Button>
                </p>
                <Dossier key={id} id={id} session={session} frame="panel" onChange={() => void load(chosen, shown.index)} />
              </>
            )
          }
        />
      )}
    </Page>
  );
}
