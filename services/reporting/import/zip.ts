/**
 * Archives that strangers made, read with suspicion: names, number, ratio, overlap and total are checked here; zip.js finds the entries and unpacks them as a stream.
 * Uses the browser's own decompression (no WebAssembly, no workers of its own), so that it runs under the page's policy. Used by import-files.ts, kinds.ts and originals.ts.
 */
import {
  BlobReader,
  ERR_BAD_FORMAT,
  ERR_CENTRAL_DIRECTORY_NOT_FOUND,
  ERR_ENCRYPTED,
  ERR_ENCRYPTED_CENTRAL_DIRECTORY,
  ERR_EOCDR_LOCATOR_ZIP64_NOT_FOUND,
  ERR_EOCDR_NOT_FOUND,
  ERR_SPLIT_ZIP_FILE,
  ERR_UNSUPPORTED_COMPRESSION,
  ERR_UNSUPPORTED_ENCRYPTION,
  type FileEntry,
  ZipReader,
} from "@zip.js/zip.js/lib/zip-core-native.js";
import type { ImportLimits } from "./limits.ts";
import { Refusal, type TroubleCode } from "./troubles.ts";

/** One file in an archive. */
export interface ArchiveEntry {
  /** Exactly as it stands in the archive; checked by {@link isHarmlessName}. */
  readonly name: string;
  /** Unpacked, in bytes, as the archive says; reading stops when more comes. */
  readonly size: number;
  readonly packed: number;
}

/** An opened archive. */
export interface Archive {
  /** In the order of the archive, without folders. */
  readonly entries: ReadonlyMap<string, ArchiveEntry>;
  /** Entries that are left closed for their name. */
  readonly refused: readonly { readonly name: string; readonly number: number }[];
  /** Unpacks one entry. @throws {@link Refusal} while it is read. */
  chunks(entry: ArchiveEntry): AsyncGenerator<Uint8Array>;
}

const NAME_LENGTH = 1024;
/** Local header without name: the least that stands before an entry's bytes. */
const LOCAL_HEADER = 30;

// oxlint-disable-next-line no-control-regex -- control characters are exactly what is looked for here
const strange = /[\u0000-\u001f\u007f\\]/;

/** A relative path that stays inside the archive, in characters that a name has. */
export function isHarmlessName(name: string): boolean {
  if (name === "" || name.length > NAME_LENGTH || strange.test(name) || /^[A-Za-z]:/.test(name)) return false;
  return name.split("/").every((part) => part !== "" && part !== "." && part !== "..");
}

/** Old code pages draw control characters as signs (`☺`), so they are looked for in the bytes as well. */
const holdsControl = (raw: Uint8Array): boolean => raw.some((byte) => byte < 0x20 || byte === 0x7f);

const codes = new Map<string, TroubleCode>([
  [ERR_EOCDR_NOT_FOUND, "zip-truncated"],
  [ERR_BAD_FORMAT, "zip-truncated"],
  [ERR_EOCDR_LOCATOR_ZIP64_NOT_FOUND, "zip-truncated"],
  [ERR_CENTRAL_DIRECTORY_NOT_FOUND, "zip-damaged"],
  [ERR_ENCRYPTED, "zip-encrypted"],
  [ERR_ENCRYPTED_CENTRAL_DIRECTORY, "zip-encrypted"],
  [ERR_UNSUPPORTED_ENCRYPTION, "zip-encrypted"],
  [ERR_UNSUPPORTED_COMPRESSION, "zip-method"],
  [ERR_SPLIT_ZIP_FILE, "zip-split"],
]);

const refusalOf = (error: unknown): Refusal =>
  error instanceof Refusal ? error : new Refusal((error instanceof Error ? codes.get(error.message) : undefined) ?? "zip-damaged");

/** Reads no more at once than the list of contents may take: it is the one thing that zip.js reads whole. */
class BoundedReader extends BlobReader {
  readonly #most: number;

  constructor(blob: Blob, most: number) {
    super(blob);
    this.#most = most;
  }

  override async readUint8Array(index: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
    if (length > this.#most) throw new Refusal("zip-too-large", { limit: this.#most });
    const bytes = await super.readUint8Array(index, length);
    return new Uint8Array(bytes);
  }
}

/** What of the archive may still be unpacked. What was unpacked before counts once, however often it is read: a chat is read for its dates and again for its messages, and the originals of a thousand messages may stand in one entry. */
class Budget {
  readonly #limits: ImportLimits;
  readonly #archive: number;
  /** The most that was read of each entry. */
  readonly #read = new Map<string, number>();
  #total = 0;

  constructor(limits: ImportLimits, archive: number) {
    this.#limits = limits;
    this.#archive = archive;
  }

