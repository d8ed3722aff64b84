/** One step of the sequencer: under the head's row lock, pending leaves become leaves, tiles and a signed checkpoint. Only the sequencer calls it. */
import { append, edgePlaces, emptyRoot, leafBytes, LedgerError, openCheckpoint, openTree, parseVerifierKey, rootOfEdge, signCheckpoint, Tile, type LogState, type NoteSigner, type Tree } from "@rugdekking/ledger";
import { MAIN_LOG, type LedgerDatabase } from "./tables.ts";
import { tileRows, writeTiles } from "./tile-rows.ts";

/** A log's state with the signed checkpoint it belongs to: good as long as the head in the database still says the same. */
export interface Remembered extends LogState {
  readonly checkpoint: string;
}

/** What a batch leaves behind once it is committed. */
export interface Batch {
  readonly state: Remembered;
  /** Tiles written by this batch: enough to prove its leaves. */
  readonly tiles: readonly Tile[];
  /** Index by statement hash of every leaf that was pending or asked for and is in the log now. */
  readonly places: ReadonlyMap<string, number>;
  /** More leaves were pending than one batch takes. */
  readonly more: boolean;
}

/**
 * Takes in up to `limit` pending leaves.
 * @param trx an open transaction; nothing counts before its commit.
 * @param remembered state after the last batch of this process, or `null`; checked against the head before use.
 * @param wanted statement hashes somebody waits for: their places are told also when another process took them in.
 */
export async function integrateBatch(trx: LedgerDatabase, signer: NoteSigner, remembered: Remembered | null, wanted: readonly string[], limit: number): Promise<Batch> {
  const log = MAIN_LOG;
  const head = await trx.selectFrom("ledger_head").select("checkpoint").where("log", "=", log).forUpdate().executeTakeFirstOrThrow();
  const pending = await trx.selectFrom("ledger_pending").select(["id", "what", "hash"]).where("log", "=", log).orderBy("id").limit(limit).execute();
  const places = await placesOf(trx, [...new Set([...pending.map(({ hash }) => hash), ...wanted])]);

  const fresh = new Map<string, { what: string; hash: string }>();
  for (const { what, hash } of pending) if (!places.leaves.has(`${what} ${hash}`)) fresh.set(`${what} ${hash}`, { what, hash });
  const state = remembered?.checkpoint === head.checkpoint ? remembered : await readState(trx, head.checkpoint, signer.verifierKey);
  const more = pending.length === limit;
  await removePending(trx, pending.map(({ id }) => id));
  if (fresh.size === 0) return { state, tiles: [], places: places.hashes, more };

  const leaves = [...fresh.values()];
  const grown = append(state, leaves.map(({ what, hash }) => leafBytes(what, hash)));
  const checkpoint = await signCheckpoint({ origin: signer.name, size: grown.size, root: grown.root, extensions: [] }, signer);
  const rows = leaves.map(({ what, hash }, i) => ({ log, leaf_index: state.size + i, hash, what }));
  await trx.insertInto("ledger_leaf").values(rows).execute();
  await writeTiles(trx, log, grown.tiles);
  await trx.updateTable("ledger_head").set({ checkpoint }).where("log", "=", log).execute();
  const hashes = new Map(places.hashes);
  for (const { hash, leaf_index } of rows) if (!hashes.has(hash)) hashes.set(hash, leaf_index);
  return { state: { size: grown.size, edge: grown.edge, checkpoint }, tiles: grown.tiles, places: hashes, more };
}

/** The log after a batch, for proofs: what the batch wrote is at hand, the rest comes from the database. */
export function treeAfter(db: LedgerDatabase, batch: Batch): Tree {
  return openTree(batch.state.size, tileRows(db, MAIN_LOG), [...batch.state.edge, ...batch.tiles]);
}

/** Makes the head of a log that has none: size 0, signed, so that readers always find a checkpoint. */
export async function ensureHead(db: LedgerDatabase, signer: NoteSigner): Promise<void> {
  const checkpoint = await signCheckpoint({ origin: signer.name, size: 0, root: emptyRoot(), extensions: [] }, signer);
  await db
    .insertInto("ledger_head")
    .values({ log: MAIN_LOG, checkpoint })
    .onConflict((conflict) => conflict.column("log").doNothing())
    .execute();
}

/** Places of leaves already in the log: by `<what> <hash>`, and by hash alone (the first). */
async function placesOf(trx: LedgerDatabase, hashes: readonly string[]): Promise<{ leaves: Set<string>; hashes: Map<string, number> }> {
  const found = { leaves: new Set<string>(), hashes: new Map<string, number>() };
  if (hashes.length === 0) return found;
  const rows = await trx.selectFrom("ledger_leaf").select(["leaf_index", "what", "hash"]).where("log", "=", MAIN_LOG).where("hash", "in", hashes).execute();
  for (const { leaf_index, what, hash } of rows) {
    found.leaves.add(`${what} ${hash}`);
    found.hashes.set(hash, Math.min(leaf_index, found.hashes.get(hash) ?? Number.MAX_SAFE_INTEGER));
  }
  return found;
}

async function removePending(trx: LedgerDatabase, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await trx.deleteFrom("ledger_pending").where("log", "=", MAIN_LOG).where("id", "in", ids).execute();
}

/**
 * The log's state from its stored checkpoint and tiles. Both are checked, so that a row edited by hand stops the sequencer instead of being signed over.
 * @throws LedgerError `signature-missing`, `signature-invalid`, `origin-mismatch`, or `tile-malformed` when tiles and checkpoint disagree.
 */
export async function readState(trx: LedgerDatabase, signed: string, verifierKey: string): Promise<Remembered> {
  const { size, root } = await openCheckpoint(signed, parseVerifierKey(verifierKey));
  const reader = tileRows(trx, MAIN_LOG);
  const edge: Tile[] = [];
  for (const { level, index, width } of edgePlaces(size)) {
    const bytes = await reader.tile(level, index, width);
    if (bytes !== null) edge.push(new Tile({ level, index }, bytes));
  }
  if (!Buffer.from(rootOfEdge(edge)).equals(root)) {
    throw new LedgerError("tile-malformed", `The stored tiles do not hash to the checkpoint of ${size} leaves; run rugdekking doctor before anything is appended.`);
  }
  return { size, edge, checkpoint: signed };
}
