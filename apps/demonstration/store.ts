/** demonstration.json: the only place where the demonstration's secrets are kept, in the data directory, readable by its owner alone. No cryptography here: the server's route reads it too. */
import { chmod, mkdir, open, readFile, rename } from "node:fs/promises";
import { dirname, join } from "node:path";
import Type, { type Static } from "typebox";
import { Check } from "typebox/value";
import { Base64Url, Uuid } from "#services/directory/contract/index.ts";

const Person = Type.Object(
  {
    key: Type.String(),
    name: Type.String(),
    office: Type.String(),
    organisation: Type.String(),
    handle: Type.String(),
    passphrase: Type.String(),
    sheetCode: Type.String(),
    /** Null until registered. */
    person: Type.Union([Uuid, Type.Null()]),
  },
  { additionalProperties: false },
);

/** What the file holds. Steps done are kept, so that a first start that was cut off goes on where it was. */
export const DemonstrationFile = Type.Object(
  {
    format: Type.Literal("rugdekking-demonstration/1"),
    registrar: Type.Object({ seed: Base64Url, publicKey: Base64Url }, { additionalProperties: false }),
    persons: Type.Array(Person),
    /** Desk key -> desk id. */
    desks: Type.Record(Type.String(), Uuid),
    /** Dossier name -> dossier id. */
    dossiers: Type.Record(Type.String(), Uuid),
    /** Receipt code of the guest report; null until it was filed. */
    guestReceipt: Type.Union([Type.String(), Type.Null()]),
    /** The invented wave of the survey and every code of it, kept before they are put in; left out by demonstrations from before there was one. */
    monitor: Type.Optional(
      Type.Object(
        {
          wave: Type.String(),
          invitations: Type.Array(Type.Object({ code: Type.String(), stratum: Type.String() }, { additionalProperties: false })),
        },
        { additionalProperties: false },
      ),
    ),
    complete: Type.Boolean(),
  },
  { additionalProperties: false },
);
export type DemonstrationFile = Static<typeof DemonstrationFile>;

/** Four codes of each stratum of the invented wave: whoever looks around takes one of these, and the others stay people who did not answer. */
export const codesToTry = ({ monitor }: DemonstrationFile): readonly string[] =>
  [...Map.groupBy(monitor?.invitations ?? [], ({ stratum }) => stratum).values()].flatMap((own) => own.slice(0, 4).map(({ code }) => code));

/** Where the file is, in a data directory. */
export const demonstrationPath = (dataDirectory: string): string => join(dataDirectory, "demonstration.json");

/** Reads it; null when there is none. @throws Error when it is there and damaged. */
export async function readDemonstration(path: string): Promise<DemonstrationFile | null> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
  const value: unknown = JSON.parse(text);
  if (!Check(DemonstrationFile, value)) throw new Error(`${path} is not a demonstration file; remove the data directory to begin a new demonstration`);
  return value;
}

/** Writes it whole, then renames it into place; mode 0600. */
export async function writeDemonstration(path: string, file: DemonstrationFile): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.new`;
  const handle = await open(draft, "w", 0o600);
  await handle.writeFile(`${JSON.stringify(file, null, 2)}\n`);
  await handle.sync();
  await handle.close();
  await chmod(draft, 0o600);
  await rename(draft, path);
}
