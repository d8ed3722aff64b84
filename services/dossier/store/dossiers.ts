/** Reads and writes the head, chain and participants of a dossier; for the dossier's server room. Every writing function takes the transaction it belongs to. */
import { readStatement } from "@rugdekking/seal/verify";
import { sql, type QueryExecutorProvider } from "kysely";
import { Check } from "typebox/value";
import { EntryHeader, type DossierKind, type DossierRole, type EntryKind, type ItemReference } from "#services/dossier/contract/index.ts";
import type { Envelope } from "#services/directory/contract/index.ts";
import type { EarlierEntry } from "#services/dossier/workflow/enforce.ts";

/** A transaction or the pool: whatever can run a statement. */
export type Executor = QueryExecutorProvider;

/** The running term of a dossier. */
export interface TermRow {
  readonly name: string;
  readonly waitsFor: DossierRole;
  readonly due: Date;
}

/** Row of `dossier`: all that may change about it, and who owns it. */
export interface DossierHead {
  readonly organisation: string;
  readonly id: string;
  readonly kind: DossierKind;
  readonly owner: string;
  readonly phase: string;
  readonly urgency: "acute" | "normal";
  readonly opened: Date;
  readonly changed: Date;
  readonly lastSeq: number;
  readonly lastHash: string;
  /** Latest time an entry states; null when that was not kept yet. */
  readonly stated: Date | null;
  readonly cover: Buffer | null;
  readonly term: TermRow | null;
}

interface HeadRow {
  organisation: string;
  id: string;
  kind: DossierKind;
  owner_id: string;
  phase: string;
  urgency: "acute" | "normal";
  opened: Date;
  changed: Date;
  last_seq: number;
  last_hash: string;
  stated: Date | null;
  cover: Buffer | null;
  term_name: string | null;
  term_waits_for: DossierRole | null;
  term_due: Date | null;
}

const headOf = (row: HeadRow): DossierHead => ({
  organisation: row.organisation,
  id: row.id,
  kind: row.kind,
  owner: row.owner_id,
  phase: row.phase,
  urgency: row.urgency,
  opened: row.opened,
  changed: row.changed,
  lastSeq: row.last_seq,
  lastHash: row.last_hash,
  stated: row.stated,
  cover: row.cover,
  term:
    row.term_name === null || row.term_waits_for === null || row.term_due === null
      ? null
      : { name: row.term_name, waitsFor: row.term_waits_for, due: row.term_due },
});

/** The tenant a dossier belongs to; null when there is none. */
export async function placeOf(db: Executor, dossier: string): Promise<string | null> {
  const { rows } = await sql<{ organisation: string }>`SELECT organisation FROM dossier_place WHERE dossier = ${dossier}`.execute(db);
  return rows[0]?.organisation ?? null;
}

/** Head of a dossier in one round trip; null when there is none. */
export async function readHead(db: Executor, dossier: string): Promise<DossierHead | null> {
  const { rows } =
    await sql<HeadRow>`SELECT d.* FROM dossier_place p JOIN dossier d ON d.organisation = p.organisation AND d.id = p.dossier WHERE p.dossier = ${dossier}`.execute(
      db,
    );
  return rows[0] === undefined ? null : headOf(rows[0]);
}

/** Head of a dossier, locked until the transaction ends: entries of one dossier come one after another, those of different dossiers do not wait. */
export async function lockHead(trx: Executor, organisation: string, dossier: string): Promise<DossierHead | null> {
  const { rows } = await sql<HeadRow>`SELECT * FROM dossier WHERE organisation = ${organisation} AND id = ${dossier} FOR UPDATE`.execute(trx);
  return rows[0] === undefined ? null : headOf(rows[0]);
}

/** Ids of the dossiers this person owns, newest first, at most 200. */
export async function ownedBy(db: Executor, person: string): Promise<DossierHead[]> {
  const { rows } = await sql<HeadRow>`SELECT d.* FROM dossier_place p JOIN dossier d ON d.organisation = p.organisation AND d.id = p.dossier
    WHERE p.owner_id = ${person} ORDER BY d.changed DESC LIMIT 200`.execute(db);
  return rows.map(headOf);
}

