/**
 * Running terms and what was done about them; for the dossier's server room. A term has a row of its own, apart from the dossier's head: the job that goes over a million of them
 * neither rewrites wide rows nor waits for people who write.
 */
import { sql } from "kysely";
import type { DossierKind, DossierRole } from "#services/dossier/contract/index.ts";
import type { StageKind } from "#services/dossier/workflow/reminders.ts";
import type { DossierHead, Executor } from "./dossiers.ts";
import { newsIds } from "./news.ts";
import { readWorklist, type DeskPlace, type Line, type LineMark } from "./worklist.ts";

/** Whom a term waits for, as far as the server knows: a desk, or a person. */
export interface WaitsFor {
  readonly desk: string | null;
  readonly person: string | null;
}

/** Stands for "nothing more to say": a far day sorts last and needs no NULL in the index. */
const noMore = new Date("9999-12-31T00:00:00Z");

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

/**
 * Who came in while a term ran is waited for from now on, and told what is still to be told. Nothing when nobody came in whom it waits for. Part of the entry's own transaction.
 * A term that passed while nobody was waited for had nobody left to tell; its contacts' turn comes with the next run of the job.
 */
export async function changeWaiting(trx: Executor, head: DossierHead, { desk, person }: WaitsFor): Promise<void> {
  if (head.term === null || (desk === null && person === null)) return;
  await sql`UPDATE running_term SET waits_desk = ${desk}::uuid, waits_person = ${person}::uuid,
      next = CASE WHEN waits_desk IS NULL AND ${desk}::uuid IS NOT NULL AND stage >= 2 AND next = ${noMore} THEN ${head.changed}::timestamptz ELSE next END
    WHERE organisation = ${head.organisation} AND dossier = ${head.id}`.execute(trx);
}

/** Takes in the terms that ran before running terms had rows of their own: they are told from the moment they pass. May be done again. @returns how many */
export async function adoptTerms(db: Executor): Promise<number> {
  const result = await sql`INSERT INTO running_term (organisation, dossier, seq, name, urgency, waits_desk, waits_person, owner_id, since, due, stage, next)
    SELECT d.organisation, d.id, d.last_seq, d.term_name, d.urgency,
      (SELECT p.desk_id FROM dossier_participant p WHERE p.organisation = d.organisation AND p.dossier = d.id AND p.role = d.term_waits_for AND p.desk_id IS NOT NULL AND p.person_id IS NULL
        AND p.scope <> 'items' AND (p.until IS NULL OR p.until > now()) ORDER BY p.since DESC LIMIT 1),
      (SELECT p.person_id FROM dossier_participant p WHERE p.organisation = d.organisation AND p.dossier = d.id AND p.role = d.term_waits_for AND p.person_id IS NOT NULL
        AND p.scope <> 'items' AND (p.until IS NULL OR p.until > now()) ORDER BY p.since DESC LIMIT 1),
      d.owner_id, d.changed, d.term_due, 1, d.term_due
    FROM dossier d WHERE d.term_due IS NOT NULL AND d.term_name IS NOT NULL
    ON CONFLICT (organisation, dossier) DO NOTHING`.execute(db);
  return Number(result.numAffectedRows ?? 0n);
}

/** A desk that reads nothing more is told nothing more: the office-holder still is. */
export async function stopTelling(trx: Executor, organisation: string, dossier: string, desk: string): Promise<void> {
  await sql`UPDATE running_term SET waits_desk = NULL WHERE organisation = ${organisation} AND dossier = ${dossier} AND waits_desk = ${desk}`.execute(trx);
  // Whoever was assigned by that desk reads with its key.
  await sql`UPDATE running_term SET waits_person = NULL WHERE organisation = ${organisation} AND dossier = ${dossier} AND waits_person IN
    (SELECT person_id FROM dossier_participant WHERE organisation = ${organisation} AND dossier = ${dossier} AND desk_id = ${desk} AND person_id IS NOT NULL)`.execute(
    trx,
  );
}

/** Desks whose terms come up in the next batch. */
export async function desksDue(db: Executor, at: Date, limit: number): Promise<string[]> {
  const { rows } = await sql<{
    waits_desk: string;
  }>`SELECT DISTINCT waits_desk FROM (SELECT waits_desk FROM running_term WHERE next <= ${at} ORDER BY next LIMIT ${limit}) AS coming
    WHERE waits_desk IS NOT NULL`.execute(db);
  return rows.map((row) => row.waits_desk);
}

