/**
 * The outbox for systems outside this house: a row in the same transaction as the entry, so that no change is lost and none is told of what was refused. Written by the dossier's server room, drained by
 * services/integrations.
 */
import { sql } from "kysely";
import { v7 } from "uuid";
import type { DossierKind } from "#services/dossier/contract/index.ts";
import type { Executor } from "./dossiers.ts";

/** One change that one destination is to hear of. */
export interface OutgoingChange {
  /** Organisation whose desk has part in the dossier, and whose destination this is. */
  readonly organisation: string;
  /** Name the operator gave the destination. */
  readonly destination: string;
  readonly dossier: string;
  /** Entry that made the change; changes of one dossier go out in this order. */
  readonly seq: number;
  readonly kind: DossierKind;
  /** Phase after the change. */
  readonly phase: string;
  /** Since when a desk of that organisation has part in the dossier. */
  readonly since: Date;
  /** When the entry was taken in. */
  readonly at: Date;
}

/**
 * Whom a caller delivers to. Name, organisation and kinds count together: an operator who gives an old name to another organisation's system never sends it what waited for the first one.
 */
export interface OutgoingTarget {
  readonly name: string;
  readonly organisation: string;
  readonly kinds: readonly DossierKind[];
}

/** A change that one caller is to deliver. */
export interface OutgoingClaim extends OutgoingChange {
  /** Stays the same however often it is tried. */
  readonly id: string;
  /** How often it was tried, this time included. */
  readonly attempts: number;
}

/** Notes changes, in the transaction of what changed. */
export async function insertOutgoing(trx: Executor, changes: readonly OutgoingChange[]): Promise<void> {
  for (const change of changes)
    await sql`INSERT INTO dossier_outgoing (organisation, destination, dossier, seq, id, kind, phase, since, at, attempts, next, problem, dead)
      SELECT ${change.organisation}, ${change.destination}, ${change.dossier}::uuid, ${change.seq}, ${v7()}::uuid, ${change.kind}, ${change.phase}, ${change.since}, ${change.at}, 0,
        GREATEST(${change.at}::timestamptz, max(next)), NULL, FALSE
      FROM dossier_outgoing WHERE organisation = ${change.organisation} AND destination = ${change.destination} AND dossier = ${change.dossier} AND NOT dead`.execute(
      trx,
    );
}

/** The later changes of a dossier are due when its oldest is: see [Note: Due together]. */
async function moveLater(db: Executor, { organisation, destination, dossier, seq }: OutgoingClaim, next: Date): Promise<void> {
  await sql`UPDATE dossier_outgoing SET next = ${next}
    WHERE organisation = ${organisation} AND destination = ${destination} AND dossier = ${dossier} AND seq > ${seq} AND NOT dead`.execute(db);
}

/**
 * Claims the change that waits longest for a destination: it is given to one caller only and rests until `resume`, after which a caller that was killed counts as failed.
 * Of each dossier only the oldest living change can be claimed: that is what keeps the order.
 *
 * [Note: Due together] Changes behind a claimed or postponed one rest with it. They could not be claimed anyway; but if they looked due, every claim would first walk past all of them, and a destination that
 * comes back after days would be emptied ever more slowly. Where the two times differ (a killed caller, a change that came in beside), nothing is lost: it is looked at two minutes later.
 * @returns null when nothing is due.
 */
