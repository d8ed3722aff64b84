/** /account: for who is signed in, devices and ways to sign in; for who is not, making an account. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { ButtonLink, Page, useMessages } from "#services/interface/index.ts";
import { ForgetDevice } from "./device/forget-device.tsx";
import { Devices } from "./devices.tsx";
import { en } from "./en.ts";
import { nl, type Messages } from "./nl.ts";
import { Register } from "./register.tsx";
import { useSession } from "./session.ts";
import { Unlocks } from "./unlocks.tsx";

export default function AccountPage(): JSX.Element {
  const m = useMessages<Messages>({ nl, en }).account;
  const session = useSession();
  const [registering, setRegistering] = useState(session === null);
  if (registering) return <Register onDone={() => setRegistering(false)} />;
  if (session === null) return <Register onDone={() => setRegistering(false)} />;
  if (session.guest) {
    return (
      <Page title={m.guestTitle} lead={m.guestText} part="guest">
        <div class="actions">
          <ButtonLink to="/terug">{m.mine}</ButtonLink>
          <ButtonLink to="/gegevens" look="second">
            {m.rights}
          </ButtonLink>
        </div>
      </Page>
    );
  }
  return (
    <Page title={m.title} lead={m.lead} part="account" lock={{ sentence: m.lock, readers: [{ who: m.lockReader, reason: m.lockReason }] }}>
      {session.desks.length > 0 && <p>{m.desks(session.desks.length)}</p>}
      <div class="actions">
        {session.desks.length > 0 && (
          <ButtonLink to="/werk" icon="arrow" iconLast>
            {m.work}
          </ButtonLink>
        )}
        <ButtonLink to="/terug" look="second">
          {m.mine}
        </ButtonLink>
        <ButtonLink to="/herstel" look="second" icon="shield">
          {m.recovery}
        </ButtonLink>
        <ButtonLink to="/wie-las-mee" look="second" icon="key">
          {m.history}
        </ButtonLink>
        <ButtonLink to="/uitnodiging" look="quiet">
          {m.invitation}
        </ButtonLink>
        <ButtonLink to="/gegevens" look="quiet">
          {m.rights}
        </ButtonLink>
        {(session.desks.length > 0 || session.unconfirmed.length > 0) && (
          <ButtonLink to="/bevestigen" look={session.unconfirmed.length > 0 ? "second" : "quiet"}>
            {m.confirm}
          </ButtonLink>
        )}
        {session.desks.length === 0 && (
          <ButtonLink to="/meedoen" look="quiet">
            {m.join}
          </ButtonLink>
        )}
      </div>
      <ForgetDevice session={session} />
      <Devices m={m} session={session} />
      <Unlocks m={m} session={session} />
    </Page>
  );
}
