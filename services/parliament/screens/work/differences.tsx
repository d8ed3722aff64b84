/** Two texts beside each other, word by word, and which numbers are no longer the same. Drawn beside earlier answers and between the versions of a text. */
import type { JSX } from "preact";
import { differencesWith } from "#services/parliament/search/index.ts";
import type { PartProps } from "./set-actions.tsx";

export function Differences({
  title,
  earlier,
  now,
  m,
}: {
  readonly title: string;
  readonly earlier: string;
  readonly now: string;
  readonly m: PartProps["m"];
}): JSX.Element {
  const { pieces, alike, numbers } = differencesWith(earlier, now);
  return (
    <details>
      <summary>
        {title} ({m.alike(Math.round(alike * 100))})
      </summary>
      {(numbers.gone.length > 0 || numbers.fresh.length > 0) && (
        <p>
          <strong>{m.numbersDiffer(numbers.gone.join(", ") || "-", numbers.fresh.join(", ") || "-")}</strong>
        </p>
      )}
      <p class="kamer-text" lang="nl">
        {pieces.map(({ kind, text }, at) =>
          kind === "same" ? (
            <span key={at}>{text}</span>
          ) : kind === "gone" ? (
            <del key={at} title={m.gone}>
              {text}
            </del>
          ) : (
            <ins key={at} title={m.fresh}>
              {text}
            </ins>
          ),
        )}
      </p>
    </details>
  );
}
