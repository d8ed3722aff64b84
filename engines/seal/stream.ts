/** Seal and open large attachments as they flow, in flat memory and with back-pressure; clients and their workers call it. */
import { Decrypter, Encrypter, type Identity } from "age-encryption";
import { type Bytes, concat, plain } from "./bytes.ts";
import type { ItemPlace } from "./dossier.ts";
import { SealError } from "./errors.ts";
import { readAgeHeader, refusal } from "./header.ts";
import { wrongLength } from "./item.ts";
import { padmeLength } from "./pad.ts";
import { fileKeyIdentity, placeIdentity, placeRecipient } from "./stanza.ts";

/** Pieces are handed on at most this large, so that one huge piece cannot fill the queues. */
const PIECE = 64 * 1024;
const ZEROS = new Uint8Array(PIECE);

/**
 * Seal `length` bytes of `source` as an age file, padded with zero bytes to its Padmé length (see [Note: Padding] in item.ts).
 * @param length true length in bytes; the stream fails with `length-mismatch` when the source turns out longer or shorter
 * @returns the sealed stream, and its whole size in bytes (to announce an upload)
 * @throws SealError `length-mismatch`, `key-malformed`, `place-malformed`, `id-malformed`
 */
export async function sealStream(
  source: ReadableStream<Uint8Array>,
  length: number,
  key: Uint8Array,
  place: ItemPlace,
): Promise<{ stream: ReadableStream<Bytes>; size: number }> {
  const whole = padmeLength(length);
  const encrypter = new Encrypter();
  encrypter.addRecipient(placeRecipient(key, place));
  const sealed = await encrypter.encrypt(piecewise(paddedPieces(source, length, whole)));
  return { stream: piecewise(outgoing(sealed), told), size: sealed.size(whole) };
}

/**
 * Open a sealed stream. What flows out is still padded: pipe it through {@link cutTo}. Trust nothing that came out before the stream has
 * ended well: a cut-off or altered file fails with `item-refused` only where the harm lies.
 * @throws SealError `item-malformed`, `item-refused`, `key-malformed`, `place-malformed`, `id-malformed`
 */
export function openStream(sealed: ReadableStream<Uint8Array>, key: Uint8Array, place: ItemPlace): Promise<ReadableStream<Bytes>> {
  return openStreamWith(sealed, placeIdentity(key, place));
}

/** Open a sealed stream with the file key that was handed over. @throws as {@link openStream} */
export async function openStreamWithFileKey(sealed: ReadableStream<Uint8Array>, fileKey: Uint8Array): Promise<ReadableStream<Bytes>> {
  return openStreamWith(sealed, fileKeyIdentity(fileKey));
}

/** Hands on the first `length` bytes; fails with `length-mismatch` unless the rest is exactly the zero padding of that length. */
export function cutTo(length: number): TransformStream<Uint8Array, Bytes> {
  const whole = padmeLength(length);
  let seen = 0;
  return new TransformStream({
    transform(piece, controller) {
      const wanted = Math.max(0, Math.min(piece.length, length - seen));
      seen += piece.length;
      if (seen > whole || piece.subarray(wanted).some((byte) => byte !== 0)) throw wrongLength();
      if (wanted > 0) controller.enqueue(plain(piece.subarray(0, wanted)));
    },
    flush() {
      if (seen !== whole) throw wrongLength();
    },
  });
}

async function openStreamWith(sealed: ReadableStream<Uint8Array>, identity: Identity): Promise<ReadableStream<Bytes>> {
  const reader = sealed.getReader();
  try {
    const begin = await untilHeader(reader);
    const decrypter = new Decrypter();
    decrypter.addIdentity(identity);
    const opened = await decrypter.decrypt(piecewise(afterBegin(begin, reader)));
    return piecewise(outgoing(opened), told);
  } catch (cause) {
    await reader.cancel().catch(() => undefined);
    throw told(cause);
  }
}

/** age would buffer a line without end; this reads no further than a header may be. */
async function untilHeader(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<Bytes> {
  let begin: Bytes = new Uint8Array(0);
  while (begin.length === 0 || readAgeHeader(begin) === null) {
    const { done, value } = await readFrom(reader);
    if (done) throw new SealError("item-malformed", "The item is cut off inside its header.");
    begin = concat(begin, value);
  }
  return begin;
}

async function* afterBegin(begin: Bytes, reader: ReadableStreamDefaultReader<Uint8Array>): AsyncGenerator<Bytes> {
  try {
    yield* slices(begin);
    for (;;) {
      const { done, value } = await readFrom(reader);
      if (done) return;
      yield* slices(value);
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

async function* paddedPieces(source: ReadableStream<Uint8Array>, length: number, whole: number): AsyncGenerator<Bytes> {
  let seen = 0;
  for await (const piece of pieces(source)) {
    seen += piece.length;
    if (seen > length) throw wrongLength();
    yield piece;
  }
  if (seen !== length) throw wrongLength();
  for (let left = whole - length; left > 0; left -= PIECE) yield ZEROS.slice(0, Math.min(left, PIECE));
}

/** What age's transform gives, as it comes; its errors are age's own and not the source's. */
async function* outgoing(stream: ReadableStream<Uint8Array>): AsyncGenerator<Bytes> {
  const reader = stream.getReader();
  let ended = false;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      ended = done;
      if (done) return;
      yield plain(value);
    }
  } finally {
    if (!ended) await reader.cancel().catch(() => undefined);
  }
}

async function* pieces(stream: ReadableStream<Uint8Array>): AsyncGenerator<Bytes> {
  const reader = stream.getReader();
  let ended = false;
  try {
    for (;;) {
      const { done, value } = await readFrom(reader);
      ended = done;
      if (done) return;
      yield* slices(value);
    }
  } finally {
    if (!ended) await reader.cancel().catch(() => undefined);
  }
}

function* slices(piece: Uint8Array): Generator<Bytes> {
  for (let at = 0; at < piece.length; at += PIECE) yield plain(piece.subarray(at, at + PIECE));
}

/** A failing source (network, disk) must not look like a broken seal, so its failure travels through age in this wrapping. */
class SourceFailure extends Error {}

async function readFrom(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<ReadableStreamReadResult<Uint8Array>> {
  try {
    return await reader.read();
  } catch (cause) {
    if (cause instanceof SourceFailure || cause instanceof SealError) throw cause;
    throw new SourceFailure("the source failed", { cause });
  }
}

/** What the reader of our stream is told: the source's own failure as it was, anything else as a SealError. */
function told(cause: unknown): unknown {
  return cause instanceof SourceFailure ? cause.cause : refusal(cause);
}

/** A stream that takes one piece from the generator each time one is asked for, so that nothing piles up. */
function piecewise(generator: AsyncGenerator<Bytes>, tell: (cause: unknown) => unknown = (cause) => cause): ReadableStream<Bytes> {
  return new ReadableStream<Bytes>(
    {
      async pull(controller) {
        try {
          const { done, value } = await generator.next();
          if (done) controller.close();
          else controller.enqueue(value);
        } catch (cause) {
          controller.error(tell(cause));
        }
      },
      async cancel() {
        await generator.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
}
