/** SHA-256 over a stream, piece by piece: Node's own where there is one (native speed), noble elsewhere, as WebCrypto cannot hash in pieces. Used by uploads and downloads. */
import { sha256 } from "@noble/hashes/sha2.js";
import { base64urlnopad } from "@scure/base";

/** A running SHA-256. */
export interface RunningDigest {
  update(bytes: Uint8Array): void;
  /** base64url of everything so far; ends the run. */
  finish(): string;
}

/** Starts a SHA-256. */
export function startDigest(): RunningDigest {
  const node = globalThis.process?.getBuiltinModule?.("node:crypto");
  if (node !== undefined) {
    const hash = node.createHash("sha256");
    return { update: (bytes) => void hash.update(bytes), finish: () => hash.digest("base64url") };
  }
  const hash = sha256.create();
  return { update: (bytes) => void hash.update(bytes), finish: () => base64urlnopad.encode(hash.digest()) };
}

/** Lets bytes pass and tells each piece to `seen`. */
export function watched(stream: ReadableStream<Uint8Array>, seen: (piece: Uint8Array) => void): ReadableStream<Uint8Array> {
  return stream.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(piece, controller) {
        seen(piece);
        controller.enqueue(piece);
      },
    }),
  );
}
