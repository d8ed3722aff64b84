/** Says when docs/workflows.md is not what the workflow tables say; run by vitest only. */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { renderWorkflows, workflows, workflowsPage } from "#tools/docs/workflows.ts";

describe("law 3: the docs are generated from the table", () => {
  it("docs/workflows.md is current (else: npm run docs)", () => {
    expect(readFileSync(workflowsPage, "utf8")).toBe(renderWorkflows());
  });

  it("every service with a workflow table is on the page", () => {
    // services/dossier/workflow holds the rules of tables, not a table.
    const withTable = readdirSync("services").filter((name) => existsSync(`services/${name}/workflow/index.ts`) && name !== "dossier");
    expect(workflows).toHaveLength(withTable.length);
  });

  it.each(workflows)("every phase and action of $kind is on the page", (workflow) => {
    const page = renderWorkflows([workflow]);
    for (const [phase, actions] of Object.entries(workflow.phases)) {
      expect(page).toContain(`state "${phase}"`);
      for (const action of Object.keys(actions)) expect(page).toContain(`| ${phase} | ${action} |`);
    }
  });
});
