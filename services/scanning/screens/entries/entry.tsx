/** How one entry of a scan reads in the story, each kind in its own way. Drawn by the dossier page through `register.tsx`. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { AttachmentNote } from "#services/dossier/contract/bodies.ts";
import type { EntryProps } from "#services/dossier/screens/kinds.ts";
import { OpenedEntry } from "#services/dossier/screens/opened-entry.tsx";
import { Icon, Tag, useLanguage, useMessages, writeDay, writeTime } from "#services/interface/index.ts";
import { measuresOf } from "#services/scanning/client/provision.ts";
import { adviceVersions } from "#services/scanning/client/round.ts";
import { readScan } from "#services/scanning/client/request.ts";
import type { AppointmentBody, MeasureBody, ReturnBody, ScanContent } from "#services/scanning/contract/index.ts";
import { en as sharedEn } from "#services/scanning/screens/en.ts";
import { AppointmentOff, DepartureView, NoShowView } from "#services/scanning/screens/planning/entry-views.tsx";
import { DecisionView } from "#services/scanning/screens/entitlement/decision-view.tsx";
import { nl as sharedNl, type Messages as Shared } from "#services/scanning/screens/nl.ts";
import { AdviceView, AnalysisView } from "./advice-view.tsx";
import { en } from "./en.ts";
import { VisitView } from "./findings.tsx";
import { MeasuresTable } from "./measures-table.tsx";
import { nl, type Messages } from "./nl.ts";
import { RequestView } from "./request-view.tsx";
import { RiskView } from "./risk-view.tsx";
import { Facts, Said } from "./said.tsx";
import { SignatureSeal } from "./seal.tsx";

const useShared = (): Shared => useMessages<Shared>({ nl: sharedNl, en: sharedEn });
const useWords = (): Messages => useMessages<Messages>({ nl, en });

/** A visit shows its photos where they belong. */
const filesOf = ({ kind, body }: ScanContent): readonly AttachmentNote[] => (kind !== "visit" && "attachments" in body ? body.attachments : []);

/** Opens the entry's body and draws it. */
export const ScanEntry = ({ handle, entry }: EntryProps): JSX.Element => (
  <OpenedEntry handle={handle} entry={entry} read={readScan} draw={(content) => <Body content={content} handle={handle} entry={entry} />} files={filesOf} />
);

function Body({ content, handle, entry }: EntryProps & { readonly content: ScanContent }): JSX.Element | null {
  const w = useWords();
  const language = useLanguage();
  switch (content.kind) {
    case "request":
      return <RequestView body={content.body} />;
    case "entitlement":
      return <DecisionView body={content.body} />;
    case "assignment":
      return (
        <Facts
          facts={[
            [w.facts.adviser, content.body.expertName],
            [w.facts.note, content.body.note],
          ]}
        />
      );
    case "appointment":
      return <AppointmentView body={content.body} />;
    case "visit":
      return <VisitView handle={handle} entry={entry} body={content.body} />;
    case "threat-analysis":
      return <AnalysisView body={content.body} />;
    case "risk-assessment":
      return <RiskView body={content.body} />;
    case "advice":
      return <AdviceView body={content.body} />;
    case "submission":
      return <Said words={content.body.note.trim() === "" ? w.submitted : content.body.note} />;
    case "return":
      return <ReturnView handle={handle} entry={entry} body={content.body} />;
    case "adoption":
      return <SignatureSeal handle={handle} entry={entry} body={content.body} />;
    case "provision-list":
      return (
        <>
          <Facts facts={[[w.facts.forWhom, [content.body.recipient.name, content.body.recipient.contact].filter((part) => part !== "").join(", ")]]} />
          <MeasuresTable show="provision" rows={content.body.lines} />
        </>
      );
    case "measure":
      return <MeasureStep handle={handle} entry={entry} body={content.body} />;
    case "completion":
      return (
        <>
          <Said words={content.body.note.trim() === "" ? w.completed : content.body.note} />
          <p class="soft">{content.body.onLoan.length === 0 ? w.noLoans : w.loans(content.body.onLoan.length)}</p>
        </>
      );
    case "no-show":
      return <NoShowView body={content.body} />;
    case "departure":
      return <DepartureView body={content.body} />;
    case "message":
      return (
        <>
          {entry.header.action === "replan" && <AppointmentOff />}
          <Said words={content.body.text} />
        </>
      );
    case "evidence":
      return <Said words={content.body.note} />;
    case "referral":
      return <Said words={w.sharedParts(content.body.to.name, content.body.items.length, writeDay(language, content.body.until))} />;
    case "withdrawal":
      return <Said words={content.body.reason.trim() === "" ? w.noReason : content.body.reason} />;
  }
}

function AppointmentView({ body }: { readonly body: AppointmentBody }): JSX.Element {
  const w = useWords();
  const language = useLanguage();
  return (
    <div class="appointment">
      <Icon name="clock" size={32} />
      <div>
        <p class="appointment-day">{writeDay(language, body.start)}</p>
        <p>
          {writeTime(language, body.start)}, {w.minutes(body.minutes)}
        </p>
        <Said words={body.placeNote} />
      </div>
    </div>
  );
}

/** Reasons with the name of the part they are about. */
function ReturnView({ handle, body }: EntryProps & { readonly body: ReturnBody }): JSX.Element {
  const w = useWords();
  const [titles, setTitles] = useState<ReadonlyMap<string, string>>(new Map());
  useEffect(() => {
    adviceVersions(handle).then(
      (versions) => setTitles(new Map(versions.flatMap(({ body: { sections } }) => sections.map(({ id, title }) => [id, title] as const)))),
      () => undefined,
    );
  }, [handle, body]);
  const parts: Readonly<Record<string, string>> = w.returnedParts;
  return (
    <>
      <Facts facts={body.reasons.map(({ section, reason }) => [parts[section] ?? titles.get(section) ?? w.section, reason] as const)} />
      <Said words={body.note} />
    </>
  );
}

function MeasureStep({ handle, body }: EntryProps & { readonly body: MeasureBody }): JSX.Element {
  const m = useShared();
  const w = useWords();
  const language = useLanguage();
  const [name, setName] = useState<string | null>(null);
  useEffect(() => {
    measuresOf(handle).then(
      (known) => setName(known?.measures.find(({ line }) => line.id === body.measure)?.line.what ?? null),
      () => undefined,
    );
  }, [handle, body]);
  return (
    <>
      <p>
        <strong>{name ?? w.measure}</strong> <Tag tone={body.state === "declined" ? "amber" : "accent"}>{m.states[body.state]}</Tag>
      </p>
      <Facts
        facts={[
          [w.facts.on, writeDay(language, body.on)],
          [w.facts.cost, body.cost === null ? "" : m.euro(body.cost)],
          [w.facts.reason, body.reason],
        ]}
      />
    </>
  );
}
