/** Reading an advice: what now, what will come, why, and the seal. For the person it is about, and for whoever else may read it; used by the advice page. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Button, ButtonLink, EmptyState, ErrorState, Notice, Page, Skeleton, useMessages } from "#services/interface/index.ts";
import { findingsOf, presentAdvice, type PresentAdvice, type RecordedFinding } from "#services/scanning/client/index.ts";
import { en as sharedEn } from "#services/scanning/screens/en.ts";
import { MeasuresTable } from "#services/scanning/screens/entries/measures-table.tsx";
import { Facts } from "#services/scanning/screens/entries/said.tsx";
import { SignatureSeal } from "#services/scanning/screens/entries/seal.tsx";
import { HousePicture, pinsOf } from "#services/scanning/screens/house/index.ts";
import { Papers } from "#services/scanning/screens/papers/papers-panel.tsx";
import { scan } from "#services/scanning/workflow/index.ts";
import { nl as sharedNl, type Messages as Shared } from "#services/scanning/screens/nl.ts";
import type { ViewProps } from "./done.tsx";
import { Rests } from "./rests.tsx";

export function Reading({ handle, lock, m }: Omit<ViewProps, "onDone">): JSX.Element {
  const shared = useMessages<Shared>({ nl: sharedNl, en: sharedEn });
  const [shown, setShown] = useState<(PresentAdvice & { readonly findings: readonly RecordedFinding[] }) | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    Promise.all([presentAdvice(handle), findingsOf(handle)]).then(([present, findings]) => setShown({ ...present, findings }), setError);
  }, [handle]);
  const w = m.read;
  const { mine, view } = handle;
  const title = mine ? w.title : w.titleDesk;
  const phases = mine ? shared.phasesMine : shared.phasesDesk;
  if (shown === null)
    return (
      <Page title={title} lock={lock}>
        {error === null ? <Skeleton lines={6} /> : <ErrorState error={error} />}
      </Page>
    );
  const { advice, adoption: seal, findings } = shown;
  const running = view.phase === "adopted" || view.phase === "providing";
  const { adopted, providing } = scan.terms;
  const toDossier = (
    <ButtonLink to={`/dossier/${handle.id}`} look="second">
      {shared.toDossier}
    </ButtonLink>
  );
  if (advice === null || (seal === null && mine))
    return (
      <Page title={title} lock={lock} part="not-yet">
        <EmptyState icon="clock" title={mine ? w.notYet : w.nothing}>
          <p>{phases[view.phase] ?? ""}</p>
          {mine && <p class="soft">{w.notYetText}</p>}
          <div class="actions">{toDossier}</div>
        </EmptyState>
      </Page>
    );
  return (
    <Page title={title} lock={lock} width="wide" part="advice">
      <section class="card dossier-now" aria-label={w.now}>
        <h2>{w.now}</h2>
        <p class="lead">{phases[view.phase] ?? ""}</p>
        <div class="actions no-print">
          {seal !== null && mine && <ButtonLink to={`/maatregelen/${handle.id}`}>{w.toMeasures}</ButtonLink>}
          {toDossier}
          <Button look="quiet" size="small" icon="print" onPress={() => print()}>
            {w.print}
          </Button>
        </div>
        {mine && seal !== null && running && (
          <section class="stack-small" aria-label={w.next}>
            <h3>{w.next}</h3>
            <ol class="numbered">
              {w.steps(adopted.length.workingDays, providing.length.workingDays).map((step) => (
                <li key={step}>
                  <span>{step}</span>
                </li>
              ))}
            </ol>
          </section>
        )}
      </section>
      {seal === null && <Notice tone="amber" title={w.draft} />}
      <section class="stack-medium">
        <h2>{w.measures}</h2>
        {mine && <p>{w.measuresText}</p>}
        <MeasuresTable show="advice" rows={advice.body.measures} />
      </section>
      {findings.some(({ finding }) => finding.ring !== "none") && (
        <section class="stack-medium">
          <h2>{mine ? w.house : w.houseDesk}</h2>
          <p>{w.houseText}</p>
          <HousePicture pins={pinsOf(findings.map(({ finding }) => finding))} />
        </section>
      )}
      <section class="stack-medium">
        <h2>{w.why}</h2>
        <Facts facts={[[m.weigh.address, advice.body.address]]} />
        {advice.body.sections.map(({ id, title: name, text }) => (
          <section key={id} class="stack-small">
            <h3>{name}</h3>
            <p class="story">{text}</p>
          </section>
        ))}
      </section>
      {seal !== null && <SignatureSeal handle={handle} entry={seal.entry} body={seal.body} />}
      <section class="stack-medium">
        <h2>{w.rests}</h2>
        <Rests handle={handle} m={m} />
      </section>
      <Papers handle={handle} kinds={seal === null ? ["advice", "provision", "explanation"] : ["advice", "provision", "explanation", "statement"]} />
    </Page>
  );
}
