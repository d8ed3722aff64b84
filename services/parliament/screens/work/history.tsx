/** Earlier versions of an answer or of a part of the note, newest first, each with what it changed. Drawn below the text. */
import type { JSX } from "preact";
import { useLanguage, writeMoment } from "#services/interface/index.ts";
import type { Text } from "#services/parliament/client/index.ts";
import { Differences } from "./differences.tsx";
import type { PartProps } from "./set-actions.tsx";
import { plainWords, Words } from "./words.tsx";

export function History({ text: { history }, about, m }: { readonly text: Text; readonly about?: string; readonly m: PartProps["m"] }): JSX.Element | null {
  const language = useLanguage();
  if (history.length === 0) return null;
  return (
    <details>
      <summary>{about === undefined ? m.history : `${m.history}: ${about}`}</summary>
      <ol class="kamer-history">
        {history
          .map(({ seq, by, at, words }, place) => {
            const before = history[place - 1];
            return (
              <li key={seq}>
                <details>
                  <summary>{m.version(by.name, writeMoment(language, at))}</summary>
                  <Words words={words} />
                  {before !== undefined && <Differences title={m.changedHere} earlier={plainWords(before.words)} now={plainWords(words)} m={m} />}
                </details>
              </li>
            );
          })
          .toReversed()}
      </ol>
    </details>
  );
}
