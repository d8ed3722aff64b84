/** Applies a workflow table to one dossier: what a role may do now, and whether an entry may be accepted. Pure; the server decides with it, the client draws its buttons from it. */
import {
  entryKinds,
  type DossierKind,
  type DossierRole,
  type EntryHeader,
  type EntryKind,
  type GrantPayload,
  type ItemReference,
} from "#services/dossier/contract/index.ts";
import { kindsOf, type ActionRule, type EntryRule, type HandOverRule, type TermRule, type Workflow } from "#services/dossier/workflow/define.ts";
import { dueMoment } from "#services/dossier/workflow/terms.ts";
import { Problem } from "#services/problem/index.ts";

/** The tables in use, by dossier kind. Wired by apps/server and apps/web: this room knows no sibling service. */
export type Workflows = Readonly<Record<DossierKind, Workflow>>;

/** An earlier entry as far as the table may ask about it. */
export interface EarlierEntry {
  readonly seq: number;
  readonly kind: EntryKind;
  readonly author: string;
  /** Desk it was signed for; read for the kinds of {@link heardKind} alone, null elsewhere. */
  readonly desk: string | null;
  readonly body: ItemReference;
}

/** A desk that takes part with the key of the whole dossier. */
export interface TakingPart {
  readonly role: DossierRole;
  readonly desk: string;
}

/** What the table looks at: the present phase and the earlier entries of the kinds named by {@link consultedKinds} (or more). */
export interface DossierState {
  /** Null before the first entry. */
  readonly phase: string | null;
  /** Before the first entry: roles that receive the dossier key with it. */
  readonly handsTo?: readonly DossierRole[];
  readonly urgency: "acute" | "normal";
  /** Desks that take part now; before the first entry none. */
  readonly desks: readonly TakingPart[];
  /** In any order. */
  readonly entries: readonly EarlierEntry[];
}

/** What an accepted entry does to the dossier. */
export interface Decision {
  readonly phase: string;
  /** The phase was entered (again) by this entry: `term` replaces the running one. False: phase and term stay as they are. */
  readonly moves: boolean;
  /** The term that starts now; null when the new phase has none. */
  readonly term: { readonly rule: TermRule; readonly due: Date } | null;
  /** Role the header's `assignee` takes up. */
  readonly assigns: DossierRole | null;
}

const ruleOf = (workflow: Workflow, phase: string, action: string): ActionRule | undefined => {
  const actions = workflow.phases[phase];
  return actions !== undefined && Object.hasOwn(actions, action) ? actions[action] : undefined;
};

/**
 * Actions that someone with these roles may take in this phase, in the order of the table. Requirements (`requires`, `notAuthorOf`) are not looked at:
 * a button that needs something first is shown and says what.
 */
export function allowedActions(workflow: Workflow, phase: string, roles: readonly DossierRole[]): string[] {
  return Object.entries(workflow.phases[phase] ?? {})
    .filter(([, rule]) => rule.by.some((role) => roles.includes(role)))
    .map(([action]) => action);
}

/** Kinds of entries without an action that someone with these roles may write in this phase. */
export function allowedEntries(workflow: Workflow, phase: string, roles: readonly DossierRole[]): EntryKind[] {
  const kinds: EntryKind[] = [];
  for (const kind of entryKinds) {
    const rule = workflow.entries[kind];
    if (rule !== undefined && rule.in.includes(phase) && rule.by.some((role) => roles.includes(role))) kinds.push(kind);
  }
  return kinds;
}

/** Whether the reader of a dossier may write an entry of this kind now, without an action. */
export const mayWrite = (workflow: Workflow, { phase, roles }: { readonly phase: string; readonly roles: readonly DossierRole[] }, kind: EntryKind): boolean =>
  allowedEntries(workflow, phase, roles).includes(kind);

/** Roles that may write an entry of this kind somewhere along the road: with an action, by itself, or at the opening. */
export function rolesThatWrite(workflow: Workflow, kind: EntryKind): readonly DossierRole[] {
  const actions = Object.values(workflow.phases).flatMap((phase) => Object.values(phase));
  return [
    ...new Set([
      ...(workflow.start.entry === kind ? [workflow.owner] : []),
      ...actions.filter(({ entry }) => entry === kind).flatMap(({ by }) => by),
      ...(workflow.entries[kind]?.by ?? []),
    ]),
  ];
}

