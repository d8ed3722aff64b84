/** Where covers are opened: in Web Workers when apps/web said how to make one, otherwise in this thread. Used by the worklist. */
import { coversInThread, type CoverPool } from "#services/dossier/client/index.ts";
import { workerCoverPool } from "#services/dossier/client/covers-worker.ts";
import { startWorker } from "./cover-worker-maker.ts";

/** A pool and how to let go of it. */
export interface OpenPool {
  readonly pool: CoverPool;
  readonly close: () => void;
}

/**
 * One worker for each core, four at most: while covers open, the page itself has little to do but fetch more. They start with the first batch, since an index that
 * was kept rarely has one and the first lines on the screen should not wait for them, and end as soon as all are open.
 */
export function openPool(): OpenPool {
  const count = Math.min(4, navigator.hardwareConcurrency || 2);
  let workers: readonly Worker[] = [];
  let started: CoverPool | null = null;
  const start = (): CoverPool => {
    workers = Array.from({ length: count }, startWorker).filter((worker) => worker !== null);
    return workers.length === 0 ? coversInThread() : workerCoverPool(workers);
  };
  return {
    pool: { lanes: count * 2, open: (lines, keys) => (started ??= start()).open(lines, keys) },
    close: () => workers.forEach((worker) => worker.terminate()),
  };
}
