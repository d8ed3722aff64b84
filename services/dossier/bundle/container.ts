/** The two doors through which a bundle is written and read (a ZIP or a folder); imported by build, verify and by whoever injects real files. */

/** A stream whose length is known before it is read; a ZIP and a progress bar both need it. */
export interface Measured {
  readonly stream: ReadableStream<Uint8Array>;
  /** Bytes the stream will give, exactly. */
  readonly size: number;
}

/** Takes the bundle's files in order. Names are relative, with `/`, and were checked by {@link isBundlePath}. */
export interface BundleWriter {
  put(name: string, content: Uint8Array | Measured): Promise<void>;
  /** Writes what closes the container; nothing may be put after it. */
  close(): Promise<void>;
}

/** Gives the bundle's files back, in any order, as often as asked. */
export interface BundleReader {
  /** Every file name in the container, without folders. */
  names(): Promise<readonly string[]>;
  /** @throws {@link ContainerError} `file-missing` */
  size(name: string): Promise<number>;
  /** A fresh stream from the first byte. @throws {@link ContainerError} `file-missing`, `container-broken` */
  open(name: string): Promise<ReadableStream<Uint8Array>>;
}

export type ContainerErrorCode = "file-missing" | "container-broken" | "name-refused" | "size-wrong";

/** The container itself is wrong: not a ZIP of ours, a name that would leave the folder, a file that is not there. */
export class ContainerError extends Error {
  override readonly name = "ContainerError";
  readonly code: ContainerErrorCode;
  /** Name inside the container, when one file is to blame. */
  readonly file: string | null;

  constructor(code: ContainerErrorCode, message: string, file: string | null = null) {
    super(message);
    this.code = code;
    this.file = file;
  }
}

/** Whether a name may be unpacked anywhere: relative, no `..`, no drive, no backslash, no control characters, at most 240 characters. */
export function isBundlePath(name: string): boolean {
  if (name.length === 0 || name.length > 240) return false;
  // oxlint-disable-next-line no-control-regex -- control characters in a file name are exactly what is refused here
  if (/[\u0000-\u001f\u007f\\:*?"<>|]/.test(name)) return false;
  return name.split("/").every((part) => part !== "" && part !== "." && part !== ".." && !part.endsWith("."));
}

/** All of a small file. @throws {@link ContainerError} `size-wrong` above `limit` bytes, so that no file can fill the memory. */
export async function readWhole(reader: BundleReader, name: string, limit: number): Promise<Uint8Array> {
  const size = await reader.size(name);
  if (size > limit) throw new ContainerError("size-wrong", `${name} holds ${size} bytes; at most ${limit} are expected`, name);
  const whole = new Uint8Array(size);
  let at = 0;
  for await (const piece of await reader.open(name)) {
    if (at + piece.length > size) throw new ContainerError("size-wrong", `${name} is longer than it says`, name);
    whole.set(piece, at);
    at += piece.length;
  }
  if (at !== size) throw new ContainerError("size-wrong", `${name} ends after ${at} of ${size} bytes`, name);
  return whole;
}

/** A bundle in memory: for tests and for small bundles in a browser. */
export function memoryBundle(files: Map<string, Uint8Array> = new Map()): BundleReader & BundleWriter & { readonly files: Map<string, Uint8Array> } {
  const find = (name: string): Uint8Array => {
    const file = files.get(name);
    if (file === undefined) throw new ContainerError("file-missing", `${name} is not in the bundle`, name);
    return file;
  };
  return {
    files,
    async put(name, content) {
      if (!isBundlePath(name)) throw new ContainerError("name-refused", `${JSON.stringify(name)} may not be a file name in a bundle`, name);
      if (content instanceof Uint8Array) {
        files.set(name, content);
        return;
      }
      const whole = new Uint8Array(content.size);
      let at = 0;
      for await (const piece of content.stream) {
        whole.set(piece, at);
        at += piece.length;
      }
      if (at !== content.size) throw new ContainerError("size-wrong", `${name}: ${at} bytes came where ${content.size} were announced`, name);
      files.set(name, whole);
    },
    async close() {},
    async names() {
      return [...files.keys()];
    },
    async size(name) {
      return find(name).length;
    },
    async open(name) {
      return new Blob([find(name).slice()]).stream();
    },
  };
}
