/** Opens what an item was read from, and what came with it: only when it is asked for, from the files that the person gave. Used by who keeps evidence. */
import type { ImportedAttachment, ImportedItem, Place } from "./items.ts";
import { defaultLimits, type ImportLimits } from "./limits.ts";
import { chunksOf, type ImportFile } from "./pieces.ts";
import { mailAttachment } from "./readers/mail.ts";
import { Refusal } from "./troubles.ts";
import { type Archive, openArchive } from "./zip.ts";

/** The same files as were given to the import, in the same order; archives are opened once. */
export class Originals {
  readonly #files: readonly ImportFile[];
  readonly #limits: ImportLimits;
  readonly #opened = new Map<number, Promise<Archive>>();

  constructor(files: readonly ImportFile[], limits: Partial<ImportLimits> = {}) {
    this.#files = files;
    this.#limits = { ...defaultLimits, ...limits };
  }

  /**
   * The original bytes of an item, exactly as they stand in the file or entry.
   * @throws {@link Refusal} file-unreadable when the file is not among those given, or was a stream.
   */
  original(place: Place): ReadableStream<Uint8Array> {
    return streamOf(this.#bytes(place));
  }

  /**
   * An attachment of an item. One that was in another archive of the same export is looked for in all files given.
   * @throws {@link Refusal} file-unreadable when it is in none of them; mail-too-large and the other `mail-…` and `zip-…` as when it was read.
   */
  attachment(item: Pick<ImportedItem, "place">, { entry, part, present }: ImportedAttachment): ReadableStream<Uint8Array> {
    const { file, index } = item.place;
    if (part !== null) return streamOf(this.#mailPart(item.place, part));
    if (present) return streamOf(this.#bytes({ file, index, entry, number: 0, bytes: null }));
    return streamOf(this.#elsewhere(entry));
  }

  /** The file, when it is still the one of that name. */
  #blob({ file: name, index }: Pick<Place, "file" | "index">): Blob {
    const file = this.#files[index];
    if (file === undefined || file.name !== name || !("blob" in file)) throw new Refusal("file-unreadable");
    return file.blob;
  }

  async #archive(place: Pick<Place, "file" | "index">): Promise<Archive> {
    const known = this.#opened.get(place.index) ?? openArchive(this.#blob(place), this.#limits);
    this.#opened.set(place.index, known);
    return known;
  }

  async *#bytes({ file, index, entry, bytes }: Place): AsyncGenerator<Uint8Array> {
    if (entry === null) {
      const blob = this.#blob({ file, index });
      yield* chunksOf((bytes === null ? blob : blob.slice(bytes.start, bytes.end)).stream());
      return;
    }
    const archive = await this.#archive({ file, index });
    const found = archive.entries.get(entry);
    if (found === undefined) throw new Refusal("file-unreadable");
    let at = 0;
    for await (const chunk of archive.chunks(found)) {
      const from = bytes === null ? 0 : Math.max(0, bytes.start - at);
      const until = bytes === null ? chunk.length : Math.min(chunk.length, bytes.end - at);
      if (until > from) yield chunk.subarray(from, until);
      at += chunk.length;
      if (bytes !== null && at >= bytes.end) return;
    }
  }

  async *#mailPart(place: Place, part: number): AsyncGenerator<Uint8Array> {
    // In a box a mail stands behind the box's own line, so it never begins at the first byte.
    yield await mailAttachment(this.#bytes(place), { part, box: (place.bytes?.start ?? 0) > 0 }, this.#limits);
  }

  async *#elsewhere(path: string | null): AsyncGenerator<Uint8Array> {
    if (path !== null)
      for (const [index, { name: file, ...given }] of this.#files.entries()) {
        if (!("blob" in given)) continue;
        let archive: Archive;
        try {
          archive = await this.#archive({ file, index });
        } catch {
          // Not an archive, or a broken one: it is in another, or nowhere.
          continue;
        }
        for (const name of archive.entries.keys())
          if (name === path || name.endsWith(`/${path}`)) {
            yield* this.#bytes({ file, index, entry: name, number: 0, bytes: null });
            return;
          }
      }
    throw new Refusal("file-unreadable");
  }
}

/** An iterator as a stream that reads no further than it is read. */
function streamOf(chunks: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const step = await chunks.next();
        if (step.done === true) controller.close();
        else controller.enqueue(step.value);
      },
      async cancel() {
        await chunks.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
}
