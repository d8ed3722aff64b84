/** What stands there after a step on the advice was taken: that it worked, and what happens next. Used by the advice page. */
import type { JSX } from "preact";
import { ButtonLink, Page, useMessages } from "#services/interface/index.ts";
import { en as sharedEn } from "#services/scanning/screens/en.ts";
import { nl as sharedNl, type Messages as Shared } from "#services/scanning/screens/nl.ts";
import type { OpenedScan } from "#services/scanning/screens/opened.tsx";
import type { Messages } from "./nl.ts";

/** Steps that end on this page. */
export type Done = "handed-in" | "returned" | "adopted" | "handed-over";

/** What every view of the advice is given. */
export interface ViewProps extends Pick<OpenedScan, "handle" | "lock"> {
  readonly m: Messages;
  readonly onDone: (done: Done) => void;
}

export function DonePage({ done, handle, lock, m }: Omit<ViewProps, "onDone"> & { readonly done: Done }): JSX.Element {
  const shared = useMessages<Shared>({ nl: sharedNl, en: sharedEn });
  const words = {
    "handed-in": [m.handIn.done, m.handIn.doneText],
    returned: [m.weigh.returned, m.weigh.returnedText],
    adopted: [m.sign.done, m.sign.doneText],
    "handed-over": [m.handOver.done, m.sign.doneText],
  } as const;
  const [title, lead] = words[done];
  return (
    <Page title={title} lead={lead} lock={lock} part={done}>
      <div class="actions">
        <ButtonLink to="/advies" icon="arrow" iconLast>
          {shared.toList}
        </ButtonLink>
        <ButtonLink to={`/dossier/${handle.id}`} look="second">
          {shared.toDossier}
        </ButtonLink>
      </div>
    </Page>
  );
}
