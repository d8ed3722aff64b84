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
import { openSignal, ownSignals, revoke, stationsOf } from "#services/signalling/client/index.ts";
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
      since: handle.view.participants.find((one) => one.desk === desk)?.since ?? null,
    })),
  );
}

function OwnSignal({ session, id }: { readonly session: Session; readonly id: string }): JSX.Element {
  const shared = useMessages<Shared>({ nl: sharedNl, en: sharedEn });
  const m = useMessages<Messages>({ nl, en });
  const language = useLanguage();
  const [held, setHeld] = useState<{ readonly handle: DossierHandle; readonly desks: readonly Consented[] } | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [asked, setAsked] = useState<Consented | null>(null);
  const [revoked, setRevoked] = useState<string | null>(null);
  const load = async (): Promise<void> => {
    setError(null);
    try {
      const handle = await openSignal(session, id);
      setHeld({ handle, desks: await consentedDesks(handle) });
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
  const { handle, desks } = held;
  const title = shared.openedOn(handle.view.opened);
  return (
    <li class="card signal-line">
      <h3>
        {title}, {writeMoment(language, handle.view.opened).split(" ").at(-1)}
      </h3>
      <p>{shared.phasesMine[handle.view.phase] ?? ""}</p>
      <Chain stations={stationsOf(handle)} opened={handle.view.opened} />
      {revoked !== null && <Notice title={m.own.revoked(revoked)} live />}
      {desks.length > 0 && (
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
                <Button look="second" size="small" label={`${m.own.revoke}: ${one.name}`} onPress={() => setAsked(one)}>
                  {m.own.revoke}
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
        <Revoking
          handle={handle}
          asked={asked}
          m={m}
          onClose={() => setAsked(null)}
          onDone={() => {
            setRevoked(asked.name);
            setAsked(null);
            void load();
          }}
        />
      )}
    </li>
  );
}

/** Taking back, with what it does and what it cannot do. */
function Revoking({
  handle,
  asked,
  m,
  onClose,
  onDone,
}: {
  readonly handle: DossierHandle;
  readonly asked: Consented;
  readonly m: Messages;
  readonly onClose: () => void;
  readonly onDone: () => void;
}): JSX.Element {
  const frame = useInterfaceMessages();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const go = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      await revoke(handle, asked.desk, (await loadKinds()).workflows);
      onDone();
    } catch (thrown) {
      setError(thrown);
      setBusy(false);
    }
  };
  return (
    <Dialog open title={m.own.revokeTitle} onClose={onClose}>
      <p>{m.own.revokeText(asked.name)}</p>
      <Notice tone="amber">
        <p>{m.own.stays}</p>
        <p>{m.own.stops}</p>
      </Notice>
      {error !== null && <ErrorState error={error} />}
      <div class="actions">
        <Button look="final" busy={busy} onPress={() => void go()}>
          {m.own.revoke}
        </Button>
        <Button look="quiet" onPress={onClose}>
          {frame.cancel}
        </Button>
      </div>
    </Dialog>
  );
}
