/** "Op deze telefoon verder": one tap for whoever this device is known as; draws nothing on any other device. Used wherever a page asks to sign in. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Session } from "#services/directory/client/index.ts";
import { session as signedIn } from "#services/directory/screens/session.ts";
import { Button, ErrorState, useMessages } from "#services/interface/index.ts";
import { signInAsDevice, useDevicePerson } from "./device.ts";
import { en } from "./en.ts";
import { nl, type Messages } from "./nl.ts";

export function DeviceWay({ onDone }: { readonly onDone?: (session: Session) => void }): JSX.Element | null {
  const m = useMessages<Messages>({ nl, en }).way;
  const person = useDevicePerson();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  if (person === null || person === undefined) return null;
  const go = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      const entered = await signInAsDevice();
      if (entered === null) return setBusy(false);
      signedIn.set(entered);
      onDone?.(entered);
    } catch (thrown) {
      setError(thrown);
      setBusy(false);
    }
  };
  return (
    <section class="card card-tight stack-small">
      <h2 class="card-name">{m.title}</h2>
      <p class="soft">{m.text}</p>
      {error !== null && <ErrorState error={error} />}
      <div class="actions">
        <Button icon="key" busy={busy} onPress={() => void go()}>
          {m.go}
        </Button>
      </div>
    </section>
  );
}
