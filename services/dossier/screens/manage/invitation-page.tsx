/** /uitnodiging: whoever got a code from a team looks at what it is for, and accepts. The code is typed, never part of an address. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { VerifiedDesk } from "#services/directory/client/index.ts";
import type { Session } from "#services/directory/client/session.ts";
import { DeviceStart } from "#services/directory/screens/device/device-start.tsx";
import { DeviceWay } from "#services/directory/screens/device/device-way.tsx";
import { useDevicePerson } from "#services/directory/screens/device/device.ts";
import { session as signedIn, useSession } from "#services/directory/screens/session.ts";
import { Button, ButtonLink, ErrorState, Field, Notice, Page, useMessages } from "#services/interface/index.ts";
import { en } from "./en.ts";
import { nl, type Messages } from "./nl.ts";

interface Found {
  readonly desk: VerifiedDesk;
  readonly name: string;
  readonly office: string;
}

export default function InvitationPage(): JSX.Element {
  const session = useSession();
  return session === null ? <Entrance /> : <Invited session={session} />;
}

/** How to take part: with this phone alone, with an account one has, or with a new one. */
function Entrance(): JSX.Element {
  const m = useMessages<Messages>({ nl, en }).invitation;
  const known = useDevicePerson();
  const [starting, setStarting] = useState(false);
  if (starting) return <DeviceStart onDone={(begun) => signedIn.set(begun)} onBack={() => setStarting(false)} />;
  return (
    <Page title={m.title} lead={m.how} part="how">
      <DeviceWay />
      {known === null && (
        <section class="card card-tight stack-small">
          <h2 class="card-name">{m.device}</h2>
          <p class="soft">{m.deviceText}</p>
          <div class="actions">
            <Button icon="key" onPress={() => setStarting(true)}>
              {m.device}
            </Button>
          </div>
        </section>
      )}
      <section class="card card-tight stack-small">
        <h2 class="card-name">{m.account}</h2>
        <p class="soft">{m.accountText}</p>
        <div class="actions">
          <ButtonLink to="/inloggen" look="second">
            {m.signIn}
          </ButtonLink>
          <ButtonLink to="/account" look="second">
            {m.register}
          </ButtonLink>
        </div>
      </section>
    </Page>
  );
}

function Invited({ session }: { readonly session: Session }): JSX.Element {
  const m = useMessages<Messages>({ nl, en }).invitation;
  const [token, setToken] = useState("");
  const [found, setFound] = useState<Found | null>(null);
  const [done, setDone] = useState<{ readonly fingerprint: string } | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const go = async (): Promise<void> => {
    if (token.trim() === "") return;
    setBusy(true);
    setError(null);
    try {
      const client = await import("#services/directory/client/index.ts");
      if (found === null) setFound(await client.readInvitation(session.trust, token.trim()));
      else {
        await client.acceptInvitation(session, token.trim());
        setDone({ fingerprint: await client.ownFingerprint(session) });
      }
    } catch (thrown) {
      setError(thrown);
    } finally {
      setBusy(false);
    }
  };
  if (done !== null)
    return (
      <Page title={m.done} lead={m.doneText} part="done">
        <Notice title={m.fingerprint}>
          <p>
            <strong class="code">{done.fingerprint}</strong>
          </p>
          <p>{m.fingerprintText}</p>
        </Notice>
      </Page>
    );
  return (
    <Page title={m.title} lead={m.lead}>
      <form
        class="stack"
        noValidate
        autocomplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) void go();
        }}
      >
        <Field
          label={m.label}
          spellcheck={false}
          value={token}
          onInput={(text) => {
            setToken(text);
            setFound(null);
          }}
        />
        {found !== null && (
          <Notice title={m.found(found.desk.name)} live>
            <p>{m.as(found.name, found.office)}</p>
            <p>{m.checked}</p>
          </Notice>
        )}
        {error !== null && <ErrorState error={error} />}
        <div class="actions">
          <Button type="submit" busy={busy} disabled={token.trim() === ""}>
            {found === null ? m.look : m.accept}
          </Button>
        </div>
      </form>
    </Page>
  );
}
