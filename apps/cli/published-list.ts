/** The list of what a server hands out, newest first, as it lies beside the folders. Called by publications.ts and pictures.ts. */
import { readFile } from "node:fs/promises";
import { CommandError } from "#apps/cli/command.ts";

/** Names in a list of publications; none when there is no list yet. @throws {@link CommandError} for a list that cannot be read */
export async function listed(path: string): Promise<readonly string[]> {
  const there = await readFile(path, "utf8").catch(() => null);
  if (there === null) return [];
  const broken = new CommandError(`${path} is no list of publications`, "mend it by hand");
  let value: unknown;
  try {
    value = JSON.parse(there);
  } catch {
    throw broken;
  }
  const ids: unknown = typeof value === "object" && value !== null ? Reflect.get(value, "publications") : null;
  if (!Array.isArray(ids) || !ids.every((id) => typeof id === "string")) throw broken;
  return ids;
}
