/** Looks whether everything that was acknowledged is still there as it was: statements, chains, bodies, attachments and the log against each other. For `rugdekking doctor` and tests. */
import { sql } from "kysely";
import { digestOf, parseEnvelope, readStatement, statementHash } from "@rugdekking/seal/verify";
import { EntryHeader } from "#services/dossier/contract/index.ts";
import type { LeafKind } from "#services/ledger/contract/index.ts";
import { verifyStore } from "#services/ledger/store/index.ts";
import type { Database } from "#services/storage/index.ts";
import { Check } from "typebox/value";

/** What may be wrong. */
export type InspectionCode = "log" | "statement-altered" | "statement-missing" | "statement-unlogged" | "chain-broken" | "body-altered" | "attachment-missing";

/** One thing that is wrong, and where. Names ids only. */
export interface InspectionFault {
  readonly code: InspectionCode;
  /** Dossier and entry, or the log's index. */
  readonly where: string;
  readonly detail: string;
}

/** Outcome of an inspection. */
export interface Inspection {
  readonly statements: number;
  readonly dossiers: number;
  /** The first hundred faults, in the order found; empty when all is well. */
  readonly faults: readonly InspectionFault[];
}

/** Tables with statements, the kind of their leaves, and how to read them in steps by hash. */
const sources: readonly { readonly what: LeafKind; readonly table: string; readonly hash: string; readonly statement: string }[] = [
  { what: "entry", table: "dossier_entry", hash: "hash", statement: "statement" },
  { what: "grant", table: "dossier_grant", hash: "hash", statement: "statement" },
  { what: "consent", table: "dossier_consent", hash: "hash", statement: "statement" },
  { what: "roster", table: "desk_roster", hash: "hash", statement: "statement" },
  { what: "person-card", table: "person", hash: "card_hash", statement: "card" },
  { what: "fingerprint-network", table: "fingerprint_network", hash: "hash", statement: "statement" },
  { what: "monitor-wave", table: "monitor_wave", hash: "hash", statement: "statement" },
  { what: "joining-request", table: "joining_request", hash: "hash", statement: "statement" },
  { what: "joining-verdict", table: "joining_verdict", hash: "hash", statement: "statement" },
  { what: "figures-quarter", table: "figures_quarter", hash: "hash", statement: "statement" },
  { what: "recovery", table: "recovery_statement", hash: "hash", statement: "statement" },
  { what: "unlock-record", table: "person_unlock_record", hash: "hash", statement: "statement" },
];

/** Statements of these kinds carry a signature; an erasure is vouched for by the log alone, and its hash is checked apart. */
const erasures = { what: "erasure", table: "erasure_receipt", hash: "hash" } as const;

const most = 100;
const step = 500;

/**
 * Compares the store with itself and with the log. Reads everything once, in steps; changes nothing.
 * @param verifierKey the log's pinned verifier key.
 * @param blobExists whether the bytes of an attachment are there with this length.
 */
export async function inspectHouse(db: Database, verifierKey: string, blobExists?: (blob: string, size: number) => Promise<boolean>): Promise<Inspection> {
  const faults: InspectionFault[] = [];
  const note = (code: InspectionCode, where: string, detail: string): void => void (faults.length < most && faults.push({ code, where, detail }));
  const log = await verifyStore(db, verifierKey);
  for (const fault of log.faults) note("log", fault.index === null ? "log" : `leaf ${fault.index}`, fault.detail);
  let statements = 0;
  for (const source of sources) statements += await checkStatements(db, source, note);
  await checkLeaves(db, note);
  const dossiers = await checkChains(db, note);
  if (blobExists !== undefined) await checkAttachments(db, blobExists, note);
  return { statements, dossiers, faults };
}

type Note = (code: InspectionCode, where: string, detail: string) => void;

