/**
 * A publication as a folder: its list of files (`inhoud.json`), the two statements about it, and nothing else. Called by publications.ts and pictures.ts.
 *
 * [Note: A folder is its list] Reading a folder means reading every file in it and holding it to the list: a file that is not in the list, one that is missing and one with another byte are refused by name. What is laid
 * out for readers is written from the bytes that were held to the list, never copied from the disk a second time.
 */
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { Check } from "typebox/value";
import { digestOf } from "@rugdekking/seal/verify";
import { CommandError } from "#apps/cli/command.ts";
import { codeOf, fileTrouble, readText } from "#apps/cli/plain-files.ts";
import { Envelope } from "#services/directory/contract/index.ts";
import { readManifest } from "#services/directory/client/index.ts";
import type { PublicationManifest } from "#services/directory/contract/clearance.ts";
import { Publication } from "#services/monitor/contract/publication.ts";

/** Names beside the files of a publication: their list, who made it, who cleared it. */
export const manifestFile = "inhoud.json";
export const madeFile = "gemaakt.json";
export const clearanceFile = "vrijgave.json";

/** A file of a publication; its name has a slash when it lies in a folder. */
export interface PublicationFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A folder that holds exactly what its list says. */
export interface HeldFolder {
  readonly list: PublicationManifest;
  /** Bytes of the list: what is signed. */
  readonly manifest: Uint8Array;
  /** All files, with the list and the statements that are there. */
  readonly files: readonly PublicationFile[];
}

/** The same, of the Monitor. */
export interface WholeFolder extends Omit<HeldFolder, "list"> {
  readonly publication: Publication;
}

/** Parsed JSON of a file. @throws {@link CommandError} */
export async function readJson(path: string): Promise<unknown> {
  const text = await readText(path);
  try {
    return JSON.parse(text);
  } catch {
    throw new CommandError(`${path} is no JSON`, "take the file as it was written");
  }
}

/** @throws {@link CommandError} when it is no publication. */
export async function readPublication(path: string): Promise<Publication> {
  const value = await readJson(path);
  if (Check(Publication, value)) return value;
  throw new CommandError(`${path} is no publication of the Monitor`, "take publication.json as it was written");
}

/** Bytes of a file. @throws {@link CommandError} */
export async function bytesOf(path: string): Promise<Uint8Array> {
  try {
    return new Uint8Array(await readFile(path));
  } catch (error) {
    throw fileTrouble(path, error);
  }
}

/** Names of all files below a folder. @throws {@link CommandError} for a link or anything else that is neither file nor folder. */
async function namesIn(folder: string, before = ""): Promise<readonly string[]> {
  const found = await readdir(join(folder, before), { withFileTypes: true }).catch((error: unknown) => {
    throw fileTrouble(join(folder, before), error);
  });
  const names: string[] = [];
  for (const entry of found) {
    const name = `${before}${entry.name}`;
    if (entry.isDirectory()) names.push(...(await namesIn(folder, `${name}/`)));
    else if (entry.isFile()) names.push(name);
    else throw new CommandError(`${join(folder, name)} is no file of its own`, "a publication holds files only; take the folder as it was written");
  }
  return names;
}

/** The list of these files, as it is written. */
export async function manifestOf({ id, wave }: { readonly id: string; readonly wave: string }, files: readonly PublicationFile[]): Promise<Uint8Array> {
  const manifest: PublicationManifest = {
    version: 1,
    publication: id,
    wave,
    files: await Promise.all(files.map(async ({ name, bytes }) => ({ name, digest: await digestOf(bytes) }))),
  };
  return new TextEncoder().encode(JSON.stringify(manifest));
}

/**
 * Reads a folder and holds it to its list; see [Note: A folder is its list].
 * @throws {@link CommandError} naming the file that is missing, changed or not in the list; Problem when the list has another form.
 */
