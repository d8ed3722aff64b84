/** Keeps sealed attachments as content-addressed files that are on disk before anyone is told so; used by the dossier's server room alone. */
import { createHash, randomUUID } from "node:crypto";
import { createReadStream, fsync, open as openPlain } from "node:fs";
import { mkdir, open, readdir, rename, rm, stat, unlink, type FileHandle } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Readable } from "node:stream";
import { promisify } from "node:util";
import { Problem } from "#services/problem/index.ts";
import { RunningDigests } from "./running-digests.ts";

/**
 * Where sealed bytes live. A key is `<SHA-256 in hex>.<upload id>`: addressed by content, but never shared between two uploads, so that removing
 * an unfinished one cannot take away bytes that a dossier relies on. Hex because some file systems do not tell upper from lower case.
 */
export interface BlobStore {
  /**
   * Stores a whole blob and resolves when it is durable.
   * @throws {@link Problem} input-too-large when `source` yields more than `size`, upload-incomplete when less, storage-full when the disk is.
   */
  put(upload: string, source: AsyncIterable<Uint8Array>, size: number): Promise<StoredBlob>;
  /**
   * Writes a piece of an unfinished blob at `offset` and resolves with the new offset when it is durable. When `source` breaks off, what came in before is kept
   * and counted. A second writer on the same upload breaks off the first (a phone that changed networks must not wait for a dead socket).
   * @throws {@link Problem} input-too-large when the piece runs past `size`, storage-full.
   */
  append(upload: string, source: Readable, offset: number, size: number): Promise<number>;
  /** Breaks off a writer of this upload, if any, and resolves when it has stopped. */
  interrupt(upload: string): Promise<void>;
  /** Names a completely received upload by its content; durable when resolved. */
  finish(upload: string): Promise<StoredBlob>;
  /** Removes an unfinished upload; silent when there is none. */
  discard(upload: string): Promise<void>;
  /** Length in bytes; null when there is no such blob. */
  stat(key: string): Promise<number | null>;
  /** Bytes `start` up to and including `end`. */
  read(key: string, range: { readonly start: number; readonly end: number }): Readable;
  /** Removes a blob; silent when there is none. */
  delete(key: string): Promise<void>;
  /** Every whole blob, in no order: the upload's id, which is the end of its key, and its length. For backups and the doctor. */
  all(): AsyncIterable<{ readonly upload: string; readonly size: number }>;
  /** Unfinished uploads whose last byte came before `moment`: what a crash may have left behind. */
  abandoned(moment: Date): Promise<string[]>;
}

export interface StoredBlob {
  readonly key: string;
  /** SHA-256, base64url. */
  readonly digest: string;
  readonly size: number;
}

/** What a key looks like. */
export const keyShape = /^[0-9a-f]{64}\.[0-9a-f-]{36}$/u;
/** What the id of an upload looks like. */
export const uploadShape = /^[0-9a-f-]{36}$/u;

/** Up to this length a blob is gathered before it is written: in one go, and one that is not whole never reaches the disk. Bytes. */
const gathered = 256 * 1024;

const sync = promisify(fsync);

async function syncDirectory(path: string): Promise<void> {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Disk errors that mean "full" become the problem the client understands; everything else stays what it is. */
function asProblem(error: unknown): unknown {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return code === "ENOSPC" || code === "EDQUOT" || code === "EFBIG"
    ? new Problem("storage-full", "The store for attachments is full", "Try again later; nothing was kept of this piece.")
    : error;
}

/** What is said when more comes than was announced. */
export const tooLarge = (size: number): Problem =>
  new Problem("input-too-large", `More bytes came than the announced ${size}`, "Announce the length of the sealed file and send exactly that.");

async function writeAll(handle: FileHandle, piece: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < piece.length;) {
    const { bytesWritten } = await handle.write(piece, done, piece.length - done, position + done);
    done += bytesWritten;
  }
}

/** A short source in one piece. @throws {@link Problem} input-too-large as soon as it runs past `size`. */
export async function gather(source: AsyncIterable<Uint8Array>, size: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of source) {
    length += piece.length;
    if (length > size) throw tooLarge(size);
    pieces.push(piece);
  }
  const [only] = pieces;
  return pieces.length === 1 && only !== undefined ? only : Buffer.concat(pieces);
}

/**
 * Blobs in a directory: `ab/cd….<upload>` and `incoming/<upload>` while they grow. Every acknowledgement follows an fsync of the file and of its directory.
 *
 * [Note: Servers that share a directory] The guard against two writers on one upload lives in memory, so another server may still be writing from a line that its phone has left. What it writes must never reach a blob
 * that was accepted: an upload begins in a file of its own, and its end makes a copy while it is hashed, which nobody else has open.
 * @param shared whether other servers use this directory too.
 */
