/** How a register of facts is read: shape first, then the checks a schema cannot say, each failure naming file and row. Used by the registers' own index files. */
import type { Static, TSchema } from "typebox";
import { Check, Errors } from "typebox/value";
import { RegisterError } from "./rows.ts";

export { idPattern, known, onlyOnce, RegisterError } from "./rows.ts";

/**
 * Reads a register that was parsed from JSON.
 * @param schema what the file promises
 * @param file path from the root of the tree, for the message
 * @throws {@link RegisterError} naming the file, the row (by its id where it has one) and what is wrong.
 */
export function readRegister<T extends TSchema>(schema: T, value: unknown, file: string): Static<T> {
  if (Check(schema, value)) return value;
  const [first] = Errors(schema, value);
  const pointer = first?.instancePath ?? "";
  throw new RegisterError(`${file} ${rowOf(value, pointer)}: ${first?.message ?? "does not have the promised form"}`);
}

/** The row a JSON pointer leads to: the pointer itself, and the id of the innermost row on the way that has one. */
function rowOf(value: unknown, pointer: string): string {
  let here: unknown = value;
  let id = "";
  for (const step of pointer.split("/").slice(1)) {
    if (typeof here !== "object" || here === null) break;
    here = Reflect.get(here, step);
    const own: unknown = typeof here === "object" && here !== null ? Reflect.get(here, "id") : undefined;
    if (typeof own === "string") id = own;
  }
  return id === "" ? pointer || "/" : `${id} (${pointer})`;
}
