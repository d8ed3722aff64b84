/** /herstel: who can bring your keys back and whose you help to bring back; and, signed in nowhere, asking for your own. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Session } from "#services/directory/client/session.ts";
import { useSession } from "#services/directory/screens/session.ts";
import { CopyButton, Page, useMessages } from "#services/interface/index.ts";
import { ClaimPage } from "./claim.tsx";
import { en } from "./en.ts";
import { Held } from "./held.tsx";
import { nl, type Messages } from "./nl.ts";
import { Own } from "./own.tsx";

export default function RecoveryPage(): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const session = useSession();
  if (session === null || session.guest) return <ClaimPage />;
  return (
    <Page title={m.title} lead={m.lead} lock={{ sentence: m.lock, readers: [{ who: m.lockReader, reason: m.lockReason }] }}>
      <Own session={session} />
      <Held session={session} />
      <Me session={session} />
      <section class="section">
        <h2>{m.how}</h2>
        <ul class="plain stack-small">
          {m.howText.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </section>
    </Page>
  );
}

/** What someone reads out to whoever wants to choose them as a holder. */
function Me({ session }: { readonly session: Session }): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const [digits, setDigits] = useState("");
  useEffect(() => {
    void import("#services/directory/client/index.ts").then(async ({ ownFingerprint }) => setDigits(await ownFingerprint(session)));
  }, [session]);
  return (
    <section class="section stack-small">
      <h2>{m.me}</h2>
      <p class="soft">{m.meText}</p>
      <p>
        {m.personCode}: <strong class="code">{session.person.person}</strong>
      </p>
      <p>
        {m.digits}: <strong class="code">{digits}</strong>
      </p>
      <div class="actions">
        <CopyButton text={session.person.person} />
      </div>
    </section>
  );
}
