/**
 * Findings that wait for their campaign: which one a message belongs to is known only when the last message is read, and the order must stay.
 * They go to a temporary file that nobody can read. Used by commands/triage.ts only.
 *
 * [Note: A spool without readers] The file is AES-256-CTR under a key that is made for it and lives in this process's memory alone: what a disk keeps of it, after a crash or in a
 * backup, is noise. It holds no check value, because it is written and read by one process within minutes and believed by nobody else. Its name is taken off the disk as soon as it is
 * open, so that nothing is left however the program ends; where a system does not allow that, it is removed at the end and on signals. Small inputs never reach a disk.
 */
import { type Cipheriv, createCipheriv, createDecipheriv, createSecretKey, randomBytes } from "node:crypto";
import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { CommandError } from "./command.ts";
import { codeOf } from "./plain-files.ts";

/** Records begin at a cipher block, so that each can be opened by itself. */
const ALIGN = 16;
const HEAD = 8;
/** Written, encrypted and read at once: small enough that memory is used again instead of being asked from the system each time. */
const BLOCK = 32 * 1024;
/** Records asked for in order may lie this far apart before reading goes by single records. */
const NEARBY = 2 * BLOCK;
/** The place of one record in so many is kept: with two million messages, places of all would be megabytes. */
const STRIDE = 4;
/** Read at once when only one record is asked for: most often as many as that. */
const PEEK = 2048;
const PLACES = 1 << 14;

const algorithm = "aes-256-ctr";
const aligned = (bytes: number): number => Math.ceil(bytes / ALIGN) * ALIGN;

/** Starting counter for the byte at `at`. */
function counterAt(at: number): Buffer {
  const counter = Buffer.alloc(16);
  counter.writeBigUInt64BE(BigInt(at / ALIGN), 8);
  return counter;
}

function trouble(error: unknown): CommandError {
  const code = codeOf(error);
  return new CommandError(
    `the temporary file in ${tmpdir()} could not be used (${code})`,
    code === "ENOSPC" ? "make room there, or set TMPDIR to a folder that has it" : "set TMPDIR to a folder that may be written",
    2,
  );
}

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** The file, its key, and its removal. */
class SealedFile {
  readonly #handle: number;
  readonly #key = createSecretKey(randomBytes(32));
  readonly #cipher: Cipheriv;
  #leftover: string | null;
  /** What is read lands here first. */
  #sealed: Buffer = Buffer.allocUnsafe(BLOCK);
  /** Bytes written. */
  size = 0;

