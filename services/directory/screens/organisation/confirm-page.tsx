/** /bevestigen: whoever is in a team of an organisation with a sign-in of its own confirms there that they work there. The keys stay in this tab; the sign-in opens in another. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type * as Client from "#services/directory/client/index.ts";
import type { Session } from "#services/directory/client/index.ts";
import type { AttemptOutcome, OrganisationStanding } from "#services/directory/contract/organisation-sign-in.ts";
import { session as signedIn, useSession } from "#services/directory/screens/session.ts";
import { Button, ButtonLink, EmptyState, ErrorState, Notice, Page, Skeleton, useMessages } from "#services/interface/index.ts";
import { en } from "./en.ts";
import { nl, type Messages } from "./nl.ts";
import { returnChannel } from "./return-channel.ts";

export default function ConfirmPage(): JSX.Element {
  const m = useMessages<Messages>({ nl, en }).confirm;
  const session = useSession();
  if (session === null || session.guest)
    return (
      <Page title={m.title} lead={m.lead}>
        <p>{m.signedOut}</p>
        <div class="actions">
          <ButtonLink to="/inloggen">{m.signIn}</ButtonLink>
        </div>
      </Page>
    );
  return <Confirming key={session.person.person} session={session} />;
}

function Confirming({ session }: { readonly session: Session }): JSX.Element {
  const m = useMessages<Messages>({ nl, en }).confirm;
  const [organisations, setOrganisations] = useState<readonly OrganisationStanding[] | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [done, setDone] = useState(false);
  const load = async (): Promise<void> => {
    setError(null);
    try {
      const { listOrganisationSignIns } = await import("#services/directory/client/index.ts");
      setOrganisations(await listOrganisationSignIns(session));
    } catch (thrown) {
      setError(thrown);
    }
  };
  useEffect(() => void load(), [session]);
  const confirmed = async (): Promise<void> => {
    const { withDesksOfNow } = await import("#services/directory/client/index.ts");
    signedIn.set(await withDesksOfNow(session));
    setDone(true);
    await load();
  };
  return (
    <Page title={m.title} lead={m.lead}>
      {error !== null && <ErrorState error={error} onRetry={() => void load()} />}
      {organisations === null && error === null && <Skeleton lines={4} />}
      {done && (
        <Notice title={m.done} live>
          <div class="actions">
            <ButtonLink to="/werk">{m.work}</ButtonLink>
          </div>
        </Notice>
      )}
      {organisations?.length === 0 && (
        <EmptyState icon="people" title={m.none}>
          <p>{m.noneText}</p>
        </EmptyState>
      )}
      {organisations?.map((one) => (
        <One key={one.organisation} session={session} one={one} onConfirmed={confirmed} onChange={() => void load()} />
      ))}
      {organisations !== null && organisations.length > 0 && (
        <section class="section">
          <h2>{m.why}</h2>
          <p>{m.whyText}</p>
          <p>{m.own}</p>
        </section>
      )}
    </Page>
  );
}

interface Begun {
  readonly attempt: string;
  readonly address: string;
}

/** What came of the attempt, as soon as the other tab says so; looked at as well whenever this tab is looked at. */
function useOutcome(session: Session, begun: Begun | null, onFailed: (error: unknown) => void): AttemptOutcome | null {
  const [outcome, setOutcome] = useState<AttemptOutcome | null>(null);
  useEffect(() => {
    setOutcome(null);
    if (begun === null) return;
    let over = false;
    const look = async (): Promise<void> => {
      try {
        const { readOrganisationAttempt } = await import("#services/directory/client/index.ts");
        const told = await readOrganisationAttempt(session, begun.attempt);
        if (!over && told.outcome !== "waiting") setOutcome(told);
      } catch (thrown) {
        if (!over) onFailed(thrown);
      }
    };
    const stop = returnChannel.listen(() => void look());
    const seen = (): void => {
      if (document.visibilityState === "visible") void look();
    };
    document.addEventListener("visibilitychange", seen);
    return () => {
      over = true;
      stop();
      document.removeEventListener("visibilitychange", seen);
    };
  }, [session, begun]);
  return outcome;
}

function One({
  session,
  one,
  onConfirmed,
  onChange,
}: {
  readonly session: Session;
  readonly one: OrganisationStanding;
  readonly onConfirmed: () => Promise<void>;
  readonly onChange: () => void;
}): JSX.Element {
  const m = useMessages<Messages>({ nl, en }).confirm;
  const [begun, setBegun] = useState<Begun | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const fail = (thrown: unknown): void => {
    setError(thrown);
    setBegun(null);
    setBusy(false);
  };
  const outcome = useOutcome(session, begun, fail);
  const attempt = async (work: (client: typeof Client) => Promise<void>): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      await work(await import("#services/directory/client/index.ts"));
      setBusy(false);
    } catch (thrown) {
      fail(thrown);
    }
  };
  useEffect(() => {
    if (outcome?.outcome !== "confirmed") return;
    setBegun(null);
    void onConfirmed().catch(fail);
  }, [outcome]);
  const link = (subject: string): Promise<void> =>
    attempt(async (client) => {
      if (begun === null) return;
      await client.linkOrganisationAccount(session, one.organisation, begun.attempt, subject);
      setBegun(null);
      await onConfirmed();
    });
  return (
    <section class="card stack-medium" aria-label={one.name}>
      <h2 class="card-name">{one.name}</h2>
      <p>{one.until === null ? (one.required ? m.needed : m.optional) : m.until(one.until)}</p>
      <p class="soft small">
        {m.hours(one.hours)} {one.linked && m.linked}
      </p>
      {one.away && (
        <Notice tone="amber" title={m.away}>
          <p>{one.graceHours > 0 && one.until !== null ? m.grace(one.graceHours) : m.closed}</p>
        </Notice>
      )}
      {error !== null && <ErrorState error={error} />}
      {begun === null && (
        <div class="actions">
          <Button
            look={one.until === null ? "first" : "second"}
            icon="key"
            busy={busy}
            onPress={() => void attempt(async (client) => setBegun(await client.beginOrganisationSignIn(session, one.organisation)))}
          >
            {m.begin(one.name)}
          </Button>
          {one.linked && (
            <Button
              look="quiet"
              busy={busy}
              onPress={() =>
                void attempt(async (client) => {
                  await client.unlinkOrganisationAccount(session, one.organisation);
                  signedIn.set(await client.withDesksOfNow(session));
                  onChange();
                })
              }
            >
              {m.unlink}
            </Button>
          )}
        </div>
      )}
      {begun !== null && outcome === null && (
        <div class="stack-small">
          <p>{m.begun}</p>
          <div class="actions">
            <a class="button" href={begun.address} target="_blank" rel="noopener noreferrer">
              {m.go(one.name)}
            </a>
          </div>
          <p class="soft small">{m.goText}</p>
          <p class="soft small" role="status">
            {m.waiting}
          </p>
        </div>
      )}
      {begun !== null && outcome?.outcome === "link" && outcome.subject !== null && (
        <Notice title={m.link(one.name)} live>
          <p>{m.linkText}</p>
          <div class="actions">
            <Button busy={busy} onPress={() => void link(outcome.subject ?? "")}>
              {m.linkGo}
            </Button>
            <Button look="quiet" onPress={() => setBegun(null)}>
              {m.linkNo}
            </Button>
          </div>
        </Notice>
      )}
    </section>
  );
}
