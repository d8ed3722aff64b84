/** /werk: what needs a desk now. Covers open in workers and are searched on this device; nothing about content stands in address or title. */
import type { JSX } from "preact";
import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";
import { useSession } from "#services/directory/screens/session.ts";
import type { OpenDesk, Session } from "#services/directory/client/session.ts";
import { refreshIndex, type CoverIndex } from "#services/dossier/client/index.ts";
import { Button, EmptyState, ErrorState, Link, Page, ProgressBar, Select, Skeleton, useMessages, WorkLayout } from "#services/interface/index.ts";
import { openPool } from "./cover-workers.ts";
import { Dossier, NothingOpen } from "./dossier.tsx";
import { SignedOut } from "./dossier-page.tsx";
import { en } from "./en.ts";
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
const measures: DeskPage = { to: "/maatregelen", words: "measures" };
const signals: DeskPage = { to: "/signalen", words: "signals" };

/** Lists of its own work that a desk of this function has besides this one. */
function pagesOf(deskFunction: OpenDesk["function"] | null): readonly DeskPage[] {
  switch (deskFunction) {
    case "expert-desk":
      return [visits, advice, planning];
    case "authority":
      return [advice];
    case "employer":
      return [measures];
    case "safety-desk":
    case "police":
    case "om":
    case "chief-prosecutor":
      return [signals];
    default:
      return [];
  }
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
  const role = deskRole(desk?.function ?? null);
  // The same element as long as nothing in it changed: hundreds of lines are not compared again for each step of the progress bar.
  const list = useMemo(() => shown !== null && <WorkList index={shown.index} version={shown.version} role={role} now={id} onOpen={setId} />, [shown, role, id]);
  return (
    <Page title={m.work.title} width="desk">
      <div class="row row-between">
        {desks.length > 1 && (
          <Select label={m.work.desk} value={chosen} options={desks.map((one) => ({ value: one.id, label: one.name }))} onChoose={setChosen} />
        )}
        {desks.length === 1 && <p class="lead">{desk?.name}</p>}
        <nav class="row" aria-label={m.work.title}>
          {pagesOf(desk?.function ?? null).map(({ to, words }) => (
            <Link key={to} to={to}>
              {m.work.pages[words]}
            </Link>
          ))}
          {desks.some(({ lead }) => lead) && <Link to="/beheer">{m.work.manage}</Link>}
        </nav>
      </div>
      {error !== null && <ErrorState error={error} onRetry={() => void load(chosen, shown?.index ?? null)} />}
      {progress[1] > progress[0] && (
        <ProgressBar label={m.work.opening} done={progress[0]} all={progress[1]} words={m.work.openingOf(progress[0], progress[1])} />
      )}
      {shown === null && error === null && <Skeleton lines={5} />}
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
