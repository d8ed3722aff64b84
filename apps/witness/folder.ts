/** The folder of a witness: its key, the logs it watches, the heads it cosigned. Made by `rugdekking witness init`, read by `run` and `key`. */
import { readFileSync, rmSync } from "node:fs";
import { mkdir, open, readFile, rm } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { generateWitnessKey, parseVerifierKey, parseWitnessSigner, type NoteSigner, type NoteVerifier } from "@rugdekking/ledger";

const keyFile = (folder: string): string => join(folder, "witness-key");
const logsFile = (folder: string): string => join(folder, "logs");
const lockFile = (folder: string): string => join(folder, "running");
/** Where the heads are kept. */
export const headsFolder = (folder: string): string => join(folder, "heads");

async function writeOnce(path: string, text: string): Promise<void> {
  const file = await open(path, "wx", 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/**
 * Makes a witness: a key of its own and the list of logs.
 * @param logs verifier keys, each read here so that a slip of the pen is found now. @returns the public key to give to the logs and to those who check.
 * @throws LedgerError `key-malformed`; `EEXIST` of node:fs when there is a witness in this folder.
 */
export async function makeWitness(folder: string, name: string, logs: readonly string[]): Promise<string> {
  logs.forEach((log) => parseVerifierKey(log));
  const { signerKey, verifierKey } = await generateWitnessKey(name);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeOnce(keyFile(folder), `${signerKey}\n`);
  await writeOnce(logsFile(folder), logs.map((log) => `${log}\n`).join(""));
  return verifierKey;
}

/** Reads the key of a witness. @throws LedgerError `key-malformed`, what node:fs throws. */
export const readWitnessSigner = async (folder: string): Promise<NoteSigner> => await parseWitnessSigner((await readFile(keyFile(folder), "utf8")).trim());

/** Reads which logs are watched: a verifier key a line; empty lines and those with `#` are passed over. A log whose key changes keeps two lines under one name. @throws LedgerError `key-malformed`. */
export async function readWatchedLogs(folder: string): Promise<ReadonlyMap<string, readonly NoteVerifier[]>> {
  const logs = new Map<string, NoteVerifier[]>();
  for (const line of (await readFile(logsFile(folder), "utf8")).split("\n").map((one) => one.trim())) {
    if (line === "" || line.startsWith("#")) continue;
    const key = parseVerifierKey(line);
    logs.set(key.name, [...(logs.get(key.name) ?? []), key]);
  }
  return logs;
}

/**
 * Holds the folder for this process: two programs on one folder could each sign a tree that the other has not heard of.
 * What a killed process left is taken over when it was of this machine and no longer runs.
 * @returns false when another process holds it.
 */
export async function holdFolder(folder: string): Promise<boolean> {
  const own = `${hostname()} ${process.pid}\n`;
  try {
    await writeOnce(lockFile(folder), own);
  } catch (error) {
    if (!(error instanceof Error) || !("code" in error) || error.code !== "EEXIST") throw error;
    const [machine, pid] = (await readFile(lockFile(folder), "utf8")).trim().split(" ");
    if (machine !== hostname() || (Number(pid) !== process.pid && isRunning(Number(pid)))) return false;
    await rm(lockFile(folder), { force: true });
    return await holdFolder(folder);
  }
  process.once("exit", () => rmQuietly(lockFile(folder), own));
  return true;
}

function rmQuietly(path: string, own: string): void {
  // At exit there is no waiting any more.
  try {
    if (readFileSync(path, "utf8") === own) rmSync(path, { force: true });
  } catch {
    // Taken over or gone: nothing to clear.
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
