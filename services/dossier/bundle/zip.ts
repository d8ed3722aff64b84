/** A ZIP of stored (uncompressed) files, written and read as a stream: APPNOTE.TXT 6.3.10 with ZIP64, so that a bundle of any size needs no memory. Used for bundles only. */
import { type BundleReader, type BundleWriter, ContainerError, isBundlePath } from "./container.ts";

const LOCAL = 0x04034b50;
const DESCRIPTOR = 0x08074b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const END64 = 0x06064b50;
const LOCATOR64 = 0x07064b50;
const MAX32 = 0xffffffff;
/** Bit 3: sizes follow the data. Bit 11: names are UTF-8. */
const FLAG_DESCRIPTOR = 0x0008;
const FLAG_UTF8 = 0x0800;
/** 1 January 1980, 00:00: the times of files in a bundle say nothing, so none is written. */
const DOS_DATE = 0x0021;

const crcTable = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let bit = 0; bit < 8; bit++) c = (c & 1) === 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});

/** CRC-32 (ISO 3309, as ZIP uses it); `before` continues an earlier piece. */
export function crc32(bytes: Uint8Array, before = 0): number {
  let c = ~before >>> 0;
  for (let at = 0; at < bytes.length; at++) c = (crcTable[(c ^ (bytes[at] ?? 0)) & 0xff] ?? 0) ^ (c >>> 8);
  return ~c >>> 0;
}

interface Written {
  readonly name: Uint8Array;
  readonly offset: number;
  readonly size: number;
  readonly crc: number;
  readonly flags: number;
}

