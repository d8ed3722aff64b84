/** Both ends of opening covers in workers: `serveCovers` runs inside the worker, `workerCoverPool` outside. apps/web makes the Worker; this file knows only messages. */
import { Problem } from "#services/problem/index.ts";
import { openCovers, type CoverPool, type DeskKeyring, type OpenedCover, type SealedLine } from "./covers.ts";

/** What is needed of a Worker or of the worker's own global scope. */
export interface CoverPort {
  postMessage(message: unknown): void;
  addEventListener(type: "message", listener: (event: MessageEvent) => void): void;
}

interface CoverRequest {
  readonly id: number;
  readonly lines: readonly SealedLine[];
  /** Left out when they are those of the request before. */
  readonly keys?: DeskKeyring;
}
type CoverAnswer = { readonly id: number; readonly covers: readonly OpenedCover[] } | { readonly id: number; readonly failure: string };

/** Answers requests; call it once in the worker: `serveCovers(self)`. */
export function serveCovers(port: CoverPort): void {
  let known: DeskKeyring = new Map();
  port.addEventListener("message", (event: MessageEvent<CoverRequest>) => {
    const { id, lines, keys = known } = event.data;
    known = keys;
    openCovers(lines, keys).then(
      (covers) => port.postMessage({ id, covers } satisfies CoverAnswer),
      (error: unknown) => port.postMessage({ id, failure: error instanceof Error ? error.message : "unknown" } satisfies CoverAnswer),
    );
  });
}

/** Spreads batches over workers. The keys are posted with a worker's first batch, and again when they are others: CryptoKeys travel by reference and stay unreadable. */
export function workerCoverPool(workers: readonly CoverPort[]): CoverPool {
  const waiting = new Map<number, { resolve: (covers: readonly OpenedCover[]) => void; reject: (reason: Problem) => void }>();
  const given = new Map<CoverPort, DeskKeyring>();
  let next = 0;
  for (const worker of workers) {
    worker.addEventListener("message", (event: MessageEvent<CoverAnswer>) => {
      const answer = event.data;
      const asked = waiting.get(answer.id);
      waiting.delete(answer.id);
      if ("covers" in answer) asked?.resolve(answer.covers);
      else asked?.reject(new Problem("unavailable", `A worker could not open covers: ${answer.failure}`, "Reload the page."));
    });
  }
  return {
    lanes: workers.length * 2,
    open(lines, keys) {
      const id = next;
      next += 1;
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        const worker = workers[id % workers.length];
        if (worker === undefined) return;
        const sealed = lines.map(({ id: line, cover, grant }) => ({ id: line, cover, grant }));
        worker.postMessage((given.get(worker) === keys ? { id, lines: sealed } : { id, lines: sealed, keys }) satisfies CoverRequest);
        given.set(worker, keys);
      });
    },
  };
}
