/** A whole house for one test: real database, real HTTP, real mail server, and one signed-in person per part. For the checks in this folder and the benches. */
import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SMTPServer } from "smtp-server";
import Type from "typebox";
import {
  generateSeed,
  generateSheetCode,
  newPerson,
  passphraseSecret,
  sealUnlock,
  sheetSecret,
  signKeyPair,
  type SignKeyPair,
  toBase64Url,
} from "@rugdekking/seal";
import { houseMigrations, openHouse, type House, type HouseExtras } from "#apps/server/house.ts";
import { readSettings, type GivenSettings } from "#apps/server/settings.ts";
import { Connection, createDesk, memoryTrustStore, signInWithSheet, Trust, type Fetch, type Session } from "#services/directory/client/index.ts";
import { Uuid, type DeskFunction, type PersonRegistration } from "#services/directory/contract/index.ts";
import { openTestDatabase, type TestDatabase } from "#services/storage/testing.ts";
import type { Company } from "./road.ts";

/** Signs one person in anew. */
type SignIn = () => Promise<Session>;

/** How a stage is built. */
export interface StageOptions {
  /** Watches or changes every request of every client. */
  readonly fetch?: Fetch;
  readonly extras?: HouseExtras;
  /** Settings besides the data directory, the database and the mail server. */
  readonly settings?: GivenSettings;
  /** Where it listens; `127.0.0.1` unless a test needs a name (WebAuthn). */
  readonly host?: string;
  /** Mail address of every person; null for none. */
  readonly mail?: string | null;
  /** Seed of the registrar's key, for a test that holds it in a file; else a fresh one. */
  readonly registrarSeed?: Uint8Array;
}

/** Police and OM: one signed-in session per part, and the desk it sits at. */
export interface Chain {
  readonly police: Session;
  readonly prosecution: Session;
  readonly chiefProsecutor: Session;
  readonly desks: { readonly police: string; readonly prosecution: string; readonly chiefProsecutor: string };
}

/** A running house with people in it. */
export interface TestStage {
  readonly house: House;
  readonly database: TestDatabase;
  /** Data directory: keys, blobs. */
  readonly data: string;
  readonly company: Company;
  /** Whoever answers a signal. */
  readonly chain: Chain;
  readonly registrar: SignKeyPair;
  /** Everything the mail server was handed, headers included. */
  readonly mails: readonly string[];
  connect(): { readonly connection: Connection; readonly trust: Trust };
  /** Registers someone with two recovery sheets (no Argon2id, so tests stay quick) and signs in. */
  join(handle: string): Promise<Session>;
  /** Registers someone as `join` does, and gives the way to sign in: a session lists the desks of its moment, so who is put in a desk signs in once more. */
  enrol(handle: string): Promise<SignIn>;
  /** Registers someone who signs in by command, with a passphrase in a file of theirs. @returns their id */
  enrolWithPassphrase(handle: string, passphrase: string): Promise<string>;
  close(): Promise<void>;
}

/** Municipality of the office-holder in tests: the first of the register would be a real one, so an invented one is added. */
export const testMunicipality = {
  id: "demo-gemeente",
  name: "Gemeente Demostad (demonstratie)",
  kind: "municipality",
  province: null,
  demonstration: true,
} as const;

