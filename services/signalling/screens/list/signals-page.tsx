/** /signalen: for police, OM and safety desks every signal of the desk, late first, answered in place; for an office-holder their own. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { OpenDesk, Session } from "#services/directory/client/index.ts";
import { useSession } from "#services/directory/screens/session.ts";
import { SignedOut } from "#services/dossier/screens/dossier-page.tsx";
import "#services/dossier/screens/dossier.css";
import { Button, ButtonLink, EmptyState, ErrorState, Link, Notice, Page, Skeleton, Tag, useMessages } from "#services/interface/index.ts";
import { actionsIn, deskSignals, isLate, openSignal, roleOfDesk, stationsInList, type ListedSignal } from "#services/signalling/client/index.ts";
import { Chain } from "#services/signalling/screens/chain.tsx";
import { en as sharedEn } from "#services/signalling/screens/en.ts";
import { nl as sharedNl, type Messages as Shared } from "#services/signalling/screens/nl.ts";
import { Answers } from "./answers.tsx";
import { en } from "./en.ts";
import { nl, type Messages } from "./nl.ts";
import { OwnSignals } from "./own.tsx";

/** Lines drawn at first; the rest comes when asked. */
const firstLines = 20;

export default function SignalsPage(): JSX.Element {
  const session = useSession();
  return session === null ? <SignedOut /> : <Signals key={session.person.person} session={session} />;
}

function Signals({ session }: { readonly session: Session }): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const [desks, setDesks] = useState<readonly OpenDesk[] | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [counts, setCounts] = useState<ReadonlyMap<string, number>>(new Map());
  const load = (): void => {
    setError(null);
    session.openDesks().then((open) => setDesks(open.filter((desk) => roleOfDesk(desk.function) !== null)), setError);
  };
  useEffect(load, [session]);
  const count = (key: string) => (n: number) => setCounts((now) => new Map([...now, [key, n]]));
  const atDesk = session.desks.length > 0;
  const nothing = desks !== null && counts.size === desks.length + 1 && [...counts.values()].every((n) => n === 0);
  return (
    <Page title={m.title} lead={atDesk ? m.leadDesk : m.leadMine}>
      {error !== null && <ErrorState error={error} onRetry={load} />}
      {desks === null && error === null && <Skeleton lines={4} />}
      {desks?.map((desk) => (
        <DeskSignals key={desk.id} session={session} desk={desk} onCount={count(desk.id)} />
      ))}
      <OwnSignals session={session} onCount={count("mine")} />
      {nothing && (
        <EmptyState icon="check" title={m.none}>
          <p>{atDesk ? m.noneDesk : m.noneMine}</p>
        </EmptyState>
      )}
      {!atDesk && (
        <div class="actions">
          <ButtonLink to="/signaal" look={nothing ? "first" : "second"} icon="alert">
            {m.raise}
          </ButtonLink>
        </div>
      )}
    </Page>
  );
}

function DeskSignals({
  session,
  desk,
  onCount,
}: {
  readonly session: Session;
  readonly desk: OpenDesk;
  readonly onCount: (count: number) => void;
}): JSX.Element | null {
  const m = useMessages<Messages>({ nl, en });
  const [signals, setSignals] = useState<readonly ListedSignal[] | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [shown, setShown] = useState(firstLines);
  const [answered, setAnswered] = useState(0);
  const load = async (): Promise<void> => {
    setError(null);
    try {
      const found = await deskSignals(session, desk);
      setSignals(found);
      onCount(found.length);
    } catch (thrown) {
      setError(thrown);
    }
  };
  useEffect(() => void load(), [session, desk.id]);
  if (error !== null) return <ErrorState error={error} onRetry={() => void load()} />;
  if (signals === null) return <Skeleton lines={4} />;
  if (signals.length === 0) return null;
  const late = signals.filter((one) => isLate(one)).length;
  return (
    <section class="stack-medium">
      <div class="row row-between">
        <h2>{desk.name}</h2>
        {late > 0 && (
          <Tag tone="amber" icon="clock">
            {m.lateCount(late)}
          </Tag>
        )}
      </div>
      {answered > 0 && <Notice key={answered} title={m.answered} live />}
      <ul class="signal-lines">
        {signals.slice(0, shown).map((one) => (
          <SignalLine
            key={`${one.id}${one.changed}`}
            session={session}
            desk={desk}
            signal={one}
            onDone={() => {
              setAnswered((n) => n + 1);
              void load();
            }}
          />
        ))}
      </ul>
      <div class="actions">
        {signals.length > shown && (
          <Button look="second" icon="down" onPress={() => setShown((n) => n + firstLines)}>
            {m.more(signals.length - shown)}
          </Button>
        )}
        <ButtonLink to="/signalen/cijfers" look="quiet" icon="list">
          {m.figures}
        </ButtonLink>
      </div>
    </section>
  );
}

/** One signal with its chain and, when it is this desk's turn, its answers. */
function SignalLine({
  session,
  desk,
  signal,
  onDone,
}: {
  readonly session: Session;
  readonly desk: OpenDesk;
  readonly signal: ListedSignal;
  readonly onDone: () => void;
}): JSX.Element {
  const shared = useMessages<Shared>({ nl: sharedNl, en: sharedEn });
  const role = roleOfDesk(desk.function);
  const { cover } = signal;
  const title = cover === null ? shared.openedOn(signal.opened) : cover.title;
  return (
    <li class="card signal-line">
      <div class="signal-line-head">
        <h3>
          <Link to={`/dossier/${signal.id}`}>{title}</Link>
        </h3>
        <span class="row">
          {isLate(signal) && (
            <Tag tone="amber" icon="clock">
              {shared.late}
            </Tag>
          )}
          {cover?.urgency === "acute" && (
            <Tag tone="red" icon="alert">
              {shared.acute}
            </Tag>
          )}
        </span>
      </div>
      <p class="soft">
        {cover === null ? shared.noCover : `${shared.functions[cover.function]}. `}
        {shared.phasesDesk[signal.phase] ?? ""}
      </p>
      <Chain compact stations={stationsInList(signal)} opened={signal.opened} />
      {role !== null && role !== "safety-desk" && (
        <Answers actions={actionsIn(signal.phase, role)} open={() => openSignal(session, signal.id)} about={title} onDone={onDone} />
      )}
    </li>
  );
}
