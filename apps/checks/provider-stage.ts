/** A house whose organisations have a real provider for their own sign-in (oidc-provider on loopback), with a desk of each and people in it. For the checks of this folder. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openHouse, type House } from "#apps/server/house.ts";
import { readSettings } from "#apps/server/settings.ts";
import { createDesk, registerDevicePerson, type DevicePerson } from "#services/directory/client/index.ts";
import type { DeskFunction } from "#services/directory/contract/index.ts";
import { backChannelPath, returnPage } from "#services/directory/contract/organisation-sign-in.ts";
import { openProvider, type TestProvider } from "#services/directory/server/testing-provider.ts";
import { openStage, testMunicipality, type TestStage } from "./stage.ts";

/** An organisation that lets nobody act for its desk while its provider is away, and one that lets an earlier confirmation count a day longer. Both ask for one every hour. */
export const [strict, lenient] = [testMunicipality.id, "ccv"];

/** The house with providers, beside the one of the stage, on the same database. */
export interface ProviderStage {
  readonly stage: TestStage;
  readonly house: House;
  readonly provider: TestProvider;
  /** Folder of the file with providers and the secret. */
  readonly folder: string;
  readonly desks: { readonly strict: string; readonly lenient: string };
  /** `leider` leads both desks, `collega` is in both, `ander` in none. */
  known(name: string): DevicePerson;
  close(): Promise<void>;
}

/** A port nobody listens on: the provider must know where it sends people back to before the house starts. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((done) => void server.close(() => done()));
  return port;
}

/** Opens it. @param extras a clock for the house */
export async function openProviderStage(extras: { readonly clock?: () => Date } = {}): Promise<ProviderStage> {
  const stage = await openStage();
  const { trust, connection } = stage.connect();
  const people = new Map<string, DevicePerson>();
  for (const name of ["leider", "collega", "ander"]) people.set(name, await registerDevicePerson(connection));
  const known = (name: string): DevicePerson => {
    const person = people.get(name);
    if (person === undefined) throw new Error(`nobody is called ${name}`);
    return person;
  };
  const member = (name: string, lead: boolean) => ({ person: known(name).person, name: `Demo ${name}`, office: "adviseur", lead });
  const desk = async (organisation: string, kind: DeskFunction): Promise<string> => {
    const members = [member("leider", true), member("collega", false)];
    return (await createDesk(trust, { registrar: stage.registrar, organisation, name: `Demo ${organisation}`, function: kind, members })).id;
  };
  const desks = { strict: await desk(strict, "police"), lenient: await desk(lenient, "support") };
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const provider = await openProvider([origin + returnPage(strict), origin + returnPage(lenient)], origin + backChannelPath(strict));
  const folder = await mkdtemp(join(tmpdir(), "rugdekking-oidc-"));
  await writeFile(join(folder, "geheim"), `${provider.secret}\n`, { mode: 0o600 });
  const entry = { issuer: provider.issuer, client: provider.client, secretFile: "geheim" };
  const providers = [
    { ...entry, organisation: strict, hours: 1, groups: { claim: "groups", desks: [{ desk: desks.strict, anyOf: ["veiligheid"] }] } },
    { ...entry, organisation: lenient, hours: 1, graceHours: 24 },
  ];
  await writeFile(join(folder, "aanmelding.json"), JSON.stringify({ providers }));
  const house = await openHouse(
    readSettings({ data: stage.data, database: stage.database.url, port, organisationSignIn: join(folder, "aanmelding.json") }, {}),
    {
      registrar: stage.registrar.publicKey,
      organisations: [testMunicipality],
      jobs: false,
      ...extras,
    },
  );
  return {
    stage,
    house,
    provider,
    folder,
    desks,
    known,
    close: async () => {
      await house.stop();
      await provider.stop().catch(() => undefined);
      await stage.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
