/** Who may bring a team back when all who lead it lost their keys, with exactly what that means. Part of the page where a lead manages a team. */
import type * as directory from "#services/directory/client/index.ts";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Holder } from "#services/directory/client/index.ts";
import type { OpenDesk, Session } from "#services/directory/client/session.ts";
import { Button, ErrorState, Notice, useMessages } from "#services/interface/index.ts";
import { en } from "./en.ts";
import { HolderFields } from "./holder-fields.tsx";
import { nl, type Messages } from "./nl.ts";

export function DeskRecovery({ session, desk, onChange }: { readonly session: Session; readonly desk: OpenDesk; readonly onChange: () => void }): JSX.Element {
  const words = useMessages<Messages>({ nl, en });
  const m = words.desk;
  const [choosing, setChoosing] = useState(false);
  const [holders, setHolders] = useState<readonly (Holder | null)[]>([null, null, null]);
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const { recovery } = desk.roster;
  const chosen = holders.filter((one) => one !== null);
  const change = async (work: (client: typeof directory) => Promise<unknown>): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      await work(await import("#services/directory/client/index.ts"));
      setChoosing(false);
      setDone(true);
      onChange();
    } catch (thrown) {
      setError(thrown);
    }
    setBusy(false);
  };
  return (
    <section class="section stack-medium">
      <h2>{m.title}</h2>
      {done && <Notice live title={m.done} />}
      {recovery === undefined && <p>{m.none}</p>}
      {recovery !== undefined && (
        <ul class="plain stack-small">
          {recovery.holders.map(({ person, name, office }) => (
            <li key={person}>
              {name}
              {office !== "" && `, ${office}`}
            </li>
          ))}
        </ul>
      )}
      {(recovery !== undefined || choosing) && (
        <Notice tone="amber">
          <p>{m.means}</p>
        </Notice>
      )}
      {choosing && (
        <>
          {[words.first, words.second, m.third].map((title, place) => (
            <HolderFields
              key={title}
              session={session}
              title={title}
              onChosen={(holder) => setHolders((all) => all.map((one, at) => (at === place ? holder : one)))}
            />
          ))}
          <div class="actions">
            <Button
              icon="key"
              busy={busy}
              disabled={chosen.length !== 3}
              onPress={() => void change(async ({ setUpDeskRecovery }) => await setUpDeskRecovery(session, desk.id, { holders: chosen }))}
            >
              {m.go}
            </Button>
          </div>
        </>
      )}
      {error !== null && <ErrorState error={error} />}
      <div class="actions">
        {!choosing && (
          <Button look="second" onPress={() => setChoosing(true)}>
            {m.setUp}
          </Button>
        )}
        {recovery !== undefined && !choosing && (
          <Button look="second" busy={busy} onPress={() => void change(async ({ endDeskRecovery }) => await endDeskRecovery(session, desk.id))}>
            {m.end}
          </Button>
        )}
      </div>
    </section>
  );
}
