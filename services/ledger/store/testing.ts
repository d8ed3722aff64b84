/** Leaves and small steps that this service's tests share. */
import { createHash } from "node:crypto";
import { inTransaction, type Database } from "#services/storage/index.ts";
import type { Leaf, LeafKind } from "#services/ledger/contract/index.ts";
import { enqueueLeaf } from "./enqueue.ts";

/** An invented statement hash. */
export const hashOf = (name: string | number): string => createHash("sha256").update(`demo ${name}`).digest("base64url");

/** An invented leaf. */
export const leafOf = (name: string | number, what: LeafKind = "entry"): Leaf => ({ what, hash: hashOf(name) });

/** What a service does: its own transaction with the leaf in it. */
export async function store(db: Database, ...leaves: Leaf[]): Promise<void> {
  await inTransaction(db, async (trx) => {
    for (const leaf of leaves) await enqueueLeaf(trx, leaf);
  });
}
