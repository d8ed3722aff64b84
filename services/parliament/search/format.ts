/**
 * The bytes of an index, so that it can be kept and opened without reading the answers again: a head in JSON, then terms, postings, lengths.
 * All numbers little-endian. `RDQI1\n`, length of the head (uint32), head, then the sections in the order of the head, each on a multiple of four.
 */
import Type, { type Static } from "typebox";
import { Check } from "typebox/value";

/** The bytes are no index, or were damaged. */
export class IndexError extends Error {
  override readonly name = "IndexError";
  readonly code: "not-an-index" | "damaged";
  constructor(code: "not-an-index" | "damaged", message: string) {
    super(message);
    this.code = code;
  }
}

const magic = new TextEncoder().encode("RDQI1\n\0\0");
const Size = Type.Integer({ minimum: 0, maximum: 2 ** 31 });
const Head = Type.Object({
  documents: Size,
  terms: Size,
  averageLength: Type.Number({ minimum: 0 }),
  ids: Size,
  words: Size,
  offsets: Size,
  counts: Size,
  postings: Size,
  lengths: Size,
});
type Head = Static<typeof Head>;

/** The parts of an index. Postings of a term: document number as the difference from the one before, in groups of seven bits, then its weight in one byte. */
export interface Parts {
  readonly documents: number;
  readonly averageLength: number;
  /** Id of each document, in order of number. */
  readonly ids: readonly string[];
  /** Terms in order of code unit. */
  readonly terms: readonly string[];
  /** Where the postings of a term start; one more than there are terms. */
  readonly offsets: Uint32Array;
  /** In how many documents a term stands. */
  readonly counts: Uint32Array;
  readonly postings: Uint8Array;
  /** Words in each document. */
  readonly lengths: Uint32Array;
}

const even = (size: number): number => (size + 3) & ~3;
const bytesOf = (array: Uint32Array): Uint8Array => new Uint8Array(array.buffer, array.byteOffset, array.byteLength);

/** An index as bytes. */
export function writeParts(parts: Parts): Uint8Array {
  const encoder = new TextEncoder();
  const sections = [
    encoder.encode(JSON.stringify(parts.ids)),
    encoder.encode(parts.terms.join("\n")),
    bytesOf(parts.offsets),
    bytesOf(parts.counts),
    parts.postings,
    bytesOf(parts.lengths),
  ] as const;
  const [ids, words, offsets, counts, postings, lengths] = sections;
  const head = encoder.encode(
    JSON.stringify({
      documents: parts.documents,
      terms: parts.terms.length,
      averageLength: parts.averageLength,
      ids: ids.length,
      words: words.length,
      offsets: offsets.length,
      counts: counts.length,
      postings: postings.length,
      lengths: lengths.length,
    } satisfies Head),
  );
  const start = magic.length + 4 + even(head.length);
  const bytes = new Uint8Array(start + sections.reduce((sum, { length }) => sum + even(length), 0));
  bytes.set(magic);
  new DataView(bytes.buffer).setUint32(magic.length, head.length, true);
  bytes.set(head, magic.length + 4);
  let at = start;
  for (const section of sections) {
    bytes.set(section, at);
    at += even(section.length);
  }
  return bytes;
}

/** The parts in some bytes. @throws {@link IndexError} */
export function readParts(bytes: Uint8Array): Parts {
  if (bytes.length < magic.length + 4 || magic.some((byte, at) => bytes[at] !== byte))
    throw new IndexError("not-an-index", "these bytes are no index of answers; build one again");
  // Sections are read in place, so they must lie on multiples of four.
  const own = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  const view = new DataView(own.buffer, own.byteOffset, own.byteLength);
  const size = view.getUint32(magic.length, true);
  const damaged = (what: string): IndexError => new IndexError("damaged", `the index is damaged (${what}); build it again`);
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let head: unknown;
  try {
    head = JSON.parse(decoder.decode(own.subarray(magic.length + 4, magic.length + 4 + size)));
  } catch {
    throw damaged("head");
  }
  if (!Check(Head, head)) throw damaged("head");
  let at = magic.length + 4 + even(size);
  const section = (length: number): Uint8Array => {
    if (at + length > own.length) throw damaged("length");
    const found = own.subarray(at, at + length);
    at += even(length);
    return found;
  };
  const numbers = (length: number): Uint32Array => {
    const part = section(length);
    if (length % 4 !== 0) throw damaged("length");
    return new Uint32Array(part.buffer, part.byteOffset, length / 4);
  };
  let ids: unknown;
  let words: string;
  try {
    ids = JSON.parse(decoder.decode(section(head.ids)));
    words = decoder.decode(section(head.words));
  } catch (error) {
    throw error instanceof IndexError ? error : damaged("names");
  }
  const [offsets, counts, postings, lengths] = [numbers(head.offsets), numbers(head.counts), section(head.postings), numbers(head.lengths)];
  const terms = words === "" ? [] : words.split("\n");
  if (!Check(Type.Array(Type.String()), ids) || ids.length !== head.documents || lengths.length !== head.documents) throw damaged("documents");
  if (terms.length !== head.terms || counts.length !== head.terms || offsets.length !== head.terms + 1) throw damaged("terms");
  for (let term = 0; term < head.terms; term++) if ((offsets[term] ?? 0) > (offsets[term + 1] ?? 0)) throw damaged("postings");
  if ((offsets[head.terms] ?? 0) !== postings.length) throw damaged("postings");
  return { documents: head.documents, averageLength: head.averageLength, ids, terms, offsets, counts, postings, lengths };
}
