/** How the workers that seal, open and hash large files are started: apps/web says it, because only apps/web may name script addresses (Trusted Types). Without it (Node, tests) the same work is done in the calling thread. */

/** What is needed of a Worker. */
export interface AttachmentWorker {
  postMessage(message: unknown, options: { readonly transfer: Transferable[] }): void;
  addEventListener(type: "message", listener: (event: MessageEvent) => void): void;
  addEventListener(type: "error" | "messageerror", listener: (event: Event) => void): void;
  terminate(): void;
}

/** Where workers come from. */
export interface AttachmentWorkers {
  readonly start: () => AttachmentWorker;
  /** How many seal or open beside each other; one more hashes. */
  readonly sealers: number;
}

let known: AttachmentWorkers | null = null;

/** Called once by apps/web; null takes it back (tests). */
export function setAttachmentWorkers(workers: AttachmentWorkers | null): void {
  known = workers;
}

/** What apps/web said; null where nobody did. */
export const attachmentWorkers = (): AttachmentWorkers | null => known;
