/** The signature: over letter and note as files, each by its digest. Drawn by the road. */
import type { JSX } from "preact";
import { base64urlnopad } from "@scure/base";
import { useState } from "preact/hooks";
import type { Done } from "#services/dossier/screens/step-dialog.tsx";
import { FileDrop, SendForm } from "#services/interface/index.ts";
import { signSet, type DocumentToSign } from "#services/parliament/client/index.ts";
import type { PartProps } from "./set-actions.tsx";

async function toSign(what: DocumentToSign["what"], file: File): Promise<DocumentToSign> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
  return {
    what,
    sha256: base64urlnopad.encode(digest),
    file: { name: file.name, mediaType: file.type === "" ? "application/octet-stream" : file.type, bytes: file, capturedAt: null, note: "" },
  };
}

export function SignForm({ handle, view, m, done }: Omit<PartProps, "onChange"> & { readonly done: Done }): JSX.Element {
  const [letter, setLetter] = useState<File | null>(null);
  const [note, setNote] = useState<File | null>(null);
  return (
    <SendForm
      button={m.signGo}
      ready={() => letter !== null && note !== null}
      send={async () => {
        if (letter === null || note === null) return;
        await done(signSet(handle, view, [await toSign("letter", letter), await toSign("note", note)]));
      }}
    >
      <p>{m.signText}</p>
      <FileDrop label={m.letter} files={letter === null ? [] : [letter]} onAdd={([file]) => setLetter(file ?? null)} onRemove={() => setLetter(null)} />
      <FileDrop label={m.notePaper} files={note === null ? [] : [note]} onAdd={([file]) => setNote(file ?? null)} onRemove={() => setNote(null)} />
    </SendForm>
  );
}
