/** Lists of scans: the person's own, and a desk's in the phases a page is about. Used by the pages of request, visit, advice and measures. */
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { OpenDesk, Session } from "#services/directory/client/index.ts";
import type { DeskFunction } from "#services/directory/contract/index.ts";
import { useSession } from "#services/directory/screens/session.ts";
import { SignedOut } from "#services/dossier/screens/dossier-page.tsx";
import { EmptyState, ErrorState, Icon, Link, Page, Skeleton, Tag, useMessages, type IconName } from "#services/interface/index.ts";
import type { ListedScan } from "#services/scanning/client/lists.ts";
import { en } from "./en.ts";
import { nl, type Messages } from "./nl.ts";

/** Loaded when a list is drawn: the request page shows one and must stay light. */
const client = async () => await import("#services/scanning/client/index.ts");

/** One scan as a big road. @param title what it is, in the list's own words */
export function ScanRoad({
  scan,
  to,
  title,
  text,
  icon = "home",
  children,
}: {
  readonly scan: Pick<ListedScan, "term">;
  readonly to: string;
  readonly title: string;
  readonly text: string;
  readonly icon?: IconName;
  readonly children?: ComponentChildren;
}): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const { term } = scan;
  const late = term !== null && (term.overdue || Date.parse(term.due) < Date.now());
  return (
    <Link to={to} class="road">
      <span class="road-icon">
        <Icon name={icon} />
      </span>
      <span>
        <span class="road-title">{title}</span>
        <span class="road-text">{text}</span>
        {children}
        {term !== null && (
          <span class="road-text">
            {late ? (
              <Tag tone="amber" icon="clock">
                {m.late(term.due)}
              </Tag>
            ) : (
              m.due(term.due)
            )}
          </span>
        )}
      </span>
      <Icon name="arrow" />
    </Link>
  );
}