/** Each statement still has the hash it is filed under, and its leaf is in the log. */
async function checkStatements(db: Database, { what, table, hash, statement }: (typeof sources)[number], note: Note): Promise<number> {
  let count = 0;
  for (let after = ""; ;) {
    const { rows } = await sql<{ hash: string; statement: unknown; leaf: number | null; logged: string | null }>`
      select t.${sql.ref(hash)} as hash, t.${sql.ref(statement)} as statement, l.leaf_index as leaf, l.hash as logged
      from ${sql.table(table)} t left join ledger_leaf l on l.hash = t.${sql.ref(hash)} and l.what = ${what}
      where t.${sql.ref(hash)} > ${after} order by t.${sql.ref(hash)} limit ${step}`.execute(db);
    for (const row of rows) {
      const made = await statementHash(parseEnvelope(row.statement)).catch(() => "");
      if (made !== row.hash)
        note("statement-altered", `${what} ${row.hash}`, "The stored statement is not the one that was accepted. Restore it from a backup.");
      if (row.logged === null)
        note("statement-unlogged", `${what} ${row.hash}`, "The statement is in no place of the log: it was put in by hand, or its leaf was removed.");
    }
    count += rows.length;
    const last = rows.at(-1);
    if (last === undefined || rows.length < step) return count;
    after = last.hash;
  }
}

/** Each leaf of these kinds still has its statement: a dropped one shows here. */
async function checkLeaves(db: Database, note: Note): Promise<void> {
  for (const { what, table, hash } of [...sources, erasures]) {
    // What was erased by right left word of it in the same transaction.
    const { rows } = await sql<{ hash: string; leaf: number | null }>`
      select l.hash, l.leaf_index as leaf from ledger_leaf l
      where l.what = ${what} and not exists (select 1 from ${sql.table(table)} t where t.${sql.ref(hash)} = l.hash)
        and not exists (select 1 from erased_statement e where e.log = l.log and e.hash = l.hash and e.what = l.what) order by l.leaf_index limit ${most}`.execute(
      db,
    );
    for (const row of rows)
      note("statement-missing", `leaf ${row.leaf ?? "waiting"}`, `The ${what} ${row.hash} was accepted and is gone. Restore it from a backup.`);
  }
}

/** Entries of a dossier follow each other from 1 to the head, and their bodies are the ones that were signed. */
async function checkChains(db: Database, note: Note): Promise<number> {
  let count = 0;
  for (let after = "00000000-0000-0000-0000-000000000000"; ;) {
    const heads = await sql<{ organisation: string; id: string; last_seq: number; last_hash: string }>`
      select organisation, id, last_seq, last_hash from dossier d
      where id > ${after} and not exists (select 1 from dossier_erasure e where e.dossier = d.id and e.state = 'erasing') order by id limit ${step}`.execute(
      db,
    );
    for (const head of heads.rows) await checkChain(db, head, note);
    count += heads.rows.length;
    const last = heads.rows.at(-1);
    if (last === undefined || heads.rows.length < step) return count;
    after = last.id;
  }
}

async function checkChain(db: Database, head: { organisation: string; id: string; last_seq: number; last_hash: string }, note: Note): Promise<void> {
  const { rows } = await sql<{ seq: number; hash: string; statement: unknown; body: Buffer }>`
    select seq, hash, statement, body from dossier_entry where organisation = ${head.organisation} and dossier = ${head.id} order by seq`.execute(db);
  let previous: string | null = null;
  for (const [place, { seq, hash, statement, body }] of rows.entries()) {
    const where = `dossier ${head.id} entry ${seq}`;
    const header = readStatement(parseEnvelope(statement));
    if (!Check(EntryHeader, header)) {
      note("statement-altered", where, "The stored header cannot be read. Restore it from a backup.");
      return;
    }
    if (seq !== place + 1 || header.seq !== seq || header.dossier !== head.id || header.previous !== previous) {
      note("chain-broken", where, "The entry does not follow the one before it: an entry was dropped, moved or rewritten.");
      return;
    }
    if (body.length !== header.body.size || (await digestOf(body)) !== header.body.digest)
      note("body-altered", where, "The sealed body is not the one that was signed. Restore it from a backup.");
    previous = hash;
  }
  if (rows.length !== head.last_seq || previous !== head.last_hash)
    note("chain-broken", `dossier ${head.id}`, "The last entries are gone, or the dossier's head was changed.");
}

async function checkAttachments(db: Database, blobExists: (blob: string, size: number) => Promise<boolean>, note: Note): Promise<void> {
  const { rows } = await sql<{ dossier: string; seq: number; item: string; blob: string; size: number }>`
    select dossier, seq, item_id as item, blob, size from dossier_entry_item where blob is not null`.execute(db);
  for (const { dossier, seq, item, blob, size } of rows) {
    if (!(await blobExists(blob, size)))
      note("attachment-missing", `dossier ${dossier} entry ${seq}`, `The sealed file of item ${item} is gone or has another length. Restore it from a backup.`);
  }
}
