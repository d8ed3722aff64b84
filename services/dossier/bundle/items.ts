/** Checks the sealed items: that they are the signed ones, that they open, and that the readable files are what they hold. Only verify and build call this. */
import type { ItemReference } from "#services/dossier/contract/index.ts";
import { Complaint } from "./complaint.ts";
import { type BundleReader, readWhole } from "./container.ts";
import { type BundleFile, type BundleIndex, type NamedAttachment, attachmentsOf } from "./format.ts";
import type { OpenedBody } from "./evidence.ts";
import { type HashMaker, base64url } from "./hashing.ts";
import { openWithIdentity } from "./identity.ts";
import type { CheckedEntry } from "./statements.ts";

/** An age header is a few hundred bytes; a file that has none within this is not an age file. */
const HEADER_LIMIT = 64 * 1024;
/** Entry bodies are at most 256 KiB sealed (contract, `Submission.body`). */
const BODY_LIMIT = 512 * 1024;

/**
 * Parts an age file into its header (through the MAC line) and its payload, without holding the payload.
 * @returns `header: null` when there is no header; `rest` then gives all bytes.
 */
export async function splitHeader(
  stream: ReadableStream<Uint8Array>,
  readHeader: (bytes: Uint8Array) => Uint8Array | null,
): Promise<{ header: Uint8Array | null; rest: ReadableStream<Uint8Array> }> {
  const source = stream.getReader();
  let begin: Uint8Array = new Uint8Array(0);
  let header: Uint8Array | null = null;
  while (header === null && begin.length < HEADER_LIMIT) {
    const { done, value } = await source.read();
    if (done) break;
    const longer = new Uint8Array(begin.length + value.length);
    longer.set(begin);
    longer.set(value, begin.length);
    begin = longer;
    try {
      header = readHeader(begin);
    } catch {
      break;
    }
  }
  const left = header === null ? begin : begin.subarray(header.length);
  const rest = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        if (left.length > 0) controller.enqueue(left);
      },
      async pull(controller) {
        const { done, value } = await source.read();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel: (reason) => source.cancel(reason),
    },
    { highWaterMark: 0 },
  );
  return { header, rest };
}

/** A sealed item, the entry that signed for it and its file in the bundle. */
export interface Referenced {
  readonly entry: CheckedEntry;
  readonly reference: ItemReference;
  readonly body: boolean;
  readonly file: string;
}

/** Compares digests and lengths with the signed ones. @throws {@link Complaint} */
export function checkSealed(
  index: BundleIndex,
  entries: readonly CheckedEntry[],
  digests: ReadonlyMap<string, { readonly digest: string; readonly size: number }>,
): { detail: string; value: readonly Referenced[] } {
  const files = new Map(index.files.filter((file) => file.name.startsWith("items/")).map((file) => [file.item, file.name]));
  const references: Referenced[] = [];
  for (const entry of entries) {
    for (const reference of [entry.header.body, ...entry.header.attachments]) {
      const file = files.get(reference.item);
      if (file === undefined) {
        if (index.view === "part") continue;
        throw new Complaint(`items/${reference.item}.age`, "a sealed item is missing", `the item of entry ${entry.header.seq}`, "none");
      }
      files.delete(reference.item);
      const found = digests.get(reference.item);
      if (found === undefined) throw new Complaint(file, "the item has no age header or its original header is missing", "an age v1 file", null);
      if (found.size !== reference.size)
        throw new Complaint(file, "the sealed item has another length than its author signed", `${reference.size} bytes`, `${found.size} bytes`);
      if (found.digest !== reference.digest)
        throw new Complaint(
          file,
          `the sealed item (with its ${file.replace(/^items/, "headers").replace(/age$/, "age-header")}) is not the one its author signed`,
          reference.digest,
          found.digest,
        );
      references.push({ entry, reference, body: reference === entry.header.body, file });
    }
  }
  const [stray] = files.values();
  if (stray !== undefined) throw new Complaint(stray, "no entry names this item");
  return { detail: `${references.length} sealed items`, value: references };
}

/** What checking the opened items needs. */
export interface Opening {
  readonly reader: BundleReader;
  readonly index: BundleIndex;
  readonly references: readonly Referenced[];
  readonly identity: string;
  readonly hash: HashMaker;
  readonly read: (bytes: number) => void;
}

async function openBody(opening: Opening, one: Referenced): Promise<unknown> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of await openWithIdentity(await opening.reader.open(one.file), opening.identity)) {
    size += piece.length;
    opening.read(piece.length);
    if (size > BODY_LIMIT) throw new Complaint(one.file, "the body of an entry is impossibly long", `at most ${BODY_LIMIT} bytes`, null);
    pieces.push(piece);
  }
  return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(await new Blob(pieces.map((piece) => piece.slice())).arrayBuffer()));
}