/** Little-endian fields in a row: `[value, bytes]`. */
function fields(...list: readonly (readonly [value: number, bytes: 2 | 4 | 8])[]): Uint8Array {
  const bytes = new Uint8Array(list.reduce((sum, [, width]) => sum + width, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [value, width] of list) {
    if (width === 2) view.setUint16(at, value, true);
    else if (width === 4) view.setUint32(at, value, true);
    else view.setBigUint64(at, BigInt(value), true);
    at += width;
  }
  return bytes;
}

/**
 * Writes a ZIP through `sink`, which is awaited piece by piece (back pressure).
 * @param zip64From sizes and offsets from here on are written as ZIP64; only tests lower it.
 * @throws {@link ContainerError} `name-refused`, `size-wrong` when a stream gives other than the announced size.
 */
export function zipWriter(sink: (bytes: Uint8Array) => Promise<void>, zip64From = MAX32): BundleWriter {
  const written: Written[] = [];
  const encoder = new TextEncoder();
  let offset = 0;
  const write = async (bytes: Uint8Array): Promise<void> => {
    await sink(bytes);
    offset += bytes.length;
  };
  const local = async (name: Uint8Array, flags: number, crc: number, size: number): Promise<void> => {
    const large = size >= zip64From;
    const streamed = (flags & FLAG_DESCRIPTOR) !== 0;
    const shown = large ? MAX32 : streamed ? 0 : size;
    await write(
      fields(
        [LOCAL, 4],
        [large ? 45 : 20, 2],
        [flags, 2],
        [0, 2],
        [0, 2],
        [DOS_DATE, 2],
        [crc, 4],
        [shown, 4],
        [shown, 4],
        [name.length, 2],
        [large ? 20 : 0, 2],
      ),
    );
    await write(name);
    if (large) await write(fields([1, 2], [16, 2], [streamed ? 0 : size, 8], [streamed ? 0 : size, 8]));
  };
  return {
    async put(name, content) {
      if (!isBundlePath(name)) throw new ContainerError("name-refused", `${JSON.stringify(name)} may not be a file name in a bundle`, name);
      const label = encoder.encode(name);
      const start = offset;
      if (content instanceof Uint8Array) {
        const crc = crc32(content);
        await local(label, FLAG_UTF8, crc, content.length);
        await write(content);
        written.push({ name: label, offset: start, size: content.length, crc, flags: FLAG_UTF8 });
        return;
      }
      const flags = FLAG_UTF8 | FLAG_DESCRIPTOR;
      await local(label, flags, 0, content.size);
      let crc = 0;
      let size = 0;
      for await (const piece of content.stream) {
        crc = crc32(piece, crc);
        size += piece.length;
        await write(piece);
      }
      if (size !== content.size) throw new ContainerError("size-wrong", `${name}: ${size} bytes came where ${content.size} were announced`, name);
      const width = size >= zip64From ? 8 : 4;
      await write(fields([DESCRIPTOR, 4], [crc, 4], [size, width], [size, width]));
      written.push({ name: label, offset: start, size, crc, flags });
    },
    async close() {
      const start = offset;
      for (const file of written) {
        const wide = file.size >= zip64From || file.offset >= zip64From;
        const size = wide ? MAX32 : file.size;
        const extra = wide ? fields([1, 2], [24, 2], [file.size, 8], [file.size, 8], [file.offset, 8]) : new Uint8Array(0);
        await write(
          fields(
            [CENTRAL, 4],
            [(3 << 8) | 45, 2],
            [wide ? 45 : 20, 2],
            [file.flags, 2],
            [0, 2],
            [0, 2],
            [DOS_DATE, 2],
            [file.crc, 4],
            [size, 4],
            [size, 4],
            [file.name.length, 2],
            [extra.length, 2],
            [0, 2],
            [0, 2],
            [0, 2],
            [(0o100600 * 0x10000) % 0x100000000, 4],
            [wide ? MAX32 : file.offset, 4],
          ),
        );
        await write(file.name);
        await write(extra);
      }
      const length = offset - start;
      const count = written.length;
      if (count >= 0xffff || start >= zip64From || length >= zip64From) {
        const end64 = offset;
        await write(fields([END64, 4], [44, 8], [45, 2], [45, 2], [0, 4], [0, 4], [count, 8], [count, 8], [length, 8], [start, 8]));
        await write(fields([LOCATOR64, 4], [0, 4], [end64, 8], [1, 4]));
      }
      const shownCount = Math.min(count, 0xffff);
      await write(
        fields(
          [END, 4],
          [0, 2],
          [0, 2],
          [shownCount, 2],
          [shownCount, 2],
          [length >= zip64From ? MAX32 : length, 4],
          [start >= zip64From ? MAX32 : start, 4],
          [0, 2],
        ),
      );
    },
  };
}

/** Bytes that can be read at any place: a file handle in Node, a `Blob` in a browser. */
export interface RandomAccess {
  readonly size: number;
  /** Exactly `length` bytes from `offset`; fewer only at the end. */
  read(offset: number, length: number): Promise<Uint8Array>;
}

/** A `Blob` (a chosen file in a browser) as {@link RandomAccess}. */
export const blobAccess = (blob: Blob): RandomAccess => ({
  size: blob.size,
  read: async (offset, length) => new Uint8Array(await blob.slice(offset, offset + length).arrayBuffer()),
});

const broken = (what: string): ContainerError => new ContainerError("container-broken", `this is not a whole bundle ZIP: ${what}; ask for the bundle again`);

async function readExactly(source: RandomAccess, offset: number, length: number, what: string): Promise<DataView<ArrayBufferLike>> {
  if (offset < 0 || offset + length > source.size) throw broken(`${what} lies outside the file`);
  const bytes = await source.read(offset, length);
  if (bytes.length !== length) throw broken(`${what} is cut short`);
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

const big = (view: DataView, at: number): number => {
  const value = view.getBigUint64(at, true);
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw broken("a size is impossible");
  return Number(value);
};

interface Directory {
  readonly start: number;
  readonly length: number;
  readonly count: number;
}

async function findDirectory(source: RandomAccess): Promise<Directory> {
  const tailLength = Math.min(source.size, 22 + 0xffff);
  const tail = await readExactly(source, source.size - tailLength, tailLength, "the end record");
  let at = tailLength - 22;
  while (at >= 0 && tail.getUint32(at, true) !== END) at--;
  if (at < 0) throw broken("it has no end record");
  const plain = { count: tail.getUint16(at + 10, true), length: tail.getUint32(at + 12, true), start: tail.getUint32(at + 16, true) };
  if (plain.count !== 0xffff && plain.length !== MAX32 && plain.start !== MAX32) return plain;
  const locator = await readExactly(source, source.size - tailLength + at - 20, 20, "the ZIP64 locator");
  if (locator.getUint32(0, true) !== LOCATOR64) throw broken("its ZIP64 locator is missing");
  const end = await readExactly(source, big(locator, 8), 56, "the ZIP64 end record");
  if (end.getUint32(0, true) !== END64) throw broken("its ZIP64 end record is missing");
  return { count: big(end, 32), length: big(end, 40), start: big(end, 48) };
}

interface Stored {
  readonly offset: number;
  readonly size: number;
}

async function readDirectory(source: RandomAccess): Promise<Map<string, Stored>> {
  const { start, length, count } = await findDirectory(source);
  if (length > 256 * 1024 * 1024) throw broken("its list of files is impossibly long");
  const view = await readExactly(source, start, length, "the list of files");
  const files = new Map<string, Stored>();
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let at = 0;
  for (let n = 0; n < count; n++) {
    if (at + 46 > length || view.getUint32(at, true) !== CENTRAL) throw broken(`entry ${n + 1} of its list of files is unreadable`);
    const [nameLength, extraLength, commentLength] = [view.getUint16(at + 28, true), view.getUint16(at + 30, true), view.getUint16(at + 32, true)];
    if (at + 46 + nameLength + extraLength + commentLength > length) throw broken(`entry ${n + 1} of its list of files is cut short`);
    let name: string;
    try {
      name = decoder.decode(new Uint8Array(view.buffer, view.byteOffset + at + 46, nameLength));
    } catch {
      throw broken(`the name of file ${n + 1} is not UTF-8`);
    }
    if ((view.getUint16(at + 8, true) & 1) !== 0 || view.getUint16(at + 10, true) !== 0)
      throw broken(`${name} is compressed or encrypted; a bundle stores its files as they are`);
    let [size, offset] = [view.getUint32(at + 24, true), view.getUint32(at + 42, true)];
    for (let extra = at + 46 + nameLength; extra + 4 <= at + 46 + nameLength + extraLength;) {
      const width = view.getUint16(extra + 2, true);
      if (view.getUint16(extra, true) === 1) {
        let field = extra + 4;
        const wide = [size === MAX32, view.getUint32(at + 20, true) === MAX32, offset === MAX32];
        if (wide.filter(Boolean).length * 8 > width) throw broken(`the ZIP64 sizes of ${name} are cut short`);
        if (wide[0] === true) size = big(view, field);
        if (wide[0] === true) field += 8;
        if (wide[1] === true) field += 8;
        if (wide[2] === true) offset = big(view, field);
      }
      extra += 4 + width;
    }
    at += 46 + nameLength + extraLength + commentLength;
    if (name.endsWith("/") && size === 0) continue;
    if (!isBundlePath(name)) throw new ContainerError("name-refused", `${JSON.stringify(name)} may not be a file name in a bundle`, name);
    if (files.has(name)) throw broken(`${name} is in it twice`);
    files.set(name, { offset, size });
  }
  return files;
}

/**
 * Opens a ZIP of stored files by its list at the end; reads nothing else until asked.
 * @throws {@link ContainerError} `container-broken`, `name-refused`.
 */
export async function zipReader(source: RandomAccess): Promise<BundleReader> {
  const files = await readDirectory(source);
  const find = (name: string): Stored => {
    const file = files.get(name);
    if (file === undefined) throw new ContainerError("file-missing", `${name} is not in the bundle`, name);
    return file;
  };
  return {
    names: async () => [...files.keys()],
    size: async (name) => find(name).size,
    async open(name) {
      const { offset, size } = find(name);
      const head = await readExactly(source, offset, 30, name);
      if (head.getUint32(0, true) !== LOCAL) throw broken(`${name} is not where the list says`);
      const nameLength = head.getUint16(26, true);
      const label = await readExactly(source, offset + 30, nameLength, name);
      if (new TextDecoder().decode(label) !== name) throw broken(`${name} carries another name at its place`);
      let at = offset + 30 + nameLength + head.getUint16(28, true);
      const end = at + size;
      if (end > source.size) throw broken(`${name} is cut short`);
      return new ReadableStream<Uint8Array>(
        {
          async pull(controller) {
            if (at >= end) {
              controller.close();
              return;
            }
            const piece = await source.read(at, Math.min(256 * 1024, end - at));
            if (piece.length === 0) throw broken(`${name} is cut short`);
            at += piece.length;
            controller.enqueue(piece);
          },
        },
        { highWaterMark: 0 },
      );
    },
  };
}
