/** How the worker that works for a token is started: apps/web says it, because only apps/web may name script addresses (Trusted Types). Without it (Node, tests) the work is done in the calling thread, in turns. */

/** What is needed of a Worker. */
export interface WorkWorker {
  postMessage(message: unknown): void;
  addEventListener(type: "message", listener: (event: MessageEvent) => void): void;
  addEventListener(type: "error" | "messageerror", listener: (event: Event) => void): void;
  terminate(): void;
}

let known: (() => WorkWorker) | null = null;

/** Called once by apps/web; null takes it back (tests). */
export function setWorkWorker(start: (() => WorkWorker) | null): void {
  known = start;
}

/** What apps/web said; null where nobody did. */
export const workWorker = (): (() => WorkWorker) | null => known;
