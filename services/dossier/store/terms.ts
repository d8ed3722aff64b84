/**
 * Running terms and what was done about them; for the dossier's server room. A term has a row of its own, apart from the dossier's head: the job that goes over a million of them
 * neither rewrites wide rows nor waits for people who write.
 */
import { sql } from "kysely";
import type { DossierKind, DossierRole } from "#services/dossier/contract/index.ts";
import type { StageKind } from "#services/dossier/workflow/reminders.ts";
import type { DossierHead, Executor } from "./dossiers.ts";

/** Whom a term waits for, as far as the server knows: a desk, or a person. */
export interface WaitsFor {
  readonly desk: string | null;
  readonly person: string | null;
}

/** Notes the term that a head carries now, or that there is none. Part of the entry's own transaction. */
export async function keepTerm(trx: Executor, head: DossierHead, waitsFor: WaitsFor, firstStage: Date): Promise<void> {
  if (head.term === null) {
    await sql`DELETE FROM running_term WHERE organisation = ${head.organisation} AND dossier = ${head.id}`.execute(trx);
    return;
  }
  await sql`INSERT INTO running_term (organisation, dossier, seq, name, urgency, waits_desk, waits_person, owner_id, since, due, stage, next)
    VALUES (${head.organisation}, ${head.id}, ${head.lastSeq}, ${head.term.name}, ${head.urgency}, ${waitsFor.desk}::uuid, ${waitsFor.person}::uuid, ${head.owner}, ${head.changed}, ${head.term.due}, 0, ${firstStage})
    ON CONFLICT (organisation, dossier) DO UPDATE SET seq = EXCLUDED.seq, name = EXCLUDED.name, urgency = EXCLUDED.urgency, waits_desk = EXCLUDED.waits_desk,
      waits_person = EXCLUDED.waits_person, since = EXCLUDED.since, due = EXCLUDED.due, stage = 0, next = EXCLUDED.next`.execute(trx);
}

/** A desk that reads nothing more is told nothing more: the office-holder still is. */
export async function stopTelling(trx: Executor, organisation: string, dossier: string, desk: string): Promise<void> {
  await sql`UPDATE running_term SET waits_desk = NULL WHERE organisation = ${organisation} AND dossier = ${dossier} AND waits_desk = ${desk}`.execute(trx);
}

/** A running term that has something to say. */
export interface DueTerm {
  readonly organisation: string;
  readonly dossier: string;
  /** Entry that started it: with the stage, the name of what is done about it. */
  readonly seq: number;
  readonly name: string;
  readonly urgency: "acute" | "normal";
  readonly desk: string | null;
  readonly person: string | null;
  readonly owner: string;
  readonly since: Date;
  readonly due: Date;
  readonly stage: number;
  readonly next: Date;
}

/** Terms whose next stage has come, oldest first, held until the transaction ends. */
export async function holdDueTerms(trx: Executor, at: Date, limit: number): Promise<DueTerm[]> {
  const { rows } = await sql<{
    organisation: string;
    dossier: string;
    seq: number;
    name: string;
    urgency: "acute" | "normal";
    waits_desk: string | null;
    waits_person: string | null;
    owner_id: string;
    since: Date;
    due: Date;
    stage: number;
    next: Date;
  }>`SELECT organisation, dossier, seq, name, urgency, waits_desk, waits_person, owner_id, since, due, stage, next FROM running_term
    WHERE next <= ${at} ORDER BY next LIMIT ${limit} FOR UPDATE`.execute(trx);
  return rows.map(({ waits_desk: desk, waits_person: person, owner_id: owner, ...row }) => ({ ...row, desk, person, owner }));
}

/** Something that was done about a term. */
export interface TermEvent {
  readonly organisation: string;
  readonly dossier: string;
  readonly seq: number;
  readonly stage: number;
  readonly what: StageKind;
  readonly name: string;
  /** The contact, when it went to one. */
  readonly person: string | null;
  readonly at: Date;
}

/** Where a term goes on. */
export interface TermMove {
  readonly organisation: string;
  readonly dossier: string;
  readonly stage: number;
  readonly next: Date;
}

/** Stands for "nothing more to say": a far day sorts last and needs no NULL in the index. */
export const noMore = new Date("9999-12-31T00:00:00Z");

