/** The sequencer of a server process: takes pending leaves into the log in batches and tells each waiter its receipt after the commit. apps/server starts one. */
import { formatProof, parseSignerKey } from "@rugdekking/ledger";
import { inTransaction, type Database } from "#services/storage/index.ts";
import { Problem } from "#services/problem/index.ts";
import type { LeafReceipt } from "#services/ledger/contract/index.ts";
import { ensureHead, integrateBatch, treeAfter, type Batch, type Remembered } from "./batch.ts";
import type { LedgerTables } from "./tables.ts";

/** Settings of {@link openSequencer}. */
export interface SequencerOptions {
  /** `PRIVATE+KEY+…` of the log; its name is the log's origin. Never logged. */
  readonly signerKey: string;
  /** Most leaves in one batch. Default 512. */
  readonly limit?: number;
  /** Milliseconds between looks for leaves nobody waits for. Default 1000; 0 never looks. */
  readonly sweep?: number;
}

/**
 * [Note: Group commit] Whoever waits joins the next batch; while one batch commits, the following gathers. Several server processes
 * may each run a sequencer on one database: the head's row lock lets one append at a time, and a waiter is also told of a leaf that another process took in.
 */
export interface Sequencer {
  /** Name of the log in its checkpoints. */
  readonly origin: string;
  /** Public key to pin. */
  readonly verifierKey: string;
  /**
   * Waits until the leaf of this statement is in a committed, signed checkpoint.
   * @param hash statement hash whose leaf was enqueued in a transaction that is already committed.
   * @throws Problem `not-found` when no such leaf was enqueued, `unavailable` after {@link Sequencer.stop}; the database's own error when it fails
   *   (the leaf stays pending: ask again).
   */
  integrated(hash: string): Promise<LeafReceipt>;
  /** Ends after the running batch; waiters left over get Problem `unavailable`. Pending leaves stay for the next start. */
  stop(): Promise<void>;
}

interface Waiter {
  readonly hash: string;
  resolve(receipt: LeafReceipt): void;
  reject(error: unknown): void;
}

/**
 * Starts a sequencer: makes the head when there is none, checks that the stored head is this key's and fits the stored tiles, and takes in what an earlier process left pending.
 * @throws LedgerError `signature-missing` or `signature-invalid` when the head was signed by another key, `tile-malformed` when tiles and head disagree, `key-malformed`.
 */
export async function openSequencer(db: Database, options: SequencerOptions): Promise<Sequencer> {
  const signer = await parseSignerKey(options.signerKey);
  const limit = options.limit ?? 512;
  const tables = db.$extendTables<LedgerTables>();
  await ensureHead(tables, signer);

  let waiters: Waiter[] = [];
  let remembered: Remembered | null = null;
  let running: Promise<void> | null = null;
  let stopped = false;

  /** One committed batch; answers those of `asking` whose leaf is in the log, returns the others. */
  const runBatch = async (asking: readonly Waiter[]): Promise<{ left: Waiter[]; more: boolean }> => {
    const wanted = asking.map(({ hash }) => hash);
    const batch: Batch = await inTransaction(db, async (trx) => await integrateBatch(trx.$extendTables<LedgerTables>(), signer, remembered, wanted, limit));
    remembered = batch.state;
    const tree = treeAfter(tables, batch);
    // Also those who came while it ran: their leaf may have been in it.
    const late = waiters.filter(({ hash }) => batch.places.has(hash));
    waiters = waiters.filter(({ hash }) => !batch.places.has(hash));
    const left = asking.filter(({ hash }) => !batch.places.has(hash));
    await Promise.all(
      [...asking, ...late].map(async (waiter) => {
        const index = batch.places.get(waiter.hash);
        if (index === undefined) return;
        try {
          const hashes = await tree.inclusionProof(index);
          waiter.resolve({ index, proof: formatProof({ index, hashes, checkpoint: batch.state.checkpoint, extra: null }) });
        } catch (error) {
          waiter.reject(error);
        }
      }),
    );
    return { left, more: batch.more };
  };

  const runAll = async (sweeping: boolean): Promise<void> => {
    let again = sweeping;
    while (!stopped && (waiters.length > 0 || again)) {
      const asking = waiters;
      waiters = [];
      try {
        const { left, more } = await runBatch(asking);
        again = more;
        if (more) waiters = [...left, ...waiters];
        else for (const waiter of left) waiter.reject(unknownLeaf(waiter.hash));
      } catch (error) {
        remembered = null;
        for (const waiter of asking) waiter.reject(error);
        // Without a waiter to tell, a failing sweep is left to the next one; a start must hear of it.
        if (asking.length === 0) throw error;
        again = false;
      }
    }
  };

  const kick = (sweeping: boolean): Promise<void> => {
    running ??= runAll(sweeping).finally(() => {
      running = null;
      if (waiters.length > 0 && !stopped) void kick(false).catch(() => undefined);
    });
    return running;
  };

  await kick(true);
  const sweep = options.sweep ?? 1000;
  const timer = sweep === 0 ? null : setInterval(() => void kick(true).catch(() => undefined), sweep);
  timer?.unref();

  return {
    origin: signer.name,
    verifierKey: signer.verifierKey,
    integrated: async (hash) =>
      await new Promise((resolve, reject) => {
        if (stopped) return reject(unavailable());
        waiters.push({ hash, resolve, reject });
        void kick(false).catch(() => undefined);
      }),
    stop: async () => {
      stopped = true;
      if (timer !== null) clearInterval(timer);
      await running?.catch(() => undefined);
      for (const waiter of waiters) waiter.reject(unavailable());
      waiters = [];
    },
  };
}

function unknownLeaf(hash: string): Problem {
  return new Problem(
    "not-found",
    `No leaf of statement ${hash} waits for the log or stands in it`,
    "Enqueue it in the transaction that stores the statement, and commit that first",
  );
}

function unavailable(): Problem {
  return new Problem("unavailable", "The server is stopping and takes nothing more into the log", "Send it again in a moment; nothing is lost");
}
