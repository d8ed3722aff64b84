/** What was seen during a visit, as cards under their domain, photos with the finding they belong to. Used by the dossier page and the advice page. */
import type { JSX } from "preact";
import type { DossierEntry, DossierHandle } from "#services/dossier/client/index.ts";
import { Attachments } from "#services/dossier/screens/attachments.tsx";
import { Tag, useLanguage, useMessages, writeDay } from "#services/interface/index.ts";
import { riskDomains, type VisitBody } from "#services/scanning/contract/index.ts";
import { en as sharedEn } from "#services/scanning/screens/en.ts";
import { nl as sharedNl, type Messages as Shared } from "#services/scanning/screens/nl.ts";
import { en } from "./en.ts";
import { nl, type Messages } from "./nl.ts";
import { Facts } from "./said.tsx";

/** One visit to read. @param level of the domain headings on the page they stand on. */
export function VisitView({ handle, entry, body }: { readonly handle: DossierHandle; readonly entry: DossierEntry; readonly body: VisitBody }): JSX.Element {
  const m = useMessages<Shared>({ nl: sharedNl, en: sharedEn });
  const w = useMessages<Messages>({ nl, en });
  const language = useLanguage();
  const shown = new Set(body.findings.flatMap(({ photos }) => photos));
  const loose = body.attachments.filter(({ item }) => !shown.has(item));
  return (
    <div class="stack-medium">
      <Facts
        facts={[
          [w.facts.on, writeDay(language, body.on)],
          [w.facts.present, body.present],
        ]}
      />
      {body.findings.length === 0 && <p class="soft">{w.noFindings}</p>}
      {riskDomains.map((domain) => {
        const here = body.findings.filter((finding) => finding.domain === domain);
        if (here.length === 0) return null;
        return (
          <section key={domain} class="stack-small">
            <p>
              <strong>{m.domains[domain]}</strong> <span class="soft small">{w.findings(here.length)}</span>
            </p>
            <ul class="plain stack-small">
              {here.map((finding) => (
                <li key={finding.id} class="finding">
                  <p class="row">
                    <Tag tone={finding.seriousness === "high" ? "amber" : undefined}>{m.seriousness[finding.seriousness]}</Tag>
                    {finding.ring !== "none" && <span class="soft small">{m.rings[finding.ring]}</span>}
                  </p>
                  <p class="story">{finding.observation}</p>
                  <Attachments handle={handle} entry={entry} notes={body.attachments.filter(({ item }) => finding.photos.includes(item))} />
                </li>
              ))}
            </ul>
          </section>
        );
      })}
      <Facts facts={[[w.facts.note, body.note]]} />
      <Attachments handle={handle} entry={entry} notes={loose} />
    </div>
  );
}
