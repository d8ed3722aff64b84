/** Checks one receipt against the pinned log key. Used by verify and by `rugdekking ledger check`. */
import { LedgerError, leafBytes, verifyReceipt } from "@rugdekking/ledger";
import { Complaint } from "./complaint.ts";

/** What a receipt that holds proves. */
export interface ProvenEntry {
  /** Number of the entry's leaf in the log, from 0. */
  readonly index: number;
  /** Leaves in the log when the receipt was made. */
  readonly size: number;
}

/**
 * Checks that `entry` (the statement hash of an entry, or of an erasure) is in the log.
 * @param proof text of a `.tlog-proof`; @param log pinned verifier key; @param file named in the complaint.
 * @throws {@link Complaint} when the proof does not hold for this entry and this key.
 */
export async function checkReceipt(proof: string, entry: string, log: string, file: string, what: "entry" | "erasure" = "entry"): Promise<ProvenEntry> {
  try {
    const { index, checkpoint } = await verifyReceipt({ proof, leaf: leafBytes(what, entry), verifierKey: log });
    return { index, size: checkpoint.size };
  } catch (error) {
    if (error instanceof LedgerError)
      throw new Complaint(file, `the receipt does not hold: ${error.message}`, `${what} ${entry} in log ${log.split("+")[0] ?? ""}`, error.code);
    throw error;
  }
}
