/** A backup as one file: a plain tar (POSIX ustar) that any `tar` reads. For run.ts; nothing else needs archives of this form. */
import { createReadStream } from "node:fs";
import { mkdir, open, readdir, rename, stat, type FileHandle } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { CommandError } from "#apps/cli/command.ts";

const block = 512;

/** Header of one file (POSIX.1-1988 ustar): a name up to 100 bytes after a prefix up to 155, length in octal, or in base 256 from 8 GiB on. */
function headerOf(path: string, size: number): Buffer {
  const header = Buffer.alloc(block);
  const cut = path.lastIndexOf("/");
  header.write(path.slice(cut + 1), 0, 100, "utf8");
  header.write("0000600\0", 100);
  header.write("0000000\0", 108);
  header.write("0000000\0", 116);
  if (size < 8 ** 11) header.write(`${size.toString(8).padStart(11, "0")}\0`, 124);
  else {
    header.writeUInt8(0x80, 124);
    header.writeBigUInt64BE(BigInt(size), 128);
  }
  header.write("00000000000\0", 136);
  header.write("        ", 148);
  header.write("0", 156);
  header.write("ustar\0", 257);
  header.write("00", 263);
  header.write(cut === -1 ? "" : path.slice(0, cut), 345, 155, "utf8");
  const sum = header.reduce((all, byte) => all + byte, 0);
  header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return header;
}

/** Packs every file of a folder, the manifest first so that one may look at it alone. Stands under its name only when all of it is on disk. */
export async function pack(folder: string, path: string): Promise<void> {
  const names: string[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) names.push(relative(folder, join(entry.parentPath, entry.name)));
  const unfinished = `${path}.partial`;
  const handle = await open(unfinished, "wx", 0o600);
  try {
    for (const name of names.toSorted((a, b) => Number(b === "manifest.json") - Number(a === "manifest.json") || (a < b ? -1 : 1))) {
      const { size } = await stat(join(folder, name));
      await handle.write(headerOf(name, size));
      let written = 0;
      for await (const piece of createReadStream(join(folder, name), { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
        await handle.write(piece);
        written += piece.length;
      }
      if (written !== size) throw new CommandError(`${name} changed while it was packed`, "try again", 2);
      if (size % block !== 0) await handle.write(Buffer.alloc(block - (size % block)));
    }
    await handle.write(Buffer.alloc(2 * block));
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(unfinished, path);
}

const damaged = (path: string): CommandError =>
  new CommandError(`${path} is not a whole tar of a backup`, "give the file that rugdekking backup made, unchanged");
const textAt = (header: Buffer, from: number, length: number): string => {
  const field = header.subarray(from, from + length);
  const end = field.indexOf(0);
  return field.subarray(0, end === -1 ? length : end).toString("utf8");
};

/** Unpacks into a folder that is made for it. Only names that a backup has are taken, so nothing lands elsewhere. @throws {@link CommandError} */
export async function unpack(path: string, folder: string): Promise<void> {
  const source = await open(path, "r");
  try {
    let position = 0;
    const read = async (length: number): Promise<Buffer> => {
      const bytes = Buffer.alloc(length);
      const { bytesRead } = await source.read(bytes, 0, length, position);
      if (bytesRead !== length) throw damaged(path);
      position += length;
      return bytes;
    };
    for (;;) {
      const header = await read(block);
      if (header.every((byte) => byte === 0)) return;
      const [prefix, last] = [textAt(header, 345, 155), textAt(header, 0, 100)];
      const name = prefix === "" ? last : `${prefix}/${last}`;
      const size = header[124] === 0x80 ? Number(header.readBigUInt64BE(128)) : Number.parseInt(textAt(header, 124, 12), 8);
      const sum = Buffer.concat([header.subarray(0, 148), Buffer.from("        "), header.subarray(156)]).reduce((all, byte) => all + byte, 0);
      if (Number.parseInt(textAt(header, 148, 8), 8) !== sum || textAt(header, 257, 6) !== "ustar" || !Number.isSafeInteger(size)) throw damaged(path);
      if (!/^(?:[a-z]+\.(?:json|age|list\.gz)|tables\/[a-z0-9_]+\.copy\.gz|blobs\/[0-9a-f]{2}\/[0-9a-f]{62}\.[0-9a-f-]{36})$/u.test(name)) throw damaged(path);
      await mkdir(dirname(join(folder, name)), { recursive: true, mode: 0o700 });
      const target: FileHandle = await open(join(folder, name), "wx", 0o600);
      try {
        for (let left = size; left > 0;) {
          const piece = await read(Math.min(left, 1 << 20));
          await target.write(piece);
          left -= piece.length;
        }
      } finally {
        await target.close();
      }
      if (size % block !== 0) await read(block - (size % block));
    }
  } finally {
    await source.close();
  }
}
