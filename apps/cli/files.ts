/** Real files for the bundle and for uploads: the Node side of what services/dossier/bundle leaves open. Only commands call this. */
import { createHash } from "node:crypto";
import { type FileHandle, lstat, mkdir, open, readdir, rename, rm } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import {
  type BundleReader,
  type BundleWriter,
  ContainerError,
  type HashMaker,
  isBundlePath,
  type Measured,
  zipReader,
  zipWriter,
} from "#services/dossier/bundle/index.ts";
import { CommandError } from "./command.ts";
import { codeOf, fileTrouble, isFileError } from "./plain-files.ts";

/** SHA-256 by Node's own OpenSSL. */
export const nodeHash: HashMaker = () => {
  const hash = createHash("sha256");
  return { update: (bytes) => void hash.update(bytes), digest: () => new Uint8Array(hash.digest()) };
};

export { fileTrouble, isFileError, readSecret, readText, writeNew } from "./plain-files.ts";

/** Name of a file or folder that is still being written. [Note: Written whole] Nothing stands under its own name before all of it is there and synced. */
const unfinished = (path: string): string => `${path}.partial`;

/** Whether anything stands under this name. */
export async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (codeOf(error) !== "ENOENT") throw fileTrouble(path, error);
    return false;
  }
}

/** Removes what an attempt that was cut off left of a bundle. Only where nobody else can be writing it. */
export async function removeUnfinished(path: string): Promise<void> {
  await rm(unfinished(path), { recursive: true, force: true });
}

/** @throws {@link CommandError} when something is at the path, or an earlier attempt that was cut off left its part. */
async function mustBeFree(path: string): Promise<void> {
  if (await exists(path)) throw new CommandError(`${path} exists already`, "choose another name; nothing is overwritten");
  if (await exists(unfinished(path)))
    throw new CommandError(`${unfinished(path)} is there: an earlier attempt was cut off, or another is running`, "remove it, or choose another name");
}

/** Writes a stream to a new file that only its owner may read; a stream that fails leaves nothing. @throws {@link CommandError} when it exists; whatever the stream throws. */
export async function writeStream(path: string, stream: ReadableStream<Uint8Array>): Promise<void> {
  let handle: FileHandle;
  try {
    await mustBeFree(path);
    handle = await open(unfinished(path), "wx", 0o600);
  } catch (error) {
    await stream.cancel();
    throw error instanceof CommandError ? error : fileTrouble(path, error);
  }
  try {
    for await (const piece of stream) await writeAll(handle, piece);
    await handle.sync();
    await handle.close();
    await rename(unfinished(path), path);
  } catch (error) {
    await handle.close().catch(() => undefined);
    await rm(unfinished(path), { force: true });
    throw isFileError(error) ? fileTrouble(path, error) : error;
  }
}

/** A file on disk as a stream of pieces that closes its handle at the end. */
export function streamOf(handle: FileHandle, size: number): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const piece = new Uint8Array(Math.min(256 * 1024, size - at));
        const { bytesRead } = piece.length === 0 ? { bytesRead: 0 } : await handle.read(piece, 0, piece.length, at);
        if (bytesRead === 0) {
          await handle.close();
          controller.close();
          return;
        }
        at += bytesRead;
        controller.enqueue(piece.subarray(0, bytesRead));
      },
      cancel: () => handle.close(),
    },
    { highWaterMark: 0 },
  );
}

/** A file a person chose, opened as often as asked. */
export interface LocalFile {
  readonly path: string;
  readonly size: number;
  readonly modified: Date;
  stream(): Promise<ReadableStream<Uint8Array>>;
}

/** @throws {@link CommandError} when it is not a file that can be read. */
export async function localFile(path: string): Promise<LocalFile> {
  try {
    const handle = await open(path, "r");
    const stat = await handle.stat();
    await handle.close();
    if (!stat.isFile()) throw new CommandError(`${path} is not a file`, "name a file");
    return { path, size: stat.size, modified: stat.mtime, stream: async () => streamOf(await open(path, "r"), stat.size) };
  } catch (error) {
    throw error instanceof CommandError ? error : fileTrouble(path, error);
  }
}

async function writeAll(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += (await handle.write(bytes, at, bytes.length - at)).bytesWritten;
}

