/** The text of the advice, one section per subject, with what was seen at hand. Used by the writing of an advice. */
import type { JSX } from "preact";
import { Button, Field, Notice, Tag, TextArea, useMessages } from "#services/interface/index.ts";
import { en as sharedEn } from "#services/scanning/screens/en.ts";
import { AdviceView } from "#services/scanning/screens/entries/advice-view.tsx";
import { More } from "#services/scanning/screens/entries/said.tsx";
import { newId } from "#services/scanning/screens/local-id.ts";
import { nl as sharedNl, type Messages as Shared } from "#services/scanning/screens/nl.ts";
import type { Section } from "./draft.ts";
import { Reasons, type PartProps } from "./part.tsx";

interface SectionsProps extends PartProps {
  /** The advice was recorded: read only. */
  readonly fixed: boolean;
}

export function WriteSections({ m, draft, revise, findings, checked, returned, proposed, fixed }: SectionsProps): JSX.Element {
  const w = m.sections;
  const shared = useMessages<Shared>({ nl: sharedNl, en: sharedEn });
  const { advice } = draft;
  const setSections = (by: (sections: readonly Section[]) => Section[]): void =>
    revise((now) => ({ ...now, advice: { ...now.advice, sections: by(now.advice.sections) } }));
  const change = (id: string, part: Partial<Section>): void => setSections((now) => now.map((one) => (one.id === id ? { ...one, ...part } : one)));
  if (fixed)
    return (
      <AdviceView
        body={{ address: advice.address, sections: advice.sections, measures: [...proposed.measures], version: 1, adviceVersion: 1, attachments: [] }}
      />
    );
  return (
    <section class="stack">
      <h2>{w.title}</h2>
      {checked && advice.sections.every(({ text }) => text.trim() === "") && <Notice tone="amber" title={w.missing} />}
      <More title={m.write.findings}>
        {findings.length === 0 && <p class="soft">{m.write.noFindings}</p>}
        <ul class="plain stack-small">
          {findings.map(({ finding }) => (
            <li key={finding.id} class="finding">
              <p class="row">
                <Tag>{shared.domains[finding.domain]}</Tag>
                <span class="soft small">{shared.seriousness[finding.seriousness]}</span>
              </p>
              <p class="story">{finding.observation}</p>
            </li>
          ))}
        </ul>
      </More>
      <Field
        label={w.address}
        maxLength={400}
        spellcheck={false}
        value={advice.address}
        error={checked && advice.address.trim() === "" ? w.addressMissing : null}
        onInput={(address) => revise((now) => ({ ...now, advice: { ...now.advice, address } }))}
      />
      {advice.sections.map((section) => (
        <section key={section.id} class="card" aria-label={section.title}>
          <Reasons returned={returned} section={section.id} m={m} />
          <Field label={w.name} maxLength={400} value={section.title} onInput={(title) => change(section.id, { title })} />
          <TextArea
            label={w.text(section.title)}
            hint={w.textHint}
            rows={3}
            maxLength={60_000}
            value={section.text}
            onInput={(text) => change(section.id, { text })}
          />
          <div class="actions">
            <Button look="quiet" size="small" icon="bin" onPress={() => setSections((now) => now.filter(({ id }) => id !== section.id))}>
              {w.remove(section.title)}
            </Button>
          </div>
        </section>
      ))}
      <div class="actions">
        <Button look="second" icon="pencil" onPress={() => setSections((now) => [...now, { id: newId("s"), title: w.fresh, text: "" }])}>
          {w.add}
        </Button>
      </div>
    </section>
  );
}
