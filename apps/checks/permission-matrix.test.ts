/**
 * Permission matrix, generated from the workflow tables: roles x actions and entries x phases over HTTP, allowed and refused (design section 8).
 * By night every cell; by day every phase with the roles and kinds of its own table, and of the foreign ones a sample (see `relevant`).
 */
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
/** Another member of the desk of a role: whoever looks at the newest words did not write them. */
const colleagues = new Map<DossierRole, Person>();
const desks = new Map<DossierRole, Desk>();
const must = <T>(value: T | undefined, what: string): T => {
  if (value === undefined) throw new Error(`the matrix lacks ${what}`);
  return value;
};
const personOf = (role: DossierRole): Person => must(people.get(role), role);
const deskOf = (role: DossierRole): Desk => must(desks.get(role === "expert" ? "expert-desk" : role), role);

/** Who signs this: a colleague where the newest words may not be the signer's own; the owner of an organisation's dossier signs in person at the opening alone. */
const signerOf = (workflow: Workflow, role: DossierRole, kind: EntryKind): Person =>
  workflow.entries[kind]?.notAuthorOfNewest !== undefined ? (colleagues.get(role) ?? personOf(role)) : personOf(role);
/** What a desk that holds single items was asked, by dossier. */
const asked = new WeakMap<Drive, string>();

beforeAll(async () => {
  world = await openWorld();
  for (const role of dossierRoles) people.set(role, await world.person());
  for (const role of ["policy-desk", "co-ministry"] as const) colleagues.set(role, await world.person());
  for (const [role, organisation] of [
    ["safety-desk", "gm0000"],
    ["expert-desk", "ccv"],
    ["authority", "bzk"],
    ["employer", "gm0000"],
    ["police", "demo"],
    ["prosecution", "demo"],
    ["chief-prosecutor", "demo"],
    ["support-team", "demo"],
    ["consulted", "demo"],
    ["policy-desk", "gm0000"],
    ["co-ministry", "demo"],
    ["fact-source", "demo"],
    ["minister", "gm0000"],
  ] as const) {
    const along = role === "expert-desk" ? personOf("expert") : colleagues.get(role);
    const members = [personOf(role), ...(along === undefined ? [] : [along]), ...(role === "policy-desk" ? [personOf("policy-officer")] : [])];
    desks.set(role, await world.desk(deskFunctionOfRole[role] ?? "support", organisation, members));
  }
});
afterAll(async () => {
  await world.close();
});

/** What an action or entry looks like when this role signs it; `decides` and `assignee` are filled in so that only role and phase can be wrong. */
function planOf(dossier: Drive, role: DossierRole, kind: EntryKind, action?: string, rule?: ActionRule): EntryPlan {
  const decides = rule?.decides === undefined ? undefined : dossier.newest.get(rule.decides);
  const table: Workflow = workflows[dossier.kind];
  const answers = action === undefined && table.entries[kind]?.answers !== undefined ? asked.get(dossier) : undefined;
  return {
    kind,
    role,
    ...(deskFunctionOfRole[role] === undefined && role !== "expert" ? {} : { desk: deskOf(role) }),
    ...(action === undefined ? {} : { action }),
    ...(decides === undefined ? {} : { decides }),
    ...(rule?.assigns === undefined ? {} : { assignee: personOf("expert").person }),
    ...(answers === undefined ? {} : { header: { answers } }),
  };
}

/** Desks that read along besides the one that a dossier begins with, and through what. */
const alongside: Readonly<Partial<Record<Workflow["kind"], readonly (readonly [DossierRole, "dossier" | "channel"])[]>>> = {
  scan: [
    ["authority", "dossier"],
    ["employer", "channel"],
  ],
  signal: [
    ["prosecution", "dossier"],
    ["chief-prosecutor", "dossier"],
    ["safety-desk", "dossier"],
  ],
  "question-set": [
    ["co-ministry", "dossier"],
    ["minister", "dossier"],
  ],
};

