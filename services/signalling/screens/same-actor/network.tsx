/** The key that safety desks share: making it, asking for it, passing it on. Drawn above the comparing until the desk holds it. For this folder. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { OpenDesk, Session, VerifiedDesk } from "#services/directory/client/index.ts";
import { EmptyState, ErrorState, SendForm, Button } from "#services/interface/index.ts";
import type { NetworkState } from "#services/signalling/client/same-actor.ts";
import type { Messages } from "./nl.ts";

const client = async () => await import("#services/signalling/client/same-actor.ts");

interface Props {
  readonly session: Session;
  readonly desk: OpenDesk;
  readonly state: NetworkState;
  readonly m: Messages;
  readonly onChange: () => void;
}

/** What a desk without the key can do about it. */
export function WithoutKey({ session, desk, state, m, onChange }: Props): JSX.Element {
  const [asked, setAsked] = useState(false);
  const w = m.network;
  if (state.network === null)
    return (
      <EmptyState icon="key" title={w.noneTitle}>
        <p>{w.noneText}</p>
        {desk.lead ? (
          <SendForm
            button={w.make}
            icon="key"
            send={async () => {
              await (await client()).makeNetwork(session, desk.id, null);
              onChange();
            }}
          >
            {null}
          </SendForm>
        ) : (
          <p>{w.onlyLead}</p>
        )}
      </EmptyState>
    );
  return (
    <EmptyState icon="key" title={w.waitTitle}>
      {asked ? (
        <p role="status">{w.asked}</p>
      ) : (
        <>
          <p>{w.waitText}</p>
          <SendForm
            button={w.ask}
            icon="key"
            send={async () => {
              await (await client()).askForNetwork(session, desk.id);
              setAsked(true);
            }}
          >
            {null}
          </SendForm>
        </>
      )}
    </EmptyState>
  );
}

/** Desks that wait for the key, by the names in their verified rosters. */
export function Waiting({ session, desk, state, m, onChange }: Props): JSX.Element | null {
  const [desks, setDesks] = useState<readonly VerifiedDesk[]>([]);
  const [busy, setBusy] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    let left = false;
    void client()
      .then(async ({ verifiedWaiting }) => await verifiedWaiting(session, state.waiting))
      .then(
        (found) => {
          if (left) return;
          setDesks(found.desks);
          setError(found.error);
        },
        (thrown: unknown) => left || setError(thrown),
      );
    return () => {
      left = true;
    };
  }, [state]);
  const admit = async (other: string): Promise<void> => {
    setBusy(other);
    setError(null);
    try {
      await (await client()).admitDesk(session, desk.id, other);
      onChange();
    } catch (thrown) {
      setError(thrown);
    }
    setBusy(null);
  };
  if (desks.length === 0 && error === null) return null;
  return (
    <section class="stack-medium">
      <h2>{m.network.waiting}</h2>
      <p class="soft">{m.network.waitingText}</p>
      {desks.map(({ id, name, organisation }) => (
        <div key={id} class="actions">
          <Button look="second" icon="key" busy={busy === id} onPress={() => void admit(id)}>
            {m.network.admit(`${name} (${organisation})`)}
          </Button>
        </div>
      ))}
      {error !== null && <ErrorState error={error} />}
    </section>
  );
}
