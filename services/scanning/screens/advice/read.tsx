/** Reading an advice: what now, what will come, why, and the seal. For the person it is about, and for whoever else may read it; used by the advice page. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { DossierEntry } from "#services/dossier/client/index.ts";
import { Button, ButtonLink, EmptyState, ErrorState, Notice, Page, Skeleton, useMessages } from "#services/interface/index.ts";
import { adviceVersions, newestInRound, type AdviceVersion } from "#services/scanning/client/index.ts";
import { AdoptionBody } from "#services/scanning/contract/index.ts";
import { en as sharedEn } from "#services/scanning/screens/en.ts";
import { MeasuresTable } from "#services/scanning/screens/entries/measures-table.tsx";
import { Facts } from "#services/scanning/screens/entries/said.tsx";
import { SignatureSeal } from "#services/scanning/screens/entries/seal.tsx";
import { nl as sharedNl, type Messages as Shared } from "#services/scanning/screens/nl.ts";
import type { ViewProps } from "./done.tsx";
import { Rests } from "./rests.tsx";

/** The adopted version with its seal, or the newest one that is not adopted yet. */
interface Shown {
  readonly advice: AdviceVersion | null;
  readonly seal: { readonly entry: DossierEntry; readonly body: AdoptionBody } | null;
}

async function shownOf(handle: ViewProps["handle"]): Promise<Shown> {
  const versions = await adviceVersions(handle);
  const entry = newestInRound(handle, "adoption");
  if (entry === null) return { advice: versions.at(-1) ?? null, seal: null };
  const decided = versions.find((version) => version.entry.header.body.item === entry.header.decides?.item);
  return { advice: decided ?? null, seal: { entry, body: await handle.readBody(entry, AdoptionBody) } };
}

export function Reading({ handle, lock, m }: Omit<ViewProps, "onDone">): JSX.Element {
  const shared = useMessages<Shared>({ nl: sharedNl, en: sharedEn });
  const [shown, setShown] = useState<Shown | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    shownOf(handle).then(setShown, setError);
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
  const { advice, seal } = shown;
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
      </section>
      {seal === null && <Notice tone="amber" title={w.draft} />}
      <section class="stack-medium">
        <h2>{w.measures}</h2>
        {mine && <p>{w.measuresText}</p>}
        <MeasuresTable show="advice" rows={advice.body.measures} />
      </section>
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
    </Page>
  );
}