/** Opens a dossier, in the phase that is asked for where there are two, and hands keys to every desk at once, so that in each phase each role is really there. */
async function begin(workflow: Workflow, start: Workflow["start"] | NonNullable<Workflow["start"]["instead"]>): Promise<Drive> {
  const owner = personOf(workflow.owner);
  const dossier = drive(workflow.kind, owner);
  const [first] = start.grants;
  const role = must(first, "a start grant");
  const along = [...(alongside[workflow.kind] ?? []), ...(start === workflow.start ? [] : workflow.start.grants.map((one) => [one, "dossier"] as const))];
  const opened = await open(world, dossier, [{ role, desk: deskOf(role) }]);
  expect(opened.status, JSON.stringify(opened.body)).toBe(201);
  const others = along.filter(([one]) => one !== role);
  if (others.length === 0) return dossier;
  if (workflow.ownerSitsAt !== undefined) {
    await handOn(
      dossier,
      owner,
      workflow.ownerSitsAt,
      others.map(([one]) => one),
    );
    return dossier;
  }
  const consents = await Promise.all(others.map(async ([one]) => await consentOf(dossier, owner, deskOf(one), one, { everything: true })));
  const shared = await submit(world, dossier, owner, {
    kind: "message",
    role: workflow.owner,
    consents: consents.map(({ statement }) => statement),
    grants: await Promise.all(
      others.map(
        async ([one, scope], at) =>
          await grantOf(dossier, owner, one, deskOf(one), { ...(scope === "channel" ? { scope } : {}), consent: must(consents[at], "a consent").hash }),
      ),
    ),
  });
  expect(shared.status, JSON.stringify(shared.body)).toBe(201);
  return dossier;
}

/** In an organisation's dossier a member of its desk hands keys on without consent, and asks another desk for facts, which holds that request alone. */
async function handOn(dossier: Drive, by: Person, role: DossierRole, to: readonly DossierRole[]): Promise<void> {
  const grants = await Promise.all(to.map(async (one) => await grantOf(dossier, by, one, deskOf(one))));
  const shared = await submit(world, dossier, by, { kind: "message", role, desk: deskOf(role), grants });
  expect(shared.status, JSON.stringify(shared.body)).toBe(201);
  const request = await submit(world, dossier, by, { kind: "fact-request", role, desk: deskOf(role) });
  expect(request.status, JSON.stringify(request.body)).toBe(201);
  const item = must(dossier.newest.get("fact-request"), "a request").item;
  asked.set(dossier, item);
  const grant = await grantOf(dossier, by, "fact-source", deskOf("fact-source"), { items: [item] });
  const handed = await submit(world, dossier, by, { kind: "message", role, desk: deskOf(role), grants: [grant] });
  expect(handed.status, JSON.stringify(handed.body)).toBe(201);
}

/** Legal actions from a start to a phase, shortest first. */
function roadTo(workflow: Workflow, phase: string): { from: string; action: string; rule: ActionRule }[] {
  const starts = [workflow.start.phase, ...(workflow.start.instead === undefined ? [] : [workflow.start.instead.phase])];
  const roads = new Map<string, { from: string; action: string; rule: ActionRule }[]>(starts.map((start) => [start, []]));
  for (const [from, road] of roads)
    for (const [action, rule] of Object.entries(must(workflow.phases[from], from)))
      // Every role reads along here, so that a way that is for a dossier without one of them is closed.
      if (rule.without === undefined && !roads.has(rule.to)) roads.set(rule.to, [...road, { from, action, rule }]);
  return must(roads.get(phase), `a road to ${phase}`);
}

/** A role that an action hands out (the assigned expert) is held by nobody before that action. */
function isHeld(workflow: Workflow, phase: string, role: DossierRole): boolean {
  const assigns = Object.values(workflow.phases).some((row) => Object.values<ActionRule>(row).some((rule) => rule.assigns === role));
  return !assigns || roadTo(workflow, phase).some(({ rule }) => rule.assigns === role);
}

/** Writes what an action requires and what may be written beforehand. */
async function prepare(workflow: Workflow, dossier: Drive, phase: string, rule: ActionRule): Promise<void> {
  // What must only be there comes first: written later it would make older what must be newer.
  for (const kind of [...(rule.holds ?? []), ...new Set([...(rule.requires ?? []), ...(rule.heard === undefined ? [] : [rule.heard.in])])]) {
    const entry = workflow.entries[kind];
    // With `since` what was written before counts no more.
    if ((dossier.newest.has(kind) && (rule.since === undefined || rule.holds?.includes(kind) === true)) || entry === undefined || !entry.in.includes(phase))
      continue;
    const role = must(entry.by[0], kind);
    const answer = await submit(world, dossier, signerOf(workflow, role, kind), planOf(dossier, role, kind));
    expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  }
}

