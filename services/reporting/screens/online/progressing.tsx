/** How far the reading and the sorting are, with numbers, and going on with what was stopped. Drawn by online-page.tsx. */
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { Button, writeNumber, Notice, ProgressBar, useLanguage, writeSize } from "#services/interface/index.ts";
import type { OnlineMessages } from "./nl.ts";
import { Skipped } from "./skipped.tsx";
import { work, type Stage } from "./work.ts";

export function Progressing({ m, stage }: { readonly m: OnlineMessages; readonly stage: Extract<Stage, { at: "reading" | "judging" }> }): JSX.Element {
  const language = useLanguage();
  const r = m.reading;
  const reading = stage.at === "reading";
  return (
    <section class="card" aria-labelledby="progress-title">
      <h2 id="progress-title">{reading ? r.title : r.judging}</h2>
      <p class="hidden-words" role="status">
        {reading ? r.title : r.judging}
      </p>
      {reading ? (
        <ProgressBar
          label={r.bytes}
          done={stage.read}
          all={Math.max(stage.total, 1)}
          words={r.of(writeSize(language, stage.read), writeSize(language, stage.total))}
        />
      ) : (
        <ProgressBar
          label={r.judged}
          done={stage.done}
          all={Math.max(stage.all, 1)}
          words={r.of(writeNumber(language, stage.done), writeNumber(language, stage.all))}
        />
      )}
      <p>
        <strong>{r.items(work.found.items.length)}</strong>
        {work.brokenCount > 0 && <span class="soft"> · {r.skipped(work.brokenCount)}</span>}
      </p>
      <p class="soft">{r.here}</p>
      {reading && (
        <div class="actions">
          <Button look="second" icon="cross" onPress={() => work.stop()}>
            {r.stop}
          </Button>
        </div>
      )}
      <Skipped m={m} />
    </section>
  );
}

/** A hidden chooser with a button: for files that were chosen before. */
export function ChooseAgain({ words, onFiles }: { readonly words: string; readonly onFiles: (files: readonly File[]) => void }): JSX.Element {
  const chooser = useRef<HTMLInputElement>(null);
  return (
    <div class="actions">
      <Button look="second" icon="file" onPress={() => chooser.current?.click()}>
        {words}
      </Button>
      <input
        ref={chooser}
        type="file"
        multiple
        hidden
        data-role="again"
        onChange={(event) => {
          onFiles([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = "";
        }}
      />
    </div>
  );
}

/** Reading was stopped, or the page was closed while it went on. */
export function Unfinished({ m }: { readonly m: OnlineMessages }): JSX.Element | null {
  const { unfinished, missing } = work;
  if (unfinished === null) return null;
  const wanted = unfinished.sources.filter(({ name }) => missing.some((source) => source.name === name));
  return (
    <Notice tone="amber" title={m.unfinished.title}>
      <p>{m.unfinished.text}</p>
      {wanted.length === 0 ? (
        <div class="actions">
          <Button look="second" icon="arrow" onPress={() => void work.resume()}>
            {m.unfinished.go}
          </Button>
        </div>
      ) : (
        <>
          <p>{m.unfinished.again}</p>
          <ul class="words">
            {wanted.map(({ name, given }) => (
              <li key={name}>{given}</li>
            ))}
          </ul>
          <ChooseAgain words={m.take.chooseAgain} onFiles={(files) => void work.bring(files).then(async () => await work.resume())} />
        </>
      )}
    </Notice>
  );
}
