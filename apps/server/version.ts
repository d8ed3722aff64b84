/** Which program this is, as its package says. For house.ts, backups and the doctor. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import Type from "typebox";
import { Parse } from "typebox/value";

/** Version of the program. */
export async function programVersion(): Promise<string> {
  const text = await readFile(join(import.meta.dirname, "..", "..", "package.json"), "utf8");
  return Parse(Type.Object({ version: Type.String() }), JSON.parse(text)).version;
}
