/** The organisations of the registers as one checked list: 342 gemeenten, 12 provincies, 21 waterschappen and the others on the road. Read by apps/server at start. */
import { readFile } from "node:fs/promises";
import { RegisterError } from "#registers/register.ts";
import { organisationKinds, type Organisation } from "#services/directory/contract/index.ts";

/** How many there must be; a register with another count was damaged or belongs to another year. */
const counts = { municipality: 342, province: 12, "water-authority": 21 } as const;

/**
 * Reads and checks all registers.
 * @throws {@link RegisterError} naming file and line.
 */
export async function readOrganisations(): Promise<Organisation[]> {
  const lists = await Promise.all([
    readRegister("municipalities.csv", "municipality"),
    readRegister("provinces.csv", "province"),
    readRegister("water-authorities.csv", "water-authority"),
    readRegister("others.csv", null),
  ]);
  const all = lists.flat();
  for (const [kind, count] of Object.entries(counts)) {
    const found = all.filter((organisation) => organisation.kind === kind).length;
    if (found !== count) throw new RegisterError(`registers/organisations: ${found} of kind ${kind} where ${count} are expected`);
  }
  if (new Set(all.map(({ id }) => id)).size !== all.length) throw new RegisterError("registers/organisations: an id stands twice");
  return all;
}

async function readRegister(file: string, kind: Organisation["kind"] | null): Promise<Organisation[]> {
  const text = await readFile(new URL(file, import.meta.url), "utf8");
  const lines = text
    .split("\n")
    .map((line, index) => ({ line, number: index + 1 }))
    .filter(({ line }) => line !== "" && !line.startsWith("#"));
  return lines.slice(1).map(({ line, number }) => {
    const [id, name, third] = fields(line);
    const own = kind ?? organisationKinds.find((known) => known === third);
    if (id === undefined || !/^[a-z0-9-]{2,40}$/.test(id) || name === undefined || name === "" || third === undefined || own === undefined) {
      throw new RegisterError(`registers/organisations/${file} line ${number}: expected id,name,${kind === null ? "kind" : "province"}`);
    }
    return { id, name, kind: own, province: kind === null || third === "" ? null : third, demonstration: false };
  });
}

/** Fields of one CSV line (RFC 4180, without line breaks inside fields). */
function fields(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)].map((match) => match[1]?.replaceAll('""', '"') ?? match[2] ?? "");
}
