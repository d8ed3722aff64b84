/** Files: sealed while they stream, sent in pieces that survive a cut, fetched and opened while they stream. A gigabyte never stands in memory. */
import { cutTo, newUuid, openStream, openStreamWithFileKey, readBeginning, readBeginningWithFileKey, sealStream, type ItemPlace } from "@rugdekking/seal";
import Type from "typebox";
import { parseAnswer, type Connection } from "#services/directory/client/index.ts";
import { Sha256 } from "#services/directory/contract/index.ts";
import type { AttachmentNote } from "#services/dossier/contract/bodies.ts";
import type { CaptureRecord } from "#services/dossier/contract/capture.ts";
import { UploadTicket, type Channel, type ItemReference } from "#services/dossier/contract/index.ts";
import { Problem } from "#services/problem/index.ts";
import type * as Lead from "./attachment-crew.ts";
import type { Digests } from "./attachment-jobs.ts";
import { attachmentWorkers } from "./attachment-worker-maker.ts";
import { isRecordOf } from "#services/dossier/contract/capture.ts";
import { startDigest, watched } from "./hashing.ts";
import { insist, iterate, pieceTimeout, piecesOf, sendPieces, streamOf } from "./upload.ts";

/** Where the bytes come from: a Blob or File, or a stream of known length that can be read once. */
export type ByteSource = Blob | { readonly stream: ReadableStream<Uint8Array>; readonly size: number };

/** A file someone adds. */
export interface AttachmentSource {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: ByteSource;
  /** RFC 3339 UTC, or null when unknown. */
  readonly capturedAt: string | null;
  readonly note: string;
  /** What `captureFile` wrote down when the file was taken in; it is sealed with the file and must be about these very bytes. */
  readonly capture?: CaptureRecord | undefined;
}

/** What is known after an upload. */
export interface UploadedAttachment {
  /** Goes in the entry header. */
  readonly reference: ItemReference;
  /** True length in bytes. */
  readonly length: number;
  /** SHA-256 of the original bytes, base64url. */
  readonly sha256: string;
}

/** Sealed bytes acknowledged by the server, of all there are. */
export type UploadProgress = (sent: number, total: number) => void;

/** What one upload may be given. */
export interface UploadOptions {
  readonly onProgress?: UploadProgress | undefined;
  /** Aborting stops between pieces; what was sent is dropped by the server in time. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds to wait before each new try after a cut (default 0.5 s, 1, 2, 4, 8, 8, 8, 8, 8, 8: about a minute). */
  readonly backOff?: readonly number[];
}

/** Whole sealed items up to this size go in one PUT. */
export const onePieceLimit = 8 * 1024 * 1024;

const sourceOf = (bytes: ByteSource): { stream: ReadableStream<Uint8Array>; size: number } =>
  bytes instanceof Blob ? { stream: bytes.stream(), size: bytes.size } : bytes;

/**
 * Seals a file under a channel key and uploads it under a new item id.
 * @param place dossier and channel it belongs to
 * @param key key of that channel
 * @throws SealError length-mismatch (the file gave more or fewer bytes than it said); {@link Problem} digest-mismatch (the server stored other bytes), upload-offset, quota-reached, storage-full, unavailable after all tries; the abort reason.
 */
export async function uploadAttachment(
  connection: Connection,
  place: { readonly dossier: string; readonly channel: Channel },
  bytes: ByteSource,
  key: Uint8Array,
  options: UploadOptions = {},
): Promise<UploadedAttachment> {
  const item = newUuid();
  const full = { dossier: place.dossier, item, channel: place.channel };
  const sealing = (await sealBeside(bytes, key, full, options.signal)) ?? (await sealHere(bytes, key, full));
  try {
    const announced = { dossier: place.dossier, item, size: sealing.size };
    const stored =
      sealing.size <= onePieceLimit
        ? await putWhole(connection, announced, sealing.pieces, options)
        : await sendInPieces(connection, announced, sealing.pieces, options);
    const digests = await sealing.finish();
    if (stored !== null && stored !== digests.sealed)
      throw new Problem("digest-mismatch", `The server stored other bytes for item ${item}`, "Try again; tell whoever runs this server if it stays.");
    return { reference: { item, digest: digests.sealed, size: sealing.size }, length: bytes.size, sha256: digests.original };
  } finally {
    sealing.close();
  }
}

/** A file being sealed, by whoever does it. */
interface Sealing {
  /** Of the whole sealed file. */
  readonly size: number;
  readonly pieces: AsyncIterable<Uint8Array>;
  /** Once all pieces were taken. */
  finish(): Promise<Digests>;
  close(): void;
}