export async function directoryBlobs(root: string, { shared = false }: { readonly shared?: boolean } = {}): Promise<BlobStore> {
  const incoming = join(root, "incoming");
  await mkdir(incoming, { recursive: true });
  await syncDirectory(root);
  const writers = new Map<string, { readonly broken: AbortController; readonly done: Promise<unknown> }>();
  const shelves = new Map<string, Promise<number>>();
  const digests = new RunningDigests();

  const incomingPath = (upload: string): string => {
    if (!uploadShape.test(upload)) throw new RangeError("not an upload id");
    return join(incoming, upload);
  };
  const blobPath = (key: string): string => {
    if (!keyShape.test(key)) throw new RangeError("not a blob key");
    return join(root, key.slice(0, 2), key.slice(2));
  };
  /** The directory a blob lies in, as a number to sync; at most 256 of them stay open. */
  const shelfOf = (path: string): Promise<number> => {
    const shelf = dirname(path);
    const made = async (): Promise<number> => {
      await mkdir(shelf, { recursive: true });
      await syncDirectory(root);
      return await promisify(openPlain)(shelf, "r");
    };
    const opening = shelves.get(shelf) ?? made();
    shelves.set(shelf, opening);
    opening.catch(() => shelves.delete(shelf));
    return opening;
  };
  const shelve = async (temporary: string, upload: string, digest: Buffer, size: number): Promise<StoredBlob> => {
    const key = `${digest.toString("hex")}.${upload}`;
    const path = blobPath(key);
    const shelf = await shelfOf(path);
    await rename(temporary, path);
    await sync(shelf);
    return { key, digest: digest.toString("base64url"), size };
  };
  const interrupt = async (upload: string): Promise<void> => {
    const writer = writers.get(upload);
    if (writer === undefined) return;
    writer.broken.abort();
    await writer.done.catch(() => undefined);
  };

  return {
    async put(upload, source, size) {
      const temporary = incomingPath(upload);
      const pieces = size <= gathered ? [await gather(source, size)] : source;
      const handle = await open(temporary, "wx");
      try {
        const hash = createHash("sha256");
        let position = 0;
        for await (const piece of pieces) {
          if (position + piece.length > size) throw tooLarge(size);
          hash.update(piece);
          await writeAll(handle, piece, position);
          position += piece.length;
        }
        if (position !== size) throw new Problem("upload-incomplete", `${position} of ${size} bytes came`, "Send the whole sealed file.");
        await handle.sync();
        await handle.close();
        return await shelve(temporary, upload, hash.digest(), size);
      } catch (error) {
        await handle.close().catch(() => undefined);
        await rm(temporary, { force: true });
        throw asProblem(error);
      }
    },

    async append(upload, source, offset, size) {
      const path = incomingPath(upload);
      while (writers.has(upload)) await interrupt(upload);
      const broken = new AbortController();
      broken.signal.addEventListener("abort", () => source.destroy());
      const write = async (): Promise<number> => {
        // A file of its own, whoever still holds the one before.
        if (offset === 0) await rm(path, { force: true });
        const handle = await open(path, offset === 0 ? "wx" : "r+");
        const digest = digests.at(upload, offset);
        let position = offset;
        try {
          try {
            // Not destroyed when refused: the answer still has to go out over the same line.
            for await (const piece of source.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>) {
              if (position + piece.length > size) throw tooLarge(size);
              await writeAll(handle, piece, position);
              position += piece.length;
              if (digest === null) continue;
              digest.hash.update(piece);
              digest.position = position;
            }
          } catch (error) {
            // A cut line is the normal end of a piece; a piece that is too long or a full disk is not.
            if (error instanceof Problem || asProblem(error) !== error) throw error;
          }
          await handle.sync();
          if (offset === 0) await syncDirectory(incoming);
          return position;
        } finally {
          await handle.close();
        }
      };
      const done = write();
      writers.set(upload, { broken, done });
      try {
        return await done;
      } catch (error) {
        throw asProblem(error);
      } finally {
        if (writers.get(upload)?.done === done) writers.delete(upload);
      }
    },

    interrupt,

    async finish(upload) {
      await interrupt(upload);
      const path = incomingPath(upload);
      const { size: length } = await stat(path);
      const known = digests.take(upload, length);
      if (!shared && known !== null) return await shelve(path, upload, known, length);
      const hash = createHash("sha256");
      let size = 0;
      const copy = `${path}.whole`;
      const handle = shared ? await open(copy, "w") : null;
      try {
        for await (const piece of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
          hash.update(piece);
          if (handle !== null) await writeAll(handle, piece, size);
          size += piece.length;
        }
        if (handle === null) return await shelve(path, upload, hash.digest(), size);
        await handle.sync();
        const stored = await shelve(copy, upload, hash.digest(), size);
        await rm(path, { force: true });
        return stored;
      } catch (error) {
        if (handle !== null) await rm(copy, { force: true });
        throw asProblem(error);
      } finally {
        await handle?.close();
      }
    },

    async discard(upload) {
      await interrupt(upload);
      digests.forget(upload);
      await rm(incomingPath(upload), { force: true });
    },

    async stat(key) {
      try {
        return (await stat(blobPath(key))).size;
      } catch (error) {
        if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
        throw error;
      }
    },

    read: (key, { start, end }) => createReadStream(blobPath(key), { start, end, highWaterMark: 256 * 1024 }),

    async delete(key) {
      try {
        await unlink(blobPath(key));
      } catch (error) {
        if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
      }
    },

    async *all() {
      for (const shelf of await readdir(root)) {
        if (!/^[0-9a-f]{2}$/u.test(shelf)) continue;
        for (const name of await readdir(join(root, shelf))) {
          if (!keyShape.test(`${shelf}${name}`)) continue;
          const found = await stat(join(root, shelf, name)).catch(() => null);
          if (found !== null) yield { upload: name.slice(-36), size: found.size };
        }
      }
    },

    async abandoned(moment) {
      const old: string[] = [];
      for (const name of await readdir(incoming)) {
        if (!uploadShape.test(name)) continue;
        const found = await stat(join(incoming, name)).catch(() => null);
        if (found !== null && found.mtime < moment) old.push(name);
      }
      return old;
    },
  };
}

/** A fresh upload id: random, so that it tells nothing. */
export const newUploadId = (): string => randomUUID();
