/** Permission matrix, generated from the workflow tables: every role x every action x every phase over HTTP, allowed and refused (design section 8). */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Person } from "@rugdekking/seal";
import { dossierRoles, entryKinds, type DossierRole, type EntryKind } from "#services/dossier/contract/index.ts";
import type { ActionRule, Workflow } from "#services/dossier/workflow/define.ts";
import { deskFunctionOfRole } from "#services/dossier/workflow/enforce.ts";
import {
  consentOf,
  drive,
  grantOf,
  open,
  openWorld,
  submit,
  view,
  workflows,
  type Answer,
  type Desk,
  type Drive,
  type EntryPlan,
  type World,
} from "#services/dossier/server/testing.ts";

let world: World;
const people = new Map<DossierRole, Person>();
const desks = new Map<DossierRole, Desk>();
const must = <T>(value: T | undefined, what: string): T => {
  if (value === undefined) throw new Error(`the matrix lacks ${what}`);
  return value;
};
const personOf = (role: DossierRole): Person => must(people.get(role), role);
const deskOf = (role: DossierRole): Desk => must(desks.get(role === "expert" ? "expert-desk" : role), role);

beforeAll(async () => {
  world = await openWorld();
  for (const role of dossierRoles) people.set(role, await world.person());
  for (const [role, organisation] of [
    ["safety-desk", "gm0000"],
    ["expert-desk", "ccv"],
    ["authority", "bzk"],
    ["employer", "gm0000"],
    ["support-team", "demo"],
    ["consulted", "demo"],
  ] as const) {
    desks.set(
      role,
      await world.desk(deskFunctionOfRole[role] ?? "support", organisation, role === "expert-desk" ? [personOf(role), personOf("expert")] : [personOf(role)]),
    );
  }
});
afterAll(async () => {
  await world.close();
});

/** What an action or entry looks like when this role signs it; `decides` and `assignee` are filled in so that only role and phase can be wrong. */
function planOf(dossier: Drive, role: DossierRole, kind: EntryKind, action?: string, rule?: ActionRule): EntryPlan {
  const decides = rule?.decides === undefined ? undefined : dossier.newest.get(rule.decides);
  return {
    kind,
    role,
    ...(role === "reporter" || role === "office-holder" ? {} : { desk: deskOf(role) }),
    ...(action === undefined ? {} : { action }),
    ...(decides === undefined ? {} : { decides }),
    ...(rule?.assigns === undefined ? {} : { assignee: personOf("expert").person }),
  };
}

/** Opens a dossier and, for a scan, hands keys to every desk at once, so that in each phase each role is really there. */
async function begin(workflow: Workflow): Promise<Drive> {
  const owner = personOf(workflow.owner);
  const dossier = drive(workflow.kind, owner);
  const [first] = workflow.start.grants;
  const role = must(first, "a start grant");
  const opened = await open(world, dossier, [{ role, desk: deskOf(role) }]);
  expect(opened.status, JSON.stringify(opened.body)).toBe(201);
  if (workflow.kind !== "scan") return dossier;
  const authority = await consentOf(dossier, owner, deskOf("authority"), "authority", { everything: true });
  const employer = await consentOf(dossier, owner, deskOf("employer"), "employer", { everything: true });
  const shared = await submit(world, dossier, owner, {
    kind: "message",
    role: workflow.owner,
    consents: [authority.statement, employer.statement],
    grants: [
      await grantOf(dossier, owner, "authority", deskOf("authority"), { consent: authority.hash }),
      await grantOf(dossier, owner, "employer", deskOf("employer"), { scope: "channel", consent: employer.hash }),
    ],
  });
  expect(shared.status, JSON.stringify(shared.body)).toBe(201);
  return dossier;
}

/** Legal actions from the start to a phase, shortest first. */
function roadTo(workflow: Workflow, phase: string): { from: string; action: string; rule: ActionRule }[] {
  const roads = new Map<string, { from: string; action: string; rule: ActionRule }[]>([[workflow.start.phase, []]]);
  for (const [from, road] of roads)
    for (const [action, rule] of Object.entries(must(workflow.phases[from], from)))
      if (!roads.has(rule.to)) roads.set(rule.to, [...road, { from, action, rule }]);
  return must(roads.get(phase), `a road to ${phase}`);
}

