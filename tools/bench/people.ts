/** The few invented people and the desk a bench needs, made over HTTP by the same client functions everyone uses. Used by the benches in this folder only. */
import Type from "typebox";
import { generateSheetCode, newPerson, sealUnlock, sheetSecret } from "@rugdekking/seal";
import { Connection, createDesk, memoryTrustStore, signInWithSheet, Trust, type Session, type VerifiedDesk } from "#services/directory/client/index.ts";
import { Uuid, type DeskFunction } from "#services/directory/contract/index.ts";
import type { ReportDraft } from "#services/reporting/client/index.ts";
import type { BenchServer } from "./server.ts";

/** A desk with one member who can sign in. */
export interface Desk {
  readonly desk: VerifiedDesk;
  /** Sign-in name and recovery sheet of its member. */
  readonly handle: string;
  readonly code: string;
  signIn(): Promise<Session>;
  connect(): { readonly connection: Connection; readonly trust: Trust };
}

/** Registers one person and makes a desk with them in it: a safety desk of a municipality of the register, unless told otherwise. */
export async function makeDesk(server: BenchServer, organisation = "gm0344", deskFunction: DeskFunction = "safety-desk"): Promise<Desk> {
  const pins = memoryTrustStore();
  const connect = (): ReturnType<Desk["connect"]> => {
    const connection = new Connection({ base: server.url, cookies: "own" });
    return { connection, trust: new Trust(connection, pins) };
  };
  const secrets = await newPerson();
  const code = generateSheetCode();
  const handle = `${deskFunction}@demostad.example.nl`;
  const unlocks = [
    await sealUnlock("recovery-sheet", "Herstelblad", {}, await sheetSecret(code), secrets),
    await sealUnlock("recovery-sheet", "Reserve", {}, await sheetSecret(generateSheetCode()), secrets),
  ];
  const { person } = await connect().connection.post("/api/v1/persons", { card: secrets.card, handle, mail: null, unlocks }, Type.Object({ person: Uuid }));
  const desk = await createDesk(connect().trust, {
    registrar: server.registrar,
    organisation,
    name: `Demo ${deskFunction}`,
    function: deskFunction,
    members: [{ person, name: "Demo", office: "Demo", lead: true }],
  });
  return {
    desk,
    handle,
    code,
    connect,
    signIn: async () => {
      const { connection, trust } = connect();
      return await signInWithSheet(connection, { trust, device: "bench", handle, code });
    },
  };
}

const subjects = ["dreigbrief", "bericht op sociale media", "telefoontje", "man bij de voordeur", "foto van het huis", "verf op de auto", "anonieme mail"];
const names = ["Demo Ambtsdrager", "Demo Wethouder", "Demo Raadslid", "Demo Burgemeester", "Demo Bestuurder"];

/** A believable invented report; `number` makes each one different and findable. */
export const reportNumber = (number: number): ReportDraft => ({
  inOwnWords:
    `Demonstratie ${number}: ${subjects[number % subjects.length] ?? ""}. Het gebeurde gisteravond rond elf uur en ik heb er bewijs van bewaard. `.repeat(4),
  what: ["threat", "doxing"],
  channel: "social-media",
  when: { at: null, words: "gisteravond, rond elf uur" },
  where: "thuis",
  target: "both",
  author: { known: "suspected", words: "iemand die ik eerder bij een inspraakavond zag" },
  reporterName: `${names[number % names.length] ?? ""} ${number}`,
  function: "alderman",
  organisationName: "Demostad",
  acute: number % 10 === 0,
  contact: { how: "phone", reach: "06 00000000", wishes: "liever na zes uur" },
});
