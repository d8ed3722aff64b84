/** Making an account: the warning first, a suggested passphrase typed back, then the recovery sheet with two groups asked back. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import {
  Button,
  ButtonLink,
  ConfirmCode,
  ErrorState,
  Field,
  Notice,
  Page,
  ProgressBar,
  ReceiptCard,
  useMessages,
  TextArea,
} from "#services/interface/index.ts";
import { en } from "./en.ts";
import { nl, type Messages } from "./nl.ts";
import { makePasskey, offersPasskeys } from "./passkey.ts";
import { suggestPassphrase } from "./passphrase.ts";
import { deviceName, openDoor, session, useSession } from "./session.ts";
import { showingWork, useWorking, WorkingCard } from "./working.tsx";

interface Wish {
  readonly handle: string;
  readonly mail: string | null;
  readonly passphrase: string;
}

/** Registers and signs in. @returns the code of the recovery sheet: the only time it exists outside the person's hands. */
async function register(wish: Wish, progress: (share: number) => void): Promise<string> {
  const [client, { connection, trust }] = await Promise.all([import("#services/directory/client/index.ts"), openDoor()]);
  const { sheetCode } = await showingWork(
    connection,
    async () => await client.registerPerson(connection, { ...wish, progress: (share) => progress(share / 2) }),
  );
  session.set(
    await client.signInWithPassphrase(connection, {
      trust,
      device: deviceName(),
      handle: wish.handle,
      passphrase: wish.passphrase,
      progress: (share) => progress(0.5 + share / 2),
    }),
  );
  return sheetCode;
}

/** @param onDone when the sheet is confirmed and the person goes to the account. */
export function Register({ onDone }: { readonly onDone: () => void }): JSX.Element {
  const m = useMessages<Messages>({ nl, en }).register;
  const [sheet, setSheet] = useState<string | null>(null);
  const [stage, setStage] = useState<"form" | "sheet" | "confirm" | "done">("form");
  // Only until this page is left: what allows the passkey that is offered at the end.
  const [made, setMade] = useState<string | null>(null);
  if (sheet !== null && stage === "sheet") {
    return (
      <Page title={m.sheetTitle} lead={m.sheetLead} part="sheet">
        <Notice tone="red" title={m.sheetWarnTitle}>
          <p>{m.sheetWarn}</p>
        </Notice>
        <ReceiptCard title={m.sheetCard} code={sheet} fileName="notitie.txt">
          <p>{m.sheetText}</p>
        </ReceiptCard>
        <div class="actions">
          <Button icon="arrow" iconLast onPress={() => setStage("confirm")}>
            {m.sheetNext}
          </Button>
        </div>
      </Page>
    );
  }
  if (sheet !== null && stage === "confirm") {
    return (
      <Page title={m.confirmTitle} lead={m.confirmLead} part="confirm">
        <ConfirmCode
          code={sheet}
          onBack={() => setStage("sheet")}
          onDone={() => {
            setSheet(null);
            setStage("done");
          }}
        />
      </Page>
    );
  }
  if (stage === "done") {
    return (
      <Page title={m.doneTitle} lead={m.doneLead} part="done">
        {made !== null && <OfferPasskey m={m} passphrase={made} />}
        <div class="actions">
          <Button icon="arrow" iconLast onPress={onDone}>
            {m.toAccount}
          </Button>
          <ButtonLink to="/melden" look="second">
            {m.toReport}
          </ButtonLink>
        </div>
      </Page>
    );
  }
  return (
    <Page title={m.title} lead={m.lead} part="form">
      <Notice tone="red" title={m.warnTitle}>
        <p>{m.warn}</p>
      </Notice>
      <RegisterForm
        m={m}
        onDone={(code, passphrase) => {
          setMade(passphrase);
          setSheet(code);
          setStage("sheet");
        }}
      />
    </Page>
  );
}

