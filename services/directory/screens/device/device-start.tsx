/** Making this device ready for a partner without an account: what it means first, then the spare sheet, which may be skipped after a plain warning. Used by the invitation page. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { DevicePerson, Session } from "#services/directory/client/index.ts";
import { Button, ConfirmCode, ErrorState, Notice, Page, ReceiptCard, useMessages } from "#services/interface/index.ts";
import { beginOnDevice } from "./device.ts";
import { en } from "./en.ts";
import { nl, type Messages } from "./nl.ts";

type Stage = "about" | "spare" | "confirm" | "skip";

/** @param onDone with the session, when the sheet was kept or skipped. */
export function DeviceStart({ onDone, onBack }: { readonly onDone: (session: Session) => void; readonly onBack: () => void }): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const [stage, setStage] = useState<Stage>("about");
  const [begun, setBegun] = useState<{ readonly session: Session; readonly made: DevicePerson } | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const begin = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      setBegun(await beginOnDevice());
      setStage("spare");
    } catch (thrown) {
      setError(thrown);
    }
    setBusy(false);
  };
  if (begun === null || stage === "about")
    return (
      <Page title={m.start.title} lead={m.start.lead} part="about">
        <Notice tone="amber" title={m.start.warnTitle}>
          <p>{m.start.warnLock}</p>
          <p>{m.start.warnLost}</p>
          <p>{m.start.warnCleared}</p>
        </Notice>
        {error !== null && <ErrorState error={error} />}
        <div class="actions">
          <Button icon="key" busy={busy} onPress={() => void begin()}>
            {m.start.go}
          </Button>
          <Button look="quiet" icon="back" onPress={onBack}>
            {m.start.back}
          </Button>
        </div>
      </Page>
    );
  const { made, session } = begun;
  if (stage === "spare")
    return (
      <Page title={m.spare.title} lead={m.spare.lead} part="spare">
        <ReceiptCard title={m.spare.card} code={made.spare} saved={`${made.handle}\n${made.spare}`} fileName="notitie.txt">
          <p>
            {m.spare.handle} <strong class="code">{made.handle}</strong>
          </p>
          <p>{m.spare.text}</p>
        </ReceiptCard>
        <div class="actions">
          <Button icon="arrow" iconLast onPress={() => setStage("confirm")}>
            {m.spare.kept}
          </Button>
          <Button look="quiet" onPress={() => setStage("skip")}>
            {m.spare.skip}
          </Button>
        </div>
      </Page>
    );
  if (stage === "confirm")
    return (
      <Page title={m.confirm.title} lead={m.confirm.lead} part="confirm">
        <ConfirmCode code={made.spare} onBack={() => setStage("spare")} onDone={() => onDone(session)} />
      </Page>
    );
  return (
    <Page title={m.skip.title} part="skip">
      <Notice tone="amber">
        <p>{m.skip.text}</p>
        <p>{m.skip.team}</p>
      </Notice>
      <div class="actions">
        <Button onPress={() => onDone(session)}>{m.skip.go}</Button>
        <Button look="second" icon="back" onPress={() => setStage("spare")}>
          {m.skip.back}
        </Button>
      </div>
    </Page>
  );
}
