/** One risk domain of the visit: what to ask, the findings so far, and adding one. Used by the visit page. */
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Button, Tag, useMessages } from "#services/interface/index.ts";
import type { RiskDomain } from "#services/scanning/contract/index.ts";
import { en as sharedEn } from "#services/scanning/screens/en.ts";
import { More } from "#services/scanning/screens/entries/said.tsx";
import { nl as sharedNl, type Messages as Shared } from "#services/scanning/screens/nl.ts";
import type { DraftFinding } from "./draft.ts";
import { FindingForm } from "./finding-form.tsx";
import type { Messages } from "./nl.ts";

interface DomainProps {
  readonly dossier: string;
  readonly domain: RiskDomain;
  readonly findings: readonly DraftFinding[];
  readonly seen: boolean;
  readonly next: { readonly name: string; readonly go: () => void };
  readonly m: Messages;
  readonly onSave: (finding: DraftFinding) => void;
  readonly onRemove: (finding: DraftFinding) => void;
  readonly onSeen: (seen: boolean) => void;
}

export function DomainPart({ dossier, domain, findings, seen, next, m, onSave, onRemove, onSeen }: DomainProps): JSX.Element {
  const shared = useMessages<Shared>({ nl: sharedNl, en: sharedEn });
  const [open, setOpen] = useState<DraftFinding | "new" | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => setOpen(null), [domain]);
  const close = (): void => {
    setOpen(null);
    heading.current?.focus();
  };
  return (
    <section class="stack">
      <h2 ref={heading} tabIndex={-1} class="panel-title">
        {shared.domains[domain]}
      </h2>
      <More title={m.askTitle}>
        <ul class="words">
          {m.ask[domain].map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </More>
      {findings.length === 0 && open === null && <p class="soft">{m.none}</p>}
      {findings.length > 0 && (
        <ul class="plain stack-small">
          {findings.map((finding) => (
            <li key={finding.id} class="finding">
              <p class="row">
                <Tag tone={finding.seriousness === "high" ? "amber" : undefined}>{shared.seriousness[finding.seriousness]}</Tag>
                {finding.ring !== "none" && <span class="soft small">{shared.rings[finding.ring]}</span>}
                {finding.photos.length > 0 && <span class="soft small">{m.photoCount(finding.photos.length)}</span>}
              </p>
              <p class="story">{finding.observation}</p>
              <div class="actions">
                <Button look="second" size="small" icon="pencil" label={m.editOf(finding.observation)} onPress={() => setOpen(finding)}>
                  {m.edit}
                </Button>
                <Button look="quiet" size="small" icon="bin" label={m.removeOf(finding.observation)} onPress={() => onRemove(finding)}>
                  {m.remove}
                </Button>
              </div>
            </li>
          ))}
        </ul>
      )}
      {open === null ? (
        <div class="actions">
          <Button icon="pencil" onPress={() => setOpen("new")}>
            {m.add}
          </Button>
          <Button look="second" icon={seen ? "back" : "check"} onPress={() => onSeen(!seen)}>
            {seen ? m.markNotSeen : m.markSeen}
          </Button>
          {seen && (
            <Button look="second" icon="arrow" iconLast onPress={next.go}>
              {m.nextPart(next.name)}
            </Button>
          )}
        </div>
      ) : (
        <FindingForm
          key={open === "new" ? "new" : open.id}
          dossier={dossier}
          domain={domain}
          finding={open === "new" ? null : open}
          m={m}
          onSave={(finding) => {
            onSave(finding);
            close();
          }}
          onCancel={close}
        />
      )}
    </section>
  );
}
