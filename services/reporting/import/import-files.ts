/** The driver: what a person gives goes in, items and breaks come out in a fixed order, and any of them can be gone on from. Used through index.ts and by the worker. */
import { Identities } from "./identity.ts";
import type { Broken, ImportCursor, ImportEvent } from "./items.ts";
import { HEAD_BYTES, planOf, readerFor } from "./kinds.ts";
import { defaultLimits, type ImportLimits } from "./limits.ts";
import { blobPiece, chunksOf, headOf, type ImportFile, type Piece, spooled, streamPiece } from "./pieces.ts";
import { readFile } from "./readers/file.ts";
import { readMbox } from "./readers/mail.ts";
import type { Reader, ReaderContext, TextSplit } from "./readers/reader.ts";
import { readText } from "./readers/text.ts";
import { readWhatsApp } from "./readers/whatsapp.ts";
import { isXAccountFile, readXOwner } from "./readers/x.ts";
import { Refusal } from "./troubles.ts";
import { type Archive, type ArchiveEntry, isHarmlessName, openArchive } from "./zip.ts";

export interface ImportOptions {
  /** Go on behind this. */
  readonly cursor?: ImportCursor | null;
  readonly limits?: Partial<ImportLimits>;
  readonly signal?: AbortSignal;
  /** How a text that is no chat is cut. Default `whole`. */
  readonly split?: TextSplit;
  /**
   * Called while bytes are read, at most once per quarter mebibyte. `read` never goes down. Of an archive
   * only some entries are read: how far they are is told as that part of the whole archive, so that a bar fills evenly.
   */
  readonly progress?: (read: number, total: number) => void;
}

/** Entry of a cursor that stands in an archive's list of contents. */
const LIST = "";
const PROGRESS_STEP = 256 * 1024;

const sizeOf = (file: ImportFile): number | null => ("blob" in file ? file.blob.size : file.size);

/** Text from the clipboard as a file. */
export const pastedText = (text: string, name = "geplakte tekst"): ImportFile => ({ name, blob: new Blob([text]) });

/** Everything an import of these files gives. See {@link importFiles}. */
class Run {
  readonly #files: readonly ImportFile[];
  readonly #options: ImportOptions;
  readonly #limits: ImportLimits;
  readonly #total: number;
  #before = 0;
  #told = -1;
  #index = 0;
  #any = false;

  constructor(files: readonly ImportFile[], options: ImportOptions) {
    this.#files = files;
    this.#options = options;
    this.#limits = { ...defaultLimits, ...options.limits };
    this.#total = files.reduce((sum, file) => sum + (sizeOf(file) ?? 0), 0);
  }

  async *events(): AsyncGenerator<ImportEvent> {
    const cursor = this.#options.cursor ?? null;
    for (const [index, file] of this.#files.entries()) {
      this.#index = index;
      this.#any = false;
      const size = sizeOf(file) ?? 0;
      if (cursor === null || index >= cursor.file) {
        if (cursor?.file === index && (cursor.name !== file.name || cursor.size !== sizeOf(file))) {
          yield this.#broken(file, new Refusal("cursor-mismatch"), "file", null, 1);
          return;
        }
        yield* this.#file(file);
      }
      this.#before += size;
      this.#tell(0, true);
    }
    if (cursor !== null && cursor.file >= this.#files.length) {
      const [first] = this.#files;
      if (first !== undefined) yield this.#broken(first, new Refusal("cursor-mismatch"), "file", null, 1);
    }
  }

