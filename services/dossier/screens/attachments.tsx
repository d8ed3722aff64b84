/** Files of an entry: pictures stand there blurred until someone taps, other files are saved when asked for. Used by the entry views of every kind. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { DossierEntry, DossierHandle } from "#services/dossier/client/index.ts";
import type { AttachmentNote } from "#services/dossier/contract/bodies.ts";
import { Button, ErrorState, ProgressBar, saveFile, useLanguage, useMessages, writeSize } from "#services/interface/index.ts";
import "./dossier.css";
import { en } from "./en.ts";
import { EvidenceLine } from "./evidence-line.tsx";
import { nl, type Messages } from "./nl.ts";

const pictures = new Set(["image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"]);
/** Larger pictures are fetched only when asked for: a phone's data is not ours to spend. */
const thumbnailLimit = 6_000_000;

interface FileProps {
  readonly handle: DossierHandle;
  readonly entry: DossierEntry;
  readonly note: AttachmentNote;
}

/** The files of one entry, as its sealed body describes them. */
export function Attachments({
  handle,
  entry,
  notes,
}: {
  readonly handle: DossierHandle;
  readonly entry: DossierEntry;
  readonly notes: readonly AttachmentNote[];
}): JSX.Element | null {
  const m = useMessages<Messages>({ nl, en });
  if (notes.length === 0) return null;
  return (
    <ul class="dossier-files" aria-label={m.files}>
      {notes.map((note) => (
        <li key={note.item} class="dossier-file">
          <OneFile handle={handle} entry={entry} note={note} />
        </li>
      ))}
    </ul>
  );
}

function OneFile({ handle, entry, note }: FileProps): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const language = useLanguage();
  const [at, setAt] = useState<readonly [number, number] | null>(null);
  const [error, setError] = useState<unknown>(null);
  const save = async (): Promise<void> => {
    setError(null);
    setAt([0, 1]);
    try {
      const stream = await handle.readAttachment(entry, note, { onProgress: (done, all) => setAt([done, all]) });
      saveFile(note.name, await new Response(stream).blob(), "application/octet-stream");
    } catch (thrown) {
      setError(thrown);
    } finally {
      setAt(null);
    }
  };
  return (
    <>
      {pictures.has(note.mediaType) && note.length <= thumbnailLimit && <Picture handle={handle} entry={entry} note={note} />}
      <p class="dossier-file-name">
        {note.name} <span class="soft">{writeSize(language, note.length)}</span>
      </p>
      {note.note !== "" && <p class="soft small">{note.note}</p>}
      {note.capture !== undefined && <EvidenceLine handle={handle} item={note.item} />}
      {at !== null && note.length > 1_000_000 && (
        <ProgressBar label={note.name} done={at[0]} all={Math.max(1, at[1])} words={m.fetching(writeSize(language, at[0]), writeSize(language, at[1]))} />
      )}
      <Button look="second" size="small" icon="download" busy={at !== null} label={m.file(note.name)} onPress={() => void save()}>
        {m.saveFile}
      </Button>
      {error !== null && <ErrorState error={error} />}
    </>
  );
}

/** A picture nobody sees by surprise. */
function Picture({ handle, entry, note }: FileProps): JSX.Element | null {
  const m = useMessages<Messages>({ nl, en });
  const [address, setAddress] = useState<string | null>(null);
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const stop = new AbortController();
    let made: string | null = null;
    const fetchIt = async (): Promise<void> => {
      try {
        const bytes = await new Response(await handle.readAttachment(entry, note, { signal: stop.signal })).blob();
        if (stop.signal.aborted) return;
        made = URL.createObjectURL(new Blob([bytes], { type: note.mediaType }));
        setAddress(made);
      } catch {
        // The picture stays away; saving the file says what is wrong.
      }
    };
    void fetchIt();
    return () => {
      stop.abort();
      if (made !== null) URL.revokeObjectURL(made);
    };
  }, [handle, entry.hash, note.item]);
  if (address === null) return null;
  return (
    <button
      type="button"
      class="dossier-picture"
      aria-pressed={shown}
      aria-label={`${shown ? m.hideShort : m.showShort}: ${note.name}`}
      onClick={() => setShown(!shown)}
    >
      <img src={address} alt="" />
      <span class="dossier-picture-words" aria-hidden="true">
        {shown ? m.hideShort : m.showShort}
      </span>
    </button>
  );
}