/** Claims the id of a new dossier; false when it is taken. A concurrent claim waits for the other to end. */
export async function claimPlace(trx: Executor, dossier: string, organisation: string, owner: string): Promise<boolean> {
  const result =
    await sql`INSERT INTO dossier_place (dossier, organisation, owner_id) VALUES (${dossier}, ${organisation}, ${owner}) ON CONFLICT (dossier) DO NOTHING`.execute(
      trx,
    );
  return result.numAffectedRows === 1n;
}

/** Writes the head of a new dossier. */
export async function insertHead(trx: Executor, head: DossierHead): Promise<void> {
  await sql`INSERT INTO dossier (organisation, id, kind, owner_id, phase, urgency, opened, changed, last_seq, last_hash, stated, cover, term_name, term_waits_for, term_due)
    VALUES (${head.organisation}, ${head.id}, ${head.kind}, ${head.owner}, ${head.phase}, ${head.urgency}, ${head.opened}, ${head.changed}, ${head.lastSeq}, ${head.lastHash},
      ${head.stated}, ${head.cover}, ${head.term?.name ?? null}, ${head.term?.waitsFor ?? null}, ${head.term?.due ?? null})`.execute(trx);
}

/** Moves a locked head on to its next entry. */
export async function updateHead(trx: Executor, head: DossierHead): Promise<void> {
  await sql`UPDATE dossier SET phase = ${head.phase}, changed = ${head.changed}, last_seq = ${head.lastSeq}, last_hash = ${head.lastHash}, stated = ${head.stated}, cover = ${head.cover},
    term_name = ${head.term?.name ?? null}, term_waits_for = ${head.term?.waitsFor ?? null}, term_due = ${head.term?.due ?? null}
    WHERE organisation = ${head.organisation} AND id = ${head.id}`.execute(trx);
}

/** An entry about to be stored. */
export interface NewEntry {
  readonly header: EntryHeader;
  readonly hash: string;
  readonly statement: Envelope;
  readonly signPublicKey: string;
  readonly body: Uint8Array;
  readonly received: Date;
}

/** Writes an entry. */
export async function insertEntry(trx: Executor, organisation: string, entry: NewEntry): Promise<void> {
  const { header } = entry;
  await sql`INSERT INTO dossier_entry (organisation, dossier, seq, hash, kind, action, author_id, author_role, sign_public_key, body_item, body_digest, body_size, body, answers, statement, received)
    VALUES (${organisation}, ${header.dossier}, ${header.seq}, ${entry.hash}, ${header.kind}, ${header.action}, ${header.author.person}, ${header.author.role}, ${entry.signPublicKey},
      ${header.body.item}, ${header.body.digest}, ${header.body.size}, ${entry.body}, ${header.answers ?? null}, ${JSON.stringify(entry.statement)}::jsonb, ${entry.received})`.execute(
    trx,
  );
}

/** An item of an entry; `blob` is null for its body, which lies in the entry itself. */
export interface ItemRow extends ItemReference {
  readonly seq: number;
  readonly blob: string | null;
}

/** Writes the items of one entry; false when an item id was used before in this dossier. */
export async function insertItems(trx: Executor, organisation: string, dossier: string, items: readonly ItemRow[]): Promise<boolean> {
  const values = items.map(
    (item) => sql`(${organisation}, ${dossier}::uuid, ${item.item}::uuid, ${item.seq}::bigint, ${item.digest}, ${item.size}::bigint, ${item.blob}::text)`,
  );
  const result =
    await sql`INSERT INTO dossier_entry_item (organisation, dossier, item_id, seq, digest, size, blob) VALUES ${sql.join(values)} ON CONFLICT DO NOTHING`.execute(
      trx,
    );
  return result.numAffectedRows === BigInt(items.length);
}

