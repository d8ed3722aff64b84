/** Where covers are opened: in Web Workers when apps/web said how to make one, otherwise in this thread. Used by the worklist. */
import { coversInThread, type CoverPool } from "#services/dossier/client/index.ts";
import { workerCoverPool } from "#services/dossier/client/covers-worker.ts";
import { startWorker } from "./cover-worker-maker.ts";

/** A pool and how to let go of it. */
export interface OpenPool {
  readonly pool: CoverPool;
  readonly close: () => void;
}

/** Two workers at most: opening is quick, and phones have few cores to spare. */
export function openPool(): OpenPool {
  const count = Math.min(2, Math.max(1, (navigator.hardwareConcurrency || 2) - 1));
  const workers = Array.from({ length: count }, startWorker).filter((worker) => worker !== null);
  if (workers.length === 0) return { pool: coversInThread(), close: () => undefined };
  return { pool: workerCoverPool(workers), close: () => workers.forEach((worker) => worker.terminate()) };
}