/** A role that an action hands out (the assigned expert) is held by nobody before that action. */
function isHeld(workflow: Workflow, phase: string, role: DossierRole): boolean {
  const assigns = Object.values(workflow.phases).some((row) => Object.values<ActionRule>(row).some((rule) => rule.assigns === role));
  return !assigns || roadTo(workflow, phase).some(({ rule }) => rule.assigns === role);
}

/** Writes what an action requires and what may be written beforehand. */
async function prepare(workflow: Workflow, dossier: Drive, phase: string, rule: ActionRule): Promise<void> {
  for (const kind of rule.requires ?? []) {
    const entry = workflow.entries[kind];
    if (dossier.newest.has(kind) || entry === undefined || !entry.in.includes(phase)) continue;
    const role = must(entry.by[0], kind);
    const answer = await submit(world, dossier, personOf(role), planOf(dossier, role, kind));
    expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  }
}

async function driveTo(workflow: Workflow, phase: string): Promise<Drive> {
  const dossier = await begin(workflow);
  for (const { from, action, rule } of roadTo(workflow, phase)) {
    await prepare(workflow, dossier, from, rule);
    const role = must(rule.by[0], action);
    const answer = await submit(world, dossier, personOf(role), planOf(dossier, role, rule.entry, action, rule));
    expect(answer.status, `${from}.${action}: ${JSON.stringify(answer.body)}`).toBe(201);
  }
  expect((await view(world, dossier, dossier.owner)).body.phase).toBe(phase);
  return dossier;
}

/** A person who has no way in learns nothing; someone with a way in learns that role or phase do not fit. */
const refusals = ["role-forbidden", "phase-forbidden", "not-found"];

for (const workflow of Object.values<Workflow>(workflows)) {
  const actions = new Map<string, ActionRule>();
  for (const row of Object.values(workflow.phases)) for (const [action, rule] of Object.entries(row)) if (!actions.has(action)) actions.set(action, rule);

  describe(`permission matrix of ${workflow.kind}`, () => {
    for (const phase of Object.keys(workflow.phases)) {
      it(`${phase}: every action and entry by every role`, { timeout: 180_000 }, async () => {
        let dossier = await driveTo(workflow, phase);
        let allowed = 0;
        let refused = 0;
        for (const role of dossierRoles) {
          for (const [action, anyRule] of actions) {
            const rule = workflow.phases[phase]?.[action];
            const may = rule?.by.includes(role) === true;
            if (may) await prepare(workflow, dossier, phase, must(rule, action));
            const answer: Answer<object> = await submit(
              world,
              dossier,
              personOf(role),
              planOf(dossier, role, (rule ?? anyRule).entry, action, rule ?? anyRule),
            );
            const cell = `${workflow.kind}.${phase}.${action} by ${role}: ${JSON.stringify(answer.body)}`;
            if (may) {
              expect(answer.status, cell).toBe(201);
              allowed += 1;
              dossier = await driveTo(workflow, phase);
            } else {
              expect(refusals, cell).toContain(answer.body.code);
              refused += 1;
            }
          }
          for (const kind of entryKinds) {
            const rule = workflow.entries[kind];
            const may = rule?.in.includes(phase) === true && rule.by.includes(role) && isHeld(workflow, phase, role);
            const answer: Answer<object> = await submit(world, dossier, personOf(role), planOf(dossier, role, kind));
            const cell = `${workflow.kind}.${phase}: entry ${kind} by ${role}: ${JSON.stringify(answer.body)}`;
            if (may) expect(answer.status, cell).toBe(201);
            else expect(refusals, cell).toContain(answer.body.code);
            if (may) allowed += 1;
            else refused += 1;
          }
        }
        expect(allowed + refused).toBe(dossierRoles.length * (actions.size + entryKinds.length));
      });
    }
  });
}
