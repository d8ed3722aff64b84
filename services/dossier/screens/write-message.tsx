/** Writing in a dossier: some words, maybe files, sealed and sent. Used by the actions of every kind. */
import type { JSX } from "preact";
import { useCallback, useState } from "preact/hooks";
import { Button, ErrorState, FileDrop, ProgressBar, TextArea, useLanguage, useMessages, writeSize } from "#services/interface/index.ts";
import type { AttachmentSource, UploadProgress } from "#services/dossier/client/index.ts";
import type { CaptureWay } from "#services/dossier/contract/capture.ts";
import { recordOf, takeIn } from "./captured.ts";
import { en } from "./en.ts";
import { nl, type Messages } from "./nl.ts";

interface WriteProps {
  readonly label?: string;
  readonly hint?: string;
  readonly button?: string;
  /** Whether files may go along; `wanted`: nothing is sent without one. */
  readonly files?: boolean | "wanted";
  /** Whether it may be sent without words. */
  readonly wordless?: boolean;
  /** Sends; what it throws is shown and nothing typed is lost. */
  readonly onSend: (words: string, files: readonly AttachmentSource[], onProgress: UploadProgress) => Promise<void>;
}

/** How a chosen file goes along. */
const sourceOf = async (file: File): Promise<AttachmentSource> => ({
  name: file.name,
  mediaType: file.type === "" ? "application/octet-stream" : file.type,
  bytes: file,
  capturedAt: null,
  note: "",
  capture: await recordOf(file),
});

/** One field, maybe files, and one button. */
export function WriteMessage({ label, hint, button, files = false, wordless = false, onSend }: WriteProps): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const language = useLanguage();
  const [words, setWords] = useState("");
  const [chosen, setChosen] = useState<readonly File[]>([]);
  const [busy, setBusy] = useState(false);
  const [sent, setSent] = useState<readonly [number, number] | null>(null);
  const [error, setError] = useState<unknown>(null);
  const add = useCallback((more: readonly File[], how: CaptureWay) => {
    takeIn(more, how);
    setChosen((now) => [...now, ...more]);
  }, []);
  const send = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      await onSend(words, await Promise.all(chosen.map(sourceOf)), (done, all) => setSent([done, all]));
      setWords("");
      setChosen([]);
    } catch (thrown) {
      setError(thrown);
    } finally {
      setBusy(false);
      setSent(null);
    }
  };
  const ready = (wordless || words.trim() !== "") && (files !== "wanted" || chosen.length > 0);
  return (
    <form
      class="stack-medium"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy && ready) void send();
      }}
    >
      <TextArea label={label ?? m.message} hint={hint ?? m.messageHint} rows={3} value={words} onInput={setWords} optional={wordless} />
      {files !== false && (
        <FileDrop label={m.attach} files={chosen} onAdd={add} onRemove={(file) => setChosen((now) => now.filter((other) => other !== file))} />
      )}
      {sent !== null && (
        <ProgressBar
          label={m.sendingFiles}
          done={sent[0]}
          all={Math.max(1, sent[1])}
          words={m.fetching(writeSize(language, sent[0]), writeSize(language, sent[1]))}
        />
      )}
      {error !== null && <ErrorState error={error} />}
      <div class="actions">
        <Button type="submit" icon="lock" busy={busy} disabled={!ready}>
          {busy ? m.sending : (button ?? m.send)}
        </Button>
      </div>
    </form>
  );
}
