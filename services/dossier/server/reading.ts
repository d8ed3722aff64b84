/** Shows dossiers, entries and worklists to those who may see them, exactly as far as their keys reach. */
import type { Envelope } from "#services/directory/contract/index.ts";
import {
  entryKinds,
  type DossierRole,
  type DossierView,
  type EntryKind,
  type EntryView,
  type LateList,
  type Term,
  type WorklistPage,
} from "#services/dossier/contract/index.ts";
import type { Workflow } from "#services/dossier/workflow/define.ts";
import { lengthsFor } from "#services/dossier/workflow/lengths.ts";
import { allowedActions } from "#services/dossier/workflow/enforce.ts";
import { Problem } from "#services/problem/index.ts";
import {
  earlierEntries,
  ownedBy,
  readEntries,
  readEntryMark,
  readHead,
  readItems,
  readParticipants,
  type DossierHead,
  type ItemRow,
  type Participant,
  type TermRow,
} from "#services/dossier/store/dossiers.ts";
import { readConsents, readGrants, readHandOvers, type ConsentRow, type GrantRow } from "#services/dossier/store/grants.ts";
import { countLate, readLate, readTermEvents } from "#services/dossier/store/terms.ts";
import { countWorklist, readWorklist, type DeskPlace, type Line, type LineMark } from "#services/dossier/store/worklist.ts";
import { accessOf, desksOf, notFound, type Access } from "./access.ts";
import { outsideNames } from "./outside.ts";
import type { DossierServices } from "./services.ts";

const termView = (term: TermRow | null, at: Date): Term | null =>
  term === null ? null : { name: term.name, due: term.due.toISOString(), waitsFor: term.waitsFor, overdue: term.due < at };

interface Opened {
  readonly head: DossierHead;
  readonly participants: readonly Participant[];
  readonly memberOf: ReadonlySet<string>;
  readonly access: Access;
  readonly at: Date;
}

async function open(services: DossierServices, dossier: string, person: string): Promise<Opened> {
  const head = await readHead(services.db, dossier);
  if (head === null) throw notFound();
  const participants = await readParticipants(services.db, head.organisation, [dossier]);
  const memberOf = await services.directory.memberOf(services.db, person, desksOf(participants));
  const at = services.clock();
  return { head, participants, memberOf, access: accessOf(services.workflows[head.kind], participants, person, memberOf, at), at };
}

/** @throws {@link Problem} not-found when the person never had part in the dossier or there is none, grant-ended when it is over */
export const assertReader = async (services: DossierServices, dossier: string, person: string): Promise<void> => void (await open(services, dossier, person));

/** What someone is to a dossier, and which kinds of entries it has; for services whose doors depend on it. */
export interface Standing {
  readonly workflow: Workflow;
  readonly roles: readonly DossierRole[];
  readonly entries: ReadonlySet<EntryKind>;
}

/** @throws {@link Problem} not-found when the person never had part in the dossier or there is none, grant-ended when it is over */
export async function standingIn(services: DossierServices, dossier: string, person: string): Promise<Standing> {
  const { head, access } = await open(services, dossier, person);
  const earlier = await earlierEntries(services.db, head.organisation, dossier, entryKinds);
  return { workflow: services.workflows[head.kind], roles: access.roles, entries: new Set(earlier.map(({ kind }) => kind)) };
}

const participantView = (participant: Participant): DossierView["participants"][number] => ({
  role: participant.role,
  person: participant.person,
  desk: participant.desk,
  since: participant.since.toISOString(),
  until: participant.until?.toISOString() ?? null,
  scope: participant.scope,
  consent: participant.consent,
});

/** Readers without the dossier key see their own ways in and the consents these rest on, not who else is helping. */
function dossierView(
  services: DossierServices,
  opened: Opened,
  grants: readonly GrantRow[],
  consents: readonly ConsentRow[],
  events: Awaited<ReturnType<typeof readTermEvents>>,
): DossierView {
  const { head, access, at, memberOf } = opened;
  const whole = access.wholeRoles.length > 0;
  // Whose dossier it is sees every name of it outside; a desk the one in its own organisation.
  const outside = outsideNames(services.outside, head, access.roles.includes(services.workflows[head.kind].owner) ? opened.participants : access.ways);
  return {
    id: head.id,
    kind: head.kind,
    organisation: head.organisation,
    phase: head.phase,
    ...(outside.length === 0 ? {} : { outside }),
    opened: head.opened.toISOString(),
    roles: [...access.roles],
    actions: allowedActions(services.workflows[head.kind], head.phase, access.roles),
    lastSeq: head.lastSeq,
    lastHash: head.lastHash,
    cover: whole && head.cover !== null ? head.cover.toString("base64url") : null,
    term: termView(head.term, at),
    termLengths: lengthsFor(services.workflows[head.kind], services.termLengths ?? {}),
    termEvents: whole ? events.map(({ name, seq, what, person, at: moment }) => ({ term: name, seq, what, person, at: moment.toISOString() })) : [],
    participants: (whole ? opened.participants : access.ways).map(participantView),
    grants: grants.map(({ statement, sealed }) => ({ statement, sealed })),
    consents: consents
      .filter(({ desk }) => whole || memberOf.has(desk))
      .map(({ statement, withdrawn }) => ({ statement, withdrawn: withdrawn?.toISOString() ?? null })),
  };
}

