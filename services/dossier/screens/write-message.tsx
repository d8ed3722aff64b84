/** Writing in a dossier: some words, maybe files, sealed and sent. Used by the actions of every kind. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Button, ErrorState, FileDrop, TextArea, useMessages } from "#services/interface/index.ts";
import type { AttachmentSource } from "#services/dossier/client/index.ts";
import { en } from "./en.ts";
import { nl, type Messages } from "./nl.ts";

interface WriteProps {
  readonly label?: string;
  readonly button?: string;
  readonly files?: boolean;
  /** Sends; what it throws is shown and nothing typed is lost. */
  readonly onSend: (words: string, files: readonly AttachmentSource[]) => Promise<void>;
}

/** One field and one button. */
export function WriteMessage({ label, button, files = false, onSend }: WriteProps): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const [words, setWords] = useState("");
  const [chosen, setChosen] = useState<readonly File[]>([]);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const send = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      await onSend(
        words,
        chosen.map((file) => ({
          name: file.name,
          mediaType: file.type === "" ? "application/octet-stream" : file.type,
          bytes: file,
          capturedAt: null,
          note: "",
        })),
      );
      setWords("");
      setChosen([]);
    } catch (thrown) {
      setError(thrown);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      class="stack-small"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy && words.trim() !== "") void send();
      }}
    >
      <TextArea label={label ?? m.message} hint={m.messageHint} rows={3} value={words} onInput={setWords} />
      {files && (
        <FileDrop
          label={m.attach}
          files={chosen}
          onAdd={(more) => setChosen((now) => [...now, ...more])}
          onRemove={(file) => setChosen((now) => now.filter((other) => other !== file))}
        />
      )}
      {error !== null && <ErrorState error={error} />}
      <div class="actions">
        <Button type="submit" icon="lock" busy={busy} disabled={words.trim() === ""}>
          {busy ? m.sending : (button ?? m.send)}
        </Button>
      </div>
    </form>
  );
}