export async function claimOutgoing(db: Executor, { name, organisation, kinds }: OutgoingTarget, at: Date, resume: Date): Promise<OutgoingClaim | null> {
  const { rows } = await sql<OutgoingClaim>`UPDATE dossier_outgoing o SET attempts = o.attempts + 1, next = ${resume}
    WHERE o.organisation = ${organisation} AND o.destination = ${name} AND o.next <= ${at} AND NOT o.dead AND (o.organisation, o.dossier, o.seq) IN (
      SELECT c.organisation, c.dossier, c.seq FROM dossier_outgoing c
      WHERE c.organisation = ${organisation} AND c.destination = ${name} AND c.kind = ANY(${[...kinds]}::text[]) AND c.next <= ${at} AND NOT c.dead AND NOT EXISTS (
        SELECT 1 FROM dossier_outgoing e
        WHERE e.organisation = c.organisation AND e.destination = c.destination AND e.dossier = c.dossier AND e.seq < c.seq AND NOT e.dead)
      ORDER BY c.next LIMIT 1)
    RETURNING o.organisation, o.destination, o.dossier, o.seq, o.id, o.kind, o.phase, o.since, o.at, o.attempts`.execute(db);
  const claim = rows[0] ?? null;
  if (claim !== null) await moveLater(db, claim, resume);
  return claim;
}

/** It was delivered. What was given up of the same dossier before it is covered by it and goes too: a message says "look again", and the newest says it for all. */
export async function settleOutgoing(db: Executor, claim: OutgoingClaim, at: Date): Promise<void> {
  const { organisation, destination, dossier, seq } = claim;
  await sql`DELETE FROM dossier_outgoing WHERE organisation = ${organisation} AND destination = ${destination} AND dossier = ${dossier} AND seq <= ${seq}`.execute(
    db,
  );
  await moveLater(db, claim, at);
}

/** It failed: try again at `next`, or never when that is null. Does nothing when another caller has taken the change over meanwhile. */
export async function postponeOutgoing(db: Executor, claim: OutgoingClaim, at: Date, next: Date | null, problem: string): Promise<void> {
  const { numAffectedRows } = await sql`UPDATE dossier_outgoing SET next = COALESCE(${next}::timestamptz, next), dead = ${next === null}, problem = ${problem}
    WHERE organisation = ${claim.organisation} AND destination = ${claim.destination} AND dossier = ${claim.dossier} AND seq = ${claim.seq} AND attempts = ${claim.attempts}`.execute(
    db,
  );
  if (Number(numAffectedRows ?? 0) > 0) await moveLater(db, claim, next ?? at);
}

/** A desk's hand-over ended: what still waits for its organisation is not sent any more, unless another desk there reads on. Call it when the dossier is off that desk's worklist. */
export async function dropOutgoing(trx: Executor, organisation: string, dossier: string, at: Date): Promise<void> {
  await sql`DELETE FROM dossier_outgoing o WHERE o.organisation = ${organisation} AND o.dossier = ${dossier} AND NOT EXISTS (
    SELECT 1 FROM desk_dossier d WHERE d.organisation = o.organisation AND d.dossier = o.dossier AND d.until > ${at})`.execute(trx);
}

/** Gives what was given up its tries back. @returns how many. */
export async function reviveOutgoing(db: Executor, { name, organisation, kinds }: OutgoingTarget, at: Date): Promise<number> {
  const { numAffectedRows } = await sql`UPDATE dossier_outgoing SET dead = FALSE, attempts = 0, next = ${at}
      WHERE organisation = ${organisation} AND destination = ${name} AND kind = ANY(${[...kinds]}::text[]) AND dead`.execute(db);
  return Number(numAffectedRows ?? 0);
}

/** What waits per destination, organisation and kind. */
export interface OutgoingCount {
  readonly organisation: string;
  readonly kind: DossierKind;
  readonly destination: string;
  readonly waiting: number;
  /** Given up. */
  readonly dead: number;
  /** When the oldest of all these happened. */
  readonly oldest: Date;
  /** What went wrong with one of those that failed; null when nothing failed. */
  readonly problem: string | null;
}

/** Counts what waits. */
export async function countOutgoing(db: Executor): Promise<OutgoingCount[]> {
  const { rows } = await sql<OutgoingCount>`
    SELECT organisation, destination, kind, count(*) FILTER (WHERE NOT dead) AS waiting, count(*) FILTER (WHERE dead) AS dead, min(at) AS oldest, max(problem) AS problem
    FROM dossier_outgoing GROUP BY organisation, destination, kind ORDER BY destination, organisation, kind`.execute(db);
  return rows;
}
