/** The scans a person has to do with, by role: what the list pages of visit, advice and measures show. Called by screens. */
import { Check } from "typebox/value";
import type { OpenDesk, Session } from "#services/directory/client/index.ts";
import { listDossiers, openCovers, readWorklist } from "#services/dossier/client/index.ts";
import { DossierView, type Term, type WorklistLine } from "#services/dossier/contract/index.ts";
import { ScanCover } from "#services/scanning/contract/index.ts";

/** One scan in a list. */
export interface ListedScan {
  readonly id: string;
  readonly phase: string;
  readonly opened: string;
  /** Moment of the last entry; null for the person's own scans. */
  readonly changed: string | null;
  readonly term: Term | null;
  /** Few words about it; null for the person's own scans and for desks that hold only a part. */
  readonly cover: ScanCover | null;
}

const lineOf = (
  { id, phase, opened, term, changed = null }: Pick<WorklistLine, "id" | "phase" | "opened" | "term"> & { readonly changed?: string | null },
  cover: unknown,
): ListedScan => ({
  id,
  phase,
  opened,
  changed,
  term,
  cover: Check(ScanCover, cover) ? cover : null,
});

/** The person's own scans, newest first. @throws {@link Problem} session-missing, unavailable. */
export async function ownScans(session: Session): Promise<ListedScan[]> {
  const views = await listDossiers(session);
  return views
    .filter(({ kind }) => kind === "scan")
    .map(({ id, phase, opened, term }) => lineOf({ id, phase, opened, term }, null))
    .toSorted((a, b) => b.opened.localeCompare(a.opened));
}

/** A desk's scans in these phases, in the order of its worklist (what is due first). @throws {@link Problem} role-forbidden, unavailable. */
export async function deskScans(session: Session, desk: OpenDesk, phases: readonly string[]): Promise<ListedScan[]> {
  const found: ListedScan[] = [];
  for await (const { lines } of readWorklist(session, desk.id, { pageSize: 500 })) {
    const wanted = lines.filter(({ kind, phase }) => kind === "scan" && phases.includes(phase));
    const covers = await openCovers(wanted, desk.keys);
    found.push(...wanted.map((line, place) => lineOf(line, covers[place] ?? null)));
  }
  return found;
}

/** Which of these scans are assigned to the person in person. Asks the server once per scan, a few at a time. @throws {@link Problem} unavailable. */
export async function assignedToMe(session: Session, scans: readonly ListedScan[]): Promise<ReadonlySet<string>> {
  const mine = new Set<string>();
  for (let at = 0; at < scans.length; at += 8) {
    const views = await Promise.all(scans.slice(at, at + 8).map(({ id }) => session.connection.get(`/api/v1/dossiers/${encodeURIComponent(id)}`, DossierView)));
    for (const view of views) if (view.roles.includes("expert")) mine.add(view.id);
  }
  return mine;
}