/** One batch of terms that have something to say. */
export interface TermBatch {
  readonly at: Date;
  readonly limit: number;
  /** When the contact after this one would be told. */
  readonly escalate: { readonly acute: Date; readonly normal: Date };
  /** Contacts of every desk that may come up, in order; a term of another desk waits for the next batch. */
  readonly contacts: ReadonlyMap<string, readonly string[]>;
}

/**
 * Takes each of the oldest due terms one stage on, writes down what was done and puts the news in the outbox, in one statement: a million terms never pass through this process. Stage 0 reminds, 1 says that the
 * term has passed, 2 and on tell the contact in that place, of those who are not the owner themselves. With nobody in that place (the desk reads nothing more, or all were told) it stays where it is and says
 * nothing. The same event twice is one event, and a term that moved on meanwhile is left alone.
 * @returns how many terms of each kind.
 */
export async function advanceTerms(trx: Executor, batch: TermBatch): Promise<Readonly<Record<StageKind, number>>> {
  const { at, contacts } = batch;
  // Looked up by key and not joined: see the settings below.
  const named = JSON.stringify(Object.fromEntries(contacts));
  // Ten thousand look-ups by key. Left alone the planner reads the whole table for every batch, which for a million terms is half of the time.
  await sql`SET LOCAL enable_hashjoin = off`.execute(trx);
  await sql`SET LOCAL enable_mergejoin = off`.execute(trx);
  const { rows } = await sql<{ what: StageKind; done: string }>`
    WITH contact AS (SELECT ${named}::jsonb AS named),
    coming AS (
      SELECT organisation, dossier, seq, stage FROM running_term
      WHERE next <= ${at} AND (waits_desk IS NULL OR waits_desk = ANY(${[...contacts.keys()]}::uuid[])) ORDER BY next LIMIT ${batch.limit}),
    moved AS (
      UPDATE running_term t SET stage = CASE WHEN t.stage >= 2 AND ((contact.named -> t.waits_desk::text) - t.owner_id::text) ->> (t.stage - 2)::int IS NULL THEN t.stage ELSE t.stage + 1 END, next = CASE
          WHEN t.stage = 0 THEN t.due
          WHEN ((contact.named -> t.waits_desk::text) - t.owner_id::text) ->> (t.stage - 1)::int IS NOT NULL THEN CASE t.urgency WHEN 'acute' THEN ${batch.escalate.acute}::timestamptz ELSE ${batch.escalate.normal}::timestamptz END
          ELSE ${noMore} END
      FROM coming, contact WHERE t.organisation = coming.organisation AND t.dossier = coming.dossier AND t.seq = coming.seq AND t.stage = coming.stage
      RETURNING t.organisation, t.dossier, t.seq, coming.stage, t.name, t.waits_desk, t.waits_person, t.owner_id),
    said AS (
      SELECT m.*, CASE m.stage WHEN 0 THEN 'reminded' WHEN 1 THEN 'overdue' ELSE 'escalated' END AS what, 
        CASE WHEN m.stage >= 2 THEN (((contact.named -> m.waits_desk::text) - m.owner_id::text) ->> (m.stage - 2)::int)::uuid END AS told
      FROM moved m, contact),
    kept AS (
      INSERT INTO term_event (organisation, dossier, seq, stage, what, name, person_id, at)
      SELECT organisation, dossier, seq, stage, what, name, told, ${at} FROM said WHERE stage < 2 OR told IS NOT NULL ON CONFLICT (organisation, dossier, seq, stage) DO NOTHING),
    news AS (
      SELECT organisation, NULL::uuid AS person, waits_desk AS desk FROM said WHERE stage < 2 AND waits_desk IS NOT NULL AND waits_person IS NULL
      UNION SELECT organisation, waits_person, NULL FROM said WHERE stage < 2 AND waits_person IS NOT NULL
      UNION SELECT organisation, owner_id, NULL FROM said WHERE stage = 1
      UNION SELECT organisation, told, NULL FROM said WHERE told IS NOT NULL),
    told AS (INSERT INTO dossier_news (organisation, id, person_id, desk_id) SELECT organisation, ${newsIds()}, person, desk FROM news)
    SELECT what, count(*) AS done FROM said WHERE stage < 2 OR told IS NOT NULL GROUP BY what`.execute(trx);
  const counts = { reminded: 0, overdue: 0, escalated: 0 };
  for (const { what, done } of rows) counts[what] = Number(done);
  return counts;
}

