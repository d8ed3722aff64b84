/** Keeps the last room on the disk for the people a desk vouches for: reports and files of anyone else are put off before it is gone. For house.ts. */
import { statfs } from "node:fs/promises";
import { Problem } from "#services/problem/index.ts";

/** What anyone may fill the disk up to: bytes that stay free for desks, the database and the log. */
const keptFree = 2 * 1024 ** 3;
/** The disk is looked at this often at most. Milliseconds. */
const every = 1000;

/**
 * A question that is answered by a throw when less than `kept` bytes are free where the data is.
 * @param free bytes free now; the disk of `data` unless a test brings its own.
 */
export function roomOn(data: string, kept = keptFree, free = async () => await freeBytes(data)): () => Promise<void> {
  let left = Number.POSITIVE_INFINITY;
  let lookedAt = Number.NEGATIVE_INFINITY;
  return async () => {
    const now = performance.now();
    if (now - lookedAt > every) {
      lookedAt = now;
      left = await free();
    }
    if (left < kept)
      throw new Problem(
        "storage-full",
        "There is little room left on the server's disk, and it is kept for the desks",
        "Phone the desk; or try again later. Nothing was stored.",
      );
  };
}

async function freeBytes(path: string): Promise<number> {
  const { bavail, bsize } = await statfs(path);
  return bavail * bsize;
}
