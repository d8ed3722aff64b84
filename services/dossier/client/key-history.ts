/**
 * Who held which key when, over all of a person's dossiers: from signed statements alone, each checked on this device and looked up in the public log. Called by the page "wie las mee" and the CLI.
 *
 * [Note: Held a key, not: read it] This says who *could* open what, and when. Nobody can know what someone really looked at: the server sees no reading, and a reader may have looked away or copied everything.
 */
import { readStatement, statementHash, type RosterMember } from "@rugdekking/seal/verify";
import { readRecoveries, readSet, readUnlockRecords, type Session, type VerifiedDesk } from "#services/directory/client/index.ts";
import { followPinnedLog, type FollowedLog } from "#services/directory/client/transparency.ts";
import type { DossierKind, DossierRole, GrantPayload } from "#services/dossier/contract/index.ts";
import type { Workflows } from "#services/dossier/workflow/enforce.ts";
import type { LeafKind } from "#services/ledger/contract/index.ts";
import { Problem } from "#services/problem/index.ts";
import { type DossierHandle, listDossiers, openDossier } from "./handle.ts";

/** One person of a desk, as its signed roster names them. */
export interface KeyHolder {
  readonly name: string;
  readonly office: string;
}

/** What happened to a key. Names come from rosters, so a desk wrote them. */
export type KeyEventFacts =
  | {
      readonly is: "handed-over";
      readonly role: DossierRole;
      /** Null: a person. */
      readonly desk: string | null;
      /** Handed to whoever reads this. */
      readonly own: boolean;
      readonly people: readonly KeyHolder[];
      readonly reads: "dossier" | "channel" | "items";
      readonly items: number;
      readonly until: string | null;
    }
  | { readonly is: "consent" | "withdrawn"; readonly role: DossierRole; readonly desk: string; readonly until: string }
  | {
      readonly is: "desk-changed";
      readonly desk: string;
      readonly epoch: number;
      readonly joined: readonly KeyHolder[];
      readonly left: readonly KeyHolder[];
      readonly recovered: boolean;
      readonly recoverable: readonly KeyHolder[];
    }
  | { readonly is: "unlocks"; readonly kinds: readonly { readonly kind: string; readonly label: string }[]; readonly recovered: boolean }
  | { readonly is: "recovery-set"; readonly holders: readonly KeyHolder[]; readonly hours: number }
  | { readonly is: "recovery-asked" | "recovery-confirmed" | "recovery-taken" | "recovery-done" | "recovery-stopped"; readonly by: string | null };

/** One line of the history. */
export interface KeyEvent {
  readonly key: string;
  /** As its signer stated it, or (of what nobody signs, such as asking) as the server noted it. */
  readonly at: string;
  /** Null: about all of the person's dossiers. */
  readonly dossier: string | null;
  readonly kind: DossierKind | null;
  readonly facts: KeyEventFacts;
  /** Whether a statement stands behind it, and whether that statement is in the log. */
  readonly proof: "in-log" | "not-in-log" | "server-says";
}

/** A whole history. */
export interface KeyHistory {
  /** Newest first. */
  readonly events: readonly KeyEvent[];
  readonly log: { readonly size: number; readonly before: number | null };
  /** Dossiers whose history could not be checked: said, never left out in silence. */
  readonly unread: readonly string[];
}

const peopleOf = (members: readonly RosterMember[]): KeyHolder[] => members.map(({ name, office }) => ({ name, office }));

/**
 * The whole history of a person or guest.
 * @param progress how many dossiers were read, of how many
 * @throws {@link Problem} session-missing, unavailable, signature-invalid when the log is not the one this device saw before.
 */
export async function keyHistory(session: Session, workflows: Partial<Workflows>, progress?: (done: number, all: number) => void): Promise<KeyHistory> {
  const log = await followPinnedLog(session.trust);
  const views = await listDossiers(session);
  const events: KeyEvent[] = [];
  const unread: string[] = [];
  for (const [place, { id }] of views.entries()) {
    progress?.(place, views.length);
    try {
      events.push(...(await dossierEvents(await openDossier(session, id, workflows), log)));
    } catch (error) {
      if (!(error instanceof Problem) || error.code === "unavailable") throw error;
      unread.push(id);
    }
  }
  if (!session.guest) events.push(...(await ownEvents(session, log)));
  return { events: events.toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at)), log: { size: log.size, before: log.before }, unread };
}

const proven = async (log: FollowedLog, what: LeafKind, hash: string): Promise<KeyEvent["proof"]> => ((await log.holds(what, hash)) ? "in-log" : "not-in-log");

