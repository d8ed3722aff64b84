/** /inloggen: a sign-in name with passphrase, recovery sheet or passkey; and the way back for whoever has only a code. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { HeldSecret, Session } from "#services/directory/client/index.ts";
import { ButtonLink, Field, Link, navigate, Page, prepare, useMessages } from "#services/interface/index.ts";
import { DeviceWay } from "./device/device-way.tsx";
import { en } from "./en.ts";
import { nl, type Messages } from "./nl.ts";
import { deviceName, openDoor, session } from "./session.ts";
import { UnlockForm } from "./unlock-form.tsx";

const deskPage = "/werk";

/** Where a person goes after signing in: desk members to their work, or first to their organisation when it asks for that; others to their own reports. */
export const afterSignIn = (signedIn: Session): string =>
  signedIn.unconfirmed.length > 0 && signedIn.desks.length === 0 ? "/bevestigen" : signedIn.desks.length > 0 ? deskPage : "/terug";

async function signIn(handle: string, held: HeldSecret): Promise<Session> {
  const [client, { connection, trust }] = await Promise.all([import("#services/directory/client/index.ts"), openDoor()]);
  // While the secret is worked out and the server asked: only people with an account come this way, and most of them work at a desk.
  prepare(deskPage);
  const options = { trust, device: deviceName(), handle };
  switch (held.kind) {
    case "passphrase":
      return client.signInWithPassphrase(connection, { ...options, ...held });
    case "recovery-sheet":
      return client.signInWithSheet(connection, { ...options, ...held });
    case "passkey":
      return client.signInWithPasskey(connection, { ...options, ...held });
  }
}

/** Name and secret; `onDone` once the session stands. Also for a page that must not be left to sign in. */
export function SignInForm({ onDone }: { readonly onDone: (signedIn: Session) => void }): JSX.Element {
  const m = useMessages<Messages>({ nl, en }).signIn;
  const [handle, setHandle] = useState("");
  const [checked, setChecked] = useState(false);
  const enter = async (held: HeldSecret): Promise<boolean> => {
    const signedIn = await signIn(handle, held);
    // The next page wants them; what fails here is told there.
    signedIn.openDesks().catch(() => undefined);
    session.set(signedIn);
    onDone(signedIn);
    return true;
  };
  return (
    <UnlockForm
      go={m.go}
      label={m.ways}
      wrong={m.wrong}
      ready={() => {
        setChecked(true);
        return handle.trim() !== "";
      }}
      onHeld={enter}
    >
      <Field
        label={m.handle}
        hint={m.handleHint}
        type="text"
        keyboard="email"
        autocomplete="username"
        spellcheck={false}
        value={handle}
        error={checked && handle.trim() === "" ? m.handleMissing : null}
        onInput={setHandle}
      />
    </UnlockForm>
  );
}

export default function SignInPage(): JSX.Element {
  const m = useMessages<Messages>({ nl, en }).signIn;
  const go = (signedIn: Session): void => navigate(afterSignIn(signedIn), { replace: true });
  return (
    <Page title={m.title} lead={m.lead}>
      <DeviceWay onDone={go} />
      <section class="card card-tight helper">
        <div>
          <h2 class="card-name">{m.guestTitle}</h2>
          <p class="soft">{m.guestText}</p>
        </div>
        <div class="actions">
          <ButtonLink to="/terug" look="second">
            {m.guest}
          </ButtonLink>
        </div>
      </section>
      <SignInForm onDone={go} />
      <p>
        <Link to="/herstel">{m.lost}</Link>
      </p>
      <p>
        {m.newHere} <Link to="/account">{m.register}</Link>
      </p>
    </Page>
  );
}
