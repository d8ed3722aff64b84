/** /terug: with a code back to a report; for who is signed in, the list of their own dossiers. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { deviceName, openDoor, session as signedIn, useSession } from "#services/directory/screens/session.ts";
import type { Session } from "#services/directory/client/index.ts";
import type { DossierKind, DossierView } from "#services/dossier/contract/index.ts";
import {
  Button,
  ButtonLink,
  EmptyState,
  ErrorState,
  Field,
  Icon,
  Link,
  navigate,
  Notice,
  Page,
  problemCode,
  Skeleton,
  useMessages,
  type IconName,
} from "#services/interface/index.ts";
import { en } from "./en.ts";
import { nl, type ReportMessages } from "./nl.ts";

/** The number of the group that is wrong, when the code's check characters tell; 0 when only the whole is wrong; null for another error. */
function wrongGroup(error: unknown): number | null {
  if (typeof error !== "object" || error === null || !("code" in error) || error.code !== "receipt-malformed") return null;
  const data = "data" in error && typeof error.data === "object" && error.data !== null ? error.data : {};
  return "group" in data && typeof data.group === "number" ? data.group : 0;
}

export default function ReturnPage(): JSX.Element {
  const m = useMessages<ReportMessages>({ nl, en }).back;
  const session = useSession();
  return session === null ? <WithCode m={m} /> : <Mine m={m} session={session} />;
}

function WithCode({ m }: { readonly m: ReportMessages["back"] }): JSX.Element {
  const [code, setCode] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const open = async (): Promise<void> => {
    setError(null);
    setBusy(true);
    try {
      const [directory, dossiers, { connection, trust }] = await Promise.all([
        import("#services/directory/client/index.ts"),
        import("#services/dossier/client/index.ts"),
        openDoor(),
      ]);
      const session = await directory.signInAsGuest(connection, { trust, device: deviceName(), receiptCode: code });
      const [dossier] = await dossiers.listDossiers(session);
      signedIn.set(session);
      if (dossier !== undefined) navigate(`/dossier/${dossier.id}`, { replace: true });
    } catch (thrown) {
      setError(thrown);
      setBusy(false);
    }
  };
  const group = wrongGroup(error);
  const known = problemCode(error);
  const words =
    group === null ? (known === "not-found" || known === "receipt-unknown" ? m.nothing : null) : group === 0 ? m.malformed : m.malformedGroup(group);
  return (
    <Page title={m.title} lead={m.lead} part="code">
      <form
        class="stack"
        noValidate
        autocomplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) void open();
        }}
      >
        <Field label={m.label} hint={m.hint} spellcheck={false} value={code} error={words} onInput={setCode} />
        {error !== null && words === null && <ErrorState error={error} />}
        <div class="actions">
          <Button type="submit" icon="lock" busy={busy}>
            {busy ? m.opening : m.open}
          </Button>
          <ButtonLink to="/inloggen" look="quiet">
            {m.account}
          </ButtonLink>
        </div>
      </form>
      <Notice tone="amber">
        <p>{m.lost}</p>
      </Notice>
    </Page>
  );
}

const icons: Readonly<Record<DossierKind, IconName>> = { report: "message", scan: "home", signal: "alert", help: "people", "question-set": "file" };

function Mine({ m, session }: { readonly m: ReportMessages["back"]; readonly session: Session }): JSX.Element {
  const [dossiers, setDossiers] = useState<readonly DossierView[] | null>(null);
  const [error, setError] = useState<unknown>(null);
  const load = async (): Promise<void> => {
    setError(null);
    try {
      const { listDossiers } = await import("#services/dossier/client/index.ts");
      setDossiers(await listDossiers(session));
    } catch (thrown) {
      setError(thrown);
    }
  };
  useEffect(() => void load(), [session]);
  return (
    <Page title={m.several} part="mine">
      {error !== null && <ErrorState error={error} onRetry={() => void load()} />}
      {dossiers === null && error === null && <Skeleton lines={4} />}
      {dossiers?.length === 0 && (
        <EmptyState icon="message" title={m.none}>
          <p>{m.noneText}</p>
        </EmptyState>
      )}
      <ul class="roads">
        {dossiers?.map((dossier) => (
          <li key={dossier.id}>
            <Link to={`/dossier/${dossier.id}`} class="road">
              <span class="road-icon">
                <Icon name={icons[dossier.kind]} />
              </span>
              <span>
                <span class="road-title">{m.kinds[dossier.kind](dossier.opened)}</span>
                <span class="road-text">{dossier.term === null ? m.noTerm : dossier.term.overdue ? m.late : m.due(dossier.term.due)}</span>
              </span>
              <Icon name="arrow" />
            </Link>
          </li>
        ))}
      </ul>
      {dossiers?.some(({ kind }) => kind === "signal") === true && (
        <div class="actions">
          <ButtonLink to="/signalen" look="second" icon="alert">
            {m.signals}
          </ButtonLink>
        </div>
      )}
      {dossiers !== null && !session.guest && (
        <div class="actions">
          <ButtonLink to="/melden" look={dossiers.length === 0 ? "first" : "second"} icon="message">
            {m.begin}
          </ButtonLink>
          <ButtonLink to="/scan" look="second" icon="home">
            {m.askScan}
          </ButtonLink>
        </div>
      )}
    </Page>
  );
}
