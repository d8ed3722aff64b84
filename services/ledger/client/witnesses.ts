/** Who cosigned a checkpoint, judged by the witnesses that were pinned. Receipts, bundles and whoever follows the log call it; offline. */
import { checkQuorum, parseCheckpoint, parseNote, parseProof, parseWitnessKey } from "@rugdekking/ledger";
import type { Witnesses } from "#services/ledger/contract/witnesses.ts";

/** Who vouches for a checkpoint. */
export interface Vouched {
  /** `none-pinned`: no witness is known here. `before`: made before witnesses were asked, so nobody can have cosigned it. `held`: at least as many as the pin asks for. */
  readonly state: "none-pinned" | "before" | "held";
  /** Names of those whose cosignature verified, with the time each says to have signed. */
  readonly witnesses: readonly { readonly name: string; readonly at: string }[];
  readonly quorum: number;
}

/**
 * Judges the cosignatures under a checkpoint whose log signature was checked already.
 * @throws LedgerError `quorum-missing` when fewer cosigned than the pin asks for; `key-malformed` when the pin itself is broken.
 */
export async function vouchedFor(signed: string, pinned: Witnesses | undefined): Promise<Vouched> {
  if (pinned === undefined) return { state: "none-pinned", witnesses: [], quorum: 0 };
  const { size } = parseCheckpoint(parseNote(signed).text);
  if (size <= pinned.from) return { state: "before", witnesses: [], quorum: pinned.quorum };
  const found = await checkQuorum(signed, { witnesses: pinned.keys.map((key) => parseWitnessKey(key)), quorum: pinned.quorum });
  return {
    state: "held",
    witnesses: found.map(({ witness, seconds }) => ({ name: witness, at: new Date(seconds * 1000).toISOString() })),
    quorum: pinned.quorum,
  };
}

/** {@link vouchedFor} over the checkpoint inside a receipt (tlog-proof). @throws LedgerError also `proof-malformed`. */
export async function vouchedForReceipt(proof: string, pinned: Witnesses | undefined): Promise<Vouched> {
  return await vouchedFor(parseProof(proof).checkpoint, pinned);
}
