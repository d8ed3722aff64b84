/** Handing leaves to the log inside the business transaction, so that a statement and its leaf are durable together or not at all. Stores of services call it. */
import { v7 as uuidv7 } from "uuid";
import { leafText } from "@rugdekking/ledger";
import type { Transaction } from "#services/storage/index.ts";
import type { Leaf } from "#services/ledger/contract/index.ts";
import { MAIN_LOG, type LedgerTables } from "./tables.ts";

/**
 * Queues leaves; after the caller's commit a sequencer takes them in, in this order. The same leaf queued again (a retry) keeps its first place.
 * @param trx the caller's open transaction.
 * @throws LedgerError `leaf-malformed` when a hash is not 43 characters of base64url.
 */
export async function enqueueLeaves(trx: Transaction, leaves: readonly Leaf[]): Promise<void> {
  if (leaves.length === 0) return;
  const rows = leaves.map(({ what, hash }) => {
    leafText(what, hash);
    return { log: MAIN_LOG, hash, what, leaf_index: null, queued: uuidv7() };
  });
  await trx
    .$extendTables<LedgerTables>()
    .insertInto("ledger_leaf")
    .values(rows)
    .onConflict((conflict) => conflict.columns(["log", "hash", "what"]).doNothing())
    .execute();
}

/** {@link enqueueLeaves} for one leaf. */
export async function enqueueLeaf(trx: Transaction, leaf: Leaf): Promise<void> {
  await enqueueLeaves(trx, [leaf]);
}
