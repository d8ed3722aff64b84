/** What a backup says of itself: `manifest.json`, which names every other file with its SHA-256. Read by restore and the doctor, written by take.ts. */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import Type, { type Static } from "typebox";
import { Check } from "typebox/value";
import { CommandError } from "#apps/cli/command.ts";

const Hash = Type.String({ pattern: "^[0-9a-f]{64}$", description: "SHA-256 in hex" });
const Name = Type.String({ pattern: "^[a-z][a-z0-9_]*$" });

/** One table as it was in the snapshot. */
export const TableRecord = Type.Object(
  {
    name: Name,
    columns: Type.Array(Name),
    /** Columns of the primary key, in whose order the rows stand. */
    key: Type.Array(Name),
    rows: Type.Integer({ minimum: 0 }),
    /** Of the rows in PostgreSQL's COPY text form, before compression: two backups of the same content have the same. */
    content: Hash,
    /** Of the file `tables/<name>.copy.gz`. */
    file: Hash,
  },
  { additionalProperties: false },
);
export type TableRecord = Static<typeof TableRecord>;

export const Manifest = Type.Object(
  {
    format: Type.Literal("rugdekking backup 1"),
    made: Type.String({ format: "date-time", description: "when the snapshot was taken, by the database's clock" }),
    program: Type.String(),
    postgres: Type.String(),
    /** Every step of the schema that was applied, with the hash of its text. */
    schema: Type.Array(Type.Object({ id: Type.String(), hash: Hash }, { additionalProperties: false })),
    /** Null for a house that never started: there is no log yet. */
    log: Type.Union([Type.Null(), Type.Object({ verifierKey: Type.String(), checkpoint: Type.String() }, { additionalProperties: false })]),
    tables: Type.Array(TableRecord),
    blobs: Type.Object(
      {
        count: Type.Integer({ minimum: 0 }),
        bytes: Type.Integer({ minimum: 0 }),
        /** Of the file `blobs.list.gz`: key and length of each, one a line. */
        list: Hash,
        /** Sealed files that were erased between the snapshot and the copy; their entries stand, they do not. */
        erased: Type.Array(Type.String()),
      },
      { additionalProperties: false },
    ),
    /** How the house's secrets came along: `keys.age`, `keys.json` in the clear, or not at all. */
    keys: Type.Union([
      Type.Null(),
      Type.Object({ form: Type.Union([Type.Literal("age"), Type.Literal("plain")]), file: Hash }, { additionalProperties: false }),
    ]),
  },
  { additionalProperties: false },
);
export type Manifest = Static<typeof Manifest>;

/** Name of that file. */
export const manifestFile = "manifest.json";

/** @throws {@link CommandError} when there is none, or it is not one. */
export async function readManifest(folder: string): Promise<Manifest> {
  const path = join(folder, manifestFile);
  let value: unknown;
  try {
    value = JSON.parse(await readFile(path, "utf8"));
  } catch {
    throw new CommandError(`${path} cannot be read`, "give the folder that rugdekking backup made, whole");
  }
  if (Check(Manifest, value)) return value;
  throw new CommandError(`${path} is not the manifest of a backup of this form`, "give the folder that rugdekking backup made, unchanged");
}

/** SHA-256 of a file in hex, read as a stream; null when it is not there. */
export async function hashOfFile(path: string): Promise<{ readonly hash: string; readonly size: number } | null> {
  const hash = createHash("sha256");
  let size = 0;
  try {
    for await (const piece of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
      hash.update(piece);
      size += piece.length;
    }
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
  return { hash: hash.digest("hex"), size };
}

export const tablePath = (folder: string, name: string): string => join(folder, "tables", `${name}.copy.gz`);
export const blobPath = (folder: string, key: string): string => join(folder, "blobs", key.slice(0, 2), key.slice(2));
export const blobListFile = "blobs.list.gz";