/** Seals in this thread: small files, streams that can be read once, and where there are no workers. */
async function sealHere(bytes: ByteSource, key: Uint8Array, place: ItemPlace): Promise<Sealing> {
  const source = sourceOf(bytes);
  const original = startDigest();
  const sealedDigest = startDigest();
  let read = 0;
  const plain = watched(source.stream, (piece) => {
    original.update(piece);
    read += piece.length;
  });
  const sealed = await sealStream(plain, source.size, key, place);
  return {
    size: sealed.size,
    pieces: iterate(watched(sealed.stream, (piece) => sealedDigest.update(piece))),
    finish: async () => {
      if (read !== source.size)
        throw new Problem("input-malformed", `The file gave ${read} bytes instead of ${source.size}`, "It may have changed while it was read; add it again.");
      return { original: original.finish(), sealed: sealedDigest.finish() };
    },
    close: () => undefined,
  };
}

/** Files from this size on are worth the starting of workers. Bytes. */
const largeFrom = 4 * 1024 * 1024;

/** Workers for a file of this size and the code that leads them; null where there are none or they do not start: the work is done in this thread then. */
async function crewFor(size: number, signal: AbortSignal | undefined): Promise<{ readonly crew: Lead.Crew; readonly lead: typeof Lead } | null> {
  const workers = attachmentWorkers();
  if (workers === null || size < largeFrom) return null;
  const lead = await import("./attachment-crew.ts").catch(() => null);
  const crew = (await lead?.Crew.start(workers, signal)) ?? null;
  return lead === null || crew === null ? null : { crew, lead };
}

/** Seals in workers beside this thread; null when it must be done here. */
async function sealBeside(bytes: ByteSource, key: Uint8Array, place: ItemPlace, signal: AbortSignal | undefined): Promise<Sealing | null> {
  if (!(bytes instanceof Blob)) return null;
  const found = await crewFor(bytes.size, signal);
  if (found === null) return null;
  const { crew, lead } = found;
  try {
    const { size, pieces } = await lead.sealWithCrew(crew, bytes, key, place);
    return { size, pieces, finish: () => crew.finish(), close: () => crew.close() };
  } catch (error) {
    crew.close();
    throw error;
  }
}

interface NewItem {
  readonly dossier: string;
  readonly item: string;
  readonly size: number;
}

/** Small items: one PUT of the whole. Returns the digest the server computed. */
async function putWhole(connection: Connection, item: NewItem, pieces: AsyncIterable<Uint8Array>, options: UploadOptions): Promise<string> {
  const body = new Uint8Array(item.size);
  let filled = 0;
  for await (const piece of pieces) {
    if (filled + piece.length > body.length)
      throw new Problem("input-malformed", "The sealed file is longer than announced", "It may have changed while it was read; add it again.");
    body.set(piece, filled);
    filled += piece.length;
  }
  if (filled !== body.length)
    throw new Problem("input-malformed", "The sealed file is shorter than announced", "It may have changed while it was read; add it again.");
  const path = `/api/v1/uploads/${item.item}?dossier=${item.dossier}&size=${item.size}`;
  const answer = await insist(
    () =>
      connection.request("PUT", path, {
        body,
        mediaType: "application/octet-stream",
        timeout: pieceTimeout,
        signal: options.signal,
        admission: { use: item.dossier },
      }),
    options,
  );
  const { digest } = parseAnswer(Type.Object({ digest: Sha256 }), await answer.json(), "PUT /api/v1/uploads");
  options.onProgress?.(item.size, item.size);
  return digest;
}

/** Large items: a ticket, then pieces. The digest is checked when the entry that names it is accepted. */
async function sendInPieces(connection: Connection, item: NewItem, sealed: AsyncIterable<Uint8Array>, options: UploadOptions): Promise<null> {
  const ticket = await insist(
    () => connection.post("/api/v1/uploads", item, UploadTicket, { signal: options.signal, admission: { use: item.dossier } }),
    options,
  );
  // One on its way, one made ahead, one to spare.
  const pieces = piecesOf(sealed, Math.min(Math.max(ticket.pieceSize, 1), onePieceLimit), 3);
  await sendPieces(connection, { upload: ticket.upload, token: ticket.token, size: item.size }, pieces, options);
  return null;
}

/** The sealed bytes of an item as the server has them; check the digest yourself. @param range first bytes only, for the header. @throws {@link Problem} not-found, unavailable. */
export async function fetchSealed(
  connection: Connection,
  dossier: string,
  item: string,
  options: { readonly first?: number; readonly signal?: AbortSignal | undefined } = {},
): Promise<ReadableStream<Uint8Array>> {
  const headers: Record<string, string> = options.first === undefined ? {} : { Range: `bytes=0-${options.first - 1}` };
  const answer = await connection.request("GET", `/api/v1/dossiers/${dossier}/items/${item}`, { headers, timeout: null, signal: options.signal });
  if (answer.body === null) throw new Problem("unavailable", `Item ${item} came without content`, "Try again.");
  return answer.body;
}

/** A download tells how far it is each time this much came, and at its end. Bytes. */
const progressStep = 1024 * 1024;

/** A key that opens an item: the channel's, or the item's own 16-byte file key when it was handed over alone. */
export type ItemKey = { readonly channelKey: Uint8Array } | { readonly fileKey: Uint8Array };

