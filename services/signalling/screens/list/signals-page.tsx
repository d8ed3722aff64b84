/** /signalen: for police, OM and safety desks every signal of the desk, late first, answered in place; for an office-holder their own. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { OpenDesk, Session } from "#services/directory/client/index.ts";
import { useSession } from "#services/directory/screens/session.ts";
import { SignedOut } from "#services/dossier/screens/dossier-page.tsx";
import "#services/dossier/screens/dossier.css";
import { Arrived, Button, ButtonLink, EmptyState, ErrorState, Link, Notice, Page, Skeleton, Tag, useMessages } from "#services/interface/index.ts";
import { actionsIn, byNeed, deskSignals, isLate, openSignal, roleOfDesk, stationsInList, type ListedSignal } from "#services/signalling/client/index.ts";
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

/** A signal at one of the reader's desks. */
interface Line {
  readonly desk: OpenDesk;
  readonly signal: ListedSignal;
}

/** The signals of all the reader's desks in one list: who sits at two must not look in two places for what is late. */
async function linesOf(session: Session): Promise<{ readonly desks: readonly OpenDesk[]; readonly lines: readonly Line[] }> {
  const desks = (await session.openDesks()).filter((desk) => roleOfDesk(desk.function) !== null);
  const lists = await Promise.all(desks.map(async (desk) => (await deskSignals(session, desk)).map((signal): Line => ({ desk, signal }))));
  return { desks, lines: lists.flat().toSorted((a, b) => byNeed(a.signal, b.signal)) };
}

function Signals({ session }: { readonly session: Session }): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const [held, setHeld] = useState<Awaited<ReturnType<typeof linesOf>> | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [mine, setMine] = useState<number | null>(null);
  const [shown, setShown] = useState(firstLines);
  const [answered, setAnswered] = useState(0);
  const load = (): void => {
    setError(null);
    linesOf(session).then(setHeld, setError);
  };
  useEffect(load, [session]);
  const atDesk = session.desks.length > 0;
  const late = held === null ? 0 : held.lines.filter(({ signal }) => isLate(signal)).length;
  const nothing = held?.lines.length === 0 && mine === 0;
  return (
    <Page title={m.title} lead={atDesk ? m.leadDesk : m.leadMine}>
      {error !== null && <ErrorState error={error} onRetry={load} />}
      {held === null && error === null && <Skeleton lines={4} />}
      {late > 0 && (
        <p>
          <Tag tone="amber" icon="clock">
            {m.lateCount(late)}
          </Tag>
        </p>
      )}
      {answered > 0 && (
        <Arrived key={answered}>
          <Notice title={m.answered} live />
        </Arrived>
      )}
      {held !== null && held.lines.length > 0 && (
        <ul class="signal-lines">
          {held.lines.slice(0, shown).map(({ desk, signal }) => (
            <SignalLine
              key={`${desk.id}${signal.id}${signal.changed}`}
              session={session}
              desk={desk}
              several={held.desks.length > 1}
              signal={signal}
              onDone={() => {
                setAnswered((n) => n + 1);
                load();
              }}
            />
          ))}
        </ul>
      )}
      {held !== null && held.desks.length > 0 && (
        <div class="actions">
          {held.lines.length > shown && (
            <Button look="second" icon="down" onPress={() => setShown((n) => n + firstLines)}>
              {m.more(held.lines.length - shown)}
            </Button>
          )}
          <ButtonLink to="/signalen/cijfers" look="quiet" icon="list">
            {m.figures}
          </ButtonLink>
        </div>
      )}
      <OwnSignals session={session} onCount={setMine} />
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

/** One signal with its chain and, when it is this desk's turn, its answers. */
function SignalLine({
  session,
  desk,
  several,
  signal,
  onDone,
}: {
  readonly session: Session;
  readonly desk: OpenDesk;
  /** Whether the reader has more than one desk, so that each line says at which one it is. */
  readonly several: boolean;
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
        <h2>
          <Link to={`/dossier/${signal.id}`}>{title}</Link>
        </h2>
        <span class="row">
          {isLate(signal) && (
            <Tag tone="amber" icon="clock">
              {shared.late}
            </Tag>
          )}
          {cover?.urgency === "acute" && (
            <Tag tone="amber" icon="alert">
              {shared.acute}
            </Tag>
          )}
        </span>
      </div>
      {several && <p class="soft small">{desk.name}</p>}
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
