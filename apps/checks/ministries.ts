/** Makes invented teams of ministries in a running demonstration, led by its players. For the journeys of parliamentary questions, which stage them beside those of the demonstration. */
import { signKeyPair } from "@rugdekking/seal";
import { Connection, createDesk, memoryTrustStore, Trust } from "#services/directory/client/index.ts";
import type { DeskFunction } from "#services/directory/contract/index.ts";
import type { Demonstration } from "./world.ts";

/** A team to be made; the first player leads it. */
export interface Ministry {
  readonly organisation: string;
  readonly function: DeskFunction;
  readonly name: string;
  readonly players: readonly string[];
}

/** The two ministries of the journeys. */
export const twoMinistries: readonly Ministry[] = [
  { organisation: "demo-bzk", function: "parliament", name: "Kamervragen Proef-BZK", players: ["bva", "bva-tweede"] },
  { organisation: "demo-om", function: "parliament", name: "Kamervragen Proef-JenV", players: ["om"] },
];

/** Makes them, signed by the demonstration's registrar. */
export async function stageMinistries(world: Demonstration, ministries: readonly Ministry[]): Promise<void> {
  const trust = new Trust(new Connection({ base: world.url, cookies: "own" }), memoryTrustStore());
  const registrar = await signKeyPair(new Uint8Array(Buffer.from(world.file.registrar.seed, "base64url")));
  for (const { players, ...desk } of ministries) {
    const members = players.map((player, at) => {
      const person = world.file.persons.find(({ key }) => key === player);
      if (person === undefined || person.person === null) throw new Error(`the demonstration has no player ${player}`);
      return { person: person.person, name: person.name, office: person.office, lead: at === 0 };
    });
    await createDesk(trust, { registrar, ...desk, members });
  }
}
