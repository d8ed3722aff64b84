/** The log's own doctor: recomputes everything from the leaves and names the first leaf that is wrong. `rugdekking doctor` calls it. */
import {
  append,
  emptyLog,
  LedgerError,
  leafBytes,
  openCheckpoint,
  openTree,
  parseVerifierKey,
  verifyConsistency,
  type Checkpoint,
  type LogState,
  type Tile,
} from "@rugdekking/ledger";
import type { Database } from "#services/storage/index.ts";
import type { Leaf } from "#services/ledger/contract/index.ts";
import { MAIN_LOG, type LedgerDatabase, type LedgerTables } from "./tables.ts";
import { tileRows } from "./tile-rows.ts";

/**
 * What can be wrong with a stored log.
 * - `head-missing`, `head-invalid`: no checkpoint, or not signed by the pinned key.
 * - `leaf-missing`: the leaf at `index` is gone, or those after it moved up. `leaf-altered`: the leaf at `index` is not the one that was logged.
 * - `leaf-unsigned`: a leaf stands beyond the signed size.
 * - `tile-missing`, `tile-altered`: a stored tile is absent or wrong while the leaves are right; `index` is the first leaf under it.
 * - `root-mismatch`: leaves and tiles agree with each other and not with the signed checkpoint: both were rewritten.
 * - `history-rewritten`: the log does not continue the pinned checkpoint.
 */
export type LogFaultCode =
  | "head-missing"
  | "head-invalid"
  | "leaf-missing"
  | "leaf-altered"
  | "leaf-unsigned"
  | "tile-missing"
  | "tile-altered"
  | "root-mismatch"
  | "history-rewritten";

/** One finding. */
export interface LogFault {
  readonly code: LogFaultCode;
  /** First leaf concerned, zero-based; `null` when the fault concerns the whole log. */
  readonly index: number | null;
  /** What was found and what to do, for a person. */
  readonly detail: string;
}

/** Outcome of {@link verifyStore}. */
export interface StoreReport {
  /** Leaves the signed checkpoint promises; `null` when there is no checkpoint to believe. */
  readonly size: number | null;
  /** Leaves recomputed. */
  readonly checked: number;
  /** Leaves waiting to be taken in (the next server start does it). */
  readonly pending: number;
  /** Lowest index named by a fault; `null` when none is. */
  readonly firstWrong: number | null;
  /** At most 50, in order of index; empty when all is well. */
  readonly faults: readonly LogFault[];
}

const CHUNK = 256;
const MAX_FAULTS = 50;

/**
 * Checks the stored log from its leaves up: signature, every leaf, every tile, the root.
 * @param verifierKey the pinned `<name>+<hash>+<base64>`.
 * @param pinned a signed checkpoint kept elsewhere (a backup, a printed sheet): the log must continue it. This is what finds a rewrite by someone who holds the signing key.
 * @throws LedgerError `key-malformed` on a broken pinned key; nothing else on a broken store: that is what the report is for.
 */
export async function verifyStore(db: Database, verifierKey: string, pinned?: string): Promise<StoreReport> {
  const verifier = parseVerifierKey(verifierKey);
  const tables = db.$extendTables<LedgerTables>();
  const { pending } = await tables
    .selectFrom("ledger_leaf")
    .select((of) => of.fn.countAll<number>().as("pending"))
    .where("log", "=", MAIN_LOG)
    .where("leaf_index", "is", null)
    .executeTakeFirstOrThrow();
  const report = (size: number | null, checked: number, faults: LogFault[]): StoreReport => {
    const ordered = faults.toSorted((a, b) => (a.index ?? -1) - (b.index ?? -1)).slice(0, MAX_FAULTS);
    return { size, checked, pending: pending, firstWrong: ordered.find(({ index }) => index !== null)?.index ?? null, faults: ordered };
  };
  const head = await tables.selectFrom("ledger_head").select("checkpoint").where("log", "=", MAIN_LOG).executeTakeFirst();
  if (head === undefined)
    return report(null, 0, [
      { code: "head-missing", index: null, detail: "The log has no checkpoint. Restore the database from its backup, or start the server if it never ran." },
    ]);
  let checkpoint: Checkpoint;
  try {
    checkpoint = await openCheckpoint(head.checkpoint, verifier);
  } catch (error) {
    return report(null, 0, [{ code: "head-invalid", index: null, detail: messageOf(error) }]);
  }
  const walked = await walkLeaves(tables, checkpoint);
  const faults = [...walked.faults];
  if (pinned !== undefined) faults.push(...(await checkPinned(tables, pinned, verifierKey, checkpoint)));
  return report(checkpoint.size, walked.checked, faults);
}

