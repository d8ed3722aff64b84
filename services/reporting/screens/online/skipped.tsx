/** What could not be read, one line each with its place and the reason. Drawn while reading and in the overview. */
import type { JSX } from "preact";
import { useLanguage } from "#services/interface/index.ts";
import { en as importEnglish } from "#services/reporting/import/words/en.ts";
import { nl as importDutch } from "#services/reporting/import/words/nl.ts";
import type { OnlineMessages } from "./nl.ts";
import { work } from "./work.ts";

export function Skipped({ m, open = false }: { readonly m: OnlineMessages; readonly open?: boolean }): JSX.Element | null {
  const words = useLanguage() === "nl" ? importDutch : importEnglish;
  if (work.brokenCount === 0) return null;
  const further = work.brokenCount - work.broken.length;
  return (
    <details class="fold" open={open}>
      <summary>{m.skipped.title(work.brokenCount)}</summary>
      <ul class="words small">
        {work.broken.map(({ code, data, place }, number) => (
          <li key={number}>
            <strong>{words.place(place.file, place.entry, place.number)}</strong>
            <br />
            {words.trouble[code](data)}
          </li>
        ))}
      </ul>
      {further > 0 && <p class="soft small">{m.skipped.more(further)}</p>}
    </details>
  );
}