/** SHA-256 of the first `length` bytes of the opened item; null when it is shorter. */
async function openAttachment(opening: Opening, one: Referenced, length: number): Promise<string | null> {
  const hash = opening.hash();
  let left = length;
  for await (const piece of await openWithIdentity(await opening.reader.open(one.file), opening.identity)) {
    opening.read(piece.length);
    const part = left < piece.length ? piece.subarray(0, left) : piece;
    hash.update(part);
    left -= part.length;
  }
  return left === 0 ? base64url(hash.digest()) : null;
}

/**
 * Opens every item once, bodies first. Returns the comparison with `originals/` as the next check.
 * @throws {@link Complaint} when an item does not open.
 */
export async function checkOpens(
  opening: Opening,
): Promise<{ detail: string; value: { readonly compare: () => Promise<number>; readonly bodies: readonly OpenedBody[] } }> {
  const bodies = new Map<string, unknown>();
  const named = new Map<string, NamedAttachment>();
  const plain = new Map<string, string | null>();
  const opened = async <T>(one: Referenced, open: () => Promise<T>): Promise<T> => {
    try {
      return await open();
    } catch (error) {
      if (error instanceof Complaint) throw error;
      throw new Complaint(one.file, "the item does not open with the bundle's key", "an item sealed to it", error instanceof Error ? error.message : null);
    }
  };
  for (const one of opening.references.filter(({ body }) => body)) {
    const body = await opened(one, () => openBody(opening, one));
    bodies.set(one.reference.item, body);
    for (const attachment of attachmentsOf(one.entry.header, body)) {
      // Two descriptions of one file could each be compared with another half of the proof.
      if (named.has(attachment.item)) throw new Complaint(one.entry.file, "its body describes one attachment twice", "once", attachment.name);
      named.set(attachment.item, attachment);
    }
  }
  for (const one of opening.references.filter(({ body }) => !body)) {
    const length = named.get(one.reference.item)?.length ?? 0;
    plain.set(one.reference.item, await opened(one, () => openAttachment(opening, one, length)));
  }
  const inOrder = opening.references.filter(({ body }) => body).map(({ entry, reference }) => ({ entry, body: bodies.get(reference.item) }));
  return { detail: `${opening.references.length} items`, value: { compare: () => compareOriginals(opening, bodies, named, plain), bodies: inOrder } };
}

async function compareOriginals(
  opening: Opening,
  bodies: ReadonlyMap<string, unknown>,
  named: ReadonlyMap<string, NamedAttachment>,
  plain: ReadonlyMap<string, string | null>,
): Promise<number> {
  const originals = new Map(opening.index.files.filter((file) => file.name.startsWith("originals/")).map((file) => [file.item, file]));
  for (const [item, body] of bodies) {
    const file = take(originals, item, opening.index);
    if (file === null) continue;
    let shown: unknown;
    try {
      shown = JSON.parse(new TextDecoder().decode(await readWhole(opening.reader, file.name, BODY_LIMIT * 4)));
    } catch {
      throw new Complaint(file.name, "the readable entry is not JSON");
    }
    if (JSON.stringify(shown) !== JSON.stringify(body))
      throw new Complaint(file.name, "the readable entry says something else than the sealed one", "the content of the sealed body", "other content");
  }
  for (const [item, sha256] of plain) {
    const attachment = named.get(item);
    if (attachment === undefined)
      throw new Complaint(`items/${item}.age`, "no entry says what this attachment is", "its name, length and SHA-256 in a body", "nothing");
    if (sha256 !== attachment.sha256)
      throw new Complaint(`items/${item}.age`, "the sealed attachment is not the one its entry describes", attachment.sha256, sha256 ?? "a shorter file");
    const file = take(originals, item, opening.index);
    if (file === null) continue;
    if (file.size !== attachment.length)
      throw new Complaint(file.name, "the readable file has another length than its entry says", `${attachment.length} bytes`, `${file.size} bytes`);
    if (file.sha256 !== attachment.sha256)
      throw new Complaint(file.name, "the readable file is not the one its entry describes", attachment.sha256, file.sha256);
  }
  const [stray] = originals.values();
  if (stray !== undefined) throw new Complaint(stray.name, "no sealed item belongs to this readable file");
  return bodies.size + plain.size;
}

/** The readable file of an item; a whole bundle must have one for each. */
function take(originals: Map<string | undefined, BundleFile>, item: string, index: BundleIndex): BundleFile | null {
  const file = originals.get(item);
  if (file === undefined && index.view === "whole") throw new Complaint(`items/${item}.age`, "the readable copy of this item is missing from originals/");
  originals.delete(item);
  return file ?? null;
}
