/** Passphrase, recovery sheet or passkey: the one form for signing in, for signing in again where one was, and for unlocking what lies on this device. The sign-in page and the visit pages use it. */
import type { ComponentChildren, JSX } from "preact";
import { useState } from "preact/hooks";
import type { HeldSecret } from "#services/directory/client/index.ts";
import { Button, ErrorState, Field, Notice, problemCode, ProgressBar, Tabs, useMessages } from "#services/interface/index.ts";
import { en } from "./en.ts";
import { nl, type Messages } from "./nl.ts";
import { askPasskey, PasskeyWithoutPrf } from "./passkey.ts";

type Way = HeldSecret["kind"];
const codeOf = (error: unknown): unknown => (typeof error === "object" && error !== null && "code" in error ? error.code : null);

/** A form with the ways to unlock as tabs. Whatever goes wrong is said in place; what was typed stays until it worked. */
export function UnlockForm({
  go,
  label,
  wrong,
  ready = () => true,
  onHeld,
  children,
}: {
  readonly go: string;
  /** What the tabs are for; left out: unlocking here. */
  readonly label?: string;
  /** What is said when it belongs to nobody; left out: that it is not of this device. */
  readonly wrong?: string;
  /** Checks the fields of the caller; false keeps the form open. */
  readonly ready?: () => boolean;
  /** Tries the secret; false when it belongs to nobody here. */
  readonly onHeld: (held: HeldSecret) => Promise<boolean>;
  /** Fields of the caller, above the secret. */
  readonly children?: ComponentChildren;
}): JSX.Element {
  const { signIn: m, unlockHere } = useMessages<Messages>({ nl, en });
  const [way, setWay] = useState<Way>("passphrase");
  const [secret, setSecret] = useState("");
  const [missing, setMissing] = useState(false);
  const [share, setShare] = useState<number | null>(null);
  const [error, setError] = useState<unknown>(null);
  const heldBy = (): HeldSecret =>
    way === "passphrase"
      ? { kind: way, passphrase: secret, progress: setShare }
      : way === "recovery-sheet"
        ? { kind: way, code: secret }
        : { kind: way, prf: askPasskey };
  const attempt = async (): Promise<void> => {
    setError(null);
    const empty = way !== "passkey" && secret.trim() === "";
    setMissing(empty);
    if (!ready() || empty) return;
    setShare(0);
    try {
      if (await onHeld(heldBy())) return setSecret("");
      setError("wrong");
    } catch (thrown) {
      setError(thrown);
    }
    setShare(null);
  };
  const words =
    error === "wrong" || problemCode(error) === "not-found" || codeOf(error) === "unlock-wrong"
      ? (wrong ?? unlockHere.wrong)
      : codeOf(error) === "sheet-malformed"
        ? m.codeWrong
        : way === "passkey" && (error instanceof DOMException || error instanceof PasskeyWithoutPrf)
          ? m.passkeyFailed
          : null;
  return (
    <Tabs
      label={label ?? unlockHere.ways}
      now={way}
      tabs={[
        { key: "passphrase", name: m.passphrase },
        { key: "recovery-sheet", name: m.sheet },
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
        autocomplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          if (share === null) void attempt();
        }}
      >
        {children}
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
        {way === "recovery-sheet" && (
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
            {go}
          </Button>
        </div>
      </form>
    </Tabs>
  );
}