/** Something that was done about a term. */
export interface TermEvent {
  readonly dossier: string;
  readonly seq: number;
  readonly stage: number;
  readonly what: StageKind;
  readonly name: string;
  /** The contact, when it went to one. */
  readonly person: string | null;
  readonly at: Date;
}

/** What was done about the terms of these dossiers, oldest first. */
export async function readTermEvents(db: Executor, organisation: string, dossiers: readonly string[]): Promise<TermEvent[]> {
  if (dossiers.length === 0) return [];
  const { rows } = await sql<{ dossier: string; seq: number; stage: number; what: StageKind; name: string; person_id: string | null; at: Date }>`
    SELECT dossier, seq, stage, what, name, person_id, at FROM term_event WHERE organisation = ${organisation} AND dossier = ANY(${[...dossiers]}::uuid[]) ORDER BY dossier, seq, stage`.execute(
    db,
  );
  return rows.map(({ person_id: person, ...row }) => ({ ...row, person }));
}

/** Lines of a desk that are late: it has a hand in them (of single items it was lent it sees nothing owed), and they do not wait for the person whose dossier it is. */
const lateHere = (at: Date) => sql`due < ${at} AND until > ${at} AND scope <> 'items' AND term_waits_for NOT IN ('office-holder', 'reporter')`;

/** The late lines of a desk after `after`, what waits longest first. */
export const readLate = async (db: Executor, place: DeskPlace, after: LineMark | null, limit: number, at: Date): Promise<Line[]> =>
  await readWorklist(db, place, after, null, limit, at, lateHere(at));

/**
 * How many lines of a desk are late, by kind, phase and term; the lines themselves come first in its worklist.
 *
 * [Note: Asked in order] Of a prepared statement the planner knows no values: it takes organisation and desk for independent and expects one line, so that any index of the two looks as good, and the one by last change
 * walks the desk's whole archive. Asked in the order of what is due, only the index by due will do.
 */
export async function countLate(
  db: Executor,
  place: DeskPlace,
  at: Date,
): Promise<
  { readonly kind: DossierKind; readonly phase: string; readonly term: string; readonly waitsFor: DossierRole; readonly late: number; readonly oldest: Date }[]
> {
  const { rows } = await sql<{ kind: DossierKind; phase: string; term_name: string; term_waits_for: DossierRole; late: string; oldest: Date }>`
    SELECT kind, phase, term_name, term_waits_for, count(*) AS late, min(due) AS oldest FROM (
      SELECT kind, phase, term_name, term_waits_for, due FROM desk_dossier
      WHERE organisation = ${place.organisation} AND desk_id = ${place.desk} AND ${lateHere(at)} ORDER BY due, changed, dossier OFFSET 0) AS waiting
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

/** Desks that have something late, a page at a time: for the weekly word. See [Note: Asked in order]. */
export async function desksWithLate(
  db: Executor,
  at: Date,
  after: string | null,
  limit: number,
): Promise<{ readonly organisation: string; readonly desk: string }[]> {
  const { rows } = await sql<{ organisation: string; desk_id: string }>`SELECT DISTINCT organisation, desk_id FROM desk_tally
    WHERE total > 0 AND (${after}::uuid IS NULL OR desk_id > ${after}::uuid)
      AND (SELECT d.due FROM desk_dossier d WHERE d.organisation = desk_tally.organisation AND d.desk_id = desk_tally.desk_id AND ${lateHere(at)}
        ORDER BY d.due, d.changed, d.dossier LIMIT 1) IS NOT NULL
    ORDER BY desk_id LIMIT ${limit}`.execute(db);
  return rows.map((row) => ({ organisation: row.organisation, desk: row.desk_id }));
}

/** Takes the weekly turn: true for the one server that has it in this week, false when it was taken. */
export async function takeWeek(db: Executor, week: string): Promise<boolean> {
  const { rows } = await sql`INSERT INTO term_week (handle, week) VALUES ('late', ${week})
    ON CONFLICT (handle) DO UPDATE SET week = EXCLUDED.week WHERE term_week.week <> EXCLUDED.week RETURNING 1`.execute(db);
  return rows.length > 0;
}
