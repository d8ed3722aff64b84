/** The signature: this browser makes letter and note, and the minister signs for exactly those files, each by its digest. Drawn by the road. */
import { base64urlnopad } from "@scure/base";
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { readAnchorUnverified } from "#services/directory/screens/session.ts";
import { openPaperDesk, type PaperDesk } from "#services/dossier/screens/papers/paper-desk.ts";
import type { Done } from "#services/dossier/screens/step-dialog.tsx";
import { saveFile, SendForm, Button } from "#services/interface/index.ts";
import { signSet, type DocumentToSign } from "#services/parliament/client/index.ts";
import { letterOf, noteOf } from "./papers.ts";
import type { PartProps } from "./set-actions.tsx";

interface Papers {
  readonly letter: Uint8Array<ArrayBuffer>;
  readonly note: Uint8Array<ArrayBuffer>;
}

async function toSign(what: DocumentToSign["what"], name: string, bytes: Uint8Array<ArrayBuffer>): Promise<DocumentToSign> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return {
    what,
    sha256: base64urlnopad.encode(digest),
    file: { name, mediaType: "application/pdf", bytes: new Blob([bytes]), capturedAt: null, note: "" },
  };
}

export function SignForm({ handle, view, m, done }: Omit<PartProps, "onChange"> & { readonly done: Done }): JSX.Element {
  const [papers, setPapers] = useState<Papers | null>(null);
  const desk = useRef<PaperDesk | null>(null);
  useEffect(() => () => desk.current?.stop(), []);
  const make = async (): Promise<void> => {
    const { letterPaper, notePaper } = await import("#services/parliament/documents/index.ts");
    const how = { signing: true, demonstration: (await readAnchorUnverified())?.demonstration === true };
    const settings = { site: location.origin.startsWith("https:") ? location.origin : null };
    const open = (desk.current ??= openPaperDesk(() => undefined));
    const pdfOf = async (paper: ReturnType<typeof letterPaper> | ReturnType<typeof notePaper>): Promise<Uint8Array<ArrayBuffer>> => {
      const made = await open.make(
        (set) => set({ ...paper, assets: {}, fileName: "", leftOut: [] }),
        () => undefined,
      );
      return new Uint8Array(made.pdf);
    };
    setPapers({ letter: await pdfOf(letterPaper(letterOf(view, how), settings)), note: await pdfOf(notePaper(noteOf(view, how), settings)) });
  };
  // First made and looked at, then signed: nobody signs for a file that was not there yet.
  if (papers === null)
    return (
      <SendForm button={m.signMake} icon="file" send={make}>
        <p>{m.signText}</p>
      </SendForm>
    );
  return (
    <SendForm
      button={m.signGo}
      send={() =>
        done(
          Promise.all([toSign("letter", "antwoordbrief.pdf", papers.letter), toSign("note", "beslisnota.pdf", papers.note)]).then((documents) =>
            signSet(handle, view, documents),
          ),
        )
      }
    >
      <p>{m.signLook}</p>
      <div class="actions">
        <Button look="second" size="small" icon="download" onPress={() => saveFile("antwoordbrief.pdf", papers.letter, "application/pdf")}>
          {m.letterPdf}
        </Button>
        <Button look="second" size="small" icon="download" onPress={() => saveFile("beslisnota.pdf", papers.note, "application/pdf")}>
          {m.notePdf}
        </Button>
      </div>
    </SendForm>
  );
}
