/** One step of the sequencer: under the head's row lock, pending leaves become leaves, tiles and a signed checkpoint. Only the sequencer calls it. */
import { sql } from "kysely";
import {
  append,
  edgePlaces,
  emptyRoot,
  leafBytes,
  LedgerError,
  openCheckpoint,
  openTree,
  parseVerifierKey,
  rootOfEdge,
  signCheckpoint,
  Tile,
  type LogState,
  type NoteSigner,
  type Tree,
} from "@rugdekking/ledger";
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
export async function integrateBatch(
  trx: LedgerDatabase,
  signer: NoteSigner,
  remembered: Remembered | null,
  wanted: readonly string[],
  limit: number,
): Promise<Batch> {
  const { checkpoint, leaves: seen } = await lockHead(trx, limit);
  // What was seen beside the head is older than the lock: good as long as nobody else appended since this process did.
  const alone = remembered?.checkpoint === checkpoint;
  const leaves = alone ? seen : await readPending(trx, limit);
  const state = alone && remembered !== null ? remembered : await readState(trx, checkpoint, signer.verifierKey);
  const more = leaves.length === limit;
  const places = new Map(leaves.map(({ hash }, i) => [hash, state.size + i]));
  const elsewhere = await placesOf(
    trx,
    wanted.filter((hash) => !places.has(hash)),
  );
  for (const [hash, index] of elsewhere) places.set(hash, index);
  if (leaves.length === 0) return { state, tiles: [], places, more };

  const grown = append(
    state,
    leaves.map(({ what, hash }) => leafBytes(what, hash)),
  );
  const signing = signCheckpoint({ origin: signer.name, size: grown.size, root: grown.root, extensions: [] }, signer);
  const [signed] = await Promise.all([signing, placeLeaves(trx, leaves, state.size)]);
  const last = grown.edge.find(({ level }) => level === 0);
  await writeTiles(
    trx,
    MAIN_LOG,
    grown.tiles.filter((tile) => tile !== last),
  );
  await trx
    .updateTable("ledger_head")
    .set({ checkpoint: signed, edge: Buffer.from(last?.bytes ?? []) })
    .where("log", "=", MAIN_LOG)
    .execute();
  return { state: { size: grown.size, edge: grown.edge, checkpoint: signed }, tiles: grown.tiles, places, more };
}

/** Takes the head's row lock and, in the same round trip, looks what is pending. */
async function lockHead(trx: LedgerDatabase, limit: number): Promise<{ checkpoint: string; leaves: Leafed[] }> {
  const rows = await trx
    .selectFrom("ledger_head as head")
    .leftJoin("ledger_leaf as leaf", (join) => join.onRef("leaf.log", "=", "head.log").on("leaf.leaf_index", "is", null))
    .select(["head.checkpoint", "leaf.hash", "leaf.what"])
    .where("head.log", "=", MAIN_LOG)
    .orderBy("leaf.queued")
    .limit(limit)
    .forUpdate("head")
    .execute();
  const [first] = rows;
  if (first === undefined) throw new LedgerError("checkpoint-malformed", "The log has lost its head row; run rugdekking doctor and restore it from a backup.");
  return { checkpoint: first.checkpoint, leaves: rows.flatMap(({ hash, what }) => (hash === null || what === null ? [] : [{ hash, what }])) };
}

/** A waiting leaf as its row has it. */
interface Leafed {
  readonly hash: string;
  readonly what: string;
}

async function readPending(trx: LedgerDatabase, limit: number): Promise<Leafed[]> {
  return await trx
    .selectFrom("ledger_leaf")
    .select(["hash", "what"])
    .where("log", "=", MAIN_LOG)
    .where("leaf_index", "is", null)
    .orderBy("queued")
    .limit(limit)
    .execute();
}

/** Gives waiting leaves their places from `first` on. */
async function placeLeaves(trx: LedgerDatabase, leaves: readonly Leafed[], first: number): Promise<void> {
  const hashes = leaves.map(({ hash }) => hash);
  const whats = leaves.map(({ what }) => what);
  const indices = leaves.map((_, i) => first + i);
  const placed =
    await sql`UPDATE ledger_leaf SET leaf_index = place.leaf_index FROM unnest(${hashes}::text[], ${whats}::text[], ${indices}::bigint[]) AS place (hash, what, leaf_index)
    WHERE ledger_leaf.log = ${MAIN_LOG} AND ledger_leaf.hash = place.hash AND ledger_leaf.what = place.what AND ledger_leaf.leaf_index IS NULL`.execute(trx);
  if (placed.numAffectedRows !== BigInt(leaves.length)) {
    throw new Error(
      `Only ${placed.numAffectedRows} of ${leaves.length} waiting leaves could be placed: rows were changed by hand while the log grew. Nothing was written; try again.`,
    );
  }
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
    .values({ log: MAIN_LOG, checkpoint, edge: Buffer.alloc(0) })
    .onConflict((conflict) => conflict.column("log").doNothing())
    .execute();
}

/** Places of leaves already in the log, by statement hash. */
async function placesOf(trx: LedgerDatabase, hashes: readonly string[]): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  if (hashes.length === 0) return found;
  const rows = await trx
    .selectFrom("ledger_leaf")
    .select(["leaf_index", "hash"])
    .where("log", "=", MAIN_LOG)
    .where("hash", "in", [...new Set(hashes)])
    .where("leaf_index", "is not", null)
    .execute();
  for (const { leaf_index, hash } of rows) if (leaf_index !== null) found.set(hash, Math.min(leaf_index, found.get(hash) ?? leaf_index));
  return found;
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
    throw new LedgerError(
      "tile-malformed",
      `The stored tiles do not hash to the checkpoint of ${size} leaves; run rugdekking doctor before anything is appended.`,
    );
  }
  return { size, edge, checkpoint: signed };
}
