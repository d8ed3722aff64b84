/** Tells the dossier page how a scan looks. Reading and messages are here; the pages per role (request, visit, advice, measures) are not built yet: `rugdekking scan` does those steps. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Attachments } from "#services/dossier/screens/attachments.tsx";
import { registerKind, type ActionProps, type EntryProps } from "#services/dossier/screens/kinds.ts";
import { WriteMessage } from "#services/dossier/screens/write-message.tsx";
import { ErrorState, Skeleton, useLanguage, useMessages, writeMoment, type Language } from "#services/interface/index.ts";
import { readScan } from "#services/scanning/client/request.ts";
import { sendScanMessage } from "#services/scanning/client/provision.ts";
import type { ScanContent } from "#services/scanning/contract/index.ts";
import { scan } from "#services/scanning/workflow/index.ts";
import { en } from "./en.ts";
import { nl, type Messages } from "./nl.ts";

/** The words of an entry as lines; lists of measures and findings become one line each. */
function linesOf({ kind, body }: ScanContent, m: Messages, language: Language): readonly string[] {
  switch (kind) {
    case "request":
      return [body.name, body.address, body.reasons];
    case "entitlement":
      return [body.article, body.explanation];
    case "assignment":
      return [body.expertName, body.note];
    case "appointment":
      return [writeMoment(language, body.start), body.placeNote];
    case "visit":
      return [body.note, ...body.findings.map(({ observation }) => observation)];
    case "threat-analysis":
      return [body.history, body.localInformation, body.conclusion];
    case "risk-assessment":
      return [...body.rows.map(({ scenario }) => scenario), body.remainingRisk];
    case "advice":
      return [
        ...body.sections.flatMap(({ title, text }) => [title, text]),
        ...body.measures.map(({ what, why, costLow, costHigh }) => `${what}: ${why} (${m.cost(costLow, costHigh)})`),
      ];
    case "return":
      return [...body.reasons.map(({ reason }) => reason), body.note];
    case "adoption":
      return [body.statement, m.decided(body.signedBy.name, body.signedBy.office)];
    case "provision-list":
      return body.lines.map(({ what, costLow, costHigh }) => `${what} (${m.cost(costLow, costHigh)})`);
    case "measure":
      return [body.reason];
    case "message":
      return [body.text];
    case "withdrawal":
      return [body.reason];
    case "submission":
    case "completion":
    case "evidence":
      return [body.note];
  }
}

function ScanEntry({ handle, entry }: EntryProps): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const language = useLanguage();
  const [content, setContent] = useState<ScanContent | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    readScan(handle, entry).then(setContent, setError);
  }, [handle, entry.hash]);
  if (error !== null) return <ErrorState error={error} />;
  if (content === null) return <Skeleton lines={2} />;
  return (
    <div class="stack-small words">
      {linesOf(content, m, language)
        .filter((line) => line.trim() !== "")
        .map((line, place) => (
          <p key={place}>{line}</p>
        ))}
      {"attachments" in content.body && <Attachments handle={handle} entry={entry} notes={content.body.attachments} />}
    </div>
  );
}

function ScanActions({ handle, onChange }: ActionProps): JSX.Element | null {
  const may = scan.entries.message.by.some((role) => handle.view.roles.includes(role)) && scan.entries.message.in.some((phase) => phase === handle.view.phase);
  if (!may) return null;
  return (
    <section class="card">
      <WriteMessage onSend={(words) => sendScanMessage(handle, words).then(onChange)} />
    </section>
  );
}

registerKind({
  kind: "scan",
  workflow: scan,
  title: { nl: nl.title, en: en.title },
  phase: (phase, language) => (language === "nl" ? nl : en).phases[phase] ?? phase,
  entryName: (kind, language) => (language === "nl" ? nl : en).entries[kind] ?? kind,
  Entry: ScanEntry,
  Actions: ScanActions,
});
