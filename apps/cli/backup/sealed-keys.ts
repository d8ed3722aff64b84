/** The house's secrets as one age file: whoever finds a backup must not find the keys beside it. Only take.ts and put-back.ts call this. */
import { Decrypter, Encrypter } from "age-encryption";
import { chmod, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import Type, { type Static } from "typebox";
import { Check } from "typebox/value";
import { CommandError } from "#apps/cli/command.ts";

/** Files of the folder of keys by name. */
const Keys = Type.Record(Type.String({ pattern: "^[a-z][a-z-]{0,40}$" }), Type.String({ maxLength: 10_000 }));
type Keys = Static<typeof Keys>;

async function readKeys(folder: string): Promise<Keys> {
  const keys: Keys = {};
  for (const name of (await readdir(folder)).toSorted()) if (/^[a-z][a-z-]{0,40}$/u.test(name)) keys[name] = await readFile(join(folder, name), "utf8");
  return keys;
}

/** The keys of a folder, sealed to an age recipient (`age1…`). @throws {@link CommandError} when the recipient is none. */
export async function sealKeys(folder: string, recipient: string): Promise<Uint8Array> {
  const encrypter = new Encrypter();
  try {
    encrypter.addRecipient(recipient);
  } catch {
    throw new CommandError("--keys-to is not an age recipient", "give the age1… that age-keygen printed; keep its identity away from the backups");
  }
  return await encrypter.encrypt(plain(await readKeys(folder)));
}

/** The keys of a folder in the clear. */
export async function plainKeys(folder: string): Promise<Uint8Array> {
  return Buffer.from(plain(await readKeys(folder)));
}
const plain = (keys: Keys): string => `${JSON.stringify(keys, null, 2)}\n`;

/** Puts keys into a folder, readable to its owner alone. @param identity text of an age identity file; null for keys in the clear. @throws {@link CommandError} */
export async function restoreKeys(bytes: Uint8Array, identity: string | null, folder: string): Promise<readonly string[]> {
  const text = identity === null ? Buffer.from(bytes).toString("utf8") : await open(bytes, identity);
  const keys: unknown = JSON.parse(text);
  if (!Check(Keys, keys)) throw new CommandError("the keys of the backup are damaged", "take those of another backup of the same house");
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  for (const [name, content] of Object.entries(keys)) await writeFile(join(folder, name), content, { mode: 0o600, flag: "wx" });
  return Object.keys(keys);
}

async function open(bytes: Uint8Array, identity: string): Promise<string> {
  const decrypter = new Decrypter();
  try {
    for (const line of identity.split("\n")) if (line.startsWith("AGE-SECRET-KEY-")) decrypter.addIdentity(line.trim());
    return await decrypter.decrypt(bytes, "text");
  } catch {
    throw new CommandError("the identity does not open the keys of this backup", "give the age identity that belongs to the recipient it was made with");
  }
}