/** Kinds of earlier entries that {@link decide} must be given for this action; mostly none, so that the server reads no history it does not need. */
export function consultedKinds(workflow: Workflow, phase: string, action: string | null, kind: EntryKind): EntryKind[] {
  if (action === null) {
    const entry = workflow.entries[kind];
    return [...(entry?.notAuthorOfNewest ?? []), ...kindsOf(entry?.answers)];
  }
  const rule = ruleOf(workflow, phase, action);
  if (rule === undefined) return [];
  const kinds = new Set<EntryKind>([
    ...(rule.requires ?? []),
    ...(rule.holds ?? []),
    ...(rule.heard === undefined ? [] : [rule.heard.in]),
    ...kindsOf(rule.since),
    ...kindsOf(rule.notAuthorOf),
  ]);
  if (rule.decides !== undefined) kinds.add(rule.decides).add("return");
  if (kinds.size > 0) kinds.add(workflow.start.entry);
  return [...kinds];
}

/** The kind whose entries {@link decide} must be given with their desk for this action; null for none. */
export const heardKind = (workflow: Workflow, phase: string, action: string | null): EntryKind | null =>
  action === null ? null : (ruleOf(workflow, phase, action)?.heard?.in ?? null);

const newest = (state: DossierState, kind: EntryKind): EarlierEntry | undefined =>
  state.entries
    .filter((entry) => entry.kind === kind)
    .reduce<EarlierEntry | undefined>((last, entry) => (last === undefined || entry.seq > last.seq ? entry : last), undefined);

const sameItem = (a: ItemReference, b: ItemReference): boolean => a.item === b.item && a.digest === b.digest && a.size === b.size;

/** Requirements count from the entry that opened the present round (the first one, or a request after moving house), and after a return for what was returned. */
function checkRequirements(workflow: Workflow, state: DossierState, action: string, rule: ActionRule): void {
  const roundStart = newest(state, workflow.start.entry)?.seq ?? 0;
  const since = Math.max(0, ...kindsOf(rule.since).map((kind) => newest(state, kind)?.seq ?? 0));
  const returned = newest(state, "return")?.seq ?? 0;
  const after = (kind: EntryKind): number => Math.max(roundStart, since, kind === rule.decides ? returned : 0);
  for (const kind of new Set([...(rule.requires ?? []), ...(rule.decides === undefined ? [] : [rule.decides])])) {
    if ((newest(state, kind)?.seq ?? 0) > after(kind)) continue;
    throw new Problem("requirement-missing", `${action} needs an entry of kind ${kind} in the present round`, `Add an entry of kind ${kind} first.`);
  }
  const held = (rule.holds ?? []).find((kind) => (newest(state, kind)?.seq ?? 0) <= roundStart);
  if (held !== undefined)
    throw new Problem("requirement-missing", `${action} needs an entry of kind ${held} in the present round`, `Add an entry of kind ${held} first.`);
  if (rule.without !== undefined && state.desks.some(({ role }) => role === rule.without))
    throw new Problem("requirement-missing", `${action} is not for a dossier in which a ${rule.without} takes part`, "Hear that desk first.");
  const { heard } = rule;
  if (heard === undefined) return;
  const from = Math.max(roundStart, since);
  const spoke = new Set(state.entries.flatMap(({ kind, seq, desk }) => (kind === heard.in && seq > from && desk !== null ? [desk] : [])));
  if (state.desks.some(({ role, desk }) => role === heard.by && !spoke.has(desk)))
    throw new Problem(
      "requirement-missing",
      `${action} needs an entry of kind ${heard.in} of every ${heard.by}, newer than what they speak about`,
      `Wait for each ${heard.by}.`,
    );
}

function checkDecision(state: DossierState, header: EntryHeader, rule: ActionRule): void {
  if (rule.decides !== undefined) {
    const subject = newest(state, rule.decides);
    if (subject === undefined || header.decides === undefined || !sameItem(header.decides, subject.body)) {
      throw new Problem(
        "statement-mismatch",
        `/decides must be the body reference of the newest ${rule.decides}`,
        "Read the newest entries, look at them and sign again.",
      );
    }
  } else if (header.decides !== undefined) {
    throw new Problem("statement-mismatch", "/decides is set on an action that decides nothing", "Leave it out.");
  }
  const own = kindsOf(rule.notAuthorOf).find((kind) => state.entries.some((entry) => entry.kind === kind && entry.author === header.author.person));
  if (own !== undefined) throw new Problem("own-work", `The signer wrote an entry of kind ${own} in this dossier`, "Let another member of the desk decide.");
}

