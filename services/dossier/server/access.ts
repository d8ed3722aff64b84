/** Works out who a caller is to a dossier and how far that reaches; every reading and writing route starts here. */
import type { DossierRole, EntryKind } from "#services/dossier/contract/index.ts";
import { entryKinds } from "#services/dossier/contract/index.ts";
import type { Workflow } from "#services/dossier/workflow/define.ts";
import { channelOf } from "#services/dossier/workflow/define.ts";
import { Problem } from "#services/problem/index.ts";
import type { EntryFilter, Participant } from "#services/dossier/store/dossiers.ts";

/** Nobody learns whether a dossier exists. */
export const notFound = (): Problem => new Problem("not-found", "There is no such dossier for you", "Check the address, or sign in as someone who has access.");

/** What a caller is to one dossier. */
export interface Access {
  /** The ways in that hold now. */
  readonly ways: readonly Participant[];
  readonly roles: readonly DossierRole[];
  /** Roles through which the caller holds the dossier key. */
  readonly wholeRoles: readonly DossierRole[];
  readonly filter: EntryFilter;
}

const running = (participant: Participant, at: Date): boolean => participant.until === null || participant.until > at;

/** Desks whose membership decides about access to these participants. */
export const desksOf = (participants: readonly Participant[]): string[] => [...new Set(participants.flatMap(({ desk }) => (desk === null ? [] : [desk])))];

/** Whether this way in is the caller's: in person, through a desk, or as the assigned member of a desk (who must still be one). */
function isOwn(participant: Participant, person: string, memberOf: ReadonlySet<string>): boolean {
  if (participant.person !== null && participant.person !== person) return false;
  return participant.desk === null ? participant.person === person : memberOf.has(participant.desk);
}

/** An assigned expert reads with the desk's key, so the way in lasts as long as the desk's own. */
function isBacked(participant: Participant, all: readonly Participant[], at: Date): boolean {
  if (participant.role !== "expert") return true;
  return all.some((other) => other.role === "expert-desk" && other.desk === participant.desk && other.scope === "dossier" && running(other, at));
}

function filterOf(workflow: Workflow, ways: readonly Participant[]): EntryFilter {
  if (ways.some(({ scope }) => scope === "dossier")) return { bodiesOfKinds: null, headersOfKinds: [], items: [] };
  const channels = new Set(ways.flatMap(({ scope, channel }) => (scope === "channel" && channel !== null ? [channel] : [])));
  const kinds: EntryKind[] = entryKinds.filter((kind) => channels.has(channelOf(workflow, kind)));
  return { bodiesOfKinds: kinds, headersOfKinds: channels.size > 0 ? workflow.announced : [], items: ways.flatMap(({ items }) => items ?? []) };
}

/**
 * Access of `person` to a dossier with these participants.
 * @param memberOf the desks, of those named by {@link desksOf}, that the person is a member of now.
 * @throws {@link Problem} not-found when the person never had access, grant-ended when it has ended.
 */
export function accessOf(workflow: Workflow, participants: readonly Participant[], person: string, memberOf: ReadonlySet<string>, at: Date): Access {
  const reachable = participants.filter((participant) => isOwn(participant, person, memberOf));
  // Nobody handles their own case (law 4): whose dossier it is acts as its owner alone, also when a desk they sit at takes part.
  const own = reachable.some(({ role, desk }) => role === workflow.owner && desk === null) ? reachable.filter(({ desk }) => desk === null) : reachable;
  if (own.length === 0) throw notFound();
  const ways = own.filter((participant) => running(participant, at) && isBacked(participant, participants, at));
  if (ways.length === 0)
    throw new Problem(
      "grant-ended",
      "The keys handed to you were for a time that has passed, or the consent was withdrawn",
      "Ask the person whose dossier it is.",
    );
  return {
    ways,
    roles: [...new Set(ways.map(({ role }) => role))],
    wholeRoles: [...new Set(ways.filter(({ scope }) => scope === "dossier").map(({ role }) => role))],
    filter: filterOf(workflow, ways),
  };
}