async function driveTo(workflow: Workflow, phase: string): Promise<Drive> {
  const road = roadTo(workflow, phase);
  const { instead } = workflow.start;
  const dossier = await begin(workflow, instead !== undefined && (road[0]?.from ?? phase) === instead.phase ? instead : workflow.start);
  for (const { from, action, rule } of road) {
    await prepare(workflow, dossier, from, rule);
    const role = must(rule.by[0], action);
    const answer = await submit(world, dossier, personOf(role), planOf(dossier, role, rule.entry, action, rule));
    expect(answer.status, `${from}.${action}: ${JSON.stringify(answer.body)}`).toBe(201);
  }
  expect((await view(world, dossier, dossier.owner)).body.phase).toBe(phase);
  return dossier;
}

/**
 * By night every cell goes over HTTP. By day all that the table allows, and all refusals of roles and kinds that occur in this table; a role or kind of another table is refused for
 * one reason whatever the cell, so each phase tries one such role and one such kind.
 */
const whole = process.env["SLOW"] === "1";
function relevant<T>(all: readonly T[], used: ReadonlySet<T>, turn: number): readonly T[] {
  if (whole) return all;
  const foreign = all.filter((one) => !used.has(one));
  return [...all.filter((one) => used.has(one)), ...foreign.slice(turn % Math.max(1, foreign.length)).slice(0, 1)];
}
function usedIn(workflow: Workflow): { readonly roles: ReadonlySet<DossierRole>; readonly kinds: ReadonlySet<EntryKind> } {
  const rules = Object.values(workflow.phases).flatMap((row) => Object.values<ActionRule>(row));
  const entries = entryKinds.filter((kind) => workflow.entries[kind] !== undefined);
  return {
    roles: new Set<DossierRole>([workflow.owner, ...rules.flatMap(({ by }) => by), ...entries.flatMap((kind) => workflow.entries[kind]?.by ?? [])]),
    kinds: new Set<EntryKind>(entries),
  };
}

/** A person who has no way in learns nothing; someone with a way in learns that role or phase do not fit. */
const refusals = ["role-forbidden", "phase-forbidden", "not-found"];

for (const workflow of Object.values<Workflow>(workflows)) {
  const actions = new Map<string, ActionRule>();
  for (const row of Object.values(workflow.phases)) for (const [action, rule] of Object.entries(row)) if (!actions.has(action)) actions.set(action, rule);

  const used = usedIn(workflow);

  describe(`permission matrix of ${workflow.kind}`, () => {
    for (const [turn, phase] of Object.keys(workflow.phases).entries()) {
      it(`${phase}: every action and entry by every role`, { timeout: 180_000 }, async () => {
        let dossier = await driveTo(workflow, phase);
        let allowed = 0;
        let refused = 0;
        const roles = relevant(dossierRoles, used.roles, turn);
        const kinds = relevant(entryKinds, used.kinds, turn);
        for (const role of roles) {
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
            if (may && rule?.without !== undefined) {
              expect(answer.body.code, cell).toBe("requirement-missing");
              refused += 1;
            } else if (may) {
              expect(answer.status, cell).toBe(201);
              allowed += 1;
              dossier = await driveTo(workflow, phase);
            } else {
              expect(refusals, cell).toContain(answer.body.code);
              refused += 1;
            }
          }
          for (const kind of kinds) {
            const rule = workflow.entries[kind];
            const may = rule?.in.includes(phase) === true && rule.by.includes(role) && isHeld(workflow, phase, role);
            const answer: Answer<object> = await submit(world, dossier, signerOf(workflow, role, kind), planOf(dossier, role, kind));
            const cell = `${workflow.kind}.${phase}: entry ${kind} by ${role}: ${JSON.stringify(answer.body)}`;
            if (may) expect(answer.status, cell).toBe(201);
            else expect(refusals, cell).toContain(answer.body.code);
            if (may) allowed += 1;
            else refused += 1;
          }
        }
        expect(allowed + refused).toBe(roles.length * (actions.size + kinds.length));
      });
    }
  });
}
