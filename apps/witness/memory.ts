/** What a witness remembers: the checkpoint it cosigned last of each log, on disk before anyone is answered. Used by watch.ts. */
import { createHash } from "node:crypto";
import { mkdir, open, readdir, readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import { formatCheckpoint, LedgerError, parseCheckpoint, type Checkpoint } from "@rugdekking/ledger";

/** Heads by origin, in memory and on disk. */
export interface WitnessMemory {
  /** The head cosigned last; null when this log was never cosigned. */
  latest(origin: string): Checkpoint | null;
  /** Resolves when the head would survive a power cut. Until then nothing is signed. */
  keep(checkpoint: Checkpoint): Promise<void>;
}

/** A log's file: the hash of its origin, since an origin may hold what a file name may not. */
const fileOf = (origin: string): string => `${createHash("sha256").update(origin).digest("hex")}.checkpoint`;

/**
 * Opens the folder of heads.
 * @throws LedgerError `checkpoint-malformed` naming a file that cannot be read: a head that is damaged is not the same as none, and starting afresh would be signing whatever a log shows.
 */
export async function openMemory(folder: string): Promise<WitnessMemory> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const heads = new Map<string, Checkpoint>();
  for (const name of await readdir(folder)) {
    // What a stroke of bad luck left before its rename was never answered for.
    if (!name.endsWith(".checkpoint")) continue;
    const path = join(folder, name);
    const head = readHead(await readFile(path, "utf8"), path);
    if (fileOf(head.origin) !== name) throw damaged(path, "it is of another log than its name says");
    heads.set(head.origin, head);
  }
  return {
    latest: (origin) => heads.get(origin) ?? null,
    keep: async (checkpoint) => {
      await replace(folder, fileOf(checkpoint.origin), formatCheckpoint({ ...checkpoint, extensions: [] }));
      heads.set(checkpoint.origin, checkpoint);
    },
  };
}

function readHead(text: string, path: string): Checkpoint {
  try {
    return parseCheckpoint(text);
  } catch (error) {
    if (error instanceof LedgerError) throw damaged(path, error.message);
    throw error;
  }
}

const damaged = (path: string, why: string): LedgerError =>
  new LedgerError("checkpoint-malformed", `${path} cannot be read: ${why}. Restore it from a backup; if there is none, begin a new witness with a new key.`);

/** Writes beside it, flushes, renames over it, and flushes the folder: after a crash either the old or the new text stands there. */
async function replace(folder: string, name: string, text: string): Promise<void> {
  const draft = join(folder, `${name}.new`);
  const file = await open(draft, "w", 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(draft, join(folder, name));
  const directory = await open(folder, "r");
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
