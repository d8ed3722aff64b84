/** /uitbreiding: pairs the browser extension with who is signed in, and takes over what it captured into one of their reports. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useSession } from "#services/directory/screens/session.ts";
import type { Session } from "#services/directory/client/index.ts";
import { ButtonLink, Notice, Page, Skeleton, useMessages, useStore } from "#services/interface/index.ts";
import { HereAnswer, type BridgeState } from "#services/reporting/contract/extension.ts";
import { awaitExtension, connected, type Bridge, type Connected } from "./bridge.ts";
import "./capture.css";
import { en } from "./en.ts";
import { Failed } from "./failed.tsx";
import { nl, type CaptureMessages } from "./nl.ts";
import { WaitingList } from "./waiting-list.tsx";

export default function CapturePage(): JSX.Element {
  const m = useMessages<CaptureMessages>({ nl, en });
  const session = useSession();
  const channel = useStore(connected);
  useEffect(awaitExtension, []);
  const lock = session === null ? undefined : { sentence: m.lock, readers: [{ who: m.lockReader, reason: m.lockReason }] };
  return (
    <Page title={m.title} lead={m.lead} lock={lock}>
      {session === null ? <SignedOut m={m} /> : channel === null ? <Connect m={m} /> : <Paired m={m} session={session} channel={channel} />}
      {session === null && channel !== null && <Silent channel={channel} />}
      <Proves m={m} />
    </Page>
  );
}

function SignedOut({ m }: { readonly m: CaptureMessages }): JSX.Element {
  return (
    <section class="section stack">
      <h2>{m.signIn.title}</h2>
      <p>{m.signIn.text}</p>
      <div class="actions">
        <ButtonLink to="/inloggen">{m.signIn.account}</ButtonLink>
        <ButtonLink to="/terug" look="second">
          {m.signIn.code}
        </ButtonLink>
      </div>
    </section>
  );
}

/** Tells the extension that nobody is signed in, so that its window can say so. */
function Silent({ channel }: { readonly channel: Connected }): null {
  useEffect(() => {
    channel.bridge.ask({ what: "here", card: null }, HereAnswer).catch(() => undefined);
  }, [channel]);
  return null;
}

function Connect({ m }: { readonly m: CaptureMessages }): JSX.Element {
  return (
    <section class="section stack">
      <h2>{m.connect.title}</h2>
      <ol class="words">
        {m.connect.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <p class="soft" role="status">
        {m.connect.waiting}
      </p>
    </section>
  );
}

interface PairedProps {
  readonly m: CaptureMessages;
  readonly session: Session;
  readonly channel: Connected;
}

function Paired({ m, session, channel }: PairedProps): JSX.Element {
  // What one channel said of the pairing says nothing of the next: until that answered, nothing is asked of it.
  const [told, setTold] = useState<{ readonly bridge: Bridge; readonly state: BridgeState } | null>(null);
  const [error, setError] = useState<unknown>(null);
  const state = told?.bridge === channel.bridge ? told.state : null;
  useEffect(() => {
    let left = false;
    channel.bridge.ask({ what: "here", card: session.person.card }, HereAnswer).then(
      (answer) => {
        if (left) return;
        setError(null);
        setTold({ bridge: channel.bridge, state: answer.state });
      },
      (thrown: unknown) => {
        if (!left) setError(thrown);
      },
    );
    return () => {
      left = true;
    };
  }, [session, channel]);
  if (error !== null) return <Failed m={m} error={error} />;
  if (state === null || state === "signed-out") return <Skeleton lines={3} />;
  if (state === "unpaired") return <Compare m={m} session={session} />;
  if (state === "other")
    return (
      <Notice tone="amber" title={m.other.title} live>
        <p>{m.other.text}</p>
      </Notice>
    );
  return <WaitingList m={m} session={session} channel={channel} />;
}

function Compare({ m, session }: { readonly m: CaptureMessages; readonly session: Session }): JSX.Element {
  const [number, setNumber] = useState<string | null>(null);
  useEffect(() => {
    const read = async (): Promise<void> => {
      const { ownFingerprint } = await import("#services/directory/client/index.ts");
      setNumber(await ownFingerprint(session));
    };
    void read();
  }, [session]);
  return (
    <section class="card stack" aria-label={m.pair.title}>
      <h2>{m.pair.title}</h2>
      <p>{m.pair.text}</p>
      {number === null ? (
        <Skeleton lines={1} />
      ) : (
        <p class="capture-number" aria-label={m.pair.number} role="group">
          {number}
        </p>
      )}
      <p class="soft">{m.pair.differs}</p>
    </section>
  );
}

function Proves({ m }: { readonly m: CaptureMessages }): JSX.Element {
  const list = (items: readonly string[]): JSX.Element => (
    <ul class="words">
      {items.map((item) => (
        <li key={item}>{item}</li>
      ))}
    </ul>
  );
  return (
    <section class="section stack">
      <h2>{m.proves.title}</h2>
      {list(m.proves.yes)}
      <h3>{m.proves.notTitle}</h3>
      {list(m.proves.no)}
      <p>{m.proves.advice}</p>
    </section>
  );
}