/** Items by id, as far as they exist in this dossier. */
export async function readItems(
  db: Executor,
  organisation: string,
  dossier: string,
  items: readonly string[],
): Promise<(ItemRow & { readonly kind: EntryKind })[]> {
  const { rows } = await sql<{ item_id: string; seq: number; digest: string; size: number; blob: string | null; kind: EntryKind }>`
    SELECT i.item_id, i.seq, i.digest, i.size, i.blob, e.kind FROM dossier_entry_item i
    JOIN dossier_entry e ON e.organisation = i.organisation AND e.dossier = i.dossier AND e.seq = i.seq
    WHERE i.organisation = ${organisation} AND i.dossier = ${dossier} AND i.item_id = ANY(${[...items]}::uuid[])`.execute(db);
  return rows.map((row) => ({ item: row.item_id, seq: row.seq, digest: row.digest, size: row.size, blob: row.blob, kind: row.kind }));
}

/**
 * Earlier entries of the given kinds, for the workflow's requirements.
 * @param heard the kind whose desk the table asks about; it stands in the signed header, which was checked when it came in
 */
export async function earlierEntries(
  db: Executor,
  organisation: string,
  dossier: string,
  kinds: readonly EntryKind[],
  heard: EntryKind | null = null,
): Promise<EarlierEntry[]> {
  if (kinds.length === 0) return [];
  const { rows } = await sql<{
    seq: number;
    kind: EntryKind;
    author_id: string;
    body_item: string;
    body_digest: string;
    body_size: number;
    statement: Envelope | null;
  }>`
    SELECT seq, kind, author_id, body_item, body_digest, body_size, CASE WHEN kind = ${heard}::text THEN statement END AS statement FROM dossier_entry
    WHERE organisation = ${organisation} AND dossier = ${dossier} AND kind = ANY(${[...kinds]}::text[])`.execute(db);
  return rows.map((row) => ({
    seq: row.seq,
    kind: row.kind,
    author: row.author_id,
    desk: row.statement === null ? null : deskIn(row.statement),
    body: { item: row.body_item, digest: row.body_digest, size: row.body_size },
  }));
}

/** Desk a stored entry was signed for. */
function deskIn(statement: Envelope): string | null {
  const header = readStatement(statement);
  return Check(EntryHeader, header) ? header.author.desk : null;
}

/** Hash and author of one entry; null when there is none at `seq`. */
export async function readEntryMark(
  db: Executor,
  organisation: string,
  dossier: string,
  seq: number,
): Promise<{ readonly hash: string; readonly author: string; readonly kind: EntryKind } | null> {
  const { rows } = await sql<{ hash: string; author_id: string; kind: EntryKind }>`SELECT hash, author_id, kind FROM dossier_entry
    WHERE organisation = ${organisation} AND dossier = ${dossier} AND seq = ${seq}`.execute(db);
  return rows[0] === undefined ? null : { hash: rows[0].hash, author: rows[0].author_id, kind: rows[0].kind };
}

/** An entry as it is read back; `body` is null where the reader holds no key to it. */
export interface StoredEntry {
  readonly seq: number;
  readonly hash: string;
  readonly statement: Envelope;
  readonly signPublicKey: string;
  readonly received: Date;
  readonly body: Buffer | null;
  /** Place of its leaf in the log; null in the moment between commit and the next checkpoint. */
  readonly leaf: number | null;
}

/** Which entries a reader sees, and of which also the body. `null` means: all. */
export interface EntryFilter {
  readonly bodiesOfKinds: readonly EntryKind[] | null;
  readonly headersOfKinds: readonly EntryKind[];
  /** These items, and the entries that answer one of them. */
  readonly items: readonly string[];
}

