/** How the worker that makes documents is started: apps/web says it, because only apps/web may name script addresses (Trusted Types). */

let maker: (() => Worker) | null = null;

/** Called once by apps/web. */
export function setPaperWorker(make: () => Worker): void {
  maker = make;
}

/** A started worker, or null where nobody said how (tests) or the browser refuses. */
export function startPaperWorker(): Worker | null {
  try {
    return maker?.() ?? null;
  } catch {
    return null;
  }
}
