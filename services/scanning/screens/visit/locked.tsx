/** Nobody is signed in: the way in, also without a connection for whoever this device keeps visits of. Used by the visit pages. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { keepsSomeone, unlockKept } from "#services/directory/screens/kept.ts";
import { session } from "#services/directory/screens/session.ts";
import { UnlockForm } from "#services/directory/screens/unlock-form.tsx";
import { SignedOut } from "#services/dossier/screens/dossier-page.tsx";
import { Button, ButtonLink, Page, Skeleton, useMessages } from "#services/interface/index.ts";
import { en } from "./en.ts";
import { nl, type Messages } from "./nl.ts";
import { useOnline } from "./online.ts";

export function Locked(): JSX.Element {
  const m = useMessages<Messages>({ nl, en }).locked;
  const online = useOnline();
  const [someone, setSomeone] = useState<boolean | null>(null);
  const [asked, setAsked] = useState(false);
  useEffect(() => void keepsSomeone().then(setSomeone), []);
  if (someone === null)
    return (
      <Page title={m.title}>
        <Skeleton lines={3} />
      </Page>
    );
  if (!someone) return <SignedOut />;
  return (
    <Page title={m.title} lead={m.lead}>
      {online && !asked ? (
        <>
          <p>{m.signIn}</p>
          <div class="actions">
            <ButtonLink to="/inloggen">{m.toSignIn}</ButtonLink>
            <Button look="second" icon="key" onPress={() => setAsked(true)}>
              {m.here}
            </Button>
          </div>
        </>
      ) : (
        <>
          {!online && <p>{m.offline}</p>}
          <UnlockForm
            go={m.go}
            onHeld={async (held) => {
              const unlocked = await unlockKept(held);
              if (unlocked === null) return false;
              session.set(unlocked);
              return true;
            }}
          />
        </>
      )}
    </Page>
  );
}
