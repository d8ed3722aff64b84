/** Sending the desk that is to answer a one-time link, for the person and their safety desk. The link and the ready words say nothing of what, who or whom. Drawn with the actions of a signal. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { makeAnswerLink, type DossierHandle } from "#services/dossier/client/index.ts";
import { Button, CopyButton, ErrorState, useMessages } from "#services/interface/index.ts";
import { answeringNow } from "#services/signalling/client/index.ts";
import "#services/signalling/screens/signal.css";
import { en } from "./en.ts";
import { nl, type Messages } from "./nl.ts";

interface Named {
  readonly desk: string;
  /** From the signed roster. */
  readonly name: string;
}
interface Made extends Named {
  readonly link: string;
  readonly until: string;
}

/** Draws nothing when no desk has to answer now. */
export function SendLinks({ handle }: { readonly handle: DossierHandle }): JSX.Element | null {
  const m = useMessages<Messages>({ nl, en }).send;
  const [desks, setDesks] = useState<readonly Named[]>([]);
  const [made, setMade] = useState<Made | null>(null);
  const [busy, setBusy] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const { trust } = handle.session;
  useEffect(() => {
    setMade(null);
    Promise.all(answeringNow(handle).map(async ({ desk }) => ({ desk, name: (await trust.desk(desk)).name }))).then(setDesks, setError);
  }, [handle, handle.view.lastHash]);
  const make = async (one: Named): Promise<void> => {
    setBusy(one.desk);
    setError(null);
    try {
      const { pointer, until } = await makeAnswerLink(handle.session, handle.id, one.desk);
      setMade({ ...one, link: `${location.origin}/antwoord#${pointer}`, until });
    } catch (thrown) {
      setError(thrown);
    }
    setBusy(null);
  };
  if (desks.length === 0 && error === null) return null;
  return (
    <section class="card stack-medium no-print">
      <h2>{m.title}</h2>
      <p class="soft">{m.text}</p>
      {error !== null && <ErrorState error={error} />}
      <div class="actions">
        {desks.map((one) => (
          <Button key={one.desk} look="second" icon="message" busy={busy === one.desk} onPress={() => void make(one)}>
            {m.go(one.name)}
          </Button>
        ))}
      </div>
      {made !== null && <Link made={made} m={m} />}
    </section>
  );
}

/** The one time the link is shown. */
function Link({ made, m }: { readonly made: Made; readonly m: Messages["send"] }): JSX.Element {
  const text = m.message(made.link);
  return (
    <div class="stack-small" role="status">
      <h3>{m.made(made.name)}</h3>
      <p>{m.shown}</p>
      <p class="code signal-link">{made.link}</p>
      <p class="soft small">{m.once(made.until)}</p>
      <div class="actions">
        <CopyButton text={made.link} label={m.copyLink} />
      </div>
      <h4>{m.ready}</h4>
      <p class="signal-link">{text}</p>
      <div class="actions">
        <CopyButton text={text} label={m.copyText} />
        {"share" in navigator && (
          <Button
            size="small"
            look="second"
            onPress={() => {
              // Whoever closes the phone's own sheet did not want to share after all.
              navigator.share({ text }).catch(() => undefined);
            }}
          >
            {m.share}
          </Button>
        )}
      </div>
    </div>
  );
}
