/** /gegevens: what the house holds of the person, erasing a dossier or the account, and where to object. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Session } from "#services/directory/client/session.ts";
import { session as signedIn, useSession } from "#services/directory/screens/session.ts";
import type { Erasures } from "#services/dossier/contract/erasure.ts";
import type { DossierView } from "#services/dossier/contract/index.ts";
import { Button, ButtonLink, ErrorState, Notice, Page, saveFile, Skeleton, useLanguage, useMessages, writeDay } from "#services/interface/index.ts";
import { en } from "./en.ts";
import { InsightPart } from "./insight-part.tsx";
import { nl, type Messages } from "./nl.ts";

export default function RightsPage(): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const session = useSession();
  const [gone, setGone] = useState(false);
  if (gone)
    return (
      <Page title={m.account} part="gone">
        <Notice title={m.accountDone} live />
      </Page>
    );
  if (session === null)
    return (
      <Page title={m.title} lead={m.signInText} part="out">
        <div class="actions">
          <ButtonLink to="/inloggen">{m.signIn}</ButtonLink>
          <ButtonLink to="/terug" look="second">
            {m.mine}
          </ButtonLink>
        </div>
      </Page>
    );
  return (
    <Page title={m.title} lead={m.lead} part="in">
      <InsightPart session={session} />
      <section class="section">
        <h2>{m.take}</h2>
        <p>{m.takeText}</p>
        <div class="actions">
          <ButtonLink to="/terug" look="second">
            {m.mine}
          </ButtonLink>
        </div>
      </section>
      <ErasePart session={session} />
      <section class="section">
        <h2>{m.object}</h2>
        <p>{m.objectText}</p>
      </section>
      <AccountPart session={session} onGone={() => setGone(true)} />
    </Page>
  );
}

interface Mine {
  readonly dossiers: readonly DossierView[];
  readonly erasures: Erasures;
}

function ErasePart({ session }: { readonly session: Session }): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const language = useLanguage();
  const [mine, setMine] = useState<Mine | null>(null);
  const [error, setError] = useState<unknown>(null);
  const attempt = async (what: () => Promise<unknown>): Promise<void> => {
    setError(null);
    try {
      await what();
      const [{ listDossiers }, { readErasures }] = await Promise.all([import("#services/dossier/client/index.ts"), import("#services/rights/client/index.ts")]);
      const [dossiers, erasures] = await Promise.all([listDossiers(session), readErasures(session)]);
      setMine({ dossiers, erasures });
    } catch (thrown) {
      setError(thrown);
    }
  };
  useEffect(() => void attempt(async () => undefined), [session]);
  const erase = async (id: string): Promise<void> =>
    await attempt(async () => await (await import("#services/rights/client/index.ts")).eraseDossier(session, id));
  const keep = async (id: string): Promise<void> =>
    await attempt(async () => await (await import("#services/rights/client/index.ts")).keepDossier(session, id));
  const pendingOf = (id: string): Erasures["pending"][number] | undefined => mine?.erasures.pending.find(({ dossier }) => dossier === id);
  const orphans = mine?.erasures.pending.filter(({ dossier }) => !mine.dossiers.some(({ id }) => id === dossier)) ?? [];
  return (
    <section class="section">
      <h2>{m.erase}</h2>
      {error !== null && <ErrorState error={error} onRetry={() => void attempt(async () => undefined)} />}
      {mine === null && error === null && <Skeleton lines={3} />}
      {mine !== null && (
        <>
          <p>{m.eraseText(mine.erasures.coolingDays)}</p>
          <p class="soft">{m.eraseCareful}</p>
          {mine.dossiers.length === 0 && orphans.length === 0 && <p>{m.noDossiers}</p>}
          <ul class="plain stack-small">
            {mine.dossiers.map(({ id, kind, opened }) => (
              <li key={id} class="card card-tight stack-small">
                <p>
                  <strong>{m.kinds[kind] ?? kind}</strong>
                </p>
                <p class="soft small">{m.opened(writeDay(language, opened))}</p>
                <Line
                  pending={pendingOf(id)}
                  label={`${m.kinds[kind] ?? kind}, ${writeDay(language, opened)}`}
                  onErase={() => erase(id)}
                  onKeep={() => keep(id)}
                />
              </li>
            ))}
            {orphans.map((pending) => (
              <li key={pending.dossier} class="card card-tight stack-small">
                <p>
                  <strong>{m.kinds[pending.kind] ?? pending.kind}</strong>
                </p>
                <Line pending={pending} label={pending.kind} onErase={async () => undefined} onKeep={() => keep(pending.dossier)} />
              </li>
            ))}
          </ul>
          <Receipts receipts={mine.erasures.receipts} />
        </>
      )}
    </section>
  );
}

/** What there is to do with one dossier: ask twice before erasing, undo while that is possible. */
function Line({
  pending,
  label,
  onErase,
  onKeep,
}: {
  readonly pending: Erasures["pending"][number] | undefined;
  readonly label: string;
  readonly onErase: () => Promise<void>;
  readonly onKeep: () => Promise<void>;
}): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const language = useLanguage();
  if (pending === undefined) return <Twice ask={m.eraseButton} confirm={m.eraseConfirm} label={label} onDone={onErase} />;
  const day = writeDay(language, pending.due);
  return (
    <>
      <p>{pending.state === "waiting" ? m.waiting(day) : pending.state === "held" ? m.held(day) : m.erasing}</p>
      {pending.state === "waiting" && pending.reason === "retention" && <p>{m.byRule}</p>}
      {pending.state === "waiting" && pending.reason === "owner" && (
        <div class="actions">
          <Button look="second" size="small" label={`${m.undo}: ${label}`} onPress={() => void onKeep()}>
            {m.undo}
          </Button>
        </div>
      )}
    </>
  );
}

