/** What stands in the way of a step, said before someone presses. Drawn by the road. */
import type { JSX } from "preact";
import { Notice } from "#services/interface/index.ts";
import type { Missing } from "#services/parliament/client/index.ts";
import type { PartProps } from "./set-actions.tsx";

export function MissingList({ missing, m }: { readonly missing: readonly Missing[]; readonly m: PartProps["m"] }): JSX.Element | null {
  if (missing.length === 0) return null;
  const list = (weight: Missing["weight"]): readonly string[] => [
    ...new Set(
      missing
        .filter((one) => one.weight === weight)
        .map(({ code, questions, about }) =>
          [m.missing[code], about === null ? "" : `(${m.sections[about] ?? about})`, questions.length === 0 ? "" : m.onQuestions(questions)]
            .filter((part) => part !== "")
            .join(" "),
        ),
    ),
  ];
  const [needed, look] = [list("needed"), list("look")];
  return (
    <>
      {needed.length > 0 && (
        <Notice tone="amber" title={m.needed}>
          <ul>
            {needed.map((words) => (
              <li key={words} lang="nl">
                {words}
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {look.length > 0 && (
        <details>
          <summary>{m.look}</summary>
          <ul>
            {look.map((words) => (
              <li key={words} lang="nl">
                {words}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
