/** What a workflow is: the one readable table per dossier kind that the server enforces, the client draws buttons from, and docs and the permission matrix are generated from. */
import type { Channel, DossierKind, DossierRole, EntryKind } from "#services/dossier/contract/index.ts";

/** How long someone has: hours run day and night; working days follow the Algemene termijnenwet (see terms.ts). */
export type TermLength = { readonly hours: number } | { readonly workingDays: number };

/** A term that starts running when a phase is entered, and for whom it runs. */
export interface TermRule {
  /** Key into registers/terms; screens word it. */
  readonly name: string;
  readonly length: TermLength;
  /** Replaces `length` when the first entry said `acute`. */
  readonly acute?: TermLength;
  readonly waitsFor: DossierRole;
}

/** One arrow of the table. */
export interface ActionRule {
  /** Roles that may do it. */
  readonly by: readonly DossierRole[];
  /** Phase it leads to. */
  readonly to: string;
  /** Kind the entry that performs the action must have. */
  readonly entry: EntryKind;
  /** Entry kinds that must already be in the dossier; with `since`, later than the last entry of that kind. */
  readonly requires?: readonly EntryKind[];
  /** Requirements count only when newer than the last entry of each of these kinds (a returned advice must be written anew; what was initialled before the newest draft counts no more). */
  readonly since?: EntryKind | readonly EntryKind[];
  /** Entry kinds that must be there in the present round, whatever was written after them: no `since` makes them old. */
  readonly holds?: readonly EntryKind[];
  /** Every desk that takes part in this role must have written an entry of this kind, newer than `since`; nobody in this role: nothing is asked. */
  readonly heard?: { readonly by: DossierRole; readonly in: EntryKind };
  /** Not while a desk takes part in this role: there is another way for that. */
  readonly without?: DossierRole;
  /** The entry must name, in `decides`, the body of the newest entry of this kind. */
  readonly decides?: EntryKind;
  /** The author may not have written any entry of these kinds in this dossier (law 4). */
  readonly notAuthorOf?: EntryKind | readonly EntryKind[];
  /** The entry must name a member of the acting desk in `assignee`. */
  readonly assigns?: DossierRole;
}

/** An entry that changes no phase. */
export interface EntryRule {
  readonly by: readonly DossierRole[];
  readonly in: readonly string[];
  /** The author may not have written the newest entry of any of these kinds (law 4: a second pair of eyes on what was written last). */
  readonly notAuthorOfNewest?: readonly EntryKind[];
  /** The entry must name, in `answers`, the body of an entry of this kind; who holds single items only can answer those alone. See [Note: Key of an answer]. */
  readonly answers?: EntryKind;
}

/** One kind or several, as a list. */
export const kindsOf = (kinds: EntryKind | readonly EntryKind[] | undefined): readonly EntryKind[] =>
  kinds === undefined ? [] : typeof kinds === "string" ? [kinds] : kinds;

/** A hand-over of keys the table allows besides the first one. */
export interface HandOverRule {
  readonly to: DossierRole;
  readonly by: readonly DossierRole[];
  readonly scope: "dossier" | "channel" | "items";
  /** With scope `channel`: which one. */
  readonly channel?: Channel;
  /** Whether a consent statement must cover it. The person whose dossier it is needs none for an own hand-over. */
  readonly consent: boolean;
}

export interface Workflow {
  readonly kind: DossierKind;
  /** Role of the person whose dossier it is. */
  readonly owner: DossierRole;
  /**
   * The dossier is an organisation's and not a person's: who opens it does so as `owner` for a desk that holds this role, must be one of its members, and afterwards acts as any other member. Their own way in
   * lasts as long as that membership. Left out: the dossier is the owner's own (law 4: nobody handles their own case).
   */
  readonly ownerSitsAt?: DossierRole;
  readonly start: {
    readonly phase: string;
    readonly entry: EntryKind;
    /** May someone without an account open it? */
    readonly guests: boolean;
    /** Roles that must receive the dossier key with the first entry. */
    readonly grants: readonly DossierRole[];
    /** Another way to begin: the phase when these roles receive the key at the opening, and none of `grants` does. */
    readonly instead?: { readonly phase: string; readonly grants: readonly DossierRole[] };
  };
  /** phase -> action -> rule. A phase without actions is final. */
  readonly phases: Readonly<Record<string, Readonly<Record<string, ActionRule>>>>;
  /** Entries that change no phase: who may write them, in which phases. */
  readonly entries: Readonly<Partial<Record<EntryKind, EntryRule>>>;
  /** Term that starts on entering a phase. */
  readonly terms: Readonly<Record<string, TermRule>>;
  readonly handOvers: readonly HandOverRule[];
  /** True: nobody hands keys to a desk without a signed consent, not even the owner: it says what for and until when, and can be withdrawn. Left out: the owner needs none. */
  readonly consentAlways?: true;
  /** Kinds whose bodies and attachments are sealed under a channel key instead of the dossier key. */
  readonly channels: Readonly<Partial<Record<EntryKind, Channel>>>;
  /** Kinds whose readable header (not body) a channel reader also sees: a decision must be known to who carries it out. */
  readonly announced: readonly EntryKind[];
  /** Kinds nobody is told about by mail: they belong to something that was told. */
  readonly quiet: readonly EntryKind[];
}

/** Channel an entry of this kind is sealed under. */
export const channelOf = (workflow: Workflow, kind: EntryKind): Channel => workflow.channels[kind] ?? "main";

/** The phase reached is not in the table: the table itself is wrong. */
export class WorkflowError extends Error {
  override readonly name = "WorkflowError";
}

/**
 * Checks the table's own graph once, when the module loads: every arrow ends in a declared phase, every phase can be reached from the start,
 * every term and entry rule names a phase that exists, a role that decides never writes what it decides on.
 * @throws {@link WorkflowError} naming the first row that is wrong.
 */
export function defineWorkflow<const W extends Workflow>(workflow: W): W {
  const names = new Set(Object.keys(workflow.phases));
  const fail = (what: string): never => {
    throw new WorkflowError(`workflow ${workflow.kind}: ${what}`);
  };
  const starts = [workflow.start, ...(workflow.start.instead === undefined ? [] : [workflow.start.instead])].map(({ phase }) => phase);
  for (const phase of starts) if (!names.has(phase)) fail(`start phase ${phase} is not a phase`);
  const reached = new Set<string>(starts);
  const queue = [...reached];
  for (let phase = queue.shift(); phase !== undefined; phase = queue.shift()) {
    for (const [action, rule] of Object.entries<ActionRule>(workflow.phases[phase] ?? {})) {
      if (!names.has(rule.to)) fail(`${phase}.${action} leads to unknown phase ${rule.to}`);
      if (!reached.has(rule.to)) {
        reached.add(rule.to);
        queue.push(rule.to);
      }
    }
  }
  for (const name of names) if (!reached.has(name)) fail(`phase ${name} cannot be reached`);
  for (const phase of Object.keys(workflow.terms)) if (!names.has(phase)) fail(`term on unknown phase ${phase}`);
  for (const [kind, rule] of Object.entries(workflow.entries)) {
    for (const phase of rule?.in ?? []) if (!names.has(phase)) fail(`entry ${kind} allowed in unknown phase ${phase}`);
  }
  return workflow;
}
