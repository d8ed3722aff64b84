/** Looks for a mark in everything a server has: every column of every table, every file, any bytes, plain or in the usual disguises. For the canary tests in this folder. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { sql, type Kysely } from "kysely";

/** The mark that goes into every sealed field and file name; nothing else in the tree holds it. */
export const mark = "KANARIE";

/** The mark as it would look in UTF-8, lower case, hex, UTF-16 and base64 at each of three offsets. */
const disguises = (): Buffer[] => {
  const plain = Buffer.from(mark);
  const shifted = [0, 1, 2].map((offset) => Buffer.concat([Buffer.alloc(offset, 65), plain, Buffer.from("-")]).toString("base64"));
  const base64 = shifted.map((text, offset) => Buffer.from(text.slice(offset === 0 ? 0 : 4, 4 + 4)));
  return [
    plain,
    Buffer.from(mark.toLowerCase()),
    Buffer.from(plain.toString("hex")),
    Buffer.from(mark, "utf16le"),
    ...base64.filter((part) => part.length >= 8),
  ];
};

/** Where the mark is in these bytes: one line per disguise found, empty when it is not there. */
export const findIn = (where: string, bytes: Buffer): string[] =>
  disguises()
    .filter((disguise) => bytes.includes(disguise))
    .map((disguise) => `${where}: ${disguise.toString()}`);

/** As {@link findIn}, and inside every long run of base64url as well. */
export const findInText = (where: string, text: string): string[] => [
  ...findIn(where, Buffer.from(text)),
  ...[...text.matchAll(/[A-Za-z0-9_-]{40,}/g)].flatMap(([part]) => findIn(`${where}, decoded`, Buffer.from(part, "base64url"))),
];

/** Every column of every table. `tables` says how many were read, so that a search of nothing shows. */
export async function searchTables<DB>(db: Kysely<DB>): Promise<{ readonly tables: number; readonly found: readonly string[] }> {
  const tables = await sql<{ name: string }>`select table_name as name from information_schema.tables where table_schema = 'public'`.execute(db);
  const found: string[] = [];
  for (const { name } of tables.rows) {
    const rows = await sql<{ row: string }>`select t::text as row from ${sql.table(name)} t`.execute(db);
    const columns = await sql<{
      name: string;
    }>`select column_name as name from information_schema.columns where table_name = ${name} and data_type = 'bytea'`.execute(db);
    // Statements are stored as JSON with base64url inside: the search looks inside them too.
    found.push(...rows.rows.flatMap(({ row }) => findInText(name, row)));
    for (const column of columns.rows) {
      const cells = await sql<{ cell: Buffer | null }>`select ${sql.ref(column.name)} as cell from ${sql.table(name)}`.execute(db);
      found.push(...findIn(`${name}.${column.name}`, Buffer.concat(cells.rows.map(({ cell }) => cell ?? Buffer.alloc(0)))));
    }
  }
  return { tables: tables.rows.length, found };
}

/** Every file below a folder, names included. `files` says how many were read. */
export async function searchFiles(folder: string): Promise<{ readonly files: number; readonly found: readonly string[] }> {
  const found: string[] = [];
  let files = 0;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    found.push(...findIn("file name", Buffer.from(entry.name)));
    if (!entry.isFile()) continue;
    files += 1;
    found.push(...findIn(entry.name, await readFile(join(entry.parentPath, entry.name))));
  }
  return { files, found };
}
