/** The documents of an advice: made in this browser when asked for, to open or to keep. Used by the pages of the advice. */
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { DossierHandle } from "#services/dossier/client/index.ts";
import { Button, ErrorState, Notice, problemCode, ProgressBar, saveFile, useLanguage, useMessages, writeSize } from "#services/interface/index.ts";
import "#services/scanning/screens/advice/advice.css";
import { en } from "./en.ts";
import { openPaperDesk, programKept, type MadePaper, type PaperDesk, type PaperKind } from "./make.ts";
import { nl, type Messages } from "./nl.ts";

interface Ready extends MadePaper {
  readonly address: string;
}
type Busy = { readonly kind: PaperKind; readonly step: "collecting" | "making" };

/** @param kinds which documents this reader may make, in order */
export function Papers({ handle, kinds }: { readonly handle: DossierHandle; readonly kinds: readonly PaperKind[] }): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const language = useLanguage();
  const [kept, setKept] = useState<boolean | null>(null);
  const [loaded, setLoaded] = useState<readonly [number, number] | null>(null);
  const [busy, setBusy] = useState<Busy | null>(null);
  const [made, setMade] = useState<Readonly<Partial<Record<PaperKind, Ready>>>>({});
  const [error, setError] = useState<unknown>(null);
  const desk = useRef<PaperDesk | null>(null);
  const addresses = useRef<string[]>([]);
  useEffect(() => {
    void programKept().then(setKept);
    return () => {
      desk.current?.stop();
      for (const address of addresses.current) URL.revokeObjectURL(address);
    };
  }, []);
  const make = async (kind: PaperKind): Promise<void> => {
    setError(null);
    setBusy({ kind, step: "collecting" });
    try {
      desk.current ??= openPaperDesk((done, all) => setLoaded([done, all]));
      const paper = await desk.current.make(handle, kind, (step) => setBusy({ kind, step }));
      const address = URL.createObjectURL(new Blob([new Uint8Array(paper.pdf)], { type: "application/pdf" }));
      addresses.current.push(address);
      setMade((before) => ({ ...before, [kind]: { ...paper, address } }));
      setKept(true);
    } catch (thrown) {
      setError(thrown);
    }
    setBusy(null);
  };
  const loading = loaded !== null && loaded[0] < loaded[1] ? loaded : null;
  return (
    <section class="stack-medium no-print" aria-label={m.title}>
      <h2>{m.title}</h2>
      <p>{m.text}</p>
      {kept === false && <p class="soft small">{m.first}</p>}
      <ul class="papers">
        {kinds.map((kind) => {
          const { name, text } = m.kinds[kind];
          const ready = made[kind];
          return (
            <li key={kind} class="paper">
              <p class="scan-part">{name}</p>
              <p class="soft small">{text}</p>
              {ready !== undefined && (
                <p class="small" role="status">
                  {m.ready(writeSize(language, ready.pdf.byteLength))} {ready.leftOut.length > 0 && m.leftOut(ready.leftOut.join(", "))}
                </p>
              )}
              {busy?.kind === kind && busy.step === "collecting" && <p class="small">{m.collecting}</p>}
              {busy?.kind === kind && busy.step === "making" && loading !== null && (
                <ProgressBar
                  label={m.kinds[kind].name}
                  done={loading[0]}
                  all={loading[1]}
                  words={m.loading(writeSize(language, loading[0]), writeSize(language, loading[1]))}
                />
              )}
              {busy?.kind === kind && busy.step === "making" && loading === null && <p class="small">{m.making}</p>}
              <div class="actions">
                {ready === undefined ? (
                  <Button
                    size="small"
                    look="second"
                    icon="file"
                    label={m.makeOf(name)}
                    busy={busy?.kind === kind}
                    disabled={busy !== null}
                    onPress={() => void make(kind)}
                  >
                    {m.make}
                  </Button>
                ) : (
                  <>
                    <a class="button" data-look="second" data-size="small" href={ready.address} target="_blank" rel="noopener" aria-label={m.openOf(name)}>
                      {m.open}
                    </a>
                    <Button
                      size="small"
                      look="second"
                      icon="download"
                      label={m.saveOf(name)}
                      onPress={() => saveFile(ready.fileName, new Uint8Array(ready.pdf), "application/pdf")}
                    >
                      {m.save}
                    </Button>
                  </>
                )}
              </div>
            </li>
          );
        })}
      </ul>
      {error !== null && (problemCode(error) === null ? <Notice tone="amber" title={m.failed} live /> : <ErrorState error={error} />)}
      {Object.keys(made).length > 0 && <p class="soft small">{m.saved}</p>}
    </section>
  );
}
