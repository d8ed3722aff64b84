/** How an import worker is started: apps/web says it, because only apps/web may name script addresses (Trusted Types). */
import { Problem } from "#services/problem/index.ts";

/** What is needed of a Worker. */
export interface ImportWorker {
  postMessage(message: unknown): void;
  addEventListener(type: "message", listener: (event: MessageEvent) => void): void;
  addEventListener(type: "error" | "messageerror", listener: (event: Event) => void): void;
  terminate(): void;
}

let known: (() => ImportWorker) | null = null;

/** Called once by apps/web. */
export function setImportWorker(start: () => ImportWorker): void {
  known = start;
}

/** A new worker. @throws {@link Problem} unavailable where nobody said how. */
export function importWorker(): ImportWorker {
  if (known === null) throw new Problem("unavailable", "Nothing here starts a worker that reads files", "Reload the page.");
  return known();
}
