/** /maatregelen/:id: what is provided and what is waiting; the employer records, the person confirms or declines. The employer sees nothing here but the list. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import {
  Button,
  ButtonLink,
  Dialog,
  EmptyState,
  ErrorState,
  Notice,
  Page,
  ProgressBar,
  SendForm,
  Skeleton,
  TextArea,
  useInterfaceMessages,
  useMessages,
  type PageProps,
} from "#services/interface/index.ts";
import { complete, factFor, loansOf, measuresOf, type KnownMeasures } from "#services/scanning/client/index.ts";
import { CompletionBody, type ScanFact } from "#services/scanning/contract/index.ts";
import { en as sharedEn } from "#services/scanning/screens/en.ts";
import { Facts } from "#services/scanning/screens/entries/said.tsx";
import { isSettled } from "#services/scanning/contract/provision.ts";
import { nl as sharedNl, type Messages as Shared } from "#services/scanning/screens/nl.ts";
import { WithScan, type OpenedScan } from "#services/scanning/screens/opened.tsx";
import { en } from "./en.ts";
import { CountedFact, Due, Leaving } from "./due.tsx";
import { MeasureCard } from "./life.tsx";
import { nl, type Messages } from "./nl.ts";

export default function MeasuresPage({ parameters }: PageProps): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  return <WithScan id={parameters["id"] ?? ""} title={m.title} Draw={Measures} />;
}

type Known = KnownMeasures;

function Measures({ handle, lock, reload, version }: OpenedScan): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const shared = useMessages<Shared>({ nl: sharedNl, en: sharedEn });
  const [known, setKnown] = useState<Known | "none" | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [recorded, setRecorded] = useState(false);
  const [fact, setFact] = useState<ScanFact | null>(null);
  useEffect(() => {
    measuresOf(handle).then((found) => setKnown(found ?? "none"), setError);
    keptFact(handle).then(setFact, () => setFact(null));
  }, [handle, version]);
  const { mine, view } = handle;
  const employer = view.roles.includes("employer");
  const lead = mine ? m.leadMine : employer ? m.leadEmployer : m.leadOther;
  const others = !employer || view.roles.length > 1;
  const toDossier = (
    <ButtonLink to={`/dossier/${handle.id}`} look="second">
      {shared.toDossier}
    </ButtonLink>
  );
  if (error !== null || known === null)
    return (
      <Page title={m.title} lock={lock}>
        {error === null ? <Skeleton lines={6} /> : <ErrorState error={error} />}
      </Page>
    );
  if (known === "none")
    return (
      <Page title={m.title} lock={lock} part="none">
        <EmptyState icon="clock" title={m.notYet}>
          <p>{(mine ? shared.phasesMine : shared.phasesDesk)[view.phase] ?? m.notYetText}</p>
          <div class="actions">{toDossier}</div>
        </EmptyState>
      </Page>
    );
  const changed = (): void => {
    setRecorded(true);
    void reload();
  };
  const settled = known.measures.filter(({ state }) => isSettled(state)).length;
  const completion = handle.newest("completion");
  const closed = view.phase === "completed" && completion !== null;
  return (
    <Page title={m.title} lead={lead} lock={lock} width="wide" part="list">
      {closed && (
        <Notice title={m.completed}>
          <p>{m.completedOn(completion.header.at)}</p>
        </Notice>
      )}
      {recorded && !closed && <Notice title={m.recorded} live />}
      <section class="card card-tight">
        <Facts
          facts={[
            [m.forWhom, known.list.recipient.name],
            [m.contact, known.list.recipient.contact],
          ]}
        />
        <ProgressBar label={m.progress} done={settled} all={Math.max(1, known.measures.length)} words={m.progressOf(settled, known.measures.length)} />
      </section>
      <Due known={known} mine={mine} m={m} />
      {mine && view.phase === "adopted" && <p class="soft">{m.later}</p>}
      {known.measures.length === 0 && <p class="soft">{m.empty}</p>}
      {known.measures.map((life) => (
        <MeasureCard key={life.line.id} handle={handle} life={life} m={m} onChange={changed} />
      ))}
      {known.earlier.length > 0 && (
        <>
          <h2>{m.earlier}</h2>
          {known.earlier.map((life) => (
            <MeasureCard key={life.line.id} handle={handle} life={life} m={m} onChange={changed} />
          ))}
        </>
      )}
      <Totals known={known} m={m} />
      <Leaving handle={handle} known={known} m={m} onDone={changed} />
      {closed && fact !== null && <CountedFact fact={fact} m={m} />}
      {(view.actions.includes("complete") || (view.actions.includes("finish") && settled === known.measures.length)) && (
        <Completing handle={handle} known={known} m={m} onDone={changed} />
      )}
      <div class="actions no-print">
        {mine && (
          <ButtonLink to={`/signaal/${handle.id}`} look="second" icon="alert">
            {m.signal}
          </ButtonLink>
        )}
        {others && (
          <ButtonLink to={`/advies/${handle.id}`} look="second">
            {m.toAdvice}
          </ButtonLink>
        )}
        {toDossier}
      </div>
    </Page>
  );
}

/** The fact as the completion keeps it; null before that. */
async function keptFact(handle: OpenedScan["handle"]): Promise<ScanFact | null> {
  const entry = handle.newest("completion");
  return entry === null ? null : ((await handle.readBody(entry, CompletionBody)).fact ?? null);
}

