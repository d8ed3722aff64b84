/** Ids from content: the same message gets the same id whenever and from whichever export it is read, so that a second import doubles nothing. Used by the driver. */
import { startDigest } from "#services/dossier/client/hashing.ts";
import type { ImportedItem } from "./items.ts";

/** 22 characters of base64url: 132 bits. */
const ID_LENGTH = 22;
/** So many different contents are told apart at one moment; beyond it equal ones far apart share an id. Bounds the memory of a source without times. */
const REMEMBERED = 50_000;
const encoder = new TextEncoder();

/** SHA-256 of bytes, as base64url. */
export function digestOf(bytes: Uint8Array): string {
  const digest = startDigest();
  digest.update(bytes);
  return digest.finish();
}

/** SHA-256 of a stream, as base64url. */
export async function digestOfStream(chunks: AsyncIterable<Uint8Array>): Promise<{ digest: string; size: number }> {
  const digest = startDigest();
  let size = 0;
  for await (const chunk of chunks) {
    digest.update(chunk);
    size += chunk.length;
  }
  return { digest: digest.finish(), size };
}

/**
 * Gives ids in the order of the source. Two messages that are equal in everything (someone wrote "!" twice within the minute) are told apart by counting;
 * counting starts again when the time changes, so that memory stays small and an export that begins earlier or later counts the same.
 */
export class Identities {
  #moment: string | null = null;
  readonly #seen = new Map<string, number>();

  /** @param native the source's own id, or the digest of the original bytes; null when there is none. */
  of(item: Omit<ImportedItem, "id" | "place">, native: string | null): string {
    const content = JSON.stringify([
      item.source,
      item.channel,
      item.conversation,
      native,
      native === null ? [item.author, item.at?.iso ?? null, item.text, item.attachments.map(({ name }) => name)] : null,
    ]);
    const id = digestOf(encoder.encode(content)).slice(0, ID_LENGTH);
    if (native !== null) return id;
    const moment = item.at?.iso ?? null;
    if (moment !== this.#moment || this.#seen.size >= REMEMBERED) {
      this.#moment = moment;
      this.#seen.clear();
    }
    const times = this.#seen.get(id) ?? 0;
    this.#seen.set(id, times + 1);
    return times === 0 ? id : digestOf(encoder.encode(`${content}#${times}`)).slice(0, ID_LENGTH);
  }
}