/** One dossier for one reader. @throws {@link Problem} not-found, grant-ended */
export async function viewDossier(services: DossierServices, dossier: string, person: string): Promise<DossierView> {
  const opened = await open(services, dossier, person);
  const { organisation } = opened.head;
  const [grants, consents, events] = await Promise.all([
    readGrants(services.db, organisation, [dossier], person, [...opened.memberOf], opened.at),
    readConsents(services.db, organisation, [dossier]),
    readTermEvents(services.db, organisation, [dossier]),
  ]);
  return dossierView(services, opened, grants, consents, events);
}

/** Who handed keys to whom, as signed; all of it for who holds the dossier key, else what was handed to them. @throws {@link Problem} not-found, grant-ended */
export async function viewHandOvers(services: DossierServices, dossier: string, person: string): Promise<Envelope[]> {
  const { head, access, memberOf, at } = await open(services, dossier, person);
  if (access.wholeRoles.length > 0) return await readHandOvers(services.db, head.organisation, dossier);
  return (await readGrants(services.db, head.organisation, [dossier], person, [...memberOf], at)).map(({ statement }) => statement);
}

/** The dossiers a person owns, last changed first; three queries per organisation however many there are. */
export async function viewOwnDossiers(services: DossierServices, person: string): Promise<DossierView[]> {
  // What someone opened for a desk is on that desk's worklist.
  const heads = (await ownedBy(services.db, person)).filter(({ kind }) => services.workflows[kind].ownerSitsAt === undefined);
  const at = services.clock();
  const byOrganisation = Map.groupBy(heads, ({ organisation }) => organisation);
  const views = new Map<string, DossierView>();
  for (const [organisation, group] of byOrganisation) {
    const ids = group.map(({ id }) => id);
    const [participants, grants, consents, events] = await Promise.all([
      readParticipants(services.db, organisation, ids),
      readGrants(services.db, organisation, ids, person, [], at),
      readConsents(services.db, organisation, ids),
      readTermEvents(services.db, organisation, ids),
    ]);
    for (const head of group) {
      const mine = participants.filter(({ dossier }) => dossier === head.id);
      const access = accessOf(services.workflows[head.kind], mine, person, new Set(), at);
      const opened: Opened = { head, participants: mine, memberOf: new Set(), access, at };
      views.set(
        head.id,
        dossierView(
          services,
          opened,
          grants.filter(({ dossier }) => dossier === head.id),
          consents.filter(({ dossier }) => dossier === head.id),
          events.filter(({ dossier }) => dossier === head.id),
        ),
      );
    }
  }
  return heads.flatMap(({ id }) => views.get(id) ?? []);
}

/** Entries of a dossier after `after`. @throws {@link Problem} not-found, grant-ended */
export async function viewEntries(
  services: DossierServices,
  dossier: string,
  person: string,
  after: number,
  limit: number,
): Promise<{ entries: EntryView[]; next: number | null }> {
  const { head, access } = await open(services, dossier, person);
  const found = await readEntries(services.db, head.organisation, dossier, after, limit + 1, access.filter);
  const page = found.slice(0, limit);
  const entries = await Promise.all(
    page.map(async (entry) => ({
      statement: entry.statement,
      body: entry.body === null ? null : entry.body.toString("base64url"),
      signPublicKey: entry.signPublicKey,
      received: entry.received.toISOString(),
      leaf: entry.leaf ?? (await services.ledger.indexOf(entry.hash)),
    })),
  );
  const last = page.at(-1);
  return { entries, next: found.length > limit && last !== undefined ? last.seq : null };
}

/** Statement hash of an entry the reader may see, for its receipt. @throws {@link Problem} not-found, grant-ended */
export async function entryHashFor(services: DossierServices, dossier: string, person: string, seq: number): Promise<string> {
  const { head, access } = await open(services, dossier, person);
  const { filter } = access;
  const [visible] =
    filter.bodiesOfKinds === null
      ? [await readEntryMark(services.db, head.organisation, dossier, seq)]
      : await readEntries(services.db, head.organisation, dossier, seq - 1, 1, filter);
  if (visible === undefined || visible === null || ("seq" in visible && visible.seq !== seq))
    throw new Problem("not-found", `There is no entry ${seq} for you`, "Read the entries of the dossier.");
  return visible.hash;
}

