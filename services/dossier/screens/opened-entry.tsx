/** Opens the body of one entry and draws it with its files; says so while it opens and when it cannot. Each kind's entry is this, with what it reads and how it draws. */
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { DossierEntry, DossierHandle } from "#services/dossier/client/index.ts";
import type { AttachmentNote } from "#services/dossier/contract/bodies.ts";
import { ErrorState, Skeleton } from "#services/interface/index.ts";
import { Attachments } from "./attachments.tsx";
import type { EntryProps } from "./kinds.ts";

/** What a kind of dossier says of its entries. */
export interface EntryReading<C> extends EntryProps {
  /** Opens and parses the body. */
  readonly read: (handle: DossierHandle, entry: DossierEntry) => Promise<C>;
  readonly draw: (content: C) => ComponentChildren;
  /** Files to show under it; none when left out. */
  readonly files?: (content: C) => readonly AttachmentNote[];
}

export function OpenedEntry<C>({ handle, entry, read, draw, files }: EntryReading<C>): JSX.Element {
  const [content, setContent] = useState<{ readonly value: C } | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    let left = false;
    read(handle, entry).then(
      (value) => {
        if (!left) setContent({ value });
      },
      (thrown: unknown) => {
        if (!left) setError(thrown);
      },
    );
    return () => {
      left = true;
    };
  }, [handle, entry.hash]);
  if (error !== null) return <ErrorState error={error} />;
  if (content === null) return <Skeleton lines={2} />;
  const notes = files?.(content.value) ?? [];
  return (
    <>
      {draw(content.value)}
      {notes.length > 0 && <Attachments handle={handle} entry={entry} notes={notes} />}
    </>
  );
}
