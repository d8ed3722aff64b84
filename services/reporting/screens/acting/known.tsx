/** What a page under "Stappen" reads of the dossier before it draws: what was made ready, the first telling, the files. Used by the three pages beside it. */
import type { ComponentType, JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { DossierHandle } from "#services/dossier/client/index.ts";
import { WithDossier, type OpenedDossierPage } from "#services/dossier/screens/opened.tsx";
import { ButtonLink, ErrorState, Page, Skeleton, useMessages } from "#services/interface/index.ts";
import type { EvidenceItem } from "#services/reporting/acting/index.ts";
import { openReport, preparationsOf, type Preparations } from "#services/reporting/client/index.ts";
import { evidenceOf, reportOf } from "#services/reporting/client/papers/evidence.ts";
import type { ReportBody } from "#services/reporting/contract/index.ts";
import "./acting.css";
import { en } from "./en.ts";
import { nl, type Messages } from "./nl.ts";

/** Everything a page draws from. */
export interface Known {
  readonly prepared: Preparations;
  readonly report: ReportBody | null;
  readonly evidence: readonly EvidenceItem[];
}

/** What a page gets. */
export interface ActingProps extends OpenedDossierPage {
  readonly known: Known;
  readonly m: Messages;
}

const read = async (handle: DossierHandle): Promise<Known> => {
  const [prepared, report, evidence] = await Promise.all([preparationsOf(handle), reportOf(handle), evidenceOf(handle)]);
  return { prepared, report, evidence };
};

/** Opens the report, reads it, and draws the page. @param title heading while nothing is open yet */
export function ActingPage({
  id,
  title,
  Draw,
}: {
  readonly id: string;
  readonly title: (m: Messages) => string;
  readonly Draw: ComponentType<ActingProps>;
}): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const [Reading] = useState<ComponentType<OpenedDossierPage>>(
    () =>
      function Drawn(page: OpenedDossierPage): JSX.Element {
        return <Open {...page} title={title} Draw={Draw} />;
      },
  );
  return <WithDossier id={id} title={title(m)} open={openReport} Draw={Reading} />;
}

function Open({
  title,
  Draw,
  ...page
}: OpenedDossierPage & { readonly title: (m: Messages) => string; readonly Draw: ComponentType<ActingProps> }): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  const [known, setKnown] = useState<Known | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    read(page.handle).then(setKnown, setError);
  }, [page.handle, page.version]);
  if (error !== null || known === null)
    return (
      <Page title={title(m)} lock={page.lock}>
        {error === null ? <Skeleton lines={6} /> : <ErrorState error={error} />}
      </Page>
    );
  return <Draw {...page} known={known} m={m} />;
}

/** The ways out at the foot of every page. */
export function WaysOut({ id, m }: { readonly id: string; readonly m: Messages }): JSX.Element {
  return (
    <div class="actions">
      <ButtonLink to={`/stappen/${id}`} look="quiet" icon="back">
        {m.toSteps}
      </ButtonLink>
      <ButtonLink to={`/dossier/${id}`} look="quiet">
        {m.toDossier}
      </ButtonLink>
    </div>
  );
}

/** One list of sentences under a heading. */
export function Sentences({
  title,
  items,
  ordered = false,
}: {
  readonly title: string;
  readonly items: readonly string[];
  readonly ordered?: boolean;
}): JSX.Element | null {
  if (items.length === 0) return null;
  const rows = items.map((item) => <li key={item}>{item}</li>);
  return (
    <section class="stack-small">
      <h2>{title}</h2>
      {ordered ? <ol class="numbered">{rows}</ol> : <ul class="words">{rows}</ul>}
    </section>
  );
}
