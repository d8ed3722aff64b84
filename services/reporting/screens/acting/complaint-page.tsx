/** /stappen/:id/aangifte: the facts for a criminal complaint, in five short steps; then the document. Nothing is sent, and nothing here says that something is a crime. */
import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import { Resumed, SavingLine } from "#services/dossier/screens/half-typed.tsx";
import { useKept } from "#services/dossier/screens/kept-draft.ts";
import { PaperList } from "#services/dossier/screens/papers/paper-list.tsx";
import { Arrived, Button, ErrorState, Notice, Page, Steps, useMessages, type PageProps } from "#services/interface/index.ts";
import { answersFrom, complaintGaps, formsBeyond, suggestedArticles } from "#services/reporting/acting/index.ts";
import { prepare } from "#services/reporting/client/index.ts";
import type { ComplaintPreparation } from "#services/reporting/contract/preparation.ts";
import { ActionForm } from "#services/reporting/screens/entries/action-form.tsx";
import { en as entriesEn } from "#services/reporting/screens/entries/en.ts";
import { nl as entriesNl, type Messages as EntryMessages } from "#services/reporting/screens/entries/nl.ts";
import { StepArticles, StepFiles, StepQuestions, StepWho } from "./complaint-steps.tsx";
import { actingDrafts, complaintDraft, heldBy, isComplaintDraft } from "./drafts.ts";
import { ActingPage, Sentences, WaysOut, type ActingProps, type Known } from "./known.tsx";

/** What the form starts from: what was kept, else what the report answers. */
function firstOf({ prepared, report, evidence }: Known): ComplaintPreparation {
  if (prepared.complaint !== null) return prepared.complaint;
  const nothing = { who: "", what: "", where: "", "with-what": "", "in-what-way": "", when: "", why: "" };
  return {
    version: 1,
    type: "complaint",
    by: "employer",
    person: { name: report?.reporterName ?? "", function: report?.function ?? null, organisation: report?.organisationName ?? "" },
    filer: { name: "", office: "" },
    domicile: { name: report?.organisationName ?? "", address: "", place: "" },
    contact: "",
    prosecution: true,
    answers: report === null ? nothing : answersFrom(report),
    articles: suggestedArticles(report?.what ?? []).map((id) => ({ id, elements: [], note: "" })),
    evidence: evidence.map(({ item }) => item),
  };
}

export default function ComplaintPage({ parameters }: PageProps): JSX.Element {
  return <ActingPage id={parameters["id"] ?? ""} title={(m) => m.complaint.title} Draw={Complaint} />;
}

function Complaint({ handle, lock, known, reload, m }: ActingProps): JSX.Element {
  const w = m.complaint;
  const [first] = useState(() => ({ held: heldBy(known.prepared.complaint), given: firstOf(known) }));
  const { value, revise, saving, resumed, drop } = useKept(actingDrafts, complaintDraft(handle.id), isComplaintDraft, first);
  const { given } = value;
  const latest = useRef(given);
  latest.current = given;
  const [step, setStep] = useState(0);
  const [busy, setBusy] = useState(false);
  const [kept, setKept] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const change = (part: Partial<ComplaintPreparation>): void => {
    setKept(false);
    revise((now) => ({ ...now, given: { ...now.given, ...part } }));
  };
  const go = (to: number): void => {
    setKept(false);
    setStep(to);
  };
  const keep = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      await prepare(handle, given);
      const held = heldBy(given);
      // What was typed while it was sent stays, as a draft begun from what is in the dossier now.
      if (latest.current === given) await drop({ held, given });
      else revise((now) => ({ ...now, held }));
      await handle.refresh();
      setKept(latest.current === given);
    } catch (thrown) {
      setError(thrown);
    }
    setBusy(false);
  };
  const part = { given, change, m };
  const last = w.steps.length - 1;
  return (
    <Page title={w.title} lead={w.leads[step]} lock={lock} part={step} above={<Steps names={w.steps} now={step} onGo={go} />}>
      {resumed && <Resumed newer={value.held !== first.held} onThrow={() => void drop(first)} />}
      {step === 0 && <StepQuestions {...part} suggested={known.prepared.complaint === null && known.report !== null} />}
      {step === 1 && <StepWho {...part} />}
      {step === 2 && <StepArticles {...part} beyond={formsBeyond(known.report?.what ?? []).length > 0} />}
      {step === 3 && <StepFiles {...part} evidence={known.evidence} />}
      {step === last && <Check given={given} kept={kept} handle={handle} m={m} reload={reload} />}
      {error !== null && <ErrorState error={error} />}
      {kept && step < last && (
        <Arrived>
          <Notice title={m.kept} live />
        </Arrived>
      )}
      <div class="actions">
        {step === last ? (
          !kept && (
            <Button icon="lock" busy={busy} onPress={() => void keep()}>
              {m.keep}
            </Button>
          )
        ) : (
          <Button icon="arrow" iconLast onPress={() => go(step + 1)}>
            {m.next}
          </Button>
        )}
        {step > 0 && (
          <Button look="quiet" onPress={() => go(step - 1)}>
            {m.back}
          </Button>
        )}
        {step < last && !kept && (
          <Button look="second" size="small" icon="lock" busy={busy} onPress={() => void keep()}>
            {m.keepNow}
          </Button>
        )}
      </div>
      <SavingLine saving={saving} />
      <WaysOut id={handle.id} m={m} />
    </Page>
  );
}

