/** The office-holder's own signals: where each is, who can read it, and taking a consent back per desk with the honest sentence. Drawn by the list page. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Session } from "#services/directory/client/index.ts";
import type { DossierHandle } from "#services/dossier/client/index.ts";
import { loadKinds } from "#services/dossier/screens/kinds.ts";
import {
  Button,
  ButtonLink,
  Dialog,
  ErrorState,
  Notice,
  Skeleton,
  useInterfaceMessages,
  useLanguage,
  useMessages,
  writeMoment,
} from "#services/interface/index.ts";
import {
  awaitingItems,
  consentAgain,
  lapsedDesks,
  openSignal,
  ownSignals,
  revoke,
  shareAlong,
  stationsOf,
  type AnsweringDesk,
} from "#services/signalling/client/index.ts";
import { Chain } from "#services/signalling/screens/chain.tsx";
import { en as sharedEn } from "#services/signalling/screens/en.ts";
import { nl as sharedNl, type Messages as Shared } from "#services/signalling/screens/nl.ts";
import { en } from "./en.ts";
import { nl, type Messages } from "./nl.ts";

/** Draws nothing when there are none; `onCount` tells the page. */
export function OwnSignals({ session, onCount }: { readonly session: Session; readonly onCount: (count: number) => void }): JSX.Element | null {
  const m = useMessages<Messages>({ nl, en });
  const [ids, setIds] = useState<readonly string[] | null>(null);
  const [error, setError] = useState<unknown>(null);
  const load = (): void => {
    setError(null);
    ownSignals(session).then((found) => {
      setIds(found);
      onCount(found.length);
    }, setError);
  };
  useEffect(load, [session]);
  if (error !== null) return <ErrorState error={error} onRetry={load} />;
  if (ids === null) return <Skeleton lines={4} />;
  if (ids.length === 0) return null;
  return (
    <section class="stack-medium">
      <h2>{m.mine}</h2>
      <ul class="signal-lines">
        {ids.map((id) => (
          <OwnSignal key={id} session={session} id={id} />
        ))}
      </ul>
    </section>
  );
}

/** A desk the person consented to. */
interface Consented {
  readonly desk: string;
  readonly name: string;
  /** Since when it holds the key; null: not yet. */
  readonly since: string | null;
}

/** Every desk with a standing consent, with the moment it got the key. @throws Problem signature-invalid. */
async function consentedDesks(handle: DossierHandle): Promise<Consented[]> {
  const now = Date.now();
  const standing = handle.consents.filter(({ withdrawn, until }) => withdrawn === null && Date.parse(until) > now);
  const desks = [...new Set(standing.map(({ to }) => to.desk))];
  return Promise.all(
    desks.map(async (desk) => ({
      desk,
      name: (await handle.session.trust.desk(desk)).name,
      // The newest: a consent that was given again has a row of its own.
      since: handle.view.participants.findLast((one) => one.desk === desk)?.since ?? null,
    })),
  );
}

/** A desk with its name from the signed roster. */
type Named = AnsweringDesk & { readonly name: string };

/** What one signal asks of the person besides reading. */
interface Held {
  readonly handle: DossierHandle;
  readonly desks: readonly Consented[];
  /** Had consent, and have none now. */
  readonly lapsed: readonly Named[];
}

const named = (session: Session, desks: readonly AnsweringDesk[]): Promise<Named[]> =>
  Promise.all(desks.map(async (one) => ({ ...one, name: (await session.trust.desk(one.desk)).name })));
const isOver = ({ view: { phase } }: DossierHandle): boolean => phase === "withdrawn" || phase === "closed";

async function hold(session: Session, id: string): Promise<Held> {
  const handle = await openSignal(session, id);
  const [desks, lapsed] = await Promise.all([consentedDesks(handle), isOver(handle) ? [] : named(session, lapsedDesks(handle))]);
  return { handle, desks, lapsed };
}

/** Desks that hold the signal, not the pieces that go along: asked in the dossiers these are in. */
const awaitingIn = async (handle: DossierHandle): Promise<Named[]> =>
  isOver(handle) ? [] : await named(handle.session, await awaitingItems(handle, (await loadKinds()).workflows));

/** What is asked before it is done. */
interface Question {
  readonly title: string;
  readonly text: string;
  readonly notes: readonly string[];
  readonly button: string;
  readonly final: boolean;
  readonly go: () => Promise<unknown>;
  readonly done: string;
}