/**
 * Opens an attachment as a stream, cut to its true length. The stream errors with digest-mismatch at its end when the sealed bytes were not those the signed header names.
 * @param reference from the entry header
 * @param length true length from the sealed body ({@link AttachmentNote}); null when unknown (an item shared alone): padding stays on
 * @throws {@link Problem} not-found, unavailable; SealError when the key does not fit.
 */
export async function downloadAttachment(
  connection: Connection,
  place: ItemPlace,
  reference: ItemReference,
  length: number | null,
  key: ItemKey,
  options: { readonly signal?: AbortSignal; readonly onProgress?: (received: number, total: number) => void } = {},
): Promise<ReadableStream<Uint8Array>> {
  const found = await crewFor(reference.size, options.signal);
  try {
    const sealed = await fetchSealed(connection, place.dossier, reference.item, options);
    let received = 0;
    let told = 0;
    const seen = (piece: Uint8Array): void => {
      received += piece.length;
      // A screen that draws anew for every 64 kB spends more time on that than on opening.
      if (received - told < progressStep && received < reference.size) return;
      told = received;
      options.onProgress?.(received, reference.size);
    };
    const plain = found === null ? await openHere(watched(sealed, seen), reference, place, key) : openBeside(found, sealed, seen, reference, place, key);
    return length === null ? plain : plain.pipeThrough(cutTo(length));
  } catch (error) {
    found?.crew.close();
    throw error;
  }
}

const notTheSigned = (item: string): Problem =>
  new Problem("digest-mismatch", `Item ${item} is not the file that was signed`, "Do not use it; tell whoever runs this server.");

async function openHere(stream: ReadableStream<Uint8Array>, reference: ItemReference, place: ItemPlace, key: ItemKey): Promise<ReadableStream<Uint8Array>> {
  const digest = startDigest();
  let received = 0;
  const sealed = watched(stream, (piece) => {
    digest.update(piece);
    received += piece.length;
  });
  const plain = "channelKey" in key ? await openStream(sealed, key.channelKey, place) : await openStreamWithFileKey(sealed, key.fileKey);
  return plain.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(piece, controller) {
        controller.enqueue(piece);
      },
      flush() {
        if (received !== reference.size || digest.finish() !== reference.digest) throw notTheSigned(reference.item);
      },
    }),
  );
}

/** Opens in workers, checks the digest at the end and lets the workers go. */
function openBeside(
  { crew, lead }: NonNullable<Awaited<ReturnType<typeof crewFor>>>,
  stream: ReadableStream<Uint8Array>,
  seen: (piece: Uint8Array) => void,
  reference: ItemReference,
  place: ItemPlace,
  key: ItemKey,
): ReadableStream<Uint8Array> {
  let received = 0;
  const begin: Lead.BeginningReader = (bytes) =>
    "channelKey" in key ? readBeginning(bytes, key.channelKey, place) : readBeginningWithFileKey(bytes, key.fileKey);
  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const piece of iterate(stream)) {
      received += piece.length;
      seen(piece);
      yield piece;
    }
  }
  async function* plain(): AsyncGenerator<Uint8Array> {
    try {
      yield* lead.openWithCrew(crew, counted(), begin);
      if (received !== reference.size || (await crew.finish()).sealed !== reference.digest) throw notTheSigned(reference.item);
    } finally {
      crew.close();
    }
  }
  return streamOf(plain(), () => {
    crew.close();
    if (!stream.locked) stream.cancel().catch(() => undefined);
  });
}

/** Uploads several files one after the other and describes them for the body. @param onProgress over all files together, in original bytes' share of sealed bytes. @throws as {@link uploadAttachment}. */
export async function uploadAll(
  connection: Connection,
  place: { readonly dossier: string; readonly channel: Channel },
  sources: readonly AttachmentSource[],
  key: Uint8Array,
  options: UploadOptions = {},
): Promise<{ references: ItemReference[]; notes: AttachmentNote[] }> {
  const references: ItemReference[] = [];
  const notes: AttachmentNote[] = [];
  const total = sources.reduce((sum, { bytes }) => sum + bytes.size, 0);
  let done = 0;
  for (const source of sources) {
    const { size } = source.bytes;
    const onProgress: UploadProgress = (sent, all) => options.onProgress?.(done + Math.round((size * sent) / Math.max(all, 1)), total);
    const uploaded = await uploadAttachment(connection, place, source.bytes, key, { ...options, onProgress });
    done += size;
    const { capture } = source;
    if (capture !== undefined && !isRecordOf(capture, uploaded))
      throw new Problem(
        "digest-mismatch",
        `${source.name} changed after it was chosen`,
        "Nothing was sent with it. Choose the file again, and leave it closed until it is sent.",
      );
    references.push(uploaded.reference);
    notes.push({
      item: uploaded.reference.item,
      name: source.name,
      mediaType: source.mediaType,
      length: uploaded.length,
      sha256: uploaded.sha256,
      capturedAt: source.capturedAt,
      note: source.note,
      ...(capture === undefined ? {} : { capture }),
    });
  }
  return { references, notes };
}