/** A button that asks once more. */
function Twice({
  ask,
  confirm,
  label,
  onDone,
}: {
  readonly ask: string;
  readonly confirm: string;
  readonly label: string;
  readonly onDone: () => Promise<void>;
}): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const done = async (): Promise<void> => {
    setBusy(true);
    await onDone();
    setBusy(false);
    setAsked(false);
  };
  return (
    <div class="actions">
      {asked ? (
        <>
          <Button size="small" busy={busy} label={`${confirm}: ${label}`} onPress={() => void done()}>
            {confirm}
          </Button>
          <Button size="small" look="quiet" onPress={() => setAsked(false)}>
            {m.cancel}
          </Button>
        </>
      ) : (
        <Button size="small" look="second" label={`${ask}: ${label}`} onPress={() => setAsked(true)}>
          {ask}
        </Button>
      )}
    </div>
  );
}

function Receipts({ receipts }: { readonly receipts: Erasures["receipts"] }): JSX.Element | null {
  const m = useMessages<Messages>({ nl, en });
  const language = useLanguage();
  const [days, setDays] = useState<readonly string[]>([]);
  useEffect(() => {
    void import("#services/dossier/contract/logged-statement.ts").then(async ({ readErasure }) =>
      setDays(await Promise.all(receipts.map(async (receipt) => (await readErasure(receipt))?.at ?? ""))),
    );
  }, [receipts]);
  if (receipts.length === 0) return null;
  return (
    <>
      <h3>{m.receipts}</h3>
      <p class="soft">{m.receiptsText}</p>
      <ul class="plain stack-small">
        {receipts.map((receipt, place) => {
          const day = days[place] ?? "";
          return (
            <li key={receipt.hash} class="actions">
              <span>{day === "" ? "" : m.receipt(writeDay(language, day))}</span>
              <Button
                look="second"
                size="small"
                icon="download"
                onPress={() => saveFile("bewijs-van-wissen.json", new TextEncoder().encode(JSON.stringify(receipt, null, 2)), "application/json")}
              >
                {m.saveReceipt}
              </Button>
            </li>
          );
        })}
      </ul>
    </>
  );
}

function AccountPart({ session, onGone }: { readonly session: Session; readonly onGone: () => void }): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const [error, setError] = useState<unknown>(null);
  const erase = async (): Promise<void> => {
    setError(null);
    try {
      const { eraseAccount } = await import("#services/rights/client/index.ts");
      const receipt = await eraseAccount(session);
      saveFile("bewijs-van-wissen.json", new TextEncoder().encode(JSON.stringify(receipt, null, 2)), "application/json");
      onGone();
      signedIn.set(null);
    } catch (thrown) {
      setError(thrown);
    }
  };
  return (
    <section class="section">
      <h2>{m.account}</h2>
      <p>{m.accountText}</p>
      <p class="soft">{m.accountTies}</p>
      {error !== null && <ErrorState error={error} />}
      <Twice ask={m.accountButton} confirm={m.accountConfirm} label={m.account} onDone={erase} />
    </section>
  );
}