  constructor() {
    try {
      const folder = mkdtempSync(join(tmpdir(), "rugdekking-"));
      this.#leftover = join(folder, "spool");
      this.#handle = openSync(this.#leftover, "wx+", 0o600);
      try {
        rmSync(folder, { recursive: true });
        this.#leftover = null;
      } catch {
        for (const signal of signals) process.once(signal, this.#stop);
        process.once("exit", this.#remove);
      }
    } catch (error) {
      throw trouble(error);
    }
    this.#cipher = createCipheriv(algorithm, this.#key, counterAt(0));
  }

  readonly #remove = (): void => {
    if (this.#leftover === null) return;
    rmSync(dirname(this.#leftover), { recursive: true, force: true });
    this.#leftover = null;
  };

  readonly #stop = (signal: NodeJS.Signals): void => {
    this.#remove();
    process.kill(process.pid, signal);
  };

  write(bytes: Uint8Array): void {
    const sealed = this.#cipher.update(bytes);
    try {
      for (let at = 0; at < sealed.length;) at += writeSync(this.#handle, sealed, at);
    } catch (error) {
      throw trouble(error);
    }
    this.size += sealed.length;
  }

  /** Up to `length` bytes from `at`, which is a multiple of {@link ALIGN}. */
  read(at: number, length: number): Buffer {
    const most = Math.min(length, this.size - at);
    if (this.#sealed.length < most) this.#sealed = Buffer.allocUnsafe(most);
    const sealed = this.#sealed.subarray(0, most);
    try {
      for (let done = 0; done < sealed.length;) {
        const read = readSync(this.#handle, sealed, done, sealed.length - done, at + done);
        if (read === 0) throw new Error("it became shorter");
        done += read;
      }
    } catch (error) {
      throw trouble(error);
    }
    return createDecipheriv(algorithm, this.#key, counterAt(at)).update(sealed);
  }

  close(): void {
    closeSync(this.#handle);
    for (const signal of signals) process.off(signal, this.#stop);
    process.off("exit", this.#remove);
    this.#remove();
  }
}

/** One record: the beginning of a finding, and the line it came from. */
interface SpooledRecord {
  readonly finding: Buffer;
  readonly line: Buffer;
}

/** A part of the file, and where it begins. */
interface Stretch {
  readonly at: number;
  readonly bytes: Buffer;
}
const nothing: Stretch = { at: 0, bytes: Buffer.alloc(0) };
const within = (stretch: Stretch, at: number, length: number): boolean => at >= stretch.at && at - stretch.at + length <= stretch.bytes.length;

/** What the head of a record says of it: bytes of the finding, of the line, and of all of it. */
function sizesOf(head: Buffer): { readonly finding: number; readonly line: number; readonly length: number } {
  const [finding, line] = [head.readUInt32LE(0), head.readUInt32LE(4)];
  return { finding, line, length: aligned(HEAD + finding + line) };
}

/** Findings in order, each beside the line it came from. */
export class Spool {
  #file: SealedFile | null = null;
  #block: Buffer = Buffer.allocUnsafe(BLOCK);
  #filled = 0;
  /** Where every {@link STRIDE}th record begins, in units of {@link ALIGN}: 64 GB at most. */
  readonly #places: Uint32Array[] = [];
  #count = 0;
  /** What was read last in order, and for one record by itself; opened. */
  #ahead: Stretch = nothing;
  #aside: Stretch = nothing;

  /** Bytes in it. */
  get size(): number {
    return (this.#file?.size ?? 0) + this.#filled;
  }

  #flush(): void {
    if (this.#filled === 0) return;
    this.#file ??= new SealedFile();
    this.#file.write(this.#block.subarray(0, this.#filled));
    this.#filled = 0;
  }

  /** Adds a record. @param finding text, stored as UTF-8; @param line bytes, copied. */
  add(finding: string, line: Uint8Array): void {
    const most = HEAD + finding.length * 3 + line.length + ALIGN;
    if (this.#filled + most > this.#block.length) {
      this.#flush();
      if (most > this.#block.length) this.#block = Buffer.allocUnsafe(most);
      else if (this.#block.length > BLOCK) this.#block = Buffer.allocUnsafe(BLOCK);
    }
    const at = this.#filled;
    const place = this.size / ALIGN;
    if (place > 0xffffffff) throw new CommandError("the findings take more than 64 GB", "give the messages in parts", 2);
    if (this.#count % STRIDE === 0) {
      const kept = this.#count / STRIDE;
      if (kept % PLACES === 0) this.#places.push(new Uint32Array(PLACES));
      const places = this.#places.at(-1);
      if (places !== undefined) places[kept % PLACES] = place;
    }
    this.#count++;
    const written = this.#block.write(finding, at + HEAD);
    this.#block.writeUInt32LE(written, at);
    this.#block.writeUInt32LE(line.length, at + 4);
    this.#block.set(line, at + HEAD + written);
    this.#filled = aligned(at + HEAD + written + line.length);
  }

  /** At least `length` bytes from `at` when there are as many; only good until the next call. `ahead`: what follows will be wanted too. */
  #bytes(at: number, length: number, ahead: boolean): Buffer {
    const written = this.#file?.size ?? 0;
    if (this.#file === null || at >= written) return this.#block.subarray(at - written, this.#filled);
    if (within(this.#ahead, at, length)) return this.#ahead.bytes.subarray(at - this.#ahead.at);
    if (within(this.#aside, at, length)) return this.#aside.bytes.subarray(at - this.#aside.at);
    const bytes = this.#file.read(at, Math.max(ahead ? BLOCK : PEEK, length));
    if (ahead) this.#ahead = { at, bytes };
    else this.#aside = { at, bytes };
    return bytes;
  }

  #record(at: number, ahead: boolean): SpooledRecord & { readonly next: number } {
    let bytes = this.#bytes(at, HEAD, ahead);
    const { finding, line, length } = sizesOf(bytes);
    if (bytes.length < length) bytes = this.#bytes(at, length, ahead);
    return { finding: bytes.subarray(HEAD, HEAD + finding), line: bytes.subarray(HEAD + finding, HEAD + finding + line), next: at + length };
  }

  /** The line of record `n`. Those asked for in order cost least. Only good until the next call. */
  line(n: number): Buffer {
    const kept = Math.floor(n / STRIDE);
    let at = (this.#places[Math.floor(kept / PLACES)]?.[kept % PLACES] ?? 0) * ALIGN;
    const ahead = at >= this.#ahead.at && at - this.#ahead.at < NEARBY;
    for (let left = n % STRIDE; left > 0; left--) at += sizesOf(this.#bytes(at, HEAD, ahead)).length;
    return this.#record(at, ahead).line;
  }

  /** All findings in order; each only good until the next. */
  *findings(): Generator<Buffer> {
    for (let at = 0, n = 0; n < this.#count; n++) {
      const { finding, next } = this.#record(at, true);
      yield finding;
      at = next;
    }
  }

  /** Removes all of it. */
  close(): void {
    this.#file?.close();
    this.#file = null;
    this.#filled = 0;
    this.#count = 0;
  }
}
