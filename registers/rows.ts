/** What every reader of a register says and checks about rows, without a schema library: pages that must stay small read their register with this alone. Used by registers only. */

/** A row of a register does not have the form its head promises, or names something that is not there. */
export class RegisterError extends Error {
  override readonly name = "RegisterError";
}

/** Stable id inside one register; the pattern of `LocalId` in the scanning contract, so that an id may travel in a sealed body. */
export const idPattern = "^[a-z0-9-]{1,40}$";

/** Row ids must be there once. @throws {@link RegisterError} naming the file and the id that stands twice. */
export function onlyOnce(rows: readonly { readonly id: string }[], file: string): void {
  const seen = new Set<string>();
  for (const { id } of rows) {
    if (seen.has(id)) throw new RegisterError(`${file} ${id}: this id stands twice`);
    seen.add(id);
  }
}

/** Every named id must be known. @throws {@link RegisterError} naming the file, the row and the id that leads nowhere. */
export function known(names: Iterable<string>, among: ReadonlySet<string>, file: string, row: string, what: string): void {
  for (const name of names) if (!among.has(name)) throw new RegisterError(`${file} ${row}: ${what} ${name} does not exist`);
}
