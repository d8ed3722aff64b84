/** The inside of an attachment worker: seals or opens blocks, and hashes what passes. apps/web starts it in a Worker; the page speaks to it through `attachment-crew.ts`. */
import { openBlock, sealBlock } from "@rugdekking/seal";
import { Problem } from "#services/problem/index.ts";
import { failureOf, type Answered, type Asked, type Job, type JobResults, type SealJob } from "./attachment-jobs.ts";
import { startFastDigest } from "./hashing-wasm.ts";
import type { RunningDigest } from "./hashing.ts";

/** What is needed of the worker's own global scope. */
export interface AttachmentPort {
  postMessage(message: unknown, options: { readonly transfer: Transferable[] }): void;
  addEventListener(type: "message", listener: (event: MessageEvent) => void): void;
}

interface Done {
  readonly result: JobResults[keyof JobResults];
  /** Handed over and gone here. */
  readonly given: readonly Uint8Array<ArrayBuffer>[];
}

/** Answers jobs in the order they come, and says first that it can; call it once in the worker: `serveAttachments(self)`. */
export function serveAttachments(port: AttachmentPort): void {
  let digests: { readonly original: RunningDigest; readonly sealed: RunningDigest } | null = null;
  let file: Blob = new Blob([]);
  const work = async (job: Job): Promise<Done> => {
    switch (job.what) {
      case "file":
        file = job.file;
        return { result: {}, given: [] };
      case "seal":
        return await seal(file, job);
      case "open": {
        const plain = openBlock(job.payloadKey, job.sealed, job.at);
        return { result: { plain }, given: [plain] };
      }
      case "hash": {
        digests ??= { original: await startFastDigest(), sealed: await startFastDigest() };
        if (job.original !== null) digests.original.update(job.original);
        digests.sealed.update(job.sealed);
        return { result: { sealed: job.sealed }, given: [job.sealed] };
      }
      case "finish": {
        const ended = digests ?? { original: await startFastDigest(), sealed: await startFastDigest() };
        digests = null;
        return { result: { original: ended.original.finish(), sealed: ended.sealed.finish() }, given: [] };
      }
    }
  };
  // One after the other, since a digest is made in order.
  let before: Promise<void> = Promise.resolve();
  port.addEventListener("message", (event: MessageEvent<Asked>) => {
    const { id, job } = event.data;
    before = before
      .then(() => work(job))
      .then(
        ({ result, given }) => port.postMessage({ id, result } satisfies Answered, { transfer: given.map(({ buffer }) => buffer) }),
        (error: unknown) => port.postMessage({ id, failure: failureOf(error) } satisfies Answered, { transfer: [] }),
      );
  });
  port.postMessage({ ready: true } satisfies Answered, { transfer: [] });
}

async function seal(file: Blob, { from, padded, payloadKey, at }: SealJob): Promise<Done> {
  const original = await bytesOf(file.slice(from, from + padded));
  let block = original;
  if (original.length !== padded) {
    block = new Uint8Array(padded);
    block.set(original);
  }
  const sealed = sealBlock(payloadKey, block, at);
  return { result: { original, sealed }, given: [original, sealed] };
}

/** @throws {@link Problem} input-malformed when the file is not what it was when it was added. */
async function bytesOf(part: Blob): Promise<Uint8Array<ArrayBuffer>> {
  const changed = (): Problem =>
    new Problem("input-malformed", "The file could not be read to its end", "It may have changed or been moved while it was read; add it again.");
  let bytes: ArrayBuffer;
  try {
    bytes = await part.arrayBuffer();
  } catch {
    throw changed();
  }
  if (bytes.byteLength !== part.size) throw changed();
  return new Uint8Array(bytes);
}