/** What an entry without an action must look like besides role and phase. */
function checkEntry(state: DossierState, header: EntryHeader, rule: EntryRule): void {
  const own = (rule.notAuthorOfNewest ?? []).find((kind) => newest(state, kind)?.author === header.author.person);
  if (own !== undefined) throw new Problem("own-work", `The signer wrote the newest ${own}`, "Let another member of the desk look at it.");
  if (rule.answers === undefined) return;
  const { answers } = header;
  if (answers === undefined || !state.entries.some(({ kind, body }) => kind === rule.answers && body.item === answers))
    throw new Problem("statement-mismatch", `/answers must name the body of an entry of kind ${rule.answers}`, "Read the dossier again and name the request.");
}

function startTerm(workflow: Workflow, phase: string, urgency: "acute" | "normal", at: Date): Decision["term"] {
  const rule = workflow.terms[phase];
  if (rule === undefined) return null;
  return { rule, due: dueMoment(at, urgency === "acute" && rule.acute !== undefined ? rule.acute : rule.length) };
}

/** The way a dossier begins when these roles receive its key at the opening: its phase, and the roles that must. */
export function openingOf({ start }: Workflow, handsTo: readonly DossierRole[]): { readonly phase: string; readonly grants: readonly DossierRole[] } {
  const around = start.instead;
  return around !== undefined && !start.grants.some((role) => handsTo.includes(role)) && around.grants.every((role) => handsTo.includes(role)) ? around : start;
}

function decideFirst(workflow: Workflow, state: DossierState, header: EntryHeader, at: Date): Decision {
  const { start } = workflow;
  if (header.seq !== 1 || header.previous !== null)
    throw new Problem("chain-broken", "/seq and /previous of a first entry are 1 and null", "Sign the entry as the first one.");
  if (header.author.role !== workflow.owner || header.author.desk !== null) {
    throw new Problem("role-forbidden", `A ${workflow.kind} dossier is opened by its ${workflow.owner} in person`, `Sign as ${workflow.owner} without a desk.`);
  }
  if (header.kind !== start.entry || header.action !== null) {
    throw new Problem(
      "phase-forbidden",
      `A ${workflow.kind} dossier opens with an entry of kind ${start.entry} without an action`,
      "Sign such an entry first.",
    );
  }
  if (header.decides !== undefined || header.assignee !== undefined || header.answers !== undefined)
    throw new Problem("statement-mismatch", "/decides, /answers and /assignee have no meaning in a first entry", "Leave them out.");
  const { phase } = openingOf(workflow, state.handsTo ?? []);
  return { phase, moves: true, term: startTerm(workflow, phase, header.urgency ?? "normal", at), assigns: null };
}

/**
 * Decides whether an entry may be added, by the table alone. The caller has checked the signature, the chain and which roles the author holds;
 * that an assignee is a member of the acting desk is checked there as well (the table cannot know rosters).
 * @param roles roles the author really holds in this dossier; the header's own role must be among them.
 * @param at moment of acceptance; terms run from it, not from the author's clock.
 * @throws {@link Problem} role-forbidden, phase-forbidden, requirement-missing, statement-mismatch, own-work, chain-broken.
 */
