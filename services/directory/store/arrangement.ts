/** How desks are arranged: the newest signed arrangement, and its absences laid out for whoever sends news. For the directory's server room, the dossier and apps/server. */
import { sql } from "kysely";
import { parseRoster, readStatement } from "@rugdekking/seal/verify";
import Type from "typebox";
import { Check } from "typebox/value";
import { vacancies, WantedOffice, type DeskArrangementPayload } from "#services/directory/contract/arrangement.ts";
import type { Envelope } from "#services/directory/contract/index.ts";
import type { Transaction } from "#services/storage/index.ts";
import { readRosters, type DeskFacts } from "./desks.ts";
import type { Executor } from "./executor.ts";

/** The newest arrangement of a desk, or null. */
export async function readArrangement(
  db: Executor,
  { organisation, id }: Pick<DeskFacts, "organisation" | "id">,
): Promise<{ readonly number: number; readonly hash: string; readonly statement: Envelope } | null> {
  const { rows } = await sql<{
    number: number;
    hash: string;
    statement: Envelope;
  }>`SELECT number, hash, statement FROM desk_arrangement WHERE organisation = ${organisation} AND desk = ${id}`.execute(db);
  return rows[0] ?? null;
}

/** Puts a checked arrangement in the place of the one before. */
export async function writeArrangement(
  trx: Transaction,
  { organisation, id }: Pick<DeskFacts, "organisation" | "id">,
  payload: DeskArrangementPayload,
  hash: string,
  statement: Envelope,
): Promise<void> {
  await sql`INSERT INTO desk_arrangement (organisation, desk, number, hash, statement, offices) VALUES (${organisation}, ${id}, ${payload.number}, ${hash}, ${JSON.stringify(statement)}::jsonb, ${JSON.stringify(payload.offices)}::jsonb)
    ON CONFLICT (organisation, desk) DO UPDATE SET number = excluded.number, hash = excluded.hash, statement = excluded.statement, offices = excluded.offices`.execute(
    trx,
  );
  await sql`DELETE FROM desk_absence WHERE organisation = ${organisation} AND desk = ${id}`.execute(trx);
  for (const { person, standIn, from, until } of payload.absences)
    await sql`INSERT INTO desk_absence (organisation, desk, person, stand_in, begins, ends) VALUES (${organisation}, ${id}, ${person}, ${standIn}, ${from}::date, ${until}::date)`.execute(
      trx,
    );
}

/** Who of these desks is away on a day, with who covers: person -> stand-in or null, by desk. */
export async function absencesOn(db: Executor, desks: readonly string[], day: string): Promise<Map<string, Map<string, string | null>>> {
  const found = new Map<string, Map<string, string | null>>();
  if (desks.length === 0) return found;
  const { rows } = await sql<{ desk: string; person: string; stand_in: string | null }>`SELECT desk, person, stand_in FROM desk_absence
    WHERE desk = ANY(${[...desks]}::uuid[]) AND begins <= ${day}::date AND ends >= ${day}::date`.execute(db);
  for (const { desk, person, stand_in } of rows) found.set(desk, (found.get(desk) ?? new Map<string, string | null>()).set(person, stand_in));
  return found;
}

const Offices = Type.Array(WantedOffice);

/** Leads to remind, once a week, that an office of their desk has no holder. Marks the week in the caller's transaction, so that nobody is reminded twice. @param week its Monday */
export async function claimVacancyReminders(
  trx: Transaction,
  week: string,
): Promise<{ readonly organisation: string; readonly desk: string; readonly leads: readonly string[] }[]> {
  const { rows } = await sql<{ organisation: string; desk: string; offices: unknown }>`UPDATE desk_arrangement SET reminded = ${week}::date
    WHERE jsonb_array_length(offices) > 0 AND (reminded IS NULL OR reminded < ${week}::date) RETURNING organisation, desk, offices`.execute(trx);
  const found: { organisation: string; desk: string; leads: string[] }[] = [];
  for (const { organisation, desk, offices } of rows) {
    const newest = (await readRosters(trx, organisation, desk)).at(-1);
    if (newest === undefined || !Check(Offices, offices)) continue;
    const { members } = parseRoster(readStatement(newest));
    if (vacancies(offices, members).length > 0) found.push({ organisation, desk, leads: members.filter(({ lead }) => lead).map(({ person }) => person) });
  }
  return found;
}

/** Forgets absences that are over: when someone was on holiday is nobody's business afterwards. */
export async function sweepArrangements(db: Executor, day: string): Promise<void> {
  await sql`DELETE FROM desk_absence WHERE ends < ${day}::date`.execute(db);
}
