/** Whether the reader may write an entry or take an action now, by the one table. Used by every part of a set. */
import type { DossierHandle } from "#services/dossier/client/index.ts";
import type { EntryKind } from "#services/dossier/contract/index.ts";
import { allowedEntries } from "#services/dossier/workflow/enforce.ts";

/** Whether an entry of this kind may be written, by itself or with the action of a first division. */
export function may(handle: DossierHandle, kind: EntryKind): boolean {
  const { phase, roles, actions } = handle.view;
  if (allowedEntries(handle.workflow, phase, roles).includes(kind)) return true;
  return kind === "assignment" && (actions.includes("divide") || actions.includes("resume"));
}
