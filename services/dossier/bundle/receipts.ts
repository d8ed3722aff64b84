/** Checks one receipt against the pinned log key. Used by verify and by `rugdekking ledger check`. */
import { LedgerError, leafBytes, verifyReceipt } from "@rugdekking/ledger";
import { type Vouched, vouchedForReceipt } from "#services/ledger/client/witnesses.ts";
import type { Witnesses } from "#services/ledger/contract/witnesses.ts";
import { Complaint } from "./complaint.ts";

/** What a receipt that holds proves. */
export interface ProvenEntry {
  /** Number of the entry's leaf in the log, from 0. */
  readonly index: number;
  /** Leaves in the log when the receipt was made. */
  readonly size: number;
  /** Who outside the house cosigned that checkpoint, as far as pinned. */
  readonly vouched: Vouched;
}

/**
 * Checks that `entry` (the statement hash of an entry, or of an erasure) is in the log.
 * @param proof text of a `.tlog-proof`; @param log pinned verifier key; @param file named in the complaint; @param witnesses pinned ones, whose quorum must hold unless the receipt was made before they were asked.
 * @throws {@link Complaint} when the proof does not hold for this entry and this key.
 */
export async function checkReceipt(
  proof: string,
  entry: string,
  log: string,
  file: string,
  witnesses?: Witnesses,
  what: "entry" | "erasure" = "entry",
): Promise<ProvenEntry> {
  try {
    const { index, checkpoint } = await verifyReceipt({ proof, leaf: leafBytes(what, entry), verifierKey: log });
    return { index, size: checkpoint.size, vouched: await vouchedForReceipt(proof, witnesses) };
  } catch (error) {
    if (error instanceof LedgerError && error.code === "quorum-missing")
      throw new Complaint(
        file,
        `the receipt lacks the witnesses that were pinned: ${error.message}`,
        "cosignatures of the pinned witnesses",
        error.code,
        "a receipt from the first seconds has none yet: ask for it again with rugdekking receipt; if they stay away, do not rely on it",
      );
    if (error instanceof LedgerError)
      throw new Complaint(file, `the receipt does not hold: ${error.message}`, `${what} ${entry} in log ${log.split("+")[0] ?? ""}`, error.code);
    throw error;
  }
}
