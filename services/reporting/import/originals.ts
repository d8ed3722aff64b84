/** Opens what an item was read from, and what came with it: only when it is asked for, from the files that the person gave. Used by who keeps evidence. */
import type { ImportedAttachment, ImportedItem, Place } from "./items.ts";
import { defaultLimits, type ImportLimits } from "./limits.ts";
import { chunksOf, type ImportFile } from "./pieces.ts";
import { mailAttachment } from "./readers/mail.ts";
import { Refusal } from "./troubles.ts";
import { type Archive, openArchive } from "./zip.ts";

/** Files that were given, by name; archives are opened once. */
export class Originals {
  readonly #files: readonly ImportFile[];
  readonly #limits: ImportLimits;
  readonly #opened = new Map<string, Promise<Archive>>();

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
   * @throws {@link Refusal} file-unreadable when it is in none of them.
   */
  attachment(item: Pick<ImportedItem, "place">, { entry, part, present }: ImportedAttachment): ReadableStream<Uint8Array> {
    const { file } = item.place;
    if (part !== null) return streamOf(this.#mailPart(item.place, part));
    if (present) return streamOf(this.#bytes({ file, entry, number: 0, bytes: null }));
    return streamOf(this.#elsewhere(entry));
  }

  #blob(name: string): Blob {
    const file = this.#files.find((one) => one.name === name);
    if (file === undefined || !("blob" in file)) throw new Refusal("file-unreadable");
    return file.blob;
  }

  async #archive(name: string): Promise<Archive> {
    const known = this.#opened.get(name) ?? openArchive(this.#blob(name), this.#limits);
    this.#opened.set(name, known);
    return known;
  }

  async *#bytes({ file, entry, bytes }: Place): AsyncGenerator<Uint8Array> {
    if (entry === null) {
      const blob = this.#blob(file);
      yield* chunksOf((bytes === null ? blob : blob.slice(bytes.start, bytes.end)).stream());
      return;
    }
    const archive = await this.#archive(file);
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
    yield await mailAttachment(this.#bytes(place), part, this.#limits);
  }

  async *#elsewhere(path: string | null): AsyncGenerator<Uint8Array> {
    if (path !== null)
      for (const file of this.#files) {
        if (!("blob" in file)) continue;
        let archive: Archive;
        try {
          archive = await this.#archive(file.name);
        } catch {
          // Not an archive, or a broken one: it is in another, or nowhere.
          continue;
        }
        for (const name of archive.entries.keys())
          if (name === path || name.endsWith(`/${path}`)) {
            yield* this.#bytes({ file: file.name, entry: name, number: 0, bytes: null });
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