/** Writes down what was done, and where each term goes on. The same event twice is one event: a job that was killed half-way does nothing again. */
export async function recordTermEvents(trx: Executor, events: readonly TermEvent[], moves: readonly TermMove[]): Promise<void> {
  if (events.length > 0) {
    await sql`INSERT INTO term_event (organisation, dossier, seq, stage, what, name, person_id, at)
      SELECT * FROM unnest(${events.map((one) => one.organisation)}::text[], ${events.map((one) => one.dossier)}::uuid[], ${events.map((one) => one.seq)}::bigint[],
        ${events.map((one) => one.stage)}::bigint[], ${events.map((one) => one.what)}::text[], ${events.map((one) => one.name)}::text[],
        ${events.map((one) => one.person)}::uuid[], ${events.map((one) => one.at)}::timestamptz[])
      ON CONFLICT (organisation, dossier, seq, stage) DO NOTHING`.execute(trx);
  }
  await sql`UPDATE running_term SET stage = moved.stage, next = moved.next
    FROM unnest(${moves.map((one) => one.organisation)}::text[], ${moves.map((one) => one.dossier)}::uuid[], ${moves.map((one) => one.stage)}::bigint[], ${moves.map((one) => one.next)}::timestamptz[])
      AS moved (organisation, dossier, stage, next)
    WHERE running_term.organisation = moved.organisation AND running_term.dossier = moved.dossier`.execute(trx);
}

/** What was done about the terms of these dossiers, oldest first. */
export async function readTermEvents(
  db: Executor,
  organisation: string,
  dossiers: readonly string[],
): Promise<(Omit<TermEvent, "organisation"> & { readonly dossier: string })[]> {
  if (dossiers.length === 0) return [];
  const { rows } = await sql<{ dossier: string; seq: number; stage: number; what: StageKind; name: string; person_id: string | null; at: Date }>`
    SELECT dossier, seq, stage, what, name, person_id, at FROM term_event WHERE organisation = ${organisation} AND dossier = ANY(${[...dossiers]}::uuid[]) ORDER BY dossier, seq, stage`.execute(
    db,
  );
  return rows.map(({ person_id: person, ...row }) => ({ ...row, person }));
}

/** How many lines of a desk are late, by kind, phase and term; the lines themselves come first in its worklist. */
export async function countLate(
  db: Executor,
  place: { readonly desk: string; readonly organisation: string },
  at: Date,
): Promise<
  { readonly kind: DossierKind; readonly phase: string; readonly term: string; readonly waitsFor: DossierRole; readonly late: number; readonly oldest: Date }[]
> {
  const { rows } = await sql<{ kind: DossierKind; phase: string; term_name: string; term_waits_for: DossierRole; late: string; oldest: Date }>`
    SELECT kind, phase, term_name, term_waits_for, count(*) AS late, min(due) AS oldest FROM desk_dossier
    WHERE organisation = ${place.organisation} AND desk_id = ${place.desk} AND due < ${at} AND until > ${at}
    GROUP BY kind, phase, term_name, term_waits_for ORDER BY min(due)`.execute(db);
  return rows.map((row) => ({
    kind: row.kind,
    phase: row.phase,
    term: row.term_name,
    waitsFor: row.term_waits_for,
    late: Number(row.late),
    oldest: row.oldest,
  }));
}

/** Desks that have something late, a page at a time: for the weekly word. */
export async function desksWithLate(
  db: Executor,
  at: Date,
  after: string | null,
  limit: number,
): Promise<{ readonly organisation: string; readonly desk: string }[]> {
  const { rows } = await sql<{ organisation: string; desk_id: string }>`SELECT DISTINCT organisation, desk_id FROM desk_tally
    WHERE total > 0 AND (${after}::uuid IS NULL OR desk_id > ${after}::uuid)
      AND EXISTS (SELECT 1 FROM desk_dossier d WHERE d.organisation = desk_tally.organisation AND d.desk_id = desk_tally.desk_id AND d.due < ${at} AND d.until > ${at})
    ORDER BY desk_id LIMIT ${limit}`.execute(db);
  return rows.map((row) => ({ organisation: row.organisation, desk: row.desk_id }));
}

/** Takes the weekly turn: true for the one server that has it in this week, false when it was taken. */
export async function takeWeek(db: Executor, week: string): Promise<boolean> {
  const { rows } = await sql`INSERT INTO term_week (handle, week) VALUES ('late', ${week})
    ON CONFLICT (handle) DO UPDATE SET week = EXCLUDED.week WHERE term_week.week <> EXCLUDED.week RETURNING 1`.execute(db);
  return rows.length > 0;
}
