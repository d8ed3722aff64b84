/** Handing leaves to the log inside the business transaction, so that a statement and its leaf are durable together or not at all. Stores of services call it. */
import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { leafText } from "@rugdekking/ledger";
import type { Together, Transaction } from "#services/storage/index.ts";
import type { Leaf } from "#services/ledger/contract/index.ts";
import { MAIN_LOG } from "./tables.ts";

/**
 * Queues leaves; after the caller's commit a sequencer takes them in, in this order. The same leaf queued again (a retry) keeps its first place.
 * @param trx the caller's open transaction.
 * @throws LedgerError `leaf-malformed` when a hash is not 43 characters of base64url.
 */
export async function enqueueLeaves(trx: Transaction | Together, leaves: readonly Leaf[]): Promise<void> {
  if (leaves.length === 0) return;
  for (const { what, hash } of leaves) leafText(what, hash);
  // Lists as parameters: the statement reads the same however many leaves there are, so it is prepared once.
  await sql`INSERT INTO ledger_leaf (log, hash, what, leaf_index, queued)
    SELECT ${MAIN_LOG}::text, fresh.hash, fresh.what, NULL, fresh.queued
    FROM unnest(${leaves.map(({ hash }) => hash)}::text[], ${leaves.map(({ what }) => what)}::text[], ${leaves.map(() => uuidv7())}::uuid[]) AS fresh (hash, what, queued)
    ON CONFLICT (log, hash, what) DO NOTHING`.execute(trx);
}

/** {@link enqueueLeaves} for one leaf. */
export async function enqueueLeaf(trx: Transaction | Together, leaf: Leaf): Promise<void> {
  await enqueueLeaves(trx, [leaf]);
}
