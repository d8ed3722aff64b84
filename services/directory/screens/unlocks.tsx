/** The person's ways to sign in: never fewer than two; who has a passphrase can add a passkey with it. Part of the account page. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Session } from "#services/directory/client/index.ts";
import type { UnlockMethod } from "#services/directory/contract/index.ts";
import { Button, Dialog, ErrorState, Field, Notice, Skeleton } from "#services/interface/index.ts";
import { AddWay } from "./add-way.tsx";
import type { Messages } from "./nl.ts";
import { makePasskey, PasskeyWithoutPrf } from "./passkey.ts";
import { deviceName } from "./session.ts";

interface UnlocksProps {
  readonly m: Messages["account"];
  readonly session: Session;
}

export function Unlocks({ m, session }: UnlocksProps): JSX.Element {
  const [unlocks, setUnlocks] = useState<readonly UnlockMethod[] | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [leaving, setLeaving] = useState<UnlockMethod | null>(null);
  const load = async (): Promise<void> => {
    setError(null);
    try {
      const { listUnlocks } = await import("#services/directory/client/index.ts");
      setUnlocks(await listUnlocks(session));
    } catch (thrown) {
      setError(thrown);
    }
  };
  useEffect(() => void load(), [session]);
  const remove = async (method: UnlockMethod): Promise<void> => {
    setLeaving(null);
    try {
      const { removeUnlock } = await import("#services/directory/client/index.ts");
      await removeUnlock(session, method.id);
      await load();
    } catch (thrown) {
      setError(thrown);
    }
  };
  return (
    <section class="section" aria-labelledby="unlocks">
      <h2 id="unlocks">{m.unlocks}</h2>
      {error !== null && <ErrorState error={error} onRetry={() => void load()} />}
      {unlocks === null && error === null && <Skeleton lines={3} />}
      <ul class="plain stack-small">
        {unlocks?.map((method) => (
          <li key={method.id} class="card card-tight helper">
            <p>
              <strong>{m.unlockKinds[method.kind]}</strong>
              {method.kind !== "passphrase" && <span class="soft"> {method.label}</span>}
            </p>
            {unlocks.length > 2 && (
              <Button look="second" size="small" label={m.remove(m.unlockKinds[method.kind])} onPress={() => setLeaving(method)}>
                {m.removeWord}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <Notice tone="amber">
        <p>{m.atLeastTwo}</p>
      </Notice>
      {/* A passphrase is what allows it; a person without one, known to their phone, could only fail here. */}
      {unlocks?.some(({ kind }) => kind === "passphrase") === true && (
        <>
          <AddPasskey m={m} session={session} onAdded={() => void load()} />
          <AddWay m={m} session={session} onAdded={() => void load()} />
        </>
      )}
      <Dialog open={leaving !== null} title={m.removeTitle} onClose={() => setLeaving(null)}>
        <p>{m.removeText}</p>
        <div class="actions">
          <Button
            look="final"
            onPress={() => {
              if (leaving !== null) void remove(leaving);
            }}
          >
            {m.removeWord}
          </Button>
        </div>
      </Dialog>
    </section>
  );
}

type Adding = { readonly state: "idle" | "busy" | "done" } | { readonly state: "failed"; readonly error: unknown };

function AddPasskey({ m, session, onAdded }: UnlocksProps & { readonly onAdded: () => void }): JSX.Element {
  const [passphrase, setPassphrase] = useState("");
  const [adding, setAdding] = useState<Adding>({ state: "idle" });
  const add = async (): Promise<void> => {
    setAdding({ state: "busy" });
    try {
      const { addUnlock } = await import("#services/directory/client/index.ts");
      const label = m.passkeyName(deviceName());
      const made = await makePasskey(label);
      await addUnlock(session, { kind: "passphrase", passphrase }, { kind: "passkey", label, ...made });
      setPassphrase("");
      setAdding({ state: "done" });
      onAdded();
    } catch (error) {
      setAdding({ state: "failed", error });
    }
  };
  return (
    <form
      class="card"
      onSubmit={(event) => {
        event.preventDefault();
        if (adding.state !== "busy") void add();
      }}
    >
      <div class="stack-small">
        <h3>{m.addPasskey}</h3>
        <p class="soft">{m.addText}</p>
      </div>
      <Field label={m.addPassphrase} type="password" autocomplete="current-password" value={passphrase} onInput={setPassphrase} />
      {adding.state === "failed" && <AddFailed m={m} error={adding.error} />}
      {adding.state === "done" && <Notice live title={m.added} />}
      <div class="actions">
        <Button type="submit" look="second" icon="key" busy={adding.state === "busy"}>
          {adding.state === "busy" ? m.adding : m.add}
        </Button>
      </div>
    </form>
  );
}

function AddFailed({ m, error }: { readonly m: Messages["account"]; readonly error: unknown }): JSX.Element {
  if (error instanceof PasskeyWithoutPrf || error instanceof DOMException) return <Notice tone="amber" live title={m.noPrf} />;
  if (typeof error === "object" && error !== null && "code" in error && error.code === "unlock-wrong")
    return <Notice tone="amber" live title={m.wrongPassphrase} />;
  return <ErrorState error={error} />;
}
