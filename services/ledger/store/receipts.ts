/** Receipts for leaves that have been in the log for a while: a fresh proof against the present checkpoint. Stores and servers of services call it. */
import { formatProof, openTree, parseCheckpoint, parseNote } from "@rugdekking/ledger";
import type { Database } from "#services/storage/index.ts";
import type { LeafReceipt } from "#services/ledger/contract/index.ts";
import { readCosigned } from "./cosigned.ts";
import { MAIN_LOG, type LedgerTables } from "./tables.ts";
import { tileRows } from "./tile-rows.ts";

/**
 * A receipt against the newest cosigned checkpoint that holds the leaf, else the present one.
 * @param hash statement hash, 43 characters of base64url.
 * @returns `null` when no leaf of this statement is in the log (it may still be pending).
 * @throws LedgerError `tile-missing` when stored tiles were taken away.
 */
export async function receiptFor(db: Database, hash: string): Promise<LeafReceipt | null> {
  const tables = db.$extendTables<LedgerTables>();
  const leaf = await tables
    .selectFrom("ledger_leaf")
    .select("leaf_index")
    .where("log", "=", MAIN_LOG)
    .where("hash", "=", hash)
    .where("leaf_index", "is not", null)
    .orderBy("leaf_index")
    .limit(1)
    .executeTakeFirst();
  if (leaf === undefined || leaf.leaf_index === null) return null;
  const index = leaf.leaf_index;
  // Read after the leaf: a leaf is committed together with a checkpoint that holds it, so this one does.
  const checkpoint = await checkpointOver(db, index);
  if (checkpoint === null) return null;
  const { size } = parseCheckpoint(parseNote(checkpoint).text);
  const hashes = await openTree(size, tileRows(tables, MAIN_LOG)).inclusionProof(index);
  return { index, proof: formatProof({ index, hashes, checkpoint, extra: null }) };
}

/** The newest checkpoint that witnesses cosigned, when it holds this leaf; else the present one. */
async function checkpointOver(db: Database, index: number): Promise<string | null> {
  const cosigned = await readCosigned(db);
  return cosigned !== null && parseCheckpoint(parseNote(cosigned).text).size > index ? cosigned : await readCheckpoint(db);
}

/** The present signed checkpoint, verbatim; `null` before the first sequencer started. */
export async function readCheckpoint(db: Database): Promise<string | null> {
  const head = await db.$extendTables<LedgerTables>().selectFrom("ledger_head").select("checkpoint").where("log", "=", MAIN_LOG).executeTakeFirst();
  return head?.checkpoint ?? null;
}