/** Recomputes tiles from leaf rows up to the signed size. */
async function walkLeaves(db: LedgerDatabase, checkpoint: Checkpoint): Promise<{ checked: number; faults: LogFault[] }> {
  const stored = tileRows(db, MAIN_LOG);
  const disagree: number[] = [];
  const tileFaults: LogFault[] = [];
  let state: LogState = emptyLog;
  let root: Uint8Array | null = null;
  while (state.size < checkpoint.size) {
    const leaves = await leavesFrom(db, state.size, Math.min(CHUNK, checkpoint.size - state.size));
    const gap = leaves.findIndex(({ index }, i) => index !== state.size + i);
    const missing = gap >= 0 ? state.size + gap : leaves.length < Math.min(CHUNK, checkpoint.size - state.size) ? state.size + leaves.length : null;
    const grown = append(
      state,
      leaves.slice(0, missing === null ? leaves.length : missing - state.size).map(({ what, hash }) => leafBytesOrNothing(what, hash)),
    );
    disagree.push(...(await leavesUnlikeTile(stored, state.size, grown.leafHashes, checkpoint.size)));
    if (missing !== null) {
      const gone: LogFault = {
        code: "leaf-missing",
        index: missing,
        detail: `Leaf ${missing} of ${checkpoint.size} is gone; the leaves after it could not be recomputed. Restore it from a backup.`,
      };
      return { checked: missing, faults: [...alteredLeaves(disagree), gone] };
    }
    // Full tiles are final when they come up; partial ones are those of the edge at the signed size.
    const final = [...grown.tiles.filter((tile) => tile.width === CHUNK), ...(grown.size === checkpoint.size ? grown.edge : [])];
    for (const tile of final) tileFaults.push(...(await compareTile(stored, tile)));
    state = grown;
    root = grown.root;
  }
  const faults: LogFault[] = [];
  const rootHolds = checkpoint.size === 0 || (root !== null && Buffer.from(root).equals(checkpoint.root));
  if (rootHolds) {
    // The signed root follows from the leaves, so where tiles differ it is the tiles that are wrong.
    faults.push(...tileFaults);
  } else {
    faults.push(...alteredLeaves(disagree));
    // Leaf and lowest tile rewritten alike: a tile above still tells in which range.
    if (disagree.length === 0)
      faults.push(
        ...tileFaults.map(({ index, detail }): LogFault => ({
          code: "leaf-altered",
          index,
          detail: `A leaf from number ${index} on was rewritten together with its tile. ${detail}`,
        })),
      );
    if (faults.length === 0)
      faults.push({
        code: "root-mismatch",
        index: null,
        detail: "Leaves and tiles agree with each other but not with the signed checkpoint: both were rewritten. Compare with a backup.",
      });
  }
  const [beyond] = await leavesFrom(db, checkpoint.size, 1);
  if (beyond !== undefined)
    faults.push({
      code: "leaf-unsigned",
      index: beyond.index,
      detail: `Leaf ${beyond.index} stands beyond the ${checkpoint.size} leaves that were signed: it was put there by hand.`,
    });
  return { checked: checkpoint.size, faults };
}

async function leavesFrom(db: LedgerDatabase, from: number, count: number): Promise<{ index: number; what: string; hash: string }[]> {
  const rows = await db
    .selectFrom("ledger_leaf")
    .select(["leaf_index", "what", "hash"])
    .where("log", "=", MAIN_LOG)
    .where("leaf_index", ">=", from)
    .orderBy("leaf_index")
    .limit(count)
    .execute();
  return rows.flatMap(({ leaf_index, what, hash }) => (leaf_index === null ? [] : [{ index: leaf_index, what, hash }]));
}

/** A row that is no leaf text at all hashes to something no logged leaf has. */
function leafBytesOrNothing(what: string, hash: string): Uint8Array {
  try {
    return leafBytes(what, hash);
  } catch {
    return new Uint8Array(0);
  }
}

