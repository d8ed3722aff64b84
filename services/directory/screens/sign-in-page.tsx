/** /inloggen: passphrase, recovery sheet or passkey; and the way back for whoever has only a code. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Session } from "#services/directory/client/index.ts";
import {
  Button,
  ButtonLink,
  ErrorState,
  Field,
  Link,
  navigate,
  Notice,
  Page,
  prepare,
  problemCode,
  ProgressBar,
  Tabs,
  useMessages,
} from "#services/interface/index.ts";
import { en } from "./en.ts";
import { nl, type Messages } from "./nl.ts";
import { askPasskey, PasskeyWithoutPrf } from "./passkey.ts";
import { deviceName, openDoor, session } from "./session.ts";

type Way = "passphrase" | "sheet" | "passkey";

const deskPage = "/werk";

/** Where a person goes after signing in: desk members to their work, others to their own reports. */
export const afterSignIn = (signedIn: Session): string => (signedIn.desks.length > 0 ? deskPage : "/terug");

async function signIn(way: Way, handle: string, secret: string, progress: (share: number) => void): Promise<Session> {
  const [client, { connection, trust }] = await Promise.all([import("#services/directory/client/index.ts"), openDoor()]);
  // While the secret is worked out and the server asked: only people with an account come this way, and most of them work at a desk.
  prepare(deskPage);
  const options = { trust, device: deviceName(), handle };
  if (way === "passphrase") return client.signInWithPassphrase(connection, { ...options, passphrase: secret, progress });
  if (way === "sheet") return client.signInWithSheet(connection, { ...options, code: secret });
  return client.signInWithPasskey(connection, { ...options, prf: askPasskey });
}

const codeOf = (error: unknown): unknown => (typeof error === "object" && error !== null && "code" in error ? error.code : null);

export default function SignInPage(): JSX.Element {
  const m = useMessages<Messages>({ nl, en }).signIn;
  const [way, setWay] = useState<Way>("passphrase");
  const [handle, setHandle] = useState("");
  const [secret, setSecret] = useState("");
  const [missing, setMissing] = useState(false);
  const [share, setShare] = useState<number | null>(null);
  const [error, setError] = useState<unknown>(null);
  const go = async (): Promise<void> => {
    setError(null);
    setMissing(handle.trim() === "" || (way !== "passkey" && secret.trim() === ""));
    if (handle.trim() === "" || (way !== "passkey" && secret.trim() === "")) return;
    setShare(0);
    try {
      const signedIn = await signIn(way, handle, secret, setShare);
      setSecret("");
      // The next page wants them; what fails here is told there.
      signedIn.openDesks().catch(() => undefined);
      session.set(signedIn);
      navigate(afterSignIn(signedIn), { replace: true });
    } catch (thrown) {
      setError(thrown);
      setShare(null);
    }
  };
  const words = errorWords(error, way, m);
  return (
    <Page title={m.title} lead={m.lead}>
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
      <Tabs
        label={m.ways}
        now={way}
        tabs={[
          { key: "passphrase", name: m.passphrase },
          { key: "sheet", name: m.sheet },
          { key: "passkey", name: m.passkey },
        ]}
        onGo={(next) => {
          setWay(next);
          setSecret("");
          setError(null);
          setMissing(false);
        }}
      >
        <form
          class="stack"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            if (share === null) void go();
          }}
        >
          <Field
            label={m.handle}
            hint={m.handleHint}
            type="text"
            keyboard="email"
            autocomplete="username"
            spellcheck={false}
            value={handle}
            error={missing && handle.trim() === "" ? m.handleMissing : null}
            onInput={setHandle}
          />
          {way === "passphrase" && (
            <Field
              label={m.secret}
              type="password"
              autocomplete="current-password"
              value={secret}
              error={missing && secret.trim() === "" ? m.secretMissing : null}
              onInput={setSecret}
            />
          )}
          {way === "sheet" && (
            <Field
              label={m.code}
              hint={m.codeHint}
              spellcheck={false}
              value={secret}
              error={missing && secret.trim() === "" ? m.codeWrong : null}
              onInput={setSecret}
            />
          )}
          {way === "passkey" && <p class="soft">{m.passkeyText}</p>}
          {share !== null && (
            <div role="status">
              <ProgressBar label={m.opening} done={share} all={1} words={`${Math.round(share * 100)} %`} />
            </div>
          )}
          {error !== null && (words === null ? <ErrorState error={error} /> : <Notice tone="amber" live title={words} />)}
          <div class="actions">
            <Button type="submit" icon="key" busy={share !== null}>
              {m.go}
            </Button>
          </div>
        </form>
      </Tabs>
      <p>
        {m.newHere} <Link to="/account">{m.register}</Link>
      </p>
    </Page>
  );
}

/** Words for what only signing in can say; null leaves it to the general wording. */
function errorWords(error: unknown, way: Way, m: Messages["signIn"]): string | null {
  if (error === null) return null;
  if (problemCode(error) === "not-found" || codeOf(error) === "unlock-wrong") return m.wrong;
  if (codeOf(error) === "sheet-malformed") return m.codeWrong;
  if (way === "passkey" && (error instanceof DOMException || error instanceof PasskeyWithoutPrf)) return m.passkeyFailed;
  return null;
}
