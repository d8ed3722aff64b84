/** Reads the content of an entry from a JSON file and checks it against its contract, so that a mistake is told before anything is sealed. For commands whose content is more than a line. */
import type { Static, TSchema } from "typebox";
import { Check, Errors } from "typebox/value";
import { CommandError } from "./command.ts";
import { readText } from "./files.ts";

/**
 * The file's object, with what a person need not write filled in.
 * @param fill fields that are the same for everyone (`version`, empty `attachments`); they win over the file.
 * @throws {@link CommandError} naming the first field that is wrong.
 */
export async function bodyFrom<S extends TSchema>(path: string, schema: S, fill: Readonly<Record<string, unknown>>): Promise<Static<S>> {
  let value: unknown;
  try {
    value = JSON.parse(await readText(path));
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw new CommandError(`${path} is not JSON`, "see docs for the shape of this entry");
  }
  const whole: unknown = typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value, ...fill } : value;
  if (Check(schema, whole)) return whole;
  const [first] = Errors(schema, whole);
  throw new CommandError(
    `${path}: ${first === undefined ? "not the content of this entry" : `${first.instancePath || "/"} ${first.message}`}`,
    "correct the field and try again; nothing was sent",
  );
}
