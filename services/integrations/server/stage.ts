/** How much of a dossier's phase goes outside; for this room. */
import type { OutgoingChange } from "#services/dossier/store/outgoing.ts";
import type { Workflows } from "#services/dossier/workflow/enforce.ts";

/**
 * Open while somebody owes something, ended when no term runs in the phase.
 *
 * [Note: Open or ended] The phase of a signal says how police and OM weighed it: "basic-policing" is a judgement, "nominated" more so, and the Wet politiegegevens is why they need not tell. The phase of a report tells
 * less, but still what a desk thinks of it. So outside a dossier is open or ended, unless the operator writes otherwise.
 */
export function stageOf(workflows: Workflows, { kind, phase }: Pick<OutgoingChange, "kind" | "phase">): "open" | "ended" {
  return workflows[kind].terms[phase] === undefined ? "ended" : "open";
}
