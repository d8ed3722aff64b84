/** Adding a recovery sheet or a new passphrase, allowed by the passphrase one has: so that an old one can be given up without ever having fewer than two. Part of the account page. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Session } from "#services/directory/client/index.ts";
import { Button, Choice, ErrorState, Field, Notice, ReceiptCard } from "#services/interface/index.ts";
import type { Messages } from "./nl.ts";
import { suggestPassphrase } from "./passphrase.ts";

type Kind = "recovery-sheet" | "passphrase";

export function AddWay({ m, session, onAdded }: { readonly m: Messages["account"]; readonly session: Session; readonly onAdded: () => void }): JSX.Element {
  const [kind, setKind] = useState<Kind>("recovery-sheet");
  const [held, setHeld] = useState("");
  const [next, setNext] = useState(() => suggestPassphrase());
  const [sheet, setSheet] = useState<string | null>(null);
  const [state, setState] = useState<"idle" | "busy" | "done">("idle");
  const [error, setError] = useState<unknown>(null);
  const add = async (): Promise<void> => {
    setState("busy");
    setError(null);
    try {
      const [{ addUnlock }, { generateSheetCode }] = await Promise.all([import("#services/directory/client/index.ts"), import("@rugdekking/seal")]);
      const by = { kind: "passphrase", passphrase: held } as const;
      if (kind === "passphrase") await addUnlock(session, by, { kind, label: m.newPassphraseLabel, passphrase: next });
      else {
        const code = generateSheetCode();
        await addUnlock(session, by, { kind, label: m.newSheetLabel, code });
        setSheet(code);
      }
      setHeld("");
      setState("done");
      onAdded();
    } catch (thrown) {
      setError(thrown);
      setState("idle");
    }
  };
  const wrong = typeof error === "object" && error !== null && "code" in error && error.code === "unlock-wrong";
  return (
    <form
      class="card"
      noValidate
      autocomplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        if (state !== "busy") void add();
      }}
    >
      <h3>{m.addWay}</h3>
      <Choice
        legend={m.addWayKind}
        value={kind}
        options={[
          { value: "recovery-sheet", title: m.unlockKinds["recovery-sheet"] },
          { value: "passphrase", title: m.unlockKinds.passphrase },
        ]}
        onChoose={(chosen) => {
          setKind(chosen);
          setSheet(null);
          setState("idle");
        }}
      />
      {kind === "passphrase" && <Field label={m.newPassphrase} hint={m.newPassphraseHint} spellcheck={false} value={next} onInput={setNext} />}
      <Field label={m.heldPassphrase} type="password" autocomplete="current-password" value={held} error={wrong ? m.wrongPassphrase : null} onInput={setHeld} />
      {error !== null && !wrong && <ErrorState error={error} />}
      {state === "done" && <Notice live title={m.addedWay} />}
      {sheet !== null && <ReceiptCard title={m.unlockKinds["recovery-sheet"]} code={sheet} fileName="notitie.txt" />}
      <div class="actions">
        <Button type="submit" look="second" icon="key" busy={state === "busy"} disabled={held === "" || (kind === "passphrase" && next.length < 16)}>
          {m.addWayGo}
        </Button>
      </div>
    </form>
  );
}
