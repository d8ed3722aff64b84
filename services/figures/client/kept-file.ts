/** Keeps the facts of a command line in one folder, sealed under a key beside them that goes when the last one goes. Imported by apps/cli only (needs the file system). */
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { DraftStore } from "#services/dossier/client/drafts.ts";

const algorithm = "aes-256-gcm";
const keyName = "key";
const ending = ".fact";
const isGone = (error: unknown): boolean => error instanceof Error && "code" in error && error.code === "ENOENT";

async function readIfThere(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path);
  } catch (error) {
    if (isGone(error)) return null;
    throw error;
  }
}

/** The store of a folder; makes it when something is written. What does not open is null, as if it were not there. */
export function fileDraftStore(folder: string): DraftStore {
  const keyFile = join(folder, keyName);
  const fileOf = (name: string): string => join(folder, `${name}${ending}`);
  const write = async (name: string, draft: unknown): Promise<void> => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    let key = await readIfThere(keyFile);
    if (key === null) {
      key = randomBytes(32);
      await writeFile(keyFile, key, { mode: 0o600, flag: "wx" });
    }
    const nonce = randomBytes(12);
    const cipher = createCipheriv(algorithm, key, nonce).setAAD(Buffer.from(name));
    const sealed = Buffer.concat([cipher.update(JSON.stringify(draft)), cipher.final()]);
    const fresh = `${fileOf(name)}.${process.pid}.new`;
    await writeFile(fresh, Buffer.concat([nonce, cipher.getAuthTag(), sealed]), { mode: 0o600 });
    await rename(fresh, fileOf(name));
  };
  const clear = async (): Promise<void> => await rm(folder, { recursive: true, force: true });
  return {
    async read(name) {
      const [key, bytes] = await Promise.all([readIfThere(keyFile), readIfThere(fileOf(name))]);
      if (key === null || bytes === null) return null;
      try {
        const decipher = createDecipheriv(algorithm, key, bytes.subarray(0, 12)).setAAD(Buffer.from(name)).setAuthTag(bytes.subarray(12, 28));
        return JSON.parse(Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString("utf8"));
      } catch {
        return null;
      }
    },
    write,
    async replaceAll(name, draft) {
      await clear();
      await write(name, draft);
    },
    remove: async (name) => await rm(fileOf(name), { force: true }),
    clear,
    async names() {
      try {
        return (await readdir(folder)).flatMap((file) => (file.endsWith(ending) ? [file.slice(0, -ending.length)] : []));
      } catch (error) {
        if (isGone(error)) return [];
        throw error;
      }
    },
  };
}
