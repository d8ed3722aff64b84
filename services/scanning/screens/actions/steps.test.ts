/** The one next step of a scan, by phase and role: read from the workflow table, so that nobody is ever shown another's turn. */
import { describe, expect, it } from "vitest";
import type { DossierRole, EntryKind } from "#services/dossier/contract/index.ts";
import { allowedActions } from "#services/dossier/workflow/enforce.ts";
import { scan } from "#services/scanning/workflow/index.ts";
import { stepsOf } from "./steps.ts";

const steps = (phase: string, roles: readonly DossierRole[], there: readonly EntryKind[] = []): string[] =>
  stepsOf({
    id: "x",
    workflow: scan,
    mine: roles.includes("office-holder"),
    view: { phase, roles: [...roles], actions: allowedActions(scan, phase, roles) },
    newest: (kind) => (there.includes(kind) ? {} : null),
  }).map(({ step }) => step);

describe("the next step of a scan", () => {
  it.each<[string, DossierRole[], EntryKind[], string]>([
    ["requested", ["expert-desk"], [], "entitle"],
    ["entitled", ["expert-desk"], [], "assign"],
    ["assigned", ["expert-desk", "expert"], [], "plan"],
    ["planned", ["expert-desk", "expert"], [], "visit"],
    ["visited", ["expert-desk", "expert"], ["visit"], "write"],
    ["drafted", ["expert-desk", "expert"], ["advice"], "finish"],
    ["submitted", ["authority"], ["advice"], "weigh"],
    ["returned", ["expert-desk", "expert"], ["advice"], "write"],
    ["adopted", ["authority"], ["advice", "adoption"], "handOver"],
    ["adopted", ["employer"], ["provision-list"], "provide"],
    ["providing", ["employer"], ["provision-list"], "provide"],
    ["adopted", ["office-holder"], ["advice", "adoption", "provision-list"], "read"],
  ])("in %s for %s is %s", (phase, roles, there, next) => expect(steps(phase, roles, there)[0]).toBe(next));

  it("leaves the person free to write, to move the appointment and to stop", () => {
    expect(steps("planned", ["office-holder"], ["appointment"])).toEqual(["calendar", "message", "evidence", "replan", "no-show", "withdraw"]);
    expect(steps("completed", ["office-holder"], ["advice", "adoption", "provision-list"])).toEqual(["read", "measures", "message", "move"]);
  });
  it("never leads the employer to the advice", () => {
    for (const phase of Object.keys(scan.phases)) expect(steps(phase, ["employer"], ["provision-list", "adoption"])).not.toContain("read");
  });
});
