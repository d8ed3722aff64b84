/** The first three steps of the report: own words, what and where, evidence. Drawn by report-page.tsx, which holds the draft. */
import type { JSX } from "preact";
import { Choice, Choices, Emergency112, Field, FileDrop, Link, Notice, Select, TextArea, type ChoiceOption } from "#services/interface/index.ts";
import { incidentChannels, incidentForms, type IncidentChannel } from "#services/reporting/contract/index.ts";
import { Vanishing } from "#services/reporting/screens/acting/vanishing.tsx";
import { addTo, brought } from "#services/reporting/screens/online/begin.ts";
import type { Draft } from "./draft.ts";
import type { ReportMessages } from "./nl.ts";

/** What each step receives: the draft, how to change it, and whether its omissions must be shown now. */
export interface StepProps {
  readonly m: ReportMessages;
  readonly draft: Draft;
  readonly change: (part: Partial<Draft>) => void;
  readonly showMissing: boolean;
}

/** Step 1: in their own words, and how soon someone is needed. */
export function StepWords({ m, draft, change, showMissing, saved }: StepProps & { readonly saved: string }): JSX.Element {
  const w = m.words;
  return (
    <div class="stack">
      <Emergency112 />
      <TextArea
        label={w.label}
        hint={w.hint}
        value={draft.words}
        maxLength={60_000}
        rows={7}
        error={showMissing && draft.words.trim() === "" ? w.missing : null}
        foot={<span aria-live="polite">{saved}</span>}
        onInput={(words) => change({ words })}
      />
      <Choice
        legend={w.urgent}
        columns={2}
        value={draft.acute === null ? null : draft.acute ? "acute" : "normal"}
        error={showMissing && draft.acute === null ? w.urgentMissing : null}
        options={[
          { value: "acute", ...w.options.acute },
          { value: "normal", ...w.options.normal },
        ]}
        onChoose={(value) => change({ acute: value === "acute" })}
      />
    </div>
  );
}

const isChannel = (value: string): value is IncidentChannel => incidentChannels.some((channel) => channel === value);
const online: readonly (IncidentChannel | null)[] = ["social-media", "website"];
const outside: readonly (IncidentChannel | null)[] = ["in-person", "at-home"];

const targets = ["self", "family", "both"] as const;
const authors = ["known", "suspected", "unknown"] as const;

const optionsOf = <V extends string>(titles: Readonly<Record<V, string>>, values: readonly V[]): ChoiceOption<V>[] =>
  values.map((value) => ({ value, title: titles[value] }));

/** Step 2: only the questions that matter for what was chosen; all may stay empty. */
export function StepWhat({ m, draft, change }: StepProps): JSX.Element {
  const w = m.what;
  const asksLink = draft.forms.includes("doxing") || online.includes(draft.channel);
  const asksPlace = outside.includes(draft.channel) || draft.forms.includes("physical");
  return (
    <div class="stack">
      <Choices
        legend={w.forms}
        hint={w.formsHint}
        columns={2}
        values={draft.forms}
        options={optionsOf(w.formOptions, incidentForms)}
        onChoose={(forms) => change({ forms })}
      />
      {draft.forms.includes("doxing") && (
        <Notice title={w.doxingTitle}>
          <ul class="words">
            {w.doxing.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </Notice>
      )}
      <Select
        label={w.channel}
        value={draft.channel ?? ""}
        options={[{ value: "", label: w.channelNone }, ...incidentChannels.map((value) => ({ value, label: w.channelOptions[value] }))]}
        onChoose={(value) => change({ channel: isChannel(value) ? value : null })}
      />
      {(asksLink || asksPlace) && (
        <Field
          label={asksLink ? w.whereOnline : w.where}
          hint={asksLink ? w.whereOnlineHint : w.whereHint}
          value={draft.where}
          maxLength={400}
          spellcheck={false}
          onInput={(where) => change({ where })}
        />
      )}
      <Field label={w.when} hint={w.whenHint} value={draft.when} maxLength={400} onInput={(when) => change({ when })} />
      <Choice legend={w.target} value={draft.target} options={optionsOf(w.targetOptions, targets)} onChoose={(target) => change({ target })} />
      <Choice legend={w.author} value={draft.author} options={optionsOf(w.authorOptions, authors)} onChoose={(author) => change({ author })} />
      {(draft.author === "known" || draft.author === "suspected") && (
        <TextArea label={w.authorWords} optional rows={3} maxLength={2_000} value={draft.authorWords} onInput={(authorWords) => change({ authorWords })} />
      )}
    </div>
  );
}

/** Step 3: files, which stay in the window until everything is sent. */
export function StepEvidence({
  m,
  files,
  onAdd,
  onRemove,
}: {
  readonly m: ReportMessages;
  readonly files: readonly File[];
  readonly onAdd: (files: File[], how: "file" | "paste" | "camera") => void;
  readonly onRemove: (file: File) => void;
}): JSX.Element {
  const w = m.evidence;
  return (
    <div class="stack">
      <FileDrop label={w.label} files={files} onAdd={onAdd} onRemove={onRemove} />
      {files.length > 0 && (
        <p aria-live="polite" class="soft">
          {w.chosen(files.length)}. {w.stay}
        </p>
      )}
      <Notice title={w.manyTitle}>
        <p>{w.many}</p>
        <p>
          <Link
            to="/berichten"
            onPress={() => {
              addTo.set(null);
              // They come back with the messages: files stay in the window, and this page is left.
              brought.set(files);
            }}
          >
            {w.manyGo}
          </Link>
        </p>
      </Notice>
      <Notice tone="amber" title={w.tipTitle}>
        <p>{w.tip}</p>
      </Notice>
      <Vanishing />
    </div>
  );
}