  /** Bytes of the present file that were read. */
  #tell(read: number, always = false): void {
    const now = Math.min(this.#before + read, Math.max(this.#total, this.#before));
    if (!always && now - this.#told < PROGRESS_STEP) return;
    if (now < this.#told) return;
    this.#told = now;
    this.#options.progress?.(now, this.#total);
  }

  /** The cursor, when it stands in the present file. */
  get #resume(): ImportCursor | null {
    const cursor = this.#options.cursor ?? null;
    return cursor?.file === this.#index ? cursor : null;
  }

  #cursor(file: ImportFile, entry: string | null, given: number, offset: number | null): ImportCursor {
    return { version: 1, file: this.#index, name: file.name, size: sizeOf(file), entry, given, offset };
  }

  #broken(
    file: ImportFile,
    { code, data }: Refusal,
    scope: Broken["scope"],
    entry: string | null,
    given: number,
    at: Partial<Broken["place"]> = {},
  ): ImportEvent {
    const place = { file: file.name, index: this.#index, entry: entry === LIST ? null : entry, number: 0, bytes: null, ...at };
    return { kind: "broken", broken: { code, data, scope, place }, cursor: this.#cursor(file, entry, given, null) };
  }

  async *#file(file: ImportFile): AsyncGenerator<ImportEvent> {
    const resume = this.#resume;
    try {
      if ("blob" in file) yield* this.#blob(file, file.blob);
      else yield* this.#stream(file, file.stream, file.size);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      // Met before, and told then: what ends a file comes again when one goes on behind it.
      if (resume === null || resume.entry !== null || resume.given === 0) yield this.#broken(file, error, "file", null, 1);
      return;
    }
    if (!this.#any && resume === null) yield this.#broken(file, new Refusal("nothing-found"), "file", null, 1);
  }

  async *#blob(file: ImportFile, blob: Blob): AsyncGenerator<ImportEvent> {
    const { signal } = this.#options;
    if (blob.size === 0) throw new Refusal("file-empty");
    const piece = blobPiece(file.name, blob, (until) => this.#tell(until), signal);
    const reader = readerFor(file.name, await headOf(blobPiece(file.name, blob.slice(0, HEAD_BYTES), () => undefined, signal).chunks(), HEAD_BYTES));
    if (reader === "archive") yield* this.#archive(file, blob, piece);
    else yield* this.#piece(file, piece, reader, () => null, null);
  }

  async *#stream(file: ImportFile, stream: ReadableStream<Uint8Array>, size: number | null): AsyncGenerator<ImportEvent> {
    const chunks = chunksOf(stream, this.#options.signal);
    try {
      const first: Uint8Array[] = [];
      let kept = 0;
      while (kept < HEAD_BYTES) {
        const step = await chunks.next();
        if (step.done === true) break;
        first.push(step.value);
        kept += step.value.length;
      }
      if (kept === 0) throw new Refusal("file-empty");
      const head = new Uint8Array(await new Blob(first.map((part) => new Uint8Array(part))).arrayBuffer());
      const reader = readerFor(file.name, head.subarray(0, HEAD_BYTES));
      if (reader === "archive") throw new Refusal("stream-archive");
      const piece = streamPiece(file.name, size, head, chunks, (until) => this.#tell(until));
      if (reader !== readText && reader !== readWhatsApp) yield* this.#piece(file, piece, reader, () => null, null);
      else {
        const blob = await spooled(piece.chunks(), this.#limits);
        yield* this.#piece(
          file,
          blobPiece(file.name, blob, (until) => this.#tell(until), this.#options.signal),
          reader,
          () => null,
          null,
        );
      }
    } finally {
      await chunks.return(undefined);
    }
  }

  /** Runs a reader over a piece, from where the cursor says. A refusal of the whole piece is thrown on for a file and told for an entry. */
  async *#piece(file: ImportFile, piece: Piece, reader: Reader, find: ReaderContext["find"], owner: ReaderContext["owner"]): AsyncGenerator<ImportEvent> {
    const resume = this.#resume?.entry === piece.entry ? this.#resume : null;
    const seek = resume !== null && resume.offset !== null && piece.seekable && reader === readMbox ? resume.offset : null;
    const skip = seek === null ? (resume?.given ?? 0) : 0;
    let number = seek === null ? 0 : (resume?.given ?? 0);
    const last = skip;
    const identities = new Identities();
    const context: ReaderContext = { limits: this.#limits, split: this.#options.split ?? "whole", from: seek ?? 0, before: number, find, owner };
    try {
      for await (const found of reader(piece, context)) {
        this.#options.signal?.throwIfAborted();
        number++;
        this.#any = true;
        // Counted also when it was given before: equal messages are told apart by counting.
        const id = found.kind === "item" ? identities.of(found.draft, found.native) : "";
        if (number <= last) continue;
        const place = { file: file.name, index: this.#index, entry: piece.entry, number, bytes: found.bytes };
        if (found.kind === "item") {
          yield { kind: "item", item: { id, ...found.draft, place }, cursor: this.#cursor(file, piece.entry, number, found.next ?? null) };
        } else {
          const { code, data, bytes } = found;
          const cursor = this.#cursor(file, piece.entry, number, found.next ?? null);
          yield { kind: "broken", broken: { code, data, scope: "item", place: { ...place, bytes } }, cursor };
        }
      }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.#any = true;
      if (number + 1 > last) yield this.#broken(file, error, piece.entry === null ? "file" : "entry", piece.entry, number + 1);
    }
  }

  async *#archive(file: ImportFile, blob: Blob, whole: Piece): AsyncGenerator<ImportEvent> {
    const archive = await openArchive(blob, this.#limits);
    const { kind, entries } = await planOf(archive, file.name);
    if (kind === "document") {
      yield* this.#piece(file, whole, readFile, () => null, null);
      return;
    }
    const resume = this.#resume;
    const start = resume === null || resume.entry === LIST ? 0 : entries.findIndex(({ entry }) => entry.name === resume.entry);
    if (start === -1) throw new Refusal("cursor-mismatch");
    const told = resume === null ? 0 : resume.entry === LIST ? resume.given : archive.refused.length;
    for (const [index, { number }] of archive.refused.entries())
      if (index >= told) {
        this.#any = true;
        yield this.#broken(file, new Refusal("zip-name-refused"), "entry", LIST, index + 1, { number });
      }
    const owner = kind === "x" ? await this.#owner(archive) : null;
    const planned = entries.reduce((sum, { entry }) => sum + entry.packed, 0);
    const tell = (done: number): void => this.#tell(planned === 0 ? 0 : Math.round((done / planned) * blob.size));
    let packed = entries.slice(0, start).reduce((sum, { entry }) => sum + entry.packed, 0);
    for (const { entry, reader } of entries.slice(start)) {
      const before = packed;
      const read = (until: number): void => tell(before + (entry.size === 0 ? 1 : until / entry.size) * entry.packed);
      yield* this.#entry(file, archive, entry, reader, owner, read);
      packed += entry.packed;
      tell(packed);
    }
  }

  async *#entry(
    file: ImportFile,
    archive: Archive,
    entry: ArchiveEntry,
    known: Reader | null,
    owner: ReaderContext["owner"],
    read: (until: number) => void,
  ): AsyncGenerator<ImportEvent> {
    const { signal } = this.#options;
    const piece: Piece = {
      file: file.name,
      entry: entry.name,
      size: entry.size,
      again: true,
      seekable: false,
      async *chunks(_from = 0, told = true) {
        let at = 0;
        for await (const chunk of archive.chunks(entry)) {
          signal?.throwIfAborted();
          at += chunk.length;
          if (told) read(at);
          yield chunk;
        }
      },
    };
    let reader = known;
    let refusal: Refusal | null = null;
    try {
      const found = reader ?? readerFor(entry.name, await headOf(archive.chunks(entry), HEAD_BYTES));
      if (found === "archive") refusal = new Refusal("zip-nested");
      else reader = found;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refusal = error;
    }
    if (refusal !== null) {
      const failed = refusal;
      // oxlint-disable-next-line require-yield -- a reader of an entry that cannot be read gives nothing but the reason
      reader = async function* () {
        throw failed;
      };
    }
    if (reader !== null) yield* this.#piece(file, piece, reader, finder(archive, entry.name), owner);
  }

  async #owner(archive: Archive): Promise<ReaderContext["owner"]> {
    for (const entry of archive.entries.values()) {
      if (!isXAccountFile(entry.name)) continue;
      try {
        return await readXOwner(archive.chunks(entry));
      } catch (error) {
        // Without it the posts have no author; they are read all the same.
        if (!(error instanceof Refusal)) throw error;
      }
    }
    return null;
  }
}

/** Looks a path up from the folder of an entry outward. */
function finder(archive: Archive, from: string): ReaderContext["find"] {
  return (path) => {
    if (!isHarmlessName(path)) return null;
    let folder = from;
    while (folder !== "") {
      folder = folder.slice(0, Math.max(0, folder.lastIndexOf("/")));
      const name = folder === "" ? path : `${folder}/${path}`;
      if (archive.entries.has(name)) return name;
    }
    return null;
  };
}

/**
 * Reads files one after the other and gives what is in them, in the order of the files. Nothing is read ahead: who stops asking stops the reading.
 * What cannot be read is given as `broken` and passed over. Going on with the cursor of an event gives exactly what comes behind it, with the same ids.
 * @throws only the reason of `signal`.
 */
export function importFiles(files: readonly ImportFile[], options: ImportOptions = {}): AsyncGenerator<ImportEvent> {
  return new Run(files, options).events();
}
