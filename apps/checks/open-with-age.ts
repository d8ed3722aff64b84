/** Opens a take-away file the way a stranger would: unpacks it, and lets the real `age` program open every item with the key that lies in it. For the journeys in this folder. */
import { execFile } from "node:child_process";
import { openAsBlob } from "node:fs";
import { mkdir, open, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { Parse } from "typebox/value";
import { blobAccess, zipReader } from "#services/dossier/bundle/index.ts";
import Type from "typebox";

const run = promisify(execFile);

const Index = Type.Object({ files: Type.Array(Type.Object({ name: Type.String(), item: Type.Optional(Type.String()) })) });

/** Unpacks a ZIP into a folder. */
async function unpack(zip: string, folder: string): Promise<void> {
  const reader = await zipReader(blobAccess(await openAsBlob(zip)));
  for (const name of await reader.names()) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    const file = await open(path, "w");
    for await (const piece of await reader.open(name)) await file.write(piece);
    await file.close();
  }
}

/**
 * Unpacks the ZIP and opens every attachment with `age -d -i key.txt`.
 * @returns per original file its name and whether what `age` gave begins with exactly its bytes and goes on with zero bytes only (padding).
 */
export async function openWithAge(zip: string, folder: string): Promise<{ readonly name: string; readonly same: boolean }[]> {
  await unpack(zip, folder);
  const { files } = Parse(Index, JSON.parse(await readFile(join(folder, "bundle.json"), "utf8")));
  const program = process.env["AGE_PATH"] ?? "age";
  const opened: { name: string; same: boolean }[] = [];
  for (const { name, item } of files) {
    if (!name.startsWith("originals/") || name.endsWith(".json") || item === undefined) continue;
    const out = join(folder, "opened");
    await run(program, ["-d", "-i", join(folder, "key.txt"), "-o", out, join(folder, "items", `${item}.age`)]);
    const [original, given] = await Promise.all([readFile(join(folder, name)), readFile(out)]);
    const rest = given.subarray(original.length);
    opened.push({ name, same: given.subarray(0, original.length).equals(original) && rest.every((byte) => byte === 0) });
  }
  return opened;
}
