/** Watching a log from outside: reads checkpoint and tiles over HTTP, believes only what verifies against a pinned key. Browser, command line and tests call it. */
import { openCheckpoint, openTree, parseVerifierKey, tilePath, verifyConsistency, type Checkpoint, type TileReader } from "@rugdekking/ledger";
import { ledgerPaths } from "#services/ledger/contract/index.ts";

/** How pages are fetched; the global `fetch` fits. */
export type Fetch = (url: string) => Promise<Response>;

/**
 * Tiles of the log served under `base` + `/ledger`. Nothing it gives is trusted before it verifies.
 * @param base origin of the server, such as `https://rugdekking.example.nl`, without a slash at the end.
 */
export function httpTiles(base: string, fetchPage: Fetch = fetch): TileReader {
  const read = async (path: string): Promise<Uint8Array | null> => {
    const response = await fetchPage(`${base}${ledgerPaths.prefix}/${path}`);
    if (response.status === 404) return null;
    if (!response.ok) throw new Error(`The log at ${base} answered ${response.status} for ${path}; try again later.`);
    return new Uint8Array(await response.arrayBuffer());
  };
  return {
    // A partial tile may have been replaced by the full one, which holds it (c2sp.org/tlog-tiles, "Partial Tiles").
    tile: async (level, index, width) =>
      (await read(tilePath({ level, index, width }))) ?? (width < 256 ? await read(tilePath({ level, index, width: 256 })) : null),
  };
}

/** A checkpoint that verified, with its signed text: keep the text and give it back as `pinned` the next time. */
export interface SeenCheckpoint {
  readonly checkpoint: Checkpoint;
  readonly signed: string;
}

/**
 * Reads the present checkpoint and, when an earlier one is given, proves that the log only grew since.
 * @param pinned signed text seen before; `null` the first time.
 * @throws LedgerError `signature-missing`, `signature-invalid`, `origin-mismatch` when the log is not the pinned key's;
 *   `consistency-invalid` or `size-invalid` when leaves were rewritten, dropped or reordered since; `tile-missing` when the log hides the tiles that would prove it.
 */
export async function followLog(base: string, verifierKey: string, pinned: string | null, fetchPage: Fetch = fetch): Promise<SeenCheckpoint> {
  const verifier = parseVerifierKey(verifierKey);
  const response = await fetchPage(`${base}${ledgerPaths.checkpoint}`);
  if (!response.ok) throw new Error(`The log at ${base} answered ${response.status} for its checkpoint; try again later.`);
  const signed = await response.text();
  const checkpoint = await openCheckpoint(signed, verifier);
  if (pinned !== null) {
    const earlier = await openCheckpoint(pinned, verifier);
    const proof = earlier.size <= checkpoint.size ? await openTree(checkpoint.size, httpTiles(base, fetchPage)).consistencyProof(earlier.size) : [];
    verifyConsistency(earlier, checkpoint, proof);
  }
  return { checkpoint, signed };
}
