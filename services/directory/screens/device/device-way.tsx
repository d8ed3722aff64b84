/** "Op deze telefoon verder": one tap for whoever this device is known as; draws nothing on any other device. Used wherever a page asks to sign in. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Session } from "#services/directory/client/index.ts";
import { session as signedIn } from "#services/directory/screens/session.ts";
import { Button, ErrorState, Notice, problemCode, useMessages } from "#services/interface/index.ts";
import { forgetStranger, signInAsDevice, useDevicePerson } from "./device.ts";
import { en } from "./en.ts";
import { nl, type Messages } from "./nl.ts";

export function DeviceWay({ onDone }: { readonly onDone?: (session: Session) => void }): JSX.Element | null {
  const m = useMessages<Messages>({ nl, en }).way;
  const person = useDevicePerson();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [gone, setGone] = useState(false);
  if (person === null || person === undefined || gone) return null;
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
  const forget = async (): Promise<void> => {
    setBusy(true);
    try {
      await forgetStranger();
      setGone(true);
    } catch (thrown) {
      setError(thrown);
      setBusy(false);
    }
  };
  // Its way in was taken away elsewhere: trying again will never help.
  if (problemCode(error) === "not-found")
    return (
      <section class="card card-tight stack-small">
        <h2 class="card-name">{m.unknown}</h2>
        <Notice tone="amber" live>
          <p>{m.unknownText}</p>
        </Notice>
        <div class="actions">
          <Button look="second" busy={busy} onPress={() => void forget()}>
            {m.forget}
          </Button>
        </div>
      </section>
    );
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
