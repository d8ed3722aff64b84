/** Text files and what can be wrong with a path. Apart from files.ts, so that a command that needs no more does not load bundles. */
import { mkdir, open, readFile, rename, unlink } from "node:fs/promises";
import { dirname } from "node:path";
import { CommandError } from "./command.ts";

/** The system's own code of an error (`ENOENT`), or `error`. */
export const codeOf = (error: unknown): string => (error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "error");

/** Whether an error is the file system's own (`ENOSPC` and the like). */
export const isFileError = (error: unknown): boolean =>
  error instanceof Error && "code" in error && typeof error.code === "string" && /^E[A-Z]+$/.test(error.code);

/** Turns a file system error into one line. */
export function fileTrouble(path: string, error: unknown): CommandError {
  const code = codeOf(error);
  if (code === "ENOENT") return new CommandError(`${path} is not there`, "check the path");
  if (code === "EEXIST") return new CommandError(`${path} exists already`, "choose another name; nothing is overwritten");
  if (code === "EACCES" || code === "EPERM") return new CommandError(`${path} may not be read or written`, "check its rights", 2);
  if (code === "ENOSPC") return new CommandError(`${path} does not fit on the disk`, "make room", 2);
  if (code === "EISDIR") return new CommandError(`${path} is a folder`, "name a file");
  return new CommandError(`${path}: ${code}`, "check the path", 2);
}

/** A text file; the mark that some programs put before UTF-8 is left out. @throws {@link CommandError} */
export async function readText(path: string): Promise<string> {
  try {
    return (await readFile(path, "utf8")).replace(/^\uFEFF/, "");
  } catch (error) {
    throw fileTrouble(path, error);
  }
}

/** First line of a file that holds a secret. @throws {@link CommandError} when the file is empty or not there. */
export async function readSecret(path: string, what: string): Promise<string> {
  const line = (await readText(path)).split("\n")[0]?.trim() ?? "";
  if (line === "") throw new CommandError(`${path} holds no ${what}`, `put the ${what} on its first line`);
  return line;
}

/** A new file that only its owner may read: there and empty until it is written. */
export interface NewFile {
  /** Writes all of it, to the disk. @throws {@link CommandError} */
  readonly write: (text: string) => Promise<void>;
  /** Takes an unwritten file away again; does nothing once it was written. */
  readonly discard: () => Promise<void>;
}

/** Makes a new file before the work that fills it, so that long work does not end in a name that is taken. @throws {@link CommandError} when it exists. */
export async function openNew(path: string): Promise<NewFile> {
  try {
    await mkdir(dirname(path), { recursive: true });
    const handle = await open(path, "wx", 0o600);
    let unwritten = true;
    const end = async (): Promise<void> => {
      unwritten = false;
      await handle.close();
    };
    return {
      write: async (text) => {
        try {
          await handle.writeFile(text);
          await handle.sync();
          await end();
        } catch (error) {
          throw fileTrouble(path, error);
        }
      },
      discard: async () => {
        if (!unwritten) return;
        await end();
        await unlink(path);
      },
    };
  } catch (error) {
    throw fileTrouble(path, error);
  }
}

/** Writes a new file that only its owner may read. @throws {@link CommandError} when it exists. */
export async function writeNew(path: string, text: string): Promise<void> {
  const file = await openNew(path);
  try {
    await file.write(text);
  } finally {
    await file.discard();
  }
}

/** Makes a folder's list of names durable; systems that cannot open a folder do it by themselves. */
async function syncFolder(path: string): Promise<void> {
  try {
    const handle = await open(path, "r");
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (!["EISDIR", "EPERM", "EACCES", "EINVAL", "ENOTSUP"].includes(codeOf(error))) throw error;
  }
}

/** Writes a file, or writes it again, for its owner alone: whole and durable beside its place first, so that a crash or power cut leaves the old one or the new one. @throws {@link CommandError} */
export async function writeAgain(path: string, text: string): Promise<void> {
  try {
    const handle = await open(`${path}.new`, "w", 0o600);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(`${path}.new`, path);
    await syncFolder(dirname(path));
  } catch (error) {
    throw fileTrouble(path, error);
  }
}
