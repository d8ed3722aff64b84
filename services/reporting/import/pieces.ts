/** One readable piece of what a person gave: a file, an entry of an archive, or a stream. Readers see pieces only, so that each works on all three. */
import type { ImportLimits } from "./limits.ts";
import { Refusal } from "./troubles.ts";

/** What a person gives: files of their device, or a stream when there is no file. Nothing of it is read before it is needed. */
export type ImportFile =
  | { readonly name: string; readonly blob: Blob }
  /** Read once, from front to back. `size` in bytes when known. */
  | { readonly name: string; readonly stream: ReadableStream<Uint8Array>; readonly size: number | null };

/** What a reader reads. */
export interface Piece {
  /** Name of the file as given, and of the entry inside it. */
  readonly file: string;
  readonly entry: string | null;
  /** In bytes, unpacked; null when unknown. */
  readonly size: number | null;
  /** Whether `chunks` may be called again. */
  readonly again: boolean;
  /** Whether reading may start elsewhere than at the front. */
  readonly seekable: boolean;
  /**
   * @param told whether this reading counts as progress (default); a first look at the whole does not.
   * @throws {@link Refusal} while it is read.
   */
  chunks(from?: number, told?: boolean): AsyncIterable<Uint8Array>;
}

/** Last part of a path. */
export const baseName = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

/** `.zip`, `.txt`: the end of a name in small letters; empty when there is none. */
export function extensionOf(name: string): string {
  const base = baseName(name);
  const dot = base.lastIndexOf(".");
  return dot <= 0 ? "" : base.slice(dot).toLowerCase();
}

/** A stream as chunks. @throws {@link Refusal} file-unreadable when it breaks off. */
export async function* chunksOf(stream: ReadableStream<Uint8Array>, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  let done = false;
  try {
    while (!done) {
      signal?.throwIfAborted();
      const step = await reader.read().catch(() => {
        signal?.throwIfAborted();
        throw new Refusal("file-unreadable");
      });
      done = step.done;
      if (step.value !== undefined && step.value.length > 0) yield step.value;
    }
  } finally {
    if (!done) await reader.cancel().catch(() => undefined);
    reader.releaseLock();
  }
}

/** A file as one piece. @param read called with the place behind each chunk. */
export function blobPiece(name: string, blob: Blob, read: (until: number) => void, signal?: AbortSignal): Piece {
  return {
    file: name,
    entry: null,
    size: blob.size,
    again: true,
    seekable: true,
    async *chunks(from = 0, told = true) {
      let at = from;
      for await (const chunk of chunksOf(blob.slice(from).stream(), signal)) {
        at += chunk.length;
        if (told) read(at);
        yield chunk;
      }
      // A file that shrank while it was read simply ends; its size says so.
      if (at !== blob.size) throw new Refusal("file-unreadable");
    },
  };
}

/** A stream of which the head was read already. It can be read once. */
export function streamPiece(name: string, size: number | null, head: Uint8Array, rest: AsyncIterable<Uint8Array>, read: (until: number) => void): Piece {
  return {
    file: name,
    entry: null,
    size,
    again: false,
    seekable: false,
    async *chunks() {
      let at = head.length;
      if (at > 0) yield head;
      for await (const chunk of rest) {
        at += chunk.length;
        read(at);
        yield chunk;
      }
    },
  };
}

/** The first `length` bytes, or fewer when there are no more. */
export async function headOf(chunks: AsyncIterable<Uint8Array>, length: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let kept = 0;
  for await (const chunk of chunks) {
    parts.push(chunk);
    kept += chunk.length;
    if (kept >= length) break;
  }
  const head = new Uint8Array(Math.min(kept, length));
  let at = 0;
  for (const part of parts) {
    const piece = part.subarray(0, head.length - at);
    head.set(piece, at);
    at += piece.length;
  }
  return head;
}

/** Keeps a stream that must be read twice. @throws {@link Refusal} stream-too-large */
export async function spooled(chunks: AsyncIterable<Uint8Array>, limits: ImportLimits): Promise<Blob> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let kept = 0;
  for await (const chunk of chunks) {
    kept += chunk.length;
    if (kept > limits.spoolBytes) throw new Refusal("stream-too-large", { limit: limits.spoolBytes });
    parts.push(new Uint8Array(chunk));
  }
  return new Blob(parts);
}