/** What happened to the keys of one dossier: hand-overs, consents, and who came and went in each desk while it held a key. */
async function dossierEvents(handle: DossierHandle, log: FollowedLog): Promise<KeyEvent[]> {
  const { session, id: dossier, kind } = handle;
  const events: KeyEvent[] = [];
  const desks = new Map<string, VerifiedDesk>();
  const deskOf = async (id: string): Promise<VerifiedDesk> => {
    const known = desks.get(id) ?? (await session.trust.desk(id));
    desks.set(id, known);
    return known;
  };
  const held = new Map<string, { readonly from: string; readonly epoch: number }>();
  for (const { statement, payload } of await handle.readHandOvers()) {
    const hash = await statementHash(statement);
    const to = payload.to;
    const desk = "desk" in to ? await deskOf(to.desk) : null;
    if (desk !== null && "desk" in to && !held.has(desk.id)) held.set(desk.id, { from: payload.at, epoch: to.epoch });
    const roster = desk === null || !("desk" in to) ? null : (desk.history.find(({ roster: one }) => one.epoch === to.epoch)?.roster ?? null);
    const facts: KeyEventFacts = {
      is: "handed-over",
      role: payload.role,
      desk: desk?.name ?? null,
      own: "person" in to && to.person === handle.session.person.person,
      people: roster === null ? [] : peopleOf(roster.members),
      reads: payload.keys.scope,
      items: itemsOf(payload),
      until: payload.until,
    };
    events.push({ key: hash, at: payload.at, dossier, kind, facts, proof: await proven(log, "grant", hash) });
  }
  for (const consent of handle.consents) {
    const { name } = await deskOf(consent.to.desk);
    const facts = { role: consent.to.role, desk: name, until: consent.until };
    events.push({ key: consent.hash, at: consent.at, dossier, kind, facts: { is: "consent", ...facts }, proof: await proven(log, "consent", consent.hash) });
    if (consent.withdrawn !== null)
      events.push({ key: `${consent.hash} withdrawn`, at: consent.withdrawn, dossier, kind, facts: { is: "withdrawn", ...facts }, proof: "server-says" });
  }
  for (const [id, { epoch }] of held) events.push(...(await deskEvents(await deskOf(id), epoch, dossier, kind, log)));
  return events;
}

const itemsOf = ({ keys }: GrantPayload): number => (keys.scope === "items" ? keys.items.length : 0);

/** Who came and went in a desk after it was handed a key: a newcomer reads what the desk holds. */
async function deskEvents(desk: VerifiedDesk, since: number, dossier: string, kind: DossierKind, log: FollowedLog): Promise<KeyEvent[]> {
  const events: KeyEvent[] = [];
  for (const [place, { roster, hash }] of desk.history.entries()) {
    const before = desk.history[place - 1]?.roster;
    if (roster.epoch <= since || before === undefined) continue;
    const [was, is] = [new Set(before.members.map(({ person }) => person)), new Set(roster.members.map(({ person }) => person))];
    const facts: KeyEventFacts = {
      is: "desk-changed",
      desk: desk.name,
      epoch: roster.epoch,
      joined: peopleOf(roster.members.filter(({ person }) => !was.has(person))),
      left: peopleOf(before.members.filter(({ person }) => !is.has(person))),
      recovered: roster.recovered !== undefined,
      recoverable: roster.recovery?.holders.map(({ name, office }) => ({ name, office })) ?? [],
    };
    events.push({ key: `${dossier} ${hash}`, at: roster.at, dossier, kind, facts, proof: await proven(log, "roster", hash) });
  }
  return events;
}

/** What happened to the person's own keys: ways to sign in, and recovery. */
async function ownEvents(session: Session, log: FollowedLog): Promise<KeyEvent[]> {
  const whole = { dossier: null, kind: null } as const;
  const events: KeyEvent[] = [];
  for (const { record, hash } of await readUnlockRecords(session)) {
    const facts: KeyEventFacts = { is: "unlocks", kinds: record.unlocks.map(({ kind, label }) => ({ kind, label })), recovered: record.recovery !== null };
    events.push({ key: hash, at: record.at, ...whole, facts, proof: await proven(log, "unlock-record", hash) });
  }
  for (const view of (await readRecoveries(session)).own) {
    const set = await readSet(view);
    const holders = set.holders.map(({ name, office }) => ({ name, office }));
    events.push({
      key: view.hash,
      at: set.at,
      ...whole,
      facts: { is: "recovery-set", holders, hours: set.delayHours },
      proof: await proven(log, "recovery", view.hash),
    });
    for (const attempt of view.attempts) {
      const note = (is: "recovery-asked" | "recovery-taken" | "recovery-done" | "recovery-stopped", at: string): number =>
        events.push({ key: `${attempt.attempt} ${is}`, at, ...whole, facts: { is, by: null }, proof: "server-says" });
      note("recovery-asked", attempt.asked);
      if (attempt.taken !== null) note("recovery-taken", attempt.taken);
      if (attempt.ended !== null) note(attempt.state === "done" ? "recovery-done" : "recovery-stopped", attempt.ended);
    }
    for (const { statement, received } of view.statements) {
      if (statement.payloadType !== "application/vnd.rugdekking.recovery-confirmation+json") continue;
      const hash = await statementHash(statement);
      const said = readStatement(statement);
      const place = typeof said === "object" && said !== null && "place" in said ? said.place : null;
      const by = set.holders.find((holder) => holder.place === place)?.name ?? null;
      events.push({ key: hash, at: received, ...whole, facts: { is: "recovery-confirmed", by }, proof: await proven(log, "recovery", hash) });
    }
  }
  return events;
}
