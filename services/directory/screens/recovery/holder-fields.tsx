/** Choosing someone who is to hold a share: their code, their name, and the digits that are compared by telephone before they count. Used where recovery is set up. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Holder } from "#services/directory/client/index.ts";
import type { Session } from "#services/directory/client/session.ts";
import { Button, ErrorState, Field, useMessages } from "#services/interface/index.ts";
import { en } from "./en.ts";
import { nl, type Messages } from "./nl.ts";

/** `onChosen` gets the holder once the digits were compared, null when something was changed again. */
export function HolderFields({
  session,
  title,
  onChosen,
}: {
  readonly session: Session;
  readonly title: string;
  readonly onChosen: (holder: Holder | null) => void;
}): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const [person, setPerson] = useState("");
  const [name, setName] = useState("");
  const [office, setOffice] = useState("");
  const [checked, setChecked] = useState(false);
  const [shown, setShown] = useState<{ readonly signPublicKey: string; readonly fingerprint: string } | null>(null);
  const [compared, setCompared] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const changed = (set: (text: string) => void) => (text: string) => {
    set(text);
    setShown(null);
    setCompared(false);
    onChosen(null);
  };
  const look = async (): Promise<void> => {
    setChecked(true);
    setError(null);
    if (person.trim() === "" || name.trim() === "") return;
    try {
      const { readFingerprint } = await import("#services/directory/client/index.ts");
      setShown(await readFingerprint(session.connection, person.trim().toLowerCase()));
    } catch (thrown) {
      setError(thrown);
    }
  };
  const agree = (): void => {
    if (shown === null) return;
    setCompared(true);
    onChosen({ person: person.trim().toLowerCase(), name: name.trim(), office: office.trim(), signPublicKey: shown.signPublicKey });
  };
  return (
    <fieldset class="card card-tight stack-small" aria-label={title}>
      <h3 class="card-name">{title}</h3>
      <Field label={m.name} maxLength={200} value={name} error={checked && name.trim() === "" ? m.missing : null} onInput={changed(setName)} />
      <Field label={m.office} hint={m.officeHint} optional maxLength={200} value={office} onInput={changed(setOffice)} />
      <Field
        label={m.personCode}
        hint={m.personCodeHint}
        spellcheck={false}
        value={person}
        error={checked && person.trim() === "" ? m.missing : null}
        onInput={changed(setPerson)}
      />
      {error !== null && <ErrorState error={error} />}
      {shown === null && (
        <div class="actions">
          <Button look="second" onPress={() => void look()}>
            {m.look}
          </Button>
        </div>
      )}
      {shown !== null && (
        <div class="stack-small" role="status">
          <p>
            {m.digits}: <strong class="code">{shown.fingerprint}</strong>
          </p>
          <p class="soft">{m.digitsText}</p>
          <div class="actions">
            <Button look="second" icon={compared ? "check" : "key"} disabled={compared} onPress={agree}>
              {m.compared}
            </Button>
          </div>
        </div>
      )}
    </fieldset>
  );
}
