/** /stappen/:id: what can be made ready for this report, one thing per page. */
import type { JSX } from "preact";
import { WithDossier, type OpenedDossierPage } from "#services/dossier/screens/opened.tsx";
import { ButtonLink, Page, useMessages, type PageProps } from "#services/interface/index.ts";
import { openReport } from "#services/reporting/client/index.ts";
import { en } from "./en.ts";
import { nl, type Messages } from "./nl.ts";
import { StepChoices } from "./panel.tsx";
import { Vanishing } from "./vanishing.tsx";

export default function StepsPage({ parameters }: PageProps): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  return <WithDossier id={parameters["id"] ?? ""} title={m.title} open={openReport} Draw={Steps} />;
}

function Steps({ handle, lock }: OpenedDossierPage): JSX.Element {
  const m = useMessages<Messages>({ nl, en });
  return (
    <Page title={m.title} lead={m.lead} lock={lock}>
      <StepChoices id={handle.id} />
      <Vanishing />
      <div class="actions">
        <ButtonLink to={`/dossier/${handle.id}`} look="quiet" icon="back">
          {m.toDossier}
        </ButtonLink>
      </div>
    </Page>
  );
}