function RegisterForm({ m, onDone }: { readonly m: Messages["register"]; readonly onDone: (code: string, passphrase: string) => void }): JSX.Element {
  const [handle, setHandle] = useState("");
  const [mail, setMail] = useState("");
  const [passphrase, setPassphrase] = useState(() => suggestPassphrase());
  const [repeated, setRepeated] = useState("");
  const [checked, setChecked] = useState(false);
  const [share, setShare] = useState<number | null>(null);
  const working = useWorking();
  const [error, setError] = useState<unknown>(null);
  const clean = handle.trim().toLowerCase();
  const wrong = {
    handle: /^[a-z0-9._%+@-]{3,120}$/.test(clean) ? null : m.handleWrong,
    mail: mail.trim() === "" || /^\S+@\S+\.\S+$/.test(mail.trim()) ? null : m.mailWrong,
    passphrase: passphrase.trim().length >= 16 ? null : m.tooShort,
    repeated: repeated.trim() === passphrase.trim() ? null : m.repeatWrong,
  };
  const go = async (): Promise<void> => {
    setChecked(true);
    setError(null);
    if (Object.values(wrong).some((word) => word !== null)) return;
    setShare(0);
    try {
      const wish: Wish = { handle: clean, mail: mail.trim() === "" ? null : mail.trim(), passphrase: passphrase.trim() };
      onDone(await register(wish, setShare), wish.passphrase);
    } catch (thrown) {
      setError(thrown);
      setShare(null);
    }
  };
  return (
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
        keyboard="email"
        autocomplete="username"
        spellcheck={false}
        value={handle}
        error={checked ? wrong.handle : null}
        onInput={setHandle}
      />
      <Field label={m.mail} hint={m.mailHint} optional type="email" autocomplete="email" value={mail} error={checked ? wrong.mail : null} onInput={setMail} />
      <div class="stack-small">
        {/* Two rows: on a phone seven words do not fit on one, and nobody learns what they cannot see. */}
        <TextArea
          label={m.passphrase}
          hint={m.passphraseHint}
          rows={2}
          spellcheck={false}
          value={passphrase}
          error={checked ? wrong.passphrase : null}
          onInput={(typed) => setPassphrase(typed.replaceAll(/[\r\n]+/g, " "))}
        />
        <div class="actions">
          <Button look="second" size="small" onPress={() => setPassphrase(suggestPassphrase())}>
            {m.another}
          </Button>
          <Button look="quiet" size="small" onPress={() => setPassphrase("")}>
            {m.own}
          </Button>
        </div>
      </div>
      <Field
        label={m.repeat}
        hint={m.repeatHint}
        type="password"
        autocomplete="new-password"
        value={repeated}
        error={checked ? wrong.repeated : null}
        onInput={setRepeated}
      />
      <WorkingCard />
      {share !== null && !working && (
        <div role="status">
          <ProgressBar label={m.working} done={share} all={1} words={`${Math.round(share * 100)} %`} />
        </div>
      )}
      {error !== null && <ErrorState error={error} />}
      <div class="actions">
        <Button type="submit" icon="key" busy={share !== null}>
          {m.go}
        </Button>
      </div>
    </form>
  );
}

/** A passkey on this device, offered before anything else where the browser says it can open keys with one. Nothing is lost by going on without. */
function OfferPasskey({ m, passphrase }: { readonly m: Messages["register"]; readonly passphrase: string }): JSX.Element | null {
  const words = useMessages<Messages>({ nl, en }).account;
  const signedIn = useSession();
  const [offered, setOffered] = useState(false);
  const [state, setState] = useState<"idle" | "busy" | "done" | "failed">("idle");
  useEffect(() => void offersPasskeys().then(setOffered), []);
  if (!offered || signedIn === null) return null;
  const add = async (): Promise<void> => {
    setState("busy");
    try {
      const { addUnlock } = await import("#services/directory/client/index.ts");
      const label = words.passkeyName(deviceName());
      await addUnlock(signedIn, { kind: "passphrase", passphrase }, { kind: "passkey", label, ...(await makePasskey(label)) });
      setState("done");
    } catch {
      // The person said no, or the authenticator cannot: the other two ways are there.
      setState("failed");
    }
  };
  return (
    <section class="card card-tight stack-small">
      <h2 class="card-name">{m.passkeyFirst}</h2>
      <p class="soft">{m.passkeyFirstText}</p>
      {state === "done" && <Notice live title={words.added} />}
      {state === "failed" && <Notice tone="amber" live title={words.noPrf} />}
      {state !== "done" && (
        <div class="actions">
          <Button icon="key" busy={state === "busy"} onPress={() => void add()}>
            {m.passkeyGo}
          </Button>
        </div>
      )}
    </section>
  );
}
