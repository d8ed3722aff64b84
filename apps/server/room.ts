/** Keeps the last room on the disk for what matters most: files of people without an account give way first, words last. For house.ts. */
import { statfs } from "node:fs/promises";
import type { RoomFor } from "#services/dossier/server/index.ts";
import { Problem } from "#services/problem/index.ts";

/** Share of the floor that must be free for each; see {@link RoomFor}. What members of desks write is taken until the disk is full. */
const shares: Readonly<Record<RoomFor, number>> = { "guest-file": 1, file: 1 / 2, "desk-file": 1 / 4, words: 1 / 8 };
/** The disk is looked at this often at most. Milliseconds. */
const every = 1000;

const mends: Readonly<Record<RoomFor, string>> = {
  "guest-file": "Send the report without files now, keep them yourself, and phone the desk; in danger call 112. Nothing of the file was stored.",
  file: "Send it without files now, keep them yourself, and phone the desk; in danger call 112. Nothing of the file was stored.",
  "desk-file": "Write without files, keep them yourself, and tell whoever runs this server. Nothing of the file was stored.",
  words: "Phone the desk; in danger call 112. Nothing was stored.",
};

/** Asks whether there is room. @throws {@link Problem} storage-full, with what to do */
export type Room = (kind: RoomFor) => Promise<void>;

/**
 * A question that is answered by a throw when too little is free where the data is.
 * @param floor bytes below which the first gives way
 * @param free bytes free now; the disk of `data` unless a test brings its own.
 */
export function roomOn(data: string, floor: number, free = async () => await freeBytes(data)): Room {
  let left = Promise.resolve(Number.POSITIVE_INFINITY);
  let lookedAt = Number.NEGATIVE_INFINITY;
  return async (kind) => {
    const now = performance.now();
    if (now - lookedAt > every) {
      lookedAt = now;
      left = free();
      // Who cannot be asked is asked again by the next one.
      left.catch(() => (lookedAt = Number.NEGATIVE_INFINITY));
    }
    if ((await left) < floor * shares[kind])
      throw new Problem("storage-full", "There is little room left on the server's disk, and it is kept for what matters most", mends[kind]);
  };
}

async function freeBytes(path: string): Promise<number> {
  const { bavail, bsize } = await statfs(path);
  return bavail * bsize;
}
