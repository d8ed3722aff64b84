/** Forgetting the person this device is known as. Part of the account page; draws nothing for anybody else. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Session } from "#services/directory/client/index.ts";
import { session as signedIn } from "#services/directory/screens/session.ts";
import { Button, Dialog, ErrorState, navigate, Notice, useInterfaceMessages, useMessages } from "#services/interface/index.ts";
import { forgetDevice, useDevicePerson } from "./device.ts";
import { en } from "./en.ts";
import { nl, type Messages } from "./nl.ts";

export function ForgetDevice({ session }: { readonly session: Session }): JSX.Element | null {
  const m = useMessages<Messages>({ nl, en }).forget;
  const frame = useInterfaceMessages();
  const person = useDevicePerson();
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  if (person !== session.person.person) return null;
  const forget = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      await forgetDevice(session);
      signedIn.set(null);
      navigate("/", { replace: true });
    } catch (thrown) {
      setError(thrown);
      setBusy(false);
    }
  };
  return (
    <section class="section" aria-labelledby="forget-device">
      <h2 id="forget-device">{m.title}</h2>
      <p>{m.text}</p>
      <div class="actions">
        <Button look="second" onPress={() => setAsked(true)}>
          {m.go}
        </Button>
      </div>
      {asked && (
        <Dialog open title={m.sure} onClose={() => setAsked(false)}>
          <Notice tone="amber">
            <p>{m.text}</p>
            <p>{m.gone}</p>
          </Notice>
          {error !== null && <ErrorState error={error} />}
          <div class="actions">
            <Button look="final" busy={busy} onPress={() => void forget()}>
              {m.go}
            </Button>
            <Button look="quiet" onPress={() => setAsked(false)}>
              {frame.cancel}
            </Button>
          </div>
        </Dialog>
      )}
    </section>
  );
}
