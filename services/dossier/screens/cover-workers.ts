/** Where covers are opened: in Web Workers when apps/web said how to make one, otherwise in this thread. Used by the worklist. */
import { coversInThread, type CoverPool } from "#services/dossier/client/index.ts";
import { workerCoverPool } from "#services/dossier/client/covers-worker.ts";
import { startWorker } from "./cover-worker-maker.ts";

/** A pool and how to let go of it. */
export interface OpenPool {
  readonly pool: CoverPool;
  readonly close: () => void;
}

/** One worker for each core, four at most: while covers open, the page itself has little to do but fetch more. They end as soon as all are open. */
export function openPool(): OpenPool {
  const count = Math.min(4, navigator.hardwareConcurrency || 2);
  const workers = Array.from({ length: count }, startWorker).filter((worker) => worker !== null);
  if (workers.length === 0) return { pool: coversInThread(), close: () => undefined };
  return { pool: workerCoverPool(workers), close: () => workers.forEach((worker) => worker.terminate()) };
}