/** Opens the stage. Needs vitest's cluster (services/storage/testing-cluster.ts). */
export async function openStage(options: StageOptions = {}): Promise<TestStage> {
  const data = await mkdtemp(join(tmpdir(), "rugdekking-stage-"));
  const database = await openTestDatabase(houseMigrations);
  const mails: string[] = [];
  const smtp = await listenForMail(mails);
  const registrar = await signKeyPair(options.registrarSeed ?? generateSeed());
  const house = await openHouse(
    readSettings({ data, database: database.url, host: options.host ?? "127.0.0.1", port: 0, mail: smtp.url, ...options.settings }, {}),
    {
      registrar: registrar.publicKey,
      organisations: [testMunicipality],
      jobs: false,
      ...options.extras,
    },
  );
  const pins = memoryTrustStore();
  const connect = (): ReturnType<TestStage["connect"]> => {
    const connection = new Connection({ base: house.url, cookies: "own", ...(options.fetch === undefined ? {} : { fetch: options.fetch }) });
    return { connection, trust: new Trust(connection, pins) };
  };
  const enter = async (handle: string): Promise<Session> => await (await register(connect, handle, options.mail ?? null))();
  const signIns = await Promise.all(
    ["houder", "veiligheid", "planner", "adviseur", "bva", "werkgever", "ondersteuning"].map(
      async (name) => await register(connect, `${name}@demostad.example.nl`, options.mail ?? null),
    ),
  );
  const chainSignIns = await Promise.all(
    ["politie", "om", "hoofdofficier"].map(async (name) => await register(connect, `${name}@demostad.example.nl`, options.mail ?? null)),
  );
  const { safety, planner, expert, authority, employer, support } = await again(signIns);
  const [police, prosecution, chiefProsecutor] = await Promise.all(chainSignIns.map(async (signIn) => await signIn()));
  if (police === undefined || prosecution === undefined || chiefProsecutor === undefined) throw new Error("someone did not enter the stage");
  const desk = async (organisation: string, kind: DeskFunction, members: readonly Session[]): Promise<string> => {
    const people = members.map((session, place) => ({
      person: session.person.person,
      name: `Demo ${place + 1} (${kind})`,
      office: `functie ${kind}`,
      lead: place === 0,
    }));
    return (await createDesk(connect().trust, { registrar, organisation, name: `Demo ${kind}`, function: kind, members: people })).id;
  };
  const desks = {
    safety: await desk(testMunicipality.id, "safety-desk", [safety]),
    expert: await desk("ccv", "expert-desk", [planner, expert]),
    authority: await desk("bzk", "authority", [authority]),
    employer: await desk(testMunicipality.id, "employer", [employer]),
    support: await desk("weerbaar-bestuur", "support", [support]),
  };
  const chainDesks = {
    police: await desk("politie-den-haag", "police", [police]),
    prosecution: await desk("om", "om", [prosecution]),
    chiefProsecutor: await desk("om", "chief-prosecutor", [chiefProsecutor]),
  };
  const [policeNow, prosecutionNow, chiefNow] = await Promise.all(chainSignIns.map(async (signIn) => await signIn()));
  return {
    chain: {
      police: policeNow ?? police,
      prosecution: prosecutionNow ?? prosecution,
      chiefProsecutor: chiefNow ?? chiefProsecutor,
      desks: chainDesks,
    },
    house,
    database,
    data,
    mails,
    registrar,
    connect,
    join: enter,
    enrol: async (handle) => await register(connect, handle, options.mail ?? null),
    enrolWithPassphrase: async (handle, passphrase) => await registerWithPassphrase(connect, handle, passphrase),
    // A session lists the desks of its moment of sign-in, so everyone signs in once more now that the desks are there.
    company: { ...(await again(signIns)), desks },
    close: async () => {
      await house.stop();
      await smtp.close();
      await database.close();
      await rm(data, { recursive: true, force: true });
    },
  };
}

async function again(signIns: readonly SignIn[]): Promise<Omit<Company, "desks">> {
  const [holder, safety, planner, expert, authority, employer, support] = await Promise.all(signIns.map(async (signIn) => await signIn()));
  if (
    holder === undefined ||
    safety === undefined ||
    planner === undefined ||
    expert === undefined ||
    authority === undefined ||
    employer === undefined ||
    support === undefined
  )
    throw new Error("someone did not enter the stage");
  return { holder, safety, planner, expert, authority, employer, support };
}

async function register(connect: TestStage["connect"], handle: string, mail: string | null): Promise<SignIn> {
  const secrets = await newPerson();
  const code = generateSheetCode();
  const unlocks = [
    await sealUnlock("recovery-sheet", "Herstelblad", {}, await sheetSecret(code), secrets),
    await sealUnlock("recovery-sheet", "Reserve", {}, await sheetSecret(generateSheetCode()), secrets),
  ];
  const body: PersonRegistration = { card: secrets.card, handle, mail, unlocks };
  await connect().connection.post("/api/v1/persons", body, Type.Object({ person: Uuid }));
  return async () => {
    const { connection, trust } = connect();
    return await signInWithSheet(connection, { trust, device: "toestel van de test", handle, code });
  };
}

async function registerWithPassphrase(connect: TestStage["connect"], handle: string, passphrase: string): Promise<string> {
  const secrets = await newPerson();
  // OWASP's floor: who signs in for every command of a test waits for each.
  const parameters = { salt: toBase64Url(randomBytes(16)), memoryKiB: 19_456, passes: 2, lanes: 1 };
  const unlocks = [
    await sealUnlock("passphrase", "Wachtzin", parameters, await passphraseSecret(passphrase, parameters), secrets),
    await sealUnlock("recovery-sheet", "Herstelblad", {}, await sheetSecret(generateSheetCode()), secrets),
  ];
  const body: PersonRegistration = { card: secrets.card, handle, mail: null, unlocks };
  return (await connect().connection.post("/api/v1/persons", body, Type.Object({ person: Uuid }))).person;
}

async function listenForMail(mails: string[]): Promise<{ url: string; close(): Promise<void> }> {
  const server = new SMTPServer({
    disabledCommands: ["AUTH", "STARTTLS"],
    onData: (stream, session, done) => {
      const pieces: Buffer[] = [];
      stream.on("data", (piece: Buffer) => pieces.push(piece));
      stream.on("end", () => {
        mails.push(`${JSON.stringify(session.envelope)}\n${Buffer.concat(pieces).toString("utf8")}`);
        done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.server.address();
  if (address === null || typeof address === "string") throw new Error("the mail server has no port");
  return { url: `smtp://127.0.0.1:${address.port}`, close: async () => await new Promise((resolve) => server.close(() => resolve())) };
}