/** Entries after `after`, in the order of the chain, at most `limit`, as far as the filter lets them be seen. */
export async function readEntries(
  db: Executor,
  organisation: string,
  dossier: string,
  after: number,
  limit: number,
  filter: EntryFilter,
): Promise<StoredEntry[]> {
  const all = filter.bodiesOfKinds === null;
  const kinds = [...(filter.bodiesOfKinds ?? [])];
  const items = [...filter.items];
  const readable = sql`(${all}::boolean OR e.kind = ANY(${kinds}::text[]) OR e.body_item = ANY(${items}::uuid[]) OR e.answers = ANY(${items}::uuid[]))`;
  const { rows } = await sql<{
    seq: number;
    hash: string;
    statement: Envelope;
    sign_public_key: string;
    received: Date;
    body: Buffer | null;
    leaf: number | null;
  }>`
    SELECT e.seq, e.hash, e.statement, e.sign_public_key, e.received, CASE WHEN ${readable} THEN e.body END AS body, l.leaf_index AS leaf FROM dossier_entry e
    LEFT JOIN ledger_leaf l ON l.log = 'main' AND l.hash = e.hash AND l.what = 'entry'
    WHERE e.organisation = ${organisation} AND e.dossier = ${dossier} AND e.seq > ${after}
      AND (${readable} OR e.kind = ANY(${[...filter.headersOfKinds]}::text[]) OR e.seq IN (
        SELECT i.seq FROM dossier_entry_item i WHERE i.organisation = ${organisation} AND i.dossier = ${dossier} AND i.item_id = ANY(${items}::uuid[])))
    ORDER BY e.seq LIMIT ${limit}`.execute(db);
  return rows.map((row) => ({
    seq: row.seq,
    hash: row.hash,
    statement: row.statement,
    signPublicKey: row.sign_public_key,
    received: row.received,
    body: row.body,
    leaf: row.leaf,
  }));
}

/** One way in: a person in a role, or a desk in a role, with how far it reaches. */
export interface Participant {
  readonly id: string;
  readonly dossier: string;
  readonly role: DossierRole;
  readonly person: string | null;
  readonly desk: string | null;
  readonly deskOrganisation: string | null;
  readonly scope: "dossier" | "channel" | "items";
  readonly channel: string | null;
  readonly items: readonly string[] | null;
  readonly consent: string | null;
  readonly since: Date;
  readonly until: Date | null;
}

/** Participants of the given dossiers of one tenant, ended ones included. */
export async function readParticipants(db: Executor, organisation: string, dossiers: readonly string[]): Promise<Participant[]> {
  const { rows } = await sql<{
    id: string;
    dossier: string;
    role: DossierRole;
    person_id: string | null;
    desk_id: string | null;
    desk_organisation: string | null;
    scope: Participant["scope"];
    channel: string | null;
    items: string[] | null;
    consent: string | null;
    since: Date;
    until: Date | null;
  }>`SELECT * FROM dossier_participant WHERE organisation = ${organisation} AND dossier = ANY(${[...dossiers]}::uuid[]) ORDER BY since, id`.execute(db);
  return rows.map((row) => ({
    id: row.id,
    dossier: row.dossier,
    role: row.role,
    person: row.person_id,
    desk: row.desk_id,
    deskOrganisation: row.desk_organisation,
    scope: row.scope,
    channel: row.channel,
    items: row.items,
    consent: row.consent,
    since: row.since,
    until: row.until,
  }));
}

/** Adds participants. */
export async function insertParticipants(trx: Executor, organisation: string, participants: readonly Participant[]): Promise<void> {
  if (participants.length === 0) return;
  const values = participants.map(
    (
      p,
    ) => sql`(${organisation}, ${p.dossier}::uuid, ${p.id}::uuid, ${p.role}, ${p.person}::uuid, ${p.desk}::uuid, ${p.deskOrganisation}::text, ${p.scope}, ${p.channel}::text,
    ${p.items === null ? null : JSON.stringify(p.items)}::jsonb, ${p.consent}::text, ${p.since}::timestamptz, ${p.until}::timestamptz)`,
  );
  await sql`INSERT INTO dossier_participant (organisation, dossier, id, role, person_id, desk_id, desk_organisation, scope, channel, items, consent, since, until) VALUES ${sql.join(values)}`.execute(
    trx,
  );
}

/** Ends every running participation in a role (an expert who is replaced). */
export async function endRole(trx: Executor, organisation: string, dossier: string, role: DossierRole, at: Date): Promise<void> {
  await sql`UPDATE dossier_participant SET until = ${at} WHERE organisation = ${organisation} AND dossier = ${dossier} AND role = ${role} AND (until IS NULL OR until > ${at})`.execute(
    trx,
  );
}