export async function readHeld(folder: string): Promise<HeldFolder> {
  const manifest = await bytesOf(join(folder, manifestFile));
  const list = readManifest(manifest);
  const beside = [manifestFile, madeFile, clearanceFile];
  const there = new Set(await namesIn(folder));
  const wanted = new Map(list.files.map(({ name, digest }) => [name, digest]));
  const stray = [...there].find((name) => !wanted.has(name) && !beside.includes(name));
  if (stray !== undefined)
    throw new CommandError(`${join(folder, stray)} is not in ${manifestFile}`, "take it out: nothing is signed or laid out that the list does not name");
  const files: PublicationFile[] = [];
  for (const name of [...wanted.keys(), ...beside.filter((one) => there.has(one))]) {
    const bytes = name === manifestFile ? manifest : await bytesOf(join(folder, name));
    const digest = wanted.get(name);
    if (digest !== undefined && digest !== (await digestOf(bytes)))
      throw new CommandError(`${join(folder, name)} is another file than ${manifestFile} says`, "take the folder as it was written when it was published");
    files.push({ name, bytes });
  }
  if (!wanted.has("publication.json"))
    throw new CommandError(`${join(folder, manifestFile)} does not name publication.json`, "take the folder as it was written");
  return { list, manifest, files };
}

/** Reads a folder with a publication of the Monitor. @throws as {@link readHeld}; {@link CommandError} when it is the list of another publication. */
export async function readWhole(folder: string): Promise<WholeFolder> {
  const { list, manifest, files } = await readHeld(folder);
  const publication = await readPublication(join(folder, "publication.json"));
  if (publication.id !== list.publication || publication.wave !== list.wave)
    throw new CommandError(`${join(folder, manifestFile)} is the list of another publication`, "take the folder as it was written");
  return { publication, manifest, files };
}

/** Where a folder is made ready: beside its place, under a name that is never handed out. */
export const unfinishedOf = (folder: string): string => join(dirname(resolve(folder)), `.${basename(resolve(folder))}.unfinished`);

/** Whether there is anything of that name. */
export async function isThere(path: string): Promise<boolean> {
  return await readdir(path).then(
    () => true,
    (error: unknown) => codeOf(error) !== "ENOENT",
  );
}

/** Writes files into a new folder. @throws {@link CommandError} when it is there already, naming it. */
export async function writeFolder(folder: string, files: readonly PublicationFile[]): Promise<void> {
  try {
    await mkdir(folder, { recursive: false });
    for (const below of new Set(files.flatMap(({ name }) => (name.includes("/") ? [dirname(name)] : []))))
      await mkdir(join(folder, below), { recursive: true });
    for (const { name, bytes } of files) await writeFile(join(folder, name), bytes, { flag: "wx" });
  } catch (error) {
    if (codeOf(error) === "EEXIST") throw new CommandError(`${folder} is there, of a run that was cut off`, "remove that folder, then run this again");
    throw fileTrouble(folder, error);
  }
}

/** Gives a folder that was made ready its name. @throws {@link CommandError} when that is taken. */
export async function finish(folder: string): Promise<void> {
  if (await isThere(folder)) throw new CommandError(`${folder} exists already`, "choose another name; nothing is overwritten");
  await rename(unfinishedOf(folder), folder).catch((error: unknown) => {
    throw fileTrouble(folder, error);
  });
}

/** Lays files out under a name, unless the same lie there. What a run that was cut off left half written is a copy, and made anew. @throws {@link CommandError} when other files lie there. */
export async function layOut(folder: string, files: readonly PublicationFile[]): Promise<void> {
  const same = async (): Promise<boolean> => {
    const names = await namesIn(folder);
    if (names.length !== files.length) return false;
    for (const { name, bytes } of files) if (!names.includes(name) || !Buffer.from(bytes).equals(await bytesOf(join(folder, name)))) return false;
    return true;
  };
  if (await isThere(folder)) {
    if (await same()) return;
    throw new CommandError(`${folder} exists already, with other files`, "what was published is never changed: a correction is a new edition");
  }
  await rm(unfinishedOf(folder), { recursive: true, force: true });
  await writeFolder(unfinishedOf(folder), files);
  await finish(folder);
}

/** A statement that lies in a folder. @throws {@link CommandError} with how to get one when it is not there */
export async function statementIn(folder: string, name: string, mend: string): Promise<Envelope> {
  const path = join(folder, name);
  const envelope = await readJson(path).catch((error: unknown) => {
    throw error instanceof CommandError ? new CommandError(error.message, mend) : error;
  });
  if (Check(Envelope, envelope)) return envelope;
  throw new CommandError(`${path} is no signed statement`, "take it as it was written");
}
