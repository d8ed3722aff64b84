/** Which reports a person's own evidence may go into. The pages that hand messages and captures over ask it. */
import type { Session } from "#services/directory/client/index.ts";
import { listDossiers } from "#services/dossier/client/index.ts";
import type { DossierRole, DossierView } from "#services/dossier/contract/index.ts";
import { mayWrite } from "#services/dossier/workflow/enforce.ts";
import { report } from "#services/reporting/workflow/index.ts";

type Told = Pick<DossierView, "id" | "kind" | "phase" | "opened"> & { readonly roles: readonly DossierRole[] };

/**
 * Of these dossiers the reports that take evidence from this reader and that they filed themselves, newest first. A desk may add evidence to every report it handles, so that being
 * allowed to is not enough: private messages would be offered to the dossier of a stranger.
 * @param came the dossier the reader came from on purpose; it stands among them when they may add evidence there
 */
export function reportsOf<T extends Told>(dossiers: readonly T[], came: string | null): T[] {
  return dossiers
    .filter(({ id, kind, roles }) => kind === "report" && (roles.includes(report.owner) || id === came))
    .filter((view) => mayWrite(report, view, "evidence"))
    .toSorted((a, b) => (a.opened < b.opened ? 1 : -1));
}

/** {@link reportsOf} what this session may read. @throws Problem */
export const ownReports = async (session: Session, came: string | null = null): Promise<DossierView[]> => reportsOf(await listDossiers(session), came);
