/** The one list of tables that name a person, and what of each is told to them; for this service's server room. apps/checks/insight.test.ts holds it to the schema. */
import { sql, type RawBuilder } from "kysely";
import type { Insight, InsightTable } from "#services/rights/contract/index.ts";
import type { Database } from "#services/storage/index.ts";

/** A table with a person in it. */
export interface PersonTable {
  readonly table: string;
  /** Columns that hold a person's id. */
  readonly persons: readonly string[];
  /** Columns that are sealed, or whose value signs someone in: told by length only. */
  readonly withheld: readonly string[];
}

/** Every table with a column that holds a person's id. `guest_key` and `person_handle` lead to a person by what they know. */
export const personTables: readonly PersonTable[] = [
  { table: "person", persons: ["person"], withheld: [] },
  { table: "person_handle", persons: ["person"], withheld: [] },
  { table: "person_unlock", persons: ["person"], withheld: ["sealed_bundle"] },
  { table: "guest_key", persons: ["person"], withheld: [] },
  { table: "sign_in_challenge", persons: ["person"], withheld: ["challenge"] },
  { table: "person_session", persons: ["person"], withheld: ["session"] },
  { table: "desk_key", persons: ["person"], withheld: ["sealed"] },
  { table: "desk_member", persons: ["person"], withheld: [] },
  { table: "invitation", persons: ["accepted_by"], withheld: ["invitation"] },
  { table: "dossier_place", persons: ["owner_id"], withheld: [] },
  { table: "dossier", persons: ["owner_id"], withheld: ["cover"] },
  { table: "dossier_entry", persons: ["author_id"], withheld: ["body"] },
  { table: "dossier_participant", persons: ["person_id"], withheld: [] },
  { table: "dossier_grant", persons: ["person_id"], withheld: ["sealed"] },
  { table: "dossier_upload", persons: ["person_id"], withheld: ["token_hash"] },
  { table: "dossier_news", persons: ["person_id"], withheld: [] },
  { table: "running_term", persons: ["waits_person", "owner_id"], withheld: [] },
  { table: "term_event", persons: ["person_id"], withheld: [] },
  { table: "dossier_erasure", persons: ["owner_id"], withheld: [] },
  { table: "erasure_receipt", persons: ["owner_id"], withheld: [] },
  { table: "dossier_hold", persons: ["by_id"], withheld: ["reason"] },
  { table: "desk_absence", persons: ["person", "stand_in"], withheld: [] },
  { table: "organisation_attempt", persons: ["person"], withheld: ["challenge", "session", "subject", "provider_session"] },
  { table: "organisation_link", persons: ["person"], withheld: ["subject"] },
  { table: "session_confirmation", persons: ["person"], withheld: ["session", "provider_session"] },
  { table: "roster_proposal", persons: ["person"], withheld: [] },
  { table: "recovery_set", persons: ["person"], withheld: ["half"] },
  { table: "recovery_share", persons: ["person"], withheld: ["sealed"] },
  { table: "recovery_attempt", persons: ["asked_by"], withheld: ["token"] },
  { table: "person_unlock_record", persons: ["person"], withheld: [] },
  { table: "joining_request", persons: ["person"], withheld: [] },
  { table: "joining_verdict", persons: ["person"], withheld: [] },
];

/** Columns of type uuid that name something else than a person: `table.column`, or `*.column` wherever it stands. */
export const notPersons: readonly string[] = [
  "*.id",
  "*.desk",
  "*.desk_id",
  "*.dossier",
  "*.item_id",
  "*.body_item",
  "*.grant_id",
  "*.answers",
  "*.upload",
  "*.waits_desk",
  "*.queued",
  "*.recovery",
  "*.attempt",
  "joining_request.request",
  "joining_verdict.request",
];

const shown = 200;

type Row = Record<string, string | number | boolean | null>;

async function tableOf(db: Database, { table, persons, withheld }: PersonTable, person: string): Promise<InsightTable> {
  const mine: RawBuilder<unknown> = sql.join(
    persons.map((column) => sql`t.${sql.ref(column)} = ${person}`),
    sql` OR `,
  );
  const { rows } = await sql<{ row: Record<string, unknown>; lengths: Record<string, number | null>; total: string }>`
    SELECT to_jsonb(t) - ${[...withheld]}::text[] AS row, count(*) OVER () AS total, jsonb_build_object(${sql.join([
      sql`'-'::text`,
      sql`0`,
      ...withheld.flatMap((column) => [sql`${column}::text`, sql`octet_length(t.${sql.ref(column)}::text)`]),
    ])}) AS lengths
    FROM ${sql.table(table)} t WHERE ${mine} LIMIT ${shown}`.execute(db);
  return {
    table,
    count: Number(rows[0]?.total ?? 0),
    rows: rows.map(({ row, lengths }) => {
      const told: Row = {};
      for (const [column, value] of Object.entries(row))
        told[column] = typeof value === "string" || typeof value === "number" || typeof value === "boolean" || value === null ? value : JSON.stringify(value);
      for (const column of withheld) told[column] = lengths[column] === null ? null : `(${lengths[column] ?? 0})`;
      return told;
    }),
  };
}

/** Signed rosters, present and past, that name this person; they are public, and stay. */
async function rostersOf(db: Database, person: string): Promise<InsightTable> {
  const { rows } = await sql<{ desk: string; epoch: number; received: Date }>`SELECT r.desk, r.epoch, r.received FROM desk_roster r
    WHERE convert_from(decode(rpad(translate(r.statement->>'payload', '-_', '+/'), 4 * ((length(r.statement->>'payload') + 3) / 4), '='), 'base64'), 'UTF8') LIKE ${`%${person}%`}
    ORDER BY r.received LIMIT 1000`.execute(db);
  return {
    table: "desk_roster",
    count: rows.length,
    rows: rows.slice(0, shown).map(({ desk, epoch, received }) => ({ desk, epoch, received: received.toISOString() })),
  };
}

/** Whether mail waits for this person's address, or was sent within the last minutes; the table knows the address by its hash. */
async function mailOf(db: Database, person: string): Promise<InsightTable> {
  const { rows } = await sql<{ pending_since: Date | null; not_before: Date }>`SELECT n.pending_since, n.not_before FROM news_recipient n JOIN person p
    ON n.handle = rtrim(translate(encode(sha256(convert_to(lower(p.mail), 'UTF8')), 'base64'), '+/', '-_'), '=') WHERE p.person = ${person}`.execute(db);
  return {
    table: "news_recipient",
    count: rows.length,
    rows: rows.map((row) => ({ pending_since: row.pending_since?.toISOString() ?? null, not_before: row.not_before.toISOString() })),
  };
}

/** Everything, table by table. */
export async function insightOf(db: Database, person: string, at: Date): Promise<Insight> {
  const tables: InsightTable[] = [];
  // One after the other: this may be asked while many people need the connections.
  for (const table of personTables) tables.push(await tableOf(db, table, person));
  tables.push(await rostersOf(db, person), await mailOf(db, person));
  return { at: at.toISOString(), person, tables };
}
