/** The desk's judgements and endings, one short form each: norm test, seriousness, closing; and the reporter's withdrawal. Used by the report's actions. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { StepFormProps } from "#services/dossier/screens/step-dialog.tsx";
import { Choice, Field, Notice, SendForm, TextArea } from "#services/interface/index.ts";
import { closeReport, recordNormTest, recordSeriousness, withdrawReport } from "#services/reporting/client/steps.ts";
import type { NormTestBody, OutcomeBody, SeriousnessBody } from "#services/reporting/contract/index.ts";
import type { Messages } from "./nl.ts";

/** What every form of a report is given. */
export type FormProps = StepFormProps<Messages>;

const norms = ["crossing-the-line", "emotional", "unclear"] as const;
const levels = ["low", "medium", "high", "acute"] as const;
const outcomes = ["stopped", "prosecuted", "handed-over", "no-further-steps", "other"] as const;

/** Does it cross the line? The first one also starts the work. */
export function NormTestForm({ handle, m, done }: FormProps): JSX.Element {
  const [outcome, setOutcome] = useState<NormTestBody["outcome"] | null>(null);
  const [norm, setNorm] = useState("");
  const [explanation, setExplanation] = useState("");
  const [checked, setChecked] = useState(false);
  const words = m.normTest;
  return (
    <SendForm
      button={words.save}
      ready={() => {
        setChecked(true);
        return outcome !== null;
      }}
      send={async () => {
        if (outcome !== null) await done(recordNormTest(handle, { outcome, norm, explanation }));
      }}
    >
      <Choice
        legend={words.legend}
        error={checked && outcome === null ? words.missing : null}
        options={norms.map((value) => ({ value, ...m.norm[value] }))}
        value={outcome}
        onChoose={setOutcome}
      />
      <Field label={words.norm} hint={words.normHint} optional maxLength={400} value={norm} onInput={setNorm} />
      <TextArea label={words.why} rows={3} optional value={explanation} onInput={setExplanation} />
    </SendForm>
  );
}

/** How serious is it? A person decides; there is no score. */
export function SeriousnessForm({ handle, m, done }: FormProps): JSX.Element {
  const [level, setLevel] = useState<SeriousnessBody["level"] | null>(null);
  const [grounds, setGrounds] = useState("");
  const [advised, setAdvised] = useState("");
  const [checked, setChecked] = useState(false);
  const words = m.seriousness;
  return (
    <SendForm
      button={words.save}
      ready={() => {
        setChecked(true);
        return level !== null;
      }}
      send={async () => {
        if (level !== null) await done(recordSeriousness(handle, { level, grounds, advised }));
      }}
    >
      <Choice
        legend={words.legend}
        columns={2}
        error={checked && level === null ? words.missing : null}
        options={levels.map((value) => ({ value, title: m.levels[value] }))}
        value={level}
        onChoose={setLevel}
      />
      <TextArea label={words.grounds} rows={3} optional value={grounds} onInput={setGrounds} />
      <TextArea label={words.advised} rows={3} optional maxLength={10_000} value={advised} onInput={setAdvised} />
    </SendForm>
  );
}

/** How it ended, and what the reporter is told: never empty. */
export function CloseForm({ handle, m, done }: FormProps): JSX.Element {
  const [outcome, setOutcome] = useState<OutcomeBody["outcome"] | null>(null);
  const [feedback, setFeedback] = useState("");
  const [aftercare, setAftercare] = useState("");
  const [checked, setChecked] = useState(false);
  const words = m.close;
  return (
    <SendForm
      button={words.save}
      ready={() => {
        setChecked(true);
        return outcome !== null && feedback.trim() !== "";
      }}
      send={async () => {
        if (outcome !== null) await done(closeReport(handle, { outcome, feedback, aftercare }));
      }}
    >
      <Choice
        legend={words.legend}
        error={checked && outcome === null ? words.missing : null}
        options={outcomes.map((value) => ({ value, title: m.outcomes[value] }))}
        value={outcome}
        onChoose={setOutcome}
      />
      <TextArea
        label={words.feedback}
        hint={words.feedbackHint}
        rows={3}
        error={checked && feedback.trim() === "" ? words.feedbackMissing : null}
        value={feedback}
        onInput={setFeedback}
      />
      <TextArea label={words.aftercare} rows={3} optional maxLength={10_000} value={aftercare} onInput={setAftercare} />
    </SendForm>
  );
}

/** The reporter ends it; a reason may stay out. */
export function WithdrawForm({ handle, m, done }: FormProps): JSX.Element {
  const [reason, setReason] = useState("");
  const words = m.withdraw;
  return (
    <SendForm button={words.go} look="final" send={() => done(withdrawReport(handle, reason))}>
      <Notice tone="amber">
        <p>{words.text}</p>
      </Notice>
      <TextArea label={words.reason} rows={3} optional value={reason} onInput={setReason} />
    </SendForm>
  );
}