function Totals({ known, m }: { readonly known: Known; readonly m: Messages }): JSX.Element {
  const shared = useMessages<Shared>({ nl: sharedNl, en: sharedEn });
  const { list, measures } = known;
  const spent = measures.reduce((sum, { steps }) => sum + (steps.findLast(({ body }) => body.cost !== null)?.body.cost ?? 0), 0);
  const loans = loansOf(known);
  return (
    <section class="card">
      <h2>{m.totals}</h2>
      <Facts
        facts={[
          [m.estimated, shared.cost(list.totalLow, list.totalHigh)],
          [m.spent, shared.euro(spent)],
        ]}
      />
      <h3>{m.loans}</h3>
      {loans.length === 0 ? (
        <p class="soft">{m.loansNone}</p>
      ) : (
        <>
          <ul class="words">
            {loans.map(({ line }) => (
              <li key={line.id}>{line.what}</li>
            ))}
          </ul>
          <p class="soft small">{m.loansText}</p>
        </>
      )}
    </section>
  );
}

/** Closing the scan: only when nothing is left to arrange, with a warning first. */
function Completing({
  handle,
  known: { measures },
  m,
  onDone,
}: Pick<OpenedScan, "handle"> & { readonly known: Known; readonly m: Messages; readonly onDone: () => void }): JSX.Element {
  const frame = useInterfaceMessages();
  const [open, setOpen] = useState(false);
  const [note, setNote] = useState("");
  const [fact, setFact] = useState<ScanFact | null>(null);
  useEffect(() => {
    factFor(handle).then(setFact, () => setFact(null));
  }, [handle, measures]);
  const left = measures.filter(({ state }) => !isSettled(state)).length;
  const unchecked = measures.filter(({ state }) => state === "placed" || state === "on-loan").length;
  if (left > 0) return <p class="soft">{m.complete.wait(left)}</p>;
  return (
    <div class="actions no-print">
      <Button icon="check" onPress={() => setOpen(true)}>
        {m.complete.open}
      </Button>
      {open && (
        <Dialog open title={m.complete.title} onClose={() => setOpen(false)}>
          <SendForm
            button={m.complete.save}
            look="final"
            send={async () => {
              await complete(handle, note);
              onDone();
            }}
          >
            <Notice tone="amber">
              <p>{m.complete.text}</p>
              {unchecked > 0 && <p>{m.complete.unchecked(unchecked)}</p>}
            </Notice>
            {fact !== null && <CountedFact fact={fact} m={m} />}
            <TextArea label={m.complete.note} optional rows={2} value={note} onInput={setNote} />
          </SendForm>
          <Button look="quiet" size="small" onPress={() => setOpen(false)}>
            {frame.cancel}
          </Button>
        </Dialog>
      )}
    </div>
  );
}
