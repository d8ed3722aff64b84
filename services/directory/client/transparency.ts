/**
 * Whether the public log still is the one this device saw before, and whether a statement is in it: rosters, consents, hand-overs, recoveries. Called by screens and the CLI.
 *
 * [Note: What a device pins of the log] Size and root hash of the newest checkpoint it verified. A log that shrank, or was rewritten before that point, is refused: so a server that shows this device one
 * history cannot show it another one later. It can still show another *device* another one, until the two are compared or a witness signs.
 */
import { leafBytes, LedgerError, openTree, verifyConsistency, verifyReceipt, type TreeHead } from "@rugdekking/ledger";
import { base64urlnopad } from "@scure/base";
import { followLog, httpTiles, type Fetch } from "#services/ledger/client/index.ts";
import { LeafReceipt, type LeafKind } from "#services/ledger/contract/index.ts";
import { Problem } from "#services/problem/index.ts";
import type { Connection } from "./connection.ts";
import type { Trust } from "./trust.ts";

/** Name of the pin among a server's chains. */
const logPin = "log";

/** The log as it was checked now. */
export interface FollowedLog {
  /** Leaves in it. */
  readonly size: number;
  /** Leaves in it when this device looked before; null at its first look. */
  readonly before: number | null;
  /** Whether this statement is in the log. A proof that does not verify is an error, not a no. @throws {@link Problem} signature-invalid. */
  holds(what: LeafKind, hash: string): Promise<boolean>;
}

const fetchThrough =
  (connection: Connection): Fetch =>
  async (url) => {
    try {
      // Pages of the log are no JSON.
      return await connection.request("GET", url.slice(connection.origin.length), { headers: { Accept: "*/*" } });
    } catch (error) {
      if (error instanceof Problem && error.code === "not-found") return new Response(null, { status: 404 });
      throw error;
    }
  };

const refused = (why: string): Problem =>
  new Problem("signature-invalid", `The public log ${why}`, "Keep what you have, and tell whoever runs this server: its history was changed.");

/**
 * Reads the log's newest checkpoint, proves that it only grew since this device last looked, and remembers it.
 * @throws {@link Problem} signature-invalid when it shrank, was rewritten, or is signed by another key than the pinned one; unavailable.
 */
export async function followPinnedLog(trust: Trust): Promise<FollowedLog> {
  const { connection } = trust;
  const { log } = await trust.anchor();
  const fetchPage = fetchThrough(connection);
  const seen = await trust.chainSeen(logPin);
  try {
    const { checkpoint } = await followLog(connection.origin, log, null, fetchPage);
    const tree = openTree(checkpoint.size, httpTiles(connection.origin, fetchPage));
    if (seen !== null) {
      const earlier: TreeHead = { size: seen.length, root: base64urlnopad.decode(seen.last) };
      verifyConsistency(earlier, checkpoint, earlier.size <= checkpoint.size ? await tree.consistencyProof(earlier.size) : []);
    }
    await trust.rememberChain(logPin, { length: checkpoint.size, last: base64urlnopad.encode(new Uint8Array(checkpoint.root)) });
    return { size: checkpoint.size, before: seen?.length ?? null, holds: (what, hash) => inLog(connection, log, checkpoint, what, hash, fetchPage) };
  } catch (error) {
    if (error instanceof LedgerError) throw refused(`does not verify (${error.code})`);
    throw error;
  }
}

async function inLog(connection: Connection, verifierKey: string, head: TreeHead, what: LeafKind, hash: string, fetchPage: Fetch): Promise<boolean> {
  let receipt: LeafReceipt;
  try {
    receipt = await connection.get(`/api/v1/receipts/${hash}`, LeafReceipt);
  } catch (error) {
    if (error instanceof Problem && error.code === "not-found") return false;
    throw error;
  }
  try {
    const { checkpoint } = await verifyReceipt({ proof: receipt.proof, leaf: leafBytes(what, hash), verifierKey });
    // Another checkpoint than the one that was followed must be of the same history, or the proof is of a log nobody else sees.
    const [older, newer] = checkpoint.size <= head.size ? [checkpoint, head] : [head, checkpoint];
    verifyConsistency(older, newer, await openTree(newer.size, httpTiles(connection.origin, fetchPage)).consistencyProof(older.size));
    return true;
  } catch (error) {
    if (error instanceof LedgerError) throw refused(`gives a proof for ${what} ${hash} that does not verify (${error.code})`);
    throw error;
  }
}
