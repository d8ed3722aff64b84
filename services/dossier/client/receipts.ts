/** Checks receipts without trusting the server: an inclusion proof against the pinned log key. Called by screens ("controleren"), the CLI and after every submission; works offline. */
import { leafBytes, LedgerError, verifyReceipt } from "@rugdekking/ledger";
import type { TrustAnchor } from "#services/directory/contract/index.ts";
import type { Receipt } from "#services/dossier/contract/index.ts";
import { Problem } from "#services/problem/index.ts";

/** What a checked receipt proves: this entry is leaf `leaf` of the log whose signed checkpoint had `size` leaves. */
export interface CheckedReceipt {
  readonly entry: string;
  /** Zero-based place in the log. */
  readonly leaf: number;
  readonly size: number;
}

/**
 * Verifies a receipt offline.
 * @param anchor the pinned trust anchor (only `log` is used)
 * @throws {@link Problem} signature-invalid, naming what does not fit; the receipt then proves nothing.
 */
export async function checkReceipt(receipt: Receipt, anchor: Pick<TrustAnchor, "log">): Promise<CheckedReceipt> {
  try {
    const { index, checkpoint } = await verifyReceipt({ proof: receipt.proof, leaf: leafBytes("entry", receipt.entry), verifierKey: anchor.log });
    return { entry: receipt.entry, leaf: index, size: checkpoint.size };
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    throw new Problem(
      "signature-invalid",
      `The receipt of entry ${receipt.seq} does not verify (${error.code})`,
      "Keep it, and tell whoever runs this server: the entry may not be in the public log.",
    );
  }
}
