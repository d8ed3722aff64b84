/** How the workers of this page are started (triage, and opening originals): apps/web says it, because only apps/web may name script addresses (Trusted Types). */
import { Problem } from "#services/problem/index.ts";

interface OnlineWorkers {
  readonly triage: () => Worker;
  readonly originals: () => Worker;
}

let known: OnlineWorkers | null = null;

/** Called once by apps/web. */
export function setOnlineWorkers(workers: OnlineWorkers): void {
  known = workers;
}

/** A new worker. @throws {@link Problem} unavailable where nobody said how. */
export function startWorker(which: keyof OnlineWorkers): Worker {
  if (known === null) throw new Problem("unavailable", "Nothing here starts a worker for messages", "Reload the page.");
  return known[which]();
}