export function decide(workflow: Workflow, state: DossierState, header: EntryHeader, roles: readonly DossierRole[], at: Date): Decision {
  if (state.phase === null) return decideFirst(workflow, state, header, at);
  const { phase } = state;
  const { role } = header.author;
  if (!roles.includes(role)) throw new Problem("role-forbidden", `The signer does not hold the role ${role} in this dossier`, "Sign in a role you hold.");
  if (header.urgency !== undefined) throw new Problem("statement-mismatch", "/urgency is only for a first entry", "Leave it out.");
  if (header.answers !== undefined && (header.action !== null || workflow.entries[header.kind]?.answers === undefined))
    throw new Problem("statement-mismatch", "/answers is set on an entry that answers nothing", "Leave it out.");
  if (header.action === null) {
    const rule = workflow.entries[header.kind];
    if (rule === undefined) throw new Problem("phase-forbidden", `An entry of kind ${header.kind} needs an action`, "Name the action it performs.");
    if (!rule.by.includes(role)) throw new Problem("role-forbidden", `The role ${role} may not write entries of kind ${header.kind}`, "Ask someone who may.");
    if (!rule.in.includes(phase))
      throw new Problem("phase-forbidden", `Entries of kind ${header.kind} do not belong in phase ${phase}`, "Read the dossier again.");
    if (header.decides !== undefined || header.assignee !== undefined)
      throw new Problem("statement-mismatch", "/decides and /assignee need an action", "Leave them out.");
    checkEntry(state, header, rule);
    return { phase, moves: false, term: null, assigns: null };
  }
  const rule = ruleOf(workflow, phase, header.action);
  if (rule === undefined) throw new Problem("phase-forbidden", `There is no action ${header.action} in phase ${phase}`, "Read the dossier again.");
  if (!rule.by.includes(role)) throw new Problem("role-forbidden", `The role ${role} may not ${header.action} in phase ${phase}`, "Ask someone who may.");
  if (header.kind !== rule.entry) throw new Problem("statement-mismatch", `/kind must be ${rule.entry} for ${header.action}`, "Sign an entry of that kind.");
  if (rule.assigns === undefined ? header.assignee !== undefined : header.assignee === undefined || header.author.desk === null) {
    throw new Problem(
      "statement-mismatch",
      rule.assigns === undefined ? "/assignee is set on an action that assigns nobody" : "/assignee must name a member of the acting desk",
      "Correct the header and sign again.",
    );
  }
  checkRequirements(workflow, state, header.action, rule);
  checkDecision(state, header, rule);
  return { phase: rule.to, moves: true, term: startTerm(workflow, rule.to, state.urgency, at), assigns: rule.assigns ?? null };
}

/** Roles that are held by a desk, and the function the desk must have; `null`: any function. Persons hold the roles that are missing here. */
export const deskFunctionOfRole: Readonly<Partial<Record<DossierRole, string | null>>> = {
  "safety-desk": "safety-desk",
  "expert-desk": "expert-desk",
  authority: "authority",
  employer: "employer",
  police: "police",
  prosecution: "om",
  "chief-prosecutor": "chief-prosecutor",
  "support-team": "support",
  consulted: null,
  "policy-desk": "parliament",
  "co-ministry": "parliament",
  "fact-source": null,
  minister: "minister",
};

/** Function of the desk for which someone signs in a role; `null`: any. Undefined for a role that a person holds. An expert is named in person, and signs for the expert desk. */
const signingDeskOf = (role: DossierRole): string | null | undefined => (role === "expert" ? "expert-desk" : deskFunctionOfRole[role]);

/**
 * Whether an entry in this role may be signed for that desk, by its signed function; `null`: by a person on their own behalf. One rule for whoever reads a dossier and for the check of a bundle: who is in
 * the roster of some desk must not be able to speak as the person whose dossier it is, nor as another desk.
 */
export function fitsSigner(role: DossierRole, desk: { readonly function: string } | null): boolean {
  const wanted = signingDeskOf(role);
  return desk === null ? wanted === undefined : wanted === null || wanted === desk.function;
}

/**
 * The row of the hand-over table that allows this grant. At the opening the owner may also hand the key to the roles the dossier begins with.
 * @param roles roles the granter holds.
 * @throws {@link Problem} role-forbidden when no row allows it.
 */
export function handOverRule(workflow: Workflow, grant: GrantPayload, roles: readonly DossierRole[], opening: boolean): HandOverRule {
  const { scope } = grant.keys;
  if (opening && scope === "dossier" && [...workflow.start.grants, ...(workflow.start.instead?.grants ?? [])].includes(grant.role)) {
    return { to: grant.role, by: [workflow.owner], scope, consent: false };
  }
  const channel = grant.keys.scope === "channel" ? grant.keys.channel : undefined;
  const rule = workflow.handOvers.find(
    (row) => row.to === grant.role && row.scope === scope && row.channel === channel && row.by.some((role) => roles.includes(role)),
  );
  if (rule === undefined) {
    throw new Problem(
      "role-forbidden",
      `The table of ${workflow.kind} lets no role of yours hand ${scope} keys to ${grant.role}`,
      "Hand over what the table names, or ask someone who may.",
    );
  }
  return rule;
}

/** Kinds a consent must name before a channel may be opened to a role: what others write there. What the role writes itself needs no consent. */
export function kindsToConsent(workflow: Workflow, channel: string, role: DossierRole): EntryKind[] {
  return entryKinds.filter((kind) => {
    if (workflow.channels[kind] !== channel) return false;
    const writesByAction = Object.values(workflow.phases).some((actions) =>
      Object.values(actions).some((rule) => rule.entry === kind && rule.by.includes(role)),
    );
    return !writesByAction && workflow.entries[kind]?.by.includes(role) !== true;
  });
}