  /** @throws {@link Refusal} before anything is unpacked that says of itself that it is too much. */
  expect({ size, packed }: ArchiveEntry): void {
    if (size > this.#limits.zipEntryBytes) throw new Refusal("zip-too-large", { limit: this.#limits.zipEntryBytes });
    this.#ratio(size, packed);
  }

  /** @param out bytes of this entry so far. */
  spend(entry: ArchiveEntry, out: number): void {
    const { zipEntryBytes, zipTotalBytes } = this.#limits;
    const before = this.#read.get(entry.name) ?? 0;
    if (out > before) {
      this.#read.set(entry.name, out);
      this.#total += out - before;
    }
    if (out > entry.size) throw new Refusal("zip-damaged");
    if (out > zipEntryBytes) throw new Refusal("zip-too-large", { limit: zipEntryBytes });
    if (this.#total > zipTotalBytes) throw new Refusal("zip-too-large", { limit: zipTotalBytes });
    this.#ratio(this.#total, this.#archive);
  }

  #ratio(out: number, packed: number): void {
    const { zipRatio, zipRatioFrom } = this.#limits;
    if (out > zipRatioFrom && out > packed * zipRatio) throw new Refusal("zip-bomb", { limit: zipRatio });
  }
}

async function* unpack(entry: FileEntry): AsyncGenerator<Uint8Array> {
  const pipe = new TransformStream<Uint8Array, Uint8Array>();
  const control = new AbortController();
  const work = entry.getData(pipe.writable, { signal: control.signal, checkCrc32: true, useWebWorkers: false });
  const ended = work.then(
    () => null,
    // What is refused before its first byte (a local header that is not there) never touches the pipe: whoever reads it would wait for ever.
    async (error: unknown) => {
      await pipe.writable.abort(error).catch(() => undefined);
      return { error };
    },
  );
  const reader = pipe.readable.getReader();
  let done = false;
  try {
    while (!done) {
      const step = await reader.read();
      done = step.done;
      if (step.value !== undefined) yield step.value;
    }
    const failure = await ended;
    if (failure !== null) throw refusalOf(failure.error);
  } catch (error) {
    const failure = error instanceof Refusal ? null : await ended;
    throw error instanceof Refusal ? error : refusalOf(failure?.error ?? error);
  } finally {
    if (!done) {
      control.abort();
      await reader.cancel().catch(() => undefined);
      await ended;
    }
  }
}

/** No two entries may share bytes: that is how a small archive gives the same bomb a thousand times. */
function overlap(entries: readonly FileEntry[]): boolean {
  const inOrder = entries.toSorted((a, b) => a.offset - b.offset);
  let end = 0;
  for (const { offset, compressedSize, rawFilename } of inOrder) {
    if (offset < end) return true;
    end = offset + LOCAL_HEADER + rawFilename.length + compressedSize;
  }
  return false;
}

async function listed(reader: ZipReader<Blob>, limits: ImportLimits): Promise<FileEntry[]> {
  const found: FileEntry[] = [];
  let count = 0;
  for await (const entry of reader.getEntriesGenerator({ strictness: "balanced", filenameValidation: "tolerant" })) {
    count++;
    if (count > limits.zipEntries) throw new Refusal("zip-too-many-entries", { limit: limits.zipEntries });
    if (!entry.directory) found.push(entry);
  }
  return found;
}

/**
 * Opens an archive: reads its list of contents and nothing else.
 * @throws {@link Refusal} `zip-…`
 */
export async function openArchive(blob: Blob, limits: ImportLimits): Promise<Archive> {
  const budget = new Budget(limits, blob.size);
  let found: FileEntry[];
  try {
    found = await listed(new ZipReader(new BoundedReader(blob, limits.zipDirectoryBytes), { useWebWorkers: false }), limits);
  } catch (error) {
    throw refusalOf(error);
  }
  if (found.some(({ encrypted }) => encrypted)) throw new Refusal("zip-encrypted");
  if (overlap(found)) throw new Refusal("zip-damaged");
  const entries = new Map<string, ArchiveEntry>();
  const inside = new Map<string, FileEntry>();
  const refused: { name: string; number: number }[] = [];
  for (const [index, entry] of found.entries()) {
    const { filename: name } = entry;
    if (isHarmlessName(name) && !holdsControl(entry.rawFilename) && !entries.has(name)) {
      entries.set(name, { name, size: entry.uncompressedSize, packed: entry.compressedSize });
      inside.set(name, entry);
    } else refused.push({ name: name.slice(0, NAME_LENGTH), number: index + 1 });
  }
  return {
    entries,
    refused,
    async *chunks(entry) {
      const packed = inside.get(entry.name);
      if (packed === undefined) throw new Refusal("zip-damaged");
      budget.expect(entry);
      let out = 0;
      for await (const chunk of unpack(packed)) {
        out += chunk.length;
        budget.spend(entry, out);
        yield chunk;
      }
    },
  };
}