/** Indices whose leaf hash is not the one in the stored level 0 tile. `from` is a multiple of 256. */
async function leavesUnlikeTile(stored: ReturnType<typeof tileRows>, from: number, leafHashes: readonly Uint8Array[], size: number): Promise<number[]> {
  const bytes = await stored.tile(0, from / CHUNK, Math.min(CHUNK, size - from));
  if (bytes === null) return [];
  return leafHashes.flatMap((hash, i) => (Buffer.from(hash).equals(bytes.subarray(i * 32, i * 32 + 32)) ? [] : [from + i]));
}

async function compareTile(stored: ReturnType<typeof tileRows>, tile: Tile): Promise<LogFault[]> {
  const bytes = await stored.tile(tile.level, tile.index, tile.width);
  const perHash = CHUNK ** tile.level;
  const first = tile.index * CHUNK * perHash;
  const name = `Tile ${tile.index} of level ${tile.level}`;
  if (bytes === null)
    return [{ code: "tile-missing", index: first, detail: `${name} is missing or too narrow. Its hashes follow from the leaves: restore it from a backup.` }];
  const at = bytes.findIndex((byte, i) => byte !== tile.bytes[i]);
  if (at < 0) return [];
  return [{ code: "tile-altered", index: first + Math.floor(at / 32) * perHash, detail: `${name} does not follow from the leaves. Restore it from a backup.` }];
}

function alteredLeaves(indices: readonly number[]): LogFault[] {
  return indices.map((index) => ({
    code: "leaf-altered",
    index,
    detail: `Leaf ${index} is not the one that was logged there: it was rewritten or moved. Restore it from a backup.`,
  }));
}

async function checkPinned(db: LedgerDatabase, pinned: string, verifierKey: string, present: Checkpoint): Promise<LogFault[]> {
  try {
    const earlier = await openCheckpoint(pinned, parseVerifierKey(verifierKey));
    if (earlier.size > present.size)
      throw new LedgerError("consistency-invalid", `The pinned checkpoint counts ${earlier.size} leaves, the log ${present.size}: the end was cut off.`);
    const proof = await openTree(present.size, tileRows(db, MAIN_LOG)).consistencyProof(earlier.size);
    verifyConsistency(earlier, present, proof);
    return [];
  } catch (error) {
    return [{ code: "history-rewritten", index: null, detail: messageOf(error) }];
  }
}

/** Outcome of {@link checkAgainstStatements}. */
export interface StatementReport {
  /** Statements compared. */
  readonly checked: number;
  /** Statements whose leaf is still pending. */
  readonly pending: number;
  /** Statements that the log does not hold. */
  readonly missing: number;
  /** The first hundred of those. */
  readonly examples: readonly Leaf[];
}

/**
 * Checks that every statement the services store is in the log: finds leaves that someone left out, or statements put in by hand.
 * @param expected what the services hold, in any order; read once, in steps of 500.
 */
export async function checkAgainstStatements(db: Database, expected: AsyncIterable<Leaf>): Promise<StatementReport> {
  const tables = db.$extendTables<LedgerTables>();
  const report = { checked: 0, pending: 0, missing: 0, examples: [] as Leaf[] };
  const compare = async (step: readonly Leaf[]): Promise<void> => {
    if (step.length === 0) return;
    const hashes = step.map(({ hash }) => hash);
    const rows = await tables
      .selectFrom("ledger_leaf")
      .select(["what", "hash", "leaf_index"])
      .where("log", "=", MAIN_LOG)
      .where("hash", "in", hashes)
      .execute();
    const places = new Map(rows.map(({ what, hash, leaf_index }) => [`${what} ${hash}`, leaf_index]));
    const missing = step.filter(({ what, hash }) => !places.has(`${what} ${hash}`));
    report.pending += step.filter(({ what, hash }) => places.get(`${what} ${hash}`) === null).length;
    report.checked += step.length;
    report.missing += missing.length;
    report.examples.push(...missing.slice(0, Math.max(0, 100 - report.examples.length)));
  };
  let step: Leaf[] = [];
  for await (const leaf of expected) {
    step.push(leaf);
    if (step.length === 500) {
      await compare(step);
      step = [];
    }
  }
  await compare(step);
  return report;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