function OwnSignal({ session, id }: { readonly session: Session; readonly id: string }): JSX.Element {
  const shared = useMessages<Shared>({ nl: sharedNl, en: sharedEn });
  const m = useMessages<Messages>({ nl, en });
  const language = useLanguage();
  const [held, setHeld] = useState<Held | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [awaiting, setAwaiting] = useState<readonly Named[]>([]);
  const [piecesError, setPiecesError] = useState<unknown>(null);
  const [asked, setAsked] = useState<Question | null>(null);
  const [told, setTold] = useState<string | null>(null);
  // Apart from the card: a dossier of pieces that cannot be reached must not hide the signal, nor the button that takes a consent back.
  const loadPieces = async (handle: DossierHandle): Promise<void> => {
    setPiecesError(null);
    try {
      setAwaiting(await awaitingIn(handle));
    } catch (thrown) {
      setPiecesError(thrown);
    }
  };
  const load = async (): Promise<void> => {
    setError(null);
    try {
      const found = await hold(session, id);
      setHeld(found);
      void loadPieces(found.handle);
    } catch (thrown) {
      setError(thrown);
    }
  };
  useEffect(() => void load(), [id]);
  if (error !== null)
    return (
      <li>
        <ErrorState error={error} onRetry={() => void load()} />
      </li>
    );
  if (held === null)
    return (
      <li>
        <Skeleton lines={4} />
      </li>
    );
  const { handle, desks, lapsed } = held;
  const workflows = async () => (await loadKinds()).workflows;
  const taking = ({ desk, name }: Consented): Question => ({
    title: m.own.revokeTitle,
    text: m.own.revokeText(name),
    notes: [m.own.stays, m.own.stops],
    button: m.own.revoke,
    final: true,
    go: async () => await revoke(handle, desk, await workflows()),
    done: m.own.revoked(name),
  });
  const giving = (one: Named): Question => ({
    title: m.own.againTitle,
    text: m.own.againText(one.name),
    notes: [m.own.stays],
    button: m.own.again,
    final: false,
    go: async () => await consentAgain(handle, one, m.own.again),
    done: m.own.given(one.name),
  });
  const sharing = ({ desk, name }: Named): Question => ({
    title: m.own.piecesTitle,
    text: m.own.piecesText(name),
    notes: [m.own.stays],
    button: m.own.pieces(name),
    final: false,
    go: async () => await shareAlong(handle, desk, await workflows()),
    done: m.own.shared(name),
  });
  const title = shared.openedOn(handle.view.opened);
  return (
    <li class="card signal-line">
      <h3>
        {title}, {writeMoment(language, handle.view.opened).split(" ").at(-1)}
      </h3>
      <p>{shared.phasesMine[handle.view.phase] ?? ""}</p>
      <Chain stations={stationsOf(handle)} opened={handle.view.opened} />
      {told !== null && <Notice title={told} live />}
      {piecesError !== null && <ErrorState error={piecesError} onRetry={() => void loadPieces(handle)} />}
      {awaiting.map((one) => (
        <Notice key={one.desk} tone="amber">
          <p>{m.own.piecesText(one.name)}</p>
          <div class="actions">
            <Button look="second" size="small" onPress={() => setAsked(sharing(one))}>
              {m.own.pieces(one.name)}
            </Button>
          </div>
        </Notice>
      ))}
      {desks.length + lapsed.length > 0 && (
        <div class="stack-small">
          <h4>{m.own.who}</h4>
          <ul class="dossier-readers">
            {desks.map((one) => (
              <li key={one.desk}>
                <div>
                  <p>
                    <strong>{one.name}</strong>
                  </p>
                  <p class="soft small">{one.since === null ? m.own.notYet : m.own.since(one.since)}</p>
                </div>
                <Button look="second" size="small" label={`${m.own.revoke}: ${one.name}`} onPress={() => setAsked(taking(one))}>
                  {m.own.revoke}
                </Button>
              </li>
            ))}
            {lapsed.map((one) => (
              <li key={one.desk}>
                <div>
                  <p>
                    <strong>{one.name}</strong>
                  </p>
                  <p class="soft small">{m.own.lapsed}</p>
                </div>
                <Button look="second" size="small" label={`${m.own.again}: ${one.name}`} onPress={() => setAsked(giving(one))}>
                  {m.own.again}
                </Button>
              </li>
            ))}
          </ul>
        </div>
      )}
      <div class="actions">
        <ButtonLink to={`/dossier/${id}`} look="second" icon="arrow" iconLast label={`${m.own.open}: ${title}`}>
          {m.own.open}
        </ButtonLink>
      </div>
      {asked !== null && (
        <Asking
          question={asked}
          onClose={() => setAsked(null)}
          onDone={() => {
            setTold(asked.done);
            setAsked(null);
            void load();
          }}
        />
      )}
    </li>
  );
}

/** One decision about who may read, with what it does and what it cannot do. */
function Asking({ question, onClose, onDone }: { readonly question: Question; readonly onClose: () => void; readonly onDone: () => void }): JSX.Element {
  const frame = useInterfaceMessages();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const go = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      await question.go();
      onDone();
    } catch (thrown) {
      setError(thrown);
      setBusy(false);
    }
  };
  return (
    <Dialog open title={question.title} onClose={onClose}>
      <p>{question.text}</p>
      <Notice tone="amber">
        {question.notes.map((note) => (
          <p key={note}>{note}</p>
        ))}
      </Notice>
      {error !== null && <ErrorState error={error} />}
      <div class="actions">
        <Button look={question.final ? "final" : "first"} busy={busy} onPress={() => void go()}>
          {question.button}
        </Button>
        <Button look="quiet" onPress={onClose}>
          {frame.cancel}
        </Button>
      </div>
    </Dialog>
  );
}
