/** The newest checkpoint that witnesses cosigned, as one signed note; written by the server's round of witnesses, read by receipts and the public log. */
import { parseCheckpoint, parseNote } from "@rugdekking/ledger";
import { inTransaction, type Database } from "#services/storage/index.ts";
import { MAIN_LOG, type LedgerTables } from "./tables.ts";

/** The note with its cosignatures; null until witnesses cosigned one. */
export async function readCosigned(db: Database): Promise<string | null> {
  const row = await db.$extendTables<LedgerTables>().selectFrom("ledger_cosigned").select("checkpoint").where("log", "=", MAIN_LOG).executeTakeFirst();
  return row?.checkpoint ?? null;
}

/**
 * Keeps a cosigned checkpoint unless a larger one is kept: several servers ask the same witnesses, and the slowest answer must not undo the newest.
 * @param signed the note with cosignatures that were verified.
 */
export async function keepCosigned(db: Database, signed: string): Promise<void> {
  const { size } = parseCheckpoint(parseNote(signed).text);
  await inTransaction(db, async (trx) => {
    const tables = trx.$extendTables<LedgerTables>();
    const kept = await tables.selectFrom("ledger_cosigned").select("size").where("log", "=", MAIN_LOG).forUpdate().executeTakeFirst();
    if (kept !== undefined && kept.size > size) return;
    await tables
      .insertInto("ledger_cosigned")
      .values({ log: MAIN_LOG, size, checkpoint: signed })
      .onConflict((conflict) => conflict.column("log").doUpdateSet({ size, checkpoint: signed }))
      .execute();
  });
}
