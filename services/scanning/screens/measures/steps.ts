/** Which steps of a measure's small life are open to whom: read from the workflow table, the reader's roles and the state of the measure. Used by the measures page. */
import type { DossierHandle } from "#services/dossier/client/index.ts";
import { mayWrite } from "#services/dossier/workflow/enforce.ts";
import type { MeasureLife } from "#services/scanning/client/index.ts";
import type { MeasureBody } from "#services/scanning/contract/index.ts";
import type { MeasureState } from "#services/scanning/contract/provision.ts";

export type MeasureStep = MeasureBody["state"];

/** What the table is asked about. */
type Asked = Pick<DossierHandle, "workflow" | "mine"> & { readonly view: Pick<DossierHandle["view"], "phase" | "roles" | "actions"> };

/** Whether the reader may write a step now, in the table's eyes. */
export const mayStep = ({ workflow, view }: Asked): boolean => view.actions.includes("provide") || mayWrite(workflow, view, "measure");

/** Steps that make sense from here, the next one first; empty when the table lets the reader write none. */
export function openSteps(handle: Asked, { line, state }: Pick<MeasureLife, "line" | "state">): MeasureStep[] {
  if (!mayStep(handle)) return [];
  if (handle.mine) return ownerSteps(state);
  const given: MeasureStep = line.provided === "on-loan" ? "on-loan" : "placed";
  switch (state) {
    case "advised":
      return ["ordered", given];
    case "ordered":
      return [given];
    case "on-loan":
      return ["returned"];
    case "checked":
      return line.provided === "on-loan" ? ["returned"] : [];
    case "placed":
    case "declined":
    case "returned":
      return [];
  }
}

function ownerSteps(state: MeasureState): MeasureStep[] {
  switch (state) {
    case "advised":
    case "ordered":
      return ["declined"];
    case "placed":
    case "on-loan":
      return ["checked"];
    case "checked":
    case "declined":
    case "returned":
      return [];
  }
}

/** The states a measure passes when all goes well, in order. */
export const lifeOf = ({ line, state }: Pick<MeasureLife, "line" | "state">): readonly MeasureState[] => {
  if (state === "declined") return ["advised", "declined"];
  const given: MeasureState = line.provided === "on-loan" ? "on-loan" : "placed";
  return state === "returned" ? ["advised", "ordered", given, "returned"] : ["advised", "ordered", given, "checked"];
};
