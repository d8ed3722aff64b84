/** Where messages come in: files, or pasted text; and which platform gives what. Drawn by online-page.tsx, and under the overview to add more. */
import type { JSX } from "preact";
import { useCallback, useState } from "preact/hooks";
import { Button, Choice, FileDrop, TextArea } from "#services/interface/index.ts";
import type { OnlineMessages } from "./nl.ts";
import { splits, type Split } from "./shelf.ts";
import { work } from "./work.ts";

export function Choose({ m, onBring }: { readonly m: OnlineMessages; readonly onBring?: () => void }): JSX.Element {
  const c = m.choose;
  const [files, setFiles] = useState<readonly File[]>([]);
  const [text, setText] = useState("");
  const [split, setSplit] = useState<Split>("whole");
  const add = useCallback((more: File[]) => setFiles((before) => [...before, ...more]), []);
  const read = (): void => {
    onBring?.();
    void work.bring(files);
    setFiles([]);
  };
  const readPaste = (): void => {
    onBring?.();
    void work.paste(text, c.pasteName, split);
    setText("");
  };
  return (
    <div class="stack">
      <section class="stack-medium" aria-labelledby="choose-title">
        <h2 id="choose-title">{c.title}</h2>
        <p class="soft">{c.text}</p>
        <FileDrop label={c.files} files={files} onAdd={add} onRemove={(file) => setFiles(files.filter((other) => other !== file))} />
        {files.length > 0 && (
          <div class="actions">
            <Button icon="arrow" iconLast onPress={read}>
              {c.read(files.length)}
            </Button>
          </div>
        )}
      </section>
      <section class="stack-medium paste" aria-labelledby="paste-title">
        <h2 id="paste-title">{c.pasteTitle}</h2>
        <TextArea label={c.paste} hint={c.pasteHint} rows={4} maxLength={1_000_000} value={text} onInput={setText} />
        {text.trim() !== "" && (
          <>
            <Choice legend={c.splitTitle} value={split} options={splits.map((value) => ({ value, title: c.split[value] }))} onChoose={setSplit} />
            <div class="actions">
              <Button look={files.length > 0 ? "second" : "first"} icon="arrow" iconLast onPress={readPaste}>
                {c.readPaste}
              </Button>
            </div>
          </>
        )}
      </section>
      <Exports m={m} />
    </div>
  );
}

/** How to get the messages out of each platform, one fold per platform. */
function Exports({ m }: { readonly m: OnlineMessages }): JSX.Element {
  const e = m.exports;
  return (
    <section class="stack-medium" aria-labelledby="exports-title">
      <h2 id="exports-title">{e.title}</h2>
      <p class="soft">{e.text}</p>
      <ul class="folds plain">
        {e.list.map((platform) => (
          <li key={platform.name}>
            <details class="fold">
              <summary>{platform.name}</summary>
              <dl class="facts">
                <dt>{e.get}</dt>
                <dd>{platform.get}</dd>
                <dt>{e.gives}</dt>
                <dd>{platform.gives}</dd>
                <dt>{e.holds}</dt>
                <dd>{platform.holds}</dd>
              </dl>
            </details>
          </li>
        ))}
      </ul>
      <p class="soft small">{e.limits}</p>
      <p class="soft small">{e.names}</p>
    </section>
  );
}
