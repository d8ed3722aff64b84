/** Organisations as the registers name them; filled by apps/server, searched by the directory's server room. */
import { sql } from "kysely";
import type { Organisation } from "#services/directory/contract/index.ts";
import type { Executor } from "./executor.ts";

type Row = { organisation: string; name: string; kind: Organisation["kind"]; province: string | null; demonstration: boolean };

const viewOf = (row: Row): Organisation => ({ id: row.organisation, name: row.name, kind: row.kind, province: row.province, demonstration: row.demonstration });

/** A name as it is searched: lower case, without accents, words apart (`'s-Hertogenbosch` is found by `hertogenbosch`). */
export const searchable = (name: string): string =>
  name
    .normalize("NFD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, " ")
    .trim();

/** Brings the table up to date with the registers: new ones are added, names and provinces follow the register. None is removed, since desks may hang on it. */
export async function saveOrganisations(db: Executor, organisations: readonly Organisation[]): Promise<void> {
  if (organisations.length === 0) return;
  const values = organisations.map(
    (one) => sql`(${one.id}, ${one.name}, ${searchable(one.name)}, ${one.kind}, ${one.province}::text, ${one.demonstration}::boolean)`,
  );
  await sql`INSERT INTO organisation (organisation, name, search, kind, province, demonstration) VALUES ${sql.join(values)}
    ON CONFLICT (organisation) DO UPDATE SET name = excluded.name, search = excluded.search, kind = excluded.kind, province = excluded.province, demonstration = excluded.demonstration`.execute(
    db,
  );
}

/** One organisation, or null. */
export async function readOrganisation(db: Executor, id: string): Promise<Organisation | null> {
  const { rows } = await sql<Row>`SELECT organisation, name, kind, province, demonstration FROM organisation WHERE organisation = ${id}`.execute(db);
  return rows[0] === undefined ? null : viewOf(rows[0]);
}

/** Organisations with every searched word in their name, those that begin with it first, then by name. */
export async function findOrganisations(
  db: Executor,
  filter: { readonly query: string; readonly kind: string | null; readonly limit: number },
): Promise<Organisation[]> {
  const words = searchable(filter.query);
  // Only a-z, 0-9 and spaces are left, so no LIKE sign can come in from outside.
  const contains = words.split(" ").map((word) => sql`search LIKE ${`%${word}%`}`);
  const { rows } = await sql<Row>`SELECT organisation, name, kind, province, demonstration FROM organisation
    WHERE (${filter.kind}::text IS NULL OR kind = ${filter.kind}) AND ${sql.join(contains, sql` AND `)}
    ORDER BY CASE WHEN search LIKE ${`${words}%`} THEN 0 ELSE 1 END, search, organisation LIMIT ${filter.limit}`.execute(db);
  return rows.map(viewOf);
}
