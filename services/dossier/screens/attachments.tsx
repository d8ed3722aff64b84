/** Files of an entry: saved on the device when asked for; pictures are shown only after a tap. Used by the entry views of every kind. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { DossierEntry, DossierHandle } from "#services/dossier/client/index.ts";
import type { AttachmentNote } from "#services/dossier/contract/bodies.ts";
import { Button, ErrorState, saveFile, useLanguage, useMessages, writeSize } from "#services/interface/index.ts";
import { en } from "./en.ts";
import { nl, type Messages } from "./nl.ts";

const pictures = new Set(["image/png", "image/jpeg", "image/gif", "image/webp"]);

/** The list of files; nothing is fetched before someone asks. */
export function Attachments({
  handle,
  entry,
  notes,
}: {
  readonly handle: DossierHandle;
  readonly entry: DossierEntry;
  readonly notes: readonly AttachmentNote[];
}): JSX.Element | null {
  if (notes.length === 0) return null;
  return (
    <ul class="plain stack-small">
      {notes.map((note) => (
        <li key={note.item}>
          <OneFile handle={handle} entry={entry} note={note} />
        </li>
      ))}
    </ul>
  );
}

function OneFile({ handle, entry, note }: { readonly handle: DossierHandle; readonly entry: DossierEntry; readonly note: AttachmentNote }): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const language = useLanguage();
  const [busy, setBusy] = useState(false);
  const [picture, setPicture] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => () => void (picture !== null && URL.revokeObjectURL(picture)), [picture]);
  const fetchIt = async (use: (bytes: Blob) => void): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      use(await new Response(await handle.readAttachment(entry, note)).blob());
    } catch (thrown) {
      setError(thrown);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div class="stack-small">
      <p>
        {note.name} <span class="soft small">({writeSize(language, note.length)})</span>
      </p>
      <div class="actions">
        {pictures.has(note.mediaType) && picture === null && (
          <Button
            look="second"
            size="small"
            busy={busy}
            onPress={() => void fetchIt((bytes) => setPicture(URL.createObjectURL(new Blob([bytes], { type: note.mediaType }))))}
          >
            {m.show(note.name)}
          </Button>
        )}
        <Button
          look="second"
          size="small"
          icon="download"
          busy={busy}
          onPress={() => void fetchIt((bytes) => saveFile(note.name, bytes, "application/octet-stream"))}
        >
          {m.file(note.name)}
        </Button>
      </div>
      {picture !== null && <img src={picture} alt={note.name} class="picture" />}
      {error !== null && <ErrorState error={error} />}
    </div>
  );
}