/** What is still empty, the warning, and once it was kept: the document and what comes after. */
function Check({
  given,
  kept,
  handle,
  m,
  reload,
}: Pick<ActingProps, "handle" | "m" | "reload"> & { readonly given: ComplaintPreparation; readonly kept: boolean }): JSX.Element {
  const w = m.complaint;
  const entries = useMessages<EntryMessages>({ nl: entriesNl, en: entriesEn });
  const gaps = complaintGaps(given);
  return (
    <div class="stack">
      {gaps.length === 0 ? (
        <p>{w.gapsNone}</p>
      ) : (
        <section class="stack-small">
          <h2>{w.gapsTitle}</h2>
          <ul class="words">
            {gaps.map((gap) => (
              <li key={gap}>{w.gaps[gap]}</li>
            ))}
          </ul>
          <p class="soft">{w.gapsText}</p>
        </section>
      )}
      <Notice tone="amber" title={w.warningTitle}>
        <ul class="words">
          {w.warnings.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </Notice>
      {kept && (
        <>
          <Arrived>
            <Notice title={m.kept} live />
          </Arrived>
          <PaperList
            offers={[
              {
                key: `complaint-${handle.view.lastSeq}`,
                ...w.paper,
                make: async (set) => {
                  const { complaintPaperOf } = await import("#services/reporting/client/papers/index.ts");
                  return await set(await complaintPaperOf(handle, given));
                },
              },
            ]}
          />
          <Sentences title={w.afterTitle} items={w.after} ordered />
          <Recording handle={handle} m={m} entries={entries} reload={reload} />
        </>
      )}
    </div>
  );
}

/** The desk writes down number and VPT code as the action it is; the person passes the number on. */
function Recording({ handle, m, entries, reload }: Pick<ActingProps, "handle" | "m" | "reload"> & { readonly entries: EntryMessages }): JSX.Element {
  const w = m.complaint;
  const [open, setOpen] = useState(false);
  if (!handle.view.roles.includes("safety-desk") || !["taken-up", "in-hand", "waiting"].includes(handle.view.phase)) return <p class="soft">{w.recordMine}</p>;
  if (!open)
    return (
      <div class="actions">
        <Button look="second" icon="shield" onPress={() => setOpen(true)}>
          {w.record}
        </Button>
      </div>
    );
  return (
    <Arrived>
      <section class="card">
        <h2>{w.record}</h2>
        <ActionForm
          handle={handle}
          m={entries}
          done={async (sending) => {
            await sending;
            setOpen(false);
            await reload();
          }}
        />
      </section>
    </Arrived>
  );
}