/** An attachment the reader holds a key to. @throws {@link Problem} not-found, grant-ended */
export async function attachmentFor(services: DossierServices, dossier: string, person: string, item: string): Promise<ItemRow & { readonly blob: string }> {
  const { head, access } = await open(services, dossier, person);
  const [found] = await readItems(services.db, head.organisation, dossier, [item]);
  const { bodiesOfKinds, items } = access.filter;
  if (found === undefined || found.blob === null || !(bodiesOfKinds === null || bodiesOfKinds.includes(found.kind) || items.includes(item))) {
    throw new Problem("not-found", "There is no such attachment for you", "Read the entries of the dossier.");
  }
  return { ...found, blob: found.blob };
}

const cursorShape = /^(\d{1,16})_(\d{1,16})_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/u;

function parseCursor(cursor: string | undefined): LineMark | null {
  if (cursor === undefined) return null;
  const [, due, changed, dossier] = cursorShape.exec(Buffer.from(cursor, "base64url").toString("latin1")) ?? [];
  // Further than a Date reaches (ECMA-262 section 21.4.1.1) is no moment of ours either.
  const mark =
    due === undefined || changed === undefined || dossier === undefined ? null : { due: new Date(Number(due)), changed: new Date(Number(changed)), dossier };
  if (mark === null || Number.isNaN(mark.due.getTime()) || Number.isNaN(mark.changed.getTime()))
    throw new Problem("input-malformed", "/after is not a cursor of this worklist", "Use the `next` of the page before, unchanged.");
  return mark;
}

/** A page of a desk's worklist for one of its members. @throws {@link Problem} not-found when the caller is no member, input-malformed for a wrong cursor. */
export async function viewWorklist(
  services: DossierServices,
  desk: string,
  person: string,
  query: { readonly after?: string; readonly limit?: number; readonly changedSince?: string },
): Promise<WorklistPage> {
  const after = parseCursor(query.after);
  const place = await placeOfMember(services, desk, person);
  const limit = query.limit ?? 50;
  const at = services.clock();
  const since = query.changedSince === undefined ? null : new Date(query.changedSince);
  const [lines, total] = await Promise.all([readWorklist(services.db, place, after, since, limit + 1, at), countWorklist(services.db, place)]);
  return { ...pageOf(lines, limit, at), total };
}

/** What is late at a desk, for one of its members: how much of what, and the lines, what waits longest first. @throws as {@link viewWorklist} */
export async function viewLate(
  services: DossierServices,
  desk: string,
  person: string,
  query: { readonly after?: string; readonly limit?: number },
): Promise<LateList> {
  const after = parseCursor(query.after);
  const place = await placeOfMember(services, desk, person);
  const limit = query.limit ?? 50;
  const at = services.clock();
  const [lines, groups] = await Promise.all([readLate(services.db, place, after, limit + 1, at), countLate(services.db, place, at)]);
  return {
    at: at.toISOString(),
    groups: groups.map(({ oldest, ...group }) => ({ ...group, oldest: oldest.toISOString() })),
    ...pageOf(lines, limit, at),
  };
}

/** @throws {@link Problem} not-found when the caller is no member */
async function placeOfMember(services: DossierServices, desk: string, person: string): Promise<DeskPlace> {
  const [members, desks] = await Promise.all([services.directory.memberOf(services.db, person, [desk]), services.directory.desks(services.db, [desk])]);
  const facts = desks.get(desk);
  if (!members.has(desk) || facts === undefined) throw new Problem("not-found", "There is no such desk for you", "Sign in as a member of the desk.");
  return { desk, organisation: facts.organisation };
}

/** Lines as they are shown, and where the next page begins; one line more than `limit` was read to know whether there is one. */
function pageOf(lines: readonly Line[], limit: number, at: Date): Pick<WorklistPage, "lines" | "next"> {
  const page = lines.slice(0, limit);
  const last = page.at(-1);
  return {
    lines: page.map((line) => ({
      id: line.dossier,
      kind: line.kind,
      phase: line.phase,
      opened: line.opened.toISOString(),
      changed: line.changed.toISOString(),
      term: line.term === null ? null : termView({ ...line.term, due: line.due }, at),
      cover: line.cover === null ? null : line.cover.toString("base64url"),
      guest: line.guest,
      grant: { statement: line.statement, sealed: line.sealed },
    })),
    next:
      lines.length > limit && last !== undefined
        ? Buffer.from(`${last.due.getTime()}_${last.changed.getTime()}_${last.dossier}`, "latin1").toString("base64url")
        : null,
  };
}
