/** The route of initials: who looked at the newest words, and which initials lapsed. Drawn by the road. */
import type { JSX } from "preact";
import { Tag, useLanguage, writeMoment } from "#services/interface/index.ts";
import type { PartProps } from "./set-actions.tsx";

export function Initials({ view, m }: PartProps): JSX.Element {
  const language = useLanguage();
  return (
    <section class="card stack-small">
      <h2>{m.initials}</h2>
      {view.initials.length === 0 && <p class="soft">{m.initialsNone}</p>}
      <ul class="kamer-figures">
        {view.initials.map(({ seq, body, at, lapsed }) => (
          <li key={seq}>
            {m.by(body.signedBy.name, body.signedBy.office)}, {writeMoment(language, at)}{" "}
            <Tag tone={lapsed ? "amber" : "accent"} icon={lapsed ? undefined : "check"}>
              {lapsed ? m.lapsed : shortInitial(body.signedBy.name)}
            </Tag>
          </li>
        ))}
      </ul>
    </section>
  );
}
/** First letters of a name, as an initial stands on paper. */
const shortInitial = (name: string): string =>
  name
    .split(/\s+/u)
    .map((part) => part.charAt(0))
    .join("");
