/** SHA-256 while bytes pass by: pure JavaScript by default (browser), the caller's own when it has a faster one (Node). For build and verify. */
import { sha256 } from "@noble/hashes/sha2.js";
import { base64urlnopad } from "@scure/base";

/** A running SHA-256. */
export interface RunningHash {
  update(bytes: Uint8Array): void;
  /** 32 bytes; call once. */
  digest(): Uint8Array;
}

/** Makes a {@link RunningHash}; Node callers inject `createHash("sha256")`, which is about five times faster. */
export type HashMaker = () => RunningHash;

/** The default: @noble/hashes, because WebCrypto has no incremental hash. */
export const portableHash: HashMaker = () => {
  const hash = sha256.create();
  return { update: (bytes) => void hash.update(bytes), digest: () => hash.digest() };
};

/** base64url without padding. */
export function base64url(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** Bytes of base64url without padding; null when the text is none, so that what others wrote is a finding and never an accident. */
export function fromBase64url(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.from(base64urlnopad.decode(text));
  } catch {
    return null;
  }
}

/** SHA-256 of bytes in memory, base64url. */
export function hashOf(bytes: Uint8Array, make: HashMaker): string {
  const hash = make();
  hash.update(bytes);
  return base64url(hash.digest());
}

/** Lets a stream pass unchanged and tells what went by: `done` is called once, at the end. */
export function watching(stream: ReadableStream<Uint8Array>, make: HashMaker, done: (sha256: string, size: number) => void): ReadableStream<Uint8Array> {
  const hash = make();
  let size = 0;
  return stream.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(piece, controller) {
        hash.update(piece);
        size += piece.length;
        controller.enqueue(piece);
      },
      flush() {
        done(base64url(hash.digest()), size);
      },
    }),
  );
}