/** A bundle on its way to disk. It gets its name at `close`; `discard` removes what there is of it. */
export interface BundleTarget extends BundleWriter {
  discard(): Promise<void>;
}

/** A bundle as one new ZIP file. */
async function zipFile(path: string): Promise<BundleTarget> {
  const handle = await open(unfinished(path), "wx", 0o600);
  const zip = zipWriter((bytes) => writeAll(handle, bytes));
  return {
    put: (name, content) => zip.put(name, content),
    async close() {
      await zip.close();
      await handle.sync();
      await handle.close();
      await rename(unfinished(path), path);
    },
    async discard() {
      await handle.close().catch(() => undefined);
      await rm(unfinished(path), { force: true });
    },
  };
}

async function putFile(root: string, name: string, content: Uint8Array | Measured): Promise<void> {
  if (!isBundlePath(name)) throw new ContainerError("name-refused", `${JSON.stringify(name)} may not be a file name in a bundle`, name);
  const target = join(root, ...name.split("/"));
  await mkdir(dirname(target), { recursive: true, mode: 0o700 });
  const handle = await open(target, "wx", 0o600);
  try {
    let size = 0;
    if (content instanceof Uint8Array) await writeAll(handle, content);
    else {
      for await (const piece of content.stream) {
        size += piece.length;
        await writeAll(handle, piece);
      }
      if (size !== content.size) throw new ContainerError("size-wrong", `${name}: ${size} bytes came where ${content.size} were announced`, name);
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** A bundle as a new folder. */
async function folder(path: string): Promise<BundleTarget> {
  await mkdir(unfinished(path), { mode: 0o700 });
  return {
    put: (name, content) => putFile(unfinished(path), name, content),
    close: () => rename(unfinished(path), path),
    discard: () => rm(unfinished(path), { recursive: true, force: true }),
  };
}

/**
 * Where a bundle goes: a ZIP when the name ends in `.zip`, else a folder. See [Note: Written whole].
 * @throws {@link CommandError} when there is something at the path already.
 */
export async function bundleTarget(path: string): Promise<BundleTarget> {
  await mustBeFree(path);
  try {
    await mkdir(dirname(path), { recursive: true });
    return await (path.toLowerCase().endsWith(".zip") ? zipFile(path) : folder(path));
  } catch (error) {
    throw fileTrouble(path, error);
  }
}

async function listFolder(root: string): Promise<Map<string, number>> {
  const files = new Map<string, number>();
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const name = relative(root, path).split(sep).join("/");
    if (entry.isDirectory()) continue;
    if (!entry.isFile()) throw new ContainerError("name-refused", `${name} is a link or a device, not a file`, name);
    files.set(name, (await lstat(path)).size);
  }
  return files;
}

/** A bundle on disk; close it when done. */
export interface OpenBundle extends BundleReader {
  close(): Promise<void>;
}

/** Closes a bundle if it was opened. */
export const closeBundle = async (bundle: OpenBundle | null): Promise<void> => bundle?.close();

/** Opens a bundle from a ZIP file or a folder. @throws {@link CommandError} when there is nothing at the path, ContainerError when it is no bundle. */
export async function bundleAt(path: string): Promise<OpenBundle> {
  try {
    const stat = await lstat(path);
    if (!stat.isDirectory()) {
      const handle = await open(path, "r");
      try {
        const { size } = await handle.stat();
        const reader = await zipReader({
          size,
          async read(offset, length) {
            const bytes = new Uint8Array(length);
            const { bytesRead } = await handle.read(bytes, 0, length, offset);
            return bytes.subarray(0, bytesRead);
          },
        });
        return { ...reader, close: () => handle.close() };
      } catch (error) {
        await handle.close();
        throw error;
      }
    }
    const files = await listFolder(path);
    const sizeOf = (name: string): number => {
      const size = files.get(name);
      if (size === undefined) throw new ContainerError("file-missing", `${name} is not in the bundle`, name);
      return size;
    };
    return {
      names: async () => [...files.keys()],
      size: async (name) => sizeOf(name),
      open: async (name) => streamOf(await open(join(path, ...name.split("/")), "r"), sizeOf(name)),
      close: async () => {},
    };
  } catch (error) {
    if (error instanceof ContainerError || error instanceof CommandError) throw error;
    throw fileTrouble(path, error);
  }
}
