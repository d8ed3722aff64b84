/** Tells the dossier page how a report looks: its phases and entries in words, and what the desk or the reporter may do. Loaded by apps/web. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Attachments } from "#services/dossier/screens/attachments.tsx";
import { registerKind, type ActionProps, type EntryProps } from "#services/dossier/screens/kinds.ts";
import { WriteMessage } from "#services/dossier/screens/write-message.tsx";
import { ErrorState, Field, Skeleton, useMessages } from "#services/interface/index.ts";
import { readReport } from "#services/reporting/client/file.ts";
import { closeReport, recordAction, recordNormTest, sendMessage, takeUp } from "#services/reporting/client/steps.ts";
import type { ReportContent } from "#services/reporting/contract/index.ts";
import { report } from "#services/reporting/workflow/index.ts";
import { en } from "./dossier-en.ts";
import { nl, type DossierMessages } from "./dossier-nl.ts";

/** The words of an entry, oldest first, as short paragraphs. */
function wordsOf(content: ReportContent, m: DossierMessages): readonly string[] {
  switch (content.kind) {
    case "report":
      return [content.body.inOwnWords, ...content.body.what.map((form) => m.forms[form]), content.body.where, content.body.when.words];
    case "message":
      return [content.body.text];
    case "evidence":
      return [content.body.note];
    case "norm-test":
      return [m.norm[content.body.outcome], content.body.explanation];
    case "seriousness":
      return [m.levels[content.body.level], content.body.grounds, content.body.advised];
    case "action":
      return content.body.type === "complaint" ? [m.complaint(content.body.number, content.body.vptCode), content.body.note] : [content.body.note];
    case "outcome":
      return [content.body.feedback, content.body.aftercare];
    case "referral":
      return [m.shared(content.body.to.name, content.body.items.length), content.body.purpose];
    case "withdrawal":
      return [content.body.reason];
  }
}

function ReportEntry({ handle, entry }: EntryProps): JSX.Element {
  const m = useMessages<DossierMessages>({ nl, en });
  const [content, setContent] = useState<ReportContent | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    readReport(handle, entry).then(setContent, setError);
  }, [handle, entry.hash]);
  if (error !== null) return <ErrorState error={error} />;
  if (content === null) return <Skeleton lines={2} />;
  return (
    <div class="stack-small words">
      {wordsOf(content, m)
        .filter((words) => words.trim() !== "")
        .map((words, place) => (
          <p key={place}>{words}</p>
        ))}
      {"attachments" in content.body && <Attachments handle={handle} entry={entry} notes={content.body.attachments} />}
    </div>
  );
}

/** Aangifte with its number and VPT code; the employer may file it (domain.md section 9, point 7). Without the code the national agreements do not apply. */
function Complaint({ handle, onChange, m }: ActionProps & { readonly m: DossierMessages }): JSX.Element {
  const [number, setNumber] = useState("");
  const [vptCode, setCode] = useState("");
  const today = new Date().toISOString().slice(0, 10);
  const save = (words: string): Promise<void> =>
    recordAction(handle, { type: "complaint", on: today, note: words, number, vptCode, by: "employer", functionStated: true }).then(onChange);
  return (
    <div class="stack-small">
      <Field label={m.complaintNumber} optional value={number} onInput={setNumber} />
      <Field label={m.complaintCode} hint={m.complaintCodeHint} optional value={vptCode} onInput={setCode} />
      <WriteMessage label={m.complaintNote} button={m.complaintSave} onSend={save} />
    </div>
  );
}

/** One thing at a time: what the phase asks of this reader. */
function ReportActions({ handle, onChange }: ActionProps): JSX.Element | null {
  const m = useMessages<DossierMessages>({ nl, en });
  const { actions, phase } = handle.view;
  const done = (step: Promise<unknown>): Promise<void> => step.then(onChange);
  return (
    <section class="card stack-medium">
      {actions.includes("take-up") && <WriteMessage label={m.firstAnswer} button={m.takeUp} onSend={(words) => done(takeUp(handle, words))} />}
      {actions.includes("start") && (
        <WriteMessage
          label={m.normWhy}
          button={m.start}
          onSend={(words) => done(recordNormTest(handle, { outcome: "crossing-the-line", norm: m.normName, explanation: words }))}
        />
      )}
      {phase !== "filed" && !actions.includes("start") && (
        <WriteMessage files onSend={(words, attachments) => done(sendMessage(handle, words, { attachments }))} />
      )}
      {phase === "filed" && !actions.includes("take-up") && (
        <WriteMessage files onSend={(words, attachments) => done(sendMessage(handle, words, { attachments }))} />
      )}
      {actions.includes("close") && (
        <details class="stack-small">
          <summary>{m.more}</summary>
          <Complaint handle={handle} onChange={onChange} m={m} />
          <WriteMessage
            label={m.feedback}
            button={m.close}
            onSend={(words) => done(closeReport(handle, { outcome: "handed-over", feedback: words, aftercare: "" }))}
          />
        </details>
      )}
    </section>
  );
}

registerKind({
  kind: "report",
  workflow: report,
  title: { nl: nl.title, en: en.title },
  phase: (phase, language) => (language === "nl" ? nl : en).phases[phase] ?? phase,
  entryName: (kind, language) => (language === "nl" ? nl : en).entries[kind] ?? kind,
  Entry: ReportEntry,
  Actions: ReportActions,
});
