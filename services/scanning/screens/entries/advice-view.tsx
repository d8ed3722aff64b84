/** The parts of an advice to read: threat analysis, sections, measures. Used by the dossier page and the advice page. */
import type { JSX } from "preact";
import { useLanguage, useMessages, writeDay } from "#services/interface/index.ts";
import type { AdviceBody, ThreatAnalysisBody } from "#services/scanning/contract/index.ts";
import { en } from "./en.ts";
import { MeasuresTable } from "./measures-table.tsx";
import { nl, type Messages } from "./nl.ts";
import { Facts } from "./said.tsx";

/** What is known about the threat, and who was asked. */
export function AnalysisView({ body }: { readonly body: ThreatAnalysisBody }): JSX.Element {
  const w = useMessages<Messages>({ nl, en });
  const language = useLanguage();
  return (
    <Facts
      facts={[
        [w.facts.history, body.history],
        [w.facts.local, body.localInformation],
        [w.facts.sources, body.sources.map(({ who, on }) => `${who} (${writeDay(language, on)})`).join("\n")],
        [w.facts.notAsked, body.notAsked],
        [
          w.facts.cited,
          (body.cited ?? []).map(({ what, on, note }) => `${what} (${writeDay(language, on)})${note.trim() === "" ? "" : `: ${note}`}`).join("\n"),
        ],
        [w.facts.conclusion, body.conclusion],
      ]}
    />
  );
}

/** Sections in order, then the measures. */
export function AdviceView({ body }: { readonly body: AdviceBody }): JSX.Element {
  const w = useMessages<Messages>({ nl, en });
  return (
    <div class="stack-medium">
      <Facts facts={[[w.address, body.address]]} />
      {body.sections.map(({ id, title, text }) => (
        <section key={id} class="stack-small">
          <p class="scan-part">{title}</p>
          <p class="story">{text}</p>
        </section>
      ))}
      <MeasuresTable show="advice" rows={body.measures} />
    </div>
  );
}
