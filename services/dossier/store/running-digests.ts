/** SHA-256 of uploads while they grow, as far as this process saw every byte; for the two blob stores of this room. */
import { createHash, type Hash } from "node:crypto";

/** Uploads whose digest is kept while they grow; of any other what was stored is read once more at its end. */
const most = 256;

/** A digest and the bytes it covers. */
export interface RunningDigest {
  readonly hash: Hash;
  position: number;
}

/** Digests of unfinished uploads, so that the last piece need not wait until a gigabyte is read once more; the oldest is forgotten first. */
export class RunningDigests {
  readonly #known = new Map<string, RunningDigest>();

  /** The digest of what lies before `offset`; null when this process did not write all of that. */
  at(upload: string, offset: number): RunningDigest | null {
    const known = offset === 0 ? { hash: createHash("sha256"), position: 0 } : this.#known.get(upload);
    this.#known.delete(upload);
    if (known?.position !== offset) return null;
    const [oldest] = this.#known.keys();
    if (oldest !== undefined && this.#known.size >= most) this.#known.delete(oldest);
    this.#known.set(upload, known);
    return known;
  }

  /** Hands out and forgets the digest of the whole, when it covers exactly `size` bytes. */
  take(upload: string, size: number): Buffer | null {
    const known = this.#known.get(upload);
    this.#known.delete(upload);
    return known?.position === size ? known.hash.digest() : null;
  }

  forget(upload: string): void {
    this.#known.delete(upload);
  }
}
