/** Which steps of a scan are open to its reader, the most needed first: read from the workflow table and the reader's roles. Used by the actions of a scan and its test. */
import type { EntryKind } from "#services/dossier/contract/index.ts";
import type { DossierHandle } from "#services/dossier/client/index.ts";
import { allowedEntries } from "#services/dossier/workflow/enforce.ts";

/** Done in a dialog of the dossier page. */
export type FormStep = "entitle" | "assign" | "plan" | "calendar" | "replan" | "no-show" | "message" | "evidence" | "move" | "withdraw";
/** Done on a page of its own. */
export type LinkStep = "visit" | "again" | "write" | "finish" | "weigh" | "handOver" | "read" | "provide" | "measures";

export type Step = { readonly is: "form"; readonly step: FormStep } | { readonly is: "link"; readonly step: LinkStep; readonly to: string };

/** What the table is asked about. */
export type Asked = Pick<DossierHandle, "id" | "workflow" | "mine"> & {
  readonly view: Pick<DossierHandle["view"], "phase" | "roles" | "actions">;
  newest(kind: EntryKind): unknown;
};

/** The steps in order; the first is the next one. */
export function stepsOf(asked: Asked): Step[] {
  const { id, workflow, view, mine } = asked;
  const has = (kind: EntryKind): boolean => asked.newest(kind) !== null;
  const { actions, roles, phase } = view;
  const kinds = allowedEntries(workflow, phase, roles);
  const may = (action: string): boolean => actions.includes(action);
  const adopted = has("adoption");
  const employer = roles.includes("employer");
  const waitsForList = phase === "adopted" && kinds.includes("provision-list") && !has("provision-list");
  const whole = roles.some((role) => role !== "employer" && role !== "consulted");
  const hasAdvice = has("advice");
  const open: readonly (readonly [boolean, FormStep | LinkStep])[] = [
    [may("entitle") || may("point"), "entitle"],
    [may("assign"), "assign"],
    [may("plan"), "plan"],
    [may("visit"), "visit"],
    [may("draft"), "write"],
    [may("submit"), "finish"],
    [may("adopt") || may("return"), "weigh"],
    [waitsForList, "handOver"],
    [employer && (may("provide") || may("finish") || may("complete")), "provide"],
    [whole && adopted, "read"],
    [whole && !adopted && hasAdvice && !mine && !may("draft") && !may("submit") && !may("adopt"), "read"],
    [(mine || (employer && !may("provide") && !may("complete"))) && has("provision-list"), "measures"],
    [(phase === "planned" || phase === "assigned") && has("appointment"), "calendar"],
    [kinds.includes("message"), "message"],
    [kinds.includes("evidence"), "evidence"],
    [kinds.includes("visit"), "again"],
    [may("replan"), "replan"],
    [may("no-show"), "no-show"],
    [may("move"), "move"],
    [may("withdraw"), "withdraw"],
  ];
  return open.filter(([is]) => is).map(([, step]) => stepOf(step, id));
}

function stepOf(step: FormStep | LinkStep, id: string): Step {
  switch (step) {
    case "visit":
    case "again":
      return { is: "link", step, to: `/bezoek/${id}` };
    case "write":
    case "finish":
    case "weigh":
    case "handOver":
    case "read":
      return { is: "link", step, to: `/advies/${id}` };
    case "provide":
    case "measures":
      return { is: "link", step, to: `/maatregelen/${id}` };
    default:
      return { is: "form", step };
  }
}