/** The person's own scans with their phase; draws nothing when there are none. */
export function OwnScans({
  session,
  title,
  to = (id) => `/dossier/${id}`,
  phases,
  onCount,
}: {
  readonly session: Session;
  readonly title: string;
  readonly to?: (id: string, phase: string) => string;
  /** Only scans in these phases; left out: all. */
  readonly phases?: readonly string[];
  readonly onCount?: (count: number) => void;
}): JSX.Element | null {
  const m = useMessages<Messages>({ nl, en });
  const [scans, setScans] = useState<readonly ListedScan[] | null>(null);
  const [error, setError] = useState<unknown>(null);
  const load = async (): Promise<void> => {
    setError(null);
    try {
      const all = await (await client()).ownScans(session);
      const shown = all.filter(({ phase }) => phases === undefined || phases.includes(phase));
      setScans(shown);
      onCount?.(shown.length);
    } catch (thrown) {
      setError(thrown);
    }
  };
  useEffect(() => void load(), [session]);
  if (error !== null) return <ErrorState error={error} onRetry={() => void load()} />;
  if (scans === null) return <Skeleton lines={2} />;
  if (scans.length === 0) return null;
  return (
    <section class="stack-small">
      <h2>{title}</h2>
      <ul class="roads">
        {scans.map((scan) => (
          <li key={scan.id}>
            <ScanRoad scan={scan} to={to(scan.id, scan.phase)} title={m.opened(scan.opened)} text={m.phasesMine[scan.phase] ?? ""} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** One heading of a desk's list, with the phases that stand under it. */
export interface DeskGroup {
  readonly title: string;
  readonly phases: readonly string[];
}

/** Phases in which the assigned adviser has something to do. */
const advisersPhases: readonly string[] = ["assigned", "planned", "visited", "drafted", "returned"];

/** A desk's scans in groups. @param Line draws one; the default shows name, phase and term. */
function DeskScans({
  session,
  desk,
  groups,
  to,
  onCount,
  Extra,
  own,
}: {
  readonly session: Session;
  readonly desk: OpenDesk;
  readonly groups: readonly DeskGroup[];
  readonly to: (id: string, phase: string) => string;
  readonly onCount: (count: number) => void;
  readonly Extra: DeskListProps["Extra"];
  readonly own: string | undefined;
}): JSX.Element | null {
  const m = useMessages<Messages>({ nl, en });
  const [scans, setScans] = useState<readonly ListedScan[] | null>(null);
  const [mine, setMine] = useState<ReadonlySet<string>>(new Set());
  const [error, setError] = useState<unknown>(null);
  const load = async (): Promise<void> => {
    setError(null);
    try {
      const { deskScans, assignedToMe } = await client();
      const found = await deskScans(
        session,
        desk,
        groups.flatMap(({ phases }) => phases),
      );
      if (own !== undefined && desk.function === "expert-desk")
        setMine(
          await assignedToMe(
            session,
            found.filter(({ phase }) => advisersPhases.includes(phase)),
          ),
        );
      setScans(found);
      onCount(found.length);
    } catch (thrown) {
      setError(thrown);
    }
  };
  useEffect(() => void load(), [session, desk.id]);
  if (error !== null) return <ErrorState error={error} onRetry={() => void load()} />;
  if (scans === null) return <Skeleton lines={4} />;
  const sorted = [...scans.filter(({ id }) => mine.has(id)), ...scans.filter(({ id }) => !mine.has(id))];
  return (
    <>
      {groups.map(({ title, phases }) => {
        const here = sorted.filter(({ phase }) => phases.includes(phase));
        if (here.length === 0) return null;
        return (
          <section key={title} class="stack-small">
            <h2>
              {title} <span class="soft small">{here.length}</span>
            </h2>
            <ul class="roads">
              {here.map((scan) => (
                <li key={scan.id}>
                  <ScanRoad
                    scan={scan}
                    to={to(scan.id, scan.phase)}
                    title={scan.cover === null || scan.cover.title === "" ? m.opened(scan.opened) : scan.cover.title}
                    text={m.phasesDesk[scan.phase] ?? ""}
                  >
                    {own !== undefined && mine.has(scan.id) && (
                      <span class="road-text">
                        <Tag tone="accent" icon="person">
                          {own}
                        </Tag>
                      </span>
                    )}
                    {Extra !== undefined && <Extra scan={scan} session={session} />}
                  </ScanRoad>
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </>
  );
}

interface DeskListProps {
  /** For which desks, and what stands in their list. */
  readonly desks: Readonly<Partial<Record<DeskFunction, readonly DeskGroup[]>>>;
  readonly to: (id: string, phase: string) => string;
  /** More about one scan, under its phase. */
  readonly Extra?: ((props: { readonly scan: ListedScan; readonly session: Session }) => JSX.Element | null) | undefined;
  /** Says that a scan is assigned to the reader; left out: not asked. */
  readonly own?: string | undefined;
}

/** A page that lists scans: the person's own first, then each desk's; one state when there is nothing. */
export function ListPage({
  title,
  lead,
  mine,
  empty,
  emptyText,
  ...lists
}: DeskListProps & {
  readonly title: string;
  readonly lead: string;
  /** The person's own scans, when the page is for them too. */
  readonly mine?: { readonly title: string; readonly phases: readonly string[] };
  readonly empty: string;
  readonly emptyText: string;
}): JSX.Element {
  const session = useSession();
  const [desks, setDesks] = useState<readonly OpenDesk[] | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [counts, setCounts] = useState<ReadonlyMap<string, number>>(new Map());
  const load = (): void => {
    if (session === null) return;
    setError(null);
    session.openDesks().then(setDesks, setError);
  };
  useEffect(load, [session]);
  if (session === null) return <SignedOut />;
  const count = (key: string) => (n: number) => setCounts((now) => new Map([...now, [key, n]]));
  const shown = (desks ?? []).flatMap((desk) => {
    const groups = lists.desks[desk.function];
    return groups === undefined ? [] : [{ desk, groups }];
  });
  const waiting = shown.length + (mine === undefined ? 0 : 1);
  const nothing = desks !== null && counts.size === waiting && [...counts.values()].every((n) => n === 0);
  return (
    <Page title={title} lead={lead} width="column">
      {error !== null && <ErrorState error={error} onRetry={load} />}
      {desks === null && error === null && <Skeleton lines={4} />}
      {mine !== undefined && <OwnScans session={session} title={mine.title} phases={mine.phases} to={lists.to} onCount={count("mine")} />}
      {shown.map(({ desk, groups }) => (
        <DeskScans key={desk.id} session={session} desk={desk} groups={groups} to={lists.to} onCount={count(desk.id)} Extra={lists.Extra} own={lists.own} />
      ))}
      {nothing && (
        <EmptyState icon="check" title={empty}>
          <p>{emptyText}</p>
        </EmptyState>
      )}
    </Page>
  );
}
