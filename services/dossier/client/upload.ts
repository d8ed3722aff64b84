/** Sends a stream in pieces and goes on where the server left off after a cut; keeps the piece that is not acknowledged yet and the one being made. Used by attachments. */
import type { Connection } from "#services/directory/client/index.ts";
import { Problem } from "#services/problem/index.ts";

/** Default waits before each new try, in milliseconds; together about a minute. */
export const defaultBackOff = [500, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000, 8_000, 8_000, 8_000] as const;

/** A piece that takes longer than this (3 minutes for 8 MiB: 0.4 Mbit/s) counts as cut off; the next try goes on where it stood. */
export const pieceTimeout = 180_000;

/**
 * Cuts what comes in pieces of exactly `size` bytes; the last one may be shorter.
 * @param turns how many arrays take turns: a piece is written over when that many more were asked for. Without it each piece is an array of its own, and a gigabyte of fresh memory passes by.
 */
export async function* piecesOf(source: AsyncIterable<Uint8Array>, size: number, turns = Infinity): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const used: Uint8Array<ArrayBuffer>[] = [];
  const fresh = (): Uint8Array<ArrayBuffer> => {
    const array = (used.length < turns ? undefined : used.shift()) ?? new Uint8Array(size);
    if (turns < Infinity) used.push(array);
    return array;
  };
  let piece = fresh();
  let filled = 0;
  for await (const bytes of source) {
    for (let from = 0; from < bytes.length;) {
      const part = bytes.subarray(from, from + size - filled);
      piece.set(part, filled);
      filled += part.length;
      from += part.length;
      if (filled < size) continue;
      yield piece;
      piece = fresh();
      filled = 0;
    }
  }
  if (filled > 0) yield piece.subarray(0, filled);
}

/** Reads a stream to its end; cancels it when the reader stops early. Safari has no async iteration over streams, hence by hand. */
export async function* iterate(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  let ended = false;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      yield value;
    }
    ended = true;
  } finally {
    if (!ended) await reader.cancel().catch(() => undefined);
    reader.releaseLock();
  }
}

/** The other way round: a stream that asks for one piece when it is read. @param release called when the reader stops early, also before the first piece, where a generator runs none of its own code. */
export function streamOf(pieces: AsyncGenerator<Uint8Array>, release: () => void): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await pieces.next();
        if (done === true) controller.close();
        else controller.enqueue(value);
      },
      async cancel() {
        release();
        await pieces.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
}

/** Makes the next piece while the present one is on its way: sealing and sending would otherwise wait for each other. Never more than one ahead. */
export async function* oneAhead<T>(source: AsyncIterable<T>): AsyncGenerator<T> {
  const pieces = source[Symbol.asyncIterator]();
  let ended = false;
  let coming = pieces.next();
  try {
    for (;;) {
      const { done, value } = await coming;
      if (done === true) break;
      coming = pieces.next();
      // A failure is thrown at its turn, above; until then nobody waits for it.
      coming.catch(() => undefined);
      yield value;
    }
    ended = true;
  } finally {
    if (!ended) await pieces.return?.();
  }
}

/** One upload the server has opened. */
export interface OpenUpload {
  readonly upload: string;
  readonly token: string;
  /** Whole length of the sealed item. */
  readonly size: number;
}

/** How to send. */
export interface SendOptions {
  readonly onProgress?: ((sent: number, total: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly backOff?: readonly number[] | undefined;
}

/**
 * Runs `attempt` until it works, waiting between tries, as long as the failure is one that passes.
 * @throws the last {@link Problem}; the abort reason.
 */
export async function insist<T>(
  attempt: (tries: number) => Promise<T>,
  options: { readonly signal?: AbortSignal | undefined; readonly backOff?: readonly number[] | undefined },
): Promise<T> {
  const waits = options.backOff ?? defaultBackOff;
  for (let tries = 0; ; tries += 1) {
    try {
      return await attempt(tries);
    } catch (error) {
      const wait = waits[tries];
      const passes = error instanceof Problem && (error.code === "unavailable" || error.code === "quota-reached" || error.code === "upload-offset");
      if (!passes || wait === undefined) throw error;
      await pause(wait, options.signal);
    }
  }
}

/** Waits; an abort ends the wait. @throws the abort reason. */
export function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(done, milliseconds);
    function done(): void {
      signal?.removeEventListener("abort", stop);
      resolve();
    }
    function stop(): void {
      clearTimeout(timer);
      reject(signal?.reason);
    }
    if (signal?.aborted === true) stop();
    else signal?.addEventListener("abort", stop, { once: true });
  });
}

const offsetOf = (answer: Response): number => {
  const text = answer.headers.get("Upload-Offset");
  if (text === null || !/^\d+$/.test(text)) throw new Problem("unavailable", "The answer names no Upload-Offset", "Try again.");
  return Number(text);
};

/**
 * Sends all pieces with PATCH. After a failure it asks where to go on (HEAD) and sends only the rest of the piece in hand.
 * @throws {@link Problem} upload-offset when the server has lost bytes it acknowledged; others as the server says; the abort reason.
 */
export async function sendPieces(
  connection: Connection,
  upload: OpenUpload,
  pieces: AsyncIterable<Uint8Array<ArrayBuffer>>,
  options: SendOptions,
): Promise<void> {
  let base = 0;
  for await (const piece of oneAhead(pieces)) {
    await sendPiece(connection, upload, piece, base, options);
    base += piece.length;
    options.onProgress?.(base, upload.size);
  }
  if (base !== upload.size)
    throw new Problem(
      "input-malformed",
      `The sealed file gave ${base} bytes instead of ${upload.size}`,
      "It may have changed while it was read; add it again.",
    );
}

async function sendPiece(connection: Connection, upload: OpenUpload, piece: Uint8Array<ArrayBuffer>, base: number, options: SendOptions): Promise<void> {
  const path = `/api/v1/uploads/${upload.upload}`;
  const headers = { "Upload-Token": upload.token };
  const request = { headers, signal: options.signal, timeout: pieceTimeout };
  let sent = 0;
  while (sent < piece.length) {
    const before = sent;
    const offset = await insist(async (tries) => {
      options.signal?.throwIfAborted();
      if (tries > 0) {
        const known = offsetOf(await connection.request("HEAD", path, { headers, signal: options.signal }));
        if (known !== base + before) return known;
      }
      const answer = await connection.request("PATCH", path, {
        ...request,
        headers: { ...headers, "Upload-Offset": String(base + before) },
        body: piece.subarray(before),
        mediaType: "application/offset+octet-stream",
      });
      return offsetOf(answer);
    }, options);
    if (offset <= base + before || offset > base + piece.length) {
      throw new Problem("digest-mismatch", `The upload stands at ${offset}, but ${base + before} bytes were acknowledged`, "Add the file again.");
    }
    sent = offset - base;
  }
}
