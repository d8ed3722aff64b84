/** A list of documents: made in this browser when asked for, to open or to keep. Used by the pages of the services, which say what each document is. */
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Button, ErrorState, Notice, problemCode, ProgressBar, saveFile, useLanguage, useMessages, writeSize } from "#services/interface/index.ts";
import "#services/dossier/screens/dossier.css";
import { en } from "./en.ts";
import { openPaperDesk, programKept, type MadePaper, type PaperDesk, type SetPaper } from "./paper-desk.ts";
import { nl, type Messages } from "./nl.ts";

interface Ready extends MadePaper {
  readonly address: string;
}
type Busy = { readonly key: string; readonly step: "collecting" | "making" };

/** One document on offer. */
export interface PaperOffer {
  /** Tells it from the others, and from itself when what it says has changed: a document that was made stays on offer under its key. */
  readonly key: string;
  readonly name: string;
  readonly text: string;
  /** Collects what it says and hands it over to be set. */
  readonly make: (set: SetPaper) => Promise<MadePaper>;
}

/** @param offers which documents this reader may make, in order; @param heading false where the page has said it already */
export function PaperList({ offers, heading = true }: { readonly offers: readonly PaperOffer[]; readonly heading?: boolean }): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const language = useLanguage();
  const [kept, setKept] = useState<boolean | null>(null);
  const [loaded, setLoaded] = useState<readonly [number, number] | null>(null);
  const [busy, setBusy] = useState<Busy | null>(null);
  const [made, setMade] = useState<Readonly<Partial<Record<string, Ready>>>>({});
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
  const make = async ({ key, make: collect }: PaperOffer): Promise<void> => {
    setError(null);
    setBusy({ key, step: "collecting" });
    try {
      desk.current ??= openPaperDesk((done, all) => setLoaded([done, all]));
      const paper = await desk.current.make(collect, (step) => setBusy({ key, step }));
      const address = URL.createObjectURL(new Blob([new Uint8Array(paper.pdf)], { type: "application/pdf" }));
      addresses.current.push(address);
      setMade((before) => ({ ...before, [key]: { ...paper, address } }));
      setKept(true);
    } catch (thrown) {
      setError(thrown);
    }
    setBusy(null);
  };
  const loading = loaded !== null && loaded[0] < loaded[1] ? loaded : null;
  return (
    <section class="stack-medium no-print" aria-label={m.title}>
      {heading && <h2>{m.title}</h2>}
      <p>{m.text}</p>
      {kept === false && <p class="soft small">{m.first}</p>}
      <ul class="papers">
        {offers.map((offer) => {
          const { key, name, text } = offer;
          const ready = made[key];
          return (
            <li key={key} class="paper">
              <p class="paper-name">{name}</p>
              <p class="soft small">{text}</p>
              {ready !== undefined && (
                <p class="small" role="status">
                  {m.ready(writeSize(language, ready.pdf.byteLength))} {ready.leftOut.length > 0 && m.leftOut(ready.leftOut.join(", "))}
                </p>
              )}
              {busy?.key === key && busy.step === "collecting" && <p class="small">{m.collecting}</p>}
              {busy?.key === key && busy.step === "making" && loading !== null && (
                <ProgressBar
                  label={name}
                  done={loading[0]}
                  all={loading[1]}
                  words={m.loading(writeSize(language, loading[0]), writeSize(language, loading[1]))}
                />
              )}
              {busy?.key === key && busy.step === "making" && loading === null && <p class="small">{m.making}</p>}
              <div class="actions">
                {ready === undefined ? (
                  <Button
                    size="small"
                    look="second"
                    icon="file"
                    label={m.makeOf(name)}
                    busy={busy?.key === key}
                    disabled={busy !== null}
                    onPress={() => void make(offer)}
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
