/** Files: sealed while they stream, sent in pieces that survive a cut, fetched and opened while they stream. A gigabyte never stands in memory. */
import { cutTo, newUuid, openStream, openStreamWithFileKey, sealStream, type ItemPlace } from "@rugdekking/seal";
import Type from "typebox";
import { parseAnswer, type Connection } from "#services/directory/client/index.ts";
import { Sha256 } from "#services/directory/contract/index.ts";
import type { AttachmentNote } from "#services/dossier/contract/bodies.ts";
import { UploadTicket, type Channel, type ItemReference } from "#services/dossier/contract/index.ts";
import { Problem } from "#services/problem/index.ts";
import { startDigest, watched } from "./hashing.ts";
import { insist, iterate, pieceTimeout, piecesOf, sendPieces } from "./upload.ts";

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
  const source = sourceOf(bytes);
  const original = startDigest();
  const sealedDigest = startDigest();
  let read = 0;
  const plain = watched(source.stream, (piece) => {
    original.update(piece);
    read += piece.length;
  });
  const sealed = await sealStream(plain, source.size, key, { dossier: place.dossier, item, channel: place.channel });
  const stream = watched(sealed.stream, (piece) => sealedDigest.update(piece));
  const stored =
    sealed.size <= onePieceLimit
      ? await putWhole(connection, { dossier: place.dossier, item, size: sealed.size }, stream, options)
      : await sendInPieces(connection, { dossier: place.dossier, item, size: sealed.size }, stream, options);
  if (read !== source.size)
    throw new Problem("input-malformed", `The file gave ${read} bytes instead of ${source.size}`, "It may have changed while it was read; add it again.");
  const digest = sealedDigest.finish();
  if (stored !== null && stored !== digest)
    throw new Problem("digest-mismatch", `The server stored other bytes for item ${item}`, "Try again; tell whoever runs this server if it stays.");
  return { reference: { item, digest, size: sealed.size }, length: source.size, sha256: original.finish() };
}

interface NewItem {
  readonly dossier: string;
  readonly item: string;
  readonly size: number;
}

/** Small items: one PUT of the whole. Returns the digest the server computed. */
async function putWhole(connection: Connection, item: NewItem, stream: ReadableStream<Uint8Array>, options: UploadOptions): Promise<string> {
  const body = new Uint8Array(item.size);
  let filled = 0;
  for await (const piece of iterate(stream)) {
    if (filled + piece.length > body.length)
      throw new Problem("input-malformed", "The sealed file is longer than announced", "It may have changed while it was read; add it again.");
    body.set(piece, filled);
    filled += piece.length;
  }
  if (filled !== body.length)
    throw new Problem("input-malformed", "The sealed file is shorter than announced", "It may have changed while it was read; add it again.");
  const path = `/api/v1/uploads/${item.item}?dossier=${item.dossier}&size=${item.size}`;
  const answer = await insist(
    () => connection.request("PUT", path, { body, mediaType: "application/octet-stream", timeout: pieceTimeout, signal: options.signal }),
    options,
  );
  const { digest } = parseAnswer(Type.Object({ digest: Sha256 }), await answer.json(), "PUT /api/v1/uploads");
  options.onProgress?.(item.size, item.size);
  return digest;
}

/** Large items: a ticket, then pieces. The digest is checked when the entry that names it is accepted. */
async function sendInPieces(connection: Connection, item: NewItem, stream: ReadableStream<Uint8Array>, options: UploadOptions): Promise<null> {
  const ticket = await insist(() => connection.post("/api/v1/uploads", item, UploadTicket, { signal: options.signal }), options);
  const pieces = piecesOf(stream, Math.min(Math.max(ticket.pieceSize, 1), onePieceLimit));
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
  const digest = startDigest();
  let received = 0;
  const sealed = watched(await fetchSealed(connection, place.dossier, reference.item, options), (piece) => {
    digest.update(piece);
    received += piece.length;
    options.onProgress?.(received, reference.size);
  });
  const plain = "channelKey" in key ? await openStream(sealed, key.channelKey, place) : await openStreamWithFileKey(sealed, key.fileKey);
  const checked = plain.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(piece, controller) {
        controller.enqueue(piece);
      },
      flush() {
        if (received === reference.size && digest.finish() === reference.digest) return;
        throw new Problem("digest-mismatch", `Item ${reference.item} is not the file that was signed`, "Do not use it; tell whoever runs this server.");
      },
    }),
  );
  return length === null ? checked : checked.pipeThrough(cutTo(length));
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
    references.push(uploaded.reference);
    notes.push({
      item: uploaded.reference.item,
      name: source.name,
      mediaType: source.mediaType,
      length: uploaded.length,
      sha256: uploaded.sha256,
      capturedAt: source.capturedAt,
      note: source.note,
    });
  }
  return { references, notes };
}
