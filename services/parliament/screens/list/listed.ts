/** The sets a reader's desks have to do with, from their covers: what the list is drawn from without opening a dossier. Pure but for the reading. */
import { Check } from "typebox/value";
import type { OpenDesk, Session } from "#services/directory/client/index.ts";
import { openCovers, readWorklist } from "#services/dossier/client/index.ts";
import { SetCover } from "#services/parliament/contract/set.ts";

/** One set in the list. */
export interface ListedSet {
  readonly id: string;
  readonly phase: string;
  readonly changed: string;
  /** Null when this device cannot open it. */
  readonly cover: SetCover | null;
}

const over = new Set(["sent", "published", "withdrawn"]);
/** Whether nothing is due to the Kamer any more. */
export const isOver = ({ phase }: Pick<ListedSet, "phase">): boolean => over.has(phase);

/** The longest late first, then what is due first; what has no day is looked at before what has one; what is over comes last, newest first. */
export function byDue(a: ListedSet, b: ListedSet): number {
  if (isOver(a) !== isOver(b)) return isOver(a) ? 1 : -1;
  if (isOver(a)) return b.changed.localeCompare(a.changed);
  return (a.cover?.due ?? "").localeCompare(b.cover?.due ?? "");
}

/** The sets of these desks, each once. */
export async function listSets(session: Session, desks: readonly OpenDesk[]): Promise<ListedSet[]> {
  const found = new Map<string, ListedSet>();
  for (const desk of desks)
    for await (const { lines } of readWorklist(session, desk.id, { pageSize: 500 })) {
      const wanted = lines.filter(({ kind }) => kind === "question-set");
      const covers = await openCovers(wanted, desk.keys);
      for (const [place, { id, phase, changed }] of wanted.entries()) {
        const cover = covers[place];
        if (found.get(id)?.cover === undefined || found.get(id)?.cover === null)
          found.set(id, { id, phase, changed, cover: Check(SetCover, cover) ? cover : null });
      }
    }
  return [...found.values()].toSorted(byDue);
}
